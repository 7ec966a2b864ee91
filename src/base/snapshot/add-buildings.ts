/** Buildings, land use and water → sections `building.*`, `landUse.*`. */
import { pointInside } from '../../engine/spatial/containment.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import type { Attributes } from '../../import/model.ts';
import type { Session } from '../database.ts';
import { readLayer } from '../derive/read-columns.ts';
import { isRegistryBuilding, matchRegistryBuildings } from '../population/registry-buildings.ts';
import { findStoreys, isResidential } from '../population/residential.ts';
import type { TextTable } from './growing-arrays.ts';
import { growingF32, growingI32, growingU32, growingU8, ShapeList, toE7 } from './growing-arrays.ts';
import type { LayerScope, Sections } from './scope.ts';

export async function addBuildings(database: Session, scope: LayerScope, texts: TextTable, sections: Sections): Promise<number> {
  const rows: { kind: string; sourceId: string; attributes: Attributes; geometry: Geometry; lon: number; lat: number; footprintM2: number; registry: boolean }[] = [];
  for await (const { columns: [kinds, ids, sizes, attributes], geometries } of readLayer(database, { ...scope, layer: 'building', columns: ['kind', 'source_id', 'size::text', 'attributes::text'], geometry: true })) {
    geometries.forEach((geometry, i) => {
      const tags = JSON.parse(attributes[i] ?? '{}') as Attributes;
      const [lon, lat] = pointInside(geometry);
      rows.push({ kind: kinds[i] ?? '', sourceId: ids[i] ?? '', attributes: tags, geometry, lon, lat, footprintM2: Number(sizes[i]), registry: isRegistryBuilding(tags) });
    });
  }
  // a building of registry and map comes once: what the registry says, in the outline of the map where the registry has a point
  const rowOf = matchRegistryBuildings(rows);
  const drawn = new Map<number, number>();
  rowOf.forEach((row, i) => {
    if (row >= 0 && rows[row].footprintM2 === 0 && !drawn.has(row)) drawn.set(row, i);
  });
  const centre = growingI32();
  const [kind, source] = [growingU32(), growingU32()];
  const [footprint, storeys] = [growingF32(), growingF32()];
  const residential = growingU8();
  const shapes = new ShapeList();
  rows.forEach((row, i) => {
    if (rowOf[i] >= 0) return;
    const outline = rows[drawn.get(i) ?? i];
    centre.push(toE7(row.lon));
    centre.push(toE7(row.lat));
    kind.push(texts.number(row.kind));
    source.push(texts.number(row.sourceId));
    footprint.push(outline.footprintM2);
    storeys.push(findStoreys(row.attributes) ?? NaN);
    residential.push(isResidential(row.kind, row.attributes) ? 1 : 0);
    shapes.add(outline.geometry);
  });
  Object.assign(sections, {
    'building.centreE7': centre.finish(), 'building.kind': kind.finish(), 'building.source': source.finish(), 'building.footprintM2': footprint.finish(),
    'building.storeys': storeys.finish(), 'building.residential': residential.finish(), ...shapes.finish('building'),
  });
  return kind.length;
}

export async function addLandUse(database: Session, scope: LayerScope, texts: TextTable, sections: Sections): Promise<number> {
  const [kind, source] = [growingU32(), growingU32()];
  const area = growingF32();
  const water = growingU8();
  const shapes = new ShapeList();
  for (const layer of ['land-use', 'water']) {
    for await (const { columns: [kinds, ids, sizes], geometries } of readLayer(database, { ...scope, layer, columns: ['kind', 'source_id', 'size::text'], where: 'ST_Dimension(geom) = 2', geometry: true, chunk: 5000 })) {
      geometries.forEach((geometry, i) => {
        kind.push(texts.number(kinds[i]));
        source.push(texts.number(ids[i]));
        area.push(Number(sizes[i]));
        water.push(layer === 'water' ? 1 : 0);
        shapes.add(geometry);
      });
    }
  }
  Object.assign(sections, { 'landUse.kind': kind.finish(), 'landUse.source': source.finish(), 'landUse.areaM2': area.finish(), 'landUse.water': water.finish(), ...shapes.finish('landUse') });
  return kind.length;
}
