/**
 * intersection-density: junctions of a mode's streets ÷ area, per km² (GHSCI: ≥ 3 legs, junctions within 12 m are one).
 *
 * Vertices of the network where at least so many streets meet; those closer than `mergeM` are joined (single linkage: the four crossings of two dual
 * carriageways are one) and stand at their middle. Units are cut along streets, so a junction often lies on a border: it is looked up 3 m to four sides, a
 * quarter each. Numerator: junctions. Denominator: km². Quality `proxy`. Cost: n log n; 30 bytes a junction.
 */
import { NoteBook } from '../../core/note.ts';
import { metresPerDegree } from '../../engine/spatial/measure.ts';
import type { IntersectionDensityParams } from './count-params.ts';
import { intersectionDensityParams } from './count-params.ts';
import { divide, noteArea } from './divide.ts';
import { joinNear } from './join-near.ts';
import { countLegs } from './network-ends.ts';
import { defineOperator } from './operator.ts';
import { areaByPlace, sumWithin, withinOf } from './per-place.ts';
import { missingStreets } from './quantities.ts';

const ASIDE_M = 3;

/** Middles of joined junctions, degrees. */
function joinJunctions(lon: readonly number[], lat: readonly number[], mergeM: number): { lon: number[]; lat: number[] } {
  if (mergeM === 0) return { lon: [...lon], lat: [...lat] };
  const group = joinNear(lon, lat, mergeM);
  const count = group.reduce((most, each) => Math.max(most, each + 1), 0);
  const [x, y, n] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  group.forEach((g, i) => {
    x[g] += lon[i];
    y[g] += lat[i];
    n[g]++;
  });
  return { lon: Array.from(x, (sum, g) => sum / n[g]), lat: Array.from(y, (sum, g) => sum / n[g]) };
}

export const intersectionDensity = defineOperator<IntersectionDensityParams>({
  id: 'intersection-density',
  title: { zh: '交叉口密度', en: 'Intersection density' },
  params: intersectionDensityParams,
  needs: ({ per }) => ['place', 'network', ...(per === 'place-area' ? [] : (['land-use', 'population:total'] as const))],
  run(city, { mode, leastLegs, mergeM, per }) {
    const { network } = city;
    if (network === undefined) return missingStreets();
    const { count } = countLegs(network, mode);
    const [x, y] = [[] as number[], [] as number[]];
    count.forEach((legs, v) => {
      if (legs < leastLegs) return;
      x.push(network.vertex.e7[2 * v] / 1e7);
      y.push(network.vertex.e7[2 * v + 1] / 1e7);
    });
    const { lon, lat } = joinJunctions(x, y, mergeM);
    const points = new Int32Array(8 * lon.length);
    lon.forEach((at, i) => {
      const degree = metresPerDegree(lat[i]);
      [[1, 1], [1, -1], [-1, 1], [-1, -1]].forEach(([east, north], k) => {
        points[8 * i + 2 * k] = Math.round((at + (east * ASIDE_M) / degree.lon) * 1e7);
        points[8 * i + 2 * k + 1] = Math.round((lat[i] + (north * ASIDE_M) / degree.lat) * 1e7);
      });
    });
    const byPlace = sumWithin(city, city.tree.locate(points), new Float64Array(4 * lon.length).fill(0.25), withinOf(city, per));
    const area = areaByPlace(city, per);
    if ('missing' in area) return area;
    const notes = new NoteBook();
    noteArea(city, per, notes);
    return divide({ of: { byPlace, n: byPlace, quality: 'proxy' }, per: { byPlace: area }, unit: 1e6, times: 1, quality: 'proxy' }, notes);
  },
});
