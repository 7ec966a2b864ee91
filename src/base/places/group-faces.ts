/** Faces joined to units: by the imported unit they lie in, or to blocks and communities of the right size. */
import { buildPolygonIndex } from '../../engine/spatial/containment.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { metresPerDegree } from '../../engine/spatial/measure.ts';
import { ARTERIAL, HINDRANCE } from './barriers.ts';
import type { Bond } from './merge-regions.ts';
import { joinConnected, mergeRegions } from './merge-regions.ts';
import { BLOCK_AREA, COMMUNITY_AREA, COMMUNITY_PERSONS } from './unit-sizes.ts';
import type { Faces } from './cut-input.ts';
import { GRID_PER_DEGREE } from './cut-input.ts';

/** Two numbers of faces or groups make one key below 2⁵³. */
const SPAN = 2 ** 26;

/** For each face in the city 1 + the number of the unit it lies in, 0 for none. */
export function assignTo(faces: Faces, units: readonly Geometry[]): Uint32Array {
  const of = new Uint32Array(faces.t.faceCount);
  if (units.length === 0) return of;
  const index = buildPolygonIndex(units);
  for (let f = 1; f < of.length; f++) if (faces.inCity[f] === 1) of[f] = 1 + index.findFirst(faces.points[2 * f], faces.points[2 * f + 1]);
  return of;
}

/** Numbers the different combinations of keys from 1, in order of first faces; 0 outside the city. */
export function groupBy(faces: Faces, keys: readonly [Uint32Array] | readonly [Uint32Array, Uint32Array]): { of: Uint32Array; count: number } {
  const of = new Uint32Array(faces.t.faceCount);
  const numbers = new Map<number, number>();
  for (let f = 1; f < of.length; f++) {
    if (faces.inCity[f] === 0) continue;
    // at most two keys, each below 2²⁶
    const key = keys.length === 1 ? keys[0][f] : keys[0][f] * SPAN + keys[1][f];
    let number = numbers.get(key);
    if (number === undefined) numbers.set(key, (number = numbers.size + 1));
    of[f] = number;
  }
  return { of, count: numbers.size };
}

/** Bonds between the groups of faces, along edges for which `counts` holds. */
function listBonds(faces: Faces, groupOf: Uint32Array, counts: (edge: number, left: number, right: number) => boolean): Bond[] {
  const { t } = faces;
  const bonds = new Map<number, number>();
  for (let e = 0; e < t.strength.length; e++) {
    const left = t.faceOf[2 * e];
    const right = t.faceOf[2 * e + 1];
    const a = groupOf[left];
    const b = groupOf[right];
    if (a === b || a === 0 || b === 0 || !counts(e, left, right)) continue;
    const u = t.ends[2 * e];
    const v = t.ends[2 * e + 1];
    const scale = metresPerDegree(faces.points[2 * left + 1]);
    const metres = Math.hypot((t.x[v] - t.x[u]) * scale.lon, (t.y[v] - t.y[u]) * scale.lat) / GRID_PER_DEGREE;
    const key = Math.min(a, b) * SPAN + Math.max(a, b);
    bonds.set(key, (bonds.get(key) ?? 0) + metres / HINDRANCE[t.strength[e]]);
  }
  return [...bonds].map(([key, bond]) => ({ a: Math.floor(key / SPAN) - 1, b: (key % SPAN) - 1, bond }));
}

/** Sums of a value of faces by group; group g is entry g − 1. */
export function sumBy(groupOf: Uint32Array, count: number, values: Float64Array): Float64Array {
  const sums = new Float64Array(count);
  for (let f = 1; f < groupOf.length; f++) if (groupOf[f] > 0) sums[groupOf[f] - 1] += values[f];
  return sums;
}

/** Groups of groups: the number of each face's group's group, from 1. */
function regroup(groupOf: Uint32Array, groups: Uint32Array): Uint32Array {
  return groupOf.map((g) => (g === 0 ? 0 : groups[g - 1] + 1));
}

