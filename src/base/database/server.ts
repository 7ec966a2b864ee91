/** The base on a PostgreSQL server (≥ 15) with PostGIS, through a pool of connections. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { ChengmaiError } from '../../core/errors.ts';
import type { Database, Session } from '../database.ts';
import { diskFull } from '../disk-space.ts';

const POOL_SIZE = 10;
const PING_MS = 3_000;
const COPY_TEXT_BYTES = 256 * 1024;

const DATE = 1082;
const INT8 = 20;
const INT8_ARRAY = 1016;
const DATE_ARRAY = 1182;

const TEXT_ARRAY = 1009;

const parseArray = pg.types.getTypeParser(TEXT_ARRAY as never, 'text') as (text: string) => string[];
const parsers = new Map<number, (text: string) => unknown>([
  [DATE, (text) => text],
  [INT8, Number],
  [INT8_ARRAY, (text) => parseArray(text).map(Number)],
  [DATE_ARRAY, (text) => parseArray(text)],
]);

const types: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') => parsers.get(id) ?? pg.types.getTypeParser(id, format ?? 'text'),
} as pg.CustomTypesConfig;

/** Lines joined to larger pieces: a stream of single lines costs more than the COPY itself. */
async function* joined(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  let parts: string[] = [];
  let size = 0;
  for await (const line of lines) {
    parts.push(line);
    size += line.length;
    if (size >= COPY_TEXT_BYTES) {
      yield parts.join('');
      parts = [];
      size = 0;
    }
  }
  if (parts.length > 0) yield parts.join('');
}

/** One result for one statement, a list of them for several: the driver's types tell of the first only. */
function rowsOfAll(result: pg.QueryResult | pg.QueryResult[]): Record<string, unknown>[][] {
  return Array.isArray(result) ? result.map(({ rows }) => rows) : [result.rows];
}

/** Network errors, and what PostgreSQL says while it starts, stops or is full (classes 08, 57P0x, 53300). */
const LOST = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|08|57P0|53300)/;
const DISK_FULL = '53100';
/** The driver's own words for a connection that broke; they carry no code. */
const BROKEN = /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client has encountered a connection error)/;

/** A database that cannot be reached is told as that, whoever asked; other errors pass. */
async function reached<Result>(answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { code } = error as { code?: unknown };
    if (code === DISK_FULL) throw diskFull('PostgreSQL', error.message, error);
    if (!(typeof code === 'string' && LOST.test(code)) && !BROKEN.test(error.message)) throw error;
    throw new ChengmaiError('unavailable', 'base/database-lost', {
      zh: `与 PostgreSQL 服务器的连接已断开（${error.message || String(code)}）；请待数据库恢复后重试。`,
      en: `The connection to the PostgreSQL server is lost (${error.message || String(code)}); try again once the database is back.`,
    }, {}, error);
  }
}

function sessionOf(client: pg.ClientBase): Session {
  return {
    async query<Row>(sql: string, parameters?: readonly unknown[]) {
      const result = await reached(client.query(sql, parameters as unknown[]));
      return result.rows as Row[];
    },
    async execute(sql) {
      return rowsOfAll(await reached(client.query(sql)));
    },
    async copyIn(table, columns, lines) {
      const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
      await reached(pipeline(Readable.from(joined(lines)), stream));
      return stream.rowCount;
    },
  };
}

class ServerDatabase implements Database {
  readonly kind = 'server';
  readonly #pool: pg.Pool;
  readonly #config: pg.ClientConfig;

  constructor(pool: pg.Pool, config: pg.ClientConfig) {
    this.#pool = pool;
    this.#config = config;
  }

  async query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]> {
    const result = await reached(this.#pool.query(sql, parameters as unknown[]));
    return result.rows as Row[];
  }

  async execute(sql: string): Promise<Record<string, unknown>[][]> {
    return rowsOfAll(await reached(this.#pool.query(sql)));
  }

  async transaction<Result>(work: (transaction: Session) => Promise<Result>): Promise<Result> {
    const client = await reached(this.#pool.connect());
    let broken: Error | undefined;
    // The pool listens to idle connections only: one that breaks in here would end the process.
    const onBroken = (error: Error): void => {
      broken = error;
    };
    client.on('error', onBroken);
    try {
      await reached(client.query('begin'));
      const result = await work(sessionOf(client));
      await reached(client.query('commit'));
      return result;
    } catch (error) {
      await client.query('rollback').catch((rollbackError: Error) => {
        broken = rollbackError;
      });
      throw error;
    } finally {
      client.off('error', onBroken);
      client.release(broken);
    }
  }

  copyIn(table: string, columns: readonly string[], lines: AsyncIterable<string> | Iterable<string>): Promise<number> {
    return this.transaction((transaction) => transaction.copyIn(table, columns, lines));
  }

  /** Outside the pool: a connection that is held for minutes must not take a place there, or ten waiting imports would block the one that works. */
  async #connect(): Promise<pg.Client> {
    const client = new pg.Client(this.#config);
    // A lost connection shows in the next query; without a listener it would end the process.
    client.on('error', () => {});
    await reached(client.connect());
    return client;
  }

  /** A connection of its own per listener; a lost connection ends the notifications, so callers poll as well. */
  async listen(channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>> {
    const client = await this.#connect();
    client.on('notification', (message) => onNotify(message.payload ?? ''));
    await client.query(`listen ${client.escapeIdentifier(channel)}`);
    return () => client.end();
  }

  /** A session-level advisory lock on a connection of its own: it falls with the connection, so a dead process frees it. */
  async exclusive<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const client = await this.#connect();
    try {
      await reached(client.query('select pg_advisory_lock(hashtextextended($1, 0))', [key]));
      return await work();
    } finally {
      await client.end();
    }
  }

  async tryExclusive<Result>(key: string, work: () => Promise<Result>): Promise<Result | undefined> {
    const client = await this.#connect();
    try {
      const answer = await client.query<{ held: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as held', [key]);
      return answer.rows[0].held ? await work() : undefined;
    } finally {
      await client.end();
    }
  }

  async ping(): Promise<void> {
    const client = new pg.Client({ ...this.#config, connectionTimeoutMillis: PING_MS, query_timeout: PING_MS });
    client.on('error', () => {});
    try {
      await reached(client.connect());
      await reached(client.query('select 1'));
    } finally {
      // a server that does not answer does not say good-bye either: nobody waits for it
      client.end().catch(() => {});
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

/** Connects to a server; `schema` puts all tables into a schema of that name (tests), PostGIS stays where it is. */
export async function openServer(databaseUrl: string, schema?: string): Promise<Database> {
  const config: pg.ClientConfig = {
    connectionString: databaseUrl,
    types,
    application_name: 'chengmai',
    // locks are held on idle connections for minutes; firewalls drop silent ones
    keepAlive: true,
    ...(schema !== undefined && { options: `-c search_path=${schema},public` }),
  };
  const pool = new pg.Pool({ ...config, max: POOL_SIZE });
  // An idle connection that the server closes must not end the process; the next query reports the trouble.
  pool.on('error', () => {});
  await pool.query('select 1').catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });
  return new ServerDatabase(pool, config);
}
