/**
 * One value → 很好 / 较好 / 一般 / 不足, with each comparison that led there.
 *
 * After 《城市体检工作手册（试行）》2025: held against (1) standard or target, (2) the period before, (3) the residents' survey, (4) peer cities. What
 * the manual prints is kept to the letter: 一票否决 (one hazard makes it a problem), and a survey score under 60 drops one grade. The rest is ours
 * (grading-rule.ts):
 * - The first that is possible gives the grade: 一票否决; the standard (met 很好, or 较好 where a stricter level is missed; nearly 一般; else 不足); the aim
 *   that none falls short, by the share that does; peers (quarters, for the city) or the city's own value (for its places); an upgrade item's
 *   survey; the trend alone (better 较好, worse 一般).
 * - Then a grade is dropped for each that speaks against it: a trend for the worse, a survey score under 60, and for a city that meets
 *   its standard being in the last quarter of its peers. Nothing lifts a grade.
 * - Where nothing can be compared there is no grade.
 *
 * So a value beyond its standard may be 一般, as Yichang's road density of 8.68 (≥ 8) in 2025 was.
 */
import type { Bilingual } from '../../core/bilingual.ts';
import type { Direction, Grade, GradeStep, Threshold } from '../model.ts';
import { GRADES } from '../model.ts';
import type { GradingRule } from './grading-rule.ts';
import { sayNumber as number } from './say-number.ts';
import { meets, shortfall } from './thresholds.ts';

export interface GradeQuestion {
  readonly value: number;
  readonly direction: Direction;
  /** Whether the value is in per cent. */
  readonly isShare: boolean;
  readonly oneVote: boolean;
  readonly upgrade: boolean;
  readonly standard: Threshold | undefined;
  readonly higher: Threshold | undefined;
  /** For counts of what falls short: out of how many (units, places demanded). */
  readonly shortOf: number | undefined;
  readonly previous: { readonly period: number; readonly value: number } | undefined;
  readonly survey: { readonly topic: Bilingual; readonly score: number; readonly margin: number } | undefined;
  /** Values of peer cities; for the city as a whole. */
  readonly peers: readonly number[];
  /** The city's own value, for its places. */
  readonly cityValue: number | undefined;
}

export interface GradeAnswer {
  readonly grade: Grade | undefined;
  readonly steps: readonly GradeStep[];
}

const drop = (grade: Grade): Grade => GRADES[Math.min(GRADES.length - 1, GRADES.indexOf(grade) + 1)];

/** The share of sorted values at a rank, by linear interpolation. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  return sorted[below] + (at - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below]);
}

function byStandard({ value, standard, higher }: GradeQuestion, rule: GradingRule): GradeStep | undefined {
  if (standard === undefined) return undefined;
  const sign = { '>=': '≥', '<=': '≤', '=': '=', between: '' }[standard.op];
  const asked = standard.op === 'between' ? `${number(standard.value)}–${number(standard.upper ?? Infinity)}` : `${sign} ${number(standard.value)}`;
  if (meets(value, standard)) {
    const isHigher = higher === undefined || meets(value, higher);
    return { by: 'standard', grade: isHigher ? 'very-good' : 'good', text: { zh: `达到标准 ${asked}（${standard.source}）${isHigher ? '' : `，未达到更高标准 ${number(higher.value)}`}`, en: `meets ${asked} (${standard.source})${isHigher ? '' : `, not the stricter ${number(higher.value)}`}` } };
  }
  const isNear = shortfall(value, standard) <= rule.nearlyMet;
  return { by: 'standard', grade: isNear ? 'fair' : 'poor', text: { zh: `未达到标准 ${asked}（${standard.source}）${isNear ? `，差距在 ${rule.nearlyMet * 100}% 以内` : ''}`, en: `misses ${asked} (${standard.source})${isNear ? ` by no more than ${rule.nearlyMet * 100} %` : ''}` } };
}

function byIdeal({ value, direction, isShare, shortOf }: GradeQuestion, rule: GradingRule): GradeStep | undefined {
  if (direction === 'down' && !isShare && value === 0) return { by: 'ideal', grade: 'very-good', text: { zh: '无不达标', en: 'none falls short' } };
  if (direction !== 'down' || shortOf === undefined || !(shortOf > 0)) return undefined;
  const share = value / shortOf;
  const [good, fair] = rule.shortShares;
  const grade = share <= good ? 'good' : share <= fair ? 'fair' : 'poor';
  return { by: 'ideal', grade, text: { zh: `总数 ${number(shortOf)}，其中 ${number(value)} 不达标，占 ${number(share * 100)}%；标准未规定比例，以全部达标为目标`, en: `${number(value)} of ${number(shortOf)} fall short (${number(share * 100)} %); no share is printed, the aim is none` } };
}

function byPeers({ value, direction, peers }: GradeQuestion, rule: GradingRule): GradeStep | undefined {
  if (peers.length < rule.leastPeers || direction === 'band' || direction === 'inventory') return undefined;
  const sign = direction === 'up' ? 1 : -1;
  const sorted = peers.map((peer) => sign * peer).toSorted((a, b) => a - b);
  const mine = sign * value;
  const grade = mine >= quantile(sorted, 0.75) ? 'very-good' : mine >= quantile(sorted, 0.5) ? 'good' : mine >= quantile(sorted, 0.25) ? 'fair' : 'poor';
  const worse = sorted.filter((peer) => peer < mine).length;
  return { by: 'peers', grade, text: { zh: `优于 ${peers.length} 个对标城市中的 ${worse} 个`, en: `better than ${worse} of ${peers.length} peer cities` } };
}

/** A place against its own city, where no standard is printed. */
function byCity({ value, direction, isShare, cityValue }: GradeQuestion, rule: GradingRule): GradeStep | undefined {
  if (cityValue === undefined || direction === 'band' || direction === 'inventory') return undefined;
  const gap = direction === 'up' ? cityValue - value : value - cityValue;
  const ratio = direction === 'up' ? (cityValue === 0 ? 1 : value / cityValue) : value === 0 ? 1 : cityValue / value;
  const [veryGood, good, fair] = rule.placeShares;
  const isSmall = isShare && gap < rule.leastPoints;
  const grade = ratio >= veryGood ? 'very-good' : isSmall || ratio >= good ? 'good' : ratio >= fair ? 'fair' : 'poor';
  return { by: 'peers', grade, text: { zh: `全市为 ${number(cityValue)}`, en: `the city as a whole has ${number(cityValue)}` } };
}

