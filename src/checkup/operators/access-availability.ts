/** Opportunities that are left for each person when all who reach them share them (spatial availability, Soukhov et al. 2023). Place: mean over persons. */
import { meanAccess } from './access-mean.ts';
import { availabilitySchema } from './access-params.ts';
import { accessNeeds } from './access-values.ts';
import { defineOperator } from './operator.ts';

export const accessAvailability = defineOperator({
  id: 'access-availability',
  title: { zh: '空间可用性', en: 'Spatial availability' },
  params: availabilitySchema,
  needs: (params) => accessNeeds({ operator: 'access-availability', params }),
  run: (city, params, context) => meanAccess(city, { operator: 'access-availability', params }, context),
});
