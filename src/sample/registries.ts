/** The registries of standards §8.2 that describe what is built: units, buildings, facilities, services, shelters, stations. */
import { join } from 'node:path';
import { Random } from '../core/random.ts';
import type { BuiltCell, BuiltFacility } from './cell.ts';
import { FACILITY_KINDS } from './facility-kinds.ts';
import type { Home } from './homes.ts';
import { listEntrances } from './city-objects.ts';
import { CITY_NAME } from './names.ts';
import type { Block, Cell, CityPlan } from './plan.ts';
import { CITY_UNIT } from './plan.ts';
import type { TransitPlan } from './transit-plan.ts';
import { buildOutline, toEwkt } from './unit-shapes.ts';
import { CsvWriter } from './write-csv.ts';
import { ZONES } from './zones.ts';

export const WGS84 = 'EPSG:4326';

export const REGISTRY_COLUMNS = {
  units: ['unit_id', 'scale', 'name', 'parent', 'wkt', 'population', 'households', 'built_after_2018'],
  buildings: ['bldg_id', 'community_id', 'year_built', 'storeys', 'height_m', 'structure', 'floor_area', 'units', 'complete_set', 'lift', 'gas_riser_year', 'hazard_struct', 'hazard_gas', 'hazard_stair', 'hazard_env', 'fire_iot', 'energy_retrofit', 'geom'],
  facilities: ['fac_id', 'class', 'name', 'lon', 'lat', 'crs', 'floor_m2', 'land_m2', 'capacity', 'classes', 'open_hours', 'public', 'in_use'],
  community_services: ['community_id', 'parking', 'households', 'ev_private', 'ev_public', 'ebike_slots', 'property_mgmt', 'waste_sort', 'smart', 'demand_parking', 'demand_ev', 'demand_ebike'],
  shelters: ['id', 'class', 'effective_m2', 'capacity', 'geom'],
  stations: ['id', 'kind', 'station_class', 'name', 'line', 'entrance', 'lon', 'lat', 'crs'],
} as const;

export function householdsOf(cell: Cell): number {
  return Math.round(cell.persons / ZONES[cell.zone].householdSize);
}

/** Half of the newest quarters were finished after GB 50180-2018 came into force. */
export function isBuiltAfter2018(cell: Cell): boolean {
  return cell.zone === 'highrise' && (cell.deficits.has('low-occupancy') || cell.seed % 3 === 0);
}

function sum(cells: readonly Cell[], value: (cell: Cell) => number): number {
  return cells.reduce((total, cell) => total + value(cell), 0);
}

export function writeUnits(dir: string, plan: CityPlan): number {
  const csv = new CsvWriter(join(dir, 'units.csv'), REGISTRY_COLUMNS.units);
  const add = (id: string, scale: string, name: string, parent: string, cells: readonly Cell[], after2018: boolean | undefined): void =>
    csv.add([id, scale, name, parent, toEwkt(buildOutline(plan, cells)), sum(cells, (cell) => cell.persons), sum(cells, householdsOf), after2018]);
  add(CITY_UNIT, '城市', CITY_NAME.zh, '', plan.cells, undefined);
  for (const district of plan.districts) {
    add(district.unitId, '城区', district.name.zh, CITY_UNIT, district.blocks.flatMap((block) => block.cells), undefined);
  }
  for (const district of plan.districts) for (const block of district.blocks) add(block.unitId, '街区', block.name.zh, district.unitId, block.cells, undefined);
  for (const cell of plan.cells) add(cell.unitId, '社区', cell.name.zh, cell.block.unitId, [cell], isBuiltAfter2018(cell));
  for (const block of plan.districts.flatMap(({ blocks }) => blocks)) {
    const works = block.cells.filter(({ zone }) => zone === 'industry');
    if (works.length > 0) add(parkId(block), '产业功能区', `${block.name.zh.replace(/街道$/, '')}产业园`, block.unitId, works, undefined);
  }
  csv.close();
  return csv.rows;
}

/** The industrial park of a sub-district, in units.csv and in parks.csv. */
export function parkId({ unitId }: Pick<Block, 'unitId'>): string {
  return `Y${unitId}`;
}

/** Parking spaces there are and are wanted: the older the quarter, the fewer there are for each household. */
export function countParking(cell: Cell): { parking: number; demand: number } {
  const households = householdsOf(cell);
  const ratio = { estate80: 0.22, estate90: 0.38, core: 0.12, village: 0.18, highrise: 1.05, commercial: 0.8, rural: 0.6 }[cell.zone as string] ?? 0.7;
  const wanted = cell.zone === 'highrise' ? 1 : cell.zone === 'core' || cell.zone === 'village' ? 0.45 : 0.75;
  return { parking: Math.round(households * ratio * new Random(cell.seed + 6).between(0.85, 1.15)), demand: Math.round(households * wanted) };
}

