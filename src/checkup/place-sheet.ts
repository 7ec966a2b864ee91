/** 体检单: what one place has of every indicator, beside the city and its like. */
import type { Bilingual } from '../core/bilingual.ts';
import type { Base } from '../base/open.ts';
import { distanceM } from '../engine/spatial/measure.ts';
import { describeFacilityKind } from '../base/facility-titles.ts';
import type { Snapshot } from '../base/snapshot/model.ts';
import { getCity } from '../base/store/cities.ts';
import type { FindingJson, PlaceSheet } from './api.ts';
import { indicatorLine, buildLineContext, getPlaceNumber, thresholdJson } from './views.ts';
import type { PeriodChoice } from './views.ts';
import { pickThresholds } from './grading/thresholds.ts';
import type { Grade } from './model.ts';
import { openCheckupCity } from './open-places.ts';
import type { Checkup, StoredIndicator } from './store.ts';
import { getCheckup, listIndicators, readPlaces, readResultBytes } from './store.ts';
import { listFindings } from './store/ledger.ts';
import type { PlaceList } from './store/place-list.ts';
import { readResult } from './store/result-bytes.ts';

interface PlaceRow {
  indicator_id: string;
  value: number;
  numerator: number | null;
  denominator: number | null;
  n: number | null;
  grade: Grade | null;
  quality: PlaceSheet['indicators'][number]['quality'];
  /** Places of the level with a larger value, with a smaller one, and with any. */
  above: number;
  below: number;
  of: number;
}

/** Values of one place with its standing among the places of its level. */
function readPlaceRows({ database }: Base, { cityId, checkupId }: Checkup, placeId: string): Promise<PlaceRow[]> {
  return database.query<PlaceRow>(
    // the places of the level are read once: joined directly, a base without statistics reads them again for every indicator (3.2 s, so 0.5 s)
    `with mine as materialized (select * from measurement where city_id = $1 and checkup_id = $2 and place_id = $3),
       peers as materialized (select indicator_id, value from measurement where city_id = $1 and checkup_id = $2 and level = (select level from mine limit 1))
     select m.indicator_id, m.value, m.numerator, m.denominator, m.n, m.grade, m.quality,
       count(*) filter (where l.value > m.value)::integer as above, count(*) filter (where l.value < m.value)::integer as below, count(*)::integer as of
     from mine m join peers l using (indicator_id)
     group by m.indicator_id, m.value, m.numerator, m.denominator, m.n, m.grade, m.quality`,
    [cityId, checkupId, placeId],
  );
}

/** Earlier values of the place, oldest first. */
async function readPlaceSeries({ database }: Base, { cityId, period }: Checkup, placeId: string): Promise<Map<string, { period: number; value: number | null }[]>> {
  const rows = await database.query<{ indicator_id: string; period: number; value: number }>(
    `select m.indicator_id, c.period, m.value from checkup c join measurement m using (city_id, checkup_id) where c.city_id = $1 and c.state = 'complete' and c.period <= $2 and m.place_id = $3 order by c.period`,
    [cityId, period, placeId],
  );
  const series = new Map<string, { period: number; value: number | null }[]>();
  for (const { indicator_id, ...point } of rows) series.set(indicator_id, [...(series.get(indicator_id) ?? []), point]);
  return series;
}

async function readPlaceFacts({ database }: Base, { cityId, revision }: Checkup, placeId: string): Promise<{ households: number | null; areaM2: number | null }> {
  const [row] = await database.query<{ households: number | null; area_m2: number | null }>(
    `select p.households, p.area_m2 from place p join revision r on r.city_id = p.city_id and r.revision = $3
     where p.city_id = $1 and p.place_id = $2 and p.batch_id = (select max(batch) from unnest(r.batches) as batch)`, [cityId, placeId, revision],
  );
  return { households: row?.households ?? null, areaM2: row?.area_m2 ?? null };
}

/** @throws ChengmaiError not-found `base/no-city`, `checkup/no-checkup`, `checkup/no-place` */
export async function buildPlaceSheet(base: Base, cityId: string, choice: PeriodChoice, placeId: string): Promise<PlaceSheet> {
  const { database } = base;
  await getCity(database, cityId);
  const checkup = await getCheckup(database, cityId, choice);
  const places = await readPlaces(database, checkup);
  const place = getPlaceNumber(places, placeId);
  const stored = await listIndicators(database, checkup);
  const rows = new Map((await readPlaceRows(base, checkup, placeId)).map((row) => [row.indicator_id, row]));
  const series = await readPlaceSeries(base, checkup, placeId);
  const context = await buildLineContext(base, checkup);
  const level = places.level[place];
  const parent = places.parent[place];
  const { findings } = await listFindings(database, cityId, { place: placeId, period: checkup.period });
  const facts = await readPlaceFacts(base, checkup, placeId);
  return {
    placeId, level, name: nameOf(places, place), population: places.population[place], households: facts.households, areaM2: places.areaM2[place] ?? facts.areaM2 ?? 0,
    parent: parent < 0 ? null : { placeId: places.id[parent], name: nameOf(places, parent), level: places.level[parent] },
    outside: places.outside[place] === 1,
    indicators: stored.map((one) => {
      const { definition } = one;
      const row = rows.get(definition.id);
      const line = indicatorLine(one, context);
      const { standard } = pickThresholds(definition.thresholds, { cityClass: checkup.cityClass, cityRank: checkup.cityRank, level, period: checkup.period });
      return {
        ...pickLine(line), quality: row?.quality ?? (one.quality === 'missing' ? 'missing' : line.quality), value: row?.value ?? null, grade: row?.grade ?? null,
        threshold: context.own[definition.id] === undefined ? (standard === undefined ? null : thresholdJson(standard)) : line.threshold,
        series: series.get(definition.id) ?? [], numerator: row?.numerator ?? null, denominator: row?.denominator ?? null, n: row?.n ?? null, cityValue: line.value,
        rank: row === undefined || definition.direction === 'band' || definition.direction === 'inventory' ? null : { at: 1 + (definition.direction === 'up' ? row.above : row.below), of: row.of },
      };
    }),
    lackingFacilities: await listLacking(base, checkup, stored, place),
    findings: findings as FindingJson[],
  };
}

