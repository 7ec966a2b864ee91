import { expect, test } from 'vitest';
import { freeName } from './free-name.ts';

test.each([
  ['验收单.pdf', [], '验收单.pdf'],
  ['验收单.pdf', ['验收单.pdf'], '验收单 (2).pdf'],
  ['验收单.pdf', ['验收单.pdf', '验收单 (2).pdf'], '验收单 (3).pdf'],
  ['照片', ['照片'], '照片 (2)'],
  ['.env', ['.env'], '.env (2)'],
  ['a.tar.gz', ['a.tar.gz'], 'a.tar (2).gz'],
])('%s beside %j is kept as %s', (name, taken, kept) => {
  expect(freeName(name, new Set(taken))).toBe(kept);
});
