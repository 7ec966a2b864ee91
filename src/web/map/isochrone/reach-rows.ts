/** The rows of what is counted within reach: which, and in what order; for the table and for files. */
import type { AreaProperties } from '../../../base/network/reach/isochrone-api.ts';
import { orderGroups } from '../../i18n/population-group.ts';

/** Population groups: all persons, then by age. */
export function listGroups(bands: readonly AreaProperties[]): string[] {
  const last = bands.at(-1);
  if (last === undefined) return [];
  return orderGroups(Object.keys(last.persons));
}

/** Kinds of facilities within the largest limit, the commonest first. */
export function listKinds(bands: readonly AreaProperties[]): string[] {
  const last = bands.at(-1);
  if (last === undefined) return [];
  return Object.entries(last.facilities)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([kind]) => kind);
}
