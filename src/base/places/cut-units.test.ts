import { describe, expect, it } from 'vitest';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { buildLine, buildPolygon } from '../../engine/spatial/geometry.ts';
import { areaM2, metresPerDegree } from '../../engine/spatial/measure.ts';
import { containsPoint } from '../../engine/spatial/containment.ts';
import { STRENGTH } from './barriers.ts';
import type { CutUnit } from './cut-units.ts';
import { cutUnits, locateUnits } from './cut-units.ts';
import type { Barrier, CutInput } from './cut-input.ts';

const SCALE = metresPerDegree(30);
const at = (eastM: number, northM: number): [number, number] => [114 + eastM / SCALE.lon, 30 + northM / SCALE.lat];
const line = (...points: [number, number][]): Geometry => buildLine(Float64Array.from(points.flatMap(([e, n]) => at(e, n))));
const rectangle = (w: number, s: number, e: number, n: number): Geometry => buildPolygon([...at(w, s), ...at(e, s), ...at(e, n), ...at(w, n)]);

/** A square city of `sideM` with arterials every `arterialM` and minor streets every `minorM`. */
function gridCity(sideM: number, arterialM: number, minorM: number): { city: Geometry; barriers: Barrier[] } {
  const barriers: Barrier[] = [];
  for (let d = minorM; d < sideM; d += minorM) {
    const strength = d % arterialM === 0 ? STRENGTH.primary : STRENGTH.minorStreet;
    barriers.push({ geometry: line([d, 0], [d, sideM]), strength }, { geometry: line([0, d], [sideM, d]), strength });
  }
  return { city: rectangle(0, 0, sideM, sideM), barriers };
}

function persons(sideM: number, stepM: number, each: number): CutInput['population'] {
  const lon: number[] = [];
  const lat: number[] = [];
  for (let e = stepM / 2; e < sideM; e += stepM) {
    for (let n = stepM / 2; n < sideM; n += stepM) {
      const [x, y] = at(e, n);
      lon.push(x);
      lat.push(y);
    }
  }
  return { lon: Float64Array.from(lon), lat: Float64Array.from(lat), persons: new Float64Array(lon.length).fill(each) };
}

const NONE = { districts: [], blocks: [], communities: [], water: [], population: undefined, evidence: undefined };
const km2 = (unit: CutUnit): number => unit.areaM2 / 1e6;
const sum = (units: readonly CutUnit[], of: (unit: CutUnit) => number): number => units.reduce((total, unit) => total + of(unit), 0);

describe('blocks of a grid city', () => {
  it('are the squares between arterials where those have 4 km²', () => {
    const { blocks, city } = cutUnits({ ...NONE, ...gridCity(8000, 2000, 200) });
    expect(blocks).toHaveLength(16);
    for (const block of blocks) expect(km2(block)).toBeCloseTo(4, 2);
    expect(km2(city)).toBeCloseTo(64, 1);
  });

  it('are joined to 2–5 km² where arterials run every kilometre', () => {
    const { blocks } = cutUnits({ ...NONE, ...gridCity(8000, 1000, 200) });
    for (const block of blocks) {
      expect(km2(block)).toBeGreaterThan(1.99);
      expect(km2(block)).toBeLessThan(5.01);
    }
    expect(sum(blocks, km2)).toBeCloseTo(64, 1);
  });

  it('are split along minor streets where arterials leave 16 km²', () => {
    const { blocks } = cutUnits({ ...NONE, ...gridCity(8000, 4000, 200) });
    expect(blocks.length).toBeGreaterThanOrEqual(16);
    for (const block of blocks) expect(km2(block)).toBeLessThan(5.01);
    // none reaches across an arterial
    for (const block of blocks) {
      const inside = [[1000, 1000], [7000, 1000], [1000, 7000], [7000, 7000]].filter(([e, n]) => {
        const quarter = rectangle(e - 1000 + 10, n - 1000 + 10, e + 1000 - 10, n + 1000 - 10);
        return boxesMeet(block.geometry, quarter);
      });
      expect(inside.length).toBeLessThanOrEqual(1);
    }
  });

  it('do not reach across a river, which belongs to one of its banks', () => {
    const { city, barriers } = gridCity(4000, 4000, 200);
    const river = rectangle(1900, -10, 2100, 4010);
    const { blocks } = cutUnits({ ...NONE, city, barriers, water: [river] });
    for (const block of blocks) {
      const banks = [containsAny(block, 500), containsAny(block, 3500)].filter(Boolean);
      expect(banks.length).toBe(1);
    }
    expect(sum(blocks, (block) => block.landM2) / 1e6).toBeCloseTo(16 - 0.8, 1);
  });
});

function boxesMeet(a: Geometry, b: Geometry): boolean {
  return [0, 1].every((axis) => {
    const range = (g: Geometry): [number, number] => {
      const values = Array.from(g.coordinates).filter((_, i) => i % 2 === axis);
      return [Math.min(...values), Math.max(...values)];
    };
    const [lowA, highA] = range(a);
    const [lowB, highB] = range(b);
    return lowA < highB && lowB < highA;
  });
}

function containsAny(unit: CutUnit, eastM: number): boolean {
  return [100, 1300, 2500, 3900].some((n) => containsPoint(unit.geometry, ...at(eastM, n + 3)));
}

