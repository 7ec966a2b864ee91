import { describe, expect, it } from 'vitest';
import type { CityPlan } from '../city/make-city.ts';
import { makeCity } from '../city/make-city.ts';
import type { PlaceValues } from './operator.ts';
import { waterfront } from './waterfront.ts';

function measure(plan: CityPlan, params: unknown = {}): PlaceValues {
  const result = waterfront.run(makeCity(plan), waterfront.params.parse(params), {});
  if (result instanceof Promise || 'missing' in result) throw new Error(`no value: ${JSON.stringify(result)}`);
  return result;
}

/** A lake of 400 m × 100 m in a city of 2 km: 1 km of shore. */
const LAKE = { kind: 'water', water: true, box: [500, 500, 900, 600] } as const;
const CITY: CityPlan = { places: [{ id: 'city', level: 'city', box: [0, 0, 2000, 2000] }], landUse: [LAKE] };
const path = (y: number, more: object = {}): NonNullable<CityPlan['streets']>[number] => ({ line: [[500, y], [900, y]], highway: 'footway', ...more });

describe('accessible waterfront', () => {
  it('counts the shore that a path runs along on its own side', () => {
    // 30 m south of the south shore: 400 m, and the first 40 m of either end (30 m south of their corner, 50 m in all)
    const { value, numerator, denominator } = measure({ ...CITY, streets: [path(470)] });
    expect(denominator?.[0]).toBeCloseTo(1, 2);
    expect(numerator?.[0]).toBeCloseTo(0.4 + 2 * 0.02, 1);
    expect(value[0]).toBeGreaterThan(40);
    expect(value[0]).toBeLessThan(46);
  });

  it('does not count roads for cars, private paths, and what is farther', () => {
    expect(measure({ ...CITY, streets: [path(470, { highway: 'residential' })] }).value[0]).toBe(0);
    expect(measure({ ...CITY, streets: [path(470, { tags: { access: 'private' } })] }).value[0]).toBe(0);
    expect(measure({ ...CITY, streets: [path(440)] }).value[0]).toBe(0);
    expect(measure({ ...CITY, streets: [path(440)] }, { withinM: 70 }).value[0]).toBeGreaterThan(40);
  });

  it('does not reach over the water', () => {
    // a canal of 30 m with a path on its north bank only: the south bank is 40 m away, across
    const canal: CityPlan = { ...CITY, landUse: [{ kind: 'water', water: true, box: [0, 500, 2000, 530] }], streets: [{ line: [[0, 540], [2000, 540]], highway: 'footway' }] };
    const { numerator, denominator } = measure(canal);
    // its ends lie on the border of the city: one of 30 m each, whose land lies outside
    expect(denominator?.[0]).toBeCloseTo(4, 1);
    expect(numerator?.[0]).toBeCloseTo(2, 1);
  });

  it('counts shore of parks and squares, and of parks that begin a little inland', () => {
    const park = (south: number, north: number): CityPlan['facilities'] => [{ kind: 'park', box: [500, south, 900, north] }];
    expect(measure({ ...CITY, facilities: park(400, 500) }).value[0]).toBeCloseTo(40, 0);
    expect(measure({ ...CITY, facilities: park(400, 470) }).value[0]).toBeCloseTo(40, 0);
    expect(measure({ ...CITY, facilities: park(300, 440) }).value[0]).toBe(0);
    // a park around the lake
    expect(measure({ ...CITY, facilities: [{ kind: 'park', box: [400, 400, 1000, 700] }] }).value[0]).toBeCloseTo(100, 6);
    expect(measure({ ...CITY, facilities: [{ kind: 'cemetery', box: [400, 400, 1000, 700] }] }).value[0]).toBe(0);
  });

  it('takes no border between waters, no pond and no pool for shore', () => {
    // the same lake in two pieces that overlap by a strip: still 1 km
    const halves: CityPlan['landUse'] = [{ kind: 'water', water: true, box: [500, 500, 700, 600] }, { kind: 'bay', water: true, box: [700, 500, 900, 600] }];
    expect(measure({ ...CITY, landUse: halves }).denominator?.[0]).toBeCloseTo(1, 2);
    const more: CityPlan['landUse'] = [LAKE, { kind: 'water', water: true, box: [100, 100, 150, 150] }, { kind: 'swimming_pool', water: true, box: [1200, 100, 1400, 300] }, { kind: 'forest', box: [1200, 1000, 1400, 1300] }];
    expect(measure({ ...CITY, landUse: more }).denominator?.[0]).toBeCloseTo(1, 2);
    expect(measure({ ...CITY, landUse: more }, { leastM2: 1000 }).denominator?.[0]).toBeCloseTo(1.2, 2);
  });

  it('gives shore to the unit whose land it is, and units without shore no value', () => {
    const places: CityPlan['places'] = [
      { id: 'a-city', level: 'city', box: [0, 0, 2000, 2000] }, { id: 'b', level: 'community', parent: 'a-city', box: [0, 0, 2000, 550] },
      { id: 'c', level: 'community', parent: 'a-city', box: [0, 550, 2000, 1500] }, { id: 'd', level: 'community', parent: 'a-city', box: [0, 1500, 2000, 2000] },
    ];
    const { value, denominator } = measure({ ...CITY, places, streets: [path(490)] });
    // pieces of 10 m go to one side or the other, two of them on the border
    expect(Math.abs((denominator?.[1] ?? 0) - 0.5)).toBeLessThan(0.011);
    expect(Math.abs((denominator?.[2] ?? 0) - 0.5)).toBeLessThan(0.011);
    expect(value[1]).toBeGreaterThan(80);
    expect(value[2]).toBe(0);
    expect(value[3]).toBeNaN();
  });

  it('knows the sea from its coastline, and does not reach over it', () => {
    // an island of 300 m square and a coast 40 m north of it, land on their left; a path along the coast
    const sea: CityPlan = { ...CITY, landUse: [], coast: [[[600, 500], [900, 500], [900, 800], [600, 800], [600, 500]], [[2000, 840], [0, 840]].map(([x, y]) => [x, y] as const).reverse()], streets: [{ line: [[0, 850], [2000, 850]], highway: 'footway' }] };
    const { numerator, denominator } = measure(sea);
    expect(denominator?.[0]).toBeCloseTo(3.2, 2);
    expect(numerator?.[0]).toBeCloseTo(2, 2);
    // a bay drawn as an area along the coast has no shore of its own, seawards least of all
    expect(measure({ ...sea, landUse: [{ kind: 'bay', water: true, box: [0, 810, 500, 840] }] }).denominator?.[0]).toBeCloseTo(3.2, 2);
  });

  it('draws what is accessible, and has no value without water areas', () => {
    const { detail, quality } = measure({ ...CITY, facilities: [{ kind: 'park', box: [400, 400, 1000, 700] }] });
    // all around, in one line that ends where it began
    const e7 = detail?.lines?.verticesE7 ?? new Int32Array(2);
    expect(detail?.lines?.ends.length).toBe(1);
    expect(Math.hypot(e7[0] - e7[e7.length - 2], e7[1] - e7[e7.length - 1])).toBeLessThan(3);
    expect(quality).toBe('proxy');
    expect(waterfront.run(makeCity({ ...CITY, landUse: [] }), waterfront.params.parse({}), {})).toHaveProperty('missing.kind', 'no-data');
  });
});
