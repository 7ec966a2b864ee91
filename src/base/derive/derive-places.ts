/** Imported and derived units → the assembled `place` rows of a city. */
import type { Bilingual } from '../../core/bilingual.ts';
import type { NoteBook } from '../../core/note.ts';
import type { WorkContext } from '../../core/progress.ts';
import { TaskPool, siblingModule } from '../../engine/pool/task-pool.ts';
import { buildPolygonIndex, containsPoint, pointInside } from '../../engine/spatial/containment.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { areaM2 } from '../../engine/spatial/measure.ts';
import { fromWkb, toEwkb } from '../../engine/spatial/wkb.ts';
import type { Attributes, AttributeValue, PlaceLevel } from '../../import/model.ts';
import type { Database, Session } from '../database.ts';
import { STRENGTH, strengthOfRailway, strengthOfWaterLine } from '../places/barriers.ts';
import { cellAt, cellPolygon, listCells, resolutionFor } from '../places/cells.ts';
import { chooseBoundary, convexOutline, occupySquares } from '../places/choose-extent.ts';
import type { Barrier, CutInput, CutResult, CutUnit } from '../places/cut-units.ts';
import { locateUnits } from '../places/cut-units.ts';
import type { NamedSpot } from '../places/name-units.ts';
import { composeName, findUnitNames, numberUnits } from '../places/name-units.ts';
import { copyBoolean, copyGeometry, copyJson, copyLine, copyNumber, copyText } from '../store/copy-text.ts';
import type { PopulationPoints } from './derive-population.ts';
import type { PopulationSource } from './population-sources.ts';
import { readLayer } from './read-columns.ts';
import type { DeriveScope, StreetLines } from './street-lines.ts';
import { lineAt, listNamedLines } from './street-lines.ts';
import { copyInPieces } from './write-rows.ts';

/** Water areas from this size on have a border of their own, m²: a hectare. */
const WATER_M2 = 10_000;

/** A unit as a file brought it. */
interface ImportedPlace {
  readonly batchId: number;
  readonly placeId: string;
  readonly level: PlaceLevel;
  readonly parentId: string | undefined;
  readonly name: Bilingual;
  readonly population: number | undefined;
  readonly households: number | undefined;
  readonly attributes: Attributes;
  readonly geometry: Geometry | undefined;
}

interface PlaceRow {
  placeId: string;
  level: PlaceLevel;
  parentId: string | undefined;
  name: Bilingual;
  derived: boolean;
  population: number | undefined;
  households: number | undefined;
  areaM2: number | undefined;
  attributes: Record<string, AttributeValue>;
  geometry: Geometry | undefined;
}

export interface CityExtent {
  readonly geometry: Geometry;
  readonly name: Bilingual | undefined;
  /** The place of a file that this is, if it is one. */
  readonly placeId: string | undefined;
  readonly derived: boolean;
  readonly basis: 'place' | 'boundary' | 'outline';
  readonly adminLevel: number | undefined;
}

interface AdminArea {
  readonly sourceId: string;
  readonly name: string;
  readonly nameEn: string | undefined;
  readonly level: number;
  readonly geometry: Geometry;
}

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
    byId.set(row.place_id, {
      batchId: row.batch_id,
      placeId: row.place_id,
      level: row.level,
      parentId: row.parent_id ?? undefined,
      name: row.name,
      population: row.population ?? undefined,
      households: row.households ?? undefined,
      attributes: row.attributes,
      geometry: row.geom === null ? undefined : fromWkb(Buffer.from(row.geom, 'hex')),
    });
  }
  return [...byId.values()];
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
    return { extent: { geometry, name: { zh: name, en: nameEn ?? name }, placeId: undefined, derived: false, basis: 'boundary', adminLevel: level }, admin };
  }
  const whole = units.length > 0 ? await uniteUnits(database, scope, units) : undefined;
  if (whole === undefined && occupancy.centres.length === 0) return { extent: undefined, admin };
  const geometry = whole ?? (await outlineOf(database, occupancy.centres, occupancy.sideM));
  if (whole === undefined) {
    notes.add('info', 'derive/outline', {
      zh: '没有与数据范围相符的城市边界，以数据的外轮廓代替。',
      en: 'No city boundary fits the data; the outline of the data stands in for it.',
    });
  }
  return { extent: { geometry, name: undefined, placeId: undefined, derived: true, basis: 'outline', adminLevel: undefined }, admin };
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

