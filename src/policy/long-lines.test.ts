// Lines made to hurt: the readers of numbers, times and targets stay linear on them and answer within their types. No timing is asserted; a
// pattern that ran away would run into the time limit of the test.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutlineNode } from './model.ts';
import type { Passage } from './passage.ts';
import { readQuantities } from './quantities/read-quantities.ts';
import { readTargets } from './targets/read-targets.ts';
import { readTimes } from './times/read-times.ts';

const node: OutlineNode = { id: '1', parent: null, level: 1, kind: 'section', marker: null, ordinal: null, heading: '', headingSpan: [0, 0], span: [0, 0], state: 'present' };

function readAll(text: string) {
  const passage: Passage = { clause: '1', text, at: Int32Array.from({ length: text.length + 1 }, (_, i) => i) };
  const times = readTimes(text, { publishedAt: '2025-08-28' }), quantities = readQuantities(text);
  return { times, quantities, ...readTargets(passage, { times, quantities, node, publishedAt: '2025-08-28' }) };
}

function checkSpans(text: string): void {
  const { times, quantities, targets, facts } = readAll(text);
  for (const list of [times, quantities]) {
    let last = 0;
    for (const { span, text: said } of list) {
      expect(span[0]).toBeGreaterThanOrEqual(last);
      expect(span[1]).toBeGreaterThan(span[0]);
      expect(said).toBe(text.slice(...span));
      last = list === times ? span[1] : span[0];
    }
  }
  for (const { from, to } of times) {
    for (const day of [from, to]) expect(day === null || /^\d{4}-\d{2}-\d{2}$/u.test(day)).toBe(true);
    if (from !== null && to !== null) expect(from <= to).toBe(true);
  }
  for (const { value, upper, masked } of quantities) {
    expect(value === null || Number.isFinite(value)).toBe(true);
    if (masked) expect(value).toBeNull();
    if (upper !== null) expect(upper).toBeGreaterThan(value as number);
  }
  for (const { span } of [...targets, ...facts]) expect(span[0] >= 0 && span[1] <= text.length && span[0] < span[1]).toBe(true);
}

describe('a line of up to 100,000 characters', () => {
  it.each([
    'a', '7', '一', '十', '万', '亿万', '〇', '(', '（', '“', '“”', '《', '第', '年', '1,', '111,', '1.', '一分之', '点一', '多', '2025年', '2025-', '1月', '3日', '3至', '5—',
    '*', '*个', 'X', '个', '达到公里,', '已有个产业园区', '超过', '今年', '前', '每', '十四五', '要,', ',', '1%', '由1%到2%', '1个、', '翻一番', '公里', '增长', ' ', '不得', '的', '过去,', '\t1个',
  ])('of %j', (unit) => {
    // Dense ones are shorter: each of their few characters is a find with objects of its own.
    const length = /[0-9一*十年月%前达已]/u.test(unit) ? 20_000 : 100_000;
    const { times, quantities } = readAll(unit.repeat(Math.ceil(length / unit.length)));
    expect(times.length + quantities.length).toBeLessThanOrEqual(length);
  });
});

describe('any string', () => {
  const words = fc.constantFrom(...'到至年月日底前后内以上下不低于超过约近五十百千万亿%％个公里元平方*_X“”《》()，。；、增长提高由从达到今明去第季度旬期间用时间三两半分之成倍翻番每', '2025年', '明年', '6月底前', '80%', '10个', '“十四五”期间', '2.5', '1,000', ' ', '\n', 'A', '😀', '\u202e', '\ud800');
  it('gives spans of the text, days that exist, finite values', () => {
    fc.assert(fc.property(fc.array(words, { maxLength: 40 }), (parts) => checkSpans(parts.join(''))), { numRuns: 1500 });
  });
  it('and of any characters at all', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), checkSpans), { numRuns: 500 });
  });
});
