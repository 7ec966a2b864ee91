/** registry-sum: Σ of a column over the rows that meet a condition, per place, divided where asked. NaN where no row is known. Cost: one pass over the rows. */
import type { RegistrySumParams } from './count-params.ts';
import { registrySumParams } from './count-params.ts';
import { conditionNeeds, perNeeds } from './count-needs.ts';
import { isInventory } from './count-rows.ts';
import { noteArea } from './divide.ts';
import { defineOperator } from './operator.ts';
import { perByPlace, withinOf } from './per-place.ts';
import { sumColumns } from './sum-columns.ts';

export const registrySum = defineOperator<RegistrySumParams>({
  id: 'registry-sum',
  title: { zh: '台账求和', en: 'Sum of a registry column' },
  params: registrySumParams,
  needs: ({ table, where, per }) => ['place', `table:${table}`, ...conditionNeeds(where), ...perNeeds(per?.by, per?.group)],
  run(city, { table, column, where, per }) {
    const summed = sumColumns(city, table, [[{ column, times: 1 }]], where, withinOf(city, per?.by));
    if ('missing' in summed) return summed;
    const divisor = per === undefined ? undefined : perByPlace(city, per);
    if (divisor !== undefined && 'missing' in divisor) return divisor;
    noteArea(city, per?.by, summed.notes);
    const [sums] = summed.sums;
    const value = sums.map((sum, place) => {
      if (summed.rows[place] === 0 && isInventory(table)) return NaN;
      if (divisor === undefined) return sum;
      return divisor[place] > 0 ? sum / (divisor[place] / (per?.unit ?? 1)) : NaN;
    });
    return { value, numerator: sums, ...(divisor !== undefined && { denominator: divisor }), n: summed.rows, quality: 'measured', detail: { rows: { table, row: summed.row } }, notes: summed.notes.list() };
  },
});
