/**
 * The deficits planted in the sample city, by place of the old plan (column from the west, row from the south; see
 * MAP in plan.ts). What each must lead to is told in README.md; `check-deficits.ts` proves that they are really there.
 */
export type Deficit =
  | 'no-kindergarten'
  | 'no-elderly-care'
  | 'no-middle-school'
  | 'no-services'
  | 'no-park'
  | 'no-fire-station'
  | 'few-shelters'
  | 'corroded-risers'
  | 'low-occupancy'
  | 'ponding';

export interface PlantedDeficit {
  readonly id: string;
  readonly deficit: Deficit;
  /** [column, row] of the cells concerned. */
  readonly cells: readonly (readonly [number, number])[];
}

/** All cells of a rectangle of the map, corners included. */
function rectangle(west: number, south: number, east: number, north: number): [number, number][] {
  const cells: [number, number][] = [];
  for (let row = south; row <= north; row++) for (let column = west; column <= east; column++) cells.push([column, row]);
  return cells;
}

export const PLANTED: readonly PlantedDeficit[] = [
  { id: 'D01', deficit: 'no-kindergarten', cells: [[2, 4]] },
  { id: 'D02', deficit: 'no-middle-school', cells: rectangle(6, 0, 8, 5) },
  { id: 'D03', deficit: 'no-services', cells: [[8, 2], [7, 1], [8, 1], [7, 0], [8, 0]] },
  { id: 'D04', deficit: 'no-elderly-care', cells: [[1, 3], [2, 3], [3, 2], [4, 1], [6, 3]] },
  { id: 'D05', deficit: 'corroded-risers', cells: [[2, 3]] },
  { id: 'D06', deficit: 'no-fire-station', cells: rectangle(6, 0, 8, 2) },
  { id: 'D07', deficit: 'no-park', cells: rectangle(0, 0, 2, 2) },
  { id: 'D08', deficit: 'few-shelters', cells: rectangle(0, 0, 2, 5) },
  { id: 'D09', deficit: 'low-occupancy', cells: [[8, 5], [8, 4], [7, 5]] },
  { id: 'D10', deficit: 'ponding', cells: [[3, 0], [3, 5], [1, 1]] },
];

/** Persons of the estate without a kindergarten, whatever the size of the city. */
export const KINDERGARTEN_ESTATE_PERSONS = 9200;

/** Columns of lattice lines (from the old plan's west edge) whose crossing of the river was left unbuilt. */
export const UNBRIDGED_COLUMNS = [0, 1, 2] as const;

export function listDeficits(column: number, row: number): Deficit[] {
  return PLANTED.filter((planted) => planted.cells.some(([c, r]) => c === column && r === row)).map((planted) => planted.deficit);
}
