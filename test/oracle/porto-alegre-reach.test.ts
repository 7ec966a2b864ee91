/** Sums over Porto Alegre's streets by sweeps, against one search for each origin: every sum the same, walking and driving. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { buildHierarchy } from '../../src/engine/graph/hierarchy/hierarchy.ts';
import { linkPoints } from '../../src/engine/graph/travel/link-points.ts';
import { profileOf } from '../../src/engine/graph/travel/profile.ts';
import { planReach } from '../../src/engine/graph/reach/reach-plan.ts';
import { sumPlainly, sumReachable } from '../../src/engine/graph/reach/reach-sums.ts';
import { buildTravelGraph } from '../../src/engine/graph/travel/travel-graph.ts';
import { openFile } from '../../src/import/byte-source.ts';
import { readNetwork } from '../../src/import/osm/read-network.ts';

const STREETS = '../shared/data/porto-alegre/poa_osm.pbf';
const POINTS = '../shared/data/porto-alegre/poa_hexgrid.csv';

it.skipIf(!existsSync(STREETS) || !existsSync(POINTS))('the cells of Porto Alegre reach the same by sweeps and by searches (needs ../shared)', async () => {
  const rows = readFileSync(POINTS, 'utf8').trim().split(/\r?\n/).slice(1).map((line) => line.split(',').map(Number));
  const source = await openFile(STREETS);
  const { network } = await readNetwork(source, { threads: 0 });
  await source.close();
  for (const [mode, limit] of [['walk', 900], ['drive', 200]] as const) {
    const travel = buildTravelGraph(network, profileOf(mode));
    const cells = linkPoints(travel, Float64Array.from(rows.flatMap((row) => [row[1], row[2]])));
    const engine = { graph: travel.graph, hierarchy: buildHierarchy(travel.graph, { bound: limit }) };
    const decay = Float64Array.from({ length: limit }, (_, cost) => Math.exp(-cost / 300));
    const query = { origins: cells, opportunities: cells, weights: [Int32Array.from(rows, (row) => row[3]), Float64Array.from(rows, (row) => row[3] / 3)], limits: [limit, limit / 2], decays: [decay], travel };
    const { sums, largest } = sumReachable(engine, query);
    expect(sums).toEqual(sumPlainly(travel.graph, planReach(engine, query)).sums);
    // balls of streets, and cells' own weights
    expect(largest.nodes).toBeGreaterThan(100);
    expect(sums[0][0].reduce((a, b) => a + b, 0)).toBeGreaterThan(sums[0][1].reduce((a, b) => a + b, 0));
  }
});
