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

  it('has a line for each of several files, and keeps nothing of one that is given up', async () => {
    const text = (name: string, words: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(words) });
    await page.goto(`${server.url}/${CITY}/policies`);
    await page.getByRole('button', { name: '导入文件' }).click();
    await page.getByTestId('policy-input').setInputFiles([text('附件.txt', '关于附件的说明\n一、任务\n市教育局要在2027年底前建成学校3所。'), text('空.txt', '')]);
    const lines = page.locator('.policy-files > li');
    await lines.filter({ hasText: '附件.txt' }).getByRole('link', { name: '关于附件的说明' }).waitFor();
    await lines.filter({ hasText: '空.txt' }).getByText('扫描件请先识别文字').waitFor();
    const complaints = watched.complaints.splice(0);
    expect(complaints.filter((complaint) => !complaint.includes('400'))).toEqual([]);
    const long = Array.from({ length: 8000 }, (_, i) => `（${(i % 9) + 1}）推进第${i}个小区改造，市住建局牵头，2027年底前建成${i}处养老服务设施。`).join('\n');
    await page.getByTestId('policy-input').setInputFiles([text('长文.txt', `关于长文的通知\n一、任务\n${long}`)]);
    await page.getByRole('button', { name: '取消导入' }).click();
    await lines.filter({ hasText: '长文.txt' }).getByText('已取消，没有保存').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: '关于附件的说明' }).waitFor();
    await page.getByRole('button', { name: '删除: 关于附件的说明' }).click();
    await page.getByRole('button', { name: '删除', exact: true }).click();
    await poll(() => page.locator('.policy-card').count()).toBe(1);
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

  it('is read again against the date of publication that a person gives', async () => {
    await openDocument();
    await page.locator('.published-date').getByText('2026年3月10日').click();
    await page.getByLabel('发布日期').fill('2026-03-12');
    await page.getByRole('button', { name: '重新读取' }).click();
    await page.locator('.published-date').getByText('2026年3月12日').waitFor();
    await item('任务', '加装电梯').getByText('已修改').waitFor();
  });

  it('confirms an indicator that is proposed when it is added, and lists its keys', async () => {
    await openDocument('?tab=links&clause=1');
    await page.getByRole('tab', { name: /关联/ }).click();
    await page.getByRole('navigation', { name: '大纲' }).getByText('主要目标').click();
    const indicators = page.locator('.clause-links section').first();
    const proposed = indicators.locator('.link-proposed');
    await proposed.first().waitFor();
    const name = (await proposed.first().locator('a').textContent()) ?? '';
    const before = await proposed.count();
    await indicators.getByLabel('添加指标').fill(name);
    await page.locator('.ant-select-item-option').getByText(`${name}（建议）`).click();
    await indicators.locator('.link-confirmed').getByText(name).waitFor();
    expect(await proposed.count()).toBe(before - 1);
    await indicators.getByRole('button', { name: `恢复待定: ${name}` }).click();
    await poll(() => proposed.count()).toBe(before);
    await page.locator('.document-text').focus();
    await page.keyboard.press('?');
    await page.locator('.key-list').getByText('撤销上次改动').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.key-list').waitFor({ state: 'hidden' });
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
  it('offers a draft neither an extension nor an order', async () => {
    await openTask('加装电梯');
    await drawer().getByRole('button', { name: '填报进展' }).waitFor();
    for (const name of ['申请延期', '设定时限', '下发督办单', '办结', '提交核验']) expect(await drawer().getByRole('button', { name }).count(), name).toBe(0);
    await drawer().getByText('任务尚未下达，时限可直接修改。').waitFor();
  });

  it('works a task to its end with evidence', async () => {
    await openTask('加装电梯');
    await drawer().getByRole('button', { name: '下达' }).click();
    await drawer().getByRole('button', { name: '办结' }).waitFor();
    await drawer().getByRole('button', { name: '填报进展' }).click();
    await drawer().getByLabel('进展情况').fill('首批完成');
    await drawer().getByLabel('完成百分比').fill('60');
    await drawer().getByLabel('佐证材料').fill('云住建〔2026〕7号');
    await drawer().locator('.evidence-input').setInputFiles({ name: '验收单.txt', mimeType: 'text/plain', buffer: Buffer.from('合格') });
    await drawer().getByRole('button', { name: '移除文件：验收单.txt' }).waitFor();
    await sendForm('进展与佐证');
    await drawer().locator('.task-evidence').getByText('云住建〔2026〕7号').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), drawer().getByRole('link', { name: '验收单.txt' }).click()]);
    expect([file.suggestedFilename(), readFileSync(await file.path(), 'utf8')]).toEqual(['验收单.txt', '合格']);
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
    await drawer().getByText('应晚于现时限 2027年6月30日').waitFor();
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

  it('sets the figures of its lights after it has shown what would change, and gives them back', async () => {
    await page.goto(`${server.url}/${CITY}/tasks`);
    await page.getByRole('button', { name: '亮灯规则' }).click();
    const rules = page.getByRole('dialog');
    await rules.getByText('距完成时限不超过 15 天').waitFor();
    await rules.getByLabel('临期提醒').fill('365');
    await rules.getByText('距完成时限不超过 365 天').waitFor();
    await rules.locator('.light-preview').getByText(/的亮灯将改变|没有任务因此改变/).waitFor();
    await rules.getByLabel('调整理由').fill('年度督办方案');
    await rules.getByRole('button', { name: '保存数值' }).click();
    await rules.getByText('本市设定').waitFor();
    await rules.locator('.finding-history').getByText('年度督办方案').waitFor();
    await watched.picture('task-lights');
    await rules.getByLabel('调整理由').fill('试行结束');
    await rules.getByRole('button', { name: '恢复默认值' }).click();
    await rules.getByText('距完成时限不超过 15 天').waitFor();
    expect(await rules.locator('.finding-history > li').count()).toBe(2);
  });

  it('shows what each body leads, with its sheet and its reminder to take away', async () => {
    await page.goto(`${server.url}/${CITY}/tasks`);
    await page.locator('.task-title').first().waitFor();
    await page.keyboard.press('5');
    const row = page.locator('.by-body-table tbody tr').filter({ hasText: BODY });
    await row.waitFor();
    expect(await row.locator('td').first().textContent()).toBe('1');
    const [folders] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '分单位打包下载' }).click()]);
    await folders.saveAs(join(folder, 'folders.zip'));
    const names = Object.keys(unzipSync(new Uint8Array(readFileSync(join(folder, 'folders.zip')))));
    expect(names).toContain(`${BODY}/${BODY}-督办任务.xlsx`);
    expect(names).toContain(`${BODY}/${BODY}-日历.ics`);
    await watched.picture('tasks-bodies');
    await row.getByRole('button', { name: BODY, exact: true }).click();
    await page.getByText('共 1 项任务').waitFor();
    expect(search().get('body')).toBe(BODY);
    await page.goto(`${server.url}/${CITY}/tasks?panel=reminders`);
    await page.getByRole('combobox', { name: '今后' }).click();
    await page.locator('.ant-select-item-option').getByText('365 天内').click();
    await page.getByRole('dialog').getByRole('button', { name: '下载' }).click();
    const [letters] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '提醒文字（txt）' }).click()]);
    await letters.saveAs(join(folder, 'letters.txt'));
    expect(readFileSync(join(folder, 'letters.txt'), 'utf8')).toContain('贵单位牵头的督办任务');
  });

  it('prints all that the filters hold', async () => {
    await page.addInitScript(() => { window.print = () => document.body.setAttribute('data-printed', ''); });
    await page.goto(`${server.url}/${CITY}/tasks?q=${encodeURIComponent('整治')}`);
    await page.getByText('共 1 项任务').waitFor();
    await page.getByRole('button', { name: '更多' }).click();
    await page.getByRole('menuitem', { name: '打印全部' }).click();
    await page.locator('body[data-printed]').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.tasks-sheet tbody tr').count()).toBe(1);
    expect(await page.locator('.tasks-sheet').innerText()).toMatch(/搜索：整治 · 共 1 项任务/);
    expect(await page.locator('#root').isVisible()).toBe(false);
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
