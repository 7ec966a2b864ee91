/** The snapshot that a check-up was made from, while the city still is what it was; kept for the cities asked last. */
import type { Base } from '../base/open.ts';
import type { Snapshot } from '../base/snapshot/model.ts';
import { openSnapshot } from '../base/snapshot/open-snapshot.ts';
import { buildPlaceTree } from './city/place-tree.ts';
import type { PlaceTree } from './city/city-data.ts';
import type { Checkup } from './store.ts';

export interface CheckupCity {
  readonly snapshot: Snapshot;
  readonly tree: PlaceTree;
  /** Numbers of the population points of a place of the tree, a cell or a zone. */
  pointsOf(place: number): ReadonlySet<number>;
}

/** A city of 10 million is 400 MB. */
const CITIES_KEPT = 2;
const kept = new Map<string, CheckupCity>();

/** Undefined where the city has moved on since. */
export async function openCheckupCity(base: Base, { cityId, snapshotKey }: Checkup): Promise<CheckupCity | undefined> {
  const id = `${base.dataDir} ${snapshotKey}`;
  const known = kept.get(id);
  if (known !== undefined) return known;
  const snapshot = await openSnapshot(base, cityId);
  if (snapshot.meta.key !== snapshotKey) return undefined;
  const tree = buildPlaceTree(snapshot);
  const city = { snapshot, tree, pointsOf: (place: number) => listPoints(snapshot, tree, place) };
  if (kept.size >= CITIES_KEPT) kept.delete([...kept.keys()][0]);
  kept.set(id, city);
  return city;
}

function listPoints(snapshot: Snapshot, tree: PlaceTree, place: number): Set<number> {
  const { leaf, cell, zone } = tree.locate(snapshot.population.pointE7);
  const level = tree.level(place);
  const points = new Set<number>();
  const isWithin = (number: number): boolean => {
    for (let at = number; at >= 0; at = tree.parent[at]) if (at === place) return true;
    return false;
  };
  const holder = level === 'cell' ? cell : level === 'zone' ? zone : leaf;
  const inside = new Map<number, boolean>();
  holder.forEach((number, point) => {
    let is = inside.get(number);
    if (is === undefined) inside.set(number, (is = isWithin(number)));
    if (is) points.add(point);
  });
  return points;
}
