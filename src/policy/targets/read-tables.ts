/**
 * Targets and facts of tables whose columns (or rows) are years: 指标 | 单位 | 2024年 | 2025年 | 2030年 | 属性. A figure under a year to come is a
 * target by that year, one under a past year or 现状, 完成 is a fact; what the header leaves open is reported, never guessed.
 * Rules: docs/policy-reading.md.
 */
import type { Fact, IsoDay, Quantity, Target, TimeExpression } from '../model.ts';
import { foldWidth } from '../numerals/fold-width.ts';
import type { Passage } from '../passage.ts';
import { sourceSpan } from '../passage.ts';
import { readFiveYearPlan } from '../times/five-year-plans.ts';
import type { Mood } from './mood.ts';
import type { CellUnit } from './table-cells.ts';
import { parseUnit, readCell } from './table-cells.ts';

/** Cells of a line, places in the passage. */
interface Cell {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
interface Line {
  readonly start: number;
  readonly end: number;
  readonly cells: readonly Cell[];
}

type Role = 'base' | 'goal' | 'forecast' | null;
/** What the head of a column or row says of the figures under it. */
interface Head {
  readonly cell: Cell;
  readonly role: Role;
  /** Last day of the year or plan; null where the head names none (现状值, 目标值). */
  readonly to: IsoDay | null;
  /** 年均增长: change per year. */
  readonly isRate: boolean;
  readonly isCumulative: boolean;
  readonly unit: CellUnit | null;
}

export interface TableContext {
  readonly publishedAt: IsoDay | null;
  /** What the headings around the table say. */
  readonly mood: Mood | null;
  readonly heading: string;
}
export interface TableReading {
  readonly targets: Omit<Target, 'id'>[];
  readonly facts: Fact[];
  /** Cells that were not understood, spans in the source. */
  readonly quantities: Quantity[];
  /** Where tables stand in the passage, ascending: nothing else is to be read there. */
  readonly spans: (readonly [start: number, end: number])[];
}

type Mode = 'tab' | 'bar' | 'wide' | 'blank';
const WIDE_GAP = /[ \u3000\u00a0]{2,}|\u3000/gu;

function modeOf(line: string): Mode | null {
  if (line.includes('\t')) return 'tab';
  if (/[|｜][^|｜]{0,200}[|｜]/u.test(line)) return 'bar';
  return /[^\s](?:[ \u00a0\u3000]{2}|\u3000)/u.test(line) ? 'wide' : null;
}

/** Cells by the marks of `mode`; `blank`: by every blank of the source, those that were taken out between characters and figures too. */
function splitCells({ text, at }: Passage, start: number, end: number, mode: Mode): Cell[] {
  const cuts: [number, number][] = [];
  if (mode === 'tab' || mode === 'bar') {
    for (let i = start; i < end; i++) if (mode === 'tab' ? text[i] === '\t' : text[i] === '|' || text[i] === '｜') cuts.push([i, i + 1]);
  } else if (mode === 'wide') {
    for (const { index, 0: gap } of text.slice(start, end).matchAll(WIDE_GAP)) cuts.push([start + index, start + index + gap.length]);
  } else {
    for (let i = start; i < end; i++) {
      if (text[i] === ' ' || text[i] === '\u3000') cuts.push([i, i + 1]);
      else if (i > start && at[i] - at[i - 1] > 1) cuts.push([i, i]);
    }
  }
  const cells: Cell[] = [];
  let from = start;
  for (const [cut, after] of [...cuts, [end, end] as const]) {
    let first = from, last = cut;
    while (first < last && /\s/u.test(text[first])) first++;
    while (last > first && /\s/u.test(text[last - 1])) last--;
    cells.push({ start: first, end: last, text: foldWidth(text.slice(first, last)) });
    from = after;
  }
  // | a | b |: nothing stands before the first bar and after the last.
  if (mode === 'bar') return cells.filter((cell, i) => cell.text !== '' || (i > 0 && i < cells.length - 1));
  return mode === 'blank' ? cells.filter((cell) => cell.text !== '') : cells;
}

const BASE = /现状|基[期准数]|实际|完成|实绩|统计/u, GOAL = /目标|规划|计划|预期|任务/u, FORECAST = /预计|预测|估计/u;
const HEAD = /^(?:到|至|截至)?(?:((?:19|20)[0-9]{2})(?:[-—–~至]((?:19|20)[0-9]{2}))?年?度?)?(?:年?[底末初])?(?:末|时期|期间|期末|期)?((?:现状|基[期准数]|实际|完成|实绩|统计|目标|规划|计划|预期|预计|预测|估计|任务|年均|每年|年度|平均|累计|五年|增长率?|增速|增幅|降幅|变化|提高|降低|下降|速度|情况|水平|指标|值|数|量|[:()[\]%/])*)$/u;

/** The head of a column of figures; null where it names something else. */
function parseHead(cell: Cell): Head | null {
  let words = cell.text.replace(/\s/gu, '');
  if (words === '' || words.length > 24) return null;
  const bracket = /[(]([^()]{1,8})[)]$/u.exec(words);
  const unit = bracket === null ? null : parseUnit(bracket[1]);
  if (bracket !== null && unit !== null) words = words.slice(0, bracket.index);
  let to: IsoDay | null = null;
  const quote = words.search(/[“"‘「十]/u);
  const plan = quote < 0 || quote > 1 ? null : readFiveYearPlan(words, quote);
  if (plan !== null) {
    to = plan.span.to;
    words = words.slice(0, quote) + words.slice(plan.end);
  }
  const match = HEAD.exec(words);
  if (match === null) return null;
  if (match[1] !== undefined) to = `${match[2] ?? match[1]}-12-31`;
  const said = match[3];
  const isRate = /年均|每年|年度平均|增速|增长率|速度/u.test(said);
  const role: Role = FORECAST.test(said) ? 'forecast' : GOAL.test(said) ? 'goal' : BASE.test(said) ? 'base' : null;
  if (to === null && role === null && !isRate) return null;
  // A bare 指标 or 任务 names the rows.
  if (to === null && !isRate && !/值|数|目标|现状|基期|完成|计划|规划/u.test(said)) return null;
  if (to === null && /^(?:任务|目标|指标|目标任务|任务目标|规划|计划|任务指标|目标指标|年度任务|年度计划|完成情况|年度目标任务)$/u.test(said)) return null;
  return { cell, role, to, isRate, isCumulative: /累计|五年/u.test(said.replace(/[[(][^\])]*[\])]/gu, '')), unit };
}

const NAME_HEAD = /指标|名称/u, UNIT_HEAD = /^(?:计量)?单位$/u;
const SIDE_HEAD = /^(?:序号|编号|类[别型]|领域|属性|指标(?:属性|类型|性质)|性质|备注|说明|责任(?:单位|部门)|牵头(?:单位|部门)|数据来源|来源|维度)$/u;
const TIME_HEAD = /^(?:年[份度]|时间|阶段|时期)$/u;

interface Table {
  readonly header: Line;
  readonly mode: Mode;
  readonly heads: readonly (Head | null)[];
  readonly name: number;
  readonly unit: number;
  readonly kind: number;
}

function parseHeader(line: Line, above: Line | null, mode: Mode): Table | null {
  if (line.cells.length < 2) return null;
  // 目标值 over 2025年 and 2030年: what the upper row says holds for the columns under it.
  const under = above !== null && above.cells.length === line.cells.length ? above : null;
  let upper = '';
  const heads = line.cells.map((cell, i) => {
    if (under !== null && under.cells[i].text !== '') upper = under.cells[i].text;
    const head = parseHead(cell);
    // 年度目标 in the first column heads the names of the rows.
    if (head !== null && i === 0 && head.to === null) return null;
    if (head === null || head.role !== null || under === null || upper === cell.text) return head;
    const role: Role = FORECAST.test(upper) ? 'forecast' : GOAL.test(upper) ? 'goal' : BASE.test(upper) ? 'base' : null;
    return { ...head, role, isRate: head.isRate || /年均/u.test(upper) };
  });
  const named = heads.filter((head) => head !== null);
  if (named.length === 0 || named.length === line.cells.length) return null;
  // 2025年 | 120 | 15 is a row of figures.
  if (line.cells.some(({ text }, i) => heads[i] === null && /^[≥≤<>约]?[0-9.,%—-]+$/u.test(text))) return null;
  const words = line.cells.map(({ text }) => text.replace(/\s/gu, ''));
  // One column of figures has to say what it is: 2027年目标, or 指标 beside it.
  if (named.length === 1 && named[0].to === null && !words.some((cell) => NAME_HEAD.test(cell))) return null;
  const isOther = (i: number): boolean => heads[i] === null && !UNIT_HEAD.test(words[i]) && !SIDE_HEAD.test(words[i]);
  const exact = words.findIndex((cell, i) => isOther(i) && NAME_HEAD.test(cell));
  const name = exact >= 0 ? exact : words.findIndex((_, i) => isOther(i));
  return name < 0 ? null : { header: line, mode, heads, name, unit: words.findIndex((cell) => UNIT_HEAD.test(cell)), kind: words.findIndex((cell) => /属性|性质|类型/u.test(cell)) };
}

const GATE = /[0-9]{4}年?(?:19|20)[0-9]{2}年/u;
/** Without one of these no line has cells. */
const mayHold = (text: string): boolean => text.includes('\t') || text.includes('  ') || text.includes('\u3000') || text.includes('|') || text.includes('｜') || text.includes('\u00a0') || GATE.test(text);

export function readTables(passage: Passage, contextOf: () => TableContext): TableReading {
  const reading: TableReading = { targets: [], facts: [], quantities: [], spans: [] };
  const { text } = passage;
  if (!mayHold(text)) return reading;
  let known: TableContext | null = null;
  const state: { table: Table | null } = { table: null };
  let above: Line | null = null, caption = '', rows: Line[] = [];
  const close = (): void => {
    if (state.table !== null && rows.length > 0) readRows(passage, state.table, rows, caption, (known ??= contextOf()), reading);
    state.table = null;
    rows = [];
  };
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const line = text.slice(start, Math.min(end, start + LONGEST_ROW));
    const { table } = state;
    const mode: Mode | null = table?.mode ?? modeOf(line) ?? (GATE.test(line) && end - start < 200 ? 'blank' : null);
    const own: Line | null = mode === null || end - start > LONGEST_ROW ? null : { start, end, cells: splitCells(passage, start, end, mode) };
    const isRow = own !== null && own.cells.length >= 2;
    const header: Table | null = own !== null && mode !== null && isRow ? parseHeader(own, above, mode) ?? (table === null ? parseYearRows(own, mode) : null) : null;
    if (header !== null) {
      close();
      state.table = header;
    } else if (table !== null && own !== null && (isRow || isGroup(line))) {
      if (!/^[\s|｜:-]*$/u.test(line)) rows.push(own);
    } else {
      close();
      if (!isRow && line.trim() !== '' && line.length <= 80) caption = line;
    }
    above = isRow ? own : null;
    start = end + 1;
  }
  close();
  return reading;
}
const LONGEST_ROW = 4000;

