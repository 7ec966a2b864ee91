import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { buildPolygon } from '../../engine/spatial/geometry.ts';
import { areaM2, metresPerDegree } from '../../engine/spatial/measure.ts';
import { containsPoint } from '../../engine/spatial/containment.ts';
import { HINDRANCE, STRENGTH, strengthOfRailway, strengthOfStreet } from './barriers.ts';
import { cellAt, cellPolygon, listCells, resolutionFor, resolutionOfIds } from './cells.ts';
import { chooseBoundary, convexOutline, fitBoundary, occupySquares } from './choose-extent.ts';
import type { Bond } from './merge-regions.ts';
import { joinConnected, mergeRegions } from './merge-regions.ts';
import { composeName, findUnitNames, numberUnits } from './name-units.ts';

const SCALE = metresPerDegree(30);
const at = (e: number, n: number): [number, number] => [114 + e / SCALE.lon, 30 + n / SCALE.lat];
const rectangle = (w: number, s: number, e: number, n: number): Geometry => buildPolygon([...at(w, s), ...at(e, s), ...at(e, n), ...at(w, n)]);
const grid = (sideM: number, stepM: number, offset = 0): [number, number][] => {
  const points: [number, number][] = [];
  for (let e = 0; e <= sideM; e += stepM) for (let n = 0; n <= sideM; n += stepM) points.push(at(e + offset, n));
  return points;
};

describe('barriers', () => {
  it('grow with the street, have a hindrance each, and count only at grade', () => {
    const kinds = ['residential', 'tertiary', 'secondary', 'primary', 'motorway'];
    const strengths = kinds.map((kind) => strengthOfStreet(kind, {}));
    expect(strengths).toEqual([...strengths].sort((a, b) => a - b));
    expect(strengthOfStreet('footway', {})).toBe(0);
    expect(strengthOfStreet('primary', { tunnel: 'yes' })).toBe(0);
    expect(strengthOfRailway('rail', {})).toBe(STRENGTH.expressway);
    expect(strengthOfRailway('rail', { service: 'yard' })).toBe(0);
    expect(strengthOfRailway('subway', {})).toBe(0);
    for (const strength of Object.values(STRENGTH)) expect(HINDRANCE[strength]).toBeGreaterThan(0);
  });
});

describe('joining areas', () => {
  const chain = (n: number): Bond[] => Array.from({ length: n - 1 }, (_, i) => ({ a: i, b: i + 1, bond: 1 }));

  it('prefers the stronger bond', () => {
    const groups = mergeRegions([1, 3, 3], [{ a: 0, b: 1, bond: 5 }, { a: 0, b: 2, bond: 9 }], { min: 3, max: 10, scrap: 0 });
    expect(groups[0]).toBe(groups[2]);
    expect(groups[0]).not.toBe(groups[1]);
  });

  it('cuts a pair anew where a small area fits into neither neighbour', () => {
    const groups = mergeRegions([4, 4, 4, 4, 4, 4, 4], chain(7), { min: 5, max: 12, scrap: 0 });
    const totals = [...new Set(groups)].map((group) => groups.filter((g) => g === group).length * 4);
    for (const total of totals) {
      expect(total).toBeGreaterThanOrEqual(5);
      expect(total).toBeLessThanOrEqual(12);
    }
  });

  it('keeps groups connected, within the cap, and the same however bonds are ordered', () => {
    const network = fc.integer({ min: 2, max: 30 }).chain((n) => fc.tuple(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: n, maxLength: n }),
      fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.integer({ min: 1, max: 9 })), { maxLength: 3 * n }),
    ));
    fc.assert(fc.property(network, ([sizes, edges]) => {
      const bonds = edges.filter(([a, b]) => a !== b).map(([a, b, bond]) => ({ a, b, bond }));
      const target = { min: 8, max: 20, scrap: 0 };
      const groups = mergeRegions(sizes, bonds, target);
      for (const group of new Set(groups)) {
        const members = sizes.map((_, i) => i).filter((i) => groups[i] === group);
        const total = members.reduce((sum, i) => sum + sizes[i], 0);
        if (members.length > 1) expect(total).toBeLessThanOrEqual(20);
        const inside = bonds.filter(({ a, b }) => groups[a] === group && groups[b] === group);
        const pieces = joinConnected(sizes.length, inside);
        expect(new Set(members.map((i) => pieces[i])).size).toBe(1);
      }
    }), { seed: 6, numRuns: 400 });
  });
});

