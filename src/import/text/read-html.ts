/**
 * The text of a web page as a person sees it: blocks on lines of their own, table rows on one line with tabs, hidden things and scripts
 * left out. Around the block that holds most of the running text a blank line is kept, so that a page's navigation stays apart.
 * Which lines are headings (h1–h6, a paragraph in bold all through) is told beside the text: where they carry no number, nothing else shows it.
 */
import { defaultTreeAdapter, parse } from 'parse5';
import type { DefaultTreeAdapterMap, DefaultTreeAdapterTypes, TreeAdapter } from 'parse5';
import type { HeadingHint } from '../../policy/model.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;
type Parent = DefaultTreeAdapterTypes.ParentNode;

const SILENT = new Set(['script', 'style', 'noscript', 'template', 'svg', 'math', 'head', 'iframe', 'object', 'embed', 'canvas', 'audio', 'video', 'select', 'textarea', 'button', 'input', 'link', 'meta']);
const BLOCKS = new Set([
  'address', 'article', 'aside', 'blockquote', 'body', 'center', 'dd', 'details', 'dialog', 'div', 'dl', 'dt', 'fieldset', 'figcaption', 'figure', 'footer', 'form',
  'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'html', 'legend', 'li', 'main', 'nav', 'ol', 'p', 'pre', 'section', 'summary', 'table', 'tbody', 'tfoot', 'thead', 'tr', 'ul', 'caption',
]);
const LONGEST_CELL = 400;

function isElement(node: Node): node is Element {
  return 'tagName' in node;
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

function isHidden(element: Element): boolean {
  return attribute(element, 'hidden') !== undefined || /display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden/i.test(attribute(element, 'style') ?? '');
}

/** The arrow that mammoth puts behind a footnote, which no person wrote; and the number in the text that refers to one: 达到80%[1] is 80 %. */
function isNoteLink(element: Element): boolean {
  return element.tagName === 'a' && (/^#(?:foot|end)note-ref-/.test(attribute(element, 'href') ?? '') || /^(?:foot|end)note-ref-/.test(attribute(element, 'id') ?? ''));
}

/** `[1] ` before the text of a note at the end, as the page shows its number. */
function noteNumber(element: Element): string {
  const note = element.tagName === 'li' ? /^(?:foot|end)note-/.exec(attribute(element, 'id') ?? '') : null;
  const { parentNode } = element;
  return note === null || parentNode === null ? '' : `[${parentNode.childNodes.filter(isElement).indexOf(element) + 1}] `;
}

/** White space of the source runs together, as a browser shows it; an ideographic or no-break blank stays. */
function collapse(text: string): string {
  return text.replace(/[ \t\r\n\f]+/g, ' ');
}

/** Text between Chinese characters that the source broke over lines has no blank there. */
function tidyLine(line: string): string {
  return line.replace(/^[ \t]+|[ \t]+$/g, '').replace(/(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])/g, '');
}

/** 7: a paragraph in bold all through, below all that are called headings. */
const BOLD_LEVEL = 7;

class Lines {
  readonly #lines: string[] = [];
  readonly headings: { from: number; to: number; level: number }[] = [];
  #line: string[] = [];
  #label = '';

  /** Lines written so far. */
  get count(): number {
    return this.#lines.length;
  }

  add(text: string): void {
    this.#line.push(text);
  }

  /** Stands before the next line that holds anything. */
  label(words: string): void {
    this.#label = words;
  }

  break(): void {
    const line = tidyLine(this.#line.join(''));
    this.#line = [];
    if (line === '') return;
    this.#lines.push(this.#label + line);
    this.#label = '';
  }

  /** Cells of a row; one that stands alone in its row keeps a tab, which says that it is one. */
  addRow(texts: readonly string[]): void {
    this.break();
    const cells = texts.map((text) => text.replace(/\t+/g, ' '));
    while (cells.length > 2 && cells[cells.length - 1] === '') cells.pop();
    this.#lines.push(cells.join('\t'));
  }

  /** An empty line, never two. */
  part(): void {
    this.break();
    if (this.#lines.length > 0 && this.#lines[this.#lines.length - 1] !== '') this.#lines.push('');
  }

  join(): string {
    this.part();
    return this.#lines.join('\n').replace(/\n+$/, '\n');
  }

  /** Where the lines of headings stand in the joined text. */
  listHeadings(): HeadingHint[] {
    const hints: HeadingHint[] = [];
    let line = 0, at = 0;
    for (const { from, to, level } of this.headings) {
      while (line < from) at += this.#lines[line++].length + 1;
      const start = at;
      let end = start;
      while (line < to) {
        end = at + this.#lines[line].length;
        at = end + 1;
        line++;
      }
      if (end > start) hints.push({ span: [start, end], level });
    }
    return hints;
  }
}

/** h2 is level 2; a paragraph all of whose text is bold is the lowest; `undefined`: no heading. */
function headingLevel(element: Element): number | undefined {
  const named = /^h([1-6])$/.exec(element.tagName);
  if (named !== null) return Number(named[1]);
  return (element.tagName === 'p' || element.tagName === 'div') && isAllBold(element) ? BOLD_LEVEL : undefined;
}

const LONGEST_BOLD = 60;
const isBoldElement = (element: Element): boolean => element.tagName === 'b' || element.tagName === 'strong' || /font-weight\s{0,3}:\s{0,3}(?:bold|[6-9]00)/i.test(attribute(element, 'style') ?? '');

/** Whether every character of a short paragraph stands in bold. */
function isAllBold(root: Element): boolean {
  const stack: { node: Node; isBold: boolean }[] = [{ node: root, isBold: isBoldElement(root) }];
  let bold = 0;
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    const { node, isBold } = step;
    if (!isElement(node)) {
      const length = 'value' in node && node.nodeName === '#text' ? node.value.trim().length : 0;
      if (length > 0 && !isBold) return false;
      bold += length;
      if (bold > LONGEST_BOLD) return false;
      continue;
    }
    if (node !== root && BLOCKS.has(node.tagName)) return false;
    for (const child of node.childNodes) stack.push({ node: child, isBold: isBold || (isElement(child) && isBoldElement(child)) });
  }
  return bold > 0;
}

function childrenOf(node: Node | Parent): readonly Node[] {
  return 'childNodes' in node ? node.childNodes : [];
}

/** Characters of text under a node, as far as `most`; without recursion, since pages nest thousands deep. */
function textLength(root: Node | Parent, most: number): number {
  let length = 0;
  const stack: (Node | Parent)[] = [root];
  for (let node = stack.pop(); node !== undefined && length < most; node = stack.pop()) {
    if ('value' in node && node.nodeName === '#text') length += node.value.trim().length;
    if ('tagName' in node && SILENT.has(node.tagName)) continue;
    for (const child of childrenOf(node)) stack.push(child);
  }
  return length;
}

/** A table of figures: rows of short cells without tables or paragraphs in them. One that only lays a page out is read block by block. */
function isDataTable(table: Element): boolean {
  const stack: Node[] = [...table.childNodes];
  let rows = 0;
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!isElement(node)) continue;
    if (node.tagName === 'table') return false;
    if (node.tagName === 'tr') rows++;
    if (node.tagName === 'td' || node.tagName === 'th') {
      const blocks = node.childNodes.filter((child) => isElement(child) && (child.tagName === 'p' || child.tagName === 'div'));
      if (blocks.length > 4 || textLength(node, LONGEST_CELL + 1) > LONGEST_CELL || blocks.some((block) => isElement(block) && block.childNodes.some((child) => isElement(child) && child.tagName === 'table'))) return false;
    }
    for (const child of node.childNodes) stack.push(child);
  }
  return rows > 0;
}

