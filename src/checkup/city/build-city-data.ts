/** Puts a city's parts together, with the memory of what is made once for all indicators. */
import type { TableContract } from '../../import/model.ts';
import type { CityData, CityTable, PlaceTree } from './city-data.ts';

export type CityParts = Omit<CityData, 'table' | 'memo'> & { readonly tables: ReadonlyMap<TableContract, CityTable> };

/**
 * Parents without circles: those of units that are above themselves are taken away, so that no way up is without end. Imports mend them
 * (base/derive/check-units.ts); snapshots of before may still have them.
 */
function withoutCircles(tree: PlaceTree): PlaceTree {
  const { parent, count } = tree;
  // 0 not looked at, else the walk that came by
  const seen = new Uint32Array(count);
  let mended: Int32Array | undefined;
  for (let start = 0; start < count; start++) {
    let at = start;
    while (at >= 0 && seen[at] === 0) {
      seen[at] = start + 1;
      at = (mended ?? parent)[at];
    }
    if (at < 0 || seen[at] !== start + 1) continue;
    mended ??= parent.slice();
    for (let member = at, next = mended[at]; next >= 0; member = next, next = mended[member]) mended[member] = -1;
  }
  return mended === undefined ? tree : { ...tree, parent: mended };
}

export function buildCityData({ tables, tree, ...parts }: CityParts): CityData {
  const made = new Map<string, unknown>();
  return {
    ...parts,
    tree: withoutCircles(tree),
    table: (contract) => tables.get(contract),
    memo<T>(key: string, build: () => T): T {
      // not `get() === undefined`: what was built may be undefined
      if (!made.has(key)) made.set(key, build());
      return made.get(key) as T;
    },
  };
}
