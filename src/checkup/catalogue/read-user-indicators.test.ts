// What users may write, and what every kind of mistake says.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChengmaiError } from '../../core/errors.ts';
import { checkMethod } from './check-indicator.ts';
import { listCatalogue } from './list-catalogue.ts';
import { readUserIndicators } from './read-user-indicators.ts';

const taken = listCatalogue().map(({ id }) => id);
const read = (text: string): ReturnType<typeof readUserIndicators> => readUserIndicators(text, { file: 'my.yaml', taken });

const GOOD = `id: libraries
name: 图书馆覆盖率
unit: '%'
direction: up
level: community
methods:
  - operator: person-coverage
    params: {facilities: [public-culture], radiusM: 1000}
`;

function failure(text: string): ChengmaiError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ChengmaiError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('good definitions', () => {
  it('the example of the documentation', () => {
    const text = readFileSync(new URL('../../../examples/my-indicator.yaml', import.meta.url), 'utf8');
    const [library, pipes] = readUserIndicators(text, { file: 'my-indicator.yaml', taken });
    expect(library).toMatchObject({ id: 'library-within-1km', set: 'user', group: 'user', unit: { zh: '%', en: '%' }, surveyTopic: 'culture' });
    expect(library.thresholds).toEqual([
      { op: '>=', value: 60, source: '市公共服务规划2025', confidence: 'certain-local' },
      { op: '>=', value: 80, role: 'higher', source: '市公共服务规划2025', confidence: 'certain-local' },
    ]);
    expect(pipes).toMatchObject({ id: 'homes-lead-pipes', oneVote: true, source: 'my-indicator.yaml' });
  });

  it('one alone, with what may be left out filled in', () => {
    expect(read(GOOD)).toMatchObject([{ id: 'libraries', definition: { zh: '图书馆覆盖率', en: '图书馆覆盖率' }, thresholds: [], computability: [], confidence: 'certain-local', source: 'my.yaml' }]);
  });

  it('a list, and the same as JSON, with tabs too', () => {
    const json = { id: 'libraries', name: '图书馆覆盖率', unit: '%', direction: 'up', level: 'community', methods: [{ operator: 'person-coverage', params: { facilities: ['public-culture'], radiusM: 1000 } }] };
    expect(read(JSON.stringify([json]))).toEqual(read(GOOD));
    expect(read(JSON.stringify(json, undefined, '\t'))).toEqual(read(GOOD));
  });

  it('have a version that changes with what decides their values, and with nothing else', () => {
    const version = (text: string): string => read(text)[0].version;
    expect(version(GOOD.replace('图书馆覆盖率', '公共文化覆盖率'))).toBe(version(GOOD));
    expect(version(GOOD.replace('1000', '800'))).not.toBe(version(GOOD));
    expect(version(`${GOOD}version: '3'\n`)).toBe('3');
  });

  it('may name columns of the city’s own once these are declared', () => {
    const of = (columns: string): string => `columns: {buildings: ${columns}}\nindicators:\n  - {id: a, name: a, unit: 栋, direction: down, level: community, methods: [{operator: registry-count, params: {table: buildings, where: {column: lead_pipes, op: '=', value: true}}}]}\n`;
    expect(read(of('[lead_pipes]'))).toHaveLength(1);
    expect(failure(of('[]')).place).toMatchObject({ field: 'indicators[0].methods[0].params.where.column', value: 'lead_pipes', row: 3 });
  });
});

