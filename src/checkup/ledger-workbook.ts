/** The three lists as an Excel workbook, out and back in. */
import writeXlsxFile from 'write-excel-file/node';
import type { Language } from '../core/bilingual.ts';
import { ChengmaiError } from '../core/errors.ts';
import { NoteBook } from '../core/note.ts';
import type { WorkContext } from '../core/progress.ts';
import { bytesSource } from '../import/byte-source.ts';
import { readWorkbook } from '../import/xlsx.ts';
import type { SheetId } from './findings/ledger-columns.ts';
import { LEDGER_COLUMNS, SHEETS, standsOn } from './findings/ledger-columns.ts';
import type { LedgerRow } from './findings/ledger-row.ts';
import type { ReadEdits } from './findings/read-ledger-sheets.ts';
import { readLedgerSheets } from './findings/read-ledger-sheets.ts';

const HEADER = { fontWeight: 'bold', backgroundColor: '#E8EEF4', wrap: true, alignVertical: 'center' } as const;
/** Beyond this a cell cannot be written (Excel's own limit). */
const MOST_CHARACTERS = 32_767;
/** Cells of a column that are no answer, each to be mended by hand. */
const CELLS_NAMED = 100;

/** write-excel-file 4.1.1 keeps its texts in a plain object and loses cells that read `valueOf`, `constructor` and the like: they go out behind a space of no width. */
const NO_WIDTH = '\u200b';
const isLost = (text: string): boolean => text in Object.prototype;
/** What reads like an escape of the format (`_x0041_`) is escaped itself (ECMA-376 22.9.2.19); the writer leaves that to us. */
const protect = (text: string): string => (isLost(text) ? NO_WIDTH + text : text.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_'));
const restore = <Value>(value: Value): Value | string => (typeof value === 'string' && value.startsWith(NO_WIDTH) && isLost(value.slice(1)) ? value.slice(1) : value);

function sheetOf(sheet: SheetId, rows: readonly LedgerRow[], language: Language) {
  const columns = LEDGER_COLUMNS.filter((column) => column.sheets.includes(sheet));
  const standing = rows.filter((row) => standsOn(sheet, row));
  const cellOf = (value: string | number | boolean | null, isWide: boolean) => {
    if (value === null || value === '') return null;
    if (typeof value === 'string') return { value: protect(value.slice(0, MOST_CHARACTERS)), type: String, wrap: isWide, alignVertical: 'top' as const };
    return typeof value === 'number' ? { value, type: Number, alignVertical: 'top' as const } : { value, type: Boolean, alignVertical: 'top' as const };
  };
  return {
    sheet: SHEETS[sheet][language],
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    stickyColumnsCount: 1,
    data: [columns.map(({ header }) => ({ value: header[language], type: String, ...HEADER })), ...standing.map((row) => columns.map((column) => cellOf(column.write(row, language), column.width >= 30)))],
  };
}

/** 问题台账, 问题清单, 整治建议清单 as sheets for a workbook (write-excel-file). */
export function ledgerSheets(rows: readonly LedgerRow[], language: Language) {
  return (Object.keys(SHEETS) as SheetId[]).map((sheet) => sheetOf(sheet, rows, language));
}

export async function writeLedgerWorkbook(rows: readonly LedgerRow[], language: Language): Promise<Uint8Array> {
  const sheets = ledgerSheets(rows, language);
  return new Uint8Array(await writeXlsxFile(sheets as Parameters<typeof writeXlsxFile>[0]).toBuffer());
}

/**
 * What a workbook that came back changes.
 *
 * @throws ChengmaiError input `import/bad-workbook`, `checkup/not-a-ledger` where none of its sheets is one of the three
 */
export async function readLedgerWorkbook(bytes: Uint8Array, file: string, ledger: readonly LedgerRow[], context: WorkContext = {}): Promise<ReadEdits & { readonly notes: NoteBook }> {
  const notes = new NoteBook(CELLS_NAMED);
  const sheets = (await readWorkbook(bytesSource(file, bytes), { ...context, notes })).map(({ name, rows }) => ({ name, rows: rows.map((row) => row.map(restore)) }));
  const names = Object.values(SHEETS).flatMap(({ zh, en }) => [zh, en]);
  if (!sheets.some(({ name }) => names.includes(name.trim()))) {
    throw new ChengmaiError('input', 'checkup/not-a-ledger', {
      zh: `工作簿 ${file} 中没有“问题台账”“问题清单”或“整治建议清单”工作表；请在导出的工作簿上修改后再导入。`,
      en: `The workbook ${file} has none of the sheets Ledger, List of problems, Rectification; edit an exported workbook and bring it back.`,
    }, { file });
  }
  return { ...readLedgerSheets(sheets, new Map(ledger.map((row) => [row.findingId, row])), file, notes), notes };
}
