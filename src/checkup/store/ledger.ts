/** The SQL of the ledger: findings of a city and the history of each. */
import { ChengmaiError } from '../../core/errors.ts';
import type { Database, Session } from '../../base/database.ts';
import { toJsonText } from '../../base/store/copy-text.ts';
import type { CheckedPlaces, FoundRow, LedgerChange, LedgerRow, RowEdit } from '../findings/ledger-row.ts';
import { planEdits, planLedger } from '../findings/ledger-row.ts';

export interface LedgerFilter {
  /** Findings that were open or found in this year; absent: all. */
  readonly period?: number;
  readonly stage?: readonly string[];
  readonly kind?: string;
  readonly severity?: number;
  readonly priority?: string;
  readonly indicator?: string;
  readonly dimension?: string;
  readonly level?: string;
  readonly place?: string;
  readonly body?: string;
  /** In the words of the problem, the place or the indicator. */
  readonly text?: string;
}

export type LedgerOrder = 'severity' | 'indicator' | 'place' | 'updated' | 'persons';

const ORDERS: Record<LedgerOrder, string> = {
  severity: 'severity desc, indicator_id, place_id',
  indicator: "(row->>'indicatorNumber')::int nulls last, indicator_id, severity desc, place_id",
  place: 'level, place_id, severity desc, indicator_id',
  updated: "row->>'updatedAt' desc, finding_id",
  persons: "(row->>'persons')::double precision desc nulls last, finding_id",
};

const CHUNK = 500;

function conditions(cityId: string, filter: LedgerFilter): { where: string; parameters: unknown[] } {
  const parameters: unknown[] = [cityId];
  const parts = ['city_id = $1'];
  const add = (sql: (n: string) => string, value: unknown): void => {
    if (value === undefined) return;
    parameters.push(value);
    parts.push(sql(`$${parameters.length}`));
  };
  add((n) => `first_period <= ${n}`, filter.period);
  add((n) => `last_period >= ${n}`, filter.period);
  add((n) => `stage = any(${n})`, filter.stage);
  add((n) => `kind = ${n}`, filter.kind);
  add((n) => `severity = ${n}`, filter.severity);
  add((n) => `priority = ${n}`, filter.priority);
  add((n) => `indicator_id = ${n}`, filter.indicator);
  add((n) => `dimension = ${n}`, filter.dimension);
  add((n) => `level = ${n}`, filter.level);
  add((n) => `place_id = ${n}`, filter.place);
  add((n) => `row->'bodies' ? ${n}`, filter.body);
  // % and _ are words like any others here
  add((n) => `(row->'problem'->>'zh' || ' ' || (row->'problem'->>'en') || ' ' || (row->'placeName'->>'zh') || ' ' || (row->'indicatorName'->>'zh') || ' ' || (row->'indicatorName'->>'en')) ilike ${n}`, filter.text === undefined ? undefined : `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`);
  return { where: parts.join(' and '), parameters };
}

export async function listFindings(database: Session, cityId: string, filter: LedgerFilter = {}, page: { order?: LedgerOrder; limit?: number; offset?: number } = {}): Promise<{ total: number; findings: LedgerRow[] }> {
  const { where, parameters } = conditions(cityId, filter);
  const [{ total }] = await database.query<{ total: number }>(`select count(*)::int as total from finding where ${where}`, parameters);
  const rows = await database.query<{ row: LedgerRow }>(
    `select row from finding where ${where} order by ${ORDERS[page.order ?? 'severity']} limit $${parameters.length + 1} offset $${parameters.length + 2}`,
    [...parameters, page.limit ?? 1_000_000, page.offset ?? 0],
  );
  return { total, findings: rows.map(({ row }) => row) };
}

export function noFinding(findingId: string): ChengmaiError {
  return new ChengmaiError('not-found', 'checkup/no-finding', {
    zh: `台账中没有问题“${findingId}”；请刷新问题清单。`,
    en: `The ledger has no finding "${findingId}"; load the list again.`,
  }, { value: findingId });
}

export interface ChangeRow {
  readonly at: Date;
  readonly who: string;
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string | null;
  readonly by: 'person' | 'checkup' | 'workbook';
  /** The workbook that made the change, or that was taken back by it. */
  readonly workbook: { readonly importId: number; readonly file: string; readonly undoes: boolean } | null;
}