async function readBarriers(database: Session, scope: DeriveScope, streets: StreetLines): Promise<{ barriers: Barrier[]; water: Geometry[] }> {
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
  // parcels people live on: communities end at their edges
  for await (const { geometries } of readLayer(database, { ...scope, layer: 'land-use', columns: [], where: `kind = 'residential' and ST_Dimension(geom) = 2`, geometry: true, chunk: 5000 })) {
    for (const geometry of geometries) barriers.push({ geometry, strength: STRENGTH.parcel });
  }
  return { barriers, water };
}

async function readSpots(database: Session, scope: DeriveScope): Promise<NamedSpot[]> {
  const spots: NamedSpot[] = [];
  const columns = ['kind', 'name', 'name_en', '((ST_XMin(geom) + ST_XMax(geom)) / 2)::text', '((ST_YMin(geom) + ST_YMax(geom)) / 2)::text'];
  for await (const { columns: [kinds, names, namesEn, xs, ys], count } of readLayer(database, { ...scope, layer: 'place-name', columns, where: 'name is not null' })) {
    for (let i = 0; i < count; i++) spots.push({ kind: kinds[i] ?? '', name: names[i] ?? '', nameEn: namesEn[i], lon: Number(xs[i]), lat: Number(ys[i]) });
  }
  return spots;
}

const DISTRICT_COVERAGE = 0.8;

/** Areas of the one administrative level below the city that covers most of it, where that is most. */
function chooseDistricts(admin: readonly AdminArea[], extent: CityExtent): AdminArea[] {
  const cityArea = areaM2(extent.geometry);
  let best: AdminArea[] = [];
  let bestCoverage = DISTRICT_COVERAGE;
  for (const level of [...new Set(admin.map((area) => area.level))].sort((a, b) => a - b)) {
    if (extent.adminLevel !== undefined && level <= extent.adminLevel) continue;
    const areas = admin.filter((area) => area.level === level && containsPoint(extent.geometry, ...pointInside(area.geometry)));
    const coverage = areas.reduce((sum, area) => sum + areaM2(area.geometry), 0) / cityArea;
    if (areas.length < 2 || coverage < bestCoverage || coverage > 1.2) continue;
    best = areas;
    bestCoverage = coverage * 1.05;
  }
  return best;
}

/** Number of the unit that holds a point, -1 where there is none. */
type UnitAt = (lon: number, lat: number) => number;

const unitIn = (areas: readonly Geometry[]): UnitAt => {
  const index = buildPolygonIndex(areas);
  return (lon, lat) => index.findFirst(lon, lat);
};

/** Persons of each group in each of `count` units. */
function sumPersons(count: number, unitAt: UnitAt, points: PopulationPoints): ReadonlyMap<string, Float64Array> {
  const home = Int32Array.from(points.lon, (lon, i) => unitAt(lon, points.lat[i]));
  const sums = new Map<string, Float64Array>();
  for (const [group, persons] of points.persons) {
    const sum = new Float64Array(count);
    home.forEach((area, i) => {
      if (area >= 0) sum[area] += persons[i] ?? 0;
    });
    sums.set(group, sum);
  }
  return sums;
}

function personAttributes(sums: ReadonlyMap<string, Float64Array>, i: number): Record<string, number> {
  return Object.fromEntries([...sums].map(([group, sum]) => [`persons:${group}`, Math.round(sum[i] * 1000) / 1000]));
}

const TITLES = {
  district: { zh: '城区', en: 'District' },
  block: { zh: '街区', en: 'Block' },
  community: { zh: '小区', en: 'Community' },
} as const;
type CutLevel = keyof typeof TITLES;

export interface PlaceInputs {
  readonly extent: CityExtent;
  readonly admin: readonly AdminArea[];
  readonly imported: readonly ImportedPlace[];
  readonly streets: StreetLines;
  readonly points: PopulationPoints;
  readonly sources: readonly PopulationSource[];
}

