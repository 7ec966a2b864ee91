/**
 * Points from a table of text: an id, a longitude and a latitude in each row, and columns of numbers.
 *
 * What the street commands read (`chengmai matrix` …). Bad rows are left out and counted; a table without the columns, or without one good
 * row, is refused. Memory: 16 bytes a point, 8 bytes a number, its id (id-list.ts); while reading, 16 bytes a point to know ids that occur twice.
 * The file's lines are counted first (1 GB/s): arrays are made once, as long as they can get; what is not written of them takes no memory.
 */
import { ChengmaiError, throwIfCancelled } from '../../core/errors.ts';
import { NoteBook } from '../../core/note.ts';
import type { WorkContext } from '../../core/progress.ts';
import { readTextRows } from '../csv.ts';
import { streamBytes } from '../byte-source.ts';
import type { ByteSource } from '../model.ts';
import { IdList, SeenIds } from './id-list.ts';
import { parseOrdinate } from './parse-coordinates.ts';
import { parseNumber } from './parse-value.ts';

const ID_WORDS = new Set(['id', 'fid', 'code', 'name', '编号', '编码', '标识', '名称']);
const LON_WORDS = new Set(['lon', 'lng', 'long', 'longitude', 'x', '经度']);
const LAT_WORDS = new Set(['lat', 'latitude', 'y', '纬度']);

export interface PointTable {
  readonly file: string;
  readonly ids: IdList;
  /** Longitude and latitude by turns, degrees. */
  readonly lonLat: Float64Array;
  /** By column asked for: a number for each point; 0 where the cell is empty. */
  readonly columns: ReadonlyMap<string, Float64Array>;
}

/** Whether a name has characters that text does not: controls, or what could not be decoded. */
function isNoText(name: string): boolean {
  for (const c of name) if (c < ' ' || c === '\ufffd') return true;
  return false;
}

function lacksColumn(file: string, wanted: string, have: readonly string[]): ChengmaiError {
  // Bytes that are no text have a "header" of thousands of odd letters: nobody is helped by seeing them.
  if (have.some(isNoText)) {
    return new ChengmaiError('input', 'import/not-a-table', { zh: `文件 ${file} 不是文本表格；请提供含 id、lon、lat 列的 CSV。`, en: `${file} is no table of text; give a CSV with columns id, lon, lat.` }, { file });
  }
  const list = have.slice(0, 20).map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name)).join(', ');
  return new ChengmaiError(
    'input',
    'import/missing-column',
    { zh: `表格 ${file} 缺少列 ${wanted}；现有列：${list}。`, en: `The table ${file} has no column ${wanted}; its columns are ${list}.` },
    { file, row: 1, field: wanted },
  );
}

interface Roles {
  readonly id: number;
  readonly lon: number;
  readonly lat: number;
  readonly columns: readonly number[];
}

function findRoles(file: string, header: readonly string[], wanted: readonly string[]): Roles {
  const find = (words: ReadonlySet<string>, role: string, required: boolean): number => {
    const exact = header.indexOf(role);
    const at = exact >= 0 ? exact : header.findIndex((name) => words.has(name.toLowerCase()));
    if (at < 0 && required) throw lacksColumn(file, role, header);
    return at;
  };
  const columns = wanted.map((name) => {
    const at = header.indexOf(name);
    if (at < 0) throw lacksColumn(file, name, header);
    return at;
  });
  return { id: find(ID_WORDS, 'id', false), lon: find(LON_WORDS, 'lon', true), lat: find(LAT_WORDS, 'lat', true), columns };
}

/** How many records a source can have: lines of it, in whatever encoding (a line's end has a byte 10 or 13 in all of them). */
async function countLines(source: ByteSource, signal: AbortSignal | undefined): Promise<number> {
  let lines = 1;
  let last = 0;
  for await (const piece of streamBytes(source, signal)) {
    throwIfCancelled(signal);
    for (let i = 0; i < piece.length; i++) {
      const byte = piece[i];
      if (byte === 13 || (byte === 10 && last !== 13)) lines++;
      last = byte;
    }
  }
  return lines;
}

