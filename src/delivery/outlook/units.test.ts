import { expect, it } from 'vitest';
import { isLevel, unitFactor } from './units.ts';

it.each([
  ['%', '%', 1], ['公里/平方公里', 'km/km²', 1], ['人/平方公里', '万人/km²', 1e-4], ['万人/平方公里', '人/km²', 1e4], ['平方米/人', 'm²/人', 1], ['分钟', 'min', 1], ['米', 'm', 1],
  ['个/千人', '个/万人', 10], ['个/万人', '个/10万人', 10], ['公里', 'km', 1], ['公里/小时', 'km/h', 1],
])('%s is %s times %f', (text, indicator, factor) => {
  expect(unitFactor(text, indicator)).toBeCloseTo(factor, 12);
});

it.each([['%', '个'], ['所', '个'], ['公里', '平方公里'], ['', '%']])('%s is not %s', (text, indicator) => {
  expect(unitFactor(text, indicator)).toBeUndefined();
});

it('tells levels from numbers of things', () => {
  expect(['%', '公里/平方公里', '分钟', '米', '平方米/人'].every(isLevel)).toBe(true);
  expect(['个', '处', '条', '', '平方米'].some(isLevel)).toBe(false);
});
