/**
 * A run that takes over what earlier ones made stores to the bit what a run stores that makes everything: after a facility is added, changed and taken away, other places, another class,
 * year and standard, an indicator of one's own, a cancelled run, a thread that died. A fresh run takes nothing from the thread's memory and leaves nothing there, so that the chain of runs is not mended by what it is compared with.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runImport, undoBatch } from '../../src/base/run.ts';
import { getCurrentBatches } from '../../src/base/store/revisions.ts';
import { endIdleThreads } from '../../src/checkup/check-threads.ts';
import { addUserIndicators, removeUserIndicator } from '../../src/checkup/indicators.ts';
import type { CheckupSummary } from '../../src/checkup/run.ts';
import { runCheckup } from '../../src/checkup/run.ts';
import { NO_SETTINGS, writeSettings } from '../../src/checkup/settings.ts';
import { bytesSource } from '../../src/import/byte-source.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';
import { kindergartens, townFiles } from './small-town.ts';

const CITY = 'town';
const who = 'test';
const PERIOD = 2024;

let opened: TestBase;
beforeAll(async () => {
  opened = await TEST_BASES[0].open();
  await runImport(opened.base, { cityId: CITY, cityName: { zh: '镇', en: 'Town' }, files: townFiles(), who });
}, 120_000);
afterAll(async () => {
  await opened.remove();
});

const rows = (sql: string): Promise<Record<string, unknown>[]> => opened.base.database.query(sql);

/** Runs and results have numbers and times of their own; a note of the ledger's own history is none of a run's results. */
const OF_THE_RUN = ['checkup_id', 'run_id', 'rows_in', 'reused', 'computed_at', 'started_at', 'finished_at', 'seconds'];

function plain(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !OF_THE_RUN.includes(name)).map(([name, value]) => [name, value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value]));
}

/** All that a complete check-up has in the base. */
async function storedOf(period = PERIOD): Promise<Record<string, unknown>> {
  const complete = `(select checkup_id from checkup where city_id = '${CITY}' and period = ${period} and state = 'complete')`;
  const [checkup, indicators, measurements, results, findings] = await Promise.all([
    rows(`select * from checkup where city_id = '${CITY}' and checkup_id = ${complete}`),
    rows(`select * from checkup_indicator where city_id = '${CITY}' and checkup_id = ${complete} order by position`),
    rows(`select m.* from measurement m where city_id = '${CITY}' and checkup_id = ${complete} order by indicator_id, place_id`),
    rows(`select i.indicator_id, r.bytes from checkup_indicator i join checkup_result r using (city_id, result_hash) where i.city_id = '${CITY}' and i.checkup_id = ${complete} order by indicator_id`),
    rows(`select indicator_id, place_id, severity, row->>'value' as value from finding where city_id = '${CITY}' order by 1, 2`),
  ]);
  return { checkup: checkup.map(plain), indicators: indicators.map(plain), measurements: measurements.map(plain), results: results.map(plain), findings };
}

/** Checks up as users do, then afresh, and holds one against the other. Returns the first. */
async function runTwoWays(period = PERIOD): Promise<CheckupSummary> {
  const summary = await runCheckup(opened.base, { cityId: CITY, who, period });
  const stored = await storedOf(period);
  const fresh = await runCheckup(opened.base, { cityId: CITY, who, period, fresh: true });
  expect(fresh.reused).toBe(0);
  const anew = await storedOf(period);
  for (const part of Object.keys(anew)) expect(stored[part], part).toEqual(anew[part]);
  expect((stored['measurements'] as unknown[]).length).toBeGreaterThan(100);
  return summary;
}

const text = (name: string, content: string) => ({ source: bytesSource(name, new TextEncoder().encode(content)), options: { crs: 'EPSG:4326' } });
const importFiles = (files: Parameters<typeof runImport>[1]['files']) => runImport(opened.base, { cityId: CITY, files, who });
const kindergarten = (capacity: number) => text('extra.csv', `fac_id,class,name,lon,lat,capacity\nN1,幼儿园,新幼儿园,114.3051,30.6021,${capacity}`);

test('the first run, and one of nothing new', async () => {
  await runTwoWays();
  const again = await runTwoWays();
  expect(again.reused).toBe(again.measured);
});

