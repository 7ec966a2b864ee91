/** registry-ratio: Σ of columns ÷ Σ of columns over the same rows × factor (vacant floor ÷ floor of parks). NaN where the divisor is 0 or no row is known. Cost: one pass over the rows. */
import type { RegistryRatioParams } from './count-params.ts';
import { registryRatioParams } from './count-params.ts';
import { conditionNeeds } from './count-needs.ts';
import { defineOperator } from './operator.ts';
import { sumColumns } from './sum-columns.ts';

export const registryRatio = defineOperator<RegistryRatioParams>({
  id: 'registry-ratio',
  title: { zh: '台账比值', en: 'Ratio of registry columns' },
  params: registryRatioParams,
  needs: ({ table, where }) => ['place', `table:${table}`, ...conditionNeeds(where)],
  run(city, { table, where, numerator, denominator, times }) {
    const summed = sumColumns(city, table, [numerator, denominator], where);
    if ('missing' in summed) return summed;
    const [above, below] = summed.sums;
    return {
      value: above.map((sum, place) => (below[place] > 0 ? (times * sum) / below[place] : NaN)),
      numerator: above, denominator: below, n: summed.rows, quality: 'measured', detail: { rows: { table, row: summed.row } }, notes: summed.notes.list(),
    };
  },
});
