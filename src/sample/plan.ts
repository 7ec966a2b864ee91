/**
 * The plan of the city: which zone each cell of the lattice is, which main streets bound it, to which community,
 * sub-district and district it belongs, and how many persons live there. Everything else is drawn from this.
 *
 * The old plan (MAP) is the whole of a city of 300,000 persons; larger cities grow around it by RING_BLOCKS. A block of
 * 3 × 3 cells is a sub-district (街道, 4.4 km², some 50,000 persons), a cell a community (社区).
 */
import type { Bilingual } from '../core/bilingual.ts';
import { ChengmaiError } from '../core/errors.ts';
import { Random } from '../core/random.ts';
import { choosePlan, fillProgramme } from './cell-plans.ts';
import type { Deficit } from './deficits.ts';
import { KINDERGARTEN_ESTATE_PERSONS, listDeficits } from './deficits.ts';
import { Ground, SPACING_M } from './ground.ts';
import { buildCommunityName, buildDistrictName, buildRoadName, buildSubdistrictName } from './names.ts';
import type { Zone } from './zones.ts';
import { ZONE_LETTERS, ZONES } from './zones.ts';

/** North at the top. The river runs between the third and the fourth row from the south, the railway north of all. */
export const MAP = [
  'IIFEFSNNN', //
  'IEEHCFNNN',
  'VEEHHCENP',
  'NNNECFVEI',
  'NNNFEFEII',
  'UNNVFPFII',
] as const;
const MAP_COLUMNS = 9;
const MAP_ROWS = 6;
const RIVER_ROW = 3;
const RAIL_ROW = 6;
const EXPRESS_COLUMN = 6;
const BLOCK = 3;
const PERSONS_PER_CELL = 300_000 / (MAP_COLUMNS * MAP_ROWS);

/** What grows around the old plan: near the centre first, the outskirts last. */
const RING_BLOCKS: readonly (readonly [string, string, string])[] = [
  ['EFE', 'FCE', 'EFF'],
  ['NFN', 'NCN', 'NPN'],
  ['FEN', 'VEN', 'FNP'],
  ['NNN', 'ENP', 'UNF'],
  ['NNV', 'NCN', 'NPN'],
  ['NNN', 'VNN', 'NNP'],
];
/** One block in seven beyond the old plan is works. */
const WORKS_BLOCK = ['III', 'INI', 'IVN'] as const;

export type LineKind = 'edge' | 'single' | 'dual' | 'express' | 'rail' | 'river';

/** A line of the lattice: a main street, or a corridor with a street on either side. */
export interface Line {
  readonly kind: LineKind;
  /** Half the corridor in lattice units; 0 for a single street. */
  readonly gap: number;
  readonly lanes: 1 | 2;
  readonly name: Bilingual;
}

const GAPS_M: Readonly<Record<LineKind, number>> = { edge: 0, single: 0, dual: 11, express: 25, rail: 27, river: 150 };

export interface Cell {
  readonly column: number;
  readonly row: number;
  /** Number of the cell's south-west corner, which numbers its streets too. */
  readonly position: number;
  readonly zone: Zone;
  readonly block: Block;
  readonly unitId: string;
  readonly name: Bilingual;
  readonly stem: string;
  readonly seed: number;
  readonly deficits: ReadonlySet<Deficit>;
  /** Rows of lots, north first, already turned; `*` filled in. */
  readonly lots: readonly string[];
  persons: number;
}

export interface Block {
  readonly unitId: string;
  readonly name: Bilingual;
  readonly district: District;
  readonly rural: boolean;
  readonly cells: Cell[];
}

export interface District {
  readonly unitId: string;
  readonly name: Bilingual;
  readonly blocks: Block[];
}

export interface CityPlan {
  readonly persons: number;
  readonly seed: number;
  readonly columns: number;
  readonly rows: number;
  /** Lattice column and row of the old plan's south-west corner. */
  readonly mapColumn: number;
  readonly mapRow: number;
  readonly riverRow: number;
  readonly railRow: number;
  readonly ground: Ground;
  /** columns + 1 lines from west to east, rows + 1 from south to north. */
  readonly vertical: readonly Line[];
  readonly horizontal: readonly Line[];
  /** Row by row from the south. */
  readonly cells: readonly Cell[];
  readonly districts: readonly District[];
}

export const CITY_UNIT = '990100';
export const MIN_PERSONS = 200_000;
export const MAX_PERSONS = 20_000_000;

