import { describe, expect, test } from 'vitest';
import { ChengmaiError } from '../../src/core/errors.ts';
import { isLoopback } from '../../src/server/access.ts';
import { createApp } from '../../src/server/app.ts';
import { serve } from '../../src/server/serve.ts';
import { Startup } from '../../src/server/startup.ts';

const TOKEN = 'a-token-of-some-length';

function buildApp(access: { token?: string; loopbackOnly: boolean }) {
  return createApp({ startup: new Startup(), access });
}

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { code: string }).code;
}

describe('a server for this machine only', () => {
  const app = buildApp({ loopbackOnly: true });

  test('answers to its own names', async () => {
    for (const host of ['localhost:8080', '127.0.0.1:8080', '[::1]:8080', 'chengmai.localhost']) {
      expect((await app.request('/api/health', { headers: { host } })).status, host).toBe(200);
    }
  });

  test('refuses a foreign host name (DNS rebinding)', async () => {
    for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:8080', '192.168.1.5', '']) {
      const response = await app.request('/api/health', { headers: { host } });
      expect(response.status, host).toBe(403);
      expect(await codeOf(response)).toBe('server/foreign-host');
    }
  });

  test('refuses changes that another site asks for, takes its own and a program’s', async () => {
    const foreign: Record<string, string>[] = [{ origin: 'https://evil.example' }, { origin: 'null' }, { origin: 'http://localhost:9999' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }];
    const own: Record<string, string>[] = [{}, { origin: 'http://localhost:8080' }, { 'sec-fetch-site': 'same-origin' }];
    const post = (headers: Record<string, string>) => app.request('/api/cities', { method: 'POST', body: '{}', headers: { host: 'localhost:8080', 'content-type': 'application/json', ...headers } });
    for (const headers of foreign) {
      const response = await post(headers);
      expect(response.status).toBe(403);
      expect(await codeOf(response)).toBe('server/foreign-origin');
    }
    for (const headers of own) {
      // past the gate: the body has no name
      expect(await codeOf(await post(headers))).toBe('base/bad-request');
    }
  });

  test('says in its headers that nothing may come from elsewhere', async () => {
    const policy = (await app.request('/docs')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/https?:/);
  });
});

describe('a server with a token', () => {
  const app = buildApp({ token: TOKEN, loopbackOnly: false });

  test('asks every request for it, whatever the path', async () => {
    for (const path of ['/api/health', '/', '/docs', '/openapi.json', '/ogc', '/collections', '/api/cities/x/tiles/0/0/0', '/nothing']) {
      const response = await app.request(path, { headers: { host: 'city.example' } });
      expect(response.status, path).toBe(401);
      expect(response.headers.get('www-authenticate')).toContain('Bearer');
      expect(await codeOf(response)).toBe('server/token-required');
    }
    for (const authorization of ['Bearer wrong', `Basic ${TOKEN}`, `Bearer ${TOKEN}x`, TOKEN]) expect((await app.request('/api/health', { headers: { authorization } })).status).toBe(401);
  });

  test('takes it as a bearer token', async () => {
    expect((await app.request('/api/health', { headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(200);
  });

  test('exchanges it for a cookie that is not the token and that scripts cannot read', async () => {
    const response = await app.request(`/login?token=${TOKEN}`);
    expect(response.status).toBe(303);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).not.toContain(TOKEN);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect((await app.request('/api/health', { headers: { cookie: cookie.split(';')[0] } })).status).toBe(200);
    expect((await app.request('/api/health', { headers: { cookie: 'chengmai-access=guess' } })).status).toBe(401);
  });

  test('gives a browser a page to enter it, and says when it is wrong', async () => {
    const page = await app.request('/', { headers: { accept: 'text/html' } });
    expect(page.status).toBe(401);
    expect(await page.text()).toContain('<form method="post" action="/login">');
    const wrong = await app.request('/login', { method: 'POST', body: new URLSearchParams({ token: 'wrong' }), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('set-cookie')).toBeNull();
  });

  test('still refuses changes that another site asks for', async () => {
    const response = await app.request('/api/cities', { method: 'POST', headers: { host: 'city.example', origin: 'https://evil.example', authorization: `Bearer ${TOKEN}` } });
    expect(await codeOf(response)).toBe('server/foreign-origin');
  });
});

describe('listening', () => {
  test('beyond this machine needs a token, and says so in both languages', async () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.5', 'city.example']) {
      const error = await serve({ startup: new Startup(), host, port: 0 }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ChengmaiError);
      expect((error as ChengmaiError).code).toBe('server/token-missing');
      expect((error as ChengmaiError).text.zh).toContain('CHENGMAI_TOKEN');
      expect((error as ChengmaiError).text.en).toContain('--token');
    }
    await expect(serve({ startup: new Startup(), host: '0.0.0.0', port: 0, token: 'short' })).rejects.toMatchObject({ code: 'server/token-too-short' });
  });

  test('on a real port: answers, refuses a taken port, stops', async () => {
    const startup = new Startup();
    startup.report({ stage: 'open', text: { zh: '打开数据库', en: 'Opening the base' }, done: 1, total: 4 });
    const server = await serve({ startup, port: 0 });
    try {
      const health = await (await fetch(`${server.url}/api/health`)).json();
      expect(health).toMatchObject({ status: 'starting', base: null, startup: { stage: 'open', done: 1, total: 4 } });
      const data = await fetch(`${server.url}/api/cities`);
      expect(data.status).toBe(503);
      expect(data.headers.get('retry-after')).toBe('1');
      expect(data.headers.get('content-type')).toContain('application/problem+json');
      await expect(serve({ startup, port: server.port })).rejects.toMatchObject({ code: 'server/port-taken' });
    } finally {
      await server.stop();
    }
    await expect(fetch(`${server.url}/api/health`)).rejects.toThrow();
  });

  test('with a token on a real port', async () => {
    const server = await serve({ startup: new Startup(), host: '127.0.0.1', port: 0, token: TOKEN });
    try {
      expect((await fetch(`${server.url}/api/health`)).status).toBe(401);
      expect((await fetch(`${server.url}/api/health`, { headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(200);
    } finally {
      await server.stop();
    }
  });
});

test('names of this machine', () => {
  expect(['localhost', '127.0.0.1', '127.8.8.8', '::1', '[::1]', 'a.localhost'].every(isLoopback)).toBe(true);
  expect(['0.0.0.0', '::', '10.0.0.1', 'localhost.example', '127.0.0.1.example', '1270.0.0.1', ''].some(isLoopback)).toBe(false);
});

test('a start-up that failed shows why', async () => {
  const startup = new Startup();
  startup.fail(new ChengmaiError('conflict', 'base/in-use', { zh: '占用', en: 'in use' }));
  const app = createApp({ startup });
  expect(await (await app.request('/api/health')).json()).toMatchObject({ status: 'failed', problem: { code: 'base/in-use', status: 409 } });
  expect((await app.request('/api/cities')).status).toBe(409);
});
