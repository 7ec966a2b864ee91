/**
 * Coverage on made-up cities. Metres are those of make-city.ts: on the equator, so that a square of 1 km is one within a centimetre.
 * Areas by rows are exact along x and within half a row along y; rows here are half a metre to a metre high.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CityData } from '../city/city-data.ts';
import { makeCity, gridStreets } from '../city/make-city.ts';
import type { At, BoxM, CityPlan } from '../city/make-city.ts';
import { radiusBySize } from '../city/facility-sets.ts';
import { areaRadiusM, fireCoverage } from './fire-coverage.ts';
import { landCoverage } from './land-coverage.ts';
import { nearestDistance } from './nearest-distance.ts';
import { networkDetour } from './network-detour.ts';
import type { Operator, PlaceValues } from './operator.ts';
import { personCoverage } from './person-coverage.ts';
import { FOOTBALL_TIERS, PARK_TIERS } from './size-tiers.ts';

type Places = NonNullable<CityPlan['places']>;
const ONE_PLACE: Places = [{ id: 'city', level: 'city', box: [0, 0, 4000, 4000] }];
/** West and east halves of a city. */
const HALVES: Places = [
  { id: 'city', level: 'city', box: [0, 0, 4000, 4000] },
  { id: 'west', level: 'community', parent: 'city', box: [0, 0, 2000, 4000] },
  { id: 'east', level: 'community', parent: 'city', box: [2000, 0, 4000, 4000] },
];

async function measure(operator: Operator, city: CityData, params: Record<string, unknown>): Promise<PlaceValues> {
  const result = await operator.run(city, operator.params.parse(params), {});
  if ('missing' in result) throw new Error(result.missing.reason.en);
  return result;
}

/** Values by the places' ids. */
function byId({ snapshot }: CityData, values: Float64Array | undefined): Record<string, number> {
  return Object.fromEntries(Array.from(values ?? [], (value, place) => [snapshot.text(snapshot.place.id[place]), value]));
}

async function valueOf(operator: Operator, plan: CityPlan, params: Record<string, unknown>, id = 'city'): Promise<number> {
  const city = makeCity(plan);
  return byId(city, (await measure(operator, city, params)).value)[id];
}

const SCHOOL = ['junior-secondary-school'];
const school = (...at: At): NonNullable<CityPlan['facilities']>[number] => ({ kind: SCHOOL[0], at, registry: true });
const homes = (...box: BoxM): NonNullable<CityPlan['landUse']>[number] => ({ kind: 'residential', box });

