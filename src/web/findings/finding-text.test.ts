import { expect, test } from 'vitest';
import { buildFormats } from '../i18n/format.ts';
import { en } from '../i18n/en.ts';
import { zh } from '../i18n/zh.ts';
import { fieldName, fieldText } from './finding-text.ts';

const inZh = { t: zh, f: buildFormats('zh'), pick: (text: { zh: string }) => text.zh };
const inEn = { t: en, f: buildFormats('en'), pick: (text: { en: string }) => text.en };

// every field of which a check-up keeps a change (findings/ledger-row.ts), with what it may be
const KEPT: readonly (readonly [field: string, value: unknown, zh: string, en: string])[] = [
  ['stage', 'lapsed', '不再适用', 'no longer asked'],
  ['value', 12.3456, '12.35', '12.35'],
  ['severity', 4, '4 局部严重', '4 locally serious: at once'],
  ['extent', 'serious', '严重', 'serious'],
  ['kind', 'time-limited', '限时', 'time-limited'],
  ['difficulty', 'high', '高', 'high'],
  ['priority', 'low', '低', 'low'],
  ['bodies', ['教育局', '街道'], '教育局、街道', '教育局、街道'],
  ['level', 'community', '小区（社区）', 'community'],
  ['asked', { version: '2025.1', standard: '≥ 90' }, '≥ 90（定义版本 2025.1）', '≥ 90 (definition 2025.1)'],
  ['asked', { version: '2025.1', standard: '' }, '无标准（定义版本 2025.1）', 'no standard (definition 2025.1)'],
  ['closedBy', 'threshold', '标准已变更', 'the standard is another'],
  ['problem', { zh: '缺幼儿园', en: 'no kindergarten' }, '缺幼儿园', 'no kindergarten'],
  ['deadline', null, '–', '–'],
];

test.each(KEPT)('%s of the history is said in words, in both languages', (field, value, wordZh, wordEn) => {
  expect([fieldText(field, value, inZh), fieldText(field, value, inEn)]).toEqual([wordZh, wordEn]);
  expect(fieldName(field, zh)).toMatch(/^[一-鿿（）/]+$/);
  expect(fieldName(field, en)).toMatch(/^[A-Z]/);
});
