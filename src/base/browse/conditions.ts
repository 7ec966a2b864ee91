/**
 * How readers of a city choose rows: the batches of a revision, a box, a kind, a name, a page.
 *
 * Every statement names the city and the batches of the revision it reads; geometry comes as the hexadecimal EWKB that
 * PostGIS prints.
 */
import type { Box, Geometry } from '../../engine/spatial/geometry.ts';
import { fromWkb } from '../../engine/spatial/wkb.ts';
import type { Session } from '../database.ts';
import { DERIVED_BATCH } from '../store/revisions.ts';

/** The rows a reader may see. */
export interface Scope {
  readonly cityId: string;
  readonly batches: readonly number[];
}

export function geometryOf(hex: string): Geometry {
  return fromWkb(Buffer.from(hex, 'hex'));
}

export interface PageQuery {
  readonly box?: Box | undefined;
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly limit: number;
  readonly offset: number;
  /** Only rows behind the one of this id in the order of the list; a page deep in a long list so costs as little as the first. */
  readonly after?: string | undefined;
}

/** Collects the conditions of a statement with their parameters. */
export class Conditions {
  readonly parameters: unknown[];
  readonly #clauses: string[];

  constructor({ cityId, batches }: Scope, table: 'feature' | 'place' | 'facility') {
    this.parameters = [cityId, batches];
    this.#clauses = ['city_id = $1', table === 'feature' ? 'batch_id = any($2)' : `batch_id = ${DERIVED_BATCH}`];
  }

  parameter(value: unknown): string {
    this.parameters.push(value);
    return `$${this.parameters.length}`;
  }

  add(clause: string): void {
    this.#clauses.push(clause);
  }

  equal(column: string, value: unknown): void {
    if (value !== undefined) this.add(`${column} = ${this.parameter(value)}`);
  }

  /** Geometry that meets the box; one whose west is greater than its east spans the antimeridian. */
  meets(box: Box | undefined): void {
    if (box === undefined) return;
    const [west, south, east, north] = box;
    const parts: Box[] = west <= east ? [box] : [[west, south, 180, north], [-180, south, east, north]];
    this.add(`(${parts.map((part) => {
      const envelope = `ST_MakeEnvelope(${part.map((value) => `${this.parameter(value)}::float8`).join(', ')}, 4326)`;
      return `(geom && ${envelope} and ST_Intersects(geom, ${envelope}))`;
    }).join(' or ')})`);
  }

  toString(): string {
    return this.#clauses.join(' and ');
  }
}

/** Counting stops here: a client that pages through more does not need the exact number. */
const COUNT_LIMIT = 200_000;

/** How many rows a query meets, or undefined above {@link COUNT_LIMIT}. */
export async function countRows(
  database: Session,
  scope: Scope,
  table: 'feature' | 'place' | 'facility',
  column: 'layer' | 'level' | undefined,
  value: string | undefined,
  query: Omit<PageQuery, 'limit' | 'offset'>,
): Promise<number | undefined> {
  const conditions = new Conditions(scope, table);
  if (table !== 'place') {
    conditions.equal('kind', query.kind);
    conditions.equal('name', query.name);
  }
  conditions.meets(query.box);
  if (column !== undefined) conditions.equal(column, value);
  const rows = await database.query<{ count: number }>(
    `select count(*) as count from (select 1 from ${table} where ${conditions} limit ${COUNT_LIMIT + 1}) counted`,
    conditions.parameters,
  );
  return Number(rows[0].count) > COUNT_LIMIT ? undefined : Number(rows[0].count);
}

export const BOX_COLUMNS = 'ST_XMin(geom) as west, ST_YMin(geom) as south, ST_XMax(geom) as east, ST_YMax(geom) as north';

export interface BoxRow {
  west: number | null;
  south: number;
  east: number;
  north: number;
}
