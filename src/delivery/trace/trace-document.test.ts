import { describe, expect, it } from 'vitest';
import type { IndicatorLine } from '../../checkup/api.ts';
import type { OutlineNode } from '../../policy/model.ts';
import type { TaskJson } from '../api.ts';
import { traceSchema } from '../api.ts';
import type { ReviewItem } from '../model.ts';
import type { StandingLink, TraceInput } from './trace-document.ts';
import { traceDocument, trendOf } from './trace-document.ts';

const node = (id: string): OutlineNode => ({ id, parent: id.includes('.') ? id.slice(0, id.lastIndexOf('.')) : null, level: id.split('.').length, kind: 'section', marker: null, ordinal: null, heading: `h${id}`, headingSpan: [0, 1], span: [0, 9], state: 'present' });
const fields: ReviewItem['fields'] = { title: 't', action: '', object: '', subject: '', comparator: null, value: null, upper: null, unit: '', lead: [], support: [], deadline: null, place: null, strength: 'should' };
const item = (clause: string | null, more: Partial<ReviewItem> = {}): ReviewItem => ({ itemId: `i${clause}${JSON.stringify(more)}`, kind: 'task', origin: 'reader', state: 'proposed', span: [1, 2], clause, anchor: { quote: 'q', path: [], before: '', after: '' }, fields, proposed: fields, from: [], taskId: null, ...more });
const link = (clause: string, target: string, more: Partial<StandingLink> = {}): StandingLink => ({ clause, to: 'indicator', target, name: { zh: target, en: target }, state: 'proposed', score: 0.7, words: ['停车'], ...more });
const line = (id: string, value: number | null): IndicatorLine => ({ id, name: { zh: id, en: id }, unit: { zh: '%', en: '%' }, value, grade: null, quality: value === null ? 'missing' : 'measured', series: [{ period: 2025, value }], direction: 'up' }) as unknown as IndicatorLine;
const task = (taskId: string): TaskJson => ({ taskId, title: 'x', light: 'red', percent: 20 }) as TaskJson;

const input: TraceInput = {
  documentId: 'd', title: 'T', outline: ['1', '1.1', '1.2', '2', '3'].map(node), period: 2025,
  items: [item('1.1'), item('1.2', { taskId: 'D1', state: 'accepted' }), item('2'), item('2', { kind: 'target' }), item('3', { state: 'rejected' }), item(null, { state: 'orphaned' })],
  links: [link('1.1', 'parking'), link('1.2', 'nothing-measured'), link('3', 'parking', { state: 'confirmed' }), link('2', 'p1', { to: 'project', state: 'confirmed' })],
  indicators: new Map([['parking', line('parking', 81)], ['nothing-measured', line('nothing-measured', null)]]),
  tasks: new Map([['D1', task('D1')]]),
};

describe('the trace of a document', () => {
  const trace = traceDocument(input);
  const of = (clause: string) => trace.clauses.find((one) => one.clause === clause);

  it('is what the interface says', () => {
    expect(traceSchema.parse(trace)).toEqual(trace);
  });

  it('counts the clauses that ask, by what answers them', () => {
    // 1.1, 1.2 and 2 ask; 3's only item was rejected and 1 has none. 1.1 has a value; 1.2's indicator has none, but a task; 2 has nothing that measures or does it
    expect(trace.coverage).toEqual({ clauses: 3, measured: 1, confirmed: 0, tasked: 1, nothing: 1 });
    expect(of('2')).toMatchObject({ asks: true, nothing: true, proposedTasks: 1, projects: [{ target: 'p1' }] });
    expect(of('2')?.targets).toHaveLength(1);
    expect(of('3')).toMatchObject({ asks: false, nothing: false });
    expect(of('3')?.indicators[0]).toMatchObject({ value: 81, linkState: 'confirmed' });
    expect(of('1.2')?.tasks).toEqual([{ taskId: 'D1', title: 'x', light: 'red', percent: 20 }]);
  });

  it('counts a confirmed indicator with a value', () => {
    expect(traceDocument({ ...input, links: [link('1.1', 'parking', { state: 'confirmed' })] }).coverage).toMatchObject({ measured: 1, confirmed: 1 });
  });
});

describe('the trend of an indicator', () => {
  const moved = (direction: IndicatorLine['direction'], ...values: (number | null)[]) => trendOf({ direction, series: values.map((value, i) => ({ period: 2020 + i, value })) });
  it('goes by the direction in which better lies, over the last two known values', () => {
    expect(moved('up', 1, 2)).toBe('better');
    expect(moved('down', 1, null, 2)).toBe('worse');
    expect(moved('up', 5, 2, 2)).toBe('same');
    expect(moved('up', 1)).toBe('unknown');
    expect(moved('band', 1, 2)).toBe('unknown');
  });
});
