/** Writes shapefiles (ESRI Shapefile Technical Description, 1998) with their .shx, .dbf, .prj and .cpg for tests. */

export interface ShapeSpec {
  readonly type: 'point' | 'line' | 'polygon' | 'multipoint';
  /** A feature's parts, each a flat list of x, y. Points and multipoints have one part. */
  readonly shapes: readonly (readonly (readonly number[])[])[];
  /** Columns of the .dbf: character (C) or number (N). */
  readonly columns: readonly { readonly name: string; readonly type: 'C' | 'N'; readonly length: number }[];
  /** Bytes or ASCII text of each field, row by row. */
  readonly rows: readonly (readonly (string | Uint8Array)[])[];
  readonly prj?: string;
  readonly cpg?: string;
}

const TYPES = { point: 1, line: 3, polygon: 5, multipoint: 8 } as const;

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function boxOf(flat: readonly number[]): [number, number, number, number] {
  const xs = flat.filter((_, i) => i % 2 === 0);
  const ys = flat.filter((_, i) => i % 2 === 1);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function record(type: ShapeSpec['type'], parts: readonly (readonly number[])[]): Uint8Array {
  const flat = parts.flat();
  const bytes = new Uint8Array(64 + parts.length * 4 + flat.length * 8);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const int = (value: number): void => {
    view.setInt32(at, value, true);
    at += 4;
  };
  const double = (value: number): void => {
    view.setFloat64(at, value, true);
    at += 8;
  };
  int(TYPES[type]);
  if (type !== 'point') boxOf(flat).forEach(double);
  if (type === 'line' || type === 'polygon') int(parts.length);
  if (type !== 'point') int(flat.length / 2);
  if (type === 'line' || type === 'polygon') {
    let start = 0;
    for (const part of parts) {
      int(start);
      start += part.length / 2;
    }
  }
  flat.forEach(double);
  return bytes.slice(0, at);
}

function head(type: ShapeSpec['type'], bytes: number, box: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(100));
  view.setInt32(0, 9994);
  view.setInt32(24, bytes / 2);
  view.setInt32(28, 1000, true);
  view.setInt32(32, TYPES[type], true);
  box.forEach((value, i) => view.setFloat64(36 + 8 * i, value, true));
  return new Uint8Array(view.buffer);
}

function buildDbf({ columns, rows }: ShapeSpec): Uint8Array {
  const rowBytes = 1 + columns.reduce((sum, column) => sum + column.length, 0);
  const headBytes = 32 + 32 * columns.length + 1;
  const bytes = new Uint8Array(headBytes + rowBytes * rows.length + 1).fill(0x20, headBytes);
  const view = new DataView(bytes.buffer);
  bytes.set([3, 125, 1, 1]);
  view.setUint32(4, rows.length, true);
  view.setUint16(8, headBytes, true);
  view.setUint16(10, rowBytes, true);
  columns.forEach((column, i) => {
    bytes.set(new TextEncoder().encode(column.name).subarray(0, 10), 32 + 32 * i);
    bytes[32 + 32 * i + 11] = column.type.charCodeAt(0);
    bytes[32 + 32 * i + 16] = column.length;
  });
  bytes[headBytes - 1] = 0x0d;
  rows.forEach((row, r) => {
    let at = headBytes + r * rowBytes + 1;
    row.forEach((value, i) => {
      bytes.set((typeof value === 'string' ? new TextEncoder().encode(value) : value).subarray(0, columns[i].length), at);
      at += columns[i].length;
    });
  });
  bytes[bytes.length - 1] = 0x1a;
  return bytes;
}

/** Members by extension: `shp`, `shx`, `dbf`, and `prj`, `cpg` where given. */
export function makeShapefile(spec: ShapeSpec): Record<string, Uint8Array> {
  const records = spec.shapes.map((parts) => record(spec.type, parts));
  const box = boxOf(spec.shapes.flat(2));
  const framed: Uint8Array[] = [];
  const index = new DataView(new ArrayBuffer(8 * records.length));
  let offset = 100;
  records.forEach((content, i) => {
    const frame = new DataView(new ArrayBuffer(8));
    frame.setInt32(0, i + 1);
    frame.setInt32(4, content.length / 2);
    index.setInt32(8 * i, offset / 2);
    index.setInt32(8 * i + 4, content.length / 2);
    framed.push(new Uint8Array(frame.buffer), content);
    offset += 8 + content.length;
  });
  return {
    shp: concat([head(spec.type, offset, box), ...framed]),
    shx: concat([head(spec.type, 100 + index.byteLength, box), new Uint8Array(index.buffer)]),
    dbf: buildDbf(spec),
    ...(spec.prj !== undefined && { prj: new TextEncoder().encode(spec.prj) }),
    ...(spec.cpg !== undefined && { cpg: new TextEncoder().encode(spec.cpg) }),
  };
}
