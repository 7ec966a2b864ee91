/** Builders for features that follow no table contract: places, population cells, OSM tags, layers of the user's own. */
import type { Bilingual } from '../../core/bilingual.ts';
import type { AttributeValue, FeatureRecord, ImportRecord, LayerId, PlaceLevel } from '../model.ts';
import { customSlug, findColumn, findEnglishNameColumn, findIdColumn, findNameColumn, textOf } from './column-names.ts';
import { findOsmSourceId, listOsmLayers } from './osm-tags.ts';
import { levelOfChineseAdminLevel, levelOfDivisionCode, levelOfName, levelOfWord } from './place-level.ts';
import type { PopulationColumn } from './population-columns.ts';
import type { BuilderContext, RecordBuilder, SourceRow } from './record-builder.ts';
import { parseNumber } from '../table/parse-value.ts';

/** The columns every builder looks at. */
export interface CommonColumns {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly nameEn: string | undefined;
  readonly kind: string | undefined;
}

const KIND_NAMES = ['kind', 'class', 'type', 'category', '类型', '类别', '分类', '种类'];

export function findCommonColumns(columns: readonly string[], sample: readonly SourceRow[], mapped: Readonly<Record<string, string>>): CommonColumns {
  const rows = sample.map((row) => row.values);
  const pick = (role: string, found: () => string | undefined): string | undefined => (columns.includes(mapped[role]) ? mapped[role] : found());
  return {
    id: pick('id', () => findIdColumn(columns, rows)),
    name: pick('name', () => findNameColumn(columns)),
    nameEn: pick('name_en', () => findEnglishNameColumn(columns)),
    kind: pick('kind', () => findColumn(columns, KIND_NAMES)),
  };
}

export function commonRoles(common: CommonColumns): Map<string, string> {
  const roles = new Map<string, string>();
  if (common.id !== undefined) roles.set(common.id, 'id');
  if (common.name !== undefined) roles.set(common.name, 'name');
  if (common.nameEn !== undefined) roles.set(common.nameEn, 'name_en');
  if (common.kind !== undefined && !roles.has(common.kind)) roles.set(common.kind, 'kind');
  return roles;
}

/** The identifier of a row: its id column, its own id, else its number. Never empty. */
function sourceIdOf(row: SourceRow, idColumn: string | undefined): string {
  return (idColumn === undefined ? undefined : textOf(row.values[idColumn])) ?? row.id ?? `row/${row.row}`;
}

function buildFeature(row: SourceRow, common: CommonColumns, layer: LayerId, kind: string, sourceId: string): FeatureRecord | undefined {
  if (row.geometry === undefined) return undefined;
  return {
    type: 'feature',
    layer,
    kind,
    sourceId,
    name: common.name === undefined ? undefined : textOf(row.values[common.name]),
    nameEn: common.nameEn === undefined ? undefined : textOf(row.values[common.nameEn]),
    attributes: row.values,
    geometry: row.geometry,
  };
}

/** Features into one layer: the one asked for, else `custom:` and the file's name. */
export function layerBuilder(common: CommonColumns, context: BuilderContext): RecordBuilder {
  const layer = context.options.layer ?? (`custom:${customSlug(context.member ?? context.file)}` as const);
  return {
    what: 'features',
    contract: undefined,
    roles: commonRoles(common),
    build(row) {
      const kind = (common.kind === undefined ? undefined : textOf(row.values[common.kind])) ?? '';
      const feature = buildFeature(row, common, layer, kind, sourceIdOf(row, common.id));
      return feature === undefined ? [] : [feature];
    },
  };
}

/** Features with OSM tags into the core layers; those without a main tag into a layer of their own. */
export function osmBuilder(common: CommonColumns, context: BuilderContext): RecordBuilder {
  const rest = layerBuilder(common, context);
  return {
    what: 'osm',
    contract: undefined,
    roles: commonRoles(common),
    build(row) {
      if (row.geometry === undefined) return [];
      const sourceId = findOsmSourceId(row.values, row.geometry) ?? sourceIdOf(row, common.id);
      const layers = listOsmLayers(row.values, row.geometry);
      if (layers.length === 0) return rest.build(row);
      const records: ImportRecord[] = [];
      for (const { layer, kind } of layers) {
        const feature = buildFeature(row, common, layer, kind, sourceId);
        if (feature !== undefined) records.push(feature);
      }
      return records;
    },
  };
}

