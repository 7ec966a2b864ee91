import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled, LoadingOutlined, MinusCircleFilled } from '@ant-design/icons';
import { Link } from 'react-router-dom';
import type { JobJson } from '../../../base/api.ts';
import { useSpeech } from '../../i18n/language.tsx';
import { failureOf, listOutcomes } from '../../jobs/import-outcome.ts';
import type { FileOutcome } from '../../jobs/import-outcome.ts';
import { isActive } from '../../jobs/jobs-context.tsx';
import { JobProgress } from '../../jobs/job-progress.tsx';
import { ProblemAlert } from '../../shell/problem.tsx';
import { totalOf, useRowNames } from '../batch-words.tsx';
import { NotesList } from '../notes-list.tsx';

/** The import while it runs, and what came of it. */
export function ImportRun({ cityId, job, onLeave }: { cityId: string; job: JobJson | undefined; onLeave: () => void }) {
  const { t } = useSpeech();
  if (job === undefined || isActive(job)) {
    return (
      <div className="import-run" role="status">
        <h3>
          <LoadingOutlined aria-hidden="true" /> {t.importing.working}
        </h3>
        <JobProgress job={job ?? { state: 'queued', progress: null }} />
        <p className="quiet">{t.importing.workingHint}</p>
      </div>
    );
  }
  if (job.state === 'done') {
    const failure = failureOf(job);
    return (
      <div className="import-run" role="status">
        <h3>
          {failure === 'no' && <CheckCircleFilled className="is-good" aria-hidden="true" />}
          {failure === 'part' && <ExclamationCircleFilled className="is-doubtful" aria-hidden="true" />}
          {failure === 'none' && <CloseCircleFilled className="is-error" aria-hidden="true" />}{' '}
          {failure === 'no' ? t.importing.doneTitle : failure === 'part' ? t.importing.partTitle : t.importing.failedTitle}
        </h3>
        {failure === 'none' && <p className="quiet">{t.importing.failedHint}</p>}
        <ul className="import-results">
          {listOutcomes(job).map((file) => (
            <ResultOfFile key={file.fileName} cityId={cityId} file={file} onLeave={onLeave} />
          ))}
        </ul>
      </div>
    );
  }
  const cancelled = job.state === 'cancelled';
  return (
    <div className="import-run" role="status">
      <h3>
        {cancelled ? <MinusCircleFilled aria-hidden="true" /> : <CloseCircleFilled className="is-error" aria-hidden="true" />}{' '}
        {cancelled ? t.importing.cancelledTitle : t.importing.failedTitle}
      </h3>
      {!cancelled && job.error !== null && <ProblemAlert problem={job.error} />}
      <p className="quiet">{t.importing.failedHint}</p>
    </div>
  );
}

function ResultOfFile({ cityId, file, onLeave }: { cityId: string; file: FileOutcome; onLeave: () => void }) {
  const { t, f } = useSpeech();
  const nameOf = useRowNames(cityId);
  const inWords = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, 6)
      .map(([key, count]) => `${nameOf(key)} ${f.integer(count)}`)
      .join(' · ');
  return (
    <li className="import-result">
      <div className="import-result-head">
        <strong>{file.fileName}</strong>
        {file.batchId !== undefined && (
          <Link to={`/${cityId}/data?batch=${file.batchId}`} onClick={onLeave}>
            {t.data.batchTitle(f.integer(file.batchId))}
          </Link>
        )}
      </div>
      {file.error !== undefined ? (
        <ProblemAlert problem={file.error} />
      ) : file.state === 'unchanged' ? (
        <p className="quiet">{t.importing.unchanged}</p>
      ) : (
        <dl className="import-numbers">
          <div>
            <dt>{t.importing.read}</dt>
            <dd>
              {f.integer(totalOf(file.seen))} <span className="quiet">{inWords(file.seen)}</span>
            </dd>
          </div>
          <div>
            <dt>{t.importing.kept}</dt>
            <dd>
              {f.integer(totalOf(file.kept))} <span className="quiet">{inWords(file.kept)}</span>
            </dd>
          </div>
          {file.notes.length > 0 && (
            <div>
              <dt>{t.importing.noted}</dt>
              <dd>
                <NotesList notes={file.notes} file={file.fileName} folded />
              </dd>
            </div>
          )}
        </dl>
      )}
    </li>
  );
}
