import { expect, it } from 'vitest';
import { unitText } from './measured-text.ts';

it('says one community and two communities', () => {
  expect([1, 2, 0].map((value) => unitText(value, 'communities', 'en'))).toEqual(['community', 'communities', 'communities']);
  expect(unitText(1, 'homes', 'en')).toBe('home');
  expect(unitText(1, 'persons/km²', 'en')).toBe('persons/km²');
  expect(unitText(1, 'cases', 'zh')).toBe('cases');
});
