/**
 * Excel workbooks (.xlsx): each sheet is a table.
 *
 * The parsing is read-excel-file's (a SAX reader; 50,000 × 10 cells in 1.3 s and 190 MB), which holds all sheets in memory
 * as full rectangles. A workbook with one stray cell at XFD1048576 would ask it for 17 thousand million cells, so every
 * sheet's extent, the sizes and the checksums are looked at first.
 */
import { zipSync } from 'fflate';
import readXlsxFile from 'read-excel-file/node';
import { ChengmaiError, throwIfCancelled } from '../core/errors.ts';
import { tooLarge } from './byte-source.ts';
import { previewFeatures, sizeText, streamRecords } from './features/feature-stream.ts';
import type { ByteSource, FormatReader, ImportOptions, ReadContext } from './model.ts';
import type { OpenTable, TableRow } from './table/table-features.ts';
import { MAX_COLUMNS, openTable, tooManyColumns } from './table/table-features.ts';
import type { Cell } from './table/table-header.ts';
import { isZip, openZip } from './zip.ts';

const MAX_FILE_BYTES = 200 * 2 ** 20;
const MAX_UNPACKED_BYTES = 600 * 2 ** 20;
const MAX_CELLS = 20_000_000;
const BATCH = 500;
const SCAN_BYTES = 2 ** 20;
const NEEDED_MEMBER = /^\[Content_Types\]\.xml$|\.rels$|^xl\/(workbook|sharedStrings|styles)\.xml$|worksheets\/[^/]+\.xml$/i;
const CELL_REFERENCE = /\br="([A-Z]{1,8})(\d{1,10})"/g;

interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly unknown[])[];
}

function columnNumber(letters: string): number {
  let n = 0;
  for (const letter of letters) n = n * 26 + letter.charCodeAt(0) - 64;
  return n;
}

function sheetTooLarge(file: string, member: string, rows: number, columns: number): ChengmaiError {
  return new ChengmaiError(
    'input',
    'import/sheet-too-large',
    { zh: `工作簿 ${file} 的 ${member} 延伸到第 ${rows} 行、第 ${columns} 列，超过上限；请删除远处的空白单元格，或另存为 CSV。`, en: `${member} of the workbook ${file} reaches to row ${rows}, column ${columns}, more than can be read; delete stray cells far out, or save it as CSV.` },
    { file, field: member },
  );
}

function checkExtent(xml: Uint8Array, file: string, member: string): void {
  const decoder = new TextDecoder('latin1');
  let rows = 0;
  let columns = 0;
  for (let at = 0; at < xml.length; at += SCAN_BYTES) {
    // Windows overlap so that no reference is cut in two.
    for (const match of decoder.decode(xml.subarray(at, at + SCAN_BYTES + 40)).matchAll(CELL_REFERENCE)) {
      columns = Math.max(columns, columnNumber(match[1]));
      rows = Math.max(rows, Number(match[2]));
    }
  }
  if (columns > MAX_COLUMNS) throw tooManyColumns(`${file} ▸ ${member}`, String(columns));
  if (rows > 1_048_576 || rows * columns > MAX_CELLS) throw sheetTooLarge(file, member, rows, columns);
}

function badWorkbook(file: string, fault: unknown): ChengmaiError {
  const reason = fault instanceof Error ? fault.message : String(fault);
  return new ChengmaiError('input', 'import/bad-workbook', { zh: `工作簿 ${file} 无法读取（${reason}），请在表格软件中另存为 .xlsx 或 CSV。`, en: `The workbook ${file} cannot be read (${reason}); save it again as .xlsx or as CSV.` }, { file }, fault);
}

/**
 * The members that hold cells, checked and packed anew without compression: the unpacker within read-excel-file waits
 * forever on archives that begin with foreign bytes.
 */
async function repack(source: ByteSource, context: ReadContext): Promise<Uint8Array> {
  const archive = await openZip(source, { maxTotalBytes: MAX_UNPACKED_BYTES });
  const members: Record<string, Uint8Array> = {};
  for (const { name } of archive.members) {
    throwIfCancelled(context.signal);
    if (!NEEDED_MEMBER.test(name)) continue;
    members[name] = await archive.readMember(name, { signal: context.signal });
    if (/worksheets\/[^/]+\.xml$/i.test(name)) checkExtent(members[name], source.name, name);
  }
  return zipSync(members, { level: 0 });
}

