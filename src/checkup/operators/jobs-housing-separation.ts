/**
 * 职住分离度: the least mean length that commutes could have, km, if residents and jobs were paired at best (White 1988, Horner 2002: the minimum of excess
 * commuting). It is the value of a transportation problem, solved to proven optimality (engine/optimise/point-transport.ts).
 *
 * Straight lines, not streets: the definition asks for a distance of theory, of homes and jobs as they lie; what streets add is another indicator (绕行系数), and every
 * way along streets is at least as long. Residents of working age stand for workers, scaled to the number of jobs: nobody counts
 * workers where they live. So the value is a `proxy`. Which homes and jobs are paired is not unique, so only the city has a value, its units none.
 *
 * Points are put together by squares of 125 m, doubled until there are at most `mostSquares`; what lies in one square is paired in it. Moving mass by some metres on average changes the optimum by no more than
 * that (the triangle inequality of transport distances), so the note says how far off the value can be.
 */
import { z } from 'zod';
import { NoteBook } from '../../core/note.ts';
import { solvePointTransport } from '../../engine/optimise/point-transport.ts';
import { metresPerDegree } from '../../engine/spatial/measure.ts';
import type { CityData } from '../city/city-data.ts';
import { listWhere, makeOf, mapTo } from '../city/map-values.ts';
import { placeAbove } from '../city/roll-up.ts';
import { personsOf } from './access-supply.ts';
import type { Missing } from './missing-reasons.ts';
import { missingPopulation, missingReason } from './missing-reasons.ts';
import type { DataNeed, OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';

const separationSchema = z.strictObject({
  without: z.array(z.string().min(1)).default([]).describe('population groups taken off all residents, so that those of working age are left'),
  mostSquares: z.number().int().min(100).max(30_000).default(14_000).describe('squares that points are put together in, at most'),
});
type SeparationParams = z.infer<typeof separationSchema>;

const FIRST_SIDE_M = 125;
/** Residents and jobs are this many units each: a unit is 10⁻⁷ of the city. */
const UNITS = 10_000_000;
/** Fewer jobs a resident are probably those of parks only. As jobs-housing.ts. */
const FEW_JOBS = 0.2;

interface Spots {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly weight: Float64Array;
}

/** Residents of working age by population point. */
function workers(city: CityData, without: readonly string[]): Float64Array | Missing {
  const total = personsOf(city, 'total');
  if (total === undefined) return missingPopulation('total');
  const left = Float64Array.from(total);
  for (const group of without) {
    const persons = personsOf(city, group);
    if (persons === undefined) return missingPopulation(group);
    for (let p = 0; p < left.length; p++) left[p] -= persons[p];
  }
  return left.map((persons) => Math.max(0, persons));
}

/** Those points that hand their weight up to the city, in metres. */
function spotsOf(city: CityData, place: number, pointE7: Int32Array, weights: ArrayLike<number>): Spots {
  const above = placeAbove(city);
  const { leaf } = city.tree.locate(pointE7);
  const topOf = (at: number): number => {
    let top = at;
    while (above[top] >= 0) top = above[top];
    return top;
  };
  const counts = listWhere(leaf.length, (p) => weights[p] > 0 && leaf[p] >= 0 && topOf(leaf[p]) === place);
  // one scale for the city: 1 % of a degree north or south is 0.02 % of a length
  const [, south, , north] = boxOf(city, place);
  const scale = metresPerDegree((south + north) / 2e7);
  return { x: mapTo(Float64Array, counts, (p) => (pointE7[2 * p] / 1e7) * scale.lon), y: mapTo(Float64Array, counts, (p) => (pointE7[2 * p + 1] / 1e7) * scale.lat), weight: mapTo(Float64Array, counts, (p) => weights[p]) };
}

function boxOf({ snapshot: { place: { shapes: { verticesE7, partEnds, shapeEnds } } } }: CityData, place: number): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  const [first, last] = [place === 0 ? 0 : shapeEnds[place - 1], shapeEnds[place]];
  for (let v = first === 0 ? 0 : partEnds[first - 1]; v < (last > first ? partEnds[last - 1] : 0); v++) {
    box[0] = Math.min(box[0], verticesE7[2 * v]);
    box[1] = Math.min(box[1], verticesE7[2 * v + 1]);
    box[2] = Math.max(box[2], verticesE7[2 * v]);
    box[3] = Math.max(box[3], verticesE7[2 * v + 1]);
  }
  return box;
}

interface Squares {
  readonly sideM: number;
  /** Metres of their middles: of the mean of where residents and where jobs are, each as shares of all. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Shares of residents and of jobs. */
  readonly homes: Float64Array;
  readonly jobs: Float64Array;
  /** Metres that residents and jobs were moved on average, the two added: the value is not farther from the true one. */
  readonly movedM: number;
}

