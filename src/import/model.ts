/**
 * What the readers of import/ make of files, and the one interface they share.
 *
 * A reader turns bytes into checked records in EPSG:4326 and notes. It never touches the base: records are a plan,
 * `base/` writes them. Everything a reader could not use is counted in a note that names file, row and field.
 */
import type { Bilingual } from '../core/bilingual.ts';
import type { NoteBook } from '../core/note.ts';
import type { WorkContext } from '../core/progress.ts';
import type { Box, Geometry } from '../engine/spatial/geometry.ts';

export type FormatId =
  | 'osm-pbf'
  | 'gtfs'
  | 'geojson'
  | 'geojson-lines'
  | 'geopackage'
  | 'shapefile'
  | 'csv'
  | 'xlsx'
  | 'geotiff';

/** Bytes with a name, read at any offset: a file on disk, an upload, a member of the base's file store. */
export interface ByteSource {
  readonly name: string;
  readonly sizeBytes: number;
  /** At most `length` bytes from `offset`; fewer only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** The same bytes as a file on disk where there is one, for readers that open it again in a worker. */
  readonly path?: string;
}

/** An attribute value as stored: JSON scalars only. */
export type AttributeValue = string | number | boolean | null;
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** The layers that readers fill. A file of the user's own that fits none of them makes a layer `custom:<slug>`. */
export const CORE_LAYERS = [
  'street',
  'street-point',
  'railway',
  'building',
  'land-use',
  'water',
  'boundary',
  'place-name',
  'poi',
  'transit-stop',
  'transit-route',
] as const;
export type CoreLayer = (typeof CORE_LAYERS)[number];
export type LayerId = CoreLayer | `custom:${string}`;

/**
 * An object with geometry. `kind` is the main tag value (highway=primary → `primary`); `sourceId` is stable across
 * editions of the source (`way/123`); attributes keep the source's other tags or columns under their own names.
 */
export interface FeatureRecord {
  readonly type: 'feature';
  readonly layer: LayerId;
  readonly kind: string;
  readonly sourceId: string;
  readonly name: string | undefined;
  readonly nameEn: string | undefined;
  readonly attributes: Attributes;
  readonly geometry: Geometry;
  /** Streets only: the ids of the OSM nodes along the line, one a vertex; the street graph joins streets on them. */
  readonly nodeIds?: Float64Array;
}

/** A turn that is forbidden or demanded (OSM relation type=restriction), `via` a node id or way ids. */
export interface TurnRestrictionRecord {
  readonly type: 'turn-restriction';
  readonly sourceId: string;
  readonly kind: string;
  readonly fromWays: readonly number[];
  readonly viaNode: number | undefined;
  readonly viaWays: readonly number[];
  readonly toWays: readonly number[];
  readonly attributes: Attributes;
}

export const PLACE_LEVELS = ['building', 'community', 'block', 'district', 'city', 'zone', 'cell'] as const;
export type PlaceLevel = (typeof PLACE_LEVELS)[number];

/** A spatial unit that results are reported for (units.csv, boundary files). */
export interface PlaceRecord {
  readonly type: 'place';
  readonly placeId: string;
  readonly level: PlaceLevel;
  readonly name: Bilingual;
  readonly parentId: string | undefined;
  readonly population: number | undefined;
  readonly households: number | undefined;
  readonly attributes: Attributes;
  readonly geometry: Geometry | undefined;
}

/** A row of a facility registry. `kind` is a facility kind of the base's table, or what the registry says. */
export interface FacilityRecord {
  readonly type: 'facility';
  readonly facilityId: string;
  readonly kind: string;
  readonly name: string | undefined;
  readonly capacity: number | undefined;
  readonly floorM2: number | undefined;
  readonly landM2: number | undefined;
  readonly attributes: Attributes;
  readonly geometry: Geometry;
}

/**
 * Persons in an area of any shape. `group` is `total` or an age group as the source cuts it: `65+`, `0-2`, with an
 * optional sex suffix `65+/f`. Groups of different sources are never added up unless they are the same group.
 */
export interface PopulationCellRecord {
  readonly type: 'population-cell';
  readonly cellId: string;
  readonly group: string;
  readonly persons: number;
  readonly geometry: Geometry;
}

/**
 * A regular grid of persons per cell, north-up. `originLon/originLat` is the outer corner of the first cell (west, north);
 * values run row by row from the north, NaN where there is none. Only grids in EPSG:4326 come this way; others come as cells.
 */
export interface PopulationRasterRecord {
  readonly type: 'population-raster';
  readonly group: string;
  readonly width: number;
  readonly height: number;
  readonly originLon: number;
  readonly originLat: number;
  readonly cellLonDeg: number;
  readonly cellLatDeg: number;
  readonly values: Float32Array;
}

/** A raster that is not population (elevation, …), same layout; `quantity` names it. */
export interface SurfaceRasterRecord extends Omit<PopulationRasterRecord, 'type' | 'group'> {
  readonly type: 'surface-raster';
  readonly quantity: string;
}

/** The registries and tables of standards.md §8.2 that are rows rather than shapes. */
export const TABLE_CONTRACTS = [
  'units',
  'buildings',
  'facilities',
  'community_services',
  'shelters',
  'stations',
  'indicators_dept',
  'cases',
  'hotline',
  'sensors',
  'readings',
  'tasks',
  'parks',
  'survey',
  'peers',
] as const;
export type TableContract = (typeof TABLE_CONTRACTS)[number];

