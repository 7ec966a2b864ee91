import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaM2 } from '../../engine/spatial/measure.ts';
import { buildPolygon } from '../../engine/spatial/geometry.ts';
import { builtUpOf } from './built-up.ts';
import type { CityData } from './city-data.ts';
import { landAreas } from './land-areas.ts';
import { landRows } from './land-rows.ts';
import { leavesOf, sumLeaves } from './leaves.ts';
import type { At, CityPlan } from './make-city.ts';
import { degreesAt, makeCity } from './make-city.ts';
import { rollUp } from './roll-up.ts';

const km2 = (city: CityData, values: Float64Array | undefined): Record<string, number> =>
  Object.fromEntries(Array.from(values ?? [], (value, place) => [city.snapshot.text(city.snapshot.place.id[place]), Math.round(value / 1e4) / 100]));

/** Four communities of 1 km² in a row below two districts; a zone across the middle. */
const PLACES: NonNullable<CityPlan['places']> = [
  { id: 'city', level: 'city', box: [0, 0, 4000, 1000] },
  { id: 'west', level: 'district', parent: 'city', box: [0, 0, 2000, 1000] },
  { id: 'east', level: 'district', parent: 'city', box: [2000, 0, 4000, 1000] },
  ...[0, 1, 2, 3].map((i) => ({ id: `c${i}`, level: 'community' as const, parent: i < 2 ? 'west' : 'east', box: [1000 * i, 0, 1000 * (i + 1), 1000] as const })),
  { id: 'works', level: 'zone', parent: 'city', box: [1500, 0, 2500, 1000] },
];

describe('the built-up area', () => {
  it('of imported units goes unit by unit: by what dominates the land whose use is known, else by how many live there', () => {
    const of = (landUse: NonNullable<CityPlan['landUse']>, residents: CityPlan['residents'] = []): Record<string, number> => {
      const city = makeCity({ places: PLACES, landUse, residents: residents! });
      expect(builtUpOf(city).by).toBe('by-unit');
      return km2(city, builtUpOf(city).m2);
    };
    const strip = (kind: string, from: number, to: number, water = false) => ({ kind, water, box: [from, 0, to, 1000] as const });
    // homes and a park on 40 ha against 30 of fields; a wood of 30 ha against homes of 29; nothing known, nobody there: it is told by persons then
    expect(of([strip('residential', 0, 300), strip('park', 300, 400), strip('farmland', 400, 700), strip('forest', 1000, 1300), strip('residential', 1500, 1790)], [{ at: [2500, 500], persons: 301 }, { at: [3500, 500], persons: 299 }]))
      .toMatchObject({ city: 2, west: 1, east: 1, c0: 1, c1: 0, c2: 1, c3: 0 });
    // a river takes half of a quarter and nothing from it being one; a lake with a pier is none; a wood where 1,500 live on a square kilometre is on an old map
    expect(of([strip('residential', 0, 300), strip('river', 400, 950, true), strip('lake', 1000, 1800, true), strip('residential', 1900, 2000), strip('forest', 2000, 3000), strip('forest', 3000, 4000)], [{ at: [2500, 500], persons: 1501 }, { at: [3500, 500], persons: 1400 }]))
      .toMatchObject({ city: 2, c0: 1, c1: 0, c2: 1, c3: 0 });
    const marked = makeCity({ places: PLACES, landUse: [strip('residential', 0, 1900), strip('forest', 2000, 3000), strip('residential', 3000, 4000)] });
    expect(Array.from(builtUpOf(marked).inside, (mark, place) => (mark === 0 ? marked.snapshot.text(marked.snapshot.place.id[place]) : '')).filter((id) => id !== '')).toEqual(['c2']);
  });

  it('of units the base has cut is what it marked; where nothing tells it is all', () => {
    const cut = makeCity({ places: PLACES.map((place) => ({ ...place, derived: true, ...(place.id === 'c3' && { outside: true }) })) });
    expect(builtUpOf(cut).by).toBe('cut');
    expect(km2(cut, builtUpOf(cut).m2)).toMatchObject({ city: 3, west: 2, east: 1, c3: 0 });
    const bare = makeCity({ places: PLACES });
    expect(builtUpOf(bare).by).toBe('unknown');
    expect(km2(bare, builtUpOf(bare).m2)).toMatchObject({ city: 4, c3: 1 });
  });
});

describe('land by place', () => {
  const land = makeCity({
    places: PLACES.filter(({ id }) => id !== 'c3'),
    landUse: [{ kind: 'residential', box: [500, 0, 1500, 500] }, { kind: 'residential', box: [1000, 0, 1500, 500] }, { kind: 'industrial', box: [2400, 0, 3200, 1000] }, { kind: 'pond', water: true, box: [0, 0, 100, 1000] }],
  });

  it('is cut by borders, overlaps once; what no community holds is its district’s; zones stand beside', () => {
    expect(km2(land, landAreas(land, ['residential']))).toEqual({ city: 0.5, west: 0.5, east: 0, c0: 0.25, c1: 0.25, c2: 0, works: 0 });
    expect(km2(land, landAreas(land, ['construction']))).toEqual({ city: 1.3, west: 0.5, east: 0.8, c0: 0.25, c1: 0.25, c2: 0.6, works: 0.1 });
    expect(km2(land, landAreas(land, ['water']))).toMatchObject({ city: 0.1, c0: 0.1, c1: 0 });
    expect(landAreas(makeCity({ places: PLACES }), ['residential'])).toBeUndefined();
  });

  it('is what coverage divides by', () => {
    const own = landRows(land, 'construction')!.areaM2;
    expect(km2(land, rollUp(land, own.slice()))).toEqual(km2(land, landAreas(land, ['construction'])));
  });

  it('has the area of its polygons', () => {
    const corner = fc.tuple(fc.integer({ min: 0, max: 390 }), fc.integer({ min: 0, max: 90 }));
    fc.assert(fc.property(corner, corner, corner, (a, b, c) => {
      const ring: At[] = [a, b, c].map(([x, y]) => [10 * x + 3, 10 * y + 7]);
      const polygon = buildPolygon(ring.flatMap(degreesAt));
      const exact = areaM2(polygon);
      // a side that runs due east–west is off by half a row at most: 1 m × 3,900 m
      fc.pre(exact > 400_000);
      const city = makeCity({ places: PLACES, landUse: [{ kind: 'residential', ring }] });
      expect(Math.abs(landAreas(city, ['residential'])![city.tree.ofLevel('city')[0]] / exact - 1)).toBeLessThan(0.01);
    }), { numRuns: 40 });
  });
});

describe('sums from the finest units', () => {
  const { tree } = makeCity({ places: PLACES });
  it('go up the tree; zones keep what is beside it', () => {
    expect(leavesOf(tree)).toHaveLength(4);
    const ones = sumLeaves(tree, () => 1, new Float64Array(tree.count).fill(9));
    expect(Array.from(ones).sort()).toEqual([1, 1, 1, 1, 2, 2, 4, 9]);
  });
});
