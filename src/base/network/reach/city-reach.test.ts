/** What is within reach in a city of nine by nine crossings, 100 m apart, walked at 1 m/s: every count follows from reasoning. */
import { describe, expect, it } from 'vitest';
import { StreetPlan, placeAt } from '../../../../test/engine/street-plan.ts';
import { ChengmaiError } from '../../../core/errors.ts';
import { CityReach } from './city-reach.ts';
import type { AreaProperties, IsochroneRequest } from './isochrone-api.ts';
import { isochroneAnswerSchema, isochroneRequestSchema } from './isochrone-api.ts';
import { openOpportunities, writeOpportunities } from './opportunities.ts';

const SIDE = 9;
const crossings = Array.from({ length: SIDE * SIDE }, (_, i) => [i % SIDE, Math.floor(i / SIDE)] as const);
const e7 = (places: readonly (readonly [number, number])[]): Int32Array => Int32Array.from(places.flatMap(([x, y]) => placeAt(100 * x, 100 * y).map((degrees) => Math.round(degrees * 1e7))));

function gridNetwork() {
  const plan = new StreetPlan();
  const at = crossings.map(([x, y]) => plan.vertex(100 * x, 100 * y));
  crossings.forEach(([x, y], i) => {
    if (x + 1 < SIDE) plan.edge(at[i], at[i + 1]);
    if (y + 1 < SIDE) plan.edge(at[i], at[i + SIDE]);
  });
  return plan.build();
}

/** One old and two other persons at every crossing; 10 jobs at (4, 1); a school with gates at (8, 8) and (4, 6), one at (0, 0), a clinic at (5, 4). */
const opportunities = writeOpportunities(
  { key: 'grid', notes: [], groups: ['65+', 'total'], facilityKinds: [{ kind: 'clinic', start: 0, end: 1 }, { kind: 'school', start: 1, end: 3 }] },
  {
    population: { pointE7: e7(crossings), persons: Float32Array.from({ length: 2 * crossings.length }, (_, i) => (i < crossings.length ? 1 : 3)) },
    job: { pointE7: e7([[4, 1]]), count: Float32Array.of(10) },
    facility: { doorEnds: Uint32Array.of(1, 3, 4), doorE7: e7([[5, 4], [8, 8], [4, 6], [0, 0]]) },
  },
);
const reach = new CityReach(gridNetwork(), opportunities);

function ask(places: readonly (readonly [number, number])[], rest: Partial<IsochroneRequest> = {}) {
  const answer = reach.answer(isochroneRequestSchema.parse({ places: places.map(([x, y]) => placeAt(100 * x, 100 * y)), mode: 'walk', ...rest }));
  isochroneAnswerSchema.parse(answer);
  const areas = answer.features.flatMap(({ properties }) => (properties.type === 'area' ? [properties] : []));
  return { answer, areas };
}

/** Crossings at most so many blocks from the nearest of the places. */
const within = (places: readonly (readonly [number, number])[], blocks: number): number =>
  crossings.filter(([x, y]) => places.some(([px, py]) => Math.abs(x - px) + Math.abs(y - py) <= blocks)).length;

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof ChengmaiError) return error.code;
    throw error;
  }
  return 'none';
};