function textOf(cell: Element): string {
  const inner = new Lines();
  walk(cell, inner);
  // a blank between Chinese characters would be taken for one of the source: names in paragraphs of their own must stay apart
  return inner.join().trim().replace(/\n+/g, '\u3000');
}

/** A cell that goes on into the rows below. */
interface Merged {
  readonly text: string;
  left: number;
}
/** Longer text is not said again in each row that its cell reaches into. */
const LONGEST_MERGED = 60;
const MOST_COLUMNS = 200;

function spanOf(cell: Element, name: 'rowspan' | 'colspan'): number {
  const stated = Number(attribute(cell, name) ?? 1);
  return Number.isInteger(stated) && stated > 1 ? Math.min(stated, name === 'colspan' ? MOST_COLUMNS : 10_000) : 1;
}

/**
 * A row on a line, its cells in the columns where the page shows them: a cell over several columns is followed by empty ones, one over several rows stands in
 * each of them, so that every row says by itself what it belongs to (a body responsible for four tasks).
 */
function addRow(row: Element, merged: (Merged | undefined)[], lines: Lines): void {
  const cells = row.childNodes.filter((child): child is Element => isElement(child) && (child.tagName === 'td' || child.tagName === 'th'));
  const texts: string[] = [];
  const fill = (): void => {
    for (let open = merged[texts.length]; open !== undefined && open.left > 0; open = merged[texts.length]) {
      open.left--;
      texts.push(open.text);
    }
  };
  for (const cell of cells) {
    fill();
    const text = textOf(cell), rows = spanOf(cell, 'rowspan');
    for (let k = spanOf(cell, 'colspan'), first = true; k > 0 && texts.length < MOST_COLUMNS; k--, first = false) {
      if (rows > 1) merged[texts.length] = { text: first && text.length <= LONGEST_MERGED ? text : '', left: rows - 1 };
      texts.push(first ? text : '');
    }
  }
  fill();
  lines.break();
  if (texts.some((text) => text !== '')) lines.addRow(texts);
}

