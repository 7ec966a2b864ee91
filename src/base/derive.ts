/**
 * Imported rows → a city: where it reaches, who lives where, its units, its facilities.
 *
 * Reads the file batches of the coming revision and writes `place`, `facility` and `population_point` under one derived
 * batch, which nobody reads until the revision names it. The rules are pure and live in places/, facilities/ and
 * population/; derive/ holds the SQL around them. Every statement is short, because the embedded base has one connection.
 */
import type { Note } from '../core/note.ts';
import { NoteBook } from '../core/note.ts';
import { throwIfCancelled } from '../core/errors.ts';
import type { WorkContext } from '../core/progress.ts';
import type { Bilingual } from '../core/bilingual.ts';
import { boxOf } from '../engine/spatial/geometry.ts';
import type { Box } from '../engine/spatial/geometry.ts';
import type { Database } from './database.ts';
import { checkUnits, readFileNames } from './derive/check-units.ts';
import { deriveFacilities } from './derive/derive-facilities.ts';
import { derivePlaces } from './derive/derive-places.ts';
import { derivePopulation, readTargets } from './derive/derive-population.ts';
import { findExtent } from './derive/find-extent.ts';
import { readImportedPlaces } from './derive/imported-places.ts';
import { readPopulationSources } from './derive/population-sources.ts';
import { readStreetLines } from './derive/street-lines.ts';

export interface Derivation {
  /** Rows written, by what they are (`place/block`, `facility/park`, `population/total`). */
  readonly kept: Record<string, number>;
  readonly notes: Note[];
  /** The city's own box; undefined where no file says where it is. */
  readonly box: Box | undefined;
}

const STEPS: readonly Bilingual[] = [
  { zh: '读取街道', en: 'Reading streets' },
  { zh: '读取人口', en: 'Reading population' },
  { zh: '确定城市范围', en: 'Finding how far the city reaches' },
  { zh: '分配人口', en: 'Putting people where they live' },
  { zh: '划分空间单元', en: 'Cutting places' },
  { zh: '归并设施', en: 'Gathering facilities' },
];

/**
 * Derives a city into `derivedBatchId` from file batches.
 *
 * @throws ChengmaiError of kind `cancelled`, or `input` where the city is too large to be one
 */
export async function deriveCity(
  database: Database,
  { cityId, batches, derivedBatchId }: { cityId: string; batches: readonly number[]; derivedBatchId: number },
  context: WorkContext = {},
): Promise<Derivation> {
  const scope = { cityId, batches, derivedBatchId };
  const notes = new NoteBook();
  const begin = (step: number): void => {
    throwIfCancelled(context.signal);
    context.report?.({ stage: 'derive', text: STEPS[step], done: step, total: STEPS.length });
  };
  begin(0);
  const streets = await readStreetLines(database, scope);
  begin(1);
  const { sources, notes: sourceNotes } = await readPopulationSources(database, scope);
  begin(2);
  const brought = await readImportedPlaces(database, scope);
  const { extent, admin } = await findExtent(database, scope, brought, streets, sources, notes);
  const fileNames = await readFileNames(database, scope);
  const { imported, notes: unitNotes } = checkUnits(brought, {
    city: extent, otherIds: new Set([extent?.placeId ?? 'city', ...admin.map(({ sourceId }) => sourceId)]), fileName: (batch) => fileNames.get(batch) ?? `#${batch}`,
  });
  begin(3);
  const { targets, sourceIds } = sources.length === 0
    ? { targets: { lon: new Float64Array(0), lat: new Float64Array(0), weight: new Float64Array(0), buildingCount: 0 }, sourceIds: [] }
    : await readTargets(database, scope, streets);
  const population = await derivePopulation(database, scope, sources, targets, sourceIds, notes, context);
  begin(4);
  // Facilities are gathered while a thread cuts the places; a note book each keeps the notes in one order.
  const facilityNotes = new NoteBook();
  const gathering = deriveFacilities(database, scope, streets, facilityNotes, context);
  gathering.catch(() => undefined);
  const places = extent === undefined ? {} : await derivePlaces(database, scope, { extent, admin, imported, streets, points: population.points, sources }, notes, context)
    .catch(async (error: unknown) => {
      // nothing may still be writing when the import is given up
      await gathering.catch(() => undefined);
      throw error;
    });
  begin(5);
  const facilities = await gathering;
  return {
    kept: { ...places, ...facilities, ...population.kept },
    notes: [...sourceNotes, ...unitNotes, ...notes.list(), ...facilityNotes.list()],
    box: extent === undefined ? undefined : boxOf(extent.geometry),
  };
}
