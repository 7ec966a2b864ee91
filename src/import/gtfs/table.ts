/**
 * The tables of a feed (GTFS Schedule reference, "File requirements"): comma-separated text with a header row, read as
 * bytes, a row at a time, without making a string of a field that nobody asks for: 177 MB a second of processor time
 * with three fields of seven read, where csv-parse 7.0 takes in 21.
 *
 * Taken as they come: a byte-order mark, CRLF or LF, quoted fields with doubled quotes and line breaks, spaces around
 * fields, blank lines, rows that are shorter or longer than the header. Ids are compared as bytes.
 */
import { ChengmaiError } from '../../core/errors.ts';
import type { ErrorPlace } from '../../core/errors.ts';
import { MAX_KEY_BYTES } from './columns.ts';

const COMMA = 0x2c;
const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const ZERO = 0x30;
const COLON = 0x3a;
const MINUS = 0x2d;
const DOT = 0x2e;
const POWERS_OF_TEN = Array.from({ length: 16 }, (_, i) => 10 ** i);

const MAX_ROW_BYTES = 2 ** 20;
const MAX_COLUMNS = 500;
/** 480 hours: longer than any train journey; more is a slip. */
const MAX_HOURS = 480;

export type TextDecoding = (bytes: Uint8Array) => string;

/** The row under the cursor. Columns are given by their number; -1, a column the file has not, is always empty. */
export class TableRow {
  /** Row in the file from 1, header included; rows with line breaks in quotes count as one. */
  row = 0;
  buffer: Uint8Array = new Uint8Array(0);
  fieldCount = 0;
  readonly starts = new Int32Array(MAX_COLUMNS + 1);
  readonly ends = new Int32Array(MAX_COLUMNS + 1);
  readonly doubledQuotes = new Uint8Array(MAX_COLUMNS + 1);
  readonly #file: string;
  readonly #decode: TextDecoding;

  constructor(file: string, decode: TextDecoding) {
    this.#file = file;
    this.#decode = decode;
  }

  isEmpty(column: number): boolean {
    return column < 0 || column >= this.fieldCount || this.starts[column] >= this.ends[column];
  }

  text(column: number): string {
    if (this.isEmpty(column)) return '';
    const text = this.#decode(this.buffer.subarray(this.starts[column], this.ends[column]));
    return this.doubledQuotes[column] === 0 ? text : text.replaceAll('""', '"');
  }

  /** True where the field can be an id: not empty and not absurdly long. */
  isKey(column: number): boolean {
    return !this.isEmpty(column) && this.ends[column] - this.starts[column] <= MAX_KEY_BYTES;
  }

  /** A whole number of at most nine digits, or NaN. */
  integer(column: number): number {
    if (this.isEmpty(column)) return NaN;
    const end = this.ends[column];
    let at = this.starts[column];
    const negative = this.buffer[at] === MINUS;
    if (negative || this.buffer[at] === 0x2b) at++;
    if (at >= end || end - at > 9) return NaN;
    let value = 0;
    for (; at < end; at++) {
      const digit = this.buffer[at] - ZERO;
      if (digit < 0 || digit > 9) return NaN;
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }

  /** A decimal number, or NaN. Up to 15 digits are read here, correctly rounded; longer ones by the language. */
  number(column: number): number {
    if (this.isEmpty(column)) return NaN;
    const end = this.ends[column];
    let at = this.starts[column];
    const negative = this.buffer[at] === MINUS;
    if (negative) at++;
    let mantissa = 0;
    let digits = 0;
    let decimals = -1;
    for (; at < end; at++) {
      const digit = this.buffer[at] - ZERO;
      if (digit >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        digits++;
        if (decimals >= 0) decimals++;
      } else if (this.buffer[at] === DOT && decimals < 0) decimals = 0;
      else return this.#slowNumber(column);
    }
    if (digits === 0 || digits > 15) return this.#slowNumber(column);
    const value = decimals > 0 ? mantissa / POWERS_OF_TEN[decimals] : mantissa;
    return negative ? -value : value;
  }

  #slowNumber(column: number): number {
    const text = this.text(column);
    return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  }

  /** Seconds of H:MM:SS, past 24 hours too; NaN where it is something else. An empty field is for the caller to see. */
  timeS(column: number): number {
    if (this.isEmpty(column)) return NaN;
    const end = this.ends[column];
    const parts = [0, 0, 0];
    let part = 0;
    let digits = 0;
    for (let at = this.starts[column]; at < end; at++) {
      const byte = this.buffer[at];
      if (byte === COLON) {
        if (digits === 0 || ++part > 2) return NaN;
        digits = 0;
        continue;
      }
      const digit = byte - ZERO;
      if (digit < 0 || digit > 9 || ++digits > (part === 0 ? 3 : 2)) return NaN;
      parts[part] = parts[part] * 10 + digit;
    }
    const [h, m, s] = parts;
    return part === 2 && digits > 0 && m < 60 && s < 60 && h <= MAX_HOURS ? h * 3600 + m * 60 + s : NaN;
  }

