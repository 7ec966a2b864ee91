/** The check-up's pages in a real browser: a town is checked up, looked at, and its findings are worked on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { kindergartens, townFiles } from '../store/small-town.ts';
import { ask, importFiles, json } from './checked-town.ts';
import { startServer } from './running-server.ts';
import type { RunningServer } from './running-server.ts';
import { coloursOf, launchBrowser, mapIsComplete, openPage } from './watched-page.ts';
import type { WatchedPage } from './watched-page.ts';

const CITY = 'town';
const INDICATOR = 'property-management-lacking';
const INDICATOR_NAME = '未实施物业管理的小区数量';

let server: RunningServer;
let browser: Browser;
let folder: string;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chengmai-ledger-'));
  server = await startServer();
  browser = await launchBrowser();
  await ask(server, '/api/cities', json({ cityId: 'empty', name: { zh: '空城', en: 'Emptyville' } }));
  await ask(server, '/api/cities', json({ cityId: CITY, name: { zh: '镇', en: 'Town' } }));
  await importFiles(server, CITY, townFiles());
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
const counted = (name: string) => page.getByRole('navigation', { name: '阶段' }).getByRole('button', { name: new RegExp(`^${name}`) });

describe('a city without a check-up', () => {
  it('asks for data where it has none', async () => {
    for (const where of ['checkup', 'findings']) {
      await page.goto(`${server.url}/empty/${where}`);
      await page.getByRole('heading', { name: '这座城市还没有数据' }).waitFor();
    }
  });

  it('offers a run, follows it and shows what it found', async () => {
    await page.goto(`${server.url}/${CITY}/findings`);
    await page.getByRole('heading', { name: '还没有问题台账' }).waitFor();
    await page.goto(`${server.url}/${CITY}/checkup`);
    await page.getByRole('heading', { name: '还没有体检结果' }).waitFor();
    await page.getByRole('button', { name: '开始体检' }).click();
    await page.getByRole('complementary', { name: '指标' }).getByRole('button', { name: new RegExp(INDICATOR_NAME) }).waitFor({ timeout: 110_000 });
  });
});

describe('the workspace', () => {
  it('shows an indicator: value, grade and why, standard, ranking, where it came from', async () => {
    await page.goto(`${server.url}/${CITY}/checkup`);
    await page.getByRole('textbox', { name: '搜索指标' }).fill('物业管理');
    await page.getByRole('button', { name: new RegExp(INDICATOR_NAME) }).click();
    await panel().getByRole('heading', { name: new RegExp(INDICATOR_NAME) }).waitFor();
    expect(search().get('indicator')).toBe(INDICATOR);
    expect(await panel().locator('.headline-value').textContent()).toBe('2');
    await panel().getByRole('heading', { name: '评级依据' }).waitFor();
    expect(await panel().locator('.grade-steps li').count()).toBeGreaterThan(0);
    await panel().getByRole('button', { name: '数据从哪里来？' }).click();
    await panel().getByRole('link', { name: 'community_services.csv' }).waitFor();
    await watched.picture('checkup-indicator');
  });

  it('paints the places in the classes of the legend', async () => {
    await page.goto(`${server.url}/${CITY}/checkup?indicator=${INDICATOR}`);
    await mapIsComplete(page);
    await page.getByRole('region', { name: '图例' }).getByText('标准未给出限值', { exact: false }).waitFor();
    expect((await coloursOf(page, '.checkup-map .map-canvas')).colours).toBeGreaterThan(20);
    await page.getByText('街区', { exact: true }).last().click();
    await expect.poll(() => search().get('level'), { timeout: 10_000 }).toBe('block');
  });

  it('opens the sheet of a place that is clicked, and a link shows it again', async () => {
    await page.goto(`${server.url}/${CITY}/checkup?indicator=${INDICATOR}&level=community`);
    await mapIsComplete(page);
    const box = await page.locator('.checkup-map .map-canvas').boundingBox();
    if (box === null) throw new Error('no map');
    // the town lies between the switches above and the legend below; its middle is a corner of four communities
    await page.mouse.click(box.x + box.width / 2 + 60, box.y + box.height / 2 - 80);
    await expect.poll(() => search().get('place'), { timeout: 10_000 }).toMatch(/^[AB][01]$/);
    const sheet = panel().getByRole('article', { name: '体检单' });
    await sheet.getByRole('heading', { name: /[AB][01]社区/ }).waitFor();
    await sheet.getByRole('button', { name: INDICATOR_NAME }).waitFor();
    await watched.picture('checkup-sheet');
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    await sheet.getByRole('heading', { name: /[AB][01]社区/ }).waitFor();
  });

  it('puts two places side by side, and says which is better', async () => {
    await page.goto(`${server.url}/${CITY}/checkup?place=A0&with=A1&panel=compare`);
    const row = panel().getByRole('row').filter({ hasText: INDICATOR_NAME });
    await row.waitFor();
    expect(await row.locator('.compare-better').textContent()).toContain('0');
  });

  it('says why a value is missing and what would supply it', async () => {
    await page.goto(`${server.url}/${CITY}/checkup?indicator=homes-structural-hazard`);
    await panel().getByRole('heading', { name: '补充这项数据' }).waitFor();
    expect(await panel().getByRole('link', { name: /导入文件/ }).getAttribute('href')).toBe(`/${CITY}/data?import=1`);
  });
});

describe('the ledger', () => {
  it('edits findings in bulk and takes it back', async () => {
    await page.goto(`${server.url}/${CITY}/findings`);
    await page.getByRole('checkbox', { name: /^选择: / }).first().waitFor();
    const all = (await counted('问题台账').textContent()) ?? '';
    await page.getByRole('checkbox', { name: /^选择: / }).nth(0).check();
    await page.getByRole('checkbox', { name: /^选择: / }).nth(1).check();
    await page.getByRole('region', { name: '批量修改' }).getByRole('button', { name: '批量修改' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('阶段').click();
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText('问题清单', { exact: true }).click();
    await dialog.getByLabel('完成时限').fill('2027-06-30');
    await dialog.getByLabel('修改原因').fill('例会');
    await dialog.getByRole('button', { name: '应用' }).click();
    await expect.poll(() => counted('问题清单').textContent(), { timeout: 15_000 }).toBe('问题清单 2');
    await watched.picture('findings-edited');
    await page.getByRole('button', { name: /撤销上次修改/ }).click();
    await expect.poll(() => counted('问题清单').textContent(), { timeout: 15_000 }).toBe('问题清单 0');
    await expect.poll(() => counted('问题台账').textContent(), { timeout: 15_000 }).toBe(all);
  });

  it('edits one in its drawer and shows who changed what', async () => {
    await page.goto(`${server.url}/${CITY}/findings`);
    await page.locator('.finding-problem .link-button').first().click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('备注').fill('已现场核实');
    await drawer.getByRole('button', { name: '保存修改' }).click();
    await drawer.locator('.finding-history li').filter({ hasText: '已现场核实' }).waitFor();
    expect(search().get('finding')).toContain('@');
    await watched.picture('finding-drawer');
  });

  it('gives a workbook out, and sees that it comes back as it went', async () => {
    await page.goto(`${server.url}/${CITY}/findings`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '导出 Excel' }).click()]);
    const file = join(folder, 'ledger.xlsx');
    await download.saveAs(file);
    await page.getByRole('button', { name: '导入 Excel' }).click();
    await page.getByTestId('ledger-input').setInputFiles(file);
    await page.getByRole('dialog').getByText('与台账没有差别').waitFor();
    expect(await page.getByRole('dialog').getByRole('button', { name: /应用/ }).isDisabled()).toBe(true);
  });

  it('filters by what the address says', async () => {
    await page.goto(`${server.url}/${CITY}/findings?indicator=${INDICATOR}`);
    await page.locator('.finding-problem').first().waitFor();
    expect(await page.locator('.finding-problem').count()).toBe(2);
    await page.getByRole('button', { name: '清除筛选' }).click();
    await expect.poll(() => search().get('indicator'), { timeout: 10_000 }).toBeNull();
  });

  it('maps findings by place; a click filters by it', async () => {
    await page.goto(`${server.url}/${CITY}/findings?view=map`);
    await mapIsComplete(page);
    await page.getByText('各空间单元的问题数').waitFor();
    await watched.picture('findings-map');
    const box = await page.locator('.findings-map .map-canvas').boundingBox();
    if (box === null) throw new Error('no map');
    await page.mouse.click(box.x + 0.3 * box.width, box.y + 0.4 * box.height);
    await expect.poll(() => search().get('place'), { timeout: 10_000 }).toMatch(/^A[01]$/);
    await expect.poll(() => counted('全部').textContent(), { timeout: 15_000 }).not.toBe('全部 6');
  });
});

describe('both pages', () => {
  it('speak English in the dark', async () => {
    for (const [path, heading] of [['checkup', /Town · City check-up/], ['findings', /Town · Ledger of findings/]] as const) {
      await page.goto(`${server.url}/${CITY}/${path}?lang=en`);
      await page.getByRole('heading', { name: heading }).waitFor();
      await page.waitForTimeout(500);
      // names of places and bodies are the city's own; everything else is English
      expect(await page.locator('.workspace-bar, .page-head').first().textContent()).not.toMatch(/[一-鿿]/);
    }
  });

  it('fit 360 px without sideways scrolling', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of ['checkup', `checkup?indicator=${INDICATOR}&place=A1`, 'findings', 'findings?view=map']) {
      await page.goto(`${server.url}/${CITY}/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForTimeout(600);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(360);
      await watched.picture(`narrow-${path.replaceAll(/\W/g, '-')}`);
    }
  });
});

describe('a city that has changed since', () => {
  it('says so until it is checked up again', async () => {
    await importFiles(server, CITY, [{ source: kindergartens(true), options: { crs: 'EPSG:4326' } }]);
    await page.goto(`${server.url}/${CITY}/checkup`);
    await page.getByText('体检之后城市数据已有变化').waitFor();
    await watched.picture('checkup-stale');
    await page.getByRole('button', { name: '重新体检' }).click();
    await page.getByText('体检之后城市数据已有变化').waitFor({ state: 'detached', timeout: 100_000 });
  });
});
