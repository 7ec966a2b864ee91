/** What operators that count are made from, by their parameters. */
import type { Condition } from './condition-schema.ts';
import type { Per, Quantity } from './count-params.ts';
import type { DataNeed } from './operator.ts';

/** A condition that names the period changes with it. */
export function conditionNeeds(...conditions: readonly (Condition | undefined)[]): DataNeed[] {
  const named = (condition: Condition): boolean =>
    'all' in condition ? condition.all.some(named)
    : 'any' in condition ? condition.any.some(named)
    : 'not' in condition ? named(condition.not)
    : condition.yearsBefore !== undefined || condition.op === 'in-period' || condition.op === 'by-period';
  return conditions.some((condition) => condition !== undefined && named(condition)) ? ['settings'] : [];
}

export function groupNeed(group: string): DataNeed {
  return group === 'total' ? 'population:total' : `population:${group}`;
}

/** Persons tell what is built up where land use does not. */
const BUILT_UP_NEEDS: DataNeed[] = ['land-use', 'population:total'];

export function perNeeds(by: Per['by'] | undefined, group = 'total'): DataNeed[] {
  if (by === undefined || by === 'place-area') return [];
  if (by === 'persons') return [groupNeed(group)];
  if (by === 'built-up') return BUILT_UP_NEEDS;
  return by === 'jobs' ? ['job'] : ['land-use'];
}

export function facilityNeeds(kinds: readonly string[]): DataNeed[] {
  return kinds.map((kind): DataNeed => `facility:${kind}`);
}

export function quantityNeeds(quantity: Quantity): DataNeed[] {
  switch (quantity.kind) {
    case 'persons': return [groupNeed(quantity.group), ...(quantity.withoutOutside ? BUILT_UP_NEEDS : [])];
    case 'jobs': return ['job'];
    case 'facilities': return [...facilityNeeds(quantity.facilities), ...(quantity.estimateFloor ? (['building'] as const) : [])];
    // residents tell whether the map's buildings are thin
    case 'buildings': return ['building', 'population:total'];
    case 'area': return quantity.area === 'built-up' ? BUILT_UP_NEEDS : [];
    case 'land': return ['land-use'];
    case 'registry': return [`table:${quantity.table}`, ...conditionNeeds(quantity.where)];
    case 'streets': return ['street', ...BUILT_UP_NEEDS];
  }
}
