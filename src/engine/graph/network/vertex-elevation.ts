/**
 * Heights of vertices, and what slopes cost along edges.
 *
 * Tobler's hiking function (1993): speed 1.2·exp(−3.5·|slope + 0.05|) of that on the level; its mean over the edge, by length, of the slopes between
 * samples every 10 m, up and down apart. So a street that goes over a hill costs more than one between the same heights on the flat. As R5 7.x
 * does it, whose published results with elevation come out: nearest cell, heights rounded to decimetres, shares kept in single precision.
 *
 * Memory: 8 bytes an edge.
 */
import type { NetworkArrays } from './network.ts';

/** Decimetres at a longitude and latitude in degrees, NaN where unknown. */
export type ElevationSource = (lon: number, lat: number) => number;

const SAMPLE_M = 10;
const METRES_PER_DEGREE = 111_111.111;
const RAD = Math.PI / 180;
/** Longest rest of an edge after its last sample that still counts as measured. */
const REST_M = 10.5;
/** A grid that jumps by houses makes cliffs of short edges: e to the fiftieth. This much is closed to anybody with a day to spare. */
const DEAREST = 10_000;

const heightDm = (elevation: ElevationSource, lon: number, lat: number): number => {
  const dm = Math.round(elevation(lon, lat));
  return Number.isNaN(dm) ? 0 : dm;
};

/** By vertex: whole decimetres, 0 where unknown. */
export function sampleVertices(e7: Int32Array, elevation: ElevationSource): Int32Array {
  const heights = new Int32Array(e7.length / 2);
  for (let v = 0; v < heights.length; v++) heights[v] = heightDm(elevation, e7[2 * v] / 1e7, e7[2 * v + 1] / 1e7);
  return heights;
}

/** Share of level time that slopes add (below 0: save) over heights in metres, SAMPLE_M apart, the last `restM` beyond. */
function addedShare(heights: Float64Array, count: number, lengthM: number, isBack: boolean): number {
  let time = 0;
  let length = 0;
  const add = (run: number, rise: number): void => {
    time += run * 1.2 * Math.exp(-3.5 * Math.abs(rise / run + 0.05));
    length += run;
  };
  for (let i = 1; i < count - 1; i++) add(SAMPLE_M, isBack ? heights[i - 1] - heights[i] : heights[i] - heights[i - 1]);
  const rest = lengthM - SAMPLE_M * (count - 2);
  const last = count - 1;
  if (rest >= 0 && rest <= REST_M) add(rest, isBack ? heights[last - 1] - heights[last] : heights[last] - heights[last - 1]);
  const share = 1 / (time / length) - 1;
  return Number.isFinite(share) ? Math.min(share, DEAREST) : 0;
}

export interface SlopeShares {
  readonly slopeForward: Float32Array;
  readonly slopeBackward: Float32Array;
}

/** By edge and direction: the share of the time on the level that slopes add for walkers. */
export function measureSlopes({ vertex, edge }: Pick<NetworkArrays, 'vertex' | 'edge'>, heightsDm: Int32Array, elevation: ElevationSource): SlopeShares {
  const { from, to, lengthMm, shapeEnds, shapeE7 } = edge;
  const [slopeForward, slopeBackward] = [new Float32Array(from.length), new Float32Array(from.length)];
  const longest = lengthMm.reduce((most, mm) => Math.max(most, mm), 0);
  // an edge is longer on the ellipsoid than by R5's degrees by 2 % at most
  const heights = new Float64Array(Math.ceil((longest / 1000 / SAMPLE_M) * 1.05) + 16);
  for (let e = 0; e < from.length; e++) {
    heights[0] = heightsDm[from[e]] / 10;
    let count = 1;
    if (lengthMm[e] >= SAMPLE_M * 1000) {
      let lon = vertex.e7[2 * from[e]] / 1e7;
      let lat = vertex.e7[2 * from[e] + 1] / 1e7;
      const cos = Math.cos(lat * RAD);
      const firstShape = e === 0 ? 0 : shapeEnds[e - 1];
      let next = SAMPLE_M;
      for (let i = firstShape; i <= shapeEnds[e]; i++) {
        const endLon = (i < shapeEnds[e] ? shapeE7[2 * i] : vertex.e7[2 * to[e]]) / 1e7;
        const endLat = (i < shapeEnds[e] ? shapeE7[2 * i + 1] : vertex.e7[2 * to[e] + 1]) / 1e7;
        const [dx, dy] = [endLon - lon, endLat - lat];
        const length = Math.sqrt((cos * dx) ** 2 + dy * dy) * METRES_PER_DEGREE;
        let rest = length;
        while (rest >= next && count < heights.length - 1) {
          const share = next / length;
          lon += dx * share;
          lat += dy * share;
          heights[count++] = heightDm(elevation, lon, lat) / 10;
          rest -= next;
          next = SAMPLE_M;
        }
        next -= rest;
        lon = endLon;
        lat = endLat;
      }
    }
    heights[count++] = heightsDm[to[e]] / 10;
    slopeForward[e] = addedShare(heights, count, lengthMm[e] / 1000, false);
    slopeBackward[e] = addedShare(heights, count, lengthMm[e] / 1000, true);
  }
  return { slopeForward, slopeBackward };
}
