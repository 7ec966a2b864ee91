/**
 * Deletes rows that no reader needs any more.
 *
 * Kept are the batches of the present revision, of the one before it (a request that began on it may still be
 * reading) and the direct predecessors of the present file batches (so that undo is quick). Anything else is discarded: what runs that
 * died staged, and what lies further back, which undo reads again from the stored file.
 */
import type { Database } from './database.ts';
import { discardBatch } from './store/batches.ts';
import { ROW_TABLES } from './store/cities.ts';

interface Candidate {
  batch_id: number;
  run_id: string;
}

function listCandidates(database: Database, cityId: string): Promise<Candidate[]> {
  return database.query<Candidate>(
    `with kept as (
       select unnest(r.batches) as batch_id from revision r join city c using (city_id) where c.city_id = $1 and r.revision >= c.revision - 1
       union
       select b.replaces from import_batch b join revision r using (city_id) join city c on c.city_id = r.city_id and c.revision = r.revision
       where c.city_id = $1 and b.batch_id = any(r.batches) and b.replaces is not null
     )
     select batch_id, run_id from import_batch where city_id = $1 and state <> 'discarded' and batch_id not in (select batch_id from kept)`,
    [cityId],
  );
}

/** A batch whose run still holds its lock, in this process or another, is left alone. Returns how many were discarded. */
export async function sweepCity(database: Database, cityId: string): Promise<number> {
  const runs = new Set((await listCandidates(database, cityId)).map((candidate) => candidate.run_id));
  let discarded = 0;
  for (const runId of runs) {
    await database.tryExclusive(`run:${runId}`, async () => {
      // Asked again under the lock: the run may have ended between, and its batches be live now.
      for (const candidate of await listCandidates(database, cityId)) {
        if (candidate.run_id !== runId) continue;
        await discardBatch(database, cityId, candidate.batch_id);
        discarded++;
      }
    });
  }
  // A server has its autovacuum; the embedded base must make the room of deleted rows usable itself.
  if (discarded > 0 && database.kind === 'embedded') await database.execute(`vacuum ${ROW_TABLES.join(', ')}`);
  return discarded;
}
