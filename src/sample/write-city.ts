/**
 * Writes the sample city into a folder: one pass over its cells, each drawn, written to every file and forgotten, so
 * that memory does not grow with the city.
 */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ChengmaiError, throwIfCancelled } from '../core/errors.ts';
import type { WorkContext } from '../core/progress.ts';
import type { Box } from '../engine/spatial/geometry.ts';
import type { BuiltCell } from './cell.ts';
import { buildCell } from './cell.ts';
import { buildCityObjects } from './city-objects.ts';
import { writeSurvey } from './survey.ts';
import { IndustrialParks, writeIndicators } from './department-tables.ts';
import { writeJobs } from './jobs.ts';
import { writePolicyTexts } from './policy-texts.ts';
import type { SamplePolicy } from './policy-texts.ts';
import type { CityPlan } from './plan.ts';
import { buildPlan } from './plan.ts';
import { PopulationRasters } from './population-rasters.ts';
import { Registries, writeUnits } from './registries.ts';
import { ServiceRecords } from './service-records.ts';
import type { SketchNode, SketchRelation, SketchWay } from './sketch.ts';
import { writeTasks } from './supervised-tasks.ts';
import { buildTransitPlan } from './transit-plan.ts';
import { writeGtfs } from './write-gtfs.ts';
import { OsmPbfWriter } from './write-osm-pbf.ts';

export const DEFAULT_PERSONS = 300_000;
export const DEFAULT_SEED = 1;
/** The day the ledger's tasks and the speech are dated from, unless another is given. */
export const DEFAULT_AS_OF = '2026-10-20';
/** The statistics are of 2025 and the opinion of March 2026: no day before shows the city. */
const FIRST_AS_OF = '2026-06-01';
const OSM_FILE = 'shifan.osm.pbf';

export interface SampleOptions {
  readonly persons: number;
  readonly seed: number;
  /** `2026-11-17`: the day on which the ledger is looked at; DEFAULT_AS_OF unless given, one before 2026-06-01 counts as that day. */
  readonly asOf?: string;
}

export interface SampleSummary {
  readonly persons: number;
  readonly seed: number;
  /** west, south, east, north in degrees. */
  readonly box: Box;
  /** Every file written, with the objects, rows or filled cells it holds. */
  readonly files: readonly { readonly name: string; readonly entries: number }[];
  /** Policy texts in the folder `policies`: for `chengmai policy`, not for `chengmai import`. */
  readonly policies: readonly SamplePolicy[];
}

/** The bounding box of the city, from its outermost lattice lines. */
export function boxOfCity(plan: CityPlan): Box {
  const margin = 0.002;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k <= 400; k++) {
    const t = k / 400;
    for (const [u, v] of [[t * plan.columns, 0], [t * plan.columns, plan.rows], [0, t * plan.rows], [plan.columns, t * plan.rows]]) {
      const [lon, lat] = plan.ground.toLonLat(u, v);
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
  }
  return [west - margin, south - margin, east + margin, north + margin];
}

/** Draws every cell in the order of the ids; `visit` sees the finished ones. Gives way to other work after each row. */
export async function drawCells(plan: CityPlan, context: WorkContext, visit: (objects: Objects, built: BuiltCell | undefined) => void): Promise<void> {
  for (let row = 0; row <= plan.rows; row++) {
    throwIfCancelled(context.signal);
    context.report?.({ stage: 'sample', text: { zh: '正在生成示范市', en: 'Building the sample city' }, done: row, total: plan.rows + 1 });
    for (let column = 0; column <= plan.columns; column++) {
      const { sketch, built } = buildCell(plan, column, row);
      visit(sketch, built);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export interface Objects {
  readonly nodes: readonly SketchNode[];
  readonly ways: readonly SketchWay[];
  readonly relations: readonly SketchRelation[];
}

/**
 * Writes a city of `persons` persons into `dir`, which is made if need be; files of the same names are replaced. The
 * same options give the same bytes. Files appear under their names only when all are complete, so that a run that fails
 * or is cancelled leaves the folder as it was. Throws `sample/persons` for sizes that cannot be planned and
 * `sample/folder` where nothing can be written.
 */
export async function writeSampleCity(dir: string, options: SampleOptions, context: WorkContext = {}): Promise<SampleSummary> {
  const plan = buildPlan(options.persons, options.seed);
  const work = prepareFolder(dir);
  try {
    const asOf = [options.asOf ?? DEFAULT_AS_OF, FIRST_AS_OF].reduce((a, b) => (a > b ? a : b));
    const entries = await writeFiles(work, plan, asOf, context);
    const policies = writePolicyTexts(work, plan, asOf);
    mkdirSync(join(dir, 'policies'), { recursive: true });
    for (const name of [...Object.keys(entries), ...policies.map(({ file }) => join('policies', file))]) renameSync(join(work, name), join(dir, name));
    return { persons: plan.persons, seed: plan.seed, box: boxOfCity(plan), files: Object.entries(entries).map(([name, count]) => ({ name, entries: count })), policies };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** A fresh folder inside `dir` for files that are being written; what a killed run left there goes. */
function prepareFolder(dir: string): string {
  const work = join(dir, '.unfinished');
  try {
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ChengmaiError('input', 'sample/folder', { zh: `无法写入目录 ${dir}（${reason}），请换一个目录。`, en: `The folder ${dir} cannot be written to (${reason}); choose another.` }, { file: dir }, cause);
  }
  return work;
}

/** Writes all files into a folder; returns what each holds, by name. */
async function writeFiles(dir: string, plan: CityPlan, asOf: string, context: WorkContext): Promise<Record<string, number>> {
  const transit = buildTransitPlan(plan);
  const box = boxOfCity(plan);
  const osm = new OsmPbfWriter(join(dir, OSM_FILE), box, 'chengmai sample');
  const registries = new Registries(dir, plan);
  const records = new ServiceRecords(dir, plan);
  const rasters = new PopulationRasters(box);
  const parks = new IndustrialParks();
  try {
    await drawCells(plan, context, (objects, built) => {
      addObjects(osm, objects);
      if (built === undefined) return;
      for (const sink of [registries, records, rasters, parks]) sink.add(built);
    });
  } catch (error) {
    for (const sink of [osm, registries, records]) sink.abandon();
    throw error;
  }
  addObjects(osm, buildCityObjects(plan, transit));
  const objects = osm.close();
  const timetable = writeGtfs(dir, plan, transit);
  return {
    [OSM_FILE]: objects.nodes + objects.ways + objects.relations,
    [timetable.file]: timetable.rows,
    'units.csv': writeUnits(dir, plan),
    ...registries.close(transit),
    ...records.close(),
    'indicators_dept.csv': writeIndicators(dir, plan),
    'tasks.csv': writeTasks(dir, plan, asOf),
    'parks.csv': parks.write(dir, plan.seed),
    'jobs.csv': writeJobs(dir, plan, (unitId) => parks.jobsInCell(unitId)),
    'survey.csv': writeSurvey(dir, plan),
    ...rasters.write(dir),
  };
}

function addObjects(osm: OsmPbfWriter, objects: Objects): void {
  for (const node of objects.nodes) osm.addNode(node.id, Math.round(node.lon * 1e7), Math.round(node.lat * 1e7), node.tags);
  for (const way of objects.ways) osm.addWay(way.id, way.refs, way.tags);
  for (const relation of objects.relations) osm.addRelation(relation.id, relation.members, relation.tags);
}
