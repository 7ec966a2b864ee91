/** The pages: files of the web build, with single-page fallback, precompressed variants and cache headers. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { Context, MiddlewareHandler } from 'hono';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.pbf': 'application/x-protobuf',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** Names that carry a content hash never change: `/assets/…-Ab3dE9xQ.js`. */
const HASHED = /^\/assets\/.+-[\w-]{8,}\.\w+$/;

async function fileInfo(path: string): Promise<{ size: number; mtimeMs: number } | undefined> {
  const info = await stat(path).catch(() => undefined);
  return info?.isFile() === true ? info : undefined;
}

/** The path below the root that a URL path names, or undefined where it would lead outside. */
export function resolveBelow(root: string, urlPath: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined;
  const path = normalize(join(root, decoded));
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep) ? path : undefined;
}

async function sendFile(c: Context, path: string, urlPath: string): Promise<Response | undefined> {
  const info = await fileInfo(path);
  if (info === undefined) return undefined;
  const accepted = c.req.header('accept-encoding') ?? '';
  let sent = { path, size: info.size };
  for (const [encoding, suffix] of ENCODINGS) {
    if (!new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(accepted)) continue;
    const compressed = await fileInfo(path + suffix);
    if (compressed === undefined) continue;
    c.header('Content-Encoding', encoding);
    sent = { path: path + suffix, size: compressed.size };
    break;
  }
  const etag = `W/"${info.size.toString(36)}-${Math.floor(info.mtimeMs).toString(36)}"`;
  c.header('ETag', etag);
  c.header('Vary', 'Accept-Encoding');
  c.header('Cache-Control', HASHED.test(urlPath) ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (c.req.header('if-none-match') === etag) return c.body(null, 304);
  c.header('Content-Type', TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream');
  c.header('Content-Length', String(sent.size));
  if (c.req.method === 'HEAD') return c.body(null);
  return c.body(Readable.toWeb(createReadStream(sent.path)) as ReadableStream);
}

const MISSING_PAGES = `<!doctype html><html lang="zh"><meta charset="utf-8"><title>城脉 Chengmai</title>
<body style="font:16px system-ui,sans-serif;max-width:40rem;margin:15vh auto;padding:0 1rem"><h1>城脉 Chengmai</h1>
<p>网页尚未构建：请运行 <code>npm run build</code>。接口见 <a href="/docs">/docs</a>。</p>
<p>The pages have not been built: run <code>npm run build</code>. The interface is described at <a href="/docs">/docs</a>.</p></body></html>`;

/** Below these the interfaces answer; what they do not know is 404 and never the page. */
const INTERFACES = /^\/(api|ogc|collections|tileMatrixSets|conformance)(\/|$)/;

/** Serves `root`; paths without an extension that name no file get its index.html, so that the page's own routes open directly. */
export function serveStatic(root: string): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const urlPath = c.req.path;
    if (INTERFACES.test(urlPath)) return next();
    const path = resolveBelow(root, urlPath);
    if (path === undefined) return next();
    if (urlPath !== '/') {
      const found = await sendFile(c, path, urlPath);
      if (found !== undefined) return found;
      if (extname(urlPath) !== '') return next();
    }
    const index = join(root, 'index.html');
    const page = await sendFile(c, index, '/index.html');
    if (page !== undefined) return page;
    return c.html(MISSING_PAGES, 200);
  };
}

