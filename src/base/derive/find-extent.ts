/**
 * How far a city reaches: the city a file names, else the administrative boundary that fits the data best, else imported
 * units as one area, else the outline of the data.
 */
import type { Bilingual } from '../../core/bilingual.ts';
import type { NoteBook } from '../../core/note.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { fromWkb, toEwkb } from '../../engine/spatial/wkb.ts';
import type { Session } from '../database.ts';
import { chooseBoundary, convexOutline, occupySquares } from '../places/choose-extent.ts';
import type { ImportedPlace } from './imported-places.ts';
import type { PopulationSource } from './population-sources.ts';
import { readLayer } from './read-columns.ts';
import type { DeriveScope, StreetLines } from './street-lines.ts';

export interface CityExtent {
  readonly geometry: Geometry;
  readonly name: Bilingual | undefined;
  /** The place of a file that this is, if it is one. */
  readonly placeId: string | undefined;
  readonly derived: boolean;
  readonly basis: 'place' | 'boundary' | 'outline';
  readonly adminLevel: number | undefined;
}

export interface AdminArea {
  readonly sourceId: string;
  readonly name: string;
  readonly nameEn: string | undefined;
  readonly level: number;
  readonly geometry: Geometry;
}

async function readAdminAreas(database: Session, scope: DeriveScope): Promise<AdminArea[]> {
  const areas: AdminArea[] = [];
  const columns = ['source_id', 'name', 'name_en', `attributes->>'admin_level'`];
  for await (const chunk of readLayer(database, { ...scope, layer: 'boundary', columns, where: 'ST_Dimension(geom) = 2', geometry: true, chunk: 500 })) {
    chunk.geometries.forEach((geometry, i) => {
      const level = Number(chunk.columns[3][i]);
      if (!Number.isInteger(level)) return;
      areas.push({ sourceId: chunk.columns[0][i] ?? '', name: chunk.columns[1][i] ?? '', nameEn: chunk.columns[2][i], level, geometry });
    });
  }
  return areas;
}

/** Points that show where the data are: streets and buildings, else persons, else whatever there is. */
async function sampleData(database: Session, scope: DeriveScope, streets: StreetLines, sources: readonly PopulationSource[]): Promise<{ lon: number[]; lat: number[] }> {
  const lon: number[] = [];
  const lat: number[] = [];
  // some 50,000 vertices show as well as a million
  const step = 2 * Math.max(1, Math.floor(streets.coordinates.length / 100_000));
  for (let i = 0; i < streets.coordinates.length; i += step) {
    lon.push(streets.coordinates[i]);
    lat.push(streets.coordinates[i + 1]);
  }
  const addLayer = async (layer: string): Promise<void> => {
    const columns = ['((ST_XMin(geom) + ST_XMax(geom)) / 2)::text', '((ST_YMin(geom) + ST_YMax(geom)) / 2)::text'];
    for await (const { columns: [xs, ys], count } of readLayer(database, { ...scope, layer, columns })) {
      for (let i = 0; i < count; i++) {
        lon.push(Number(xs[i]));
        lat.push(Number(ys[i]));
      }
    }
  };
  await addLayer('building');
  if (lon.length > 0) return { lon, lat };
  for (const { grid, cells } of sources) {
    for (const cell of cells) {
      lon.push(cell.centre[0]);
      lat.push(cell.centre[1]);
    }
    for (let cell = 0; grid !== undefined && cell < grid.values.length; cell++) {
      if (!(grid.values[cell] > 0)) continue;
      lon.push(grid.originLon + ((cell % grid.width) + 0.5) * grid.cellLonDeg);
      lat.push(grid.originLat - (Math.floor(cell / grid.width) + 0.5) * grid.cellLatDeg);
    }
  }
  if (lon.length > 0) return { lon, lat };
  for (const layer of ['poi', 'transit-stop', 'land-use', 'boundary']) await addLayer(layer);
  return { lon, lat };
}

