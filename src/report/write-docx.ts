/**
 * A report as a Word document: A4, headings as Word's own (so that its navigation and table of contents work), tables with repeated heads, pictures as PNG
 * with alternative texts, page numbers. Made by the library docx.
 *
 * The contents show their pages as soon as the file is opened, whatever opens it, and Word does not ask first: the pages are laid out here, as Word does it.
 * So that this holds in every program, lines have fixed heights (固定值, as official documents have them): of Word's own, those of Microsoft YaHei are 1.7
 * of the letters and would be 1.45 where another font stands in, 70 pages against 63. A number that somebody's edits make wrong is put right by F9.
 */
import {
  AlignmentType, BorderStyle, Document, Footer, HeadingLevel, ImageRun, LevelFormat, LineRuleType, Packer, PageNumber, Paragraph, ShadingType, Table, TableCell, TableOfContents, TableRow, TextRun, VerticalAlign, WidthType,
} from 'docx';
import { estimatePageNumbersWith } from 'docx/layout';
import type { Block, ReportDocument, Run, Text } from './document.ts';
import { FRAME_WORDS } from './document.ts';
import { toPng } from './draw/to-png.ts';
import { PAGE_LINES } from './page-frame.ts';

/** Twentieths of a point: A4 with 25 mm at the sides. */
const PAGE = { width: 11_906, height: 16_838, side: 1418 } as const;
const TEXT_WIDTH = PAGE.width - 2 * PAGE.side;
/** Heights of lines, twentieths of a point. */
const LINE = { title: 1040, heading1: 560, heading2: 460, heading3: 420, subtitle: 520, body: 380, item: 360, small: 280, gap: 120 } as const;
/** Points into twentieths, as a paragraph's spacing in the frame `page`. */
const spaced = ({ line, before, after }: { readonly line: number; readonly before: number; readonly after: number }) => ({ ...exactly(line * 20), before: before * 20, after: after * 20 });
const RED = 'B3261E';
const exactly = (line: number) => ({ line, lineRule: LineRuleType.EXACT });
/** A picture is as high as it is. */
const AS_HIGH = { line: 240, lineRule: LineRuleType.AUTO } as const;
/** Pixels at 96 a inch across the text. */
const TEXT_PIXELS = Math.floor(TEXT_WIDTH / 15);
const FONT = { ascii: 'Calibri', hAnsi: 'Calibri', eastAsia: 'Microsoft YaHei', cs: 'Calibri' } as const;
const INK = '1D2733';
const FAINT = '5B6775';
const HEAD_FILL = 'EEF2F6';
const LEVELS = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const;
const ALIGN = { start: AlignmentType.START, end: AlignmentType.END, centre: AlignmentType.CENTER } as const;

/**
 * Pages are laid out past what the library does not know (the width of a rare character) by its best guess.
 */
const estimatePages = estimatePageNumbersWith({ guess: true });

/** Characters XML does not take would make Word refuse the file. Roman numerals are letters, whose widths are known. */
// oxlint-disable-next-line no-control-regex
const clean = (text: string): string => text.replaceAll('Ⅰ', 'I').replaceAll('Ⅱ', 'II').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');

function runs(text: Text, base: { readonly size?: number; readonly bold?: boolean; readonly color?: string } = {}): TextRun[] {
  const parts: readonly Run[] = typeof text === 'string' ? [{ text }] : text;
  return parts.flatMap(({ text: words, bold, faint, colour }) =>
    clean(words).split('\n').map((line, i) => new TextRun({
      text: line, ...base, ...(i > 0 && { break: 1 }), ...(bold === true && { bold: true }), ...(faint === true && { color: FAINT }),
      ...(colour !== undefined && { shading: { type: ShadingType.CLEAR, color: 'auto', fill: colour.slice(1) } }),
    })),
  );
}

const caption = (text: string): Paragraph => new Paragraph({ children: runs(text, { size: 18, color: FAINT }), spacing: { ...exactly(LINE.small), before: 80, after: 160 }, keepLines: true });

class Writer {
  readonly #report: ReportDocument;
  readonly #isPage: boolean;
  #tables = 0;
  #figures = 0;

  constructor(report: ReportDocument) {
    this.#report = report;
    this.#isPage = report.frame === 'page';
  }

