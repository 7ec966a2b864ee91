import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPolicy } from '../read-policy.ts';
import { findKind, joinTitle } from './read-head.ts';

const page = readFileSync(new URL('../../../docs/policy-outline.md', import.meta.url), 'utf8');
const kinds = page.split('| title | kind |\n|---|---|\n')[1].split('\n\n')[0].split('\n').map((line) => line.slice(2, -2).split(' | '));

const body = '一、总体要求\n坚持以人民为中心，扎实推进城市更新。\n二、主要任务\n加快改造老旧小区。\n';
const head = (...lines: string[]): ReturnType<typeof readPolicy> => readPolicy(`${lines.join('\n')}\n${body}`);
const asides = (reading: ReturnType<typeof readPolicy>): string[] => reading.aside.filter(({ kind }) => kind !== 'whitespace').map(({ span }) => reading.text.slice(...span));

describe('what a paper is', () => {
  it.each(kinds)('%s: %s', (title, kind) => expect(findKind([title], [], '')).toBe(kind));
  it('without a word in its title, its first words tell', () => {
    expect(findKind(['老街换新颜'], [], '本报讯（记者张某）昨日，老街开街。')).toBe('news');
    expect(findKind(['示范市召开全市供热保障工作调度会'], [], '10月20日，调度会召开。')).toBe('news');
    expect(findKind(['示范日报评论员：把好事办实'], ['来源：示范日报'], '夜里十点。')).toBe('commentary');
    expect(findKind(['城市的温度'], ['来源：示范日报'], '夜里十点。')).toBe('article');
    expect(findKind(['一点思考'], [], '各位同事：今天说三点。')).toBe('speech');
    expect(findKind(['随笔'], [], '夜里十点。')).toBe('document');
  });
});

describe('the title', () => {
  it.each([
    [['示范市人民政府', '关于印发示范市城市更新', '实施方案的通知'], '示范市人民政府关于印发示范市城市更新实施方案的通知'],
    [['示范市住房和城乡建设局', '示范市财政局', '关于做好改造工作的通知'], '示范市住房和城乡建设局 示范市财政局关于做好改造工作的通知'],
    [['示政发〔2025〕3号示范市人民政府关于改造的通知'], '示范市人民政府关于改造的通知'],
    [['示政发[2025] 3号 示范市人民政府关于改造的通知'], '示范市人民政府关于改造的通知'],
    [['示政办发（2025）13 号', '关于改造的通知'], '关于改造的通知'],
    [['示范市人民政府关于改造的通知示政发〔2025〕3号'], '示范市人民政府关于改造的通知'],
    [['关于改造的通知', '示政发【2025】3号'], '关于改造的通知'],
    [['专题会议纪要', '〔2025〕31号'], '专题会议纪要'],
    [['专题会议纪要', '第7期'], '专题会议纪要'],
    [['专题会议纪要', '时　间：2025年3月1日'], '专题会议纪要'],
    [['在全市大会上的发言', '示范市住房和城乡建设局'], '在全市大会上的发言'],
  ])('%j', (lines, title) => expect(joinTitle(lines)).toBe(title));
});

describe('marks of an official paper', () => {
  it('are set aside, above the title and below it', () => {
    const reading = head('000012', '机密★1年', '特急', '示范市人民政府文件', '示政发〔2025〕3号　　　　签发人：李某某', '示范市人民政府关于改造的通知', '各县区人民政府：');
    expect(reading.title).toBe('示范市人民政府关于改造的通知');
    expect(reading.issuer).toBe('示范市人民政府');
    expect(asides(reading).join('\n')).toContain('机密★1年');
    expect(asides(reading).join('\n')).toContain('签发人：李某某');
    expect(reading.bodies.map(({ name }) => name).join()).not.toContain('李某');
  });
  it('at the end: who printed it and when', () => {
    const reading = readPolicy(`关于改造的通知\n${body}示范市人民政府\n2025年3月1日\n抄送：市委各部门。\n示范市人民政府办公室　　　　2025年3月3日印发\n（共印60份）\n`);
    expect(asides(reading)).toEqual(['示范市人民政府办公室　　　　2025年3月3日印发\n（共印60份）']);
    expect(reading.outline.map(({ kind }) => kind)).toContain('closing');
    expect(reading.issuer).toBe('示范市人民政府');
  });
  it('minutes: fields are the opening, the line of issue names who and when', () => {
    const reading = head('云滨区地铁征迁专题会议纪要', '〔2025〕31号', '云滨区人民政府办公室　　　　2025年10月16日', '时　间：2025年10月14日', '主持人：副区长秦某', '会议议定：');
    expect([reading.title, reading.kind, reading.issuer, reading.publishedAt]).toEqual(['云滨区地铁征迁专题会议纪要', 'minutes', '云滨区人民政府办公室', '2025-10-16']);
  });
});
