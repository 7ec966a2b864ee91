/** A snapshot's persons, jobs and doors of facilities → the buffer that counts within reach are made from. */
import type { Note } from '../../core/note.ts';
import type { Snapshot } from '../snapshot/model.ts';
import type { Opportunities } from './reach/opportunities.ts';
import { writeOpportunities } from './reach/opportunities.ts';

const startOf = (ends: Uint32Array, i: number): number => (i === 0 ? 0 : ends[i - 1]);

/** By facility its entrances, each one part of its shape, or the point inside it. */
function listDoors({ facility }: Snapshot): Opportunities['facility'] {
  const { entrances: { verticesE7, partEnds, shapeEnds }, pointE7, id } = facility;
  const doorEnds = new Uint32Array(id.length);
  const doorE7 = new Int32Array(2 * (partEnds.length + id.length));
  let doors = 0;
  for (let f = 0; f < id.length; f++) {
    const [first, end] = [startOf(shapeEnds, f), shapeEnds[f]];
    for (let part = first; part < end; part++) {
      const vertex = startOf(partEnds, part);
      doorE7.set(verticesE7.subarray(2 * vertex, 2 * vertex + 2), 2 * doors++);
    }
    if (first === end) doorE7.set(pointE7.subarray(2 * f, 2 * f + 2), 2 * doors++);
    doorEnds[f] = doors;
  }
  return { doorEnds, doorE7: doorE7.slice(0, 2 * doors) };
}

/** `key` and `notes`: those of the network beside it. */
export function listOpportunities(snapshot: Snapshot, key: string, notes: readonly Note[] = []): Opportunities {
  const { population, job, meta } = snapshot;
  return writeOpportunities({ key, notes, groups: meta.groups, facilityKinds: meta.facilityKinds }, {
    population: { pointE7: population.pointE7, persons: population.persons }, job: { pointE7: job.pointE7, count: job.count }, facility: listDoors(snapshot),
  });
}
