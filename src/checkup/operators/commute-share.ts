/**
 * Share of commutes of at most 5 km (幸福通勤), modelled: residents choose among jobs in proportion to their number × exp(−β · distance), the origin-constrained
 * gravity model (Wilson 1971), with β such that the mean commute is the one assumed. Nobody's commute is observed: the result says what homes and
 * jobs would allow if people behaved so, and is always a `proxy`. Observed shares need mobile-phone data (standards §5.2).
 *
 * Distances are straight lines between squares of 500 m (doubled until there are at most a million pairs); within a square 0.52 of its side, the mean distance of
 * two random points in it. Residents of all ages stand for workers.
 */
import { NoteBook } from '../../core/note.ts';
import { metresPerDegree } from '../../engine/spatial/measure.ts';
import type { CityData } from '../city/city-data.ts';
import { mapTo } from '../city/map-values.ts';
import { personsOf } from './access-supply.ts';
import type { CommuteShareParams } from './living-params.ts';
import { commuteShareSchema } from './living-params.ts';
import { missingPopulation, missingReason } from './missing-reasons.ts';
import type { OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';
import { meanOverPersons } from './person-mean.ts';

const FIRST_SIDE_M = 500;
const MOST_PAIRS = 1_000_000;
/** Mean distance of two random points in a square of side 1: (2 + √2 + 5 ln(1 + √2)) ÷ 15. */
const WITHIN_SQUARE = (2 + Math.SQRT2 + 5 * Math.log(1 + Math.SQRT2)) / 15;

interface Squares {
  /** By point its square. */
  readonly of: Int32Array;
  /** Weighted middle, metres, and weight. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly weight: Float64Array;
  /** Column and row as one number. */
  readonly key: Float64Array;
}

function gather(e7: Int32Array, weights: ArrayLike<number>, sideM: number, scale: { lon: number; lat: number }): Squares {
  const of = new Int32Array(e7.length / 2).fill(-1);
  const numbers = new Map<number, number>();
  const [x, y, weight, keys] = [[] as number[], [] as number[], [] as number[], [] as number[]];
  for (let p = 0; p < of.length; p++) {
    if (!(weights[p] > 0)) continue;
    const [east, north] = [(e7[2 * p] / 1e7) * scale.lon, (e7[2 * p + 1] / 1e7) * scale.lat];
    const key = Math.floor(north / sideM) * 0x100_0000 + Math.floor(east / sideM);
    let square = numbers.get(key);
    if (square === undefined) {
      numbers.set(key, (square = numbers.size));
      x.push(0);
      y.push(0);
      weight.push(0);
      keys.push(key);
    }
    of[p] = square;
    x[square] += weights[p] * east;
    y[square] += weights[p] * north;
    weight[square] += weights[p];
  }
  const middle = (sums: number[]): Float64Array => mapTo(Float64Array, sums, (sum, i) => sum / weight[i]);
  return { of, x: middle(x), y: middle(y), weight: Float64Array.from(weight), key: Float64Array.from(keys) };
}

/** By pair (home · jobs + job) kilometres. */
function distances(homes: Squares, jobs: Squares, sideM: number): Float64Array {
  const km = new Float64Array(homes.weight.length * jobs.weight.length);
  for (let h = 0; h < homes.weight.length; h++) {
    for (let j = 0; j < jobs.weight.length; j++) {
      const apart = Math.hypot(homes.x[h] - jobs.x[j], homes.y[h] - jobs.y[j]);
      km[h * jobs.weight.length + j] = (homes.key[h] === jobs.key[j] ? Math.max(apart, WITHIN_SQUARE * sideM) : apart) / 1000;
    }
  }
  return km;
}

/** For a β the mean commute and, by home, the share of commutes of at most `mostKm`. */
function spread(homes: Squares, jobs: Squares, km: Float64Array, beta: number, mostKm: number): { meanKm: number; share: Float64Array } {
  const count = jobs.weight.length;
  const share = new Float64Array(homes.weight.length);
  let [persons, total] = [0, 0];
  for (let h = 0; h < share.length; h++) {
    // the nearest counts 1, so that no far home is left with zeros
    let least = Infinity;
    for (let j = 0; j < count; j++) least = Math.min(least, km[h * count + j]);
    let [all, way, near] = [0, 0, 0];
    for (let j = 0; j < count; j++) {
      const d = km[h * count + j];
      const weight = jobs.weight[j] * Math.exp(-beta * (d - least));
      all += weight;
      way += weight * d;
      if (d <= mostKm) near += weight;
    }
    share[h] = near / all;
    persons += homes.weight[h];
    total += (homes.weight[h] * way) / all;
  }
  return { meanKm: total / persons, share };
}

/** β ≥ 0 whose mean commute is nearest to the one wanted, by halving: the mean falls as β rises. */
function calibrate(mean: (beta: number) => number, wantedKm: number): number {
  if (mean(0) <= wantedKm) return 0;
  let [low, high] = [0, 1 / wantedKm];
  for (let i = 0; i < 20 && mean(high) > wantedKm; i++) high *= 2;
  for (let i = 0; i < 24 && high - low > 1e-4 * high; i++) {
    const middle = (low + high) / 2;
    if (mean(middle) > wantedKm) low = middle;
    else high = middle;
  }
  return high;
}

function runCommute(city: CityData, { metres, meanKm }: CommuteShareParams): OperatorResult {
  const persons = personsOf(city, 'total');
  if (persons === undefined) return missingPopulation('total');
  const { population, job } = city.snapshot;
  if (job.count.length === 0) return missingReason('no-data', { zh: '没有就业岗位数据，无法模拟通勤。', en: 'There are no jobs to model commutes to.' }, { zh: '含 jobs 列的表，或 parks.csv', en: 'a table with a column jobs, or parks.csv' });
  const scale = metresPerDegree(population.pointE7[1] / 1e7);
  let sideM = FIRST_SIDE_M;
  let homes = gather(population.pointE7, persons, sideM, scale);
  let jobs = gather(job.pointE7, job.count, sideM, scale);
  while (homes.weight.length * jobs.weight.length > MOST_PAIRS) {
    sideM *= 2;
    homes = gather(population.pointE7, persons, sideM, scale);
    jobs = gather(job.pointE7, job.count, sideM, scale);
  }
  if (homes.weight.length === 0 || jobs.weight.length === 0) return missingPopulation('total');
  const km = distances(homes, jobs, sideM);
  const beta = calibrate((each) => spread(homes, jobs, km, each, 0).meanKm, meanKm);
  const { share, meanKm: reachedKm } = spread(homes, jobs, km, beta, metres / 1000);
  const notes = new NoteBook();
  notes.add('info', 'checkup/modelled', { zh: `模型估算，不是观测：引力模型 β = ${beta.toFixed(4)}/公里，平均通勤 ${reachedKm.toFixed(1)} 公里，岗位 ${job.count.length} 处。`, en: `Modelled, not observed: gravity model with β = ${beta.toFixed(4)} per km, mean commute ${reachedKm.toFixed(1)} km, jobs at ${job.count.length} points.` });
  return { ...meanOverPersons(city, mapTo(Float64Array, homes.of, (square) => (square < 0 ? NaN : share[square])), persons, { times: 100 }), quality: 'proxy', notes: notes.list() };
}

export const commuteShare = defineOperator({ id: 'commute-share', title: { zh: '5公里以内通勤比例（模型估算）', en: 'Commutes within 5 km, modelled' }, params: commuteShareSchema, needs: () => ['place', 'population', 'job'], run: (city, params) => runCommute(city, params) });
