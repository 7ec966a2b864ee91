/**
 * The encoding of text files: told, marked by a byte order mark, or read off the bytes.
 *
 * What is valid UTF-8 beyond ASCII is UTF-8 (by chance, 20 random high bytes are so once in 10⁶). The rest is GB18030 where
 * the bytes above 127 come in pairs of the GB 2312 range, as Chinese text does, and Windows-1252 where they stand alone
 * between ASCII letters, as accents do (`S\xE3o` is a valid GBK pair, so validity alone would not tell them apart).
 */
import { ChengmaiError, throwIfCancelled } from '../core/errors.ts';
import { streamBytes } from './byte-source.ts';
import type { ByteSource } from './model.ts';

export interface TextEncodingFound {
  readonly encoding: string;
  readonly how: 'stated' | 'mark' | 'content';
}

const SAMPLE_BYTES = 256 * 1024;
const SCAN_BYTES = 64 * 2 ** 20;

/** The byte order mark's encoding. */
function encodingOfMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** UTF-16 without a mark: every other byte of its ASCII part (delimiters, digits) is zero. */
function encodingOfZeros(bytes: Uint8Array): string | undefined {
  const zeros = [0, 0];
  const n = Math.min(bytes.length, 4096) & ~1;
  for (let i = 0; i < n; i++) if (bytes[i] === 0) zeros[i & 1]++;
  if (n < 8 || zeros[0] + zeros[1] < n / 10) return undefined;
  if (zeros[1] > 4 * zeros[0]) return 'utf-16le';
  return zeros[0] > 4 * zeros[1] ? 'utf-16be' : undefined;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    // `stream` lets the sample end, but not begin, within a character.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** A character of GB18030's four-byte part: high byte, digit, high byte, digit. Neither pairs nor accents look like that. */
function isFourByte(bytes: Uint8Array, at: number): boolean {
  const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
  return bytes[at] > 0x80 && isDigit(bytes[at + 1]) && bytes[at + 2] > 0x80 && isDigit(bytes[at + 3]);
}

/** GB18030 or Windows-1252, by whether bytes above 127 stand in pairs or alone. */
function encodingOfHighBytes(bytes: Uint8Array): string {
  let paired = 0;
  let alone = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] < 0x80) continue;
    if (isFourByte(bytes, i)) {
      paired++;
      i += 3;
      continue;
    }
    const start = i;
    while (i + 1 < bytes.length && bytes[i + 1] >= 0x80 && !isFourByte(bytes, i + 1)) i++;
    const run = i + 1 - start;
    if (run === 1) alone++;
    else paired += run >> 1;
  }
  return paired > alone ? 'gb18030' : 'windows-1252';
}

/** The encoding that bytes from a file's beginning, or from any character boundary, are written in. */
export function detectEncoding(bytes: Uint8Array): TextEncodingFound {
  const marked = encodingOfMark(bytes);
  if (marked !== undefined) return { encoding: marked, how: 'mark' };
  const wide = encodingOfZeros(bytes);
  if (wide !== undefined) return { encoding: wide, how: 'content' };
  return { encoding: isUtf8(bytes) ? 'utf-8' : encodingOfHighBytes(bytes), how: 'content' };
}

function firstHighByte(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] >= 0x80) return i;
  return -1;
}

/** Checks a stated encoding's name. @throws ChengmaiError `import/unknown-encoding` */
export function getEncoding(label: string, file: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch (cause) {
    throw new ChengmaiError(
      'input',
      'import/unknown-encoding',
      { zh: `不认识文字编码“${label}”，可用 utf-8、gb18030、utf-16le、big5 等。`, en: `The text encoding “${label}” is not known; use utf-8, gb18030, utf-16le, big5 or another of the WHATWG list.` },
      { file, value: label },
      cause,
    );
  }
}

/** The encoding of a whole source; where its head is plain ASCII, the first 64 MB are searched for more. */
export async function findEncoding(source: ByteSource, stated: string | undefined, signal?: AbortSignal): Promise<TextEncodingFound> {
  if (stated !== undefined) return { encoding: getEncoding(stated, source.name), how: 'stated' };
  const head = await source.read(0, SAMPLE_BYTES);
  if (firstHighByte(head) >= 0 || encodingOfZeros(head) !== undefined) return detectEncoding(head);
  let offset = 0;
  for await (const piece of streamBytes(source, signal)) {
    throwIfCancelled(signal);
    const at = firstHighByte(piece);
    if (at >= 0) return detectEncoding(await source.read(offset + at, SAMPLE_BYTES));
    offset += piece.byteLength;
    if (offset > SCAN_BYTES) break;
  }
  return { encoding: 'utf-8', how: 'content' };
}

/** The text of a source, piece by piece; a byte order mark is dropped, bytes that mean nothing become U+FFFD. */
export async function* streamText(pieces: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of pieces) {
    const text = decoder.decode(piece, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
