/** What can be reached, the farther the less it counts (Hansen 1959): exponential, power, logistic, linear. Place: mean over persons. */
import { meanAccess } from './access-mean.ts';
import { gravitySchema } from './access-params.ts';
import { accessNeeds } from './access-values.ts';
import { defineOperator } from './operator.ts';

export const accessGravity = defineOperator({
  id: 'access-gravity',
  title: { zh: '引力型可达性', en: 'Gravity accessibility' },
  params: gravitySchema,
  needs: (params) => accessNeeds({ operator: 'access-gravity', params }),
  run: (city, params, context) => meanAccess(city, { operator: 'access-gravity', params }, context),
});
