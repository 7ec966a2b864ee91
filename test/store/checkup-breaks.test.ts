/** What a check-up must stand: figures of years to come, years without figures, a city that is deleted meanwhile, texts that no database holds. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runImport } from '../../src/base/run.ts';
import { createCity, deleteCity } from '../../src/base/store/cities.ts';
import { runCheckup } from '../../src/checkup/run.ts';
import { editFindings, getFinding, listFindings } from '../../src/checkup/store/ledger.ts';
import { buildIndicatorDetail, buildOverview } from '../../src/checkup/views.ts';
import { ChengmaiError } from '../../src/core/errors.ts';
import { bytesSource } from '../../src/import/byte-source.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';
import { townFiles } from './small-town.ts';

const CITY = 'town';
const who = 'test';
const table = (name: string, rows: readonly string[]) => ({ source: bytesSource(name, new TextEncoder().encode(`${rows.join('\n')}\n`)), options: {} });

let opened: TestBase;
beforeAll(async () => {
  opened = await TEST_BASES[0].open();
  const statistics = ['indicator_id,unit_id,year,value', '51,100,2024,2', '39,100,2024,2', '30,100,2024,250', '30,100,2023,80', '35,100,2099,1', 'no-such,100,2024,1'];
  const peers = ['peer,indicator_id,year,value', 'X,51,2024,1', 'Y,51,2023,0', 'Z,51,2099,0'];
  await runImport(opened.base, { cityId: CITY, cityName: { zh: '镇', en: 'Town' }, files: [...townFiles().filter(({ source }) => source.name !== 'indicators_dept.csv'), table('indicators_dept.csv', statistics), table('peers.csv', peers)], who });
}, 180_000);
afterAll(async () => {
  await opened.remove();
});

test('a figure of 2099 does not make 2099 the year that is checked; one of 250 % and one of no indicator are told', async () => {
  const { period } = await runCheckup(opened.base, { cityId: CITY, who });
  expect(period).toBe(2024);
  const overview = await buildOverview(opened.base, CITY, 2024);
  expect(overview.notes.find(({ code }) => code === 'checkup/unknown-indicator')).toMatchObject({ count: 1, examples: [{ value: 'no-such' }] });
  expect(overview.indicators.find(({ number }) => number === 30)).toMatchObject({ value: null, quality: 'missing' });
  expect((await buildIndicatorDetail(opened.base, CITY, 2024, 'dangerous-bridges')).peers.map(({ name, period: year, value }) => [name.zh, year, value])).toEqual([['X', 2024, 1], ['Y', 2023, 0]]);
});

test('a year without figures puts nothing right', async () => {
  const { database } = opened.base;
  const open = async () => (await listFindings(database, CITY)).findings.filter(({ stage }) => stage === 'ledger');
  const before = await open();
  const [incidents] = before.filter(({ indicatorId }) => indicatorId === 'heritage-damage-incidents');
  expect(incidents).toMatchObject({ value: 2, quality: 'reported' });
  await runCheckup(opened.base, { cityId: CITY, period: 2025, who });
  expect((await getFinding(database, CITY, incidents.findingId)).finding).toMatchObject({ stage: 'ledger', lastPeriod: 2024 });
  // what registries and the map say holds in any year
  expect((await open()).filter(({ lastPeriod }) => lastPeriod === 2025).length).toBeGreaterThan(0);
});

test('a text that no database holds is kept without what it cannot hold', async () => {
  const { database } = opened.base;
  const [{ findingId }] = (await listFindings(database, CITY)).findings;
  const [edited] = await editFindings(database, CITY, [{ findingId, edit: { note: 'a\0\ud800b', bodies: ['=1+1'] } }], { by: 'person', who });
  expect(edited).toMatchObject({ note: 'ab', bodies: ['=1+1'] });
});

test('a city that is deleted while it is checked is not there, which is no fault of the program', async () => {
  const { database } = opened.base;
  await createCity(database, 'gone', { zh: '无', en: 'Gone' });
  let deleted: Promise<void> | undefined;
  const report = ({ stage, done }: { stage: string; done: number }): void => {
    if (stage === 'measure' && done === 3) deleted = deleteCity(database, 'gone');
  };
  const run = runCheckup(opened.base, { cityId: 'gone', period: 2024, who }, { report });
  await expect(run).rejects.toThrow(ChengmaiError);
  await expect(run).rejects.toMatchObject({ kind: 'not-found', code: 'base/no-city' });
  await deleted;
  expect(await database.query(`select 1 from checkup where city_id = 'gone'`)).toEqual([]);
});
