import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startServer } from './running-server.ts';
import type { RunningServer } from './running-server.ts';
import { buildSmallCity, buildTreeTable, CENTRE, SCHOOL } from './small-city.ts';
import { coloursOf, launchBrowser, mapIsComplete, openPage } from './watched-page.ts';
import type { WatchedPage } from './watched-page.ts';

let server: RunningServer;
let browser: Browser;
let folder: string;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chengmai-files-'));
  writeFileSync(join(folder, 'town.geojson'), buildSmallCity());
  writeFileSync(join(folder, 'trees.csv'), buildTreeTable());
  writeFileSync(join(folder, 'junk.bin'), new Uint8Array(64).fill(7));
  server = await startServer();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  watched = await openPage(browser, server.url);
  page = watched.page;
});

afterEach(async () => {
  await watched.close();
  expect(watched.complaints).toEqual([]);
});

const onSchool = `#18/${SCHOOL.lat}/${SCHOOL.lon}`;

async function importFile(name: string): Promise<void> {
  await page.goto(`${server.url}/hankou/data?import=1`);
  await page.getByTestId('import-input').setInputFiles(join(folder, name));
  await page.getByText(name).waitFor();
}

describe('a new user', () => {
  it('makes a city and is asked to import', async () => {
    await page.goto(server.url);
    await page.getByRole('heading', { name: '还没有城市' }).waitFor();
    await page.getByRole('button', { name: '新建城市' }).first().click();
    await page.getByLabel('中文名称').fill('汉口');
    await page.getByLabel('英文名称').fill('Hankou');
    await page.getByRole('dialog').getByRole('button', { name: '新建城市' }).click();
    await page.getByRole('heading', { name: '这座城市还没有数据' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/hankou/map');
    await page.getByRole('button', { name: '导入文件' }).click();
    await page.getByRole('dialog', { name: '导入文件' }).waitFor();
  });

  it('imports a file, follows it and reads what was kept', async () => {
    await importFile('town.geojson');
    await page.getByRole('button', { name: '导入 1 个文件' }).click();
    await page.getByText('导入完成').waitFor({ timeout: 90_000 });
    // the import is in the address: a reload shows it again
    await page.reload();
    await page.getByText('导入完成').waitFor();
    await watched.picture('import-result');
    await page.getByRole('button', { name: '在地图上查看' }).click();
    await mapIsComplete(page);
  });
});

describe('the map', () => {
  it('draws the city', async () => {
    await page.goto(`${server.url}/hankou/map#15/${CENTRE.lat}/${CENTRE.lon}`);
    await mapIsComplete(page);
    await watched.picture('map');
    const { colours, commonest } = await coloursOf(page, '.map-canvas');
    expect(colours).toBeGreaterThan(40);
    expect(commonest).toBeLessThan(0.9);
  });

  it('says what lies under a click, and where it is from', async () => {
    await page.goto(`${server.url}/hankou/map${onSchool}`);
    await mapIsComplete(page);
    await page.locator('.map-canvas').click();
    const inspector = page.getByRole('complementary', { name: '详情' });
    await inspector.getByRole('heading', { name: SCHOOL.name }).waitFor();
    expect(new URL(page.url()).searchParams.get('select')).toBeTruthy();
    await watched.picture('inspector');
    await page.goBack();
    await inspector.waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('select')).toBeNull();
  });

  it('finds by part of a name with the keyboard alone, and a link shows the same again', async () => {
    await page.goto(`${server.url}/hankou/map`);
    await page.getByRole('combobox', { name: '搜索' }).fill('江滩');
    await page.getByRole('option', { name: /江滩公园/ }).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    const inspector = page.getByRole('complementary', { name: '详情' });
    await inspector.getByRole('heading', { name: '江滩公园' }).waitFor();
    await mapIsComplete(page);
    const zoom = Number(/#([\d.]+)\//.exec(page.url())?.[1]);
    expect(zoom).toBeGreaterThan(15);
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    await inspector.getByRole('heading', { name: '江滩公园' }).waitFor();
  });

  it('keeps the choice of layers in the address', async () => {
    await page.goto(`${server.url}/hankou/map`);
    const buildings = page.getByRole('switch', { name: '显示图层：建筑' });
    await buildings.click();
    await expect.poll(() => new URL(page.url()).searchParams.get('off')).toBe('building');
    await page.reload();
    await buildings.waitFor();
    expect(await buildings.getAttribute('aria-checked')).toBe('false');
  });

  it('keeps the choice of facility kinds in the address', async () => {
    await page.goto(`${server.url}/hankou/map`);
    await page.getByRole('button', { name: '类别: 设施' }).click();
    await page.getByRole('checkbox', { name: '小学' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('hide')).toBe('primary-school');
    await page.reload();
    await page.getByRole('button', { name: '类别: 设施' }).click();
    expect(await page.getByRole('checkbox', { name: '小学' }).isChecked()).toBe(false);
  });

  it('paints grid cells and names the classes of the colours, on paper too', async () => {
    await page.goto(`${server.url}/hankou/map`);
    await page.getByRole('radio', { name: /网格/ }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('level')).toBe('cell');
    await mapIsComplete(page);
    await page.emulateMedia({ media: 'print' });
    await page.locator('.density-legend-floating').getByText('人/平方公里').waitFor();
    await page.emulateMedia({ media: 'screen' });
    await page.locator('.layer-panel .density-legend').getByText('人/平方公里').waitFor();
  });

  it('pans with the arrow keys', async () => {
    await page.goto(`${server.url}/hankou/map#15/${CENTRE.lat}/${CENTRE.lon}`);
    await mapIsComplete(page);
    await page.locator('.maplibregl-canvas').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => Number(page.url().split('/').at(-1))).toBeGreaterThan(CENTRE.lon + 0.0005);
  });
});

describe('the data page', () => {
  it('maps the columns of a table by hand', async () => {
    await importFile('trees.csv');
    const roleOf = (column: string) => page.getByRole('combobox', { name: `用途: ${column}` });
    for (const [column, role] of [['甲', /经度/], ['乙', /纬度/]] as const) {
      await roleOf(column).click();
      await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').filter({ hasText: role }).first().click();
      await page.locator('.import-file .anticon-loading').waitFor({ state: 'detached' });
    }
    await watched.picture('column-mapping');
    await page.getByRole('button', { name: '导入 1 个文件' }).click();
    await page.getByText('导入完成').waitFor({ timeout: 90_000 });
    await page.getByRole('button', { name: '查看批次' }).click();
    await page.getByRole('button', { name: 'trees.csv', exact: true }).click();
    const panel = page.getByRole('dialog', { name: /批次/ });
    await panel.getByRole('heading', { name: 'trees.csv' }).waitFor();
    expect(await panel.getByText('24', { exact: true }).count()).toBeGreaterThan(0);
    // rows with coordinates are a layer of the map; without the mapping they would be a table without a place
    await page.goto(`${server.url}/hankou/map`);
    await page.getByRole('switch', { name: '显示图层：trees' }).waitFor();
  });

  it('says in words why a file cannot be used, and imports nothing', async () => {
    await importFile('junk.bin');
    await page.getByRole('alert').filter({ hasText: 'junk.bin' }).getByText('import/unknown-format').waitFor();
    expect(await page.getByRole('dialog').getByRole('button', { name: '导入文件' }).isDisabled()).toBe(true);
  });

  it('undoes an import after asking', async () => {
    await page.goto(`${server.url}/hankou/data`);
    await page.getByRole('button', { name: '撤销: trees.csv' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '撤销' }).click();
    await page.getByRole('button', { name: 'trees.csv', exact: true }).waitFor({ state: 'detached', timeout: 60_000 });
    await page.getByText('历史', { exact: true }).click();
    await page.locator('.revision').first().getByText('撤销', { exact: true }).waitFor();
  });
});

describe('every page', () => {
  it('speaks the other language and changes its shade, and remembers both', async () => {
    await page.goto(`${server.url}/hankou/data`);
    await page.getByRole('button', { name: 'Switch to English' }).click();
    await page.getByRole('heading', { name: 'Hankou · Data' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByRole('button', { name: 'Appearance' }).click();
    await page.getByRole('menuitem', { name: 'Dark' }).click();
    await expect.poll(() => page.locator('html').getAttribute('data-shade')).toBe('dark');
    await page.goto(`${server.url}/hankou/map${onSchool}`);
    await mapIsComplete(page);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('html').getAttribute('data-shade')).toBe('dark');
    await page.locator('.map-canvas').click();
    await page.getByRole('complementary', { name: 'Details' }).getByText('Where does this come from?').waitFor();
    await watched.picture('map-dark-en');
  });

  it('fits 360 px without sideways scrolling and leads everywhere through its menu', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of ['/hankou/map', '/hankou/data', '/hankou/data?import=1', '/cities']) {
      await page.goto(server.url + path);
      await page.getByRole('button', { name: '打开菜单' }).waitFor();
      await page.waitForTimeout(400);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(360);
      await watched.picture(`narrow${path.replaceAll(/\W/g, '-')}`);
    }
    await page.getByRole('button', { name: '打开菜单' }).click();
    await page.getByRole('dialog').getByRole('link', { name: '数据' }).click();
    await page.waitForURL('**/hankou/data');
  });

  it('is reached by keyboard from its first stop, the link to the content', async () => {
    await page.goto(`${server.url}/hankou/data`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('跳到正文');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('导入文件');
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle);
    expect(outline).not.toBe('none');
  });

  it('says so when there is no such page or city', async () => {
    for (const path of ['/no/such/page', '/atlantis/map']) {
      await page.goto(server.url + path);
      await page.getByRole('heading', { name: '没有这个页面' }).waitFor();
    }
  });
});

describe('deleting a city', () => {
  it('needs its id typed', async () => {
    await page.goto(`${server.url}/cities`);
    await page.getByRole('button', { name: '删除: 汉口' }).click();
    const dialog = page.getByRole('dialog');
    const remove = dialog.getByRole('button', { name: '删除' });
    expect(await remove.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('hankou');
    await remove.click();
    await page.getByRole('heading', { name: '还没有城市' }).waitFor();
  });
});
