/**
 * What a check-up reads of the base: the snapshot, the network, the registries' rows, the timetable. All of it can be sent to a thread, which
 * makes a CityData of it (open-city.ts).
 *
 *     readCityInput(base, cityId, needs, context?): Promise<CityInput>
 */
import { createHash } from 'node:crypto';
import type { WorkContext } from '../core/progress.ts';
import { listParts } from '../engine/spatial/geometry.ts';
import { fromWkb } from '../engine/spatial/wkb.ts';
import { ChengmaiError, throwIfCancelled } from '../core/errors.ts';
import { CityNetworks } from '../base/network/city-networks.ts';
import type { Base } from '../base/open.ts';
import { PROGRAM_VERSION } from '../base/program-version.ts';
import { readCacheFile } from '../base/snapshot/cache-file.ts';
import type { Snapshot } from '../base/snapshot/model.ts';
import { openSnapshot } from '../base/snapshot/open-snapshot.ts';
import type { Session } from '../base/database.ts';
import { getCity } from '../base/store/cities.ts';
import type { CurrentBatches } from '../base/store/revisions.ts';
import { getCurrentBatches } from '../base/store/revisions.ts';
import type { TableContract } from '../import/model.ts';
import { TABLE_CONTRACTS } from '../import/model.ts';
import type { CoastLines } from './city/city-data.ts';
import type { TransitRows } from './city/transit-build.ts';
import { memoryOf } from './input-memory.ts';
import type { DataNeed } from './operators/operator.ts';

/** Rows of one contract, column by column so that they cross threads fast. */
export interface TableInput {
  readonly contract: TableContract;
  readonly batchId: readonly number[];
  readonly row: readonly number[];
  readonly key: readonly (string | null)[];
  /** JSON objects, by column name of the contract. */
  readonly values: readonly string[];
  /** Degrees, lon, lat interleaved; NaN where a row has no geometry. */
  readonly lonLat: Float64Array<ArrayBuffer>;
}

export interface CityInput {
  readonly cityId: string;
  readonly revision: number;
  readonly current: CurrentBatches;
  /** File names by batch, for notes and provenance. */
  readonly fileNames: ReadonlyMap<number, string>;
  readonly snapshot: Uint8Array<ArrayBuffer>;
  readonly snapshotKey: string;
  /** Undefined where the city has no streets. */
  readonly network: Uint8Array<ArrayBuffer> | undefined;
  readonly tables: readonly TableInput[];
  readonly transit: TransitRows | undefined;
  /** Undefined where the map has none, or nobody asked. */
  readonly coast?: CoastLines | undefined;
  readonly names: InputNames;
}

/** What the parts of an input are called within this process: the same name, the same content. Undefined for what the city has not. */
export interface InputNames {
  readonly tables: ReadonlyMap<TableContract, string>;
  readonly transit: string | undefined;
  readonly network: string | undefined;
}

export const NO_NAMES: InputNames = { tables: new Map(), transit: undefined, network: undefined };

const CHUNK_ROWS = 20_000;

interface BatchRow {
  batch_id: number;
  file_name: string;
  kept: Record<string, number>;
  sha256: string;
  started_at: Date;
}

/** Numbers alone do not do: they begin anew in a city that is deleted and made again. */
function nameBatches(batches: readonly BatchRow[]): string {
  return batches.map(({ batch_id, sha256, started_at }) => `${batch_id}:${sha256}:${new Date(started_at).getTime()}`).join();
}

