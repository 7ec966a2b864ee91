/**
 * The light of a task on a day, by rules that stand in one table. The first rule that applies decides, so what is worst comes first; each says in words, with
 * the numbers, why.
 *
 * The figures are the city's to set. Those given here are ours (`unverified`): the documents ask for lights and reminders and print no days.
 */
import type { Bilingual } from '../../core/bilingual.ts';
import type { TaskRow } from '../api.ts';
import type { Light, LightReason } from '../model.ts';
import { dayInChina, dayNumber, daysBetween } from './working-days.ts';

export interface LightSettings {
  /** Calendar days before the deadline from which a task is due soon. */
  readonly dueDays: number;
  /** Percentage points that progress may lag behind the time that has gone. */
  readonly lag: number;
  /** Calendar days without a word of progress. */
  readonly silentDays: number;
}
export const LIGHT_SETTINGS: LightSettings = { dueDays: 15, lag: 20, silentDays: 60 };
/** What a city may set: whole numbers from … to … */
export const LIGHT_BOUNDS: Readonly<Record<keyof LightSettings, readonly [least: number, most: number]>> = { dueDays: [0, 365], lag: [0, 100], silentDays: [1, 3650] };

/** What is known of a task on a day. */
export interface TaskDay {
  readonly today: string;
  /** Last reported; null before any report. */
  readonly percent: number | null;
  /** Share of the time gone, per cent; null without start or deadline. */
  readonly expected: number | null;
  /** Negative: overdue. */
  readonly daysLeft: number | null;
  readonly silentDays: number;
}

/** `1 day`, `5 days` */
export const daysEn = (n: number): string => (n === 1 ? '1 day' : `${n} days`);

/** Stages that wait for nothing more from those who do the work. */
const isOver = ({ state }: TaskRow): boolean => state === 'done' || state === 'cancelled';

export function percentOf({ progress, state }: Pick<TaskRow, 'progress' | 'state'>): number | null {
  if (state === 'done') return 100;
  for (let i = progress.length - 1; i >= 0; i--) if (progress[i].percent !== null) return progress[i].percent;
  return null;
}

export function taskDay(task: TaskRow, today: string): TaskDay {
  const start = task.startAt ?? dayInChina(task.createdAt);
  const span = task.deadline === null ? 0 : daysBetween(start, task.deadline);
  const expected = task.deadline === null ? null : span <= 0 ? 100 : Math.min(100, Math.max(0, (100 * daysBetween(start, today)) / span));
  const words = [start, ...task.progress.map(({ at }) => dayInChina(at)), ...task.orders.map(({ at }) => dayInChina(at))].filter((day) => day <= today);
  const last = words.reduce((latest, day) => (dayNumber(day) > dayNumber(latest) ? day : latest), start);
  return { today, percent: percentOf(task), expected, daysLeft: task.deadline === null ? null : daysBetween(today, task.deadline), silentDays: Math.max(0, daysBetween(last, today)) };
}

/** In the order in which they are asked. */
export const LIGHT_RULE_IDS = ['cancelled', 'done', 'draft', 'overdue', 'order-unanswered', 'milestone-overdue', 'due-soon', 'behind', 'silent', 'no-deadline', 'on-plan'] as const;
export type LightRuleId = (typeof LIGHT_RULE_IDS)[number];

interface LightRule {
  readonly id: LightRuleId;
  readonly light: Light;
  /** The words where the rule applies, else undefined. */
  says(task: TaskRow, day: TaskDay, settings: LightSettings): Bilingual | undefined;
}

