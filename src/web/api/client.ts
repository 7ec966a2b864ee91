import type { Bilingual } from '../../core/bilingual.ts';
import type { ErrorPlace } from '../../core/errors.ts';
import type { Problem } from '../../base/api.ts';
import { en } from '../i18n/en.ts';
import { zh } from '../i18n/zh.ts';
import { readSetting } from '../shell/settings.ts';

/** A refusal of the server, or its silence (status 0), with the sentence for the reader. */
export class RequestError extends Error {
  readonly status: number;
  readonly code: string;
  readonly text: Bilingual;
  readonly place: ErrorPlace;

  constructor(status: number, code: string, text: Bilingual, place: ErrorPlace = {}) {
    super(`${code}: ${text.en}`);
    this.name = 'RequestError';
    this.status = status;
    this.code = code;
    this.text = text;
    this.place = place;
  }
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

export function unreachable(): RequestError {
  return new RequestError(0, 'web/unreachable', { zh: zh.common.serverGone, en: en.common.serverGone });
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'text' in value;
}

/** The error that an answer's status and body stand for. */
export function toRequestError(status: number, body: string): RequestError {
  try {
    const parsed: unknown = JSON.parse(body);
    // health carries the problem within its own answer
    const problem = typeof parsed === 'object' && parsed !== null && 'problem' in parsed ? parsed.problem : parsed;
    if (isProblem(problem)) return new RequestError(status, problem.code, problem.text, problem.place ?? {});
  } catch {
    // not JSON: a proxy's page, or an answer cut short
  }
  return new RequestError(status, `http/${status}`, { zh: zh.common.unexpected(String(status)), en: en.common.unexpected(String(status)) });
}

/** Who acts, for the history of what is changed; headers hold no Chinese characters, so it goes as a URL would write it. */
export function userHeader(): Record<string, string> {
  const user = readSetting('user')?.trim() ?? '';
  return user === '' ? {} : { 'x-chengmai-user': encodeURIComponent(user) };
}

async function request(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: { accept: 'application/json', ...userHeader(), ...init.headers } });
  } catch (error) {
    if (isAbort(error)) throw error;
    throw unreachable();
  }
  if (!response.ok) throw toRequestError(response.status, await response.text());
  return response;
}

export async function getJson<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  const response = await request(path, { signal });
  return (await response.json()) as Answer;
}

export async function getText(path: string, signal?: AbortSignal): Promise<string> {
  return (await request(path, { signal, headers: { accept: 'text/plain' } })).text();
}

export async function getBytes(path: string, signal?: AbortSignal): Promise<Blob> {
  return (await request(path, { signal, headers: { accept: 'application/octet-stream' } })).blob();
}

export async function sendJson<Answer>(method: 'POST' | 'PATCH' | 'PUT', path: string, body?: unknown, signal?: AbortSignal): Promise<Answer> {
  const response = await request(path, {
    method,
    signal,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  });
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

/** Sends a file's bytes as they are. */
export async function sendBytes<Answer>(path: string, bytes: Blob, contentType: string): Promise<Answer> {
  const response = await request(path, { method: 'POST', headers: { 'content-type': contentType }, body: bytes });
  return (await response.json()) as Answer;
}

export async function sendDelete(path: string): Promise<void> {
  await request(path, { method: 'DELETE' });
}

/** `/api/cities/<city>/<rest>` with every part escaped; a rest part may be a number. */
export function cityPath(cityId: string, ...parts: (string | number)[]): string {
  return ['/api/cities', cityId, ...parts].map((part, index) => (index === 0 ? part : encodeURIComponent(part))).join('/');
}
