/**
 * The embedded base: PGlite, PostgreSQL compiled to WebAssembly, with PostGIS, in a folder of the disk.
 *
 * It has one connection, so a long transaction blocks every reader: writers stage in short chunks. PGlite runs with
 * fsync off: what was committed has been handed to the operating system, so it outlives the process (kill -9) but a power
 * cut may lose the last seconds. About 1 GB of memory an instance.
 */
import { PGlite, types } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { ChengmaiError } from '../../core/errors.ts';
import type { Database, Session } from '../database.ts';
import { checkRoom, ROOM_TO_WRITE } from '../disk-space.ts';
import { takeTurns } from '../take-turns.ts';
import { KeyedQueue } from './keyed-queue.ts';

/** COPY reads from one buffer; larger inputs go in several. 8 MiB keeps the copy to WebAssembly memory short. */
const COPY_BYTES = 8 * 1024 * 1024;

/** Statements that need room; updates and deletes must go through, for they end jobs and make room. */
const BRINGS_ROWS = /^\s*insert/i;

type Queryable = Pick<PGlite, 'query' | 'exec'>;

function plain(parameters: readonly unknown[] | undefined): unknown[] {
  return parameters === undefined ? [] : parameters.map((value) => (value === undefined ? null : value));
}

/** A statement in which PostgreSQL gave up (a library call failed, memory ran out) comes back as an empty answer without a command tag. */
function brokenOff(sql: string): ChengmaiError {
  return new ChengmaiError('internal', 'base/statement-broken-off', {
    zh: `内置数据库中断了一条语句（${sql.slice(0, 80)}）；请重启程序，若再次出现请报告。`,
    en: `The embedded database broke off a statement (${sql.slice(0, 80)}); restart the program, and report it if it happens again.`,
  });
}

async function copyChunk(connection: Queryable, folder: string, table: string, columns: readonly string[], parts: string[]): Promise<number> {
  checkRoom(folder, ROOM_TO_WRITE);
  await takeTurns();
  const result = await connection.query(`copy ${table} (${columns.join(', ')}) from '/dev/blob'`, [], { blob: new Blob([parts.join('')]) });
  if (result.command === undefined) throw brokenOff(`copy ${table}`);
  return result.rowCount ?? 0;
}

function sessionOf(connection: Queryable, folder: string): Session {
  return {
    async query<Row>(sql: string, parameters?: readonly unknown[]) {
      if (BRINGS_ROWS.test(sql)) checkRoom(folder, ROOM_TO_WRITE);
      await takeTurns();
      const result = await connection.query<Row>(sql, plain(parameters));
      if (result.command === undefined) throw brokenOff(sql);
      return result.rows;
    },
    async execute(sql) {
      await takeTurns();
      return (await connection.exec(sql)).map((result) => result.rows);
    },
    async copyIn(table, columns, lines) {
      let parts: string[] = [];
      let size = 0;
      let rows = 0;
      for await (const line of lines) {
        parts.push(line);
        size += line.length;
        if (size >= COPY_BYTES) {
          rows += await copyChunk(connection, folder, table, columns, parts);
          parts = [];
          size = 0;
        }
      }
      if (parts.length > 0) rows += await copyChunk(connection, folder, table, columns, parts);
      return rows;
    },
  };
}

class EmbeddedDatabase implements Database {
  readonly kind = 'embedded';
  readonly #pglite: PGlite;
  readonly #folder: string;
  readonly #session: Session;
  readonly #queue = new KeyedQueue();

  constructor(pglite: PGlite, folder: string) {
    this.#pglite = pglite;
    this.#folder = folder;
    this.#session = sessionOf(pglite, folder);
  }

  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]> {
    return this.#session.query<Row>(sql, parameters);
  }

  execute(sql: string): Promise<Record<string, unknown>[][]> {
    return this.#session.execute(sql);
  }

  transaction<Result>(work: (transaction: Session) => Promise<Result>): Promise<Result> {
    return this.#pglite.transaction((transaction) => work(sessionOf(transaction, this.#folder)));
  }

  copyIn(table: string, columns: readonly string[], lines: AsyncIterable<string> | Iterable<string>): Promise<number> {
    return this.transaction((transaction) => transaction.copyIn(table, columns, lines));
  }

  async listen(channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>> {
    const stop = await this.#pglite.listen(channel, onNotify);
    return () => stop();
  }

  exclusive<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    return this.#queue.run(key, work);
  }

  async tryExclusive<Result>(key: string, work: () => Promise<Result>): Promise<Result | undefined> {
    return this.#queue.isBusy(key) ? undefined : this.#queue.run(key, work);
  }

  async ping(): Promise<void> {}

  close(): Promise<void> {
    return this.#pglite.close();
  }
}

/** WAL kept before a checkpoint: bounds the size of the folder and the replay after a crash (256 MB: some seconds). */
const START_PARAMETERS = [...PGlite.defaultStartParams, '-c', 'max_wal_size=256MB', '-c', 'work_mem=32MB', '-c', 'maintenance_work_mem=128MB'];

/**
 * Opens the PostgreSQL data folder `folder`, creating an empty database where there is none (about 6 s).
 *
 * @param bundle the PostGIS bundle to load in place of the one pglite-postgis brings
 */
export async function openEmbedded(folder: string, bundle?: URL): Promise<Database> {
  const extension: typeof postgis = {
    name: 'postgis',
    async setup(pglite, options: unknown) {
      const whole = await postgis.setup(pglite, options);
      return bundle === undefined ? whole : { ...whole, bundlePath: bundle };
    },
  };
  const pglite = await PGlite.create({
    dataDir: folder,
    extensions: { postgis: extension },
    parsers: { [types.DATE]: (value: string) => value, [types.INT8]: Number },
    startParams: START_PARAMETERS,
  });
  return new EmbeddedDatabase(pglite, folder);
}
