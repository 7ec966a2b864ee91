/** Policy in, accountability out, in a real browser: a document is read and decided upon, its tasks are worked on, and the trace shows it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Document, Packer, Paragraph } from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, json } from './checked-town.ts';
import { startServer } from './running-server.ts';
import type { RunningServer } from './running-server.ts';
import { launchBrowser, openPage } from './watched-page.ts';
import type { WatchedPage } from './watched-page.ts';

const CITY = 'yunbin';
const TITLE = '云滨市人民政府关于加快补齐社区服务短板的通知';
const LINES = [
  TITLE, '各街道办事处，市政府各部门：',
  '一、主要目标', '到2030年，社区养老服务设施覆盖率达到95%以上。',
  '二、重点任务',
  '（一）建设养老设施。市民政局牵头，2027年底前建成社区养老服务设施12处。',
  '（二）改造老旧小区。市住房城乡建设局要加快加装电梯，鼓励居民参与。',
  '（三）整治积水点。市水务局要在2027年6月底前完成8处易涝积水点整治。',
  '云滨市人民政府', '2026年3月10日',
];
const PENSIONS = '社区养老服务设施12处';
const FLOODS = '易涝积水点整治';
/** 市民政局 of the text, as the ledger names it. */
const BODY = '云滨市民政局';

let server: RunningServer;
let browser: Browser;
let folder: string;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chengmai-delivery-'));
  server = await startServer();
  browser = await launchBrowser();
  await ask(server, '/api/cities', json({ cityId: CITY, name: { zh: '云滨', en: 'Yunbin' } }));
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  watched = await openPage(browser, server.url, { viewport: { width: 1440, height: 900 } });
  ({ page } = watched);
  page.setDefaultTimeout(15_000);
});

afterEach(async () => {
  await watched.close();
  expect(watched.complaints).toEqual([]);
});

const poll = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 10_000 });
const search = () => new URL(page.url()).searchParams;
const drawer = () => page.locator('.task-drawer');
/** A task or a target of the reader; the same words may be both. */
const item = (kind: '任务' | '目标', words: string): Locator => page.locator('.item-row').filter({ hasText: words }).filter({ has: page.locator('.item-marks').getByText(kind, { exact: true }) });

async function openDocument(query = ''): Promise<void> {
  await page.goto(`${server.url}/${CITY}/policies${query}`);
  await page.getByRole('link', { name: TITLE }).click();
  await page.locator('.item-open').first().waitFor();
}

async function openTask(words: string): Promise<void> {
  await page.goto(`${server.url}/${CITY}/tasks`);
  await page.locator('.task-title').filter({ hasText: words }).click();
  await drawer().getByRole('heading', { level: 2 }).waitFor();
}

/** Sends the form that is open in a section of the drawer. */
const sendForm = (section: string) => drawer().getByRole('region', { name: section }).getByRole('button', { name: '提交' }).click();

describe('a city without documents', () => {
  it('asks for them on every page that needs them', async () => {
    for (const [where, title] of [['policies', '还没有政策文件'], ['targets', '还没有目标'], ['tasks', '台账还没有任务']]) {
      await page.goto(`${server.url}/${CITY}/${where}`);
      await page.getByRole('heading', { name: title }).waitFor();
    }
  });
});

