/**
 * Whether units with much lie beside units with much (engine/statistics/autocorrelation.ts).
 *
 * Moran: the city's value is I over all units with a value; a unit's is its local I (their mean is the city's). Hot spots: a unit's value is Gi* as z, above 1.96 hot
 * and below −1.96 cold at 5 %; the city's is the per cent of units that are hot or cold. Neighbours are the nearest by centre, made mutual; weights of a unit
 * sum to 1 for Moran and are 1 each for Gi*. Units outside the built-up area are left out.
 */
import { NoteBook } from '../../core/note.ts';
import type { WorkContext } from '../../core/progress.ts';
import { hotSpots, localMoran, moran } from '../../engine/statistics/autocorrelation.ts';
import { nearestNeighbours, rowStandardised } from '../../engine/statistics/spatial-weights.ts';
import { metresPerDegree } from '../../engine/spatial/measure.ts';
import type { CityData } from '../city/city-data.ts';
import { insideM2 } from '../city/roll-up.ts';
import type { AutocorrelationParams } from './access-params.ts';
import { autocorrelationSchema } from './access-params.ts';
import { accessByPoint, accessNeeds } from './access-values.ts';
import { cutoffOf, finiteValues } from './inequality.ts';
import type { Missing } from './missing-reasons.ts';
import { missingOfLevel, missingPopulation } from './missing-reasons.ts';
import type { DataNeed, OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';
import { meanOverPersons } from './person-mean.ts';
import { personsByPlace } from './per-place.ts';

/** By place; NaN where none. */
function valuesByPlace(city: CityData, of: AutocorrelationParams['of'], context: WorkContext): { value: Float64Array; quality: 'measured' | 'proxy' } | Missing {
  if ('density' in of) {
    const persons = personsByPlace(city, of.density);
    if (persons === undefined) return missingPopulation(of.density);
    const ground = insideM2(city);
    return { value: persons.map((each, place) => (each * 1e6) / ground[place]), quality: 'measured' };
  }
  if ('share' in of) {
    const [all, part] = [personsByPlace(city, 'total'), personsByPlace(city, of.share)];
    if (all === undefined) return missingPopulation('total');
    if (part === undefined) return missingPopulation(of.share);
    return { value: all.map((each, place) => (each > 0 ? (100 * part[place]) / each : NaN)), quality: 'measured' };
  }
  const found = accessByPoint(city, of, context);
  return 'missing' in found ? found : { value: meanOverPersons(city, finiteValues(found, cutoffOf(of)), found.persons).value, quality: found.quality };
}

/** Centres of the places' boxes, metres in a plane around the first. */
function centres({ snapshot: { place: { shapes } } }: CityData, places: readonly number[]): { x: Float64Array; y: Float64Array } {
  const [x, y] = [new Float64Array(places.length), new Float64Array(places.length)];
  const start = (ends: Uint32Array, i: number): number => (i === 0 ? 0 : ends[i - 1]);
  places.forEach((place, i) => {
    const first = start(shapes.partEnds, start(shapes.shapeEnds, place));
    const end = shapes.shapeEnds[place] === 0 ? 0 : shapes.partEnds[shapes.shapeEnds[place] - 1];
    let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let v = first; v < end; v++) {
      west = Math.min(west, shapes.verticesE7[2 * v]);
      east = Math.max(east, shapes.verticesE7[2 * v]);
      south = Math.min(south, shapes.verticesE7[2 * v + 1]);
      north = Math.max(north, shapes.verticesE7[2 * v + 1]);
    }
    x[i] = (west + east) / 2e7;
    y[i] = (south + north) / 2e7;
  });
  const scale = metresPerDegree(y[0] ?? 0);
  return { x: x.map((lon) => lon * scale.lon), y: y.map((lat) => lat * scale.lat) };
}

const LEAST_UNITS = 8;

function runAutocorrelation(city: CityData, params: AutocorrelationParams, context: WorkContext): OperatorResult {
  const found = valuesByPlace(city, params.of, context);
  if ('missing' in found) return found;
  const { tree } = city;
  const units = [...tree.ofLevel(params.units)].filter((place) => Number.isFinite(found.value[place]) && tree.outside[place] === 0);
  if (units.length < LEAST_UNITS) return missingOfLevel(params.units, ({ zh, en }) => ({ zh: `有数值的${zh}单元只有 ${units.length} 个，少于 ${LEAST_UNITS} 个，空间格局没有意义。`, en: `Only ${units.length} units of the level ${en} have a value; fewer than ${LEAST_UNITS} have no pattern to speak of.` }));
  const values = Float64Array.from(units, (place) => found.value[place]);
  const { x, y } = centres(city, units);
  const neighbours = nearestNeighbours(x, y, Math.min(params.neighbours, units.length - 1));
  const [value, n] = [new Float64Array(tree.count).fill(NaN), new Float64Array(tree.count)];
  const notes = new NoteBook();
  const setCity = (result: number): void => {
    for (const place of tree.ofLevel('city')) {
      value[place] = result;
      n[place] = units.length;
    }
  };
  if (params.measure === 'moran') {
    const weights = rowStandardised(neighbours);
    const result = moran(values, weights, params.permutations, params.seed);
    localMoran(values, weights).forEach((each, i) => (value[units[i]] = each));
    setCity(result.i);
    const z = result.z.toFixed(2);
    const p = Number.isNaN(result.pHigher) ? '' : result.pEither.toFixed(4);
    notes.add('info', 'checkup/moran', { zh: `Moran's I 期望值 ${result.expected.toFixed(4)}，z = ${z}${p === '' ? '' : `，${params.permutations} 次置换的伪 p 值 ${p}`}。`, en: `Moran's I: expectation ${result.expected.toFixed(4)}, z = ${z}${p === '' ? '' : `, pseudo p ${p} of ${params.permutations} permutations`}.` });
  } else {
    const scores = hotSpots(values, neighbours);
    scores.forEach((each, i) => (value[units[i]] = each));
    setCity((100 * scores.filter((each) => Math.abs(each) > 1.96).length) / units.length);
  }
  return { value, n, quality: found.quality, notes: notes.list() };
}

function needsOf({ of }: AutocorrelationParams): DataNeed[] {
  if ('operator' in of) return accessNeeds(of);
  return 'density' in of ? ['place', `population:${of.density}`] : ['place', 'population', `population:${of.share}`];
}

export const autocorrelation = defineOperator({ id: 'autocorrelation', title: { zh: '空间自相关', en: 'Spatial autocorrelation' }, params: autocorrelationSchema, needs: needsOf, run: runAutocorrelation });
