/** Puts a city's parts together, with the memory of what is made once for all indicators. */
import type { TableContract } from '../../import/model.ts';
import type { CityData, CityTable } from './city-data.ts';

export type CityParts = Omit<CityData, 'table' | 'memo'> & { readonly tables: ReadonlyMap<TableContract, CityTable> };

export function buildCityData({ tables, ...parts }: CityParts): CityData {
  const made = new Map<string, unknown>();
  return {
    ...parts,
    table: (contract) => tables.get(contract),
    memo<T>(key: string, build: () => T): T {
      // not `get() === undefined`: what was built may be undefined
      if (!made.has(key)) made.set(key, build());
      return made.get(key) as T;
    },
  };
}