export const LIGHT_RULES: readonly LightRule[] = [
  { id: 'cancelled', light: 'grey', says: ({ state }) => (state === 'cancelled' ? { zh: '任务已撤销。', en: 'The task was withdrawn.' } : undefined) },
  {
    id: 'done', light: 'blue',
    says({ state, doneAt, deadline }) {
      if (state !== 'done') return undefined;
      const late = doneAt !== null && deadline !== null ? daysBetween(deadline, doneAt) : 0;
      return late > 0 ? { zh: `已办结，逾期 ${late} 天。`, en: `Done, ${daysEn(late)} late.` } : { zh: '已办结。', en: 'Done.' };
    },
  },
  { id: 'draft', light: 'grey', says: ({ state }) => (state === 'draft' ? { zh: '尚未下达。', en: 'Not given out yet.' } : undefined) },
  {
    id: 'overdue', light: 'red',
    says: (_, { daysLeft }) => (daysLeft !== null && daysLeft < 0 ? { zh: `已逾期 ${-daysLeft} 天。`, en: `${daysEn(-daysLeft)} overdue.` } : undefined),
  },
  {
    id: 'order-unanswered', light: 'red',
    says({ orders }, { today }) {
      const order = orders.find(({ answerBy, answeredAt }) => answeredAt === null && answerBy !== null && answerBy < today);
      return order === undefined || order.answerBy === null ? undefined : { zh: `督办单 ${order.number} 应于 ${order.answerBy} 前答复，尚未答复。`, en: `Order ${order.number} was to be answered by ${order.answerBy}.` };
    },
  },
  {
    id: 'milestone-overdue', light: 'red',
    says({ milestones }, { today }) {
      const late = milestones.find(({ due, doneAt }) => doneAt === null && due < today);
      return late === undefined ? undefined : { zh: `节点“${late.title}”应于 ${late.due} 前完成。`, en: `The milestone “${late.title}” was due on ${late.due}.` };
    },
  },
  {
    id: 'due-soon', light: 'yellow',
    says({ state }, { daysLeft }, { dueDays }) {
      if (daysLeft === null || daysLeft > dueDays || state === 'submitted') return undefined;
      return daysLeft === 0 ? { zh: '今天到期。', en: 'Due today.' } : { zh: `还有 ${daysLeft} 天到期。`, en: `Due in ${daysEn(daysLeft)}.` };
    },
  },
  {
    id: 'behind', light: 'yellow',
    says(_, { percent, expected }, { lag }) {
      if (percent === null || expected === null || expected - percent <= lag) return undefined;
      return { zh: `进度 ${Math.round(percent)}%，时间已过 ${Math.round(expected)}%。`, en: `${Math.round(percent)} % done, ${Math.round(expected)} % of the time gone.` };
    },
  },
  {
    id: 'silent', light: 'yellow',
    says: (_, { silentDays: silent }, { silentDays }) => (silent > silentDays ? { zh: `${silent} 天没有进展记录。`, en: `No word of progress for ${daysEn(silent)}.` } : undefined),
  },
  { id: 'no-deadline', light: 'grey', says: ({ deadline }) => (deadline === null ? { zh: '没有完成时限。', en: 'Without a deadline.' } : undefined) },
  {
    id: 'on-plan', light: 'green',
    says: ({ state }, { daysLeft }) => (state === 'submitted' ? { zh: '已提交，待核验。', en: 'Submitted, to be verified.' } : { zh: `按计划推进，还有 ${daysLeft} 天。`, en: `On plan, ${daysEn(daysLeft ?? 0)} left.` }),
  },
];

export function taskLight(task: TaskRow, day: TaskDay, settings: LightSettings = LIGHT_SETTINGS): LightReason {
  for (const { id, light, says } of LIGHT_RULES) {
    const text = says(task, day, settings);
    if (text !== undefined) return { light, rule: id, text };
  }
  throw new RangeError('the last rule applies to every task');
}

export interface Reminder {
  readonly kind: 'overdue' | 'due' | 'milestone' | 'order' | 'silent';
  readonly day: string;
  /** From today; negative where it has passed. */
  readonly days: number;
  readonly text: Bilingual;
}

/** What those who answer for a task are to be reminded of on a day: all that is late, and what comes within so many days. */
export function remindersOf(task: TaskRow, today: string, within: number, settings: LightSettings = LIGHT_SETTINGS): Reminder[] {
  if (isOver(task) || task.state === 'draft') return [];
  const found: Reminder[] = [];
  const add = (kind: Reminder['kind'], day: string, late: (days: number) => Bilingual, ahead: (days: number) => Bilingual): void => {
    const days = daysBetween(today, day);
    if (days <= within) found.push({ kind, day, days, text: days < 0 ? late(-days) : ahead(days) });
  };
  if (task.deadline !== null) add(task.deadline < today ? 'overdue' : 'due', task.deadline, (n) => ({ zh: `已逾期 ${n} 天`, en: `${daysEn(n)} overdue` }), (n) => ({ zh: n === 0 ? '今天到期' : `还有 ${n} 天到期`, en: n === 0 ? 'due today' : `due in ${daysEn(n)}` }));
  for (const { title, due, doneAt } of task.milestones) if (doneAt === null) add('milestone', due, (n) => ({ zh: `节点“${title}”逾期 ${n} 天`, en: `milestone “${title}” ${daysEn(n)} late` }), (n) => ({ zh: `节点“${title}”还有 ${n} 天`, en: `milestone “${title}” in ${daysEn(n)}` }));
  for (const { number, answerBy, answeredAt } of task.orders) if (answerBy !== null && answeredAt === null) add('order', answerBy, (n) => ({ zh: `督办单 ${number} 逾期 ${n} 天未答复`, en: `order ${number} unanswered for ${daysEn(n)}` }), (n) => ({ zh: `督办单 ${number} 须在 ${n} 天内答复`, en: `order ${number} to be answered in ${daysEn(n)}` }));
  const { silentDays } = taskDay(task, today);
  if (silentDays > settings.silentDays) found.push({ kind: 'silent', day: today, days: 0, text: { zh: `${silentDays} 天没有进展记录`, en: `no word of progress for ${daysEn(silentDays)}` } });
  return found.sort((a, b) => a.days - b.days || a.kind.localeCompare(b.kind));
}
