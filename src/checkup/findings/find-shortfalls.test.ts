import { describe, expect, it } from 'vitest';
import type { PlaceLevel } from '../../import/model.ts';
import type { PlaceTree } from '../city/city-data.ts';
import { gradeCheckup } from '../grading/grade-checkup.ts';
import { GRADING_RULE } from '../grading/grading-rule.ts';
import type { Indicator } from '../model.ts';
import type { PlaceValues } from '../operators/operator.ts';
import { findShortfalls } from './find-shortfalls.ts';

// a city (0) of one district (1) of two blocks (2, 3); block 2 has communities 4 and 5, block 3 has 6, and 7 outside the built-up area
const LEVELS: PlaceLevel[] = ['city', 'district', 'block', 'block', 'community', 'community', 'community', 'community'];
const tree = {
  count: 8, level: (place: number) => LEVELS[place], parent: Int32Array.of(-1, 0, 1, 1, 2, 2, 3, 3), outside: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1),
  ofLevel: (level: PlaceLevel) => Uint32Array.from(LEVELS.flatMap((one, place) => (one === level ? [place] : []))),
} as unknown as PlaceTree;

const indicator = (id: string, differing: Partial<Indicator>): Indicator => ({
  id, set: 'national-2025', group: 'community', version: '1', name: { zh: id, en: id }, definition: { zh: '', en: '' }, formula: { zh: '', en: '' }, unit: { zh: '%', en: '%' },
  direction: 'up', level: 'community', methods: [], thresholds: [], computability: ['a'], source: '', confidence: 'certain', ...differing,
});
const values = (value: number[], denominator?: number[]): PlaceValues => ({ value: Float64Array.from(value), ...(denominator && { denominator: Float64Array.from(denominator) }), quality: 'measured' });

function find(one: Indicator, of: PlaceValues, unserved?: Float64Array, surveyScore?: number) {
  const survey = () => (surveyScore === undefined ? undefined : { topic: { zh: '适老', en: 'age' }, score: surveyScore, margin: 2 });
  const results = [{ indicator: one, values: of }];
  const grades = gradeCheckup({ results, tree, cityClass: 'medium', cityRank: undefined, period: 2025, rule: GRADING_RULE, previous: () => undefined, survey, peers: () => [], ownThresholds: {} });
  return findShortfalls({ results, grades: grades.indicators, tree, placeName: (place) => ({ zh: `甲${place}`, en: `P${place}` }), unserved: () => unserved, residents: Float64Array.of(9000, 9000, 5000, 4000, 3000, 2000, 4000, 50) });
}
const standard = (value: number) => [{ op: '>=' as const, value, source: 'GB', confidence: 'certain' as const }];

describe('what falls short', () => {
  it('is where every unit must have something and has not, at the indicator’s own level only', () => {
    const lacking = indicator('kindergarten', { unit: { zh: '个', en: 'communities' }, direction: 'down' });
    const found = find(lacking, values([1, 1, 1, 0, 1, 0, 0, 1], [3, 3, 2, 1, 1, 1, 1, 1]));
    expect(found.map(({ place, severity, extent, persons }) => [place, severity, extent, persons])).toEqual([[4, 5, 'serious', 3000]]);
  });

  it('is where the standard is missed, by how much; of a city’s indicator in its blocks, and the city itself', () => {
    const fire = indicator('fire', { level: 'city', thresholds: standard(75), finding: { kind: 'time-limited', bodies: ['消防救援支队'], problem: { zh: '{place}仅 {value}{unit}，标准 {standard}[，{persons}人]', en: '' }, advice: { zh: '', en: '' } } });
    const found = find(fire, values([60, 60, 80, 22, 80, 80, 22, 22]), Float64Array.of(0, 0, 0, 1234.4, 0, 0, 0, 0));
    expect(found.map(({ place, severity, kind, priority }) => [place, severity, kind, priority])).toEqual([[3, 5, 'time-limited', 'high'], [0, 3, 'time-limited', 'medium']]);
    expect(found[0].problem.zh).toBe('甲3仅 22%，标准 ≥ 75，1,234人');
    expect(found[1].problem.zh).toBe('甲0仅 60%，标准 ≥ 75');
  });

  it('is any hazard, of severity 3 at least', () => {
    const gas = indicator('gas', { oneVote: true, unit: { zh: '栋', en: 'buildings' }, direction: 'down' });
    expect(find(gas, values([1, 1, 1, 0, 1, 0, 0, 0], [500, 500, 300, 200, 200, 100, 200, 0])).map(({ place, severity }) => [place, severity])).toEqual([[4, 3]]);
  });

  it('without a standard is less than half of what the city has, never a place outside the built-up area', () => {
    const school = indicator('school', { level: 'community' });
    expect(find(school, values([60, 60, 45, 75, 90, 0, 75, 0])).map(({ place }) => place)).toEqual([5]);
    expect(find(school, values([12, 12, 12, 12, 13, 5, 12, 0])).map(({ place }) => place)).toEqual([]);
  });

  it('is an upgrade item that more than a twentieth of the homes want, of severity 3 at most, unless residents are content', () => {
    const lifts = indicator('lifts', { upgrade: true, surveyTopic: 'age-friendly', unit: { zh: '栋', en: 'buildings' }, direction: 'down' });
    // 100, 5 and 6 of 100 homes
    const homes = values([111, 111, 105, 6, 100, 5, 6, 50], [400, 400, 200, 100, 100, 100, 100, 100]);
    expect(find(lifts, homes).map(({ place, severity }) => [place, severity])).toEqual([[4, 3], [6, 2]]);
    expect(find(lifts, homes, undefined, 79).map(({ place }) => place)).toEqual([4, 6]);
    expect(find(lifts, homes, undefined, 80)).toEqual([]);
  });

  it('is one of an area of industry, which stands beside the tree', () => {
    const zones = { ...tree, level: (place: number) => (place === 7 ? 'zone' : LEVELS[place]), outside: new Uint8Array(8), ofLevel: (level: PlaceLevel) => (level === 'zone' ? Uint32Array.of(7) : tree.ofLevel(level)) } as unknown as PlaceTree;
    const results = [{ indicator: indicator('sharing', { level: 'zone', thresholds: standard(80) }), values: values([50, 50, 50, 50, 50, 50, 50, 30]) }];
    const grades = gradeCheckup({ results, tree: zones, cityClass: 'medium', cityRank: undefined, period: 2025, rule: GRADING_RULE, previous: () => undefined, survey: () => undefined, peers: () => [], ownThresholds: {} });
    const found = findShortfalls({ results, grades: grades.indicators, tree: zones, placeName: () => ({ zh: '', en: '' }), unserved: () => undefined, residents: new Float64Array(zones.count) });
    expect(found.map(({ place, level }) => [place, level])).toEqual([[7, 'zone']]);
  });

  it('is nothing where there is no value', () => {
    expect(find(indicator('x', { thresholds: standard(75) }), values([NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN]))).toEqual([]);
  });
});
