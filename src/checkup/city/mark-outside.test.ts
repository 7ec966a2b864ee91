import { describe, expect, it } from 'vitest';
import { markOutside } from './built-up.ts';
import type { CityData } from './city-data.ts';
import { makeCity } from './make-city.ts';
import { sumInside } from './roll-up.ts';

const box = (west: number, east: number): [number, number, number, number] => [west, 0, east, 1000];
/** A town's block of two communities, homes and fields; a rural block of one village. All imported. */
const PLACES = [
  { id: 'city', level: 'city', box: box(0, 4000) },
  { id: 'town', level: 'block', parent: 'city', box: box(0, 2000) }, { id: 'country', level: 'block', parent: 'city', box: box(2000, 4000) },
  { id: 'homes', level: 'community', parent: 'town', box: box(0, 1000) }, { id: 'fields', level: 'community', parent: 'town', box: box(1000, 2000) },
  { id: 'village', level: 'community', parent: 'country', box: box(2000, 4000) },
] as const;
const land = (kind: string, west: number, east: number) => ({ kind, ring: [[west, 0], [east, 0], [east, 1000], [west, 1000]] as [number, number][] });
const outsideOf = (city: CityData): string[] => Array.from(city.tree.outside).flatMap((mark, place) => (mark === 1 ? [city.snapshot.text(city.snapshot.place.id[place])] : []));

describe('imported units outside the built-up area', () => {
  const city = makeCity({
    places: PLACES, landUse: [land('residential', 0, 1000), land('farmland', 1000, 2000), land('farmland', 2000, 3900), land('residential', 3900, 4000)],
    residents: [{ at: [500, 500], persons: 900 }, { at: [3950, 500], persons: 100 }],
  });

  it('are those of mostly fields, and what holds nothing else', () => {
    expect(outsideOf(city)).toEqual([]);
    expect(outsideOf(markOutside(city)).sort()).toEqual(['country', 'fields', 'village']);
  });

  it('have sums of their own that the city does not take', () => {
    const marked = markOutside(city);
    const sums = sumInside(marked, marked.tree.locate(marked.snapshot.population.pointE7), [900, 100]);
    const byId = Object.fromEntries(PLACES.map(({ id }) => [id, sums[Array.from(marked.snapshot.place.id, (text) => marked.snapshot.text(text)).indexOf(id)]]));
    expect(byId).toEqual({ city: 900, town: 900, homes: 900, fields: 0, country: 100, village: 100 });
  });

  it('take along what the base cut and what lies above it only', () => {
    const cut = makeCity({ places: PLACES.map((place) => ({ ...place, derived: true, outside: place.id === 'village' })) });
    expect(outsideOf(markOutside(cut)).sort()).toEqual(['country', 'village']);
  });

  it('are none where nothing tells, nor where nothing would be left', () => {
    expect(outsideOf(markOutside(makeCity({ places: PLACES })))).toEqual([]);
    expect(outsideOf(markOutside(makeCity({ places: PLACES, landUse: [land('farmland', 0, 4000)] })))).toEqual([]);
  });
});
