/**
 * The characters of Chinese names, so that search need not read every name: 武汉 is in a name only where both 武 and 汉 are.
 *
 * Characters rather than trigrams (pg_trgm, which both bases have): a search for two Chinese characters, the usual one, holds no
 * trigram. Over 1,000,000 names, 2 busy cores, PostgreSQL 15: two characters 500–750 ms without an index, 1,200 ms with trigrams,
 * 1 ms with characters; three characters 800, 5 and 1 ms. To build: trigrams 48 s and 249 MB, characters 15 s and 28 MB. On the
 * embedded base, where a search holds up everybody, two characters took 1,400–1,700 ms and take 3–22 ms.
 *
 * Latin names are left out: nearly every one holds the letters of any word, so the index would cost their import (15 µs a
 * name) and find nothing faster (650 ms with and without). New rows wait in a list that searches read through; it may grow to 32 MB,
 * because sorting it in at 4 MB each, the default, made writing 30,000 names 0.5 s slower.
 */
const CHINESE = '[\u2e80-\u9fff\uf900-\ufaff]';

const CHINESE_TEXT = new RegExp(CHINESE, 'u');

/** Whether the index answers a search for this text. */
export function isIndexedText(text: string): boolean {
  return CHINESE_TEXT.test(text);
}

/** That a feature's name may hold an indexed text. The statement still compares, for the order of the characters. */
export function mayHold(text: string): string {
  return `name ~ '${CHINESE}' and string_to_array(lower(name), null) @> string_to_array(lower(${text}), null)`;
}

export const sql = `create index feature_name_letters on feature using gin (string_to_array(lower(name), null))
  with (gin_pending_list_limit = 32768) where name ~ '${CHINESE}';`;
