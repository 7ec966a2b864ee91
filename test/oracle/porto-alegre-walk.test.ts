/** Published walking accessibility of Porto Alegre (r5r's documentation, R5 7.5.1), from the raw OSM file to the sums. */
import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { linkPoints } from '../../src/engine/graph/travel/link-points.ts';
import type { Measure } from '../../src/engine/graph/network/network.ts';
import { profileOf } from '../../src/engine/graph/travel/profile.ts';
import { buildTravelGraph } from '../../src/engine/graph/travel/travel-graph.ts';
import { openFile } from '../../src/import/byte-source.ts';
import { readNetwork } from '../../src/import/osm/read-network.ts';
import { costRow } from '../engine/plain-costs.ts';

const STREETS = '../shared/data/porto-alegre/poa_osm.pbf';
const POINTS = '../shared/data/porto-alegre/poa_hexgrid.csv';
const PUBLISHED = '../shared/expected/porto-alegre-walk.json';
const missing = [STREETS, POINTS, PUBLISHED].filter((path) => !existsSync(path));

interface Published {
  readonly walk_accessibility: { readonly cells: readonly string[]; readonly cutoff_minutes: number; readonly schools: readonly number[]; readonly schools_cutoff_15_first_3: readonly number[]; readonly healthcare_cutoff_30_first_3: readonly number[] };
}

interface Cell {
  readonly id: string;
  readonly [column: string]: string | number;
}

function readCells(count: number): Cell[] {
  const [header, ...rows] = readFileSync(POINTS, 'utf8').trim().split(/\r?\n/).map((line) => line.replaceAll('"', '').split(','));
  return rows.slice(0, count).map((row) => Object.fromEntries(header.map((name, i) => [name, name === 'id' ? row[i] : Number(row[i])])) as Cell);
}

/** Seconds from each origin to every cell, R5's rules for walking. */
async function secondsFrom(cells: readonly Cell[], origins: readonly string[], measure: Measure): Promise<number[][]> {
  const source = await openFile(STREETS);
  try {
    const { network } = await readNetwork(source, { measure, threads: 0 });
    const travel = buildTravelGraph(network, profileOf('walk', { speedKmh: 3.6, local: 'closed', leastVertices: 40, maxLinkM: 1600 }));
    const links = linkPoints(travel, Float64Array.from(cells.flatMap(({ lon, lat }) => [Number(lon), Number(lat)])));
    return origins.map((id) => costRow(travel, links, cells.findIndex((cell) => cell.id === id), 60 * 60));
  } finally {
    await source.close();
  }
}

const sumWithin = (cells: readonly Cell[], seconds: readonly number[], column: string, minutes: number): number =>
  cells.reduce((sum, cell, i) => (Math.floor(seconds[i] / 60) < minutes ? sum + Number(cell[column]) : sum), 0);

describe.skipIf(missing.length > 0)(`walking in Porto Alegre${missing.length > 0 ? ` (skipped: ${missing.join(', ')} not here)` : ''}`, () => {
  let published: Published['walk_accessibility'];
  let cells: Cell[];

  beforeAll(() => {
    published = (JSON.parse(readFileSync(PUBLISHED, 'utf8')) as Published).walk_accessibility;
    cells = readCells(500);
  });

  it.each(['r5', 'geodesic'] as const)('comes out as published, every sum: %s', async (measure) => {
    const seconds = await secondsFrom(cells, published.cells, measure);
    expect(seconds.map((row) => sumWithin(cells, row, 'schools', published.cutoff_minutes))).toEqual(published.schools);
    expect(seconds.slice(0, 3).map((row) => sumWithin(cells, row, 'schools', 15))).toEqual(published.schools_cutoff_15_first_3);
    expect(seconds.slice(0, 3).map((row) => sumWithin(cells, row, 'healthcare', 30))).toEqual(published.healthcare_cutoff_30_first_3);
  });
});
