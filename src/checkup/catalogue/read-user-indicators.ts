/**
 * Indicators that a user writes, from a YAML or JSON text (JSON is YAML too): one indicator, a list, or `{indicators: […], columns: {…}}`.
 *
 * The text comes from anybody, so it is bounded before it is read: 256 KiB, 200 indicators, 100 uses of aliases (a text of 1 kB can otherwise unfold to
 * gigabytes), 100 levels deep; a key given twice is an error, types that YAML makes by tags are not made.
 */
import { LineCounter, isMap, isPair, isScalar, isSeq, parseDocument } from 'yaml';
import { ChengmaiError } from '../../core/errors.ts';
import type { Indicator, Threshold } from '../model.ts';
import { findOperator } from '../operators/list.ts';
import type { DefinitionProblem, OwnColumns } from './check-indicator.ts';
import { checkIndicator, problemError, repeatedIds } from './check-indicator.ts';
import { explainMisfit } from './explain-issue.ts';
import type { UserIndicator } from './indicator-schema.ts';
import { userFileSchema, userIndicatorSchema } from './indicator-schema.ts';

/** Of one city, in all. */
export const MOST_USER_INDICATORS = 500;
const MOST_CHARACTERS = 262_144;
const MOST_ALIASES = 100;
const MOST_DEPTH = 100;

