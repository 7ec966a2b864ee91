/**
 * Units as files brought them, checked before places are made of them: what cannot be is mended where the ground says how, and always told.
 *
 * - A parent that is in no file, that goes round in a circle, or that is no larger unit: left out; the unit goes to the one it lies in.
 * - More than one city: the one that fits the data stays. Units below another one stay where they lie in it, else they are left out.
 * - Units of one level that lie on each other by more than a sliver: kept; what lies in both counts in the one that comes first.
 */
import type { Bilingual } from '../../core/bilingual.ts';
import type { ErrorPlace } from '../../core/errors.ts';
import { NoteBook } from '../../core/note.ts';
import type { Note } from '../../core/note.ts';
import { containsPoint, pointInside } from '../../engine/spatial/containment.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import type { PlaceLevel } from '../../import/model.ts';
import type { Session } from '../database.ts';
import { PLACE_LEVEL_TITLES } from '../level-titles.ts';
import { findOverlaps } from '../places/unit-overlaps.ts';
import type { ImportedPlace } from './imported-places.ts';
import { isImportedArea } from './imported-places.ts';
import type { DeriveScope } from './street-lines.ts';

/** Each of these is to be mended by hand, so more of them are listed than of other notes. */
const LISTED = 20;

/** How large a unit is among those that lie in one another; zones and cells stand beside them. */
const RANKS: Partial<Record<PlaceLevel, number>> = { building: 0, community: 1, block: 2, district: 3, city: 4 };
const OVERLAP_LEVELS = ['community', 'block', 'district', 'zone', 'cell'] as const satisfies readonly PlaceLevel[];

export interface UnitContext {
  /** The city of the files that the units belong to; undefined where no file has one that is an area. */
  readonly city: { readonly placeId: string | undefined; readonly geometry: Geometry } | undefined;
  /** Ids of places that do not come as units: areas of the map, the city. */
  readonly otherIds: ReadonlySet<string>;
  fileName(batchId: number): string;
}

export interface CheckedUnits {
  readonly imported: ImportedPlace[];
  readonly notes: Note[];
}

/** The units that stay, with parents that can be. The order is kept. */
export function checkUnits(imported: readonly ImportedPlace[], context: UnitContext): CheckedUnits {
  const notes = new NoteBook(LISTED);
  const at = ({ batchId, row }: ImportedPlace, field: string, value: string): ErrorPlace => ({ file: context.fileName(batchId), ...(row !== undefined && { row }), field, value });
  const kept = leaveOneCity(imported, context, notes, at);
  const mended = mendParents(kept, context, notes, at);
  for (const level of OVERLAP_LEVELS) noteOverlaps(mended.filter((place) => place.level === level), level, notes, at);
  return { imported: mended, notes: notes.list() };
}

type At = (place: ImportedPlace, field: string, value: string) => ErrorPlace;

function leaveOneCity(imported: readonly ImportedPlace[], { city }: UnitContext, notes: NoteBook, at: At): readonly ImportedPlace[] {
  const cities = imported.filter(({ level }) => level === 'city');
  if (cities.length < 2) return imported;
  const chosen = cities.find(({ placeId }) => placeId === city?.placeId) ?? cities[0];
  const dropped = new Set(cities.filter((place) => place !== chosen).map(({ placeId }) => placeId));
  for (const place of cities) {
    if (place === chosen) continue;
    notes.add('error', 'derive/second-city', {
      zh: `文件中有不止一个城市（scale 为 city）：采用“${chosen.placeId}”，其余未采用，其下级单元只保留位于该市范围内的。请为每个城市使用各自的城市标识分别导入，或在文件中只保留一行城市。`,
      en: `The files have more than one city (scale city): "${chosen.placeId}" is taken, the others are left out, with the units below them that do not lie in it. Import each city under an id of its own, or leave one row of scale city.`,
    }, at(place, 'scale', place.placeId));
  }
  const elsewhere = listBelow(imported, dropped);
  return imported.filter((place) => {
    if (dropped.has(place.placeId)) return false;
    if (!elsewhere.has(place.placeId) || (city !== undefined && place.geometry !== undefined && containsPoint(city.geometry, ...pointInside(place.geometry)))) return true;
    notes.add('warning', 'derive/unit-of-other-city', {
      zh: '单元属于未采用的城市，且不在本市范围内，未采用；请以该城市自己的标识导入。',
      en: 'A unit belongs to a city that was left out and does not lie in this one; left out. Import it under the id of its own city.',
    }, at(place, 'parent', place.placeId));
    return false;
  });
}

/** Ids of all units that some stand above, by the parents they name. */
function listBelow(imported: readonly ImportedPlace[], tops: ReadonlySet<string>): ReadonlySet<string> {
  const children = new Map<string, string[]>();
  for (const { placeId, parentId } of imported) {
    if (parentId === undefined) continue;
    const list = children.get(parentId);
    if (list === undefined) children.set(parentId, [placeId]);
    else list.push(placeId);
  }
  const found = new Set<string>();
  for (let list = [...tops]; list.length > 0;) {
    for (const child of children.get(list.pop() as string) ?? []) {
      if (found.has(child)) continue;
      found.add(child);
      list.push(child);
    }
  }
  return found;
}

