/** One quantity ÷ another by place: what density, ratio, area-share and facility-count come down to. NaN where the divisor is 0 or unknown. */
import { NoteBook } from '../../core/note.ts';
import type { CityData } from '../city/city-data.ts';
import { builtUpOf } from '../city/built-up.ts';
import type { Per } from './count-params.ts';
import type { OperatorResult } from './operator.ts';
import type { Amount } from './quantities.ts';
import { noteThinLand } from './thin-map.ts';

/** What a reader must know of the area that a value is divided by. */
export function noteArea(city: CityData, by: Per['by'] | undefined, notes: NoteBook): void {
  if (by === 'residential-land' || by === 'construction-land') noteThinLand(city, notes);
  if (by === 'built-up') noteBuiltUp(city, notes);
}

/** Says how the built-up area was told, where a value is divided by it. */
export function noteBuiltUp(city: CityData, notes: NoteBook): void {
  const { by } = builtUpOf(city);
  if (by === 'by-unit') notes.add('info', 'checkup/built-up-by-unit', { zh: '空间单元由文件导入，建成区按各最小单元占主导的土地利用逐个判定。', en: 'The units were imported: each of the finest ones counts as built-up area or not by the land use that dominates it.' });
  if (by === 'unknown') notes.add('warning', 'checkup/built-up-unknown', { zh: '没有数据可以辨认建成区，按全市计。', en: 'Nothing shows what is built up; all of the city counts as built-up area.' });
}

export interface Division {
  readonly of: Amount;
  readonly per: Pick<Amount, 'byPlace'>;
  /** Divisor in units of so many. */
  readonly unit: number;
  readonly times: number;
  readonly quality: Amount['quality'];
}

export function divide({ of, per, unit, times, quality }: Division, notes: NoteBook): OperatorResult {
  const denominator = per.byPlace.map((each) => each / unit);
  return {
    value: of.byPlace.map((sum, place) => (denominator[place] > 0 ? (times * sum) / denominator[place] : NaN)),
    numerator: of.byPlace, denominator, ...(of.n !== undefined && { n: of.n }), quality, ...(of.detail !== undefined && { detail: of.detail }), notes: notes.list(),
  };
}
