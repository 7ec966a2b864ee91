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

/** The innermost node whose span holds a span; null where none does. */
export function clauseAt(outline: readonly OutlineNode[], [start, end]: Span): OutlineNode | null {
  let found: OutlineNode | null = null;
  for (const node of outline) if (node.span[0] <= start && end <= node.span[1] && node.span[1] > node.span[0] && (found === null || node.level >= found.level)) found = node;
  return found;
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

/** Where an anchor's words stand in a text; undefined where they do not. */
export function findAnchor(anchor: Anchor, reading: Pick<PolicyReading, 'text' | 'outline'>, dense: DenseText): Span | undefined {
  const quote = denseText(anchor.quote).text;
  if (quote === '') return undefined;
  const before = denseText(anchor.before).text;
  const after = denseText(anchor.after).text;
  let best: { span: Span; score: number } | undefined;
  let compared = 0;
  for (let at = dense.text.indexOf(quote); at >= 0 && compared < MOST_COMPARED; at = dense.text.indexOf(quote, at + 1), compared++) {
    const span: Span = [dense.at[at], dense.at[at + quote.length - 1] + 1];
    const path = pathOf(reading.outline, clauseAt(reading.outline, span)?.id ?? null);
    const shared = path.filter((heading) => anchor.path.includes(heading)).length;
    const score = shared * AROUND + agreeing(dense.text.slice(Math.max(0, at - AROUND), at), before, true) + agreeing(dense.text.slice(at + quote.length, at + quote.length + AROUND), after, false);
    if (best === undefined || score > best.score) best = { span, score };
  }
  return best?.span;
}