/** Why a parent cannot be; undefined where it can. */
function faultOf(place: ImportedPlace, parentId: string, byId: ReadonlyMap<string, ImportedPlace>, circular: ReadonlySet<string>, otherIds: ReadonlySet<string>): { code: string; text: Bilingual } | undefined {
  const parent = byId.get(parentId);
  if (parent === undefined) {
    return otherIds.has(parentId) ? undefined : {
      code: 'derive/unknown-parent',
      text: { zh: '上级单元不在任何文件中：该单元按位置归入其上级。请补充上级单元的行，或更正、清空 parent。', en: 'The parent is in no file: the unit went to the one it lies in. Add a row for the parent, or correct or empty the column parent.' },
    };
  }
  if (circular.has(place.placeId)) {
    return {
      code: 'derive/circular-parent',
      text: { zh: '上级关系成环（单元是自己的上级）：该单元按位置归入其上级。请更正 parent。', en: 'Parents go round in a circle (a unit is above itself): the unit went to the one it lies in. Correct the column parent.' },
    };
  }
  const [own, above] = [RANKS[place.level], RANKS[parent.level]];
  if (own === undefined ? above !== 0 : above !== undefined && above > own) return undefined;
  return {
    code: 'derive/parent-level',
    text: { zh: '上级单元的尺度不大于该单元：该单元按位置归入其上级。上级应为更大的尺度（小区 < 街区 < 城区 < 城市）；请更正 parent 或 scale。', en: 'The parent is no larger unit: the unit went to the one it lies in. A parent has a larger scale (community < block < district < city); correct parent or scale.' },
  };
}

/** Ids of the units whose parents lead back to them. Each unit is looked at once. */
function listCircular(byId: ReadonlyMap<string, ImportedPlace>): ReadonlySet<string> {
  const circular = new Set<string>();
  const done = new Set<string>();
  for (const start of byId.keys()) {
    const path: string[] = [];
    const position = new Map<string, number>();
    let at: string | undefined = start;
    while (at !== undefined && !done.has(at) && !position.has(at)) {
      position.set(at, path.length);
      path.push(at);
      at = byId.get(at)?.parentId;
    }
    const first = at === undefined ? undefined : position.get(at);
    if (first !== undefined) for (const id of path.slice(first)) circular.add(id);
    for (const id of path) done.add(id);
  }
  return circular;
}

function mendParents(imported: readonly ImportedPlace[], { otherIds }: UnitContext, notes: NoteBook, at: At): ImportedPlace[] {
  const byId = new Map(imported.map((place) => [place.placeId, place]));
  const circular = listCircular(byId);
  return imported.map((place) => {
    const { parentId } = place;
    // what lies above a city is of no concern here
    if (parentId === undefined || place.level === 'city') return place;
    const fault = faultOf(place, parentId, byId, circular, otherIds);
    if (fault === undefined) return place;
    notes.add('warning', fault.code, fault.text, at(place, 'parent', `${place.placeId} → ${parentId}`));
    return { ...place, parentId: undefined };
  });
}

/** m² below a hectare, hectares from there on. */
function sayArea(m2: number): string {
  return m2 < 10_000 ? `${Math.round(m2)} m²` : `${Number((m2 / 10_000).toPrecision(3))} ha`;
}

function noteOverlaps(units: readonly ImportedPlace[], level: PlaceLevel, notes: NoteBook, at: At): void {
  const areas = units.filter(isImportedArea);
  if (areas.length < 2) return;
  const { pairs, complete } = findOverlaps(areas.map(({ geometry }) => geometry));
  const title = PLACE_LEVEL_TITLES[level];
  for (const { first, second, m2, share } of pairs) {
    notes.add('warning', `derive/units-overlap:${level}`, {
      zh: `“${title.zh}”一级的单元相互重叠：重叠处的居民与设施只计入先出现的单元。请更正边界（geom），使同级单元互不重叠。`,
      en: `${title.en} lie on each other: who and what is in both counts in the one that comes first. Correct their borders (geom) so that none overlap.`,
    }, at(areas[second], 'geom', `${areas[first].placeId} × ${areas[second].placeId}: ${sayArea(m2)}, ${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`));
  }
  if (!complete) {
    notes.add('warning', `derive/units-overlap-many:${level}`, {
      zh: `“${title.zh}”一级的单元在同一处重叠过多，只比较了其中一部分。`, en: `So many ${title.en.toLowerCase()} lie on one spot that not all pairs were compared.`,
    });
  }
}

/** Names of the files of a city's batches. */
export async function readFileNames(database: Session, { cityId, batches }: DeriveScope): Promise<ReadonlyMap<number, string>> {
  const rows = await database.query<{ batch_id: number; file_name: string }>('select batch_id, file_name from import_batch where city_id = $1 and batch_id = any($2)', [cityId, batches]);
  return new Map(rows.map(({ batch_id, file_name }) => [batch_id, file_name]));
}
