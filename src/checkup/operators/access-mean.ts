/** Access by population point → a mean over the persons of each place. Persons outside the built-up area count for their own unit only. */
import type { WorkContext } from '../../core/progress.ts';
import type { CityData } from '../city/city-data.ts';
import { listWhere, mapTo } from '../city/map-values.ts';
import type { Access } from './access-params.ts';
import { accessByPoint } from './access-values.ts';
import type { OperatorResult } from './operator.ts';
import { meanOverPersons, noteUnlinked, placeValues } from './person-mean.ts';

export function meanAccess(city: CityData, access: Access, context: WorkContext): OperatorResult {
  const found = accessByPoint(city, access, context);
  if ('missing' in found) return found;
  const { value, persons, facilities, load } = found;
  const nothing = listWhere(value.length, (p) => value[p] === 0 && persons[p] > 0);
  const detail = { ...(facilities !== undefined && { facilities }), ...(load !== undefined && { load }), unserved: { point: nothing, persons: mapTo(Float32Array, nothing, (p) => persons[p]) } };
  return placeValues(meanOverPersons(city, value, persons), found.quality, { detail, notes: [...found.notes, ...noteUnlinked(city, value, persons)] });
}
