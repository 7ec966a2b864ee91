/**
 * What a city counts within reach, as one buffer beside its network: persons where they live, jobs, doors of facilities.
 *
 * A facility's doors are its known entrances, or where none is known a point inside it: it is reached with its nearest door. The
 * same bytes go to a cache file, a thread and a browser.
 *
 * Memory: 8 bytes a point, 4 bytes a point and group, 4 bytes a job point, 8 bytes a door, 4 bytes a facility.
 */
import type { Note } from '../../../core/note.ts';
import { readSections, writeSections } from '../../../engine/spatial/section-buffer.ts';

export const OPPORTUNITIES_VERSION = 1;

export interface OpportunitiesMeta {
  /** The network they belong to: one key for both. */
  readonly key: string;
  /** What could not be used of the streets, counted. */
  readonly notes: readonly Note[];
  /** Population groups in the order of the rows of `persons`. */
  readonly groups: readonly string[];
  /** Kinds of facilities, which are sorted by kind: those of a kind are [start, end). */
  readonly facilityKinds: readonly { readonly kind: string; readonly start: number; readonly end: number }[];
}

export interface OpportunityArrays {
  readonly population: {
    /** Longitude and latitude by turns, 10⁻⁷ degrees. */
    readonly pointE7: Int32Array;
    /** Persons of group g at point p: persons[g · points + p]. */
    readonly persons: Float32Array;
  };
  readonly job: { readonly pointE7: Int32Array; readonly count: Float32Array };
  readonly facility: {
    /** Doors of facility f: doorEnds[f − 1] … doorEnds[f]. */
    readonly doorEnds: Uint32Array;
    readonly doorE7: Int32Array;
  };
}

export interface Opportunities extends OpportunityArrays {
  readonly meta: OpportunitiesMeta;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function writeOpportunities(meta: OpportunitiesMeta, { population, job, facility }: OpportunityArrays): Opportunities {
  return openOpportunities(
    writeSections(OPPORTUNITIES_VERSION, meta, {
      'population.pointE7': population.pointE7, 'population.persons': population.persons, 'job.pointE7': job.pointE7, 'job.count': job.count,
      'facility.doorEnds': facility.doorEnds, 'facility.doorE7': facility.doorE7,
    }),
  );
}

/**
 * Opens a buffer that {@link writeOpportunities} made; copies nothing.
 *
 * @throws RangeError on bytes of another kind, version or length
 */
export function openOpportunities(bytes: Uint8Array<ArrayBuffer>): Opportunities {
  const sections = readSections<OpportunitiesMeta>(OPPORTUNITIES_VERSION, bytes);
  return {
    meta: sections.meta, bytes,
    population: { pointE7: sections.get('population.pointE7', 'i32'), persons: sections.get('population.persons', 'f32') },
    job: { pointE7: sections.get('job.pointE7', 'i32'), count: sections.get('job.count', 'f32') },
    facility: { doorEnds: sections.get('facility.doorEnds', 'u32'), doorE7: sections.get('facility.doorE7', 'i32') },
  };
}
