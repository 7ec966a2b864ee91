/**
 * A target against what was measured: the straight way there, where the present pace leads, and the verdict.
 *
 * - *Path*: from the first measurement to the target's value at its deadline, a straight line, a value a year.
 * - *Forecast*: with three measurements or more the line of least squares with an 80 % prediction interval (Student's t, n − 2 degrees of freedom); with two
 *   the line through them and no band; with one none. The error is never less than 1 % of the values: no measure is finer. What is shown of it ends where the
 *   indicator's values end (a share at 0 and 100 %).
 * - *Verdict*: `met` once the latest measurement meets the target; after the deadline `missed` unless it was met; before it by the chance that the value at the deadline
 *   meets the target: ≥ 0.8 `on-track`, ≥ 0.2 `at-risk`, below `missed`. With two points by how much of the change that is still needed the pace brings:
 *   all of it `on-track`, half of it `at-risk`, less `missed`. Ours, `unverified`: no document says when a target is at risk.
 */
import type { Bilingual } from '../../core/bilingual.ts';
import { studentCdf, studentQuantile } from '../../engine/statistics/student-t.ts';
import { fitTrend } from '../../engine/statistics/trend.ts';
import type { Outlook, Series, Verdict } from '../model.ts';
import { VERDICT_WORDS } from './verdict-words.ts';

export interface NumericTarget {
  readonly comparator: '>=' | '<=' | '>' | '<' | '=' | '~' | 'between';
  readonly value: number;
  /** Upper end of `between`. */
  readonly upper?: number | null;
  /** Fraction of a year allowed: 2030-12-31 → 2030, whose value is measured at its end. null: no deadline. */
  readonly deadlineYear: number | null;
  /** The least and the most that the indicator can be: no line leads a share beyond 100 %. */
  readonly bounds?: readonly [least: number, most: number];
}

const ON_TRACK = 0.8;
const AT_RISK = 0.2;
const BAND = 0.8;
/** `=` and `~` are met within this share of the target: statistics are rounded. */
const NEAR = 0.01;
/** No measure is finer than this share of its values: points on a line, or one value three times over, leave a future that is not certain. */
const LEAST_ERROR = 0.01;

/** Whether a value meets a target. */
export function meets({ comparator, value, upper }: NumericTarget, measured: number): boolean {
  switch (comparator) {
    case '>=': return measured >= value;
    case '>': return measured > value;
    case '<=': return measured <= value;
    case '<': return measured < value;
    case 'between': return measured >= value && measured <= (upper ?? value);
    default: return Math.abs(measured - value) <= NEAR * Math.abs(value);
  }
}

/** The values that meet a target, as an interval. */
function goal({ comparator, value, upper }: NumericTarget): readonly [low: number, high: number] {
  if (comparator === '>=' || comparator === '>') return [value, Infinity];
  if (comparator === '<=' || comparator === '<') return [-Infinity, value];
  if (comparator === 'between') return [value, upper ?? value];
  return [value - NEAR * Math.abs(value), value + NEAR * Math.abs(value)];
}

/** The nearest value that meets the target, from where things stand. */
function aim(target: NumericTarget, from: number): number {
  const [low, high] = goal(target);
  return Math.min(Math.max(from, low), high);
}

function straightPath(target: NumericTarget, series: Series): Series {
  const [first] = series;
  const end = target.deadlineYear;
  if (first === undefined || end === null || end <= first.period) return [];
  const to = aim(target, first.value);
  const years = Math.ceil(end) - first.period;
  return Array.from({ length: years + 1 }, (_, i) => {
    const period = Math.min(first.period + i, end);
    return { period, value: first.value + ((to - first.value) * (period - first.period)) / (end - first.period) };
  });
}

const round = (value: number): string => String(Number(value.toPrecision(4)));
/** What is not known better than to some per cent is told in three figures. */
const roundly = (value: number): string => String(Number(value.toPrecision(3)));
/** A chance in per cent. Nothing that is to come is certain: `<1%`, `37%`, `>99%`. */
export function chanceFigure(chance: number): string {
  const percent = Math.round(chance * 100);
  return percent < 1 ? '<1%' : percent > 99 ? '>99%' : `${percent}%`;
}

const none = (text: Bilingual, path: Series = []): Outlook => ({ verdict: 'unknown', text, path, forecast: [], chance: null, method: 'none' });

interface Pace {
  readonly forecast: Outlook['forecast'];
  readonly chance: number | null;
  readonly method: 'two-points' | 'trend';
  readonly end: number;
}