/** Points and numbers as rows come. */
class PointGathering {
  readonly ids: IdList;
  readonly #seen: SeenIds;
  readonly #lonLat: Float64Array<ArrayBuffer>;
  readonly #columns: readonly Float64Array<ArrayBuffer>[];
  readonly #file: string;
  readonly #notes: NoteBook;
  readonly #wanted: readonly string[];

  constructor(file: string, notes: NoteBook, wanted: readonly string[], most: number) {
    this.#file = file;
    this.#notes = notes;
    this.#wanted = wanted;
    this.ids = new IdList(most);
    this.#seen = new SeenIds(this.ids);
    this.#lonLat = new Float64Array(2 * most);
    this.#columns = wanted.map(() => new Float64Array(most));
  }

  add(row: number, cells: readonly string[], roles: Roles): void {
    const lon = parseOrdinate(cells[roles.lon] ?? '');
    const lat = parseOrdinate(cells[roles.lat] ?? '');
    if (lon === undefined || lat === undefined || !(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) {
      const value = `${cells[roles.lon] ?? ''}, ${cells[roles.lat] ?? ''}`;
      this.#notes.add('error', 'import/bad-coordinate', { zh: '经纬度不是有效的度数，该行未读取。', en: 'Longitude and latitude are not degrees; the row was left out.' }, { file: this.#file, row, value });
      return;
    }
    const id = roles.id < 0 ? String(row) : (cells[roles.id] ?? '').trim() || String(row);
    const n = this.ids.push(id);
    if (!this.#seen.add(n)) this.#notes.add('warning', 'import/double-id', { zh: '编号重复，结果中无法区分。', en: 'Ids occur twice; results cannot tell them apart.' }, { file: this.#file, row, field: 'id', value: id });
    this.#lonLat[2 * n] = lon;
    this.#lonLat[2 * n + 1] = lat;
    roles.columns.forEach((at, c) => {
      const text = (cells[at] ?? '').trim();
      const value = text === '' ? 0 : parseNumber(text);
      if (value === undefined) this.#notes.add('warning', 'import/not-a-number', { zh: '不是数值，按 0 计。', en: 'Not a number; counted as 0.' }, { file: this.#file, row, field: this.#wanted[c], value: text });
      this.#columns[c][n] = value ?? 0;
    });
  }

  finish(): PointTable {
    const n = this.ids.length;
    return {
      file: this.#file, ids: this.ids, lonLat: this.#lonLat.subarray(0, 2 * n),
      columns: new Map(this.#wanted.map((name, c) => [name, this.#columns[c].subarray(0, n)])),
    };
  }
}

/**
 * Reads points from CSV or its kin, in any encoding, the first row being the header. Coordinates are WGS 84 degrees; columns are found by
 * their names (`lon`, `lng`, `x`, `经度` …). Without an id column the row's number is the id.
 *
 * @param wanted columns of numbers to read
 * @throws ChengmaiError `import/missing-column`, `import/no-points`; of kind input where the text cannot be parsed; cancelled
 */
export async function readPointTable(source: ByteSource, wanted: readonly string[], notes: NoteBook, { report, signal }: WorkContext = {}): Promise<PointTable> {
  let roles: Roles | undefined;
  const gathered = new PointGathering(source.name, notes, wanted, await countLines(source, signal));
  for await (const rows of readTextRows(source, { notes, ...(report !== undefined && { report }), ...(signal !== undefined && { signal }) })) {
    throwIfCancelled(signal);
    for (const { number, cells } of rows) {
      if (cells.every((cell) => cell.trim() === '')) continue;
      if (roles === undefined) roles = findRoles(source.name, cells.map((name) => name.trim()), wanted);
      else gathered.add(number, cells, roles);
    }
  }
  if (gathered.ids.length === 0) {
    throw new ChengmaiError('input', 'import/no-points', { zh: `表格 ${source.name} 中没有可用的点；需要 id、lon、lat 三列和至少一行。`, en: `The table ${source.name} has no usable point; it needs columns id, lon, lat and at least one row.` }, { file: source.name });
  }
  return gathered.finish();
}
