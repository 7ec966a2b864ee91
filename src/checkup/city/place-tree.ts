/**
 * The places of a snapshot as the tree that results are summed over, and which of them hold a point.
 *
 * A point belongs to the finest unit of the tree that holds it: a community; where none does, a block, a district, the city. Cells and zones
 * stand beside the tree and are looked up on their own. Inside is told by the even-odd rule over whole 10⁻⁷ degrees; of two units that
 * share a border, one has it.
 *
 * Memory: 16 bytes a vertex of the places looked into, 12 bytes a point (kept as long as its array of points is). A million look-ups take 1–2 s.
 */
import type { Snapshot } from '../../base/snapshot/model.ts';
import type { PolygonIndex } from '../../engine/spatial/containment.ts';
import { buildPolygonIndex } from '../../engine/spatial/containment.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import type { PlaceLevel } from '../../import/model.ts';
import type { Membership, PlaceTree } from './city-data.ts';

/** From the leaves up. */
export const TREE_LEVELS = ['community', 'block', 'district', 'city'] as const satisfies readonly PlaceLevel[];

const startOf = (ends: Uint32Array, i: number): number => (i === 0 ? 0 : ends[i - 1]);

/** A place's shape in whole 10⁻⁷ degrees: containment asks for nothing but one unit for all. */
export function placeShape({ place: { shapes } }: Snapshot, place: number): Geometry {
  const [firstPart, lastPart] = [startOf(shapes.shapeEnds, place), shapes.shapeEnds[place]];
  const first = startOf(shapes.partEnds, firstPart);
  const last = lastPart === firstPart ? first : shapes.partEnds[lastPart - 1];
  return {
    type: 'MultiPolygon', coordinates: Float64Array.from(shapes.verticesE7.subarray(2 * first, 2 * last)),
    partEnds: shapes.partEnds.slice(firstPart, lastPart).map((end) => end - first),
  };
}

/** Looks points up among the places of one level; made when first asked. */
class LevelIndex {
  readonly #snapshot: Snapshot;
  readonly #places: Uint32Array;
  #index: PolygonIndex | undefined;

  constructor(snapshot: Snapshot, places: Uint32Array) {
    this.#snapshot = snapshot;
    this.#places = places;
  }

  /** The place that holds the point, −1 for none. */
  find(x: number, y: number): number {
    if (this.#places.length === 0) return -1;
    this.#index ??= buildPolygonIndex(Array.from(this.#places, (place) => placeShape(this.#snapshot, place)));
    const at = this.#index.findFirst(x, y);
    return at < 0 ? -1 : this.#places[at];
  }
}

/** The tree of a snapshot's places. Look-ups of the same array of points are answered once. */
export function buildPlaceTree(snapshot: Snapshot): PlaceTree {
  const { place, meta } = snapshot;
  const levels = meta.levels as readonly PlaceLevel[];
  const count = place.level.length;
  const byLevel = new Map<PlaceLevel, Uint32Array>();
  for (const level of levels) byLevel.set(level, placesOf(place.level, levels.indexOf(level)));
  const ofLevel = (level: PlaceLevel): Uint32Array => byLevel.get(level) ?? new Uint32Array(0);
  const treeIndexes = TREE_LEVELS.map((level) => new LevelIndex(snapshot, ofLevel(level)));
  const [cells, zones] = [new LevelIndex(snapshot, ofLevel('cell')), new LevelIndex(snapshot, ofLevel('zone'))];
  const known = new WeakMap<Int32Array, Membership>();

  const findLeaf = (x: number, y: number): number => {
    for (const index of treeIndexes) {
      const found = index.find(x, y);
      if (found >= 0) return found;
    }
    return -1;
  };
  const look = (pointE7: Int32Array): Membership => {
    const points = pointE7.length / 2;
    const [leaf, cell, zone] = [new Int32Array(points), new Int32Array(points), new Int32Array(points)];
    for (let p = 0; p < points; p++) {
      const [x, y] = [pointE7[2 * p], pointE7[2 * p + 1]];
      leaf[p] = findLeaf(x, y);
      cell[p] = cells.find(x, y);
      zone[p] = zones.find(x, y);
    }
    return { leaf, cell, zone };
  };
  const parentInTree = parentsInTree(place.parent, place.level, levels);
  return {
    count,
    level: (number) => levels[place.level[number]],
    parent: place.parent,
    outside: place.outside,
    ofLevel,
    locate(pointE7) {
      let members = known.get(pointE7);
      if (members === undefined) known.set(pointE7, (members = look(pointE7)));
      return members;
    },
    sum({ leaf, cell, zone }, weights) {
      const sums = new Float64Array(count);
      for (let p = 0; p < leaf.length; p++) {
        if (leaf[p] >= 0) sums[leaf[p]] += weights[p];
        if (cell[p] >= 0) sums[cell[p]] += weights[p];
        if (zone[p] >= 0) sums[zone[p]] += weights[p];
      }
      for (const level of TREE_LEVELS) {
        for (const number of ofLevel(level)) if (parentInTree[number] >= 0) sums[parentInTree[number]] += sums[number];
      }
      return sums;
    },
  };
}

function placesOf(levelOf: Uint8Array, level: number): Uint32Array {
  const list: number[] = [];
  levelOf.forEach((value, place) => {
    if (value === level) list.push(place);
  });
  return Uint32Array.from(list);
}

/** Parents as sums go up: of units of the tree only, and only to a coarser unit of it; −1 else. */
function parentsInTree(parent: Int32Array, level: Uint8Array, levels: readonly PlaceLevel[]): Int32Array {
  const rank = levels.map((name) => TREE_LEVELS.indexOf(name as (typeof TREE_LEVELS)[number]));
  return parent.map((above, place) => (above >= 0 && rank[level[place]] >= 0 && rank[level[above]] > rank[level[place]] ? above : -1));
}
