/**
 * density: persons, jobs, facilities, buildings or streets ÷ an area (人口密度, 公厕密度, 开发强度).
 *
 * By the built-up area only what lies in it counts, on both sides. By residential or construction land everything in the place counts, by that
 * land of the land-use map, overlaps once (those of a place without such land: no value). Cost: one look-up a thing; land is scanned once a run.
 */
import { NoteBook } from '../../core/note.ts';
import type { DensityParams } from './count-params.ts';
import { densityParams } from './count-params.ts';
import { perNeeds, quantityNeeds } from './count-needs.ts';
import { divide, noteArea } from './divide.ts';
import { defineOperator } from './operator.ts';
import { perByPlace, withinOf } from './per-place.ts';
import { measureQuantity } from './quantities.ts';

export const density = defineOperator<DensityParams>({
  id: 'density',
  title: { zh: '密度', en: 'Density' },
  params: densityParams,
  needs: ({ of, per }) => ['place', ...quantityNeeds(of), ...perNeeds(per.by)],
  run(city, { of, per }) {
    const notes = new NoteBook();
    const amount = measureQuantity(city, of, notes, withinOf(city, per.by));
    if ('missing' in amount) return amount;
    const area = perByPlace(city, { by: per.by, group: 'total' });
    if ('missing' in area) return area;
    noteArea(city, per.by, notes);
    return divide({ of: amount, per: { byPlace: area }, unit: per.unitM2, times: 1, quality: amount.quality }, notes);
  },
});