export async function derivePlaces(
  database: Database,
  scope: DeriveScope & { readonly derivedBatchId: number },
  inputs: PlaceInputs,
  notes: NoteBook,
  context: WorkContext,
): Promise<Record<string, number>> {
  const { extent, imported, points } = inputs;
  const importedOf = (level: PlaceLevel): (ImportedPlace & { geometry: Geometry })[] =>
    imported.filter((place): place is ImportedPlace & { geometry: Geometry } => place.level === level && isArea(place.geometry));
  const adminDistricts = importedOf('district').length === 0 ? chooseDistricts(inputs.admin, extent) : [];
  const districts = importedOf('district').map((place) => place.geometry);
  const { barriers, water } = await readBarriers(database, scope, inputs.streets);
  const total = points.persons.get('total');
  const cut = await cutAside({
    city: extent.geometry,
    districts: districts.length > 0 ? districts : adminDistricts.map((area) => area.geometry),
    blocks: importedOf('block').map((place) => place.geometry),
    communities: importedOf('community').map((place) => place.geometry),
    barriers,
    water,
    population: total === undefined ? undefined : { lon: points.lon, lat: points.lat, persons: pad(total, points.lon.length) },
  });

  const rows: PlaceRow[] = [];
  const cityId = extent.placeId ?? 'city';
  const cityRow = buildCityRow(extent, cityId, cut, points);
  rows.push(cityRow);
  const ids: Record<CutLevel, string[]> = { district: [], block: [], community: [] };
  const spots = await readSpots(database, scope);
  const named = listNamedLines(inputs.streets);
  const cuttable = barriers.length > 0 || imported.some((place) => place.level === 'block' || place.level === 'community');
  const chain: [CutLevel, readonly CutUnit[], CutLevel | undefined][] = [['district', cut.districts, undefined], ['block', cuttable ? cut.blocks : [], cut.districts.length > 0 ? 'district' : undefined], ['community', cuttable ? cut.communities : [], 'block']];
  for (const [level, units, above] of chain) {
    const parentOf = (unit: CutUnit): string => (above === undefined ? undefined : ids[above][unit.parent]) || cityId;
    const sources = importedOf(level);
    const unitAt: UnitAt = (lon, lat) => locateUnits(cut.locator, lon, lat)[level];
    ids[level] = units.map(() => '');
    if (level === 'district' && adminDistricts.length > 0) addAdminRows(rows, units, adminDistricts, ids.district, cityId, unitAt, points);
    else if (sources.length > 0) mapImported(units, sources, ids[level]);
    else addDerivedRows(rows, level, units, parentOf, ids[level], unitAt, spots, named, points, total !== undefined);
    addImportedRows(rows, level, sources, (i) => parentFor(units, i, parentOf) ?? cityId, points);
  }
  if (!cuttable) {
    notes.add('warning', 'derive/no-streets', {
      zh: '没有道路、铁路或水系，无法划分街区与小区；结果以城市与 H3 网格为单元。',
      en: 'There are no streets, railways or water to cut blocks and communities along; results are for the city and the H3 grid.',
    });
  }
  if (total === undefined && cuttable && importedOf('community').length === 0) {
    notes.add('info', 'derive/communities-by-area', {
      zh: '没有总人口数据，小区按用地面积（15–40 公顷）划分，未按 5000–12000 人核定。',
      en: 'Nobody knows how many people live where, so communities were cut by area (15–40 ha) and not to 5,000–12,000 persons.',
    });
  }
  addOtherLevels(rows, imported, cityId, points);
  addCells(rows, inputs, cityId, importedOf('cell').length > 0);
  await writePlaces(database, scope, rows, context);
  const kept: Record<string, number> = {};
  for (const { level } of rows) kept[`place/${level}`] = (kept[`place/${level}`] ?? 0) + 1;
  return kept;
}

function isArea(geometry: Geometry | undefined): boolean {
  return geometry !== undefined && (geometry.type === 'Polygon' || geometry.type === 'MultiPolygon');
}

/** Points came after the group's last one was numbered: the rest have nobody of it. */
function pad(persons: Float64Array, length: number): Float64Array {
  if (persons.length === length) return persons;
  const padded = new Float64Array(length);
  padded.set(persons);
  return padded;
}

