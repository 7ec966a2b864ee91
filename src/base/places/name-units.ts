/**
 * Readable names for derived units: a number, and the name that people know the spot by.
 *
 * The name is that of a place (quarter, suburb, village) inside the unit, else of the named street with the most metres in
 * it. Numbers run from north to south in bands and from west to east within a band, as one reads.
 */
import type { Bilingual } from '../../core/bilingual.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { pointInside } from '../../engine/spatial/containment.ts';

export interface NamedSpot {
  readonly name: string;
  readonly nameEn: string | undefined;
  readonly kind: string;
  readonly lon: number;
  readonly lat: number;
}

export interface NamedLine {
  readonly name: string;
  readonly nameEn: string | undefined;
  readonly lengthM: number;
  /** A point of the line, near its middle. */
  readonly lon: number;
  readonly lat: number;
}

/** What place a name stands for, the most fitting for a unit first. */
const SPOT_RANK = ['quarter', 'suburb', 'neighbourhood', 'city_block', 'borough', 'village', 'town', 'hamlet', 'locality', 'isolated_dwelling', 'square', 'island'];

const BANDS = 12;

/** Number (from 1) of each unit in reading order. */
export function numberUnits(units: readonly Geometry[]): number[] {
  const points = units.map(pointInside);
  const lats = points.map(([, lat]) => lat);
  const south = Math.min(...lats);
  const height = (Math.max(...lats) - south || 1) / BANDS;
  const band = (lat: number): number => Math.min(BANDS - 1, Math.floor((lat - south) / height));
  const order = units.map((_, i) => i).sort((a, b) => band(points[b][1]) - band(points[a][1]) || points[a][0] - points[b][0] || a - b);
  const numbers: number[] = [];
  order.forEach((unit, i) => (numbers[unit] = i + 1));
  return numbers;
}

/** The best-known name in each of `count` units, where there is any; `unitAt` is -1 outside all of them. */
export function findUnitNames(count: number, unitAt: (lon: number, lat: number) => number, spots: readonly NamedSpot[], lines: readonly NamedLine[]): ({ name: string; nameEn: string | undefined } | undefined)[] {
  const best: ({ name: string; nameEn: string | undefined; rank: number } | undefined)[] = Array.from({ length: count });
  for (const spot of spots) {
    const rank = SPOT_RANK.indexOf(spot.kind);
    const unit = rank < 0 ? -1 : unitAt(spot.lon, spot.lat);
    const known = best[unit];
    if (unit < 0 || (known !== undefined && known.rank <= rank)) continue;
    best[unit] = { name: spot.name, nameEn: spot.nameEn, rank };
  }
  const metres = best.map(() => new Map<string, { sum: number; nameEn: string | undefined }>());
  for (const line of lines) {
    const unit = unitAt(line.lon, line.lat);
    if (unit < 0 || best[unit] !== undefined) continue;
    const entry = metres[unit].get(line.name);
    if (entry === undefined) metres[unit].set(line.name, { sum: line.lengthM, nameEn: line.nameEn });
    else entry.sum += line.lengthM;
  }
  return best.map((_, i) => {
    if (best[i] !== undefined) return best[i];
    let longest: { name: string; nameEn: string | undefined; sum: number } | undefined;
    for (const [name, { sum, nameEn }] of metres[i]) if (longest === undefined || sum > longest.sum) longest = { name, nameEn, sum };
    return longest;
  });
}

/** `南湖街区 3` / `Block 3 · Nanhu`; without a known name just the number. */
export function composeName(title: Bilingual, number: number, spot: { name: string; nameEn: string | undefined } | undefined): Bilingual {
  if (spot === undefined) return { zh: `${title.zh} ${number}`, en: `${title.en} ${number}` };
  const zh = /\p{Script=Han}/u.test(spot.name) ? `${spot.name}${title.zh} ${number}` : `${title.zh} ${number} · ${spot.name}`;
  return { zh, en: `${title.en} ${number} · ${spot.nameEn ?? spot.name}` };
}