/** Builds the plan of a city of about `persons` persons; the sum over its cells is exactly `persons`. */
export function buildPlan(persons: number, seed: number): CityPlan {
  if (!Number.isInteger(persons) || persons < MIN_PERSONS || persons > MAX_PERSONS) {
    throw new ChengmaiError('input', 'sample/persons', {
      zh: `人口数 ${persons} 不可用；请给出 ${MIN_PERSONS} 到 ${MAX_PERSONS} 之间的整数。`,
      en: `${persons} persons cannot be planned; give a whole number from ${MIN_PERSONS} to ${MAX_PERSONS}.`,
    });
  }
  const cells = persons / PERSONS_PER_CELL;
  const blockRows = Math.max(2, Math.round(Math.sqrt(cells / 9 / 1.25) / 2) * 2);
  const blockColumns = Math.max(3, Math.round(cells / 9 / blockRows));
  const columns = blockColumns * BLOCK + 2;
  const rows = blockRows * BLOCK + 2;
  const mapColumn = 1 + Math.floor((blockColumns - 3) / 2) * BLOCK;
  const mapRow = 1 + Math.floor((blockRows - 2) / 2) * BLOCK;
  const frame: Frame = { columns, rows, mapColumn, mapRow, blockColumns, blockRows, seed };
  const plan: CityPlan = {
    persons,
    seed,
    columns,
    rows,
    mapColumn,
    mapRow,
    riverRow: mapRow + RIVER_ROW,
    railRow: mapRow + RAIL_ROW,
    ground: new Ground(columns, rows, mapRow + RIVER_ROW, seed),
    vertical: listLines(columns, (i) => kindOfVertical(i, frame), 'vertical', mapColumn),
    horizontal: listLines(rows, (j) => kindOfHorizontal(j, frame), 'horizontal', mapRow),
    ...buildUnits(frame),
  };
  settle(plan, persons);
  return plan;
}

interface Frame {
  readonly columns: number;
  readonly rows: number;
  readonly mapColumn: number;
  readonly mapRow: number;
  readonly blockColumns: number;
  readonly blockRows: number;
  readonly seed: number;
}

function listLines(count: number, kindOf: (index: number) => LineKind, direction: 'vertical' | 'horizontal', first: number): Line[] {
  return Array.from({ length: count + 1 }, (_, index) => {
    const kind = kindOf(index);
    const name = kind === 'river' ? { zh: '滨江路', en: 'Binjiang Road' } : buildRoadName(direction, index - first);
    return { kind, gap: GAPS_M[kind] / SPACING_M, lanes: kind === 'edge' || kind === 'single' ? 1 : 2, name };
  });
}

function kindOfVertical(i: number, frame: Frame): LineKind {
  if (i === 0 || i === frame.columns) return 'edge';
  const fromMap = i - frame.mapColumn;
  if (mod(fromMap - EXPRESS_COLUMN, 12) === 0) return 'express';
  return mod(fromMap, BLOCK) === 0 ? 'dual' : 'single';
}

function kindOfHorizontal(j: number, frame: Frame): LineKind {
  if (j === 0 || j === frame.rows) return 'edge';
  const fromMap = j - frame.mapRow;
  if (fromMap === RIVER_ROW) return 'river';
  if (fromMap === RAIL_ROW) return 'rail';
  return mod(fromMap, BLOCK) === 0 ? 'dual' : 'single';
}

/** Bridges are few: three in the old plan, beyond it one every six lines. */
export function hasBridge(plan: CityPlan, i: number): boolean {
  const fromMap = i - plan.mapColumn;
  if (plan.vertical[i].kind === 'edge' || fromMap === 0) return false;
  return fromMap === 3 || fromMap === MAP_COLUMNS || mod(fromMap, 6) === 0;
}

export function mod(a: number, b: number): number {
  return ((a % b) + b) % b;
}

function isRural(column: number, row: number, frame: Frame): boolean {
  return column === 0 || row === 0 || column === frame.columns - 1 || row === frame.rows - 1;
}

function findZone(column: number, row: number, frame: Frame): Zone {
  if (isRural(column, row, frame)) return 'rural';
  const x = column - frame.mapColumn;
  const y = row - frame.mapRow;
  if (x >= 0 && x < MAP_COLUMNS && y >= 0 && y < MAP_ROWS) return ZONE_LETTERS[MAP[MAP_ROWS - 1 - y][x]];
  const blockX = Math.floor(x / BLOCK);
  const blockY = Math.floor(y / BLOCK);
  const random = new Random(frame.seed * 7919 + blockX * 104729 + blockY * 1299709);
  const local = (block: readonly string[]): Zone => ZONE_LETTERS[block[2 - mod(y, BLOCK)][mod(x, BLOCK)]];
  if (random.chance(1 / 7)) return local(WORKS_BLOCK);
  const reach = Math.max(Math.abs(blockX - 1) / frame.blockColumns, Math.abs(blockY - 0.5) / frame.blockRows) * 2;
  const at = Math.min(RING_BLOCKS.length - 1, Math.max(0, Math.floor((reach + random.between(-0.25, 0.25)) * RING_BLOCKS.length)));
  return local(RING_BLOCKS[at]);
}

