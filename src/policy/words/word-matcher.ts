/**
 * Longest word of a table at a place of a text. Words are kept by their first character, longest first, their second character beside them:
 * where nothing begins, a look costs one read of a table, else a few comparisons of numbers, whatever the size of the table.
 */
import { CHAR_IDS, MOST_CHARS, OTHER_CHARS, idOf } from './char-ids.ts';

export interface WordMatch<T> {
  readonly word: string;
  readonly value: T;
}

export class WordMatcher<T> {
  /** By number of the first character: 0, or one more than the number of its list. */
  private readonly byFirst = new Uint16Array(MOST_CHARS);
  /** Where each list begins in `entries`; one more for the end. */
  private readonly from: Int32Array;
  private readonly entries: readonly WordMatch<T>[];
  /** Second character of each word; 0 for a word of one. */
  private readonly seconds: Uint16Array;

  /** Of rows with one word the first counts. Sorted by counting: with comparisons the tables of the reader, 18,000 words, took 60 ms of its start. */
  constructor(words: Iterable<readonly [word: string, value: T]>) {
    const { byFirst } = this;
    const byLength: WordMatch<T>[][] = [];
    const counts: number[] = [];
    let total = 0;
    for (const row of words) {
      const word = row[0];
      if (word === '') continue;
      const first = idOf(word.charCodeAt(0));
      if (byFirst[first] === 0) byFirst[first] = counts.push(0);
      counts[byFirst[first] - 1]++;
      while (byLength.length <= word.length) byLength.push([]);
      byLength[word.length].push({ word, value: row[1] });
      total++;
    }
    this.from = new Int32Array(counts.length + 1);
    for (let i = 0; i < counts.length; i++) this.from[i + 1] = this.from[i] + counts[i];
    const next = this.from.slice();
    const order = new Int32Array(total);
    const sorted = byLength.reverse().flat();
    for (let i = 0; i < total; i++) order[next[byFirst[CHAR_IDS[sorted[i].word.charCodeAt(0)]] - 1]++] = i;
    this.entries = Array.from(order, (i) => sorted[i]);
    this.seconds = new Uint16Array(total);
    for (let k = 0; k < total; k++) if (this.entries[k].word.length > 1) this.seconds[k] = this.entries[k].word.charCodeAt(1);
  }

  /** The longest word that begins at `at` and ends at or before `end`. */
  find(text: string, at: number, end: number = text.length): WordMatch<T> | undefined {
    if (at >= text.length) return undefined;
    const id = CHAR_IDS[text.charCodeAt(at)];
    const list = this.byFirst[id];
    if (list === 0 || id === 0) return undefined;
    const { seconds, entries } = this;
    const second = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
    for (let k = this.from[list - 1], stop = this.from[list]; k < stop; k++) {
      if (seconds[k] !== second && seconds[k] !== 0) continue;
      const entry = entries[k];
      const { length } = entry.word;
      if (at + length <= end && ((length <= 2 && id !== OTHER_CHARS) || text.startsWith(entry.word, at))) return entry;
    }
    return undefined;
  }

  /** Codes of the characters that words begin with, so that a scan may pass by all others. */
  * firsts(): IterableIterator<number> {
    const firsts = new Set(this.entries.map(({ word }) => word.charCodeAt(0)));
    yield* firsts;
  }
}

/** Words of a table written one after another, parted by white space. */
export function wordList(words: string): string[] {
  return words.split(/\s/u).filter((word) => word !== '');
}