/** Reads what the needs name. @throws ChengmaiError not-found `base/no-city`; kind `cancelled` */
export async function readCityInput(base: Base, cityId: string, needs: ReadonlySet<DataNeed>, context: WorkContext = {}): Promise<CityInput> {
  await getCity(base.database, cityId);
  context.report?.({ stage: 'open', text: { zh: '读取城市', en: 'Opening the city' }, done: 0 });
  const snapshot = await openSnapshot(base, cityId, context);
  const current = await getCurrentBatches(base.database, cityId);
  throwIfCancelled(context.signal);
  const network = await readNetwork(base, cityId, snapshot, current);
  throwIfCancelled(context.signal);
  const batches = await readBatches(base.database, current);
  const memory = memoryOf(base);
  const tables: TableInput[] = [];
  const names = new Map<TableContract, string>();
  for (const contract of TABLE_CONTRACTS) {
    const table = needs.has(`table:${contract}`) ? await readContract(base, cityId, contract, batches) : undefined;
    if (table !== undefined) {
      tables.push(table);
      names.set(contract, `${memory.id} ${nameContract(cityId, contract, batchesOf(contract, batches))}`);
    }
    throwIfCancelled(context.signal);
  }
  const timetables = needs.has('transit') ? batches.filter(({ kept }) => kept['transit-trip'] !== undefined) : [];
  const timetable = `${cityId} ${nameBatches(timetables)}`;
  const transit = timetables.length === 0 ? undefined : await memory.transit.get(timetable, () => readTransit(base.database, cityId, timetables.map(({ batch_id }) => batch_id)));
  const waters = needs.has('coast') ? batches.filter(({ kept }) => kept['water'] !== undefined) : [];
  const coast = waters.length === 0 ? undefined : await readCoast(base.database, cityId, waters.map(({ batch_id }) => batch_id));
  return {
    cityId, revision: current.revision, current, coast, fileNames: new Map(batches.map((row) => [row.batch_id, row.file_name])),
    snapshot: snapshot.bytes, snapshotKey: snapshot.meta.key, network: network?.bytes, tables, transit,
    names: { tables: names, transit: transit === undefined ? undefined : `${memory.id} transit ${timetable}`, network: network === undefined ? undefined : `${memory.id} network ${network.name}` },
  };
}

async function readCoast(database: Session, cityId: string, batches: readonly number[]): Promise<CoastLines | undefined> {
  const rows = await database.query<{ geom: string }>(
    `select geom from feature where city_id = $1 and batch_id = any($2) and layer = 'water' and kind = 'coastline' and ST_Dimension(geom) = 1 order by batch_id, feature_id`, [cityId, batches],
  );
  if (rows.length === 0) return undefined;
  const [vertices, ends] = [[] as number[], [] as number[]];
  for (const { geom } of rows) {
    const line = fromWkb(Buffer.from(geom, 'hex'));
    for (const [start, end] of listParts(line)) {
      for (let v = 2 * start; v < 2 * end; v++) vertices.push(Math.round(line.coordinates[v] * 1e7));
      ends.push(vertices.length / 2);
    }
  }
  return { verticesE7: Int32Array.from(vertices), ends: Uint32Array.from(ends) };
}

function readBatches(database: Session, { cityId, fileBatches }: CurrentBatches): Promise<BatchRow[]> {
  return database.query<BatchRow>('select batch_id, file_name, kept, sha256, started_at from import_batch where city_id = $1 and batch_id = any($2) order by batch_id', [cityId, fileBatches]);
}

/** The batches that brought rows of a contract. */
function batchesOf(contract: TableContract, batches: readonly BatchRow[]): BatchRow[] {
  return batches.filter(({ kept }) => Object.keys(kept).some((what) => what === `row/${contract}` || (contract === 'units' && what.startsWith('place/'))));
}

const nameContract = (cityId: string, contract: TableContract, batches: readonly BatchRow[]): string => `${cityId} ${contract} ${nameBatches(batches)}`;

/** Rows of a contract, those this process has or the base's; undefined where no file brought any. */
async function readContract(base: Base, cityId: string, contract: TableContract, batches: readonly BatchRow[]): Promise<TableInput | undefined> {
  // a query of nothing still takes 2 ms of the embedded base, and there are files × contracts of them
  const bringing = batchesOf(contract, batches);
  if (bringing.length === 0) return undefined;
  const table = await memoryOf(base).tables.get(nameContract(cityId, contract, bringing), () => {
    const ids = bringing.map(({ batch_id }) => batch_id);
    return contract === 'units' ? readUnits(base.database, cityId, ids) : readTable(base.database, cityId, ids, contract);
  });
  return table.row.length === 0 ? undefined : table;
}

