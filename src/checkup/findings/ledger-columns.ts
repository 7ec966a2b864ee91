/**
 * The columns of the three official lists (《城市体检工作手册（试行）》2025): 问题台账, 问题清单, 整治建议清单. One workbook holds them as sheets; the first
 * column of each is the finding's number, by which a workbook that comes back is told from another.
 */
import type { Bilingual, Language } from '../../core/bilingual.ts';
import type { CellValue } from '../../core/cell-text.ts';
import { cellChoice, cellDay, cellLines, cellNames, cellText } from '../../core/cell-text.ts';
import type { FindingEdit } from '../api.ts';
import type { LedgerRow } from './ledger-row.ts';
import { CLOSED_WORDS, DIFFICULTY_WORDS, EXTENT_WORDS, KIND_WORDS, LEVEL_WORDS, PRIORITY_WORDS, QUALITY_WORDS, SEVERITY_WORDS, STAGE_WORDS } from './ledger-words.ts';

export type SheetId = 'ledger' | 'list' | 'rectification';
export interface LedgerColumn {
  readonly id: string;
  readonly header: Bilingual;
  readonly sheets: readonly SheetId[];
  /** Characters. */
  readonly width: number;
  write(row: LedgerRow, language: Language): CellValue;
  /** Absent: not to be changed in a workbook. Returns undefined for a cell that is no answer. */
  read?(cell: CellValue, row: LedgerRow, language: Language): FindingEdit | undefined;
  /** What may stand in the cell, for the message where it is none. */
  readonly choices?: readonly Bilingual[];
}

export const SHEETS: Readonly<Record<SheetId, Bilingual>> = {
  ledger: { zh: '问题台账', en: 'Ledger' },
  list: { zh: '问题清单', en: 'List of problems' },
  rectification: { zh: '整治建议清单', en: 'Rectification' },
};

/** Which findings stand on which sheet. */
export function standsOn(sheet: SheetId, { stage }: LedgerRow): boolean {
  if (sheet === 'ledger') return true;
  if (sheet === 'list') return stage === 'listed' || stage === 'rectification' || stage === 'rectified';
  return stage === 'rectification';
}

const YES: Bilingual = { zh: '是', en: 'yes' };
const NO: Bilingual = { zh: '否', en: 'no' };
const ALL: readonly SheetId[] = ['ledger', 'list', 'rectification'];
/** Between bodies in one cell. */
const BETWEEN = '；';

function yesNo(cell: CellValue): boolean | undefined {
  if (typeof cell === 'boolean') return cell;
  const text = cellText(cell).toLowerCase();
  if (['是', 'yes', 'true', '1', '√'].includes(text)) return true;
  return ['否', 'no', 'false', '0'].includes(text) ? false : undefined;
}

/** Empty: not known. */
function yesNoEmpty(cell: CellValue): boolean | null | undefined {
  return cellText(cell) === '' ? null : yesNo(cell);
}

function chosen<Field extends 'extent' | 'difficulty' | 'kind' | 'priority' | 'stage'>(id: string, field: Field, header: Bilingual, sheets: readonly SheetId[], words: Readonly<Record<string, Bilingual>>): LedgerColumn {
  return {
    id, header, sheets, width: 12, choices: Object.values(words),
    write: (row, language) => words[row[field]][language],
    read(cell) {
      const found = cellChoice(words, cell);
      return found === undefined ? undefined : { [field]: found };
    },
  };
}

function flag(id: 'built' | 'undersized' | 'incomplete', zh: string, en: string): LedgerColumn {
  return {
    id, header: { zh, en }, sheets: ['ledger', 'list'], width: 10, choices: [YES, NO],
    write: (row, language) => {
      const value = row.community?.[id] ?? null;
      return value === null ? null : (value ? YES : NO)[language];
    },
    read(cell, row) {
      const value = yesNoEmpty(cell);
      if (value === undefined) return undefined;
      // a finding that is none of a community has no such field until somebody fills it in
      if (row.community === null && value === null) return {};
      return { community: { ...(row.community ?? { built: null, undersized: null, incomplete: null, other: '' }), [id]: value } };
    },
  };
}

const plain = (id: string, zh: string, en: string, sheets: readonly SheetId[], width: number, write: LedgerColumn['write']): LedgerColumn => ({ id, header: { zh, en }, sheets, width, write });