/** Persons per area; areas with further columns also go to a layer so that these can be seen. */
export function populationBuilder(columns: readonly PopulationColumn[], common: CommonColumns, context: BuilderContext, allColumns: readonly string[]): RecordBuilder {
  const counted = new Set(columns.map((column) => column.column));
  const further = allColumns.filter((column) => !counted.has(column) && column !== common.id);
  const features = further.length > 0 ? layerBuilder(common, context) : undefined;
  const roles = commonRoles(common);
  for (const { column, group } of columns) roles.set(column, group === 'total' ? 'population' : `population:${group}`);
  return {
    what: 'population',
    contract: undefined,
    roles,
    build(row) {
      const { geometry } = row;
      if (geometry === undefined) return [];
      const cellId = row.cellId ?? sourceIdOf(row, common.id);
      const records: ImportRecord[] = [];
      for (const { column, group } of columns) {
        const persons = readPersons(row, column, context);
        if (persons !== undefined) records.push({ type: 'population-cell', cellId, group, persons, geometry });
      }
      if (features !== undefined) records.push(...features.build(row));
      return records;
    },
  };
}

/** Persons of a cell; empty cells and negative codes for “not published” are counted and left out. */
function readPersons(row: SourceRow, column: string, context: BuilderContext): number | undefined {
  const value = row.values[column];
  if (value === null || value === undefined || value === '') {
    context.notes.add('info', 'import/no-persons', { zh: '人口列为空的单元按无数据处理。', en: 'Cells with an empty count of persons are treated as without data.' }, { file: context.file, row: row.row, field: column });
    return undefined;
  }
  const persons = typeof value === 'number' ? value : parseNumber(String(value));
  if (persons !== undefined && Number.isFinite(persons) && persons >= 0) return persons;
  context.notes.add('error', 'import/bad-persons', { zh: '人口数为负或不是数字，该单元人口未导入。', en: 'A count of persons is negative or no number; the cell’s persons were left out.' }, { file: context.file, row: row.row, field: column, value: String(value) });
  return undefined;
}

export interface PlaceColumns {
  /** Where the level comes from. */
  readonly source: 'stated' | 'level' | 'division-code' | 'admin-level' | 'name';
  readonly column: string | undefined;
  readonly level: PlaceLevel | undefined;
  readonly parent: string | undefined;
  readonly code: string | undefined;
  readonly population: string | undefined;
}

/** Columns that hold division codes for certain; a plain `code` of six digits may be a postal code. */
const DIVISION_CODE_NAMES = ['adcode', 'ad_code', '行政区划代码', '区划代码', '行政代码', 'xzqdm', 'pac'];
const CODE_NAMES = [...DIVISION_CODE_NAMES, 'unit_id', 'adm_code', 'gb', 'code', '代码'];
const LEVEL_NAMES = ['scale', 'level', '级别', '层级', '尺度', '行政级别', '单元级别', 'place_level'];
const PARENT_NAMES = ['parent', 'parent_id', 'parent.adcode', '上级', '上级代码', '上级编码', '所属', '父级'];

function levelIn(row: SourceRow, source: PlaceColumns['source'], column: string | undefined): PlaceLevel | undefined {
  const value = column === undefined ? undefined : row.values[column];
  if (source === 'level') return levelOfWord(value);
  if (source === 'division-code') return levelOfDivisionCode(value);
  if (source === 'admin-level') return levelOfChineseAdminLevel(value);
  return source === 'name' ? levelOfName(textOf(value)) : undefined;
}

function isInChina(row: SourceRow): boolean {
  const c = row.geometry?.coordinates;
  return c !== undefined && c[0] > 73 && c[0] < 136 && c[1] > 3 && c[1] < 54;
}

/** How the file says what level its areas are; undefined where it does not, or where its features are no areas. */
export function findPlaceColumns(columns: readonly string[], sample: readonly SourceRow[], common: CommonColumns, context: BuilderContext): PlaceColumns | undefined {
  const areas = sample.filter((row) => row.geometry?.type.endsWith('Polygon'));
  if (areas.length === 0 || areas.length < 0.8 * sample.length) return undefined;
  const shared = {
    parent: findColumn(columns, PARENT_NAMES),
    code: findColumn(columns, CODE_NAMES),
    population: findColumn(columns, ['population', '人口', '常住人口', '人口数', 'pop']),
  };
  const { level } = context.options;
  if (level !== undefined) return { source: 'stated', column: undefined, level, ...shared };
  if (common.name === undefined) return undefined;
  const candidates: [PlaceColumns['source'], string | undefined][] = [
    ['level', findColumn(columns, LEVEL_NAMES)],
    ['division-code', findColumn(columns, DIVISION_CODE_NAMES)],
    ['admin-level', areas.every(isInChina) ? findColumn(columns, ['admin_level']) : undefined],
    ['name', common.name],
  ];
  for (const [source, column] of candidates) {
    if (column === undefined) continue;
    const levels = areas.filter((row) => levelIn(row, source, column) !== undefined).length;
    if (levels > 0 && levels >= (source === 'name' ? 0.8 : 0.5) * areas.length) return { source, column, level: undefined, ...shared };
  }
  return undefined;
}

