/**
 * Every indicator says all that it is made from. A run takes over an earlier result while what an indicator says it needs is as it was; here each is
 * measured on a city in which whatever it did not name cannot be read.
 */
import { expect, it } from 'vitest';
import { listCatalogue } from './catalogue/list-catalogue.ts';
import type { CityData } from './city/city-data.ts';
import type { CityPlan } from './city/make-city.ts';
import { gridStreets, makeCity } from './city/make-city.ts';
import { listNeeds, measureIndicator } from './measure.ts';
import type { DataNeed } from './operators/operator.ts';

const KINDS = [...new Set(listCatalogue().flatMap(listNeeds).flatMap((need) => (need.startsWith('facility:') ? [need.slice('facility:'.length)] : [])))];

const plan: CityPlan = {
  places: [
    { id: 'city', level: 'city', box: [0, 0, 2000, 1000] }, { id: 'd', level: 'district', parent: 'city', box: [0, 0, 2000, 1000] },
    { id: 'b1', level: 'block', parent: 'd', box: [0, 0, 1000, 1000] }, { id: 'b2', level: 'block', parent: 'd', box: [1000, 0, 2000, 1000] },
    { id: 'c1', level: 'community', parent: 'b1', box: [0, 0, 1000, 1000], population: 6000 }, { id: 'c2', level: 'community', parent: 'b2', box: [1000, 0, 2000, 1000], population: 7000 },
    { id: 'h1', level: 'cell', parent: 'city', box: [0, 0, 1000, 1000] }, { id: 'z1', level: 'zone', parent: 'city', box: [1000, 0, 2000, 1000] },
  ],
  residents: Array.from({ length: 20 }, (_, i) => ({ at: [50 + 100 * i, 450] as const, persons: { total: 600, '0-2': 20, '3-5': 20, '6-11': 60, '12-14': 30, '65+': 90 } })),
  facilities: KINDS.map((kind, i) => ({ kind, at: [(97 * i) % 2000, (31 * i) % 1000] as const, registry: true, capacity: 300, floorM2: 900, landM2: 3000 })),
  landUse: [{ kind: 'residential', box: [0, 0, 900, 900] }, { kind: 'industrial', box: [1100, 0, 1900, 900] }, { kind: 'park', box: [900, 0, 1100, 400] }, { kind: 'retail', box: [900, 500, 1100, 900] }],
  buildings: Array.from({ length: 10 }, (_, i) => ({ box: [200 * i, 400, 200 * i + 50, 440] as const, kind: 'apartments', storeys: 6, residential: true })),
  jobs: [{ at: [1500, 500], count: 1000 }],
  streets: gridStreets([0, 0, 2000, 1000], 250),
  tables: {
    indicators_dept: [{ indicator_id: '30', unit_id: 'city', year: 2025, value: 5 }],
    buildings: [{ bldg_id: '1', community_id: 'c1', year_built: 1990, storeys: 6, units: 12, hazard_struct: true, lift: false, floor_area: 900 }],
    community_services: [{ community_id: 'c1', parking: 1, households: 10, ev_private: 0, ev_public: 0, ebike_slots: 0, property_mgmt: true, waste_sort: false, smart: false }],
    shelters: [{ id: 's', class: '短期固定', effective_m2: 100, unit_id: 'c1' }], cases: [{ code: '1', unit_id: 'c1' }], hotline: [{ id: '1', unit_id: 'c1' }], tasks: [{ task_id: '1', title: 't', status: '完成' }],
    parks: [{ park_id: 'z1', land_ha: 1, floor: 2, vacant_floor: 1, jobs: 3, resident_workers: 1 }], units: [{ unit_id: 'c1', built_after_2018: true, households: 10 }],
  },
};
const whole = makeCity(plan);
/** The same in another year: who does not name the settings measures the same. */
const later = makeCity({ ...plan, period: 1960 });

/** The city with what an indicator did not name out of reach; what it tried is listed. */
function guard(city: CityData, needs: readonly DataNeed[], touched: Set<string>): CityData {
  const has = (what: string): boolean => needs.some((need) => need === what || need.startsWith(`${what}:`));
  const touch = (what: string): void => {
    if (!has(what)) touched.add(what);
  };
  const parts: Partial<Record<keyof CityData['snapshot'], string>> = { landUse: 'land-use', building: 'building', job: 'job', population: 'population', facility: 'facility', street: 'street' };
  const snapshot = new Proxy(city.snapshot, {
    get(target, name: string) {
      const part = parts[name as keyof typeof parts];
      if (part !== undefined) touch(part);
      return target[name as keyof typeof target] as unknown;
    },
  });
  const made = new Map<string, unknown>();
  return {
    cityId: city.cityId, tree: city.tree, snapshot, period: city.period,
    // no need covers them: they are for the grades alone
    get cityClass() { touched.add('class'); return city.cityClass; },
    get cityRank() { touched.add('rank'); return city.cityRank; },
    get transit() { touch('transit'); return city.transit; },
    get network() { touch('network'); return city.network; },
    get coast() { touch('coast'); return city.coast; },
    table(contract) {
      touch(`table:${contract}`);
      return city.table(contract);
    },
    memo<T>(key: string, build: () => T): T {
      if (!made.has(key)) made.set(key, build());
      return made.get(key) as T;
    },
  };
}

/** The city without the facilities and age groups that an indicator does not name. */
function without(needs: readonly DataNeed[]): CityData {
  const isAsked = (group: string): boolean => needs.includes('population') || needs.includes(`population:${group}`);
  const city = makeCity({
    ...plan, streets: needs.includes('street') ? (plan.streets ?? []) : [],
    facilities: plan.facilities?.filter(({ kind }) => needs.includes(`facility:${kind}`)) ?? [],
    residents: plan.residents?.map(({ persons, ...rest }) => ({ ...rest, persons: Object.fromEntries(Object.entries(persons).filter(([group]) => isAsked(group))) })) ?? [],
  });
  return { ...city, network: whole.network };
}

it('every indicator of the catalogue reads only what it names', async () => {
  const undeclared: string[] = [];
  const faults: string[] = [];
  let measured = 0;
  for (const indicator of listCatalogue()) {
    // each method by itself: the ones behind are otherwise never reached
    for (const method of indicator.methods) {
      const one = { ...indicator, methods: [method] };
      const touched = new Set<string>();
      const result = await measureIndicator(guard(whole, listNeeds(one), touched), one, {});
      if ('missing' in result) {
        if (result.fault !== undefined) faults.push(`${indicator.id} ${method.operator}: ${result.fault}`);
      } else measured++;
      if (!listNeeds(one).includes('settings')) {
        const other = await measureIndicator(guard(later, listNeeds(one), new Set()), one, {});
        if (JSON.stringify('values' in other ? [...other.values.value] : null) !== JSON.stringify('values' in result ? [...result.values.value] : null)) touched.add('settings');
      }
      const less = await measureIndicator(without(listNeeds(one)), one, {});
      if (JSON.stringify('values' in less ? [...less.values.value] : null) !== JSON.stringify('values' in result ? [...result.values.value] : null)) touched.add('facilities or groups that it does not name');
      for (const what of touched) undeclared.push(`${indicator.id} ${method.operator}: ${what}`);
    }
  }
  expect(faults).toEqual([]);
  expect(undeclared).toEqual([]);
  expect(measured).toBeGreaterThan(100);
}, 60_000);
