/**
 * A workbook of tasks that comes back → edits of the ledger's tasks, and new ones. Only what differs from the ledger is an edit, so a workbook that nobody touched changes nothing.
 *
 * The sheet with a column 任务 (or what other makers call it) is read, by its headers; with the ledger's numbers rows are edits, without a number they are
 * new. A cell that is no answer is noted with sheet, row and column, and the rest of its row counts.
 */
import type { CellValue } from '../../core/cell-text.ts';
import { cellText } from '../../core/cell-text.ts';
import type { NoteBook } from '../../core/note.ts';
import { ChengmaiError } from '../../core/errors.ts';
import { isSameJson } from '../../core/same-json.ts';
import type { TaskEdit, TaskJson } from '../api.ts';
import { taskEditSchema } from '../api.ts';
import type { TaskColumn } from './task-columns.ts';
import { TASK_COLUMNS } from './task-columns.ts';

export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly CellValue[])[];
}

export interface ReadTasks {
  readonly rows: number;
  readonly edits: readonly { readonly taskId: string; readonly title: string; readonly edit: TaskEdit }[];
  readonly added: readonly (TaskEdit & { readonly title: string })[];
}

interface Placed {
  readonly column: TaskColumn;
  readonly at: number;
}

/** Headers as people retype them: blanks and line breaks in them, brackets of the other width, a mark that the column must be filled. */
const headerKey = (text: string): string => text.toLowerCase().replace(/[\s*＊]+/g, '').replaceAll('（', '(').replaceAll('）', ')');
const named = ({ header, also = [] }: TaskColumn, title: string): boolean => [header.zh, header.en, ...also].some((word) => headerKey(word) === headerKey(title));

/** A cell holds no more characters (base/workbook-cells.ts cuts there). */
const CELL_END = 32_767;
/**
 * What programs make of a text that nobody touched when they save the workbook: blanks at its ends gone (spreadsheets may drop them), line ends of the other kind, and what reads
 * like an escape of the format taken for one (openpyxl 3.1 writes `_x0041_` as it stands, which means A).
 */
const asSaved = (text: string): string => text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))).replace(/\r\n?/g, '\n').trim();
const isWritten = (written: string, cell: string): boolean => written === cell || (cell.length === CELL_END && written.startsWith(cell)) || asSaved(written) === asSaved(cell);

/** What makes two tasks one: a list that is imported twice must not stand in the ledger twice. */
const sameTaskKey = ({ title, lead = [], deadline = null, district = null }: Pick<TaskEdit, 'title' | 'lead' | 'deadline' | 'district'>): string => JSON.stringify([title?.replace(/\s+/g, ''), lead, deadline, district]);

/** Headers stand among the first rows: titles and dates often stand above them. */
const MOST_ABOVE = 30;

function findHeader({ rows }: Sheet): { readonly row: number; readonly columns: readonly Placed[] } | undefined {
  for (let row = 0; row < Math.min(rows.length, MOST_ABOVE); row++) {
    const taken = new Set<string>();
    const columns = rows[row].flatMap((cell, at): Placed[] => {
      const column = TASK_COLUMNS.find((each) => !taken.has(each.id) && named(each, cellText(cell)));
      if (column === undefined) return [];
      taken.add(column.id);
      return [{ column, at }];
    });
    if (taken.has('title') && columns.length > 1) return { row, columns };
  }
  return undefined;
}

/**
 * @throws ChengmaiError input `delivery/not-a-ledger` where no sheet has a column of tasks
 */
