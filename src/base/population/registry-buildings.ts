/**
 * The same building in a registry and on the map: the registry says what it is like, the map has its outline.
 *
 * Two are one where their centres are nearer than half the width of the larger, at least 8 m; each map building goes to the
 * nearest row of the registry. Centres do, because registries often give a point and maps draw roofs where registries
 * draw walls.
 */
import { buildGridIndex } from '../../engine/spatial/grid-index.ts';
import { metresPerDegree } from '../../engine/spatial/measure.ts';
import type { Attributes } from '../../import/model.ts';

const LEAST_REACH_M = 8;
const MOST_REACH_M = 60;

export interface BuildingSpot {
  readonly lon: number;
  readonly lat: number;
  readonly footprintM2: number;
  readonly registry: boolean;
}

/** Rows of the buildings registry (standards §8.2) carry their `bldg_id`. */
export function isRegistryBuilding(attributes: Attributes): boolean {
  return attributes['bldg_id'] !== undefined && attributes['bldg_id'] !== null;
}

/** For each building of the map the number of the registry's row that it is, else -1; -1 for rows themselves. */
export function matchRegistryBuildings(buildings: readonly BuildingSpot[]): Int32Array {
  const rowOf = new Int32Array(buildings.length).fill(-1);
  const rows = buildings.flatMap((building, i) => (building.registry ? [i] : []));
  if (rows.length === 0 || rows.length === buildings.length) return rowOf;
  const index = buildGridIndex(rows.map((i) => buildings[i].lon), rows.map((i) => buildings[i].lat));
  buildings.forEach((building, i) => {
    if (building.registry) return;
    const scale = metresPerDegree(building.lat);
    const dx = MOST_REACH_M / scale.lon;
    const dy = MOST_REACH_M / scale.lat;
    let nearest = Infinity;
    index.search(building.lon - dx, building.lat - dy, building.lon + dx, building.lat + dy, (k) => {
      const row = buildings[rows[k]];
      const distance = Math.hypot((row.lon - building.lon) * scale.lon, (row.lat - building.lat) * scale.lat);
      const reach = Math.min(MOST_REACH_M, Math.max(LEAST_REACH_M, Math.sqrt(Math.max(row.footprintM2, building.footprintM2)) / 2));
      if (distance > reach || distance >= nearest) return;
      nearest = distance;
      rowOf[i] = rows[k];
    });
  });
  return rowOf;
}
