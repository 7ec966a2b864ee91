/**
 * Delimited text: CSV, TSV and their kin, in any encoding, with or without titles above the header. Rows stream.
 *
 * A quote that never closes would swallow the rest of the file; the bound on a record's length turns it into an error
 * that names the row.
 */
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { ChengmaiError } from '../core/errors.ts';
import { streamBytes } from './byte-source.ts';
import { previewFeatures, sizeText, streamRecords } from './features/feature-stream.ts';
import type { ByteSource, FormatReader, ImportOptions, Preview, ReadContext } from './model.ts';
import { findDelimiter } from './table/delimiter.ts';
import type { OpenTable, TableRow } from './table/table-features.ts';
import { MAX_COLUMNS, openTable, tooManyColumns } from './table/table-features.ts';
import type { TextEncodingFound } from './text-encoding.ts';
import { detectEncoding, findEncoding, streamText } from './text-encoding.ts';

const HEAD_BYTES = 64 * 1024;
const BATCH = 500;
/** Characters in one record; a multipolygon of 300,000 vertices still fits. */
const MAX_RECORD = 16 * 2 ** 20;

function csvFault(source: ByteSource, fault: CsvError, row: number): ChengmaiError {
  if (fault.code === 'CSV_MAX_RECORD_SIZE' && row === 0) return tooManyColumns(source.name, `${MAX_RECORD / 2 ** 20} MB`);
  if (fault.code === 'CSV_MAX_RECORD_SIZE' || fault.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new ChengmaiError(
      'input',
      'import/quote-not-closed',
      { zh: `表格 ${source.name} 第 ${row + 1} 行起有未闭合的引号，请修正后重新导入。`, en: `The table ${source.name} has a quote that is not closed, from row ${row + 1} on; mend it and import again.` },
      { file: source.name, row: row + 1 },
      fault,
    );
  }
  return new ChengmaiError('input', 'import/bad-table', { zh: `表格 ${source.name} 第 ${row + 1} 行无法解析（${fault.code}）。`, en: `The table ${source.name} cannot be parsed at row ${row + 1} (${fault.code}).` }, { file: source.name, row: row + 1 }, fault);
}

/** A row of text; its number counts records from 1, the header's too. */
export interface TextRow extends TableRow {
  readonly cells: readonly string[];
}

async function* readRows(source: ByteSource, encoding: string, delimiter: string, context: ReadContext): AsyncGenerator<TextRow[], void, undefined> {
  const parser = parse({ delimiter, bom: true, relax_quotes: true, relax_column_count: true, max_record_size: MAX_RECORD });
  const input = Readable.from(streamText(streamBytes(source, context.signal), encoding));
  input.on('error', (fault) => parser.destroy(fault));
  input.pipe(parser);
  let number = 0;
  let batch: TextRow[] = [];
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      number++;
      batch.push({ number, cells });
      if (batch.length >= BATCH) {
        if (number % 10_000 === 0) context.report?.({ stage: 'read', text: { zh: `读取 ${source.name}`, en: `Reading ${source.name}` }, done: Math.min(parser.info.bytes, source.sizeBytes), total: source.sizeBytes });
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  } catch (fault) {
    throw fault instanceof CsvError ? csvFault(source, fault, number) : fault;
  } finally {
    input.destroy();
    parser.destroy();
  }
}

interface OpenCsv {
  readonly table: OpenTable | undefined;
  readonly encoding: string;
}

