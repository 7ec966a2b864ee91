/** Checking the rows of a contract's table: types, bounds, enumerations, unique ids. What is wrong is noted, never used. */
import type { Bilingual } from '../../core/bilingual.ts';
import type { BuilderContext, SourceRow } from '../features/record-builder.ts';
import type { Attributes, AttributeValue } from '../model.ts';
import type { ColumnMatch } from './contract-match.ts';
import type { Contract, ContractColumn } from './contracts.ts';
import type { ParsedValue } from './parse-value.ts';
import { parseValue } from './parse-value.ts';

type Reason = Extract<ParsedValue, { reason: string }>['reason'];

const REASONS: Record<Reason, Bilingual> = {
  'not-a-number': { zh: '不是数字', en: 'is no number' },
  'out-of-bounds': { zh: '超出合理范围', en: 'is out of bounds' },
  'not-whole': { zh: '不是整数', en: 'is no whole number' },
  'not-a-year': { zh: '不是年份', en: 'is no year' },
  'not-yes-or-no': { zh: '不是“是/否”', en: 'is neither yes nor no' },
  'not-a-date': { zh: '不是日期', en: 'is no date' },
  'unknown-value': { zh: '不在规定的取值内', en: 'is none of the values allowed' },
};

/** Ids remembered for telling duplicates; beyond it a file is too long to check, which is noted. 5 M ids take about 500 MB. */
const IDS_KEPT = 5_000_000;

const AREA_UNITS: readonly (readonly [RegExp, number])[] = [
  [/万平方米|万㎡|万m2/i, 10_000],
  [/平方千米|平方公里|km2|km²/i, 1_000_000],
  [/公顷|\bha\b/i, 10_000],
  [/亩/, 2000 / 3],
  [/平方米|㎡|m2|m²/i, 1],
];

/** What to multiply by so that the header's unit becomes the contract's. */
export function areaFactor(header: string, stored: 'm2' | 'ha'): number {
  const bracket = /[(（[](.*?)[)）\]]/.exec(header)?.[1] ?? /_(m2|ha|km2)$/i.exec(header)?.[1];
  const squareMetres = bracket === undefined ? undefined : AREA_UNITS.find(([pattern]) => pattern.test(bracket))?.[1];
  if (squareMetres === undefined) return 1;
  return stored === 'ha' ? squareMetres / 10_000 : squareMetres;
}

interface CheckedColumn {
  readonly column: ContractColumn;
  readonly source: string;
  readonly factor: number;
}

export class RowCheck {
  readonly #contract: Contract;
  readonly #context: BuilderContext;
  readonly #columns: CheckedColumn[] = [];
  readonly #extras: string[];
  readonly #ids = new Set<string>();

  constructor(contract: Contract, match: ColumnMatch, columns: readonly string[], context: BuilderContext) {
    this.#contract = contract;
    this.#context = context;
    const used = new Set(match.values());
    this.#extras = columns.filter((column) => !used.has(column));
    for (const column of contract.columns) {
      const source = match.get(column.name);
      if (source === undefined || column.type === 'lon' || column.type === 'lat' || column.type === 'geometry' || column.type === 'crs') continue;
      const factor = column.unit === undefined ? 1 : areaFactor(source, column.unit);
      if (factor !== 1) context.notes.add('info', `import/unit-converted/${column.name}`, { zh: `列“${source}”的单位已换算为 ${column.unit}。`, en: `Column “${source}” was converted to ${column.unit}.` }, { file: context.file, field: source });
      this.#columns.push({ column, source, factor });
    }
  }

  /** The row under the contract's column names, further columns under their own; undefined where it cannot be kept. */
  check(row: SourceRow): Attributes | undefined {
    const values: Record<string, AttributeValue> = {};
    for (const { column, source, factor } of this.#columns) {
      const parsed = parseValue(row.values[source], column);
      const value = 'reason' in parsed ? null : parsed.value;
      if ('reason' in parsed) this.#noteBad(row, column, source, parsed.reason);
      else if (value === null && column.required) this.#note(row, 'error', `import/missing-value/${column.name}`, { zh: `“${source}”为空，该行未导入。`, en: `“${source}” is empty; the row was left out.` }, source);
      if (value === null && column.required) return undefined;
      values[column.name] = factor !== 1 && typeof value === 'number' ? value * factor : value;
    }
    if (this.#isDuplicate(row, values)) return undefined;
    for (const extra of this.#extras) {
      const value = row.values[extra];
      if (value !== undefined && !Object.hasOwn(values, extra)) values[extra] = value;
    }
    if (row.geometry?.type === 'Point') {
      values['lon'] = Math.round(row.geometry.coordinates[0] * 1e7) / 1e7;
      values['lat'] = Math.round(row.geometry.coordinates[1] * 1e7) / 1e7;
    }
    return values;
  }

  #isDuplicate(row: SourceRow, values: Attributes): boolean {
    const { key } = this.#contract;
    const id = key === undefined ? undefined : values[key];
    if (key === undefined || id === null || id === undefined) return false;
    if (this.#ids.has(String(id))) {
      this.#note(row, 'error', 'import/duplicate-id', { zh: '编号重复，保留先出现的一行，其余未导入。', en: 'An id occurs again; the first row was kept, later ones were left out.' }, key, String(id));
      return true;
    }
    if (this.#ids.size < IDS_KEPT) this.#ids.add(String(id));
    else this.#note(row, 'info', 'import/ids-not-checked', { zh: '行数过多，其后的编号未检查重复。', en: 'There are too many rows; ids from here on were not checked for duplicates.' }, key);
    return false;
  }

  #noteBad(row: SourceRow, column: ContractColumn, source: string, reason: Reason): void {
    const { zh, en } = REASONS[reason];
    const kept = !column.required;
    this.#note(
      row,
      kept ? 'warning' : 'error',
      `import/${reason}/${column.name}`,
      { zh: `“${source}”的值${zh}，${kept ? '按缺失处理' : '该行未导入'}。`, en: `A value of “${source}” ${en}; ${kept ? 'it counts as missing' : 'the row was left out'}.` },
      source,
      String(row.values[source]).slice(0, 80),
    );
  }

  #note(row: SourceRow, level: 'info' | 'warning' | 'error', code: string, text: Bilingual, field: string, value?: string): void {
    this.#context.notes.add(level, code, text, { file: this.#context.file, row: row.row, field, ...(value !== undefined && { value }) });
  }
}
