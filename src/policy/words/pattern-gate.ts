/**
 * Which of many patterns could match in a stretch of text at all, from one look at its characters. From the source of each pattern a gate
 * works out characters or pairs of neighbours of which one must stand in every match (截至 or 已 or 现有 …); one pass over a stretch with two
 * tables gives a bit for each pattern. A cleared bit is certain, a set one is not: then the pattern itself is asked. A rule that is changed
 * changes its gate with it.
 *
 *     const GATE = new PatternGate();
 *     const GOAL = GATE.add(/力争|确保/u);
 *     const bits = GATE.scan(text, start, end);
 *     if ((bits & GOAL.bit) !== 0 && GOAL.pattern.test(text.slice(start, end))) …
 *
 * The stretch scanned must hold all that the pattern is asked about.
 */
import { CHAR_IDS, MOST_CHARS, idOf } from './char-ids.ts';

export interface GatedPattern {
  readonly bit: number;
  readonly pattern: RegExp;
}

/** Set by every scan: patterns that nothing certain is known of. */
const ALWAYS = 1 << 31;
/** Of a character: some pair begins with it. */
const BEGINS_PAIR = 1 << 30;
const MOST_PATTERNS = 30;
const MULTIPLIER = 613, PAIRS = 8192;
const hashOf = (first: number, second: number): number => (Math.imul(first, MULTIPLIER) + second) & (PAIRS - 1);

export class PatternGate {
  /** By number of the character. */
  private readonly single = new Int32Array(MOST_CHARS);
  private readonly pairs = new Int32Array(PAIRS);
  private count = 0;

  add(pattern: RegExp): GatedPattern {
    const needed = this.count < MOST_PATTERNS ? findNeeded(pattern) : null;
    if (needed === null) return { bit: ALWAYS, pattern };
    const bit = 1 << this.count++;
    for (const code of needed) {
      if (code < 65_536) this.single[idOf(code)] |= bit;
      else {
        const first = idOf(Math.floor(code / 65_536) - 1);
        this.single[first] |= BEGINS_PAIR;
        this.pairs[hashOf(first, idOf(code % 65_536))] |= bit;
      }
    }
    return { bit, pattern };
  }

  scan(text: string, from: number, to: number): number {
    if (from >= to) return ALWAYS;
    const { single, pairs } = this;
    let bits = ALWAYS;
    let id = CHAR_IDS[text.charCodeAt(from)];
    for (let i = from + 1; i < to; i++) {
      const next = CHAR_IDS[text.charCodeAt(i)];
      const own = single[id];
      bits |= own;
      if ((own & BEGINS_PAIR) !== 0) bits |= pairs[(Math.imul(id, MULTIPLIER) + next) & (PAIRS - 1)];
      id = next;
    }
    return bits | single[id];
  }
}

// ---- what every match must hold ----

/** Characters are their codes, a pair of neighbours is (first + 1) × 65,536 + second; some may come twice. `null` in place of a list: anything. */
type Codes = readonly number[];
interface Part {
  readonly first: Codes | null;
  readonly last: Codes | null;
  readonly nullable: boolean;
  /** One of these stands in every match of this part. */
  readonly need: Codes | null;
  readonly look?: 'ahead' | 'behind';
}

const NOTHING: Codes = [];
const ZERO_WIDTH: Part = { first: NOTHING, last: NOTHING, nullable: true, need: null };
const ANY: Part = { first: null, last: null, nullable: false, need: null };
const MOST_CODES = 800;
/** Characters that most stretches have: poor witnesses. */
const FREQUENT = new Set([...'的一是在不和有为人中大市城以建设发展工作化,，。、'].map((char) => char.charCodeAt(0)));
const costOf = (codes: Codes): number => {
  let cost = 0;
  for (const code of codes) cost += code >= 65_536 ? 1 : FREQUENT.has(code) ? 60 : 12;
  return cost;
};

/** Codes of which every match of the pattern holds one; null where the source does not say. */
export function findNeeded(pattern: RegExp): Codes | null {
  if (pattern.ignoreCase) return null;
  return new SourceReader(pattern.source).read().need;
}

/** By UTF-16 unit: 1 where a match of the pattern may begin. All 1 where the source does not say. */
export function firstsOf(pattern: RegExp): Uint8Array {
  const { first, nullable } = new SourceReader(pattern.source).read();
  const table = new Uint8Array(65_536);
  if (first === null || nullable || pattern.ignoreCase) return table.fill(1);
  for (const code of first) table[code] = 1;
  return table;
}

