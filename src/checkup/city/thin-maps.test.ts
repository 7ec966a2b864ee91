import { describe, expect, it } from 'vitest';
import { NoteBook } from '../../core/note.ts';
import type { At } from './make-city.ts';
import { makeCity } from './make-city.ts';
import { leaveOutThinMaps } from './thin-maps.ts';

const square = (side: number): At[] => [[0, 0], [side, 0], [side, side], [0, side]];
/** A kilometre square with so many residents, a square of land use and, if asked, a square house (sides in metres). */
const town = (persons: number, kind: string, side: number, house?: number) =>
  makeCity({
    places: [{ id: '1', level: 'city', ring: square(1000) }],
    residents: persons > 0 ? [{ at: [50, 50], persons }] : [],
    landUse: [{ kind, ring: square(side) }],
    ...(house !== undefined && { buildings: [{ ring: square(house), kind: 'apartments', residential: true, storeys: 6 }] }),
  }).snapshot;

describe('maps that are too thin', () => {
  it('are land use with less than 10 m² a resident', () => {
    const notes = new NoteBook();
    // 10,000 m²: 11.1 and 9.1 m² for each
    expect(leaveOutThinMaps(town(900, 'residential', 100), notes).landUse.kind).toHaveLength(1);
    expect(notes.list()).toEqual([]);
    expect(leaveOutThinMaps(town(1100, 'residential', 100), notes).landUse.kind).toHaveLength(0);
    expect(notes.list().map(({ code, level }) => [code, level])).toEqual([['checkup/land-use-too-thin', 'warning']]);
  });

  it('are fields without a town, whatever their size', () => {
    expect(leaveOutThinMaps(town(900, 'farmland', 900), new NoteBook()).landUse.kind).toHaveLength(0);
  });

  it('are buildings with less than half a square metre of footprint a resident', () => {
    const notes = new NoteBook();
    // 462 and 437 m²: 0.51 and 0.49 m² for each
    expect(leaveOutThinMaps(town(900, 'residential', 100, 21.5), notes).building.footprintM2).toHaveLength(1);
    expect(leaveOutThinMaps(town(900, 'residential', 100, 20.9), notes).building.footprintM2).toHaveLength(0);
    expect(notes.list().map(({ code }) => code)).toEqual(['checkup/buildings-too-thin']);
  });

  it('are jobs for fewer than one resident in seven', () => {
    const notes = new NoteBook();
    const place = { id: '1', level: 'city' as const, ring: square(1000) };
    const withJobs = (count: number) => makeCity({ places: [place], residents: [{ at: [50, 50], persons: 700 }], jobs: [{ at: [60, 60], count }] }).snapshot;
    expect(leaveOutThinMaps(withJobs(101), notes).job.count).toHaveLength(1);
    expect(notes.list()).toEqual([]);
    expect(leaveOutThinMaps(withJobs(99), notes).job.count).toHaveLength(0);
    expect(notes.list().map(({ code }) => code)).toEqual(['checkup/jobs-too-thin']);
  });

  it('cannot be told without residents', () => {
    const snapshot = town(0, 'farmland', 10);
    expect(leaveOutThinMaps(snapshot, new NoteBook())).toBe(snapshot);
  });
});
