import type { JobJson } from '../../base/api.ts';
import { useSpeech } from '../i18n/language.tsx';
import { ProgressBar } from '../shell/progress-bar.tsx';

/** The present stage of a job in words, and how far it is where that is known. */
export function JobProgress({ job }: { job: Pick<JobJson, 'state' | 'progress'> }) {
  const { t, pick } = useSpeech();
  const { progress } = job;
  const text = progress === null ? t.jobs.state[job.state] : pick(progress.text);
  return (
    <div className="job-progress">
      <span className="job-progress-text">{text}</span>
      <ProgressBar share={progress?.total ? progress.done / progress.total : undefined} label={text} />
    </div>
  );
}
