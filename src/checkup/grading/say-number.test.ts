import { expect, it } from 'vitest';
import { sayNumber } from './say-number.ts';

it.each([
  [15_593, '15,593'], [30_115.6, '30,116'], [54.7361, '54.74'], [0.009, '0.009'], [0.66667, '0.667'], [100, '100'], [0, '0'], [-3.14159, '-3.14'], [8.6957, '8.7'],
])('%f reads %s', (value, said) => {
  expect(sayNumber(value)).toBe(said);
});
