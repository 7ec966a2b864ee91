/** What a zod schema has against a definition, in both languages, with what may stand there instead. */
import { z } from 'zod';
import type { Bilingual } from '../../core/bilingual.ts';

type Issue = z.core.$ZodIssue;

interface Explained {
  readonly path: readonly PropertyKey[];
  readonly text: Bilingual;
}

/** `methods[0].params.facilities[1]`; an empty path reads as the name of the whole. */
export function writePath(path: readonly PropertyKey[], whole = ''): string {
  return path.reduce<string>((written, key) => (typeof key === 'number' ? `${written}[${key}]` : written === '' ? String(key) : `${written}.${String(key)}`), whole);
}

const quote = (values: readonly unknown[]): string => values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(', ');
const quoteZh = (values: readonly unknown[]): string => values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('、');

const TYPES: Readonly<Record<string, Bilingual>> = {
  string: { zh: '文本', en: 'a text' }, number: { zh: '数字', en: 'a number' }, int: { zh: '整数', en: 'a whole number' }, boolean: { zh: '是或否（true/false）', en: 'true or false' },
  array: { zh: '列表', en: 'a list' }, object: { zh: '由名称和值组成的对象', en: 'an object of names and values' }, record: { zh: '由名称和值组成的对象', en: 'an object of names and values' },
};

/** Sentences of the schemas themselves, which are English. */
const CUSTOM: readonly (readonly [pattern: RegExp, zh: string])[] = [
  [/^give exactly one of (.+)$/, '$1 必须且只能给出一个'],
  [/^minutes need a measure along the streets: (.+)$/, 'minutes 需要沿路网的度量方式：$1'],
  [/^a tier from (\S+) to (\S+) m² holds nothing$/, '从 $1 到 $2 m² 的分级是空的'],
  [/^give either (\S+) or (\S+)$/, '$1 与 $2 必须且只能给出一个'],
  [/^2sfca takes no decay, e2sfca and bfca need one$/, '2sfca 不接受衰减函数 decay，e2sfca 和 bfca 需要它'],
  [/^(\S+) needs exactly one of (.+)$/, '$1 需要 $2 中的一个，且只能一个'],
  [/^(\S+) compares with nothing$/, '$1 不与任何值比较，请去掉 value、values、other、yearsBefore'],
  [/^(\S+) needs values$/, '$1 需要 values'],
  [/^(\S+) takes one value, not values$/, '$1 用 value 给出一个值，不用 values'],
  [/^(\S+) needs (?:an? )?(.+)$/, '$1 需要 $2'],
];

function customText(message: string): Bilingual {
  const known = CUSTOM.find(([pattern]) => pattern.test(message));
  return { zh: known === undefined ? message : message.replace(known[0], known[1]), en: message };
}

function sizeText(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): Bilingual {
  const isSmall = issue.code === 'too_small';
  const bound = Number(isSmall ? issue.minimum : issue.maximum);
  const { origin, inclusive = true } = issue;
  const sign = isSmall ? (inclusive ? '≥' : '>') : inclusive ? '≤' : '<';
  const what: Bilingual = origin === 'string' ? { zh: '字数', en: 'its length' } : origin === 'array' ? { zh: '项数', en: 'the number of items' } : { zh: '值', en: 'the value' };
  if (origin === 'string' && isSmall && bound === 1) return { zh: '不能为空', en: 'must not be empty' };
  return { zh: `${what.zh}应 ${sign} ${bound}`, en: `${what.en} must be ${sign} ${bound}` };
}

function plainText(issue: Issue): Bilingual {
  switch (issue.code) {
    case 'invalid_type': {
      const type = TYPES[issue.expected] ?? { zh: issue.expected, en: issue.expected };
      return issue.input === undefined && issue.message.endsWith('undefined') ? { zh: `缺少，应填${type.zh}`, en: `is missing; give ${type.en}` } : { zh: `应为${type.zh}`, en: `must be ${type.en}` };
    }
    case 'invalid_value':
      return { zh: `应为 ${quoteZh(issue.values)} 之一`, en: `must be one of ${quote(issue.values)}` };
    case 'too_small':
    case 'too_big':
      return sizeText(issue);
    case 'invalid_format':
      return { zh: `写法不对，应符合 ${issue.pattern ?? issue.format}`, en: `is not written as it must be: ${issue.pattern ?? issue.format}` };
    case 'invalid_union': {
      const options = (issue as { options?: readonly unknown[]; discriminator?: string }).options;
      const discriminator = issue.discriminator ?? '';
      if (options !== undefined) return { zh: `${discriminator} 应为 ${quoteZh(options)} 之一`, en: `${discriminator} must be one of ${quote(options)}` };
      return { zh: '不是可接受的写法', en: 'is none of the forms that are understood' };
    }
    case 'custom':
      return customText(issue.message);
    default:
      return { zh: issue.message, en: issue.message };
  }
}