function paceOf(target: NumericTarget, series: Series, end: number): Pace | undefined {
  const times = series.map(({ period }) => period);
  const trend = fitTrend(times, series.map(({ value }) => value));
  const last = series.at(-1);
  if (trend === undefined || last === undefined) return undefined;
  const freedom = trend.n - 2;
  const width = freedom > 0 ? studentQuantile((1 + BAND) / 2, freedom) : 0;
  const least = (LEAST_ERROR * series.reduce((sum, { value }) => sum + Math.abs(value), 0)) / series.length;
  const errorAt = (time: number): number => Math.max(least, trend.errorAt(time));
  const [lowest, highest] = target.bounds ?? [-Infinity, Infinity];
  const bound = (value: number): number => Math.min(highest, Math.max(lowest, value));
  const years = Math.max(1, Math.ceil(end) - last.period);
  const forecast = Array.from({ length: years + 1 }, (_, i) => {
    const period = Math.min(last.period + i, Math.max(end, last.period));
    // the last measurement is known: the forecast leaves from it
    const value = i === 0 ? last.value : trend.at(period);
    const error = i === 0 || freedom <= 0 ? 0 : width * errorAt(period);
    return { period, value: bound(value), low: bound(value - error), high: bound(value + error) };
  });
  if (freedom <= 0) return { forecast, chance: null, method: 'two-points', end: trend.at(end) };
  const error = errorAt(end);
  const [low, high] = goal(target);
  const below = (bound: number): number => (error > 0 ? studentCdf((bound - trend.at(end)) / error, freedom) : bound >= trend.at(end) ? 1 : 0);
  const chance = error > 0 ? below(high) - below(low) : Number(meets(target, trend.at(end)));
  return { forecast, chance, method: 'trend', end: trend.at(end) };
}

/** @param series measured values by year, oldest first, one a year; @param year the present year (2026.9 for late in 2026) */
export function targetOutlook(target: NumericTarget, series: Series, year: number): Outlook {
  const last = series.at(-1);
  if (last === undefined) return none({ zh: '该指标尚无测量值。', en: 'The indicator has no value yet.' });
  const path = straightPath(target, series);
  const latest = `${last.period}`;
  if (meets(target, last.value)) {
    return { verdict: 'met', text: { zh: `${latest}年为 ${round(last.value)}，已达到目标。`, en: `${round(last.value)} in ${latest}: the target is met.` }, path, forecast: [], chance: null, method: 'none' };
  }
  const end = target.deadlineYear;
  if (end === null) return none({ zh: `${latest}年为 ${round(last.value)}，尚未达到；目标没有期限，无法判断进度。`, en: `${round(last.value)} in ${latest}: not met yet; without a deadline its pace cannot be judged.` });
  // a year's value is known when the year is over
  if (year >= end + 1 || last.period >= end) {
    return { verdict: 'missed', text: { zh: `期限已过，${latest}年为 ${round(last.value)}，未达到目标。`, en: `The deadline has passed; ${round(last.value)} in ${latest} does not meet the target.` }, path, forecast: [], chance: null, method: 'none' };
  }
  const pace = paceOf(target, series, end);
  if (pace === undefined) return none({ zh: `只有 ${latest} 年一次测量（${round(last.value)}），无法判断进度；再体检一个年度即可。`, en: `Measured once only (${round(last.value)} in ${latest}); one more year's check-up is needed to judge the pace.` }, path);
  return { ...judge(target, last.value, pace), path, forecast: pace.forecast, chance: pace.chance, method: pace.method };
}

function judge(target: NumericTarget, now: number, { chance, end, forecast }: Pace): Pick<Outlook, 'verdict' | 'text'> {
  const needed = aim(target, now) - now;
  const share = needed === 0 ? 1 : (end - now) / needed;
  const verdict: Verdict = chance === null ? (share >= 1 && meets(target, end) ? 'on-track' : share >= 0.5 ? 'at-risk' : 'missed') : chance >= ON_TRACK ? 'on-track' : chance >= AT_RISK ? 'at-risk' : 'missed';
  const at = forecast.at(-1);
  if (at === undefined) return { verdict, text: VERDICT_WORDS[verdict] };
  // both ends at the bound of a share: nothing is between them
  const range = at.low < at.high ? [roundly(at.low), roundly(at.high)] : undefined;
  const how = chance === null
    ? { zh: `按两次测量的速度，${at.period}年将为 ${roundly(at.value)}`, en: `At the pace of its two measurements it will be ${roundly(at.value)} in ${at.period}` }
    : {
        zh: `按现有趋势，${at.period}年将为 ${roundly(at.value)}${range === undefined ? '' : `（80%区间 ${range.join('–')}）`}，达到目标的可能性 ${chanceFigure(chance)}`,
        en: `By its trend it will be ${roundly(at.value)} in ${at.period}${range === undefined ? '' : ` (80 % between ${range.join(' and ')})`}, with a chance of ${chanceFigure(chance)} to meet the target`,
      };
  return { verdict, text: { zh: `${how.zh}：${VERDICT_WORDS[verdict].zh}。`, en: `${how.en}: ${VERDICT_WORDS[verdict].en}.` } };
}
