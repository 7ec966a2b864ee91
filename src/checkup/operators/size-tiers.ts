/** Service radii by size that standards state, as parameters of the operators of coverage (`tiers`). */
import type { Tier } from './reach-params.ts';

/**
 * Parks, GB/T 51346-2019 4.4.7: 0.2–1 ha 300 m (in historic areas from 0.1 ha), 1–5 ha 500 m, 5–10 ha 800 to 1,000 m (the strict end is taken). Of
 * 10 ha and more no radius is printed: 1,000 m, which the operators note. A city that takes the lenient end, or counts from 0.1 ha, has its own tiers.
 */
export const PARK_TIERS: readonly Tier[] = [
  { fromM2: 2000, toM2: 10_000, radiusM: 300 },
  { fromM2: 10_000, toM2: 50_000, radiusM: 500 },
  { fromM2: 50_000, toM2: 100_000, radiusM: 800 },
  { fromM2: 100_000, radiusM: 1000 },
];

/**
 * Football pitches, 城市体检工作手册（试行）2025 indicator 33: three-a-side 300 m, five-a-side 500 m, seven- and eleven-a-side 1,000 m.
 * Maps and registries give an area, not the number of players: below 400 m² three a side (a futsal court has at least 25 × 16 m), below 1,500 m² five
 * (at most 42 × 25 m, with its margins), else seven or more (from 50 × 30 m). The areas are ours, the radii the manual's.
 */
export const FOOTBALL_TIERS: readonly Tier[] = [
  { fromM2: 0, toM2: 400, radiusM: 300 },
  { fromM2: 400, toM2: 1500, radiusM: 500 },
  { fromM2: 1500, radiusM: 1000 },
];
