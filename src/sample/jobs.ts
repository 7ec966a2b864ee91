/** Jobs by community, as a census of businesses (经济普查) has them: a point in each community with the jobs there. */
import { join } from 'node:path';
import { Random } from '../core/random.ts';
import type { Cell, CityPlan } from './plan.ts';
import { WGS84 } from './registries.ts';
import { CsvWriter } from './write-csv.ts';
import type { Zone } from './zones.ts';

const JOB_COLUMNS = ['community_id', 'name', 'year', 'lon', 'lat', 'crs', 'establishments', 'jobs'] as const;

/** Jobs for each resident of the city: about half work. */
const PER_RESIDENT = 0.48;
/** How many jobs a community of each kind has, one to another; parks have those of parks.csv. */
const WEIGHTS: Readonly<Record<Exclude<Zone, 'industry'>, number>> = {
  commercial: 90, core: 45, station: 30, university: 25, estate90: 11, estate80: 10, highrise: 9, village: 8, rural: 3, park: 2,
};

/** @param inPark jobs of one community of a sub-district's industrial park, by the sub-district's unit */
export function writeJobs(dir: string, plan: CityPlan, inPark: (unitId: string) => number): number {
  const csv = new CsvWriter(join(dir, 'jobs.csv'), JOB_COLUMNS);
  const random = new Random(plan.seed + 19);
  const weightOf = ({ zone }: Cell): number => (zone === 'industry' ? 0 : WEIGHTS[zone]);
  const inParks = plan.cells.reduce((sum, { zone, block }) => sum + (zone === 'industry' ? inPark(block.unitId) : 0), 0);
  const perWeight = Math.max(0, plan.persons * PER_RESIDENT - inParks) / plan.cells.reduce((sum, cell) => sum + weightOf(cell), 0);
  for (const cell of plan.cells) {
    const varied = random.between(0.85, 1.15);
    const jobs = Math.round(cell.zone === 'industry' ? inPark(cell.block.unitId) : weightOf(cell) * perWeight * varied);
    const [lon, lat] = plan.ground.toLonLat(cell.column + 0.5, cell.row + 0.5);
    csv.add([cell.unitId, cell.name.zh, 2024, lon.toFixed(6), lat.toFixed(6), WGS84, Math.ceil(jobs / (cell.zone === 'industry' ? 60 : 9)), jobs]);
  }
  csv.close();
  return csv.rows;
}
