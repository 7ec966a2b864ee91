/** Units as files brought them: rows of `place` under the batches of a revision. */
import type { Bilingual } from '../../core/bilingual.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { fromWkb } from '../../engine/spatial/wkb.ts';
import type { Attributes, PlaceLevel } from '../../import/model.ts';
import { FILE_ROW } from '../../import/table/contract-builder.ts';
import type { Session } from '../database.ts';
import type { DeriveScope } from './street-lines.ts';

/** A unit as a file brought it. */
export interface ImportedPlace {
  readonly batchId: number;
  /** Row of its file, where that has rows. */
  readonly row: number | undefined;
  readonly placeId: string;
  readonly level: PlaceLevel;
  readonly parentId: string | undefined;
  readonly name: Bilingual;
  readonly population: number | undefined;
  readonly households: number | undefined;
  readonly attributes: Attributes;
  readonly geometry: Geometry | undefined;
}

/** One that has an area, so that things can lie in it. */
export type ImportedArea = ImportedPlace & { readonly geometry: Geometry };

/** Units of all levels, each once: the newest file has the last word on it. */
export async function readImportedPlaces(database: Session, { cityId, batches }: DeriveScope): Promise<ImportedPlace[]> {
  const rows = await database.query<{
    batch_id: number; place_id: string; level: PlaceLevel; parent_id: string | null; name: Bilingual; population: number | null; households: number | null;
    attributes: Attributes; geom: string | null;
  }>(
    `select batch_id, place_id, level, parent_id, name, population, households, attributes, geom from place
     where city_id = $1 and batch_id = any($2) order by batch_id, place_id`,
    [cityId, batches],
  );
  // the newest file has the last word on a unit
  const byId = new Map<string, ImportedPlace>();
  for (const row of rows) {
    const { [FILE_ROW]: number, ...attributes } = row.attributes;
    byId.set(row.place_id, {
      batchId: row.batch_id,
      row: typeof number === 'number' ? number : undefined,
      placeId: row.place_id,
      level: row.level,
      parentId: row.parent_id ?? undefined,
      name: row.name,
      population: row.population ?? undefined,
      households: row.households ?? undefined,
      attributes,
      geometry: row.geom === null ? undefined : fromWkb(Buffer.from(row.geom, 'hex')),
    });
  }
  return [...byId.values()];
}

export function isImportedArea(place: ImportedPlace): place is ImportedArea {
  return place.geometry?.type === 'Polygon' || place.geometry?.type === 'MultiPolygon';
}
