import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPolygon } from '../engine/spatial/geometry.ts';
import { areaM2 } from '../engine/spatial/measure.ts';
import type { Cell, CityPlan } from './plan.ts';
import { buildPlan } from './plan.ts';
import { listRegions } from './lots.ts';
import { buildOutline } from './unit-shapes.ts';

function area(plan: CityPlan, cells: readonly Cell[]): number {
  return areaM2(buildPolygon(buildOutline(plan, cells).flat()));
}

function persons(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.persons, 0);
}

describe('buildPlan', () => {
  it('settles exactly the persons asked for, whatever the size and seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200_000, max: 3_000_000 }), fc.integer({ min: 0, max: 1_000_000 }), (size, seed) => {
        const plan = buildPlan(size, seed);
        expect(persons(plan.cells)).toBe(size);
        expect(Math.min(...plan.cells.map((cell) => cell.persons))).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 40 },
    );
  });

  it.each([300_000, 1_000_000, 10_000_000])('cuts a city of %i into units of one piece that tile their parents', (size) => {
    const plan = buildPlan(size, 4);
    let whole = 0;
    for (const district of plan.districts) {
      const cells = district.blocks.flatMap((block) => block.cells);
      const blocks = district.blocks.reduce((sum, block) => sum + area(plan, block.cells), 0);
      const districtArea = area(plan, cells);
      expect(Math.abs(blocks / districtArea - 1)).toBeLessThan(1e-9);
      whole += districtArea;
    }
    expect(Math.abs(whole / area(plan, plan.cells) - 1)).toBeLessThan(1e-9);
    const block = plan.districts[0].blocks.find((candidate) => !candidate.rural);
    const communities = (block?.cells ?? []).reduce((sum, cell) => sum + area(plan, [cell]), 0);
    expect(Math.abs(communities / area(plan, block?.cells ?? []) - 1)).toBeLessThan(1e-9);
    expect(new Set(plan.cells.map((cell) => cell.unitId)).size).toBe(plan.cells.length);
  });

  it('has the unit sizes of the health check: communities of 5,000–12,000, sub-districts of 2–5 km²', () => {
    const plan = buildPlan(300_000, 1);
    const homes = plan.cells.filter((cell) => ['estate80', 'estate90', 'village', 'core'].includes(cell.zone));
    expect(homes.filter((cell) => cell.persons >= 5000 && cell.persons <= 12_000).length / homes.length).toBeGreaterThan(0.95);
    for (const block of plan.districts.flatMap((district) => district.blocks).filter((candidate) => !candidate.rural)) {
      const km2 = area(plan, block.cells) / 1e6;
      expect(km2).toBeGreaterThan(2);
      expect(km2).toBeLessThan(5);
    }
  });

  it('gives every community of a city a name of its own, up to 456 communities', () => {
    const names = buildPlan(1_000_000, 1).cells.map((cell) => cell.stem);
    expect(new Set(names).size).toBe(names.length);
  });

  it('refuses sizes it cannot plan', () => {
    expect(() => buildPlan(1000, 1)).toThrow('sample/persons');
    expect(() => buildPlan(300_000.5, 1)).toThrow('sample/persons');
  });
});

describe('listRegions', () => {
  it('joins equal neighbours into one compound and keeps dots apart', () => {
    const regions = listRegions(['AAB', 'AA.', '..s']);
    expect(regions.map(({ letter, west, south, east, north }) => `${letter} ${west},${south}–${east},${north}`)).toEqual([
      '. 0,0–0,0', '. 1,0–1,0', 's 2,0–2,0', 'A 0,1–1,2', '. 2,1–2,1', 'B 2,2–2,2',
    ]);
  });
});