/** From so many lines on the cut, which takes seconds, goes to a thread, so that the server answers meanwhile. */
const THREAD_LINES = 2000;

async function cutAside(input: CutInput): Promise<CutResult> {
  const pool = new TaskPool<CutInput, CutResult>({ module: siblingModule(import.meta.url, 'cut-task'), task: 'cutCity', threads: input.barriers.length < THREAD_LINES ? 0 : 1 });
  try {
    return await pool.run(input);
  } finally {
    await pool.close();
  }
}

function buildCityRow(extent: CityExtent, cityId: string, cut: CutResult, points: PopulationPoints): PlaceRow {
  const sums = sumPersons(1, unitIn([extent.geometry]), points);
  return {
    placeId: cityId,
    level: 'city',
    parentId: undefined,
    name: extent.name ?? { zh: '全市', en: 'City' },
    derived: extent.derived,
    population: sums.get('total')?.[0],
    households: undefined,
    areaM2: extent.basis === 'place' ? areaM2(extent.geometry) : cut.city.areaM2,
    attributes: { basis: extent.basis, land_m2: Math.round(cut.city.landM2), ...personAttributes(sums, 0) },
    geometry: extent.basis === 'place' ? extent.geometry : cut.city.geometry,
  };
}

function addAdminRows(rows: PlaceRow[], units: readonly CutUnit[], areas: readonly AdminArea[], ids: string[], cityId: string, unitAt: UnitAt, points: PopulationPoints): void {
  const sums = sumPersons(units.length, unitAt, points);
  units.forEach((unit, i) => {
    const area = areas[unit.imported];
    // what the districts leave over has no name of its own and is no district
    if (area === undefined) return;
    ids[i] = area.sourceId;
    rows.push({
      placeId: area.sourceId, level: 'district', parentId: cityId, name: { zh: area.name, en: area.nameEn ?? area.name }, derived: false,
      population: sums.get('total')?.[i], households: undefined, areaM2: unit.areaM2,
      attributes: { admin_level: area.level, land_m2: Math.round(unit.landM2), ...personAttributes(sums, i) }, geometry: unit.geometry,
    });
  });
}

function mapImported(units: readonly CutUnit[], sources: readonly ImportedPlace[], ids: string[]): void {
  units.forEach((unit, i) => {
    if (unit.imported >= 0) ids[i] = sources[unit.imported].placeId;
  });
}

/** The parent of an imported unit: that of its largest piece. */
function parentFor(units: readonly CutUnit[], imported: number, parentOf: (unit: CutUnit) => string): string | undefined {
  let best: CutUnit | undefined;
  for (const unit of units) if (unit.imported === imported && (best === undefined || unit.areaM2 > best.areaM2)) best = unit;
  return best === undefined ? undefined : parentOf(best);
}

function addImportedRows(rows: PlaceRow[], level: PlaceLevel, sources: readonly (ImportedPlace & { geometry: Geometry })[], parentOf: (i: number) => string, points: PopulationPoints): void {
  if (sources.length === 0) return;
  const sums = sumPersons(sources.length, unitIn(sources.map((place) => place.geometry)), points);
  sources.forEach((place, i) => {
    rows.push({
      placeId: place.placeId, level, parentId: place.parentId ?? parentOf(i), name: place.name, derived: false,
      population: place.population ?? sums.get('total')?.[i], households: place.households, areaM2: areaM2(place.geometry),
      attributes: { ...place.attributes, ...personAttributes(sums, i) }, geometry: place.geometry,
    });
  });
}

