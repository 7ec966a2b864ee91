// What counts as falling short, and where: counts against their demand, never means; supplies of the whole city only for the whole city.
import { expect, it } from 'vitest';
import type { PlaceLevel } from '../../import/model.ts';
import type { PlaceTree } from '../city/city-data.ts';
import type { Indicator } from '../model.ts';
import type { PlaceValues } from '../operators/operator.ts';
import { gradeCheckup } from './grade-checkup.ts';
import { GRADING_RULE } from './grading-rule.ts';

// a city (0) of one district (1) of the blocks 2 and 3
const LEVELS: PlaceLevel[] = ['city', 'district', 'block', 'block'];
const tree: PlaceTree = {
  count: 4, level: (place) => LEVELS[place], parent: Int32Array.of(-1, 0, 1, 1), outside: new Uint8Array(4),
  ofLevel: (level) => Uint32Array.from(LEVELS.flatMap((one, place) => (one === level ? [place] : []))),
  locate: () => ({ leaf: new Int32Array(0), cell: new Int32Array(0), zone: new Int32Array(0) }),
  sum: () => new Float64Array(4),
};

const indicator = (differing: Partial<Indicator>): Indicator => ({
  id: 'it', set: 'local', group: 'local', version: '1', name: { zh: '', en: '' }, definition: { zh: '', en: '' }, formula: { zh: '', en: '' }, unit: { zh: '个', en: 'items' },
  direction: 'down', level: 'block', methods: [], thresholds: [], computability: ['a'], source: '', confidence: 'certain', ...differing,
});

function gradesOf(one: Indicator, values: PlaceValues): { city: string | undefined; byPlace: number[] } {
  const { indicators } = gradeCheckup({
    results: [{ indicator: one, values }], tree, cityClass: 'medium', cityRank: undefined, period: 2025, rule: GRADING_RULE,
    previous: () => undefined, survey: () => undefined, peers: () => [], ownThresholds: {},
  });
  const grades = indicators.get('it');
  return { city: grades?.city.grade, byPlace: [...(grades?.byPlace ?? [])] };
}
const of = (value: number[], numerator: number[], denominator: number[]): PlaceValues => ({ value: Float64Array.from(value), numerator: Float64Array.from(numerator), denominator: Float64Array.from(denominator), quality: 'measured' });

it('30 of 100 units that lack something are poor, by the aim that none does', () => {
  expect(gradesOf(indicator({}), of([30, 30, 20, 10], [30, 30, 20, 10], [100, 100, 50, 50])).city).toBe('poor');
});

it('a mean walk of 30 m over 100 residents is not 30 of 100 residents', () => {
  const walk = indicator({ unit: { zh: 'm', en: 'm' } });
  expect(gradesOf(walk, of([30, 30, 40, 20], [3000, 3000, 2000, 1000], [100, 100, 50, 50]))).toEqual({ city: undefined, byPlace: [0, 0, 0, 0] });
});

it('a supply of the whole city has no grade in its parts', () => {
  const standard = { op: '>=', value: 1, source: 'x', confidence: 'certain' } as const;
  const museums: Partial<Indicator> = { unit: { zh: 'm²/人', en: 'm²/person' }, direction: 'up', level: 'city', thresholds: [standard] };
  const values = of([2, 2, 4, 0], [200, 200, 200, 0], [100, 100, 50, 50]);
  expect(gradesOf(indicator(museums), values).byPlace).toEqual([1, 1, 1, 4]);
  expect(gradesOf(indicator({ ...museums, cityOnly: true }), values).byPlace).toEqual([1, 0, 0, 0]);
});
