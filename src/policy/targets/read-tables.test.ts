import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact, Target } from '../model.ts';
import { readPolicy } from '../read-policy.ts';
import { parseUnit, readCell } from './table-cells.ts';

const goal = ({ subject, quantity, state, deadline }: Target): unknown[] => [subject, quantity === null ? state : `${quantity.comparator === '=' ? '' : quantity.comparator}${quantity.masked ? '*' : quantity.value}${quantity.upper === null ? '' : `–${quantity.upper}`}${quantity.unit}`, deadline?.to ?? null];
const fact = ({ subject, quantity, asOf }: Fact): unknown[] => [subject, `${quantity.value}${quantity.unit}`, asOf?.to ?? null];
const read = (rows: readonly string[], publishedAt: string | null = '2026-03-10', before = '二、主要目标\n主要指标见下表。\n', after = '三、重点任务\n加快建设。\n') => {
  const text = `示范市发展规划\n一、总体要求\n坚持稳中求进。\n${before}${rows.join('\n')}\n${after}`;
  const { targets, facts, defects, outline } = readPolicy(text, publishedAt === null ? {} : { publishedAt });
  for (const { span, quantity } of targets) if (quantity !== null) expect(text.slice(...span)).toBe(quantity.text);
  return { targets: targets.map(goal), facts: facts.map(fact), all: targets, defects: defects.filter(({ kind }) => kind === 'not-understood').map(({ span }) => text.slice(...span)), outline };
};

describe('tables with years as columns', () => {
  const header = '指标\t单位\t2024年\t2025年\t2030年\t属性';
  it('give a target for each year to come and a fact for each that is past', () => {
    const { targets, facts, all } = read([header, '常住人口\t万人\t62\t65\t70\t预期性', '绿化覆盖率\t%\t40.5\t41\t≥45\t约束性']);
    expect(targets).toEqual([['常住人口', '700000人', '2030-12-31'], ['绿化覆盖率', '>=45%', '2030-12-31']]);
    expect(facts).toEqual([['常住人口', '620000人', '2024-12-31'], ['常住人口', '650000人', '2025-12-31'], ['绿化覆盖率', '40.5%', '2024-12-31'], ['绿化覆盖率', '41%', '2025-12-31']]);
    expect(all.map(({ baseline, strength }) => [baseline, strength])).toEqual([['2025年65', 'should'], ['2025年41', 'must']]);
  });
  it('are weighed against the day of publication', () => {
    expect(read([header, '常住人口\t万人\t62\t65\t70\t预期性'], '2025-03-01').targets).toEqual([['常住人口', '650000人', '2025-12-31'], ['常住人口', '700000人', '2030-12-31']]);
    expect(read([header, '常住人口\t万人\t62\t65\t70\t预期性'], '2031-03-01').targets).toEqual([]);
  });
  it.each([
    ['aligned by blanks', ['指标　　单位　　2025年　　2030年', '供水量　　万吨　　80　　90'], [['供水量', '900000吨', '2030-12-31']]],
    ['parted by single blanks', ['指标 单位 2025年 2030年', '供水量 万吨 80 90'], [['供水量', '900000吨', '2030-12-31']]],
    ['in bars', ['| 指标（万吨） | 2025年 | 2030年 |', '|---|---|---|', '| 供水量（万吨） | 80 | 90 |'], [['供水量', '900000吨', '2030-12-31']]],
    ['with the unit in the name', ['指标\t2025年现状\t2030年目标', '供水量（万吨）\t80\t90'], [['供水量', '900000吨', '2030-12-31']]],
    ['with two rows of heads', ['指标\t单位\t现状值\t目标值\t', '指标\t单位\t2025年\t2027年\t2030年'.replace('\t2030年', '\t2030年').split('\t').slice(0, 5).join('\t'), '供水量\t万吨\t80\t85\t90'], [['供水量', '850000吨', '2027-12-31'], ['供水量', '900000吨', '2030-12-31']]],
    ['with years as rows', ['年份\t供水量（万吨）\t公园（个）', '2025年\t80\t3', '2030年\t90\t5'], [['供水量', '900000吨', '2030-12-31'], ['公园', '5个', '2030-12-31']]],
    ['of plans', ['指标\t“十四五”完成\t“十五五”目标', '新建绿道（公里）\t80\t120'], [['新建绿道', '120公里', '2030-12-31']]],
    ['with a rate', ['指标\t2025年\t2030年\t年均增长（%）', '生产总值（亿元）\t800\t1100\t6.5'], [['生产总值', '110000000000元', '2030-12-31'], ['生产总值', '6.5%', '2030-12-31']]],
    ['that lack the cell of a unit', ['指标  单位  2025年  2030年', '污水处理率（%）  95  98'], [['污水处理率', '98%', '2030-12-31']]],
    ['whose first cell stands for several rows', ['领域\t指标\t单位\t2025年\t2030年', '经济\t供水量\t万吨\t80\t90', '用水量\t万吨\t70\t75'], [['供水量', '900000吨', '2030-12-31'], ['用水量', '750000吨', '2030-12-31']]],
    ['with parts of a row', ['指标\t2025年\t2030年', '公园（个）\t10\t20', '其中：口袋公园（个）\t6\t12'], [['公园', '20个', '2030-12-31'], ['公园（其中口袋公园）', '12个', '2030-12-31']]],
    ['with a year in the line above', ['表1 2030年主要指标', '指标\t现状值\t目标值', '公园（个）\t10\t20'], [['公园', '20个', '2030-12-31']]],
    ['with words for a figure', ['指标\t2025年\t2030年', '优良天数比率（%）\t92\t完成省下达任务'], [['优良天数比率', '完成省下达任务', '2030-12-31']]],
  ])('%s', (_, rows, targets) => {
    expect(read(rows).targets).toEqual(targets);
  });
  it('begin no clauses: groups and numbered rows stay rows', () => {
    const { outline, targets } = read([header, '一、经济发展', '1.常住人口\t万人\t62\t65\t70\t预期性', '二、绿色生态', '2.绿化覆盖率\t%\t40\t41\t45\t约束性']);
    expect(outline.map(({ marker, heading }) => `${marker ?? ''}${heading}`).filter((line) => /^[一二三1-9]/.test(line))).toEqual(['一、总体要求', '二、主要目标', '三、重点任务']);
    expect(targets).toHaveLength(2);
  });
  it('say what they leave open', () => {
    // 2025年 beside 2030年 in a paper of 2025: what is, or what shall be?
    expect(read(['指标\t2025年\t2030年', '公园（个）\t10\t20'], '2025-08-01', '二、现状\n见下表。\n')).toMatchObject({ targets: [['公园', '20个', '2030-12-31']], facts: [], defects: ['2025年'] });
    expect(read(['指标\t2025年\t2030年', '公园（个）\t10\t前10名'], '2026-03-01')).toMatchObject({ targets: [], defects: ['前10名'] });
    // A row that fits its header in two ways.
    expect(read(['指标\t2024年\t2025年\t2030年', '公园（个）\t10\t20'], '2026-03-01')).toMatchObject({ targets: [], facts: [] });
  });
  it('without a day of publication only say what their heads and headings say', () => {
    expect(read(['指标\t2024年现状\t2030年目标', '公园（个）\t10\t20'], null)).toMatchObject({ targets: [['公园', '20个', '2030-12-31']], facts: [['公园', '10个', '2024-12-31']] });
    expect(read(['指标\t2026年\t2027年', '公园（个）\t10\t20'], null).targets).toHaveLength(2);
    expect(read(['项目\t2026年\t2027年', '公园（个）\t10\t20'], null, '二、有关情况\n如下。\n').targets).toEqual([]);
  });
});

