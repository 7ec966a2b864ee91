/** Inputs made up for the tests of brief and bulletin: as many tasks, targets and clauses as a test asks for, with names as long. */
import type { TargetLine, TaskJson, TaskRow } from '../../src/delivery/api.ts';
import { newTask, taskJson } from '../../src/delivery/ledger/task-row.ts';
import type { Verdict } from '../../src/delivery/model.ts';
import type { BriefInput } from '../../src/report/delivery/brief-input.ts';

export const TODAY = '2025-12-20';

export function makeRow(i: number, fields: Partial<TaskRow> = {}): TaskRow {
  return newTask(
    { taskId: `D2025-${String(i).padStart(4, '0')}`, source: 'hand', title: `完成第${i}片区改造`, state: 'open', lead: ['市住建局'], startAt: '2025-01-01', deadline: '2026-03-31', ...fields },
    { who: 'li', now: '2025-01-01T02:00:00.000Z', by: 'person' },
  ).row;
}
export const makeTask = (i: number, fields: Partial<TaskRow> = {}, today = TODAY): TaskJson => taskJson(makeRow(i, fields), today);

/** Every third overdue, every fifth done, every seventh with an order unanswered, every eleventh a draft that nobody leads, the rest under way. */
export function makeTasks(count: number, name: (i: number) => string = (i) => `完成第${i}片区改造`): TaskJson[] {
  const bodies = ['市住建局', '市水务局', '市教育局', '市民政局'];
  return Array.from({ length: count }, (_, i) => makeTask(i + 1, {
    title: name(i + 1), lead: [bodies[i % bodies.length]],
    ...(i % 3 === 0 && { deadline: `2025-${String((i % 11) + 1).padStart(2, '0')}-15` }), ...(i % 5 === 4 && { state: 'done', doneAt: '2025-11-02' }),
    ...(i % 7 === 6 && { orders: [{ number: `D2025-${i + 1}-1`, at: '2025-11-01T02:00:00.000Z', who: 'li', text: '请报送进度', answerBy: '2025-11-20', answeredAt: null, answer: '' }] }),
    ...(i % 11 === 10 && { state: 'draft', lead: [] }),
  }));
}

export function makeTarget(i: number, verdict: Verdict, fields: Partial<TargetLine['fields']> = {}): TargetLine {
  const isMeasured = verdict !== 'unknown';
  return {
    documentId: 'p-1', documentTitle: '实施意见', itemId: `target-${i}`, state: 'accepted', clause: '1', heading: '总体目标', quote: `到2030年，第${i}项覆盖率达到80%以上`,
    fields: { title: `到2030年，第${i}项覆盖率达到80%以上`, action: '', object: '', subject: `第${i}项覆盖率`, comparator: '>=', value: 80, upper: null, unit: '%', lead: [], support: [], deadline: '2030-12-31', place: null, strength: 'must', ...fields },
    indicator: isMeasured ? { id: `i${i}`, name: { zh: '覆盖率', en: 'coverage' }, unit: { zh: '%', en: '%' }, linkState: 'confirmed' } : null,
    goal: isMeasured ? { comparator: '>=', value: 80, upper: null } : null,
    series: isMeasured ? [{ period: 2024, value: 60 }, { period: 2025, value: 65.43 }] : [], grade: null, quality: null,
    outlook: { verdict, text: { zh: '按现有趋势。', en: 'By its trend.' }, path: [], forecast: [], chance: verdict === 'at-risk' ? 0.45 : null, method: 'none' },
  };
}

export const VERDICT_CYCLE: readonly Verdict[] = ['unknown', 'met', 'on-track', 'at-risk', 'missed'];

export function makeBrief(count: number, { long = '', language = 'zh' as const, scope = 'document' as BriefInput['scope'] }: { long?: string; language?: BriefInput['language']; scope?: BriefInput['scope'] } = {}): BriefInput {
  const tasks = makeTasks(count, (i) => `完成第${i}片区改造${long}`).map((task) => ({ ...task, lead: task.lead.map((body) => body + long) }));
  const targets = Array.from({ length: count }, (_, i) => makeTarget(i + 1, VERDICT_CYCLE[i % 5], { subject: `第${i + 1}项覆盖率${long}`, unit: long === '' ? '%' : '%（按常住人口计）' }));
  const document = { title: `关于一体化推进城市体检和城市更新的实施意见${long}`, issuer: `示范市人民政府${long}`, publishedAt: '2025-03-10', sections: ['总体目标', '补齐社区短板', '提升街区品质', '守牢城市安全底线', '加强组织实施'].map((name) => name + long) };
  return {
    language, cityName: { zh: `示范市${long}`, en: `Shifan${long}` }, today: TODAY, scope, documents: count === 0 && scope === 'city' ? [] : scope === 'document' ? [document] : Array.from({ length: Math.max(1, count / 10) }, () => document),
    coverage: { clauses: count, measured: Math.floor(count / 2), confirmed: 0, tasked: Math.floor(count / 3), nothing: Math.floor(count / 5) }, undecided: count, proposedTasks: count,
    nothing: Array.from({ length: Math.floor(count / 5) }, (_, i) => `第${i + 1}条要求${long}`), targets, tasks,
  };
}
