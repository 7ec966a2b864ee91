/**
 * The text of a web page as a person sees it: blocks on lines of their own, table rows on one line with tabs, hidden things and scripts
 * left out. Around the block that holds most of the running text a blank line is kept, so that a page's navigation stays apart.
 */
import { parse } from 'parse5';
import type { DefaultTreeAdapterTypes } from 'parse5';

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
    return inner.join().trim().replace(/\n+/g, ' ');
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
    if (SILENT.has(tagName) || isHidden(node)) continue;
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

const DEEPEST = 2000;
// Elements that need no end tag, or have none, say nothing of depth.
const TAG = /<(\/?)([a-z][a-z0-9]{0,20})(?=[\s/>])/gi;
const OPEN_ENDED = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|td|tr|th|dd|dt|option|tbody|thead|tfoot)$/i;

/** Whether elements nest deeper than any page does. parse5 takes a second for 10,000 levels and a minute for 100,000. */
function isTooDeep(html: string): boolean {
  let depth = 0;
  for (const [, slash, name] of html.matchAll(TAG)) {
    if (OPEN_ENDED.test(name)) continue;
    depth += slash === '' ? 1 : depth > 0 ? -1 : 0;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** Text with each tag a line's end, for pages that no parser should see. */
function stripTags(html: string): string {
  return `${html.replace(/<[^<>]{0,4000}>/g, '\n').split('\n').map((line) => collapse(line).trim()).filter((line) => line !== '').join('\n')}\n`;
}

export function htmlToText(html: string): string {
  if (isTooDeep(html)) return stripTags(html);
  const lines = new Lines();
  walk(parse(html), lines);
  return lines.join();
}
