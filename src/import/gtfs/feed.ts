/** A feed within an archive: which members are its tables, and reading one with notes, counts and progress. */
import { ChengmaiError, throwIfCancelled } from '../../core/errors.ts';
import type { CoordinateSystem } from '../crs/coordinate-system.ts';
import type { ImportFacts, ReadContext } from '../model.ts';
import { detectEncoding, getEncoding } from '../text-encoding.ts';
import type { ZipArchive, ZipMember } from '../zip.ts';
import { addFeedNote } from './feed-notes.ts';
import type { TableColumns, TableRow, TextDecoding } from './table.ts';
import { readTable, requireColumns } from './table.ts';

export const FEED_TABLES = ['agency', 'translations', 'stops', 'routes', 'calendar', 'calendar_dates', 'shapes', 'trips', 'frequencies', 'stop_times'] as const;
export type FeedTable = (typeof FEED_TABLES)[number];

/**
 * What of a table is read at most, in bytes and rows, so that memory is bounded: stop times and points go into number
 * columns (1.4 GB for 50 million), the others become objects. The largest public feeds, of whole countries, have 35
 * million stop times, 2 million trips and 700 thousand stops.
 */
const LIMITS: Readonly<Record<FeedTable, { readonly bytes: number; readonly rows: number }>> = {
  agency: { bytes: 2 ** 24, rows: 100_000 },
  translations: { bytes: 2 ** 28, rows: 5_000_000 },
  stops: { bytes: 2 ** 28, rows: 2_000_000 },
  routes: { bytes: 2 ** 27, rows: 500_000 },
  calendar: { bytes: 2 ** 27, rows: 1_000_000 },
  calendar_dates: { bytes: 2 ** 29, rows: 10_000_000 },
  shapes: { bytes: 2 ** 33, rows: 50_000_000 },
  trips: { bytes: 2 ** 29, rows: 5_000_000 },
  frequencies: { bytes: 2 ** 27, rows: 1_000_000 },
  stop_times: { bytes: 2 ** 33, rows: 50_000_000 },
};

export interface Feed {
  readonly archive: ZipArchive;
  /** `` or `folder/` within the archive. */
  readonly folder: string;
  /** Put before ids where one archive holds several feeds; else empty. */
  readonly idPrefix: string;
  readonly tables: ReadonlyMap<FeedTable, ZipMember>;
  readonly crs: CoordinateSystem;
  readonly decode: TextDecoding;
  readonly context: ReadContext;
  readonly facts: ImportFacts;
  readonly totalBytes: number;
  doneBytes: number;
}

const TABLE_NAME = new Map<string, FeedTable>(FEED_TABLES.map((table) => [`${table}.txt`, table]));

export interface FeedMembers {
  readonly folder: string;
  readonly tables: Map<FeedTable, ZipMember>;
}

/** The feeds of an archive by folder: each folder with a stops, routes, trips or stop_times table is one. */
export function listFeeds(members: readonly ZipMember[]): FeedMembers[] {
  const byFolder = new Map<string, FeedMembers>();
  for (const member of members) {
    const cut = member.name.lastIndexOf('/') + 1;
    const table = TABLE_NAME.get(member.name.slice(cut).toLowerCase());
    if (table === undefined) continue;
    const folder = member.name.slice(0, cut);
    const feed = byFolder.get(folder) ?? { folder, tables: new Map<FeedTable, ZipMember>() };
    feed.tables.set(table, feed.tables.get(table) ?? member);
    byFolder.set(folder, feed);
  }
  const core: FeedTable[] = ['stops', 'routes', 'trips', 'stop_times'];
  return [...byFolder.values()].filter((feed) => core.some((table) => feed.tables.has(table)));
}