/** One table of the present revision, as a check-up would see it. */
export async function readOneTable(base: Base, cityId: string, contract: TableContract): Promise<TableInput | undefined> {
  return readContract(base, cityId, contract, await readBatches(base.database, await getCurrentBatches(base.database, cityId)));
}

/**
 * The network's bytes: those this process has of the very same streets, else the base's, built now where that was not done yet. (The base names its
 * networks by the whole revision, so a new facility makes it build one anew.)
 */
async function readNetwork(base: Base, cityId: string, snapshot: Snapshot, current: CurrentBatches): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> } | undefined> {
  const memory = memoryOf(base);
  const name = `${cityId} ${await nameStreets(base, snapshot, current)}`;
  const known = memory.networks.find(name);
  if (known !== undefined) return { name, bytes: known };
  const networks = new CityNetworks(base);
  try {
    const { networkFile } = await networks.get(cityId);
    const bytes = await readCacheFile(networkFile);
    if (bytes === undefined) return undefined;
    memory.networks.keep(name, bytes);
    return { name, bytes };
  } catch (error) {
    if (error instanceof ChengmaiError && error.code === 'network/no-streets') return undefined;
    throw error;
  } finally {
    await networks.close();
  }
}

/** All that a network is made from: the streets' sections, the texts they use (streets come first, so later texts change no number of theirs), heights. */
async function nameStreets({ database }: Base, { sections, street, streetPoint, square, turn }: Snapshot, { cityId, batches }: CurrentBatches): Promise<string> {
  const hash = createHash('sha1');
  let lastText = 0;
  for (const part of [street, streetPoint, square, turn]) {
    for (const [name, array] of Object.entries(part)) {
      hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
      if (/^(way(Kind|Name|Source)|tagKey|tagValue|kind|except|vehicle|condition)$/.test(name)) for (const text of array as Uint32Array) if (text > lastText) lastText = text;
    }
  }
  hash.update(sections.get('text.bytes', 'u8').subarray(0, sections.get('text.ends', 'u32')[lastText]));
  const rasters = await database.query<{ batch_id: number }>(`select batch_id from raster where city_id = $1 and batch_id = any($2) and quantity = 'elevation' order by batch_id`, [cityId, batches]);
  return `${hash.digest('hex')} ${rasters.map(({ batch_id }) => batch_id).join()} ${PROGRAM_VERSION}`;
}

interface RawRow {
  batch_id: number;
  row_number: number;
  row_key: string | null;
  values: string;
  lon: number | null;
  lat: number | null;
}

/** Where the geometry of a contract's rows went when they were imported (import/table/contract-builder.ts). */
function geometryTable(contract: TableContract): string {
  const isFacility = contract === 'facilities' || contract === 'shelters' || contract === 'stations';
  if (isFacility) return `left join facility g on g.city_id = t.city_id and g.batch_id = t.batch_id and g.facility_id = coalesce(t.row_key, 'row/' || t.row_number)`;
  const layer = contract === 'buildings' ? 'building' : `custom:${contract}`;
  return `left join feature g on g.city_id = t.city_id and g.batch_id = t.batch_id and g.layer = '${layer}' and g.source_id = coalesce(t.row_key, 'row/' || t.row_number)`;
}

const EMPTY = { lonLat: new Float64Array(0) };

