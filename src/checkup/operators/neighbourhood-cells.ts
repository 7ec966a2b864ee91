/**
 * GHSCI neighbourhoods: density of persons and of intersections around each home, over what lies within 1,000 m on foot.
 *
 * The city is laid out in squares of 100 m; a square counts where somebody lives in it or a street that may be walked passes through it. A home's
 * neighbourhood is the squares whose centre is within the distance along the streets, so a density is what they hold ÷ their area. (GHSCI averages the
 * density of the grid cells that the walkable network within 1,000 m crosses, which for squares of one size is the same ratio.)
 *
 * Intersections: three legs and more, junctions within 12 m are one, as GHSCI has them.
 *
 * Cost: one sweep with three variables; 40 bytes a square.
 */
import type { WorkContext } from '../../core/progress.ts';
import { sumReachable } from '../../engine/graph/reach/reach-sums.ts';
import { EdgeShape } from '../../engine/graph/network/edge-shape.ts';
import type { Network } from '../../engine/graph/network/network.ts';
import { metresPerDegree } from '../../engine/spatial/measure.ts';
import type { CityData } from '../city/city-data.ts';
import { linksOf, populationLinks, walkMm } from '../city/street-access.ts';
import { reachEngine } from './access-reach.ts';
import { personsOf } from './access-supply.ts';
import { joinNear } from './join-near.ts';
import { countLegs } from './network-ends.ts';

const SQUARE_M = 100;
const SQUARE_KM2 = 0.01;
const LEAST_LEGS = 3;
const MERGE_M = 12;

interface Squares {
  readonly centreE7: Int32Array;
  readonly persons: Float64Array;
  readonly intersections: Float64Array;
}

/** Middles of intersections, degrees; junctions close to each other are one. */
export function findIntersections(network: Network): { lon: Float64Array; lat: Float64Array } {
  const { count } = countLegs(network, 'walk');
  const [x, y]: [number[], number[]] = [[], []];
  count.forEach((legs, v) => {
    if (legs < LEAST_LEGS) return;
    x.push(network.vertex.e7[2 * v] / 1e7);
    y.push(network.vertex.e7[2 * v + 1] / 1e7);
  });
  const group = joinNear(x, y, MERGE_M);
  const groups = group.reduce((most, each) => Math.max(most, each + 1), 0);
  const [lon, lat, n] = [new Float64Array(groups), new Float64Array(groups), new Float64Array(groups)];
  group.forEach((g, i) => {
    lon[g] += x[i];
    lat[g] += y[i];
    n[g]++;
  });
  return { lon: lon.map((sum, g) => sum / n[g]), lat: lat.map((sum, g) => sum / n[g]) };
}

function laySquares(city: CityData, network: Network): Squares {
  const { pointE7 } = city.snapshot.population;
  const persons = personsOf(city, 'total') ?? new Float32Array(pointE7.length / 2);
  const { e7 } = network.vertex;
  // one scale for all: 20 km from the middle squares are 0.2 % off
  const scale = metresPerDegree(e7.length > 1 ? e7[1] / 1e7 : 0);
  const [dx, dy] = [SQUARE_M / scale.lon, SQUARE_M / scale.lat];
  const numbers = new Map<number, number>();
  const centre: number[] = [];
  const find = (lon: number, lat: number): number => {
    const [column, row] = [Math.floor(lon / dx), Math.floor(lat / dy)];
    const key = row * 0x100_0000 + column;
    let number = numbers.get(key);
    if (number === undefined) {
      numbers.set(key, (number = numbers.size));
      centre.push(Math.round((column + 0.5) * dx * 1e7), Math.round((row + 0.5) * dy * 1e7));
    }
    return number;
  };
  markStreets(network, find);
  const own = new Int32Array(persons.length).fill(-1);
  for (let p = 0; p < persons.length; p++) if (persons[p] > 0) own[p] = find(pointE7[2 * p] / 1e7, pointE7[2 * p + 1] / 1e7);
  const junctions = findIntersections(network);
  const at = Array.from(junctions.lon, (lon, i) => find(lon, junctions.lat[i]));
  const squares = { centreE7: Int32Array.from(centre), persons: new Float64Array(numbers.size), intersections: new Float64Array(numbers.size) };
  own.forEach((square, p) => (squares.persons[square] += square < 0 ? 0 : persons[p]));
  for (const square of at) squares.intersections[square]++;
  return squares;
}

/** Visits spots along all streets that may be walked, at most 50 m apart. */
function markStreets(network: Network, visit: (lon: number, lat: number) => void): void {
  const used = countLegs(network, 'walk').edge;
  const shape = new EdgeShape(network);
  for (let e = 0; e < used.length; e++) {
    if (used[e] === 0) continue;
    shape.read(e);
    for (let i = 1; i < shape.count; i++) {
      const parts = Math.max(1, Math.ceil((shape.mm[i] - shape.mm[i - 1]) / 1000 / (SQUARE_M / 2)));
      const [x, y] = [shape.lonE7[i - 1], shape.latE7[i - 1]];
      for (let k = 0; k <= parts; k++) visit((x + ((shape.lonE7[i] - x) * k) / parts) / 1e7, (y + ((shape.latE7[i] - y) * k) / parts) / 1e7);
    }
  }
}

export interface NeighbourhoodDensities {
  /** By population point, per km²; NaN where no square is reached. */
  readonly persons: Float64Array;
  readonly intersections: Float64Array;
}

/** Undefined without streets. */
export function neighbourhoods(city: CityData, metres: number, context: WorkContext): NeighbourhoodDensities | undefined {
  const travel = walkMm(city);
  const { network } = city;
  if (travel === undefined || network === undefined) return undefined;
  return city.memo(`neighbourhoods/${metres}`, () => {
    const squares = city.memo('neighbourhoods/squares', () => laySquares(city, network));
    const opportunities = linksOf(city, travel, 'neighbourhoods/squares', () => squares.centreE7);
    const limit = Math.floor(metres * 1000);
    const ones = new Float64Array(squares.persons.length).fill(1);
    const { sums } = sumReachable(reachEngine(city, travel, limit, context), { origins: populationLinks(city, travel), opportunities, weights: [squares.persons, squares.intersections, ones], limits: [limit], ...(travel.graph.symmetric && { travel }) }, context);
    const [persons, intersections, count] = sums.map(([byLimit]) => byLimit);
    const density = (amount: Float64Array): Float64Array => amount.map((sum, p) => (count[p] > 0 ? sum / (count[p] * SQUARE_KM2) : NaN));
    return { persons: density(persons), intersections: density(intersections) };
  });
}
