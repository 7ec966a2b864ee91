/** A browser page that remembers every complaint: console errors and warnings, failed answers, requests to other hosts. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Screenshots of a run, for the eyes; not kept in the repository. */
const PICTURES = join('.tsbuild', 'browser');

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // An empty machine names no locale, and Chromium then neither opens nor keeps files of Chinese names.
    env: { ...process.env, LC_ALL: 'C.UTF-8' } as Record<string, string>,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

export interface WatchedPage {
  readonly page: Page;
  readonly complaints: string[];
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Chromium's own remark on reading pixels back without a graphics card; no page can avoid it. */
const DRIVER_REMARK = /GL Driver Message|GPU stall due to ReadPixels/;

export async function openPage(browser: Browser, base: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if ((message.type() === 'error' || message.type() === 'warning') && !DRIVER_REMARK.test(message.text())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !url.startsWith('data:') && !url.startsWith('blob:')) complaints.push(`asked elsewhere: ${url}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return {
    page,
    complaints,
    async picture(name) {
      mkdirSync(PICTURES, { recursive: true });
      await page.screenshot({ path: join(PICTURES, `${name}.png`) });
    },
    close: () => context.close(),
  };
}

/** Waits until the map has drawn all that the view needs. */
export async function mapIsComplete(page: Page): Promise<void> {
  await page.locator('.map-canvas[data-state="idle"]').waitFor({ timeout: 60_000 });
}

/** How many colours a picture has, and what share of it the commonest takes; read by the browser itself. */
export async function coloursOf(page: Page, selector: string): Promise<{ colours: number; commonest: number }> {
  const png = (await page.locator(selector).screenshot()).toString('base64');
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const counts = new Map<number, number>();
    for (let i = 0; i < data.length; i += 4) {
      const colour = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return { colours: counts.size, commonest: (4 * Math.max(...counts.values())) / data.length };
  }, png);
}