describe('cells', () => {
  it.each([
    ['78.5', { value: 78.5, comparator: '=' }], ['≥80', { value: 80, comparator: '>=' }], ['>=80', { value: 80, comparator: '>=' }], ['＞6', { value: 6, comparator: '>' }], ['〉42.5', { value: 42.5, comparator: '>' }], ['≤5', { value: 5, comparator: '<=' }],
    ['6左右', { value: 6, comparator: '~' }], ['90以上', { value: 90, comparator: '>=' }], ['100%', { value: 100, unit: '%' }], ['1,200', { value: 1200 }], ['-2.5', { value: -2.5 }], ['3—5', { value: 3, upper: 5, comparator: 'between' }], ['98.5*', { value: 98.5 }], ['79.3（2023年）', { value: 79.3 }],
    ['１２０', { value: 120 }], ['**', { value: null, masked: true }], ['××%', { value: null, masked: true, unit: '%' }], ['5万人', { value: 50000, unit: '人' }],
  ])('%s', (cell, quantity) => {
    expect(readCell(cell, null)).toMatchObject({ kind: 'value', quantity });
  });
  it.each(['—', '', '-', '/', '——', '–'])('%j says nothing', (cell) => expect(readCell(cell, null)).toEqual({ kind: 'nothing' }));
  it.each(['前10名', '1:2', '5+3', 'Ⅲ', '80个百分点儿'])('%s is not understood', (cell) => expect(readCell(cell, null)).toEqual({ kind: 'unclear' }));
  it.each(['[13.5]', '【13.5】', '累计13.5', '［13.5］'])('%s is counted over all years', (cell) => expect(readCell(cell, null)).toMatchObject({ isCumulative: true, quantity: { value: 13.5 } }));
  it.each([['万人次', '人次', 1e4], ['亿元', '元', 1e8], ['%', '%', 1], ['千瓦', '千瓦', 1], ['件/万人', '件/万人', 1], ['平方米/人', '平方米/人', 1], ['亿千瓦时', '千瓦时', 1e8], ['％', '%', 1]])('unit %s', (words, unit, factor) => expect(parseUnit(words)).toEqual({ unit, factor }));
  it.each(['累计', '常住', '2023年', ''])('%j is no unit', (words) => expect(parseUnit(words)).toBeNull());
  it('never fails and never makes a figure of words', () => {
    fc.assert(fc.property(fc.stringMatching(/^[\d一二三万%≥〉>[\]()（）—\-.,*×年以上左右个公里]{0,12}$/u), (cell) => {
      const said = readCell(cell, null);
      if (said.kind === 'value' && said.quantity.value !== null) {
        expect(Number.isFinite(said.quantity.value)).toBe(true);
        expect(/\d/u.test(cell)).toBe(true);
      }
    }));
  });
});
