/**
 * Proves that the planted deficits are in the city that was drawn, with the numbers README.md promises. Distances here
 * are straight lines from homes, as GB 50180 measures service radii, but for the river, where the way on foot counts.
 */
import type { WorkContext } from '../core/progress.ts';
import { distanceM } from '../engine/spatial/measure.ts';
import type { BuiltCell, BuiltFacility } from './cell.ts';
import type { Deficit } from './deficits.ts';
import { UNBRIDGED_COLUMNS } from './deficits.ts';
import type { FacilityKindName } from './facility-kinds.ts';
import type { Cell, CityPlan } from './plan.ts';
import { countParking, findShelter, listSurveys } from './registries.ts';
import { StreetCheck } from './street-check.ts';
import { buildTransitPlan } from './transit-plan.ts';
import { drawCells } from './write-city.ts';
import { listDepartures } from './write-gtfs.ts';

export interface DeficitProof {
  readonly id: string;
  /** What was measured, by name; `holds` says whether that is the deficit. */
  readonly measured: Readonly<Record<string, number>>;
  readonly holds: boolean;
  readonly unitIds: readonly string[];
}

interface DrawnCity {
  readonly plan: CityPlan;
  readonly built: readonly BuiltCell[];
  readonly streets: StreetCheck;
}

async function drawCity(plan: CityPlan, context: WorkContext): Promise<DrawnCity> {
  const built: BuiltCell[] = [];
  const streets = new StreetCheck();
  await drawCells(plan, context, (objects, cell) => {
    streets.add(objects);
    if (cell !== undefined) built.push(cell);
  });
  streets.finish();
  return { plan, built, streets };
}

function withDeficit(city: DrawnCity, deficit: Deficit): BuiltCell[] {
  return city.built.filter((built) => built.cell.deficits.has(deficit));
}

function listFacilities(cells: readonly BuiltCell[], ...kinds: FacilityKindName[]): BuiltFacility[] {
  return cells.flatMap((built) => built.facilities.filter((facility) => kinds.includes(facility.kind)));
}

/** Share of the persons of some cells who live within a straight distance of a facility. */
function coveredShare(cells: readonly BuiltCell[], facilities: readonly BuiltFacility[], radiusM: (facility: BuiltFacility) => number): number {
  let covered = 0;
  let all = 0;
  for (const built of cells) {
    for (const home of built.homes) {
      all += home.persons;
      const [lon, lat] = home.ring[0];
      if (facilities.some((facility) => distanceM(lon, lat, facility.lon, facility.lat) <= radiusM(facility))) covered += home.persons;
    }
  }
  return Math.round((covered / Math.max(1, all)) * 1000) / 1000;
}

function persons(cells: readonly BuiltCell[]): number {
  return cells.reduce((sum, built) => sum + built.cell.persons, 0);
}

function idsOf(cells: readonly BuiltCell[]): string[] {
  return cells.map((built) => built.cell.unitId);
}

function proof(id: string, cells: readonly BuiltCell[], measured: Record<string, number>, holds: boolean): DeficitProof {
  return { id, unitIds: idsOf(cells), measured, holds };
}

/** The radius of a park by its size (GB/T 51346-2019 4.4.7), plus half its side since these are distances to its middle. */
function parkRadiusM(park: BuiltFacility): number {
  const reach = park.landM2 >= 50_000 ? 1000 : park.landM2 >= 10_000 ? 500 : park.landM2 >= 2000 ? 300 : 0;
  return reach === 0 ? 0 : reach + Math.sqrt(park.landM2) / 2;
}

const rest = (city: DrawnCity, deficit: Deficit): BuiltCell[] => city.built.filter((built) => !built.cell.deficits.has(deficit) && !built.cell.block.rural);