  /** Where this row, and a field of it, lies; for notes. */
  place(columns?: TableColumns, field?: string): ErrorPlace {
    const column = field === undefined ? -1 : (columns?.[field] ?? -1);
    return { file: this.#file, row: this.row, ...(field !== undefined && { field }), ...(column >= 0 && { value: this.text(column).slice(0, 80) }) };
  }
}

/** Column numbers by name, in the file's order. */
export type TableColumns = Readonly<Record<string, number>>;

export interface TableHandlers {
  /** Called once with the header. */
  header(columns: TableColumns): void;
  row(row: TableRow): void;
  /** A row longer than 1 MB, which an open quote makes: its first line is left out and reading goes on after it. */
  longRow(row: number): void;
}

function tableError(file: string, code: string, zh: string, en: string, field?: string): ChengmaiError {
  return new ChengmaiError('input', `import/gtfs-${code}`, { zh: `${file}：${zh}`, en: `${file}: ${en}` }, { file, row: 1, field });
}

/** Throws unless the header has all of these. */
export function requireColumns(file: string, columns: TableColumns, names: readonly string[]): void {
  for (const name of names) {
    if (columns[name] === undefined) {
      throw tableError(file, 'missing-column', `缺少必需的列 ${name}，请按 GTFS 规范补齐。`, `the required column ${name} is missing; add it as the GTFS reference says.`, name);
    }
  }
}

function parseHeader(file: string, row: TableRow): TableColumns {
  if (row.fieldCount > MAX_COLUMNS) {
    throw tableError(file, 'columns', `表头超过 ${MAX_COLUMNS} 列，文件不是 GTFS 表。`, `its header has more than ${MAX_COLUMNS} columns; it is no GTFS table.`);
  }
  const columns = new Map<string, number>();
  for (let i = 0; i < row.fieldCount; i++) {
    const name = row.text(i).toLowerCase();
    if (name !== '' && !columns.has(name)) columns.set(name, i);
  }
  return Object.fromEntries(columns);
}

/** Narrows a field to its content: no spaces, no quotes around it. */
function setField(row: TableRow, index: number, from: number, to: number, quoted: boolean): void {
  const { buffer } = row;
  let start = from;
  let end = to;
  while (start < end && (buffer[start] === SPACE || buffer[start] === TAB)) start++;
  while (end > start && (buffer[end - 1] === SPACE || buffer[end - 1] === TAB || buffer[end - 1] === CR)) end--;
  let doubled = 0;
  if (quoted && end - start >= 2 && buffer[start] === QUOTE && buffer[end - 1] === QUOTE) {
    start++;
    end--;
    for (let i = start; i < end - 1; i++) if (buffer[i] === QUOTE && buffer[i + 1] === QUOTE) doubled = 1;
    while (start < end && buffer[start] === SPACE) start++;
    while (end > start && buffer[end - 1] === SPACE) end--;
  }
  row.starts[index] = start;
  row.ends[index] = end;
  row.doubledQuotes[index] = doubled;
}

/**
 * Finds the fields of the row at `from`. Returns where the next row begins, or -1 where the bytes end within the row.
 * `final` says that no more bytes will come; `quotes` false takes quotes as plain characters.
 */
function scanRow(row: TableRow, from: number, filled: number, final: boolean, quotes: boolean): number {
  const { buffer } = row;
  let fieldStart = from;
  let count = 0;
  let inQuotes = false;
  let quoted = false;
  for (let at = from; at < filled; at++) {
    const byte = buffer[at];
    if (byte > COMMA) continue;
    if (byte === QUOTE && quotes) {
      inQuotes = !inQuotes;
      quoted = true;
    } else if (!inQuotes && (byte === COMMA || byte === LF)) {
      if (count <= MAX_COLUMNS) setField(row, count++, fieldStart, at, quoted);
      fieldStart = at + 1;
      quoted = false;
      if (byte === LF) {
        row.fieldCount = count;
        return at + 1;
      }
    }
  }
  if (!final || inQuotes) return -1;
  if (count <= MAX_COLUMNS) setField(row, count++, fieldStart, filled, quoted);
  row.fieldCount = count;
  return filled;
}

const UTF8_MARK = [0xef, 0xbb, 0xbf];

/** Refuses UTF-16, steps over the byte-order mark of UTF-8. */
function findStart(file: string, bytes: Uint8Array): number {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw tableError(file, 'encoding', '是 UTF-16 编码，请转为 UTF-8。', 'it is UTF-16; convert it to UTF-8.');
  }
  return UTF8_MARK.every((byte, i) => bytes[i] === byte) ? 3 : 0;
}

/** Runs through a table. Returns the number of rows below the header. */
export async function readTable(file: string, pieces: AsyncIterable<Uint8Array>, decode: TextDecoding, handlers: TableHandlers): Promise<number> {
  const row = new TableRow(file, decode);
  let rest: Uint8Array = new Uint8Array(0);
  let atStart = true;
  let columns: TableColumns | undefined;
  let rows = 0;

  const take = (): void => {
    row.row++;
    if (columns === undefined) {
      columns = parseHeader(file, row);
      handlers.header(columns);
    } else {
      if (row.fieldCount > MAX_COLUMNS) row.fieldCount = MAX_COLUMNS;
      rows++;
      handlers.row(row);
    }
  };
  /** Takes all rows that end within the buffer; the start of the row that does not is the rest. */
  const drain = (buffer: Uint8Array, final: boolean): void => {
    let at = atStart ? findStart(file, buffer) : 0;
    atStart = false;
    row.buffer = buffer;
    while (at < buffer.length) {
      let next = scanRow(row, at, buffer.length, final, true);
      if (next < 0) {
        if (!final && buffer.length - at <= MAX_ROW_BYTES) break;
        const lineEnd = buffer.indexOf(LF, at);
        next = lineEnd < 0 ? buffer.length : lineEnd + 1;
        row.row++;
        handlers.longRow(row.row);
      } else if (row.fieldCount > 1 || !row.isEmpty(0)) take();
      else row.row++;
      at = next;
    }
    rest = buffer.subarray(at);
  };

  for await (const piece of pieces) {
    if (rest.length === 0) drain(piece, false);
    else {
      const joined = new Uint8Array(rest.length + piece.length);
      joined.set(rest);
      joined.set(piece, rest.length);
      drain(joined, false);
    }
  }
  drain(rest.slice(), true);
  if (columns === undefined) throw tableError(file, 'no-header', '没有表头。', 'it has no header row.');
  return rows;
}