  #caption(title: string): Paragraph {
    const spacing = this.#isPage ? spaced(PAGE_LINES.small) : { ...exactly(LINE.small), before: 160, after: 60 };
    return new Paragraph({ children: runs(`${FRAME_WORDS.table[this.#report.language]} ${++this.#tables} ${title}`, { size: 18, color: FAINT }), keepNext: true, spacing });
  }

  #table({ caption: title, columns, rows, empty }: Extract<Block, { type: 'table' }>): (Paragraph | Table)[] {
    const total = columns.reduce((sum, { width }) => sum + width, 0);
    const widths = columns.map(({ width }) => Math.floor((TEXT_WIDTH * width) / total));
    const cellLine = exactly(this.#isPage ? PAGE_LINES.small.line * 20 : LINE.small);
    const cell = (text: Text, i: number, isHead: boolean): TableCell => new TableCell({
      width: { size: widths[i], type: WidthType.DXA },
      verticalAlign: isHead ? VerticalAlign.CENTER : VerticalAlign.TOP,
      margins: { top: 40, bottom: 40, left: 80, right: 80 },
      ...(isHead && { shading: { type: ShadingType.CLEAR, color: 'auto', fill: HEAD_FILL } }),
      children: [new Paragraph({ spacing: cellLine, alignment: isHead ? AlignmentType.START : ALIGN[columns[i].align ?? 'start'], children: runs(text, { size: 18, ...(isHead && { bold: true }) }) })],
    });
    const head = new TableRow({ tableHeader: true, cantSplit: true, children: columns.map(({ header }, i) => cell(header, i, true)) });
    const body = rows.length > 0
      ? rows.map((row) => new TableRow({ cantSplit: true, children: row.map((text, i) => cell(text, i, false)) }))
      : [new TableRow({ children: [new TableCell({ columnSpan: columns.length, children: [new Paragraph({ spacing: cellLine, alignment: AlignmentType.CENTER, children: runs([{ text: empty, faint: true }], { size: 18 }) })] })] })];
    const line = { style: BorderStyle.SINGLE, size: 4, color: 'C5CED8' } as const;
    return [
      ...(title === '' ? [] : [this.#caption(title)]),
      new Table({ width: { size: TEXT_WIDTH, type: WidthType.DXA }, columnWidths: widths, rows: [head, ...body], borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line } }),
      new Paragraph({ children: [], spacing: this.#isPage ? spaced(PAGE_LINES.gap) : { ...exactly(LINE.gap), after: 120 } }),
    ];
  }

  #figure({ caption: title, scene, legend }: Extract<Block, { type: 'figure' }>): Paragraph[] {
    const width = Math.min(TEXT_PIXELS, scene.width);
    const height = Math.round((scene.height * width) / scene.width);
    const text = `${FRAME_WORDS.figure[this.#report.language]} ${++this.#figures} ${title}`;
    const picture = new ImageRun({ type: 'png', data: toPng(scene), transformation: { width, height }, altText: { name: clean(text), title: clean(title), description: clean(scene.alt) } });
    const keys = (legend ?? []).flatMap(({ colour, text: words }): Run[] => [{ text: '\u2003', colour }, { text: ` ${words}\u2003` }]);
    return [
      new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, spacing: { ...AS_HIGH, before: 160 }, children: [picture] }),
      ...(keys.length > 0 ? [new Paragraph({ keepNext: true, spacing: exactly(LINE.small), alignment: AlignmentType.CENTER, children: runs(keys, { size: 18 }) })] : []),
      caption(text),
    ];
  }

  block(block: Block): (Paragraph | Table)[] {
    switch (block.type) {
      case 'heading':
        return [new Paragraph({ heading: LEVELS[block.level], children: runs(block.text), pageBreakBefore: block.newPage === true })];
      case 'paragraph':
        return [new Paragraph({ children: runs(block.text), spacing: this.#isPage ? spaced(PAGE_LINES.body) : { ...exactly(LINE.body), after: 120 } })];
      case 'list':
        return block.items.map((item) => new Paragraph({ children: runs(item), numbering: { reference: 'points', level: 0 }, spacing: this.#isPage ? spaced(PAGE_LINES.item) : { ...exactly(LINE.item), after: 60 } }));
      case 'page-break':
        return [new Paragraph({ children: [], spacing: exactly(LINE.gap), pageBreakBefore: true })];
      case 'figure':
        return this.#figure(block);
      case 'table':
        return this.#table(block);
    }
  }

  /** Masthead with its red line, title, facts: the frame `page`. */
  masthead(): Paragraph[] {
    const { title, subtitle, facts } = this.#report;
    const { masthead, facts: small, title: large } = PAGE_LINES;
    return [
      new Paragraph({ spacing: spaced(masthead), children: runs(subtitle, { size: masthead.size * 2, bold: true, color: RED }) }),
      new Paragraph({ spacing: spaced(small), border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: RED, space: 2 } }, children: runs(facts.join('\u3000'), { size: small.size * 2, color: FAINT }) }),
      new Paragraph({ spacing: spaced(large), alignment: AlignmentType.CENTER, keepNext: true, children: runs(title, { size: large.size * 2, bold: true }) }),
    ];
  }

  titlePage(): (Paragraph | TableOfContents)[] {
    const { title, subtitle, facts, language } = this.#report;
    return [
      new Paragraph({ spacing: { ...exactly(LINE.title), before: 3600 }, alignment: AlignmentType.CENTER, children: runs(title, { size: 52, bold: true }) }),
      new Paragraph({ spacing: { ...exactly(LINE.subtitle), before: 240, after: 1200 }, alignment: AlignmentType.CENTER, children: runs(subtitle, { size: 26, color: FAINT }) }),
      ...facts.map((fact) => new Paragraph({ spacing: exactly(LINE.body), alignment: AlignmentType.CENTER, children: runs(fact, { size: 22, color: FAINT }) })),
      new Paragraph({ spacing: { ...exactly(LINE.heading1), after: 160 }, pageBreakBefore: true, children: runs(FRAME_WORDS.contents[language], { size: 32, bold: true }) }),
      new TableOfContents(FRAME_WORDS.contents[language], { hyperlink: true, headingStyleRange: '1-2' }),
    ];
  }
}

/** @returns the bytes of the .docx */
export async function writeDocx(report: ReportDocument): Promise<Uint8Array> {
  const writer = new Writer(report);
  const isPage = report.frame === 'page';
  const heading = (level: 1 | 2 | 3, size: number, line: number, before: number) => {
    const style = PAGE_LINES[`heading${level}`];
    return { run: { size: isPage ? style.size * 2 : size, bold: true, color: INK, font: FONT }, paragraph: { spacing: isPage ? spaced(style) : { ...exactly(line), before, after: 120 }, keepNext: true } };
  };
  const contents = (level: 1 | 2) => ({ id: `TOC${level}`, name: `toc ${level}`, basedOn: 'Normal', next: 'Normal', paragraph: { spacing: { ...exactly(LINE.body), before: level === 1 ? 80 : 0 }, indent: { left: 420 * (level - 1) } } });
  const document = new Document({
    pageNumbers: estimatePages,
    title: report.title, creator: 'Chengmai 城脉', description: report.subtitle,
    styles: { default: { document: { run: { font: FONT, size: 21, color: INK, language: { value: report.language === 'zh' ? 'zh-CN' : 'en-GB', eastAsia: 'zh-CN' } } }, heading1: heading(1, 32, LINE.heading1, 360), heading2: heading(2, 26, LINE.heading2, 280), heading3: heading(3, 23, LINE.heading3, 200) }, paragraphStyles: [contents(1), contents(2)] },
    numbering: { config: [{ reference: 'points', levels: [{ level: 0, format: LevelFormat.BULLET, text: '•', alignment: AlignmentType.START, style: { paragraph: { indent: { left: 420, hanging: 260 } } } }] }] },
    sections: [{
      properties: { page: { size: { width: PAGE.width, height: PAGE.height }, margin: { top: 1440, bottom: 1300, left: PAGE.side, right: PAGE.side } }, titlePage: true },
      footers: { default: new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], size: 18, color: FAINT })] })] }), first: new Footer({ children: [new Paragraph('')] }) },
      children: [...(isPage ? writer.masthead() : writer.titlePage()), ...report.blocks.flatMap((block) => writer.block(block))],
    }],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
