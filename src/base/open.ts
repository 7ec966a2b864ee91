/**
 * Opens the base.
 *
 *     openBase({ dataDir?, databaseUrl?, environment? }): Promise<Base>
 *
 * `databaseUrl` (or DATABASE_URL) names a PostgreSQL server; without one the embedded base in `dataDir` (or
 * CHENGMAI_DATA, or `./data`) is opened, or made on first use from the prepared template. `dataDir` also holds the
 * caches of either kind. A second process on the same folder gets conflict `base/in-use`.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ChengmaiError } from '../core/errors.ts';
import type { Database } from './database.ts';
import { openEmbedded } from './database/embedded.ts';
import { openServer } from './database/server.ts';
import { checkRoom, ROOM_TO_CREATE, ROOM_TO_OPEN } from './disk-space.ts';
import { lockFolder } from './lock.ts';
import { runMigrations } from './migrations/run.ts';
import { ensureFolder, findPostgisBundle } from './template.ts';

export interface OpenOptions {
  readonly dataDir?: string | undefined;
  readonly databaseUrl?: string | undefined;
  /** Where DATABASE_URL and CHENGMAI_DATA are looked up; by default the process's own environment. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface Base {
  readonly database: Database;
  readonly kind: Database['kind'];
  /** Absolute. Caches go to folders below it; the embedded database is its `postgres` folder. */
  readonly dataDir: string;
  /** Tells other processes that ask for the same folder where the server answers. */
  announce(url: string): void;
  close(): Promise<void>;
}

const POSTGRES_MAJOR = '18';

function checkVersion(folder: string): void {
  const file = join(folder, 'PG_VERSION');
  if (!existsSync(file)) return;
  const version = readFileSync(file, 'utf8').trim();
  if (version === POSTGRES_MAJOR) return;
  throw new ChengmaiError('conflict', 'base/other-postgres', {
    zh: `数据目录 ${folder} 属于 PostgreSQL ${version}，本程序内置的是 ${POSTGRES_MAJOR}；请用原版本程序导出，或换一个目录（--data）。`,
    en: `The data folder ${folder} belongs to PostgreSQL ${version}, this program embeds ${POSTGRES_MAJOR}; open it with the earlier program or name another folder (--data).`,
  }, { file: folder, value: version });
}

async function openInFolder(dataDir: string): Promise<Base> {
  const lock = lockFolder(dataDir);
  try {
    const folder = join(dataDir, 'postgres');
    checkVersion(folder);
    checkRoom(dataDir, existsSync(join(folder, 'PG_VERSION')) ? ROOM_TO_OPEN : ROOM_TO_CREATE);
    await ensureFolder(folder);
    const database = await openEmbedded(folder, findPostgisBundle());
    try {
      await runMigrations(database);
    } catch (error) {
      await database.close();
      throw error;
    }
    return {
      database,
      kind: 'embedded',
      dataDir,
      announce: (url) => lock.announce(url),
      async close() {
        await database.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openOnServer(databaseUrl: string, dataDir: string): Promise<Base> {
  let database: Database;
  try {
    database = await openServer(databaseUrl);
  } catch (error) {
    const place = URL.canParse(databaseUrl) ? new URL(databaseUrl).host : '?';
    const reason = error instanceof Error ? error.message : String(error);
    throw new ChengmaiError('unavailable', 'base/unreachable', {
      zh: `连不上 DATABASE_URL 所指的数据库 ${place}（${reason}）；请检查地址与口令，并确认数据库已启动。`,
      en: `The database of DATABASE_URL at ${place} cannot be reached (${reason}); check address and password, and that the database is up.`,
    }, { value: place }, error);
  }
  try {
    await runMigrations(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  mkdirSync(dataDir, { recursive: true });
  return { database, kind: 'server', dataDir, announce: () => {}, close: () => database.close() };
}

/**
 * Opens the base: a PostgreSQL server where `databaseUrl` or DATABASE_URL names one, else the embedded one in `dataDir`,
 * CHENGMAI_DATA or `./data`, made where it does not exist. Migrations run first. Close it when done.
 *
 * @throws ChengmaiError unavailable `base/unreachable`, `base/old-postgres`, `base/not-utf8`, `base/no-postgis`,
 *   `base/folder-not-writable`, `base/disk-full`; conflict `base/in-use`, `base/newer`, `base/other-postgres`
 */
export async function openBase(options: OpenOptions = {}): Promise<Base> {
  const environment = options.environment ?? process.env;
  const databaseUrl = options.databaseUrl ?? environment['DATABASE_URL'];
  const dataDir = resolve(options.dataDir ?? environment['CHENGMAI_DATA'] ?? 'data');
  if (databaseUrl !== undefined && databaseUrl !== '') return openOnServer(databaseUrl, dataDir);
  return openInFolder(dataDir);
}
