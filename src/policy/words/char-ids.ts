/**
 * Small numbers for the characters that tables of words are made of. A table per UTF-16 unit is 64,000 entries wide, a dozen of them are
 * larger than a processor's near memory, and each look then costs ten times what it should; numbered in the order in which tables ask for
 * them the characters of all tables are some two thousand, and only one table is that wide.
 */
export const MOST_CHARS = 4096;
/** Characters beyond the most share one number: whoever keeps words by it compares the character as well. */
export const OTHER_CHARS = MOST_CHARS - 1;

/** By UTF-16 unit: 0 for a character of no table. Read it, write it by `idOf` only. */
export const CHAR_IDS = new Uint16Array(65_536);
let used = 0;

/** The number of a character, given when it is first asked for. */
export function idOf(code: number): number {
  if (CHAR_IDS[code] === 0) CHAR_IDS[code] = used < OTHER_CHARS - 1 ? ++used : OTHER_CHARS;
  return CHAR_IDS[code];
}
