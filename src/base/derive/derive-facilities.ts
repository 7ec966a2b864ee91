/** Map objects and registry rows → `facility` rows, one per place and kind. */
import type { NoteBook } from '../../core/note.ts';
import { throwIfCancelled } from '../../core/errors.ts';
import type { WorkContext } from '../../core/progress.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { areaM2 } from '../../engine/spatial/measure.ts';
import { fromWkb } from '../../engine/spatial/wkb.ts';
import type { Attributes } from '../../import/model.ts';
import type { Database, Session } from '../database.ts';
import { findEntrances } from '../facilities/find-entrances.ts';
import { buildKindMatcher, findKind, findKindOfWord } from '../facilities/match-kinds.ts';
import type { FacilityDraft, MergedGroup } from '../facilities/merge-duplicates.ts';
import { mergeDuplicates } from '../facilities/merge-duplicates.ts';
import { copyGeometry, copyJson, copyLine, copyNumber, copyText, copyTextArray } from '../store/copy-text.ts';
import { readLayer } from './read-columns.ts';
import type { DeriveScope, StreetLines } from './street-lines.ts';
import { copyInPieces } from './write-rows.ts';

type DraftsByKind = Map<string, FacilityDraft[]>;

function addDraft(drafts: DraftsByKind, kind: string, draft: FacilityDraft): void {
  const list = drafts.get(kind);
  if (list === undefined) drafts.set(kind, [draft]);
  else list.push(draft);
}

/** Objects of the map that the kinds' rules know. An object that is both land use and point of interest comes once. */
async function readMapDrafts(database: Session, scope: DeriveScope, drafts: DraftsByKind): Promise<void> {
  const matcher = buildKindMatcher();
  const columns = ['source_id', 'name', 'attributes::text', 'size::text'];
  for await (const { columns: [ids, names, texts, sizes], geometries, batchId } of readLayer(database, { ...scope, layer: 'poi', columns, geometry: true, chunk: 10_000 })) {
    geometries.forEach((geometry, i) => {
      const attributes = JSON.parse(texts[i] ?? '{}') as Attributes;
      const size = geometry.type === 'Polygon' || geometry.type === 'MultiPolygon' ? Number(sizes[i]) : 0;
      for (const kind of matcher.match({ name: names[i], attributes, areaM2: size })) {
        addDraft(drafts, kind.id, { sourceId: ids[i] ?? '', batchId, name: names[i], attributes, geometry, areaM2: size, registry: undefined });
      }
    });
  }
}

/** GTFS modes as the timetable reader lists them → the kind of stop. */
const STOP_KINDS: readonly (readonly [mode: RegExp, stop: string, entrance: string | undefined])[] = [
  [/subway|metro|monorail|light[ -]?rail/i, 'rail-station', 'rail-entrance'],
  [/tram/i, 'tram-stop', undefined],
  [/rail|train/i, 'train-station', 'rail-entrance'],
  [/ferry/i, 'ferry-terminal', undefined],
];

async function readStopDrafts(database: Session, scope: DeriveScope, drafts: DraftsByKind): Promise<void> {
  const columns = ['kind', 'source_id', 'name', `attributes->>'modes'`, `attributes->>'parent_station'`];
  for await (const { columns: [kinds, ids, names, modes, parents], geometries, batchId } of readLayer(database, { ...scope, layer: 'transit-stop', columns, geometry: true })) {
    geometries.forEach((geometry, i) => {
      const known = STOP_KINDS.find(([mode]) => mode.test(modes[i] ?? ''));
      const isEntrance = kinds[i] === 'entrance';
      const kind = isEntrance ? known?.[2] : (known?.[1] ?? (/bus/i.test(modes[i] ?? '') || modes[i] === undefined ? 'bus-stop' : undefined));
      // platforms of a station are the station; places inside it are no stops
      if (kind === undefined || (!isEntrance && kinds[i] !== 'stop' && kinds[i] !== 'station') || (known !== undefined && kinds[i] === 'stop' && parents[i] !== undefined)) return;
      addDraft(drafts, kind, { sourceId: ids[i] ?? '', batchId, name: names[i], attributes: { ...(modes[i] !== undefined && { modes: modes[i] }) }, geometry, areaM2: 0, registry: undefined });
    });
  }
}