describe('land within a straight line', () => {
  it('is the disc within the square: π r² of the side²', async () => {
    // a square of 1,000 m around a school of 400 m: the disc lies wholly in it
    const plan: CityPlan = { places: ONE_PLACE, landUse: [homes(1500, 1500, 2500, 2500)], facilities: [school(2000, 2000)] };
    expect(await valueOf(landCoverage, plan, { land: 'residential', facilities: SCHOOL, radiusM: 400 })).toBeCloseTo(Math.PI * 16, 1);
    expect(await valueOf(landCoverage, plan, { land: 'residential', facilities: SCHOOL, radiusM: 800 })).toBe(100);
  });

  it('counts facilities beyond the unit, land that is mapped twice once, and gives NaN where there is no land', async () => {
    // the school stands in the east, 300 m from the border; the western homes are a strip from 500 m to 0 m west of the border
    // mapped by two polygons that overlap by 200 m. Within 1,000 m straight across: 700 m of strip, so all of it but the far corners
    const city = makeCity({ places: [...HALVES, { id: 'north', level: 'community', parent: 'city', box: [0, 4000, 4000, 5000] }], landUse: [homes(1500, 1990, 1800, 2010), homes(1600, 1990, 2000, 2010)], facilities: [school(2300, 2000)] });
    const result = await measure(landCoverage, city, { land: 'residential', facilities: SCHOOL, radiusM: 600 });
    // 600 m west of the school is x = 1,700: 300 of 500 m
    expect(byId(city, result.value)['west']).toBeCloseTo(60, 1);
    expect(byId(city, result.denominator)['west'] * 1e6).toBeCloseTo(500 * 20, -2);
    expect(byId(city, result.value)['east']).toBeNaN();
    expect(byId(city, result.value)['north']).toBeNaN();
    expect(byId(city, result.value)['city']).toBeCloseTo(60, 1);
    expect(byId(city, result.n)['east']).toBe(1);
    expect(byId(city, result.n)['west']).toBe(0);
  });

  it('sums up what lies inside the built-up area only; units outside keep their own value', async () => {
    const outside = HALVES.map((place) => (place.id === 'east' ? { ...place, outside: true } : place));
    const city = makeCity({ places: outside, landUse: [homes(1000, 1000, 1100, 1100), homes(3000, 1000, 3100, 1100)], facilities: [school(3050, 1050)] });
    const { value } = await measure(landCoverage, city, { land: 'residential', facilities: SCHOOL, radiusM: 500 });
    expect(byId(city, value)).toEqual({ city: 0, east: 100, west: 0 });
  });

  it('gives zones theirs, beside the tree', async () => {
    const city = makeCity({ places: [...HALVES, { id: 'park', level: 'zone', box: [1900, 0, 2100, 4000] }], landUse: [{ kind: 'industrial', box: [1000, 1000, 3000, 1100] }], facilities: [{ kind: 'bus-stop', at: [1950, 1050] }] });
    const { value, denominator, quality } = await measure(landCoverage, city, { land: 'construction', facilities: ['bus-stop'], radiusM: 80 });
    expect(byId(city, denominator)['park'] * 1e6).toBeCloseTo(200 * 100, -2);
    // from x = 1,900 to where the disc ends; its middle line at 2,030: the lens is symmetric in y, the band 100 m high, √(80² − 50²) = 62.4 at its ends
    const half = (y: number): number => Math.sqrt(80 * 80 - y * y);
    let band = 0;
    for (let y = -49.95; y < 50; y += 0.1) band += 0.1 * (Math.min(50, half(y)) + half(y));
    expect(byId(city, value)['park']).toBeCloseTo((100 * band) / 20_000, 1);
    expect(quality).toBe('proxy');
  });

  it('runs from the border of parks, with the radius of their size', async () => {
    // 1 ha is the first of 500 m (side² = 100 m · 100 m + 4 · 100 · 500 + π 500² round corners)
    const land = [homes(0, 0, 4000, 4000)];
    const park = (side: number, landM2?: number): NonNullable<CityPlan['facilities']>[number] => ({ kind: 'park', box: [2000 - side / 2, 2000 - side / 2, 2000 + side / 2, 2000 + side / 2], ...(landM2 !== undefined && { landM2 }) });
    const covered = async (facility: NonNullable<CityPlan['facilities']>[number], params: Record<string, unknown> = {}): Promise<number> =>
      ((await valueOf(landCoverage, { places: ONE_PLACE, landUse: land, facilities: [facility] }, { land: 'residential', facilities: ['park'], tiers: PARK_TIERS, ...params })) * 16e6) / 100;
    const buffered = (side: number, r: number): number => side * side + 4 * side * r + Math.PI * r * r;
    expect((await covered(park(100, 10_000))) / buffered(100, 500)).toBeCloseTo(1, 3);
    expect((await covered(park(99, 9801))) / buffered(99, 300)).toBeCloseTo(1, 3);
    expect((await covered(park(300, 90_000))) / buffered(300, 800)).toBeCloseTo(1, 3);
    expect((await covered(park(400, 160_000))) / buffered(400, 1000)).toBeCloseTo(1, 3);
    // too small for any tier; of unknown size as the least tier, or not at all
    expect(await covered(park(40, 1600))).toBe(0);
    expect((await covered(park(100))) / buffered(100, 300)).toBeCloseTo(1, 3);
    expect(await covered(park(100), { unsized: 'leave-out' })).toBe(0);
    // its point where an indicator says so: no inside, no border
    expect((await covered(park(100, 10_000), { from: 'point' })) / (Math.PI * 500 * 500)).toBeCloseTo(1, 3);
  });

  it('takes a ground of which only the size is known for a circle of that size', async () => {
    // π · 100² m² around a point: 300 m from its border are 400 from the point. Homes 350 and 450 m east, on a street through the point
    const sized = { kind: 'park', at: [2000, 2000] as At, landM2: Math.PI * 100 * 100, registry: true };
    const plan: CityPlan = { places: ONE_PLACE, landUse: [homes(0, 0, 4000, 4000)], facilities: [sized, { kind: 'park', at: [500, 500], landM2: 400 }], streets: [{ line: [[0, 2000], [2000, 2000], [4000, 2000]] }], residents: [resident(2350, 2000, 3), resident(2450, 2000, 1)] };
    expect((await valueOf(landCoverage, plan, { land: 'residential', facilities: ['park'], radiusM: 300, leastM2: 1000 })) / (Math.PI * 16)).toBeCloseTo(0.0625, 3);
    for (const measureBy of ['straight', 'walk']) {
      expect(await valueOf(personCoverage, plan, { facilities: ['park'], radiusM: 300, measure: measureBy })).toBe(75);
      expect(await valueOf(nearestDistance, plan, { facilities: ['park'], measure: measureBy })).toBeCloseTo(0.75 * 250 + 0.25 * 350, 1);
      const result = await measure(personCoverage, makeCity(plan), { facilities: ['park'], radiusM: 300, measure: measureBy });
      expect(result.detail?.nearestM?.[0]).toBeCloseTo(250, 1);
      expect(result.notes?.find((note) => note.code === 'checkup/ground-as-circle')?.count).toBe(2);
    }
  });

  it('runs along both sides of a greenway, with round ends', async () => {
    const plan: CityPlan = { places: ONE_PLACE, landUse: [homes(0, 0, 4000, 4000)], facilities: [{ kind: 'greenway', line: [[1500, 1000], [2500, 1000], [2500, 2500]] }] };
    const value = await valueOf(landCoverage, plan, { land: 'residential', facilities: ['greenway'], radiusM: 400 });
    // two capsules that share the elbow: 2 r l each, π r² for the ends; at the elbow r² of the inner square doubly counted, the outer quarter round
    const area = 2 * 400 * 2500 + Math.PI * 400 ** 2 - 400 * 400 + (Math.PI * 400 ** 2) / 4;
    expect(value).toBeCloseTo((100 * area) / 16e6, 1);
  });

  it('says what is missing, and never 0 for it', async () => {
    const land = { land: 'residential', facilities: SCHOOL, radiusM: 500 };
    for (const plan of [{ places: ONE_PLACE, facilities: [school(1, 1)] }, { places: ONE_PLACE, landUse: [homes(0, 0, 100, 100)] }] satisfies CityPlan[]) {
      expect(await landCoverage.run(makeCity(plan), landCoverage.params.parse(land), {})).toHaveProperty('missing.kind', 'no-data');
    }
    const all: CityPlan = { places: ONE_PLACE, landUse: [homes(0, 0, 100, 100)], facilities: [school(1, 1)] };
    expect(await landCoverage.run(makeCity(all), landCoverage.params.parse({ ...land, measure: 'walk' }), {})).toHaveProperty('missing.kind', 'no-data');
    expect(await personCoverage.run(makeCity(all), personCoverage.params.parse({ facilities: SCHOOL, radiusM: 500 }), {})).toHaveProperty('missing.kind', 'no-data');
  });

  it('refuses a reach that is none or two', () => {
    for (const params of [{}, { radiusM: 1, tiers: PARK_TIERS }, { minutes: 5 }, { radiusM: 500, minutes: 5, measure: 'walk' }, { tiers: [{ fromM2: 5, toM2: 5, radiusM: 1 }] }, { radiusM: 500, speed: 3 }]) {
      expect(landCoverage.params.safeParse({ land: 'residential', facilities: SCHOOL, ...params }).success).toBe(false);
    }
  });
});

