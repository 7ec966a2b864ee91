/** How much can be reached within a time or distance along the streets: jobs, facilities, persons (cumulative opportunities). Place: mean over persons. */
import { meanAccess } from './access-mean.ts';
import { cumulativeSchema } from './access-params.ts';
import { accessNeeds } from './access-values.ts';
import { defineOperator } from './operator.ts';

export const accessCumulative = defineOperator({
  id: 'access-cumulative',
  title: { zh: '累积机会可达性', en: 'Cumulative opportunities' },
  params: cumulativeSchema,
  needs: (params) => accessNeeds({ operator: 'access-cumulative', params }),
  run: (city, params, context) => meanAccess(city, { operator: 'access-cumulative', params }, context),
});
