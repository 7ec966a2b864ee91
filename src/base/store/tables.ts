/** Tables of the present revision that are rows rather than shapes. */
import type { Attributes } from '../../import/model.ts';
import type { Session } from '../database.ts';
import type { CurrentBatches } from './revisions.ts';

export interface TableSummary {
  readonly table: string;
  readonly rows: number;
  readonly batches: readonly number[];
}

export async function listTables(database: Session, current: CurrentBatches): Promise<TableSummary[]> {
  return database.query<TableSummary>(
    `select table_name as "table", count(*) as rows, array_agg(distinct batch_id) as batches from table_row
     where city_id = $1 and batch_id = any($2) group by table_name order by table_name`,
    [current.cityId, current.batches],
  );
}

export interface TableRow {
  readonly batchId: number;
  /** Row in the file, from 1, header included. */
  readonly row: number;
  readonly key: string | undefined;
  readonly values: Attributes;
}

/** In the order of the files. */
export async function listTableRows(database: Session, current: CurrentBatches, table: string, limit: number, offset = 0): Promise<TableRow[]> {
  const rows = await database.query<{ batch_id: number; row_number: number; row_key: string | null; values: Attributes }>(
    `select batch_id, row_number, row_key, values from table_row
     where city_id = $1 and batch_id = any($2) and table_name = $3 order by batch_id, row_number limit $4 offset $5`,
    [current.cityId, current.batches, table, limit, offset],
  );
  return rows.map((row) => ({ batchId: row.batch_id, row: row.row_number, key: row.row_key ?? undefined, values: row.values }));
}
