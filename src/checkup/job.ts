/** The check-up as a job of the queue (base/jobs.ts). */
import type { JobHandlers } from '../base/job-kinds.ts';
import { runCheckup } from './run.ts';

export interface CheckupJobInput {
  readonly period?: number | undefined;
  readonly fresh?: boolean | undefined;
}

export const CHECKUP_JOBS: JobHandlers = {
  checkup: (base, job, context) => {
    const { period, fresh } = job.input as CheckupJobInput;
    return runCheckup(base, { cityId: job.cityId ?? '', period, fresh, who: job.who }, context);
  },
};
