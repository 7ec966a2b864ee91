import { describe, expect, it } from 'vitest';
import { BufferScanner } from '../../engine/spatial/scan-buffers.ts';
import { distanceM } from '../../engine/spatial/measure.ts';
import { isLand, landLattice, landRows, latticeUnder } from './land-rows.ts';
import { e7At, makeCity } from './make-city.ts';
import type { BoxM } from './make-city.ts';

const box = (...metres: BoxM): { box: BoxM } => ({ box: metres });

describe('land', () => {
  it('for building is what is settled, and public green; homes are homes', () => {
    expect(['residential', 'industrial', 'retail', 'school', 'park', 'square'].every((kind) => isLand('construction', kind))).toBe(true);
    expect(['farmland', 'forest', 'cemetery', 'golf_course', 'military', 'water', 'unheard_of'].some((kind) => isLand('construction', kind))).toBe(false);
    expect(['residential', 'industrial'].filter((kind) => isLand('residential', kind))).toEqual(['residential']);
  });

  it('is parted among the finest units that have it; water and what lies in no place are left out', () => {
    const city = makeCity({
      places: [
        { id: 'city', level: 'city', ...box(0, 0, 3000, 3000) }, { id: 'block', level: 'block', parent: 'city', ...box(0, 0, 2000, 3000) },
        { id: 'community', level: 'community', parent: 'block', ...box(0, 0, 1000, 3000) }, { id: 'zone', level: 'zone', ...box(500, 0, 2500, 3000) },
      ],
      landUse: [{ kind: 'residential', ...box(0, 1000, 4000, 1500) }, { kind: 'residential', ...box(0, 1200, 2500, 1400) }, { kind: 'residential', water: true, ...box(0, 2000, 1000, 2500) }],
    });
    const rows = landRows(city, 'residential');
    const areas = Object.fromEntries(Array.from(rows?.areaM2 ?? [], (m2, place) => [city.snapshot.text(city.snapshot.place.id[place]), m2 / 1e6]));
    // a band of 500 m: 1 km in each unit that no finer one has, 2 km in the zone; the fourth kilometre is nobody's. Rows are half a metre high: 0.1 %
    for (const [id, km2] of [['community', 0.5], ['block', 0.5], ['city', 0.5], ['zone', 1]] as const) expect(Math.abs(areas[id] / km2 - 1)).toBeLessThan(1e-3);
    expect(landRows(city, 'residential')).toBe(rows);
    expect(landRows(makeCity({}), 'residential')).toBeUndefined();
  });
});

describe('the lattice', () => {
  const city = makeCity({
    places: [{ id: 'city', level: 'city', ...box(0, 0, 3000, 3000) }, { id: 'a', level: 'community', parent: 'city', ...box(0, 0, 3000, 1500) }, { id: 'b', level: 'community', parent: 'city', ...box(0, 1500, 3000, 3000) }],
    // a square kilometre in a, a crumb of 10 × 10 m in b
    landUse: [{ kind: 'residential', ...box(1000, 250, 2000, 1250) }, { kind: 'residential', ...box(2000, 2000, 2010, 2010) }],
  });
  const lattice = landLattice(city, 'residential');
  if (lattice === undefined) throw new Error('there is land');

  it('has a point for 625 m², evenly: no square of 100 m is far from its 16; and one for a crumb', () => {
    const [a, b] = ['a', 'b'].map((id) => Array.from(city.snapshot.place.id).findIndex((text) => city.snapshot.text(text) === id));
    const inA = [...lattice.leaf].filter((place) => place === a).length;
    expect(Math.abs(inA / 1600 - 1)).toBeLessThan(0.01);
    expect([...lattice.leaf].filter((place) => place === b)).toHaveLength(1);
    const counts = Array.from({ length: 100 }, () => 0);
    const [west, south] = e7At([1000, 250]);
    const side = (e7At([2000, 250])[0] - west) / 10;
    lattice.leaf.forEach((place, p) => {
      if (place === a) counts[10 * Math.min(9, Math.floor((lattice.pointE7[2 * p + 1] - south) / side)) + Math.min(9, Math.floor((lattice.pointE7[2 * p] - west) / side))]++;
    });
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(12);
    expect(Math.max(...counts)).toBeLessThanOrEqual(20);
  });

  it('is told apart by a cover as distances tell it', () => {
    const rows = landRows(city, 'residential');
    if (rows === undefined) throw new Error('there is land');
    const spots = [e7At([1300, 600]), e7At([1800, 1300])];
    const buffers = new BufferScanner(rows.frame);
    for (const [x, y] of spots) buffers.addPoint(x, y, 350);
    const under = latticeUnder(lattice, buffers.unite());
    under.forEach((is, p) => {
      const metres = Math.min(...spots.map(([x, y]) => distanceM(x / 1e7, y / 1e7, lattice.pointE7[2 * p] / 1e7, lattice.pointE7[2 * p + 1] / 1e7)));
      if (Math.abs(metres - 350) > 0.05) expect(is).toBe(metres < 350 ? 1 : 0);
    });
    expect(under.some((is) => is === 1)).toBe(true);
    expect(under.some((is) => is === 0)).toBe(true);
  });
});
