/** Persons of files → persons where they live, written as `population_point`. */
import { NoteBook } from '../../core/note.ts';
import { throwIfCancelled } from '../../core/errors.ts';
import type { WorkContext } from '../../core/progress.ts';
import { buildPoint } from '../../engine/spatial/geometry.ts';
import { buildGridIndex } from '../../engine/spatial/grid-index.ts';
import type { Attributes } from '../../import/model.ts';
import type { Database, Session } from '../database.ts';
import type { Allocation, Targets } from '../population/allocate.ts';
import { allocateCells, allocateGrid, thinLoose } from '../population/allocate.ts';
import type { BuildingSpot } from '../population/registry-buildings.ts';
import { isRegistryBuilding, matchRegistryBuildings } from '../population/registry-buildings.ts';
import { findStoreys, floorAreaM2, isResidential } from '../population/residential.ts';
import { listJunctions } from '../population/street-nodes.ts';
import { copyGeometry, copyLine, copyText } from '../store/copy-text.ts';
import type { PopulationSource } from './population-sources.ts';
import { readLayer } from './read-columns.ts';
import type { DeriveScope, StreetLines } from './street-lines.ts';
import { copyInPieces } from './write-rows.ts';

/** Rows of loose cells of one source; more are joined to coarser squares. */
const MOST_LOOSE = 100_000;

/** Persons at points: one entry per point that has any in some group. */
export interface PopulationPoints {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** By group; undefined entries never occur, absent persons are 0. */
  readonly persons: ReadonlyMap<string, Float64Array>;
}

interface BuildingRow extends BuildingSpot {
  readonly kind: string;
  readonly sourceId: string;
  readonly attributes: Attributes;
}

async function readBuildings(database: Session, scope: DeriveScope): Promise<BuildingRow[]> {
  const rows: BuildingRow[] = [];
  const centre = (axis: string): string => `((ST_${axis}Min(geom) + ST_${axis}Max(geom)) / 2)::text`;
  const columns = ['kind', 'source_id', 'size::text', centre('X'), centre('Y'), 'attributes::text'];
  for await (const { columns: [kinds, ids, sizes, xs, ys, texts], count } of readLayer(database, { ...scope, layer: 'building', columns })) {
    for (let i = 0; i < count; i++) {
      const attributes = JSON.parse(texts[i] ?? '{}') as Attributes;
      rows.push({ kind: kinds[i] ?? '', sourceId: ids[i] ?? '', footprintM2: Number(sizes[i]), lon: Number(xs[i]), lat: Number(ys[i]), attributes, registry: isRegistryBuilding(attributes) });
    }
  }
  return rows;
}

/** Buildings people live in, each once, then junctions of streets they walk on. */
export async function readTargets(database: Session, scope: DeriveScope, streets: StreetLines): Promise<{ targets: Targets; sourceIds: string[] }> {
  const buildings = await readBuildings(database, scope);
  const rowOf = matchRegistryBuildings(buildings);
  // a row that is a point has its footprint from the map
  const drawnM2 = new Map<number, number>();
  rowOf.forEach((row, i) => {
    if (row >= 0) drawnM2.set(row, (drawnM2.get(row) ?? 0) + buildings[i].footprintM2);
  });
  const homes = buildings.flatMap((building, i) => {
    if (rowOf[i] >= 0 || !isResidential(building.kind, building.attributes)) return [];
    return [{ ...building, footprintM2: building.footprintM2 > 0 ? building.footprintM2 : (drawnM2.get(i) ?? 0) }];
  });
  const usual = usualStoreys(homes.map((home) => home.attributes));
  const floor = homes.map(({ footprintM2, attributes }) => floorAreaM2(footprintM2, findStoreys(attributes) === undefined ? { ...attributes, storeys: usual } : attributes));
  const junctions = listJunctions(streets, (line) => streets.walked[line] === 1);
  const count = homes.length + junctions.length / 2;
  const targets: Targets = { lon: new Float64Array(count), lat: new Float64Array(count), weight: new Float64Array(count).fill(1), buildingCount: homes.length };
  homes.forEach((home, i) => {
    targets.lon[i] = home.lon;
    targets.lat[i] = home.lat;
    targets.weight[i] = floor[i];
  });
  for (let i = 0; i < junctions.length; i += 2) {
    targets.lon[homes.length + i / 2] = junctions[i];
    targets.lat[homes.length + i / 2] = junctions[i + 1];
  }
  return { targets, sourceIds: homes.map((home) => home.sourceId) };
}

