/** Revisions: which batches make up a city, now and before. */
import { ChengmaiError } from '../../core/errors.ts';
import type { Box } from '../../engine/spatial/geometry.ts';
import type { Database, Session } from '../database.ts';
import type { Revision } from '../model.ts';
import { nameByBoundary, noCity } from './cities.ts';

interface RevisionRow {
  city_id: string;
  revision: number;
  batches: number[];
  action: Revision['action'];
  who: string;
  created_at: Date;
}

function toRevision(row: RevisionRow): Revision {
  return { cityId: row.city_id, revision: row.revision, batches: row.batches, action: row.action, who: row.who, createdAt: row.created_at };
}

/** What readers of a city need to select its rows. */
export interface CurrentBatches {
  readonly cityId: string;
  readonly revision: number;
  /** All batches of the revision: files and the derived one. */
  readonly batches: readonly number[];
  readonly fileBatches: readonly number[];
  /** The batch of assembled places, facilities and population; undefined before the first derivation. */
  readonly derivedBatch: number | undefined;
}

/**
 * The batches of the present revision; revision 0 has none.
 *
 * @throws ChengmaiError not-found `base/no-city`
 */
export async function getCurrentBatches(database: Session, cityId: string): Promise<CurrentBatches> {
  const rows = await database.query<{ revision: number; batch_id: number | null; kind: 'file' | 'derived' | null }>(
    `select c.revision, b.batch_id, b.kind from city c
     left join revision r on r.city_id = c.city_id and r.revision = c.revision
     left join import_batch b on b.city_id = c.city_id and b.batch_id = any(r.batches)
     where c.city_id = $1 order by b.batch_id`,
    [cityId],
  );
  if (rows.length === 0) throw noCity(cityId);
  const idsOf = (kind: 'file' | 'derived'): number[] => rows.filter((row) => row.kind === kind).map((row) => row.batch_id as number);
  const fileBatches = idsOf('file');
  const derived = idsOf('derived');
  return { cityId, revision: rows[0].revision, batches: [...fileBatches, ...derived], fileBatches, derivedBatch: derived[0] };
}

/**
 * SQL for the derived batch among the batches in parameter $2: places, facilities and population are read from it alone, because
 * it holds what the files' own rows of these tables were assembled into. It is allocated after all of its inputs, under the city's
 * lock, so it is the largest.
 */
export const DERIVED_BATCH = '(select max(batch) from unnest($2::integer[]) as batch)';

/** Newest first. */
export async function listRevisions(database: Session, cityId: string): Promise<Revision[]> {
  const rows = await database.query<RevisionRow>(
    'select city_id, revision, batches, action, who, created_at from revision where city_id = $1 order by revision desc',
    [cityId],
  );
  return rows.map(toRevision);
}

export interface RevisionChange {
  readonly cityId: string;
  /** The revision this change was worked out against; another one in between makes it fail. */
  readonly expected: number;
  readonly batches: readonly number[];
  readonly action: Revision['action'];
  readonly who: string;
  readonly box: Box | undefined;
  /** New batch → the batch it takes the place of. */
  readonly replaces: ReadonlyMap<number, number>;
}

/**
 * The switch: one small transaction after which readers see the new set of batches.
 *
 * @throws ChengmaiError conflict `base/revision-moved` where the city is no longer at the expected revision, `base/batch-lost` where a
 *   batch is not ready
 */
export async function addRevision(database: Database, change: RevisionChange): Promise<number> {
  const revision = change.expected + 1;
  await database.transaction(async (transaction) => {
    const moved = await transaction.query(
      'update city set revision = $3, box = $4 where city_id = $1 and revision = $2 returning revision',
      [change.cityId, change.expected, revision, change.box ?? null],
    );
    if (moved.length === 0) {
      throw new ChengmaiError('conflict', 'base/revision-moved', {
        zh: `城市“${change.cityId}”在此期间有了新版本（不再是第 ${change.expected} 版）；请重试。`,
        en: `The city "${change.cityId}" moved on meanwhile (no longer revision ${change.expected}); try again.`,
      }, { value: String(change.expected) });
    }
    // A server that lost our connection freed the run's lock, and a sweep may have taken the rows for left-overs.
    const ready = await transaction.query(
      `select 1 from import_batch where city_id = $1 and batch_id = any($2) and state = 'ready' for share`,
      [change.cityId, change.batches],
    );
    if (ready.length !== change.batches.length) {
      throw new ChengmaiError('conflict', 'base/batch-lost', {
        zh: `城市“${change.cityId}”的暂存数据已被清理（与数据库的连接曾中断）；请重新导入。`,
        en: `Staged rows of the city "${change.cityId}" were swept away (the connection to the database broke meanwhile); import again.`,
      }, { value: change.cityId });
    }
    await transaction.query(
      'insert into revision (city_id, revision, batches, action, who) values ($1, $2, $3, $4, $5)',
      [change.cityId, revision, change.batches, change.action, change.who],
    );
    // the derived batch is the largest, see DERIVED_BATCH
    if (change.batches.length > 0) await nameByBoundary(transaction, change.cityId, Math.max(...change.batches));
    for (const [batchId, replaced] of change.replaces) {
      await transaction.query('update import_batch set replaces = $3 where city_id = $1 and batch_id = $2', [change.cityId, batchId, replaced]);
    }
  });
  return revision;
}
