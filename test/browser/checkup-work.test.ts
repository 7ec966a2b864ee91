/** Work on a check-up of three years in a real browser: workbooks into the ledger and back, periods and peers, and everything by keyboard alone. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FindingJson } from '../../src/checkup/api.ts';
import { writeLedgerWorkbook } from '../../src/checkup/ledger-workbook.ts';
import { bytesSource } from '../../src/import/byte-source.ts';
import type { TownFile } from '../store/small-town.ts';
import { townFiles } from '../store/small-town.ts';
import { ask, checkUp, importFiles, json, listLedger } from './checked-town.ts';
import { startServer } from './running-server.ts';
import type { RunningServer } from './running-server.ts';
import { launchBrowser, mapIsComplete, openPage } from './watched-page.ts';
import type { WatchedPage } from './watched-page.ts';

const CITY = 'town';
const SEWAGE = 'sewage-collection-rate';
const LACKING = 'property-management-lacking';
const LACKING_NAME = '未实施物业管理的小区数量';

let server: RunningServer;
let browser: Browser;
let folder: string;
let watched: WatchedPage;
let page: Page;

const table = (name: string, rows: readonly string[]): TownFile => ({ source: bytesSource(name, new TextEncoder().encode(`${rows.join('\n')}\n`)), options: {} });
/** The town's own file has the department's figures of 2023 (60 %) and 2024 (80 %). */
const LATER_STATISTICS = table('indicators_dept_2025.csv', ['indicator_id,unit_id,year,value,numerator,denominator,source', '30,100,2025,70,7,10,水务局']);
const PEERS = table('peers.csv', ['peer,indicator_id,year,value,source', ...['甲市,61,71,81', '乙市,62,72,82', '丙市,63,73,', '丁市,64,74,84'].flatMap((line) => {
  const [peer, ...values] = line.split(',');
  return values.flatMap((value, i) => (value === '' ? [] : [`${peer},30,${2023 + i},${value},${peer}年鉴`]));
})]);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chengmai-work-'));
  server = await startServer();
  browser = await launchBrowser();
  await ask(server, '/api/cities', json({ cityId: CITY, name: { zh: '镇', en: 'Town' } }));
  await importFiles(server, CITY, [...townFiles(), LATER_STATISTICS, PEERS]);
  for (const period of [2023, 2024, 2025]) await checkUp(server, CITY, period);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  watched = await openPage(browser, server.url, { viewport: { width: 1440, height: 900 } });
  page = watched.page;
});

afterEach(async () => {
  await watched.close();
  expect(watched.complaints).toEqual([]);
});

const panel = () => page.getByRole('complementary', { name: '详情' });
const search = () => new URL(page.url()).searchParams;
const dialog = () => page.getByRole('dialog');
const untimed = (rows: readonly FindingJson[]) => rows.map((row) => ({ ...row, updatedAt: '' }));

