/**
 * Share of jobs within reach of facilities, % (#43 by its one end: 轨道站点800米岗位覆盖率). It says nothing of commutes: shares of homes and of jobs must not be
 * multiplied as if they were of the same persons (standards §8.1).
 *
 * Reach as in coverage of persons: along the streets nothing counts that the straight line of the same metres does not reach.
 */
import { z } from 'zod';
import type { CityData } from '../city/city-data.ts';
import { listFacilities } from '../city/facility-sets.ts';
import { sumInside } from '../city/roll-up.ts';
import { jobLinks } from '../city/street-access.ts';
import { reachedPoints, straightDistances, travelOf } from './cover.ts';
import { noStreets, qualityOf, reachNeeds, reachNotes } from './coverage-result.ts';
import { missingFacilities, missingReason } from './missing-reasons.ts';
import type { OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';
import { checkReach, reachFields } from './reach-params.ts';

const jobCoverageSchema = z.strictObject({ ...reachFields }).superRefine(checkReach);
type JobCoverageParams = z.infer<typeof jobCoverageSchema>;

function runJobCoverage(city: CityData, params: JobCoverageParams): OperatorResult {
  const { job } = city.snapshot;
  if (job.count.length === 0) return missingReason('no-data', { zh: '没有就业岗位数据。', en: 'There are no jobs.' }, { zh: '含 jobs 列的表，或 parks.csv', en: 'a table with a column jobs, or parks.csv' });
  const set = listFacilities(city, params);
  if (set.known === 0) return missingFacilities(params.facilities);
  const travel = travelOf(city, params);
  if (travel === undefined && params.measure !== 'straight') return noStreets();
  const straight = params.minutes === undefined ? straightDistances(city, job.pointE7, set) : undefined;
  const onWay = travel === undefined ? undefined : reachedPoints(city, travel, set, jobLinks(city, travel), params.minutes);
  const covered = job.count.map((count, j) => ((straight === undefined || straight[j] < Infinity) && (onWay === undefined || onWay[j] === 1) ? count : 0));
  const members = city.tree.locate(job.pointE7);
  const [numerator, denominator, n] = [covered, job.count, job.count.map((count) => (count > 0 ? 1 : 0))].map((weights) => sumInside(city, members, weights));
  return { value: numerator.map((sum, place) => (denominator[place] > 0 ? (100 * sum) / denominator[place] : NaN)), numerator, denominator, n, quality: qualityOf(set), notes: reachNotes(set, params).list(), detail: { facilities: set.number } };
}

export const jobCoverage = defineOperator<JobCoverageParams>({
  id: 'job-coverage',
  title: { zh: '岗位覆盖率', en: 'Share of jobs within reach' },
  params: jobCoverageSchema,
  needs: ({ facilities, measure }) => ['job', ...reachNeeds(facilities, measure)],
  run: (city, params) => runJobCoverage(city, params),
});
