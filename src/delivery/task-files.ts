/** The ledger of tasks as files: a workbook out and back in, a calendar. */
import type { IcsCalendar, IcsEvent } from 'ts-ics';
import { generateIcsCalendar } from 'ts-ics';
import writeXlsxFile from 'write-excel-file/node';
import type { Base } from '../base/open.ts';
import { HEADER_STYLE, restoreCell, workbookCell } from '../base/workbook-cells.ts';
import type { Language } from '../core/bilingual.ts';
import { ChengmaiError } from '../core/errors.ts';
import { NoteBook } from '../core/note.ts';
import { bytesSource } from '../import/byte-source.ts';
import { readWorkbook } from '../import/xlsx.ts';
import type { TaskEdit, TaskJson } from './api.ts';
import type { taskImportSchema } from './api.ts';
import { TASK_COLUMNS, TASK_SHEET } from './ledger/task-columns.ts';
import type { ReadTasks } from './ledger/read-task-sheet.ts';
import { readTaskSheets } from './ledger/read-task-sheet.ts';
import type { Act } from './ledger/task-row.ts';
import { checkDays, checkDone, editTask } from './ledger/task-row.ts';
import { LIGHT_WORDS } from './ledger/task-words.ts';
import { dayNumber } from './ledger/working-days.ts';
import type { NewTaskFields } from './task-ledger.ts';
import { editEachTask, listTaskJson, todayInChina } from './task-ledger.ts';
import type { z } from 'zod';

export type TaskImport = z.infer<typeof taskImportSchema>;

export async function writeTaskWorkbook(tasks: readonly TaskJson[], language: Language): Promise<Uint8Array> {
  const sheet = {
    sheet: TASK_SHEET[language], columns: TASK_COLUMNS.map(({ width }) => ({ width })), stickyRowsCount: 1, stickyColumnsCount: 2,
    data: [TASK_COLUMNS.map(({ header }) => ({ value: header[language], type: String, ...HEADER_STYLE })), ...tasks.map((task) => TASK_COLUMNS.map((column) => workbookCell(column.write(task, language), column.width >= 24)))],
  };
  return new Uint8Array(await writeXlsxFile([sheet] as Parameters<typeof writeXlsxFile>[0]).toBuffer());
}

/**
 * A workbook taken over as one change set, or only compared with the ledger.
 *
 * @throws ChengmaiError not-found `base/no-city`; input `import/bad-workbook`, `delivery/not-a-ledger`; conflict as editTask
 */
export async function importTaskWorkbook(base: Base, cityId: string, bytes: Uint8Array, file: string, { dry, who }: { readonly dry: boolean; readonly who: string }): Promise<TaskImport> {
  const notes = new NoteBook();
  const ledger = new Map((await listTaskJson(base, cityId, todayInChina())).map((task) => [task.taskId, task]));
  const sheets = (await readWorkbook(bytesSource(file, bytes), { notes })).map(({ name, rows }) => ({ name, rows: rows.map((row) => row.map(restoreCell)) }));
  const read = readTaskSheets(sheets, ledger, file, notes);
  const { rows } = read;
  const [edits, added] = whatRulesAllow(read, ledger, { who, file, notes });
  const fields = added.map(({ ...task }): NewTaskFields => ({ ...(task as Partial<NewTaskFields>), title: task.title, source: 'file', sourceTitle: file }));
  const written = dry ? { changeSet: null } : await editEachTask(base, cityId, edits, fields, { who, by: 'workbook' });
  return {
    rows, added: added.length, changed: edits.length, changeSet: written.changeSet,
    changes: [...edits.map((one) => ({ ...one, before: valuesBefore(ledger.get(one.taskId), one.edit) })), ...added.map((edit) => ({ taskId: '', title: edit.title, before: {}, edit }))], notes: notes.list().map((note) => ({ ...note, examples: note.examples.map((example) => ({ ...example })) })),
  };
}

/** A row that the rules refuse is noted and left out, in the preview as in the writing: it must not stop the others. */
function whatRulesAllow({ edits, added }: ReadTasks, ledger: ReadonlyMap<string, TaskJson>, { who, file, notes }: { readonly who: string; readonly file: string; readonly notes: NoteBook }): readonly [ReadTasks['edits'], ReadTasks['added']] {
  const act: Act = { who, by: 'workbook', now: new Date().toISOString() };
  const allowed = (title: string, attempt: () => void): boolean => {
    try {
      attempt();
      return true;
    } catch (error) {
      if (!(error instanceof ChengmaiError)) throw error;
      notes.add('error', error.code, error.text, { file, value: title });
      return false;
    }
  };
  return [
    edits.filter(({ taskId, edit }) => allowed(taskId, () => {
      const task = ledger.get(taskId);
      if (task !== undefined) editTask(task, edit, act);
    })),
    added.filter(({ title, startAt = null, deadline = null, doneAt = null, state = 'draft' }) => allowed(title, () => {
      checkDays({ taskId: title, startAt, deadline });
      checkDone({ taskId: title, state, doneAt }, act.now);
    })),
  ];
}

/** What stood where an edit writes. */
function valuesBefore(task: TaskJson | undefined, edit: TaskEdit): TaskEdit {
  return task === undefined ? {} : (Object.fromEntries((Object.keys(edit) as (keyof TaskEdit)[]).map((field) => [field, task[field]])) as TaskEdit);
}

const DAY_MS = 86_400_000;

/** Deadlines and open milestones as days of a calendar; the same task has the same uid, so that a calendar that subscribes follows its moves. */
export function writeTaskCalendar(cityId: string, tasks: readonly TaskJson[], language: Language): string {
  const day = (text: string): IcsEvent['start'] => ({ type: 'DATE', date: new Date(dayNumber(text) * DAY_MS) });
  const event = (uid: string, summary: string, at: string, task: TaskJson): IcsEvent => ({
    uid: `${uid}@${cityId}.chengmai`, summary, stamp: { date: new Date(task.updatedAt) }, start: day(at), end: { type: 'DATE', date: new Date((dayNumber(at) + 1) * DAY_MS) },
    description: [task.lead.join('；'), task.lightText[language], task.detail].filter((line) => line !== '').join('\n'), categories: [LIGHT_WORDS[task.light][language]],
  });
  const events = tasks.filter(({ state }) => state !== 'cancelled').flatMap((task) => [
    ...(task.deadline === null ? [] : [event(task.taskId, `${task.taskId} ${task.title}`, task.deadline, task)]),
    ...task.milestones.flatMap((milestone, i) => (milestone.doneAt === null ? [event(`${task.taskId}-m${i + 1}`, `${task.taskId} ${milestone.title}`, milestone.due, task)] : [])),
  ]);
  const calendar: IcsCalendar = { version: '2.0', prodId: '-//Chengmai//Tasks//ZH', method: 'PUBLISH', events };
  return foldLines(generateIcsCalendar(calendar));
}

const LINE_BYTES = 75;

/** Lines of at most 75 bytes (RFC 5545, 3.1): the library counts characters, of which Chinese ones are three bytes each. */
function foldLines(text: string): string {
  const lines: string[] = [];
  for (const line of text.replaceAll('\r\n ', '').split('\r\n')) {
    let piece = '';
    let bytes = 0;
    for (const character of line) {
      const size = Buffer.byteLength(character);
      if (bytes + size > LINE_BYTES) {
        lines.push(piece);
        piece = ' ';
        bytes = 1;
      }
      piece += character;
      bytes += size;
    }
    lines.push(piece);
  }
  return lines.join('\r\n');
}
