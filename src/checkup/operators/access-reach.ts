/**
 * Sums between residents and what they can reach, both ways: what each resident reaches (forward), and what reaches each opportunity (backward). All operators
 * of access are made of these two.
 *
 * Facilities are searched one by one (access-pairs.ts). Jobs and persons, of which there are as many as residents, are summed by the engine's
 * sweeps (graph/reach/reach-sums.ts). Backward sums of those run on the graph turned round; where that is another graph (one-way streets, slopes) ways along
 * the street that both lie on are then left out in both directions, so that what is given out is what arrives.
 *
 * A limit is inclusive; a table of weights by cost ends where it ends (graph/reach/decay.ts).
 */
import type { NoteBook } from '../../core/note.ts';
import type { WorkContext } from '../../core/progress.ts';
import type { Hierarchy } from '../../engine/graph/hierarchy/hierarchy.ts';
import { buildHierarchy, reverseHierarchy } from '../../engine/graph/hierarchy/hierarchy.ts';
import type { Decay } from '../../engine/graph/reach/decay.ts';
import { buildDecayTable } from '../../engine/graph/reach/decay.ts';
import { sumReachable } from '../../engine/graph/reach/reach-sums.ts';
import type { SearchGraph } from '../../engine/graph/search/search-graph.ts';
import { reverseGraph } from '../../engine/graph/search/search-graph.ts';
import type { PointLinks } from '../../engine/graph/travel/point-links.ts';
import type { TravelGraph } from '../../engine/graph/travel/travel-graph.ts';
import type { CityData } from '../city/city-data.ts';
import { jobLinks, populationLinks, travelFor, travelKey } from '../city/street-access.ts';
import { FacilityPairs, FacilitySearch, residentLists } from './access-pairs.ts';
import type { Supply } from './access-supply.ts';
import type { Missing } from './missing-reasons.ts';
import { missingReason } from './missing-reasons.ts';
import type { Impedance, Reach } from './impedance.ts';
import { weightAt } from './impedance.ts';
import { meanReached, openSquareReach } from './square-reach.ts';

export interface Cutoff {
  readonly mode: 'walk' | 'bike' | 'drive';
  readonly minutes?: number | undefined;
  readonly metres?: number | undefined;
}

/** Costs of a minute, or of a kilometre where the cut-off is in metres. */
export const UNIT_COSTS = { s: 60, mm: 1_000_000 } as const;

/** The whole cost of a cut-off: seconds or millimetres. */
export function cutoffCost({ minutes, metres }: Cutoff): number {
  return Math.floor(metres === undefined ? (minutes ?? 0) * 60 : metres * 1000);
}

export function travelOf(city: CityData, { mode, metres }: Cutoff): TravelGraph | undefined {
  return travelFor(city, mode, metres === undefined ? 's' : 'mm');
}

export function missingStreets(): Missing {
  return missingReason('no-data', { zh: '没有道路数据，无法沿路网计算。', en: 'There are no streets to travel along.' }, { zh: '含道路的 OSM 文件（.osm.pbf）', en: 'an OSM extract with streets (.osm.pbf)' });
}

/** The impedance of a decay (none: all the same) within a cut-off. */
export function impedanceOf(decay: Decay | undefined, cutoff: Cutoff): Impedance {
  if (decay === undefined || decay.kind === 'step') return { limit: cutoffCost(cutoff) };
  if (cutoff.metres === undefined) return { table: buildDecayTable(decay, cutoff.minutes ?? 0, UNIT_COSTS.s) };
  return { table: byMillimetre(buildDecayTable(decay, cutoff.metres / 1000, 1000)) };
}

/** Weights by whole metre as weights by millimetre: those of metre m from m − ½ to m + ½. A curve evaluated for each of five million costs would take a second. */
function byMillimetre(metres: Float64Array): Float64Array {
  const table = new Float64Array(Math.max(0, 1000 * metres.length - 500));
  metres.forEach((weight, m) => table.fill(weight, Math.max(0, 1000 * m - 500), 1000 * m + 500));
  return table;
}

