/** Cells and rasters of persons as the files brought them, by age group. */
import { inflateSync } from 'node:zlib';
import type { Note } from '../../core/note.ts';
import { NoteBook } from '../../core/note.ts';
import { containsPoint, pointInside } from '../../engine/spatial/containment.ts';
import type { Box, Geometry } from '../../engine/spatial/geometry.ts';
import { boxOf, emptyBox, joinBoxes } from '../../engine/spatial/geometry.ts';
import { fromWkb } from '../../engine/spatial/wkb.ts';
import type { Session } from '../database.ts';
import { cellPolygon, resolutionOfIds } from '../places/cells.ts';
import type { PersonsCell, PersonsGrid } from '../population/allocate.ts';
import type { DeriveScope } from './street-lines.ts';

/** Persons of one age group from one file. */
export interface PopulationSource {
  readonly group: string;
  readonly batchId: number;
  readonly box: Box;
  readonly grid: PersonsGrid | undefined;
  readonly cells: readonly (PersonsCell & { readonly id: string })[];
  /** Set where the cells' ids are H3 indexes. */
  readonly h3Resolution: number | undefined;
}

const CHUNK = 20_000;

/** Grids and cells of persons by group; where two of a group cover the same ground only the newer one stays, with a note. */
export async function readPopulationSources(database: Session, scope: DeriveScope): Promise<{ sources: PopulationSource[]; notes: Note[] }> {
  const all = [...(await readGrids(database, scope)), ...(await readCells(database, scope))];
  const notes = new NoteBook();
  return { sources: dropOverlapping(all, notes), notes: notes.list() };
}

interface RasterRow {
  batch_id: number;
  population_group: string;
  width: number;
  height: number;
  origin_lon: number;
  origin_lat: number;
  cell_lon_deg: number;
  cell_lat_deg: number;
  data: string;
}

async function readGrids(database: Session, { cityId, batches }: DeriveScope): Promise<PopulationSource[]> {
  const list = await database.query<{ batch_id: number; quantity: string }>(
    'select batch_id, quantity from raster where city_id = $1 and batch_id = any($2) and population_group is not null order by 1, 2',
    [cityId, batches],
  );
  const sources: PopulationSource[] = [];
  for (const { batch_id, quantity } of list) {
    const [row] = await database.query<RasterRow>(
      `select batch_id, population_group, width, height, origin_lon, origin_lat, cell_lon_deg, cell_lat_deg, encode(data, 'base64') as data
       from raster where city_id = $1 and batch_id = $2 and quantity = $3`,
      [cityId, batch_id, quantity],
    );
    const bytes = inflateSync(Buffer.from(row.data, 'base64'));
    const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 4 * row.width * row.height));
    const grid: PersonsGrid = {
      width: row.width, height: row.height, originLon: row.origin_lon, originLat: row.origin_lat,
      cellLonDeg: row.cell_lon_deg, cellLatDeg: row.cell_lat_deg, values,
    };
    const box: Box = [row.origin_lon, row.origin_lat - row.height * row.cell_lat_deg, row.origin_lon + row.width * row.cell_lon_deg, row.origin_lat];
    sources.push({ group: row.population_group, batchId: batch_id, box, grid, cells: [], h3Resolution: undefined });
  }
  return sources;
}

async function readCells(database: Session, { cityId, batches }: DeriveScope): Promise<PopulationSource[]> {
  const groups = await database.query<{ batch_id: number; population_group: string }>(
    'select distinct batch_id, population_group from population_cell where city_id = $1 and batch_id = any($2) order by 1, 2',
    [cityId, batches],
  );
  const sources: PopulationSource[] = [];
  for (const { batch_id, population_group } of groups) {
    const rows: { cell_id: string; persons: number; geom: string }[] = [];
    for (let last = ''; ; ) {
      const chunk = await database.query<{ cell_id: string; persons: number; geom: string }>(
        `select cell_id, persons, geom from population_cell
         where city_id = $1 and batch_id = $2 and population_group = $3 and cell_id > $4 order by cell_id limit ${CHUNK}`,
        [cityId, batch_id, population_group, last],
      );
      rows.push(...chunk);
      if (chunk.length < CHUNK) break;
      last = chunk[chunk.length - 1].cell_id;
    }
    const h3Resolution = resolutionOfIds(rows.map((row) => row.cell_id));
    const cells = rows.filter((row) => row.persons > 0).map((row) => toCell(row.cell_id, row.persons, fromWkb(Buffer.from(row.geom, 'hex')), h3Resolution !== undefined));
    const box = cells.map((cell) => cell.box).reduce<Box>(joinBoxes, emptyBox());
    sources.push({ group: population_group, batchId: batch_id, box, grid: undefined, cells, h3Resolution });
  }
  return sources;
}

function toCell(id: string, persons: number, geometry: Geometry, isH3: boolean): PersonsCell & { id: string } {
  // a file of H3 cells often has their centres only: the index knows the hexagon
  const shape = isH3 && geometry.type === 'Point' ? cellPolygon(id) : geometry;
  return { id, persons, box: boxOf(shape), centre: pointInside(shape), holds: (lon, lat) => containsPoint(shape, lon, lat) };
}

/**
 * Files of one group that cover different ground are added up; of two that cover the same the newer one counts, because
 * adding them would count everybody twice.
 */
function dropOverlapping(sources: readonly PopulationSource[], notes: NoteBook): PopulationSource[] {
  const kept: PopulationSource[] = [];
  for (const source of [...sources].sort((a, b) => b.batchId - a.batchId)) {
    const rival = kept.find((other) => other.group === source.group && overlap(other.box, source.box) > 0.5);
    if (rival === undefined) kept.push(source);
    else {
      notes.add('warning', 'derive/population-twice', {
        zh: `人群“${source.group}”有两份数据覆盖同一范围（批次 ${rival.batchId} 与 ${source.batchId}），只采用较新的一份。`,
        en: `Two files give the group "${source.group}" for the same ground (batches ${rival.batchId} and ${source.batchId}); only the newer one counts.`,
      }, { value: source.group });
    }
  }
  return kept.sort((a, b) => a.batchId - b.batchId || (a.group < b.group ? -1 : 1));
}

/** Shared area of two boxes as a share of the smaller one. */
function overlap(a: Box, b: Box): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (!(width > 0 && height > 0)) return 0;
  const area = (box: Box): number => (box[2] - box[0]) * (box[3] - box[1]);
  return (width * height) / Math.max(1e-18, Math.min(area(a), area(b)));
}
