/**
 * The measures of the frame `page`, in points, for both writers, and how high blocks become in it. Lines have fixed heights, so the height depends on the number of
 * lines alone; these are counted with the letters of the widest font that may stand in (a digit of DejaVu Sans takes 0.64 of its size, one of Calibri 0.51), and a line
 * is taken for full one letter early, where Chinese punctuation may not begin the next. What fits by this count fits in Word, LibreOffice and browsers.
 */
import type { Block, ReportDocument, Text } from './document.ts';

/** A4 with the margins of write-docx.ts; `width` and `height` of what is printed on. */
export const PAGE_BOX = { top: 72, bottom: 65, side: 70.9, width: 453.5, height: 704.9 } as const;

export const PAGE_LINES = {
  masthead: { size: 12, line: 20, before: 0, after: 2 },
  facts: { size: 9, line: 13, before: 0, after: 8 },
  title: { size: 16, line: 24, before: 4, after: 6 },
  heading1: { size: 12, line: 19, before: 5, after: 1 },
  heading2: { size: 11, line: 18, before: 4, after: 1 },
  heading3: { size: 10.5, line: 17, before: 4, after: 2 },
  body: { size: 10.5, line: 16, before: 0, after: 2 },
  item: { size: 10.5, line: 16, before: 0, after: 1 },
  /** Captions, cells, what stands below figures. */
  small: { size: 9, line: 13, before: 4, after: 3 },
  /** Below a table. */
  gap: { size: 0, line: 4, before: 0, after: 0 },
} as const;
export const PAGE_INDENT = 21;
export const CELL = { top: 2, side: 4, border: 0.5 } as const;

/** Of ASCII from the space on, thousandths of the size: DejaVu Sans, the widest that stands in for Calibri or a system's own. */
const ASCII = [
  318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
  1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
  500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];
/** Up to U+024F; all beyond are taken for square. */
const WIDTHS = Float64Array.from({ length: 0x250 }, (_, code) => (code < 32 ? 1 : (ASCII[code - 32] ?? 800) / 1000));
/** Bold letters are wider. */
const BOLD = 1.13;

function widthOf(text: string): number {
  let wide = 0;
  for (let i = 0; i < text.length; i++) wide += WIDTHS[text.charCodeAt(i)] ?? (text[i] === '\u2002' ? 0.5 : 1);
  return wide;
}

/** Words of letters stay together; every other character is one by itself. */
const TOKEN = /[\u0021-\u024f]+|\s|[^\u0021-\u024f\s]/gu;

/** Lines that a text takes at a size, both in points; 1 for an empty one. */
export function linesOf(text: string, width: number, size: number): number {
  const room = Math.max(2, width / size - 1);
  let lines = 0;
  for (const part of text.split('\n')) {
    lines++;
    let at = 0;
    for (const [token] of part.matchAll(TOKEN)) {
      const wide = widthOf(token);
      if (at + wide <= room) { at += wide; continue; }
      if (/^\s$/.test(token)) { lines++; at = 0; continue; }
      if (at > 0) lines++;
      // a word longer than a line is broken
      lines += Math.max(0, Math.ceil(wide / room) - 1);
      at = wide > room ? wide % room : wide;
    }
  }
  return lines;
}

/** The text cut to so many lines, ending in … where something was cut off. Line feeds become spaces. */
export function clipText(text: string, width: number, size: number, lines: number): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  if (linesOf(flat, width, size) <= lines) return flat;
  // a line holds no more characters than this; a long text need not be measured whole
  const chars = [...flat].slice(0, Math.ceil((lines * width) / size / 0.27) + 1);
  let [fits, over] = [0, chars.length + 1];
  while (over - fits > 1) {
    const middle = (fits + over) >> 1;
    if (linesOf(`${chars.slice(0, middle).join('').trimEnd()}…`, width, size) <= lines) fits = middle;
    else over = middle;
  }
  return `${chars.slice(0, fits).join('').trimEnd()}…`;
}

export const plainText = (text: Text): string => (typeof text === 'string' ? text : text.map((run) => run.text).join(''));

type Style = (typeof PAGE_LINES)[keyof typeof PAGE_LINES];
const tall = (text: string, width: number, { size, line, before, after }: Style): number => before + linesOf(text, width, size) * line + after;
const tallBold = (text: string, width: number, style: Style): number => tall(text, width / BOLD, style);

/** The width within the cells of a column, in points. */
export function cellWidth(columns: readonly { readonly width: number }[], i: number): number {
  const total = columns.reduce((sum, { width }) => sum + width, 0);
  return (PAGE_BOX.width * columns[i].width) / total - 2 * CELL.side;
}

function heightOf(block: Block): number {
  switch (block.type) {
    case 'heading': return tallBold(block.text, PAGE_BOX.width, PAGE_LINES[`heading${block.level}`]);
    case 'paragraph': return tall(plainText(block.text), PAGE_BOX.width, PAGE_LINES.body);
    case 'list': return block.items.reduce((sum, item) => sum + tall(plainText(item), PAGE_BOX.width - PAGE_INDENT, PAGE_LINES.item), 0);
    case 'page-break':
    case 'figure': return PAGE_BOX.height;
    case 'table': {
      const { columns, caption, rows, empty } = block;
      const { size, line } = PAGE_LINES.small;
      const row = (cells: readonly Text[]): number => Math.max(...cells.map((cell, i) => linesOf(plainText(cell), cellWidth(columns, i), size))) * line + 2 * CELL.top + CELL.border;
      const body = rows.length === 0 ? line * linesOf(empty, PAGE_BOX.width, size) + 2 * CELL.top : rows.reduce((sum, cells) => sum + row(cells), 0);
      const head = Math.max(...columns.map(({ header }, i) => linesOf(header, cellWidth(columns, i) / BOLD, size))) * line + 2 * CELL.top + CELL.border;
      return (caption === '' ? 0 : tall(caption, PAGE_BOX.width - 30, PAGE_LINES.small)) + head + body + CELL.border + PAGE_LINES.gap.line;
    }
  }
}

/** Points that a report of the frame `page` takes, from the first line of the masthead on. */
export function pageHeight({ title, subtitle, facts, blocks }: ReportDocument): number {
  const { width } = PAGE_BOX;
  return tallBold(subtitle, width, PAGE_LINES.masthead) + tall(facts.join('\u3000'), width, PAGE_LINES.facts) + tallBold(title, width, PAGE_LINES.title) + blocks.reduce((sum, block) => sum + heightOf(block), 0);
}
