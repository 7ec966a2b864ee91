// Writes the catalogue, the operators and the kinds of facility into docs/indicators.md from the code: node scripts/indicators-page.mjs (after a build).
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const PAGE = new URL('../docs/indicators.md', import.meta.url);
const MARK = '<!-- from here on written by scripts/indicators-page.mjs -->\n';

const DIRECTIONS = { up: '↑', down: '↓', band: '↔', inventory: '·' };
const SIGNS = { '>=': '≥ ', '<=': '≤ ', '=': '= ', between: '' };
const GROUPS = {
  housing: '住房 · Housing', community: '小区（社区） · Community', block: '街区 · Block',
  ecology: '城区·生态宜居 · City: ecology', heritage: '城区·历史文化 · City: heritage', 'industry-city': '城区·产城融合、职住平衡 · City: industry and city', safety: '城区·安全韧性 · City: safety', smart: '城区·智慧高效 · City: smart', rectification: '问题整治 · Rectification',
  local: '地方特色指标 · Local indicators', 'living-circle': '生活圈 · Living circles', 'complete-community': '完整居住社区 · Complete communities', 'renewal-area': '重点更新片区 · Renewal areas',
  sdg: '联合国可持续发展目标11 · SDG 11', ghsci: '全球健康可持续城市指标 · GHSCI', accessibility: '可达性与通勤 · Access and commuting', equity: '公平性 · Equity', user: '',
};

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (head, rows) => `| ${head.join(' | ')} |\n|${head.map(() => '---').join('|')}|\n${rows.map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')}\n`;

function describeThreshold({ when, op, value, upper, role, confidence }) {
  const scope = when === undefined ? '' : [...(when.cityClass ?? []), ...(when.cityRank ?? []), ...(when.levels ?? []), ...(when.from === undefined && when.to === undefined ? [] : [when.from === when.to ? `${when.from}` : `${when.from ?? ''}–${when.to ?? ''}`])].join(', ');
  const marks = [role === 'higher' ? 'stricter' : '', confidence === 'certain-local' ? 'local' : '', confidence === 'recalled' ? 'unverified' : ''].filter(Boolean);
  return `${scope === '' ? '' : `${scope}: `}${SIGNS[op]}${value}${upper === undefined ? '' : `–${upper}`}${marks.length === 0 ? '' : ` *${marks.join(', ')}*`}`;
}

const describeMethod = ({ operator, quality }) => `[${operator}](#${operator})${quality === undefined ? '' : ` (${quality})`}`;

function renderCatalogue(indicators) {
  return Object.entries(GROUPS)
    .map(([group, title]) => {
      const members = indicators.filter((indicator) => indicator.group === group);
      if (members.length === 0) return '';
      const isNational = members[0].number !== undefined;
      const rows = members.map(({ number, id, name, unit, level, direction, thresholds, methods, computability }) => [
        ...(isNational ? [number] : []), `${name.zh}<br>${name.en}<br>\`${id}\``, unit.zh === unit.en ? unit.zh : `${unit.zh} · ${unit.en}`, DIRECTIONS[direction], level,
        thresholds.map(describeThreshold).join('; ') || '—', methods.map(describeMethod).join(', ') || '—', computability.join(' '),
      ]);
      return `### ${title}\n\n${table([...(isNational ? ['#'] : []), 'indicator', 'unit', '', 'level', 'standard', 'methods', 'data'], rows)}`;
    })
    .filter(Boolean)
    .join('\n');
}

const alternativesOf = (schema) => schema.anyOf ?? schema.oneOf ?? [];
const isRecursive = (schema) => schema.$ref !== undefined;
/** What tells one alternative of a union from the others. */
const tagOf = (schema) => Object.entries(schema.properties ?? {}).find(([, inner]) => inner.const !== undefined);

