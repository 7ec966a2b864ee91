/** A town checked up on every kind of base: what is stored, what is reused, and that nothing but a complete check-up is ever seen. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ChengmaiError } from '../../src/core/errors.ts';
import { runImport } from '../../src/base/run.ts';
import { startJobs } from '../../src/base/jobs.ts';
import { createCity, deleteCity } from '../../src/base/store/cities.ts';
import { overviewSchema, indicatorDetailSchema, placeSheetSchema } from '../../src/checkup/api.ts';
import { buildDetail } from '../../src/checkup/detail-geojson.ts';
import { exportCsv, exportGeoJson } from '../../src/checkup/export.ts';
import { addUserIndicators, removeUserIndicator } from '../../src/checkup/indicators.ts';
import { getFinding, listFindings } from '../../src/checkup/store/ledger.ts';
import { CHECKUP_JOBS } from '../../src/checkup/job.ts';
import { buildPlaceSheet } from '../../src/checkup/place-sheet.ts';
import { runCheckup } from '../../src/checkup/run.ts';
import { writeSettings } from '../../src/checkup/settings.ts';
import { getCheckup, listCheckups, listIndicators, stageCheckup, sweepCheckups } from '../../src/checkup/store.ts';
import { buildIndicatorDetail, buildOverview } from '../../src/checkup/views.ts';
import { createApp } from '../../src/server/app.ts';
import { Startup } from '../../src/server/startup.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';
import { kindergartens, townFiles } from './small-town.ts';

const CITY = 'town';
const who = 'test';

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ChengmaiError) return `${error.kind} ${error.code}`;
    throw error;
  }
  return 'none';
}

describe.each(TEST_BASES)('a check-up on the $kind base', ({ open }) => {
  let opened: TestBase;
  beforeAll(async () => {
    opened = await open();
    await runImport(opened.base, { cityId: CITY, cityName: { zh: '镇', en: 'Town' }, files: townFiles(), who });
    await runCheckup(opened.base, { cityId: CITY, who });
  }, 180_000);
  afterAll(async () => {
    await opened.remove();
  });

  const rows = <Row>(sql: string): Promise<Row[]> => opened.base.database.query<Row>(sql);

  test('measures the latest year that departments report, and says what is missing and why', async () => {
    const overview = overviewSchema.parse(await buildOverview(opened.base, CITY, 'latest'));
    expect(overview).toMatchObject({ city: CITY, period: 2024, revision: 1, stale: false, cityClass: 'small-2' });
    const line = (number: number) => overview.indicators.find((one) => one.number === number);
    expect(overview.indicators.filter(({ number }) => number !== null).map(({ number }) => number)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    // two of the three known communities have no property management, one does not sort; the unknown one does not count
    expect(line(20)).toMatchObject({ value: 2, quality: 'measured', missing: null });
    expect(line(19)).toMatchObject({ value: 1, quality: 'measured' });
    expect(line(30)).toMatchObject({ value: 80, quality: 'reported' });
    expect(line(1)).toMatchObject({ value: null, grade: null, quality: 'missing', missing: { kind: 'no-data' } });
    for (const one of overview.indicators) {
      expect(one.value === null || Number.isFinite(one.value)).toBe(true);
      if (one.quality === 'missing') expect(one.missing?.supply.zh.length).toBeGreaterThan(4);
    }
    const unknown = overview.notes.find(({ code }) => code === 'checkup/unknown-unit:community_services');
    expect(unknown).toMatchObject({ level: 'error', count: 1, examples: [{ file: 'community_services.csv', row: 5, field: 'community_id', value: 'X9' }] });
    expect(overview.notes.find(({ code }) => code === 'checkup/unknown-unit:indicators_dept')).toMatchObject({ count: 1 });
    expect(overview.notes.filter(({ code }) => code === 'checkup/operator-failed')).toEqual([]);
  });

  test('keeps values by place, with where they came from', async () => {
    const detail = indicatorDetailSchema.parse(await buildIndicatorDetail(opened.base, CITY, 2024, 'property-management-lacking'));
    const of = (placeId: string) => detail.places.find((place) => place.placeId === placeId);
    expect([of('A0'), of('A1'), of('A'), of('B'), of('100')].map((place) => place?.value)).toEqual([0, 1, 1, 1, 2]);
    expect(detail.provenance).toMatchObject({ inputs: [{ fileName: 'units.csv' }, { fileName: 'community_services.csv' }], reused: false });
    expect(await rows(`select place_id, value from measurement where indicator_id = 'property-management-lacking' and level = 'block' order by place_id`)).toEqual([{ place_id: 'A', value: 1 }, { place_id: 'B', value: 1 }]);
    const sheet = placeSheetSchema.parse(await buildPlaceSheet(opened.base, CITY, 'latest', 'B0'));
    expect(sheet).toMatchObject({ placeId: 'B0', level: 'community', parent: { placeId: 'B' } });
    expect(sheet.indicators.find(({ id }) => id === 'waste-sorting-lacking')).toMatchObject({ value: 1, cityValue: 1, rank: { at: 3, of: 3 } });
    const csv = await exportCsv(opened.base, CITY, 'latest', 'community');
    expect(csv).toContain('2024,property-management-lacking,20,');
    const { features } = await exportGeoJson(opened.base, CITY, 'latest', 'block');
    expect(features.map(({ id, geometry, properties }) => [id, geometry?.type, properties['property-management-lacking']])).toEqual([['A', 'Polygon', 1], ['B', 'Polygon', 1]]);
  });

  test('a run again takes every result from the one before; one facility more computes only what depends on it', async () => {
    const again = await runCheckup(opened.base, { cityId: CITY, who });
    expect(again.reused).toBe(again.measured);
    const before = new Map((await listIndicators(opened.base.database, await getCheckup(opened.base.database, CITY, 2024))).map((one) => [one.definition.id, one]));
    await runImport(opened.base, { cityId: CITY, files: [{ source: kindergartens(true), options: { crs: 'EPSG:4326' } }], who });
    expect((await buildOverview(opened.base, CITY, 'latest')).stale).toBe(true);
    const more = await runCheckup(opened.base, { cityId: CITY, who });
    const after = await listIndicators(opened.base.database, await getCheckup(opened.base.database, CITY, 2024));
    expect(more.revision).toBe(2);
    for (const { definition, reused, needs, quality, value } of after) {
      if (quality === 'missing') continue;
      const old = before.get(definition.id);
      const touched = needs.some((need) => need === 'facility:kindergarten' || need === 'table:facilities');
      // methods further down an indicator's list count too: one that came to nothing may give a value now
      if (reused) expect([definition.id, touched]).toEqual([definition.id, false]);
      else expect([definition.id, JSON.stringify(definition.methods).includes('kindergarten') || touched]).toEqual([definition.id, true]);
      if (reused) expect(value).toBe(old?.value);
    }
    const computed = after.filter(({ reused, quality }) => !reused && quality !== 'missing').length;
    expect(computed).toBeGreaterThan(0);
    expect(computed).toBeLessThan(more.measured / 2);
    const fresh = await runCheckup(opened.base, { cityId: CITY, who, fresh: true });
    expect(fresh.reused).toBe(0);
    const anew = await listIndicators(opened.base.database, await getCheckup(opened.base.database, CITY, 2024));
    expect(anew.map(({ definition, value, grade }) => [definition.id, value, grade])).toEqual(after.map(({ definition, value, grade }) => [definition.id, value, grade]));
    // detail of reused results names the same facilities although their numbers moved
    const clinic = anew.find(({ needs, levels }) => needs.some((need) => need.startsWith('facility:community-health')) && levels.length > 0)!;
    const { features } = await buildDetail(opened.base, CITY, 'latest', clinic.definition.id, 1000);
    const named = features.flatMap(({ properties }) => (properties['type'] === 'facility' ? [properties['name']] : []));
    expect(named.length === 0 || named.includes('卫生中心')).toBe(true);
  }, 60_000);

  test('a period before stands beside it, and the trend is held against it', async () => {
    const sewage = async () => (await buildOverview(opened.base, CITY, 'latest')).indicators.find(({ number }) => number === 30)?.series;
    // a year without a check-up has what the department reported of it
    expect((await listCheckups(opened.base.database, CITY)).map(({ period }) => period)).toEqual([2024]);
    expect(await sewage()).toEqual([{ period: 2023, value: 60 }, { period: 2024, value: 80 }]);
    await runCheckup(opened.base, { cityId: CITY, period: 2023, who });
    await runCheckup(opened.base, { cityId: CITY, period: 2024, who });
    expect((await listCheckups(opened.base.database, CITY)).map(({ period }) => period)).toEqual([2024, 2023]);
    expect(await sewage()).toEqual([{ period: 2023, value: 60 }, { period: 2024, value: 80 }]);
    expect((await rows(`select 1 from checkup where state <> 'complete'`)).length).toBe(0);
  }, 60_000);

  test('a cancelled run leaves the last complete one, and nothing of its own', async () => {
    const before = await getCheckup(opened.base.database, CITY, 'latest');
    const controller = new AbortController();
    let measured = 0;
    const report = ({ stage, done }: { stage: string; done: number }): void => {
      if (stage !== 'measure') return;
      measured = done;
      if (done === 5) controller.abort();
    };
    expect(await codeOf(runCheckup(opened.base, { cityId: CITY, who, fresh: true }, { report, signal: controller.signal }))).toBe('cancelled core/cancelled');
    expect(measured).toBeLessThan(20);
    expect(await getCheckup(opened.base.database, CITY, 'latest')).toEqual(before);
    expect(await rows(`select checkup_id from checkup where state <> 'complete'`)).toEqual([]);
    expect(await rows(`select distinct checkup_id from measurement where checkup_id not in (select checkup_id from checkup where state = 'complete')`)).toEqual([]);
  });

  test('what a dead run staged is swept away, what a living one stages is not', async () => {
    const { database } = opened.base;
    const staged = { cityId: CITY, period: 2024, revision: 2, snapshotKey: '', who, programVersion: '0' };
    await stageCheckup(database, { ...staged, runId: 'dead' });
    await database.exclusive('run:alive', async () => {
      const alive = await stageCheckup(database, { ...staged, runId: 'alive' });
      expect(await sweepCheckups(database, CITY)).toBe(1);
      expect(await rows(`select checkup_id from checkup where state = 'staging'`)).toEqual([{ checkup_id: alive }]);
    });
    expect(await sweepCheckups(database, CITY)).toBe(1);
  });

  test('a city without any data is checked up: all is missing, nothing fails', async () => {
    await createCity(opened.base.database, 'bare', { zh: '空城', en: 'Bare' });
    const summary = await runCheckup(opened.base, { cityId: 'bare', period: 2025, who });
    const overview = overviewSchema.parse(await buildOverview(opened.base, 'bare', 'latest'));
    expect(overview.notes.filter(({ code }) => code === 'checkup/operator-failed')).toEqual([]);
    expect(summary).toMatchObject({ measured: 0, findings: 0 });
    for (const one of overview.indicators) expect([one.id, one.value, one.missing === null]).toEqual([one.id, null, false]);
    await deleteCity(opened.base.database, 'bare');
    expect(await rows(`select 1 from checkup where city_id = 'bare'`)).toEqual([]);
  });

  test('a city sets its own class and thresholds, and adds an indicator without code', async () => {
    const { database } = opened.base;
    const text = 'id: sorted-share\nname: {zh: 垃圾分类小区占比, en: Communities that sort}\nunit: {zh: "%", en: "%"}\ndirection: up\nlevel: community\nmethods:\n  - operator: registry-share\n    params: {table: community_services, where: {column: waste_sort, op: "=", value: true}}\n';
    expect(await addUserIndicators(database, CITY, text, 'own.yaml', who)).toEqual(['sorted-share']);
    expect(await codeOf(addUserIndicators(database, CITY, text.replace('registry-share', 'registry-shore'), 'own.yaml', who))).toBe('input checkup/bad-indicator');
    await writeSettings(database, CITY, { cityClass: 'large-1', cityRank: 'prefecture', peerCities: [], thresholds: { 'sorted-share': { op: '>=', value: 90, source: '本市' } } });
    await runCheckup(opened.base, { cityId: CITY, who });
    const overview = await buildOverview(opened.base, CITY, 'latest');
    expect(overview).toMatchObject({ cityClass: 'large-1', cityRank: 'prefecture' });
    const own = overview.indicators.find(({ id }) => id === 'sorted-share');
    expect(own).toMatchObject({ set: 'user', grade: 'poor', threshold: { op: '>=', value: 90 } });
    expect(own?.value).toBeCloseTo(200 / 3, 6);
    // held against less, what falls short no longer was not put right
    const found = async () => (await listFindings(database, CITY, { indicator: 'sorted-share' })).findings.map(({ placeId, stage, closedBy, asked }) => [placeId, stage, closedBy, asked?.standard]);
    const before = await found();
    expect(before.length).toBeGreaterThan(0);
    expect(before.every(([, stage, closedBy, standard]) => stage === 'ledger' && closedBy === null && standard === '≥ 90')).toBe(true);
    await writeSettings(database, CITY, { cityClass: 'large-1', cityRank: 'prefecture', peerCities: [], thresholds: { 'sorted-share': { op: '>=', value: 0, source: '本市' } } });
    await runCheckup(opened.base, { cityId: CITY, who });
    expect(await found()).toEqual(before.map(([placeId]) => [placeId, 'lapsed', 'threshold', '≥ 90']));
    const { history } = await getFinding(database, CITY, `sorted-share@${String(before[0][0])}`);
    expect(history[0]).toMatchObject({ field: 'stage', after: 'lapsed', by: 'checkup', reason: '标准已变更（≥ 90 → ≥ 0） · the standard is another (≥ 90 → ≥ 0)' });
    await removeUserIndicator(database, CITY, 'sorted-share');
    expect(await codeOf(removeUserIndicator(database, CITY, 'sorted-share'))).toBe('not-found checkup/no-user-indicator');
  }, 60_000);

  test('a city has 500 indicators of its own at most, and those of a file are added all or none', async () => {
    const { database } = opened.base;
    const file = (first: number, count: number): string => JSON.stringify(Array.from({ length: count }, (_, i) => ({ id: `own-${first + i}`, name: { zh: '指标', en: 'One' }, unit: { zh: '%', en: '%' }, direction: 'up', level: 'community', methods: [{ operator: 'registry-share', params: { table: 'community_services', where: { column: 'waste_sort', op: '=', value: true } } }] })));
    for (const [first, count] of [[0, 200], [200, 200], [400, 100]]) await addUserIndicators(database, CITY, file(first, count), 'own.json', who);
    expect(await codeOf(addUserIndicators(database, CITY, file(499, 2), 'more.json', who))).toBe('input checkup/too-many-indicators');
    expect((await rows(`select indicator_id from user_indicator where city_id = '${CITY}'`)).length).toBe(500);
    // one that is there already may be changed
    expect(await addUserIndicators(database, CITY, file(499, 1), 'own.json', who)).toEqual(['own-499']);
    await database.query('delete from user_indicator where city_id = $1', [CITY]);
  }, 60_000);

  test('runs as a job over HTTP, and is read over HTTP', async () => {
    const jobs = await startJobs(opened.base, { work: true, handlers: CHECKUP_JOBS });
    try {
      const app = createApp({ startup: Startup.ready(opened.base, jobs) });
      const get = async (path: string): Promise<Response> => app.request(`http://localhost/api/cities/${CITY}${path}`);
      const started = await app.request(`http://localhost/api/cities/${CITY}/checkups`, { method: 'POST', body: JSON.stringify({ period: 2024 }), headers: { 'content-type': 'application/json' } });
      expect(started.status).toBe(202);
      const { jobId } = (await started.json()) as { jobId: string };
      for await (const job of jobs.watch(jobId)) if (job.state === 'done') expect(job.result).toMatchObject({ cityId: CITY, period: 2024 });
      expect((await jobs.get(jobId)).state).toBe('done');
      expect(((await (await get('/checkups')).json()) as { checkups: { period: number }[] }).checkups.map(({ period }) => period)).toEqual([2024, 2023]);
      expect(overviewSchema.parse(await (await get('/checkups/latest')).json()).who).toBe('web');
      expect((await get('/checkups/2024/indicators/waste-sorting-lacking?level=cell')).status).toBe(200);
      expect((await get('/checkups/2024/places/A0')).status).toBe(200);
      expect(await (await get('/checkups/2024/values?level=community&format=csv')).text()).toContain('waste-sorting-lacking');
      expect([(await get('/checkups/1990')).status, (await get('/checkups/never')).status, (await get('/checkups/2024/indicators/none')).status]).toEqual([404, 400, 404]);
      const put = await app.request(`http://localhost/api/cities/${CITY}/checkup-settings`, { method: 'PUT', body: JSON.stringify({ cityClass: 'huge', cityRank: null, peerCities: [], thresholds: {} }), headers: { 'content-type': 'application/json' } });
      expect(put.status).toBe(400);
    } finally {
      await jobs.stop();
    }
  }, 60_000);

  test('says what it does not know', async () => {
    expect(await codeOf(runCheckup(opened.base, { cityId: 'nowhere', who }))).toBe('not-found base/no-city');
    expect(await codeOf(runCheckup(opened.base, { cityId: CITY, period: 20_225, who }))).toBe('input checkup/bad-period');
    expect(await codeOf(buildOverview(opened.base, CITY, 1999))).toBe('not-found checkup/no-checkup');
    expect(await codeOf(buildIndicatorDetail(opened.base, CITY, 'latest', 'nothing'))).toBe('not-found checkup/no-indicator');
    expect(await codeOf(buildPlaceSheet(opened.base, CITY, 'latest', 'nowhere'))).toBe('not-found checkup/no-place');
  });
});
