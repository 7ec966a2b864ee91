import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentWords } from './segment-words.ts';

describe('words of Chinese texts', () => {
  it('cuts a sentence into words', () => {
    expect(segmentWords('推进城镇老旧小区改造和绿色建筑发展。')).toEqual(expect.arrayContaining(['推进', '城镇', '改造', '绿色', '建筑', '发展']));
  });
  it('gives the text again when joined, also across the pieces it is handed over in', () => {
    const long = '完善城市公园和绿道网络体系，建设口袋公园😀。'.repeat(800);
    expect(segmentWords(long).join('')).toBe(long);
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      expect(segmentWords(text).join('')).toBe(text);
    }));
  });
  it('gives the same words every time', () => {
    expect(segmentWords('有条件的地方推进同城化发展')).toEqual(segmentWords('有条件的地方推进同城化发展'));
  });
});
