/**
 * The text of a web page as a person sees it: blocks on lines of their own, table rows on one line with tabs, hidden things and scripts
 * left out. Around the block that holds most of the running text a blank line is kept, so that a page's navigation stays apart.
 */
import { defaultTreeAdapter, parse } from 'parse5';
import type { DefaultTreeAdapterMap, DefaultTreeAdapterTypes, TreeAdapter } from 'parse5';

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

/** The arrow that mammoth puts behind a footnote; no person wrote it. */
function isWayBack(element: Element): boolean {
  return element.tagName === 'a' && /^#(?:foot|end)note-ref-/.test(attribute(element, 'href') ?? '');
}

/** White space of the source runs together, as a browser shows it; an ideographic or no-break blank stays. */
function collapse(text: string): string {
  return text.replace(/[ \t\r\n\f]+/g, ' ');
}

/** Text between Chinese characters that the source broke over lines has no blank there. */
function tidyLine(line: string): string {
  return line.replace(/^[ \t]+|[ \t]+$/g, '').replace(/(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])/g, '');
}

class Lines {
  readonly #lines: string[] = [];
  #line: string[] = [];

  add(text: string): void {
    this.#line.push(text);
  }

  break(): void {
    const line = tidyLine(this.#line.join(''));
    this.#line = [];
    if (line !== '') this.#lines.push(line);
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

function addRow(row: Element, lines: Lines): void {
  const cells = row.childNodes.filter((child): child is Element => isElement(child) && (child.tagName === 'td' || child.tagName === 'th'));
  const texts = cells.map((cell) => {
    const inner = new Lines();
    walk(cell, inner);
    // a blank between Chinese characters would be taken for one of the source: names in paragraphs of their own must stay apart
    return inner.join().trim().replace(/\n+/g, '\u3000');
  });
  lines.break();
  if (texts.some((text) => text !== '')) lines.add(texts.join('\t'));
  lines.break();
}

/** Visits the nodes under `root` in order, without recursion but for the cells of a table of figures. */
function walk(root: Node | Parent, lines: Lines): void {
  type Step = { readonly node: Node; readonly leave: boolean; readonly isData: boolean };
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
    if (SILENT.has(tagName) || isHidden(node) || isWayBack(node)) continue;
    if (leave) {
      if (isApart(tagName)) lines.part();
      else lines.break();
      continue;
    }
    if (tagName === 'br') {
      lines.break();
      continue;
    }
    if (isData && tagName === 'tr') {
      addRow(node, lines);
      continue;
    }
    const isBlock = BLOCKS.has(tagName) || tagName === 'td' || tagName === 'th';
    if (isBlock) {
      if (isApart(tagName)) lines.part();
      else lines.break();
      stack.push({ node, leave: true, isData });
    }
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

export function htmlToText(html: string): string {
  const page = parsePage(html);
  if (page === undefined) return stripTags(html);
  const lines = new Lines();
  walk(page, lines);
  return lines.join();
}