describe('sizes', () => {
  it('of pitches tell how many play: 16 × 25 m is five-a-side, 50 × 30 m seven', () => {
    expect([300, 16 * 25, 42 * 25, 50 * 30, 105 * 68].map((m2) => radiusBySize(FOOTBALL_TIERS, m2, 'least'))).toEqual([300, 500, 500, 1000, 1000]);
    expect(radiusBySize(FOOTBALL_TIERS, NaN, 'least')).toBe(300);
  });
});

describe('land along the streets', () => {
  it('is the diamond within the disc: on a grid of streets a walk is as long as both legs', async () => {
    // |dx| + |dy| ≤ r holds 2 r² of the disc's π r²; homes between streets walk straight to the nearest one, a leg too. Streets every 50 m, lattice points every 25
    const plan: CityPlan = { places: ONE_PLACE, landUse: [homes(500, 500, 3500, 3500)], facilities: [school(2000, 2000)], streets: gridStreets([0, 0, 4000, 4000], 50) };
    const straight = await valueOf(landCoverage, plan, { land: 'residential', facilities: SCHOOL, radiusM: 1000 });
    const walked = await valueOf(landCoverage, plan, { land: 'residential', facilities: SCHOOL, radiusM: 1000, measure: 'walk' });
    expect(straight).toBeCloseTo((100 * Math.PI) / 9, 1);
    expect(walked / straight / (2 / Math.PI)).toBeGreaterThan(0.97);
    expect(walked / straight / (2 / Math.PI)).toBeLessThan(1.03);
  });

  it('begins at the entrances of a park, and along its border where none is known', async () => {
    // one street along the south of a park; homes as a strip on the street, 1,000 m to either side
    const streets = [{ line: [[0, 1000], [1000, 1000], [2000, 1000], [3000, 1000], [4000, 1000]] as At[] }];
    const land = [homes(500, 995, 3500, 1005)];
    const park = { kind: 'park', box: [1800, 1010, 2200, 1400] as BoxM, landM2: 156_000 };
    const walked = (entrances?: At[]): Promise<number> =>
      valueOf(landCoverage, { places: ONE_PLACE, landUse: land, facilities: [{ ...park, ...(entrances !== undefined && { entrances }) }], streets }, { land: 'residential', facilities: ['park'], radiusM: 500, measure: 'walk' });
    // all along the border: from 1,300 to 2,700, 10 m off the street and what homes are beside it: 1,400 − 2 · ~12 of 3,000 m
    expect(await walked()).toBeGreaterThan(44.5);
    expect(await walked()).toBeLessThan(46.7);
    // only a gate at the south-west corner: 490 m to either side of x = 1,800, so 980 of 3,000 m; one of 22 lattice points is 2.1 %
    const gate = await walked([[1800, 1010]]);
    expect(gate).toBeGreaterThan(30.5);
    expect(gate).toBeLessThan(34.8);
  });
});

