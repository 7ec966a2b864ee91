/** What of a city goes into a snapshot, and where its arrays are gathered. */
import type { SectionArray } from '../../engine/spatial/section-buffer.ts';

/** Arrays by name, as docs/snapshot.md lists them. */
export type Sections = Record<string, SectionArray>;

export interface SnapshotScope {
  readonly cityId: string;
  readonly revision: number;
  readonly fileBatches: readonly number[];
  readonly derivedBatch: number | undefined;
  readonly key: string;
}

/** The files' rows of a revision. */
export interface LayerScope {
  readonly cityId: string;
  readonly batches: readonly number[];
}