/** Groups are numbered without gaps, so the largest number is how many there are. */
export function countOf(groupOf: Uint32Array): number {
  return groupOf.reduce((most, g) => Math.max(most, g), 0);
}

/** Bonds across bridged gaps of the built-up area: weaker than any border, so that they only join what touches nothing else. */
function listLinks(groupOf: Uint32Array, links: Uint32Array, counts: (left: number, right: number) => boolean): Bond[] {
  const bonds: Bond[] = [];
  for (let i = 0; i < links.length; i += 2) {
    const [a, b] = [groupOf[links[i]], groupOf[links[i + 1]]];
    if (a !== b && a > 0 && b > 0 && counts(links[i], links[i + 1])) bonds.push({ a: Math.min(a, b) - 1, b: Math.max(a, b) - 1, bond: 1e-3 });
  }
  return bonds;
}

/**
 * Group of each face, from 1: blocks of BLOCK_AREA where barriers allow. No block crosses a unit above it or cuts an imported
 * community. Faces that are not `within` the built-up area are one group for each unit above.
 */
export function deriveBlocks(faces: Faces, above: Uint32Array, communities: Uint32Array | undefined, within: Uint8Array, links: Uint32Array): Uint32Array {
  const outside = 2 * above.length + 1;
  // atoms: faces, or imported communities, which a block must not cut
  const loose = Uint32Array.from(above, (_, f) => (within[f] === 0 ? outside : communities === undefined ? f : communities[f] === 0 ? above.length + f : communities[f]));
  let of = groupBy(faces, [above, loose]).of;
  const mayJoin = (left: number, right: number): boolean => above[left] === above[right] && within[left] === 1 && within[right] === 1;

  // between arterials: everything, unless that is more than a block
  const soft = listBonds(faces, of, (e, left, right) => faces.t.strength[e] < ARTERIAL && mayJoin(left, right));
  const sizes = sumBy(of, countOf(of), faces.landM2);
  const between = joinConnected(sizes.length, soft);
  const total = new Float64Array(sizes.length);
  sizes.forEach((size, i) => (total[between[i]] += size));
  const tooLarge = soft.filter(({ a }) => total[between[a]] > BLOCK_AREA.max);
  const split = mergeRegions(sizes, tooLarge, BLOCK_AREA);
  const keyOf = Uint32Array.from(of, (g) => (g === 0 ? 0 : total[between[g - 1]] > BLOCK_AREA.max ? 1 + split[g - 1] : 1 + sizes.length + between[g - 1]));
  of = groupBy(faces, [above, keyOf]).of;

  // across arterials: what is too small
  const all = [...listBonds(faces, of, (_, left, right) => mayJoin(left, right)), ...listLinks(of, links, mayJoin)];
  return regroup(of, mergeRegions(sumBy(of, countOf(of), faces.landM2), all, BLOCK_AREA));
}

/**
 * Group of each face, from 1: communities within their blocks, by persons where these are `known`, else by land. Faces of a
 * block that are not `within` the built-up area are one group.
 */
export function deriveCommunities(faces: Faces, blockOf: Uint32Array, known: boolean, within: Uint8Array, links: Uint32Array): Uint32Array {
  const { of } = groupBy(faces, [blockOf, Uint32Array.from(blockOf, (_, f) => (within[f] === 0 ? blockOf.length : f))]);
  const mayJoin = (left: number, right: number): boolean => blockOf[left] === blockOf[right] && within[left] === 1 && within[right] === 1;
  const bonds = [...listBonds(faces, of, (_, left, right) => mayJoin(left, right)), ...listLinks(of, links, mayJoin)];
  const sizes = sumBy(of, countOf(of), known ? faces.persons : faces.landM2);
  return regroup(of, mergeRegions(sizes, bonds, known ? COMMUNITY_PERSONS : COMMUNITY_AREA));
}