/** Encoding and delimiter, and the rows that they make. */
async function openText(source: ByteSource, stated: string | undefined, context: ReadContext): Promise<{ rows: AsyncGenerator<TextRow[], void, undefined>; encoding: string; delimiter: string }> {
  const found: TextEncodingFound = await findEncoding(source, stated, context.signal);
  const { encoding } = found;
  if (found.how === 'content' && encoding !== 'utf-8') {
    context.notes.add('info', 'import/encoding', { zh: `文字编码按 ${encoding} 读取；如有乱码，请在导入时指定。`, en: `The text was read as ${encoding}; state another on import if letters look wrong.` }, { file: source.name, value: encoding });
  }
  const head = new TextDecoder(encoding).decode(await source.read(0, HEAD_BYTES), { stream: true });
  const delimiter = findDelimiter(head);
  // Millions of columns show in the first 64 KiB already; parsing them first would take many seconds.
  const headerCells = head.split(/[\r\n]/, 1)[0].split(delimiter).length;
  if (headerCells > MAX_COLUMNS && !head.startsWith('"')) throw tooManyColumns(source.name, head.length < HEAD_BYTES / 2 ? String(headerCells) : `> ${headerCells}`);
  return { rows: readRows(source, encoding, delimiter, context), encoding, delimiter };
}

/** The rows of a delimited text as they stand, header included. @throws ChengmaiError of kind input where it cannot be parsed */
export async function* readTextRows(source: ByteSource, context: ReadContext): AsyncGenerator<TextRow[], void, undefined> {
  yield* (await openText(source, undefined, context)).rows;
}

async function openCsv(source: ByteSource, options: ImportOptions, context: ReadContext): Promise<OpenCsv> {
  const { rows, encoding, delimiter } = await openText(source, options.encoding, context);
  const table = await openTable(rows, { file: source.name, member: undefined, mayUseDecimalComma: delimiter === ';' }, options, context.notes);
  return { table, encoding };
}

function emptyPreview(source: ByteSource, encoding: string): Preview {
  return { format: 'csv', summary: { zh: `空表格，${sizeText(source.sizeBytes)}`, en: `Empty table, ${sizeText(source.sizeBytes)}` }, crs: undefined, crsGuessed: false, encoding, contract: undefined, members: [], columns: [], roles: [], box: undefined };
}

/** Share of characters that text does not hold: controls other than tab and line ends, and what could not be decoded. */
function oddShare(text: string): number {
  let odd = 0;
  for (const c of text) if ((c < ' ' && !'\t\r\n\f'.includes(c)) || c === '\ufffd') odd++;
  return odd / Math.max(1, text.length);
}

export const csvReader: FormatReader = {
  format: 'csv',
  label: { zh: 'CSV/TSV 表格', en: 'CSV/TSV tables' },
  detect(name, head) {
    const { encoding } = detectEncoding(head);
    const text = new TextDecoder(encoding).decode(head, { stream: true });
    if (oddShare(text) > 0.01) return undefined;
    const named = /\.(csv|tsv|tab|txt)$/i.test(name);
    if (/^\s*[{[<]/.test(text)) return named ? { format: 'csv', confidence: 0.2 } : undefined;
    const delimiter = findDelimiter(text);
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
    const parted = lines.length > 0 && lines[0].includes(delimiter);
    if (named) return { format: 'csv', confidence: parted ? 0.7 : 0.5 };
    return parted && lines.length > 1 ? { format: 'csv', confidence: 0.3 } : undefined;
  },
  async preview(source, options, context) {
    const { table, encoding } = await openCsv(source, options, context);
    if (table === undefined) return emptyPreview(source, encoding);
    const size = sizeText(source.sizeBytes);
    const columns = table.source.columns?.length ?? 0;
    const head = { format: 'csv' as const, summary: { zh: `表格，${size}，${columns} 列`, en: `Table, ${size}, ${columns} columns` }, encoding, members: [], roles: table.placement.roles };
    return previewFeatures(head, table.source, options, context);
  },
  async *read(source, options, context, facts) {
    const { table, encoding } = await openCsv(source, options, context);
    facts.encoding = encoding;
    if (table === undefined) {
      context.notes.add('warning', 'import/no-features', { zh: '其中没有任何要素或数据行。', en: 'It holds no features or rows.' }, { file: source.name });
      return;
    }
    yield* streamRecords(table.source, options, context, facts);
  },
};
