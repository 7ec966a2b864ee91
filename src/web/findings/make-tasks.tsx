import { ScheduleOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { TaskJson } from '../../delivery/api.ts';
import { cityPath, sendJson } from '../api/client.ts';
import { asRequestError } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';

/** Time to read what was done and to follow the link. */
const READING_S = 8;

/** 问题 → 任务: findings become drafts in the ledger of tasks, each once. */
export function MakeTasks({ cityId, findings, size }: { cityId: string; findings: readonly string[]; size?: 'small' }) {
  const { t, f, pick } = useSpeech();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  async function make(): Promise<void> {
    setBusy(true);
    try {
      const { tasks } = await sendJson<{ tasks: readonly TaskJson[] }>('POST', cityPath(cityId, 'tasks'), { findings });
      const to = `/${cityId}/tasks?source=finding${tasks.length === 1 ? `&task=${encodeURIComponent(tasks[0].taskId)}` : ''}`;
      void message.success({ content: <>{t.tasks.fromFindingsDone(f.integer(tasks.length))} <button type="button" className="link-button" onClick={() => { message.destroy(); void navigate(to); }}>{t.tasks.toLedger}</button></>, duration: READING_S });
    } catch (error) {
      void message.error({ content: pick(asRequestError(error).text), duration: READING_S });
    } finally {
      setBusy(false);
    }
  }
  return <Button size={size} icon={<ScheduleOutlined />} loading={busy} onClick={() => void make()}>{t.tasks.fromFindings}</Button>;
}
