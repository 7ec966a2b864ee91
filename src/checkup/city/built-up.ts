/**
 * How much of each place is built-up area (建成区), m².
 *
 * Where the base cut the places itself, it marked what lies outside (base/places/built-up-area.ts): a place's built-up area is its area without
 * those units. Places that were imported have no such mark; there each of the finest units is built-up or not as a whole, as the manual has cells
 * classified by the land use that dominates them: it is not where open country is more than half of the land whose use is known, or water three quarters of the unit. Where a
 * use is known for less than a tenth of it, 300 persons/km² tell (Degree of Urbanisation, urban clusters); without persons, it is. 1,500 persons/km² (urban
 * centres) are a city whatever the map says.
 *
 * Cost: one scan of the land-use map; 8 bytes a place.
 */
import { BUILT_UP, GROUND, groundOf } from '../../base/places/built-up-rules.ts';
import type { CityData } from './city-data.ts';
import { landOfUnits, landNumbers } from './land-areas.ts';
import { leavesOf, sumLeaves } from './leaves.ts';
import { makeOf } from './map-values.ts';
import { TREE_LEVELS } from './place-tree.ts';

/** Share of a unit whose land use must be known for it to tell. */
const KNOWN_SHARE = 0.1;
/** A unit with so much water is a lake, not a riverside. */
const LAKE_SHARE = 0.75;

export interface BuiltUp {
  readonly m2: Float64Array;
  /** By place of the tree: 1 where what lies in it, and in no finer unit, is within the built-up area. */
  readonly inside: Uint8Array;
  /** `cut`: as the base found it; `by-unit`: unit by unit, imported units; `unknown`: nothing tells, all of the city. */
  readonly by: 'cut' | 'by-unit' | 'unknown';
}

/** The built-up area of a city's places; made once a run. */
export function builtUpOf(city: CityData): BuiltUp {
  return city.memo('built-up/area', () => findBuiltUp(city));
}

function findBuiltUp(city: CityData): BuiltUp {
  const { tree, snapshot } = city;
  const { areaM2, derived } = snapshot.place;
  const leaves = leavesOf(tree);
  const isMarked = tree.outside.some((mark) => mark === 1) || leaves.every((leaf) => derived[leaf] === 1);
  const told = isMarked ? undefined : tellByUnit(city);
  // what lies in no finest unit goes with the coarser one
  const inside = makeOf(Uint8Array, tree.count, (place) => (tree.outside[place] === 1 || told?.[place] === 0 ? 0 : 1));
  return { by: isMarked ? 'cut' : told === undefined ? 'unknown' : 'by-unit', inside, m2: sumLeaves(tree, (leaf) => (inside[leaf] === 1 ? areaM2[leaf] : 0), areaM2) };
}

/**
 * The same city with units of which nothing is built-up marked as outside (乡村及未建设地区): imported ones, as the base marks those it cut itself, and what lies
 * above such only. A village has values, but no grade, and is in no sum of the built-up area. Unchanged where nothing tells, or where it would leave nothing.
 */
export function markOutside(city: CityData): CityData {
  const { tree } = city;
  const { by, m2 } = builtUpOf(city);
  if (by === 'unknown' || tree.ofLevel('city').some((place) => m2[place] === 0)) return city;
  const outside = new Uint8Array(tree.outside);
  for (const level of TREE_LEVELS) for (const place of tree.ofLevel(level)) if (m2[place] === 0) outside[place] = 1;
  return { ...city, tree: { ...tree, outside } };
}

/** By finest unit whether it is built-up; undefined where nothing tells. Coarser units count as built-up. */
function tellByUnit(city: CityData): Uint8Array | undefined {
  const { tree, snapshot } = city;
  const { kind: kinds, water } = snapshot.landUse;
  const persons = personsPerPlace(city);
  if (kinds.length === 0 && persons === undefined) return undefined;
  const groundAt = (land: number): number => (water[land] === 1 ? GROUND.water : groundOf(snapshot.text(kinds[land])));
  const ofGround = (...grounds: number[]): Float64Array => landOfUnits(city, landNumbers(city, (land) => grounds.includes(groundAt(land))));
  const [settled, open, wet] = [ofGround(GROUND.settled, GROUND.green), ofGround(GROUND.open), ofGround(GROUND.water)];
  const area = snapshot.place.areaM2;
  const isBuiltUp = (leaf: number): boolean => {
    const perKm2 = persons === undefined ? undefined : (persons[leaf] / area[leaf]) * 1e6;
    if (perKm2 !== undefined && perKm2 >= BUILT_UP.crowdedPerKm2.value) return true;
    if (wet[leaf] >= LAKE_SHARE * area[leaf]) return false;
    if (settled[leaf] + open[leaf] >= KNOWN_SHARE * area[leaf]) return settled[leaf] >= open[leaf];
    return perKm2 === undefined || perKm2 >= BUILT_UP.settledPerKm2.value;
  };
  const told = new Uint8Array(tree.count).fill(1);
  for (const leaf of leavesOf(tree)) if (!isBuiltUp(leaf)) told[leaf] = 0;
  return told;
}

function personsPerPlace({ tree, snapshot: { population, meta } }: CityData): Float64Array | undefined {
  const [at, points] = [meta.groups.indexOf('total'), population.pointE7.length / 2];
  if (at < 0 || points === 0) return undefined;
  return tree.sum(tree.locate(population.pointE7), population.persons.subarray(at * points, (at + 1) * points));
}