const resident = (x: number, y: number, persons: number | Record<string, number>): NonNullable<CityPlan['residents']>[number] => ({ at: [x, y], persons });

describe('persons', () => {
  it('count where they live, by group; at the radius they are within it', async () => {
    const city = makeCity({
      places: HALVES, facilities: [{ kind: 'kindergarten', at: [1000, 1000], registry: true }],
      residents: [resident(1000, 1300, { total: 30, '65+': 10 }), resident(1500.1, 1000, { total: 70, '65+': 20 }), resident(2100, 1000, { total: 100, '65+': 1 })],
    });
    const all = await measure(personCoverage, city, { facilities: ['kindergarten'], radiusM: 500 });
    expect(byId(city, all.value)).toEqual({ city: 15, east: 0, west: 30 });
    expect(byId(city, all.n)).toEqual({ city: 3, east: 1, west: 2 });
    expect(all.quality).toBe('measured');
    expect(Array.from(all.detail?.unserved?.point ?? [])).toEqual([1, 2]);
    expect(Array.from(all.detail?.unserved?.persons ?? [])).toEqual([70, 100]);
    expect(all.detail?.nearestM?.[0]).toBeCloseTo(300, 1);
    const old = await measure(personCoverage, city, { facilities: ['kindergarten'], radiusM: 500, group: '65+' });
    expect(byId(city, old.value)['west']).toBeCloseTo(100 / 3, 9);
  });

  it('may ask for several facilities, of which a park in three parts is one', async () => {
    const park: At[][] = [[[990, 1000], [1000, 1000], [1000, 1010], [990, 1010]]];
    const plan: CityPlan = {
      places: ONE_PLACE, residents: [resident(1000, 1100, 10), resident(1000, 1900, 10)], streets: gridStreets([0, 0, 4000, 4000], 100),
      facilities: [{ kind: 'park', ring: park[0], landM2: 100 }, { kind: 'park', at: [1000, 1500] }, { kind: 'park', at: [1000, 2100] }],
    };
    for (const measureBy of ['straight', 'walk']) {
      const value = (leastCount: number, radiusM: number): Promise<number> => valueOf(personCoverage, plan, { facilities: ['park'], radiusM, leastCount, measure: measureBy });
      // from (1000, 1100) 90 and 400 m; from (1000, 1900) 200 and 400 m
      expect(await value(1, 150)).toBe(50);
      expect(await value(2, 250)).toBe(0);
      expect(await value(2, 450)).toBe(100);
      expect(await value(3, 900)).toBe(50);
    }
  });

  it('are reached in minutes at a metre a second', async () => {
    const plan: CityPlan = { places: ONE_PLACE, facilities: [{ kind: 'market', at: [1000, 1000] }], residents: [resident(1200, 1000, 1), resident(1200, 1150, 1)], streets: gridStreets([0, 0, 4000, 4000], 100) };
    // 200 m along one street; 350 m round a corner
    expect(await valueOf(personCoverage, plan, { facilities: ['market'], minutes: 3.2, measure: 'walk' })).toBe(0);
    expect(await valueOf(personCoverage, plan, { facilities: ['market'], minutes: 3.5, measure: 'walk' })).toBe(50);
    expect(await valueOf(personCoverage, plan, { facilities: ['market'], minutes: 6, measure: 'walk' })).toBe(100);
  });
});

