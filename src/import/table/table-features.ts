/** Tables of any origin (CSV, XLSX) as features: header found, types read off a sample, rows placed. */
import { ChengmaiError } from '../../core/errors.ts';
import { NoteBook } from '../../core/note.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { buildPoint } from '../../engine/spatial/geometry.ts';
import type { CoordinateSystem } from '../crs/coordinate-system.ts';
import { findCrs, WGS84 } from '../crs/coordinate-system.ts';
import { cleanText } from '../features/attributes.ts';
import type { FeatureSource, RawFeature, RowSystem } from '../features/feature-stream.ts';
import type { AttributeValue, ImportOptions } from '../model.ts';
import type { TablePlacement } from './geometry-columns.ts';
import { findPlacement } from './geometry-columns.ts';
import { cellPolygon, parseOrdinate, parsePair, parseShape } from './parse-coordinates.ts';
import { parseNumber } from './parse-value.ts';
import type { Cell } from './table-header.ts';
import { findHeaderRow, nameColumns } from './table-header.ts';

export interface TableRow {
  /** Row in the file, from 1. */
  readonly number: number;
  readonly cells: readonly Cell[];
}

export interface OpenTable {
  readonly source: FeatureSource;
  readonly placement: TablePlacement;
}

const SAMPLE_ROWS = 400;
const BATCH = 500;
const UNNAMED = /^column_\d+$/;
const DECIMAL_COMMA = /^\s*[-−+]?(\d+|\d{1,3}(\.\d{3})+),\d+\s*$/;
const TOTAL_ROW = /^(合计|总计|小计|共计|总和|total|subtotal|sum|grand total)[:：]?$/i;
export const MAX_COLUMNS = 5_000;

export function tooManyColumns(file: string, count: string): ChengmaiError {
  return new ChengmaiError(
    'input',
    'import/header-too-wide',
    { zh: `表格 ${file} 有 ${count} 列，最多读取 ${MAX_COLUMNS} 列；请检查分隔符，或只保留需要的列。`, en: `The table ${file} has ${count} columns; at most ${MAX_COLUMNS} are read. Check its delimiter, or keep only the columns needed.` },
    { file, row: 1 },
  );
}

/** Columns whose sampled cells are all plain numbers; identifiers with leading zeros or of 16 digits and more are text. */
function findNumericColumns(columns: readonly string[], rows: readonly TableRow[], decimalComma: boolean): Set<number> {
  const plain = decimalComma ? /^-?(0|[1-9]\d{0,14}|\d{1,3}(\.\d{3})+)(,\d+)?$/ : /^-?(0|[1-9]\d{0,14})(\.\d+)?([eE][-+]?\d{1,3})?$/;
  const numeric = new Set<number>();
  columns.forEach((_, i) => {
    let filled = 0;
    const all = rows.every(({ cells }) => {
      const cell = cells[i];
      if (cell === null || cell === undefined || cell === '') return true;
      filled++;
      return typeof cell === 'number' || (typeof cell === 'string' && plain.test(cell.trim()));
    });
    if (all && filled > 0) numeric.add(i);
  });
  return numeric;
}

class RowReader {
  readonly #columns: readonly string[];
  readonly #numeric: ReadonlySet<number>;
  readonly #decimalComma: boolean;
  readonly #file: string;
  readonly #notes: NoteBook;

  constructor(columns: readonly string[], numeric: ReadonlySet<number>, decimalComma: boolean, file: string, notes: NoteBook) {
    this.#columns = columns;
    this.#numeric = numeric;
    this.#decimalComma = decimalComma;
    this.#file = file;
    this.#notes = notes;
  }