function laySquares(homes: Spots, jobs: Spots, most: number): Squares {
  for (let sideM = FIRST_SIDE_M; ; sideM *= 2) {
    const keyOf = ({ x, y }: Spots, p: number): number => Math.floor(y[p] / sideM) * 0x100_0000 + Math.floor(x[p] / sideM);
    const keys = new Set<number>();
    for (const spots of [homes, jobs]) for (let p = 0; p < spots.weight.length; p++) keys.add(keyOf(spots, p));
    if (keys.size > most) continue;
    const numbers = new Map([...keys].sort((a, b) => a - b).map((key, square) => [key, square]));
    const squareOf = (spots: Spots, p: number): number => numbers.get(keyOf(spots, p)) ?? 0;
    const [x, y, both] = [new Float64Array(keys.size), new Float64Array(keys.size), new Float64Array(keys.size)];
    const shares = [homes, jobs].map((spots) => {
      const total = spots.weight.reduce((sum, weight) => sum + weight, 0);
      const share = new Float64Array(keys.size);
      for (let p = 0; p < spots.weight.length; p++) {
        const square = squareOf(spots, p);
        share[square] += spots.weight[p] / total;
        both[square] += spots.weight[p] / total;
        x[square] += (spots.weight[p] / total) * spots.x[p];
        y[square] += (spots.weight[p] / total) * spots.y[p];
      }
      return { share, total };
    });
    for (let square = 0; square < keys.size; square++) {
      x[square] /= both[square];
      y[square] /= both[square];
    }
    let movedM = 0;
    [homes, jobs].forEach((spots, k) => {
      for (let p = 0; p < spots.weight.length; p++) movedM += (spots.weight[p] / shares[k].total) * Math.hypot(spots.x[p] - x[squareOf(spots, p)], spots.y[p] - y[squareOf(spots, p)]);
    });
    return { sideM, x, y, homes: shares[0].share, jobs: shares[1].share, movedM };
  }
}

/** Shares as whole units that sum to {@link UNITS}: what is summed up is rounded, so that no error adds up. */
function wholeUnits(shares: Float64Array): Float64Array {
  let [sum, given] = [0, 0];
  return shares.map((share, i) => {
    sum += share;
    const upTo = i === shares.length - 1 ? UNITS : Math.min(UNITS, Math.round(sum * UNITS));
    const units = upTo - given;
    given = upTo;
    return units;
  });
}

/** Mean km of the best pairing. */
function leastKm(squares: Squares): number {
  const [homes, jobs] = [wholeUnits(squares.homes), wholeUnits(squares.jobs)];
  // what a square has of both stays in it: by the triangle inequality no plan gains by sending it elsewhere
  const side = (units: (square: number) => number): { x: Float64Array; y: Float64Array; units: Float64Array } => {
    const list = listWhere(homes.length, (square) => units(square) > 0);
    return { x: mapTo(Float64Array, list, (square) => squares.x[square]), y: mapTo(Float64Array, list, (square) => squares.y[square]), units: mapTo(Float64Array, list, units) };
  };
  return solvePointTransport(side((square) => homes[square] - jobs[square]), side((square) => jobs[square] - homes[square])).unitM / UNITS / 1000;
}

function runSeparation(city: CityData, { without, mostSquares }: SeparationParams): OperatorResult {
  const persons = workers(city, without);
  if ('missing' in persons) return persons;
  const { population, job } = city.snapshot;
  if (job.count.length === 0) return missingReason('no-data', { zh: '没有就业岗位数据。', en: 'There are no jobs.' }, { zh: '含 jobs 列的表，或 parks.csv', en: 'a table with a column jobs, or parks.csv' });
  const notes = new NoteBook();
  const [value, numerator, denominator, n] = [NaN, NaN, NaN, NaN].map((none) => makeOf(Float64Array, city.tree.count, () => none));
  for (const place of city.tree.ofLevel('city')) {
    const homes = spotsOf(city, place, population.pointE7, persons);
    const jobs = spotsOf(city, place, job.pointE7, job.count);
    if (homes.weight.length === 0 || jobs.weight.length === 0) continue;
    const squares = laySquares(homes, jobs, mostSquares);
    const total = jobs.weight.reduce((sum, weight) => sum + weight, 0);
    const residents = homes.weight.reduce((sum, weight) => sum + weight, 0);
    value[place] = leastKm(squares);
    denominator[place] = total;
    numerator[place] = value[place] * total;
    n[place] = squares.x.length;
    notes.add('info', 'checkup/paired-at-best', {
      zh: `理论值：${Math.round(residents)} 名居民按 ${Math.round(total)} 个岗位折算，合并为 ${squares.x.length} 个 ${squares.sideM} 米方格，直线距离，最优性已验证；合并造成的误差不超过 ${(squares.movedM / 1000).toFixed(2)} 公里。`,
      en: `In theory: ${Math.round(residents)} residents scaled to ${Math.round(total)} jobs, in ${squares.x.length} squares of ${squares.sideM} m, straight lines, proven least; the squares make it wrong by at most ${(squares.movedM / 1000).toFixed(2)} km.`,
    });
    if (total < FEW_JOBS * residents) notes.add('warning', 'checkup/few-jobs', { zh: `岗位数据只有 ${jobs.weight.length} 个点，很可能只含园区，不是全部就业。`, en: `Jobs are known at ${jobs.weight.length} points only and are probably those of industrial parks, not all employment.` });
  }
  return { value, numerator, denominator, n, quality: 'proxy', notes: notes.list() };
}

export const jobsHousingSeparation = defineOperator<SeparationParams>({
  id: 'jobs-housing-separation',
  title: { zh: '职住分离度', en: 'Jobs–housing separation' },
  params: separationSchema,
  needs: ({ without }) => ['place', 'population', 'job', ...without.map((group): DataNeed => `population:${group}`)],
  run: (city, params) => runSeparation(city, params),
});