/** Districts are rectangles of blocks; the fringe belongs to the nearest district and forms its towns (镇). */
function buildUnits(frame: Frame): { cells: Cell[]; districts: District[] } {
  const acrossX = frame.blockColumns <= 8 ? 3 : 4;
  const acrossY = frame.blockRows <= 3 ? 1 : frame.blockRows <= 8 ? 2 : 3;
  const districts: District[] = Array.from({ length: acrossX * acrossY }, (_, n) => ({
    unitId: `${CITY_UNIT.slice(0, 4)}${String(n + 1).padStart(2, '0')}`,
    name: buildDistrictName(n),
    blocks: [],
  }));
  const blocks = new Map<string, Block>();
  let blockCount = 0;
  const blockOf = (column: number, row: number): Block => {
    const blockX = clamp(Math.floor((column - 1) / BLOCK), frame.blockColumns);
    const blockY = clamp(Math.floor((row - 1) / BLOCK), frame.blockRows);
    const districtIndex = Math.floor((blockY * acrossY) / frame.blockRows) * acrossX + Math.floor((blockX * acrossX) / frame.blockColumns);
    const rural = isRural(column, row, frame);
    // a town for each side of the fringe that a district reaches, so that every unit is one piece
    const key = rural ? `town ${districtIndex} ${ruralSide(column, row, frame)}` : `${blockX} ${blockY}`;
    const known = blocks.get(key);
    if (known !== undefined) return known;
    const district = districts[districtIndex];
    const unitId = `${district.unitId}${String(district.blocks.length + 1).padStart(3, '0')}`;
    const block: Block = { unitId, name: buildSubdistrictName(blockCount++, rural), district, rural, cells: [] };
    blocks.set(key, block);
    district.blocks.push(block);
    return block;
  };
  const cells: Cell[] = [];
  for (let row = 0; row < frame.rows; row++) {
    for (let column = 0; column < frame.columns; column++) cells.push(addCell(column, row, blockOf(column, row), cells.length, frame));
  }
  for (const block of blocks.values()) fillProgramme(block.cells, frame);
  return { cells, districts };
}

function clamp(value: number, count: number): number {
  return Math.min(count - 1, Math.max(0, value));
}

/** West and east sides take the corners. */
function ruralSide(column: number, row: number, frame: Frame): string {
  if (column === 0) return 'west';
  if (column === frame.columns - 1) return 'east';
  return row === 0 ? 'south' : 'north';
}

function addCell(column: number, row: number, block: Block, index: number, frame: Frame): Cell {
  const zone = findZone(column, row, frame);
  const seed = (Math.imul(frame.seed + 1, 0x9e3779b1) ^ Math.imul(column + 1, 0x85ebca6b) ^ Math.imul(row + 1, 0xc2b2ae35)) >>> 0;
  const deficits = new Set(listDeficits(column - frame.mapColumn, row - frame.mapRow));
  const name = buildCommunityName(index, zone === 'rural');
  const cell: Cell = {
    column,
    row,
    position: row * (frame.columns + 1) + column,
    zone,
    block,
    unitId: `${block.unitId}${String(block.cells.length + 1).padStart(3, '0')}`,
    name,
    stem: name.zh.replace(/社区$|村$/, ''),
    seed,
    deficits,
    lots: choosePlan(zone, column - frame.mapColumn, row - frame.mapRow, new Random(seed)),
    persons: 0,
  };
  block.cells.push(cell);
  return cell;
}

/** Gives each cell its persons: whole numbers that add up to exactly the size asked for. */
function settle(plan: CityPlan, persons: number): void {
  const weights = plan.cells.map((cell) => {
    const random = new Random(cell.seed + 1);
    const wobble = random.between(0.9, 1.1);
    return cell.deficits.has('no-kindergarten') ? 0 : ZONES[cell.zone].persons * wobble * (cell.deficits.has('low-occupancy') ? 0.3 : 1);
  });
  const fixed = plan.cells.filter((cell) => cell.deficits.has('no-kindergarten')).length * KINDERGARTEN_ESTATE_PERSONS;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let given = 0;
  let running = 0;
  plan.cells.forEach((cell, index) => {
    if (cell.deficits.has('no-kindergarten')) {
      cell.persons = KINDERGARTEN_ESTATE_PERSONS;
      return;
    }
    running += weights[index];
    cell.persons = Math.round((running / total) * (persons - fixed)) - given;
    given += cell.persons;
  });
}
