/**
 * dead-ends: ends of streets that one can drive (断头路): vertices of the drivable network where one edge ends, away from the border of the city.
 *
 * What meets at an end is told on all that can be driven, service roads too: a street that goes on as a lane of a car park is not dead. The street that
 * ends must be of the classes asked for. Ends within `borderM` of the city's border are where the map was cut, and count nowhere; so do ends outside the city.
 * With `leastM` only ends that lie at least so far from the last junction count. Quality `proxy`. Cost: linear in edges.
 */
import { NoteBook } from '../../core/note.ts';
import type { Network } from '../../engine/graph/network/network.ts';
import { buildGridIndex } from '../../engine/spatial/grid-index.ts';
import { distanceM, metresPerDegree } from '../../engine/spatial/measure.ts';
import type { CityData } from '../city/city-data.ts';
import { perNeeds } from './count-needs.ts';
import type { DeadEndsParams } from './count-params.ts';
import { deadEndsParams } from './count-params.ts';
import { divide, noteArea } from './divide.ts';
import type { Legs } from './network-ends.ts';
import { countLegs, edgesAt } from './network-ends.ts';
import { defineOperator } from './operator.ts';
import { perByPlace, sumWithin, withinOf } from './per-place.ts';
import { missingStreets } from './quantities.ts';

const BORDER_STEP_M = 10;

/** Whether a point (degrees) lies within `borderM` of the border of the city. */
function borderTest({ tree, snapshot: { place: { shapes } } }: CityData, borderM: number): (lon: number, lat: number) => boolean {
  const [x, y] = [[] as number[], [] as number[]];
  for (const place of tree.ofLevel('city')) {
    for (let part = place === 0 ? 0 : shapes.shapeEnds[place - 1]; part < shapes.shapeEnds[place]; part++) {
      for (let v = (part === 0 ? 0 : shapes.partEnds[part - 1]) + 1; v < shapes.partEnds[part]; v++) {
        const [x0, y0, x1, y1] = [...shapes.verticesE7.subarray(2 * v - 2, 2 * v + 2)].map((e7) => e7 / 1e7);
        const steps = Math.max(1, Math.ceil(distanceM(x0, y0, x1, y1) / BORDER_STEP_M));
        for (let k = 0; k < steps; k++) {
          x.push(x0 + ((x1 - x0) * k) / steps);
          y.push(y0 + ((y1 - y0) * k) / steps);
        }
      }
    }
  }
  const index = buildGridIndex(x, y);
  return (lon, lat) => {
    const degree = metresPerDegree(lat);
    const [dx, dy] = [(1.001 * borderM) / degree.lon, (1.001 * borderM) / degree.lat];
    let isNear = false;
    index.search(lon - dx, lat - dy, lon + dx, lat + dy, (i) => {
      if (!isNear) isNear = distanceM(lon, lat, x[i], y[i]) <= borderM;
    });
    return isNear;
  };
}

/** Metres from an end to the first vertex where three or more meet; the whole of a street without one. */
function lengthToJunction({ edge }: Network, { count }: Legs, { first, list }: ReturnType<typeof edgesAt>, end: number): number {
  let [vertex, before, mm] = [end, -1, 0];
  do {
    let next = -1;
    for (let k = first[vertex]; k < first[vertex + 1] && next < 0; k++) if (list[k] !== before) next = list[k];
    if (next < 0) break;
    mm += edge.lengthMm[next];
    vertex = edge.from[next] === vertex ? edge.to[next] : edge.from[next];
    before = next;
  } while (count[vertex] === 2 && vertex !== end);
  return mm / 1000;
}

export const deadEnds = defineOperator<DeadEndsParams>({
  id: 'dead-ends',
  title: { zh: '断头路', en: 'Dead ends' },
  params: deadEndsParams,
  needs: ({ per }) => ['place', 'network', ...perNeeds(per?.by, per?.group)],
  run(city, { classes, leastM, borderM, per }) {
    const { network } = city;
    if (network === undefined) return missingStreets();
    const legs = countLegs(network, 'drive');
    const at = edgesAt(network, legs.edge);
    const wanted = new Set(classes);
    const isNearBorder = borderTest(city, borderM);
    const points: number[] = [];
    legs.count.forEach((count, v) => {
      if (count !== 1 || !wanted.has(network.meta.classes[network.edge.streetClass[at.list[at.first[v]]]])) return;
      const [x, y] = [network.vertex.e7[2 * v], network.vertex.e7[2 * v + 1]];
      if (isNearBorder(x / 1e7, y / 1e7) || (leastM > 0 && lengthToJunction(network, legs, at, v) < leastM)) return;
      points.push(x, y);
    });
    const e7 = Int32Array.from(points);
    const byPlace = sumWithin(city, city.tree.locate(e7), new Float64Array(points.length / 2).fill(1), withinOf(city, per?.by));
    const notes = new NoteBook();
    if (per === undefined) return { value: byPlace, numerator: byPlace, quality: 'proxy', detail: { points: e7 } };
    const divisor = perByPlace(city, per);
    if ('missing' in divisor) return divisor;
    noteArea(city, per.by, notes);
    return divide({ of: { byPlace, quality: 'proxy', detail: { points: e7 } }, per: { byPlace: divisor }, unit: per.unit, times: 1, quality: 'proxy' }, notes);
  },
});