/** What the survey of homes found in one building. */
export interface HomeSurvey {
  readonly completeSet: boolean;
  readonly riserYear: number | undefined;
  readonly hazardStruct: boolean;
  readonly hazardGas: boolean;
  readonly hazardStair: boolean;
  readonly hazardEnv: boolean;
  readonly fireIot: boolean | undefined;
  readonly energyRetrofit: boolean;
}

/** One survey a home, in the order of the homes. */
export function listSurveys(built: BuiltCell): HomeSurvey[] {
  const { cell } = built;
  const random = new Random(cell.seed + 5);
  const scattered = cell.zone === 'core' || cell.zone === 'village' || cell.zone === 'rural';
  const corroded = cell.deficits.has('corroded-risers');
  return built.homes.map((home) => {
    const old = home.year <= 2000;
    const renewed = old && random.chance(0.5) ? random.integer(8, 22) : 0;
    const riserYear = scattered && random.chance(0.6) ? undefined : corroded ? random.integer(1994, 2003) : Math.min(2023, Math.max(home.year, 1996) + renewed);
    return {
      completeSet: !(cell.zone === 'core' && random.chance(0.45)) && home.style !== 'dormitory',
      riserYear,
      hazardStruct: (home.year <= 1980 && random.chance(0.12)) || (home.structure === '预制板砖混' && random.chance(0.2)),
      hazardGas: riserYear !== undefined && riserYear <= 2005 && random.chance(corroded ? 0.8 : 0.04),
      hazardStair: random.chance(cell.zone === 'village' ? 0.3 : old ? 0.16 : 0.03),
      hazardEnv: random.chance(old ? 0.09 : 0.02),
      fireIot: home.heightM > 27 ? random.chance(home.year >= 2019 ? 0.6 : 0.08) : undefined,
      energyRetrofit: home.year >= 2008 || random.chance(0.1),
    };
  });
}

const SHELTER_SHARES: Readonly<Record<string, number>> = { park: 0.55, junior: 0.35, primary: 0.3, pitchLarge: 0.8, sportsCentre: 0.6 };

/** Parks, schools and sports grounds shelter; in the cells that lack shelters only one primary school in four is fitted out. */
export function findShelter(cell: Cell, facility: BuiltFacility): { class: string; effectiveM2: number; capacity: number } | undefined {
  const share = SHELTER_SHARES[facility.kind];
  if (share === undefined) return undefined;
  if (cell.deficits.has('few-shelters') && (facility.kind !== 'primary' || cell.seed % 4 !== 0)) return undefined;
  const effectiveM2 = Math.round(facility.landM2 * share);
  const [name, each] = effectiveM2 >= 50_000 ? ['长期固定', 4.5] : effectiveM2 >= 10_000 ? ['中期固定', 3] : effectiveM2 >= 2000 ? ['短期固定', 2] : ['紧急', 1];
  return { class: String(name), effectiveM2, capacity: Math.floor(effectiveM2 / Number(each)) };
}

/** Writes what cells hold as they come. */
export class Registries {
  readonly #plan: CityPlan;
  readonly #buildings: CsvWriter;
  readonly #facilities: CsvWriter;
  readonly #services: CsvWriter;
  readonly #shelters: CsvWriter;
  readonly #stations: CsvWriter;
  #firstHome: Home | undefined;

  constructor(dir: string, plan: CityPlan) {
    this.#plan = plan;
    const open = (name: keyof typeof REGISTRY_COLUMNS): CsvWriter => new CsvWriter(join(dir, `${name}.csv`), REGISTRY_COLUMNS[name]);
    this.#buildings = open('buildings');
    this.#facilities = open('facilities');
    this.#services = open('community_services');
    this.#shelters = open('shelters');
    this.#stations = open('stations');
  }

