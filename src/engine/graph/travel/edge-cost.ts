/**
 * What it costs to travel an edge in each direction, and whether one may.
 *
 * A *half-edge* is an edge in one direction: edge × 2, + 1 against the edge. All arrays here are by half-edge.
 *
 * Time is length / speed, rounded up to whole seconds for each edge and at least 1 s, as R5 does, so that a sum over edges is a
 * sum of integers and does not depend on where contraction cuts a chain. A part of an edge is rounded down (R5 too): the
 * two parts of an edge never cost more than the edge, and at most two seconds less.
 *
 * Slope, walking and riding alike, as in R5: the level seconds and the share of them that Tobler's function adds or saves on this
 * edge in this direction (vertex-elevation.ts), rounded.
 *
 * Seconds lost at a vertex (a gate, an elevator) are halved, rounded up, between the edges that meet there: whoever passes pays both
 * halves, each direction alike, so that a walking graph stays symmetric.
 */
import type { Network } from '../network/network.ts';
import { PASS } from '../network/network.ts';
import type { TravelProfile } from './profile.ts';
import { ON_FOOT_KMH } from './profile.ts';
import { MAX_COST, UNREACHED } from '../search/search-graph.ts';

/** How a half-edge may be used. */
export const USE = { none: 0, through: 1, local: 2 } as const;

/** Whether and how fast each half-edge is used by a profile; made once, asked for single edges afterwards too. */
export interface EdgeCosting {
  /** USE of a half-edge. */
  use(half: number): number;
  /** Cost of the whole half-edge; UNREACHED where it may not be used. */
  cost(half: number): number;
  /** Cost from a point `mm` before the half-edge's end to that end, without off-network ways. */
  leaving(half: number, mm: number): number;
  /** Cost from the half-edge's start to a point `mm` after it. */
  entering(half: number, mm: number): number;
  /** Cost between two points of the half-edge `mm` apart: ⌊mm · 36 / divisor · share⌋. */
  within(half: number, mm: number): number;
  /** What `within` works with, for whoever asks for millions of pairs: 36 and 1 where costs are millimetres. */
  divisor(half: number): number;
  share(half: number): number;
}

/** Seconds that `mm` take at `kmh`, not rounded. 36 and 10,000 rather than 3.6 keep whole seconds whole: 3.6 km/h is 36,000. */
function seconds(mm: number, kmh: number): number {
  return (mm * 36) / (kmh * 10_000);
}

/** Cost of `mm` off the network: at the mode's speed, for drivers on foot. */
export function offNetworkCost({ mode, unit, speedKmh }: TravelProfile, mm: number): number {
  return unit === 'mm' ? mm : Math.floor(seconds(mm, mode === 'drive' ? ON_FOOT_KMH : speedKmh));
}

/** Whether and how fast half-edges may be used, before costs: permissions, stress and speeds. */
function usage({ edge }: Network, { mode, speedKmh, maxStress, local }: TravelProfile): { use: (half: number) => number; kmh: (half: number) => number } {
  const through = PASS[mode];
  const localBit = { walk: PASS.walkLocal, bike: PASS.bikeLocal, drive: PASS.driveLocal }[mode];
  const bitsOf = (half: number): number => ((half & 1) === 0 ? edge.forward : edge.backward)[half >>> 1];
  // both bits: open, but reached over local streets only; where trips may end on those, it is one of them
  const byPass = (bits: number, all: number, some: number): number => (local === 'ends' && (bits & some) !== 0 ? USE.local : (bits & all) !== 0 ? USE.through : USE.none);
  if (mode === 'walk') return { use: (half) => byPass(bitsOf(half), through, localBit), kmh: () => speedKmh };
  if (mode === 'drive') {
    const { driveKmh } = edge;
    return {
      use: (half) => (driveKmh[half >>> 1] === 0 ? USE.none : byPass(bitsOf(half), through, localBit)),
      kmh: (half) => (speedKmh === 0 ? driveKmh[half >>> 1] : Math.min(speedKmh, driveKmh[half >>> 1])),
    };
  }
  const rides = (half: number): number => ((bitsOf(half) & PASS.pushBike) !== 0 || edge.stress[half >>> 1] > maxStress ? USE.none : byPass(bitsOf(half), through, localBit));
  const pushes = (bits: number): number => byPass(bits, PASS.walk | PASS.pushBike, PASS.walkLocal);
  return { use: (half) => rides(half) || pushes(bitsOf(half)), kmh: (half) => (rides(half) === USE.none ? Math.min(ON_FOOT_KMH, speedKmh) : speedKmh) };
}

export function edgeCosting(network: Network, profile: TravelProfile): EdgeCosting {
  const { edge, vertex, meta } = network;
  const { mode, unit } = profile;
  const isR5 = meta.measure === 'r5';
  const { slopeForward, slopeBackward } = edge;
  const sloped = profile.slope && slopeForward !== undefined && slopeBackward !== undefined && mode !== 'drive';
  const delayed = mode !== 'drive' && unit === 's';
  const { use, kmh } = usage(network, profile);
  const delayAt = (v: number): number => (delayed ? (vertex.delayS[v] + 1) >>> 1 : 0);
  const start = (half: number): number => ((half & 1) === 0 ? edge.from : edge.to)[half >>> 1];
  const end = (half: number): number => ((half & 1) === 0 ? edge.to : edge.from)[half >>> 1];

  /** What slopes add to a second on the level. */
  const slopeShare = (half: number): number => (sloped ? ((half & 1) === 0 ? slopeForward : slopeBackward)[half >>> 1] : 0);

  function whole(half: number): number {
    const level = Math.max(1, Math.ceil(seconds(edge.lengthMm[half >>> 1], kmh(half))));
    return Math.max(1, level + Math.round(level * slopeShare(half)));
  }

  // R5 walks parts of edges as if they were level, so that the last of them may cost more than the whole
  const part = (half: number, mm: number): number => (unit === 'mm' ? mm : Math.floor(seconds(mm, kmh(half)) * (isR5 ? 1 : 1 + slopeShare(half))));
  return {
    use,
    cost: (half) => {
      if (use(half) === USE.none) return UNREACHED;
      const cost = unit === 'mm' ? edge.lengthMm[half >>> 1] : whole(half) + delayAt(start(half)) + delayAt(end(half));
      return cost > MAX_COST ? UNREACHED : cost;
    },
    // R5 starts with whole metres; at 3.6 km/h this is the same
    leaving: (half, mm) => part(half, isR5 && unit === 's' ? mm - (mm % 1000) : mm) + delayAt(end(half)),
    entering: (half, mm) => delayAt(start(half)) + part(half, mm),
    within: part,
    divisor: (half) => (unit === 'mm' ? 36 : kmh(half) * 10_000),
    share: (half) => (unit === 'mm' || isR5 ? 1 : 1 + slopeShare(half)),
  };
}
