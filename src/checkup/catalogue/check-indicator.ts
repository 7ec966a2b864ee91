/**
 * Is a definition one that a check-up can run? Shape, operators and their parameters, kinds of facility, columns of registries, thresholds, sentences.
 *
 * Every problem names the file, the path inside the definition, the value and the remedy, in both languages. Nothing is thrown: a reader decides.
 */
import type { Bilingual } from '../../core/bilingual.ts';
import { ChengmaiError } from '../../core/errors.ts';
import { FACILITY_KINDS } from '../../base/facilities/kinds.ts';
import type { TableContract } from '../../import/model.ts';
import { TABLE_CONTRACTS } from '../../import/model.ts';
import { getContract } from '../../import/table/contracts.ts';
import type { Indicator, Method, Threshold } from '../model.ts';
import { findOperator, listOperators } from '../operators/list.ts';
import { SURVEY_TOPICS } from '../survey/topics.ts';
import { explainMisfit, nearestWord, writePath } from './explain-issue.ts';
import { sentenceProblems } from './fill-sentence.ts';
import { indicatorSchema } from './indicator-schema.ts';

export interface DefinitionProblem {
  /** `indicators[0].methods[0].params.radiusM` */
  readonly path: readonly PropertyKey[];
  readonly value?: unknown;
  /** What is wrong and what to do, without file and path. */
  readonly text: Bilingual;
}

/** Columns of the city's own that its registries have beside those of the contract. */
export type OwnColumns = Readonly<Partial<Record<string, readonly string[]>>>;

const shown = (value: unknown): string => {
  const written = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return written.length > 80 ? `${written.slice(0, 79)}…` : written;
};

/** @returns the error of a problem: code `checkup/bad-indicator`, with file, path and value. `others`: how many more there are. */
export function problemError(file: string, { path, value, text }: DefinitionProblem, { row, others = 0 }: { row?: number | undefined; others?: number } = {}): ChengmaiError {
  const at = writePath(path);
  const more = others === 0 ? { zh: '', en: '' } : { zh: `（另有 ${others} 处问题）`, en: ` (${others} more)` };
  const given = value === undefined ? { zh: '', en: '' } : { zh: `（${shown(value)}）`, en: ` (${shown(value)})` };
  return new ChengmaiError('input', 'checkup/bad-indicator', {
    zh: `${file}${row === undefined ? '' : ` 第 ${row} 行`}的 ${at === '' ? '内容' : at}${given.zh}：${text.zh}。${more.zh}`,
    en: `${file}${row === undefined ? '' : `, line ${row}`}: ${at === '' ? 'the content' : at}${given.en} ${text.en}.${more.en}`,
  }, { file, field: at, ...(value !== undefined && { value: shown(value) }), ...(row !== undefined && { row }) });
}

function unknownWord(whatZh: string, whatEn: string, word: string, known: readonly string[], where: Bilingual): Bilingual {
  const near = nearestWord(word, known);
  return { zh: `没有这个${whatZh}${near === undefined ? '' : `，是否为 ${near}`}；${where.zh}`, en: `is no ${whatEn}${near === undefined ? '.' : `; did you mean ${near}?`} ${where.en}` };
}

/** Wrong words of one list that are told. */
const MOST_WORDS = 50;
const KINDS = FACILITY_KINDS.map(({ id }) => id);
const kindProblem = (kind: string): Bilingual => unknownWord('设施种类', 'kind of facility', kind, KINDS, { zh: '可用的种类见 docs/indicators.md', en: 'The kinds are in docs/indicators.md' });

/** Operators that look at one registry without naming it. */
const TABLE_OF: Readonly<Record<string, TableContract>> = { 'shelter-area': 'shelters', 'task-rate': 'tasks' };

