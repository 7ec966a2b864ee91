/**
 * Bytes of a text file → text, whatever they are: UTF-8, UTF-16 with or without a byte order mark, GB18030, a file pasted together from
 * two encodings, or no text at all. Nothing stops the reading and nothing is dropped in silence: what has no meaning in the encoding
 * becomes U+FFFD, and a defect says where and how much.
 *
 * Valid UTF-8 beyond ASCII is UTF-8. What is not is looked at line by line, since a line feed is a line feed in both encodings: GB18030's
 * second bytes begin at 0x30.
 */
import type { Defect } from '../model.ts';

export interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5' | 'mixed';
  /** Places where characters were lost or encodings change; spans in `text`. */
  readonly defects: readonly Defect[];
}

const MOST_DEFECTS = 100;
const LINE_FEED = 0x0a;

function encodingOfMark(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** UTF-16 without a mark: line feeds, blanks and ideographs have their tell-tale byte (00, 4E–9F, FF, 30) on the same side nearly always. */
function encodingOfPairs(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const n = Math.min(bytes.length, 8192) & ~1;
  if (n < 8) return undefined;
  const high = [0, 0];
  let zeros = 0;
  for (let i = 0; i < n; i++) {
    const byte = bytes[i];
    if (byte === 0) zeros++;
    if (byte === 0 || (byte >= 0x4e && byte <= 0x9f) || byte === 0xff || byte === 0x30 || byte === 0x20) high[i & 1]++;
  }
  // Text of ideographs alone has no zero byte, but then a line feed, digit or stop gives one soon.
  if (zeros === 0 || zeros > n * 0.55) return undefined;
  const pairs = n / 2;
  if (high[1] > pairs * 0.95 && high[0] < pairs * 0.75) return 'utf-16le';
  return high[0] > pairs * 0.95 && high[1] < pairs * 0.75 ? 'utf-16be' : undefined;
}

function tryDecode(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function countLost(text: string): number {
  let lost = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) === 0xfffd) lost++;
  return lost;
}

/** Characters that Chinese texts are made of: GBK read as UTF-8 by chance gives others. */
function isPlausible(text: string): boolean {
  let high = 0;
  let common = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    high++;
    if ((code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3000 && code <= 0x303f) || (code >= 0xff00 && code <= 0xffef) || (code >= 0x2010 && code <= 0x2026)) common++;
  }
  return high >= 3 && common * 10 >= high * 9;
}

/** UTF-8 with a few bytes gone: GBK read as UTF-8 would be lost nearly whole. */
function isBrokenUtf8(loose: string): boolean {
  let chinese = 0;
  for (let i = 0; i < loose.length; i++) {
    const code = loose.charCodeAt(i);
    if ((code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3000 && code <= 0x303f) || (code >= 0xff00 && code <= 0xffef)) chinese++;
  }
  return chinese >= 3 && countLost(loose) * 4 <= chinese;
}

interface Line {
  readonly text: string;
  readonly encoding: 'ascii' | 'utf-8' | 'gb18030';
}

function decodeLine(bytes: Uint8Array, isMostlyUtf8: boolean): Line {
  const utf8 = tryDecode('utf-8', bytes);
  if (utf8 !== undefined && utf8.length === bytes.length) return { text: utf8, encoding: 'ascii' };
  if (utf8 !== undefined && (isMostlyUtf8 || isPlausible(utf8))) return { text: utf8, encoding: 'utf-8' };
  const looseUtf8 = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (isBrokenUtf8(looseUtf8)) return { text: looseUtf8, encoding: 'utf-8' };
  const gb = tryDecode('gb18030', bytes);
  if (gb !== undefined && !(isMostlyUtf8 && !isPlausible(gb))) return { text: gb, encoding: 'gb18030' };
  const looseGb = new TextDecoder('gb18030', { ignoreBOM: true }).decode(bytes);
  const lostUtf8 = countLost(looseUtf8);
  const lostGb = countLost(looseGb);
  return lostUtf8 < lostGb || (lostUtf8 === lostGb && isMostlyUtf8) ? { text: looseUtf8, encoding: 'utf-8' } : { text: looseGb, encoding: 'gb18030' };
}

/** Ends of lines, one past each line feed, and the end. */
function* splitBytes(bytes: Uint8Array): Generator<Uint8Array> {
  let start = 0;
  while (start < bytes.length) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    yield bytes.subarray(start, end);
    start = end;
  }
}