async function readGreenways(database: Session, scope: DeriveScope, drafts: DraftsByKind): Promise<void> {
  const where = `name ~* '(绿道|greenway|ecovia|ecopista|via verde)' and kind in ('cycleway', 'footway', 'path', 'pedestrian', 'living_street', 'service', 'track')`;
  for await (const { columns: [ids, names], geometries, batchId } of readLayer(database, { ...scope, layer: 'street', columns: ['source_id', 'name'], where, geometry: true })) {
    geometries.forEach((geometry, i) => {
      addDraft(drafts, 'greenway', { sourceId: ids[i] ?? '', batchId, name: names[i], attributes: {}, geometry, areaM2: 0, registry: undefined });
    });
  }
}

interface RegistryRow {
  batch_id: number;
  facility_id: string;
  kind: string;
  name: string | null;
  capacity: number | null;
  floor_m2: number | null;
  land_m2: number | null;
  attributes: Attributes;
  geom: string;
}

/** In use unless the registry says otherwise. */
function isInUse(attributes: Attributes): boolean {
  const value = attributes['in_use'];
  return !(value === false || value === 0 || /^(no|false|0|否|停用|未启用|n)$/i.test(String(value ?? '')));
}

async function readRegistryDrafts(database: Session, { cityId, batches }: DeriveScope, drafts: DraftsByKind, notes: NoteBook): Promise<void> {
  const rows = await database.query<RegistryRow>(
    `select batch_id, facility_id, kind, name, capacity, floor_m2, land_m2, attributes, geom from facility
     where city_id = $1 and batch_id = any($2) order by batch_id, facility_id`,
    [cityId, batches],
  );
  for (const row of rows) {
    const kind = findKind(row.kind) ?? findKindOfWord(row.kind);
    if (kind === undefined) {
      notes.add('warning', 'derive/unknown-facility-kind', {
        zh: '登记表中的设施类别不在类别表内，按原名保留，不参与设施覆盖计算。',
        en: 'A registry names a kind of facility that the table of kinds does not have; it is kept under its own name and serves no indicator.',
      }, { value: row.kind });
    }
    if (!isInUse(row.attributes)) {
      notes.add('info', 'derive/facility-not-in-use', { zh: '登记表注明停用的设施未计入。', en: 'Facilities that a registry marks as not in use were left out.' }, { value: row.facility_id });
      continue;
    }
    const geometry = fromWkb(Buffer.from(row.geom, 'hex'));
    addDraft(drafts, kind?.id ?? row.kind, {
      sourceId: row.facility_id, batchId: row.batch_id, name: row.name ?? undefined, attributes: row.attributes, geometry, areaM2: areaM2(geometry),
      registry: { capacity: row.capacity ?? undefined, floorM2: row.floor_m2 ?? undefined, landM2: row.land_m2 ?? undefined },
    });
  }
}

async function readGates(database: Session, scope: DeriveScope): Promise<[number, number][]> {
  const gates: [number, number][] = [];
  const where = `kind in ('gate', 'entrance', 'lift_gate', 'swing_gate', 'kissing_gate', 'turnstile', 'stile', 'full-height_turnstile', 'main', 'yes', 'cycle_barrier', 'bollard')`;
  for await (const { columns: [xs, ys], count } of readLayer(database, { ...scope, layer: 'street-point', columns: ['ST_X(geom)::text', 'ST_Y(geom)::text'], where: `${where} and ST_Dimension(geom) = 0` })) {
    for (let i = 0; i < count; i++) gates.push([Number(xs[i]), Number(ys[i])]);
  }
  return gates;
}

interface Assembled {
  readonly kind: string;
  readonly group: MergedGroup;
  readonly geometry: Geometry;
  readonly areaM2: number;
  entrances: Float64Array | undefined;
}

/** The shape that stands for a group: the first's own, or the grounds it was merged with. */
function shapeOf(group: MergedGroup): { geometry: Geometry; areaM2: number } {
  const largest = group.reduce((best, draft) => (draft.areaM2 > best.areaM2 ? draft : best), group[0]);
  return largest.areaM2 > 0 ? largest : group[0];
}