  values(row: TableRow): Record<string, AttributeValue> {
    const values: Record<string, AttributeValue> = {};
    this.#columns.forEach((column, i) => {
      const value = this.#value(row.cells[i], i);
      // Spreadsheets write rows of empty columns without a name.
      if (value !== null || !UNNAMED.test(column)) values[column] = value;
    });
    const extra = row.cells.slice(this.#columns.length).filter((cell) => cell !== null && cell !== '').length;
    if (extra > 0) this.#notes.add('warning', 'import/extra-cells', { zh: '行内的单元格多于表头，多出的未导入。', en: 'A row has more cells than the header; the extra ones were left out.' }, { file: this.#file, row: row.number });
    if (row.cells.length < this.#columns.length) this.#notes.add('info', 'import/short-row', { zh: '行内的单元格少于表头，缺少的按空值读取。', en: 'A row has fewer cells than the header; the rest count as empty.' }, { file: this.#file, row: row.number });
    return values;
  }

  #value(cell: Cell | undefined, i: number): AttributeValue {
    if (cell === undefined || cell === null) return null;
    if (typeof cell !== 'string') return cell;
    const text = cleanText(cell).trim();
    if (text === '') return null;
    if (text.includes('\ufffd')) this.#notes.add('warning', 'import/bad-characters', { zh: '含有无法解码的字符，编码可能不对；可在导入时指定编码。', en: 'There are characters that cannot be decoded; the encoding may be another. It can be stated on import.' }, { file: this.#file, field: this.#columns[i] });
    if (!this.#numeric.has(i)) return text;
    return parseNumber(text, this.#decimalComma) ?? text;
  }
}

/** Places rows; a row's own coordinate system is applied here, so that the stream only sees one. */
class RowPlacer {
  readonly #placement: TablePlacement;
  readonly #file: string;
  readonly #notes: NoteBook;
  readonly #perRow: boolean;
  /** The column of shapes by number: their text is read whole, attributes are cut to a bounded length. */
  readonly #shapeAt: number;
  readonly #systems = new Map<string, CoordinateSystem | undefined>();
  /** Systems met, and what of a row's own was left blank. */
  readonly #met = new Map<string, { id: string; rows: number; guessed: boolean }>();

  constructor(placement: TablePlacement, columns: readonly string[], options: ImportOptions, file: string, notes: NoteBook) {
    this.#placement = placement;
    this.#shapeAt = placement.geometry?.kind === 'shape' ? columns.indexOf(placement.geometry.column) : -1;
    this.#file = file;
    this.#notes = notes;
    this.#perRow = placement.crs !== undefined && options.crs === undefined;
  }

  /** Undefined where the rows do not name their systems. */
  get rowSystems(): (() => readonly RowSystem[]) | undefined {
    return this.#perRow ? () => [...this.#met.values()] : undefined;
  }

  noteTotal(row: number): void {
    this.#notes.add('info', 'import/total-row', { zh: '合计行未导入。', en: 'A row of totals was left out.' }, { file: this.#file, row });
  }

  place(values: Readonly<Record<string, AttributeValue>>, cells: TableRow): { geometry: Geometry | undefined; cellId: string | undefined } {
    const { geometry: columns } = this.#placement;
    if (columns === undefined) return { geometry: undefined, cellId: undefined };
    const geometry = this.#read(values, cells);
    const cellId = columns.kind === 'h3' && geometry !== undefined ? String(values[columns.column]) : undefined;
    if (geometry !== undefined && this.#perRow) return { geometry: this.#convert(geometry, values, cells.number), cellId };
    return { geometry, cellId };
  }

  #read(values: Readonly<Record<string, AttributeValue>>, { number: row, cells }: TableRow): Geometry | undefined {
    const { geometry: columns } = this.#placement;
    if (columns === undefined) return undefined;
    if (columns.kind === 'lon-lat') {
      const [lon, lat] = [values[columns.lon], values[columns.lat]];
      if (isEmpty(lon) && isEmpty(lat)) return this.#missing(row, columns.lon);
      const [x, y] = [lon, lat].map((value) => (isEmpty(value) ? undefined : parseOrdinate(String(value))));
      if (x === undefined || y === undefined) return this.#bad(row, x === undefined ? columns.lon : columns.lat, `${lon ?? ''}, ${lat ?? ''}`);
      return buildPoint(x, y);
    }
    const value = values[columns.column];
    if (isEmpty(value)) return this.#missing(row, columns.column);
    const text = String(value);
    if (columns.kind === 'h3') return cellPolygon(text) ?? this.#bad(row, columns.column, text);
    if (columns.kind === 'pair') {
      const pair = parsePair(text);
      return pair === undefined ? this.#bad(row, columns.column, text) : buildPoint(...pair);
    }
    return parseShape(String(cells[this.#shapeAt]))?.geometry ?? this.#bad(row, columns.column, text);
  }

  #missing(row: number, field: string): undefined {
    this.#notes.add('info', 'import/no-coordinates', { zh: '行内没有坐标。', en: 'A row has no coordinates.' }, { file: this.#file, row, field });
  }

  #bad(row: number, field: string, value: string): undefined {
    this.#notes.add('error', 'import/bad-coordinate', { zh: '坐标或图形无法解读，该行没有位置。', en: 'Coordinates or a shape cannot be read; the row has no position.' }, { file: this.#file, row, field, value: value.slice(0, 80) });
  }

  #convert(geometry: Geometry, values: Readonly<Record<string, AttributeValue>>, row: number): Geometry | undefined {
    const column = this.#placement.crs ?? '';
    const text = isEmpty(values[column]) ? '' : String(values[column]).trim();
    if (text === '') {
      this.#notes.add('warning', 'import/crs-guessed', { zh: '该行未填坐标系，按 WGS 84 读取。', en: 'A row does not name its coordinate system; read as WGS 84.' }, { file: this.#file, row, field: column });
      this.#meet(WGS84.id, true);
      return geometry;
    }
    if (!this.#systems.has(text) && this.#systems.size < 1000) this.#systems.set(text, findCrs(text));
    const system = this.#systems.get(text);
    if (system === undefined) {
      this.#notes.add('error', 'import/unknown-crs', { zh: '该行的坐标系无法识别，没有位置。', en: 'A row’s coordinate system is not known; the row has no position.' }, { file: this.#file, row, field: column, value: text.slice(0, 80) });
      return undefined;
    }
    this.#meet(system.id, false);
    system.toWgs84(geometry.coordinates);
    return geometry;
  }

  #meet(id: string, guessed: boolean): void {
    const met = this.#met.get(id);
    if (met === undefined) this.#met.set(id, { id, rows: 1, guessed });
    else {
      met.rows++;
      met.guessed ||= guessed;
    }
  }
}

function isEmpty(value: AttributeValue | undefined): boolean {
  return value === null || value === undefined || value === '';
}

function isBlank(cells: readonly Cell[]): boolean {
  return cells.every((cell) => cell === null || (typeof cell === 'string' && cell.trim() === ''));
}

export interface TableSettings {
  readonly file: string;
  readonly member: string | undefined;
  /** Numbers may use a comma for the decimal point (tables delimited by semicolons); they do where a sampled cell shows it. */
  readonly mayUseDecimalComma: boolean;
}

/** Reads the top of a table and prepares the stream of its rows. Undefined where it holds no rows. */
export async function openTable(rows: AsyncIterator<TableRow[]>, settings: TableSettings, options: ImportOptions, notes: NoteBook): Promise<OpenTable | undefined> {
  const { file, member } = settings;
  const top: TableRow[] = [];
  while (top.length < SAMPLE_ROWS) {
    const next = await rows.next();
    if (next.done === true) break;
    for (const row of next.value) if (!isBlank(row.cells)) top.push(row);
  }
  if (top.length === 0) return undefined;
  const headerAt = findHeaderRow(top.map((row) => row.cells));
  const header = headerAt === undefined ? top[0].cells.map((_, i) => `column_${i + 1}`) : top[headerAt].cells;
  if (header.length > MAX_COLUMNS) throw tooManyColumns(file, String(header.length));
  const place = { file, row: headerAt === undefined ? 1 : top[headerAt].number };
  if (headerAt === undefined) notes.add('warning', 'import/no-header', { zh: '表格没有表头，列按顺序命名。', en: 'The table has no header; columns are named by their order.' }, place);
  else if (headerAt > 0) notes.add('info', 'import/title-rows', { zh: '表头之上的标题行未导入。', en: 'Title rows above the header were left out.' }, place, headerAt);
  const columns = nameColumns(header, place, notes);
  const first = headerAt === undefined ? top : top.slice(headerAt + 1);
  const decimalComma = settings.mayUseDecimalComma && first.some(({ cells }) => cells.some((cell) => typeof cell === 'string' && DECIMAL_COMMA.test(cell)));
  const reader = new RowReader(columns, findNumericColumns(columns, first, decimalComma), decimalComma, file, notes);
  const sample = new RowReader(columns, findNumericColumns(columns, first, decimalComma), decimalComma, file, new NoteBook());
  const placement = findPlacement(columns, first.map((row) => sample.values(row)), options.columns ?? {});
  const placer = new RowPlacer(placement, columns, options, file, notes);
  const { rowSystems } = placer;
  return { placement, source: { file, member, ...(rowSystems !== undefined && { rowSystems }), features: streamRows(first, rows, reader, placer, placement), columns, geometryOptional: true, ...crsOf(placement, options, sridOf(placement, columns, first)) } };
}

/** The system that the sampled shapes name themselves (`SRID=4490;POLYGON…`), where they agree. */
function sridOf(placement: TablePlacement, columns: readonly string[], sample: readonly TableRow[]): string | undefined {
  if (placement.geometry?.kind !== 'shape') return undefined;
  const at = columns.indexOf(placement.geometry.column);
  const found = new Set<number | undefined>();
  for (const { cells } of sample) if (typeof cells[at] === 'string' && cells[at] !== '') found.add(parseShape(cells[at])?.srid);
  const [srid] = found;
  return found.size === 1 && srid !== undefined && srid > 0 ? `EPSG:${srid}` : undefined;
}

/** The stream's coordinate system: rows converted one by one and H3 cells are in WGS 84 already. */
function crsOf(placement: TablePlacement, options: ImportOptions, srid: string | undefined): Pick<FeatureSource, 'declaredCrs' | 'formatDefault' | 'converted'> {
  const converted = placement.geometry?.kind === 'h3' || (placement.crs !== undefined && options.crs === undefined);
  return converted ? { formatDefault: WGS84, converted } : { declaredCrs: placement.declaredCrs ?? srid };
}

async function* streamRows(first: readonly TableRow[], rest: AsyncIterator<TableRow[]>, reader: RowReader, placer: RowPlacer, placement: TablePlacement): AsyncGenerator<RawFeature[], void, undefined> {
  const toFeature = (row: TableRow): RawFeature => {
    const values = reader.values(row);
    const { geometry, cellId } = placer.place(values, row);
    // The shape is kept as geometry, not as text beside it.
    if (placement.geometry?.kind === 'shape') delete values[placement.geometry.column];
    return { row: row.number, id: undefined, values, geometry, ...(cellId !== undefined && { cellId }) };
  };
  // A total would count everything twice.
  const isData = (row: TableRow): boolean => {
    const lead = row.cells.find((cell) => cell !== null && String(cell).trim() !== '');
    const isTotal = typeof lead === 'string' && TOTAL_ROW.test(lead.replace(/\s/g, ''));
    if (isTotal) placer.noteTotal(row.number);
    return !isTotal;
  };
  try {
    for (let i = 0; i < first.length; i += BATCH) yield first.slice(i, i + BATCH).filter(isData).map(toFeature);
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield next.value.filter((row) => !isBlank(row.cells) && isData(row)).map(toFeature);
    }
  } finally {
    await rest.return?.();
  }
}
