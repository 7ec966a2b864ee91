/**
 * registry-count: how many rows of a registry meet a condition (#1–#9, #16, #19–#21, #27–#29), per place.
 *
 * Numerator: what counts. Denominator: what was known of the rows looked at (or what it is divided by). n: rows looked at. A row whose answer
 * is unknown counts neither way and is noted. In registries of what there is (buildings, community services) a place without a known row
 * has no value; in lists of what happened (cases, tasks) it has 0. Cost: one pass over the rows.
 */
import type { RegistryCountParams } from './count-params.ts';
import { registryCountParams } from './count-params.ts';
import { countRows, isInventory } from './count-rows.ts';
import { conditionNeeds, perNeeds } from './count-needs.ts';
import { noteArea } from './divide.ts';
import { defineOperator } from './operator.ts';
import { perByPlace, withinOf } from './per-place.ts';

export const registryCount = defineOperator<RegistryCountParams>({
  id: 'registry-count',
  title: { zh: '台账计数', en: 'Count of registry rows' },
  params: registryCountParams,
  needs: ({ table, of, where, per }) => ['place', `table:${table}`, ...conditionNeeds(of, where), ...perNeeds(per?.by, per?.group)],
  run(city, params) {
    const { table, per } = params;
    const counted = countRows(city, { ...params, within: withinOf(city, per?.by) });
    if ('missing' in counted) return counted;
    const divisor = per === undefined ? undefined : perByPlace(city, per);
    if (divisor !== undefined && 'missing' in divisor) return divisor;
    noteArea(city, per?.by, counted.notes);
    const { yes, known, looked, answered, present, rows, notes } = counted;
    const whole = params.whole ?? !isInventory(table);
    const value = yes.map((sum, place) => {
      if (!whole && present[place] === 0) return NaN;
      if (answered[place] === 0 && looked[place] > 0) return NaN;
      if (divisor === undefined) return sum;
      return divisor[place] > 0 ? sum / (divisor[place] / (per?.unit ?? 1)) : NaN;
    });
    return { value, numerator: yes, denominator: divisor ?? known, n: looked, quality: 'measured', detail: { rows: { table, row: rows } }, notes: notes.list() };
  },
});