/** Writes facilities of maps, timetables and registries, each once, into the derived batch; returns rows written by `facility/<kind>`. */
export async function deriveFacilities(
  database: Database,
  scope: DeriveScope & { readonly derivedBatchId: number },
  streets: StreetLines,
  notes: NoteBook,
  context: WorkContext,
): Promise<Record<string, number>> {
  const drafts: DraftsByKind = new Map();
  await readMapDrafts(database, scope, drafts);
  await readStopDrafts(database, scope, drafts);
  await readGreenways(database, scope, drafts);
  await readRegistryDrafts(database, scope, drafts, notes);
  throwIfCancelled(context.signal);

  const assembled: Assembled[] = [];
  let merged = 0;
  for (const [kind, list] of drafts) {
    for (const group of mergeDuplicates(list, findKind(kind)?.mergeM, findKind(kind)?.namelessM)) {
      merged += group.length - 1;
      assembled.push({ kind, group, ...shapeOf(group), entrances: undefined });
    }
  }
  const spaces = assembled.filter(({ kind, geometry }) => findKind(kind)?.openSpace === true && (geometry.type === 'Polygon' || geometry.type === 'MultiPolygon'));
  if (spaces.length > 0) {
    const walkways = { coordinates: streets.coordinates, ends: streets.ends };
    const entrances = findEntrances(spaces.map((space) => space.geometry), walkways, await readGates(database, scope));
    spaces.forEach((space, i) => {
      if (entrances[i].length > 0) space.entrances = entrances[i];
    });
  }
  if (merged > 0) {
    notes.add('info', 'derive/facilities-merged', { zh: '同一处设施的多条记录已合并。', en: 'Records of one and the same facility were joined.' }, undefined, merged);
  }
  const columns = ['city_id', 'batch_id', 'facility_id', 'kind', 'name', 'capacity', 'floor_m2', 'land_m2', 'sources', 'quality', 'attributes', 'geom', 'entrances'];
  await copyInPieces(database, 'facility', columns, toLines(scope, assembled), context);
  const kept: Record<string, number> = {};
  for (const { kind } of assembled) kept[`facility/${kind}`] = (kept[`facility/${kind}`] ?? 0) + 1;
  return kept;
}

function* toLines({ cityId, derivedBatchId }: { cityId: string; derivedBatchId: number }, assembled: readonly Assembled[]): Generator<string> {
  const taken = new Set<string>();
  for (const { kind, group, geometry, areaM2: ground, entrances } of assembled) {
    const [first] = group;
    let id = `${kind}/${first.sourceId}`;
    // two files may use one id for two places
    for (let n = 2; taken.has(id); n++) id = `${kind}/${first.sourceId}#${n}`;
    taken.add(id);
    const registry = group.find((draft) => draft.registry !== undefined)?.registry;
    const openSpace = findKind(kind)?.openSpace === true;
    const attributes: Attributes = Object.assign({}, ...[...group].reverse().map((draft) => draft.attributes));
    yield copyLine([
      cityId, String(derivedBatchId), copyText(id), copyText(kind), copyText(group.find((draft) => draft.name !== undefined)?.name),
      copyNumber(registry?.capacity ?? numberOf(attributes['capacity'])), copyNumber(registry?.floorM2),
      copyNumber(registry?.landM2 ?? (ground > 0 && (openSpace || isGround(group)) ? Math.round(ground) : undefined)),
      copyTextArray(group.map((draft) => `${draft.batchId}:${draft.sourceId}`)), registry === undefined ? 'proxy' : 'registry', copyJson(attributes), copyGeometry(geometry),
      copyGeometry(entrances === undefined ? undefined : { type: 'MultiPoint', coordinates: entrances }),
    ]);
  }
}

/** Whether the shape is a site and not just a building on it. */
function isGround(group: MergedGroup): boolean {
  return group.some((draft) => draft.areaM2 > 0 && draft.attributes['building'] === undefined);
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'number' ? value : typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

