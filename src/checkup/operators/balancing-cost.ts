/** The time or distance within which as many opportunities are reached as one's own unit has persons (Barboza et al. 2021). Place: mean over persons. */
import { balancingSchema } from './access-params.ts';
import { accessByPoint, accessNeeds } from './access-values.ts';
import { costStatistics } from './cost-statistics.ts';
import { defineOperator } from './operator.ts';

export const balancingCost = defineOperator({
  id: 'balancing-cost',
  title: { zh: '平衡出行成本', en: 'Balancing cost' },
  params: balancingSchema,
  needs: (params) => accessNeeds({ operator: 'balancing-cost', params }),
  run: (city, params, context) => {
    const found = accessByPoint(city, { operator: 'balancing-cost', params }, context);
    return 'missing' in found ? found : { ...costStatistics(city, found, params.minutes ?? params.metres ?? 0, 'mean'), detail: {} };
  },
});
