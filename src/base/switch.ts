/** From a set of file batches to a revision that readers see: derivation, then the switch. */
import type { Note } from '../core/note.ts';
import type { WorkContext } from '../core/progress.ts';
import { throwIfCancelled } from '../core/errors.ts';
import type { Box } from '../engine/spatial/geometry.ts';
import { joinBoxes } from '../engine/spatial/geometry.ts';
import type { Database } from './database.ts';
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
async function analyse(database: Database): Promise<void> {
  await database.execute(`analyze ${ROW_TABLES.join(', ')}`);
}

/** The city's own boundary where there is one, else all that its files cover. */
async function findBox(database: Database, cityId: string, derivedBatch: number | undefined, fileBatches: readonly number[]): Promise<Box | undefined> {
  if (derivedBatch !== undefined) {
    const rows = await database.query<{ box: number[] | null }>(
      `select array[st_xmin(e), st_ymin(e), st_xmax(e), st_ymax(e)] as box
       from (select st_extent(geom) as e from place where city_id = $1 and batch_id = $2 and level = 'city') x where e is not null`,
      [cityId, derivedBatch],
    );
    if (rows.length > 0 && rows[0].box !== null) return rows[0].box as unknown as Box;
  }
  const boxes = await database.query<{ box: number[] }>(
    'select box from import_batch where city_id = $1 and batch_id = any($2) and box is not null',
    [cityId, fileBatches],
  );
  return boxes.map((row) => row.box as unknown as Box).reduce<Box | undefined>((all, box) => (all === undefined ? box : joinBoxes(all, box)), undefined);
}

const deriveCity = async (..._: unknown[]): Promise<{ kept: Record<string, number>; notes: Note[] }> => ({ kept: {}, notes: [] });

interface Derivation {
  readonly batchId: number;
  readonly summary: DeriveSummary;
}

async function derive(base: Base, change: CitySwitch, context: WorkContext): Promise<Derivation> {
  const { database } = base;
  const { cityId } = change;
  const start = performance.now();
  const batchId = await allocateBatch(database, cityId, {
    kind: 'derived', sourceKey: 'derived', fileName: 'derived', sha256: '', sizeBytes: 0, format: 'derived', options: {}, inputs: change.fileBatches,
    who: change.who, programVersion: PROGRAM_VERSION, runId: change.runId,
  });
  try {
    await analyse(database);
    const { kept, notes } = await deriveCity(database, { cityId, batches: change.fileBatches, derivedBatchId: batchId }, context);
    await finishBatch(database, cityId, batchId, { kept, notes, box: undefined, facts: { seen: {} } });
    return { batchId, summary: { kept, notes, seconds: (performance.now() - start) / 1000 } };
  } catch (error) {
    await discardBatch(database, cityId, batchId);
    throw error;
  }
}

/** Must run under the lock `city:<id>`. The derived batch is discarded again where anything fails. */
export async function switchCity(base: Base, change: CitySwitch, context: WorkContext): Promise<{ revision: number; derived: DeriveSummary | undefined }> {
  const { database } = base;
  const { cityId, fileBatches } = change;
  const derivation = fileBatches.length === 0 ? undefined : await derive(base, change, context);
  try {
    const box = await findBox(database, cityId, derivation?.batchId, fileBatches);
    throwIfCancelled(context.signal);
    const batches = derivation === undefined ? fileBatches : [...fileBatches, derivation.batchId];
    const revision = await addRevision(database, { ...change, batches, box });
    return { revision, derived: derivation?.summary };
  } catch (error) {
    if (derivation !== undefined) await discardBatch(database, cityId, derivation.batchId);
    throw error;
  }
}
