/** The ledger by the bodies that answer for it: how each one's tasks stand, and what each is to be reminded of. */
import type { Bilingual, Language } from '../../core/bilingual.ts';
import type { TaskJson } from '../api.ts';
import type { Light } from '../model.ts';
import type { Reminder } from './task-light.ts';

export interface BodyLine {
  /** '' for tasks that name no leading body. */
  readonly name: string;
  /** Tasks that it leads, by their lights. */
  readonly lead: number;
  readonly counts: Readonly<Record<Light, number>>;
  /** Tasks that it supports and does not lead. */
  readonly support: number;
  /** The next deadline of a task that it leads and that is not over. */
  readonly nextDue: string | null;
}

const isOver = ({ state }: TaskJson): boolean => state === 'done' || state === 'cancelled';

/** A line a body, what is worst first: most red, then most yellow, then most tasks; tasks without a body last. A task that two lead counts for both. */
export function linesByBody(tasks: readonly TaskJson[], today: string): BodyLine[] {
  const lines = new Map<string, { -readonly [Key in keyof BodyLine]: BodyLine[Key] } & { counts: Record<Light, number> }>();
  const lineOf = (name: string) => {
    const known = lines.get(name);
    if (known !== undefined) return known;
    const line = { name, lead: 0, counts: { red: 0, yellow: 0, green: 0, blue: 0, grey: 0 }, support: 0, nextDue: null };
    lines.set(name, line);
    return line;
  };
  for (const task of tasks) {
    for (const name of task.lead.length === 0 ? [''] : task.lead) {
      const line = lineOf(name);
      line.lead++;
      line.counts[task.light]++;
      if (!isOver(task) && task.deadline !== null && task.deadline >= today && (line.nextDue === null || task.deadline < line.nextDue)) line.nextDue = task.deadline;
    }
    for (const name of task.support) if (!task.lead.includes(name)) lineOf(name).support++;
  }
  return [...lines.values()].sort((a, b) => Number(a.name === '') - Number(b.name === '') || b.counts.red - a.counts.red || b.counts.yellow - a.counts.yellow || b.lead - a.lead || b.support - a.support || a.name.localeCompare(b.name, 'zh'));
}

export interface TaskReminder extends Reminder {
  readonly taskId: string;
  readonly title: string;
  readonly lead: readonly string[];
}

export interface Letter {
  readonly body: string;
  readonly reminders: readonly TaskReminder[];
  readonly late: number;
}

/** A letter a body that leads something it is to be reminded of; the most late first. What nobody leads goes to nobody. */
export function lettersOf(reminders: readonly TaskReminder[]): Letter[] {
  const letters = new Map<string, TaskReminder[]>();
  for (const reminder of reminders) {
    for (const body of reminder.lead) {
      const own = letters.get(body);
      if (own === undefined) letters.set(body, [reminder]);
      else own.push(reminder);
    }
  }
  return [...letters]
    .map(([body, own]) => ({ body, reminders: own, late: own.filter(({ days }) => days < 0).length }))
    .sort((a, b) => b.late - a.late || b.reminders.length - a.reminders.length || a.body.localeCompare(b.body, 'zh'));
}

const dayOf = (day: string, language: Language): string => {
  const [year, month, date] = day.split('-').map(Number);
  return language === 'zh' ? `${year}年${month}月${date}日` : day;
};

/** A reminder a line, numbered: what a letter or a cell of a mail merge says. */
export function reminderLines({ reminders }: Letter, language: Language): string[] {
  return reminders.map(({ taskId, title, text, kind, day }, i) => {
    const when = kind === 'silent' ? '' : language === 'zh' ? `（${dayOf(day, language)}）` : ` (${day})`;
    return language === 'zh' ? `${i + 1}. ${taskId} ${title}：${text.zh}${when}` : `${i + 1}. ${taskId} ${title}: ${text.en}${when}`;
  });
}

/** A letter as plain text, to be pasted into a mail or a message. */
export function letterText(letter: Letter, { city, today, within, language }: { readonly city: Bilingual; readonly today: string; readonly within: number; readonly language: Language }): string {
  const { body, reminders, late } = letter;
  const head = language === 'zh'
    ? [`${body}：`, `截至${dayOf(today, language)}，贵单位牵头的督办任务有 ${reminders.length} 项需要办理（其中逾期 ${late} 项，含今后 ${within} 天内到期的）：`]
    : [`${body}:`, `As of ${today}, ${reminders.length} matters of tasks that you lead are waiting (${late} late; what is due within ${within} days is included):`];
  const foot = language === 'zh' ? `${city.zh}督办台账　${dayOf(today, language)}` : `Ledger of tasks of ${city[language]}, ${today}`;
  return [...head, ...reminderLines(letter, language), foot].join('\n');
}
