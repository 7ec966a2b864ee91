import { Button, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { ImportRequest, JobStarted } from '../../../base/api.ts';
import { cityPath, sendJson } from '../../api/client.ts';
import type { RequestError } from '../../api/client.ts';
import { asRequestError } from '../../api/use-resource.ts';
import { useSpeech } from '../../i18n/language.tsx';
import { failureOf } from '../../jobs/import-outcome.ts';
import { isActive, useJobs } from '../../jobs/jobs-context.tsx';
import { ProblemAlert } from '../../shell/problem.tsx';
import { DropZone } from './drop-zone.tsx';
import { FileCard } from './file-card.tsx';
import { ImportRun } from './import-run.tsx';
import { useUploads } from './use-uploads.ts';
import type { UploadEntry } from './use-uploads.ts';
import './import.css';

function isReady(entry: UploadEntry): boolean {
  return entry.state === 'ready' && entry.upload?.preview != null && entry.problem === undefined;
}

interface ImportDialogProps {
  readonly cityId: string;
  /** The import that is shown; undefined while files are chosen. */
  readonly jobId: string | undefined;
  readonly onJob: (jobId: string | undefined) => void;
  readonly onClose: () => void;
}

/** Choose files, check what was recognised in them, import, read the result. */
export default function ImportDialog({ cityId, jobId, onJob, onClose }: ImportDialogProps) {
  const { t, f } = useSpeech();
  const uploads = useUploads(cityId);
  const { follow, find, cancel } = useJobs();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<RequestError | undefined>(undefined);
  const [starting, setStarting] = useState(false);
  const { entries } = uploads;
  const ready = entries.filter(isReady);
  const pending = entries.some((entry) => entry.state === 'waiting' || entry.state === 'uploading' || entry.updating);
  const job = jobId === undefined ? undefined : find(jobId);
  const unknown = jobId !== undefined && job === undefined;
  useEffect(() => {
    if (unknown) follow(jobId);
  }, [unknown, follow, jobId]);
  const running = jobId !== undefined && (job === undefined || isActive(job));

  async function start(): Promise<void> {
    setStarting(true);
    setProblem(undefined);
    try {
      const files = ready.flatMap(({ upload, options }) => (upload === undefined ? [] : [{ sha256: upload.sha256, options }]));
      const started = await sendJson<JobStarted>('POST', cityPath(cityId, 'imports'), { files } satisfies ImportRequest);
      follow(started.jobId);
      onJob(started.jobId);
    } catch (error) {
      setProblem(asRequestError(error));
    } finally {
      setStarting(false);
    }
  }

  function again(): void {
    uploads.clear();
    onJob(undefined);
  }

  const footer =
    jobId === undefined ? (
      <>
        <Button onClick={onClose}>{t.common.cancel}</Button>
        <Button type="primary" disabled={ready.length === 0 || pending} loading={starting} onClick={() => void start()}>
          {ready.length === 0 ? t.data.import : t.importing.start(f.integer(ready.length))}
        </Button>
      </>
    ) : running ? (
      <>
        <Button danger disabled={job?.cancelRequested === true} onClick={() => void cancel(jobId).catch((error: unknown) => setProblem(asRequestError(error)))}>
          {job?.cancelRequested === true ? t.importing.cancelling : t.importing.cancelJob}
        </Button>
        <Button type="primary" onClick={onClose}>
          {t.importing.background}
        </Button>
      </>
    ) : (
      <>
        <Button onClick={again}>{t.importing.again}</Button>
        <Button onClick={onClose}>{t.importing.openData}</Button>
        {job?.state === 'done' && failureOf(job) !== 'none' && (
          <Button type="primary" onClick={() => void navigate(`/${cityId}/map`)}>
            {t.importing.openMap}
          </Button>
        )}
      </>
    );

  return (
    <Modal open title={t.importing.title} onCancel={onClose} footer={footer} width={880} className="import-dialog" mask={{ closable: false }}>
      <div className="import-body">
        {jobId === undefined ? (
          <>
            <DropZone compact={entries.length > 0} onFiles={uploads.add} />
            <ul className="import-files">
              {entries.map((entry) => (
                <FileCard
                  key={entry.id}
                  entry={entry}
                  open={entries.length === 1}
                  onRemove={() => uploads.remove(entry.id)}
                  onRetry={() => uploads.retry(entry.id)}
                  onOptions={(options) => uploads.setOptions(entry.id, options)}
                />
              ))}
            </ul>
          </>
        ) : (
          <ImportRun cityId={cityId} job={job} onLeave={onClose} />
        )}
        {problem !== undefined && <ProblemAlert problem={problem} />}
      </div>
    </Modal>
  );
}