/** Every character before the ideographs and behind the Hangul syllables, surrogates left out. */
let NO_IDEOGRAPHS: string | undefined;
function listNoIdeographs(): string {
  const between = (from: number, to: number): string => String.fromCharCode(...Array.from({ length: to - from }, (_, i) => from + i));
  return between(0, 0x3400) + between(0xd7a4, 0xd800) + between(0xe000, 0x10000);
}

/** By UTF-16 unit: 1 for characters that a class of punctuation and blanks takes; ideographs are none. */
export function charsOf(punctuation: RegExp): Uint8Array {
  const table = new Uint8Array(65_536);
  NO_IDEOGRAPHS ??= listNoIdeographs();
  for (const match of NO_IDEOGRAPHS.matchAll(new RegExp(punctuation.source, 'gu'))) table[match[0].charCodeAt(0)] = 1;
  return table;
}

/** By UTF-16 unit: 1 where a match of the pattern may end; for patterns that end with $. All 1 where the source does not say. */
export function lastsOf(pattern: RegExp): Uint8Array {
  const { last, nullable } = new SourceReader(pattern.source).read();
  const table = new Uint8Array(65_536);
  if (last === null || nullable || pattern.ignoreCase) return table.fill(1);
  for (const code of last) table[code] = 1;
  return table;
}

function union(sets: readonly (Codes | null)[]): Codes | null {
  let all: Codes = NOTHING;
  for (const set of sets) {
    if (set === null) return null;
    if (set.length > 0) all = all.length === 0 ? set : [...all, ...set];
  }
  if (all.length > MANY_CODES) all = [...new Set(all)];
  return all.length > MOST_CODES ? null : all;
}
/** From here on it pays to leave out those that come twice. */
const MANY_CODES = 100;

const ofSet = (codes: Codes): Part => ({ first: codes, last: codes, nullable: false, need: codes });

function alternate(parts: readonly Part[]): Part {
  if (parts.length === 1) return parts[0];
  return { first: union(parts.map(({ first }) => first)), last: union(parts.map(({ last }) => last)), nullable: parts.some(({ nullable }) => nullable), need: union(parts.map(({ need }) => need)) };
}

/** Characters that may stand right after part `i`. */
function followOf(parts: readonly Part[], i: number): Codes | null {
  const sets: (Codes | null)[] = [];
  for (let k = i + 1; k < parts.length; k++) {
    const part = parts[k];
    if (part.look === 'behind') continue;
    if (part.look === 'ahead') {
      if (part.nullable || part.first === null) continue;
      return union([...sets, part.first]);
    }
    sets.push(part.first);
    if (!part.nullable) return union(sets);
  }
  return null;
}

function sequence(parts: readonly Part[]): Part {
  if (parts.length === 1 && parts[0].look === undefined) return parts[0];
  let need: Codes | null = null;
  const offer = (candidate: Codes | null): void => {
    if (candidate !== null && candidate.length > 0 && (need === null || costOf(candidate) < costOf(need))) need = candidate;
  };
  parts.forEach((part, i) => {
    if (part.look !== undefined || !part.nullable) offer(part.need);
    const stands = part.look === 'behind' ? part.last !== NOTHING : part.look === undefined && !part.nullable;
    if (!stands || part.last === null || part.last.length === 0) return;
    const follow = followOf(parts, i);
    if (follow === null || follow.length === 0 || follow.length * part.last.length > MOST_CODES) return;
    const pairs: number[] = [];
    for (const a of part.last) for (const b of follow) pairs.push((a + 1) * 65_536 + b);
    offer(pairs);
  });
  const own = parts.filter(({ look }) => look === undefined);
  const edge = (ordered: readonly Part[], side: 'first' | 'last'): Codes | null => {
    const sets: (Codes | null)[] = [];
    for (const part of ordered) {
      sets.push(part[side]);
      if (!part.nullable) break;
    }
    return union(sets);
  };
  return { first: edge(own, 'first'), last: edge(own.toReversed(), 'last'), nullable: own.every(({ nullable }) => nullable), need };
}

const codesOf = (chars: string): ReadonlySet<number> => new Set([...chars].map((char) => char.charCodeAt(0)));
const SYNTAX = codesOf('\\^$.*+?()[]{}|'), QUANTIFIERS = codesOf('*+?{');

/** Reads the source of a pattern; what it does not know counts as anything. */
class SourceReader {
  private at = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  read(): Part {
    return this.alternatives();
  }

