/**
 * Level of traffic stress for riders, 1 … 4, after Mekuria, Furth & Nixon (2012, MTI report 11-19) in the short form that OSM tags
 * allow and that R5 uses: without cars 1; quiet streets 1; a lane on a street that is neither wide nor fast 2; any other lane 3;
 * mixed with traffic on unclassified and tertiary streets 2 where slow and narrow, else 3; all else 4.
 */
import type { Tags } from './tags.ts';
import { firstValue } from './access-values.ts';
import { parseSpeedKmh } from './drive.ts';

/** 25 mph, the bound of the report's tables, in km/h with a margin for rounding. */
const SLOW_KMH = 41;
const NARROW_LANES = 3;
const LANES_FOR_RIDERS = new Set(['lane', 'track', 'opposite_lane', 'opposite_track', 'share_busway', 'shared_lane', 'buffered_lane', 'separate']);
const QUIET = new Set(['residential', 'living_street', 'service', 'pedestrian', 'track']);

export function trafficStress(tags: Tags, highway: string, carsMay: boolean): number {
  if (!carsMay) return 1;
  const lanes = Number(tags['lanes'] ?? NaN);
  const kmh = parseSpeedKmh(tags['maxspeed']);
  const beside = ['cycleway', 'cycleway:left', 'cycleway:right', 'cycleway:both'].map((key) => firstValue(tags[key] ?? ''));
  if (beside.some((value) => value === 'track' || value === 'opposite_track')) return 1;
  const slow = (kmh ?? (QUIET.has(highway) ? 0 : 50)) <= SLOW_KMH;
  const narrow = !(lanes > NARROW_LANES);
  if (QUIET.has(highway)) return slow && narrow ? 1 : 3;
  if (beside.some((value) => LANES_FOR_RIDERS.has(value))) return slow && narrow ? 2 : 3;
  if ((highway === 'unclassified' || highway.startsWith('tertiary') || highway === 'road') && kmh !== undefined) return slow && narrow ? 2 : 4;
  return highway === 'unclassified' ? 3 : 4;
}
