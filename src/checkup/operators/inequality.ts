/**
 * How unequally access is spread over the persons of each place (engine/statistics/inequality.ts).
 *
 * Every place is judged by itself: the value of a block says how unequal its residents are among each other, that of the city how unequal all are. Costs (time
 * to the nearest) that are beyond the cut-off count as the cut-off. In the concentration index residents are ranked by the share of a group
 * at their home (share of 65+, or another group); below 0: places with a low share have more.
 */
import type { WorkContext } from '../../core/progress.ts';
import { concentration, fosterGreerThorbecke, giniOf, palmaOf, theil } from '../../engine/statistics/inequality.ts';
import { orderBy, takeRanked } from '../../engine/statistics/ranked.ts';
import type { CityData } from '../city/city-data.ts';
import { mapTo } from '../city/map-values.ts';
import type { Access, InequalityParams } from './access-params.ts';
import { inequalitySchema } from './access-params.ts';
import { personsOf } from './access-supply.ts';
import type { PointValues } from './access-values.ts';
import { accessByPoint, accessNeeds } from './access-values.ts';
import type { Missing } from './missing-reasons.ts';
import { missingOfLevel, missingPopulation, missingReason } from './missing-reasons.ts';
import type { DataNeed, OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';
import { eachPlace, noteUnlinked } from './person-mean.ts';

/** Costs have an end, amounts none. */
export function cutoffOf({ operator, params }: Access): number | undefined {
  return operator === 'access-kth' || operator === 'balancing-cost' ? (params.minutes ?? params.metres) : undefined;
}

/** Infinite costs become the cut-off. */
export function finiteValues({ value }: PointValues, cutoff: number | undefined): Float64Array {
  return cutoff === undefined ? value : value.map((each) => (each === Infinity ? cutoff : each));
}

/** Share of a group at each point, per cent; NaN where nobody lives. */
export function shareByPoint(city: CityData, group: string): Float64Array | Missing {
  const all = personsOf(city, 'total');
  const part = personsOf(city, group);
  if (all === undefined) return missingPopulation('total');
  if (part === undefined) return missingPopulation(group);
  return mapTo(Float64Array, all, (persons, p) => (persons > 0 ? (100 * part[p]) / persons : NaN));
}

/** By point the unit of a level that holds it, as 0 … count − 1; −1 for none. */
function unitsOf({ tree, snapshot }: CityData, level: 'community' | 'block' | 'district'): { unit: Int32Array; count: number } {
  const places = tree.ofLevel(level);
  const number = new Int32Array(tree.count).fill(-1);
  places.forEach((place, i) => (number[place] = i));
  const { leaf } = tree.locate(snapshot.population.pointE7);
  const unit = leaf.map((from) => {
    let place = from;
    while (place >= 0 && number[place] < 0) place = tree.parent[place];
    return place < 0 ? -1 : number[place];
  });
  return { unit, count: places.length };
}

type Judge = (points: Uint32Array) => number;

function judgeFor(city: CityData, params: InequalityParams, value: Float64Array, persons: Float32Array): Judge | Missing {
  const take = (of: ArrayLike<number>, points: Uint32Array): Float64Array => mapTo(Float64Array, points, (p) => of[p]);
  switch (params.measure) {
    case 'gini': return (points) => giniOf(takeRanked(value, persons, points));
    case 'palma': return (points) => palmaOf(takeRanked(value, persons, points));
    case 'fgt': return (points) => fosterGreerThorbecke(take(value, points), take(persons, points), params.line ?? NaN, params.alpha);
    case 'theil': return judgeTheil(city, params, value, persons);
    case 'concentration': {
      const rank = shareByPoint(city, params.rankBy);
      return 'missing' in rank ? rank : (points) => concentration(take(value, points), take(persons, points), take(rank, points));
    }
  }
}

function judgeTheil(city: CityData, { part, units }: InequalityParams, value: Float64Array, persons: Float32Array): Judge | Missing {
  const { unit, count } = unitsOf(city, units);
  if (part !== 'total' && count < 2) return missingOfLevel(units, ({ zh, en }) => ({ zh: `城市的${zh}单元不足两个，无法分解。`, en: `The city has fewer than two units of the level ${en} to compare.` }));
  // groups are numbered anew within a place, for there are as many as it holds
  const local = new Int32Array(count).fill(-1);
  return (points) => {
    const seen: number[] = [];
    const group = mapTo(Int32Array, points, (p) => {
      if (unit[p] < 0) return part === 'total' ? 0 : -1;
      if (local[unit[p]] < 0) local[unit[p]] = seen.push(unit[p]) - 1;
      return local[unit[p]];
    });
    for (const each of seen) local[each] = -1;
    const parts = theil(mapTo(Float64Array, points, (p) => value[p]), mapTo(Float64Array, points, (p) => persons[p]), group, Math.max(1, seen.length));
    if (part === 'total') return parts.total;
    // one unit has nothing to compare with
    if (seen.length < 2) return NaN;
    if (part === 'between') return parts.between;
    return parts.total > 1e-15 ? (100 * parts.between) / parts.total : NaN;
  };
}

function runInequality(city: CityData, params: InequalityParams, context: WorkContext): OperatorResult {
  const found = accessByPoint(city, params.of, context);
  if ('missing' in found) return found;
  const value = finiteValues(found, cutoffOf(params.of));
  const judge = judgeFor(city, params, value, found.persons);
  if ('missing' in judge) return judge;
  const [result, n] = [new Float64Array(city.tree.count).fill(NaN), new Float64Array(city.tree.count)];
  eachPlace(city, orderBy(value, found.persons), (place, points) => {
    n[place] = points.length;
    // one point says nothing of a spread
    if (points.length > 1 || params.measure === 'fgt') result[place] = points.length === 0 ? NaN : judge(points);
  });
  const cities = [...city.tree.ofLevel('city')];
  const isUnbounded = params.measure === 'palma' && cities.some((place) => result[place] === Infinity);
  for (let place = 0; place < result.length; place++) if (!Number.isFinite(result[place])) result[place] = NaN;
  if (isUnbounded) return emptyBottom();
  return { value: result, n, quality: found.quality, notes: [...found.notes, ...noteUnlinked(city, found.value, found.persons)] };
}

/** The Palma ratio divides by what the lower 40 % have. */
function emptyBottom(): Missing {
  return missingReason(
    'not-applicable',
    { zh: '机会最少的四成居民在该范围内一个也到不了，帕尔马比值（前10% ÷ 后40%）没有意义。', en: 'The 40 % of residents with the least access reach nothing at all, so the Palma ratio (top 10 % ÷ bottom 40 %) has no value.' },
    { zh: '更完整的岗位（机会）数据；或改用基尼系数', en: 'more complete data on what is reached (jobs), or the Gini coefficient instead' },
  );
}

function needsOf({ of, measure, rankBy }: InequalityParams): DataNeed[] {
  const needs = accessNeeds(of);
  return measure === 'concentration' ? [...new Set<DataNeed>([...needs, 'population', `population:${rankBy}`])] : needs;
}

export const inequality = defineOperator({ id: 'inequality', title: { zh: '可达性公平性', en: 'Inequality of access' }, params: inequalitySchema, needs: needsOf, run: runInequality });
