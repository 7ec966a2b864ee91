/**
 * Finding the words of a decision again: in the same text, in the text as a newer reader parts it, or in another copy of the document.
 *
 * The words themselves decide (white space aside, as copies are wrapped differently); where they occur several times, the headings above them and the
 * characters around them tell which. Words that are gone are not guessed at.
 */
import type { OutlineNode, PolicyReading, Span } from '../../policy/model.ts';
import type { Anchor } from '../model.ts';

const AROUND = 24;

const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0x3000 || code === 0xa0;

/** A text without its white space, and where each character stood. */
export interface DenseText {
  readonly text: string;
  readonly at: Int32Array;
}

export function denseText(text: string): DenseText {
  const at = new Int32Array(text.length + 1);
  const parts: string[] = [];
  let count = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && !isBlank(text.charCodeAt(i))) {
      at[count++] = i;
      continue;
    }
    if (i > start) parts.push(text.slice(start, i));
    start = i + 1;
  }
  at[count] = text.length;
  return { text: parts.join(''), at: at.subarray(0, count + 1) };
}

/** Nodes that have text, in the order in which they begin, each with the nearest before it that holds it: from the last one that begins before a place, every node that holds the place is on the way up. */
interface ClauseIndex {
  readonly nodes: readonly OutlineNode[];
  readonly starts: Int32Array;
  /** Place in `nodes` of the holder; -1 for none. */
  readonly holders: Int32Array;
  readonly order: Int32Array;
}

const clauseIndexes = new WeakMap<readonly OutlineNode[], ClauseIndex>();

function clauseIndexOf(outline: readonly OutlineNode[]): ClauseIndex {
  const known = clauseIndexes.get(outline);
  if (known !== undefined) return known;
  const sorted = outline.map((node, order) => ({ node, order })).filter(({ node }) => node.span[1] > node.span[0]).sort((a, b) => a.node.span[0] - b.node.span[0] || b.node.span[1] - a.node.span[1] || a.order - b.order);
  const holders = new Int32Array(sorted.length).fill(-1);
  const open: number[] = [];
  sorted.forEach(({ node }, i) => {
    while (open.length > 0 && sorted[open[open.length - 1]].node.span[1] < node.span[1]) open.pop();
    if (open.length > 0) holders[i] = open[open.length - 1];
    open.push(i);
  });
  const index = { nodes: sorted.map(({ node }) => node), starts: Int32Array.from(sorted, ({ node }) => node.span[0]), holders, order: Int32Array.from(sorted, ({ order }) => order) };
  clauseIndexes.set(outline, index);
  return index;
}

/** The innermost node whose span holds a span, which is not empty; null where none does. */
export function clauseAt(outline: readonly OutlineNode[], [start, end]: Span): OutlineNode | null {
  const { nodes, starts, holders, order } = clauseIndexOf(outline);
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= start) low = middle + 1;
    else high = middle;
  }
  let found = -1;
  for (let i = low - 1; i >= 0; i = holders[i]) {
    if (nodes[i].span[1] < end) continue;
    if (found < 0 || nodes[i].level > nodes[found].level || (nodes[i].level === nodes[found].level && order[i] > order[found])) found = i;
  }
  return found < 0 ? null : nodes[found];
}

/** Headings from the outermost section down to a node. */
export function pathOf(outline: readonly OutlineNode[], clause: string | null): string[] {
  const byId = nodesOf(outline);
  const path: string[] = [];
  for (let node = clause === null ? undefined : byId.get(clause); node !== undefined; node = node.parent === null ? undefined : byId.get(node.parent)) path.unshift(node.heading);
  return path;
}

/** Nodes by id, made once for an outline: each of a document's thousands of items asks for its path. */
const indexes = new WeakMap<readonly OutlineNode[], ReadonlyMap<string, OutlineNode>>();

export function nodesOf(outline: readonly OutlineNode[]): ReadonlyMap<string, OutlineNode> {
  const known = indexes.get(outline);
  if (known !== undefined) return known;
  const byId = new Map(outline.map((node) => [node.id, node]));
  indexes.set(outline, byId);
  return byId;
}

