/** A feature's properties as attributes: JSON scalars that PostgreSQL can store. */
import type { AttributeValue } from '../model.ts';

const TEXT_KEPT = 10_000;
const KEYS_KEPT = 2_000;

/** Any half of a surrogate pair; the costly search for unpaired ones is only for texts that have some. */
const SURROGATE = /[\ud800-\udfff]/;

/** Without NUL and unpaired surrogates, which jsonb refuses, and not longer than 10,000 characters. */
export function cleanText(text: string): string {
  const kept = text.length > TEXT_KEPT ? text.slice(0, TEXT_KEPT) : text;
  const whole = SURROGATE.test(kept) ? kept.replace(/\p{Surrogate}/gu, '\ufffd') : kept;
  return whole.includes('\u0000') ? whole.replaceAll('\u0000', '') : whole;
}

function cleanValue(value: unknown): AttributeValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  try {
    return cleanText(JSON.stringify(value) ?? '');
  } catch {
    return null;
  }
}

/** `a: {b: 1}` becomes `a.b`; deeper objects and arrays become JSON text. */
export function toAttributes(properties: unknown): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {};
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return attributes;
  let kept = 0;
  const put = (key: string, value: unknown): void => {
    if (key === '__proto__' || ++kept > KEYS_KEPT) return;
    attributes[cleanText(key).slice(0, 200)] = cleanValue(value);
  };
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [inner, innerValue] of Object.entries(value)) put(`${key}.${inner}`, innerValue);
    } else put(key, value);
  }
  return attributes;
}
