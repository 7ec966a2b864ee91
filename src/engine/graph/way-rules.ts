/**
 * The rule of every way of a source. A city has tens of thousands of ways and a few thousand different sets of the tags that rules look
 * at, so each set is judged once: sets are paths in a trie of (key, value) numbers, some 0.1 µs a way where an object of tags
 * and the rules themselves take 4 µs.
 */
import type { NetworkSource } from './network-source.ts';
import { PairTable } from './pair-table.ts';
import type { StreetRule } from './street-rules/street-rule.ts';
import { findStreetRule } from './street-rules/street-rule.ts';
import { RULE_KEYS } from './street-rules/tags.ts';

export interface WayRules {
  /** By way: number of its kind. */
  readonly kindOfWay: Uint32Array;
  /** By kind: its rule, undefined where it is no street. */
  readonly rules: readonly (StreetRule | undefined)[];
  /** By kind: 1 where it is a building: its outline parts no street. */
  readonly isBuilding: readonly boolean[];
  /** By way: number of its name's text, 0 for none. */
  readonly name: Uint32Array;
}

const NAME = 2;
const RULE = 1;
const OTHER = 3;

/** By number of a text: whether it is a key that rules look at; found out when first met. */
class KeyRoles {
  readonly #text: (number: number) => string;
  #roles = new Uint8Array(1024);

  constructor(text: (number: number) => string) {
    this.#text = text;
  }

  get(key: number): number {
    if (key >= this.#roles.length) {
      const grown = new Uint8Array(Math.max(key + 1, 2 * this.#roles.length));
      grown.set(this.#roles);
      this.#roles = grown;
    }
    const known = this.#roles[key];
    if (known !== 0) return known;
    const text = this.#text(key);
    return (this.#roles[key] = text === 'name' ? NAME : RULE_KEYS.has(text) ? RULE : OTHER);
  }
}

export function classifyWays(source: NetworkSource): WayRules {
  const { tagEnds, tagKey, tagValue, id } = source.ways;
  const roles = new KeyRoles((number) => source.text(number));
  const kindOfWay = new Uint32Array(id.length);
  const name = new Uint32Array(id.length);
  const pairs = new PairTable();
  const steps = new PairTable();
  /** By node of the trie: its kind, −1 where no way ended there yet. Node 0 is the root; step s leads to node s + 1. */
  const kindOfTrieNode: number[] = [-1];
  const rules: (StreetRule | undefined)[] = [];
  const isBuilding: boolean[] = [];
  const judge = (from: number, to: number): number => {
    const tags: Record<string, string> = {};
    for (let t = from; t < to; t++) if (roles.get(tagKey[t]) === RULE) tags[source.text(tagKey[t])] = source.text(tagValue[t]);
    isBuilding.push(tags['building'] !== undefined);
    return rules.push(findStreetRule(tags)) - 1;
  };
  for (let w = 0, from = 0; w < id.length; from = tagEnds[w++]) {
    let at = 0;
    for (let t = from; t < tagEnds[w]; t++) {
      const role = roles.get(tagKey[t]);
      if (role === NAME) name[w] = tagValue[t];
      if (role !== RULE) continue;
      at = 1 + steps.number(at, pairs.number(tagKey[t], tagValue[t]));
      if (at === kindOfTrieNode.length) kindOfTrieNode.push(-1);
    }
    if (kindOfTrieNode[at] < 0) kindOfTrieNode[at] = judge(from, tagEnds[w]);
    kindOfWay[w] = kindOfTrieNode[at];
  }
  return { kindOfWay, rules, isBuilding, name };
}