function columnProblem(table: TableContract, column: string, own: OwnColumns): Bilingual | undefined {
  const known = [...getContract(table).columns.map(({ name }) => name), ...(own[table] ?? [])];
  if (known.includes(column)) return undefined;
  return unknownWord(` ${table} 表的列`, `column of ${table}`, column, known, {
    zh: `表的列见 docs/tables.md，城市自有的列请在文件的 columns 下声明：columns: {${table}: [${column}]}`,
    en: `The columns are in docs/tables.md; name one of the city's own under columns in the file: columns: {${table}: [${column}]}`,
  });
}

const isTable = (name: unknown): name is TableContract => (TABLE_CONTRACTS as readonly unknown[]).includes(name);

/** Kinds of facility and columns of registries wherever parameters name them. */
function wordsProblems(value: unknown, path: readonly PropertyKey[], table: TableContract | undefined, own: OwnColumns): DefinitionProblem[] {
  if (Array.isArray(value)) return value.flatMap((each, i) => wordsProblems(each, [...path, i], table, own));
  if (typeof value !== 'object' || value === null) return [];
  const record = value as Readonly<Record<string, unknown>>;
  const here = isTable(record['table']) ? record['table'] : table;
  const isKinds = (key: string): boolean => key === 'facilities' || key === 'also' || (key === 'kinds' && record['of'] === 'facilities');
  return Object.entries(record).flatMap(([key, inner]): DefinitionProblem[] => {
    if (isKinds(key) && Array.isArray(inner)) {
      return inner.flatMap((each, i) => (Array.isArray(each) ? each.map((kind, j) => ({ kind, at: [i, j] })) : [{ kind: each as unknown, at: [i] }]))
        .filter(({ kind }) => typeof kind === 'string' && !KINDS.includes(kind))
        // each is compared with every kind for one like it: 17,000 wrong words would take seconds
        .slice(0, MOST_WORDS)
        .map(({ kind, at }) => ({ path: [...path, key, ...at], value: kind, text: kindProblem(String(kind)) }));
    }
    if ((key === 'column' || key === 'other' || key === 'weigh') && typeof inner === 'string' && here !== undefined) {
      const text = columnProblem(here, inner, own);
      return text === undefined ? [] : [{ path: [...path, key], value: inner, text }];
    }
    return wordsProblems(inner, [...path, key], here, own);
  });
}

/** Operator, parameters and the words in them. */
export function checkMethod(method: Pick<Method, 'operator' | 'params'>, path: readonly PropertyKey[], own: OwnColumns = {}): DefinitionProblem[] {
  const operator = findOperator(method.operator);
  if (operator === undefined) {
    const ids = listOperators().map(({ id }) => id);
    return [{ path: [...path, 'operator'], value: method.operator, text: unknownWord('算子', 'operator', method.operator, ids, { zh: `可用的算子：${ids.join('、')}`, en: `The operators are ${ids.join(', ')}` }) }];
  }
  const parsed = operator.params.safeParse(method.params);
  const at = [...path, 'params'];
  if (parsed.success) return wordsProblems(parsed.data, at, TABLE_OF[operator.id], own);
  return explainMisfit(operator.params, parsed.error, method.params).map((problem) => ({ ...problem, path: [...at, ...problem.path] }));
}

const isPercent = (unit: Bilingual): boolean => unit.en.trim() === '%' || unit.zh.trim() === '%';

/** What is wrong with a standard for an indicator of this unit and direction, and what to do. */
export function thresholdProblem({ unit, direction }: Pick<Indicator, 'unit' | 'direction'>, { op, value, upper, when }: Pick<Threshold, 'op' | 'value' | 'upper' | 'when'>): Bilingual | undefined {
  if (direction === 'inventory') return { zh: '清单类指标（inventory）不评级，不能有标准；请改变 direction 或去掉标准', en: 'belongs to an inventory, which is never graded; change the direction or leave the standard out' };
  if (op === 'between' ? upper === undefined || upper <= value : upper !== undefined) {
    return op === 'between' ? { zh: 'between 需要大于 value 的 upper', en: 'between needs an upper greater than value' } : { zh: `只有 between 才有 upper，${op} 请去掉`, en: `has an upper, which only between has; leave it out of ${op}` };
  }
  if ((direction === 'up' && op === '<=') || (direction === 'down' && op === '>=')) {
    return { zh: `方向 ${direction} 与 ${op} 矛盾；请检查 direction 或 op`, en: `contradicts the direction ${direction} by ${op}; check direction and op` };
  }
  if (isPercent(unit) && value > 0 && value < 1) return { zh: `单位是 %，${value} 应写成 ${value * 100}`, en: `is in %: write ${value * 100} for ${value}` };
  if (when?.from !== undefined && when.to !== undefined && when.from > when.to) return { zh: 'from 晚于 to', en: 'holds from a year later than its last' };
  return undefined;
}

