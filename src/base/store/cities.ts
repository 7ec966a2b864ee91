/** Cities: made, listed, renamed, deleted. */
import type { Bilingual } from '../../core/bilingual.ts';
import { ChengmaiError } from '../../core/errors.ts';
import type { Box } from '../../engine/spatial/geometry.ts';
import { checkCityId, nameAfterBoundary, unnamed } from '../city-id.ts';
import type { Database, Session } from '../database.ts';
import type { City } from '../model.ts';

interface CityRow {
  city_id: string;
  name: Bilingual;
  revision: number;
  box: [number, number, number, number] | null;
  created_at: Date;
}

const COLUMNS = 'city_id, name, revision, box, created_at';

function toCity(row: CityRow): City {
  return { cityId: row.city_id, name: row.name, revision: row.revision, box: row.box === null ? undefined : (row.box as Box), createdAt: row.created_at };
}

/** @throws ChengmaiError `base/bad-city-id`, `base/city-exists` */
export async function createCity(database: Session, cityId: string, name: Bilingual): Promise<City> {
  checkCityId(cityId);
  const rows = await database.query<CityRow>(
    `insert into city (city_id, name) values ($1, $2) on conflict do nothing returning ${COLUMNS}`,
    [cityId, JSON.stringify(name)],
  );
  if (rows.length > 0) return toCity(rows[0]);
  throw new ChengmaiError('conflict', 'base/city-exists', {
    zh: `城市“${cityId}”已存在；请换一个标识，或向它导入文件。`,
    en: `The city "${cityId}" exists already; take another id, or import files into it.`,
  }, { value: cityId });
}

export async function listCities(database: Session): Promise<City[]> {
  return (await database.query<CityRow>(`select ${COLUMNS} from city order by created_at, city_id`)).map(toCity);
}

export async function findCity(database: Session, cityId: string): Promise<City | undefined> {
  const rows = await database.query<CityRow>(`select ${COLUMNS} from city where city_id = $1`, [cityId]);
  return rows.length === 0 ? undefined : toCity(rows[0]);
}

export function noCity(cityId: string): ChengmaiError {
  return new ChengmaiError('not-found', 'base/no-city', {
    zh: `没有城市“${cityId}”；请先导入文件建立它。`,
    en: `There is no city "${cityId}"; import files to make it.`,
  }, { value: cityId });
}

/** @throws ChengmaiError not-found `base/no-city` */
export async function getCity(database: Session, cityId: string): Promise<City> {
  const city = await findCity(database, cityId);
  if (city === undefined) throw noCity(cityId);
  return city;
}

/** @throws ChengmaiError not-found `base/no-city` */
export async function renameCity(database: Session, cityId: string, name: Bilingual): Promise<City> {
  const rows = await database.query<CityRow>(`update city set name = $2 where city_id = $1 returning ${COLUMNS}`, [cityId, JSON.stringify(name)]);
  if (rows.length === 0) throw noCity(cityId);
  return toCity(rows[0]);
}

/** Gives a city that nobody has named the name of the boundary that a file brought, the city place of its derived batch. */
export async function nameByBoundary(database: Session, cityId: string, derivedBatch: number): Promise<void> {
  const none = JSON.stringify(unnamed(cityId));
  const [boundary] = await database.query<{ name: Bilingual }>(
    `select p.name from city c join place p on p.city_id = c.city_id and p.batch_id = $2 and p.level = 'city' and not p.derived
     where c.city_id = $1 and c.name = $3::jsonb and p.name->>'zh' <> '' limit 1`,
    [cityId, derivedBatch, none],
  );
  if (boundary === undefined) return;
  await database.query('update city set name = $2 where city_id = $1 and name = $3::jsonb', [cityId, JSON.stringify(nameAfterBoundary(cityId, boundary.name)), none]);
}

/** Every table of rows that batches bring; `city_id, batch_id` lead the key of each. */
export const ROW_TABLES = [
  'feature',
  'street',
  'turn_restriction',
  'place',
  'facility',
  'population_cell',
  'raster',
  'population_point',
  'table_row',
  'transit_service',
  'transit_trip',
] as const;

/** Makes the city where it does not exist; true where it did not. */
export async function ensureCity(database: Session, cityId: string, name: Bilingual): Promise<boolean> {
  checkCityId(cityId);
  const rows = await database.query('insert into city (city_id, name) values ($1, $2) on conflict do nothing returning city_id', [cityId, JSON.stringify(name)]);
  return rows.length > 0;
}

/**
 * Removes a city with all its rows, files and history. Its rows go first and the city last, because batch numbers start anew in a
 * city of the same id: rows left by a killed process must still have their batch. From the first step on readers see an empty city.
 *
 * @throws ChengmaiError not-found `base/no-city`
 */
export async function deleteCity(database: Database, cityId: string): Promise<void> {
  await database.exclusive(`city:${cityId}`, async () => {
    const emptied = await database.query(
      `with emptied as (update city set revision = revision + 1, box = null where city_id = $1 returning city_id, revision)
       insert into revision (city_id, revision, batches, action, who) select city_id, revision, '{}', 'undo', 'delete' from emptied returning city_id`,
      [cityId],
    );
    if (emptied.length === 0) throw noCity(cityId);
    await deleteWhole(database, cityId);
  });
}

async function deleteWhole(database: Database, cityId: string): Promise<void> {
  const batches = await database.query<{ batch_id: number }>('select batch_id from import_batch where city_id = $1', [cityId]);
  await database.query(`update import_batch set state = 'staging', run_id = '' where city_id = $1`, [cityId]);
  for (const { batch_id } of batches) await deleteBatchRows(database, cityId, batch_id);
  await database.query('delete from city where city_id = $1', [cityId]);
}

/** Removes a city into which nothing was ever imported, unless another run is about to. */
export async function deleteIfEmpty(database: Database, cityId: string): Promise<void> {
  await database.query(
    `delete from city c where city_id = $1 and revision = 0
     and not exists (select 1 from import_batch b where b.city_id = c.city_id and b.state <> 'discarded')`,
    [cityId],
  );
}

/** Deletes the rows of one batch, table by table, so that no statement holds the embedded base for long. */
export async function deleteBatchRows(database: Session, cityId: string, batchId: number): Promise<void> {
  for (const table of ROW_TABLES) await database.query(`delete from ${table} where city_id = $1 and batch_id = $2`, [cityId, batchId]);
}
