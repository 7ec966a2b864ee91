/**
 * The embedded base: PGlite, PostgreSQL compiled to WebAssembly, with PostGIS, in a folder of the disk.
 *
 * It has one connection, so a long transaction blocks every reader: writers stage in short chunks. PGlite runs with
 * fsync off: what was committed has been handed to the operating system, so it outlives the process (kill -9) but a power
 * cut may lose the last seconds. About 1 GB of memory an instance.
 */
import { PGlite, types } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import type { Database, Session } from '../database.ts';
import { KeyedQueue } from './keyed-queue.ts';

/** COPY reads from one buffer; larger inputs go in several. 8 MiB keeps the copy to WebAssembly memory short. */
const COPY_BYTES = 8 * 1024 * 1024;

type Queryable = Pick<PGlite, 'query' | 'exec'>;

function plain(parameters: readonly unknown[] | undefined): unknown[] {
  return parameters === undefined ? [] : parameters.map((value) => (value === undefined ? null : value));
}

async function copyChunk(connection: Queryable, table: string, columns: readonly string[], parts: string[]): Promise<number> {
  const result = await connection.query(`copy ${table} (${columns.join(', ')}) from '/dev/blob'`, [], { blob: new Blob(parts) });
  return result.affectedRows ?? result.rowCount ?? 0;
}

function sessionOf(connection: Queryable): Session {
  return {
    async query<Row>(sql: string, parameters?: readonly unknown[]) {
      return (await connection.query<Row>(sql, plain(parameters))).rows;
    },
    async execute(sql) {
      await connection.exec(sql);
    },
    async copyIn(table, columns, lines) {
      let parts: string[] = [];
      let size = 0;
      let rows = 0;
      for await (const line of lines) {
        parts.push(line);
        size += line.length;
        if (size >= COPY_BYTES) {
          rows += await copyChunk(connection, table, columns, parts);
          parts = [];
          size = 0;
        }
      }
      if (parts.length > 0) rows += await copyChunk(connection, table, columns, parts);
      return rows;
    },
  };
}

class EmbeddedDatabase implements Database {
  readonly kind = 'embedded';
  readonly #pglite: PGlite;
  readonly #session: Session;
  readonly #queue = new KeyedQueue();

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
    this.#session = sessionOf(pglite);
  }

  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]> {
    return this.#session.query<Row>(sql, parameters);
  }

  execute(sql: string): Promise<void> {
    return this.#session.execute(sql);
  }

  transaction<Result>(work: (transaction: Session) => Promise<Result>): Promise<Result> {
    return this.#pglite.transaction((transaction) => work(sessionOf(transaction)));
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

  close(): Promise<void> {
    return this.#pglite.close();
  }

  /** The data folder as an uncompressed tar, for the prepared template. */
  dump(): Promise<Blob> {
    return this.#pglite.dumpDataDir('none');
  }
}

export type { EmbeddedDatabase };

/** Opens the PostgreSQL data folder `folder`, creating an empty database where there is none (about 6 s). */
export async function openEmbedded(folder: string): Promise<EmbeddedDatabase> {
  const pglite = await PGlite.create({
    dataDir: folder,
    extensions: { postgis },
    parsers: { [types.DATE]: (value: string) => value, [types.INT8]: Number },
  });
  return new EmbeddedDatabase(pglite);
}