/** A stricter level must be stricter than the standard of the same scope. */
function higherProblems(thresholds: readonly Threshold[]): number[] {
  return thresholds.flatMap((higher, i) => {
    if (higher.role !== 'higher') return [];
    const standard = thresholds.find((other) => other.role !== 'higher' && other.op === higher.op && JSON.stringify(other.when) === JSON.stringify(higher.when));
    const isStricter = standard === undefined || (higher.op === '<=' ? higher.value < standard.value : higher.value > standard.value);
    return isStricter ? [] : [i];
  });
}

function contentProblems(indicator: Indicator, own: OwnColumns): DefinitionProblem[] {
  const problems = indicator.methods.flatMap((method, i) => checkMethod(method, ['methods', i], own));
  if (indicator.methods.length === 0 && indicator.missing === undefined) {
    problems.push({ path: ['methods'], text: { zh: '没有算法，也没有说明原因；请给出 methods，或在 missing 中说明', en: 'names no way of measuring and no reason; give methods, or say why under missing' } });
  }
  indicator.thresholds.forEach((threshold, i) => {
    const text = thresholdProblem(indicator, threshold);
    if (text !== undefined) problems.push({ path: ['thresholds', i], value: threshold.value, text });
  });
  for (const i of higherProblems(indicator.thresholds)) problems.push({ path: ['thresholds', i], value: indicator.thresholds[i].value, text: { zh: '更高标准（higher）没有比标准更严', en: 'is no stricter than the standard' } });
  if (indicator.surveyTopic !== undefined && !SURVEY_TOPICS.some(({ id }) => id === indicator.surveyTopic)) {
    const ids = SURVEY_TOPICS.map(({ id }) => id);
    problems.push({ path: ['surveyTopic'], value: indicator.surveyTopic, text: unknownWord('问卷主题', 'topic of the survey', indicator.surveyTopic, ids, { zh: `可用的主题：${ids.join('、')}`, en: `The topics are ${ids.join(', ')}` }) });
  }
  for (const part of ['problem', 'advice'] as const) {
    for (const language of ['zh', 'en'] as const) {
      const wrong = indicator.finding === undefined ? [] : sentenceProblems(indicator.finding[part][language]);
      if (wrong.length > 0) problems.push({ path: ['finding', part, language], value: wrong.join(' '), text: { zh: '占位符只能是 {place} {value} {unit} {standard} {persons}，方括号须成对', en: 'may have the placeholders {place} {value} {unit} {standard} {persons} only, and brackets in pairs' } });
    }
  }
  return problems;
}

/** All that is wrong with one definition, paths from the definition on. Unique ids are the reader's to check ({@link repeatedIds}). */
export function checkIndicator(definition: unknown, own: OwnColumns = {}): DefinitionProblem[] {
  const parsed = indicatorSchema.safeParse(definition);
  return parsed.success ? contentProblems(parsed.data as Indicator, own) : explainMisfit(indicatorSchema, parsed.error, definition);
}

/** Numbers of the definitions whose id another before them has. */
export function repeatedIds(ids: readonly string[], taken: Iterable<string> = []): number[] {
  const seen = new Set(taken);
  return ids.flatMap((id, i) => (seen.has(id) ? [i] : (seen.add(id), [])));
}
