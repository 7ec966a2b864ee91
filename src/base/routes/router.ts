/** How the routes of the base are written down: validation, OpenAPI descriptions, limits. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { ChengmaiError } from '../../core/errors.ts';
import { cityIdSchema, problemSchema } from '../api.ts';

/** JSON bodies are forms and lists of names; files go through uploads. */
const JSON_BODY_BYTES = 1024 * 1024;

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function badRequest(issues: readonly Issue[]): ChengmaiError {
  const [{ path, message }] = issues;
  const field = path.map(String).join('.');
  return new ChengmaiError('input', 'base/bad-request', {
    zh: `请求参数“${field}”不正确：${message}。`,
    en: `The parameter "${field}" is not right: ${message}.`,
  }, { field });
}

/** A router whose requests are checked against their schemas: what does not fit is an input error that names the field. */
export function buildRouter(): OpenAPIHono {
  return new OpenAPIHono({
    strict: false,
    defaultHook: (result) => {
      if (!result.success) throw badRequest(result.error.issues);
    },
  });
}

export const limitJsonBody = bodyLimit({
  maxSize: JSON_BODY_BYTES,
  onError: () => {
    throw new ChengmaiError('input', 'server/body-too-large', {
      zh: `请求正文超过 ${JSON_BODY_BYTES / 1024} KB；文件请用上传接口。`,
      en: `The request body exceeds ${JSON_BODY_BYTES / 1024} KB; files go through uploads.`,
    });
  },
});

/** The answers of a route: what it gives when all is well, and a problem document for everything else. */
export function answers<Schema extends z.ZodType>(schema: Schema, description: string) {
  return {
    200: { content: { 'application/json': { schema } }, description },
    default: { content: { 'application/problem+json': { schema: problemSchema } }, description: 'a problem (RFC 9457)' },
  } as const;
}

/** The same for routes that start a job: 202 and the job to follow. */
export function accepted<Schema extends z.ZodType>(schema: Schema, description: string) {
  const { default: problem } = answers(schema, description);
  return { 202: { content: { 'application/json': { schema } }, description }, default: problem } as const;
}

export function noContent(description: string) {
  const { default: problem } = answers(z.null(), description);
  return { 204: { description }, default: problem } as const;
}

export function rawAnswer(type: string, description: string) {
  const { default: problem } = answers(z.null(), description);
  return { 200: { content: { [type]: { schema: z.string().meta({ format: 'binary' }) } }, description }, default: problem } as const;
}

export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { content: { 'application/json': { schema } }, required: true } as const;
}

// ---- parameters that several routes take ---------------------------------------------------------------------------

export const cityParam = z.object({ city: cityIdSchema });

/** Whole numbers in text, bounded. */
export function wholeNumber(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,10}$/, `a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `a whole number from ${min} to ${max}`)
    .meta({ type: 'integer', minimum: min, maximum: max });
}

/** Text that the database can hold: PostgreSQL's has no U+0000. */
export const storableText = (most: number) => z.string().max(most).regex(/^[^\0]*$/, 'text without U+0000');

export const idText = storableText(400).min(1);

/** `west,south,east,north` in degrees. */
export const boxText = z
  .string()
  .max(200)
  .transform((text, context) => {
    const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
    const [west, south, east, north] = numbers;
    const fits = numbers.length === 4 && numbers.every(Number.isFinite) && Math.abs(west) <= 180 && Math.abs(east) <= 180 && south >= -90 && south <= north && north <= 90;
    if (fits) return [west, south, east, north] as const;
    context.addIssue({ code: 'custom', message: 'west,south,east,north in degrees' });
    return z.NEVER;
  })
  .meta({ type: 'string', description: 'west,south,east,north in degrees', example: '-8.66,41.13,-8.56,41.19' });
