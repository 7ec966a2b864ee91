import { expect, it } from 'vitest';
import type { TargetLine } from '../../delivery/api.ts';
import { DeliveryWords } from './delivery-words.ts';

const fields = { title: '', action: '', object: '', subject: '高峰期机动车平均速度', comparator: '=', value: 26, upper: null, unit: '公里/小时', lead: [], support: [], deadline: '2027-12-31', place: null, strength: 'should' } as const;
const line: TargetLine = {
  documentId: 'p', documentTitle: '', itemId: 'i', state: 'proposed', clause: '2.3', heading: '', quote: '到2027年，高峰期机动车平均速度达到26公里/小时', fields,
  indicator: { id: 'peak-speed', name: { zh: '城市高峰期机动车平均速度', en: 'Motor speed at peak hours' }, unit: { zh: 'km/h', en: 'km/h' }, linkState: 'proposed' },
  goal: { comparator: '>=', value: 26, upper: null }, series: [{ period: 2024, value: 24.9 }, { period: 2025, value: 24.1 }], grade: null, quality: 'reported',
  outlook: { verdict: 'unknown', text: { zh: '', en: '' }, path: [], forecast: [], chance: null, method: 'none' },
};
const said = (target: TargetLine): string[][] => (['zh', 'en'] as const).map((language) => {
  const w = new DeliveryWords(language);
  return [w.target(target), w.required(target), w.measured(target)];
});

it('says what was asked and what was measured in one unit: the document’s in Chinese, the indicator’s in English', () => {
  expect(said(line)).toEqual([['高峰期机动车平均速度', '≥26公里/小时，2027年底前', '24.1公里/小时（2025年）'], ['Motor speed at peak hours', '≥26 km/h, by the end of 2027', '24.1 km/h (2025)']]);
});

it('keeps the units apart where they differ by more than their name', () => {
  const perThousand: TargetLine = { ...line, fields: { ...fields, unit: '个/千人', value: 3 }, indicator: { ...line.indicator!, unit: { zh: '个/万人', en: 'per 10,000' } }, goal: { comparator: '>=', value: 30, upper: null } };
  expect(said(perThousand).map(([, asked, now]) => [asked, now])).toEqual([['≥3个/千人，2027年底前', '24.1个/万人（2025年）'], ['≥30 per 10,000, by the end of 2027', '24.1 per 10,000 (2025)']]);
});

it('leaves what nothing measures in the document’s words', () => {
  const unmeasured: TargetLine = { ...line, fields: { ...fields, unit: '处', value: 20, subject: '新建社区养老服务设施' }, indicator: null, goal: null, series: [] };
  expect(said(unmeasured)).toEqual([['新建社区养老服务设施', '20处，2027年底前', '无测度'], ['新建社区养老服务设施', '20处, by the end of 2027', 'no measure']]);
});
