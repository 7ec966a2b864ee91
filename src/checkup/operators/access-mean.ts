/** Access by population point → a mean over the persons of each place. Persons of the whole city count, those outside the built-up area too. */
import type { WorkContext } from '../../core/progress.ts';
import type { CityData } from '../city/city-data.ts';
import type { Access } from './access-params.ts';
import { accessByPoint } from './access-values.ts';
import type { OperatorResult } from './operator.ts';
import { meanOverPersons, noteUnlinked, placeValues } from './person-mean.ts';

export function meanAccess(city: CityData, access: Access, context: WorkContext): OperatorResult {
  const found = accessByPoint(city, access, context);
  if ('missing' in found) return found;
  return placeValues(meanOverPersons(city, found.value, found.persons), found.quality, { notes: [...found.notes, ...noteUnlinked(city, found.value, found.persons)] });
}
