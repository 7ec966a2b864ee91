/**
 * Tables that commands write: CSV or Parquet by the file's name, block by block, and under their own name only once they are whole.
 *
 * Without a file name CSV goes to standard output. Memory: 10,000 rows as text, or one group of rows of a Parquet file: 100,000, fewer where
 * their texts are long; its list of groups takes a few kilobytes for each. See outputBytes.
 */
import { fstatSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { ColumnSource } from 'hyparquet-writer';
import { ParquetWriter, fileWriter, schemaFromColumnData } from 'hyparquet-writer';
import { ChengmaiError, cancelledError } from '../core/errors.ts';
import type { CommandContext } from './command.ts';
import type { IdList } from '../import/table/id-list.ts';
import { collector } from './heap-collector.ts';
import type { MemoryTerm, Share } from './street-memory.ts';
import { buildTerm } from './street-memory.ts';

export interface OutputColumn {
  readonly name: string;
  /** `whole`: 32-bit integers; `number`: doubles. */
  readonly type: 'text' | 'whole' | 'number';
}

/** Texts by number; an array of them, or ids as id-list.ts holds them. */
export interface Texts {
  get(at: number): string;
}

export function listTexts(texts: readonly string[]): Texts {
  return { get: (at) => texts[at] };
}

/** Cells of a column: numbers, or the texts with these numbers. */
export type OutputCells = ArrayLike<number> | { readonly texts: Texts; readonly at: ArrayLike<number> };

export interface TableOutput {
  /** Where it goes; undefined for standard output. */
  readonly path: string | undefined;
  /** Appends `count` rows, a list of cells for each column. */
  write(count: number, columns: readonly OutputCells[]): Promise<void>;
  /** Puts the file in its place. */
  finish(): Promise<void>;
  /** Leaves nothing behind. Does nothing after `finish`. */
  discard(): Promise<void>;
}

/** Numbers that were made for a row of text, and their texts. */
const ROW_GARBAGE = 100;
/** What encoding a row of a Parquet file leaves behind on the heap, measured. */
const PARQUET_GARBAGE = 400;
/** What the list of groups holds for each: where its pages are, the least and the greatest of each column. */
const GROUP_BYTES = 16_384;
/** What a row of a group takes beside its texts: values, strings' heads, dictionaries, bytes of pages. */
const PARQUET_ROW_BYTES = 900;
const ROWS_PER_WRITE = 10_000;
const PARQUET_ROWS = 100_000;
/** Characters of the texts of a group of rows: from here on it is written, however few rows it has. */
const PARQUET_TEXT = 2 ** 23;
/** Text that is written at a time, whatever the rows: 4 MB of characters. */
const TEXT_PER_WRITE = 2 ** 22;

function cannotWrite(path: string, cause: unknown): ChengmaiError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const full = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
  return new ChengmaiError(
    full ? 'unavailable' : 'input',
    'cli/cannot-write',
    {
      zh: `无法写入 ${path}（${code}）；${full ? '请清理磁盘空间' : '请检查目录是否存在、是否有写权限'}。`,
      en: `${path} cannot be written (${code}); ${full ? 'free some disk space' : 'see whether the folder exists and may be written to'}.`,
    },
    { file: path },
    cause,
  );
}

/** A cell as RFC 4180 has it; text that a spreadsheet would take for a formula stays as it is: ids must round-trip. */
function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Texts of a column that are kept for the rows that follow: making one out of its bytes takes 0.2 µs, and a matrix names each place many times. */
const KEPT_TEXTS = 2 ** 14;

/** Texts of a column by row. */
function readTexts({ texts, at }: { readonly texts: Texts; readonly at: ArrayLike<number> }, form: (text: string) => string): (row: number) => string {
  const known = new Int32Array(KEPT_TEXTS).fill(-1);
  const kept = Array.from({ length: KEPT_TEXTS }, () => '');
  return (row) => {
    const number = at[row];
    const slot = number & (KEPT_TEXTS - 1);
    if (known[slot] !== number) {
      kept[slot] = form(texts.get(number));
      known[slot] = number;
    }
    return kept[slot];
  };
}

/** Rows as text, until there are many or much of it. */
function formatRows(from: number, to: number, readers: readonly ((row: number) => string)[]): { text: string; next: number } {
  let text = '';
  let row = from;
  for (; row < to && text.length < TEXT_PER_WRITE; row++) {
    for (let c = 0; c < readers.length; c++) text += c === 0 ? readers[c](row) : `,${readers[c](row)}`;
    text += '\n';
  }
  return { text, next: row };
}

function buildCsvOutput(columns: readonly OutputColumn[], put: (text: string) => Promise<void>): Pick<TableOutput, 'write'> & { head(): Promise<void> } {
  return {
    head: () => put(`${columns.map(({ name }) => quote(name)).join(',')}\n`),
    async write(count, cells) {
      const readers = cells.map((column) => ('texts' in column ? readTexts(column, quote) : (row: number) => String(column[row])));
      for (let from = 0; from < count; ) {
        const { text, next } = formatRows(from, Math.min(count, from + ROWS_PER_WRITE), readers);
        await put(text);
        collector.note(text.length + ROW_GARBAGE * (next - from));
        from = next;
      }
    },
  };
}

