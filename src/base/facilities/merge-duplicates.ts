/**
 * One place, one facility: the same school as a node and as its grounds, a bus stop of either direction, a registry's row
 * and what the map has.
 *
 * Two objects of one kind are the same place when one lies in the other's ground and their names agree or one has none,
 * or when their names agree and they are within the kind's distance (50 m; bus stops 30 m). A registry's row also takes
 * in a map object of its kind within 30 m where either has no name. Two rows of registries are never joined: they are
 * told apart by their ids.
 */
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { listParts } from '../../engine/spatial/geometry.ts';
import { buildPolygonIndex, pointInside } from '../../engine/spatial/containment.ts';
import { buildGridIndex } from '../../engine/spatial/grid-index.ts';
import { metresPerDegree } from '../../engine/spatial/measure.ts';
import type { Attributes } from '../../import/model.ts';

const SAME_NAME_M = 50;
const REGISTRY_NEAR_M = 30;

/** An object of one kind, before merging. */
export interface FacilityDraft {
  readonly sourceId: string;
  readonly batchId: number;
  readonly name: string | undefined;
  readonly attributes: Attributes;
  readonly geometry: Geometry;
  readonly areaM2: number;
  readonly registry: { readonly capacity: number | undefined; readonly floorM2: number | undefined; readonly landM2: number | undefined } | undefined;
}

/** Drafts that are one place, the one that stands for it first. */
export type MergedGroup = readonly FacilityDraft[];

const plainName = (name: string | undefined): string | undefined => {
  const plain = name?.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  return plain === '' ? undefined : plain;
};

const isArea = (geometry: Geometry): boolean => geometry.type === 'Polygon' || geometry.type === 'MultiPolygon';

/** Registry before map, grounds before buildings before points, then by batch and id: who stands for a group. */
function rank(a: FacilityDraft, b: FacilityDraft): number {
  return (
    Number(b.registry !== undefined) - Number(a.registry !== undefined) ||
    b.areaM2 - a.areaM2 ||
    b.batchId - a.batchId ||
    (a.sourceId < b.sourceId ? -1 : a.sourceId > b.sourceId ? 1 : 0)
  );
}

/**
 * Groups the drafts of one kind.
 *
 * @param sameNameM metres within which equal names mean one place; default 50
 * @param namelessM metres within which points are one place whatever their names; default none
 */
export function mergeDuplicates(drafts: readonly FacilityDraft[], sameNameM = SAME_NAME_M, namelessM = 0): MergedGroup[] {
  const sorted = [...drafts].sort(rank);
  const names = sorted.map((draft) => plainName(draft.name));
  const points = sorted.map((draft) => pointInside(draft.geometry));
  const parent = sorted.map((_, i) => i);
  const registryOf = sorted.map((draft): number => (draft.registry === undefined ? -1 : 1));
  const find = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]];
    return i;
  };
  const join = (i: number, j: number): void => {
    const a = find(i);
    const b = find(j);
    // two registry rows are two places, however near
    if (a === b || (registryOf[a] > 0 && registryOf[b] > 0)) return;
    parent[Math.max(a, b)] = Math.min(a, b);
    registryOf[Math.min(a, b)] = Math.max(registryOf[a], registryOf[b]);
  };
  const agree = (i: number, j: number): boolean => names[i] === undefined || names[j] === undefined || names[i] === names[j];

  joinContained(sorted, points, agree, join);
  joinNear(sorted, points, names, sameNameM, join);
  if (namelessM > 0) joinNearest(points, namelessM, join);

  const groups = new Map<number, FacilityDraft[]>();
  sorted.forEach((draft, i) => {
    const root = find(i);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [draft]);
    else group.push(draft);
  });
  return [...groups.values()];
}

function joinContained(
  sorted: readonly FacilityDraft[],
  points: readonly (readonly [number, number])[],
  agree: (i: number, j: number) => boolean,
  join: (i: number, j: number) => void,
): void {
  const areas = sorted.map((_, i) => i).filter((i) => isArea(sorted[i].geometry));
  if (areas.length === 0) return;
  const index = buildPolygonIndex(areas.map((i) => sorted[i].geometry));
  sorted.forEach((draft, i) => {
    index.visitAll(points[i][0], points[i][1], (area) => {
      const j = areas[area];
      // of two areas the smaller lies in the larger; equal ones (a way and its relation) are one as well
      if (i !== j && draft.areaM2 <= sorted[j].areaM2 && agree(i, j)) join(i, j);
    });
  });
}

