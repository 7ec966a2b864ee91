/** Tables → one buffer of typed arrays. Read in chunks; each row is touched once. */
import { throwIfCancelled } from '../../core/errors.ts';
import type { WorkContext } from '../../core/progress.ts';
import { writeSections } from '../../engine/spatial/section-buffer.ts';
import type { Session } from '../database.ts';
import { addBuildings, addLandUse } from './add-buildings.ts';
import { addFacilities, addPlaces, addPopulation, LEVELS } from './add-derived.ts';
import { addJobs } from './add-jobs.ts';
import { addStreets, addTurns } from './add-streets.ts';
import { TextTable } from './growing-arrays.ts';
import type { SnapshotMeta } from './model.ts';
import { SNAPSHOT_VERSION } from './model.ts';
import type { Sections, SnapshotScope } from './scope.ts';

/** The whole buffer, as docs/snapshot.md lays it out. @throws ChengmaiError of kind `cancelled` */
export async function buildSnapshot(database: Session, scope: SnapshotScope, context: WorkContext = {}): Promise<Uint8Array<ArrayBuffer>> {
  const texts = new TextTable();
  const layers = { cityId: scope.cityId, batches: scope.fileBatches };
  const sections: Sections = {};
  const street = await addStreets(database, layers, texts, sections);
  throwIfCancelled(context.signal);
  const turns = await addTurns(database, scope, texts, sections);
  const buildings = await addBuildings(database, layers, texts, sections);
  throwIfCancelled(context.signal);
  const landUses = await addLandUse(database, layers, texts, sections);
  const { facilities, facilityKinds } = await addFacilities(database, scope, texts, sections);
  throwIfCancelled(context.signal);
  const { points, groups } = await addPopulation(database, scope, sections);
  const jobPoints = await addJobs(database, layers, sections);
  const places = await addPlaces(database, scope, texts, sections);
  const { bytes, ends } = texts.finish();
  sections['text.bytes'] = bytes;
  sections['text.ends'] = ends;
  const meta: SnapshotMeta = {
    cityId: scope.cityId,
    revision: scope.revision,
    key: scope.key,
    counts: { ...street, turns, buildings, facilities, points, places, landUses, jobPoints },
    groups,
    facilityKinds,
    levels: LEVELS,
  };
  return writeSections(SNAPSHOT_VERSION, meta, sections);
}