/** The middle number of storeys where enough buildings state theirs, else 1: unknown ones then weigh like their neighbours. */
function usualStoreys(attributes: readonly Attributes[]): number {
  const known = attributes.map(findStoreys).filter((storeys) => storeys !== undefined).sort((a, b) => a - b);
  return known.length < 20 ? 1 : known[Math.floor(known.length / 2)];
}

interface PointRow {
  readonly id: number;
  readonly group: string;
  readonly basis: 'building' | 'street-node' | 'cell';
  readonly sourceId: string;
  readonly persons: number;
  readonly lon: number;
  readonly lat: number;
}

/** Writes where the persons of each source live into the derived batch: points shared by all groups; rows written by `population/<group>`. */
export async function derivePopulation(
  database: Database,
  scope: DeriveScope & { readonly derivedBatchId: number },
  sources: readonly PopulationSource[],
  targets: Targets,
  sourceIds: readonly string[],
  notes: NoteBook,
  context: WorkContext,
): Promise<{ points: PopulationPoints; kept: Record<string, number> }> {
  const index = buildGridIndex(targets.lon, targets.lat);
  const lon = Array.from(targets.lon);
  const lat = Array.from(targets.lat);
  const looseIds = new Map<string, number>();
  const rows = new Map<string, PointRow>();
  const kept: Record<string, number> = {};
  for (const source of sources) {
    throwIfCancelled(context.signal);
    const allocation = source.grid === undefined ? allocateCells(source.cells, targets, index.search) : allocateGrid(source.grid, targets);
    noteAllocation(source, allocation, notes);
    const cellName = (cell: number): string => source.cells[cell]?.id ?? `${source.batchId}/${cell}`;
    const add = (id: number, basis: PointRow['basis'], sourceId: string, persons: number): void => {
      const key = `${source.group} ${id}`;
      // files of one group side by side: a target at their border may take from both
      rows.set(key, { id, group: source.group, basis, sourceId, persons: persons + (rows.get(key)?.persons ?? 0), lon: lon[id], lat: lat[id] });
    };
    allocation.persons.forEach((persons, i) => {
      if (!(persons > 0)) return;
      const building = i < targets.buildingCount;
      add(i, building ? 'building' : 'street-node', building ? sourceIds[i] : cellName(allocation.cellOf[i]), persons);
    });
    for (const loose of thinLoose(allocation.loose, MOST_LOOSE)) {
      const key = `${loose.lon} ${loose.lat}`;
      let id = looseIds.get(key);
      if (id === undefined) {
        id = lon.length;
        looseIds.set(key, id);
        lon.push(loose.lon);
        lat.push(loose.lat);
      }
      add(id, 'cell', cellName(loose.cell), loose.persons);
    }
  }
  const persons = new Map<string, Float64Array>();
  for (const row of rows.values()) {
    let list = persons.get(row.group);
    if (list === undefined) persons.set(row.group, (list = new Float64Array(lon.length)));
    list[row.id] = row.persons;
    kept[`population/${row.group}`] = (kept[`population/${row.group}`] ?? 0) + 1;
  }
  await copyInPieces(database, 'population_point', ['city_id', 'batch_id', 'point_id', 'population_group', 'basis', 'source_id', 'persons', 'geom'], toLines(scope, rows.values()), context);
  return { points: { lon: Float64Array.from(lon), lat: Float64Array.from(lat), persons }, kept };
}

function* toLines({ cityId, derivedBatchId }: { cityId: string; derivedBatchId: number }, rows: Iterable<PointRow>): Generator<string> {
  for (const row of rows) {
    yield copyLine([
      cityId, String(derivedBatchId), String(row.id + 1), copyText(row.group), row.basis, copyText(row.sourceId), String(row.persons), copyGeometry(buildPoint(row.lon, row.lat)),
    ]);
  }
}

function noteAllocation(source: PopulationSource, { total, atBuildings, atNodes, atCells }: Allocation, notes: NoteBook): void {
  const share = (part: number): string => `${((100 * part) / Math.max(total, 1e-9)).toFixed(1)}%`;
  notes.add('info', `derive/population:${source.group}:${source.batchId}`, {
    zh: `人群“${source.group}”共 ${total.toFixed(1)} 人：落到住宅建筑 ${share(atBuildings)}，街道节点 ${share(atNodes)}，格网中心 ${share(atCells)}。`,
    en: `Group "${source.group}": ${total.toFixed(1)} persons, ${share(atBuildings)} put in residential buildings, ${share(atNodes)} on street nodes, ${share(atCells)} at centres of cells.`,
  });
}