/** How opportunities are tied to residents, for costs up to `limit`. */
export function openReach(city: CityData, travel: TravelGraph, supply: Supply, limit: number, notes: NoteBook, context: WorkContext = {}): Reach {
  const residents = populationLinks(city, travel);
  if (supply.of === 'facilities') {
    const doors = supply.doors(travel);
    return pairReach(new FacilityPairs(new FacilitySearch(travel, residents, residentLists(city, travel), doors, limit), doors.count), residents.count, doors.count, context);
  }
  const opportunities = supply.of === 'jobs' ? jobLinks(city, travel) : residents;
  const reached = meanReached(travel, residents, limit);
  if (residents.count * reached <= MOST_SWEPT) return sweepReach(city, travel, residents, opportunities, limit, context);
  const { reach, sideM } = openSquareReach(travel, city.snapshot.population.pointE7, residents, opportunities, limit, reached, context);
  notes.add('info', 'checkup/by-squares', { zh: `城市较大，居民按边长 ${sideM} 米的方格合并计算。`, en: `The city is large: residents were put together in squares of ${sideM} m.` });
  return reach;
}

/** Pairs of origin and node that sweeps still do in some 20 s (1 ns each where the hierarchy is good). */
const MOST_SWEPT = 2e10;

function pairReach(pairs: FacilityPairs, residents: number, facilities: number, context: WorkContext): Reach {
  return {
    forward(weights, impedance) {
      const sums = new Float64Array(residents);
      pairs.each((f, point, cost, count) => {
        for (let i = 0; i < count; i++) sums[point[i]] += weights[f] * weightAt(impedance, cost[i]);
      }, context);
      return sums;
    },
    backward(weights, impedance) {
      const sums = new Float64Array(facilities);
      pairs.each((f, point, cost, count) => {
        let sum = 0;
        for (let i = 0; i < count; i++) sum += weights[point[i]] * weightAt(impedance, cost[i]);
        sums[f] = sum;
      }, context);
      return sums;
    },
    forwardLimits(weights, limits) {
      const sums = limits.map(() => new Float64Array(residents));
      pairs.each((f, point, cost, count) => {
        for (let i = 0; i < count; i++) {
          for (let l = limits.length - 1; l >= 0 && cost[i] <= limits[l]; l--) sums[l][point[i]] += weights[f];
        }
      }, context);
      return sums;
    },
  };
}

/** Bounds of hierarchies, so that questions of 12 and 15 minutes share one. */
const BOUNDS = { s: [900, 1800, 2700, 3600, 5400, 7200, 14_400], mm: [1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000, 50_000_000, 100_000_000] } as const;

/** A travel graph ready for sums up to a limit; its hierarchy is made once a run for each bound. */
export function reachEngine(city: CityData, travel: TravelGraph, limit: number, context: WorkContext): { graph: SearchGraph; hierarchy: Hierarchy } {
  const { unit } = travel.meta.profile;
  const bound = BOUNDS[unit].find((each) => each >= limit) ?? limit;
  return { graph: travel.graph, hierarchy: city.memo(`access/hierarchy/${travelKey(travel)}/${bound}`, () => buildHierarchy(travel.graph, { bound }, context)) };
}

function sweepReach(city: CityData, travel: TravelGraph, residents: PointLinks, opportunities: PointLinks, limit: number, context: WorkContext): Reach {
  const { hierarchy } = reachEngine(city, travel, limit, context);
  const direct = travel.graph.symmetric ? { travel } : {};
  const ask = (impedance: Impedance) => ('limit' in impedance ? { limits: [impedance.limit] } : { decays: [impedance.table] });
  return {
    forward: (weights, impedance) => sumReachable({ graph: travel.graph, hierarchy }, { origins: residents, opportunities, weights: [weights], ...ask(impedance), ...direct }, context).sums[0][0],
    backward: (weights, impedance) => sumReachable(
      { graph: reverseGraph(travel.graph), hierarchy: reverseHierarchy(hierarchy) },
      { origins: turned(opportunities), opportunities: turned(residents), weights: [weights], ...ask(impedance), ...direct }, context,
    ).sums[0][0],
    forwardLimits: (weights, limits) => [...sumReachable({ graph: travel.graph, hierarchy }, { origins: residents, opportunities, weights: [weights], limits, ...direct }, context).sums[0]],
  };
}

/** Points as those who go the other way see them. */
function turned(links: PointLinks): PointLinks {
  const { firstOut, outNode, outCost, firstIn, inNode, inCost } = links;
  return { ...links, firstOut: firstIn, outNode: inNode, outCost: inCost, firstIn: firstOut, inNode: outNode, inCost: outCost };
}
