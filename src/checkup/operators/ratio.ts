/** ratio: any quantity ÷ any other × factor (jobs a resident, floor a person, parks a dwelling). NaN where the divisor is 0. The worse quality of the two holds. */
import { NoteBook } from '../../core/note.ts';
import type { Quantity, RatioParams } from './count-params.ts';
import { ratioParams } from './count-params.ts';
import { quantityNeeds } from './count-needs.ts';
import { divide, noteBuiltUp } from './divide.ts';
import { defineOperator } from './operator.ts';
import { withinOf } from './per-place.ts';
import { measureQuantity, worseQuality } from './quantities.ts';

const isBuiltUp = (quantity: Quantity): boolean => quantity.kind === 'area' && quantity.area === 'built-up';

export const ratio = defineOperator<RatioParams>({
  id: 'ratio',
  title: { zh: '比值', en: 'Ratio' },
  params: ratioParams,
  needs: ({ of, per }) => ['place', ...quantityNeeds(of), ...quantityNeeds(per)],
  run(city, { of, per, times }) {
    const notes = new NoteBook();
    const within = isBuiltUp(of) || isBuiltUp(per) ? withinOf(city, 'built-up') : undefined;
    const [above, below] = [measureQuantity(city, of, notes, within), measureQuantity(city, per, notes, within)];
    if ('missing' in above) return above;
    if ('missing' in below) return below;
    if (within !== undefined) noteBuiltUp(city, notes);
    return divide({ of: above, per: below, unit: 1, times, quality: worseQuality(above.quality, below.quality) }, notes);
  },
});
