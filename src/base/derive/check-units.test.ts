import { describe, expect, it } from 'vitest';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { buildPolygon } from '../../engine/spatial/geometry.ts';
import type { PlaceLevel } from '../../import/model.ts';
import { checkUnits } from './check-units.ts';
import type { ImportedPlace } from './imported-places.ts';

/** A box in thousandths of a degree from 114° E, 30° N: about 96 × 111 m each. */
const box = (west: number, south: number, east: number, north: number): Geometry =>
  buildPolygon([west, south, east, south, east, north, west, north].map((at, i) => (i % 2 === 0 ? 114 : 30) + at / 1000));

function unit(placeId: string, level: PlaceLevel, parentId: string | undefined, geometry: Geometry | undefined, row: number): ImportedPlace {
  return { batchId: 7, row, placeId, level, parentId, name: { zh: placeId, en: placeId }, population: undefined, households: undefined, attributes: {}, geometry };
}

const check = (imported: readonly ImportedPlace[], city: ImportedPlace | undefined = imported.find(({ level }) => level === 'city')) => {
  const result = checkUnits(imported, {
    city: city?.geometry === undefined ? undefined : { placeId: city.placeId, geometry: city.geometry }, otherIds: new Set([city?.placeId ?? 'city', 'relation/5']), fileName: (batch) => `units-${batch}.csv`,
  });
  const parents = Object.fromEntries(result.imported.map(({ placeId, parentId }) => [placeId, parentId]));
  return { ...result, parents, told: result.notes.map(({ level, code, count, examples }) => [level, code, count, examples[0]?.row, examples[0]?.field, examples[0]?.value]) };
};

const CITY = unit('C', 'city', '420000', box(0, 0, 40, 40), 2);

describe('units of files', () => {
  it('that are in order pass without a word', () => {
    const found = check([CITY, unit('D', 'district', 'C', box(0, 0, 40, 40), 3), unit('B', 'block', 'D', box(0, 0, 20, 40), 4), unit('a', 'community', 'B', box(0, 0, 10, 40), 5), unit('b', 'community', 'B', box(10, 0, 20, 40), 6), unit('z', 'zone', 'C', box(5, 5, 9, 9), 7), unit('m', 'community', 'relation/5', undefined, 8)]);
    expect(found.notes).toEqual([]);
    expect(found.parents).toEqual({ C: '420000', D: 'C', B: 'D', a: 'B', b: 'B', z: 'C', m: 'relation/5' });
  });

  it('lose a parent that is nowhere, goes round, or is no larger', () => {
    const found = check([
      CITY, unit('B', 'block', 'C', box(0, 0, 40, 40), 3), unit('a', 'community', 'B9', box(0, 0, 10, 40), 4), unit('b', 'community', 'b', box(10, 0, 20, 40), 5),
      unit('c', 'community', 'd', box(20, 0, 30, 40), 6), unit('d', 'community', 'c', box(30, 0, 40, 40), 7), unit('E', 'block', 'a', undefined, 8), unit('y', 'zone', 'z', undefined, 9), unit('z', 'zone', 'y', undefined, 10),
      unit('w', 'zone', 'c', undefined, 11),
    ]);
    expect(found.told).toEqual([
      ['warning', 'derive/unknown-parent', 1, 4, 'parent', 'a → B9'],
      ['warning', 'derive/circular-parent', 5, 5, 'parent', 'b → b'],
      ['warning', 'derive/parent-level', 1, 8, 'parent', 'E → a'],
    ]);
    expect(found.notes[0].examples[0].file).toBe('units-7.csv');
    expect(found.notes[0].text.en).toContain('correct or empty the column parent');
    expect(found.parents).toMatchObject({ B: 'C', a: undefined, b: undefined, c: undefined, d: undefined, E: undefined, y: undefined, z: undefined, w: 'c' });
  });

  it('of two cities: one stays, with what lies in it', () => {
    const other = unit('K', 'city', undefined, box(100, 0, 140, 40), 3);
    const found = check([
      CITY, other, unit('B', 'block', 'C', box(0, 0, 40, 40), 4), unit('L', 'block', 'K', box(100, 0, 140, 40), 5), unit('l', 'community', 'L', box(100, 0, 120, 40), 6), unit('o', 'community', 'L', undefined, 7),
      unit('i', 'community', 'K', box(10, 10, 20, 20), 8),
    ]);
    expect(found.told).toEqual([
      ['error', 'derive/second-city', 1, 3, 'scale', 'K'],
      ['warning', 'derive/unit-of-other-city', 3, 5, 'parent', 'L'],
      ['warning', 'derive/unknown-parent', 1, 8, 'parent', 'i → K'],
    ]);
    expect(found.parents).toEqual({ C: '420000', B: 'C', i: undefined });
    expect(check([CITY, other], other).imported.map(({ placeId }) => placeId)).toEqual(['K']);
  });

  it('that lie on each other are both named, with how much', () => {
    const found = check([CITY, unit('a', 'community', 'C', box(0, 0, 10, 10), 3), unit('b', 'community', 'C', box(8, 0, 18, 10), 4), unit('c', 'community', 'C', box(18, 0, 28, 10), 5), unit('B', 'block', 'C', box(0, 0, 40, 40), 6)]);
    expect(found.notes.map(({ code, count }) => [code, count])).toEqual([['derive/units-overlap:community', 1]]);
    // 2 by 10 thousandths: 193 × 1,109 m
    expect(found.notes[0].examples).toEqual([{ file: 'units-7.csv', row: 4, field: 'geom', value: 'a × b: 21.4 ha, 20 %' }]);
    expect(found.imported).toHaveLength(5);
  });
});