function addDerivedRows(
  rows: PlaceRow[],
  level: CutLevel,
  units: readonly CutUnit[],
  parentOf: (unit: CutUnit) => string,
  ids: string[],
  unitAt: UnitAt,
  spots: readonly NamedSpot[],
  lines: Parameters<typeof findUnitNames>[3],
  points: PopulationPoints,
  known: boolean,
): void {
  if (units.length === 0) return;
  const geometries = units.map((unit) => unit.geometry);
  const numbers = numberUnits(geometries);
  const names = findUnitNames(units.length, unitAt, spots, lines);
  const sums = sumPersons(units.length, unitAt, points);
  units.forEach((unit, i) => {
    ids[i] = `${level}-${numbers[i]}`;
    const size = level !== 'community' || !known ? undefined : unit.persons > 12_000 ? 'large' : unit.persons < 5000 ? 'small' : undefined;
    rows.push({
      placeId: ids[i], level, parentId: parentOf(unit), name: composeName(TITLES[level], numbers[i], names[i]), derived: true,
      population: known ? unit.persons : undefined, households: undefined, areaM2: unit.areaM2,
      attributes: { land_m2: Math.round(unit.landM2), ...(level === 'community' && { basis: known ? 'persons' : 'area' }), ...(size !== undefined && { size }), ...personAttributes(sums, i) },
      geometry: unit.geometry,
    });
  });
}

/** Buildings, zones and cells of files, and units without a shape: as they came, under the unit they name or lie in. */
function addOtherLevels(rows: PlaceRow[], imported: readonly ImportedPlace[], cityId: string, points: PopulationPoints): void {
  const communities = rows.filter((row) => row.level === 'community' && row.geometry !== undefined);
  const index = buildPolygonIndex(communities.map((row) => row.geometry as Geometry));
  const done = new Set(rows.map((row) => row.placeId));
  const others = imported.filter((place) => !done.has(place.placeId));
  const areas = others.filter((place): place is ImportedPlace & { geometry: Geometry } => isArea(place.geometry) && place.level !== 'building');
  const sums = sumPersons(areas.length, unitIn(areas.map((place) => place.geometry)), points);
  const numberOf = new Map(areas.map((place, i) => [place.placeId, i]));
  for (const place of others) {
    const home = place.level === 'building' && place.geometry !== undefined ? index.findFirst(...pointInside(place.geometry)) : -1;
    const number = numberOf.get(place.placeId);
    rows.push({
      placeId: place.placeId, level: place.level, parentId: place.parentId ?? (home >= 0 ? communities[home].placeId : place.level === 'city' ? undefined : cityId),
      name: place.name, derived: false, population: place.population ?? (number === undefined ? undefined : sums.get('total')?.[number]), households: place.households,
      areaM2: place.geometry === undefined ? undefined : areaM2(place.geometry),
      attributes: { ...place.attributes, ...(number !== undefined && personAttributes(sums, number)) }, geometry: place.geometry,
    });
  }
}

function addCells(rows: PlaceRow[], { extent, sources, points }: PlaceInputs, cityId: string, imported: boolean): void {
  if (imported) return;
  const resolution = sources.find((source) => source.h3Resolution !== undefined)?.h3Resolution ?? resolutionFor(areaM2(extent.geometry));
  const cells = listCells(extent.geometry, resolution);
  const numbers = new Map(cells.map((id, i) => [id, i]));
  const sums = sumPersons(cells.length, (lon, lat) => numbers.get(cellAt(lon, lat, resolution)) ?? -1, points);
  const total = sums.get('total');
  cells.forEach((id, i) => {
    const geometry = cellPolygon(id);
    rows.push({
      placeId: id, level: 'cell', parentId: cityId, name: { zh: id, en: id }, derived: true, population: total?.[i], households: undefined,
      areaM2: areaM2(geometry), attributes: { resolution, ...personAttributes(sums, i) }, geometry,
    });
  });
}

async function writePlaces(database: Database, { cityId, derivedBatchId }: { cityId: string; derivedBatchId: number }, rows: readonly PlaceRow[], context: WorkContext): Promise<void> {
  const columns = ['city_id', 'batch_id', 'place_id', 'level', 'parent_id', 'name', 'derived', 'population', 'households', 'area_m2', 'attributes', 'geom'];
  function* lines(): Generator<string> {
    for (const row of rows) {
      yield copyLine([
        cityId, String(derivedBatchId), copyText(row.placeId), row.level, copyText(row.parentId), copyJson(row.name), copyBoolean(row.derived), copyNumber(row.population),
        copyNumber(row.households), copyNumber(row.areaM2), copyJson(row.attributes), copyGeometry(row.geometry),
      ]);
    }
  }
  await copyInPieces(database, 'place', columns, lines(), context);
}
