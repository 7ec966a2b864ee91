/** Brings a database to the present schema: PostGIS, then every migration that has not run, in one transaction. */
import { ChengmaiError } from '../../core/errors.ts';
import type { Database } from '../database.ts';
import { MIGRATIONS } from './list.ts';

/** Any fixed number: two programs starting at once on one server take turns. */
const LOCK_ID = 7_203_511;

const OLDEST_SERVER = 15;

async function checkServer(database: Database): Promise<void> {
  const [server] = await database.query<{ version: number; encoding: string }>(
    `select current_setting('server_version_num')::integer as version, current_setting('server_encoding') as encoding`,
  );
  const major = Math.floor(server.version / 10_000);
  if (major < OLDEST_SERVER) {
    throw new ChengmaiError('unavailable', 'base/old-postgres', {
      zh: `数据库服务器是 PostgreSQL ${major}；需要 ${OLDEST_SERVER} 或更新版本。`,
      en: `The database server is PostgreSQL ${major}; ${OLDEST_SERVER} or later is needed.`,
    }, { value: String(major) });
  }
  if (server.encoding !== 'UTF8') {
    throw new ChengmaiError('unavailable', 'base/not-utf8', {
      zh: `数据库编码是 ${server.encoding}；请用 UTF8 编码新建数据库。`,
      en: `The database is encoded in ${server.encoding}; create one with encoding UTF8.`,
    }, { value: server.encoding });
  }
}

async function ensurePostgis(database: Database): Promise<void> {
  const found = await database.query(`select 1 from pg_extension where extname = 'postgis'`);
  if (found.length > 0) return;
  try {
    await database.execute('create extension if not exists postgis');
  } catch (error) {
    throw new ChengmaiError('unavailable', 'base/no-postgis', {
      zh: '该数据库没有 PostGIS 扩展且无法创建；请由管理员执行 CREATE EXTENSION postgis。',
      en: 'The database lacks PostGIS and it cannot be created here; have an administrator run CREATE EXTENSION postgis.',
    }, {}, error);
  }
}

/**
 * @returns the ids of the migrations that ran
 * @throws ChengmaiError conflict `base/newer` where the database was made by a later program
 */
export async function runMigrations(database: Database): Promise<string[]> {
  const table = await database.query<{ found: boolean }>(`select to_regclass('schema_migration') is not null as found`);
  if (table[0].found) {
    const pending = await listPending(database);
    if (pending.length === 0) return [];
  } else {
    await checkServer(database);
    await ensurePostgis(database);
  }
  return database.transaction(async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock($1)', [LOCK_ID]);
    await transaction.execute('create table if not exists schema_migration (id text primary key, applied_at timestamptz not null default now())');
    const pending = await listPending(transaction);
    for (const migration of pending) {
      await transaction.execute(migration.sql);
      await transaction.query('insert into schema_migration (id) values ($1)', [migration.id]);
    }
    return pending.map((migration) => migration.id);
  });
}

async function listPending(database: Pick<Database, 'query'>): Promise<typeof MIGRATIONS> {
  const rows = await database.query<{ id: string }>('select id from schema_migration order by id');
  const done = new Set(rows.map((row) => row.id));
  const known = new Set(MIGRATIONS.map((migration) => migration.id));
  const unknown = rows.find((row) => !known.has(row.id));
  if (unknown !== undefined) {
    throw new ChengmaiError('conflict', 'base/newer', {
      zh: `数据库由更新版本的城脉建立（迁移 ${unknown.id}）；请升级程序后再打开。`,
      en: `The database was made by a later Chengmai (migration ${unknown.id}); upgrade the program to open it.`,
    }, { value: unknown.id });
  }
  return MIGRATIONS.filter((migration) => !done.has(migration.id));
}
