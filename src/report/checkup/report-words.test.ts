import { expect, it } from 'vitest';
import { countRecords } from './read-report-input.ts';
import { ReportWords } from './report-words.ts';

it('writes a count as the table beside it has it, and one of a kind as one', () => {
  const [zh, en] = [new ReportWords('zh'), new ReportWords('en')];
  const communities = { zh: '个', en: 'communities' };
  expect(zh.value({ value: 15_593, unit: { zh: '套', en: 'homes' } })).toBe('15,593 套');
  expect(en.value({ value: 1, unit: communities })).toBe('1 community');
  expect(en.value({ value: 2, unit: communities })).toBe('2 communities');
  expect(en.value({ value: 1, unit: { zh: 'm²/人', en: 'm²/person' } })).toBe('1 m²/person');
  expect(zh.value({ value: 8.6957, unit: { zh: '%', en: '%' } })).toBe('8.7%');
  expect(zh.value({ value: null, unit: communities })).toBe('—');
});

it('counts a row of a registry once, though it became a building as well', () => {
  expect(countRecords({ building: 8105, 'row/buildings': 8105 })).toBe(8105);
  expect(countRecords({ street: 2611, building: 8933 })).toBe(11_544);
});
