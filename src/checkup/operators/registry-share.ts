/**
 * registry-share: of the rows looked at, the share that meets a condition, % (#57: high-rises with smart fire warning).
 *
 * Σ weights of rows that meet it ÷ Σ weights of rows whose answer is known × 100. NaN where none is known. Cost: one pass over the rows.
 */
import { REGISTRY_NAMES } from '../city/spoken-names.ts';
import type { RegistryShareParams } from './count-params.ts';
import { registryShareParams } from './count-params.ts';
import { conditionNeeds } from './count-needs.ts';
import { countRows } from './count-rows.ts';
import { missingReason } from './missing-reasons.ts';
import { defineOperator } from './operator.ts';

export const registryShare = defineOperator<RegistryShareParams>({
  id: 'registry-share',
  title: { zh: '台账占比', en: 'Share of registry rows' },
  params: registryShareParams,
  needs: ({ table, of, where }) => ['place', `table:${table}`, ...conditionNeeds(of, where)],
  run(city, params) {
    const counted = countRows(city, params);
    if ('missing' in counted) return counted;
    if (counted.lookedAt === 0) {
      const { zh, en } = REGISTRY_NAMES[params.table];
      return missingReason('not-applicable', { zh: `${zh}中没有此项所指的对象。`, en: `The ${en} has none of what is asked about.` }, { zh: `${params.table}.csv`, en: `${params.table}.csv` });
    }
    const { yes, known, looked, rows, notes } = counted;
    return {
      value: yes.map((sum, place) => (known[place] > 0 ? (100 * sum) / known[place] : NaN)),
      numerator: yes, denominator: known, n: looked, quality: 'measured', detail: { rows: { table: params.table, row: rows } }, notes: notes.list(),
    };
  },
});
