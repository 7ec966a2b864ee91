/** What shows where a city is built up: land use by class, footprints of buildings, streets of towns. */
import type { Geometry } from '../../engine/spatial/geometry.ts';
import type { Session } from '../database.ts';
import { GROUND, groundOf } from '../places/built-up-rules.ts';
import { readLayer } from './read-columns.ts';
import type { DeriveScope, StreetLines } from './street-lines.ts';
import type { Evidence } from '../places/cut-input.ts';

/** Smaller pieces of land dominate no face, m². */
const LAND_M2 = 1000;

/** Reads land use and buildings of the batches; streets are at hand. */
export async function readEvidence(database: Session, scope: DeriveScope, streets: StreetLines): Promise<Evidence> {
  const shapes: Geometry[] = [];
  const classes: number[] = [];
  const where = `ST_Dimension(geom) = 2 and size >= ${LAND_M2}`;
  for await (const { columns: [kinds], geometries } of readLayer(database, { ...scope, layer: 'land-use', columns: ['kind'], where, geometry: true, chunk: 5000 })) {
    geometries.forEach((geometry, i) => {
      const ground = groundOf(kinds[i] ?? '');
      if (ground === GROUND.unknown) return;
      shapes.push(geometry);
      classes.push(ground);
    });
  }
  const buildings: number[] = [];
  const columns = ['((ST_XMin(geom) + ST_XMax(geom)) / 2)::text', '((ST_YMin(geom) + ST_YMax(geom)) / 2)::text', 'size::text'];
  for await (const { columns: [xs, ys, sizes], count } of readLayer(database, { ...scope, layer: 'building', columns, where: 'ST_Dimension(geom) = 2' })) {
    for (let i = 0; i < count; i++) buildings.push(Number(xs[i]), Number(ys[i]), Number(sizes[i]));
  }
  return {
    land: { shapes, classes: Uint8Array.from(classes) },
    buildings: Float64Array.from(buildings),
    streets: { coordinates: streets.coordinates, ends: streets.ends, counts: streets.town },
  };
}
