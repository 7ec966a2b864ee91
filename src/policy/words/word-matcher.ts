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

  constructor(words: Iterable<readonly [word: string, value: T]>) {
    const seen = new Set<string>();
    const lists: WordMatch<T>[][] = [];
    for (const [word, value] of words) {
      if (word === '' || seen.has(word)) continue;
      seen.add(word);
      const first = idOf(word.charCodeAt(0));
      if (this.byFirst[first] === 0) this.byFirst[first] = lists.push([]);
      lists[this.byFirst[first] - 1].push({ word, value });
    }
    for (const list of lists) list.sort((a, b) => b.word.length - a.word.length || (a.word < b.word ? -1 : 1));
    this.entries = lists.flat();
    this.seconds = Uint16Array.from(this.entries, ({ word }) => (word.length > 1 ? word.charCodeAt(1) : 0));
    this.from = new Int32Array(lists.length + 1);
    lists.forEach((list, i) => { this.from[i + 1] = this.from[i] + list.length; });
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
