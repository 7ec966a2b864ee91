import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createApp } from '../../src/server/app.ts';
import { Startup } from '../../src/server/startup.ts';
import { resolveBelow } from '../../src/server/static-files.ts';

const parent = mkdtempSync(join(tmpdir(), 'chengmai-web-'));
const root = join(parent, 'web');
mkdirSync(join(root, 'assets'), { recursive: true });
writeFileSync(join(root, 'index.html'), '<!doctype html><title>page</title>');
writeFileSync(join(root, 'assets', 'main-Ab3dE9xQ.js'), 'plain');
writeFileSync(join(root, 'assets', 'main-Ab3dE9xQ.js.br'), 'brotli bytes');
writeFileSync(join(root, 'assets', 'main-Ab3dE9xQ.js.gz'), 'gzip bytes');
writeFileSync(join(parent, 'secret.txt'), 'kept from all');
mkdirSync(join(parent, 'web-other'));
writeFileSync(join(parent, 'web-other', 'x.txt'), 'kept from all');
afterAll(() => rmSync(parent, { recursive: true }));

const app = createApp({ startup: new Startup(), webRoot: root });
const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });

test('the page, also for its own routes, asked for again each time', async () => {
  for (const path of ['/', '/map', '/city/porto/data']) {
    const response = await get(path, { accept: 'text/html' });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(await response.text()).toContain('<title>page</title>');
  }
  const etag = (await get('/')).headers.get('etag') as string;
  expect((await get('/', { 'if-none-match': etag })).status).toBe(304);
});

test('hashed files for good, compressed where the client takes it', async () => {
  const path = '/assets/main-Ab3dE9xQ.js';
  expect((await get(path)).headers.get('cache-control')).toContain('immutable');
  expect(await (await get(path)).text()).toBe('plain');
  const brotli = await get(path, { 'accept-encoding': 'gzip, br' });
  expect([brotli.headers.get('content-encoding'), await brotli.text()]).toEqual(['br', 'brotli bytes']);
  const gzip = await get(path, { 'accept-encoding': 'gzip, br;q=0' });
  expect([gzip.headers.get('content-encoding'), await gzip.text()]).toEqual(['gzip', 'gzip bytes']);
  expect(gzip.headers.get('content-type')).toContain('javascript');
});

test('a file that is not there is 404, a route of the interface never becomes the page', async () => {
  for (const path of ['/assets/gone.js', '/api/nothing', '/api']) {
    const response = await get(path);
    expect(response.status, path).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  }
});

test('nothing outside the folder', async () => {
  for (const path of ['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt', '/..%5csecret.txt', '/..%2fweb-other%2fx.txt', '/%00', '/%ff']) {
    expect(await (await get(path)).text(), path).not.toContain('kept from all');
  }
  expect(resolveBelow(root, '/..%2fweb-other/x.txt')).toBeUndefined();
  expect(resolveBelow(root, '/assets/x.js')).toBe(join(root, 'assets', 'x.js'));
});
