/**
 * A city whose built-up area follows from how it is drawn, 16 × 10 km:
 *
 *   centre  x 1–5 km, y 1–5 km, lanes every 160 m, main streets every kilometre, cut by a river 200 m wide at x 2.9–3.1 km
 *   park    400 m square in the centre, without streets
 *   town    x 9–10.6 km, y 2–3.6 km (2.56 km²), detached; a country road leads to it
 *   hamlet  x 13–13.4 km, y 7–7.4 km (0.16 km²), detached
 *   all else is fields, crossed by two country roads
 */
import { describe, expect, it } from 'vitest';
import { containsPoint } from '../../engine/spatial/containment.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { buildLine, buildPolygon } from '../../engine/spatial/geometry.ts';
import { areaM2, metresPerDegree } from '../../engine/spatial/measure.ts';
import { STRENGTH } from './barriers.ts';
import { BUILT_UP, GROUND, groundOf } from './built-up-rules.ts';
import type { CutResult, CutUnit } from './cut-units.ts';
import { cutUnits, locateUnits } from './cut-units.ts';
import type { Barrier, CutInput, Evidence, Persons } from './cut-input.ts';

const SCALE = metresPerDegree(30);
const at = (eastM: number, northM: number): [number, number] => [114 + eastM / SCALE.lon, 30 + northM / SCALE.lat];
const line = (...points: [number, number][]): Geometry => buildLine(Float64Array.from(points.flatMap(([e, n]) => at(e, n))));
type Area = readonly [west: number, south: number, east: number, north: number];
const rectangle = ([w, s, e, n]: Area): Geometry => buildPolygon([...at(w, s), ...at(e, s), ...at(e, n), ...at(w, n)]);

const CITY: Area = [0, 0, 16_000, 10_000];
const WEST_BANK: Area = [1000, 1000, 2900, 5000];
const EAST_BANK: Area = [3100, 1000, 5000, 5000];
const RIVER: Area = [2900, 0, 3100, 10_000];
const PARK: Area = [1480, 1480, 1880, 1880];
const TOWN: Area = [9000, 2000, 10_600, 3600];
const HAMLET: Area = [13_000, 7000, 13_400, 7400];
const km2Of = ([w, s, e, n]: Area): number => ((e - w) * (n - s)) / 1e6;
const ROADS: [number, number][][] = [[[5000, 3000], [9000, 3000]], [[10_600, 3000], [16_000, 3000]], [[8000, 0], [8000, 10_000]], [[8000, 7200], [13_000, 7200]]];

interface Street {
  readonly points: [number, number][];
  readonly strength: number;
}

/** Lanes of a settled area, cut out of the park, and its rim. */
function lanes([w, s, e, n]: Area, spacing: number): Street[] {
  const streets: Street[] = [];
  const add = (a: [number, number], b: [number, number]): void => {
    streets.push({ points: [a, b], strength: STRENGTH.minorStreet });
  };
  for (let x = w; x <= e; x += spacing) {
    const through = x > PARK[0] && x < PARK[2];
    add([x, s], [x, through ? PARK[1] : n]);
    if (through) add([x, PARK[3]], [x, n]);
  }
  for (let y = s; y <= n; y += spacing) {
    const through = y > PARK[1] && y < PARK[3] && w < PARK[0];
    add([w, y], [through ? PARK[0] : e, y]);
    if (through) add([PARK[2], y], [e, y]);
  }
  for (const [a, b] of [[[w, s], [e, s]], [[e, s], [e, n]], [[e, n], [w, n]], [[w, n], [w, s]]] as [number, number][][]) add(a, b);
  return streets;
}

