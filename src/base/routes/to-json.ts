/** The base's values as the HTTP interface shows them. */
import type { Note } from '../../core/note.ts';
import type { Box } from '../../engine/spatial/geometry.ts';
import type { BatchJson, CityJson, FacilityJson, NoteJson, PlaceJson, RevisionJson, SourceJson } from '../api.ts';
import type { FacilityAt } from '../browse/facilities.ts';
import type { PlaceHead } from '../browse/places.ts';
import type { Batch, City, Revision } from '../model.ts';

type MutableBox = [number, number, number, number];

export function boxJson(box: Box): MutableBox {
  return [...box];
}

export function cityJson(city: City): CityJson {
  return {
    cityId: city.cityId,
    name: city.name,
    revision: city.revision,
    box: city.box === undefined ? null : boxJson(city.box),
    createdAt: city.createdAt.toISOString(),
  };
}

export function noteJson(note: Note): NoteJson {
  return { ...note, examples: [...note.examples] };
}

export function batchJson(batch: Batch, current: ReadonlySet<number>): BatchJson {
  return {
    batchId: batch.batchId,
    kind: batch.kind,
    state: batch.state,
    current: current.has(batch.batchId),
    sourceKey: batch.sourceKey,
    fileName: batch.fileName,
    sha256: batch.sha256,
    sizeBytes: batch.sizeBytes,
    format: batch.format,
    crs: batch.crs ?? null,
    crsGuessed: batch.crsGuessed,
    kept: batch.kept,
    seen: batch.seen,
    notes: batch.notes.map(noteJson),
    replaces: batch.replaces ?? null,
    inputs: [...batch.inputs],
    who: batch.who,
    programVersion: batch.programVersion,
    startedAt: batch.startedAt.toISOString(),
    finishedAt: batch.finishedAt?.toISOString() ?? null,
  };
}

export function sourceJson(batch: Batch): SourceJson {
  return {
    batchId: batch.batchId,
    kind: batch.kind,
    fileName: batch.fileName,
    sha256: batch.sha256,
    format: batch.format,
    importedAt: (batch.finishedAt ?? batch.startedAt).toISOString(),
    who: batch.who,
  };
}

export function revisionJson(revision: Revision): RevisionJson {
  return {
    revision: revision.revision,
    batches: [...revision.batches],
    action: revision.action,
    who: revision.who,
    createdAt: revision.createdAt.toISOString(),
  };
}

export function placeJson(place: Omit<PlaceHead, 'box'>, box: Box | undefined): PlaceJson {
  return {
    placeId: place.placeId,
    level: place.level,
    parentId: place.parentId ?? null,
    name: place.name,
    derived: place.derived,
    outsideBuiltUp: place.outsideBuiltUp,
    population: place.population ?? null,
    households: place.households ?? null,
    areaM2: place.areaM2,
    box: box === undefined ? null : boxJson(box),
  };
}

export function facilityJson(facility: FacilityAt): FacilityJson {
  return {
    facilityId: facility.facilityId,
    kind: facility.kind,
    name: facility.name ?? null,
    capacity: facility.capacity ?? null,
    floorM2: facility.floorM2 ?? null,
    landM2: facility.landM2 ?? null,
    quality: facility.quality,
    point: facility.point,
  };
}
