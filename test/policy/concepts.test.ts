/** The concept table of the policy reader against the catalogue of the check-up, and what it proposes with jieba's words. */
import { describe, expect, it } from 'vitest';
import { listCatalogue } from '../../src/checkup/catalogue/list-catalogue.ts';
import { segmentWords } from '../../src/import/text/segment-words.ts';
import { CONCEPTS } from '../../src/policy/links/concepts.ts';
import { proposeLinks } from '../../src/policy/links/propose-links.ts';
import { readPolicy } from '../../src/policy/read-policy.ts';

const catalogue = listCatalogue();
const ids = new Set(catalogue.map(({ id }) => id));

describe('concept table', () => {
  it('names only indicators of the catalogue, with weights in (0, 1]', () => {
    for (const { id, indicators } of CONCEPTS) for (const [indicator, weight] of Object.entries(indicators)) {
      expect(ids.has(indicator), `${id} → ${indicator}`).toBe(true);
      expect(weight).toBeGreaterThan(0);
      expect(weight).toBeLessThanOrEqual(1);
    }
  });
  it('has each concept once, with words of at least two characters', () => {
    expect(new Set(CONCEPTS.map(({ id }) => id)).size).toBe(CONCEPTS.length);
    for (const { id, words } of CONCEPTS) for (const word of words.replace('|', ' ').split(/\s+/u)) if (word !== '') expect(word.length, `${id}: ${word}`).toBeGreaterThanOrEqual(2);
  });
  it('reaches each of the 60 national base indicators', () => {
    const reached = new Set(CONCEPTS.flatMap(({ indicators }) => Object.keys(indicators)));
    const missing = catalogue.slice(0, 60).map(({ id }) => id).filter((id) => !reached.has(id));
    expect(missing).toEqual([]);
  });
});

const notice = `关于做好城市更新工作的通知
各区县人民政府：
现将有关事项通知如下。
一、改造老旧小区
2025年改造老旧小区120个，加装电梯300部。
二、完善停车和充电设施
新增停车位5000个、充电桩800个。
三、消除积水点
完成35处易涝点整治，提升排水防涝能力。
四、加强组织领导
各级各部门要提高认识，密切配合。
`;

describe('proposals', () => {
  const reading = readPolicy(notice);
  const links = proposeLinks(reading, catalogue, segmentWords);
  const clause = (heading: string): string => reading.outline.find((node) => node.heading.includes(heading))?.id ?? '';
  const of = (heading: string): string[] => links.filter((link) => link.clause === clause(heading)).map(({ indicator }) => indicator);
  it('finds what measures a clause, the best first', () => {
    expect(of('老旧小区')[0]).toBe('old-community-renewal');
    expect(of('停车')).toEqual(expect.arrayContaining(['parking-gap', 'ev-charger-gap']));
    expect(of('积水')).toEqual(expect.arrayContaining(['severe-ponding-points', 'drainage-capacity']));
  });
  it('proposes nothing for a clause that no figure measures', () => {
    expect(of('组织领导')).toEqual([]);
  });
  it('says which words of the clause led to it, with a score in (0, 1)', () => {
    for (const { words, score } of links) {
      expect(words.length).toBeGreaterThan(0);
      for (const word of words) expect(notice).toContain(word);
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThan(1);
    }
  });
  it('gives the same proposals again', () => {
    expect(proposeLinks(reading, catalogue, segmentWords)).toEqual(links);
  });
  it('proposes only indicators that it is given, a city’s own among them by the words of their names', () => {
    const own = { id: 'own-lifts', name: { zh: '加装电梯完成数量', en: 'Lifts added' }, definition: { zh: '', en: '' } };
    const found = proposeLinks(reading, [own], segmentWords);
    expect(found.map(({ indicator }) => indicator)).toEqual(['own-lifts']);
  });
  it('reads the official term behind a reworded one and quotes the reworded', () => {
    const reworded = readPolicy('关于推进城市优质进步的建议\n1、总体需要\n坚持新年代要求，发挥要紧支撑用途。\n2、改进环境\n建设漂亮河湖，完善绿道互联网体系，加大房子安全体检，推进漂亮城市建设。\n');
    const found = proposeLinks(reworded, catalogue, segmentWords);
    expect(found.find(({ indicator }) => indicator === 'black-water-bodies')?.words).toContain('漂亮河湖');
    expect(found.map(({ indicator }) => indicator)).toContain('homes-structural-hazard');
  });
  const proposed = (clause: string): string[] => proposeLinks(readPolicy(`关于做好有关工作的通知\n一、主要任务\n${clause}\n二、加强组织领导\n各级各部门要密切配合。\n`), catalogue, segmentWords).map(({ indicator }) => indicator);
  it.each([
    ['a body', '由区公园绿地管理中心牵头开展一次演练。', 'park-coverage'],
    ['where something is done', '在医院、菜市场周边路口延长绿灯时间。', 'market-800m'],
    ['where something else is put', '在易涝路段安装智能井盖8000套。', 'severe-ponding-points'],
    ['a trade', '大力发展养老服务产业。', 'elderly-care-lacking'],
    ['a firm', '组织物业服务企业开展培训。', 'property-management-lacking'],
    ['the text it is based on', '根据《停车设施建设三年计划》，开展执法检查。', 'parking-gap'],
    ['something else by the same word', '推进建筑垃圾资源化利用。', 'waste-recycling-rate'],
  ])('proposes nothing for a word that is %s', (_what, clause, indicator) => {
    expect(proposed(clause)).not.toContain(indicator);
  });
  it.each([
    ['加快消防站建设。', 'fire-station-coverage'], ['新建标准化菜市场12个。', 'market-800m'], ['消除易涝点35处。', 'severe-ponding-points'], ['增加养老服务设施供给。', 'elderly-care-lacking'],
    ['提高物业管理覆盖率。', 'property-management-lacking'], ['新增公园绿地30公顷。', 'park-coverage'], ['提高生活垃圾资源化利用率。', 'waste-recycling-rate'], ['打通断头路20条。', 'dead-ends'], ['补装路灯600盏，做到有路有灯。', 'street-light-fitted'],
  ])('proposes what measures %s', (clause, indicator) => {
    expect(proposed(clause)[0]).toBe(indicator);
  });
  it('shows one indicator of each subject of a clause that has many', () => {
    const found = proposed('推进老旧小区改造、城中村改造和危旧房改造，建设保障性住房，新增停车位、充电桩，建设口袋公园和绿道，提升排水防涝能力，建设应急避难场所。');
    for (const indicator of ['old-community-renewal', 'urban-village-renewal', 'homes-structural-hazard', 'affordable-housing-share', 'parking-gap', 'ev-charger-gap', 'park-coverage', 'greenway-coverage', 'severe-ponding-points', 'shelter-area-per-person']) expect(found).toContain(indicator);
    expect(found.length).toBeLessThanOrEqual(12);
  });
  it('weighs a word beside what is asked less than one in it', () => {
    const score = (text: string): number => proposeLinks(readPolicy(`关于做好有关工作的通知\n一、主要任务\n${text}\n`), catalogue, segmentWords).find(({ indicator }) => indicator === 'parking-gap')?.score ?? 0;
    expect(score('停车难是群众反映的老问题。要完善协调机制。')).toBeLessThan(score('要着力破解停车难，完善协调机制。'));
  });
});
