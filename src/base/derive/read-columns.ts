/**
 * Many rows as few: columns of a table joined into one value each, in chunks.
 *
 * The embedded base takes about 11 µs to hand over a row and a column; 51,000 streets come in 0.6 s row by row and in
 * 0.15 s this way. Each chunk is a statement of its own, so that other readers of the one connection get their turn.
 */
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { fromWkb } from '../../engine/spatial/wkb.ts';
import type { Session } from '../database.ts';

/** Features of one layer in some batches of a city. */
export interface LayerQuery {
  readonly cityId: string;
  readonly batches: readonly number[];
  readonly layer: string;
  /** SQL expressions over the row, each of type text. */
  readonly columns: readonly string[];
  /** A further condition; trusted SQL without parameters. */
  readonly where?: string;
  /** Rows in a chunk; fewer where geometries are large. */
  readonly chunk?: number;
  readonly geometry?: boolean;
}

export interface LayerChunk {
  readonly batchId: number;
  readonly count: number;
  /** One array per column of the query. */
  readonly columns: readonly (readonly (string | undefined)[])[];
  /** Empty where the query asks for none. */
  readonly geometries: readonly Geometry[];
}

interface JoinedRow {
  last: number | null;
  count: number;
  sizes: string | null;
  shapes: string | null;
  [column: `c${number}`]: string | null;
}

// control characters that no file's text keeps a meaning for
const BETWEEN = '\u001f';
const ABSENT = '\u001e';

/** Reads a layer batch by batch in the order of feature ids. */
export async function* readLayer(database: Session, query: LayerQuery): AsyncGenerator<LayerChunk> {
  const joined = query.columns.map((column, i) => `string_agg(coalesce(${column}, E'\\x1e'), E'\\x1f' order by feature_id) as c${i}`);
  const shape = query.geometry === true
    ? `string_agg(octet_length(wkb)::text, ',' order by feature_id) as sizes, encode(string_agg(wkb, ''::bytea order by feature_id), 'base64') as shapes`
    : 'null as sizes, null as shapes';
  const sql = `select max(feature_id) as last, count(*)::integer as count, ${[...joined, shape].join(', ')}
    from (select *${query.geometry === true ? ', ST_AsBinary(geom) as wkb' : ''} from feature
          where city_id = $1 and layer = $2 and batch_id = $3 and feature_id > $4${query.where === undefined ? '' : ` and (${query.where})`}
          order by feature_id limit ${query.chunk ?? 20_000}) chosen`;
  for (const batchId of query.batches) {
    let last = 0;
    for (;;) {
      const [row] = await database.query<JoinedRow>(sql, [query.cityId, query.layer, batchId, last]);
      if (row.last === null) break;
      last = row.last;
      yield {
        batchId,
        count: row.count,
        columns: query.columns.map((_, i) => splitColumn(row[`c${i}`], row.count)),
        geometries: parseShapes(row.sizes, row.shapes),
      };
      if (row.count < (query.chunk ?? 20_000)) break;
    }
  }
}

function splitColumn(text: string | null, count: number): (string | undefined)[] {
  const values = (text ?? '').split(BETWEEN);
  // a value that holds the separator itself would shift all that follow: better none than wrong ones
  if (values.length !== count) return Array.from({ length: count }, () => undefined);
  return values.map((value) => (value === ABSENT ? undefined : value));
}

function parseShapes(sizes: string | null, shapes: string | null): Geometry[] {
  if (sizes === null || shapes === null) return [];
  const bytes = Buffer.from(shapes, 'base64');
  let at = 0;
  return sizes.split(',').map((size) => {
    const end = at + Number(size);
    const geometry = parseLine(bytes, at, end) ?? fromWkb(bytes.subarray(at, end));
    at = end;
    return geometry;
  });
}

/** A little-endian LineString without growing an array: nine in ten geometries of a city. */
function parseLine(bytes: Buffer, at: number, end: number): Geometry | undefined {
  if (bytes[at] !== 1 || bytes.readUInt32LE(at + 1) !== 2) return undefined;
  const values = 2 * bytes.readUInt32LE(at + 5);
  if (at + 9 + 8 * values !== end) return undefined;
  const coordinates = new Float64Array(values);
  // WKB is not aligned; a copy of the bytes is
  new Uint8Array(coordinates.buffer).set(bytes.subarray(at + 9, end));
  return { type: 'LineString', coordinates };
}
