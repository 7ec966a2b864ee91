/**
 * A document's text cut into what is drawn: blocks (paragraphs, headings, what is set aside, places where a section is missing), and within a block runs whose characters
 * all carry the same marks. One sweep over the sorted marks: n characters, m marks, O(m log m + n).
 *
 * A line end within a sentence (a hard wrap) is left out of the run, so that lines read on; the others end a paragraph. Positions stay those of the text.
 */
import type { DocumentJson } from '../../delivery/api.ts';
import type { AsideKind, DefectKind, OutlineNode, Span } from '../../policy/model.ts';

export interface Run {
  readonly start: number;
  readonly end: number;
  /** Items that cover it, the innermost last. */
  readonly items: readonly string[];
  /** Of these, the ones that begin here. */
  readonly begins: readonly string[];
  readonly body: string | null;
  readonly defect: DefectKind | null;
  readonly heading: boolean;
  /** Set aside within a line. */
  readonly aside: AsideKind | null;
}

export interface TextBlock {
  readonly kind: 'text';
  readonly start: number;
  readonly end: number;
  /** 0 the title, 1 the outermost sections; null where the block is no heading of its own. */
  readonly level: number | null;
  /** Clauses that begin in it. */
  readonly clauses: readonly string[];
  readonly runs: readonly Run[];
}
export interface AsideBlock {
  readonly kind: 'aside';
  readonly start: number;
  readonly end: number;
  readonly aside: AsideKind;
}
/** Sections that the outline has and the text lacks, one behind another. */
export interface MissingBlock {
  readonly kind: 'missing';
  readonly start: number;
  readonly clauses: readonly { readonly clause: string; readonly heading: string }[];
}
export type Block = TextBlock | AsideBlock | MissingBlock;

export type TextSource = Pick<DocumentJson, 'text' | 'outline' | 'aside' | 'bodies' | 'defects'> & { readonly items: readonly { readonly itemId: string; readonly span: Span | null }[] };

interface Mark {
  readonly span: Span;
  readonly item?: string;
  readonly body?: string;
  readonly defect?: DefectKind;
  readonly heading?: true;
  readonly aside?: AsideKind;
}

const LINE_END = /[\n\r\u2028\u2029\f\v]/;
/** Wider than this a defect is of a passage, not of words: a wavy line under a whole page says nothing. */
const MOST_UNDERLINED = 60;

function listMarks({ items, bodies, defects, outline, aside }: TextSource): Mark[] {
  const marks: Mark[] = [];
  for (const { itemId, span } of items) if (span !== null && span[1] > span[0]) marks.push({ span, item: itemId });
  for (const { id, mentions } of bodies) for (const span of mentions) marks.push({ span, body: id });
  for (const { kind, span } of defects) if (span[1] > span[0] && span[1] - span[0] <= MOST_UNDERLINED) marks.push({ span, defect: kind });
  for (const { kind, headingSpan } of outline) if (kind !== 'item' && headingSpan[1] > headingSpan[0]) marks.push({ span: headingSpan, heading: true });
  for (const { kind, span } of aside) if (kind !== 'whitespace' && span[1] > span[0]) marks.push({ span, aside: kind });
  // the longer one first, so that the innermost comes last
  return marks.sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1]);
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly aside: AsideKind | null;
}

const isLine = ({ kind }: OutlineNode): boolean => kind === 'section' || kind === 'title';

/** A line shorter than this that ends without a full stop is a line of its own (signature, date), not one that was wrapped. */
const LEAST_WRAPPED = 16;
const ENDS_SENTENCE = /[。！？!?；;：:…”」』）)】]/;
const INDENT = /[\t \u3000]/;

/** Line ends that do not end a paragraph: within a heading, or within a sentence. */
function findWraps({ text, outline }: TextSource): Set<number> {
  const wraps = new Set<number>();
  const starts = new Set(outline.map(({ span }) => span[0]));
  const headings = outline.filter(isLine).map(({ headingSpan }) => headingSpan).filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0]);
  let heading = 0;
  let lineStart = 0;
  for (let at = 0; at < text.length; at++) {
    if (!LINE_END.test(text[at])) continue;
    const length = at - lineStart;
    lineStart = at + 1;
    while (heading < headings.length && headings[heading][1] <= at) heading++;
    if (headings[heading] !== undefined && headings[heading][0] < at) wraps.add(at);
    else if (heading > 0 && headings[heading - 1][1] === at) continue;
    else if (length >= LEAST_WRAPPED && !ENDS_SENTENCE.test(text[at - 1]) && at + 1 < text.length && !LINE_END.test(text[at + 1]) && !INDENT.test(text[at + 1]) && !starts.has(at + 1)) wraps.add(at);
  }
  return wraps;
}

