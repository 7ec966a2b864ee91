/**
 * Level of traffic stress for riders, 1 (calm) … 4, after Mekuria, Furth & Nixon (2012, MTI report 11-19) in R5's form: what OSM's tags can tell.
 *
 * | street | level |
 * |---|---|
 * | a tag `lts` | that |
 * | no cars | 1 |
 * | residential, living street, service | 1 |
 * | unclassified, tertiary | 2 with a lane for riders, or of at most 3 lanes and either 25 mph or no limit said; else 3 |
 * | any other with a lane for riders | 2 where of at most 3 lanes and 25 mph, else 3 |
 * | all others | 4 |
 *
 * Then riders bear at a junction without signals what its worst street has: each edge takes the highest level met at its ends.
 */
import type { Tags } from './tags.ts';
import { firstValue } from './access-values.ts';
import { parseSpeedKmh } from './drive.ts';

/** 25 mph. */
const SLOW_KMH = 40.25;
const NARROW_LANES = 3;
const CALM = new Set(['residential', 'living_street', 'service']);
const MIDDLING = new Set(['unclassified', 'tertiary', 'tertiary_link']);

function hasLane(tags: Tags): boolean {
  const [both, left, right] = [tags['cycleway'], tags['cycleway:left'], tags['cycleway:right']].map((value) => firstValue(value ?? ''));
  return both === 'lane' || firstValue(tags['cycleway:both'] ?? '') === 'lane' || left === 'lane' || right === 'lane' || both === 'opposite_lane';
}

/** Level of the street itself. `carsMay`: whether cars may go either way. */
export function streetStress(tags: Tags, highway: string, carsMay: boolean): number {
  const said = statedStress(tags);
  if (said > 0) return said;
  if (!carsMay || CALM.has(highway)) return 1;
  const lanes = tags['lanes'] === undefined ? 0 : Number(tags['lanes']);
  const narrow = !(lanes > NARROW_LANES);
  const kmh = parseSpeedKmh(tags['maxspeed']);
  const slow = narrow && kmh !== undefined && kmh <= SLOW_KMH ? 2 : 3;
  if (hasLane(tags)) return MIDDLING.has(highway) ? 2 : slow;
  return MIDDLING.has(highway) ? (narrow && kmh === undefined ? 2 : slow) : 4;
}

/** A level given by hand, 0 for none: no junction changes it, nor does it change others. */
export function statedStress(tags: Tags): number {
  const said = Number(tags['lts']);
  return Number.isInteger(said) && said >= 1 && said <= 4 ? said : 0;
}
