/** What stands behind an indicator as GeoJSON: facilities that count, residents not served, rows of a registry, buildings, lines and spots. */
import { ChengmaiError } from '../core/errors.ts';
import type { Base } from '../base/open.ts';
import type { Snapshot } from '../base/snapshot/model.ts';
import { getCity } from '../base/store/cities.ts';
import type { AttributeValue, TableContract } from '../import/model.ts';
import { buildCityTable, NOWHERE_E7 } from './city/build-table.ts';
import type { CityTable } from './city/city-data.ts';
import { rowsOf } from './open-city.ts';
import type { CheckupCity } from './open-places.ts';
import { openCheckupCity } from './open-places.ts';
import type { ResultDetail } from './operators/operator.ts';
import { readOneTable } from './read-city-data.ts';
import { getCheckup, getIndicator, readResultBytes } from './store.ts';
import { readResult } from './store/result-bytes.ts';
import type { PeriodChoice } from './views.ts';

type Properties = Record<string, AttributeValue>;

interface Feature {
  readonly type: 'Feature';
  readonly properties: Properties;
  readonly geometry: { readonly type: 'Point'; readonly coordinates: [number, number] } | { readonly type: 'LineString'; readonly coordinates: [number, number][] };
}

export interface DetailGeoJson {
  readonly type: 'FeatureCollection';
  readonly features: Feature[];
  /** How many features there are where not all were given. */
  readonly total: number;
}

const pointAt = (e7: Int32Array, i: number): [number, number] => [e7[2 * i] / 1e7, e7[2 * i + 1] / 1e7];

function point(coordinates: [number, number], properties: Properties): Feature {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates } };
}

const known = (value: number): number | null => (Number.isFinite(value) ? Math.round(value * 1000) / 1000 : null);

function* listFeatures({ facilities, unserved, load, rows, buildings, lines, points }: ResultDetail, snapshot: Snapshot, table: CityTable | undefined): Generator<Feature> {
  const { facility, population, building, meta } = snapshot;
  for (const [i, number] of (facilities ?? []).entries()) {
    const kind = meta.facilityKinds.find(({ start, end }) => number >= start && number < end)?.kind ?? '';
    yield point(pointAt(facility.pointE7, number), {
      type: 'facility', facilityId: snapshot.text(facility.id[number]), kind, name: snapshot.text(facility.name[number]),
      ...(load !== undefined && { demand: known(load.demand[i]), capacity: known(load.capacity[i]) }),
    });
  }
  if (unserved !== undefined) for (const [i, number] of unserved.point.entries()) yield point(pointAt(population.pointE7, number), { type: 'unserved', persons: known(unserved.persons[i]) });
  if (rows !== undefined && table !== undefined) {
    for (const row of rows.row) {
      if (table.pointE7[2 * row] === NOWHERE_E7) continue;
      yield point(pointAt(table.pointE7, row), { type: 'row', table: rows.table, ...Object.fromEntries(Object.entries(table.columns).flatMap(([name, cells]) => (cells[row] === null ? [] : [[name, cells[row]]]))) });
    }
  }
  if (buildings !== undefined) for (const [i, number] of buildings.building.entries()) yield point(pointAt(building.centreE7, number), { type: 'building', building: snapshot.text(building.source[number]), value: known(buildings.value[i]) });
  if (points !== undefined) for (let i = 0; i < points.length / 2; i++) yield point(pointAt(points, i), { type: 'point' });
  if (lines !== undefined) {
    let start = 0;
    for (const end of lines.ends) {
      yield { type: 'Feature', properties: { type: 'line' }, geometry: { type: 'LineString', coordinates: Array.from({ length: end - start }, (_, k) => pointAt(lines.verticesE7, start + k)) } };
      start = end;
    }
  }
}

async function openTable(base: Base, cityId: string, contract: TableContract, { snapshot, tree }: CheckupCity): Promise<CityTable | undefined> {
  const input = await readOneTable(base, cityId, contract);
  if (input === undefined) return undefined;
  const numbers = new Map(Array.from(snapshot.place.id, (id, place) => [snapshot.text(id), place]));
  return buildCityTable(rowsOf(input), { tree, find: (id) => numbers.get(id) });
}

/**
 * @param limit features given at most, in the order above
 * @throws ChengmaiError not-found `checkup/no-checkup`, `checkup/no-indicator`; conflict `checkup/detail-stale` where the city has changed since
 */
export async function buildDetail(base: Base, cityId: string, choice: PeriodChoice, indicatorId: string, limit: number): Promise<DetailGeoJson> {
  const { database } = base;
  await getCity(database, cityId);
  const checkup = await getCheckup(database, cityId, choice);
  const { resultHash } = await getIndicator(database, checkup, indicatorId);
  if (resultHash === undefined) return { type: 'FeatureCollection', features: [], total: 0 };
  const city = await openCheckupCity(base, checkup);
  if (city === undefined) {
    throw new ChengmaiError('conflict', 'checkup/detail-stale', {
      zh: `城市“${cityId}”在体检后有了新数据，无法再显示这次体检的明细；请重新体检。`,
      en: `The city "${cityId}" has new data since, so what stood behind this check-up cannot be shown; check up again.`,
    }, { value: cityId });
  }
  const found = (await readResultBytes(database, cityId, [resultHash])).get(resultHash);
  const detail = found === undefined ? {} : (readResult(found.bytes, city.snapshot.meta.facilityKinds).values.detail ?? {});
  const features: Feature[] = [];
  let total = 0;
  const table = detail.rows === undefined ? undefined : await openTable(base, cityId, detail.rows.table, city);
  for (const feature of listFeatures(detail, city.snapshot, table)) if (total++ < limit) features.push(feature);
  return { type: 'FeatureCollection', features, total };
}
