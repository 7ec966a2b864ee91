/**
 * One cell of the city as OpenStreetMap objects, and the numbering that lets cells be drawn apart from one another.
 *
 * Each lattice corner owns a range of ids: its own nodes, the nodes and ways of the main streets that leave it to the
 * north ("vertical") and east ("horizontal"), and whatever lies in the cell north-east of it. A cell therefore knows the
 * ids of its neighbours' street nodes without drawing the neighbours, and ids ascend from cell to cell, as sorted
 * PBF files ask.
 */
import type { RelationMember, Tags } from './write-osm-pbf.ts';

const FIRST_NODE = 1_000_000;
const NODES_PER_CORNER = 24_000;
const FIRST_WAY = 100_000;
const WAYS_PER_CORNER = 8_000;
const FIRST_RELATION = 10_000;
const RELATIONS_PER_CORNER = 16;

/** A main street between two corners is drawn with 23 nodes in between, some 29 m apart. */
export const EDGE_STEPS = 24;

/** Tracks of nodes along an edge: carriageways, what runs between them, the corridor's middle line, river banks. */
export const TRACK = { first: 0, second: 1, innerFirst: 2, innerSecond: 3, middle: 4, bankFirst: 5, bankSecond: 6 } as const;

const CORNER_SLOTS = 16;
const VERTICAL_TRACKS = 5;
const HORIZONTAL_TRACKS = 7;
const HORIZONTAL_START = CORNER_SLOTS + VERTICAL_TRACKS * EDGE_STEPS;
const INNER_NODES_START = HORIZONTAL_START + HORIZONTAL_TRACKS * EDGE_STEPS;
const INNER_WAYS_START = 40;

/** Corner nodes: a carriageway of the vertical street × one of the horizontal; then the inner tracks and middles. */
export function cornerNode(position: number, slot: number): number {
  return FIRST_NODE + position * NODES_PER_CORNER + slot;
}
export const CORNER = {
  street: (vertical: number, horizontal: number): number => vertical + 2 * horizontal,
  verticalInner: (track: number): number => 4 + track,
  middle: 6,
  horizontalInner: (track: number): number => 8 + track,
  bank: (side: number): number => 10 + side,
} as const;

export function verticalNode(position: number, track: number, step: number): number {
  return FIRST_NODE + position * NODES_PER_CORNER + CORNER_SLOTS + track * EDGE_STEPS + step;
}

export function horizontalNode(position: number, track: number, step: number): number {
  return FIRST_NODE + position * NODES_PER_CORNER + HORIZONTAL_START + track * EDGE_STEPS + step;
}

/** Ways of fixed number: 0–4 the tracks of the vertical street, 5–9 its bridges and links; 16–22 and 23–27 the horizontal's. */
export const WAY = { vertical: 0, verticalBridge: 5, verticalLink: 7, ramp: 8, verticalEnd: 12, horizontal: 16, horizontalLink: 23, horizontalEnd: 24 } as const;

export function edgeWay(position: number, slot: number): number {
  return FIRST_WAY + position * WAYS_PER_CORNER + slot;
}

/** City-wide relations come after all relations of cells. */
export function cityRelation(corners: number, number: number): number {
  return FIRST_RELATION + corners * RELATIONS_PER_CORNER + number;
}

/** Ways and nodes of railways and metro lines come after those of all cells. */
export function cityNode(corners: number, number: number): number {
  return FIRST_NODE + corners * NODES_PER_CORNER + number;
}
export function cityWay(corners: number, number: number): number {
  return FIRST_WAY + corners * WAYS_PER_CORNER + number;
}

export interface SketchNode {
  readonly id: number;
  readonly lon: number;
  readonly lat: number;
  tags: Tags;
}

export interface SketchWay {
  readonly id: number;
  readonly refs: readonly number[];
  readonly tags: Tags;
}

export interface SketchRelation {
  readonly id: number;
  readonly members: readonly RelationMember[];
  readonly tags: Tags;
}

const NO_TAGS: Tags = [];

export class Sketch {
  readonly nodes: SketchNode[] = [];
  readonly ways: SketchWay[] = [];
  readonly relations: SketchRelation[] = [];
  readonly #byId = new Map<number, SketchNode>();
  readonly #position: number;
  #nextNode = INNER_NODES_START;
  #nextWay = INNER_WAYS_START;
  #nextRelation = 0;

  constructor(position: number) {
    this.#position = position;
  }

  /** A node of fixed number; a second call with the same number is the same node. */
  placeNode(id: number, [lon, lat]: readonly [number, number], tags: Tags = NO_TAGS): number {
    const known = this.#byId.get(id);
    if (known !== undefined) {
      if (tags.length > 0) known.tags = tags;
      return id;
    }
    const node: SketchNode = { id, lon, lat, tags };
    this.#byId.set(id, node);
    this.nodes.push(node);
    return id;
  }

  addNode(place: readonly [number, number], tags: Tags = NO_TAGS): number {
    if (this.#nextNode >= NODES_PER_CORNER) throw new Error(`more than ${NODES_PER_CORNER} nodes in one cell`);
    return this.placeNode(FIRST_NODE + this.#position * NODES_PER_CORNER + this.#nextNode++, place, tags);
  }

  findNode(id: number): SketchNode | undefined {
    return this.#byId.get(id);
  }

  placeWay(id: number, refs: readonly number[], tags: Tags): number {
    this.ways.push({ id, refs, tags });
    return id;
  }

  addWay(refs: readonly number[], tags: Tags): number {
    if (this.#nextWay >= WAYS_PER_CORNER) throw new Error(`more than ${WAYS_PER_CORNER} ways in one cell`);
    return this.placeWay(FIRST_WAY + this.#position * WAYS_PER_CORNER + this.#nextWay++, refs, tags);
  }

  /** A closed way through new nodes. */
  addRing(places: readonly (readonly [number, number])[], tags: Tags): number {
    const refs = places.map((place) => this.addNode(place));
    return this.addWay([...refs, refs[0]], tags);
  }

  addRelation(members: readonly RelationMember[], tags: Tags): void {
    if (this.#nextRelation >= RELATIONS_PER_CORNER) throw new Error(`more than ${RELATIONS_PER_CORNER} relations in one cell`);
    this.relations.push({ id: FIRST_RELATION + this.#position * RELATIONS_PER_CORNER + this.#nextRelation++, members, tags });
  }

  /** Sorts all objects by id, as files want them. */
  finish(): this {
    for (const list of [this.nodes, this.ways, this.relations]) (list as { id: number }[]).sort((a, b) => a.id - b.id);
    return this;
  }
}