interface ReadText {
  readonly value: unknown;
  /** Line of what lies at a path, from 1; of the nearest thing around it where it is absent. */
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

const syntaxError = (file: string, zh: string, en: string, row?: number): ChengmaiError =>
  new ChengmaiError('input', 'checkup/indicator-syntax', { zh: `${file}${row === undefined ? '' : ` 第 ${row} 行`}：${zh}。`, en: `${file}${row === undefined ? '' : `, line ${row}`}: ${en}.` }, { file, ...(row !== undefined && { row }) });

/** Brackets and indentation open at once, told without recursion. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === '[' || char === '{') depth++;
    else if (char === ']' || char === '}') depth = Math.max(0, depth - 1);
    if (depth > MOST_DEPTH) return true;
  }
  return /^[ ]{400,}\S/m.test(text) || /(?:- ){100,}/.test(text);
}

function parseText(text: string, file: string): ReadText {
  if (text.length > MOST_CHARACTERS) {
    const size = Math.ceil(text.length / 1024);
    throw new ChengmaiError('input', 'checkup/indicator-too-large', { zh: `${file} 有 ${size} KiB，超过 256 KiB；请拆成几个文件。`, en: `${file} has ${size} KiB, more than 256; split it into several files.` }, { file, value: String(text.length) });
  }
  if (isTooDeep(text)) throw syntaxError(file, `嵌套超过 ${MOST_DEPTH} 层`, `is nested more than ${MOST_DEPTH} levels deep`);
  const lines = new LineCounter();
  const document = parseDocument(text, { uniqueKeys: false, strict: true, version: '1.2', schema: 'core', merge: false, customTags: [], lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const trouble = document.errors.at(0) ?? document.warnings.at(0);
  if (trouble !== undefined) {
    const row = lines.linePos(trouble.pos[0]).line;
    if (trouble.code === 'MULTIPLE_DOCS') throw syntaxError(file, '只能有一个 YAML 文档，请去掉“---”', 'only one YAML document is read; take the “---” away', row);
    throw syntaxError(file, `不是正确的 YAML 或 JSON（${trouble.code}）`, `this is no YAML or JSON (${trouble.message})`, row);
  }
  const repeated = findRepeatedKey(document.contents);
  if (repeated !== undefined) throw syntaxError(file, '同一个名称出现两次，请删去一个', 'a key stands here twice; take one away', lines.linePos(repeated).line);
  const value = unfold(() => document.toJS({ maxAliasCount: MOST_ALIASES }), file);
  const lineOf = (path: readonly PropertyKey[]): number | undefined => {
    let node: unknown = document.contents;
    let offset = (document.contents as { range?: readonly number[] } | null)?.range?.[0];
    for (const key of path) {
      const next: unknown = isMap(node) ? node.items.find((pair) => isPair(pair) && isScalar(pair.key) && pair.key.value === key) : isSeq(node) ? node.items[Number(key)] : undefined;
      if (next === undefined) break;
      const start = isPair(next) ? next.key : next;
      offset = (start as { range?: readonly number[] }).range?.[0] ?? offset;
      node = isPair(next) ? next.value : next;
    }
    return offset === undefined ? undefined : lines.linePos(offset).line;
  };
  return { value, lineOf };
}

/** Where a key stands a second time in its map. The parser's own check compares every key with every other: 15,000 keys took 4 s. */
function findRepeatedKey(contents: unknown): number | undefined {
  const open: unknown[] = [contents];
  while (open.length > 0) {
    const node = open.pop();
    if (isSeq(node)) open.push(...node.items);
    if (!isMap(node)) continue;
    const seen = new Set<unknown>();
    for (const { key, value } of node.items) {
      if (isScalar(key) && seen.has(key.value)) return key.range?.[0] ?? 0;
      if (isScalar(key)) seen.add(key.value);
      open.push(key, value);
    }
  }
  return undefined;
}

function unfold(make: () => unknown, file: string): unknown {
  try {
    return make();
  } catch {
    throw syntaxError(file, `引用（* &）用得过多，最多 ${MOST_ALIASES} 次`, `has too many aliases (* &), more than ${MOST_ALIASES}`);
  }
}

/** One indicator, a list or a whole file → the list, where it stands, and the city's own columns. */
function splitFile(value: unknown, file: string): { readonly definitions: readonly unknown[]; readonly at: readonly PropertyKey[]; readonly columns: OwnColumns } {
  const isList = Array.isArray(value);
  const isFile = !isList && typeof value === 'object' && value !== null && 'indicators' in value;
  if (!isList && !isFile) return { definitions: [value], at: [], columns: {} };
  if (isList && value.length === 0) return { definitions: [], at: [], columns: {} };
  const framed = isList ? { indicators: value as unknown[] } : value;
  const at = isList ? [] : ['indicators'];
  const parsed = userFileSchema.safeParse(framed);
  if (parsed.success) return { definitions: parsed.data.indicators, at, columns: parsed.data.columns ?? {} };
  const [first] = explainMisfit(userFileSchema, parsed.error, framed);
  throw problemError(file, { path: isList ? first.path.slice(1) : first.path, text: first.text });
}

/** Names a definition by what decides its values, so that a changed one is measured again (FNV-1a, 32 bits). What it is held against is no part of it. */
function versionOf(definition: UserIndicator): string {
  const text = JSON.stringify([definition.level, definition.methods, definition.direction]);
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `user-${(hash >>> 0).toString(16).padStart(8, '0')}`;
}

function complete(definition: UserIndicator, file: string): Indicator {
  const title = findOperator(definition.methods[0].operator)?.title;
  const { oneVote, thresholds = [], ...rest } = definition;
  return {
    ...rest,
    set: 'user', group: 'user',
    version: definition.version ?? versionOf(definition),
    definition: definition.definition ?? definition.name,
    formula: definition.formula ?? title ?? definition.name,
    thresholds: thresholds.map((threshold): Threshold => ({ ...threshold, confidence: threshold.confidence ?? 'certain-local' })),
    ...(oneVote === true && { oneVote }),
    computability: [],
    source: definition.source ?? file,
    confidence: 'certain-local',
  };
}

export interface UserIndicatorOptions {
  /** As the errors name it. */
  readonly file: string;
  /** Ids that are not free: those of the catalogue. */
  readonly taken?: Iterable<string>;
}

/**
 * @throws ChengmaiError `checkup/indicator-too-large`, `checkup/indicator-syntax`, or `checkup/bad-indicator` for the first thing that is wrong, with
 * file, line, path inside the definition, value and remedy, and how many more there are.
 */
export function readUserIndicators(text: string, { file, taken = [] }: UserIndicatorOptions): Indicator[] {
  const { value, lineOf } = parseText(text, file);
  const { definitions, at, columns } = splitFile(value, file);
  const isBare = !Array.isArray(value) && at.length === 0;
  if (definitions.length === 0 || value === null) throw syntaxError(file, '没有指标', 'holds no indicator');
  const pathOf = (i: number): readonly PropertyKey[] => (isBare ? [] : [...at, i]);
  const problems: DefinitionProblem[] = [];
  const indicators: Indicator[] = [];
  definitions.forEach((definition, i) => {
    const found = readOne(definition, file, columns);
    problems.push(...found.problems.map((problem) => ({ ...problem, path: [...pathOf(i), ...problem.path] })));
    if (found.indicator !== undefined) indicators.push(found.indicator);
  });
  const ids = definitions.map((definition, i) => String((definition as { id?: unknown } | null)?.id ?? ` ${i}`));
  for (const i of repeatedIds(ids, taken)) problems.push({ path: [...pathOf(i), 'id'], value: ids[i], text: { zh: '标识已被占用，请换一个', en: 'is taken; choose another id' } });
  if (problems.length > 0) throw problemError(file, problems[0], { row: lineOf(problems[0].path), others: problems.length - 1 });
  return indicators;
}

function readOne(definition: unknown, file: string, columns: OwnColumns): { readonly indicator?: Indicator; readonly problems: readonly DefinitionProblem[] } {
  const parsed = userIndicatorSchema.safeParse(definition);
  if (!parsed.success) return { problems: explainMisfit(userIndicatorSchema, parsed.error, definition) };
  const indicator = complete(parsed.data, file);
  return { indicator, problems: checkIndicator(indicator, columns) };
}
