/**
 * facility-count: facilities of some kinds in each place, or the sum of their floor, ground or places, divided where asked (#34: floor of public culture a
 * person; parks per 100,000 persons; places in nurseries per 1,000).
 *
 * A facility counts where its point lies; without a size it counts with nothing and is noted. `measured` where 90 % come from a registry. Where no facility of
 * the kinds is known at all, whether there is none or the data lack it cannot be told: missing; so it is where sizes are asked for
 * and none is known. Cost: one look-up a facility.
 */
import { NoteBook } from '../../core/note.ts';
import type { FacilityCountParams } from './count-params.ts';
import { facilityCountParams } from './count-params.ts';
import { facilityNeeds, perNeeds } from './count-needs.ts';
import { divide, noteArea } from './divide.ts';
import { listFacilities } from './facility-range.ts';
import { missingSizes } from './missing-reasons.ts';
import { defineOperator } from './operator.ts';
import { perByPlace, withinOf } from './per-place.ts';
import { measureQuantity } from './quantities.ts';

export const facilityCount = defineOperator<FacilityCountParams>({
  id: 'facility-count',
  title: { zh: '设施数量与规模', en: 'Number and size of facilities' },
  params: facilityCountParams,
  needs: ({ facilities, estimateFloor, per }) => ['place', ...facilityNeeds(facilities), ...(estimateFloor ? (['building'] as const) : []), ...perNeeds(per?.by, per?.group)],
  run(city, { per, ...what }) {
    const notes = new NoteBook();
    const known = what.leastM2 === undefined && what.belowM2 === undefined ? [] : listFacilities(city, what.facilities);
    if (known.length > 0 && known.every((f) => Number.isNaN(city.snapshot.facility.landM2[f]))) return missingSizes(what.facilities, 'land');
    const amount = measureQuantity(city, { kind: 'facilities', ...what }, notes, withinOf(city, per?.by));
    if ('missing' in amount) return amount;
    if (per === undefined) return { value: amount.byPlace, numerator: amount.byPlace, ...(amount.n !== undefined && { n: amount.n }), quality: amount.quality, ...(amount.detail !== undefined && { detail: amount.detail }), notes: notes.list() };
    const divisor = perByPlace(city, per);
    if ('missing' in divisor) return divisor;
    noteArea(city, per.by, notes);
    return divide({ of: amount, per: { byPlace: divisor }, unit: per.unit, times: 1, quality: amount.quality }, notes);
  },
});
