/** Minutes or metres along the streets to the k-th closest facility, over the persons of a place. */
import { kthSchema } from './access-params.ts';
import { accessByPoint, accessNeeds } from './access-values.ts';
import { costStatistics } from './cost-statistics.ts';
import { defineOperator } from './operator.ts';

export const accessKth = defineOperator({
  id: 'access-kth',
  title: { zh: '到第 k 近设施的时间或距离', en: 'Cost to the k-th closest facility' },
  params: kthSchema,
  needs: (params) => accessNeeds({ operator: 'access-kth', params }),
  run: (city, params, context) => {
    const found = accessByPoint(city, { operator: 'access-kth', params: { ...params, statistic: 'mean' } }, context);
    if ('missing' in found) return found;
    const result = costStatistics(city, found, params.minutes ?? params.metres ?? 0, params.statistic);
    // minutes are no metres
    return params.metres === undefined ? { ...result, detail: {} } : result;
  },
});