/** > 0 better, < 0 worse than the period before, as a share of it. */
function trendOf({ value, direction, previous }: GradeQuestion): number | undefined {
  if (previous === undefined || direction === 'band' || direction === 'inventory') return undefined;
  const change = direction === 'up' ? value - previous.value : previous.value - value;
  if (change === 0) return 0;
  return previous.value === 0 ? Math.sign(change) * Infinity : change / Math.abs(previous.value);
}

function trendText(question: GradeQuestion, zh: string, en: string): Bilingual {
  const { period, value } = question.previous!;
  return { zh: `比 ${period} 年（${number(value)}）${zh}`, en: `${en} than in ${period} (${number(value)})` };
}

function firstGrade(question: GradeQuestion, rule: GradingRule): GradeStep | undefined {
  if (question.oneVote) {
    return question.value > 0
      ? { by: 'one-vote', grade: 'poor', text: { zh: '底线类指标：出现一例即为问题（一票否决）', en: 'a bottom-line item: one occurrence makes it a problem' } }
      : { by: 'one-vote', grade: 'very-good', text: { zh: '底线类指标：没有发生', en: 'a bottom-line item: none occurs' } };
  }
  if (question.upgrade && question.value > 0) {
    const { survey } = question;
    if (survey === undefined) return undefined;
    const grade = survey.score >= rule.surveyGood ? 'good' : survey.score >= rule.surveyPass ? 'fair' : 'poor';
    return { by: 'survey', grade, text: { zh: `提升类指标，结合居民意愿：“${survey.topic.zh}”得分 ${survey.score.toFixed(1)}`, en: `an upgrade item, judged with the survey: “${survey.topic.en}” scores ${survey.score.toFixed(1)}` } };
  }
  return byStandard(question, rule) ?? byIdeal(question, rule) ?? byPeers(question, rule) ?? byCity(question, rule);
}

/**
 * By how much a value falls short in the comparison that gave its grade, 0 … 1: of the standard, of all units (or of the demand), of the city's own
 * value. 0 where it does not, or where only quarters, the survey or the trend speak.
 */
export function shortShare(question: GradeQuestion, { by }: GradeStep): number {
  const { value, standard, shortOf, cityValue, direction } = question;
  const within = (share: number): number => Math.min(1, Math.max(0, share));
  if (by === 'standard' && standard !== undefined) return within(shortfall(value, standard));
  if (by === 'ideal' || by === 'one-vote') return value > 0 ? within(shortOf === undefined || shortOf === 0 ? 1 : value / shortOf) : 0;
  if (by === 'peers' && cityValue !== undefined) return within(direction === 'up' ? 1 - value / cityValue : 1 - cityValue / value);
  return 0;
}

/** @param question value must be a number; NaN and infinities have no grade */
export function gradeIndicator(question: GradeQuestion, rule: GradingRule): GradeAnswer {
  if (!Number.isFinite(question.value) || question.direction === 'inventory') return { grade: undefined, steps: [] };
  const first = firstGrade(question, rule);
  const trend = trendOf(question);
  if (first === undefined) {
    if (trend === undefined || Math.abs(trend) <= rule.trendShare || question.upgrade) return { grade: undefined, steps: [] };
    const step: GradeStep = { by: 'trend', grade: trend > 0 ? 'good' : 'fair', text: trend > 0 ? trendText(question, '有改善', 'better') : trendText(question, '变差', 'worse') };
    return { grade: step.grade, steps: [step] };
  }
  const steps: GradeStep[] = [first];
  // one occurrence is 不足 and none is 很好, whatever else
  if (first.by === 'one-vote') return { grade: first.grade, steps };
  let grade = first.grade;
  if (trend !== undefined && trend < -rule.trendShare) {
    grade = drop(grade);
    steps.push({ by: 'trend', grade, text: trendText(question, '变差，降一级', 'worse, one grade less,') });
  }
  const peers = first.by === 'standard' ? byPeers(question, rule) : undefined;
  if (peers?.grade === 'poor') {
    grade = drop(grade);
    steps.push({ by: 'peers', grade, text: { zh: `${peers.text.zh}，降一级`, en: `${peers.text.en}: one grade less` } });
  }
  const { survey } = question;
  if (survey !== undefined && first.by !== 'survey' && survey.score < rule.surveyPass) {
    grade = drop(grade);
    steps.push({ by: 'survey', grade, text: { zh: `居民问卷“${survey.topic.zh}”得分 ${survey.score.toFixed(1)}（±${survey.margin.toFixed(1)}），低于 ${rule.surveyPass} 分，降一级`, en: `the survey scores “${survey.topic.en}” ${survey.score.toFixed(1)} (±${survey.margin.toFixed(1)}), under ${rule.surveyPass}: one grade less` } });
  }
  return { grade, steps };
}
