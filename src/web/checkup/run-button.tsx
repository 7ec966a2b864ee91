import { EllipsisOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, InputNumber, Modal, Space } from 'antd';
import { useState } from 'react';
import type { JobJson, JobStarted } from '../../base/api.ts';
import { cityPath, sendJson } from '../api/client.ts';
import { asRequestError } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { JobProgress } from '../jobs/job-progress.tsx';
import { isActive, useJobs } from '../jobs/jobs-context.tsx';
import { ProblemAlert } from '../shell/problem.tsx';

export function useCheckupJob(cityId: string): JobJson | undefined {
  return useJobs().jobs.find((job) => job.kind === 'checkup' && job.cityId === cityId);
}

export function useRun(cityId: string): (period: number | undefined, fresh?: boolean) => Promise<void> {
  const { pick } = useSpeech();
  const { message } = App.useApp();
  const { follow } = useJobs();
  return async (period, fresh = false) => {
    try {
      const started = await sendJson<JobStarted>('POST', cityPath(cityId, 'checkups'), { ...(period !== undefined && { period }), ...(fresh && { fresh }) });
      follow(started.jobId);
    } catch (error) {
      void message.error(pick(asRequestError(error).text));
    }
  };
}

/** Runs the check-up of the period shown; the menu runs another period, or everything afresh. */
export function RunButton({ cityId, period, primary }: { cityId: string; period: number | undefined; primary: boolean }) {
  const { t } = useSpeech();
  const job = useCheckupJob(cityId);
  const run = useRun(cityId);
  const [asking, setAsking] = useState(false);
  const [year, setYear] = useState(() => period ?? new Date().getFullYear());
  if (job !== undefined && isActive(job)) return null;
  return (
    <>
      <Space.Compact>
        <Button type={primary ? 'primary' : 'default'} icon={<PlayCircleOutlined />} onClick={() => void run(period)}>{t.checkup.run}</Button>
        <Dropdown
          trigger={['click']}
          autoFocus
          placement="bottomRight"
          menu={{
            items: [{ key: 'year', label: t.checkup.runAnother }, { key: 'fresh', label: t.checkup.runFresh }],
            onClick: ({ key }) => (key === 'year' ? setAsking(true) : void run(period, true)),
          }}
        >
          <Button type={primary ? 'primary' : 'default'} icon={<EllipsisOutlined />} aria-label={t.checkup.runMore} aria-haspopup="menu" />
        </Dropdown>
      </Space.Compact>
      <Modal open={asking} title={t.checkup.runAnother} okText={t.checkup.run} cancelText={t.common.cancel} onCancel={() => setAsking(false)} onOk={() => { setAsking(false); void run(year); }}>
        <label>{t.checkup.period} <InputNumber min={1949} max={2100} precision={0} value={year} onChange={(value) => setYear(value ?? year)} /></label>
      </Modal>
    </>
  );
}

/** How far the run is, with a way to stop it; why the last one failed. */
export function RunState({ cityId }: { cityId: string }) {
  const { t, pick } = useSpeech();
  const { message } = App.useApp();
  const { cancel } = useJobs();
  const job = useCheckupJob(cityId);
  const [left, setLeft] = useState<string | undefined>(undefined);
  if (job === undefined) return null;
  if (isActive(job)) {
    return (
      <div className="run-state" role="status">
        <strong>{t.checkup.running}</strong>
        <JobProgress job={job} />
        <Button size="small" disabled={job.cancelRequested} onClick={() => { cancel(job.jobId).catch((error: unknown) => void message.error(pick(asRequestError(error).text))); }}>
          {job.cancelRequested ? t.importing.cancelling : t.common.cancel}
        </Button>
      </div>
    );
  }
  if (job.state === 'failed' && job.error !== null && left !== job.jobId) {
    return (
      <div className="run-state-failed">
        <ProblemAlert problem={job.error} />
        <Button size="small" type="text" onClick={() => setLeft(job.jobId)}>{t.common.close}</Button>
      </div>
    );
  }
  return null;
}
