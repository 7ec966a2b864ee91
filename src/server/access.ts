/**
 * Who may ask. Accounts come later; until then a server on 127.0.0.1 trusts its machine, and any other needs a token.
 *
 * A page of another site can make a browser on this machine send requests here. Reading the answers is stopped by checking
 * the Host (a name rebound to 127.0.0.1 is still that name), changing things by checking the Origin.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { ChengmaiError } from '../core/errors.ts';

const COOKIE = 'chengmai-access';
const COOKIE_SECONDS = 30 * 24 * 3600;
const TOKEN_LENGTH = 16;
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name);
}

/** Refuses to listen where others could ask without a token. */
export function checkListenAddress(host: string, token: string | undefined): void {
  if (token !== undefined && token.length < TOKEN_LENGTH) {
    throw new ChengmaiError('input', 'server/token-too-short', {
      zh: `访问令牌只有 ${token.length} 个字符；至少需要 ${TOKEN_LENGTH} 个。`,
      en: `The access token has ${token.length} characters; it needs at least ${TOKEN_LENGTH}.`,
    });
  }
  if (token !== undefined || isLoopback(host)) return;
  throw new ChengmaiError('input', 'server/token-missing', {
    zh: `在 ${host} 上监听会让别的机器访问，必须设置访问令牌：CHENGMAI_TOKEN 或 --token（至少 ${TOKEN_LENGTH} 个字符）；否则请用默认的 127.0.0.1。`,
    en: `Listening on ${host} lets other machines in, which needs an access token: set CHENGMAI_TOKEN or --token (${TOKEN_LENGTH} characters or more), or keep the default 127.0.0.1.`,
  }, { field: 'host', value: host });
}

function same(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHmac('sha256', 'chengmai-compare').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** What the cookie holds: proof of the token, not the token. */
function cookieValue(token: string): string {
  return createHmac('sha256', token).update('chengmai-access-cookie').digest('base64url');
}

function hostNameOf(hostHeader: string): string {
  return URL.canParse(`http://${hostHeader}`) ? new URL(`http://${hostHeader}`).hostname : '';
}

function forbidden(code: string, zh: string, en: string, value: string): ChengmaiError {
  return new ChengmaiError('forbidden', code, { zh, en }, { value: value.slice(0, 200) });
}

function checkHost(c: Context): void {
  const host = c.req.header('host') ?? new URL(c.req.url).host;
  if (isLoopback(hostNameOf(host))) return;
  throw forbidden('server/foreign-host', `请求的主机名“${host}”不是本机；请用 localhost 访问。`, `The request names the host "${host}", which is not this machine; use localhost.`, host);
}

function checkOrigin(c: Context): void {
  if (SAFE_METHODS.has(c.req.method)) return;
  const origin = c.req.header('origin');
  const host = c.req.header('host') ?? new URL(c.req.url).host;
  const site = c.req.header('sec-fetch-site');
  const sameOrigin = origin === undefined ? site === undefined || site === 'same-origin' || site === 'none' : URL.canParse(origin) && new URL(origin).host === host;
  if (sameOrigin) return;
  throw forbidden('server/foreign-origin', `来自其他网站“${origin ?? site}”的修改请求被拒绝。`, `A change asked for by another site, "${origin ?? site}", is refused.`, origin ?? site ?? '');
}

export interface AccessOptions {
  readonly token?: string | undefined;
  /** Only a server bound to this machine checks the Host; others are known by names we cannot foresee. */
  readonly loopbackOnly: boolean;
}

function hasToken(c: Context, token: string): boolean {
  const header = c.req.header('authorization');
  if (header !== undefined && /^bearer /i.test(header)) return same(header.slice(7).trim(), token);
  const cookie = getCookie(c, COOKIE);
  return cookie !== undefined && same(cookie, cookieValue(token));
}

/** The gate before every route. */
export function guardAccess({ token, loopbackOnly }: AccessOptions): MiddlewareHandler {
  return async (c, next) => {
    if (loopbackOnly) checkHost(c);
    checkOrigin(c);
    if (token !== undefined && c.req.path !== '/login' && !hasToken(c, token)) {
      if (c.req.method === 'GET' && (c.req.header('accept') ?? '').includes('text/html')) return c.html(loginPage(false), 401);
      throw new ChengmaiError('forbidden', 'server/token-required', {
        zh: '需要访问令牌：请用 Authorization: Bearer 发送，或先打开 /login?token=…。',
        en: 'An access token is required: send it as Authorization: Bearer, or open /login?token=… first.',
      });
    }
    return next();
  };
}

/** GET /login?token=… and the form on the login page: exchange the token for a cookie. */
export function login(token: string | undefined): (c: Context) => Promise<Response> {
  return async (c) => {
    if (token === undefined) return c.redirect('/', 303);
    const given = c.req.method === 'POST' ? (await c.req.parseBody())['token'] : c.req.query('token');
    if (typeof given !== 'string') return c.html(loginPage(false), 401);
    if (!same(given, token)) return c.html(loginPage(true), 401);
    const secure = new URL(c.req.url).protocol === 'https:' || c.req.header('x-forwarded-proto') === 'https';
    setCookie(c, COOKIE, cookieValue(token), { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: COOKIE_SECONDS, secure });
    c.header('Referrer-Policy', 'no-referrer');
    return c.redirect('/', 303);
  };
}

function loginPage(wrong: boolean): string {
  const message = wrong ? '<p role="alert">令牌不对。 The token is wrong.</p>' : '';
  return `<!doctype html><html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>城脉 Chengmai</title>
<style>body{font:16px system-ui,sans-serif;max-width:26rem;margin:18vh auto;padding:0 1rem}input,button{font:inherit;padding:.5rem;width:100%;box-sizing:border-box;margin:.4rem 0}</style>
<h1>城脉 Chengmai</h1>${message}<form method="post" action="/login"><label>访问令牌 Access token<input type="password" name="token" autocomplete="current-password" required autofocus></label>
<button>进入 Enter</button></form></html>`;
}
