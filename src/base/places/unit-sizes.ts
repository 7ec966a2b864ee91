/**
 * How large derived units are to be.
 *
 * Blocks (街区): at least 2 km², preferably 2–5 km². Communities (小区): 5,000–12,000 persons. Both from 住建部《城市体检
 * 工作手册（试行）》2025, which also says that small ones are joined and large ones split along roads, green and water. Where
 * nobody knows how many live where, communities have 15–40 ha: the land of a five-minute circle (8–18 ha, GB 50180-2018)
 * and its streets and green. Below `scrap` (a choice of ours) a unit joins a neighbour even where the two exceed the most.
 */
import type { MergeTarget } from './merge-regions.ts';

/** m² of land. */
export const BLOCK_AREA: MergeTarget = { min: 2e6, max: 5e6, scrap: 1.5e6 };
/** Persons. */
export const COMMUNITY_PERSONS: MergeTarget = { min: 5000, max: 12_000, scrap: 1000 };
/** m² of land. */
export const COMMUNITY_AREA: MergeTarget = { min: 150_000, max: 400_000, scrap: 75_000 };
