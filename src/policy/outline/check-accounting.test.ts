import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPassages } from '../build-passages.ts';
import { checkAccounting } from './check-accounting.ts';
import { readOutline } from './read-outline.ts';

/** Everything that makes trouble for an outline, to be thrown together in any order. */
const PIECES = [
  '一、总体要求', '二、', '（三）', '(一)抓好落实。', '1.', '1、总体需要', '①', '(1)甲;', '第一章 总则', '第一条', '一是', '二是', '三要', '第一,', '首先,', '最后,', '附件', '附件1', '附件:1.清单', '目录', '目录……12',
  '……(省略1145字)……', '(未完,全文共99字', '……', '……(略)', '关于推进城市更新的通知', '各县区人民政府:', '同志们:', '示范市人民政府', '2024年5月6日', '新华社北京8月28日电', '来源:某报', '编辑:某某', 'ICP备案号:1', '- 3 -', '第 3 页', '7',
  '努力保持稳中求进的发展态势。要以自身发展的确定性应对外部环境。', '城市是人民的城市', '。', ';', ':', ',', '“', '”', '《', '》', '\n', '\n\n', '\r\n', '\r', '\f', '\u2028', ' ', '　', '\t', '\u0000', '\u0007\u0001\u0002', '\ufffd\ufffd\ufffd\ufffd',
  '\ud800', '\udc00', '😅', '🏀', 'مرحبا بالعالم', 'שלום', '\u202e', 'e\u0301', '𠮷', 'a', '一', '（', ')', '\ufeff',
];

function faultsOf(text: string): unknown {
  const reading = readOutline(text);
  return checkAccounting({ text, ...reading });
}

describe('character accounting', () => {
  it('owns every character once, whatever the text', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }), (pieces) => {
      expect(faultsOf(pieces.join(''))).toEqual([]);
    }), { numRuns: 1500 });
  });

  it('owns every character once in lines of any kind', () => {
    const line = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));
    fc.assert(fc.property(fc.array(line, { maxLength: 40 }), fc.constantFrom('\n', '\r\n', '\n\n'), (lines, end) => {
      expect(faultsOf(lines.join(end))).toEqual([]);
    }), { numRuns: 1500 });
  });

  it('owns every character once in binary junk', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(faultsOf(text)).toEqual([]);
    }), { numRuns: 500 });
  });

  it('gives passages that know where each of their characters stood', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }), (pieces) => {
      const text = pieces.join('');
      const { outline, aside, paragraphs } = readOutline(text);
      const seen = new Uint8Array(text.length);
      for (const passage of buildPassages(text, outline, aside, paragraphs)) {
        expect(passage.at.length).toBe(passage.text.length + 1);
        for (let i = 0; i < passage.text.length; i++) {
          if (i > 0) expect(passage.at[i]).toBeGreaterThanOrEqual(passage.at[i - 1]);
          // Line joints are the only characters that stand for none of the source.
          if (passage.text[i] === '\n' || (passage.text[i] === ' ' && text[passage.at[i]] !== ' ')) continue;
          expect(passage.text[i]).toBe(text[passage.at[i]]);
          expect(seen[passage.at[i]]++).toBe(0);
        }
      }
      // Whatever is no blank is in a passage or set aside.
      for (const { span } of aside) seen.fill(1, span[0], span[1]);
      for (let i = 0; i < text.length; i++) if (/[\u4e00-\u9fff]/.test(text[i])) expect([i, seen[i]]).toEqual([i, 1]);
    }), { numRuns: 800 });
  });

  it.each([
    ['a million letters', 'a'.repeat(1e6)],
    ['a million 一', '一'.repeat(1e6)],
    ['a million brackets', '('.repeat(1e6)],
    ['a million 第', '第'.repeat(1e6)],
    ['a million digits', '1'.repeat(1e6)],
    ['half a million 一是', '一是'.repeat(5e5)],
    ['half a million 省略', '省略'.repeat(5e5)],
    ['lists in lists without end', '。一是A;第一,B;一要C;首先,D;①F;(1)G'.repeat(3e4)],
    ['100,000 headings', Array.from({ length: 1e5 }, (_, i) => `${(i % 99) + 1}、标题`).join('\n')],
    ['100,000 headings nested five deep', Array.from({ length: 1e5 }, (_, i) => ['一、甲', '(一)乙', '1.丙', '(1)丁', '①戊'][i % 5]).join('\n')],
    ['a contents list without end', `目录\n${'一、甲乙丙丁\n'.repeat(5e4)}`],
    ['50,000 holes', '一、甲\n乙\n……(省略1字)……\n三、丙\n'.repeat(5e4)],
    ['one line of ten million characters', '推进城市更新,提升品质。'.repeat(8e5)],
    ['a million line ends', '\n'.repeat(1e6)],
    ['a million lone surrogates', '\ud800'.repeat(1e6)],
  ])('owns every character of %s', (_, text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it('finds what is wrong where it is made wrong', () => {
    const text = '一、甲\n乙。\n二、丙\n丁。';
    const reading = readOutline(text);
    expect(checkAccounting({ text, ...reading })).toEqual([]);
    expect(checkAccounting({ text, outline: reading.outline.slice(1), aside: reading.aside })[0].what).toBe('lost');
    expect(checkAccounting({ text, outline: reading.outline, aside: [...reading.aside, { kind: 'junk', span: [0, 2] }] }).map(({ what }) => what)).toContain('overlapping-asides');
    const [first, second] = reading.outline;
    expect(checkAccounting({ text, outline: [{ ...first, span: [0, second.span[0] + 1] }, second], aside: reading.aside }).map(({ what }) => what)).toContain('overlapping-nodes');
  });
});
