/**
* Fields and lines of PostgreSQL's COPY text format (PostgreSQL documentation, COPY, "Text Format").
*
* Fields are parted by tabs, `\N` is null; backslash, tab, newline and carriage return are escaped. PostgreSQL text
* holds neither U+0000 nor half of a surrogate pair: the first is dropped, the second becomes U+FFFD.
*/
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { toEwkbHex } from '../../engine/spatial/wkb.ts';

const SPECIAL = /[\0\\\t\n\r]/;
const SPECIAL_ALL = /[\0\\\t\n\r]/g;
const SURROGATE = /[\ud800-\udfff]/;
const HALF_PAIRS = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ESCAPES: Record<string, string> = { '\0': '', '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

const COPY_NULL = '\\N';

/** The text as PostgreSQL can hold it. */
function storable(text: string): string {
 const whole = SURROGATE.test(text) ? text.replace(HALF_PAIRS, '\ufffd') : text;
 return whole.includes('\0') ? whole.replaceAll('\0', '') : whole;
}

export function copyText(value: string | null | undefined): string {
  if (value === undefined || value === null) return COPY_NULL;
 const whole = SURROGATE.test(value) ? value.replace(HALF_PAIRS, '\ufffd') : value;
 return SPECIAL.test(whole) ? whole.replace(SPECIAL_ALL, (character) => ESCAPES[character]) : whole;
}

/** Null for undefined and for what is not a finite number. */
export function copyNumber(value: number | null | undefined): string {
  return value === undefined || value === null || !Number.isFinite(value) ? COPY_NULL : String(value);
}

export function copyBoolean(value: boolean): string {
 return value ? 't' : 'f';
}

/** JSON text that `jsonb` takes: the strings inside, keys too, are made storable first where that is needed. */
export function toJsonText(value: unknown): string {
 const text = JSON.stringify(value);
 // JSON.stringify writes U+0000 and half pairs, which jsonb refuses, as \u escapes; all other escapes of that form are harmless.
 if (!text.includes('\\u')) return text;
 return JSON.stringify(makeStorable(value));
}

function makeStorable(value: unknown): unknown {
 if (typeof value === 'string') return storable(value);
 if (Array.isArray(value)) return value.map(makeStorable);
 if (typeof value !== 'object' || value === null) return value;
 return Object.fromEntries(Object.entries(value).map(([key, item]) => [storable(key), makeStorable(item)]));
}

export function copyJson(value: unknown): string {
 return copyText(toJsonText(value));
}

export function copyTextArray(values: readonly string[]): string {
 if (values.length === 0) return '{}';
 const items = values.map((value) => `"${storable(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`);
 return copyText(`{${items.join(',')}}`);
}

export function copyNumberArray(values: ArrayLike<number>): string {
 return `{${Array.prototype.join.call(values, ',')}}`;
}

export function copyBooleanArray(values: readonly boolean[]): string {
 return `{${values.map(copyBoolean).join(',')}}`;
}

export function copyGeometry(geometry: Geometry | null | undefined): string {
  return geometry === undefined || geometry === null ? COPY_NULL : toEwkbHex(geometry);
}

/** One line of encoded fields. */
export function copyLine(fields: readonly string[]): string {
 return `${fields.join('\t')}\n`;
}