/** Visits the nodes under `root` in order, without recursion but for the cells of a table of figures. */
function walk(root: Node | Parent, lines: Lines): void {
  type Step = { readonly node: Node; readonly leave: boolean; readonly isData: boolean; readonly from?: number };
  let merged: (Merged | undefined)[] = [];
  const stack: Step[] = [];
  const push = (nodes: readonly Node[], isData: boolean): void => {
    for (let i = nodes.length - 1; i >= 0; i--) stack.push({ node: nodes[i], leave: false, isData });
  };
  push(childrenOf(root), false);
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    const { node, leave, isData } = step;
    if (!isElement(node)) {
      if (node.nodeName === '#text' && 'value' in node) lines.add(collapse(node.value));
      continue;
    }
    const { tagName } = node;
    if (SILENT.has(tagName) || isHidden(node) || isNoteLink(node)) continue;
    if (leave) {
      if (step.from !== undefined) {
        lines.break();
        const level = headingLevel(node);
        if (level !== undefined && lines.count > step.from) lines.headings.push({ from: step.from, to: lines.count, level });
      }
      if (isApart(tagName)) lines.part();
      else lines.break();
      continue;
    }
    if (tagName === 'br') {
      lines.break();
      continue;
    }
    if (isData && tagName === 'tr') {
      addRow(node, merged, lines);
      continue;
    }
    const isBlock = BLOCKS.has(tagName) || tagName === 'td' || tagName === 'th';
    if (isBlock) {
      if (isApart(tagName)) lines.part();
      else lines.break();
      const isHeading = headingLevel(node) !== undefined;
      stack.push({ node, leave: true, isData, ...(isHeading && { from: lines.count }) });
    }
    if (tagName === 'table') merged = [];
    const number = noteNumber(node);
    if (number !== '') lines.label(number);
    push(node.childNodes, isData || (tagName === 'table' && isDataTable(node)));
  }
}

function isApart(tagName: string): boolean {
  return tagName === 'article' || tagName === 'main' || tagName === 'nav' || tagName === 'header' || tagName === 'footer' || tagName === 'h1' || tagName === 'table';
}

/** Elements within elements that a page may have; hand-made pages have 30, generated ones 300. */
const DEEPEST = 1000;
/** Elements that the parser may open for each character of the source: `<p>` is three. It opens again all formatting that was left open, for each paragraph anew. */
const MOST_OPENED = 2;

class TooComplex extends Error {}

/** The page as a tree; undefined where elements nest or multiply as on no page: 100,000 levels take parse5 a minute. */
function parsePage(html: string): DefaultTreeAdapterTypes.Document | undefined {
  let depth = 0;
  let opened = 0;
  const treeAdapter: TreeAdapter<DefaultTreeAdapterMap> = {
    ...defaultTreeAdapter,
    onItemPush() {
      if (++depth > DEEPEST || ++opened > MOST_OPENED * html.length + DEEPEST) throw new TooComplex();
    },
    onItemPop() {
      depth--;
    },
  };
  try {
    return parse(html, { treeAdapter });
  } catch (error) {
    if (error instanceof TooComplex) return undefined;
    throw error;
  }
}

/** Without what stands in scripts and style sheets; one that is not closed goes to the end, as in a browser. */
function dropScripts(html: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const { 0: open, 1: name, index } of html.matchAll(/<(script|style)(?=[\s>])/gi)) {
    if (index < from) continue;
    parts.push(html.slice(from, index), '\n');
    const close = new RegExp(`</${name}`, 'gi');
    close.lastIndex = index + open.length;
    from = close.exec(html)?.index ?? html.length;
  }
  return parts.join('') + html.slice(from);
}

/** Text with each tag a line's end, for pages that no parser should see. */
function stripTags(html: string): string {
  return `${dropScripts(html).replace(/<[^<>]{0,4000}>/g, '\n').split('\n').map((line) => collapse(line).trim()).filter((line) => line !== '').join('\n')}\n`;
}

export interface HtmlText {
  readonly text: string;
  /** Lines that the page sets as headings; spans in `text`, ascending. */
  readonly headings: readonly HeadingHint[];
}

export function htmlToText(html: string): HtmlText {
  const page = parsePage(html);
  if (page === undefined) return { text: stripTags(html), headings: [] };
  const lines = new Lines();
  walk(page, lines);
  return { text: lines.join(), headings: lines.listHeadings() };
}