function typeOf(schema) {
  if (isRecursive(schema)) return '[condition](#conditions)';
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum?.includes('community_services')) return 'a [table](tables.md)';
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
  const alternatives = alternativesOf(schema);
  const tags = alternatives.map(tagOf);
  if (alternatives.length > 0 && tags.every((tag) => tag !== undefined)) return `object, ${tags[0][0]}: ${tags.map((tag) => `\`${tag[1].const}\``).join(', ')}`;
  if (alternatives.length > 0) return [...new Set(alternatives.map(typeOf))].join(' or ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  if (schema.type === 'object') return schema.additionalProperties && typeof schema.additionalProperties === 'object' ? 'names and values' : 'object';
  if (schema.type === 'number' || schema.type === 'integer') {
    const least = schema.exclusiveMinimum !== undefined ? `> ${schema.exclusiveMinimum}` : schema.minimum !== undefined && schema.minimum > -1e15 ? `≥ ${schema.minimum}` : '';
    const most = schema.exclusiveMaximum !== undefined ? `< ${schema.exclusiveMaximum}` : schema.maximum !== undefined && schema.maximum < 1e15 ? `≤ ${schema.maximum}` : '';
    return [schema.type === 'integer' ? 'whole number' : 'number', least, most].filter(Boolean).join(' ');
  }
  return schema.type === 'string' ? 'text' : schema.type === 'boolean' ? 'true or false' : 'anything';
}

/** Rows of an object's names; what lies inside follows with dotted names. Parameters of another operator are left to that operator. */
function listRows(schema, prefix = '') {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const isNeeded = (schema.required ?? []).includes(name) && inner.default === undefined;
    const row = [`${isNeeded ? '**' : ''}${prefix}${name}${isNeeded ? '**' : ''}`, typeOf(inner), inner.default === undefined ? '' : `\`${JSON.stringify(inner.default)}\``, inner.description ?? ''];
    if (inner.description?.startsWith('as of ') === true) return [row];
    return [row, ...listInner(inner, `${prefix}${name}`)];
  });
}

function listInner(schema, prefix) {
  if (isRecursive(schema)) return [];
  if (schema.type === 'array') return listInner(schema.items ?? {}, `${prefix}[]`);
  const alternatives = alternativesOf(schema);
  if (alternatives.length === 0) return schema.properties === undefined ? [] : listRows(schema, `${prefix}.`);
  return alternatives.flatMap((alternative) => {
    const tag = tagOf(alternative);
    const { [tag?.[0] ?? '']: _, ...properties } = alternative.properties ?? {};
    const here = tag === undefined ? prefix : `${prefix}(${tag[0]}: ${tag[1].const})`;
    return Object.keys(properties).length === 0 ? (alternative.type === 'array' ? listInner(alternative, prefix) : []) : listRows({ ...alternative, properties }, `${here}.`);
  });
}

const HEAD = ['parameter', 'values', 'default', 'what'];

function renderOperators(operators) {
  return operators
    .map(({ id, title, params }) => {
      const rows = listRows(z.toJSONSchema(params, { unrepresentable: 'any' }));
      return `### ${id}\n\n${title.zh} · ${title.en}\n\n${rows.length === 0 ? 'No parameters.\n' : table(HEAD, rows)}`;
    })
    .join('\n');
}

function renderConditions(conditionSchema) {
  const json = z.toJSONSchema(conditionSchema, { unrepresentable: 'any' });
  const definition = [json, ...Object.values(json.$defs ?? {})].find((schema) => alternativesOf(schema).length > 0);
  const comparison = alternativesOf(definition).find(({ properties }) => properties?.column !== undefined);
  return `A condition is a comparison, or \`{all: [conditions]}\`, \`{any: [conditions]}\`, \`{not: condition}\`. Answers are yes, no or unknown; an empty cell is unknown unless the\ncondition says otherwise.\n\n${table(HEAD, listRows(comparison))}`;
}

/** The generated part. */
export function renderIndicators({ indicators, operators, conditionSchema, kinds }) {
  return [
    `## Catalogue\n\n${indicators.length} indicators, ${indicators.filter(({ number }) => number !== undefined).length} of them the national base indicators of 2025.\n`,
    renderCatalogue(indicators),
    '## Operators\n\nWays of measuring that a method names. Parameters in bold must be given.\n',
    renderOperators(operators),
    `## Conditions\n\n${renderConditions(conditionSchema)}`,
    `## Kinds of facility\n\n${table(['id', '中文', 'English'], kinds.map(({ id, label }) => [`\`${id}\``, label.zh, label.en]))}`,
  ].join('\n');
}

export function renderPage(page, parts) {
  return page.split(MARK)[0] + MARK + '\n' + renderIndicators(parts);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { listCatalogue } = await import('../dist/checkup/catalogue/list-catalogue.js');
  const { listOperators } = await import('../dist/checkup/operators/list.js');
  const { conditionSchema } = await import('../dist/checkup/operators/condition-schema.js');
  const { FACILITY_KINDS } = await import('../dist/base/facilities/kinds.js');
  writeFileSync(PAGE, renderPage(readFileSync(PAGE, 'utf8'), { indicators: listCatalogue(), operators: listOperators(), conditionSchema, kinds: FACILITY_KINDS }));
}
