import { App } from 'antd';
import type { BatchJson, JobStarted } from '../../base/api.ts';
import { cityPath, sendJson } from '../api/client.ts';
import { asRequestError } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useJobs } from '../jobs/jobs-context.tsx';

/** Asks, then takes a batch out of the city; the work goes on as a job. */
export function useUndo(cityId: string): (batch: BatchJson) => void {
  const { t, pick } = useSpeech();
  const { modal, message } = App.useApp();
  const { follow } = useJobs();
  return (batch) => {
    modal.confirm({
      title: t.data.undoTitle(batch.fileName),
      content: t.data.undoHint,
      okText: t.data.undo,
      okButtonProps: { danger: true },
      cancelText: t.common.cancel,
      async onOk() {
        try {
          const started = await sendJson<JobStarted>('POST', cityPath(cityId, 'batches', batch.batchId, 'undo'));
          follow(started.jobId);
          void message.info(t.data.undoStarted);
        } catch (error) {
          void message.error(pick(asRequestError(error).text));
        }
      },
    });
  };
}