describe('a workbook that was worked on', () => {
  const bringBack = async (name: string, edit: (row: FindingJson, i: number) => FindingJson): Promise<void> => {
    const path = join(folder, name);
    writeFileSync(path, await writeLedgerWorkbook((await listLedger(server, CITY)).map(edit), 'zh'));
    await page.getByRole('button', { name: '导入 Excel' }).click();
    await page.getByTestId('ledger-input').setInputFiles(path);
  };

  it('is previewed, applied by a click, and taken back as a whole', async () => {
    const before = await listLedger(server, CITY);
    await page.goto(`${server.url}/${CITY}/findings`);
    await bringBack('例会.xlsx', (row, i) => (i < 2 ? { ...row, note: `核实${i}`, deadline: '2027-06-30', stage: 'listed' } : i === 2 ? { ...row, deadline: '明年', severity: 9 } : row));
    // what would change, from what to what; what is no answer by row and column
    await dialog().getByText(/将修改 2 个问题/).waitFor();
    const first = dialog().getByRole('row').filter({ hasText: before[0].problem.zh });
    expect(await first.locator('.preview-fields').textContent()).toMatch(/备注 – → 核实0/);
    const wrong = dialog().getByRole('region', { name: '未采用的内容' });
    expect(await wrong.getByRole('heading').first().textContent()).toBe('2 处填写有误，未采用');
    await wrong.getByText('第 4 行 · 字段“问题台账!完成时限” · 值“明年”').waitFor();
    await wrong.getByText('第 4 行 · 字段“问题台账!严重等级” · 值“9”').waitFor();
    await watched.picture('ledger-preview');
    expect(await listLedger(server, CITY)).toEqual(before);

    await dialog().getByRole('button', { name: '应用修改（2 个问题）' }).click();
    await dialog().waitFor({ state: 'detached' });
    expect((await listLedger(server, CITY)).slice(0, 3).map(({ note, stage, deadline }) => [note, stage, deadline])).toEqual([['核实0', 'listed', '2027-06-30'], ['核实1', 'listed', '2027-06-30'], ['', 'ledger', null]]);
    await page.getByRole('button', { name: '撤销上次修改（2 个）' }).click();
    await page.getByText('已撤销导入，2 个问题恢复原样').waitFor();
    expect(untimed(await listLedger(server, CITY))).toEqual(untimed(before));

    await page.goto(`${server.url}/${CITY}/findings?finding=${encodeURIComponent(before[0].findingId)}`);
    await dialog().locator('.finding-history').getByText(/网页 · 撤销工作簿导入（例会\.xlsx）/).first().waitFor();
    await dialog().locator('.finding-history').getByText(/网页 · 工作簿导入（例会\.xlsx）/).first().waitFor();
    await watched.picture('ledger-undone');
  });

  it('is not taken back over what somebody has changed since, and says so', async () => {
    await page.goto(`${server.url}/${CITY}/findings`);
    await bringBack('二稿.xlsx', (row, i) => (i < 2 ? { ...row, note: '二稿' } : row));
    await dialog().getByRole('button', { name: /应用修改/ }).click();
    await dialog().waitFor({ state: 'detached' });
    const [{ findingId }] = await listLedger(server, CITY);
    await ask(server, `/api/cities/${CITY}/checkups/latest/findings`, json({ findingIds: [findingId], edit: { note: '另有安排' } }, 'PATCH'));
    // another person, later: from the list of imports
    await page.reload();
    await page.getByRole('button', { name: '导入 Excel' }).click();
    await dialog().getByRole('button', { name: '整体撤销: 二稿.xlsx' }).click();
    await dialog().getByText(/其中 1 个问题又有修改/).waitFor();
    await watched.picture('ledger-refused');
    expect((await listLedger(server, CITY)).slice(0, 2).map(({ note }) => note)).toEqual(['另有安排', '二稿']);
    await ask(server, `/api/cities/${CITY}/checkups/latest/findings`, json({ findingIds: [findingId], edit: { note: '二稿' } }, 'PATCH'));
    await dialog().getByRole('button', { name: '整体撤销: 二稿.xlsx' }).click();
    await dialog().getByText(/已撤销 · .* · 网页/).first().waitFor();
    expect((await listLedger(server, CITY)).slice(0, 2).map(({ note }) => note)).toEqual(['', '']);
    watched.complaints.splice(0, Infinity, ...watched.complaints.filter((one) => !one.includes('409')));
  });

  it('is not applied where the ledger has moved on since the preview', async () => {
    await page.goto(`${server.url}/${CITY}/findings`);
    await bringBack('三稿.xlsx', (row, i) => (i === 0 ? { ...row, note: '三稿' } : row));
    await dialog().getByText(/将修改 1 个问题/).waitFor();
    const [{ findingId }] = await listLedger(server, CITY);
    await ask(server, `/api/cities/${CITY}/checkups/latest/findings`, json({ findingIds: [findingId], edit: { note: '抢先' } }, 'PATCH'));
    await dialog().getByRole('button', { name: /应用修改/ }).click();
    await dialog().getByText(/预览之后台账有了变化/).waitFor();
    expect((await listLedger(server, CITY))[0].note).toBe('抢先');
    await dialog().getByRole('button', { name: '重新预览' }).click();
    expect(await dialog().locator('.preview-fields').textContent()).toMatch(/备注 抢先 → 三稿/);
    watched.complaints.splice(0, Infinity, ...watched.complaints.filter((one) => !one.includes('409')));
  });
});

