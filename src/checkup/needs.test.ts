/**
 * Every indicator says all that it is made from. A run takes over an earlier result while what an indicator says it needs is as it was; here each is
 * measured on a city in which whatever it did not name cannot be read.
 */
import { expect, it } from 'vitest';
import { listCatalogue } from './catalogue/list-catalogue.ts';
import type { CityData } from './city/city-data.ts';
import type { CityPlan } from './city/make-city.ts';
import { makeCity } from './city/make-city.ts';
import { MADE_TOWN } from './made-town.ts';
import { listNeeds, measureIndicator } from './measure.ts';
import type { DataNeed } from './operators/operator.ts';

const plan: CityPlan = MADE_TOWN;
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