/** Whether most lines with characters beyond ASCII are valid UTF-8, going by their bytes. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  let good = 0;
  let bad = 0;
  for (const line of splitBytes(bytes)) {
    const text = tryDecode('utf-8', line);
    if (text === undefined && isBrokenUtf8(new TextDecoder().decode(line))) good += line.length;
    else if (text === undefined) bad += line.length;
    else if (text !== undefined && text.length < line.length && isPlausible(text)) good += line.length;
  }
  return good >= bad && good > 0;
}

function decodeByLine(bytes: Uint8Array): DecodedText {
  const mostly = isMostlyUtf8(bytes);
  const parts: string[] = [];
  const defects: Defect[] = [];
  const seen = new Set<string>();
  let length = 0;
  let last: 'utf-8' | 'gb18030' | undefined;
  for (const line of splitBytes(bytes)) {
    const { text, encoding } = decodeLine(line, mostly);
    if (encoding !== 'ascii' && last !== undefined && encoding !== last && defects.length < MOST_DEFECTS) {
      defects.push({ kind: 'encoding', span: [length, length + text.length], text: { zh: `从此行起编码为 ${encoding}，与前文的 ${last} 不同；请核对文字是否正确。`, en: `From this line on the encoding is ${encoding}, before it ${last}; check that the words are right.` } });
    }
    if (encoding !== 'ascii') {
      last = encoding;
      seen.add(encoding);
    }
    parts.push(text);
    length += text.length;
  }
  const text = parts.join('');
  return { text, encoding: seen.size > 1 ? 'mixed' : mostly ? 'utf-8' : seen.has('utf-8') ? 'utf-8' : 'gb18030', defects };
}

/** Runs of characters that were lost, the first hundred, the rest as one. */
function listLost(text: string): Defect[] {
  const defects: Defect[] = [];
  let at = text.indexOf('\ufffd');
  while (at >= 0) {
    let end = at + 1;
    while (end < text.length && text.charCodeAt(end) === 0xfffd) end++;
    if (defects.length === MOST_DEFECTS - 1) {
      const left = countLost(text.slice(at));
      defects.push({ kind: 'encoding', span: [at, text.lastIndexOf('\ufffd') + 1], text: { zh: `此后还有 ${left} 个字符无法识别；请用原编码重新导出文件。`, en: `From here on ${left} more characters could not be read; export the file again in its own encoding.` } });
      return defects;
    }
    defects.push({ kind: 'encoding', span: [at, end], text: { zh: `此处 ${end - at} 个字符无法识别；请对照原件补正。`, en: `${end - at} characters could not be read here; put them right from the original.` } });
    at = text.indexOf('\ufffd', end);
  }
  return defects;
}

/** Marks and words that no Chinese text of some length is without. */
const COMMON = /[，。、的]/g;
const LEAST_COMMON = 3;

/** Big5, where it reads as Chinese and GB18030 does not: nearly all bytes are characters in both, and only in one of them are there commas. */
function tryBig5(bytes: Uint8Array): string | undefined {
  const start = bytes.length > 65_536 ? bytes.subarray(0, bytes.lastIndexOf(LINE_FEED, 65_536) + 1) : bytes;
  const count = (text: string | undefined): number => text?.match(COMMON)?.length ?? 0;
  if (count(tryDecode('big5', start)) < LEAST_COMMON || count(new TextDecoder('gb18030').decode(start)) > 0) return undefined;
  return tryDecode('big5', bytes);
}

/** The text of a file's bytes. A byte order mark is dropped; nothing else is changed, line ends stay. Never throws. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const mark = encodingOfMark(bytes);
  const wide = mark ?? encodingOfPairs(bytes);
  if (wide === 'utf-16le' || wide === 'utf-16be') {
    const text = new TextDecoder(wide).decode(bytes);
    return { text, encoding: wide, defects: listLost(text) };
  }
  const body = mark === 'utf-8' ? bytes.subarray(3) : bytes;
  const utf8 = tryDecode('utf-8', body);
  if (utf8 !== undefined) return { text: utf8, encoding: 'utf-8', defects: listLost(utf8) };
  const big5 = tryBig5(body);
  if (big5 !== undefined) return { text: big5, encoding: 'big5', defects: [] };
  const decoded = decodeByLine(body);
  const defects = [...decoded.defects, ...listLost(decoded.text)].sort((a, b) => a.span[0] - b.span[0]);
  return { ...decoded, defects };
}
