import { describe, expect, it } from 'vitest';
import { caseRate } from '../operators/case-rate.ts';
import { columnGap } from '../operators/column-gap.ts';
import { density } from '../operators/density.ts';
import { groupShare } from '../operators/group-share.ts';
import type { Operator, PlaceValues } from '../operators/operator.ts';
import { parseParams } from '../operators/reach-params.ts';
import { registryCount } from '../operators/registry-count.ts';
import { registryShare } from '../operators/registry-share.ts';
import { registrySum } from '../operators/registry-sum.ts';
import { roadDensity } from '../operators/road-density.ts';
import { shelterArea } from '../operators/shelter-area.ts';
import type { CityData } from './city-data.ts';
import type { CityPlan } from './make-city.ts';
import { makeCity } from './make-city.ts';
import { insideM2 } from './roll-up.ts';

/** Two blocks of a city of 4 km²: the town with homes (1 km²) and a village (1 km²), outside; the plain, with all of it outside. */
const PLACES: NonNullable<CityPlan['places']> = [
  { id: 'city', level: 'city', box: [0, 0, 4000, 1000] },
  { id: 'town', level: 'block', parent: 'city', box: [0, 0, 2000, 1000] }, { id: 'plain', level: 'block', parent: 'city', box: [2000, 0, 4000, 1000], outside: true },
  { id: 'homes', level: 'community', parent: 'town', box: [0, 0, 1000, 1000] }, { id: 'village', level: 'community', parent: 'town', box: [1000, 0, 2000, 1000], outside: true },
  { id: 'farm', level: 'community', parent: 'plain', box: [2000, 0, 4000, 1000], outside: true },
];
const PLAN: CityPlan = {
  places: PLACES, period: 2025,
  residents: [{ at: [500, 500], persons: { total: 900, '65+': 90 } }, { at: [1500, 500], persons: { total: 100, '65+': 60 } }, { at: [3000, 500], persons: { total: 50, '65+': 50 } }],
  tables: {
    buildings: [
      { bldg_id: 'h1', community_id: 'homes', storeys: 6, units: 40 }, { bldg_id: 'h2', community_id: 'homes', storeys: 2, units: 4 },
      { bldg_id: 'v', community_id: 'village', storeys: 4, units: 8 }, { bldg_id: 'f', community_id: 'farm', storeys: 5, units: 1 }, { bldg_id: 'b', community_id: 'town', storeys: 9, units: 5 },
    ],
    community_services: [{ community_id: 'homes', households: 300, parking: 100 }, { community_id: 'village', households: 30, parking: 0 }, { community_id: 'farm', households: 10, parking: 2 }],
    shelters: [{ id: 's', effective_m2: 1800, community_id: 'homes' }, { id: 't', effective_m2: 5000, community_id: 'farm' }],
    hotline: [{ call_id: '1', community_id: 'homes', time: '2025-05-01T08:00' }, { call_id: '2', community_id: 'village', time: '2025-05-02T08:00' }],
  },
  streets: [{ line: [[0, 500], [4000, 500]], tags: { highway: 'secondary' } }],
};

function byId(city: CityData, values: Float64Array): Record<string, number> {
  return Object.fromEntries(PLACES.map(({ id }) => [id, values[Array.from(city.snapshot.place.id, (text) => city.snapshot.text(text)).indexOf(id)]]));
}

