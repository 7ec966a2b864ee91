import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Piece } from './order-page.ts';
import { orderPage } from './order-page.ts';
import { restoreRadicals } from './radicals.ts';

const at = (x: number, y: number, text: string, size = 10): Piece => ({ text, x, y, width: text.length * size, height: size });
const column = (x: number, texts: readonly string[], top = 700): Piece[] => texts.map((text, i) => at(x, top - i * 16, text));
const full = (words: string): string => words.padEnd(20, '字');

describe('orderPage', () => {
  const left = ['左一', '左二', '左三', '左四', '左五', '左六', '左七'].map(full), right = ['右一', '右二', '右三', '右四', '右五', '右六', '右七'].map(full);

  it('reads two columns one after the other, whatever the order of the pieces', () => {
    const pieces = [...column(60, left), ...column(300, right, 698)];
    expect(orderPage(pieces)).toEqual([...left, ...right]);
    expect(orderPage(pieces.toReversed())).toEqual([...left, ...right]);
  });

  it('lets a line over both columns part them', () => {
    const wide = at(150, 640, '跨两栏的大标题写得很长很长很长', 16);
    const pieces = [...column(60, left.slice(0, 3)), ...column(300, right.slice(0, 3)), wide, ...column(60, left.slice(3), 600), ...column(300, right.slice(3), 600)];
    expect(orderPage(pieces)).toEqual([...left.slice(0, 3), ...right.slice(0, 3), wide.text, ...left.slice(3), ...right.slice(3)]);
  });

  it('takes a table for no columns, and keeps its cells apart', () => {
    const rows = ['公园', '绿道', '小区', '管网', '泵站', '道路', '桥梁'].map((name, i) => [at(60, 700 - i * 16, name), at(300, 700 - i * 16, '12'), at(400, 700 - i * 16, '20')]);
    expect(orderPage(rows.flat())).toEqual(['公园\t12\t20', '绿道\t12\t20', '小区\t12\t20', '管网\t12\t20', '泵站\t12\t20', '道路\t12\t20', '桥梁\t12\t20']);
  });

  it('joins what justified type drove apart, and western words with their blanks', () => {
    const spread = [...'完成管网改造任务'].map((character, i) => at(60 + i * 17, 700, character));
    expect(orderPage([...spread, at(60, 680, 'urban'), at(113, 680, 'renewal'), at(60, 660, '到'), at(72, 660, '2030'), at(114, 660, '年')])).toEqual(['完成管网改造任务', 'urban renewal', '到2030年']);
  });

  it('keeps the indent of paragraphs', () => {
    expect(orderPage([at(80, 700, full('首行')), at(60, 684, full('次行')), at(60, 668, '末行。'), at(80, 652, full('又一段'))])).toEqual([`　　${full('首行')}`, full('次行'), '末行。', `　　${full('又一段')}`]);
  });

  it('loses no character', () => {
    const piece = fc.record({ text: fc.stringMatching(/^[一-九a-z0-9]{1,12}$/u), x: fc.integer({ min: 0, max: 500 }), y: fc.integer({ min: 0, max: 800 }), width: fc.integer({ min: 1, max: 300 }), height: fc.integer({ min: 5, max: 30 }) });
    const sorted = (text: string): string => [...text.replace(/\s/gu, '')].toSorted().join('');
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      expect(sorted(orderPage(pieces).join(''))).toBe(sorted(pieces.map(({ text }) => text).join('')));
    }));
  });
});

describe('restoreRadicals', () => {
  it('puts back characters that came out of a PDF as radicals, one for one', () => {
    const text = '⼀、⺠⽣⼯程：⻬⼼协⼒，⻓期坚持';
    expect(restoreRadicals(text)).toBe('一、民生工程：齐心协力，长期坚持');
    expect(restoreRadicals(text)).toHaveLength(text.length);
  });
  it('moves nothing, whatever the character', () => {
    for (let code = 0x2e80; code <= 0x2fdf; code++) expect(restoreRadicals(String.fromCharCode(code))).toHaveLength(1);
  });
});
