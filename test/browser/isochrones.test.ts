/** Isochrones on the map of the sample city: what the page works out by itself is what the server answers. */
import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CityJson } from '../../src/base/api.ts';
import type { AreaProperties, IsochroneAnswer, NetworkState } from '../../src/base/network/reach/isochrone-api.ts';
import { startServer } from './running-server.ts';
import type { RunningServer } from './running-server.ts';
import { launchBrowser, mapIsComplete, openPage } from './watched-page.ts';
import type { WatchedPage } from './watched-page.ts';

let server: RunningServer;
let browser: Browser;
let city: string;
let centre: { lon: number; lat: number };
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  server = await startServer({ sample: true });
  const { cities } = (await (await fetch(`${server.url}/api/cities`)).json()) as { cities: CityJson[] };
  const [west, south, east, north] = cities[0].box as [number, number, number, number];
  city = cities[0].cityId;
  centre = { lon: (west + east) / 2, lat: (south + north) / 2 };
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach(async () => {
  watched = await openPage(browser, server.url);
  page = watched.page;
});

afterEach(async () => {
  await watched.close();
  expect(watched.complaints).toEqual([]);
});

const view = (zoom: number): string => `#${zoom}/${centre.lat}/${centre.lon}`;
const panel = (): Locator => page.getByRole('complementary', { name: '等时圈' });
const numbersOf = async (row: string): Promise<number[]> =>
  (await panel().getByRole('row', { name: new RegExp(`^${row}`) }).first().getByRole('cell').allTextContents()).map((text) => Number(text.replaceAll(',', '')));

/** What the address says that the page shows. */
function request(): { places: [number, number][]; mode: string; minutes: number[]; speedKmh?: number } {
  const { searchParams } = new URL(page.url());
  const places = (searchParams.get('from') ?? '').split(';').map((place) => place.split(',').map(Number) as [number, number]);
  const speed = searchParams.get('kmh');
  return { places, mode: searchParams.get('reach') ?? '', minutes: (searchParams.get('min') ?? '5,10,15').split(',').map(Number), ...(speed !== null && { speedKmh: Number(speed) }) };
}

async function askServer(): Promise<AreaProperties[]> {
  const response = await fetch(`${server.url}/api/cities/${city}/isochrones`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(request()) });
  const answer = (await response.json()) as IsochroneAnswer;
  return answer.features.flatMap(({ properties }) => (properties.type === 'area' ? [properties] : [])).toReversed();
}

async function expectServersCounts(): Promise<AreaProperties[]> {
  const areas = await askServer();
  await expect.poll(() => numbersOf('总人口')).toEqual(areas.map(({ persons }) => persons['total']));
  expect(await numbersOf('幼儿园')).toEqual(areas.map(({ facilities }) => facilities['kindergarten'] ?? 0));
  return areas;
}

