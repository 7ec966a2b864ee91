/** Capacity per person within reach, by floating catchments (2SFCA, E2SFCA, BFCA). Place: mean over persons. */
import { meanAccess } from './access-mean.ts';
import { floatingSchema } from './access-params.ts';
import { accessNeeds } from './access-values.ts';
import { defineOperator } from './operator.ts';

export const accessFloatingCatchment = defineOperator({
  id: 'access-floating-catchment',
  title: { zh: '两步移动搜索法供需比', en: 'Floating catchment supply per person' },
  params: floatingSchema,
  needs: (params) => accessNeeds({ operator: 'access-floating-catchment', params }),
  run: (city, params, context) => meanAccess(city, { operator: 'access-floating-catchment', params }, context),
});
