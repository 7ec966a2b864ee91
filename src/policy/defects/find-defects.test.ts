import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Aside, Defect, OutlineNode, Quantity, TimeExpression } from '../model.ts';
import type { Passage } from '../passage.ts';
import { findDefects } from './find-defects.ts';
import { listSpunWords, restoreTerms } from './find-spun.ts';

const passage = (text: string, from = 0, clause = '1'): Passage => ({ clause, text, at: Int32Array.from({ length: text.length + 1 }, (_, i) => from + i) });
const node = (text: string, more: Partial<OutlineNode> = {}): OutlineNode => ({ id: '1', parent: null, level: 1, kind: 'section', marker: null, ordinal: null, heading: '', headingSpan: [0, 0], span: [0, text.length], state: 'present', ...more });
function find(text: string, more: { aside?: Aside[]; quantities?: Quantity[]; times?: TimeExpression[]; outline?: OutlineNode[]; passages?: Passage[] } = {}): Defect[] {
  return findDefects(text, { outline: [node(text)], aside: [], passages: [passage(text)], times: [], quantities: [], targets: [], ...more });
}
const kinds = (defects: Defect[]): string[] => defects.map(({ kind }) => kind);

const CLEAN = '坚持城市内涵式发展，推动城市高质量发展。完善制度规范，利用存量房屋，发展新质生产力，建设美丽河湖，重视区域协调，方法要科学，人员要到位，场所要安全。社会进步离不开创新，革新技术也很要紧，借助外力、房子漂亮是好事。';
const SPUN = '以推进城市优质进步为主题，发挥要紧支撑用途，完善绿道互联网体系，改造借助老旧厂房，培育革新生态，建设漂亮河湖，走中国特点城市现代化新路子。';

describe('reworded texts', () => {
  it('points out each impossible collocation with the official term', () => {
    const found = find(SPUN).filter(({ kind }) => kind === 'synonym-spun');
    expect(found.map(({ span, suggestion }) => `${SPUN.slice(...span)}→${suggestion}`)).toEqual(expect.arrayContaining(['优质进步→高质量发展', '要紧支撑→重要支撑', '绿道互联网→绿道网络', '改造借助→改造利用', '革新生态→创新生态', '漂亮河湖→美丽河湖', '中国特点→中国特色']));
  });
  it('says nothing of a clean text that uses the same words in their own sense', () => {
    expect(kinds(find(CLEAN))).toEqual([]);
  });
  it('says nothing of a clean text with one slip, nor of a long one with a few', () => {
    expect(kinds(find(`${CLEAN}优质进步。`))).toEqual([]);
    expect(kinds(find(`${CLEAN.repeat(300)}优质进步。要紧论述。新年代。漂亮中国。科技革新。`)).filter((kind) => kind === 'synonym-spun')).toEqual([]);
  });
  it('restores the terms and knows where they stood', () => {
    const words = listSpunWords(SPUN);
    const { text, at } = restoreTerms(SPUN, words);
    expect(text).toContain('推进城市高质量发展为主题');
    expect(SPUN.slice(at[text.indexOf('美丽河湖')], at[text.indexOf('美丽河湖') + 3] + 1)).toBe('漂亮河湖');
    expect(at[text.length]).toBe(SPUN.length);
  });
});

