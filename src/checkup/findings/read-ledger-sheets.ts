/**
 * A ledger's workbook that comes back → edits. Only what differs from the ledger is an edit, so a workbook that nobody touched changes nothing.
 *
 * Sheets are told by their names, columns by their headers, in Chinese or English; other sheets and columns are left alone. A cell that is no answer is
 * noted with sheet, row and column and leaves its field as it was; the rest of its row counts. Where two sheets change one field of a finding
 * to different things, neither counts.
 */
import type { Language } from '../../core/bilingual.ts';
import type { CellValue } from '../../core/cell-text.ts';
import { cellText } from '../../core/cell-text.ts';
import type { NoteBook } from '../../core/note.ts';
import type { FindingEdit } from '../api.ts';
import { findingEditSchema } from '../api.ts';
import type { LedgerColumn, SheetId } from './ledger-columns.ts';
import { LEDGER_COLUMNS, SHEETS } from './ledger-columns.ts';
import type { LedgerRow } from './ledger-row.ts';
import { editRow } from './ledger-row.ts';

export interface LedgerSheet {
  readonly name: string;
  readonly rows: readonly (readonly CellValue[])[];
}

export interface ReadEdits {
  readonly edits: readonly { readonly findingId: string; readonly edit: FindingEdit }[];
  /** Rows that named a finding of the ledger. */
  readonly rows: number;
}

interface Placed {
  readonly column: LedgerColumn;
  readonly at: number;
}

function matchSheet(name: string): { sheet: SheetId; language: Language } | undefined {
  for (const sheet of Object.keys(SHEETS) as SheetId[]) {
    for (const language of ['zh', 'en'] as const) if (SHEETS[sheet][language] === name.trim()) return { sheet, language };
  }
  return undefined;
}

/** The columns by their headers, and the row that has them: the first in which the finding's number stands. */
function findHeader(rows: LedgerSheet['rows'], sheet: SheetId, language: Language): { row: number; columns: Placed[] } | undefined {
  const headerOf = (column: LedgerColumn): string => column.header[language];
  const first = headerOf(LEDGER_COLUMNS[0]);
  const row = rows.findIndex((cells) => cells.some((cell) => cellText(cell) === first));
  if (row < 0) return undefined;
  const columns = rows[row].flatMap((cell, at): Placed[] => {
    const column = LEDGER_COLUMNS.find((one) => one.sheets.includes(sheet) && headerOf(one) === cellText(cell));
    return column === undefined ? [] : [{ column, at }];
  });
  return { row, columns };
}

interface FieldEdit {
  readonly value: string;
  readonly edit: FindingEdit;
  readonly sheet: string;
}

/** One row of a sheet → what of the finding it changes, field by field. */
function readRow(cells: readonly CellValue[], columns: readonly Placed[], row: LedgerRow, language: Language, refuse: (column: LedgerColumn, cell: CellValue) => void, ignore: (column: LedgerColumn, cell: CellValue) => void): FindingEdit {
  let now = row;
  let edit: FindingEdit = {};
  for (const { column, at } of columns) {
    const cell = cells[at] ?? null;
    const written = column.write(now, language);
    // what the program wrote is no edit, whatever reading it back makes of it
    if (written === cell || String(written ?? '') === String(cell ?? '')) continue;
    // LibreOffice keeps fifteen digits
    if (typeof written === 'number' && typeof cell === 'number' && Math.abs(written - cell) <= 1e-9 * Math.abs(written)) continue;
    if (column.read === undefined) {
      ignore(column, cell);
      continue;
    }
    const part = column.read(cell, now, language);
    // a text too long for a finding is no answer either
    if (part === undefined || !findingEditSchema.safeParse(part).success) {
      refuse(column, cell);
      continue;
    }
    const edited = editRow(now, part, 'workbook', now.updatedAt);
    // written otherwise, and means the same: bodies between other signs
    if (edited.changes.length === 0) continue;
    now = edited.row;
    edit = { ...edit, ...part };
  }
  return edit;
}

export function readLedgerSheets(sheets: readonly LedgerSheet[], ledger: ReadonlyMap<string, LedgerRow>, file: string, notes: NoteBook): ReadEdits {
  const byFinding = new Map<string, Map<string, FieldEdit>>();
  const conflicts = new Set<string>();
  let count = 0;
  for (const { name, rows } of sheets) {
    const known = matchSheet(name);
    const header = known === undefined ? undefined : findHeader(rows, known.sheet, known.language);
    if (known === undefined || header === undefined) continue;
    const idAt = header.columns[0].at;
    for (let r = header.row + 1; r < rows.length; r++) {
      const id = cellText(rows[r][idAt] ?? null);
      if (id === '') continue;
      const place = { file, row: r + 1, field: name };
      const row = ledger.get(id);
      if (row === undefined) {
        notes.add('error', 'checkup/unknown-finding', { zh: '问题编号不在台账中，该行未采用；请勿修改编号。', en: 'The ledger has no finding of this number; the row was left out. Leave numbers as they are.' }, { ...place, value: id });
        continue;
      }
      count++;
      const edit = readRow(rows[r], header.columns, row, known.language, ({ header: title, choices }, cell) =>
        notes.add('error', `checkup/bad-cell/${title.en}`, {
          zh: `“${title.zh}”中的值不能采用${choices === undefined ? '' : `，可填：${choices.map(({ zh }) => zh).join('、')}`}；该格保持原值。`,
          en: `A value of “${title.en}” is no answer${choices === undefined ? '' : `; it may be: ${choices.map(({ en }) => en).join(', ')}`}; the field stays as it was.`,
        }, { ...place, field: `${name}!${title[known.language]}`, value: String(cell) }),
      ({ header: title }, cell) =>
        notes.add('warning', 'checkup/fixed-cell', {
          zh: '该列由体检写入，不能在工作簿中修改，改动未采用（工作簿导出后重新体检过也会如此）。',
          en: 'This column is written by the check-up and cannot be changed in a workbook; the change was not taken (a check-up made since the workbook was written looks the same).',
        }, { ...place, field: `${name}!${title[known.language]}`, value: String(cell) }),
      );
      for (const [field, value] of Object.entries(edit)) {
        const text = JSON.stringify(value);
        const fields = byFinding.get(id) ?? new Map<string, FieldEdit>();
        byFinding.set(id, fields);
        const other = fields.get(field);
        if (other !== undefined && other.value !== text) {
          conflicts.add(`${id}\n${field}`);
          notes.add('error', 'checkup/conflicting-cells', { zh: '同一问题的同一字段在两处填了不同的值，均未采用；请改成一致。', en: 'One field of one finding was given two different values; neither was taken. Make them agree.' }, { ...place, field, value: id });
        }
        fields.set(field, { value: text, edit: { [field]: value } as FindingEdit, sheet: name });
      }
    }
  }
  const edits = [...byFinding].map(([findingId, fields]) => ({
    findingId,
    edit: Object.assign({}, ...[...fields].filter(([field]) => !conflicts.has(`${findingId}\n${field}`)).map(([, { edit }]) => edit)) as FindingEdit,
  }));
  return { edits: edits.filter(({ edit }) => Object.keys(edit).length > 0), rows: count };
}
