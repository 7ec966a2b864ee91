import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairBrackets } from './pair-brackets.ts';
import { splitStatements } from './split-statements.ts';
import { readTableRows } from './table-rows.ts';
import { WordMatcher } from './word-matcher.ts';

const parts = (text: string): string[][] => splitStatements(text).map(({ members }) => members.map(({ start, end }) => text.slice(start, end)));

describe('statements', () => {
  it('parts sentences, semicolons and commas, full- and half-width', () => {
    expect(parts('推进改造,加快建设;完善机制。强化监管，落实责任！')).toEqual([['推进改造', '加快建设'], ['完善机制'], ['强化监管', '落实责任']]);
  });
  it('keeps marks inside quotations, brackets, titles and numbers', () => {
    expect(parts('推行“先沟通、后答复；快办,好办”机制，编制《甲,乙规划》(试行,2025年)，投入1,200万元')).toEqual([['推行“先沟通、后答复；快办,好办”机制', '编制《甲,乙规划》(试行,2025年)', '投入1,200万元']]);
  });
  it('ends a sentence with the quotation that ends with its own full stop', () => {
    expect(parts('他说：“要抓落实。”各区要行动。')).toEqual([['他说', '“要抓落实。”'], ['各区要行动']]);
  });
  it('does not let a quote that is never closed swallow the text', () => {
    expect(parts('打造“样板，推进建设。\n完善机制。')).toEqual([['打造“样板', '推进建设'], ['完善机制']]);
  });
  it('marks a statement that stands in brackets', () => {
    expect(splitStatements('完成改造。（责任单位：市住建局；配合单位：各区政府）').map(({ bracketed }) => bracketed)).toEqual([false, true]);
  });
  it('keeps every member inside the text, in order, whatever the text', () => {
    fc.assert(fc.property(fc.stringMatching(/^[一推要“”（）()，,；;。\n1a：《》"]*$/u), (text) => {
      let last = 0;
      for (const { start, end, members } of splitStatements(text)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(members[0].start).toBe(start);
        expect(members[members.length - 1].end).toBe(end);
        last = end;
      }
      expect(last).toBeLessThanOrEqual(text.length);
    }));
  });
});

describe('brackets', () => {
  it('pairs full- with half-width and leaves the lone alone', () => {
    const text = '（甲)“乙《丙”丁》';
    const { partner, lone } = pairBrackets(text);
    expect(partner[0]).toBe(2);
    expect(partner[text.indexOf('“')]).toBe(text.indexOf('”'));
    expect(lone.map((at) => text[at])).toEqual(['《', '》']);
  });
  it('gives partners that point at each other', () => {
    fc.assert(fc.property(fc.stringMatching(/^[“”（）()《》"\n甲]*$/u), (text) => {
      const { partner, lone } = pairBrackets(text);
      partner.forEach((other, at) => {
        if (other >= 0) expect(partner[other]).toBe(at);
      });
      for (const at of lone) expect(partner[at]).toBe(-1);
    }));
  });
});

describe('longest word', () => {
  const words = new WordMatcher([['城市', 1], ['城市更新', 2], ['更新', 3]]);
  it('finds the longest that fits before the end', () => {
    expect(words.find('城市更新', 0)?.value).toBe(2);
    expect(words.find('城市更新', 0, 3)?.value).toBe(1);
    expect(words.find('城镇', 0)).toBeUndefined();
  });
});

describe('tables of duties', () => {
  it('reads columns from the header, in any order', () => {
    const text = '序号\t责任单位\t重点任务\t完成时限\n1\t市住建局\t改造小区\t年底前\n\n别的';
    const { rows } = readTableRows(text);
    expect(rows.map(({ cells }) => cells.map(({ start, end, column }) => `${column}:${text.slice(start, end)}`))).toEqual([['other:1', 'lead:市住建局', 'task:改造小区', 'deadline:年底前']]);
  });
  it('leaves tables of figures alone', () => {
    expect(readTableRows('年度\t数量\n2025\t12').rows).toEqual([]);
  });
});