export function readTaskSheets(sheets: readonly Sheet[], ledger: ReadonlyMap<string, TaskJson>, file: string, notes: NoteBook): ReadTasks {
  const edits: { taskId: string; title: string; edit: TaskEdit }[] = [];
  const added: (TaskEdit & { title: string })[] = [];
  const seen = new Set<string>();
  const standing = new Set([...ledger.values()].filter(({ state }) => state !== 'cancelled').map(sameTaskKey));
  let count = 0;
  let known = false;
  for (const sheet of sheets) {
    const header = findHeader(sheet);
    if (header === undefined) continue;
    known = true;
    const numberAt = header.columns.find(({ column }) => column.id === 'number')?.at;
    for (let r = header.row + 1; r < sheet.rows.length; r++) {
      const cells = sheet.rows[r];
      if (cells.every((cell) => cellText(cell) === '')) continue;
      const number = numberAt === undefined ? '' : cellText(cells[numberAt] ?? null);
      const place = { file, row: r + 1, field: sheet.name };
      const task = number === '' ? undefined : ledger.get(number);
      if (number !== '' && task === undefined) {
        notes.add('error', 'delivery/unknown-task', { zh: '任务编号不在台账中，该行未采用；新任务请把编号留空。', en: 'The ledger has no task of this number; the row was left out. Leave the number of a new task empty.' }, { ...place, value: number });
        continue;
      }
      if (number !== '' && seen.has(number)) {
        notes.add('error', 'delivery/repeated-task', { zh: '同一任务编号出现多次，只采用第一行。', en: 'A number stands in several rows; the first counts.' }, { ...place, value: number });
        continue;
      }
      seen.add(number);
      count++;
      const edit = readRow(cells, header.columns, task, (column, cell) => {
        notes.add('error', `delivery/bad-cell/${column.id}`, {
          zh: `“${column.header.zh}”中的值不能采用${column.choices === undefined ? '' : `，可填：${column.choices.map(({ zh }) => zh).join('、')}`}；该格未采用。`,
          en: `A value of “${column.header.en}” is no answer${column.choices === undefined ? '' : `; it may be: ${column.choices.map(({ en }) => en).join(', ')}`}; the cell was left out.`,
        }, { ...place, field: `${sheet.name}!${column.header.zh}`, value: cellText(cell) });
      }, (column, cell) => {
        notes.add('warning', 'delivery/fixed-cell', { zh: '该列由系统写入，不能在工作簿中修改，改动未采用。', en: 'This column is written by the program and cannot be changed in a workbook; the change was not taken.' }, { ...place, field: `${sheet.name}!${column.header.zh}`, value: String(cell) });
      });
      if (task !== undefined) {
        if (Object.keys(edit).length > 0) edits.push({ taskId: task.taskId, title: task.title, edit });
      } else if (edit.title === undefined) {
        notes.add('error', 'delivery/no-title', { zh: '该行没有任务名称，未采用。', en: 'The row has no task; it was left out.' }, place);
      } else {
        const key = sameTaskKey(edit);
        if (standing.has(key)) {
          notes.add('warning', 'delivery/already-there', { zh: '台账或本表中已有名称、牵头单位、时限、区县都相同的任务，该行未采用。', en: 'The ledger, or a row above, has a task of the same title, lead, deadline and district; the row was left out.' }, { ...place, value: edit.title });
          continue;
        }
        standing.add(key);
        added.push({ ...edit, title: edit.title });
      }
    }
  }
  if (!known) {
    throw new ChengmaiError('input', 'delivery/not-a-ledger', { zh: `工作簿 ${file} 中没有含“任务”列和其他台账列的工作表；可先导出台账作为模板。`, en: `The workbook ${file} has no sheet with a column “Task” beside others of the ledger; export the ledger as a template.` }, { file });
  }
  return { rows: count, edits, added };
}

function readRow(cells: readonly CellValue[], columns: readonly Placed[], task: TaskJson | undefined, refuse: (column: TaskColumn, cell: CellValue) => void, ignore: (column: TaskColumn, cell: CellValue) => void): TaskEdit {
  let edit: TaskEdit = {};
  for (const { column, at } of columns) {
    const cell = cells[at] ?? null;
    // what the program wrote is no edit, whatever reading it back makes of it
    if (task === undefined ? cellText(cell) === '' : (['zh', 'en'] as const).some((language) => isWritten(String(column.write(task, language) ?? ''), String(cell ?? '')))) continue;
    if (column.read === undefined) {
      if (task !== undefined && column.ofTheDay !== true) ignore(column, cell);
      continue;
    }
    const part = column.read(cell);
    if (part === undefined || !taskEditSchema.safeParse(part).success) {
      refuse(column, cell);
      continue;
    }
    // written otherwise, and means the same
    if (task !== undefined && Object.entries(part).every(([field, value]) => isSameJson(task[field as keyof TaskJson], value))) continue;
    edit = { ...edit, ...part };
  }
  return edit;
}
