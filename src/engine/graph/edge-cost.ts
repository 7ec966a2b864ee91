/**
 * What it costs to travel an edge in each direction, and whether one may.
 *
 * A *half-edge* is an edge in one direction: edge × 2, + 1 against the edge. All arrays here are by half-edge.
 *
 * Time is length / speed, rounded up to whole seconds for each edge as R5 does, so that a sum over edges is a sum of
 * integers and does not depend on where contraction cuts a chain. A part of an edge is rounded down (R5 too): the
 * two parts of an edge never cost more than the edge, and at most two seconds less.
 *
 * Slope, walking: Tobler's hiking function (W. Tobler, Three presentations on geographical analysis and modeling, NCGIA 93-1,
 * 1993), speed ∝ exp(−3.5 · |rise/run + 0.05|), scaled so that level ground has the profile's own speed; it is
 * fastest at 5 % downhill. Riding: on average 1.44 km/h slower for each per cent up and 0.86 km/h faster for each per cent
 * down, of 21.6 km/h on the level (J. Parkin & J. Rotheram, Transport Policy 17, 2010), never slower than pushing, never
 * more than 1.4 times as fast. Slopes over 50 % are errors of the raster and count as 50 %. Rises are between an edge's two
 * vertices: a bridge or a tunnel is taken as straight between its ends.
 *
 * Seconds lost at a vertex (a gate, an elevator) are halved, rounded up, between the edges that meet there: whoever passes pays both
 * halves, each direction alike, so that a walking graph stays symmetric.
 */
import type { Network } from './network.ts';
import { PASS } from './network.ts';
import type { TravelProfile } from './profile.ts';
import { ON_FOOT_KMH } from './profile.ts';
import { MAX_COST, UNREACHED } from './search-graph.ts';

/** How a half-edge may be used. */
export const USE = { none: 0, through: 1, local: 2 } as const;

const STEEPEST = 0.5;

/** Speed on a slope of `rise` per unit of length, as a multiple of that on the level. */
export function walkingPace(rise: number): number {
  const slope = Math.max(-STEEPEST, Math.min(STEEPEST, rise));
  return Math.exp(-3.5 * (Math.abs(slope + 0.05) - 0.05));
}

/** Rider's speed on a slope as a multiple of that on the level; not yet limited to pushing. */
export function ridingPace(rise: number): number {
  const percent = 100 * rise;
  return percent > 0 ? 1 - (percent * 1.44) / 21.6 : Math.min(1.4, 1 - (percent * 0.86) / 21.6);
}

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
  /** Cost between two points of the half-edge `mm` apart. */
  within(half: number, mm: number): number;
}

/** Seconds that `mm` take at `kmh`, not rounded. 36 and 10,000 rather than 3.6 keep whole seconds whole: 3.6 km/h is 36,000. */
function seconds(mm: number, kmh: number): number {
  return (mm * 36) / (kmh * 10_000);
}

/** Cost of `mm` off the network: at the mode's speed, for drivers on foot. */
export function offNetworkCost({ mode, unit, speedKmh }: TravelProfile, mm: number): number {
  return unit === 'mm' ? mm : Math.floor(seconds(mm, mode === 'drive' ? ON_FOOT_KMH : speedKmh));
}

export function edgeCosting({ edge, vertex, meta }: Network, profile: TravelProfile): EdgeCosting {
  const { mode, unit, speedKmh, maxStress, local } = profile;
  const sloped = profile.slope && meta.elevation;
  const through = PASS[mode];
  const localBit = { walk: PASS.walkLocal, bike: PASS.bikeLocal, drive: PASS.driveLocal }[mode];
  const bitsOf = (half: number): number => ((half & 1) === 0 ? edge.forward : edge.backward)[half >>> 1];
  const delayed = mode !== 'drive' && unit === 's';
  const delayAt = (v: number): number => (delayed ? (vertex.delayS[v] + 1) >>> 1 : 0);
  const start = (half: number): number => ((half & 1) === 0 ? edge.from : edge.to)[half >>> 1];
  const end = (half: number): number => ((half & 1) === 0 ? edge.to : edge.from)[half >>> 1];
  const byPass = (bits: number, all: number, some: number): number => ((bits & all) !== 0 ? USE.through : local && (bits & some) !== 0 ? USE.local : USE.none);
  const stressful = (half: number): boolean => edge.stress[half >>> 1] > maxStress;
  const rides = (half: number): boolean => (bitsOf(half) & PASS.pushBike) === 0 && !stressful(half);

  function use(half: number): number {
    const bits = bitsOf(half);
    if (mode === 'drive' && edge.driveKmh[half >>> 1] === 0) return USE.none;
    const own = byPass(bits, through, localBit);
    if (mode !== 'bike' || rides(half)) return own;
    // along stressful streets a rider is a walker; elsewhere pushing is allowed where the bit says so
    if (stressful(half)) return byPass(bits, PASS.walk, PASS.walkLocal);
    return own === USE.none ? USE.through : own;
  }

  function kmh(half: number): number {
    const e = half >>> 1;
    if (mode === 'drive') return speedKmh === 0 ? edge.driveKmh[e] : Math.min(speedKmh, edge.driveKmh[e]);
    const pushing = mode === 'bike' && !rides(half);
    const level = pushing ? Math.min(ON_FOOT_KMH, speedKmh) : speedKmh;
    if (!sloped || edge.lengthMm[e] === 0) return level;
    const rise = ((vertex.elevationDm[end(half)] - vertex.elevationDm[start(half)]) * 100) / edge.lengthMm[e];
    if (mode === 'walk' || pushing) return level * walkingPace(rise);
    return Math.max(speedKmh * ridingPace(rise), Math.min(ON_FOOT_KMH, speedKmh) * walkingPace(rise));
  }

  const part = (half: number, mm: number): number => (unit === 'mm' ? mm : Math.floor(seconds(mm, kmh(half))));
  return {
    use,
    cost: (half) => {
      if (use(half) === USE.none) return UNREACHED;
      const mm = edge.lengthMm[half >>> 1];
      if (unit === 'mm') return mm > MAX_COST ? UNREACHED : mm;
      const cost = Math.ceil(seconds(mm, kmh(half))) + delayAt(start(half)) + delayAt(end(half));
      return cost > MAX_COST ? UNREACHED : cost;
    },
    leaving: (half, mm) => part(half, mm) + delayAt(end(half)),
    entering: (half, mm) => delayAt(start(half)) + part(half, mm),
    within: part,
  };
}
