/** Names on the map (quarters, villages, islands …) that units can be called by. */
import type { Session } from '../database.ts';
import type { NamedSpot } from '../places/name-units.ts';
import { readLayer } from './read-columns.ts';
import type { DeriveScope } from './street-lines.ts';

/** All named spots, at the middle of their boxes. */
export async function readPlaceNames(database: Session, scope: DeriveScope): Promise<NamedSpot[]> {
  const spots: NamedSpot[] = [];
  const columns = ['kind', 'name', 'name_en', '((ST_XMin(geom) + ST_XMax(geom)) / 2)::text', '((ST_YMin(geom) + ST_YMax(geom)) / 2)::text'];
  for await (const { columns: [kinds, names, namesEn, xs, ys], count } of readLayer(database, { ...scope, layer: 'place-name', columns, where: 'name is not null' })) {
    for (let i = 0; i < count; i++) spots.push({ kind: kinds[i] ?? '', name: names[i] ?? '', nameEn: namesEn[i], lon: Number(xs[i]), lat: Number(ys[i]) });
  }
  return spots;
}
