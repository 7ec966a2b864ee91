/**
 * Objects by the tags that rules look at. A city has tens of thousands of ways and a few thousand different sets of such tags, so each set is
 * judged once: sets are paths in a trie of (key, value) numbers, some 0.1 µs a way where an object of tags and the rules themselves
 * take 10 µs. Tags in another order make another path, which costs time and changes nothing.
 */
import type { TagColumns } from './network-source.ts';
import { PairTable } from './pair-table.ts';
import type { Tags } from './street-rules/tags.ts';

export interface TagSets {
  /** By object: number of its set. */
  readonly setOf: Uint32Array;
  readonly sets: readonly Tags[];
}

const UNKNOWN = 0;
const WANTED = 1;
const OTHER = 2;

/** By number of a text: whether it is one of some keys; found out when first met. */
class KeyMarks {
  readonly #text: (number: number) => string;
  readonly #keys: ReadonlySet<string>;
  #marks = new Uint8Array(1024);

  constructor(text: (number: number) => string, keys: ReadonlySet<string>) {
    this.#text = text;
    this.#keys = keys;
  }

  has(key: number): boolean {
    if (key >= this.#marks.length) {
      const grown = new Uint8Array(Math.max(key + 1, 2 * this.#marks.length));
      grown.set(this.#marks);
      this.#marks = grown;
    }
    if (this.#marks[key] === UNKNOWN) this.#marks[key] = this.#keys.has(this.#text(key)) ? WANTED : OTHER;
    return this.#marks[key] === WANTED;
  }
}

/** Sorts objects by what they have of some keys. */
export function sortByTags({ tagEnds, tagKey, tagValue }: TagColumns, text: (number: number) => string, keys: ReadonlySet<string>): TagSets {
  const marks = new KeyMarks(text, keys);
  const setOf = new Uint32Array(tagEnds.length);
  const pairs = new PairTable();
  const steps = new PairTable();
  /** By node of the trie: its set, −1 where no object ended there yet. Node 0 is the root; step s leads to node s + 1. */
  const setAt: number[] = [-1];
  const sets: Tags[] = [];
  const collect = (from: number, to: number): Tags => {
    const tags: Record<string, string> = {};
    for (let t = from; t < to; t++) if (marks.has(tagKey[t])) tags[text(tagKey[t])] = text(tagValue[t]);
    return tags;
  };
  for (let i = 0, from = 0; i < tagEnds.length; from = tagEnds[i++]) {
    let at = 0;
    for (let t = from; t < tagEnds[i]; t++) {
      if (!marks.has(tagKey[t])) continue;
      at = 1 + steps.number(at, pairs.number(tagKey[t], tagValue[t]));
      if (at === setAt.length) setAt.push(-1);
    }
    if (setAt[at] < 0) setAt[at] = sets.push(collect(from, tagEnds[i])) - 1;
    setOf[i] = setAt[at];
  }
  return { setOf, sets };
}

/** By object: number of its value of one key, 0 where it has none. */
export function valuesOf({ tagEnds, tagKey, tagValue }: TagColumns, text: (number: number) => string, key: string): Uint32Array {
  const marks = new KeyMarks(text, new Set([key]));
  const values = new Uint32Array(tagEnds.length);
  for (let i = 0, from = 0; i < tagEnds.length; from = tagEnds[i++]) for (let t = from; t < tagEnds[i]; t++) if (marks.has(tagKey[t])) values[i] = tagValue[t];
  return values;
}
