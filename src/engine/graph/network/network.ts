/**
 * A city's street network as one buffer: what may be walked, ridden and driven, before any speed is chosen.
 *
 * Vertices are junctions, ends, and nodes where streets are parted (a gate, an elevator); they
 * are numbered along a Hilbert curve. A gate that not everybody may pass is two vertices and an edge without length between them, whose PASS bits
 * say who may. An edge is a piece of street between two vertices with its shape. Everything that a mode
 * needs is kept per edge and direction; travel-graph.ts turns it into costs. The same bytes go to a cache file, a worker and
 * a browser (section-buffer.ts).
 *
 * Memory: 22 bytes a vertex, 26 bytes an edge (34 with slopes), 12 bytes a way, 8 bytes a point of shape between vertices.
 */
import type { SectionArray, SectionReader } from '../../spatial/section-buffer.ts';
import { readSections, writeSections } from '../../spatial/section-buffer.ts';

export const NETWORK_VERSION = 1;

/**
 * Who may pass, as bits of `edge.forward` and `edge.backward`. Of one mode the open bit and the local bit together: open, but reached over local
 * streets only (mark-enclosed.ts).
 */
export const PASS = {
  walk: 1,
  bike: 2,
  drive: 4,
  /** Walkers may pass only to reach something here (private, destination, customers): no way through. */
  walkLocal: 8,
  bikeLocal: 16,
  driveLocal: 32,
  /** Riders get off and push: bike at walking speed. */
  pushBike: 64,
} as const;

/** What an edge is, as bits of `edge.traits`. */
export const TRAIT = {
  steps: 1,
  tunnel: 2,
  bridge: 4,
  crossing: 8,
  ferry: 16,
  /** Invented: across a square, to an entrance, through a gate. */
  invented: 32,
  roundabout: 64,
  unpaved: 128,
} as const;

/** What a vertex is, as bits of `vertex.traits`. */
export const VERTEX_TRAIT = { gate: 1, barrier: 2, crossing: 4, signals: 8, elevator: 16, entrance: 32 } as const;

/**
 * How lengths are measured. `geodesic`: on the ellipsoid, rounded to whole mm. `r5`: as R5 7.x does (great circles on a sphere of 6,367,450 m,
 * cut to whole mm), so that published travel times come out; up to 0.4 % off.
 */
export type Measure = 'geodesic' | 'r5';

export interface NetworkMeta {
  readonly counts: { readonly vertices: number; readonly edges: number; readonly ways: number; readonly restrictions: number };
  /** west, south, east, north in degrees; absent where there is no vertex. */
  readonly bbox: readonly [number, number, number, number] | undefined;
  /** Classes of streets by number, as OSM's `highway` has them (`residential`), or `ferry`, `platform`, `invented`. */
  readonly classes: readonly string[];
  /** How `edge.lengthMm` was measured; `geodesic` where absent. */
  readonly measure?: Measure;
  /** Whether `vertex.elevationDm` was filled from a raster. */
  readonly elevation: boolean;
  /** Hash of what it was built from and of the rules' version: the same key, the same bytes. */
  readonly key: string;
}

export interface Network {
  readonly meta: NetworkMeta;
  /** The whole buffer, to hand to a worker or write to a file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly vertex: {
    /** Longitude and latitude by turns, 10⁻⁷ degrees. */
    readonly e7: Int32Array;
    /** OSM's node id; negative for vertices without one. */
    readonly id: Float64Array;
    readonly traits: Uint8Array;
    /** Seconds that passing costs a walker (a gate with a guard, an elevator); 0 for most. */
    readonly delayS: Uint8Array;
    /** Decimetres above the datum; 0 everywhere where `meta.elevation` is false. */
    readonly elevationDm: Int32Array;
  };
  readonly edge: {
    readonly from: Uint32Array;
    readonly to: Uint32Array;
    /** Length along the shape, whole millimetres, measured as `meta.measure` says. */
    readonly lengthMm: Uint32Array;
    /** PASS bits from `from` to `to`. */
    readonly forward: Uint8Array;
    /** PASS bits from `to` to `from`. */
    readonly backward: Uint8Array;
    readonly traits: Uint8Array;
    /** Number of its class in `meta.classes`. */
    readonly streetClass: Uint8Array;
    /** km/h a car goes without traffic, 0 where none may. */
    readonly driveKmh: Uint8Array;
    /** Level of traffic stress for riders, 1 (calm) … 4; 0 where none may ride. */
    readonly stress: Uint8Array;
    /** Number of its way in `way`. Edges of one way follow one another in the way's direction. */
    readonly way: Uint32Array;
    /** Points between the two vertices, in order from `from`: shapeEnds[e − 1] … shapeEnds[e] of shapeE7 pairs. */
    readonly shapeEnds: Uint32Array;
    readonly shapeE7: Int32Array;
    /**
     * Share of the time on the level that slopes add for walkers from `from` to `to`, and back (Tobler, vertex-elevation.ts): seconds are
     * base + round(base · share), at least 1. Only where `meta.elevation`.
     */
    readonly slopeForward?: Float32Array;
    readonly slopeBackward?: Float32Array;
  };
  readonly way: {
    /** OSM's way id; negative for what was invented. */
    readonly id: Float64Array;
    /** Number of its name; 0 for none. */
    readonly name: Uint32Array;
  };
  /** Turn restrictions on edges: restriction r is the edges listEnds[r − 1] … listEnds[r] in the order they are driven, each as edge × 2 + (1 where driven against its direction). */
  readonly turn: {
    /** 0: this sequence is forbidden. 1: from all but the last of the sequence, only the last may follow. */
    readonly only: Uint8Array;
    readonly listEnds: Uint32Array;
    readonly edges: Uint32Array;
    /** PASS bits of the modes it binds. */
    readonly modes: Uint8Array;
  };
  /** Gates that are not open at all hours, as tagged; nothing here is applied. */
  readonly gate: {
    /** The gate's vertex (of those that a closed gate is made of, the one that has its OSM id). */
    readonly vertex: Uint32Array;
    /** Number of its hours among the names: read with `hours`. */
    readonly hours: Uint32Array;
  };
  name(way: number): string;
  /** Opening hours of a gate, in OSM's notation (`06:00-22:00`). */
  hours(gate: number): string;
}

