/** Why an operator that counts has no value, in words, and the file that would give one. */
import type { Bilingual } from '../../core/bilingual.ts';
import type { TableContract } from '../../import/model.ts';
import type { LeftOut } from '../city/city-data.ts';
import { REGISTRY_NAMES, nameGroup, nameKinds, nameLevel } from '../city/spoken-names.ts';
import type { MissingReason } from '../model.ts';
import { plainText } from './cell-values.ts';

export type Missing = { readonly missing: MissingReason };

export function missingTable(table: TableContract, columns: readonly string[]): Missing {
  const { zh, en } = REGISTRY_NAMES[table];
  return {
    missing: {
      kind: 'no-data',
      reason: { zh: `没有导入${zh}（${table}.csv）。`, en: `No ${en} (${table}.csv) was imported.` },
      supply: { zh: `${table}.csv${columns.length === 0 ? '' : `，含列 ${columns.join('、')}`}`, en: `${table}.csv${columns.length === 0 ? '' : ` with the columns ${columns.join(', ')}`}` },
    },
  };
}

/** Rows that would say it, but are of no unit of the city: that is why, not that the file lacks them. */
function missingUnits(table: TableContract, count: number, { files }: LeftOut, what?: Bilingual): Missing {
  const { zh, en } = REGISTRY_NAMES[table];
  const [fileZh, fileEn] = files.length === 0 ? [`${table}.csv`, `${table}.csv`] : [files.join('、'), files.join(', ')];
  return missingReason(
    'no-data',
    {
      zh: `${zh}（${fileZh}）有 ${count} 行${what === undefined ? '' : what.zh}，但单元编号在本市不存在，又没有坐标，未采用；没有其他可用的行。`,
      en: `The ${en} (${fileEn}) has ${count} ${count === 1 ? 'row' : 'rows'}${what === undefined ? '' : ` ${what.en}`}, but of units that the city does not have and without coordinates, so left out; no other row can be used.`,
    },
    { zh: `更正 ${fileZh} 的 community_id 或 unit_id（见提示中的行号），或先导入 units.csv`, en: `the right community_id or unit_id in ${fileEn} (rows are named in the notes), or units.csv imported first` },
  );
}

export function missingColumn(table: TableContract, column: string, leftOut?: LeftOut): Missing {
  const filled = leftOut?.columns.get(column) ?? 0;
  if (leftOut !== undefined && filled > 0) return missingUnits(table, filled, leftOut, { zh: `填写了列 ${column}`, en: `with the column ${column}` });
  const { zh, en } = REGISTRY_NAMES[table];
  return {
    missing: {
      kind: 'no-data',
      reason: { zh: `${zh}（${table}.csv）没有列 ${column}。`, en: `The ${en} (${table}.csv) has no column ${column}.` },
      supply: { zh: `${table}.csv 的列 ${column}`, en: `column ${column} of ${table}.csv` },
    },
  };
}

/** The columns are there and say nothing that would answer. */
export function missingAnswers(table: TableContract, columns: readonly string[], rows: number, leftOut?: LeftOut): Missing {
  if (rows === 0 && leftOut !== undefined) return missingUnits(table, leftOut.rows, leftOut);
  const { zh, en } = REGISTRY_NAMES[table];
  const list = columns.join(', ');
  return {
    missing: {
      kind: 'no-data',
      reason: rows === 0 ? { zh: `${zh}（${table}.csv）没有可用的行。`, en: `The ${en} (${table}.csv) has no row that can be used.` } : { zh: `${zh}（${table}.csv）的 ${rows} 行都没有填写 ${list}。`, en: `None of the ${rows} rows of the ${en} (${table}.csv) has ${list} filled in.` },
      supply: { zh: `${table}.csv 的列 ${list}`, en: `columns ${list} of ${table}.csv` },
    },
  };
}

/** Of department statistics: rows of an indicator that name no unit of the city; undefined where there are none. */
export function missingIndicatorUnits(ids: ReadonlySet<string>, leftOut: LeftOut | undefined): Missing | undefined {
  if (leftOut === undefined) return undefined;
  const count = [...leftOut.indicators].reduce((sum, [id, rows]) => sum + (ids.has(plainText(id).replace(/^#/, '')) ? rows : 0), 0);
  return count === 0 ? undefined : missingUnits('indicators_dept', count, leftOut, { zh: '填报了该指标', en: 'of this indicator' });
}

export function missingReason(kind: MissingReason['kind'], reason: Bilingual, supply: Bilingual): Missing {
  return { missing: { kind, reason, supply } };
}

/** Of a kind that the data do not have at all nobody can say whether the city lacks it or the data do. */
export function missingFacilities(kinds: readonly string[]): Missing {
  const names = nameKinds(kinds);
  return missingReason(
    'no-data',
    { zh: `数据中没有${names.zh}，无法判断是确实没有还是没有资料。`, en: `The data have no such facility (${names.en}); whether there is none or the data lack it cannot be told.` },
    { zh: `设施台账（facilities.csv，class 填“${names.zh}”），或含有此类设施的 OSM 数据`, en: `a register of facilities (facilities.csv, class ${names.en}), or OSM data that have them` },
  );
}

export function missingPopulation(group: string): Missing {
  if (group === 'total') return missingReason('no-data', { zh: '没有人口数据。', en: 'There is no population.' }, { zh: '人口格网，或含人口的表', en: 'a population grid, or a table with persons' });
  const { zh, en } = nameGroup(group);
  return missingReason(
    'no-data',
    { zh: `数据中没有${zh}的分布。`, en: `The data do not say where ${en} live.` },
    { zh: `${zh}的人口格网（GeoTIFF、CSV 或 GeoPackage），或含此项人数的表`, en: `a population grid of ${en} (GeoTIFF, CSV or GeoPackage), or a table that counts them` },
  );
}

const SIZES = {
  capacity: { column: 'capacity', zh: '容量（床位、学位等）', en: 'capacity' },
  floor: { column: 'floor_m2', zh: '建筑面积', en: 'floor' },
  land: { column: 'land_m2', zh: '用地面积', en: 'ground' },
} as const;

/** Facilities of which none gives the size that is asked for. */
export function missingSizes(kinds: readonly string[], size: keyof typeof SIZES): Missing {
  const names = nameKinds(kinds);
  const { column, zh, en } = SIZES[size];
  return missingReason(
    'no-data',
    { zh: `数据中的${names.zh}都没有${zh}。`, en: `No facility (${names.en}) has a known ${en}.` },
    { zh: `facilities.csv 的列 ${column}${size === 'land' ? '，或有边界的地图数据' : ''}`, en: `column ${column} of facilities.csv${size === 'land' ? ', or a map with their borders' : ''}` },
  );
}

/** Too few units of a level for a pattern, with why. */
export function missingOfLevel(level: string, reason: (name: Bilingual) => Bilingual): Missing {
  const name = nameLevel(level);
  return missingReason('not-applicable', reason(name), { zh: `units.csv 中的${name.zh}单元`, en: `units of the level ${name.en} in units.csv` });
}
