/**
 * The lines of a page in the order in which a person reads them, from pieces of text with their places: a page of two columns is read down the left one and then the right
 * one, lines that go over both part it; cells of a table keep a tab between them; an indent stays one. A file may hold its pieces in any order.
 */

export interface Piece {
  readonly text: string;
  /** Left end of the baseline, points, y upwards. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Of the type, points. */
  readonly height: number;
}

/** Pieces on one baseline that stand close together. */
interface Segment {
  readonly x: number;
  readonly end: number;
  readonly y: number;
  readonly height: number;
  readonly text: string;
}

/** Characters of white between two pieces of a line beyond which they are cells. */
const CELL_GAP = 1.2;
/** The same in a line whose characters justified type has driven apart, each from the next. */
const SPREAD_GAP = 4;
/** Share of the type's height by which baselines of one line may differ. */
const SAME_LINE = 0.4;

const isWestern = (char: string): boolean => char > ' ' && char < '\u0250';

/** Pieces of each line, lines from the top. */
function groupLines(pieces: readonly Piece[]): Piece[][] {
  const lines: Piece[][] = [];
  let y = Infinity, height = 0;
  for (const piece of [...pieces].sort((a, b) => b.y - a.y || a.x - b.x)) {
    if (lines.length > 0 && y - piece.y <= SAME_LINE * Math.max(height, piece.height)) lines[lines.length - 1].push(piece);
    else {
      lines.push([piece]);
      ({ y, height } = piece);
    }
  }
  return lines.map((line) => line.sort((a, b) => a.x - b.x));
}

/** Whether the type of a line is driven apart to fill it: white between most of its characters. */
function isSpread(line: readonly Piece[]): boolean {
  const characters = line.reduce((sum, { text }) => sum + text.length, 0);
  const gaps = line.filter(({ x, height }, i) => i > 0 && x - line[i - 1].x - line[i - 1].width > 0.15 * height).length;
  return characters >= 6 && gaps >= 0.4 * (characters - 1);
}

/** Blanks between characters that were driven apart; a single one (张 某) is meant. */
function closeUp(text: string): string {
  const parted = /(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])/g;
  return (text.match(parted)?.length ?? 0) >= 3 ? text.replace(parted, '') : text;
}

function joinPieces(line: readonly Piece[]): Segment[] {
  const segments: Segment[] = [];
  const most = isSpread(line) ? SPREAD_GAP : CELL_GAP;
  for (const { text, x, y, width, height } of line) {
    const last = segments[segments.length - 1];
    const gap = last === undefined ? Infinity : x - last.end;
    if (last === undefined || gap > most * Math.max(height, last.height)) {
      segments.push({ x, end: x + width, y, height, text: text.trimStart() });
      continue;
    }
    const needsBlank = gap > 0.2 * height && isWestern(last.text[last.text.length - 1] ?? '') && isWestern(text[0] ?? '');
    segments[segments.length - 1] = { ...last, end: Math.max(last.end, x + width), height: Math.max(last.height, height), text: last.text + (needsBlank ? ' ' : '') + text };
  }
  return segments.map((segment) => ({ ...segment, text: closeUp(segment.text.trimEnd()) }));
}

/** Lines of each column that a page of two has, at least. */
const LEAST_LINES = 6;
/** Share of the column's width that its lines fill where they are running text; cells of a table are shorter. */
const FULL = 0.7;

/** Where the white between two columns of running text lies; `undefined` where a page has one column, or a table. */
function findGutter(lines: readonly (readonly Segment[])[]): number | undefined {
  const segments = lines.flat();
  if (segments.length < 2 * LEAST_LINES) return undefined;
  const left = Math.min(...segments.map(({ x }) => x)), right = Math.max(...segments.map(({ end }) => end)), width = right - left;
  let best: number | undefined, fewest = Infinity;
  for (let step = 35; step <= 65; step++) {
    const at = left + (width * step) / 100;
    const crossing = segments.filter(({ x, end }) => x < at && end > at).length + Math.abs(step - 50) / 1000;
    if (crossing < fewest) [best, fewest] = [at, crossing];
  }
  if (best === undefined) return undefined;
  const at = best;
  // Rows of a table in a column say nothing about it.
  const halves = [lines.map((line) => line.filter(({ end }) => end <= at)), lines.map((line) => line.filter(({ x }) => x >= at))].map((half) => half.filter((line) => line.length === 1).flat());
  const isText = halves.every((half) => {
    if (half.length < LEAST_LINES) return false;
    const from = Math.min(...half.map(({ x }) => x)), to = Math.max(...half.map(({ end }) => end));
    return to - from > width * 0.3 && half.filter(({ x, end }) => end - x >= FULL * (to - from)).length * 2 >= half.length;
  });
  return isText && fewest * 3 < segments.length ? at : undefined;
}

/** The left edge that most lines share; lines that begin two characters after it are indented. */
function leftEdge(lines: readonly (readonly Segment[])[]): number {
  const counts = new Map<number, number>();
  for (const [first] of lines) counts.set(Math.round(first.x), (counts.get(Math.round(first.x)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return Math.min(...[...counts].filter(([, count]) => count >= Math.max(2, most / 4)).map(([x]) => x), ...(most < 2 ? counts.keys() : []));
}

/** Ideographic blanks for an indent of one and a half characters to four; what stands in the middle of the page is no paragraph. */
function indentOf({ x, height }: Segment, edge: number): string {
  const indent = (x - edge) / height;
  return indent >= 1.5 && indent <= 4 ? '\u3000\u3000' : '';
}

function writeLines(lines: readonly (readonly Segment[])[]): string[] {
  if (lines.length === 0) return [];
  const edge = leftEdge(lines);
  return lines.map((line) => indentOf(line[0], edge) + line.map(({ text }) => text).join('\t'));
}

/** Lines of a page, top to bottom, column by column. */
export function orderPage(pieces: readonly Piece[]): string[] {
  // White is told by places: a blank between two pieces is as wide as what lies between them.
  const lines = groupLines(pieces.filter(({ text }) => text.trim() !== '')).map(joinPieces);
  const gutter = findGutter(lines);
  if (gutter === undefined) return writeLines(lines);
  const out: string[] = [];
  let left: Segment[][] = [], right: Segment[][] = [];
  const flush = (): void => {
    out.push(...writeLines(left), ...writeLines(right));
    left = [];
    right = [];
  };
  for (const line of lines) {
    // Three cells, or two in one column, are a row of a table.
    const isRow = line.length > 2 || (line.length === 2 && (line[1].end <= gutter || line[0].x >= gutter));
    if (isRow || line.some(({ x, end }) => x < gutter && end > gutter)) {
      flush();
      out.push(...writeLines([line]));
      continue;
    }
    const [before, after] = [line.filter(({ end }) => end <= gutter), line.filter(({ x }) => x >= gutter)];
    if (before.length > 0) left.push(before);
    if (after.length > 0) right.push(after);
  }
  flush();
  return out;
}