describe('mistakes name file, line, path, value and remedy in both languages', () => {
  const REGISTRY = (where: string): string => `id: a\nname: a\nunit: 栋\ndirection: down\nlevel: community\nmethods:\n  - operator: registry-count\n    params: {table: buildings, where: ${where}}\n`;

  it.each<[name: string, text: string, path: string, row: number, zh: RegExp, en: RegExp]>([
    ['an unknown operator', GOOD.replace('person-coverage', 'person-coverge'), 'methods[0].operator', 7, /是否为 person-coverage；可用的算子/, /did you mean person-coverage\? The operators are/],
    ['a wrong parameter', GOOD.replace('radiusM', 'radius'), 'methods[0].params.radius', 8, /是否为 radiusM；此处可用：group/, /did you mean radiusM/],
    ['a parameter of the wrong type', GOOD.replace('1000', 'far'), 'methods[0].params.radiusM', 8, /（far）：应为数字/, /\(far\) must be a number/],
    ['a parameter out of bounds', GOOD.replace('1000', '-5'), 'methods[0].params.radiusM', 8, /值应 > 0/, /must be > 0/],
    ['parameters that contradict', GOOD.replace('1000', '1000, minutes: 5'), 'methods[0].params', 8, /必须且只能给出一个/, /exactly one of radiusM, tiers and minutes/],
    ['a kind of facility that is none', GOOD.replace('public-culture', 'kindergardens'), 'methods[0].params.facilities[0]', 8, /是否为 kindergarten/, /did you mean kindergarten\?/],
    ['a wrong column', REGISTRY('{all: [{column: storeys, op: ">=", value: 4}, {column: lifts, op: "=", value: false}]}'), 'methods[0].params.where.all[1].column', 8, /没有这个 buildings 表的列，是否为 lift/, /no column of buildings; did you mean lift/],
    ['a wrong comparison', REGISTRY('{any: [{column: storeys, op: "=>", value: 4}]}'), 'methods[0].params.where.any[0].op', 8, /应为 =、!=/, /must be one of =, !=/],
    ['a mistyped name deep inside', REGISTRY('{not: {colum: storeys, op: ">=", value: 4}}'), 'methods[0].params.where.not.colum', 8, /是否为 column/, /did you mean column/],
    ['a mistyped name at the top', GOOD.replace('unit:', 'units:'), 'units', 3, /是否为 unit；/, /did you mean unit\?/],
    ['a missing name', GOOD.replace("unit: '%'\n", ''), 'unit', 1, /缺少，应填文本/, /is missing; give a text/],
    ['a level that is none', GOOD.replace('community', 'village'), 'level', 5, /应为 building、community/, /must be one of building, community/],
    ['an id of the catalogue', GOOD.replace('libraries', 'park-coverage'), 'id', 1, /已被占用/, /is taken/],
    ['an id of figures, which are numbers of the national list', GOOD.replace('libraries', "'25'"), 'id', 1, /写法不对/, /is not written as it must be/],
    ['a share for a percentage', `${GOOD}thresholds: [{op: '>=', value: 0.6, source: 规划}]\n`, 'thresholds[0]', 9, /应写成 60/, /write 60 for 0\.6/],
    ['a threshold against the direction', `${GOOD}thresholds: [{op: '<=', value: 60, source: 规划}]\n`, 'thresholds[0]', 9, /矛盾/, /contradicts the direction up/],
    ['a threshold without a source', `${GOOD}thresholds: [{op: '>=', value: 60}]\n`, 'thresholds[0].source', 9, /缺少/, /is missing/],
    ['a band turned round', `${GOOD.replace('direction: up', 'direction: band')}thresholds: [{op: between, value: 60, upper: 40, source: 规划}]\n`, 'thresholds[0]', 9, /需要大于 value 的 upper/, /needs an upper greater than value/],
    ['a topic that the survey does not have', `${GOOD}surveyTopic: libraries\n`, 'surveyTopic', 9, /问卷主题/, /topic of the survey/],
    ['a placeholder that is none', `${GOOD}finding: {kind: best-effort, bodies: [], problem: '{name}有{value}', advice: 建}\n`, 'finding.problem.zh', 9, /占位符只能是/, /may have the placeholders/],
    ['no way of measuring', GOOD.slice(0, GOOD.indexOf('methods')) + 'methods: []\n', 'methods', 6, /项数应 ≥ 1/, /number of items must be ≥ 1/],
    ['what only the catalogue may claim', `${GOOD}number: 61\n`, 'number', 9, /没有这个名称/, /no name that is known here/],
  ])('%s', (_, text, path, row, zh, en) => {
    const error = failure(text);
    expect(error.code).toBe('checkup/bad-indicator');
    expect(error.place).toMatchObject({ file: 'my.yaml', field: path, row });
    expect(error.text.zh).toMatch(zh);
    expect(error.text.zh).toContain(`my.yaml 第 ${row} 行的 ${path}`);
    expect(error.text.en).toMatch(en);
    expect(error.text.en).toContain(`my.yaml, line ${row}: ${path}`);
  });

  it.each<[operator: string, params: Record<string, unknown>]>([
    ['access-floating-catchment', { method: '2sfca', opportunity: { of: 'jobs' }, minutes: 5, decay: { kind: 'linear' } }],
    ['inequality', { of: { operator: 'access-kth', params: { facilities: ['park'], minutes: 5 } }, measure: 'fgt' }],
    ['fire-coverage', {}],
    ['access-kth', { facilities: ['park'] }],
    ['nearest-distance', { facilities: ['park'], unit: 'min' }],
    ['land-coverage', { land: 'residential', facilities: ['park'], tiers: [{ fromM2: 5, toM2: 2, radiusM: 4 }] }],
    ['registry-count', { table: 'buildings', where: { column: 'lift', op: 'in', value: 1 } }],
    ['registry-count', { table: 'buildings', where: { column: 'lift', op: '=' } }],
    ['registry-count', { table: 'buildings', where: { column: 'lift', op: 'empty', value: 3 } }],
    ['registry-count', { table: 'buildings', where: { column: 'lift', op: '=', values: [3] } }],
  ])('what an operator itself has against %s %j is told in Chinese too', (operator, params) => {
    const [problem] = checkMethod({ operator, params }, []);
    expect(problem.text.zh).toMatch(/[\u4e00-\u9fff]{2}/);
    expect(problem.text.en).not.toMatch(/[\u4e00-\u9fff]/);
  });

  it('two of the same id in one file', () => {
    const item = GOOD.trimEnd().replaceAll('\n', '\n  ');
    const error = failure(`- ${item}\n- ${item}\n`);
    expect(error.place).toMatchObject({ field: '[1].id', value: 'libraries', row: 9 });
  });

  it('how many more there are', () => {
    expect(failure(GOOD.replace('radiusM', 'radius').replace('unit:', 'units:')).text.en).toMatch(/\(\d+ more\)/);
  });
});