/**
 * Writes to a file go round the stream: where a disk fills, Node's stream drops what did not fit without a word.
 *
 * @throws cancelled where the reader has gone, as with `| head`; `cli/cannot-write`
 */
export async function putToStandardOutput(text: string): Promise<void> {
  try {
    if (fstatSync(process.stdout.fd).isFile()) writeFileSync(process.stdout.fd, text);
    else await new Promise<void>((resolve, reject) => process.stdout.write(text, (fault) => (fault ? reject(fault) : resolve())));
  } catch (fault) {
    throw (fault as NodeJS.ErrnoException).code === 'EPIPE' ? cancelledError() : cannotWrite('stdout', fault);
  }
}

const PARQUET_TYPES = { text: 'STRING', whole: 'INT32', number: 'DOUBLE' } as const;

/** Collects rows to groups of 100,000: a file of many tiny groups is slow to read. Groups of long texts are smaller. */
function buildParquetOutput(columns: readonly OutputColumn[], path: string): Pick<TableOutput, 'write'> & { end(): Promise<void> } {
  const empty = (): (string[] | number[])[] => columns.map(() => []);
  let held = empty();
  let characters = 0;
  const sources = (data: (string[] | number[])[]): ColumnSource[] => columns.map(({ name, type }, c) => ({ name, type: PARQUET_TYPES[type], nullable: false, data: data[c] }));
  const writer = new ParquetWriter({ writer: fileWriter(path), schema: schemaFromColumnData({ columnData: sources(empty()) }), createdBy: 'chengmai' });
  const flush = async (): Promise<void> => {
    await writer.write({ columnData: sources(held), rowGroupSize: PARQUET_ROWS });
    collector.note(PARQUET_GARBAGE * held[0].length + 4 * characters);
    held = empty();
    characters = 0;
  };
  return {
    async write(count, cells) {
      const readers = cells.map((column) => ('texts' in column ? readTexts(column, (text) => text) : (row: number) => column[row]));
      for (let row = 0; row < count; row++) {
        for (let c = 0; c < readers.length; c++) {
          const cell = readers[c](row);
          if (typeof cell === 'string') characters += cell.length;
          (held[c] as (string | number)[]).push(cell);
        }
        if (held[0].length >= PARQUET_ROWS || characters >= PARQUET_TEXT) await flush();
      }
    },
    async end() {
      if (held[0].length > 0) await flush();
      await writer.finish();
    },
  };
}

/**
 * What an output takes at most: rows as numbers and as text, or a group of rows of a Parquet file (values, texts, dictionaries, pages).
 *
 * @param ids what its columns of texts name
 * @param rows how many it can have at most
 */
export function outputTerm(path: string | undefined, ids: readonly IdList[], rows: number): MemoryTerm {
  const longest = ids.reduce((sum, list) => sum + list.longestBytes, 0);
  const kept: Share = [40 * ids.length + longest, KEPT_TEXTS];
  if (path === undefined || extname(path).toLowerCase() !== '.parquet') return buildTerm('输出缓冲', 'buffers of the output', [4, TEXT_PER_WRITE], [80, 100_000], kept);
  const group = Math.min(PARQUET_ROWS, rows);
  return buildTerm('输出缓冲', 'buffers of the output', [80 + PARQUET_ROW_BYTES, group], [8, Math.min(PARQUET_TEXT, group * longest)], kept, [GROUP_BYTES, 1 + Math.ceil(rows / PARQUET_ROWS + (rows * longest) / PARQUET_TEXT)]);
}

async function openCsvFile(path: string, columns: readonly OutputColumn[]): Promise<TableOutput> {
  const draft = openDraft(path);
  let file: FileHandle | undefined;
  try {
    file = await open(draft.path, 'w');
    const handle = file;
    const { head, write } = buildCsvOutput(columns, async (text) => void (await handle.appendFile(text)));
    await head();
    return settle(path, draft, write, () => handle.close(), () => handle.close());
  } catch (cause) {
    await file?.close();
    await draft.discard();
    throw cannotWrite(path, cause);
  }
}

/** CSV to standard output, the header with the first row: where a command fails before that, nothing was said. */
function openStandardOutput(columns: readonly OutputColumn[]): TableOutput {
  const { head, write } = buildCsvOutput(columns, putToStandardOutput);
  let begun = false;
  const begin = async (): Promise<void> => {
    if (!begun) await head();
    begun = true;
  };
  return {
    path: undefined,
    async write(count, cells) {
      await begin();
      await write(count, cells);
    },
    finish: begin,
    discard: async () => undefined,
  };
}

/** Rows of an unfinished file, under a name in the same folder that nobody else uses, so that renaming is one step. */
interface Draft {
  readonly path: string;
  /** Gives it the name it is meant for. */
  settle(): Promise<void>;
  discard(): Promise<void>;
}