const CHECKS: readonly ((city: DrawnCity) => DeficitProof)[] = [
  (city) => {
    const cells = withDeficit(city, 'no-kindergarten');
    const all = listFacilities(city.built, 'kindergarten');
    const measured = { persons: persons(cells), inside: listFacilities(cells, 'kindergarten').length, within300m: coveredShare(cells, all, () => 300), within500m: coveredShare(cells, all, () => 500) };
    return proof('D01', cells, measured, measured.inside === 0 && measured.persons >= 9000 && measured.within300m <= 0.02 && measured.within500m < 0.3);
  },
  (city) => {
    const cells = withDeficit(city, 'no-middle-school');
    const all = listFacilities(city.built, 'junior');
    const measured = { persons: persons(cells), within1000m: coveredShare(cells, all, () => 1000), elsewhere: coveredShare(rest(city, 'no-middle-school'), all, () => 1000) };
    return proof('D02', cells, measured, measured.within1000m < 0.15 && measured.elsewhere > 0.6);
  },
  (city) => {
    const cells = withDeficit(city, 'no-services');
    const inside = listFacilities(cells, 'healthStation', 'healthCentre', 'hospital', 'market', 'supermarket', 'canteen').length;
    const markets = listFacilities(city.built, 'market', 'supermarket');
    const clinics = listFacilities(city.built, 'healthStation', 'healthCentre', 'hospital');
    const measured = { persons: persons(cells), inside, market800m: coveredShare(cells, markets, () => 800), clinic1000m: coveredShare(cells, clinics, () => 1000) };
    return proof('D03', cells, measured, inside === 0 && measured.market800m < 0.5);
  },
  (city) => {
    const cells = withDeficit(city, 'no-elderly-care');
    const measured = { communities: cells.length, inside: listFacilities(cells, 'elderlyDayCare', 'nursingHome').length, fewestPersons: Math.min(...cells.map((built) => built.cell.persons)) };
    return proof('D04', cells, measured, measured.inside === 0 && measured.fewestPersons > 5000);
  },
  (city) => {
    const cells = withDeficit(city, 'corroded-risers');
    const surveys = cells.flatMap(listSurveys);
    const measured = { homes: surveys.length, hazard: surveys.filter((survey) => survey.hazardGas && (survey.riserYear ?? 2025) <= 2005).length };
    return proof('D05', cells, measured, measured.hazard > 0.6 * measured.homes && measured.homes > 0);
  },
  (city) => {
    const cells = withDeficit(city, 'no-fire-station');
    const stations = listFacilities(city.built, 'fireStation');
    const near = (cell: Cell): boolean => {
      const [lon, lat] = city.plan.ground.toLonLat(cell.column + 0.5, cell.row + 0.5);
      return stations.some((station) => distanceM(lon, lat, station.lon, station.lat) <= 1130);
    };
    const share = (list: readonly BuiltCell[]): number => Math.round((list.filter((built) => near(built.cell)).length / list.length) * 1000) / 1000;
    const measured = { stationsInside: listFacilities(cells, 'fireStation').length, within1130m: share(cells), elsewhere: share(rest(city, 'no-fire-station')) };
    return proof('D06', cells, measured, measured.stationsInside === 0 && measured.within1130m <= 0.25 && measured.elsewhere > 0.5);
  },
  (city) => {
    const cells = withDeficit(city, 'no-park');
    const parks = listFacilities(city.built, 'park');
    const measured = { persons: persons(cells), parksInside: listFacilities(cells, 'park').length, covered: coveredShare(cells, parks, parkRadiusM), elsewhere: coveredShare(rest(city, 'no-park'), parks, parkRadiusM) };
    return proof('D07', cells, measured, measured.parksInside === 0 && measured.covered < 0.25 && measured.elsewhere > 0.7);
  },
  (city) => {
    const cells = withDeficit(city, 'few-shelters');
    const perPerson = (list: readonly BuiltCell[]): number =>
      Math.round((list.reduce((sum, built) => sum + built.facilities.reduce((inner, facility) => inner + (findShelter(built.cell, facility)?.effectiveM2 ?? 0), 0), 0) / persons(list)) * 100) / 100;
    const measured = { persons: persons(cells), m2PerPerson: perPerson(cells), elsewhere: perPerson(rest(city, 'few-shelters')) };
    return proof('D08', cells, measured, measured.m2PerPerson < 0.5 && measured.elsewhere >= 2);
  },
  (city) => {
    const cells = withDeficit(city, 'low-occupancy');
    const perDwelling = (list: readonly BuiltCell[]): number => {
      const dwellings = list.flatMap((built) => built.homes).reduce((sum, home) => sum + home.dwellings, 0);
      return Math.round((persons(list) / dwellings) * 100) / 100;
    };
    const others = rest(city, 'low-occupancy').filter((built) => built.cell.zone === 'highrise');
    const measured = { persons: persons(cells), personsPerDwelling: perDwelling(cells), elsewhere: perDwelling(others) };
    return proof('D09', cells, measured, measured.personsPerDwelling < 0.5 * measured.elsewhere);
  },
  (city) => {
    const cells = withDeficit(city, 'ponding');
    return proof('D10', cells, { points: cells.length }, cells.length === 3);
  },
  checkRiver,
  (city) => {
    const cells = withDeficit(city, 'no-services');
    const line = buildTransitPlan(city.plan).buses.filter((route) => route.service === 'industrial');
    const measured = { routes: line.length, weekdayTrips: listDepartures(line[0], 'weekday').length, weekendTrips: listDepartures(line[0], 'weekend').length, headwayS: listDepartures(line[0], 'weekday')[1] - listDepartures(line[0], 'weekday')[0] };
    return proof('D12', cells, measured, measured.routes === 1 && measured.headwayS >= 3600 && measured.weekendTrips === 0);
  },
  (city) => {
    const cells = city.built.filter((built) => built.cell.zone === 'estate80' || built.cell.zone === 'estate90');
    const walkUps = cells.flatMap((built) => built.homes).filter((home) => home.floors >= 4 && !home.lift);
    const measured = { homes: walkUps.length, persons: walkUps.reduce((sum, home) => sum + home.persons, 0) };
    return proof('D13', cells, measured, measured.homes > 1000);
  },
  (city) => {
    const cells = city.built.filter((built) => built.cell.zone === 'estate80');
    const gap = cells.reduce((sum, built) => sum + countParking(built.cell).demand - countParking(built.cell).parking, 0);
    return proof('D14', cells, { missingSpaces: gap }, gap > 5000);
  },
];

