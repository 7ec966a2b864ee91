/** Tables → one buffer of typed arrays. Read in chunks; each row is touched once. */
import { throwIfCancelled } from '../../core/errors.ts';
import type { WorkContext } from '../../core/progress.ts';
import { writeSections } from '../../engine/spatial/section-buffer.ts';
import type { Session } from '../database.ts';
import { addBuildings, addLandUse } from './add-buildings.ts';
import { addFacilities, addPlaces, addPopulation, LEVELS } from './add-derived.ts';
import { addJobs } from './add-jobs.ts';
import { addStreets, addTurns } from './add-streets.ts';
import type { EarlierSnapshot, FilePartId } from './earlier-parts.ts';
import { FILE_PARTS, takeHeldParts } from './earlier-parts.ts';
import type { SnapshotMeta } from './model.ts';
import { SNAPSHOT_VERSION } from './model.ts';
import type { Sections, SnapshotScope } from './scope.ts';

/**
 * The whole buffer, as docs/snapshot.md lays it out; with an earlier snapshot the same bytes sooner.
 *
 * @throws ChengmaiError of kind `cancelled`
 */
export async function buildSnapshot(database: Session, scope: SnapshotScope, context: WorkContext = {}, earlier?: EarlierSnapshot): Promise<Uint8Array<ArrayBuffer>> {
  const layers = { cityId: scope.cityId, batches: scope.fileBatches };
  const { parts: held, texts, sections: heldSections, counts: heldCounts } = await takeHeldParts(database, scope, earlier);
  const sections: Sections = { ...heldSections };
  const read: Readonly<Record<FilePartId, () => Promise<Partial<SnapshotMeta['counts']>>>> = {
    streets: () => addStreets(database, layers, texts, sections),
    turns: async () => ({ turns: await addTurns(database, scope, texts, sections) }),
    buildings: async () => ({ buildings: await addBuildings(database, layers, texts, sections) }),
    landUse: async () => ({ landUses: await addLandUse(database, layers, texts, sections) }),
  };
  const counts: Record<string, number> = { ...heldCounts };
  for (const part of (Object.keys(FILE_PARTS) as FilePartId[]).slice(held.length)) {
    Object.assign(counts, await read[part]());
    throwIfCancelled(context.signal);
  }
  const { facilities, facilityKinds } = await addFacilities(database, scope, texts, sections);
  throwIfCancelled(context.signal);
  const { points, groups } = await addPopulation(database, scope, sections);
  const jobPoints = await addJobs(database, layers, sections);
  const places = await addPlaces(database, scope, texts, sections);
  const { bytes, ends } = texts.finish();
  sections['text.bytes'] = bytes;
  sections['text.ends'] = ends;
  const { nodes, ways, streetPoints, squares, turns, buildings, landUses } = counts;
  const meta: SnapshotMeta = {
    cityId: scope.cityId,
    revision: scope.revision,
    key: scope.key,
    counts: { nodes, ways, streetPoints, squares, turns, buildings, facilities, points, places, landUses, jobPoints },
    groups,
    facilityKinds,
    levels: LEVELS,
  };
  return writeSections(SNAPSHOT_VERSION, meta, sections);
}
