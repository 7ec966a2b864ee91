/** Where sentences end in Chinese running text, by position; every search is bounded or runs once over its text. */

/** 。！？ and their half-width twins; `.` and `?` are too often something else. */
export function isSentenceEnd(code: number): boolean {
  return code === 0x3002 || code === 0xff01 || code === 0xff1f || code === 0x21 || code === 0xff61;
}

/** Semicolons, full- and half-width. */
export function isSemicolon(code: number): boolean {
  return code === 0xff1b || code === 0x3b;
}

/** Colons, full- and half-width. */
export function isColon(code: number): boolean {
  return code === 0xff1a || code === 0x3a;
}

/** Commas that part clauses, full- and half-width. */
export function isComma(code: number): boolean {
  return code === 0xff0c || code === 0x2c;
}

/** Closing quotes and brackets that may follow a full stop and belong to its sentence. */
export function isCloser(code: number): boolean {
  return code === 0x201d || code === 0x2019 || code === 0x300d || code === 0x300f || code === 0x29 || code === 0xff09 || code === 0x300b || code === 0x3011 || code === 0x5d;
}

/** Position of the first full stop at or after `from`, or -1. */
export function findSentenceEnd(text: string, from: number, to: number): number {
  for (let i = from; i < to; i++) if (isSentenceEnd(text.charCodeAt(i))) return i;
  return -1;
}

const LONGEST_REMARK = 80;

/** …依然存在。(各地不同,不再详述): a remark in brackets that stands behind a full stop ends its sentence itself. */
function endsWithRemark(text: string, from: number, to: number): boolean {
  const last = text.charCodeAt(to - 1);
  if (last !== 0x29 && last !== 0xff09) return false;
  for (let i = to - 2; i > from && i > to - LONGEST_REMARK; i--) {
    const code = text.charCodeAt(i);
    if (code === 0x28 || code === 0xff08) return isSentenceEnd(text.charCodeAt(i - 1));
  }
  return false;
}

/** Whether the text [from, to) ends as a finished sentence or an announcement (:) does; closing quotes may follow. */
export function endsFinished(text: string, from: number, to: number): boolean {
  let i = to - 1;
  while (i > from && isCloser(text.charCodeAt(i))) i--;
  const code = text.charCodeAt(i);
  return isSentenceEnd(code) || isSemicolon(code) || isColon(code) || code === 0xff1f || code === 0x3f || code === 0x2026 || endsWithRemark(text, from, to);
}
