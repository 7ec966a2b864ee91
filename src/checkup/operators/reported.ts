/**
 * reported: what departments reported (indicators_dept.csv) for the year that is checked; nothing is carried over from another year.
 *
 * A unit has the value of its own row. Units without one get theirs from the units right below only where `combine` says how and every one of these
 * has a row. Earlier years are offered as a trend by {@link reportedYears}. Cost: one pass over the rows.
 */
import { NoteBook } from '../../core/note.ts';
import type { CityData, CityTable } from '../city/city-data.ts';
import { TREE_LEVELS } from '../city/place-tree.ts';
import { isFilled, numberOf, plainText, yearOf } from './cell-values.ts';
import type { ReportedParams } from './count-params.ts';
import { reportedParams } from './count-params.ts';
import type { Missing } from './missing-reasons.ts';
import { missingIndicatorUnits, missingReason, missingTable } from './missing-reasons.ts';
import { defineOperator } from './operator.ts';

const FILE = 'indicators_dept.csv';
/** A value and its numerator ÷ denominator may differ by rounding: 0.5 % or half of the last digit printed, 0.05. */
const ROUNDED = 0.005;
/** More than this is no figure of a city: 10¹² m² are the area of Egypt. */
const MOST = 1e12;

interface Reported {
  readonly value: number;
  readonly numerator: number;
  readonly denominator: number;
}

export interface ReportedYear {
  readonly year: number;
  /** Place number → what its row says. */
  readonly places: ReadonlyMap<number, Reported>;
}