/** All sections of a network but names, by the names they have in the buffer. */
export type NetworkArrays = Pick<Network, 'vertex' | 'edge' | 'way' | 'turn'> & Partial<Pick<Network, 'gate'>>;

/** Lays a network out as one buffer and opens it. `names[0]` must be empty; way.name points into it. */
export function writeNetwork(meta: NetworkMeta, arrays: NetworkArrays, names: readonly string[]): Network {
  const sections: Record<string, SectionArray> = {};
  for (const [group, members] of Object.entries(arrays)) {
    for (const [name, array] of Object.entries(members as Readonly<Record<string, SectionArray>>)) sections[`${group}.${name}`] = array;
  }
  const encoder = new TextEncoder();
  const texts = names.map((name) => encoder.encode(name));
  const ends = new Uint32Array(texts.length);
  const bytes = new Uint8Array(texts.reduce((sum, text) => sum + text.length, 0));
  let at = 0;
  texts.forEach((text, i) => {
    bytes.set(text, at);
    ends[i] = at += text.length;
  });
  return openNetwork(writeSections(NETWORK_VERSION, meta, { ...sections, 'name.ends': ends, 'name.utf8': bytes }));
}

/**
 * Opens a buffer that {@link writeNetwork} made; copies nothing.
 *
 * @throws RangeError on bytes of another kind, version or length
 */
export function openNetwork(bytes: Uint8Array<ArrayBuffer>): Network {
  const sections: SectionReader<NetworkMeta> = readSections<NetworkMeta>(NETWORK_VERSION, bytes);
  const u8 = (name: string): Uint8Array => sections.get(name, 'u8');
  const u32 = (name: string): Uint32Array => sections.get(name, 'u32');
  const nameEnds = u32('name.ends');
  const nameUtf8 = u8('name.utf8');
  const text = (n: number): string => (n === 0 ? '' : new TextDecoder().decode(nameUtf8.subarray(nameEnds[n - 1], nameEnds[n])));
  const gate = { vertex: sections.has('gate.vertex') ? u32('gate.vertex') : new Uint32Array(0), hours: sections.has('gate.hours') ? u32('gate.hours') : new Uint32Array(0) };
  const way = { id: sections.get('way.id', 'f64'), name: u32('way.name') };
  return {
    meta: sections.meta,
    bytes,
    vertex: {
      e7: sections.get('vertex.e7', 'i32'), id: sections.get('vertex.id', 'f64'), traits: u8('vertex.traits'),
      delayS: u8('vertex.delayS'), elevationDm: sections.get('vertex.elevationDm', 'i32'),
    },
    edge: {
      from: u32('edge.from'), to: u32('edge.to'), lengthMm: u32('edge.lengthMm'), forward: u8('edge.forward'), backward: u8('edge.backward'),
      traits: u8('edge.traits'), streetClass: u8('edge.streetClass'), driveKmh: u8('edge.driveKmh'), stress: u8('edge.stress'), way: u32('edge.way'),
      shapeEnds: u32('edge.shapeEnds'), shapeE7: sections.get('edge.shapeE7', 'i32'),
      ...(sections.has('edge.slopeForward') && { slopeForward: sections.get('edge.slopeForward', 'f32'), slopeBackward: sections.get('edge.slopeBackward', 'f32') }),
    },
    way,
    turn: { only: u8('turn.only'), listEnds: u32('turn.listEnds'), edges: u32('turn.edges'), modes: u8('turn.modes') },
    gate,
    name: (number) => text(way.name[number]),
    hours: (number) => text(gate.hours[number]),
  };
}
