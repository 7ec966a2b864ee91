import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskEdit, TaskRow } from '../api.ts';
import { taskRowSchema } from '../api.ts';
import { remindersOf, taskDay, taskLight } from './task-light.ts';
import type { Act } from './task-row.ts';
import { addProgress, answerOrder, editTask, extendTask, newTask, orderTask, taskJson, undoTask } from './task-row.ts';
import { workingDaysBetween } from './working-days.ts';

const act: Act = { who: 'li', now: '2026-03-02T08:00:00.000Z', by: 'person' };
const open = (fields: Partial<TaskRow> = {}): TaskRow =>
  newTask({ taskId: 'D2026-0001', source: 'hand', title: '完成老旧小区改造', state: 'open', startAt: '2026-01-01', deadline: '2026-06-30', ...fields }, { ...act, now: '2026-01-01T08:00:00.000Z' }).row;
const lightOn = (row: TaskRow, today: string) => taskLight(row, taskDay(row, today));

describe('a task’s row', () => {
  it('is what the interface says it is', () => {
    expect(taskRowSchema.parse(open())).toEqual(open());
  });

  it('keeps its first deadline, and moves the present one only by an extension with a reason', () => {
    const row = open();
    expect(() => editTask(row, { deadline: '2026-09-30' }, act)).toThrow(/extension-needed/);
    expect(() => extendTask(row, '2026-06-30', '雨季', act)).toThrow(/extension-not-later/);
    const { row: later, changes } = extendTask(row, '2026-09-30', '雨季影响施工', act);
    expect(later).toMatchObject({ deadline: '2026-09-30', firstDeadline: '2026-06-30', extensions: [{ from: '2026-06-30', to: '2026-09-30', reason: '雨季影响施工', who: 'li' }] });
    expect(changes.map(({ field, reason }) => [field, reason])).toEqual([['extensions', '雨季影响施工'], ['deadline', '雨季影响施工']]);
  });

  it('sets the deadline of a draft freely, and that is its first', () => {
    const draft = newTask({ taskId: 'D2026-0002', source: 'document', title: '编制规划', state: 'draft', deadline: '2026-05-01' }, act).row;
    expect(editTask(draft, { deadline: '2026-04-01' }, act).row).toMatchObject({ deadline: '2026-04-01', firstDeadline: '2026-04-01' });
  });

  it('is done with evidence, or with a reason why there is none', () => {
    expect(() => editTask(open(), { state: 'done' }, act)).toThrow(/evidence-needed/);
    const shown = addProgress(open(), { percent: 100, text: '已验收', evidence: ['验收单.pdf'] }, act).row;
    expect(editTask(shown, { state: 'done' }, act).row).toMatchObject({ state: 'done', doneAt: '2026-03-02' });
    expect(editTask(open(), { state: 'done' }, { ...act, reason: '口头汇报' }).changes.find(({ field }) => field === 'state')?.reason).toBe('口头汇报');
  });

  it('is withdrawn with a reason only, and then takes no progress', () => {
    expect(() => editTask(open(), { state: 'cancelled' }, act)).toThrow(/reason-needed/);
    const gone = editTask(open(), { state: 'cancelled' }, { ...act, reason: '并入另一任务' }).row;
    expect(() => addProgress(gone, { percent: 10, text: '…', evidence: [] }, act)).toThrow(/task-closed/);
  });

  it('keeps an order until it is answered', () => {
    const ordered = orderTask(open(), { text: '请说明滞后原因', answerBy: '2026-03-10' }, act).row;
    expect(ordered.orders[0]).toMatchObject({ number: 'D2026-0001-1', answeredAt: null });
    const answered = answerOrder(ordered, 'D2026-0001-1', '已增派人手', act).row;
    expect(answered.orders[0]).toMatchObject({ answeredAt: '2026-03-02', answer: '已增派人手' });
    expect(() => answerOrder(answered, 'D2026-0001-1', '再答', act)).toThrow(/order-answered/);
    expect(() => answerOrder(answered, 'X', '答', act)).toThrow(/no-order/);
  });

  it('refuses a start after the deadline', () => {
    expect(() => editTask(open(), { startAt: '2026-07-01' }, act)).toThrow(/start-after-deadline/);
  });

  it('is as it was after its changes are undone, unless a field has changed since', () => {
    const edits = fc.record({ title: fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''), note: fc.string(), lead: fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }), kind: fc.constantFrom('timed' as const, 'best-effort' as const) }, { requiredKeys: [] });
    fc.assert(fc.property(edits, (edit) => {
      const row = open();
      const { row: after, changes } = editTask(row, edit as TaskEdit, act);
      expect({ ...undoTask(after, changes, act).row, updatedAt: '' }).toEqual({ ...row, updatedAt: '' });
    }));
    const { row: after, changes } = editTask(open(), { note: 'a' }, act);
    expect(() => undoTask(editTask(after, { note: 'b' }, act).row, changes, act)).toThrow(/changed-since/);
  });

  it('says nothing changed where nothing did', () => {
    const row = open();
    expect(editTask(row, { title: row.title, lead: [...row.lead] }, act)).toEqual({ row, changes: [] });
  });
});