function joinNear(
  sorted: readonly FacilityDraft[],
  points: readonly (readonly [number, number])[],
  names: readonly (string | undefined)[],
  sameNameM: number,
  join: (i: number, j: number) => void,
): void {
  const byName = new Map<string, number[]>();
  names.forEach((name, i) => {
    if (name === undefined) return;
    const list = byName.get(name);
    if (list === undefined) byName.set(name, [i]);
    else list.push(i);
  });
  for (const list of byName.values()) {
    for (let a = 0; a < list.length; a++) {
      for (let b = a + 1; b < list.length; b++) {
        if (isWithin(sorted[list[a]], points[list[a]], sorted[list[b]], points[list[b]], sameNameM)) join(list[a], list[b]);
      }
    }
  }
  // registries write names as the map does not: nearness must do where a name is missing
  const rows = sorted.flatMap((draft, i) => (draft.registry === undefined ? [] : [i]));
  if (rows.length === 0 || rows.length === sorted.length) return;
  const index = buildGridIndex(points.map((p) => p[0]), points.map((p) => p[1]));
  for (const i of rows) {
    const [lon, lat] = points[i];
    const scale = metresPerDegree(lat);
    const dx = REGISTRY_NEAR_M / scale.lon;
    const dy = REGISTRY_NEAR_M / scale.lat;
    index.search(lon - dx, lat - dy, lon + dx, lat + dy, (j) => {
      if (sorted[j].registry === undefined && (names[i] === undefined || names[j] === undefined)) join(i, j);
    });
  }
}

/** Joins every pair of points within some metres, the nearest pairs first. */
function joinNearest(points: readonly (readonly [number, number])[], metres: number, join: (i: number, j: number) => void): void {
  const index = buildGridIndex(points.map((p) => p[0]), points.map((p) => p[1]));
  const pairs: { i: number; j: number; distance: number }[] = [];
  points.forEach(([lon, lat], i) => {
    const scale = metresPerDegree(lat);
    const dx = metres / scale.lon;
    const dy = metres / scale.lat;
    index.search(lon - dx, lat - dy, lon + dx, lat + dy, (j) => {
      const distance = Math.hypot((points[j][0] - lon) * scale.lon, (points[j][1] - lat) * scale.lat);
      if (j > i && distance <= metres) pairs.push({ i, j, distance });
    });
  });
  for (const { i, j } of pairs.sort((a, b) => a.distance - b.distance || a.i - b.i || a.j - b.j)) join(i, j);
}

/** Whether two places are within some metres: between points, or from a point to the border of an area. */
function isWithin(a: FacilityDraft, pa: readonly [number, number], b: FacilityDraft, pb: readonly [number, number], metres: number): boolean {
  const scale = metresPerDegree(pa[1]);
  const straight = Math.hypot((pa[0] - pb[0]) * scale.lon, (pa[1] - pb[1]) * scale.lat);
  if (straight <= metres) return true;
  const reach = Math.sqrt(a.areaM2) * 2 + Math.sqrt(b.areaM2) * 2 + metres;
  if (straight > reach) return false;
  if (isArea(a.geometry) && distanceToBorderM(a.geometry, pb) <= metres) return true;
  return isArea(b.geometry) && distanceToBorderM(b.geometry, pa) <= metres;
}

/** Metres from a point to the nearest border of a polygon, or to a line; 0 is never returned for being inside. */
function distanceToBorderM(geometry: Geometry, [lon, lat]: readonly [number, number]): number {
  const scale = metresPerDegree(lat);
  const c = geometry.coordinates;
  let least = Infinity;
  for (const [start, end] of listParts(geometry)) {
    for (let i = start + 1; i < end; i++) {
      const ax = (c[2 * i - 2] - lon) * scale.lon;
      const ay = (c[2 * i - 1] - lat) * scale.lat;
      const dx = (c[2 * i] - lon) * scale.lon - ax;
      const dy = (c[2 * i + 1] - lat) * scale.lat - ay;
      const t = dx === 0 && dy === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy)));
      least = Math.min(least, Math.hypot(ax + t * dx, ay + t * dy));
    }
  }
  return least;
}