describe('reading a document', () => {
  it('takes a Word file that is dropped and shows its outline, targets and tasks', async () => {
    const bytes = await Packer.toBuffer(new Document({ sections: [{ children: LINES.map((line) => new Paragraph(line)) }] }));
    await page.goto(`${server.url}/${CITY}/policies`);
    await page.getByRole('button', { name: '导入文件' }).click();
    const files = await page.evaluateHandle((base64) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], '通知.docx'));
      return transfer;
    }, bytes.toString('base64'));
    await page.dispatchEvent('.policy-drop', 'drop', { dataTransfer: files });
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    const outline = page.getByRole('navigation', { name: '大纲' });
    for (const heading of ['主要目标', '重点任务', '建设养老设施', '整治积水点']) await outline.getByText(heading).first().waitFor();
    expect(await item('任务', PENSIONS).count()).toBe(1);
    expect(await item('目标', '95%以上').textContent()).toContain('2030年12月31日');
    await watched.picture('policy-reader');
  });

  it('is decided upon with the keyboard alone, and undone', async () => {
    await openDocument();
    const current = page.locator('.item-row-current');
    const status = page.locator('.reader-progress > .quiet');
    const before = await status.textContent();
    await page.keyboard.press('j');
    await current.waitFor();
    const first = page.locator(`#${await current.getAttribute('id')}`);
    await page.keyboard.press('a');
    await first.getByText('已接受').waitFor();
    await poll(() => current.getAttribute('id')).not.toBe(await first.getAttribute('id'));
    await page.keyboard.press('r');
    await poll(() => page.locator('.item-row').getByText('已驳回').count()).toBe(1);
    await poll(() => status.textContent()).toMatch(/2/);
    await page.keyboard.press('z');
    await poll(() => page.locator('.item-row').getByText('已驳回').count()).toBe(0);
    await page.keyboard.press('z');
    await poll(() => status.textContent()).toBe(before);
  });

  it('keeps a correction beside what was read', async () => {
    await openDocument();
    await item('任务', '加装电梯').locator('.item-open').click();
    await item('任务', '加装电梯').getByRole('button', { name: '修改' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('期限').fill('2027-12-31');
    await dialog.getByLabel('修改原因').fill('年度计划');
    await dialog.getByRole('button', { name: '保存修改' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await item('任务', '加装电梯').getByText('已修改').waitFor();
    expect(await item('任务', '加装电梯').textContent()).toContain('原读出: 未写期限');
    await page.reload();
    await item('任务', '加装电梯').getByText('已修改').waitFor();
  });

  it('links a clause to an indicator and sends its tasks to the ledger', async () => {
    await openDocument();
    for (const words of [PENSIONS, FLOODS]) {
      await item('任务', words).locator('.item-open').click();
      await item('任务', words).getByRole('button', { name: '接受' }).click();
      await item('任务', words).getByText('已接受').waitFor();
    }
    await page.getByRole('navigation', { name: '大纲' }).getByText('整治积水点').click();
    await page.getByRole('tab', { name: /关联/ }).click();
    expect(search().get('clause')).toBe('2.3');
    const links = page.locator('.clause-links section').first();
    await links.getByRole('button', { name: /^确认: / }).first().click();
    await links.getByText('已确认').waitFor();
    await page.getByRole('button', { name: '转入督办台账（3）' }).click();
    await page.getByRole('button', { name: '打开台账' }).click();
    await poll(() => search().get('document')).toMatch(/^p-/);
    await page.getByText('共 3 项任务').waitFor();
    expect(await page.locator('.task-title').count()).toBe(3);
    await watched.picture('policy-ledger');
  });
});

describe('the ledger', () => {
  it('works a task to its end with evidence', async () => {
    await openTask('加装电梯');
    await drawer().getByRole('button', { name: '下达' }).click();
    await drawer().getByRole('button', { name: '办结' }).waitFor();
    await drawer().getByRole('button', { name: '填报进展' }).click();
    await drawer().getByLabel('进展情况').fill('首批完成');
    await drawer().getByLabel('完成百分比').fill('60');
    await drawer().getByLabel('佐证材料').fill('云住建〔2026〕7号');
    await sendForm('进展与佐证');
    await drawer().locator('.task-evidence').getByText('云住建〔2026〕7号').waitFor();
    await drawer().getByRole('button', { name: '办结' }).click();
    await drawer().getByRole('button', { name: '重新办理' }).waitFor();
    expect(await drawer().locator('.task-light-line').textContent()).toContain('已办结');
    await watched.picture('task-done');
  });

  it('refuses an extension to an earlier day, and takes a later one with an order and its answer', async () => {
    await openTask(FLOODS);
    await drawer().getByRole('button', { name: '下达' }).click();
    await drawer().getByRole('button', { name: '办结' }).waitFor();
    await drawer().getByRole('button', { name: '申请延期' }).click();
    await drawer().getByLabel('延至').fill('2027-01-31');
    await drawer().getByLabel('理由').fill('汛情');
    await sendForm('延期');
    await page.getByText('延期后的时限 2027-01-31 应晚于现时限 2027-06-30', { exact: false }).waitFor();
    // the refusal is what this test asks for; nothing else may have gone wrong
    const complaints = watched.complaints.splice(0);
    expect(complaints.filter((complaint) => complaint.includes('/extensions'))).toHaveLength(1);
    expect(complaints.filter((complaint) => !complaint.includes('/extensions') && !complaint.includes('400 (Bad Request)'))).toEqual([]);
    await drawer().getByLabel('延至').fill('2027-09-30');
    await sendForm('延期');
    await drawer().getByText('2027年6月30日 → 2027年9月30日').waitFor();
    await drawer().getByRole('button', { name: '下发督办单' }).click();
    await drawer().getByLabel('督办要求').fill('请报进度');
    await sendForm('督办单');
    await drawer().getByRole('button', { name: '答复' }).click();
    await drawer().getByLabel('答复内容').fill('已开工');
    await sendForm('督办单');
    await drawer().locator('.task-answer').getByText('已开工').waitFor();
  });

  it('shows the same tasks as board, Gantt chart and calendar', async () => {
    for (const view of ['board', 'gantt', 'calendar']) {
      await page.goto(`${server.url}/${CITY}/tasks?view=${view}&month=2027-09`);
      await page.getByText(FLOODS, { exact: false }).first().waitFor();
      await watched.picture(`tasks-${view}`);
    }
  });

  it('gives a workbook out, takes it back edited, and undoes it', async () => {
    await page.goto(`${server.url}/${CITY}/tasks`);
    await page.getByRole('button', { name: '更多' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '导出 Excel' }).click()]);
    const file = join(folder, 'ledger.xlsx');
    await download.saveAs(file);
    const parts = unzipSync(new Uint8Array(readFileSync(file)));
    const edited = Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, name.endsWith('.xml') ? strToU8(strFromU8(bytes).replaceAll(`>${BODY}<`, `>${BODY}养老处<`)) : bytes]));
    writeFileSync(file, zipSync(edited));
    await page.getByRole('button', { name: '更多' }).click();
    await page.getByRole('menuitem', { name: '导入 Excel' }).click();
    await page.getByTestId('tasks-input').setInputFiles(file);
    await page.getByText('已读取 3 行：修改 1 项，新增 0 项。').waitFor();
    await page.getByRole('button', { name: '写入台账（1 项）' }).click();
    await page.locator('.task-clamp').getByText(`${BODY}养老处`, { exact: true }).waitFor();
    await page.getByRole('button', { name: '撤销上次修改（1 项）' }).click();
    await page.locator('.task-clamp').getByText(BODY, { exact: true }).waitFor();
  });

  it('gives calendar, bulletin and brief out, in both languages', async () => {
    await page.goto(`${server.url}/${CITY}/tasks`);
    await page.getByRole('button', { name: '更多' }).click();
    const [calendar] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '导出日历（ics）' }).click()]);
    expect(calendar.suggestedFilename()).toBe(`${CITY}-tasks.ics`);
    await page.goto(`${server.url}/${CITY}/tasks`);
    await page.getByRole('button', { name: '专报与通报' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.ant-dropdown-menu-item:focus, .ant-dropdown-menu-item-active').filter({ hasText: 'Word' }).first().waitFor();
    const [bulletin] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(bulletin.suggestedFilename()).toMatch(/通报\.docx$/);
    await page.goto(`${server.url}/${CITY}/targets?lang=en`);
    await page.getByRole('button', { name: 'One-page brief' }).click();
    const [brief] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: 'Web page · English' }).click()]);
    await brief.waitForLoadState();
    expect(await brief.locator('body').textContent()).toContain('Yunbin');
    await brief.close();
  });
});