/** The outline of the data's squares, widened by half a square; convex where the base cannot draw a concave one. */
async function outlineOf(database: Session, centres: Float64Array, sideM: number): Promise<Geometry> {
  const convex = convexOutline(centres, sideM);
  if (centres.length < 20) return convex;
  const margin = sideM / 111_000;
  const stretch = Math.cos((centres[1] * Math.PI) / 180);
  const metric = centres.map((value, i) => (i % 2 === 0 ? value * stretch : value));
  const points = toEwkb({ type: 'MultiPoint', coordinates: metric });
  try {
    const [row] = await database.query<{ hull: string }>(
      `select ST_SimplifyPreserveTopology(ST_Buffer(ST_ConcaveHull(ST_GeomFromEWKB(decode($1, 'hex')), 0.12), $2::float8, 'quad_segs=2'), $2::float8 / 5) as hull`,
      [Buffer.from(points).toString('hex'), margin],
    );
    const hull = fromWkb(Buffer.from(row.hull, 'hex'));
    if (hull.type !== 'Polygon' && hull.type !== 'MultiPolygon') return convex;
    return { ...hull, coordinates: hull.coordinates.map((value, i) => (i % 2 === 0 ? value / stretch : value)) };
  } catch {
    return convex;
  }
}

/** How far the city reaches; undefined where no file says anything about where. */
export async function findExtent(
  database: Session,
  scope: DeriveScope,
  imported: readonly ImportedPlace[],
  streets: StreetLines,
  sources: readonly PopulationSource[],
  notes: NoteBook,
): Promise<{ extent: CityExtent | undefined; admin: AdminArea[] }> {
  const admin = await readAdminAreas(database, scope);
  const { lon, lat } = await sampleData(database, scope, streets, sources);
  const occupancy = occupySquares(lon, lat);
  const cities = imported.filter((place) => place.level === 'city' && place.geometry !== undefined);
  if (cities.length > 0) {
    const best = cities.length === 1 ? 0 : Math.max(0, chooseBoundary(cities.map((place) => place.geometry as Geometry), occupancy));
    const { geometry, name, placeId } = cities[best];
    return { extent: { geometry: geometry as Geometry, name, placeId, derived: false, basis: 'place', adminLevel: undefined }, admin };
  }
  const units = imported.filter((place) => ['district', 'block', 'community'].includes(place.level) && place.geometry !== undefined);
  const chosen = chooseBoundary(admin.map((area) => area.geometry), occupancy);
  if (chosen >= 0 && units.length === 0) {
    const { geometry, name, nameEn, level } = admin[chosen];
    return { extent: { geometry, name: { zh: name, en: nameEn ?? name }, placeId: imported.find((place) => place.level === 'city')?.placeId, derived: false, basis: 'boundary', adminLevel: level }, admin };
  }
  // a city that a table names without drawing it has its name and id from there
  const named = imported.find((place) => place.level === 'city');
  const whole = units.length > 0 ? await uniteUnits(database, scope, units) : undefined;
  if (whole === undefined && occupancy.centres.length === 0) return { extent: undefined, admin };
  const geometry = whole ?? (await outlineOf(database, occupancy.centres, occupancy.sideM));
  if (whole === undefined) {
    notes.add('info', 'derive/outline', {
      zh: '没有与数据范围相符的城市边界，以数据的外轮廓代替。',
      en: 'No city boundary fits the data; the outline of the data stands in for it.',
    });
  }
  return { extent: { geometry, name: named?.name, placeId: named?.placeId, derived: true, basis: 'outline', adminLevel: undefined }, admin };
}

/** Imported units of the highest level there is, as one area. */
async function uniteUnits(database: Session, { cityId }: DeriveScope, units: readonly ImportedPlace[]): Promise<Geometry | undefined> {
  const level = ['district', 'block', 'community'].find((wanted) => units.some((unit) => unit.level === wanted));
  const top = units.filter((unit) => unit.level === level);
  const batches = [...new Set(top.map((unit) => unit.batchId))];
  const [row] = await database.query<{ geom: string | null }>(
    `select ST_Multi(ST_CollectionExtract(ST_UnaryUnion(ST_Collect(ST_MakeValid(geom)), 0.0000001), 3)) as geom
     from place where city_id = $1 and batch_id = any($2) and level = $3 and geom is not null`,
    [cityId, batches, level],
  );
  return row?.geom === null || row === undefined ? undefined : fromWkb(Buffer.from(row.geom, 'hex'));
}