  private alternatives(): Part {
    const parts = [this.terms()];
    while (this.source[this.at] === '|') {
      this.at++;
      parts.push(this.terms());
    }
    return alternate(parts);
  }

  private terms(): Part {
    const parts: Part[] = [];
    while (this.at < this.source.length && this.source[this.at] !== '|' && this.source[this.at] !== ')') parts.push(this.literal() ?? this.quantified());
    return parts.length === 0 ? ZERO_WIDTH : sequence(parts);
  }

  /** Two or more plain characters in a row: nearly all that a pattern of Chinese words is made of. */
  private literal(): Part | null {
    const { source, at } = this;
    let end = at;
    while (end < source.length && !SYNTAX.has(source.charCodeAt(end))) end++;
    if (end < source.length && QUANTIFIERS.has(source.charCodeAt(end))) end--;
    if (end - at < 2) return null;
    this.at = end;
    const first = source.charCodeAt(at);
    return { first: [first], last: [source.charCodeAt(end - 1)], nullable: false, need: [(first + 1) * 65_536 + source.charCodeAt(at + 1)] };
  }

  private quantified(): Part {
    const part = this.atom();
    if (!QUANTIFIERS.has(this.source.charCodeAt(this.at))) return part;
    const quantifier = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/u.exec(this.source.slice(this.at, this.at + 12));
    if (quantifier === null) return part;
    this.at += quantifier[0].length;
    const none = quantifier[0].startsWith('*') || quantifier[0].startsWith('?') || quantifier[1] === '0';
    return none ? { ...part, nullable: true, need: null } : part;
  }

  private atom(): Part {
    const char = this.source[this.at];
    if (char === '(') return this.group();
    if (char === '[') return this.charClass();
    this.at++;
    if (char === '^' || char === '$') return ZERO_WIDTH;
    if (char === '.') return ANY;
    if (char === '\\') return this.escape();
    return ofSet([char.charCodeAt(0)]);
  }

  private group(): Part {
    const opening = /^\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?/u.exec(this.source.slice(this.at, this.at + 40))?.[0] ?? '(';
    this.at += opening.length;
    const inside = this.alternatives();
    this.at++;
    if (opening.endsWith('!')) return ZERO_WIDTH;
    if (opening === '(?=') return { ...inside, look: 'ahead' };
    return opening === '(?<=' ? { ...inside, look: 'behind' } : inside;
  }

  /** The code that an escape stands for; −1 for a class of characters, −2 for a boundary. */
  private escapedCode(): number {
    const char = this.source[this.at++];
    if (char === 'u' || char === 'x') {
      const digits = new RegExp(char === 'u' ? '^(?:[0-9a-fA-F]{4})' : '^(?:[0-9a-fA-F]{2})', 'u').exec(this.source.slice(this.at, this.at + 4))?.[0];
      if (digits === undefined) return this.braced();
      this.at += digits.length;
      return Number.parseInt(digits, 16);
    }
    if (char === 'b' || char === 'B') return -2;
    if (char === 'n') return 0x0a;
    if (char === 't') return 0x09;
    if (char === 'r') return 0x0d;
    if (char === 'p' || char === 'P' || char === 'k') return this.braced();
    return /[a-zA-Z0-9]/u.test(char) ? -1 : char.charCodeAt(0);
  }

  private braced(): number {
    const rest = /^[{<][^}>]*[}>]/u.exec(this.source.slice(this.at, this.at + 40))?.[0] ?? '';
    this.at += rest.length;
    return -1;
  }

  private escape(): Part {
    const code = this.escapedCode();
    if (code === -2) return ZERO_WIDTH;
    // A reference back may be empty.
    return code < 0 ? { ...ANY, nullable: true } : ofSet([code]);
  }

  private charClass(): Part {
    this.at++;
    const negated = this.source[this.at] === '^';
    if (negated) this.at++;
    let known = !negated;
    const codes: number[] = [];
    const next = (): number => {
      const char = this.source[this.at++];
      return char === '\\' ? this.escapedCode() : char.charCodeAt(0);
    };
    while (this.at < this.source.length && this.source[this.at] !== ']') {
      const from = next();
      if (from < 0) known = false;
      let to = from;
      if (this.source[this.at] === '-' && this.source[this.at + 1] !== ']') {
        this.at++;
        to = next();
      }
      if (to - from > MOST_CODES || from < 0) known = false;
      else for (let code = from; code <= to; code++) codes.push(code);
    }
    this.at++;
    return known && codes.length <= MOST_CODES ? ofSet(codes) : ANY;
  }
}
