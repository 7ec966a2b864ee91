/** Where people work → sections `job.*`. */
import { pointInside } from '../../engine/spatial/containment.ts';
import { fromWkb } from '../../engine/spatial/wkb.ts';
import type { Session } from '../database.ts';
import { growingF32, growingI32, toE7 } from './growing-arrays.ts';
import type { LayerScope, Sections } from './scope.ts';

/** Attributes that count jobs, as census tables and registers name them. */
const JOB_KEYS = ['jobs', 'job', 'employment', 'employees', 'workplaces', '就业岗位', '就业岗位数', '岗位数', '就业人数', '从业人员', '从业人数', 'tyopaikat', 'empregos'];

interface JobRow {
  jobs: number;
  geom: string;
}

/**
 * Jobs of the layer that counts them in the most objects: a grid and a register of the same city count the same jobs, and one of the two
 * must do. Parks of a register that has no shapes stand at the zones of their ids.
 */
export async function addJobs(database: Session, { cityId, batches }: LayerScope, sections: Sections): Promise<number> {
  const rows = (await readFeatures(database, cityId, batches)) ?? (await readParks(database, cityId, batches));
  const point = growingI32();
  const count = growingF32();
  for (const { jobs, geom } of rows) {
    if (!(jobs > 0)) continue;
    const [lon, lat] = pointInside(fromWkb(Buffer.from(geom, 'hex')));
    point.push(toE7(lon));
    point.push(toE7(lat));
    count.push(jobs);
  }
  Object.assign(sections, { 'job.pointE7': point.finish(), 'job.count': count.finish() });
  return count.length;
}

async function readFeatures(database: Session, cityId: string, batches: readonly number[]): Promise<JobRow[] | undefined> {
  const value = `coalesce(${JOB_KEYS.map((key) => `attributes->>'${key}'`).join(', ')})`;
  const isNumber = `${value} ~ '^[0-9]+([.][0-9]+)?$'`;
  const [layer] = await database.query<{ layer: string }>(
    `select layer from feature where city_id = $1 and batch_id = any($2) and layer like 'custom:%' and ${isNumber} group by layer order by count(*) desc, layer limit 1`,
    [cityId, batches],
  );
  if (layer === undefined) return undefined;
  return database.query<JobRow>(
    `select (${value})::double precision as jobs, geom from feature where city_id = $1 and batch_id = any($2) and layer = $3 and ${isNumber} order by batch_id, feature_id`,
    [cityId, batches, layer.layer],
  );
}

async function readParks(database: Session, cityId: string, batches: readonly number[]): Promise<JobRow[]> {
  return database.query<JobRow>(
    `select distinct on (r.row_key) (r.values->>'jobs')::double precision as jobs, p.geom from table_row r
     join place p on p.city_id = r.city_id and p.batch_id = any($2) and p.place_id = r.row_key and p.geom is not null
     where r.city_id = $1 and r.batch_id = any($2) and r.table_name = 'parks' and r.values->>'jobs' ~ '^[0-9]+([.][0-9]+)?$'
     order by r.row_key, r.batch_id desc`,
    [cityId, batches],
  );
}