/** Throws an error naming the first required file that is absent. */
export function requireTables(archive: string, { folder, tables }: FeedMembers): void {
  const missing = (['stops', 'routes', 'trips', 'stop_times'] as const).find((table) => !tables.has(table));
  const noCalendar = !tables.has('calendar') && !tables.has('calendar_dates');
  if (missing === undefined && !noCalendar) return;
  const [zh, en] = missing !== undefined ? [`${folder}${missing}.txt`, `${folder}${missing}.txt`] : [`${folder}calendar.txt 或 calendar_dates.txt`, `${folder}calendar.txt or calendar_dates.txt`];
  throw new ChengmaiError(
    'input',
    'import/gtfs-missing-file',
    { zh: `GTFS 压缩包 ${archive} 缺少必需的文件 ${zh}，请补齐后再导入。`, en: `The GTFS archive ${archive} lacks the required file ${en}; add it and import again.` },
    { file: archive, value: en },
  );
}

/** `feed.zip/stops.txt`: how notes and errors name a table. */
export function tableFile(feed: Feed, table: FeedTable): string {
  return `${feed.archive.name}/${feed.tables.get(table)?.name ?? `${table}.txt`}`;
}

async function* withProgress(feed: Feed, member: ZipMember, table: FeedTable): AsyncGenerator<Uint8Array, void, undefined> {
  const { signal, report } = feed.context;
  let reportedAt = feed.doneBytes;
  for await (const piece of feed.archive.streamMember(member.name, { maxBytes: LIMITS[table].bytes, signal })) {
    throwIfCancelled(signal);
    yield piece;
    feed.doneBytes += piece.length;
    if (feed.doneBytes - reportedAt >= 2 ** 22 || reportedAt === 0) {
      reportedAt = feed.doneBytes;
      report?.({ stage: 'read', text: { zh: `读取 ${table}.txt`, en: `Reading ${table}.txt` }, done: feed.doneBytes, total: feed.totalBytes });
    }
  }
}

function tooManyRows(file: string, rows: number): ChengmaiError {
  return new ChengmaiError(
    'input',
    'import/gtfs-too-large',
    { zh: `${file} 超过 ${rows} 行；请先裁剪到城市范围再导入。`, en: `${file} has more than ${rows} rows; cut the feed down to the city first.` },
    { file, row: rows + 1 },
  );
}

/** Reads a table row by row; does nothing where the feed has none. `take` gets the header's columns with each row. */
export async function readFeedTable(feed: Feed, table: FeedTable, required: readonly string[], take: (row: TableRow, columns: TableColumns) => void): Promise<void> {
  const member = feed.tables.get(table);
  if (member === undefined) return;
  const file = tableFile(feed, table);
  let columns: TableColumns = {};
  const rows = await readTable(file, withProgress(feed, member, table), feed.decode, {
    header(found) {
      requireColumns(file, found, required);
      columns = found;
    },
    row(row) {
      if (row.row > LIMITS[table].rows) throw tooManyRows(file, LIMITS[table].rows);
      take(row, columns);
    },
    longRow: (row) => addFeedNote(feed.context.notes, 'long-row', { file, row }),
  });
  feed.facts.seen[table] = (feed.facts.seen[table] ?? 0) + rows;
}

/** A column's number, -1 where the file has it not. */
export function columnOf(columns: TableColumns, name: string): number {
  return columns[name] ?? -1;
}

const SAMPLE_BYTES = 2 ** 18;

/**
 * The encoding of a feed: as stated; else UTF-8, as GTFS demands, unless the names of its stops and routes cannot be that.
 * It is asked of the feed as a whole, since two bytes of GBK may by chance be a character of UTF-8.
 */
export async function findFeedEncoding(archive: ZipArchive, { tables }: FeedMembers, stated: string | undefined): Promise<{ encoding: string; guessed: boolean }> {
  if (stated !== undefined) return { encoding: getEncoding(stated, archive.name), guessed: false };
  for (const table of ['stops', 'routes'] as const) {
    const member = tables.get(table);
    if (member === undefined) continue;
    for await (const piece of archive.streamMember(member.name)) {
      const { encoding } = detectEncoding(piece.subarray(0, SAMPLE_BYTES));
      if (encoding === 'gb18030' || encoding === 'windows-1252') return { encoding, guessed: true };
      break;
    }
  }
  return { encoding: 'utf-8', guessed: false };
}

/** Text of a field's bytes; what is no text in the feed's encoding becomes U+FFFD. */
export function buildDecoding(encoding: string): TextDecoding {
  const decoder = new TextDecoder(encoding);
  return (bytes) => decoder.decode(bytes);
}
