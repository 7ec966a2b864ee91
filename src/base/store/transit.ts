/** What the timetables of the present revision hold, a line a file. */
import type { Session } from '../database.ts';
import type { CurrentBatches } from './revisions.ts';

export interface TransitSummary {
  readonly batchId: number;
  readonly trips: number;
  readonly routes: number;
  readonly services: number;
  readonly stops: number;
  /** First and last day of service, YYYY-MM-DD. */
  readonly firstDate: string | undefined;
  readonly lastDate: string | undefined;
}

export async function listTransit(database: Session, current: CurrentBatches): Promise<TransitSummary[]> {
  const rows = await database.query<{ batch_id: number; trips: number; routes: number; services: number; stops: number; first: string | null; last: string | null }>(
    `select t.batch_id, t.trips, t.routes, s.services, s.first, s.last,
       (select count(*) from feature f where f.city_id = $1 and f.batch_id = t.batch_id and f.layer = 'transit-stop') as stops
     from (select batch_id, count(*) as trips, count(distinct route_id) as routes from transit_trip where city_id = $1 and batch_id = any($2) group by batch_id) t
     join (select batch_id, count(*) as services,
             least(min(start_date), min(added_dates[1])) as first, greatest(max(end_date), max(added_dates[cardinality(added_dates)])) as last
           from transit_service where city_id = $1 and batch_id = any($2) group by batch_id) s using (batch_id)
     order by t.batch_id`,
    [current.cityId, current.batches],
  );
  return rows.map((row) => ({
    batchId: row.batch_id, trips: row.trips, routes: row.routes, services: row.services, stops: row.stops,
    firstDate: row.first ?? undefined, lastDate: row.last ?? undefined,
  }));
}
