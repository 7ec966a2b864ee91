/** Values of one indicator as lines of the table `measurement`: the places of the tree and the zones; cells are kept with the result alone. */
import { copyLine, copyNumber, copyText } from '../../base/store/copy-text.ts';
import type { PlaceLevel } from '../../import/model.ts';
import type { CityData } from '../city/city-data.ts';
import { GRADES } from '../model.ts';
import type { PlaceValues } from '../operators/operator.ts';

export const MEASUREMENT_COLUMNS = ['city_id', 'checkup_id', 'indicator_id', 'place_id', 'level', 'quality', 'value', 'numerator', 'denominator', 'n', 'grade'] as const;
const ROW_LEVELS: readonly PlaceLevel[] = ['city', 'district', 'block', 'community', 'zone'];

export function measurementLines({ cityId, tree, snapshot }: CityData, checkupId: number, indicatorId: string, values: PlaceValues | undefined, grades: Uint8Array | undefined): string {
  if (values === undefined) return '';
  const head = `${copyText(cityId)}\t${checkupId}\t${copyText(indicatorId)}`;
  let lines = '';
  for (const level of ROW_LEVELS) {
    for (const place of tree.ofLevel(level)) {
      if (!Number.isFinite(values.value[place])) continue;
      const grade = grades?.[place] ?? 0;
      lines += copyLine([
        head, copyText(snapshot.text(snapshot.place.id[place])), level, values.quality, copyNumber(values.value[place]), copyNumber(values.numerator?.[place]),
        copyNumber(values.denominator?.[place]), copyNumber(values.n?.[place]), copyText(grade === 0 ? undefined : GRADES[grade - 1]),
      ]);
    }
  }
  return lines;
}
