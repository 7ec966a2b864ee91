/** From the bytes of GeoJSON objects to raw features, with every repair and loss noted. */
import type { NoteBook } from '../../core/note.ts';
import type { RawFeature } from '../features/feature-stream.ts';
import { parseFeature } from './parse-feature.ts';
import { repairJson } from './repair.ts';

const utf8 = new TextDecoder('utf-8');

export interface JsonPlace {
  readonly file: string;
  /** Number of the feature in the file, from 1. */
  readonly row: number;
  /** Where its text begins in the file. */
  readonly offset: number;
}

/** The value of a JSON text; a text that is nearly JSON is repaired with a note, anything else noted and left out. */
export function parseLenient(text: string, place: JsonPlace, notes: NoteBook): unknown {
  try {
    return JSON.parse(text);
  } catch (fault) {
    const repair = repairJson(text);
    try {
      if (repair === undefined) throw fault;
      const value: unknown = JSON.parse(repair.text);
      for (const { at, dropped } of repair.changes) {
        notes.add('warning', 'import/json-repaired', { zh: 'JSON 有误，已去除多余字符或无效数值后读取。', en: 'The JSON was faulty; it was read without the stray characters or invalid numbers.' }, { file: place.file, row: place.row, field: `byte ${place.offset + Buffer.byteLength(text.slice(0, at))}`, value: dropped.slice(0, 40) });
      }
      return value;
    } catch {
      notes.add('error', 'import/bad-json', { zh: '要素的 JSON 有误，未导入该要素。', en: 'The JSON of a feature is faulty; the feature was left out.' }, { file: place.file, row: place.row, field: `byte ${place.offset}`, value: fault instanceof Error ? fault.message.slice(0, 120) : undefined });
      return undefined;
    }
  }
}

/** Raw features of one JSON object: several for a GeometryCollection, none where it cannot be used. */
export function toRawFeatures(bytes: Uint8Array, place: JsonPlace, notes: NoteBook): RawFeature[] {
  return valueToRawFeatures(parseLenient(utf8.decode(bytes), place, notes), place, notes);
}

export function valueToRawFeatures(value: unknown, place: JsonPlace, notes: NoteBook): RawFeature[] {
  if (value === undefined) return [];
  const at = { file: place.file, row: place.row };
  const feature = parseFeature(value);
  if (feature === undefined) {
    notes.add('error', 'import/not-a-feature', { zh: '对象不是 GeoJSON 要素，未导入。', en: 'An object is no GeoJSON feature; it was left out.' }, at);
    return [];
  }
  const { id, values, geometries } = feature;
  if (feature.fault === 'malformed') {
    notes.add('error', 'import/bad-geometry', { zh: '几何的结构不符合 GeoJSON，未导入该图形。', en: 'A geometry is not formed as GeoJSON asks; it was left out.' }, { ...at, field: 'geometry' });
    if (geometries.length === 0) return [];
  }
  if (geometries.length <= 1) return [{ row: place.row, id, values, geometry: geometries[0] }];
  notes.add('info', 'import/collection-split', { zh: '几何集合已拆成多个要素。', en: 'A geometry collection was split into one feature a member.' }, at);
  return geometries.map((geometry, i) => ({ row: place.row, id: `${id ?? place.row}#${i + 1}`, values, geometry }));
}