const idsOf = (indicator: ReportedParams['indicator']): Set<string> => new Set((typeof indicator === 'string' ? [indicator] : indicator).map((id) => plainText(id).replace(/^#/, '')));

/** Rows of an indicator by year, oldest first. A second row of the same unit and year is noted and left out, as are rows without a number or with an impossible one. */
export function reportedYears(city: CityData, { indicator, ...params }: Pick<ReportedParams, 'indicator' | 'times' | 'least' | 'most'>, notes = new NoteBook()): readonly ReportedYear[] {
  const table = city.table('indicators_dept');
  if (table === undefined) return [];
  const years = new Map<number, Map<number, Reported>>();
  for (const row of rowsOf(city, table, idsOf(indicator))) {
    const year = yearOf(table.columns['year']?.[row]);
    const place = table.place[row];
    const said = readRow(table, row, params, notes);
    if (place < 0 || year === undefined || said === undefined) continue;
    const places = years.get(year) ?? new Map<number, Reported>();
    years.set(year, places);
    if (places.has(place)) notes.add('warning', 'checkup/reported-twice', { zh: `${FILE} 中同一单元同一年份重复填报，采用先出现的一行。`, en: `${FILE} has several rows for one unit and year; the first was used.` }, { file: FILE, field: 'unit_id', value: String(table.columns['unit_id']?.[row]) });
    else places.set(place, said);
  }
  return [...years].map(([year, places]) => ({ year, places })).sort((a, b) => a.year - b.year);
}

/** Rows by indicator, found once a run. */
function rowsOf(city: CityData, table: CityTable, ids: ReadonlySet<string>): readonly number[] {
  const byId = city.memo('reported/rows', () => {
    const found = new Map<string, number[]>();
    (table.columns['indicator_id'] ?? []).forEach((cell, row) => {
      if (!isFilled(cell)) return;
      const id = plainText(cell).replace(/^#/, '');
      const rows = found.get(id);
      if (rows === undefined) found.set(id, [row]);
      else rows.push(row);
    });
    return found;
  });
  return [...ids].flatMap((id) => byId.get(id) ?? []).sort((a, b) => a - b);
}

function readRow({ columns }: CityTable, row: number, { times, least = -MOST, most = MOST }: Pick<ReportedParams, 'times' | 'least' | 'most'>, notes: NoteBook): Reported | undefined {
  const [value, numerator, denominator] = ['value', 'numerator', 'denominator'].map((column) => numberOf(columns[column]?.[row]));
  const ratio = numerator === undefined || denominator === undefined || denominator === 0 ? undefined : (times * numerator) / denominator;
  if (value === undefined && ratio === undefined) {
    notes.add('warning', 'checkup/reported-no-number', { zh: `${FILE} 中没有数值的行未计入。`, en: `Rows of ${FILE} without a number were left out.` }, { file: FILE, field: 'value', value: String(columns['value']?.[row] ?? '') });
    return undefined;
  }
  const figure = value ?? ratio ?? NaN;
  if (!(figure >= least && figure <= Math.min(most, MOST))) {
    notes.add('warning', 'checkup/reported-impossible', { zh: `${FILE} 中不可能的数值（如超出 0–100 的占比）未计入，请核对。`, en: `Figures of ${FILE} that cannot be (a share beyond 0–100, less than nothing) were left out; check them.` }, { file: FILE, field: value === undefined ? 'numerator' : 'value', value: `${String(columns['unit_id']?.[row] ?? '')} ${String(columns['year']?.[row] ?? '')}: ${figure}` });
    return undefined;
  }
  if (value !== undefined && ratio !== undefined && Math.abs(value - ratio) > Math.max(0.05, ROUNDED * Math.abs(value))) {
    notes.add('warning', 'checkup/reported-disagrees', { zh: `${FILE} 中指标值与分子、分母不符，按指标值计。`, en: `In ${FILE} a value does not agree with its numerator and denominator; the value was used.` }, { file: FILE, field: 'value', value: `${value} ≠ ${ratio}` });
  }
  return { value: figure, numerator: numerator ?? NaN, denominator: denominator ?? NaN };
}

/** Gives units without a row what the units right below make, from the finest level up. */
export function combineUp({ tree }: CityData, own: Map<number, Reported>, { combine, times }: ReportedParams): void {
  if (combine === 'none') return;
  const below = new Map<number, number[]>();
  for (const level of TREE_LEVELS) for (const place of tree.ofLevel(level)) if (tree.parent[place] >= 0) below.set(tree.parent[place], [...(below.get(tree.parent[place]) ?? []), place]);
  for (const level of TREE_LEVELS) {
    for (const place of tree.ofLevel(level)) {
      const parts = (below.get(place) ?? []).filter((part) => tree.outside[part] === 0).map((part) => own.get(part));
      if (own.has(place) || parts.length === 0 || parts.some((part) => part === undefined)) continue;
      const total = (of: (part: Reported) => number): number => parts.reduce((sum, part) => sum + (part === undefined ? NaN : of(part)), 0);
      const [numerator, denominator] = [total((part) => part.numerator), total((part) => part.denominator)];
      const value = combine === 'sum' ? total((part) => part.value) : (times * numerator) / denominator;
      if (Number.isFinite(value)) own.set(place, { value, numerator, denominator });
    }
  }
}

function missingYear(years: readonly ReportedYear[], ids: readonly string[], period: number, leftOut: number): Missing {
  const known = years.filter(({ places }) => places.size > 0).map(({ year }) => year);
  const supply = { zh: `${FILE}：指标编号 ${ids.join(' 或 ')}、单元编号、年份 ${period}、指标值`, en: `${FILE}: a row with indicator_id ${ids.join(' or ')}, unit_id, year ${period} and value` };
  if (leftOut > 0 && known.length === 0) return missingReason('no-data', { zh: `部门指标（${FILE}）中该指标的 ${leftOut} 行没有可用的数值。`, en: `The department statistics (${FILE}) have ${leftOut} rows of this indicator and no figure that can be used.` }, supply);
  if (known.length === 0) return missingReason('no-data', { zh: `部门指标（${FILE}）没有该指标。`, en: `The department statistics (${FILE}) do not have this indicator.` }, supply);
  return missingReason('no-data', { zh: `部门指标（${FILE}）没有 ${period} 年的值，只有 ${known.join('、')} 年。`, en: `The department statistics (${FILE}) have no value for ${period}, only for ${known.join(', ')}.` }, supply);
}

export const reported = defineOperator<ReportedParams>({
  id: 'reported',
  title: { zh: '部门填报', en: 'Reported by departments' },
  params: reportedParams,
  needs: () => ['place', 'table:indicators_dept', 'settings'],
  run(city, params) {
    const { indicator } = params;
    if (city.table('indicators_dept') === undefined) return missingTable('indicators_dept', ['indicator_id', 'unit_id', 'year', 'value']);
    const notes = new NoteBook();
    const years = reportedYears(city, params, notes);
    const own = new Map(years.find(({ year }) => year === city.period)?.places);
    if (own.size === 0) {
      const dropped = years.length === 0 ? missingIndicatorUnits(idsOf(indicator), city.table('indicators_dept')?.leftOut) : undefined;
      return dropped ?? missingYear(years, [...idsOf(indicator)], city.period, notes.list().reduce((sum, { count }) => sum + count, 0));
    }
    combineUp(city, own, params);
    const of = (pick: (row: Reported) => number): Float64Array => Float64Array.from({ length: city.tree.count }, (_, place) => (own.has(place) ? pick(own.get(place) as Reported) : NaN));
    return { value: of(({ value }) => value), numerator: of(({ numerator }) => numerator), denominator: of(({ denominator }) => denominator), quality: 'reported', notes: notes.list() };
  },
});
