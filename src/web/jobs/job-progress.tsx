import { Progress } from 'antd';
import type { JobJson } from '../../base/api.ts';
import { useSpeech } from '../i18n/language.tsx';

/** The present stage of a job in words, and how far it is where that is known. */
export function JobProgress({ job }: { job: Pick<JobJson, 'state' | 'progress'> }) {
  const { t, f, pick } = useSpeech();
  const { progress } = job;
  const percent = progress?.total ? Math.min(100, (100 * progress.done) / progress.total) : undefined;
  const text = progress === null ? t.jobs.state[job.state] : pick(progress.text);
  return (
    <div className="job-progress">
      <span className="job-progress-text">{text}</span>
      <Progress
        percent={percent ?? 100}
        showInfo={percent !== undefined}
        status="active"
        size="small"
        aria-label={text}
        format={(value) => f.percent((value ?? 0) / 100)}
      />
    </div>
  );
}