/** 一、经济发展 alone in its row: a group of rows. */
const isGroup = (line: string): boolean => line.length <= 24 && !/[。；;:：，,]/u.test(line) && line.trim() !== '' && !/^(?:注|说明|备注|数据来源|资料来源|附)/u.test(line.trim());

/** 年份 | 指标甲 | 指标乙, with a year at the head of each row. */
function parseYearRows(line: Line, mode: Mode): Table | null {
  return line.cells.length >= 2 && TIME_HEAD.test(line.cells[0].text.replace(/\s/gu, '')) ? { header: line, mode, heads: line.cells.map(() => null), name: -1, unit: -1, kind: -1 } : null;
}

/** A figure of a table, ready to be weighed. */
interface Figure {
  readonly head: Head;
  readonly cell: Cell;
}

/**
 * How a row's cells stand under the header's columns: -1 for none. A row that lacks cells (a merged one, an empty one that blanks do not show) is moved to where its cells fit;
 * null where it fits in two ways.
 */
function align(table: Table, cells: readonly Cell[]): number[] | null {
  const { heads } = table, n = heads.length, m = cells.length;
  const straight = heads.map((_, i) => (i < m ? i : -1));
  if (m === n) return straight;
  if (m > n) return cells.slice(n).every(({ text }) => text === '') ? straight : null;
  const score = (way: readonly number[]): number => way.reduce((sum, k, i) => sum + (k < 0 ? 0 : fits(table, i, cells[k].text)), 0);
  const ways: number[][] = [heads.map((_, i) => (i < n - m ? -1 : i - (n - m)))];
  if (cells[m - 1].text !== '') ways.push(straight);
  // One column without its cell: a unit, a kind, a number.
  if (m === n - 1) for (let gone = 1; gone < n - 1; gone++) ways.push(heads.map((_, i) => (i === gone ? -1 : i < gone ? i : i - 1)));
  const ranked = ways.map((way) => ({ way, score: score(way) })).toSorted((a, b) => b.score - a.score);
  const [best] = ranked;
  const rival = ranked.find(({ way, score: points }) => points === best.score && heads.some((head, i) => head !== null && way[i] !== best.way[i]));
  return rival === undefined && best.score > 0 ? best.way : null;
}

