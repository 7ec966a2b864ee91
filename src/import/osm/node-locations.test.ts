import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import { NO_COORDINATE } from './block-columns.ts';
import { NodeLocations } from './node-locations.ts';

/** Fills the structure and a Map, its plain twin, with the same nodes. */
function fill(ids: readonly number[], chunk: number): { locations: NodeLocations; twin: Map<number, [number, number]> } {
  const locations = new NodeLocations();
  const twin = new Map<number, [number, number]>();
  for (let start = 0; start < ids.length; start += chunk) {
    const part = ids.slice(start, start + chunk);
    const lon = Int32Array.from(part, (_, i) => start + i);
    const lat = Int32Array.from(part, (_, i) => -(start + i));
    part.forEach((id, i) => twin.set(id, [lon[i], lat[i]]));
    locations.append(Float64Array.from(part), lon, lat);
  }
  locations.seal();
  return { locations, twin };
}

const random = new Random(4);
const ascending = Array.from({ length: 5000 }, (_, i) => i * 3 + (i % 2));
const runs = Array.from({ length: 40 }, () => random.integer(0, 2 ** 31) * 5).flatMap((start) => Array.from({ length: 100 }, (_, i) => start + i));
const cases: Record<string, number[]> = {
  'sorted ids': ascending,
  'one id': [42],
  'unsorted ids': ascending.toSorted((a, b) => ((a * 7919) % 1000) - ((b * 7919) % 1000)),
  'ids in far runs, unsorted, some twice': runs,
  'negative and huge ids': [-(2 ** 53) + 1, -5, -1, 0, 1, 2 ** 32, 2 ** 53 - 1],
  'all ids alike': [7, 7, 7, 7],
};

describe.each(Object.keys(cases))('%s', (name) => {
  it('finds every node where a Map would, and no other', () => {
    const { locations, twin } = fill(cases[name], 64);
    for (const [id, [lon, lat]] of [...twin].concat([...twin].toReversed())) {
      const at = locations.find(id);
      expect(at).toBeGreaterThanOrEqual(0);
      expect([locations.lonE7(at), locations.latE7(at)]).toEqual([lon, lat]);
      for (const near of [id - 1, id + 1, id + 0.5]) if (!twin.has(near)) expect(locations.find(near)).toBe(-1);
    }
    for (const far of [-(2 ** 60), 2 ** 60, Number.NaN]) expect(locations.find(far)).toBe(-1);
  });
});

describe('nodes without a usable place', () => {
  it('finds nothing in an empty file', () => {
    expect(fill([], 1).locations.find(1)).toBe(-1);
  });

  it('does not find nodes whose coordinates are unusable', () => {
    const locations = new NodeLocations();
    locations.append(Float64Array.of(1, 2, 3), Int32Array.of(5, NO_COORDINATE, 5), Int32Array.of(5, 5, NO_COORDINATE));
    locations.seal();
    expect([1, 2, 3].map((id) => locations.find(id))).toEqual([0, -1, -1]);
  });
});