describe('what is within reach', () => {
  it('counts persons by group, jobs, and facilities by their nearest door', () => {
    const { areas } = ask([[4, 4]], { minutes: [10, 5, 5] });
    const expected = (minutes: number, blocks: number, facilities: Record<string, number>): Partial<AreaProperties> => ({
      minutes, persons: { '65+': within([[4, 4]], blocks), total: 3 * within([[4, 4]], blocks) }, jobs: 10, facilities,
    });
    expect(areas).toMatchObject([expected(10, 6, { clinic: 1, school: 1 }), expected(5, 3, { clinic: 1, school: 1 })]);
    expect(within([[4, 4]], 3)).toBe(25);
  });

  it('includes the limit itself and nothing beyond', () => {
    // the school at (0, 0) is 800 s away, the far gate of the other does not matter
    expect(ask([[4, 4]], { minutes: [799 / 60, 800 / 60] }).areas.map(({ facilities }) => facilities['school'])).toEqual([2, 1]);
    expect(ask([[4, 4]], { metres: [99, 100, 200, 800] }).areas.map(({ metres, facilities }) => [metres, facilities])).toEqual([
      [800, { clinic: 1, school: 2 }], [200, { clinic: 1, school: 1 }], [100, { clinic: 1 }], [99, {}],
    ]);
  });

  it('reaches from the nearest of several places, and says how far each is from the street', () => {
    const places = [[1, 1], [7.5, 7]] as const;
    const { areas, answer } = ask(places, { minutes: [3] });
    // 3 minutes from the middle of a block: 50 m to its two ends, 130 m on from them to two and three more
    expect(areas[0].persons['65+']).toBe(within([[1, 1]], 1) + 7);
    expect(answer.places.map(({ offNetworkM }) => offNetworkM)).toEqual([0, 0]);
    const [lon, lat] = placeAt(450, 430);
    const beside = reach.answer({ places: [[lon, lat], [0, 0]], mode: 'walk', streets: true });
    // 30 m of the plan are 33.3 m northwards
    expect(beside.places[0].offNetworkM).toBeCloseTo(33.3, 1);
    expect(beside.places[1].offNetworkM).toBeNull();
  });

  it('draws areas from the largest to the smallest, then the streets, whose lengths add up', () => {
    const { answer, areas } = ask([[4, 4]], { minutes: [2, 4] });
    expect(answer.features.map(({ properties }) => [properties.type, properties.minutes])).toEqual([['area', 4], ['area', 2], ['streets', 4], ['streets', 2]]);
    // 120 m in four directions, and 20 m on from the four next crossings in three directions
    const drawn = (area: AreaProperties): number => area.streetsM;
    // as drawn, a metre eastwards is 0.965 m, northwards 1.109 m
    expect(drawn(areas[1])).toBeGreaterThan(640 * 0.96);
    expect(drawn(areas[1])).toBeLessThan(640 * 1.11);
    expect(ask([[4, 4]], { minutes: [2], streets: false }).answer.features).toHaveLength(1);
  });

  it('answers the same whatever was asked before', () => {
    const first = JSON.stringify(ask([[2, 3]]).answer);
    for (const mode of ['bike', 'drive', 'walk'] as const) for (const speedKmh of [4, 5]) ask([[6, 6]], { mode, speedKmh });
    expect(JSON.stringify(ask([[2, 3]]).answer)).toBe(first);
    const other = new CityReach(gridNetwork(), openOpportunities(opportunities.bytes));
    expect(JSON.stringify(other.answer({ places: [placeAt(200, 300)], mode: 'walk', streets: true }))).toBe(first);
  });

  it('refuses what cannot be answered, by name', () => {
    expect(codeOf(() => reach.answer({ places: [[0, 0]], mode: 'walk', streets: true }))).toBe('network/off-network');
    expect(codeOf(() => ask([[1, 1]], { minutes: [5], metres: [300] }))).toBe('network/limits');
    expect(codeOf(() => reach.answer({ places: [placeAt(100, 100)], mode: 'walk', speedKmh: 0, streets: true }))).toBe('engine/profile');
    expect(isochroneRequestSchema.safeParse({ places: [], mode: 'walk' }).success).toBe(false);
  });

  it('knows nothing of jobs where no file counts them', () => {
    const none = writeOpportunities({ key: 'none', notes: [], groups: [], facilityKinds: [] }, {
      population: { pointE7: new Int32Array(0), persons: new Float32Array(0) }, job: { pointE7: new Int32Array(0), count: new Float32Array(0) }, facility: { doorEnds: new Uint32Array(0), doorE7: new Int32Array(0) },
    });
    const answer = new CityReach(gridNetwork(), none).answer({ places: [placeAt(400, 400)], mode: 'walk', streets: true });
    expect(answer.features[0].properties).toMatchObject({ persons: {}, jobs: null, facilities: {} });
  });
});
