/** Writes the sample city into a folder, cell by cell, in bounded memory. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { throwIfCancelled } from '../core/errors.ts';
import type { WorkContext } from '../core/progress.ts';
import type { Box } from '../engine/spatial/geometry.ts';
import { buildCell } from './cell.ts';
import { buildCityObjects } from './city-objects.ts';
import type { CityPlan } from './plan.ts';
import { buildPlan } from './plan.ts';
import { buildTransitPlan } from './transit-plan.ts';
import { OsmPbfWriter } from './write-osm-pbf.ts';

export interface SampleOptions {
  readonly persons: number;
  readonly seed: number;
}

export interface SampleFile {
  readonly name: string;
  readonly rows: number;
}

export interface SampleSummary {
  readonly persons: number;
  readonly seed: number;
  readonly box: Box;
  readonly files: readonly SampleFile[];
}

/** The bounding box of the city, from its outermost lattice lines. */
export function boxOfCity(plan: CityPlan): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k <= 400; k++) {
    const t = k / 400;
    for (const [u, v] of [[t * plan.columns, 0], [t * plan.columns, plan.rows], [0, t * plan.rows], [plan.columns, t * plan.rows]]) {
      const [lon, lat] = plan.ground.toLonLat(u, v);
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
  }
  return [west - 0.002, south - 0.002, east + 0.002, north + 0.002];
}

export async function writeSampleCity(dir: string, options: SampleOptions, context: WorkContext = {}): Promise<SampleSummary> {
  const plan = buildPlan(options.persons, options.seed);
  mkdirSync(dir, { recursive: true });
  const box = boxOfCity(plan);
  const osm = new OsmPbfWriter(join(dir, 'shifan.osm.pbf'), box, 'chengmai sample');
  const transit = buildTransitPlan(plan);
  for (let row = 0; row <= plan.rows; row++) {
    throwIfCancelled(context.signal);
    for (let column = 0; column <= plan.columns; column++) {
      const { sketch } = buildCell(plan, column, row);
      addTo(osm, sketch);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  addTo(osm, buildCityObjects(plan, transit));
  const counts = osm.close();
  return { persons: plan.persons, seed: plan.seed, box, files: [{ name: 'shifan.osm.pbf', rows: counts.nodes + counts.ways + counts.relations }] };
}

function addTo(osm: OsmPbfWriter, objects: { nodes: readonly { id: number; lon: number; lat: number; tags: readonly string[] }[]; ways: readonly { id: number; refs: readonly number[]; tags: readonly string[] }[]; relations: readonly { id: number; members: Parameters<OsmPbfWriter['addRelation']>[1]; tags: readonly string[] }[] }): void {
  for (const node of objects.nodes) osm.addNode(node.id, Math.round(node.lon * 1e7), Math.round(node.lat * 1e7), node.tags);
  for (const way of objects.ways) osm.addWay(way.id, way.refs, way.tags);
  for (const relation of objects.relations) osm.addRelation(relation.id, relation.members, relation.tags);
}
