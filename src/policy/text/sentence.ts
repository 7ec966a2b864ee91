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

/** Whether the text [from, to) ends as a finished sentence or an announcement (:) does; closing quotes may follow. */
export function endsFinished(text: string, from: number, to: number): boolean {
  let i = to - 1;
  while (i > from && isCloser(text.charCodeAt(i))) i--;
  const code = text.charCodeAt(i);
  return isSentenceEnd(code) || isSemicolon(code) || isColon(code) || code === 0xff1f || code === 0x3f || code === 0x2026;
}
