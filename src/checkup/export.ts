/** Values of all places of a level as one table, or as GeoJSON with a property an indicator. */
import type { Base } from '../base/open.ts';
import { getCity } from '../base/store/cities.ts';
import type { GeoJsonGeometry } from '../engine/spatial/geometry.ts';
import { toGeoJson } from '../engine/spatial/geometry.ts';
import { fromWkb } from '../engine/spatial/wkb.ts';
import type { PlaceLevel } from '../import/model.ts';
import { gradeAt } from './grading/grade-checkup.ts';
import type { Grade } from './model.ts';
import type { Checkup, StoredIndicator } from './store.ts';
import { getCheckup, listIndicators, readAllGrades, readPlaces, readResultBytes } from './store.ts';
import type { PlaceList } from './store/place-list.ts';
import { readResult } from './store/result-bytes.ts';
import type { PeriodChoice } from './views.ts';

export interface ExportValue {
  readonly indicator: StoredIndicator;
  readonly place: number;
  readonly value: number;
  readonly numerator: number;
  readonly denominator: number;
  readonly n: number;
  readonly grade: Grade | undefined;
}

interface Table {
  readonly checkup: Checkup;
  readonly places: PlaceList;
  readonly indicators: readonly StoredIndicator[];
  readonly numbers: readonly number[];
  readonly values: readonly ExportValue[];
}

/** Results opened at a time: in a city of 10 million each is a megabyte. */
const AT_ONCE = 50;

async function readTable(base: Base, cityId: string, choice: PeriodChoice, level: PlaceLevel): Promise<Table> {
  const { database } = base;
  await getCity(database, cityId);
  const checkup = await getCheckup(database, cityId, choice);
  const places = await readPlaces(database, checkup);
  const indicators = await listIndicators(database, checkup);
  const numbers = places.level.flatMap((one, place) => (one === level ? [place] : []));
  const values: ExportValue[] = [];
  const grades = await readAllGrades(database, checkup);
  for (let start = 0; start < indicators.length; start += AT_ONCE) {
    const some = indicators.slice(start, start + AT_ONCE);
    const results = await readResultBytes(database, cityId, some.flatMap(({ resultHash }) => resultHash ?? []));
    for (const indicator of some) {
      const found = indicator.resultHash === undefined ? undefined : results.get(indicator.resultHash);
      if (found === undefined) continue;
      const { value, numerator, denominator, n } = readResult(found.bytes).values;
      const byPlace = grades.get(indicator.definition.id);
      for (const place of numbers) {
        if (!Number.isFinite(value[place])) continue;
        values.push({ indicator, place, value: value[place], numerator: numerator?.[place] ?? NaN, denominator: denominator?.[place] ?? NaN, n: n?.[place] ?? NaN, grade: byPlace === undefined ? undefined : gradeAt(byPlace, place) });
      }
    }
  }
  return { checkup, places, indicators, numbers, values };
}

/** Quoted where RFC 4180 asks for it. A name that a spreadsheet would take for a formula (`=1+1`, `@SUM`) goes behind an apostrophe, as people write it there. */
function field(name: string): string {
  const text = /^[=+\-@\t\r]/.test(name) && Number.isNaN(Number(name)) ? `'${name}` : name;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
const number = (value: number): string => (Number.isFinite(value) ? String(value) : '');

/** A row an indicator and place that has a value; RFC 4180 with a byte order mark, which spreadsheets want for Chinese. */
export async function exportCsv(base: Base, cityId: string, choice: PeriodChoice, level: PlaceLevel): Promise<string> {
  const { checkup, places, values } = await readTable(base, cityId, choice, level);
  const head = 'period,indicator_id,number,indicator,place_id,place,level,value,unit,numerator,denominator,n,quality,grade';
  const rows = values.map(({ indicator: { definition, quality }, place, ...at }) =>
    [checkup.period, definition.id, definition.number ?? '', field(definition.name.zh), field(places.id[place]), field(places.zh[place]), places.level[place], number(at.value), field(definition.unit.zh),
      number(at.numerator), number(at.denominator), number(at.n), quality, at.grade ?? ''].join(','),
  );
  return `\ufeff${[head, ...rows].join('\r\n')}\r\n`;
}

/** Values of a level by place, as `--json --level` gives them. */
export interface PlaceRowJson {
  readonly placeId: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly level: PlaceLevel;
  readonly population: number | null;
  readonly values: Record<string, { readonly value: number; readonly grade: Grade | null }>;
}

export async function exportPlaces(base: Base, cityId: string, choice: PeriodChoice, level: PlaceLevel): Promise<PlaceRowJson[]> {
  const { places, numbers, values } = await readTable(base, cityId, choice, level);
  return rowsOf(places, numbers, values);
}

function rowsOf(places: PlaceList, numbers: readonly number[], values: readonly ExportValue[]): PlaceRowJson[] {
  const rows = new Map(numbers.map((place): [number, PlaceRowJson] => [place, { placeId: places.id[place], name: { zh: places.zh[place], en: places.en[place] }, level: places.level[place], population: places.population[place], values: {} }]));
  for (const { indicator, place, value, grade } of values) rows.get(place)!.values[indicator.definition.id] = { value, grade: grade ?? null };
  return [...rows.values()];
}

interface PlaceFeature {
  readonly type: 'Feature';
  readonly id: string;
  readonly properties: Record<string, string | number | null>;
  readonly geometry: GeoJsonGeometry | null;
}

/** Places of the revision that was checked, with a property an indicator and one for its grade. */
export async function exportGeoJson(base: Base, cityId: string, choice: PeriodChoice, level: PlaceLevel): Promise<{ type: 'FeatureCollection'; features: PlaceFeature[] }> {
  const { checkup, places, numbers, values } = await readTable(base, cityId, choice, level);
  const shapes = await readShapes(base, checkup, level);
  const features = rowsOf(places, numbers, values).map((row): PlaceFeature => ({
    type: 'Feature', id: row.placeId, geometry: shapes.get(row.placeId) ?? null,
    properties: {
      place_id: row.placeId, name: row.name.zh, name_en: row.name.en, level: row.level, population: row.population,
      ...Object.fromEntries(Object.entries(row.values).flatMap(([id, { value, grade }]) => [[id, value], [`${id}:grade`, grade]])),
    },
  }));
  return { type: 'FeatureCollection', features };
}

async function readShapes({ database }: Base, { cityId, revision }: Checkup, level: PlaceLevel): Promise<Map<string, GeoJsonGeometry>> {
  const rows = await database.query<{ place_id: string; geom: string }>(
    `select p.place_id, p.geom from place p join revision r on r.city_id = p.city_id and r.revision = $2
     where p.city_id = $1 and p.level = $3 and p.geom is not null and p.batch_id = (select max(batch) from unnest(r.batches) as batch)`, [cityId, revision, level],
  );
  return new Map(rows.map(({ place_id, geom }) => [place_id, toGeoJson(fromWkb(Buffer.from(geom, 'hex')))]));
}
