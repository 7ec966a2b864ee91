/** shapes.txt: the lines that vehicles follow. Held as columns: 24 bytes a point. */
import { KeyIndex, NumberColumn } from './columns.ts';
import type { Feed } from './feed.ts';
import { readFeedTable, tableFile } from './feed.ts';
import { addFeedNote } from './feed-notes.ts';
import { groupRows, sortedBySequence } from './row-groups.ts';
import { isPosition } from './stops.ts';

export interface Shapes {
  readonly index: KeyIndex;
  /** Interleaved lon, lat in the order of shape_pt_sequence; undefined where the shape has fewer than two usable points. */
  findLine(shape: number): Float64Array | undefined;
}

export async function readShapes(feed: Feed): Promise<Shapes> {
  const index = new KeyIndex();
  const shape = new NumberColumn(Uint32Array);
  const sequence = new NumberColumn(Uint32Array);
  const lon = new NumberColumn(Float64Array);
  const lat = new NumberColumn(Float64Array);
  const { notes } = feed.context;
  const point = new Float64Array(2);
  await readFeedTable(feed, 'shapes', ['shape_id', 'shape_pt_lat', 'shape_pt_lon', 'shape_pt_sequence'], (row, columns) => {
    const column = columns.shape_id;
    if (!row.isKey(column)) return addFeedNote(notes, 'bad-id', row.place(columns, 'shape_id'));
    const order = row.integer(columns.shape_pt_sequence);
    if (!(order >= 0)) return addFeedNote(notes, 'bad-sequence', row.place(columns, 'shape_pt_sequence'));
    point[0] = row.number(columns.shape_pt_lon);
    point[1] = row.number(columns.shape_pt_lat);
    if (!isPosition(point[0], point[1])) return addFeedNote(notes, 'bad-coordinate', row.place(columns, 'shape_pt_lat'));
    feed.crs.toWgs84(point);
    const found = index.find(row.buffer, row.starts[column], row.ends[column]);
    shape.push(found >= 0 ? found : index.add(row.buffer, row.starts[column], row.ends[column]));
    sequence.push(order);
    lon.push(point[0]);
    lat.push(point[1]);
  });

  const groups = groupRows(shape, index.size);
  const file = tableFile(feed, 'shapes');
  const tooShort = new Set<number>();
  return {
    index,
    findLine(number) {
      const rows = sortedBySequence(groups.rowsOf(number), sequence).rows;
      if (rows.length < 2) {
        if (!tooShort.has(number)) addFeedNote(notes, 'short-shape', { file, field: 'shape_id', value: feed.decode(index.bytesOf(number)).slice(0, 80) });
        tooShort.add(number);
        return undefined;
      }
      const line = new Float64Array(2 * rows.length);
      rows.forEach((row, i) => {
        line[2 * i] = lon.at(row);
        line[2 * i + 1] = lat.at(row);
      });
      return line;
    },
  };
}
