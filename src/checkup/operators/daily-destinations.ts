/**
 * The destinations of the Global Healthy and Sustainable City Indicators (standards §7.2) as this base has them: which population points reach each.
 *
 * - fresh food: 菜市场或生鲜超市 (markets, supermarkets, greengrocers, butchers, fish, delicatessen). GHSCI counts bakeries too; here they are among other
 *   neighbourhood shops and are not told apart.
 * - convenience: convenience stores, kiosks, newsagents.
 * - transit: any stop; with 30 or 20 minutes only those of a timetable served so often.
 * - open space: parks, squares and playgrounds open to all, from their entrances or border; `large` from 1.5 ha.
 */
import type { CityData } from '../city/city-data.ts';
import { missingFacilities } from './missing-reasons.ts';
import { anyReached } from './facility-reached.ts';
import type { DailyAccessParams, ReachMeasure } from './living-params.ts';
import type { Missing } from './missing-reasons.ts';
import type { DataNeed } from './operator.ts';
import { reachSpots } from './points-reached.ts';
import { transitNeeds } from './transit-access.ts';
import { stopSpots } from './transit-stops.ts';

export type Destination = DailyAccessParams['destination'];

const LARGE_M2 = 15_000;
const KINDS: Readonly<Partial<Record<Destination, readonly string[]>>> = { 'fresh-food': ['market'], convenience: ['convenience-store'], 'open-space': ['park', 'square', 'playground'], 'open-space-large': ['park', 'square', 'playground'] };
const HEADWAYS: Readonly<Partial<Record<Destination, number>>> = { 'transit-30': 30, 'transit-20': 20 };

export interface DestinationReach {
  /** By population point. */
  readonly reached: Uint8Array;
  readonly quality: 'measured' | 'proxy';
}

/** Streets must be there for `walk`. */
export function reachDestination(city: CityData, destination: Destination, metres: number, measure: ReachMeasure): DestinationReach | Missing {
  const kinds = KINDS[destination];
  if (kinds !== undefined) {
    const found = anyReached(city, kinds.map((kind) => ({ kind, radiusM: metres, along: measure === 'walk', ...(destination === 'open-space-large' && { leastM2: LARGE_M2 }) })));
    if (found === undefined) return missingFacilities(kinds);
    return { reached: found.reached, quality: found.count > 0 && found.registered >= 0.9 * found.count ? 'measured' : 'proxy' };
  }
  const stops = stopSpots(city, HEADWAYS[destination]);
  if ('missing' in stops) return stops;
  return city.memo(`daily/${destination}/${metres}/${measure}`, () => ({ reached: reachSpots(city, stops.allE7, metres, measure), quality: stops.quality }));
}

export function destinationNeeds(destination: Destination, measure: ReachMeasure): DataNeed[] {
  const kinds = KINDS[destination];
  if (kinds === undefined) return transitNeeds(measure);
  return ['place', ...kinds.map((kind): DataNeed => `facility:${kind}`), ...(measure === 'walk' ? (['network'] as const) : [])];
}