/** @throws ChengmaiError not-found `checkup/no-finding` */
export async function getFinding(database: Session, cityId: string, findingId: string): Promise<{ finding: LedgerRow; history: ChangeRow[] }> {
  const [found] = await database.query<{ row: LedgerRow }>('select row from finding where city_id = $1 and finding_id = $2', [cityId, findingId]);
  if (found === undefined) throw noFinding(findingId);
  const history = await database.query<ChangeRow>(
    `select c.at, c.who, c.field, c.before, c.after, c.reason, c.by, case when i.import_id is not null then jsonb_build_object('importId', i.import_id, 'file', i.file, 'undoes', c.undoes) end as workbook
     from finding_change c left join ledger_import i on i.city_id = c.city_id and i.import_id = c.import_id
     where c.city_id = $1 and c.finding_id = $2 order by c.change_id desc`,
    [cityId, findingId],
  );
  return { finding: found.row, history };
}

export async function writeRows(session: Session, cityId: string, rows: readonly LedgerRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK) {
    await session.query(
      `insert into finding (city_id, finding_id, indicator_id, place_id, level, dimension, stage, kind, severity, priority, first_period, last_period, row)
       select $1, r->>'findingId', r->>'indicatorId', r->>'placeId', r->>'level', r->>'dimension', r->>'stage', r->>'kind', (r->>'severity')::smallint, r->>'priority', (r->>'firstPeriod')::int, (r->>'lastPeriod')::int, r
       from jsonb_array_elements($2::jsonb) as r
       on conflict (city_id, finding_id) do update set stage = excluded.stage, kind = excluded.kind, severity = excluded.severity, priority = excluded.priority,
         level = excluded.level, dimension = excluded.dimension, first_period = excluded.first_period, last_period = excluded.last_period, row = excluded.row`,
      [cityId, toJsonText(rows.slice(start, start + CHUNK))],
    );
  }
}

export interface ChangeContext {
  readonly who: string;
  readonly at: string;
  readonly reason?: string | undefined;
  /** Of a workbook. */
  readonly importId?: number;
  /** The workbook is taken back. */
  readonly undoes?: boolean;
}

export async function writeChanges(session: Session, cityId: string, changes: readonly LedgerChange[], { who, at, reason, importId, undoes = false }: ChangeContext): Promise<void> {
  for (let start = 0; start < changes.length; start += CHUNK) {
    await session.query(
      `insert into finding_change (city_id, finding_id, at, who, by, field, before, after, reason, import_id, undoes)
       select $1, c->>'findingId', $3, $4, c->>'by', c->>'field', c->'before', c->'after', coalesce(c->>'reason', $5), $6, $7 from jsonb_array_elements($2::jsonb) as c`,
      [cityId, toJsonText(changes.slice(start, start + CHUNK)), at, who, reason ?? null, importId ?? null, undoes],
    );
  }
}

/** Brings the ledger up to date with what a check-up of a period found; within the transaction that completes the check-up. */
export async function updateLedger(session: Session, cityId: string, found: readonly FoundRow[], checked: CheckedPlaces, period: number, who: string, now: string = new Date().toISOString()): Promise<{ inserted: number; updated: number; removed: number }> {
  const rows = await session.query<{ row: LedgerRow }>('select row from finding where city_id = $1 for update', [cityId]);
  const plan = planLedger(rows.map(({ row }) => row), found, checked, period, now);
  if (plan.remove.length > 0) await session.query('delete from finding where city_id = $1 and finding_id = any($2)', [cityId, plan.remove]);
  await writeRows(session, cityId, [...plan.insert, ...plan.update]);
  await writeChanges(session, cityId, plan.changes, { who, at: now });
  return { inserted: plan.insert.length, updated: plan.update.length, removed: plan.remove.length };
}

/** The rows of findings, held until the transaction ends. */
export async function lockRows(session: Session, cityId: string, findingIds: readonly string[]): Promise<Map<string, LedgerRow>> {
  const stored = await session.query<{ row: LedgerRow }>('select row from finding where city_id = $1 and finding_id = any($2) order by finding_id for update', [cityId, [...new Set(findingIds)]]);
  return new Map(stored.map(({ row }) => [row.findingId, row]));
}

/**
 * Edits findings by hand; all or none.
 *
 * @returns the findings that changed
 * @throws ChengmaiError not-found `checkup/no-finding`
 */
export async function editFindings(database: Database, cityId: string, edits: readonly RowEdit[], { by, who, reason }: { by: 'person'; who: string; reason?: string | undefined }): Promise<LedgerRow[]> {
  const at = new Date().toISOString();
  return database.transaction(async (session) => {
    const rows = await lockRows(session, cityId, edits.map(({ findingId }) => findingId));
    const { changed, changes } = planEdits(rows, edits, by, at, (findingId) => { throw noFinding(findingId); });
    await writeRows(session, cityId, changed);
    await writeChanges(session, cityId, changes, { who, at, reason });
    return changed;
  });
}