/** Paragraphs, and what is set aside in lines of its own. */
function listPieces(source: TextSource): Piece[] {
  const { text, aside } = source;
  const wraps = findWraps(source);
  const pieces: Piece[] = [];
  let from = 0;
  const paragraphs = (end: number): void => {
    for (let at = from; at <= end; at++) {
      if (at < end && (!LINE_END.test(text[at]) || wraps.has(at))) continue;
      let [start, stop] = [from, at];
      while (start < stop && /\s/.test(text[start])) start++;
      while (stop > start && /\s/.test(text[stop - 1])) stop--;
      if (stop > start) pieces.push({ start, end: stop, aside: null });
      from = at + 1;
    }
  };
  for (const { kind, span: [start, end] } of aside.toSorted((a, b) => a.span[0] - b.span[0])) {
    if (start < from || kind === 'whitespace') continue;
    const opens = text.slice(Math.max(0, start - 40), start).trimEnd();
    const own = LINE_END.test(text.slice(start, end).trim()) || ((start === 0 || opens.length === 0 || LINE_END.test(text.slice(Math.max(0, start - 40) + opens.length, start))) && (end >= text.length || LINE_END.test(text[end])));
    if (!own) continue;
    paragraphs(start);
    pieces.push({ start, end, aside: kind });
    from = end;
  }
  paragraphs(text.length);
  return pieces;
}

function runsOf(text: string, { start, end }: Piece, marks: readonly Mark[]): Run[] {
  const cuts = new Set<number>([start, end]);
  for (const { span } of marks) for (const at of span) if (at > start && at < end) cuts.add(at);
  for (let at = start; at < end; at++) {
    if (!LINE_END.test(text[at])) continue;
    cuts.add(at);
    cuts.add(at + 1);
  }
  const places = [...cuts].sort((a, b) => a - b);
  const runs: Run[] = [];
  let open: Mark[] = [];
  let next = 0;
  for (let i = 0; i + 1 < places.length; i++) {
    const [from, to] = [places[i], places[i + 1]];
    open = open.filter(({ span }) => span[1] > from);
    while (next < marks.length && marks[next].span[0] <= from) {
      if (marks[next].span[1] > from) open.push(marks[next]);
      next++;
    }
    if (to === from + 1 && LINE_END.test(text[from])) continue;
    const items = open.filter(({ item }) => item !== undefined).toSorted((a, b) => b.span[1] - b.span[0] - (a.span[1] - a.span[0]));
    runs.push({
      start: from, end: to, items: items.map(({ item = '' }) => item), begins: items.filter(({ span }) => span[0] === from || (from === start && span[0] < start)).map(({ item = '' }) => item),
      body: open.findLast(({ body }) => body !== undefined)?.body ?? null, defect: open.findLast(({ defect }) => defect !== undefined)?.defect ?? null,
      heading: open.some(({ heading }) => heading === true), aside: open.find(({ aside }) => aside !== undefined)?.aside ?? null,
    });
  }
  return runs;
}

export function buildBlocks(source: TextSource): Block[] {
  const { text, outline } = source;
  const marks = listMarks(source);
  const nodes = outline.filter(({ state }) => state !== 'elided').toSorted((a, b) => a.span[0] - b.span[0]);
  const missing = outline.filter(({ state }) => state === 'elided').toSorted((a, b) => a.span[0] - b.span[0]);
  const blocks: Block[] = [];
  let missed = 0;
  const missingBefore = (at: number): void => {
    const gone: OutlineNode[] = [];
    while (missed < missing.length && missing[missed].span[0] <= at) gone.push(missing[missed++]);
    if (gone.length > 0) blocks.push({ kind: 'missing', start: gone[0].span[0], clauses: gone.map(({ id, heading }) => ({ clause: id, heading })) });
  };
  let [mark, node] = [0, 0];
  let reaching: Mark[] = [];
  const pieces = listPieces(source);
  pieces.forEach((piece, i) => {
    missingBefore(piece.start);
    if (piece.aside !== null) {
      blocks.push({ kind: 'aside', start: piece.start, end: piece.end, aside: piece.aside });
      return;
    }
    reaching = reaching.filter(({ span }) => span[1] > piece.start);
    while (mark < marks.length && marks[mark].span[0] < piece.end) reaching.push(marks[mark++]);
    const until = pieces[i + 1]?.start ?? text.length + 1;
    const begun: OutlineNode[] = [];
    while (node < nodes.length && nodes[node].span[0] < until) begun.push(nodes[node++]);
    const headed = begun.find((one) => isLine(one) && one.headingSpan[0] <= piece.start && one.headingSpan[1] >= piece.end - 1);
    blocks.push({
      kind: 'text', start: piece.start, end: piece.end, level: headed?.level ?? null, clauses: begun.map(({ id }) => id),
      runs: runsOf(text, piece, reaching.filter(({ span }) => span[1] > piece.start)),
    });
  });
  missingBefore(text.length);
  return blocks;
}
