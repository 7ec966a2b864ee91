/**
 * Persons of cells → persons where they live (dasymetric mapping, Wright 1936; the binary method with floor area weights).
 *
 * Each cell's persons go to the residential buildings whose centre lies in it, in proportion to floor area; where it has
 * none, to the street nodes in it, evenly; where it has none of those either, to the cell's own centre. So totals are
 * conserved whatever the data. Rejected: areal weighting of footprints cut at cell borders (conserves no better and costs
 * a polygon overlay per building, about 40 times the work).
 *
 * All arrays are parallel; nothing is allocated per cell but its share of the result.
 */

/** Where persons may live. Buildings first, then street nodes. */
export interface Targets {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** Floor area of a residential building, m², > 0; street nodes: 1. */
  readonly weight: Float64Array;
  /** Targets before this number are buildings, from it on street nodes. */
  readonly buildingCount: number;
}

/** A regular grid of persons, north-up, NaN or ≤ 0 where there are none (see PopulationRasterRecord). */
export interface PersonsGrid {
  readonly width: number;
  readonly height: number;
  readonly originLon: number;
  readonly originLat: number;
  readonly cellLonDeg: number;
  readonly cellLatDeg: number;
  readonly values: ArrayLike<number>;
}

/** A cell of any shape: `holds` tells whether a point lies in it, `centre` is inside it or near it. */
export interface PersonsCell {
  readonly persons: number;
  readonly box: readonly [west: number, south: number, east: number, north: number];
  readonly centre: readonly [lon: number, lat: number];
  holds(lon: number, lat: number): boolean;
}

export interface Allocation {
  /** Persons of each target. */
  readonly persons: Float64Array;
  /** Number of the cell that each target took persons from, -1 for none. */
  readonly cellOf: Int32Array;
  /** Persons of cells that hold no target, at the cells' centres. */
  readonly loose: { lon: number; lat: number; persons: number; cell: number }[];
  readonly total: number;
  /** Persons by where they were put. */
  readonly atBuildings: number;
  readonly atNodes: number;
  readonly atCells: number;
}

/** Spreads a grid. Time is linear in cells and targets. */
export function allocateGrid(grid: PersonsGrid, targets: Targets): Allocation {
  const { width, height, values } = grid;
  const count = targets.lon.length;
  const cellOf = new Int32Array(count).fill(-1);
  const buildingWeight = new Float64Array(width * height);
  const nodeWeight = new Float64Array(width * height);
  for (let i = 0; i < count; i++) {
    const column = Math.floor((targets.lon[i] - grid.originLon) / grid.cellLonDeg);
    const row = Math.floor((grid.originLat - targets.lat[i]) / grid.cellLatDeg);
    if (column < 0 || column >= width || row < 0 || row >= height) continue;
    const cell = row * width + column;
    cellOf[i] = cell;
    (i < targets.buildingCount ? buildingWeight : nodeWeight)[cell] += targets.weight[i];
  }
  const persons = new Float64Array(count);
  let atBuildings = 0;
  let atNodes = 0;
  for (let i = 0; i < count; i++) {
    const cell = cellOf[i];
    if (cell < 0 || !(values[cell] > 0)) continue;
    const building = i < targets.buildingCount;
    if (!building && buildingWeight[cell] > 0) continue;
    const share = (values[cell] * targets.weight[i]) / (building ? buildingWeight[cell] : nodeWeight[cell]);
    persons[i] = share;
    if (building) atBuildings += share;
    else atNodes += share;
  }
  const loose: Allocation['loose'] = [];
  let total = 0;
  let atCells = 0;
  for (let cell = 0; cell < width * height; cell++) {
    const value = values[cell];
    if (!(value > 0)) continue;
    total += value;
    if (buildingWeight[cell] > 0 || nodeWeight[cell] > 0) continue;
    atCells += value;
    loose.push({
      lon: grid.originLon + ((cell % width) + 0.5) * grid.cellLonDeg,
      lat: grid.originLat - (Math.floor(cell / width) + 0.5) * grid.cellLatDeg,
      persons: value,
      cell,
    });
  }
  return { persons, cellOf, loose, total, atBuildings, atNodes, atCells };
}

/** Spreads cells of any shape. `find` lists the targets within a box (see grid-index). */
export function allocateCells(
  cells: readonly PersonsCell[],
  targets: Targets,
  find: (west: number, south: number, east: number, north: number, visit: (target: number) => void) => void,
): Allocation {
  const persons = new Float64Array(targets.lon.length);
  const cellOf = new Int32Array(targets.lon.length).fill(-1);
  const loose: Allocation['loose'] = [];
  let total = 0;
  let atBuildings = 0;
  let atNodes = 0;
  let atCells = 0;
  const inside: number[] = [];
  cells.forEach((cell, number) => {
    if (!(cell.persons > 0)) return;
    total += cell.persons;
    inside.length = 0;
    let building = false;
    find(...cell.box, (i) => {
      const isBuilding = i < targets.buildingCount;
      if ((building && !isBuilding) || !cell.holds(targets.lon[i], targets.lat[i])) return;
      if (isBuilding && !building) {
        building = true;
        inside.length = 0;
      }
      inside.push(i);
    });
    let weight = 0;
    for (const i of inside) weight += targets.weight[i];
    if (!(weight > 0)) {
      loose.push({ lon: cell.centre[0], lat: cell.centre[1], persons: cell.persons, cell: number });
      atCells += cell.persons;
      return;
    }
    for (const i of inside) {
      persons[i] += (cell.persons * targets.weight[i]) / weight;
      cellOf[i] = number;
    }
    if (building) atBuildings += cell.persons;
    else atNodes += cell.persons;
  });
  return { persons, cellOf, loose, total, atBuildings, atNodes, atCells };
}

/**
 * Brings loose points down to about `limit` by joining those of a square of the grid, at the middle of their persons.
 * Without buildings or streets a fine raster would else become a row per cell: a million for a large city.
 */
export function thinLoose(loose: Allocation['loose'], limit: number): Allocation['loose'] {
  if (loose.length <= limit) return loose;
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  for (const { lon, lat } of loose) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  for (let side = Math.max(1e-9, Math.sqrt(((east - west) * (north - south)) / limit)); ; ) {
    const columns = Math.floor((east - west) / side) + 1;
    const squares = new Map<number, { lon: number; lat: number; persons: number; cell: number }>();
    for (const point of loose) {
      const key = Math.floor((point.lat - south) / side) * columns + Math.floor((point.lon - west) / side);
      const square = squares.get(key);
      if (square === undefined) {
        squares.set(key, { lon: point.lon * point.persons, lat: point.lat * point.persons, persons: point.persons, cell: point.cell });
      } else {
        square.lon += point.lon * point.persons;
        square.lat += point.lat * point.persons;
        square.persons += point.persons;
      }
    }
    if (squares.size > limit) {
      side *= Math.max(1.02, Math.sqrt(squares.size / limit));
      continue;
    }
    return [...squares.values()].map((s) => ({ lon: s.lon / s.persons, lat: s.lat / s.persons, persons: s.persons, cell: s.cell }));
  }
}
