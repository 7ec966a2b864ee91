/**
 * A city as typed arrays: what the engine computes on. Layout in docs/snapshot.md.
 *
 * All arrays are views of one buffer; nobody writes to them. Coordinates are whole 10⁻⁷ degrees (E7), longitude before
 * latitude. Kinds, names and tags are numbers of texts; text 0 is "none".
 */
import type { SectionReader } from '../../engine/spatial/section-buffer.ts';

export const SNAPSHOT_VERSION = 4;

export interface SnapshotMeta {
  readonly cityId: string;
  readonly revision: number;
  /** Hash of the batches and the program's rules: the same key, the same bytes. */
  readonly key: string;
  readonly counts: {
    readonly nodes: number;
    readonly ways: number;
    readonly buildings: number;
    readonly facilities: number;
    readonly points: number;
    readonly places: number;
    readonly landUses: number;
    readonly turns: number;
    /** Nodes that matter to travellers. */
    readonly streetPoints: number;
    /** Squares made of several ways. */
    readonly squares: number;
    readonly jobPoints: number;
  };
  /** Population groups in the order of the rows of `population.persons`. */
  readonly groups: readonly string[];
  /** Facility kinds with the range of their facilities, which are sorted by kind. */
  readonly facilityKinds: readonly { readonly kind: string; readonly start: number; readonly end: number }[];
  /** Levels by number, as `place.level` has them. */
  readonly levels: readonly string[];
}

/** Parts of shape i: shapeEnds[i − 1] … shapeEnds[i]; vertices of part p: partEnds[p − 1] … partEnds[p]. */
export interface Shapes {
  readonly verticesE7: Int32Array;
  readonly partEnds: Uint32Array;
  readonly shapeEnds: Uint32Array;
}

export interface Snapshot {
  readonly meta: SnapshotMeta;
  /** The whole buffer, to hand to a worker. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  text(number: number): string;
  readonly sections: SectionReader<SnapshotMeta>;
  readonly street: {
    /** OSM's node ids; negative numbers where a file had none. */
    readonly nodeId: Float64Array;
    readonly nodeE7: Int32Array;
    /** Streets as lines, then platforms and squares as closed ways: the first node stands at the end again. Nodes of way w: wayEnds[w − 1] … wayEnds[w] in wayNodes. */
    readonly wayEnds: Uint32Array;
    readonly wayNodes: Uint32Array;
    readonly wayKind: Uint32Array;
    readonly wayName: Uint32Array;
    readonly waySource: Uint32Array;
    /** Tags of way w: tagEnds[w − 1] … tagEnds[w] in tagKey and tagValue (texts); `highway` is among them where the way is a street. */
    readonly tagEnds: Uint32Array;
    readonly tagKey: Uint32Array;
    readonly tagValue: Uint32Array;
  };
  /** Gates, barriers, crossings, signals, lifts, entrances; on a street or beside it. */
  readonly streetPoint: {
    /** Number of its node in `street`. */
    readonly node: Uint32Array;
    readonly tagEnds: Uint32Array;
    readonly tagKey: Uint32Array;
    readonly tagValue: Uint32Array;
  };
  /** Squares made of several ways (OSM multipolygons). */
  readonly square: {
    /** OSM's relation id. */
    readonly id: Float64Array;
    /** Rings of square s: ringEnds[s − 1] … ringEnds[s]; nodes of ring r: nodeEnds[r − 1] … nodeEnds[r] in `nodes` (of `street`), the first not repeated. */
    readonly ringEnds: Uint32Array;
    readonly nodeEnds: Uint32Array;
    readonly nodes: Uint32Array;
    readonly tagEnds: Uint32Array;
    readonly tagKey: Uint32Array;
    readonly tagValue: Uint32Array;
  };
  readonly turn: {
    /** OSM's relation id; negative where the file had none. */
    readonly id: Float64Array;
    readonly kind: Uint32Array;
    /** Whom it does not bind, whom alone it binds, when it holds: texts, 0 for none. */
    readonly except: Uint32Array;
    readonly vehicle: Uint32Array;
    readonly condition: Uint32Array;
    /** OSM node id, NaN where the turn goes via ways. */
    readonly viaNode: Float64Array;
    /** Way ids: from, via, to of turn t are lists 3t, 3t + 1, 3t + 2, ending at listEnds. */
    readonly listEnds: Uint32Array;
    readonly ways: Float64Array;
  };
  readonly building: {
    readonly centreE7: Int32Array;
    readonly kind: Uint32Array;
    readonly source: Uint32Array;
    readonly footprintM2: Float32Array;
    /** NaN where unknown. */
    readonly storeys: Float32Array;
    readonly residential: Uint8Array;
    readonly shapes: Shapes;
  };
  readonly facility: {
    readonly id: Uint32Array;
    readonly name: Uint32Array;
    readonly pointE7: Int32Array;
    /** NaN where unknown, as are floorM2 and capacity. */
    readonly landM2: Float32Array;
    readonly floorM2: Float32Array;
    readonly capacity: Float32Array;
    /** 1 from a registry, 0 from a map. */
    readonly registry: Uint8Array;
    /** Polygons of sites, lines of greenways; points have one vertex. */
    readonly shapes: Shapes;
    /** One part per entrance. */
    readonly entrances: Shapes;
  };
  readonly population: {
    readonly pointE7: Int32Array;
    /** 0 building, 1 street node, 2 cell. */
    readonly basis: Uint8Array;
    /** Persons of group g at point p: persons[g · points + p]. */
    readonly persons: Float32Array;
  };
  /** Where people work: cells or points that a file gives jobs for, else the parks of the register. */
  readonly job: {
    readonly pointE7: Int32Array;
    readonly count: Float32Array;
  };
  readonly place: {
    readonly id: Uint32Array;
    readonly nameZh: Uint32Array;
    readonly nameEn: Uint32Array;
    readonly level: Uint8Array;
    /** Number of the place above, −1 for none. */
    readonly parent: Int32Array;
    readonly derived: Uint8Array;
    /** 1 for the unit that a parent has outside the built-up area (乡村及未建设地区): counted, never graded. */
    readonly outside: Uint8Array;
    /** NaN where unknown. */
    readonly population: Float64Array;
    readonly areaM2: Float64Array;
    readonly shapes: Shapes;
  };
  readonly landUse: {
    readonly kind: Uint32Array;
    readonly source: Uint32Array;
    readonly areaM2: Float32Array;
    /** 1 for water areas. */
    readonly water: Uint8Array;
    readonly shapes: Shapes;
  };
}
