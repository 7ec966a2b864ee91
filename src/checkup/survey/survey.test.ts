import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import type { CityTable, PlaceTree } from '../city/city-data.ts';
import { checkSample } from './check-sample.ts';
import { readAnswers } from './read-answers.ts';
import { noteOtherYears, readSurvey } from './read-survey.ts';
import { scoreTopic } from './score-topics.ts';
import { SURVEY_TOPICS } from './topics.ts';

it('the survey asks about 46 topics: 8, 10, 8 and 20', () => {
  const of = (dimension: string): number => SURVEY_TOPICS.filter((topic) => topic.dimension === dimension).length;
  expect(['housing', 'community', 'block', 'city'].map(of)).toEqual([8, 10, 8, 20]);
  expect(new Set(SURVEY_TOPICS.flatMap(({ id, name }) => [id, name.zh])).size).toBe(92);
});

describe('answers', () => {
  it('are levels, scores or words', () => {
    expect([...readAnswers([1, 3, 5, null]).scores]).toEqual([20, 60, 100, NaN]);
    expect([...readAnswers([55, '90', 5]).scores]).toEqual([55, 90, 5]);
    expect([...readAnswers(['很满意', '一般', '很不满意']).scores]).toEqual([100, 60, 20]);
  });

  it('that are none of these are named, never used', () => {
    const { scores, unreadable } = readAnswers([4, 0, 'abc', true]);
    expect([...scores]).toEqual([80, NaN, NaN, NaN]);
    expect(unreadable).toEqual([1, 2, 3]);
    expect(readAnswers([101, 50]).unreadable).toEqual([0]);
  });
});

describe('the sample', () => {
  const make = (columns: Record<string, (string | number | null)[]>, rowCount: number, place = new Int32Array(rowCount)) =>
    checkSample({ rowCount, column: (name) => columns[name], place, communities: [0, 1], residents: 1_000_000 });

  it('is held against every rule of the manual', () => {
    const n = 2000;
    const ages = Array.from({ length: n }, (_, i) => (i % 100 < 30 ? 20 : i % 100 < 85 ? 40 : 70));
    const check = make({ age: ages, gender: ages.map((_, i) => (i % 2 === 0 ? 'f' : 'm')), occupation: ages.map((_, i) => (i % 10 === 0 ? '公务员' : '工人')) }, n, Int32Array.from(ages, (_, i) => i % 2));
    expect(check.rules.map(({ id, kept }) => [id, kept])).toEqual([
      ['answers', true], ['residents', true], ['communities', true], ['age/16', true], ['age/30', true], ['age/60', true], ['women', true], ['officials', true],
    ]);
  });

  it('leaves out who is too young or has only just come, and says what it does not know', () => {
    const check = make({ age: [15, 16, null], residence_months: [12, 5, 12] }, 3);
    expect([...check.counts]).toEqual([0, 0, 1]);
    expect(check.rules.find(({ id }) => id === 'answers')?.kept).toBe(false);
    expect(check.rules.find(({ id }) => id === 'women')?.kept).toBeUndefined();
    expect(check.rules.find(({ id }) => id === 'communities')?.kept).toBe(false);
  });

  it('at the edge of ±5 points is within', () => {
    const ages = [...Array<number>(35).fill(20), ...Array<number>(50).fill(40), ...Array<number>(15).fill(70)];
    expect(make({ age: ages }, 100).rules.filter(({ id }) => id.startsWith('age')).map(({ kept }) => kept)).toEqual([true, true, true]);
    ages[0] = 70;
    ages[35] = 20;
    ages[36] = 20;
    expect(make({ age: ages }, 100).rules.find(({ id }) => id === 'age/16')?.kept).toBe(false);
  });
});

