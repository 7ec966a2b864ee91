/** Four quarters of a square kilometre, one of them without communities: who holds a point, and how sums go up. */
import { describe, expect, it } from 'vitest';
import { containsPoint } from '../../engine/spatial/containment.ts';
import { distanceM } from '../../engine/spatial/measure.ts';
import { degreesAt, e7At, gridStreets, makeCity } from './make-city.ts';

const city = makeCity({
  places: [
    { id: 'city', level: 'city', box: [0, 0, 1000, 1000] },
    { id: 'west', level: 'district', parent: 'city', box: [0, 0, 500, 1000] },
    { id: 'east', level: 'district', parent: 'city', box: [500, 0, 1000, 1000] },
    { id: 'w1', level: 'community', parent: 'west', box: [0, 0, 500, 500] },
    { id: 'w2', level: 'community', parent: 'west', ring: [[0, 500], [500, 500], [500, 1000], [250, 700], [0, 1000]] },
    { id: 'park', level: 'zone', parent: 'city', box: [400, 400, 600, 600] },
    { id: 'cell', level: 'cell', parent: 'city', box: [0, 0, 300, 300] },
  ],
  residents: [{ at: [100, 100], persons: 1 }, { at: [450, 450], persons: 2 }, { at: [100, 650], persons: 4 }, { at: [250, 900], persons: 8 }, { at: [700, 550], persons: 16 }, { at: [5000, 0], persons: 32 }],
  streets: gridStreets([0, 0, 1000, 1000], 100),
});
const { tree, snapshot } = city;
const number = (id: string): number => Array.from(snapshot.place.id).findIndex((text) => snapshot.text(text) === id);
const members = tree.locate(snapshot.population.pointE7);
const idOf = (place: number): string | undefined => (place < 0 ? undefined : snapshot.text(snapshot.place.id[place]));

describe('who holds a point', () => {
  it('is the finest unit of the tree, and the cell and zone beside it', () => {
    expect(Array.from(members.leaf, idOf)).toEqual(['w1', 'w1', 'w2', 'west', 'east', undefined]);
    expect(Array.from(members.cell, idOf)).toEqual(['cell', undefined, undefined, undefined, undefined, undefined]);
    expect(Array.from(members.zone, idOf)).toEqual([undefined, 'park', undefined, undefined, undefined, undefined]);
    expect(tree.locate(snapshot.population.pointE7)).toBe(members);
  });

  it('sums go up the tree once, not through cells and zones', () => {
    const sums = tree.sum(members, snapshot.population.persons);
    expect(['w1', 'w2', 'west', 'east', 'city', 'park', 'cell'].map((id) => sums[number(id)])).toEqual([3, 4, 15, 16, 31, 2, 1]);
  });

  it('agrees with asking every place', () => {
    const spots = Array.from({ length: 400 }, (_, i) => e7At([((i * 37) % 400) * 2.5 + 1, ((i * 61) % 400) * 2.5 + 1]));
    const { leaf } = tree.locate(Int32Array.from(spots.flat()));
    const shapes = new Map([['w1', [[0, 0], [500, 0], [500, 500], [0, 500]]], ['w2', [[0, 500], [500, 500], [500, 1000], [250, 700], [0, 1000]]]] as const);
    const plain = spots.map(([x, y]) => {
      for (const [id, ring] of shapes) {
        const flat = Float64Array.from([...ring, ring[0]].flatMap((at) => e7At(at as [number, number])));
        if (containsPoint({ type: 'Polygon', coordinates: flat, partEnds: Uint32Array.of(flat.length / 2) }, x, y)) return id;
      }
      return x < e7At([500, 0])[0] ? 'west' : 'east';
    });
    expect(Array.from(leaf, idOf)).toEqual(plain);
    expect(new Set(plain)).toEqual(new Set(['w1', 'w2', 'west', 'east']));
  });
});

describe('a made-up city', () => {
  it('is as long as it says', () => {
    const [a, b] = [degreesAt([0, 0]), degreesAt([3000, 4000])];
    expect(distanceM(...a, ...b)).toBeCloseTo(5000, 2);
    expect(snapshot.place.areaM2[number('w1')]).toBeCloseTo(250_000, 0);
  });

  it('has streets that meet', () => {
    // 11 × 11 crossings and 2 · 11 · 10 streets between them
    expect(city.network?.meta.counts).toMatchObject({ vertices: 121, edges: 220 });
  });
});
