/** The three lists as an Excel workbook, out and back in. */
import writeXlsxFile from 'write-excel-file/node';
import { HEADER_STYLE, restoreCell, workbookCell } from '../base/workbook-cells.ts';
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

/** Cells of a column that are no answer, each to be mended by hand. */
const CELLS_NAMED = 100;

function sheetOf(sheet: SheetId, rows: readonly LedgerRow[], language: Language) {
  const columns = LEDGER_COLUMNS.filter((column) => column.sheets.includes(sheet));
  const standing = rows.filter((row) => standsOn(sheet, row));
  return {
    sheet: SHEETS[sheet][language],
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    stickyColumnsCount: 1,
    data: [columns.map(({ header }) => ({ value: header[language], type: String, ...HEADER_STYLE })), ...standing.map((row) => columns.map((column) => workbookCell(column.write(row, language), column.width >= 30)))],
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
  const sheets = (await readWorkbook(bytesSource(file, bytes), { ...context, notes })).map(({ name, rows }) => ({ name, rows: rows.map((row) => row.map(restoreCell)) }));
  const names = Object.values(SHEETS).flatMap(({ zh, en }) => [zh, en]);
  if (!sheets.some(({ name }) => names.includes(name.trim()))) {
    throw new ChengmaiError('input', 'checkup/not-a-ledger', {
      zh: `工作簿 ${file} 中没有“问题台账”“问题清单”或“整治建议清单”工作表；请在导出的工作簿上修改后再导入。`,
      en: `The workbook ${file} has none of the sheets Ledger, List of problems, Rectification; edit an exported workbook and bring it back.`,
    }, { file });
  }
  return { ...readLedgerSheets(sheets, new Map(ledger.map((row) => [row.findingId, row])), file, notes), notes };
}