describe('periods and peers', () => {
  const choosePeriod = async (name: string): Promise<void> => {
    await page.getByRole('combobox', { name: '年度', exact: true }).click();
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText(name, { exact: true }).click();
    await expect.poll(() => search().get('period'), { timeout: 10_000 }).toBe(name.slice(0, 4));
  };
  const peers = async (): Promise<string[]> => panel().locator('.peers li').allTextContents();

  it('each year has its own value and its own peers', async () => {
    await page.goto(`${server.url}/${CITY}/checkup?indicator=${SEWAGE}`);
    await expect.poll(() => panel().locator('.headline-value').textContent(), { timeout: 20_000 }).toBe('70');
    // of a peer without a figure of the year, the latest before
    expect(await peers()).toEqual(['丁市 202584', '乙市 202582', '甲市 202581', '丙市 202473', '本市 202570']);
    await choosePeriod('2024 年度');
    await expect.poll(() => panel().locator('.headline-value').textContent(), { timeout: 10_000 }).toBe('80');
    expect(await peers()).toEqual(['本市 202480', '丁市 202474', '丙市 202473', '乙市 202472', '甲市 202471']);
    await choosePeriod('2023 年度');
    await expect.poll(() => panel().locator('.headline-value').textContent(), { timeout: 10_000 }).toBe('60');
    expect(await peers()).toEqual(['丁市 202364', '丙市 202363', '乙市 202362', '甲市 202361', '本市 202360']);
    expect(await panel().getByRole('heading', { name: '历年变化' }).count()).toBe(0);
  });

  it('another year beside this one: the change is this year less that one, in both languages', async () => {
    await page.goto(`${server.url}/${CITY}/checkup?indicator=${SEWAGE}&level=city&period=2025&against=2023`);
    const row = panel().locator('.ranking tbody tr').filter({ hasText: '镇' });
    await expect.poll(() => row.textContent(), { timeout: 20_000 }).toContain('+10');
    await panel().getByText('较 2023 年').first().waitFor();
    await watched.picture('periods-zh');
    await page.goto(`${server.url}/${CITY}/checkup?indicator=${SEWAGE}&level=city&period=2024&against=2023&lang=en`);
    const english = page.getByRole('complementary', { name: 'Details' });
    await expect.poll(() => english.locator('.ranking tbody tr').first().textContent(), { timeout: 20_000 }).toContain('+20');
    expect(await english.locator('.peers li').first().textContent()).toBe('This city 202480');
    await watched.picture('periods-en');
  });
});