  add(built: BuiltCell): void {
    const random = new Random(built.cell.seed + 3);
    const surveys = listSurveys(built);
    built.homes.forEach((home, index) => this.#addHome(built.cell, home, surveys[index]));
    for (const facility of built.facilities) this.#addFacility(built.cell, facility, random);
    this.#addServices(built.cell, random);
  }

  #addHome(cell: Cell, home: Home, survey: HomeSurvey): void {
    this.#firstHome ??= home;
    this.#buildings.add([
      home.id, cell.unitId, home.year, home.floors, home.heightM, home.structure, home.floorM2, home.dwellings, survey.completeSet, home.lift, survey.riserYear,
      survey.hazardStruct, survey.hazardGas, survey.hazardStair, survey.hazardEnv, survey.fireIot, survey.energyRetrofit, toEwkt([...home.ring, home.ring[0]]),
    ]);
  }

  #addFacility(cell: Cell, facility: BuiltFacility, random: Random): void {
    const kind = FACILITY_KINDS[facility.kind];
    const school = facility.kind === 'kindergarten' || facility.kind === 'primary' || facility.kind === 'junior';
    const classes = school ? Math.round(facility.capacity / (facility.kind === 'kindergarten' ? 30 : facility.kind === 'primary' ? 45 : 50)) : undefined;
    const capacity = facility.capacity > 0 ? facility.capacity : undefined;
    const open = !['market', 'supermarket', 'mall', 'pharmacy', 'bank', 'convenience'].includes(facility.kind);
    this.#facilities.add([facility.id, kind.class, facility.name, facility.lon.toFixed(7), facility.lat.toFixed(7), WGS84, facility.floorM2 || undefined, facility.landM2, capacity, classes, kind.hours, open && !(facility.kind === 'kindergarten' && random.chance(0.35)), true]);
    if (facility.kind === 'fireStation') {
      const first = Number(cell.block.unitId) % 3;
      this.#stations.add([`X${facility.id}`, '消防站', first === 0 ? '一级普通消防站' : first === 1 ? '二级普通消防站' : '小型普通消防站', facility.name, undefined, undefined, facility.lon.toFixed(7), facility.lat.toFixed(7), WGS84]);
    }
    this.#addShelter(cell, facility);
  }

  #addShelter(cell: Cell, facility: BuiltFacility): void {
    const shelter = findShelter(cell, facility);
    if (shelter === undefined) return;
    this.#shelters.add([`P${facility.id}`, shelter.class, shelter.effectiveM2, shelter.capacity, `SRID=4326;POINT (${facility.lon.toFixed(7)} ${facility.lat.toFixed(7)})`]);
  }

  #addServices(cell: Cell, random: Random): void {
    const { parking, demand } = countParking(cell);
    const households = householdsOf(cell);
    const chargers = Math.round(parking * (cell.zone === 'highrise' ? 0.14 : 0.015));
    const modern = cell.zone === 'highrise' || cell.zone === 'commercial';
    this.#services.add([
      cell.unitId, parking, households, chargers, Math.round(chargers * 0.35), Math.round(households * (modern ? 0.3 : random.between(0, 0.12))),
      modern || (cell.zone === 'estate90' && random.chance(0.7)), cell.zone !== 'village' && cell.zone !== 'rural', modern && random.chance(0.8),
      demand, Math.round(households * 0.12), Math.round(households * 0.35),
    ]);
  }

  /** Metro entrances, then the rows that are wrong on purpose; README.md lists them. Returns the rows of each file. */
  close(transit: TransitPlan): Record<string, number> {
    const seen = new Set<string>();
    for (const line of transit.metro) {
      for (const station of line.stations) {
        if (seen.has(station.id)) continue;
        seen.add(station.id);
        for (const { u, v, ref } of listEntrances(this.#plan, station)) {
          const [lon, lat] = this.#plan.ground.toLonLat(u, v);
          this.#stations.add([`${station.id}${ref}`, '轨道出入口', undefined, station.name, line.name, ref, lon.toFixed(7), lat.toFixed(7), WGS84]);
        }
      }
    }
    this.#addBadRows();
    const files = this.#files();
    for (const csv of Object.values(files)) csv.close();
    return Object.fromEntries(Object.entries(files).map(([name, csv]) => [`${name}.csv`, csv.rows]));
  }

  #files(): Record<string, CsvWriter> {
    return { buildings: this.#buildings, facilities: this.#facilities, community_services: this.#services, shelters: this.#shelters, stations: this.#stations };
  }

  abandon(): void {
    for (const csv of Object.values(this.#files())) csv.abandon();
  }

  #addBadRows(): void {
    const cell = this.#plan.cells[this.#plan.columns * this.#plan.mapRow + this.#plan.mapColumn];
    const [lon, lat] = this.#plan.ground.toLonLat(cell.column + 0.5, cell.row + 0.5);
    const square = toEwkt([[lon, lat], [lon + 1e-4, lat], [lon + 1e-4, lat + 1e-4], [lon, lat]]);
    const row = (id: string, community: string, year: number | string, storeys: number | string): void =>
      this.#buildings.add([id, community, year, storeys, 18, '砖混', 2400, 36, true, false, 2001, false, false, false, false, undefined, false, square]);
    row('B-BAD-YEAR', cell.unitId, 20225, 6);
    row('B-BAD-STOREYS', cell.unitId, 1988, -6);
    row('B-BAD-COMMUNITY', '999999999999', 1991, 6);
    if (this.#firstHome !== undefined) row(this.#firstHome.id, cell.unitId, 1990, 6);
    this.#facilities.add(['F-BAD-PLACE', '幼儿园', '坐标错误幼儿园', '115.6', '132.58', WGS84, 2400, 3600, 180, 6, '07:30-17:30', true, true]);
    this.#services.add(['999999999999', 12, 40, 0, 0, 0, false, false, false, 30, 5, 14]);
  }
}