describe('defects', () => {
  it('finds lone quotes and titles, and leaves markers like 1) alone', () => {
    expect(find('打造“样板区。编制《规划。1)推进改造。一）完善机制。').filter(({ kind }) => kind === 'unclosed-quote').map(({ span }) => span[0])).toEqual([2, 9]);
  });
  it('finds a paragraph that comes again, also with a changed clause, and not one that shares a phrase', () => {
    const first = '推进老旧小区改造，完善配套设施，加强物业管理，健全长效机制，发动居民共同参与。';
    const again = '推进老旧小区改造，完善配套设施，加强物业管理，健全长效机制，动员居民一起参与。';
    const other = '推进老旧小区改造，打通断头路十二条，新建停车场三处，改造公厕二十座，修缮路灯。';
    const text = [first, again, other].join('\n');
    expect(find(text).filter(({ kind }) => kind === 'duplicate-paragraph').map(({ span }) => text.slice(...span))).toEqual([again]);
  });
  it('leaves rows of a series alone that differ in their year', () => {
    const rows = ['2024年，基本建成智能监管平台，完成全市老旧小区信息采集，数据智能化体系基本形成。', '2025年，全面建成智能监管平台，完成全市老旧小区信息采集，数据智能化体系基本形成。'];
    expect(kinds(find(rows.join('\n')))).not.toContain('duplicate-paragraph');
    expect(kinds(find(rows.map((row) => row.slice(6)).join('\n')))).toContain('duplicate-paragraph');
  });
  it('says once that lines end inside sentences', () => {
    const text = '推进改造工程，完善\n配套设施，加强\n物业管理。';
    const joined = { clause: '1', text: text.replaceAll('\n', ''), at: Int32Array.from([...text].flatMap((character, i) => (character === '\n' ? [] : [i])).concat(text.length)) };
    const found = find(text, { passages: [joined] }).filter(({ kind }) => kind === 'hard-wrapped');
    expect(found).toHaveLength(1);
    expect(found[0].text.zh).toContain('2 处');
  });
  it('calls no last line cut where the other lines have no full stop either', () => {
    const lines = ['财政：赤字率按4%安排，规模有增加', '消费：实施提振行动，支持以旧换新', '住房：推动止跌回稳，继续做好保交房'];
    expect(kinds(find(lines.join('\n')))).not.toContain('cut-off');
    expect(kinds(find([...lines.slice(0, 2).map((line) => `${line}。`), lines[2]].join('\n')))).toContain('cut-off');
  });
  it('counts what was announced', () => {
    const text = '重点做好三项工作：一是甲事。二是乙事。';
    const item = (marker: string, ordinal: number): OutlineNode => node(text, { id: `1.${ordinal}`, parent: '1', kind: 'item', marker, ordinal, span: [text.indexOf(marker), text.indexOf(marker) + 5] });
    const parts = (state: OutlineNode['state']): Parameters<typeof find>[1] => ({ outline: [node(text), item('一是', 1), { ...item('二是', 2), state }], passages: [passage(text.slice(0, 9))] });
    const [complete] = find(text, parts('present')).filter(({ kind }) => kind === 'count-mismatch');
    expect(text.slice(...complete.span)).toBe('三项工作');
    expect(complete.text.zh).toContain('实际列出 2 项');
    const [cut] = find(text, parts('cut')).filter(({ kind }) => kind === 'count-mismatch');
    expect(cut.text.zh).toContain('删节');
    // Where the hole is known, it is said there.
    const hole: Aside = { kind: 'elision', span: [text.length - 2, text.length] };
    const told = find(text, { ...parts('cut'), aside: [hole] }).filter(({ kind }) => kind === 'count-mismatch' || kind === 'elision');
    expect(told.map(({ kind }) => kind)).toEqual(['elision']);
    expect(told[0].text.zh).toContain('“三项工作”，文中只见 2 项');
  });
  it('finds masks outside what is set aside, and not the marks of bold type', () => {
    const text = '**加强领导**\n在*市推进_机制。***广告***';
    const found = find(text, { aside: [{ kind: 'advertisement', span: [text.indexOf('***广'), text.length] }] }).filter(({ kind }) => kind === 'masked');
    expect(found.map(({ span }) => text.slice(...span))).toContain('*');
    expect(found.map(({ span }) => text.slice(...span))).toContain('_');
    expect(found.every(({ span }) => span[0] < text.indexOf('***广'))).toBe(true);
    expect(found[0].span[0]).toBeGreaterThan(1);
  });
  it('finds characters that a conversion lost, and leaves questions alone', () => {
    expect(kinds(find('中共中央?国务院的意见。怎么办?要抓落实。步伐能不能再快些?肩膀够不够硬?再想想。内容\uFFFD\uFFFD缺失。'))).toEqual(['encoding', 'encoding']);
  });
  it('finds a text that ends inside a sentence', () => {
    const text = '推进改造。确保价稳量足，保障供';
    expect(find(text).filter(({ kind }) => kind === 'cut-off').map(({ span }) => text.slice(...span))).toEqual(['保障供']);
  });
  it('reports times and quantities that were not understood', () => {
    const time: TimeExpression = { span: [0, 4], text: '明年底前', from: null, to: null, kind: 'deadline', rule: 'relative-year', relative: true };
    const quantity: Quantity = { span: [4, 6], text: '统1', value: null, upper: null, comparator: '=', unit: '', sense: 'level', masked: false, approximate: false };
    expect(kinds(find('明年底前统1。', { times: [time], quantities: [quantity, { ...quantity, masked: true, text: '公里' }] }))).toEqual(['unresolved-time', 'blank', 'not-understood']);
  });
  it.each([['past-or-next', '6月底前'], ['year-in-question', '次年6月底前'], ['month-in-question', '15日前'], ['before-season', '入汛前'], ['other-era', '农历八月十五前']])('reports a time that nobody can date (%s)', (rule, words) => {
    const time: TimeExpression = { span: [0, words.length], text: words, from: null, to: null, kind: 'deadline', rule, relative: rule === 'past-or-next' };
    expect(kinds(find(`${words}完成改造。`, { times: [time] }))).toEqual(['unresolved-time']);
  });
  it('has both languages in every defect and a span inside the text, on any text', () => {
    fc.assert(fc.property(fc.stringMatching(/^[一二三项工作：:，。“”《（）*_?优质进步要紧论述新年代革型\n]*$/u), (text) => {
      for (const { span, text: told } of find(text)) {
        expect(span[0]).toBeGreaterThanOrEqual(0);
        expect(span[1]).toBeLessThanOrEqual(text.length);
        expect(told.zh.length).toBeGreaterThan(4);
        expect(told.en.length).toBeGreaterThan(4);
      }
    }));
  });
});