test('a facility is added, changed, taken away; registries and streets with it', async () => {
  await importFiles([kindergarten(90)]);
  const more = await runTwoWays();
  expect(more.reused).toBeLessThan(more.measured);
  expect(more.reused).toBeGreaterThan(more.measured / 2);
  await importFiles([kindergarten(300)]);
  await runTwoWays();
  const { fileBatches } = await getCurrentBatches(opened.base.database, CITY);
  await undoBatch(opened.base, CITY, Math.max(...fileBatches), who);
  await runTwoWays();
  await importFiles([{ source: kindergartens(true), options: { crs: 'EPSG:4326' } }]);
  await runTwoWays();
  await importFiles([text('parks.csv', 'park_id,name,land_ha\nP1,园区,3'), text('hotline.csv', 'id,category1,unit_id,date,lon,lat\nH1,噪声,A0,2024-03-01,114.301,30.601')]);
  await runTwoWays();
}, 60_000);

test('other places, with the same registries', async () => {
  const { source } = townFiles()[0];
  const units = new TextDecoder().decode(await source.read(0, source.sizeBytes));
  const square = (west: number, east: number): string => `"POLYGON((${west} 30.6, ${east} 30.6, ${east} 30.602, ${west} 30.602, ${west} 30.6))"`;
  // A0 loses its eastern half to nobody; then to a new community, which moves the numbers of those after it
  const half = `A0,community,A0社区,A,${square(114.3, 114.302)},1500,500`;
  for (const rows of [half, `${half}\nA00,community,A00社区,A,${square(114.302, 114.304)},1500,500`]) {
    const before = await storedOf();
    await importFiles([text('units.csv', units.replace(/^A0,.*$/m, rows))]);
    await runTwoWays();
    expect((await storedOf())['measurements']).not.toEqual(before['measurements']);
  }
}, 60_000);

test('another class, rank or standard is a matter of grades: every value is taken over', async () => {
  const { database } = opened.base;
  await writeSettings(database, CITY, { ...NO_SETTINGS, cityClass: 'super-large', cityRank: 'municipality' });
  const other = await runTwoWays();
  expect(other.reused).toBe(other.measured);
  expect((await storedOf())['checkup']).toMatchObject([{ city_class: 'super-large', city_rank: 'municipality' }]);
  await writeSettings(database, CITY, { ...NO_SETTINGS, thresholds: { 'waste-sorting-lacking': { op: '<=', value: 5, source: '本市' } } });
  const own = await runTwoWays();
  expect(own.reused).toBe(own.measured);
  await writeSettings(database, CITY, NO_SETTINGS);
  expect((await runTwoWays()).measured).toBe(own.measured);
}, 60_000);

test('another year, and the one before again', async () => {
  const earlier = await runTwoWays(2023);
  expect(earlier.reused).toBeGreaterThan(0);
  expect(earlier.reused).toBeLessThan(earlier.measured);
  await runTwoWays();
}, 60_000);

test('an indicator of one’s own, changed and removed', async () => {
  const definition = (column: string): string => `id: own-share\nname: {zh: 占比, en: Share}\nunit: {zh: "%", en: "%"}\ndirection: up\nlevel: community\nmethods:\n  - operator: registry-share\n    params: {table: community_services, where: {column: ${column}, op: "=", value: true}}\n`;
  for (const column of ['waste_sort', 'smart']) {
    await addUserIndicators(opened.base.database, CITY, definition(column), 'own.yaml', who);
    await runTwoWays();
  }
  await removeUserIndicator(opened.base.database, CITY, 'own-share');
  await runTwoWays();
}, 60_000);

test('after a run that was cancelled at any moment, and with a new thread', async () => {
  await importFiles([kindergarten(120)]);
  for (const stop of ['open', 'measure', 'grade', 'store']) {
    const controller = new AbortController();
    let reports = 0;
    const report = ({ stage }: { stage: string }): void => {
      if (stage === stop && reports++ === (stop === 'measure' ? 30 : 0)) controller.abort();
    };
    await expect(runCheckup(opened.base, { cityId: CITY, who }, { report, signal: controller.signal })).rejects.toMatchObject({ kind: 'cancelled' });
  }
  await runTwoWays();
  await importFiles([kindergarten(130)]);
  await runTwoWays();
  await endIdleThreads();
  const again = await runTwoWays();
  expect(again.reused).toBe(again.measured);
  await endIdleThreads();
  await importFiles([kindergarten(140)]);
  await runTwoWays();
}, 60_000);

test('the embedded base uses the room of replaced check-ups again', async () => {
  if (opened.base.database.kind !== 'embedded') return;
  const [{ live }] = await rows(`select count(*)::integer as live from measurement where city_id = '${CITY}'`);
  const [{ runs }] = await rows(`select max(checkup_id)::integer as runs from checkup where city_id = '${CITY}'`);
  const [{ bytes }] = await rows(`select pg_relation_size('measurement')::integer as bytes from pg_class limit 1`);
  // rows of some 120 bytes: without room used again those of all runs are there
  expect(runs).toBeGreaterThan(30);
  expect(bytes).toBeLessThan(12 * (live as number) * 120);
});