describe('the light of a task', () => {
  it('is red from the day after the deadline, yellow from fifteen days before it, green until then', () => {
    const row = addProgress(open(), { percent: 95, text: '…', evidence: [] }, { ...act, now: '2026-06-01T00:00:00.000Z' }).row;
    expect(lightOn(row, '2026-06-14')).toMatchObject({ light: 'green', rule: 'on-plan' });
    expect(lightOn(row, '2026-06-15')).toMatchObject({ light: 'yellow', rule: 'due-soon', text: { zh: '还有 15 天到期。' } });
    expect(lightOn(row, '2026-06-30')).toMatchObject({ light: 'yellow', text: { zh: '今天到期。' } });
    expect(lightOn(row, '2026-07-01')).toMatchObject({ light: 'red', rule: 'overdue', text: { en: '1 day overdue.' } });
  });

  it('is yellow where progress lags more than twenty points behind the time', () => {
    // 90 of 180 days have gone: half of the time
    const at = (percent: number) => lightOn(addProgress(open(), { percent, text: '…', evidence: [] }, { ...act, now: '2026-03-20T00:00:00.000Z' }).row, '2026-04-01');
    expect(at(30).rule).toBe('on-plan');
    expect(at(29)).toMatchObject({ light: 'yellow', rule: 'behind', text: { zh: '进度 29%，时间已过 50%。' } });
  });

  it('is yellow after sixty days of silence', () => {
    expect(lightOn(open(), '2026-03-02').rule).toBe('on-plan');
    expect(lightOn(open(), '2026-03-03').rule).toBe('silent');
  });

  it('is red for an unanswered order and a late milestone', () => {
    const ordered = orderTask(open(), { text: '…', answerBy: '2026-03-10' }, act).row;
    expect(lightOn(ordered, '2026-03-10').light).toBe('green');
    expect(lightOn(ordered, '2026-03-11')).toMatchObject({ light: 'red', rule: 'order-unanswered' });
    expect(lightOn(open({ milestones: [{ title: '开工', due: '2026-02-01', doneAt: null }] }), '2026-02-02').rule).toBe('milestone-overdue');
  });

  it('is blue when done, also late, and grey for drafts, what was withdrawn, and what has no deadline', () => {
    expect(lightOn(open({ state: 'done', doneAt: '2026-07-05' }), '2026-08-01')).toMatchObject({ light: 'blue', text: { zh: '已办结，逾期 5 天。' } });
    expect(lightOn(open({ state: 'draft' }), '2030-01-01').light).toBe('grey');
    expect(lightOn(open({ state: 'cancelled' }), '2030-01-01').light).toBe('grey');
    expect(lightOn(open({ deadline: null }), '2026-01-10')).toMatchObject({ light: 'grey', rule: 'no-deadline' });
  });

  it('always has one, whatever the row', () => {
    const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
    fc.assert(fc.property(fc.constantFrom('draft', 'open', 'submitted', 'done', 'cancelled' as const), fc.option(day), fc.option(day), day, fc.option(fc.integer({ min: 0, max: 100 })), (state, start, deadline, today, percent) => {
      const row = { ...open(), state: state as TaskRow['state'], startAt: start, deadline, progress: percent === null ? [] : [{ at: '2026-02-01T00:00:00.000Z', who: 'x', percent, text: '', evidence: [] }] };
      const json = taskJson(row, today);
      expect(json.lightText.zh).not.toContain('null');
      expect(json.lightText.zh).not.toContain('NaN');
    }));
  });
});

describe('reminders and working days', () => {
  it('names what is late and what comes, the latest first', () => {
    const row = orderTask(open({ milestones: [{ title: '立项', due: '2026-06-20', doneAt: null }, { title: '设计', due: '2026-01-20', doneAt: '2026-01-19' }] }), { text: '…', answerBy: '2026-06-27' }, act).row;
    expect(remindersOf(row, '2026-06-25', 7).map(({ kind, days }) => [kind, days])).toEqual([['milestone', -5], ['silent', 0], ['order', 2], ['due', 5]]);
    expect(remindersOf({ ...row, state: 'done' }, '2026-06-25', 7)).toEqual([]);
  });

  it('counts the working Sunday before a long holiday and not the holiday', () => {
    // National Day 2025: off from Wednesday 1 to Wednesday 8 October, Sunday 28 September and Saturday 11 October worked
    expect(workingDaysBetween('2025-09-26', '2025-09-30')).toBe(3);
    expect(workingDaysBetween('2025-09-30', '2025-10-08')).toBe(0);
    expect(workingDaysBetween('2025-10-08', '2025-10-11')).toBe(3);
    expect(workingDaysBetween('2025-10-11', '2025-10-08')).toBe(-3);
  });
});