/** What a path stands for: the file at the end of its links, and whether something is there that a rename must not replace (a device, a pipe). */
function findTarget(given: string): { readonly path: string; readonly isStream: boolean } {
  const found = statSync(given, { throwIfNoEntry: false });
  return found === undefined ? { path: given, isStream: false } : { path: realpathSync(given), isStream: !found.isFile() && !found.isDirectory() };
}

/** A draft's name. However the process ends, by a second Ctrl-C too, the draft does not stay. */
function openDraft(given: string): Draft {
  const { path, isStream } = findTarget(given);
  if (isStream) return { path, settle: async () => undefined, discard: async () => undefined };
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  const atExit = (): void => rmSync(draft, { force: true });
  process.on('exit', atExit);
  return {
    path: draft,
    async settle() {
      await rename(draft, path);
      process.off('exit', atExit);
    },
    async discard() {
      await rm(draft, { force: true });
      process.off('exit', atExit);
    },
  };
}

/** The end of a file's making: its draft is renamed or removed, whatever happens only once. */
function settle(path: string, draft: Draft, write: TableOutput['write'], end: () => Promise<void>, close: () => Promise<void>): TableOutput {
  let open = true;
  const guard = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (cause) {
      throw cannotWrite(path, cause);
    }
  };
  return {
    path,
    write: (count, cells) => guard(() => write(count, cells)),
    finish: () => guard(async () => {
      await end();
      open = false;
      await draft.settle();
    }),
    async discard() {
      if (open) await close().catch(() => undefined);
      open = false;
      await draft.discard();
    },
  };
}

/**
 * Says before minutes of work that an output cannot be: its folder is missing, it is a folder itself, or one of the inputs.
 *
 * @throws ChengmaiError `cli/cannot-write`, `cli/output-is-input`
 */
export async function checkOutput(path: string | undefined, inputs: readonly (string | undefined)[]): Promise<void> {
  if (path === undefined) return;
  const fail = (cause: unknown): never => {
    throw cannotWrite(path, cause);
  };
  if (path === '') fail({ code: 'ENOENT' });
  if (!(await stat(dirname(path)).catch(fail)).isDirectory()) fail({ code: 'ENOTDIR' });
  const there = await stat(path).catch(() => undefined);
  if (there === undefined) return;
  if (there.isDirectory()) fail({ code: 'EISDIR' });
  for (const input of inputs) {
    const info = input === undefined ? undefined : await stat(input).catch(() => undefined);
    if (info === undefined || info.ino !== there.ino || info.dev !== there.dev) continue;
    throw new ChengmaiError('input', 'cli/output-is-input', { zh: `输出文件 ${path} 就是输入文件 ${input}，会覆盖它；请换一个名称。`, en: `The output ${path} is the input ${input} and would replace it; choose another name.` }, { file: path });
  }
}

/** Writes a text or bytes to a file, whole or not at all. @throws ChengmaiError `cli/cannot-write` */
export async function writeWhole(path: string, text: string | Uint8Array): Promise<void> {
  const draft = openDraft(path);
  try {
    await writeFile(draft.path, text);
    await draft.settle();
  } catch (cause) {
    await draft.discard();
    throw cannotWrite(path, cause);
  }
}

/**
 * Opens the output a command was asked for. Use `writeWhole` rather than closing it by hand.
 *
 * @throws ChengmaiError `cli/cannot-write` where the file cannot be made; `cli/output-format` for an ending that is neither .csv nor .parquet
 */
async function openTableOutput(path: string | undefined, columns: readonly OutputColumn[]): Promise<TableOutput> {
  if (path === undefined) return openStandardOutput(columns);
  const ending = extname(path).toLowerCase();
  if (ending !== '.csv' && ending !== '.parquet') {
    throw new ChengmaiError('input', 'cli/output-format', { zh: `输出文件 ${path} 应以 .csv 或 .parquet 结尾。`, en: `The output ${path} must end in .csv or .parquet.` }, { file: path });
  }
  if (ending === '.csv') return openCsvFile(path, columns);
  const draft = openDraft(path);
  try {
    const { write, end } = buildParquetOutput(columns, draft.path);
    return settle(path, draft, write, end, async () => undefined);
  } catch (cause) {
    await draft.discard();
    throw cannotWrite(path, cause);
  }
}

/**
 * Writes a table as `work` fills it; where `work` fails or is cancelled nothing is left behind, and an older file of that name stays.
 *
 * @throws what {@link checkOutput} and opening throw; `cli/json-needs-output` where both the table and the summary would go to standard output
 */
export async function writeTable<Result>({ console }: CommandContext, path: string | undefined, inputs: readonly (string | undefined)[], columns: readonly OutputColumn[], work: (output: TableOutput) => Promise<Result>): Promise<Result> {
  if (path === undefined && console.json) {
    throw new ChengmaiError('input', 'cli/json-needs-output', { zh: '使用 --json 时标准输出只放结果摘要；请用 -o 指定表格文件。', en: 'With --json standard output holds the summary alone; name a file for the table with -o.' }, { field: '--json' });
  }
  await checkOutput(path, inputs);
  const output = await openTableOutput(path, columns);
  try {
    const result = await work(output);
    await output.finish();
    return result;
  } catch (error) {
    await output.discard();
    throw error;
  }
}