/** A row of a table that keeps its columns: contract tables by contract name, others as `custom:<slug>`. */
export interface TableRowRecord {
  readonly type: 'row';
  readonly table: TableContract | `custom:${string}`;
  /** Row in the file, from 1, header included. */
  readonly row: number;
  /** The id column's value, unique within the table; absent where the table has none. */
  readonly key: string | undefined;
  readonly values: Attributes;
}

/** One trip of a timetable; times in seconds after midnight of the service day, past 86,400 for the small hours. */
export interface TransitTripRecord {
  readonly type: 'transit-trip';
  readonly tripId: string;
  readonly routeId: string;
  readonly serviceId: string;
  readonly shapeId: string | undefined;
  readonly headsign: string | undefined;
  readonly directionId: number | undefined;
  readonly stopIds: readonly string[];
  readonly arrivalS: Int32Array;
  readonly departureS: Int32Array;
  /** From frequencies.txt; empty for trips with a timetable of their own. */
  readonly frequencies: readonly { startS: number; endS: number; headwayS: number; exact: boolean }[];
}

/** When a service runs: weekday flags Monday first, dates as YYYY-MM-DD. */
export interface TransitServiceRecord {
  readonly type: 'transit-service';
  readonly serviceId: string;
  readonly weekdays: readonly boolean[];
  readonly startDate: string | undefined;
  readonly endDate: string | undefined;
  readonly addedDates: readonly string[];
  readonly removedDates: readonly string[];
}

export type ImportRecord =
  | FeatureRecord
  | TurnRestrictionRecord
  | PlaceRecord
  | FacilityRecord
  | PopulationCellRecord
  | PopulationRasterRecord
  | SurfaceRasterRecord
  | TableRowRecord
  | TransitTripRecord
  | TransitServiceRecord;

/** What the importer was told about a file. All optional: what is absent is recognised or guessed, with a note. */
export interface ImportOptions {
  /** Where the file's coordinates are: `EPSG:4326`, `EPSG:4490`, `GCJ-02`, `BD-09`, `EPSG:3857`, a proj4 string … */
  readonly crs?: string;
  /** Text encoding of tables and shapefile attributes: `utf-8`, `gb18030` … */
  readonly encoding?: string;
  /** Tables: which contract the file follows, and which of its columns plays which role (role → column name). */
  readonly contract?: TableContract;
  readonly columns?: Readonly<Record<string, string>>;
  /** XLSX: the sheet's name; GeoPackage and zips: the table's or member's name. Absent: all. */
  readonly member?: string;
  /** The layer features go to, in place of the recognised one. */
  readonly layer?: LayerId;
  /** Rasters and population columns: the group the numbers count (`total`, `65+`, `65+/f`), or the quantity. */
  readonly group?: string;
  /** Boundary files: the level of place that their areas are. */
  readonly level?: PlaceLevel;
}

/** What a look at the first bytes says. */
export interface Recognition {
  readonly format: FormatId;
  /** 0–1; the surest reader wins. */
  readonly confidence: number;
}

export interface ColumnPreview {
  readonly name: string;
  /** The role this column was recognised to play (`id`, `lon`, `population`, …). */
  readonly role: string | undefined;
  readonly samples: readonly string[];
}

/** What the import dialog shows before anything is read in full. */
export interface Preview {
  readonly format: FormatId;
  /** Human description: "OSM PBF, 12.3 MB, Porto" */
  readonly summary: Bilingual;
  readonly crs: string | undefined;
  readonly crsGuessed: boolean;
  readonly encoding: string | undefined;
  readonly contract: TableContract | undefined;
  readonly members: readonly string[];
  readonly columns: readonly ColumnPreview[];
  /** Roles that a column may be given, with labels; empty where the format has no columns to map. */
  readonly roles: readonly { id: string; label: Bilingual; required: boolean }[];
  readonly box: Box | undefined;
}

export interface ReadContext extends WorkContext {
  readonly notes: NoteBook;
}

/**
 * One format. `detect` sees the first 64 KiB; `read` yields records in chunks of some thousands, so that memory stays
 * bounded, and throws a ChengmaiError of kind `input` only where the file as a whole cannot be used. `read` resolves the
 * CRS it used through `facts`, known once the first chunk has come.
 */
export interface FormatReader {
  readonly format: FormatId;
  readonly label: Bilingual;
  detect(name: string, head: Uint8Array): Recognition | undefined;
  preview(source: ByteSource, options: ImportOptions, context: ReadContext): Promise<Preview>;
  read(source: ByteSource, options: ImportOptions, context: ReadContext, facts: ImportFacts): AsyncIterable<ImportRecord[]>;
}

/** What `read` finds out on the way and the batch keeps: filled by the reader. */
export interface ImportFacts {
  /** Several, joined by `, `, where layers, sheets or rows are in different systems; rows that name their own are known at the end. */
  crs?: string;
  /** True where any of them was guessed. */
  crsGuessed?: boolean;
  encoding?: string;
  contract?: TableContract;
  /** How many objects of the file were seen, by the file's own kinds (nodes, ways, rows, cells …). */
  seen: Record<string, number>;
}
