import { App, Button, Empty, Popconfirm, Tag } from 'antd';
import { Link } from 'react-router-dom';
import type { JobJson } from '../../base/api.ts';
import { asRequestError } from '../api/use-resource.ts';
import { useCities } from '../cities/cities-context.tsx';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { failureOf, listOutcomes } from './import-outcome.ts';
import { isActive, useJobs } from './jobs-context.tsx';
import { JobProgress } from './job-progress.tsx';

const STATE_COLOURS: Record<JobJson['state'], string> = { queued: 'default', running: 'processing', done: 'success', failed: 'error', cancelled: 'default' };

export function JobsList({ onLeave }: { onLeave: () => void }) {
  const { t } = useSpeech();
  const { jobs } = useJobs();
  if (jobs.length === 0) {
    return (
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={<><strong>{t.jobs.empty}</strong><br />{t.jobs.emptyHint}</>} />
    );
  }
  return (
    <ul className="jobs">
      {jobs.map((job) => (
        <JobEntry key={job.jobId} job={job} onLeave={onLeave} />
      ))}
    </ul>
  );
}

function JobEntry({ job, onLeave }: { job: JobJson; onLeave: () => void }) {
  const { t, f, pick } = useSpeech();
  const { find } = useCities();
  const { message } = App.useApp();
  const { cancel, retry } = useJobs();
  const city = find(job.cityId ?? undefined);
  const failure = job.state === 'done' ? failureOf(job) : 'no';
  const failed = listOutcomes(job).filter((outcome) => outcome.state === 'failed');
  const act = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => void message.error(pick(asRequestError(error).text)));
  };
  return (
    <li className="job">
      <div className="job-head">
        <strong>{t.jobs.kind[job.kind] ?? job.kind}</strong>
        {city !== undefined && <span className="quiet">{pick(city.name)}</span>}
        <Tag color={failure === 'no' ? STATE_COLOURS[job.state] : failure === 'part' ? 'warning' : 'error'}>
          {job.cancelRequested && isActive(job) ? t.importing.cancelling : failure === 'part' ? t.jobs.partly : failure === 'none' ? t.jobs.state.failed : t.jobs.state[job.state]}
        </Tag>
      </div>
      {isActive(job) && <JobProgress job={job} />}
      {job.error !== null && job.state === 'failed' && <ProblemAlert problem={job.error} />}
      {failed.map((outcome) => outcome.error !== undefined && <ProblemAlert key={outcome.fileName} problem={outcome.error} />)}
      <div className="job-foot">
        <time className="quiet" dateTime={job.createdAt} title={f.dateTime(job.createdAt)}>
          {f.ago(job.createdAt)} · {job.who}
        </time>
        <span className="job-actions">
          {isActive(job) && !job.cancelRequested && (
            <Popconfirm title={`${t.jobs.cancel}?`} okText={t.jobs.cancel} cancelText={t.common.back} onConfirm={() => act(cancel(job.jobId))}>
              <Button size="small">{t.common.cancel}</Button>
            </Popconfirm>
          )}
          {(job.state === 'failed' || job.state === 'cancelled') && (
            <Button size="small" onClick={() => act(retry(job.jobId))}>
              {t.common.retry}
            </Button>
          )}
          {job.state === 'done' && job.cityId !== null && (
            <Link to={job.kind === 'checkup' ? `/${job.cityId}/checkup` : `/${job.cityId}/data${job.kind === 'import' ? `?import=${job.jobId}` : ''}`} onClick={onLeave}>
              {t.jobs.result}
            </Link>
          )}
        </span>
      </div>
    </li>
  );
}
