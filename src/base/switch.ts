/** From a set of file batches to a revision that readers see: derivation, then the switch. */
import type { Note } from '../core/note.ts';
import type { WorkContext } from '../core/progress.ts';
import { throwIfCancelled } from '../core/errors.ts';
import type { Box } from '../engine/spatial/geometry.ts';
import { joinBoxes } from '../engine/spatial/geometry.ts';
import type { Database } from './database.ts';
import { deriveCity } from './derive.ts';
import type { Revision } from './model.ts';
import type { Base } from './open.ts';
import { PROGRAM_VERSION } from './program-version.ts';
import { allocateBatch, discardBatch, finishBatch } from './store/batches.ts';
import { ROW_TABLES } from './store/cities.ts';
import { addRevision } from './store/revisions.ts';

export interface DeriveSummary {
  readonly kept: Readonly<Record<string, number>>;
  readonly notes: readonly Note[];
  readonly seconds: number;
}

export interface CitySwitch {
  readonly cityId: string;
  readonly expected: number;
  readonly fileBatches: readonly number[];
  readonly action: Revision['action'];
  readonly who: string;
  readonly runId: string;
  readonly replaces: ReadonlyMap<number, number>;
}

/** The planner knows nothing of rows that were copied just now, and the embedded base has no autovacuum. */
async function analyse(database: Database, tables: readonly string[]): Promise<void> {
  await database.execute(`analyze ${tables.join(', ')}`);
}

/** Sorts the names of new rows into their index, which a server's autovacuum does by itself: 0.2 s for 30,000 names. */
async function settleNames(database: Database): Promise<void> {
  if (database.kind === 'embedded') await database.execute(`select gin_clean_pending_list('feature_name_letters')`);
}

/** All that the files cover: for a city whose derivation found no extent. */
async function findBox(database: Database, cityId: string, fileBatches: readonly number[]): Promise<Box | undefined> {
  const boxes = await database.query<{ box: number[] }>(
    'select box from import_batch where city_id = $1 and batch_id = any($2) and box is not null',
    [cityId, fileBatches],
  );
  return boxes.map((row) => row.box as unknown as Box).reduce<Box | undefined>((all, box) => (all === undefined ? box : joinBoxes(all, box)), undefined);
}

interface Derived {
  readonly batchId: number;
  readonly box: Box | undefined;
  readonly summary: DeriveSummary;
}

async function derive(base: Base, change: CitySwitch, context: WorkContext): Promise<Derived> {
  const { database } = base;
  const { cityId } = change;
  const start = performance.now();
  const batchId = await allocateBatch(database, cityId, {
    kind: 'derived', sourceKey: 'derived', fileName: 'derived', sha256: '', sizeBytes: 0, format: 'derived', options: {}, inputs: change.fileBatches,
    who: change.who, programVersion: PROGRAM_VERSION, runId: change.runId,
  });
  try {
    await settleNames(database);
    await analyse(database, ROW_TABLES);
    const { kept, notes, box } = await deriveCity(database, { cityId, batches: change.fileBatches, derivedBatchId: batchId }, context);
    await analyse(database, ['place', 'facility', 'population_point']);
    await finishBatch(database, cityId, batchId, { kept, notes, box, facts: { seen: {} } });
    return { batchId, box, summary: { kept, notes, seconds: (performance.now() - start) / 1000 } };
  } catch (error) {
    await discardBatch(database, cityId, batchId);
    throw error;
  }
}

/** Must run under the lock `city:<id>`. The derived batch is discarded again where anything fails. */
export async function switchCity(base: Base, change: CitySwitch, context: WorkContext): Promise<{ revision: number; derived: DeriveSummary | undefined }> {
  const { database } = base;
  const { cityId, fileBatches } = change;
  const derived = fileBatches.length === 0 ? undefined : await derive(base, change, context);
  try {
    const box = derived?.box ?? (await findBox(database, cityId, fileBatches));
    throwIfCancelled(context.signal);
    const batches = derived === undefined ? fileBatches : [...fileBatches, derived.batchId];
    const revision = await addRevision(database, { ...change, batches, box });
    return { revision, derived: derived?.summary };
  } catch (error) {
    if (derived !== undefined) await discardBatch(database, cityId, derived.batchId);
    throw error;
  }
}