describe('a score', () => {
  it('weighs communities by residents: 100 of a quarter, 20 of three quarters is 40', () => {
    const scores = Float64Array.of(100, 100, 100, 20);
    const answer = scoreTopic(scores, new Uint8Array(4).fill(1), Int32Array.of(0, 0, 0, 1), (community) => (community === 0 ? 1000 : 3000))!;
    expect(answer.score).toBe(40);
    // community 1 has one answer: the variance of all four, 1600, by 1; community 0 has none: 0.75² · 1600
    expect(answer.margin).toBeCloseTo(1.96 * Math.sqrt(0.75 ** 2 * 1600), 9);
  });

  it('without communities is the plain mean', () => {
    const answer = scoreTopic(Float64Array.of(80, 60, NaN, 40), Uint8Array.of(1, 1, 1, 0), new Int32Array(4).fill(-1), () => undefined)!;
    expect(answer).toEqual({ score: 70, margin: 1.96 * Math.sqrt(200 / 2), n: 2 });
  });

  it('of nobody is none, of one has no margin', () => {
    expect(scoreTopic(Float64Array.of(NaN), Uint8Array.of(1), Int32Array.of(0), () => 1)).toBeUndefined();
    expect(scoreTopic(Float64Array.of(60), Uint8Array.of(1), Int32Array.of(0), () => 1)).toEqual({ score: 60, margin: Infinity, n: 1 });
  });

  it('lies within its margin of the truth about 95 times of 100', () => {
    // 400 surveys of two communities of 1,000 and 3,000 with means 50 and 70, deviation 10, 30 answers each: the truth is 65
    const random = new Random(1);
    let within = 0;
    for (let survey = 0; survey < 400; survey++) {
      const scores = Float64Array.from({ length: 60 }, (_, i) => (i < 30 ? 50 : 70) + (random.next() < 0.5 ? -10 : 10));
      const answer = scoreTopic(scores, new Uint8Array(60).fill(1), Int32Array.from({ length: 60 }, (_, i) => (i < 30 ? 0 : 1)), (community) => (community === 0 ? 1000 : 3000))!;
      if (Math.abs(answer.score - 65) <= answer.margin) within++;
    }
    expect(within).toBeGreaterThan(364);
    expect(within).toBeLessThan(396);
  });
});

describe('a survey file', () => {
  const table = (columns: CityTable['columns'], place: number[]): CityTable => ({ rowCount: place.length, columns, pointE7: new Int32Array(2 * place.length).fill(0x7fffffff), place: Int32Array.from(place), batches: [1] });
  const tree = {
    count: 3, level: (place: number) => (place === 2 ? 'city' : 'community'), parent: Int32Array.of(2, 2, -1), outside: new Uint8Array(3),
    ofLevel: (level: string) => (level === 'city' ? Uint32Array.of(2) : level === 'community' ? Uint32Array.of(0, 1) : new Uint32Array(0)),
  } as unknown as PlaceTree;
  const residents = Float64Array.of(1000, 3000, 4000);

  it('counts the answers of the year that is checked, by topics in either language', () => {
    const survey = readSurvey(table({ year: [2025, 2025, 2024, null], 幼儿园: [5, 1, 5, null], park: [3, 4, 5, 9] }, [0, 1, 1, 0]), tree, residents, 2025)!;
    expect(survey.sample.answers).toBe(3);
    expect(survey.scores.get('kindergarten')).toMatchObject({ score: 40, n: 2 });
    expect(survey.scores.get('park')?.n).toBe(3);
    expect(survey.notes.map(({ code }) => code)).toContain('survey/sample/answers');
  });

  it('of other years is none, and it is said', () => {
    const old = table({ year: [2024, 2024], park: [5, 4] }, [0, 1]);
    expect(readSurvey(old, tree, residents, 2025)).toBeUndefined();
    expect(noteOtherYears(old, 2025)).toMatchObject([{ code: 'survey/other-year/2024', level: 'warning', count: 2, examples: [{ file: 'survey.csv', field: 'year', value: '2024' }] }]);
    expect(noteOtherYears(old, 2025)[0].text.en).toContain('--period 2024');
    // beside answers of the year it is worth no more than a word
    expect(noteOtherYears(table({ year: [2025, 2023, null], park: [5, 4, 1] }, [0, 1, 0]), 2025)).toMatchObject([{ code: 'survey/other-year/2023', level: 'info', count: 1 }]);
    expect(noteOtherYears(table({ park: [5] }, [0]), 2025)).toEqual([]);
  });

  it('names the answers that cannot be read', () => {
    const { notes } = readSurvey(table({ park: [5, 'x', 1] }, [0, 1, 1]), tree, residents, 2025)!;
    expect(notes.find(({ code }) => code === 'survey/unreadable/park')).toMatchObject({ count: 1, examples: [{ field: 'park', row: 3, value: 'x' }] });
  });
});