describe('a city is its built-up area: villages have their own values and are in no other', () => {
  const city = makeCity(PLAN);
  const run = (operator: Operator, params: unknown): PlaceValues => {
    const result = operator.run(city, parseParams(operator.id, operator.params, params), {});
    if (result instanceof Promise || 'missing' in result) throw new Error(`no value: ${JSON.stringify(result)}`);
    return result;
  };
  const values = (operator: Operator, params: unknown): Record<string, number> => byId(city, run(operator, params).value);

  it('in counts, sums and shares of registries; a row of the block itself counts', () => {
    const tall = { table: 'buildings', where: { column: 'storeys', op: '>=', value: 4 } };
    expect(values(registryCount, tall)).toEqual({ city: 2, town: 2, plain: 1, homes: 1, village: 1, farm: 1 });
    expect(byId(city, run(registryCount, tall).denominator!)).toEqual({ city: 3, town: 3, plain: 1, homes: 2, village: 1, farm: 1 });
    expect(values(registryShare, tall)['city']).toBeCloseTo(200 / 3, 9);
    expect(values(registrySum, { table: 'buildings', column: 'units' })).toEqual({ city: 49, town: 49, plain: 1, homes: 44, village: 8, farm: 1 });
  });

  it('in gaps, and in what happened', () => {
    expect(values(columnGap, { table: 'community_services', demand: [{ column: 'households' }], supply: [{ column: 'parking' }] })).toEqual({ city: 200, town: 200, plain: 8, homes: 200, village: 30, farm: 8 });
    expect(values(caseRate, { table: 'hotline', what: 'reported', value: 'count' })).toMatchObject({ city: 1, town: 1, plain: 0, village: 1 });
    // one call for 900 persons
    expect(values(caseRate, { table: 'hotline', what: 'reported', value: 'per-10k-persons' })['city']).toBeCloseTo(10_000 / 900, 9);
  });

  it('on both sides of a division: persons, ground, shares of groups', () => {
    expect(values(shelterArea, {})).toMatchObject({ city: 2, town: 2, homes: 2, village: 0, farm: 100, plain: 100 });
    expect(values(groupShare, { group: '65+' })).toMatchObject({ city: 10, town: 10, village: 60, plain: 100 });
    const persons = values(density, { of: { kind: 'persons' }, per: { by: 'place-area' } });
    expect(persons['city']).toBeCloseTo(900, 0);
    expect(persons['village']).toBeCloseTo(100, 0);
    expect(persons['plain']).toBeCloseTo(25, 0);
    // 1 km of road on 1 km² of homes, wherever one looks
    for (const density of Object.values(values(roadDensity, { per: 'place-area' }))) expect(density).toBeGreaterThan(0.49);
    expect(values(roadDensity, { per: 'place-area' })['city']).toBeCloseTo(values(roadDensity, { per: 'place-area' })['homes'], 6);
  });

  it('ground is what is left without units outside', () => {
    const ground = byId(city, insideM2(city));
    expect(ground['city'] / 1e6).toBeCloseTo(1, 3);
    expect(ground['town'] / ground['homes']).toBeCloseTo(1, 6);
    expect(ground['plain'] / 2e6).toBeCloseTo(1, 3);
    const empty = makeCity({ places: PLACES.filter(({ id }) => id !== 'homes' && id !== 'village' && id !== 'town').map((place) => (place.id === 'plain' ? { ...place, box: [0, 0, 4000, 1000] as const, outside: true } : place)) });
    expect(insideM2(empty)[Array.from(empty.tree.ofLevel('city'))[0]]).toBe(0);
  });
});

describe('units above themselves', () => {
  it('have nobody above them, so that no way up is without end', () => {
    // as snapshots of before the import checked parents may have them: a zone above a zone above the first, a community above itself
    const city = makeCity({
      places: [
        { id: 'city', level: 'city', box: [0, 0, 2000, 1000] }, { id: 'a', level: 'community', parent: 'a', box: [0, 0, 1000, 1000] }, { id: 'b', level: 'community', parent: 'city', box: [1000, 0, 2000, 1000] },
        { id: 'y', level: 'zone', parent: 'z', box: [0, 0, 500, 500] }, { id: 'z', level: 'zone', parent: 'y', box: [500, 0, 900, 500] }, { id: 'x', level: 'zone', parent: 'z', box: [1000, 0, 1500, 500] },
      ],
      tables: { parks: [{ park_id: 'y', jobs: 5, floor: 1, land_ha: 2 }] }, residents: [{ at: [100, 100], persons: 7 }],
    });
    const ids = Array.from(city.snapshot.place.id, (text) => city.snapshot.text(text));
    expect(Object.fromEntries(ids.map((id, place) => [id, ids[city.tree.parent[place]]]))).toEqual({ city: undefined, a: undefined, b: 'city', x: 'z', y: undefined, z: undefined });
    const result = registrySum.run(city, registrySum.params.parse({ table: 'parks', column: 'jobs' }), {});
    if (result instanceof Promise || 'missing' in result) throw new Error('no value');
    expect(result.value[ids.indexOf('y')]).toBe(5);
  });
});