describe('distances', () => {
  const plan: CityPlan = {
    places: HALVES, facilities: [{ kind: 'hospital', at: [1000, 1000] }], streets: [{ line: [[0, 1000], [1000, 1000], [2000, 1000]] }, { line: [[2000, 1000], [2000, 3000]] }],
    residents: [resident(1100, 1000, 50), resident(1400, 1000, 30), resident(1900, 1000, 20), resident(2000.5, 2000, 100)],
  };
  it('have their mean, median and ninth tenth over persons', async () => {
    const statistic = (name: string, id: string): Promise<number> => valueOf(nearestDistance, plan, { facilities: ['hospital'], statistic: name }, id);
    // west: 50 persons 100 m, 30 persons 400 m, 20 persons 900 m
    expect(await statistic('mean', 'west')).toBeCloseTo(0.5 * 100 + 0.3 * 400 + 0.2 * 900, 1);
    expect(await statistic('median', 'west')).toBeCloseTo(100, 1);
    expect(await statistic('p90', 'west')).toBeCloseTo(900, 1);
    expect(await statistic('p90', 'city')).toBeCloseTo(Math.hypot(1000.5, 1000), 1);
  });
  it('go round the corner along the streets', async () => {
    expect(await valueOf(nearestDistance, plan, { facilities: ['hospital'], measure: 'walk' }, 'east')).toBeCloseTo(2000.5, 0);
    expect(await valueOf(nearestDistance, plan, { facilities: ['hospital'], measure: 'walk', unit: 'min' }, 'east')).toBeCloseTo(2000 / 60, 1);
  });
  it('leave out of a mean whom no search reaches, say so, and have no median where half are such', async () => {
    const city = makeCity(plan);
    const near = await measure(nearestDistance, city, { facilities: ['hospital'], mostM: 500 });
    expect(byId(city, near.value)).toMatchObject({ west: expect.closeTo((50 * 100 + 30 * 400) / 80, 1) as number, east: NaN });
    expect(near.notes?.find((note) => note.code === 'checkup/beyond-search')?.count).toBe(2);
    const median = await measure(nearestDistance, city, { facilities: ['hospital'], mostM: 500, statistic: 'median' });
    expect(byId(city, median.value)['east']).toBeNaN();
  });
});

