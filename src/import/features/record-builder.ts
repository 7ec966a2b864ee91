/** How rows of any vector or table format become records: the format gives rows, a builder chosen by content makes records. */
import type { NoteBook } from '../../core/note.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import type { AttributeValue, ImportOptions, ImportRecord, TableContract } from '../model.ts';

/** One feature or table row, its geometry already in EPSG:4326. */
export interface SourceRow {
  /** Row or feature number in the file, from 1; tables count the header. */
  readonly row: number;
  /** The feature's own identifier outside its columns (GeoJSON `id`, GeoPackage primary key). */
  readonly id: string | undefined;
  readonly values: Readonly<Record<string, AttributeValue>>;
  readonly geometry: Geometry | undefined;
  /** What the geometry stands for where it was made from a cell index. */
  readonly cellId?: string;
}

export interface BuilderContext {
  readonly file: string;
  /** Layer, sheet or member within the file, where it has several. */
  readonly member: string | undefined;
  readonly options: ImportOptions;
  readonly notes: NoteBook;
}

export interface RecordBuilder {
  /** What was recognised, for the preview: `units`, `population`, `places`, `osm`, `features`, `rows`. */
  readonly what: string;
  readonly contract: TableContract | undefined;
  /** Column → the role it plays. */
  readonly roles: ReadonlyMap<string, string>;
  build(row: SourceRow): ImportRecord[];
}