/** Each name that nothing knows, with those that are known there. */
function unknownNames({ keys, path }: z.core.$ZodIssueUnrecognizedKeys, allowed: (path: readonly PropertyKey[]) => readonly string[]): Explained[] {
  const names = allowed(path);
  return keys.map((key) => {
    const near = nearestWord(key, names);
    return {
      path: [...path, key],
      text: {
        zh: `没有这个名称${near === undefined ? '' : `，是否为 ${near}`}${names.length > 0 ? `；此处可用：${names.join('、')}` : ''}`,
        en: `is no name that is known here${near === undefined ? '' : `; did you mean ${near}?`}${names.length > 0 ? `${near === undefined ? ';' : ''} There may be ${names.join(', ')}`.replace('; There', '; there') : ''}`,
      },
    };
  });
}

/** How far from fitting an alternative is: keys it does not know or lacks weigh most. */
function misfit(issues: readonly Issue[]): number {
  return issues.reduce((sum, { code, path }) => sum + (path.length === 0 ? 100 : code === 'unrecognized_keys' ? 20 : 10 / path.length), 0);
}

/** Issues with alternatives followed into the one that nearly fits. `allowed`: names that an object at a path may have. */
function explainIssues(issues: readonly Issue[], allowed: (path: readonly PropertyKey[]) => readonly string[]): Explained[] {
  // a mistyped name is the cause of a missing one
  const ordered = issues.toSorted((a, b) => Number(b.code === 'unrecognized_keys') - Number(a.code === 'unrecognized_keys'));
  return ordered.flatMap((issue): Explained[] => {
    const branches = issue.code === 'invalid_union' ? (issue.errors as readonly (readonly Issue[])[]) : [];
    if (issue.code === 'unrecognized_keys') return unknownNames(issue, allowed);
    if (branches.length === 0) return [{ path: issue.path, text: plainText(issue) }];
    const nearest = branches.toSorted((a, b) => misfit(a) - misfit(b))[0];
    return explainIssues(nearest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })), allowed);
  });
}

interface JsonSchema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

const JSON_FORMS = new WeakMap<z.ZodType, JsonSchema>();

/** What a value is lacking or has too much of by a schema, with the value at fault. */
export function explainMisfit(schema: z.ZodType, error: z.ZodError, value: unknown): (Explained & { readonly value: unknown })[] {
  const json = JSON_FORMS.get(schema) ?? (z.toJSONSchema(schema, { unrepresentable: 'any' }) as JsonSchema);
  JSON_FORMS.set(schema, json);
  return explainIssues(error.issues, (path) => namesAt(json, path)).map((explained) => ({ ...explained, value: valueAt(value, explained.path) }));
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined), value);
}

/** Names that objects at a path may have, read out of a schema's JSON form, all alternatives together. */
function namesAt(root: JsonSchema, path: readonly PropertyKey[]): readonly string[] {
  const resolve = (schema: JsonSchema, depth = 0): JsonSchema[] => {
    if (depth > 8) return [];
    if (schema.$ref !== undefined) {
      const target = schema.$ref === '#' ? root : root.$defs?.[schema.$ref.replace('#/$defs/', '')];
      return target === undefined ? [] : resolve(target, depth + 1);
    }
    return [schema, ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap((branch) => resolve(branch, depth + 1))];
  };
  let here = resolve(root);
  for (const key of path) {
    here = here.flatMap(({ properties, items, additionalProperties }) => {
      const next = typeof key === 'number' ? items : (properties?.[String(key)] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined));
      return next === undefined ? [] : resolve(next);
    });
  }
  return [...new Set(here.flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

/** The known word that is nearest to a mistyped one by edits; undefined where none is near. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const distance = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) next.push(Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
      row = next;
    }
    return row[b.length];
  };
  const short = word.slice(0, 64).toLowerCase();
  const ranked = known.map((each) => ({ each, edits: distance(short, each.toLowerCase()) })).sort((a, b) => a.edits - b.edits);
  return ranked.length > 0 && ranked[0].edits <= Math.max(2, short.length / 3) ? ranked[0].each : undefined;
}
