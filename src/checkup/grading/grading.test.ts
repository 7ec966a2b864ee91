import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Grade, Threshold } from '../model.ts';
import { GRADES } from '../model.ts';
import { cityClassOf } from './city-class.ts';
import { gradeDimension } from './grade-dimension.ts';
import type { GradeQuestion } from './grade-indicator.ts';
import { gradeIndicator } from './grade-indicator.ts';
import { GRADING_RULE } from './grading-rule.ts';
import { applies, pickThresholds, shortfall } from './thresholds.ts';

const atLeast = (value: number, role?: 'higher'): Threshold => ({ op: '>=', value, ...(role && { role }), source: 'test', confidence: 'certain' });
const ask = (differing: Partial<GradeQuestion>): GradeQuestion => ({
  value: 0, direction: 'up', isShare: true, oneVote: false, upgrade: false, standard: undefined, higher: undefined, shortOf: undefined,
  previous: undefined, survey: undefined, peers: [], cityValue: undefined, ...differing,
});
const gradeOf = (differing: Partial<GradeQuestion>): Grade | undefined => gradeIndicator(ask(differing), GRADING_RULE).grade;
const survey = (score: number) => ({ topic: { zh: '题', en: 'topic' }, score, margin: 2 });

describe('a single indicator', () => {
  it('is held against its standard: met, nearly met, missed', () => {
    expect(gradeOf({ value: 70, standard: atLeast(70) })).toBe('very-good');
    expect(gradeOf({ value: 63, standard: atLeast(70) })).toBe('fair');
    expect(gradeOf({ value: 62.9, standard: atLeast(70) })).toBe('poor');
    expect(gradeOf({ value: 86, standard: atLeast(85), higher: atLeast(90, 'higher') })).toBe('good');
    expect(gradeOf({ value: 1, direction: 'down', standard: { op: '<=', value: 0, source: 'test', confidence: 'certain' } })).toBe('poor');
  });

  it('of a bottom-line item is 不足 with one occurrence and 很好 with none, whatever else speaks', () => {
    expect(gradeOf({ value: 1, direction: 'down', oneVote: true, shortOf: 5000 })).toBe('poor');
    expect(gradeOf({ value: 0, direction: 'down', oneVote: true, survey: survey(10) })).toBe('very-good');
  });

  it('drops one grade for a survey score under 60, and only then', () => {
    expect(gradeOf({ value: 80, standard: atLeast(70), survey: survey(60) })).toBe('very-good');
    expect(gradeOf({ value: 80, standard: atLeast(70), survey: survey(59.9) })).toBe('good');
    expect(gradeOf({ value: 10, standard: atLeast(70), survey: survey(10) })).toBe('poor');
  });

  it('beyond its standard may be 一般: two things speak against it, as in a road density of 8.68 against 8', () => {
    const answer = gradeIndicator(ask({ value: 8.68, isShare: false, standard: atLeast(8), previous: { period: 2024, value: 9.4 }, survey: survey(55) }), GRADING_RULE);
    expect(answer.grade).toBe('fair');
    expect(answer.steps.map(({ by }) => by)).toEqual(['standard', 'trend', 'survey']);
  });

  // Yichang 2025, values whose grade follows from the standard alone (standards.md §1.6)
  it.each([
    ['文化设施面积 0.31 ≥ 0.15', 0.31, 0.15, 'very-good'],
    ['避难场所 3.36 ≥ 2', 3.36, 2, 'very-good'],
    ['绿色建筑 51.47 < 100', 51.47, 100, 'poor'],
    ['消防站 20.59 < 75', 20.59, 75, 'poor'],
    ['高层预警 11.6 < 100', 11.6, 100, 'poor'],
  ] as const)('agrees with Yichang: %s', (_, value, standard, grade) => {
    expect(gradeOf({ value, standard: atLeast(standard) })).toBe(grade);
  });

  it('without a standard goes by the share that falls short, peers, the city, the trend; and has none where nothing can be compared', () => {
    expect(gradeOf({ value: 0, direction: 'down', isShare: false })).toBe('very-good');
    expect(gradeOf({ value: 5, direction: 'down', isShare: false, shortOf: 100 })).toBe('good');
    expect(gradeOf({ value: 11, direction: 'down', isShare: false, shortOf: 100 })).toBe('poor');
    expect(gradeOf({ value: 50, peers: [10, 20, 30, 40] })).toBe('very-good');
    expect(gradeOf({ value: 50, peers: [60, 70, 80] })).toBeUndefined();
    expect(gradeOf({ value: 0, cityValue: 60 })).toBe('poor');
    expect(gradeOf({ value: 52, cityValue: 60 })).toBe('good');
    expect(gradeOf({ value: 3, direction: 'down', isShare: false, previous: { period: 2024, value: 9 } })).toBe('good');
    expect(gradeOf({ value: 3, direction: 'down', isShare: false })).toBeUndefined();
    expect(gradeOf({ value: NaN, standard: atLeast(1) })).toBeUndefined();
    expect(gradeOf({ value: 3, direction: 'inventory', standard: atLeast(1) })).toBeUndefined();
  });

  it('of an upgrade item waits for the survey', () => {
    const item = { value: 200, direction: 'down', isShare: false, upgrade: true, shortOf: 1000 } as const;
    expect(gradeOf(item)).toBeUndefined();
    expect([85, 65, 40].map((score) => gradeOf({ ...item, survey: survey(score) }))).toEqual(['good', 'fair', 'poor']);
  });

  it('never gets better when the value gets worse', () => {
    const rank = (grade: Grade | undefined): number => (grade === undefined ? -1 : GRADES.indexOf(grade));
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), fc.double({ min: 0, max: 100, noNaN: true }), fc.double({ min: 1, max: 100, noNaN: true }), fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 9 }), (a, b, bound, peers) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const context = { standard: atLeast(bound), peers, previous: { period: 2024, value: 50 } };
        expect(rank(gradeOf({ ...context, value: low }))).toBeGreaterThanOrEqual(rank(gradeOf({ ...context, value: high })));
        const noStandard = { peers, previous: undefined };
        expect(rank(gradeOf({ ...noStandard, value: low }))).toBeGreaterThanOrEqual(rank(gradeOf({ ...noStandard, value: high })));
      }),
    );
  });
});