function drawStreets(): Street[] {
  const bridges = [1000, 2000, 3000, 4000, 5000].map((y): Street => ({ points: [[1000, y], [5000, y]], strength: STRENGTH.primary }));
  const park: Street[] = [[[PARK[0], PARK[1]], [PARK[2], PARK[1]]], [[PARK[2], PARK[1]], [PARK[2], PARK[3]]], [[PARK[2], PARK[3]], [PARK[0], PARK[3]]], [[PARK[0], PARK[3]], [PARK[0], PARK[1]]]]
    .map((points) => ({ points: points as [number, number][], strength: STRENGTH.minorStreet }));
  const roads = ROADS.map((points): Street => ({ points, strength: STRENGTH.secondary }));
  return [...[WEST_BANK, EAST_BANK, TOWN, HAMLET].flatMap((area) => lanes(area, area === HAMLET ? 100 : 160)), ...bridges, ...park, ...roads];
}

const STREETS = drawStreets();
const BARRIERS: Barrier[] = STREETS.map(({ points, strength }) => ({ geometry: line(...points), strength }));
const NO_EVIDENCE: Evidence = { land: { shapes: [], classes: new Uint8Array(0) }, buildings: new Float64Array(0), streets: { coordinates: new Float64Array(0), ends: new Uint32Array(0), counts: new Uint8Array(0) } };

function streetEvidence(streets: readonly Street[]): Evidence['streets'] {
  const coordinates = streets.flatMap(({ points }) => points.flatMap(([e, n]) => at(e, n)));
  return { coordinates: Float64Array.from(coordinates), ends: Uint32Array.from(streets, (_, i) => 2 * (i + 1)), counts: new Uint8Array(streets.length).fill(1) };
}

function landUse(...areas: [string, Area][]): Evidence['land'] {
  return { shapes: areas.map(([, area]) => rectangle(area)), classes: Uint8Array.from(areas, ([kind]) => groundOf(kind)) };
}

/** One point a hectare with 50 persons in settled areas, and 2 in the fields every 500 m. */
function people(): Persons {
  const spots: [number, number, number][] = [];
  for (const area of [WEST_BANK, EAST_BANK, TOWN, HAMLET]) {
    for (let e = area[0] + 50; e < area[2]; e += 100) for (let n = area[1] + 50; n < area[3]; n += 100) if (!isIn(PARK, e, n)) spots.push([e, n, 50]);
  }
  for (let e = 250; e < 16_000; e += 500) for (let n = 250; n < 10_000; n += 500) if (![WEST_BANK, EAST_BANK, TOWN, HAMLET, RIVER].some((area) => isIn(area, e, n))) spots.push([e, n, 2]);
  const places = spots.map(([e, n]) => at(e, n));
  return { lon: Float64Array.from(places, ([x]) => x), lat: Float64Array.from(places, ([, y]) => y), persons: Float64Array.from(spots, ([, , p]) => p) };
}

const isIn = ([w, s, e, n]: Area, east: number, north: number): boolean => east > w && east < e && north > s && north < n;
const cut = (more: Partial<CutInput>): CutResult =>
  cutUnits({ city: rectangle(CITY), districts: [], blocks: [], communities: [], barriers: [], water: [rectangle(RIVER)], population: undefined, evidence: undefined, ...more });

const sum = (units: readonly CutUnit[], of: (unit: CutUnit) => number): number => units.reduce((total, unit) => total + of(unit), 0);
/** True where a point lies in a block, false where it lies outside the built-up area. */
function blockAt({ locator, blocks }: CutResult, e: number, n: number): boolean {
  const { block, community } = locateUnits(locator, ...at(e, n));
  expect(block).toBeGreaterThanOrEqual(0);
  expect(community).toBeGreaterThanOrEqual(0);
  return !blocks[block].outside;
}

function expectPartition(result: CutResult): void {
  for (const units of [result.blocks, result.communities]) {
    expect(sum(units, (unit) => unit.areaM2) / result.city.areaM2).toBeCloseTo(1, 6);
    expect(sum(units, (unit) => areaM2(unit.geometry)) / areaM2(result.city.geometry)).toBeCloseTo(1, 6);
    expect(sum(units, (unit) => unit.persons)).toBeCloseTo(result.city.persons, 6);
    for (let e = 137; e < 16_000; e += 811) for (let n = 53; n < 10_000; n += 797) expect(units.filter((unit) => containsPoint(unit.geometry, ...at(e, n)))).toHaveLength(1);
  }
  result.blocks.forEach((block, i) => {
    const mine = result.communities.filter((community) => community.parent === i);
    expect(sum(mine, (unit) => unit.areaM2) / block.areaM2).toBeCloseTo(1, 6);
    // what is outside stays one piece of the partition on every level
    if (block.outside) expect(mine.map((unit) => unit.outside)).toEqual([true]);
    else expect(mine.every((unit) => !unit.outside)).toBe(true);
  });
}