describe('communities of a grid city', () => {
  it('hold 5,000–12,000 persons and fill their block', () => {
    const population = persons(4000, 200, 400);
    const { blocks, communities, city } = cutUnits({ ...NONE, ...gridCity(4000, 2000, 200), population });
    expect(city.persons).toBe(160_000);
    expect(blocks.map((block) => block.persons)).toEqual([40_000, 40_000, 40_000, 40_000]);
    for (const community of communities) {
      expect(community.persons).toBeGreaterThanOrEqual(5000);
      expect(community.persons).toBeLessThanOrEqual(12_000);
    }
    blocks.forEach((block, i) => {
      const mine = communities.filter((community) => community.parent === i);
      expect(sum(mine, (unit) => unit.persons)).toBe(block.persons);
      expect(sum(mine, (unit) => unit.areaM2) / block.areaM2).toBeCloseTo(1, 6);
    });
  });

  it('go by area where nobody knows how many live there', () => {
    const { communities } = cutUnits({ ...NONE, ...gridCity(4000, 2000, 200) });
    for (const community of communities) {
      expect(community.areaM2).toBeGreaterThan(149_000);
      expect(community.areaM2).toBeLessThan(401_000);
    }
  });
});

describe('units of every level', () => {
  it('cover the city once: areas add up and any point lies in one unit', () => {
    const result = cutUnits({
      ...NONE,
      ...gridCity(6000, 2000, 250),
      districts: [rectangle(0, 0, 3100, 6000), rectangle(3100, 0, 6000, 6000)],
      population: persons(6000, 250, 150),
    });
    expect(result.districts).toHaveLength(2);
    for (const units of [result.districts, result.blocks, result.communities]) {
      expect(sum(units, (unit) => unit.areaM2) / result.city.areaM2).toBeCloseTo(1, 6);
      expect(sum(units, (unit) => areaM2(unit.geometry)) / areaM2(result.city.geometry)).toBeCloseTo(1, 6);
      for (let e = 37; e < 6000; e += 411) {
        for (let n = 53; n < 6000; n += 397) {
          expect(units.filter((unit) => containsPoint(unit.geometry, ...at(e, n))).length).toBe(1);
        }
      }
    }
    // a block never reaches across the district border
    for (const block of result.blocks) {
      const west = containsPoint(result.districts[block.parent].geometry, ...middle(block));
      expect(west).toBe(true);
    }
  });

  it('keep imported communities whole and group them into blocks', () => {
    const communities = [0, 1, 2, 3].flatMap((i) => [0, 1, 2, 3].map((j) => rectangle(i * 1000, j * 1000, i * 1000 + 1000, j * 1000 + 1000)));
    const result = cutUnits({ ...NONE, city: rectangle(0, 0, 4000, 4000), barriers: [], communities });
    expect(result.communities.map((unit) => unit.imported).sort((a, b) => a - b)).toEqual(communities.map((_, i) => i));
    for (const block of result.blocks) expect(km2(block)).toBeGreaterThan(1.99);
  });

  it('are one of each in a small city without a single line', () => {
    const result = cutUnits({ ...NONE, city: rectangle(0, 0, 1500, 1000), barriers: [] });
    expect([result.districts.length, result.blocks.length, result.communities.length]).toEqual([0, 1, 1]);
  });

  it('are cut by drawn lines where no street does it: wide land into blocks, a crowded estate into communities', () => {
    const wide = cutUnits({ ...NONE, city: rectangle(0, 0, 9000, 9000), barriers: [] });
    for (const block of wide.blocks) expect(km2(block)).toBeLessThan(5.01);
    const estate = cutUnits({ ...NONE, city: rectangle(0, 0, 1500, 1500), barriers: [], population: persons(1500, 50, 45) });
    expect(estate.blocks).toHaveLength(1);
    expect(estate.communities.length).toBeGreaterThanOrEqual(4);
    for (const community of estate.communities) {
      expect(community.persons).toBeGreaterThanOrEqual(5000);
      expect(community.persons).toBeLessThanOrEqual(12_000);
    }
  });

  it('tell which of them holds a point', () => {
    const result = cutUnits({ ...NONE, ...gridCity(4000, 2000, 200) });
    const [lon, lat] = at(3100, 900);
    const { district, block, community } = locateUnits(result.locator, lon, lat);
    expect(district).toBe(-1);
    expect(containsPoint(result.blocks[block].geometry, lon, lat)).toBe(true);
    expect(containsPoint(result.communities[community].geometry, lon, lat)).toBe(true);
    expect(result.communities[community].parent).toBe(block);
    expect(locateUnits(result.locator, ...at(-50, 900)).block).toBe(-1);
  });
});

function middle(unit: CutUnit): [number, number] {
  const c = unit.geometry.coordinates;
  for (let e = 5; e < 6000; e += 90) {
    for (let n = 5; n < 6000; n += 90) if (containsPoint(unit.geometry, ...at(e, n))) return at(e, n);
  }
  return [c[0], c[1]];
}

describe('a city that cannot be cut', () => {
  const cut = (city: Geometry): string => {
    try {
      cutUnits({ city, districts: [], blocks: [], communities: [], barriers: [], water: [], population: undefined, evidence: undefined });
      return 'no error';
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
  };

  it('is wider than the grid', () => {
    expect(cut(buildPolygon([110, 30, 116.5, 30, 116.5, 31, 110, 31]))).toBe('base/city-too-large');
  });

  it('has no area', () => {
    expect(cut(buildPolygon([114, 30, 114.1, 30, 114.2, 30]))).toBe('base/city-without-area');
  });
});
