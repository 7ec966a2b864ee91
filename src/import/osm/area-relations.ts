/**
 * Multipolygon and boundary relations: their member ways are held while the ways go by and put together at the end.
 *
 * Two habits of mappers are undone here so that an area counts once: old multipolygons carry their tags on the outer way
 * instead of the relation; and outer ways repeat the tags of their relation. Memory: 8 bytes a vertex of a member way.
 */
import type { NoteBook } from '../../core/note.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import type { FeatureRecord } from '../model.ts';
import type { Tags } from './area-rules.ts';
import { MEMBER_WAY } from './block-columns.ts';
import { matchAreaRelation, matchWay } from './feature-layers.ts';
import type { LayerMatch } from './feature-layers.ts';
import { buildFeature } from './feature-record.ts';
import { addOsmNote } from './osm-notes.ts';
import type { OsmNote } from './osm-notes.ts';
import type { Relation } from './relations.ts';
import { assembleRings } from './ring-assembly.ts';
import { crossesItself } from './ring-crossing.ts';
import { joinLines, toLine, toPolygons } from './way-geometry.ts';
import type { LocatedWay } from './way-geometry.ts';

/** A member way: its shape, its tags, and the area features it would be on its own, which wait for its relations. */
interface HeldWay {
  readonly way: LocatedWay;
  readonly tags: Tags;
  areas: FeatureRecord[];
}

/** Roles of boundary relations that are not part of the outline. */
const NOT_OUTLINE = new Set(['subarea', 'label', 'admin_centre', 'part', 'outline', 'collection']);

function isOutline(role: string): boolean {
  return !NOT_OUTLINE.has(role);
}

function matchKeys(matches: readonly LayerMatch[]): string {
  return matches
    .map((match) => `${match.layer}=${match.kind}`)
    .toSorted()
    .join(' ');
}

export class AreaRelations {
  readonly #file: string;
  readonly #notes: NoteBook;
  readonly #relations: readonly Relation[];
  readonly #members = new Set<number>();
  readonly #outers = new Set<number>();
  readonly #held = new Map<number, HeldWay>();

  constructor(relations: readonly Relation[], file: string, notes: NoteBook) {
    this.#file = file;
    this.#notes = notes;
    this.#relations = relations;
    for (const { members } of relations) {
      for (const { type, id, role } of members) {
        if (type !== MEMBER_WAY || !isOutline(role)) continue;
        this.#members.add(id);
        if (role !== 'inner') this.#outers.add(id);
      }
    }
  }

  isMember(wayId: number): boolean {
    return this.#members.has(wayId);
  }

  /** Whether the way's own area features must wait for the relations. */
  isOuter(wayId: number): boolean {
    return this.#outers.has(wayId);
  }

  hold(wayId: number, way: LocatedWay, tags: Tags): void {
    this.#held.set(wayId, { way, tags, areas: [] });
  }

  /** Gives a held way the area features it is on its own. */
  holdAreas(wayId: number, areas: FeatureRecord[]): void {
    const held = this.#held.get(wayId);
    if (held !== undefined) held.areas = areas;
  }

  /** The features of all relations, then those of held outer ways that no relation covers. */
  *listFeatures(): Generator<FeatureRecord, void, undefined> {
    for (const relation of this.#relations) yield* this.#assemble(relation);
    for (const held of this.#held.values()) yield* held.areas;
    this.#held.clear();
  }

  #note(code: OsmNote, relation: Relation): void {
    addOsmNote(this.#notes, code, this.#file, `relation/${relation.id}`);
  }

  #assemble(relation: Relation): FeatureRecord[] {
    const outline = relation.members.filter((member) => member.type === MEMBER_WAY && isOutline(member.role));
    const found = outline.flatMap((member) => {
      const held = this.#held.get(member.id);
      return held === undefined ? [] : [{ held, id: member.id, role: member.role === 'inner' ? ('inner' as const) : member.role === 'outer' ? ('outer' as const) : ('any' as const) }];
    });
    const outers = found.filter((member) => member.role !== 'inner').map((member) => member.held);
    const meaning = this.#findMeaning(relation, outers);
    if (meaning === undefined || found.length === 0) return [];
    if (found.length < outline.length) this.#note('osm/missing-member', relation);
    const { polygons, openChains, wrongRoles, tooComplex } = assembleRings(found.map(({ held, role }) => ({ lonE7: held.way.lonE7, latE7: held.way.latE7, role })));
    if (tooComplex) this.#note('osm/relation-too-complex', relation);
    if (openChains > 0) this.#note('osm/unclosed-ring', relation);
    if (wrongRoles > 0) this.#note('osm/wrong-role', relation);
    if (polygons.length === 0) return this.#withoutArea(relation, meaning, found.map(({ held }) => held));
    if (polygons.flat().some(crossesItself)) this.#note('osm/self-crossing', relation);
    const geometry = toPolygons(polygons);
    this.#coverOuters(relation, outers, meaning.matches);
    return meaning.matches.map((match) => buildFeature(match, `relation/${relation.id}`, meaning.tags, geometry));
  }

  /** What the relation is: by its own tags or, where it has none that mean anything, by those of its outer ways. */
  #findMeaning(relation: Relation, outers: readonly HeldWay[]): { tags: Tags; matches: LayerMatch[] } | undefined {
    const own = matchAreaRelation(relation.tags);
    if (own.length > 0) return { tags: relation.tags, matches: own };
    if (relation.tags['type'] !== 'multipolygon') return undefined;
    const tagged = outers
      .map(({ tags }) => ({ tags, matches: matchWay(tags, true).filter((match) => match.shape === 'area') }))
      .filter(({ matches }) => matches.length > 0);
    if (tagged.length === 0) return undefined;
    const [first] = tagged;
    if (tagged.some(({ matches }) => matchKeys(matches) !== matchKeys(first.matches))) {
      this.#note('osm/unclear-outer-tags', relation);
      return undefined;
    }
    return { tags: { ...first.tags, ...relation.tags }, matches: first.matches };
  }

  /** Drops the features of outer ways that the relation's own now stand for. */
  #coverOuters(relation: Relation, outers: readonly HeldWay[], matches: readonly LayerMatch[]): void {
    const covered = new Set(matches.map((match) => `${match.layer}=${match.kind}`));
    for (const held of outers) {
      const left = held.areas.filter((area) => !covered.has(`${area.layer}=${area.kind}`));
      if (left.length < held.areas.length && matchAreaRelation(relation.tags).length > 0) this.#note('osm/outer-repeats-relation', relation);
      held.areas = left;
    }
  }

  /** A boundary that the file cuts off is still worth drawing; other relations without an area are left out. */
  #withoutArea(relation: Relation, meaning: { tags: Tags; matches: LayerMatch[] }, members: readonly HeldWay[]): FeatureRecord[] {
    const boundary = meaning.matches.find((match) => match.layer === 'boundary');
    const lines = members.flatMap(({ way }) => toLine(way) ?? []).filter((line) => line.type === 'LineString');
    if (boundary === undefined || lines.length === 0) {
      this.#note('osm/relation-without-area', relation);
      return [];
    }
    this.#note('osm/boundary-as-lines', relation);
    const geometry: Geometry = lines.length === 1 ? lines[0] : joinLines(lines);
    return [buildFeature(boundary, `relation/${relation.id}`, meaning.tags, geometry)];
  }
}