describe('isochrones', () => {
  it('open by a key, answer a click, follow the handle, and a link shows the same', async () => {
    await page.goto(`${server.url}/${city}/map${view(14)}`);
    await mapIsComplete(page);
    await page.keyboard.press('i');
    await panel().getByText('点击地图选择起点').waitFor();
    expect(new URL(page.url()).searchParams.get('reach')).toBe('walk');
    const from = performance.now();
    await page.mouse.click(640, 420);
    await panel().getByRole('columnheader', { name: '15 分钟' }).waitFor();
    console.info(`from the first click to the table: ${Math.round(performance.now() - from)} ms; ${await panel().getByText(/计算 \d+ 毫秒/).textContent()}`);
    const first = await expectServersCounts();
    expect(first.at(-1)?.persons['total']).toBeGreaterThan(first[0].persons['total']);
    await mapIsComplete(page);
    await watched.picture('isochrones');

    // the counts change while the pointer still holds the place
    const handle = page.getByRole('button', { name: /起点 1：/ });
    const before = await numbersOf('总人口');
    const box = await handle.boundingBox();
    if (box === null) throw new Error('the handle is not to be seen');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 90, box.y - 60, { steps: 10 });
    await expect.poll(() => numbersOf('总人口')).not.toEqual(before);
    await page.mouse.up();
    await expectServersCounts();

    const link = page.url();
    const shown = await numbersOf('总人口');
    await page.goto('about:blank');
    await page.goto(link);
    await panel().getByRole('columnheader', { name: '15 分钟' }).waitFor();
    expect(await numbersOf('总人口')).toEqual(shown);
    await page.keyboard.press('Escape');
    await panel().waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('reach')).toBeNull();
  });

  it('go by other modes, minutes and speeds, from several places, and back', async () => {
    await page.goto(`${server.url}/${city}/map?reach=walk&from=${centre.lon.toFixed(6)},${centre.lat.toFixed(6)}${view(13)}`);
    await panel().getByRole('columnheader', { name: '15 分钟' }).waitFor();
    await panel().getByText('骑行', { exact: true }).click();
    await expect.poll(() => request().mode).toBe('bike');
    await expectServersCounts();
    await panel().getByLabel('时间（分钟）').fill('8，4');
    await page.keyboard.press('Enter');
    await panel().getByRole('columnheader', { name: '8 分钟' }).waitFor();
    expect(request().minutes).toEqual([4, 8]);
    await panel().getByLabel('速度（公里/小时）').fill('18');
    await page.keyboard.press('Enter');
    await expect.poll(() => request().speedKmh).toBe(18);
    const one = await expectServersCounts();
    await page.keyboard.down('Shift');
    await page.mouse.click(560, 300);
    await page.keyboard.up('Shift');
    await page.getByRole('button', { name: /起点 2：/ }).waitFor();
    const two = await expectServersCounts();
    expect(two[1].persons['total']).toBeGreaterThan(one[1].persons['total']);
    await panel().getByRole('button', { name: '撤销' }).click();
    await page.getByRole('button', { name: /起点 2：/ }).waitFor({ state: 'detached' });
    await expectServersCounts();
    await page.getByRole('button', { name: /起点 1：/ }).press('ArrowRight');
    await expect.poll(() => request().places[0][0]).toBeGreaterThan(Number(centre.lon.toFixed(6)));
    await panel().getByRole('button', { name: '清除' }).click();
    await panel().getByText('点击地图选择起点').waitFor();
    expect(new URL(page.url()).searchParams.get('from')).toBeNull();
  });

  it('are saved as GeoJSON and as a table', async () => {
    await page.goto(`${server.url}/${city}/map?reach=walk&from=${centre.lon.toFixed(6)},${centre.lat.toFixed(6)}`);
    await panel().getByRole('columnheader', { name: '15 分钟' }).waitFor();
    const save = async (name: string): Promise<string> => {
      await panel().getByRole('button', { name: '导出' }).hover();
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name }).click()]);
      return readFileSync(await download.path(), 'utf8');
    };
    const areas = await askServer();
    const { features } = JSON.parse(await save('GeoJSON')) as IsochroneAnswer;
    expect(features.map(({ properties }) => properties.type)).toEqual(['area', 'area', 'area', 'streets', 'streets', 'streets', 'place']);
    const rows = (await save('CSV（统计表）')).replace('\uFEFF', '').split('\r\n').map((row) => row.split(','));
    expect(rows[0]).toEqual(['项目', '代码', '5 分钟', '10 分钟', '15 分钟']);
    expect(rows.find(([, id]) => id === 'persons/total')?.slice(2).map(Number)).toEqual(areas.map(({ persons }) => persons['total']));
  });

  it('say so where no street is near', async () => {
    await page.goto(`${server.url}/${city}/map?reach=walk&from=0,0${view(13)}`);
    await panel().getByText('所选地点附近没有可用道路').waitFor();
  });
});

describe('a network too large for a page', () => {
  it('is asked of the server, with the same answer', async () => {
    await page.route('**/network/state', async (route) => {
      const response = await route.fetch();
      const state = (await response.json()) as NetworkState;
      await route.fulfill({ response, json: { ...state, networkBytes: 1e9 } });
    });
    const asked: string[] = [];
    page.on('request', (sent) => asked.push(`${sent.method()} ${new URL(sent.url()).pathname}`));
    await page.goto(`${server.url}/${city}/map?reach=walk&from=${centre.lon.toFixed(6)},${centre.lat.toFixed(6)}${view(14)}`);
    await panel().getByText(/服务器计算/).waitFor();
    await expectServersCounts();
    expect(asked).toContain(`POST /api/cities/${city}/isochrones`);
    expect(asked).not.toContain(`GET /api/cities/${city}/network`);
  });
});

describe('on a small screen', () => {
  it('isochrones are in a sheet, and a tap chooses the place', async () => {
    await watched.close();
    watched = await openPage(browser, server.url, { viewport: { width: 360, height: 740 }, hasTouch: true, locale: 'en-GB' });
    page = watched.page;
    await page.goto(`${server.url}/${city}/map?reach=walk${view(14)}`);
    await mapIsComplete(page);
    const sheet = page.getByRole('dialog', { name: 'Isochrones' });
    await sheet.getByText('Click the map to choose a place').waitFor();
    await page.touchscreen.tap(180, 200);
    await sheet.getByRole('columnheader', { name: '15 min' }).waitFor();
    await watched.picture('isochrones-small');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