export function anchorOf({ text, outline }: Pick<PolicyReading, 'text' | 'outline'>, [start, end]: Span, clause: string | null): Anchor {
  return { quote: text.slice(start, end), path: pathOf(outline, clause), before: text.slice(Math.max(0, start - AROUND), start), after: text.slice(end, end + AROUND) };
}

/** Characters two texts share from their ends inward: how well surroundings agree. */
function agreeing(a: string, b: string, fromEnd: boolean): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (fromEnd ? a[a.length - 1 - i] !== b[b.length - 1 - i] : a[i] !== b[i]) return i;
  return length;
}

/** Beyond this many occurrences the first ones are compared only: "推进" may stand in a text a thousand times. */
const MOST_COMPARED = 200;
/** Characters by which the beginnings of quotes are looked up. */
const GRAM = 8;

/** Where every run of GRAM characters begins, by its hash, ascending: thousands of decisions are found in another copy without going through the text for each. */
interface GramIndex {
  readonly heads: Int32Array;
  readonly next: Int32Array;
}

function gramHash(text: string, at: number, mask: number): number {
  let hash = 0x811c9dc5;
  for (let i = at; i < at + GRAM; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) & mask;
}

function buildGramIndex(text: string): GramIndex {
  const heads = new Int32Array(2 ** Math.max(4, Math.ceil(Math.log2(text.length + 1)))).fill(-1);
  const next = new Int32Array(text.length);
  for (let at = text.length - GRAM; at >= 0; at--) {
    const slot = gramHash(text, at, heads.length - 1);
    next[at] = heads[slot];
    heads[slot] = at;
  }
  return { heads, next };
}

interface SearchableText {
  readonly dense: DenseText;
  /** Made when the first quote is looked for. */
  grams: GramIndex | undefined;
}

type AnchoredText = Pick<PolicyReading, 'text' | 'outline'>;

const searchables = new WeakMap<readonly OutlineNode[], SearchableText>();

/** An outline belongs to one text, and lives as long as what is made of it. */
function searchableOf({ text, outline }: AnchoredText): SearchableText {
  let known = searchables.get(outline);
  if (known === undefined) {
    known = { dense: denseText(text), grams: undefined };
    searchables.set(outline, known);
  }
  return known;
}

/** Places where a quote without white space stands in a text without any, ascending. */
function* placesOf(quote: string, searchable: SearchableText): Generator<number> {
  const { text } = searchable.dense;
  if (quote.length < GRAM) {
    for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) yield at;
    return;
  }
  searchable.grams ??= buildGramIndex(text);
  const { heads, next } = searchable.grams;
  for (let at = heads[gramHash(quote, 0, heads.length - 1)]; at >= 0; at = next[at]) if (text.startsWith(quote, at)) yield at;
}

/** Where an anchor's words stand in a text; undefined where they do not. */
export function findAnchor(anchor: Anchor, reading: AnchoredText): Span | undefined {
  const quote = denseText(anchor.quote).text;
  if (quote === '') return undefined;
  const searchable = searchableOf(reading);
  const { dense } = searchable;
  const before = denseText(anchor.before).text;
  const after = denseText(anchor.after).text;
  let best: { span: Span; score: number } | undefined;
  let compared = 0;
  for (const at of placesOf(quote, searchable)) {
    const span: Span = [dense.at[at], dense.at[at + quote.length - 1] + 1];
    const path = pathOf(reading.outline, clauseAt(reading.outline, span)?.id ?? null);
    const shared = path.filter((heading) => anchor.path.includes(heading)).length;
    const score = shared * AROUND + agreeing(dense.text.slice(Math.max(0, at - AROUND), at), before, true) + agreeing(dense.text.slice(at + quote.length, at + quote.length + AROUND), after, false);
    if (best === undefined || score > best.score) best = { span, score };
    if (++compared >= MOST_COMPARED) break;
  }
  return best?.span;
}
