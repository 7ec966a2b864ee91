/** Finding the columns that identify and name things, by the words that files use for them. */
import type { AttributeValue } from '../model.ts';

/** Lower case, half-width, without brackets and what stands in them, spaces and punctuation. */
export function plainName(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\(.*?\)|\[.*?\]|【.*?】|（.*?）/g, '')
    .replace(/[^\p{L}\p{N}+%]/gu, '');
}

/** In order of preference. */
const ID_NAMES = ['@id', 'osm_id', 'osmid', 'full_id', 'id', 'uuid', 'guid', 'unit_id', 'gml_id', '编号', '编码', '代码', '唯一标识', '序列号', 'code', 'gid', 'objectid', 'fid', 'ogc_fid', 'inspireid', '标识码', 'bsm', 'key'];
const NAME_NAMES = ['name', '名称', '名字', 'name:zh', 'name_zh', 'mc', 'title', 'label', 'nimi', 'nome', 'nombre', 'nom', '标题', '全称', 'fullname', 'long_name', 'stop_name'];
const NAME_EN_NAMES = ['name:en', 'name_en', 'en_name', 'english_name', '英文名', '英文名称'];

/** The first column that bears one of the names. */
export function findColumn(columns: readonly string[], names: readonly string[]): string | undefined {
  const plain = new Map<string, string>();
  for (const column of columns) {
    const key = plainName(column);
    if (!plain.has(key)) plain.set(key, column);
  }
  for (const name of names) {
    const found = plain.get(plainName(name));
    if (found !== undefined) return found;
  }
  return undefined;
}

export function findNameColumn(columns: readonly string[]): string | undefined {
  return findColumn(columns, NAME_NAMES) ?? columns.find((column) => /(名称|名字|_name|_nimi|_nome|_mc)$/i.test(column.trim()) && !/英文|en_name/i.test(column));
}

export function findEnglishNameColumn(columns: readonly string[]): string | undefined {
  return findColumn(columns, NAME_EN_NAMES);
}

/** The column whose values are there and differ over the sample, preferred by name. */
export function findIdColumn(columns: readonly string[], sample: readonly Readonly<Record<string, AttributeValue>>[]): string | undefined {
  const identifies = (column: string): boolean => {
    const seen = new Set<string>();
    for (const row of sample) {
      const value = row[column];
      if (value === null || value === undefined || value === '' || seen.has(String(value))) return false;
      seen.add(String(value));
    }
    return seen.size > 0;
  };
  const named = ID_NAMES.map((name) => findColumn(columns, [name])).find((column) => column !== undefined && identifies(column));
  if (named !== undefined) return named;
  return columns.find((column) => /(^|[_\s])(id|code)$|(编号|编码|代码)$/i.test(column.trim()) && identifies(column));
}

/** Text of a value, or undefined where there is none. */
export function textOf(value: AttributeValue | undefined): string | undefined {
  if (value === null || value === undefined) return undefined;
  const text = String(value).trim();
  return text === '' ? undefined : text;
}

function dashed(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
}

/**
 * `custom:` and the file's name without ending, date and punctuation, so that next year's edition fills the same layer.
 * Letters of any script stay.
 */
export function customSlug(name: string): string {
  const base = name.replace(/^.*[\\/]/, '').replace(/\.(geojson|json|geojsonl|ndjson|jsonl|csv|tsv|txt|xlsx|gpkg|shp|zip|gz|tif|tiff)$/gi, '');
  const undated = dashed(base).replace(/(^|-)(19|20)\d{2}(-?(0[1-9]|1[0-2]))?(-?[0-3]\d)?(?=-|$)/g, '').replace(/-v\d+$/, '').replace(/^-+|-+$/g, '');
  return (undated || dashed(base) || 'file').slice(0, 60);
}
