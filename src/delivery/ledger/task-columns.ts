/** The columns of the ledger's workbook (督办台账), out and back in. Rows are known by their number; a row without one is a new task. */
import type { Bilingual, Language } from '../../core/bilingual.ts';
import type { CellValue } from '../../core/cell-text.ts';
import { cellChoice, cellDay, cellLines, cellNames, cellText } from '../../core/cell-text.ts';
import type { TaskEdit, TaskJson } from '../api.ts';
import { LIGHT_WORDS, TASK_KIND_WORDS, TASK_SOURCE_WORDS, TASK_STATE_WORDS } from './task-words.ts';

export const TASK_SHEET: Bilingual = { zh: '督办台账', en: 'Tasks' };
/** Between names in one cell. */
const BETWEEN = '；';

export interface TaskColumn {
  readonly id: string;
  readonly header: Bilingual;
  /** Headers that lists of other makers have. */
  readonly also?: readonly string[];
  /** Characters. */
  readonly width: number;
  write(task: TaskJson, language: Language): CellValue;
  /** Absent: computed, or changed by acts of its own (progress, extensions). Undefined for a cell that is no answer. */
  read?(cell: CellValue): TaskEdit | undefined;
  readonly choices?: readonly Bilingual[];
  /** Another day writes something else: what stands in a workbook of last week is no edit. */
  readonly ofTheDay?: true;
}

const shown = (id: string, zh: string, en: string, width: number, write: TaskColumn['write'], ofTheDay?: true): TaskColumn => ({ id, header: { zh, en }, width, write, ...(ofTheDay && { ofTheDay }) });

/** A day as spreadsheets keep it where the cell has lost its format: days since 1899-12-30, here 1954–2119. */
const SERIAL = /^[2-7]\d{4}(?:\.0+)?$/;
const FIRST_SERIAL = Date.UTC(1899, 11, 30);

/** The day of a cell: as people write it, with a time of day, or as a serial number. */
function dayOf(text: string): string | undefined {
  if (SERIAL.test(text)) return new Date(FIRST_SERIAL + Number(text) * 86_400_000).toISOString().slice(0, 10);
  return cellDay(text.replace(/[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$/, '').replace(/\s+/g, ''));
}

function dayColumn(id: 'startAt' | 'deadline' | 'doneAt', zh: string, en: string, also: readonly string[] = []): TaskColumn {
  return {
    id, header: { zh, en }, also, width: 12, choices: [{ zh: '2026-12-31', en: '2026-12-31' }],
    write: (task) => task[id],
    read(cell) {
      const text = cellText(cell);
      if (text === '') return { [id]: null };
      const day = dayOf(text);
      return day === undefined ? undefined : { [id]: day };
    },
  };
}

const namesColumn = (id: 'lead' | 'support', zh: string, en: string, also: readonly string[]): TaskColumn => ({ id, header: { zh, en }, also, width: 26, write: (task) => task[id].join(BETWEEN) || null, read: (cell) => ({ [id]: cellNames(cell) }) });

export const TASK_COLUMNS: readonly TaskColumn[] = [
  shown('number', '任务编号', 'Number', 13, ({ taskId }) => taskId),
  { id: 'title', header: { zh: '任务', en: 'Task' }, also: ['任务名称', '事项', '事项名称', '任务内容', '工作任务', '督办事项', 'title'], width: 50, write: ({ title }) => title, read: (cell) => (cellText(cell) === '' ? undefined : { title: cellText(cell) }) },
  { id: 'detail', header: { zh: '具体要求', en: 'Detail' }, also: ['要求', '工作要求'], width: 44, write: ({ detail }) => detail || null, read: (cell) => ({ detail: cellLines(cell) }) },
  namesColumn('lead', '牵头单位', 'Lead', ['责任单位', '主办单位', '责任部门', '牵头部门']),
  namesColumn('support', '配合单位', 'Supporting', ['协办单位', '配合部门', '参与单位']),
  dayColumn('startAt', '开始日期', 'Start', ['开始时间']),
  dayColumn('deadline', '完成时限', 'Deadline', ['截止日期', '完成期限', '办结时限', '时限']),
  shown('firstDeadline', '原定时限', 'First deadline', 12, ({ firstDeadline }) => firstDeadline),
  {
    id: 'kind', header: { zh: '类别（限时/尽力）', en: 'Kind' }, also: ['任务类别', '类别'], width: 10, choices: Object.values(TASK_KIND_WORDS), write: ({ kind }, language) => TASK_KIND_WORDS[kind][language],
    read(cell) {
      const kind = cellChoice(TASK_KIND_WORDS, cell);
      return kind === undefined ? undefined : { kind };
    },
  },
  {
    id: 'state', header: { zh: '状态', en: 'State' }, also: ['办理状态'], width: 10, choices: Object.values(TASK_STATE_WORDS), write: ({ state }, language) => TASK_STATE_WORDS[state][language],
    read(cell) {
      const state = cellChoice(TASK_STATE_WORDS, cell);
      return state === undefined ? undefined : { state };
    },
  },
  shown('light', '亮灯', 'Light', 9, ({ light }, language) => LIGHT_WORDS[light][language], true),
  shown('why', '亮灯原因', 'Why', 26, ({ lightText }, language) => lightText[language], true),
  shown('percent', '进度（%）', 'Progress, %', 9, ({ percent }) => percent),
  shown('progress', '最近进展', 'Latest progress', 40, ({ progress }) => progress.at(-1)?.text ?? null),
  shown('evidence', '佐证材料', 'Evidence', 24, ({ progress }) => progress.flatMap(({ evidence }) => evidence).join(BETWEEN) || null),
  dayColumn('doneAt', '办结日期', 'Done on'),
  shown('extensions', '延期', 'Extensions', 30, ({ extensions }) => extensions.map(({ from, to, reason }) => `${from ?? '—'}→${to}：${reason}`).join('\n') || null),
  shown('orders', '督办单', 'Orders', 30, ({ orders }) => orders.map(({ number, text, answeredAt, answer }) => `${number} ${text}${answeredAt === null ? '' : `（${answeredAt} ${answer}）`}`).join('\n') || null),
  { id: 'district', header: { zh: '区县', en: 'District' }, also: ['所属区县', '地区'], width: 12, write: ({ district }) => district, read: (cell) => ({ district: cellText(cell) || null }) },
  shown('source', '任务来源', 'Source', 12, ({ source }, language) => TASK_SOURCE_WORDS[source][language]),
  shown('sourceTitle', '来源名称', 'Source title', 34, ({ sourceTitle }) => sourceTitle || null),
  shown('clause', '来源条款', 'Clause', 30, ({ clause }) => clause?.heading ?? null),
  { id: 'note', header: { zh: '备注', en: 'Note' }, width: 30, write: ({ note }) => note || null, read: (cell) => ({ note: cellLines(cell) }) },
];