describe('fire stations', () => {
  const station = (id: string, at: At, name = '') => ({ kind: 'fire-station', id: `fire-station/${id}`, at, registry: true, name });
  it('answer for circles of their class\'s area', async () => {
    // land all around: 7, 4 and 2 km² for stations far enough apart, 4 km² for one of no class
    const box: BoxM = [0, 0, 10_000, 10_000];
    const places: Places = [{ id: 'city', level: 'city', box }];
    const plan: CityPlan = {
      places, landUse: [{ kind: 'industrial', box }], facilities: [station('a', [2500, 2500]), station('b', [7500, 2500]), station('c', [2500, 7500]), station('d', [7500, 7500])],
      tables: { stations: [{ id: 'a', station_class: '一级普通消防站' }, { id: 'b', station_class: '二级普通消防站' }, { id: 'c', station_class: '小型普通消防站' }] },
    };
    const byClass = [{ class: '特勤', km2: 7 }, { class: '一级', km2: 7 }, { class: '二级', km2: 4 }, { class: '小型', km2: 2 }];
    const city = makeCity(plan);
    const result = await measure(fireCoverage, city, { byClass });
    expect(byId(city, result.value)['city']).toBeCloseTo(7 + 4 + 2 + 4, 1);
    expect(result.notes?.find((note) => note.code === 'checkup/station-class-unknown')?.count).toBe(1);
    expect(areaRadiusM(7)).toBeCloseTo(1492.7, 1);
    expect(areaRadiusM(4)).toBeCloseTo(1128.4, 1);
    expect(areaRadiusM(2)).toBeCloseTo(797.9, 1);
  });

  it('reach what the streets lead to, from the station', async () => {
    // a one-way ring of 4 km: the works stand 150 m along it before the station, so 3.85 km behind it for an engine. Works beyond the water have no street
    const ring: At[] = [[1000, 1000], [2000, 1000], [2000, 2000], [1000, 2000], [1000, 1500], [1000, 1000]];
    const works = [{ kind: 'industrial', box: [900, 1100, 1100, 1300] as BoxM }, { kind: 'industrial', box: [900, 3700, 1100, 3900] as BoxM }];
    const plan = (line: At[]): CityPlan => ({ places: ONE_PLACE, landUse: works, facilities: [station('a', [1000, 1000])], streets: [{ line, tags: { oneway: 'yes', maxspeed: '60' } }, { line: [[2000, 1000], [2300, 1000]] }, { line: [[1000, 2000], [1000, 2300]] }] });
    // a minute is a kilometre at most; ten minutes are 3.85 km at 23 km/h; driven the other way round the works are the first thing on the way
    expect(await valueOf(fireCoverage, plan(ring), { minutes: 1 })).toBe(0);
    expect(await valueOf(fireCoverage, plan(ring), { minutes: 10 })).toBeCloseTo(50, 0);
    expect(await valueOf(fireCoverage, plan([...ring].reverse()), { minutes: 1 })).toBeCloseTo(50, -1);
  });

  it('do not wait at turns: an engine brakes where others stand half a minute', async () => {
    // 900 m at 60 km/h are 54 s. Three crossings are turned at, left, right and left: 15 s for an engine, 70 s for others; works at the end, 1 minute and a quarter away
    const line: At[] = [[1000, 1000], [1200, 1000], [1200, 1300], [1400, 1300], [1400, 1500]];
    const arms: At[][] = [[[1200, 1000], [1600, 1000]], [[1200, 1300], [1200, 1700]], [[1400, 1300], [1700, 1300]]];
    const plan: CityPlan = {
      places: ONE_PLACE, landUse: [{ kind: 'industrial', box: [1390, 1490, 1410, 1510] }], facilities: [station('a', [1000, 1000])],
      streets: [line, ...arms].map((each) => ({ line: each, tags: { highway: 'secondary', maxspeed: '60' } })),
    };
    expect(await valueOf(fireCoverage, plan, { minutes: 1.25 })).toBe(100);
    expect(await valueOf(fireCoverage, plan, { minutes: 1 })).toBe(0);
  });
});