const SOURCE_WORDS: Record<PlaceColumns['source'], Bilingual> = {
  stated: { zh: '导入选项', en: 'the import options' },
  level: { zh: '级别列', en: 'the level column' },
  'division-code': { zh: '行政区划代码', en: 'the division code' },
  'admin-level': { zh: 'OSM admin_level', en: 'OSM’s admin_level' },
  name: { zh: '名称的末字（推测）', en: 'the ending of the name (a guess)' },
};

/** Areas as places, and as features besides (`features` makes these). */
export function placeBuilder(place: PlaceColumns, common: CommonColumns, context: BuilderContext, features: RecordBuilder): RecordBuilder {
  const roles = new Map(features.roles);
  if (place.column !== undefined && !roles.has(place.column)) roles.set(place.column, 'level');
  if (place.parent !== undefined) roles.set(place.parent, 'parent');
  if (place.population !== undefined) roles.set(place.population, 'population');
  const words = SOURCE_WORDS[place.source];
  return {
    what: 'places',
    contract: undefined,
    roles,
    build(row) {
      const records = features.build(row);
      const level = place.level ?? levelIn(row, place.source, place.column);
      if (row.geometry === undefined) return records;
      if (level === undefined) {
        context.notes.add('info', 'import/no-place-level', { zh: '看不出级别的面只作为要素导入，不作为空间单元。', en: 'Areas whose level is not told are imported as features, not as places.' }, { file: context.file, row: row.row });
        return records;
      }
      context.notes.add(place.source === 'name' ? 'warning' : 'info', 'import/places-recognised', { zh: `面按${words.zh}识别为空间单元。`, en: `Areas were recognised as places by ${words.en}.` }, { file: context.file, row: row.row, field: place.column, value: level });
      records.push(buildPlace(row, level, place, common));
      return records;
    },
  };
}

function countIn(value: AttributeValue | undefined): number | undefined {
  const text = textOf(value);
  const number = text === undefined ? undefined : parseNumber(text);
  return number !== undefined && number >= 0 ? number : undefined;
}

function buildPlace(row: SourceRow, level: PlaceLevel, place: PlaceColumns, common: CommonColumns): ImportRecord {
  const code = place.code === undefined ? undefined : textOf(row.values[place.code]);
  const placeId = code ?? findOsmSourceId(row.values, row.geometry) ?? sourceIdOf(row, common.id);
  const name = (common.name === undefined ? undefined : textOf(row.values[common.name])) ?? placeId;
  const nameEn = common.nameEn === undefined ? undefined : textOf(row.values[common.nameEn]);
  return {
    type: 'place',
    placeId,
    level,
    name: { zh: name, en: nameEn ?? name },
    parentId: place.parent === undefined ? undefined : textOf(row.values[place.parent]),
    population: place.population === undefined ? undefined : countIn(row.values[place.population]),
    households: undefined,
    attributes: row.values,
    geometry: row.geometry,
  };
}

/** Rows without geometry, kept as they are; a column that names places keeps its role under `place_id`. */
export function rowBuilder(common: CommonColumns, columns: readonly string[], context: BuilderContext): RecordBuilder {
  const table = `custom:${customSlug(context.member ?? context.file)}` as const;
  const mapped = context.options.columns?.['place_id'];
  const placeColumn = mapped !== undefined && columns.includes(mapped) ? mapped : findColumn(columns, ['place_id', 'unit_id', 'community_id', '社区编号', '小区编号', '单元编号', '街区编号', '空间单元', 'adcode', '行政区划代码', '区划代码']);
  const roles = commonRoles(common);
  if (placeColumn !== undefined) roles.set(placeColumn, 'place_id');
  return {
    what: 'rows',
    contract: undefined,
    roles,
    build(row) {
      const key = common.id === undefined ? undefined : textOf(row.values[common.id]);
      const place = placeColumn === undefined ? undefined : textOf(row.values[placeColumn]);
      const values = place === undefined ? row.values : { ...row.values, place_id: place };
      return [{ type: 'row', table, row: row.row, key, values }];
    },
  };
}