function nameOf({ zh, en }: PlaceList, place: number): Bilingual {
  return { zh: zh[place], en: en[place] };
}

type SheetLine = Pick<PlaceSheet['indicators'][number], 'id' | 'number' | 'set' | 'group' | 'dimension' | 'name' | 'unit' | 'direction' | 'level' | 'missing'>;

function pickLine({ id, number, set, group, dimension, name, unit, direction, level, missing }: SheetLine): SheetLine {
  return { id, number, set, group, dimension, name, unit, direction, level, missing };
}

/** Parameters of a measure of facilities within a radius, however its operator names it. */
function readReach({ parameters }: StoredIndicator): { kinds: string[]; radiusM: number } | undefined {
  const { facilities, radiusM } = parameters;
  if (!Array.isArray(facilities) || typeof radiusM !== 'number') return undefined;
  return { kinds: facilities.filter((kind): kind is string => typeof kind === 'string'), radiusM };
}

/** Kinds of facility that some residents of the place have no way to within the radius; empty where the city has changed since the check-up. */
async function listLacking(base: Base, checkup: Checkup, stored: readonly StoredIndicator[], place: number): Promise<PlaceSheet['lackingFacilities']> {
  const reaching = stored.flatMap((one) => {
    const reach = readReach(one);
    return reach === undefined || one.resultHash === undefined ? [] : [{ reach, hash: one.resultHash }];
  });
  const city = reaching.length === 0 ? undefined : await openCheckupCity(base, checkup);
  if (city === undefined) return [];
  const inPlace = city.pointsOf(place);
  const persons = personsAt(city.snapshot, inPlace);
  const bytes = await readResultBytes(base.database, checkup.cityId, reaching.map(({ hash }) => hash));
  const lacking = new Map<string, PlaceSheet['lackingFacilities'][number]>();
  for (const { reach, hash } of reaching) {
    const found = bytes.get(hash);
    const detail = found === undefined ? undefined : readResult(found.bytes).values.detail;
    if (detail?.unserved === undefined) continue;
    const without = sumAt(detail.unserved.point, detail.unserved.persons, inPlace);
    if (without < 0.5) continue;
    const [kind] = reach.kinds;
    const key = reach.kinds.join();
    const before = lacking.get(key);
    if (before !== undefined && before.radiusM >= reach.radiusM) continue;
    lacking.set(key, {
      kind, name: nameKinds(reach.kinds), radiusM: reach.radiusM, nearestM: nearestOf(detail.nearestM, inPlace) ?? straightTo(city.snapshot, reach.kinds, inPlace),
      personsWithout: Math.round(without * 10) / 10, personsShare: persons > 0 ? Math.round((1000 * without) / persons) / 10 : null,
    });
  }
  return [...lacking.values()].sort((a, b) => (b.personsWithout ?? 0) - (a.personsWithout ?? 0));
}

/** What may stand in for one another, by the names of the kinds; the first three of longer lists. */
function nameKinds(kinds: readonly string[]): Bilingual {
  const named = kinds.slice(0, 3).map((kind) => describeFacilityKind(kind).title);
  const hasMore = kinds.length > named.length;
  return { zh: `${named.map(({ zh }) => zh).join('、')}${hasMore ? '等' : ''}`, en: `${named.map(({ en }) => en).join(', ')}${hasMore ? ' …' : ''}` };
}

function personsAt({ meta, population }: Snapshot, inPlace: ReadonlySet<number>): number {
  const group = meta.groups.indexOf('total');
  let sum = 0;
  if (group >= 0) for (const point of inPlace) sum += population.persons[group * meta.counts.points + point];
  return sum;
}

function sumAt(points: Uint32Array, persons: Float32Array, inPlace: ReadonlySet<number>): number {
  let sum = 0;
  points.forEach((point, i) => {
    if (inPlace.has(point)) sum += persons[i];
  });
  return sum;
}

/** Metres as the crow flies from the middle of the residents to the nearest facility: where the measure itself looked no further than its radius. */
function straightTo({ facility, population, meta }: Snapshot, kinds: readonly string[], inPlace: ReadonlySet<number>): number | null {
  if (inPlace.size === 0) return null;
  let [lon, lat] = [0, 0];
  for (const point of inPlace) {
    lon += population.pointE7[2 * point] / inPlace.size;
    lat += population.pointE7[2 * point + 1] / inPlace.size;
  }
  let least = Infinity;
  for (const { kind, start, end } of meta.facilityKinds) {
    if (!kinds.includes(kind)) continue;
    for (let f = start; f < end; f++) least = Math.min(least, distanceM(lon / 1e7, lat / 1e7, facility.pointE7[2 * f] / 1e7, facility.pointE7[2 * f + 1] / 1e7));
  }
  return Number.isFinite(least) ? Math.round(least) : null;
}

/** Metres from the home that is closest to one; null where none is in reach of any. */
function nearestOf(nearestM: Float32Array | undefined, inPlace: ReadonlySet<number>): number | null {
  if (nearestM === undefined) return null;
  let least = Infinity;
  for (const point of inPlace) if (nearestM[point] < least) least = nearestM[point];
  return Number.isFinite(least) ? Math.round(least) : null;
}
