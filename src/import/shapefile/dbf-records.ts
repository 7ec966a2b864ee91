/** The attribute table of a shapefile (dBASE III+ and IV, as far as shapefiles use it), record by record. */
import type { AttributeValue } from '../model.ts';
import type { ByteReader } from './byte-reader.ts';
import { cleanText } from '../features/attributes.ts';
import { detectEncoding } from '../text-encoding.ts';

export interface DbfField {
  /** The name's bytes; their encoding is known only once records have been seen. */
  readonly rawName: Uint8Array;
  readonly type: string;
  readonly offset: number;
  readonly length: number;
}

export interface DbfHeader {
  readonly fields: readonly DbfField[];
  readonly recordBytes: number;
  readonly records: number;
  /** The encoding that the language driver byte names, if any. */
  readonly encoding: string | undefined;
}

const FIELD_BYTES = 32;
const END_OF_FIELDS = 0x0d;
const END_OF_FILE = 0x1a;
const DELETED = 0x2a;

/** Language drivers that Chinese and European files carry. */
const DRIVERS: Readonly<Record<number, string>> = { 0x4d: 'gb18030', 0x7a: 'gb18030', 0x4f: 'big5', 0x78: 'big5', 0x57: 'windows-1252', 0x03: 'windows-1252', 0x13: 'shift_jis', 0x7b: 'shift_jis', 0x4e: 'euc-kr', 0xc8: 'windows-1250', 0xc9: 'windows-1251' };

/** @throws RangeError where the header makes no sense */
export async function readDbfHeader(reader: ByteReader): Promise<DbfHeader> {
  const head = await reader.take(32);
  if (head.byteLength < 32) throw new RangeError('the dbf header breaks off');
  const view = new DataView(head.buffer, head.byteOffset, 32);
  const headerBytes = view.getUint16(8, true);
  const recordBytes = view.getUint16(10, true);
  const records = view.getUint32(4, true);
  const driver = head[29];
  if (headerBytes < 33 || recordBytes < 1) throw new RangeError('the dbf header makes no sense');
  const descriptors = await reader.take(headerBytes - 32);
  const fields: DbfField[] = [];
  let offset = 1;
  for (let at = 0; at + FIELD_BYTES <= descriptors.byteLength && descriptors[at] !== END_OF_FIELDS; at += FIELD_BYTES) {
    const length = descriptors[at + 16];
    const nameEnd = descriptors.subarray(at, at + 11).indexOf(0);
    fields.push({ rawName: descriptors.slice(at, at + (nameEnd < 0 ? 11 : nameEnd)), type: String.fromCharCode(descriptors[at + 11]), offset, length });
    offset += length;
  }
  if (offset > recordBytes) throw new RangeError('the dbf fields are longer than a record');
  return { fields, recordBytes, records, encoding: DRIVERS[driver] };
}

/** The next record's bytes; `deleted` ones keep their place beside the geometry. Undefined at the end. */
export async function readDbfRecord(reader: ByteReader, header: DbfHeader): Promise<{ bytes: Uint8Array; deleted: boolean } | undefined> {
  const bytes = await reader.take(header.recordBytes);
  if (bytes.byteLength < header.recordBytes || bytes[0] === END_OF_FILE) return undefined;
  return { bytes, deleted: bytes[0] === DELETED };
}

/** The text bytes of a record, for finding its encoding. */
export function textBytes(header: DbfHeader, record: Uint8Array): Uint8Array[] {
  return header.fields.filter((field) => field.type === 'C').map((field) => record.subarray(field.offset, field.offset + field.length));
}

/** Encodings as .cpg files spell them: `UTF-8`, `936`, `GBK`, `ANSI 1252`, `ISO-8859-1`, `cp950`. */
export function encodingOfCpg(text: string): string | undefined {
  const t = text.trim().toLowerCase().replace(/^\ufeff/, '');
  if (/utf-?8|65001/.test(t)) return 'utf-8';
  if (/936|gbk|gb2312|gb18030/.test(t)) return 'gb18030';
  if (/950|big-?5/.test(t)) return 'big5';
  const codePage = /(125\d)/.exec(t)?.[1];
  if (codePage !== undefined) return `windows-${codePage}`;
  const iso = /8859[-_]?(\d{1,2})/.exec(t)?.[1];
  try {
    return new TextDecoder(iso === undefined ? t : `iso-8859-${iso}`).encoding;
  } catch {
    return undefined;
  }
}

/** What the bytes themselves say, where they say anything: undefined for plain ASCII. */
export function encodingOfBytes(samples: readonly Uint8Array[]): string | undefined {
  const votes = new Map<string, number>();
  for (const bytes of samples) {
    if (!bytes.some((byte) => byte >= 0x80)) continue;
    // A fixed-length field may cut the last character off.
    const { encoding } = detectEncoding(bytes);
    votes.set(encoding, (votes.get(encoding) ?? 0) + 1);
  }
  return [...votes].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}

export class DbfDecoder {
  readonly #columns: readonly { name: string; field: DbfField }[];
  readonly #decoder: TextDecoder;

  constructor(header: DbfHeader, encoding: string) {
    this.#decoder = new TextDecoder(encoding);
    const used = new Set<string>();
    this.#columns = header.fields.map((field, i) => {
      const base = cleanText(this.#decoder.decode(field.rawName)).replaceAll('\ufffd', '').trim() || `column_${i + 1}`;
      let name = base === '__proto__' ? 'proto' : base;
      for (let n = 2; used.has(name); n++) name = `${base}_${n}`;
      used.add(name);
      return { name, field };
    });
  }

  get names(): string[] {
    return this.#columns.map((column) => column.name);
  }

  decode(record: Uint8Array): Record<string, AttributeValue> {
    const values: Record<string, AttributeValue> = {};
    for (const { name, field } of this.#columns) {
      values[name] = this.#value(field.type, record.subarray(field.offset, field.offset + field.length));
    }
    return values;
  }

  #value(type: string, bytes: Uint8Array): AttributeValue {
    if (type === 'I') return bytes.byteLength === 4 ? new DataView(bytes.buffer, bytes.byteOffset, 4).getInt32(0, true) : null;
    const text = cleanText(this.#decoder.decode(bytes)).trim();
    if (text === '' || /^\*+$/.test(text)) return null;
    if (type === 'N' || type === 'F') {
      const number = Number(text);
      return Number.isFinite(number) ? number : text;
    }
    if (type === 'L') return /^[yt]$/i.test(text) ? true : /^[nf]$/i.test(text) ? false : null;
    if (type === 'D' && /^\d{8}$/.test(text)) return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
    return text;
  }
}
