/** Lines that keep areas apart, and water worth a border of its own, out of the layers of a city. */
import type { Geometry } from '../../engine/spatial/geometry.ts';
import type { Attributes } from '../../import/model.ts';
import type { Session } from '../database.ts';
import { strengthOfRailway, strengthOfWaterLine } from '../places/barriers.ts';
import { readLayer } from './read-columns.ts';
import type { DeriveScope, StreetLines } from './street-lines.ts';
import { lineAt } from './street-lines.ts';
import type { Barrier } from '../places/cut-input.ts';

/** Water areas from this size on have a border of their own, m²: a hectare. */
const WATER_M2 = 10_000;

/** Barriers with their strength (places/barriers.ts), and water areas of a hectare and more. */
export async function readBarriers(database: Session, scope: DeriveScope, streets: StreetLines): Promise<{ barriers: Barrier[]; water: Geometry[] }> {
  const barriers: Barrier[] = [];
  streets.ends.forEach((_, i) => {
    if (streets.strength[i] > 0) barriers.push({ geometry: lineAt(streets, i), strength: streets.strength[i] });
  });
  const lines = async (layer: string, where: string, strengthOf: (kind: string, attributes: Attributes) => number): Promise<void> => {
    const columns = ['kind', `attributes->>'tunnel'`, `attributes->>'service'`];
    for await (const chunk of readLayer(database, { ...scope, layer, columns, where, geometry: true })) {
      chunk.geometries.forEach((geometry, i) => {
        const [kind, tunnel, service] = chunk.columns.map((column) => column[i]);
        const strength = strengthOf(kind ?? '', { ...(tunnel !== undefined && { tunnel }), ...(service !== undefined && { service }) });
        if (strength > 0) barriers.push({ geometry, strength });
      });
    }
  };
  await lines('railway', 'ST_Dimension(geom) = 1', strengthOfRailway);
  await lines('water', `ST_Dimension(geom) = 1 and kind in ('river', 'canal')`, strengthOfWaterLine);
  const water: Geometry[] = [];
  for await (const { geometries } of readLayer(database, { ...scope, layer: 'water', columns: [], where: `ST_Dimension(geom) = 2 and size >= ${WATER_M2}`, geometry: true, chunk: 2000 })) {
    water.push(...geometries);
  }
  return { barriers, water };
}