function fits({ heads, unit, name, kind }: Table, column: number, text: string): number {
  if (text === '') return 0;
  if (heads[column] !== null) return /[0-9*×〇○—–-]|^[/无]$/u.test(text) && parseUnit(text) === null && !text.endsWith('性') ? 2 : -2;
  if (column === unit) return parseUnit(text) !== null ? 2 : -2;
  if (column === kind) return text.endsWith('性') ? 2 : -2;
  if (column === name) return /[\u4e00-\u9fff]{2}/u.test(text) && !text.endsWith('性') && parseUnit(text) === null ? 2 : -2;
  return 0;
}

const LEADING = /^(?:[0-9]{1,3}(?:[.、．](?![0-9])|(?=[^0-9.%]))|[(][0-9一二三四五六七八九十]{1,3}[)]|[一二三四五六七八九十]{1,3}、|[①-⑳]|[*＊▲★△])\s*/u;
const PART_OF = /^(?:其中|#|[-—–])\s?[:：]?/u;

interface Named {
  readonly subject: string;
  readonly unit: CellUnit | null;
}

/** 常住人口（万人） → 常住人口, 万人. */
function parseName(words: string): Named {
  let subject = words.replace(LEADING, '').trim(), unit: CellUnit | null = null;
  for (const { 0: whole, 1: inside } of subject.matchAll(/[(]([^()]{1,14})[)]/gu)) {
    const parsed = parseUnit(inside);
    if (parsed === null) continue;
    unit = parsed;
    subject = subject.replace(whole, '');
    break;
  }
  return { subject: subject.replace(/[*＊①-⑳]+$|\[[0-9]{1,2}\]$/u, '').trim(), unit };
}

/** What a column (or row) of figures is, once the whole header is known. */
interface Meant {
  readonly role: Role;
  readonly to: IsoDay | null;
}
type Meanings = ReadonlyMap<Head, Meant>;

function readRows(passage: Passage, table: Table, rows: readonly Line[], caption: string, context: TableContext, reading: TableReading): void {
  const heads = table.name < 0 ? rows.map(({ cells }) => parseHead(cells[0])) : table.heads;
  const named = heads.filter((head) => head !== null);
  if (table.name < 0 && named.length * 2 < rows.length) return;
  const meanings = settle(named, table, caption, context);
  if (table.name < 0) readYearRows(passage, table, rows, heads, meanings, reading);
  else readIndicatorRows(passage, table, rows, meanings, reading);
  reading.spans.push([table.header.start, rows[rows.length - 1].end]);
  // One report for each column that nobody can place: a year without 现状 or 目标, in the year of publication.
  for (const [head, { role }] of meanings) if (role === null) reading.quantities.push(notUnderstood(passage, head.cell));
}

function readYearRows(passage: Passage, { header }: Table, rows: readonly Line[], heads: readonly (Head | null)[], meanings: Meanings, reading: TableReading): void {
  const names = header.cells.map(({ text }) => parseName(text));
  rows.forEach(({ cells }, i) => {
    const head = heads[i];
    if (head === null || cells.length !== names.length) return;
    cells.slice(1).forEach((cell, k) => readFigure(passage, { head, cell }, { ...names[k + 1], baseline: null, isBinding: false }, meanings, reading));
  });
}

function readIndicatorRows(passage: Passage, table: Table, rows: readonly Line[], meanings: Meanings, reading: TableReading): void {
  let parent = '';
  for (const { cells } of rows) {
    if (cells.filter(({ text }) => text !== '').length < 2) continue;
    const way = align(table, cells);
    const textAt = (column: number): string => (way === null || column < 0 || way[column] < 0 ? '' : cells[way[column]].text);
    const words = textAt(table.name);
    if (way === null || words === '') {
      const lost = cells.find(({ text }) => /[0-9]/u.test(text));
      if (lost !== undefined) reading.quantities.push(notUnderstood(passage, lost));
      continue;
    }
    const isPart = PART_OF.test(words);
    const { subject, unit } = parseName(words.replace(PART_OF, ''));
    if (!isPart) parent = subject;
    const figures = table.heads.flatMap((head, i): Figure[] => (head === null || way[i] < 0 ? [] : [{ head, cell: cells[way[i]] }]));
    const row: Row = {
      subject: isPart && parent !== '' ? `${parent}（其中${subject}）` : subject, unit: parseUnit(textAt(table.unit)) ?? unit,
      baseline: baselineOf(figures, meanings), isBinding: textAt(table.kind).includes('约束'),
    };
    for (const figure of figures) readFigure(passage, figure, row, meanings, reading);
  }
}

/** The latest figure of what is: the targets after it count from there. */
function baselineOf(figures: readonly Figure[], meanings: Meanings): string | null {
  const base = figures.findLast(({ head, cell }) => {
    const role = meanings.get(head)?.role;
    return (role === 'base' || role === 'forecast') && !head.isRate && readCell(cell.text, null).kind === 'value';
  });
  return base === undefined ? null : `${base.head.cell.text.replace(/\s/gu, '')}${base.cell.text}`;
}

/** The one year to come, or plan, that the line above a table or its section names. */
function yearOf(words: string, publishedAt: IsoDay | null): IsoDay | null {
  const named = [...words.matchAll(/((?:19|20)[0-9]{2})年/gu)].map((match) => `${match[1]}-12-31`);
  const plan = words.search(/[“"‘]?十[一二三四五六七八九]五/u);
  if (plan >= 0) named.push(readFiveYearPlan(words, plan)?.span.to ?? '');
  const years = named.filter((day) => day !== '' && (publishedAt === null || day >= publishedAt));
  return new Set(years).size === 1 ? years[0] : null;
}

/** What each column is: said by its head, else by its year and the day of publication. A column that stays open has the role null. */
function settle(heads: readonly Head[], table: Table, caption: string, { publishedAt, mood, heading }: TableContext): Meanings {
  const meanings = new Map<Head, Meant>();
  const years = heads.filter(({ to, isRate }) => to !== null && !isRate).map(({ to }) => Number(to?.slice(0, 4)));
  const isYearly = years.length > 1 && years.every((year, i) => i === 0 || year === years[i - 1] + 1);
  const asks = mood === 'wanted' || table.kind >= 0 || /目标|规划|计划|预期|指标/u.test(caption) || /目标|指标|规划/u.test(heading);
  const now = publishedAt === null ? null : Number(publishedAt.slice(0, 4)), first = Math.min(...years), last = Math.max(...years);
  const roleOf = ({ to, role, isRate }: Head): Role => {
    const year = to === null ? null : Number(to.slice(0, 4));
    // What was planned for a year that is over, and what is said to be done in one to come.
    if (role === 'goal' && publishedAt !== null && to !== null && to < publishedAt) return 'forecast';
    if (role === 'base' && now !== null && year !== null && year > now) return null;
    if (role !== null) return role;
    if (isRate) return to !== null && publishedAt !== null && to < publishedAt ? 'base' : asks || (now !== null && last > now) ? 'goal' : null;
    if (year === null) return null;
    if (now === null) return asks && (year > first || (isYearly && mood === 'wanted')) ? 'goal' : null;
    if (year !== now) return year < now ? 'base' : 'goal';
    return asks && (years.some((other) => other < now) || (isYearly && first === now)) ? 'goal' : null;
  };
  const roles = heads.map(roleOf);
  const latest = heads.reduce<IsoDay | null>((most, { to }, i) => (roles[i] === 'goal' && to !== null && (most === null || to > most) ? to : most), null);
  // 目标值, 年均增长 without a year: that of the last goal, else of the line above the table.
  const stated = latest ?? yearOf(caption, publishedAt) ?? yearOf(heading, publishedAt);
  heads.forEach((head, i) => meanings.set(head, { role: roles[i], to: head.to ?? (roles[i] === 'goal' ? stated : null) }));
  return meanings;
}

const notUnderstood = (passage: Passage, { start, end, text }: Cell): Quantity => ({ span: sourceSpan(passage, start, end), text, value: null, upper: null, comparator: '=', unit: '', sense: 'level', masked: false, approximate: false });

const CHANGES = /增长|增速|增幅|降幅|降低|下降|减少|提高|提升|削减|累计降|年均/u;
const timeOf = (passage: Passage, { cell }: Head, from: IsoDay | null, to: IsoDay, kind: TimeExpression['kind']): TimeExpression => ({ span: sourceSpan(passage, cell.start, cell.end), text: passage.text.slice(cell.start, cell.end), from, to, kind, rule: 'table-column', relative: false });

interface Row {
  readonly subject: string;
  readonly unit: CellUnit | null;
  readonly baseline: string | null;
  readonly isBinding: boolean;
}

function readFigure(passage: Passage, { head, cell }: Figure, row: Row, meanings: Meanings, reading: TableReading): void {
  const { role, to } = meanings.get(head) ?? { role: null, to: null };
  if (role === null || role === 'forecast' || row.subject === '') return;
  const read = readCell(cell.text, head.unit ?? (head.isRate ? { unit: '%', factor: 1 } : row.unit));
  if (read.kind === 'nothing') return;
  // 城镇化率 with a rate of growth of 1.2: per cent or points?
  if (read.kind === 'unclear' || (head.isRate && head.unit === null && row.unit?.unit === '%' && !CHANGES.test(row.subject) && !/[%％]/u.test(cell.text))) {
    reading.quantities.push(notUnderstood(passage, cell));
    return;
  }
  const { clause } = passage, span = sourceSpan(passage, cell.start, cell.end);
  const target = { clause, span, deadline: to === null ? null : timeOf(passage, head, null, to, 'deadline'), baseline: row.baseline, area: null, strength: row.isBinding ? 'must' : 'should' } as const;
  if (read.kind === 'state') {
    if (role === 'goal') reading.targets.push({ ...target, subject: row.subject, quantity: null, state: cell.text });
    return;
  }
  const isCumulative = read.isCumulative || head.isCumulative;
  const isChange = CHANGES.test(row.subject) && (isCumulative || /%|个百分点/u.test(read.quantity.unit));
  const isRate = !isCumulative && (head.isRate || row.subject.includes('年均'));
  const quantity: Quantity = { ...read.quantity, span, text: passage.text.slice(cell.start, cell.end), sense: isRate ? 'rate' : isChange ? 'change' : 'level' };
  if (quantity.masked) reading.quantities.push(quantity);
  const subject = isCumulative && !row.subject.includes('累计') ? `${row.subject}（累计）` : row.subject;
  if (role === 'goal') reading.targets.push({ ...target, subject, quantity, state: null });
  else reading.facts.push({ clause, span, subject, quantity, asOf: to === null ? null : timeOf(passage, head, `${to.slice(0, 4)}-01-01`, to, 'point') });
}