describe('texts that nobody should read', () => {
  const bomb = (levels: number): string => `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: levels }, (_, i) => `a${i + 1}: &a${i + 1} [${Array.from({ length: 9 }, () => `*a${i}`).join(', ')}]`).join('\n')}\n`;

  it.each<[name: string, text: string, code: string, en: RegExp]>([
    ['aliases that unfold to billions', bomb(9), 'checkup/indicator-syntax', /too many aliases/],
    ['a key twice', `${GOOD}level: block\n`, 'checkup/indicator-syntax', /line 9: a key stands here twice/],
    ['a key twice inside, in JSON', '{"id": "a", "methods": [{"operator": "x", "operator": "y"}]}', 'checkup/indicator-syntax', /line 1: a key stands here twice/],
    ['brackets without end', '['.repeat(100_000), 'checkup/indicator-syntax', /nested more than/],
    ['dashes without end', '- '.repeat(100_000), 'checkup/indicator-syntax', /nested more than/],
    ['a megabyte', `# ${'x'.repeat(1 << 20)}\n${GOOD}`, 'checkup/indicator-too-large', /1025 KiB, more than 256/],
    ['a tag that makes code', 'id: !!js/function "function () {}"', 'checkup/indicator-syntax', /tag/],
    ['two documents', `---\n${GOOD}---\n${GOOD}`, 'checkup/indicator-syntax', /one YAML document/],
    ['JSON that breaks off', '{"id": "a"', 'checkup/indicator-syntax', /line 1: this is no YAML or JSON/],
    ['nothing', '', 'checkup/indicator-syntax', /holds no indicator/],
    ['an empty list', '[]', 'checkup/indicator-syntax', /holds no indicator/],
    ['a number', '7', 'checkup/bad-indicator', /must be an object/],
    ['two hundred and one indicators', `indicators:\n${'- {}\n'.repeat(201)}`, 'checkup/bad-indicator', /must be ≤ 200/],
    ['a name that objects inherit', `${GOOD}__proto__: {polluted: true}\n`, 'checkup/bad-indicator', /__proto__/],
  ])('%s', (_, text, code, en) => {
    const error = failure(text);
    expect(error.code).toBe(code);
    expect(error.text.en).toMatch(en);
    expect(error.text.en.length).toBeLessThan(2000);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('a list of more than two hundred without a frame', () => {
    expect(failure(JSON.stringify(Array.from({ length: 201 }, () => ({})))).text.en).toMatch(/200/);
  });

  it('any text is read or refused with a sentence, never anything else', () => {
    const answered = (text: string): boolean => {
      try {
        return read(text).length > 0;
      } catch (error) {
        return error instanceof ChengmaiError && error.code.startsWith('checkup/') && error.text.zh !== '' && error.text.en !== '';
      }
    };
    const pieces = fc.array(fc.oneof(fc.constantFrom(...GOOD.split(/(?<=[\n:{,])/)), fc.constantFrom('&a ', '*a', '- ', '  ', '\n', '? ', '| ', '!!map ', '"', "'", '%', '<<: ', '~', '[', '}'), fc.string({ maxLength: 6, unit: 'binary' })), { maxLength: 24 }).map((parts) => parts.join(''));
    fc.assert(fc.property(pieces, answered), { numRuns: 1500, seed: 1 });
    fc.assert(fc.property(fc.json({ maxDepth: 6 }), answered), { numRuns: 300, seed: 2 });
    const cut = fc.tuple(fc.nat(GOOD.length), fc.nat(GOOD.length), fc.string({ maxLength: 4 })).map(([from, to, put]) => GOOD.slice(0, from) + put + GOOD.slice(to));
    fc.assert(fc.property(cut, answered), { numRuns: 1000, seed: 3 });
  });

  it('names a key that stands twice, however deep, and no key that only looks like it', () => {
    const text = 'id: a\nname: {zh: 一, en: one}\nfinding:\n  kind: best-effort\n  kind: best-effort\n';
    expect(() => readUserIndicators(text, { file: 'own.yaml' })).toThrow('own.yaml, line 5: a key stands here twice');
    expect(() => readUserIndicators('1: a\n"1": b\n', { file: 'own.yaml' })).not.toThrow('twice');
  });

  it('counts no more than fifty wrong words of one list', () => {
    const text = `id: x\nname: x\nunit: x\ndirection: up\nlevel: city\nmethods: [{operator: person-coverage, params: {radiusM: 300, facilities: [${'kindergardenx,'.repeat(1000)}]}}]`;
    expect(() => readUserIndicators(text, { file: 'own.yaml' })).toThrow('did you mean kindergarten? The kinds are in docs/indicators.md. (49 more)');
  });
});