async function readSheets(source: ByteSource, options: ImportOptions, context: ReadContext): Promise<Sheet[]> {
  if (source.sizeBytes > MAX_FILE_BYTES) throw tooLarge(source, MAX_FILE_BYTES);
  const packed = await repack(source, context);
  let sheets: Sheet[];
  try {
    sheets = (await readXlsxFile(Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength))).map(({ sheet, data }) => ({ name: sheet, rows: data }));
  } catch (fault) {
    throw badWorkbook(source.name, fault);
  }
  if (options.member === undefined) return sheets;
  const picked = sheets.filter((sheet) => sheet.name === options.member);
  if (picked.length > 0) return picked;
  const names = sheets.map((sheet) => sheet.name).join(', ');
  throw new ChengmaiError('input', 'import/no-member', { zh: `工作簿 ${source.name} 中没有工作表“${options.member}”，有：${names}。`, en: `The workbook ${source.name} has no sheet “${options.member}”; it has: ${names}.` }, { file: source.name, value: options.member });
}

/** Dates become ISO text; midnight is a date without time. */
function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().replace(/T00:00:00\.000Z$/, '').replace(/\.\d{3}Z$/, '');
  return String(value);
}

/**
 * The sheets of a workbook as rows of cells, dates as ISO text: for workbooks whose form the program itself laid down.
 *
 * @throws ChengmaiError `import/bad-workbook`, `import/too-large`; kind `cancelled`
 */
export async function readWorkbook(source: ByteSource, context: ReadContext): Promise<{ readonly name: string; readonly rows: readonly (readonly Cell[])[] }[]> {
  const sheets = await readSheets(source, {}, context);
  return sheets.map(({ name, rows }) => ({ name, rows: rows.map((row) => row.map(toCell)) }));
}

async function* streamSheet(sheet: Sheet): AsyncGenerator<TableRow[], void, undefined> {
  for (let start = 0; start < sheet.rows.length; start += BATCH) {
    yield sheet.rows.slice(start, start + BATCH).map((cells, i) => ({ number: start + i + 1, cells: cells.map(toCell) }));
  }
}

async function openSheet(sheet: Sheet, sheets: number, source: ByteSource, options: ImportOptions, context: ReadContext): Promise<OpenTable | undefined> {
  const member = sheets > 1 ? sheet.name : undefined;
  return openTable(streamSheet(sheet), { file: source.name, member, mayUseDecimalComma: false }, options, context.notes);
}

export const xlsxReader: FormatReader = {
  format: 'xlsx',
  label: { zh: 'Excel 工作簿 (.xlsx)', en: 'Excel workbooks (.xlsx)' },
  detect(name, head) {
    if (!isZip(head)) return undefined;
    const start = new TextDecoder('latin1').decode(head.subarray(0, 4096));
    if (start.includes('[Content_Types].xml') || start.includes('xl/')) return { format: 'xlsx', confidence: 0.9 };
    return /\.xlsx$/i.test(name) ? { format: 'xlsx', confidence: 0.5 } : undefined;
  },
  async preview(source, options, context) {
    const sheets = (await readSheets(source, options, context)).filter((sheet) => sheet.rows.length > 0);
    const size = sizeText(source.sizeBytes);
    const members = sheets.map((sheet) => sheet.name);
    const summary = { zh: `Excel 工作簿，${size}，${members.length} 个工作表`, en: `Excel workbook, ${size}, ${members.length} ${members.length === 1 ? 'sheet' : 'sheets'}` };
    const first: Sheet | undefined = sheets[0];
    const table = first === undefined ? undefined : await openSheet(first, sheets.length, source, options, context);
    if (table === undefined) return { format: 'xlsx', summary, crs: undefined, crsGuessed: false, encoding: undefined, contract: undefined, members, columns: [], roles: [], box: undefined };
    return previewFeatures({ format: 'xlsx', summary, encoding: undefined, members, roles: table.placement.roles }, table.source, options, context);
  },
  async *read(source, options, context, facts) {
    const sheets = (await readSheets(source, options, context)).filter((sheet) => sheet.rows.length > 0);
    let tables = 0;
    for (const sheet of sheets) {
      const table = await openSheet(sheet, sheets.length, source, options, context);
      if (table === undefined) continue;
      tables++;
      yield* streamRecords(table.source, options, context, facts);
    }
    if (tables === 0) context.notes.add('warning', 'import/no-features', { zh: '其中没有任何要素或数据行。', en: 'It holds no features or rows.' }, { file: source.name });
  },
};