describe('by keyboard alone', () => {
  /** What has the focus, in a reader's words. */
  const focused = () => page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null;
    return (element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent ?? '').trim().slice(0, 80);
  });
  const isSeen = () => page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const box = element.getBoundingClientRect();
    const around = element.closest('.ant-select, .ant-input-affix-wrapper') ?? element;
    const marked = [element, around].some((one) => getComputedStyle(one).outlineStyle !== 'none' || getComputedStyle(one).boxShadow !== 'none');
    return marked && box.bottom > 0 && box.top < window.innerHeight;
  });
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** Tab until the focus is where it should be: a thing that no Tab reaches is a fault. */
  const tabTo = async (name: RegExp, most = 60): Promise<number> => {
    for (let n = 1; n <= most; n++) {
      await page.keyboard.press('Tab');
      if (name.test(await focused())) {
        expect(await isSeen(), `the focus on ${String(name)} cannot be seen`).toBe(true);
        return n;
      }
    }
    throw new Error(`no Tab leads to ${String(name)}; the last is ${await focused()}`);
  };

  it('from the list of indicators to a place’s sheet and back, then to the ledger', async () => {
    await page.goto(`${server.url}/${CITY}/checkup`);
    await page.getByRole('button', { name: new RegExp(LACKING_NAME) }).waitFor();
    await mapIsComplete(page);
    await press('Tab', 'Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await tabTo(/^搜索指标$/);
    await page.keyboard.type('物业');
    await expect.poll(() => page.locator('.indicator-row').count(), { timeout: 10_000 }).toBeLessThan(10);
    await press('Escape');
    await expect.poll(() => page.locator('.indicator-row').count(), { timeout: 10_000 }).toBeGreaterThan(150);

    // the whole list is one stop; arrows lead along it, left and right fold a group
    const list = page.getByRole('group', { name: '指标', exact: true });
    await tabTo(/./);
    await tabTo(/./);
    expect(await page.evaluate(() => document.activeElement?.closest('.indicator-groups') !== null)).toBe(true);
    await press('Home');
    const rows = await list.locator('.indicator-row').count();
    expect(await focused()).toContain('住房');
    await press('ArrowLeft');
    expect(await list.locator('.indicator-row').count()).toBeLessThan(rows);
    await press('ArrowRight', 'ArrowDown');
    expect(await focused()).toContain('存在结构安全隐患的住宅数量');
    expect(await isSeen()).toBe(true);
    for (let n = 0; n < 80 && !(await focused()).includes(LACKING_NAME); n++) await press('ArrowDown');
    expect(await focused()).toContain(LACKING_NAME);
    expect(await isSeen()).toBe(true);

    await press('Enter');
    await expect.poll(() => search().get('indicator'), { timeout: 10_000 }).toBe(LACKING);
    await expect.poll(focused, { timeout: 10_000 }).toBe('详情');
    await panel().getByRole('heading', { name: new RegExp(LACKING_NAME) }).waitFor();
    await page.locator('.ranking tbody tr').first().waitFor();
    await tabTo(/^查看体检单：/);
    const [name] = (await focused()).split('：').slice(-1);
    await press('ArrowDown');
    expect(await focused()).not.toContain(name);
    await press('ArrowUp', 'Enter');
    await panel().getByRole('article', { name: '体检单' }).getByRole('heading', { name }).waitFor();
    expect(search().get('place')).not.toBeNull();
    await expect.poll(focused, { timeout: 10_000 }).toBe('详情');
    await press('Escape');
    await expect.poll(() => search().get('place'), { timeout: 10_000 }).toBeNull();
    await press('Escape');
    await expect.poll(focused, { timeout: 10_000 }).toContain(LACKING_NAME);
    await watched.picture('keyboard-list');

    // the menu of reports is led through by arrows, and Enter gets the file
    await page.locator('#main').focus();
    await tabTo(/^报告与数据$/);
    await press('Enter');
    await page.getByRole('menuitem').first().waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role')), { timeout: 10_000 }).toMatch(/menu/);
    await press('End');
    const [file] = await Promise.all([page.waitForEvent('download'), press('Enter')]);
    expect(file.suggestedFilename()).toMatch(/\.geojson$/);
    await page.locator('#main').focus();
    await tabTo(/^问题台账 \d+$/);
    await press('Enter');
    await page.waitForURL('**/findings?*');
  });

  it('findings are chosen, moved on, opened and edited', async () => {
    await page.goto(`${server.url}/${CITY}/findings`);
    await page.getByRole('checkbox', { name: /^选择: / }).first().waitFor();
    await page.locator('#main').focus();
    await tabTo(/^全部/);
    await tabTo(/^选择: /);
    const first = await focused();
    await press('Space', 'ArrowDown');
    expect(await focused()).not.toBe(first);
    await press('Space');
    await page.getByRole('region', { name: '批量修改' }).getByText('已选 2 个').waitFor();
    await watched.picture('keyboard-ledger');

    // one stop back from the table's head: the bar over the table
    for (let n = 0; n < 12 && (await focused()) !== '批量修改'; n++) await press('Shift+Tab');
    expect(await focused()).toBe('批量修改');
    await press('Enter');
    await dialog().waitFor();
    await tabTo(/^阶段$/);
    await press('ArrowDown', 'ArrowDown', 'Enter');
    await tabTo(/^应/);
    await press('Enter');
    await dialog().waitFor({ state: 'detached' });
    await expect.poll(async () => (await listLedger(server, CITY)).filter(({ stage }) => stage === 'listed').length, { timeout: 10_000 }).toBe(2);

    await page.locator('#main').focus();
    await tabTo(/^撤销上次修改/);
    await press('Enter');
    await expect.poll(async () => (await listLedger(server, CITY)).filter(({ stage }) => stage === 'listed').length, { timeout: 10_000 }).toBe(0);

    await page.locator('#main').focus();
    await tabTo(/^选择: /);
    await press('ArrowRight');
    const problem = await focused();
    await press('Enter');
    await dialog().getByRole('heading', { level: 2 }).waitFor();
    expect(await dialog().getByRole('heading', { level: 2 }).textContent()).toContain(problem);
    await tabTo(/^备注$/);
    await page.keyboard.type('键盘');
    await tabTo(/^保存修改$/);
    await press('Enter');
    await dialog().locator('.finding-history li').filter({ hasText: '键盘' }).waitFor();
    await press('Escape');
    await dialog().waitFor({ state: 'detached' });
    expect(search().get('finding')).toBeNull();
    await expect.poll(focused, { timeout: 10_000 }).toBe(problem);
  });
});
