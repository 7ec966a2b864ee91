/**
 * A city as the operators see it: the snapshot's arrays, the registries' columns, the timetable, and what is made of them once and
 * used by many (memo). Built by read-city-data.ts (node); everything here is pure, so operators run in a thread and in tests alike.
 */
import type { Network } from '../../engine/graph/network/network.ts';
import type { Snapshot } from '../../base/snapshot/model.ts';
import type { AttributeValue, PlaceLevel, TableContract } from '../../import/model.ts';
import type { CityClass, CityRank } from '../model.ts';
import type { TransitSchedule } from './transit-schedule.ts';

/** Rows of one contract table of all current batches, as columns. Rows of a repeated id, and those of an unknown unit without coordinates, were noted and left out (build-table.ts). */
export interface CityTable {
  readonly rowCount: number;
  /** By column name of the contract (docs/tables.md); rowCount values, null where empty. Absent: no file has the column. */
  readonly columns: Readonly<Record<string, readonly AttributeValue[]>>;
  /** Where each row is: the row's own geometry or coordinates, E7 lon, lat interleaved, centre of areas; 0x7fffffff where it has none. */
  readonly pointE7: Int32Array;
  /** By row: number of its place (community_id, unit_id, or by where it is), −1 where unknown. */
  readonly place: Int32Array;
  /** Import batches the rows came from. */
  readonly batches: readonly number[];
  /** Rows of an unknown unit without coordinates, which are not among the rows; absent where there are none. */
  readonly leftOut?: LeftOut;
}

export interface LeftOut {
  readonly rows: number;
  /** Names of their files. */
  readonly files: readonly string[];
  /** Columns that they have, each with how many of them fill it in. */
  readonly columns: ReadonlyMap<string, number>;
  /** Of department statistics: how many by what the column indicator_id says. */
  readonly indicators: ReadonlyMap<string, number>;
}

/** Which places hold each of some points: the finest unit of the tree, the H3 cell and the zone; −1 for none. */
export interface Membership {
  readonly leaf: Int32Array;
  readonly cell: Int32Array;
  readonly zone: Int32Array;
}

/** The places of the snapshot by number. `building` is not among them: homes are reported by the operators' details. */
export interface PlaceTree {
  readonly count: number;
  level(place: number): PlaceLevel;
  /** −1 for none. Parents have lower levels of detail: community → block → district → city. */
  readonly parent: Int32Array;
  /** 1 for 乡村及未建设地区: counted, never graded. */
  readonly outside: Uint8Array;
  /** Numbers of the places of a level, ascending. */
  ofLevel(level: PlaceLevel): Uint32Array;
  /** E7 lon, lat interleaved → who holds them. */
  locate(pointE7: Int32Array): Membership;
  /** Sums weights over the points of each place, the tree's from the leaves up, what lies outside too (values use sumInside of roll-up.ts). By place number; 0 where no point is. */
  sum(members: Membership, weights: ArrayLike<number>): Float64Array;
}

/** The coastline of the map (OSM: land on the left). Vertices of line l: ends[l − 1] … ends[l], E7 lon, lat interleaved. */
export interface CoastLines {
  readonly verticesE7: Int32Array;
  readonly ends: Uint32Array;
}

export interface CityData {
  readonly cityId: string;
  /** The year that is checked. */
  readonly period: number;
  readonly cityClass: CityClass;
  readonly cityRank: CityRank | undefined;
  readonly snapshot: Snapshot;
  readonly tree: PlaceTree;
  /** Absent where no file of the contract was imported. */
  table(contract: TableContract): CityTable | undefined;
  readonly transit: TransitSchedule | undefined;
  /** Absent where the city has no streets. */
  readonly network: Network | undefined;
  /** The sea's shore; absent where the map has none. */
  readonly coast?: CoastLines | undefined;
  /** Builds once under a key and keeps it for the run: travel graphs, links of all residents, land by rows. Keys begin with the file that owns them. */
  memo<T>(key: string, build: () => T): T;
}