describe('the trace', () => {
  it('shows the task and the confirmed indicator of its clause, and computes the coverage', async () => {
    await openDocument();
    await page.getByRole('link', { name: '条款溯源' }).click();
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: '整治积水点' }) });
    await row.getByRole('link', { name: new RegExp(FLOODS) }).waitFor();
    expect(await row.locator('.trace-indicators li').count()).toBeGreaterThan(0);
    expect(await page.locator('.trace-coverage').textContent()).toMatch(/有要求的条款 4 个.*已立任务 3/);
    await watched.picture('policy-trace');
  });
});

describe('all these pages', () => {
  it('speak English', async () => {
    await openDocument('?lang=en');
    const address = new URL(page.url()).pathname;
    for (const [path, landmark] of [[address, 'Outline'], [`${address}/trace`, 'Coverage'], [`/${CITY}/targets`, 'Targets against measurement'], [`/${CITY}/tasks`, 'Ledger of tasks']]) {
      await page.goto(`${server.url}${path}?lang=en`);
      await page.locator(`[aria-label="${landmark}"], h1:has-text("${landmark}")`).first().waitFor();
      // words of the document, and the switch to Chinese, are Chinese; buttons are not
      const buttons = (await page.locator('main button, main .ant-tabs-tab').allInnerTexts()).filter((text) => !text.includes('…') && !LINES.some((line) => line.includes(text.trim().slice(0, 6))));
      expect(buttons.filter((text) => /^(接受|驳回|修改|撤销|导入|导出|更多|打印|新建|提醒|条目|关联)/.test(text.trim())), path).toEqual([]);
    }
  });
});