export const LEDGER_COLUMNS: readonly LedgerColumn[] = [
  plain('finding', '问题编号', 'Finding', ALL, 30, (row) => row.findingId),
  plain('number', '指标序号', 'Indicator no.', ['ledger', 'list'], 9, (row) => row.indicatorNumber),
  plain('indicator', '指标项', 'Indicator', ALL, 34, (row, language) => row.indicatorName[language]),
  plain('level', '尺度', 'Level', ['ledger'], 12, (row, language) => LEVEL_WORDS[row.level][language]),
  plain('placeId', '单元编号', 'Place id', ['ledger'], 16, (row) => row.placeId),
  plain('place', '单元', 'Place', ALL, 20, (row, language) => row.placeName[language]),
  plain('result', '体检结果', 'Result', ALL, 12, (row) => row.value),
  plain('unit', '单位', 'Unit', ['ledger', 'list'], 9, (row, language) => row.unit[language]),
  plain('quality', '数据性质', 'Quality', ['ledger'], 10, (row, language) => QUALITY_WORDS[row.quality][language]),
  {
    id: 'problem', header: { zh: '存在问题', en: 'Problem' }, sheets: ALL, width: 50,
    write: (row, language) => row.problem[language],
    read: (cell, _, language) => (cellText(cell) === '' ? undefined : { [language === 'zh' ? 'problemZh' : 'problemEn']: cellLines(cell) }),
  },
  chosen('extent', 'extent', { zh: '问题程度', en: 'Extent' }, ['ledger', 'list'], EXTENT_WORDS),
  {
    id: 'severity', header: { zh: '严重等级', en: 'Severity 1–5' }, sheets: ['ledger'], width: 9, choices: SEVERITY_WORDS.map((word, i) => ({ zh: `${i + 1} ${word.zh}`, en: `${i + 1} ${word.en}` })),
    write: (row) => row.severity,
    read(cell) {
      const severity = Number(cellText(cell));
      return Number.isInteger(severity) && severity >= 1 && severity <= 5 ? { severity } : undefined;
    },
  },
  chosen('difficulty', 'difficulty', { zh: '治理难度', en: 'Difficulty' }, ['ledger', 'list'], DIFFICULTY_WORDS),
  chosen('kind', 'kind', { zh: '问题分类（限时/尽力）', en: 'Kind' }, ALL, KIND_WORDS),
  flag('built', '是否配建', 'Built'),
  flag('undersized', '规模不足', 'Too small'),
  flag('incomplete', '功能不完善', 'Functions missing'),
  {
    id: 'other', header: { zh: '其他', en: 'Other' }, sheets: ['ledger', 'list'], width: 16,
    write: (row) => row.community?.other || null,
    read: (cell, row) => (row.community === null && cellText(cell) === '' ? {} : { community: { ...(row.community ?? { built: null, undersized: null, incomplete: null }), other: cellLines(cell) } }),
  },
  plain('persons', '涉及人口', 'Persons', ['ledger'], 10, (row) => (row.persons === null ? null : Math.round(row.persons))),
  plain('survey', '居民问卷指标及评价结果', 'Survey', ['ledger', 'list'], 22, (row, language) => row.survey?.[language] ?? null),
  {
    id: 'advice', header: { zh: '整治建议', en: 'Advice' }, sheets: ['ledger', 'rectification'], width: 50,
    write: (row, language) => row.advice[language] || null,
    read: (cell, _, language) => ({ [language === 'zh' ? 'adviceZh' : 'adviceEn']: cellLines(cell) }),
  },
  { id: 'area', header: { zh: '整治区域', en: 'Area' }, sheets: ['ledger', 'rectification'], width: 20, write: (row) => row.area || null, read: (cell) => ({ area: cellLines(cell) }) },
  {
    id: 'bodies', header: { zh: '责任单位', en: 'Responsible bodies' }, sheets: ['ledger', 'rectification'], width: 30,
    write: (row) => row.bodies.join(BETWEEN) || null,
    read: (cell) => ({ bodies: cellNames(cell) }),
  },
  chosen('priority', 'priority', { zh: '整治优先级', en: 'Priority' }, ['ledger', 'rectification'], PRIORITY_WORDS),
  {
    id: 'nextYear', header: { zh: '是否纳入下一年计划', en: 'In next year’s plan' }, sheets: ['ledger', 'rectification'], width: 12, choices: [YES, NO],
    write: (row, language) => (row.nextYear ? YES : NO)[language],
    read(cell) {
      const nextYear = yesNo(cell);
      return nextYear === undefined ? undefined : { nextYear };
    },
  },
  {
    id: 'deadline', header: { zh: '完成时限', en: 'Deadline' }, sheets: ['ledger', 'rectification'], width: 12, choices: [{ zh: '日期，如 2026-12-31', en: 'a date such as 2026-12-31' }],
    write: (row) => row.deadline,
    read(cell) {
      if (cellText(cell) === '') return { deadline: null };
      const deadline = cellDay(cellText(cell));
      return deadline === undefined ? undefined : { deadline };
    },
  },
  chosen('stage', 'stage', { zh: '办理阶段', en: 'Stage' }, ['ledger'], STAGE_WORDS),
  plain('closed', '体检销号依据', 'Closed because', ['ledger'], 22, (row, language) => (row.closedBy === null || row.closedBy === undefined ? null : CLOSED_WORDS[row.closedBy][language])),
  plain('asked', '对照标准', 'Standard', ['ledger'], 12, (row) => row.asked?.standard || null),
  { id: 'note', header: { zh: '备注', en: 'Note' }, sheets: ['ledger'], width: 30, write: (row) => row.note || null, read: (cell) => ({ note: cellLines(cell) }) },
  plain('periods', '首次/最近发现', 'First and last found', ['ledger'], 14, (row) => `${row.firstPeriod}–${row.lastPeriod}`),
];

/** The column of a field of an edit, for messages. */
export function headerOfField(field: string): Bilingual {
  const id = field === 'community' ? 'built' : field.replace(/(?:Zh|En)$/, '');
  return LEDGER_COLUMNS.find((column) => column.id === id)?.header ?? { zh: field, en: field };
}