describe('how far a city reaches', () => {
  it('is the boundary that the data fill, not the region around it nor one quarter of it', () => {
    const points = grid(10_000, 250);
    const occupancy = occupySquares(points.map((p) => p[0]), points.map((p) => p[1]));
    const boundaries = [rectangle(-50_000, -50_000, 60_000, 60_000), rectangle(-300, -300, 10_300, 10_300), rectangle(0, 0, 5000, 5000)];
    expect(chooseBoundary(boundaries, occupancy)).toBe(1);
    expect(chooseBoundary([boundaries[0], boundaries[2]], occupancy)).toBe(-1);
    expect(fitBoundary(boundaries[1], occupancy).coverage).toBe(1);
  });

  it('leaves outliers out and draws an outline around the rest', () => {
    const points = [...grid(5000, 200), ...grid(300, 100, 60_000)];
    const { centres, sideM } = occupySquares(points.map((p) => p[0]), points.map((p) => p[1]));
    const outline = convexOutline(centres, sideM / 2);
    expect(containsPoint(outline, ...at(2500, 2500))).toBe(true);
    expect(containsPoint(outline, ...at(60_000, 100))).toBe(false);
    expect(areaM2(outline) / 1e6).toBeGreaterThan(25);
  });
});

describe('the H3 grid', () => {
  const city = rectangle(0, 0, 6000, 4000);

  it('covers every point of the city at a resolution that fits its size', () => {
    const resolution = resolutionFor(areaM2(city));
    expect(resolution).toBe(9);
    const cells = new Set(listCells(city, resolution));
    for (let e = 20; e < 6000; e += 330) for (let n = 20; n < 4000; n += 330) expect(cells.has(cellAt(...at(e, n), resolution))).toBe(true);
    expect(resolutionFor(8600e6)).toBeLessThan(9);
    expect(resolutionFor(5e6)).toBe(10);
  });

  it('knows ids of files that are H3 indexes', () => {
    expect(resolutionOfIds(['89a901291abffff', '89a9012a3cfffff'])).toBe(9);
    expect(resolutionOfIds(['1', '2'])).toBeUndefined();
    expect(containsPoint(cellPolygon('89a901291abffff'), -51.15824, -30.05385)).toBe(true);
  });
});

describe('names', () => {
  const units = [rectangle(0, 0, 1000, 1000), rectangle(1000, 0, 2000, 1000), rectangle(0, 3000, 1000, 4000)];
  const unitAt = (lon: number, lat: number): number => units.findIndex((unit) => containsPoint(unit, lon, lat));

  it('are numbers from north to south and west to east', () => {
    expect(numberUnits(units)).toEqual([2, 3, 1]);
  });

  it('are of the place inside, else of the longest street', () => {
    const spot = (e: number, n: number, name: string, kind: string) => ({ name, nameEn: undefined, kind, lon: at(e, n)[0], lat: at(e, n)[1] });
    const line = (e: number, n: number, name: string, lengthM: number) => ({ name, nameEn: undefined, lengthM, lon: at(e, n)[0], lat: at(e, n)[1] });
    const names = findUnitNames(3, unitAt, [spot(500, 500, '南湖', 'suburb'), spot(400, 400, '小村', 'hamlet')], [line(1500, 500, '中山路', 300), line(1400, 500, '长街', 400), line(1600, 400, '中山路', 200)]);
    expect(names.map((name) => name?.name)).toEqual(['南湖', '中山路', undefined]);
    expect(composeName({ zh: '街区', en: 'Block' }, 3, names[0])).toEqual({ zh: '南湖街区 3', en: 'Block 3 · 南湖' });
    expect(composeName({ zh: '街区', en: 'Block' }, 3, { name: 'Rua X', nameEn: undefined })).toEqual({ zh: '街区 3 · Rua X', en: 'Block 3 · Rua X' });
    expect(composeName({ zh: '街区', en: 'Block' }, 4, undefined)).toEqual({ zh: '街区 4', en: 'Block 4' });
  });
});