describe('detours', () => {
  // two banks 200 m apart, streets along both, a bridge at x = 2,000
  const banks: CityPlan['streets'] = [
    { line: [[0, 1000], [1000, 1000], [2000, 1000]] }, { line: [[0, 1200], [1000, 1200], [2000, 1200]] }, { line: [[2000, 1000], [2000, 1200]] },
  ];
  it('are the way over the bridge by the straight line', async () => {
    const plan = (x: number): CityPlan => ({ places: ONE_PLACE, streets: banks, facilities: [{ kind: 'market', at: [x, 1200] }], residents: [resident(x, 1000, 10)] });
    // 2 · (2,000 − x) + 200 m instead of 200
    expect(await valueOf(networkDetour, plan(1600), { facilities: ['market'] })).toBeCloseTo(5, 2);
    expect(await valueOf(networkDetour, plan(2000), { facilities: ['market'] })).toBeCloseTo(1, 2);
    // 22 times as long counts as ten
    expect(await valueOf(networkDetour, plan(0), { facilities: ['market'] })).toBe(10);
    expect(await valueOf(networkDetour, plan(1600), { facilities: ['market'], statistic: 'share-over', over: 4.9 })).toBe(100);
    expect(await valueOf(networkDetour, plan(1600), { facilities: ['market'], statistic: 'share-over', over: 5.1 })).toBe(0);
  });

  it('between homes are means over neighbours, by who lives there', async () => {
    // from A (1600, 1000): B 200 m along the bank with 30 persons, C across with 10: ways 200 of 200 m, 1,000 of 200 m
    const plan: CityPlan = { places: [...HALVES, { id: 'a', level: 'cell', box: [1550, 950, 1650, 1050] }], streets: banks, residents: [resident(1600, 1000, 20), resident(1400, 1000, 30), resident(1600, 1200, 10)] };
    const at = (params: Record<string, unknown>): Promise<number> => valueOf(networkDetour, plan, { withinM: 250, ...params }, 'a');
    expect(await at({})).toBeCloseTo((30 * 1 + 10 * 5) / 40, 2);
    expect(await at({ statistic: 'share-over', over: 4 })).toBeCloseTo(25, 6);
  });
});

/** Any little city on a grid of streets, with homes, land and facilities somewhere. */
const anyAt = fc.tuple(fc.integer({ min: 200, max: 3800 }), fc.integer({ min: 200, max: 3800 }));
const anyFacilities = fc.array(anyAt, { minLength: 1, maxLength: 6 });
const anyLand = fc.array(anyAt.map(([x, y]) => homes(x, y, x + 170, y + 190)), { minLength: 1, maxLength: 6 });
const anyHomes = fc.array(anyAt, { minLength: 1, maxLength: 12 });
const STREETS = gridStreets([0, 0, 4000, 4000], 250);

const planOf = (facilities: readonly (readonly [number, number])[], land: CityPlan['landUse'], residents: readonly (readonly [number, number])[]): CityPlan => ({
  places: HALVES, streets: STREETS, landUse: land ?? [], residents: residents.map(([x, y], i) => resident(x, y, 10 + i)),
  facilities: facilities.map(([x, y], i): NonNullable<CityPlan['facilities']>[number] =>
    i % 2 === 0 ? { kind: 'park', box: [x, y, x + 120, y + 90], landM2: 10_800, id: `p${x} ${y}` } : { kind: 'bus-stop', at: [x, y], id: `s${x} ${y}` }),
});

async function sums(operator: Operator, plan: CityPlan, params: Record<string, unknown>): Promise<Record<string, number>> {
  const city = makeCity(plan);
  return byId(city, (await measure(operator, city, { facilities: ['park', 'bus-stop'], ...(operator === landCoverage && { land: 'residential' }), ...params })).numerator);
}