const SETTLED_KM2 = km2Of(WEST_BANK) + km2Of(EAST_BANK) + km2Of(TOWN);
const everywhere: [string, number, number, boolean][] = [
  ['west bank', 2010, 3090, true], ['east bank', 4010, 2090, true], ['park', 1680, 1680, true], ['town', 9890, 2890, true],
  ['hamlet', 13_150, 7150, false], ['fields', 6500, 6500, false], ['fields by the centre', 5300, 2500, false], ['river in the centre', 3000, 2500, true], ['river in the fields', 3000, 8000, false],
];

describe('the built-up area of a drawn city', () => {
  const grounds = landUse(['residential', WEST_BANK], ['industrial', EAST_BANK], ['park', PARK], ['residential', TOWN], ['residential', HAMLET], ['farmland', CITY]);
  const byLandUse = cut({ barriers: BARRIERS, evidence: { ...NO_EVIDENCE, land: grounds, streets: streetEvidence(STREETS) }, population: people() });
  const byStreets = cut({ barriers: BARRIERS, evidence: { ...NO_EVIDENCE, streets: streetEvidence(STREETS) } });
  const byPersons = cut({ evidence: NO_EVIDENCE, population: people() });

  it.each(everywhere)('by land use: %s', (_, e, n, expected) => {
    expect(blockAt(byLandUse, e, n)).toBe(expected);
  });

  it.each(everywhere)('by streets alone: %s', (_, e, n, expected) => {
    expect(blockAt(byStreets, e, n)).toBe(expected);
  });

  it.each(everywhere.filter(([name]) => !name.startsWith('river') && name !== 'park'))('by persons alone: %s', (_, e, n, expected) => {
    expect(blockAt(byPersons, e, n)).toBe(expected);
  });

  it('has the area that was drawn', () => {
    expect(byLandUse.city.builtUpM2 / 1e6).toBeCloseTo(SETTLED_KM2, 2);
    // 125 m beside a street have 4 km of it per km², half of what runs along; squares of persons reach 250 m at most
    const rimKm = (2 * (1900 + 4000) * 2 + 4 * 1600) / 1000;
    expect(byStreets.city.builtUpM2 / 1e6).toBeGreaterThan(SETTLED_KM2 - 0.6);
    expect(byStreets.city.builtUpM2 / 1e6).toBeLessThan(SETTLED_KM2 + 0.125 * rimKm);
    expect(Math.abs(byPersons.city.builtUpM2 / 1e6 - SETTLED_KM2)).toBeLessThan(0.25 * rimKm);
    // by streets the hamlet is not even settled: its 4 km of lanes are too few for the square kilometre around it
    expect([byLandUse, byStreets].map(({ builtUp }) => [builtUp.known, builtUp.pieces, builtUp.hamlets])).toEqual([[true, 2, 1], [true, 2, 0]]);
  });

  it('is cut into blocks of 2–5 km², the town by itself, and the rest is one unit that says so', () => {
    for (const result of [byLandUse, byStreets, byPersons]) {
      expectPartition(result);
      expect(result.blocks.filter((block) => block.outside)).toHaveLength(1);
      for (const block of result.blocks) if (!block.outside) expect(block.landM2 / 1e6).toBeGreaterThan(1.5);
      const town = result.blocks[locateUnits(result.locator, ...at(9890, 2890)).block];
      expect(containsPoint(town.geometry, ...at(4010, 2090))).toBe(false);
    }
    expect(byLandUse.blocks.filter((block) => !block.outside).every((block) => block.landM2 < 5.1e6)).toBe(true);
  });

  it('counts everybody, inside and outside', () => {
    const { blocks, city } = byLandUse;
    const outside = blocks.filter((block) => block.outside);
    // the hamlet's 16 hectares with 50 persons each, and the farms
    expect(sum(outside, (unit) => unit.persons)).toBe(16 * 50 + 2 * people().persons.filter((one) => one === 2).length);
    expect(sum(outside, (unit) => unit.persons) + city.builtUpPersons).toBeCloseTo(city.persons, 6);
    expect(city.persons).toBe(people().persons.reduce((a, b) => a + b, 0));
  });

  it('is told by what there is', () => {
    const told = ({ builtUp }: CutResult): string => Object.entries(builtUp.toldBy ?? {}).sort((a, b) => b[1] - a[1])[0][0];
    expect([byLandUse, byStreets, byPersons].map(told)).toEqual(['land-use', 'streets', 'persons']);
    // one to each square of lanes, a tenth of the land, where there is nothing else
    const roofs: number[] = [];
    for (let e = 1080; e < 2900; e += 160) for (let n = 1080; n < 5000; n += 160) roofs.push(...at(e, n), 2560);
    const byBuildings = cut({ barriers: BARRIERS, evidence: { ...NO_EVIDENCE, buildings: Float64Array.from(roofs) } });
    expect(told(byBuildings)).toBe('buildings');
    expect(blockAt(byBuildings, 2010, 3090)).toBe(true);
    expect(blockAt(byBuildings, 4010, 2090)).toBe(false);
  });

  it('is all of the city where nothing shows it', () => {
    const result = cut({ barriers: BARRIERS, evidence: NO_EVIDENCE });
    expect(result.builtUp.known).toBe(false);
    expect(result.blocks.some((block) => block.outside)).toBe(false);
  });

  it('leaves each district what it has outside, and imported units as they are', () => {
    const districts = [rectangle([0, 0, 7000, 10_000]), rectangle([7000, 0, 16_000, 10_000])];
    const evidence = { ...NO_EVIDENCE, land: grounds, streets: streetEvidence(STREETS) };
    const result = cut({ barriers: BARRIERS, evidence, districts });
    expect(result.blocks.filter((block) => block.outside).map((block) => block.parent).sort((a, b) => a - b)).toEqual([0, 1]);
    expect(sum(result.districts, (unit) => unit.builtUpM2)).toBeCloseTo(result.city.builtUpM2, 0);
    expectPartition(result);

    const imported = cut({ barriers: BARRIERS, evidence, blocks: districts });
    expect(imported.blocks.map((block) => [block.imported, block.outside])).toEqual([[0, false], [1, false]]);
    // communities are cut within the built-up part of each, and one unit is what is left
    expect(imported.communities.filter((unit) => unit.outside).map((unit) => unit.parent).sort((a, b) => a - b)).toEqual([0, 1]);

    const tracts = [0, 1, 2, 3].flatMap((i) => [0, 1, 2, 3, 4].map((j) => rectangle([4000 * i, 2000 * j, 4000 * i + 4000, 2000 * j + 2000])));
    const byTracts = cut({ barriers: BARRIERS, evidence, communities: tracts });
    expect(new Set(byTracts.communities.map((unit) => unit.imported)).size).toBe(tracts.length);
    expect(byTracts.communities.some((unit) => unit.outside)).toBe(false);
    expect(byTracts.blocks.filter((block) => block.outside)).toHaveLength(1);
  });
});

describe('what land counts as', () => {
  it('has a class for the kinds of maps, a source for each threshold, and says which are ours', () => {
    expect(['residential', 'park', 'farmland', 'unheard_of'].map(groundOf)).toEqual([GROUND.settled, GROUND.green, GROUND.open, GROUND.unknown]);
    for (const { source, confidence, unverified, value } of Object.values(BUILT_UP)) {
      expect(source.length).toBeGreaterThan(5);
      expect(value).toBeGreaterThan(0);
      expect(unverified).toBe(confidence !== 'certain');
    }
  });
});
