import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NoteBook } from '../../core/note.ts';
import { buildGridIndex } from '../../engine/spatial/grid-index.ts';
import { openFile } from '../../import/byte-source.ts';
import { geoTiffReader } from '../../import/geotiff.ts';
import type { PopulationRasterRecord } from '../../import/model.ts';
import type { Allocation, PersonsCell, PersonsGrid, Targets } from './allocate.ts';
import { allocateCells, allocateGrid, thinLoose } from './allocate.ts';

const targetsOf = (buildings: readonly [number, number, number][], nodes: readonly [number, number][]): Targets => ({
  lon: Float64Array.from([...buildings, ...nodes], (t) => t[0]),
  lat: Float64Array.from([...buildings, ...nodes], (t) => t[1]),
  weight: Float64Array.from([...buildings.map((b) => b[2]), ...nodes.map(() => 1)]),
  buildingCount: buildings.length,
});

/** Two cells side by side: 0–1 and 1–2 degrees east, 0–1 north; and a third that holds nothing but persons. */
const row = (...values: number[]): PersonsGrid => ({ width: values.length, height: 1, originLon: 0, originLat: 1, cellLonDeg: 1, cellLatDeg: 1, values: Float32Array.from(values) });

const placed = ({ persons, loose }: Allocation): number => persons.reduce((a, b) => a + b, 0) + loose.reduce((a, b) => a + b.persons, 0);

describe('persons of a grid', () => {
  it('go to buildings by floor area, else to street nodes evenly, else to the centre', () => {
    const targets = targetsOf([[0.2, 0.5, 300], [0.8, 0.5, 100]], [[0.5, 0.5], [1.2, 0.2], [1.7, 0.8]]);
    const allocation = allocateGrid(row(40, 10, 7), targets);
    expect([...allocation.persons]).toEqual([30, 10, 0, 5, 5]);
    expect(allocation.loose).toEqual([{ lon: 2.5, lat: 0.5, persons: 7, cell: 2 }]);
    expect([allocation.atBuildings, allocation.atNodes, allocation.atCells, allocation.total]).toEqual([40, 10, 7, 57]);
  });

  it('skip cells without data or with negative numbers, and targets outside', () => {
    const allocation = allocateGrid(row(NaN, -99999, 0), targetsOf([[0.5, 0.5, 1], [9, 9, 1]], []));
    expect(allocation.total).toBe(0);
    expect(placed(allocation)).toBe(0);
  });

  it('are conserved whatever the targets, and the same by cells of any shape', () => {
    const point = fc.tuple(fc.double({ min: -0.5, max: 6.5, noNaN: true }), fc.double({ min: -0.5, max: 4.5, noNaN: true }));
    fc.assert(fc.property(
      fc.array(fc.oneof(fc.float({ min: 0, max: 5000, noNaN: true }), fc.constant(NaN)), { minLength: 24, maxLength: 24 }),
      fc.array(fc.tuple(point, fc.double({ min: 0.1, max: 1e4, noNaN: true })), { maxLength: 30 }),
      fc.array(point, { maxLength: 30 }),
      (values, buildings, nodes) => {
        const targets = targetsOf(buildings.map(([[x, y], w]) => [x, y, w]), nodes);
        const grid: PersonsGrid = { width: 6, height: 4, originLon: 0, originLat: 4, cellLonDeg: 1, cellLatDeg: 1, values };
        const expected = values.reduce((sum, v) => sum + (v > 0 ? v : 0), 0);
        const byGrid = allocateGrid(grid, targets);
        expect(Math.abs(placed(byGrid) - expected)).toBeLessThanOrEqual(1e-9 * expected + 1e-9);
        const cells: PersonsCell[] = values.map((persons, i) => {
          const west = i % 6;
          const north = 4 - Math.floor(i / 6);
          return {
            persons, box: [west, north - 1, west + 1, north], centre: [west + 0.5, north - 0.5],
            holds: (lon, lat) => Math.floor(lon) === west && Math.floor(4 - lat) === 4 - north,
          };
        });
        const byCells = allocateCells(cells, targets, buildGridIndex(targets.lon, targets.lat).search);
        byCells.persons.forEach((persons, i) => expect(persons).toBeCloseTo(byGrid.persons[i], 6));
        expect(byCells.loose.length).toBe(byGrid.loose.length);
        expect(Math.abs(placed(byCells) - expected)).toBeLessThanOrEqual(1e-9 * expected + 1e-9);
      },
    ), { numRuns: 300, seed: 5 });
  });
});

describe('loose points', () => {
  it('are joined to a bounded number without losing a person or the middle of the crowd', () => {
    const loose = Array.from({ length: 5000 }, (_, i) => ({ lon: (i % 100) / 100, lat: Math.floor(i / 100) / 100, persons: 1 + (i % 7), cell: i }));
    const thin = thinLoose(loose, 400);
    expect(thin.length).toBeLessThanOrEqual(400);
    const sum = (list: typeof loose, of: (p: (typeof loose)[number]) => number): number => list.reduce((a, p) => a + of(p), 0);
    expect(sum(thin, (p) => p.persons)).toBeCloseTo(sum(loose, (p) => p.persons), 6);
    expect(sum(thin, (p) => p.persons * p.lon)).toBeCloseTo(sum(loose, (p) => p.persons * p.lon), 6);
  });
});

const WUHAN = ['../shared/data/wuhan/pop_65_f_wuhan.tif', '../shared/data/wuhan/pop_65_m_wuhan.tif'];
describe.skipIf(!WUHAN.every((file) => existsSync(file)))('the real grids of Wuhan (skipped without ../shared)', () => {
  it('keep their total to 0.1 %', async () => {
    for (const file of WUHAN) {
      const source = await openFile(file);
      let total = 0;
      let kept = 0;
      for await (const records of geoTiffReader.read(source, {}, { notes: new NoteBook() }, { seen: {} })) {
        for (const record of records.filter((r): r is PopulationRasterRecord => r.type === 'population-raster')) {
          for (const value of record.values) if (value > 0) total += value;
          const allocation = allocateGrid(record, targetsOf([[114.3, 30.6, 1]], [[114.31, 30.61], [114.2, 30.5]]));
          kept += allocation.persons.reduce((a, b) => a + b, 0) + thinLoose(allocation.loose, 50_000).reduce((a, b) => a + b.persons, 0);
        }
      }
      await source.close();
      expect(total).toBeGreaterThan(200_000);
      expect(Math.abs(kept - total) / total).toBeLessThan(0.001);
    }
  });
});
