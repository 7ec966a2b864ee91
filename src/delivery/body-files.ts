/** What goes out to the bodies that answer for tasks: a sheet and a calendar each, letters of what is due, and rows for a mail merge. */
import { zipSync } from 'fflate';
import writeXlsxFile from 'write-excel-file/node';
import { HEADER_STYLE, workbookCell } from '../base/workbook-cells.ts';
import type { Bilingual, Language } from '../core/bilingual.ts';
import type { TaskJson } from './api.ts';
import type { Letter, TaskReminder } from './ledger/by-body.ts';
import { lettersOf, letterText, linesByBody, reminderLines } from './ledger/by-body.ts';
import { writeTaskCalendar, writeTaskWorkbook } from './task-files.ts';

export interface Mailing {
  readonly city: Bilingual;
  readonly today: string;
  /** Days ahead that letters speak of. */
  readonly within: number;
  readonly language: Language;
}

/** Letters one after another, a line of signs between two. */
export function writeLetters(letters: readonly Letter[], mailing: Mailing): string {
  return `${letters.map((letter) => letterText(letter, mailing)).join(`\n\n${'-'.repeat(40)}\n\n`)}\n`;
}

interface MergeColumn {
  readonly header: Bilingual;
  readonly width: number;
  write(letter: Letter): string | number;
}

/** A row a body, for the mail merge of a word processor: its fields are the heads of the columns. */
export async function writeMergeRows(letters: readonly Letter[], { city, today, language }: Mailing): Promise<Uint8Array> {
  const columns: readonly MergeColumn[] = [
    { header: { zh: '收文单位', en: 'Body' }, width: 28, write: ({ body }) => body },
    { header: { zh: '事项数', en: 'Matters' }, width: 9, write: ({ reminders }) => reminders.length },
    { header: { zh: '逾期数', en: 'Late' }, width: 9, write: ({ late }) => late },
    { header: { zh: '事项清单', en: 'List' }, width: 90, write: (letter) => reminderLines(letter, language).join('\n') },
    { header: { zh: '截至日期', en: 'As of' }, width: 12, write: () => today },
    { header: { zh: '城市', en: 'City' }, width: 12, write: () => city[language] },
  ];
  const sheet = {
    sheet: language === 'zh' ? '提醒' : 'Reminders', columns: columns.map(({ width }) => ({ width })), stickyRowsCount: 1,
    data: [columns.map(({ header }) => ({ value: header[language], type: String, ...HEADER_STYLE })), ...letters.map((letter) => columns.map((column) => workbookCell(column.write(letter), column.width >= 24)))],
  };
  return new Uint8Array(await writeXlsxFile([sheet] as Parameters<typeof writeXlsxFile>[0]).toBuffer());
}

const WORDS = { zh: { tasks: '督办任务', calendar: '日历', letter: '提醒', nobody: '未明确牵头单位' }, en: { tasks: 'tasks', calendar: 'calendar', letter: 'reminder', nobody: 'no lead body' } } as const;
const MOST_NAME = 60;

/** A name that every file system takes, given once: `市住建局（2）` for the second body of the same characters. */
function fileNames(): (name: string) => string {
  const given = new Map<string, number>();
  return (name) => {
    // eslint-disable-next-line no-control-regex
    const plain = [...name.replace(/[\u0000-\u001f<>:"/\\|?*]/g, '_').replace(/[. ]+$/, '')].slice(0, MOST_NAME).join('') || '_';
    const count = (given.get(plain.toLowerCase()) ?? 0) + 1;
    given.set(plain.toLowerCase(), count);
    return count === 1 ? plain : `${plain}（${count}）`;
  };
}

/** A folder a body with what it leads or supports as a workbook and a calendar, and its letter where something is due. A workbook that a body has filled in is imported like the ledger. */
export async function writeBodyFolders(cityId: string, tasks: readonly TaskJson[], reminders: readonly TaskReminder[], mailing: Mailing): Promise<Uint8Array> {
  const { language, today } = mailing;
  const words = WORDS[language];
  const letters = new Map(lettersOf(reminders).map((letter) => [letter.body, letter]));
  const nameOf = fileNames();
  const files: Record<string, Uint8Array> = {};
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  for (const { name } of linesByBody(tasks, today)) {
    const own = name === '' ? tasks.filter(({ lead }) => lead.length === 0) : tasks.filter(({ lead, support }) => lead.includes(name) || support.includes(name));
    const folder = nameOf(name === '' ? words.nobody : name);
    files[`${folder}/${folder}-${words.tasks}.xlsx`] = await writeTaskWorkbook(own, language);
    files[`${folder}/${folder}-${words.calendar}.ics`] = text(writeTaskCalendar(cityId, own, language));
    const letter = letters.get(name);
    // the mark tells old editors of text that it is UTF-8
    if (letter !== undefined) files[`${folder}/${folder}-${words.letter}.txt`] = text(`\ufeff${letterText(letter, mailing)}\n`);
  }
  return zipSync(files, { level: 6 });
}
