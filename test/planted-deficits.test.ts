/**
 * Deficits planted in the sample city (src/sample/README.md), found by the operators that count: the sample's own files are read by the importer's readers
 * and handed to the operators as they are, without a base. The city is moved to the equator, where made-up cities lie; registries name their units by id.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findKindOfWord } from '../src/base/facilities/match-kinds.ts';
import type { CityData } from '../src/checkup/city/city-data.ts';
import type { At, CityPlan } from '../src/checkup/city/make-city.ts';
import { degreesAt, makeCity } from '../src/checkup/city/make-city.ts';
import type { TransitRows } from '../src/checkup/city/transit-build.ts';
import { buildTransitSchedule } from '../src/checkup/city/transit-build.ts';
import { caseSpots } from '../src/checkup/operators/case-spots.ts';
import { columnGap } from '../src/checkup/operators/column-gap.ts';
import { facilityCount } from '../src/checkup/operators/facility-count.ts';
import type { Operator, PlaceValues } from '../src/checkup/operators/operator.ts';
import { parseParams } from '../src/checkup/operators/reach-params.ts';
import { registryCount } from '../src/checkup/operators/registry-count.ts';
import { shelterArea } from '../src/checkup/operators/shelter-area.ts';
import { stopFrequency } from '../src/checkup/operators/stop-frequency.ts';
import { unitsLacking } from '../src/checkup/operators/units-lacking.ts';
import { vacancy } from '../src/checkup/operators/vacancy.ts';
import { metresPerDegree } from '../src/engine/spatial/measure.ts';
import type { Attributes, FacilityRecord, PopulationRasterRecord, TableContract } from '../src/import/model.ts';
import { writeSampleCity } from '../src/sample/write-city.ts';
import { readAll } from './read-all.ts';

const EXPECTED = JSON.parse(readFileSync(new URL('../src/sample/expected-findings.json', import.meta.url), 'utf8')) as { findings: readonly { id: string; unitIds: readonly string[]; measured: Readonly<Record<string, number>> }[] };
const expected = (id: string) => EXPECTED.findings.find((finding) => finding.id === id)!;

const CORNER = { lon: 115.57, lat: 32.54 };
const DEGREE = metresPerDegree(32.58);
const at = (lon: number, lat: number): At => [(lon - CORNER.lon) * DEGREE.lon, (lat - CORNER.lat) * DEGREE.lat];

const dir = mkdtempSync(join(tmpdir(), 'planted-'));
let city: CityData;

const read = (name: string) => readAll(name, readFileSync(join(dir, name)));
/** Rows with their place moved along. */
const moved = (values: Attributes): Attributes => {
  if (typeof values['lon'] !== 'number' || typeof values['lat'] !== 'number') return values;
  const [lon, lat] = degreesAt(at(values['lon'], values['lat']));
  return { ...values, lon, lat };
};

async function readPlaces(): Promise<NonNullable<CityPlan['places']>> {
  const { places } = await read('units.csv');
  return places.map(({ placeId, level, parentId, geometry }) => {
    const { coordinates: c } = geometry!;
    const ring = Array.from({ length: c.length / 2 }, (_, i) => at(c[2 * i], c[2 * i + 1]));
    return { id: placeId, level, ring, ...(parentId !== undefined && { parent: parentId }) };
  });
}

/** Persons at the middles of the grid's cells. */
async function readResidents(): Promise<NonNullable<CityPlan['residents']>> {
  const { records } = await read('pop_total_shifan.tif');
  const grid = records.find((record): record is PopulationRasterRecord => record.type === 'population-raster')!;
  const residents: { at: At; persons: number }[] = [];
  grid.values.forEach((persons, i) => {
    const [column, row] = [i % grid.width, Math.floor(i / grid.width)];
    if (persons > 0) residents.push({ at: at(grid.originLon + (column + 0.5) * grid.cellLonDeg, grid.originLat - (row + 0.5) * grid.cellLatDeg), persons });
  });
  return residents;
}

