/**
 * The lines of a text, in parallel arrays: a document of 100,000 lines is looked over several times, and four numbers a line
 * cost less than an object.
 */

export interface Lines {
  readonly count: number;
  /** Where line i begins; its end with its line break is where line i + 1 begins, so there is one more entry for the end. */
  readonly start: Int32Array;
  /** First character that is no blank; equal to `contentEnd` for a blank line. */
  readonly contentStart: Int32Array;
  /** One past the last character that is no blank. */
  readonly contentEnd: Int32Array;
}

/** Blanks, with the ideographic space, no-break spaces, zero-width marks and a byte order mark astray; no line break. */
export function isBlank(code: number): boolean {
  // Ideographs and full-width marks: nearly all of a text.
  if (code > 0x3000) return code === 0xfeff;
  if (code === 0x20 || code === 0x09 || code === 0x3000 || code === 0xa0) return true;
  if (code < 0x0b) return false;
  return (code >= 0x2000 && code <= 0x200d) || code === 0xfeff || code === 0x202f || code === 0x205f || code === 0x2060 || code === 0x1680 || code === 0x180e;
}

/** Line feed, carriage return, form feed, vertical tab, next line, line and paragraph separator. */
export function isLineBreak(code: number): boolean {
  if (code > 0x2029) return false;
  return (code >= 0x0a && code <= 0x0d) || code === 0x85 || code === 0x2028 || code === 0x2029;
}

/**
 * A text whose lines were run together on its way (copied out of a page into one field) keeps a blank where each line ended. Chinese has no
 * other use for a blank between two of its characters, so where the text is but a few lines and blanks before numbers of clauses show
 * that it happened, such blanks end lines. Returns where lines begin after them; none for an ordinary text.
 */
function findLostBreaks(text: string): readonly number[] {
  if (text.length < 120) return [];
  const starts: number[] = [];
  let numbered = 0;
  let lines = 0;
  for (let i = 1; i + 1 < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isLineBreak(code) && ++lines > 3) return [];
    if (!isBlank(code) || !isWide(text.charCodeAt(i - 1))) continue;
    let next = i;
    while (next < text.length && isBlank(text.charCodeAt(next))) next++;
    if (isWide(text.charCodeAt(next)) || /[0-9(]/.test(text.charAt(next))) {
      starts.push(next);
      if (/^(?:[(（]?[一二三四五六七八九十]{1,3}[)）、是要]|第[一二三四五六七八九十]{1,3}[章节条,，])/.test(text.slice(next, next + 6))) numbered++;
    }
    i = next;
  }
  return numbered >= 2 ? starts : [];
}

function isWide(code: number): boolean {
  return (code >= 0x2010 && code <= 0x2026) || (code >= 0x3001 && code <= 0x9fff) || (code >= 0xff00 && code <= 0xffef) || code === 0x3a || code === 0x2c || code === 0x5d || code === 0x29;
}

export function splitLines(text: string): Lines {
  const lost = findLostBreaks(text);
  let count = 1 + lost.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (!isLineBreak(code)) continue;
    if (code === 0x0d && text.charCodeAt(i + 1) === 0x0a) i++;
    count++;
  }
  const start = new Int32Array(count + 1);
  const contentStart = new Int32Array(count);
  const contentEnd = new Int32Array(count);
  let line = 0;
  let first = -1;
  let last = 0;
  const close = (at: number): void => {
    contentStart[line] = first < 0 ? at : first;
    contentEnd[line] = first < 0 ? at : last;
    first = -1;
    line++;
  };
  let nextLost = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (nextLost < lost.length && i === lost[nextLost]) {
      close(i);
      start[line] = i;
      nextLost++;
    }
    if (isLineBreak(code)) {
      close(i);
      if (code === 0x0d && text.charCodeAt(i + 1) === 0x0a) i++;
      start[line] = i + 1;
    } else if (!isBlank(code)) {
      if (first < 0) first = i;
      last = i + 1;
    }
  }
  close(text.length);
  start[line] = text.length;
  return { count, start, contentStart, contentEnd };
}
