/** Per cent that a population group is of another: 老龄化比例 (65+ of all). Persons outside the built-up area count for their own unit only. */
import { groupShareSchema } from './living-params.ts';
import { missingPopulation } from './missing-reasons.ts';
import { defineOperator } from './operator.ts';
import { personsByPlace } from './per-place.ts';

export const groupShare = defineOperator({
  id: 'group-share',
  title: { zh: '人群占比', en: 'Share of a population group' },
  params: groupShareSchema,
  needs: ({ group, of }) => ['place', ...[group, of].map((each) => (each === 'total' ? ('population' as const) : (`population:${each}` as const)))],
  run: (city, { group, of }) => {
    const numerator = personsByPlace(city, group);
    const denominator = personsByPlace(city, of);
    if (numerator === undefined) return missingPopulation(group);
    if (denominator === undefined) return missingPopulation(of);
    return { value: numerator.map((sum, place) => (denominator[place] > 0 ? (100 * sum) / denominator[place] : NaN)), numerator, denominator, quality: 'measured' };
  },
});