async function readFacilities(): Promise<NonNullable<CityPlan['facilities']>> {
  const { records } = await read('facilities.csv');
  return records.filter((record): record is FacilityRecord => record.type === 'facility').map(({ facilityId, kind, capacity, floorM2, landM2, geometry }) => ({
    id: facilityId, kind: findKindOfWord(kind)?.id ?? kind, at: at(geometry.coordinates[0], geometry.coordinates[1]), registry: true,
    ...(capacity !== undefined && { capacity }), ...(floorM2 !== undefined && { floorM2 }), ...(landM2 !== undefined && { landM2 }),
  }));
}

async function readTransit(): Promise<TransitRows> {
  const { records, features } = await read('shifan-gtfs.zip');
  const layer = (name: string) => features.filter((feature) => feature.layer === name);
  return {
    batches: [1],
    trips: records.flatMap((record) => (record.type !== 'transit-trip' ? [] : [{ batch_id: 1, trip_id: record.tripId, route_id: record.routeId, service_id: record.serviceId, stop_ids: record.stopIds, departure_s: [...record.departureS], frequencies: record.frequencies }])),
    services: records.flatMap((record) => (record.type !== 'transit-service' ? [] : [{ batch_id: 1, service_id: record.serviceId, weekdays: record.weekdays, start_date: record.startDate ?? null, end_date: record.endDate ?? null, added_dates: record.addedDates, removed_dates: record.removedDates }])),
    stops: layer('transit-stop').map(({ sourceId, name, geometry: { coordinates: c } }) => {
      const [lon, lat] = degreesAt(at(c[0], c[1]));
      return { batch_id: 1, source_id: sourceId, name: name ?? null, lon, lat };
    }),
    routes: layer('transit-route').map(({ sourceId, kind, name }) => ({ batch_id: 1, source_id: sourceId, kind, name: name ?? null })),
  };
}

