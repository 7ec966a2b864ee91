/**
 * 职住平衡比: jobs ÷ residents, or ÷ households of community_services. Jobs are where a file says, else those of the parks register, which is then all that is
 * counted. No national standard gives a threshold; the band of 0.8–1.2 that is often quoted is for jobs ÷ employed residents, whom no source here counts.
 */
import { NoteBook } from '../../core/note.ts';
import type { CityData } from '../city/city-data.ts';
import { numberOf } from './cell-values.ts';
import type { JobsHousingParams } from './living-params.ts';
import { jobsHousingSchema } from './living-params.ts';
import type { Missing } from './missing-reasons.ts';
import { missingAnswers, missingColumn, missingPopulation, missingReason, missingTable } from './missing-reasons.ts';
import type { OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';
import { jobsByPlace, personsByPlace } from './per-place.ts';
import { placeRows, sumRows } from './sum-rows.ts';

function householdsByPlace(city: CityData): Float64Array | Missing {
  const table = city.table('community_services');
  const places = placeRows(city, 'community_services');
  if (table === undefined || places === undefined) return missingTable('community_services', ['households']);
  const column = table.columns['households'];
  if (table.rowCount === 0 && table.leftOut !== undefined) return missingAnswers('community_services', ['households'], 0, table.leftOut);
  if (column === undefined) return missingColumn('community_services', 'households', table.leftOut);
  const weight = new Float64Array(table.rowCount);
  for (let row = 0; row < table.rowCount; row++) weight[row] = Math.max(0, numberOf(column[row]) ?? 0);
  return sumRows(city, places, weight);
}

function runJobs(city: CityData, { per }: JobsHousingParams): OperatorResult {
  const numerator = jobsByPlace(city);
  if (numerator === undefined) return missingReason('no-data', { zh: '没有就业岗位数据。', en: 'There are no jobs.' }, { zh: '含 jobs 列的表，或 parks.csv', en: 'a table with a column jobs, or parks.csv' });
  const denominator = per === 'residents' ? personsByPlace(city, 'total') : householdsByPlace(city);
  if (denominator === undefined) return missingPopulation('total');
  if ('missing' in denominator) return denominator;
  const notes = new NoteBook();
  const points = city.snapshot.job.count.length;
  const all = denominator.length === 0 ? 0 : Math.max(...Array.from(city.tree.ofLevel('city'), (place) => numerator[place] / denominator[place]));
  if (all < 0.2) notes.add('warning', 'checkup/few-jobs', { zh: `岗位数据只有 ${points} 个点，很可能只含园区，不是全部就业。`, en: `Jobs are known at ${points} points only and are probably those of industrial parks, not all employment.` });
  return { value: numerator.map((sum, place) => (denominator[place] > 0 ? sum / denominator[place] : NaN)), numerator, denominator, quality: all < 0.2 ? 'proxy' : 'measured', notes: notes.list() };
}

export const jobsHousing = defineOperator({
  id: 'jobs-housing', title: { zh: '职住平衡比', en: 'Jobs to housing' }, params: jobsHousingSchema,
  needs: ({ per }) => ['place', 'job', per === 'residents' ? 'population' : 'table:community_services'], run: (city, params) => runJobs(city, params),
});