/** Across the river where no bridge is: straight and on foot between the two banks, at the middle of the gap. */
function checkRiver(city: DrawnCity): DeficitProof {
  const { plan, streets } = city;
  const u = plan.mapColumn + UNBRIDGED_COLUMNS[1];
  const river = plan.horizontal[plan.riverRow];
  const [south, north] = [-1, 1].map((side) => plan.ground.toLonLat(u, plan.riverRow + side * river.gap));
  const straightM = Math.round(distanceM(south[0], south[1], north[0], north[1]));
  const walkM = Math.round(streets.walkM(streets.nearest(south[0], south[1]), streets.nearest(north[0], north[1])));
  const cells = city.built.filter(({ cell }) => cell.column >= plan.mapColumn && cell.column <= u && (cell.row === plan.riverRow || cell.row === plan.riverRow - 1));
  return proof('D11', cells, { straightM, walkM }, walkM > 6 * straightM);
}

/** Draws the city and checks every planted deficit; also whether its streets hang together. */
export async function checkDeficits(plan: CityPlan, context: WorkContext = {}): Promise<{ proofs: DeficitProof[]; streets: StreetCheck; persons: number }> {
  const city = await drawCity(plan, context);
  const total = city.built.reduce((sum, built) => sum + built.homes.reduce((inner, home) => inner + home.persons, 0), 0);
  return { proofs: CHECKS.map((check) => check(city)), streets: city.streets, persons: total };
}