describe('whatever the city', () => {
  const anyMeasure = fc.constantFrom('straight', 'walk', 'bike', 'drive');
  const operators = fc.constantFrom(landCoverage, personCoverage);

  it('the streets never cover what the straight line does not', async () => {
    await fc.assert(fc.asyncProperty(operators, anyFacilities, anyLand, anyHomes, fc.integer({ min: 100, max: 1500 }), fc.constantFrom('walk', 'bike', 'drive'), async (operator, facilities, land, residents, radiusM, by) => {
      const plan = planOf(facilities, land, residents);
      const straight = await sums(operator, plan, { radiusM });
      for (const [id, sum] of Object.entries(await sums(operator, plan, { radiusM, measure: by }))) if (!Number.isNaN(sum)) expect(sum).toBeLessThanOrEqual(straight[id] * (1 + 1e-12));
    }), { numRuns: 25 });
  });

  it('more facilities, or a larger radius, never cover less', async () => {
    await fc.assert(fc.asyncProperty(operators, anyFacilities, anyAt, anyLand, anyHomes, fc.integer({ min: 100, max: 1200 }), anyMeasure, async (operator, facilities, another, land, residents, radiusM, by) => {
      const least = await sums(operator, planOf(facilities, land, residents), { radiusM, measure: by });
      const more = await sums(operator, planOf([...facilities, another], land, residents), { radiusM, measure: by });
      const farther = await sums(operator, planOf(facilities, land, residents), { radiusM: radiusM + 200, measure: by });
      for (const id of Object.keys(least)) {
        if (Number.isNaN(least[id])) continue;
        expect(more[id]).toBeGreaterThanOrEqual(least[id] * (1 - 1e-12));
        expect(farther[id]).toBeGreaterThanOrEqual(least[id] * (1 - 1e-12));
      }
    }), { numRuns: 25 });
  });

  it('counts of facilities agree with asking for each alone', async () => {
    await fc.assert(fc.asyncProperty(anyFacilities, anyHomes, fc.integer({ min: 100, max: 1500 }), anyMeasure, fc.integer({ min: 2, max: 3 }), async (facilities, residents, radiusM, by, leastCount) => {
      const plan = planOf(facilities, [], residents);
      const params = { facilities: ['park', 'bus-stop'], radiusM, measure: by };
      const together = await measure(personCoverage, makeCity(plan), { ...params, leastCount });
      const counts = new Map<number, number>();
      for (const facility of plan.facilities ?? []) {
        const alone = await measure(personCoverage, makeCity({ ...plan, facilities: [facility] }), params);
        const unserved = new Set(alone.detail?.unserved?.point);
        residents.forEach((_, p) => counts.set(p, (counts.get(p) ?? 0) + (unserved.has(p) ? 0 : 1)));
      }
      expect(Array.from(together.detail?.unserved?.point ?? [])).toEqual(residents.flatMap((_, p) => ((counts.get(p) ?? 0) >= leastCount ? [] : [p])));
    }), { numRuns: 25 });
  });

  it('the order of rows changes nothing', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom(landCoverage, personCoverage, nearestDistance, networkDetour), anyFacilities, anyLand, anyHomes, anyMeasure, async (operator, facilities, land, residents, by) => {
      const plan = planOf(facilities, land, residents);
      const turned: CityPlan = { ...plan, facilities: [...(plan.facilities ?? [])].reverse(), landUse: [...(plan.landUse ?? [])].reverse(), residents: [...(plan.residents ?? [])].reverse(), places: [...HALVES].reverse(), streets: [...STREETS].reverse() };
      const params = operator === networkDetour ? { measure: by === 'straight' ? 'walk' : by } : operator === nearestDistance ? { measure: by } : { measure: by, radiusM: 700 };
      const one = await sums(operator, plan, params);
      const other = await sums(operator, turned, params);
      for (const id of Object.keys(one)) if (!Number.isNaN(one[id])) expect(other[id]).toBeCloseTo(one[id], 6);
    }), { numRuns: 25 });
  });
});
