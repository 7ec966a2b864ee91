/**
 * The city as the base keeps it.
 *
 * Invariants:
 * - A *batch* is what one file, or one derivation, put into the base. Rows never change after their batch is ready.
 * - A *revision* is a set of batches: the city as readers see it. Importing, replacing and undoing only ever add a
 *   revision; switching to it is one row in one transaction, so that a reader sees the old city or the new one, and a
 *   process killed at any moment leaves at worst a staged batch that no revision names and the next start sweeps away.
 * - Exactly one batch of a revision is `derived`: the assembled places, facilities and population of its other batches.
 */
import type { Bilingual } from '../core/bilingual.ts';
import type { Note } from '../core/note.ts';
import type { Box, Geometry } from '../engine/spatial/geometry.ts';
import type { Attributes, FormatId, PlaceLevel } from '../import/model.ts';

export interface City {
  readonly cityId: string;
  readonly name: Bilingual;
  /** 0 while nothing has been imported. */
  readonly revision: number;
  readonly box: Box | undefined;
  readonly createdAt: Date;
}

export type BatchState = 'staging' | 'ready' | 'discarded';

/** One file's, or one derivation's, contribution to a city. */
export interface Batch {
  readonly cityId: string;
  readonly batchId: number;
  readonly kind: 'file' | 'derived';
  /** What a newer file replaces as a whole: the source's name without its date or edition. */
  readonly sourceKey: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly format: FormatId | 'derived';
  readonly crs: string | undefined;
  readonly crsGuessed: boolean;
  /** Rows kept, by what they are (`street`, `building`, `place/block` …). */
  readonly kept: Readonly<Record<string, number>>;
  /** Objects seen in the file, by the file's own kinds. */
  readonly seen: Readonly<Record<string, number>>;
  readonly notes: readonly Note[];
  readonly state: BatchState;
  readonly replaces: number | undefined;
  /** Derived batches: the file batches they were made from. */
  readonly inputs: readonly number[];
  readonly who: string;
  readonly programVersion: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | undefined;
}

export interface Revision {
  readonly cityId: string;
  readonly revision: number;
  readonly batches: readonly number[];
  readonly action: 'import' | 'undo' | 'derive';
  readonly who: string;
  readonly createdAt: Date;
}

/** A stored feature. `featureId` is its number within the batch; `sourceId` outlives re-imports. */
export interface Feature {
  readonly batchId: number;
  readonly featureId: number;
  readonly layer: string;
  readonly kind: string;
  readonly sourceId: string;
  readonly name: string | undefined;
  readonly nameEn: string | undefined;
  readonly attributes: Attributes;
  readonly geometry: Geometry;
}

export interface Place {
  readonly batchId: number;
  readonly placeId: string;
  readonly level: PlaceLevel;
  readonly parentId: string | undefined;
  readonly name: Bilingual;
  /** True where Chengmai cut the unit itself because no file gave one. */
  readonly derived: boolean;
  /** True for the one derived unit a parent has outside the built-up area (乡村及未建设地区): it closes the partition and is never graded. */
  readonly outsideBuiltUp: boolean;
  readonly population: number | undefined;
  readonly households: number | undefined;
  readonly areaM2: number;
  readonly attributes: Attributes;
  readonly geometry: Geometry;
}

export interface Facility {
  readonly batchId: number;
  readonly facilityId: string;
  readonly kind: string;
  readonly name: string | undefined;
  readonly capacity: number | undefined;
  readonly floorM2: number | undefined;
  readonly landM2: number | undefined;
  /** The records this facility was merged from, `batch:sourceId`. */
  readonly sources: readonly string[];
  readonly quality: 'registry' | 'proxy';
  readonly attributes: Attributes;
  /** Point, or the polygon of an open space or site. */
  readonly geometry: Geometry;
  /** MultiPoint of gates and entrances, where known. */
  readonly entrances: Geometry | undefined;
}