describe('thresholds', () => {
  const scope = { cityClass: 'large-1', cityRank: 'prefecture', level: 'city', period: 2025 } as const;

  it('hold by class, rank, level and year', () => {
    const when = (condition: Threshold['when']): boolean => applies({ ...atLeast(1), when: condition! }, scope);
    expect([when({ cityClass: ['large-1'] }), when({ cityClass: ['medium'] }), when({ cityRank: ['county'] }), when({ levels: ['block'] }), when({ from: 2026 }), when({ to: 2025 })]).toEqual([true, false, false, false, false, true]);
    expect(applies({ ...atLeast(1), when: { cityRank: ['prefecture'] } }, { ...scope, cityRank: undefined })).toBe(false);
  });

  it('of several the one that asks more stands', () => {
    expect(pickThresholds([atLeast(75), atLeast(80), atLeast(90, 'higher')], scope)).toEqual({ standard: atLeast(80), higher: atLeast(90, 'higher') });
  });

  it('are missed by a share of themselves', () => {
    expect(shortfall(60, atLeast(80))).toBe(0.25);
    expect(shortfall(150, { ...atLeast(80), op: 'between', upper: 120 })).toBe(0.25);
  });
});

describe('a dimension', () => {
  const of = (veryGood: number, good: number, fair: number, poor: number): Grade[] => [
    ...Array<Grade>(veryGood).fill('very-good'), ...Array<Grade>(good).fill('good'), ...Array<Grade>(fair).fill('fair'), ...Array<Grade>(poor).fill('poor'),
  ];

  it.each([
    ['很好 80 %, none lacking', of(8, 0, 2, 0), 'excellent'],
    ['很好 80 % with one lacking', of(8, 0, 1, 1), 'good'],
    ['good 80 % with lacking', of(4, 4, 1, 1), 'good'],
    ['the hole of the table: good 90 %, 很好 50 %, none lacking', of(5, 4, 1, 0), 'good'],
    ['good 60 %, none lacking', of(3, 3, 4, 0), 'good'],
    ['good 60 % with lacking', of(3, 3, 3, 1), 'medium'],
    ['good 40 %, none lacking', of(2, 2, 6, 0), 'medium'],
    ['good 40 % with lacking', of(2, 2, 5, 1), 'poor'],
    ['good 30 %', of(3, 0, 7, 0), 'poor'],
  ] as const)('%s', (_, grades, expected) => {
    expect(gradeDimension(grades, grades.length).grade).toBe(expected);
  });

  it('has none either where less than a third of its indicators has', () => {
    expect(gradeDimension(['very-good', 'very-good', 'very-good'], 8).grade).toBe('excellent');
    const thin = gradeDimension(['very-good'], 31);
    expect(thin.grade).toBeUndefined();
    expect(thin.graded).toBe(1);
    expect(thin.text.zh).toContain('31 项中仅 1 项');
  });

  it('has no grade where none of its indicators has', () => {
    expect(gradeDimension([], 9).grade).toBeUndefined();
  });
});

it('the class of a city follows its residents', () => {
  expect([10_000_000, 9_999_999, 1_000_000, 200_000, 199_999].map(cityClassOf)).toEqual(['super-large', 'very-large', 'large-2', 'small-1', 'small-2']);
});