async function readTable(database: Session, cityId: string, batches: readonly number[], contract: TableContract): Promise<TableInput> {
  const rows: RawRow[] = [];
  for (const batch of batches) {
    let last = -1;
    for (;;) {
      const chunk = await database.query<RawRow>(
        `with chunk as materialized (
           select city_id, batch_id, row_number, row_key, values from table_row
           where city_id = $1 and batch_id = $2 and table_name = $3 and row_number > $4 order by row_number limit ${CHUNK_ROWS})
         select t.batch_id, t.row_number, t.row_key, t.values::text as values, ST_X(c.centre) as lon, ST_Y(c.centre) as lat from chunk t
         ${geometryTable(contract)} left join lateral (select ST_Centroid(g.geom) as centre) c on true order by t.row_number`,
        [cityId, batch, contract, last],
      );
      rows.push(...chunk);
      if (chunk.length < CHUNK_ROWS) break;
      last = chunk[chunk.length - 1].row_number;
    }
  }
  return toInput(contract, rows);
}

/** The table of units is kept as places, those of the files. */
async function readUnits(database: Session, cityId: string, batches: readonly number[]): Promise<TableInput> {
  const rows = await database.query<RawRow>(
    `select p.batch_id, 0 as row_number, p.place_id as row_key,
       (p.attributes || jsonb_build_object('unit_id', p.place_id, 'scale', p.level, 'population', p.population, 'households', p.households))::text as values,
       ST_X(ST_Centroid(p.geom)) as lon, ST_Y(ST_Centroid(p.geom)) as lat
     from place p where p.city_id = $1 and p.batch_id = any($2) order by p.batch_id, p.place_id`,
    [cityId, batches],
  );
  return toInput('units', rows);
}

function toInput(contract: TableContract, rows: readonly RawRow[]): TableInput {
  if (rows.length === 0) return { contract, batchId: [], row: [], key: [], values: [], ...EMPTY };
  const lonLat = new Float64Array(2 * rows.length);
  rows.forEach((row, i) => {
    lonLat[2 * i] = row.lon ?? NaN;
    lonLat[2 * i + 1] = row.lat ?? NaN;
  });
  return { contract, batchId: rows.map((row) => row.batch_id), row: rows.map((row) => row.row_number), key: rows.map((row) => row.row_key), values: rows.map((row) => row.values), lonLat };
}

async function readTransit(database: Session, cityId: string, fileBatches: readonly number[]): Promise<TransitRows | undefined> {
  const scope = [cityId, fileBatches];
  const services = await database.query<TransitRows['services'][number]>(
    'select batch_id, service_id, weekdays, start_date::text, end_date::text, added_dates::text[], removed_dates::text[] from transit_service where city_id = $1 and batch_id = any($2) order by batch_id, service_id', scope,
  );
  if (services.length === 0) return undefined;
  const trips: TransitRows['trips'][number][] = [];
  for (const batch of new Set(services.map((service) => service.batch_id))) {
    let last = '';
    for (;;) {
      const chunk = await database.query<TransitRows['trips'][number]>(
        `select batch_id, trip_id, route_id, service_id, stop_ids, departure_s, frequencies from transit_trip where city_id = $1 and batch_id = $2 and trip_id > $3 order by trip_id limit ${CHUNK_ROWS}`,
        [cityId, batch, last],
      );
      trips.push(...chunk);
      if (chunk.length < CHUNK_ROWS) break;
      last = chunk[chunk.length - 1].trip_id;
    }
  }
  const batches = [...new Set(trips.map((trip) => trip.batch_id))];
  const features = [cityId, batches];
  const stops = await database.query<TransitRows['stops'][number]>(
    `select batch_id, source_id, name, ST_X(geom) as lon, ST_Y(geom) as lat from feature where city_id = $1 and batch_id = any($2) and layer = 'transit-stop' order by batch_id, feature_id`, features,
  );
  const routes = await database.query<TransitRows['routes'][number] & { readonly geom: string }>(
    `select batch_id, source_id, kind, name, geom from feature where city_id = $1 and batch_id = any($2) and layer = 'transit-route' order by batch_id, feature_id`, features,
  );
  return { batches, trips, services, stops, routes: routes.map(({ geom, ...route }) => ({ ...route, line: fromWkb(Buffer.from(geom, 'hex')) })) };
}