beforeAll(async () => {
  await writeSampleCity(dir, { persons: 300_000, seed: 1 });
  const tables: Partial<Record<TableContract, readonly Attributes[]>> = {};
  for (const contract of ['buildings', 'community_services', 'shelters', 'cases', 'hotline'] as const) tables[contract] = (await read(`${contract}.csv`)).rows.map(({ values }) => moved(values));
  city = makeCity({ period: 2025, places: await readPlaces(), residents: await readResidents(), facilities: await readFacilities(), tables, transit: buildTransitSchedule(await readTransit(), 2025)! });
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function run(operator: Operator, params: unknown): PlaceValues {
  const result = operator.run(city, parseParams(operator.id, operator.params, params), {});
  if (result instanceof Promise || 'missing' in result) throw new Error(`no value: ${JSON.stringify(result)}`);
  return result;
}

const numberOf = (id: string): number => Array.from(city.snapshot.place.id).findIndex((text) => city.snapshot.text(text) === id);
const communities = (): string[] => Array.from(city.tree.ofLevel('community'), (place) => city.snapshot.text(city.snapshot.place.id[place]));
const pick = (values: Float64Array | undefined, ids: readonly string[]): number[] => ids.map((id) => values![numberOf(id)]);
const total = (values: Float64Array | undefined, ids: readonly string[]): number => pick(values, ids).reduce((sum, value) => sum + value, 0);
const others = (ids: readonly string[]): string[] => communities().filter((id) => !ids.includes(id));

describe('deficits planted in the sample city', () => {
  it('D03: no clinic, market, supermarket or canteen in the communities of the park', () => {
    const { value } = run(facilityCount, { facilities: ['market', 'supermarket', 'canteen', 'community-health-station', 'community-health-centre'] });
    expect(pick(value, expected('D03').unitIds)).toEqual([0, 0, 0, 0, 0]);
    expect(value[city.tree.ofLevel('city')[0]]).toBeGreaterThan(80);
  });

  it('D04: the five communities without elderly care, and no other', () => {
    const { value } = run(unitsLacking, { facilities: ['elderly-day-care', 'nursing-home', 'elderly-care-home'], radiusM: 300 });
    expect(communities().filter((id) => value[numberOf(id)] === 1).sort()).toEqual([...expected('D04').unitIds].sort());
  });

  it('D05: homes with old, corroded gas risers', () => {
    const { value, detail } = run(registryCount, { table: 'buildings', where: { all: [{ column: 'gas_riser_year', op: '<=', yearsBefore: 20 }, { column: 'hazard_gas', op: '=', value: true }] } });
    const { unitIds, measured } = expected('D05');
    expect(pick(value, unitIds)).toEqual([measured['hazard']]);
    expect(Math.max(...pick(value, others(unitIds)))).toBeLessThan(10);
    expect(detail?.rows?.row).toHaveLength(value[city.tree.ofLevel('city')[0]]);
  });

  it('D08: a quarter of a square metre of shelter a person', () => {
    const { numerator, denominator } = run(shelterArea, {});
    const { unitIds, measured } = expected('D08');
    expect(total(numerator, unitIds) / total(denominator, unitIds)).toBeCloseTo(measured['m2PerPerson'], 2);
    expect(total(denominator, unitIds) / measured['persons']).toBeCloseTo(1, 1);
    expect(total(numerator, others(unitIds)) / total(denominator, others(unitIds))).toBeGreaterThan(5);
  });

  it('D09: new quarters that are half empty, and no other community of homes', () => {
    const { numerator, denominator, value } = run(vacancy, {});
    const { unitIds, measured } = expected('D09');
    expect(total(numerator, unitIds) / total(denominator, unitIds)).toBeCloseTo(measured['personsPerDwelling'], 1);
    expect(Math.min(...pick(value, others(unitIds)).filter((each) => !Number.isNaN(each)))).toBeGreaterThan(Math.max(...pick(value, unitIds)));
  });

  it('D10: three spots where water stands, and no other', () => {
    const { value } = run(caseSpots, {
      sources: [
        { table: 'cases', where: { all: [{ column: 'big_code', op: '=', value: '05' }, { column: 'small_code', op: '=', value: '06' }] } },
        { table: 'hotline', where: { column: 'category2', op: 'contains', values: ['积水', '内涝'] } },
      ],
    });
    expect(communities().filter((id) => value[numberOf(id)] > 0).sort()).toEqual([...expected('D10').unitIds].sort());
    expect(total(value, communities())).toBe(3);
  });

  it('D12: one bus an hour on working days, none at weekends', () => {
    const { unitIds, measured } = expected('D12');
    const headway = (day: string): number[] => pick(run(stopFrequency, { statistic: 'headway', day }).value, unitIds);
    expect(new Set(headway('weekday').filter((minutes) => !Number.isNaN(minutes)))).toEqual(new Set([measured['headwayS'] / 60]));
    expect(headway('saturday').every(Number.isNaN)).toBe(true);
    expect(Math.max(...pick(run(stopFrequency, { statistic: 'routes' }).value, unitIds))).toBe(measured['routes']);
    expect(pick(run(stopFrequency, { statistic: 'departures', day: 'sunday' }).value, unitIds)).toEqual([0, 0, 0, 0, 0]);
    expect(run(stopFrequency, { statistic: 'headway' }).value[city.tree.ofLevel('city')[0]]).toBeLessThan(20);
  });

  it('D13: walk-ups of four storeys and more', () => {
    const { value } = run(registryCount, { table: 'buildings', where: { all: [{ column: 'storeys', op: '>=', value: 4 }, { column: 'lift', op: '=', value: false }] } });
    const { unitIds, measured } = expected('D13');
    expect(total(value, unitIds)).toBe(measured['homes']);
  });

  it('D14: parking spaces short of demand', () => {
    const { value } = run(columnGap, { table: 'community_services', demand: [{ column: 'demand_parking' }, { column: 'households' }], supply: [{ column: 'parking' }] });
    const { unitIds, measured } = expected('D14');
    expect(total(value, unitIds)).toBe(measured['missingSpaces']);
    expect(Math.min(...pick(value, unitIds))).toBeGreaterThan(1000);
  });
});
