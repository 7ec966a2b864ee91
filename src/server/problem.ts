/** Errors → RFC 9457 problem documents: the one place where a fault becomes an HTTP status. */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Problem } from '../base/api.ts';
import type { ErrorKind } from '../core/errors.ts';
import { ChengmaiError } from '../core/errors.ts';

const STATUS: Record<ErrorKind, ContentfulStatusCode> = {
  input: 400,
  'not-found': 404,
  conflict: 409,
  forbidden: 403,
  cancelled: 409,
  unavailable: 503,
  internal: 500,
};

const TITLES: Partial<Record<number, string>> = {
  400: 'Bad request',
  401: 'Access token required',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  409: 'Conflict',
  413: 'Too large',
  500: 'Internal error',
  503: 'Not available now',
};

/** Codes whose status says more than their kind. */
const STATUS_OF_CODE: Readonly<Record<string, ContentfulStatusCode>> = {
  'server/token-required': 401,
  'server/body-too-large': 413,
  'server/upload-too-large': 413,
  'server/not-acceptable': 406,
};

function internalError(cause: unknown): ChengmaiError {
  return new ChengmaiError('internal', 'server/internal', {
    zh: '服务器内部出错；详情见服务器日志。',
    en: 'The server failed; its log has the details.',
  }, {}, cause);
}

/** The problem document of any thrown value. Values that are not ours say nothing of their inside. */
export function problemOf(thrown: unknown, language: 'zh' | 'en'): Problem & { status: ContentfulStatusCode } {
  const error = thrown instanceof ChengmaiError ? thrown : thrown instanceof HTTPException ? fromHttp(thrown) : internalError(thrown);
  const status = STATUS_OF_CODE[error.code] ?? STATUS[error.kind];
  return {
    type: `urn:chengmai:error:${error.code}`,
    title: TITLES[status] ?? 'Error',
    status,
    detail: error.text[language],
    code: error.code,
    text: error.text,
    place: error.place,
  };
}

function fromHttp(thrown: HTTPException): ChengmaiError {
  if (thrown.status === 413) {
    return new ChengmaiError('input', 'server/body-too-large', { zh: '请求正文过大。', en: 'The request body is too large.' });
  }
  if (thrown.status >= 500) return internalError(thrown);
  return new ChengmaiError('input', 'server/bad-request', { zh: `请求有误：${thrown.message}`, en: `The request cannot be read: ${thrown.message}` });
}

/** The language a client asks for: Chinese where Accept-Language names it first, English otherwise. */
export function languageOf(c: Context): 'zh' | 'en' {
  const header = c.req.header('accept-language') ?? '';
  const zh = header.search(/\bzh\b/i);
  const en = header.search(/\ben\b/i);
  return zh >= 0 && (en < 0 || zh < en) ? 'zh' : 'en';
}

export function sendProblem(c: Context, thrown: unknown): Response {
  const problem = problemOf(thrown, languageOf(c));
  if (problem.status === 503) c.header('Retry-After', '1');
  if (problem.status === 401) c.header('WWW-Authenticate', 'Bearer realm="chengmai"');
  c.header('Cache-Control', 'no-store');
  return c.body(JSON.stringify(problem), problem.status, { 'Content-Type': 'application/problem+json; charset=utf-8' });
}
