/**
 * The snapshot of a city's present revision, from the cache folder or built anew.
 *
 *     openSnapshot(base, cityId, context?): Promise<Snapshot>
 *
 * Cached under `<data>/snapshots/<city>-<key>.snapshot`, where the key is a hash of the batches' content and of the
 * format: what has the same key has the same bytes. Opening is one read. A file that is cut short, damaged or of another
 * version is built again, never trusted. Written beside and renamed, so that a killed process leaves no half file.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { WorkContext } from '../../core/progress.ts';
import { KINDS_VERSION } from '../facilities/kinds.ts';
import type { Base } from '../open.ts';
import { getCurrentBatches } from '../store/revisions.ts';
import { buildSnapshot } from './build-snapshot.ts';
import { listCacheFiles, readCacheFile, removeOlder, writeCacheFile } from './cache-file.ts';
import type { EarlierSnapshot } from './earlier-parts.ts';
import type { Snapshot } from './model.ts';
import { SNAPSHOT_VERSION } from './model.ts';
import { viewSnapshot } from './view-snapshot.ts';

export const SNAPSHOT_FOLDER = 'snapshots';

/** Hash of what the snapshot is made of: the batches with their files' content, and the rules that made it. */
export async function snapshotKey(base: Base, cityId: string, batches: readonly number[]): Promise<string> {
  const rows = await base.database.query<{ batch_id: number; sha256: string; started_at: Date }>(
    'select batch_id, sha256, started_at from import_batch where city_id = $1 and batch_id = any($2) order by batch_id',
    [cityId, batches],
  );
  const hash = createHash('sha256').update(`${SNAPSHOT_VERSION}\n${KINDS_VERSION}\n${cityId}\n`);
  for (const { batch_id, sha256, started_at } of rows) hash.update(`${batch_id} ${sha256} ${new Date(started_at).toISOString()}\n`);
  return hash.digest('hex').slice(0, 32);
}

/**
 * Opens the snapshot of the city's present revision.
 *
 * @throws ChengmaiError not-found `base/no-city`; kind `cancelled`
 */
export async function openSnapshot(base: Base, cityId: string, context: WorkContext = {}): Promise<Snapshot> {
  const current = await getCurrentBatches(base.database, cityId);
  const key = await snapshotKey(base, cityId, current.batches);
  const folder = join(base.dataDir, SNAPSHOT_FOLDER);
  const file = join(folder, `${cityId}-${key}.snapshot`);
  const cached = await readCached(file, key);
  if (cached !== undefined) return cached;
  const bytes = await buildSnapshot(base.database, { cityId, revision: current.revision, fileBatches: current.fileBatches, derivedBatch: current.derivedBatch, key }, context, await findEarlier(base, folder, cityId));
  await writeCacheFile(file, bytes);
  await removeOlder(folder, cityId, key, 'snapshot');
  return viewSnapshot(bytes);
}

/** A snapshot of an earlier revision that is still in the folder; its key tells that it is of the batches that the revision says. */
async function findEarlier(base: Base, folder: string, cityId: string): Promise<EarlierSnapshot | undefined> {
  for (const name of await listCacheFiles(folder, cityId, 'snapshot')) {
    const snapshot = await readCached(join(folder, name), name.slice(cityId.length + 1, -'.snapshot'.length));
    if (snapshot === undefined) continue;
    const [revision] = await base.database.query<{ batches: number[] }>('select batches from revision where city_id = $1 and revision = $2', [cityId, snapshot.meta.revision]);
    if (revision === undefined || (await snapshotKey(base, cityId, revision.batches)) !== snapshot.meta.key) continue;
    const files = await base.database.query<{ batch_id: number }>(`select batch_id from import_batch where city_id = $1 and batch_id = any($2) and kind = 'file' order by batch_id`, [cityId, revision.batches]);
    return { snapshot, fileBatches: files.map(({ batch_id }) => batch_id) };
  }
  return undefined;
}

async function readCached(file: string, key: string): Promise<Snapshot | undefined> {
  const bytes = await readCacheFile(file);
  if (bytes === undefined) return undefined;
  try {
    const snapshot = viewSnapshot(bytes);
    return snapshot.meta.key === key ? snapshot : undefined;
  } catch {
    // a snapshot of another version: it is built again
    return undefined;
  }
}
