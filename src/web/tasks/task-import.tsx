import { Alert, Button, Modal, Table } from 'antd';
import { useRef, useState } from 'react';
import type { z } from 'zod';
import type { taskImportSchema } from '../../delivery/api.ts';
import type { RequestError } from '../api/client.ts';
import { sendBytes } from '../api/client.ts';
import { asRequestError } from '../api/use-resource.ts';
import { NotesList } from '../data/notes-list.tsx';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { fieldName, fieldText } from './task-options.ts';

type TaskImport = z.infer<typeof taskImportSchema>;

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const PREVIEW_ROWS = 6;

interface TaskImportProps {
  readonly base: string;
  readonly onClose: () => void;
  readonly onWritten: (changeSet: string | null, tasks: number) => void;
}

/** A workbook comes back, or a list from elsewhere: first what it would change, then, when that is agreed to, the change. */
export function TaskImportDialog({ base, onClose, onWritten }: TaskImportProps) {
  const { t, f } = useSpeech();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | undefined>(undefined);
  const [preview, setPreview] = useState<TaskImport | undefined>(undefined);
  const [error, setError] = useState<RequestError | undefined>(undefined);
  const [busy, setBusy] = useState(false);

  async function send(one: File, dry: boolean): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const answer = await sendBytes<TaskImport>(`${base}/import?name=${encodeURIComponent(one.name)}&dry=${dry}`, one, XLSX);
      if (dry) return setPreview(answer);
      onWritten(answer.changeSet, answer.changes.length);
      onClose();
    } catch (problem) {
      setError(asRequestError(problem));
      setPreview(undefined);
    } finally {
      setBusy(false);
    }
  }

  function choose(one: File | undefined): void {
    setFile(one);
    setPreview(undefined);
    if (one !== undefined) void send(one, true);
  }

  const count = preview?.changes.length ?? 0;
  return (
    <Modal open width={840} className="ledger-import" title={t.tasks.importTitle} onCancel={onClose} cancelText={t.common.cancel} okText={preview === undefined ? t.tasks.apply : t.tasks.applyBook(f.integer(count))} okButtonProps={{ disabled: count === 0, loading: busy }} onOk={() => file !== undefined && void send(file, false)}>
      <p className="quiet">{t.tasks.importHint}</p>
      <input ref={input} type="file" accept=".xlsx" tabIndex={-1} className="visually-hidden" data-testid="tasks-input" aria-label={t.tasks.chooseFile} onChange={(event) => { choose(event.target.files?.[0]); event.target.value = ''; }} />
      <p className="ledger-import-file">
        <Button onClick={() => input.current?.click()} loading={busy && preview === undefined}>{t.tasks.chooseFile}</Button> <span>{file?.name}</span>
        {error !== undefined && file !== undefined && <Button onClick={() => void send(file, true)} disabled={busy}>{t.tasks.previewAgain}</Button>}
      </p>
      {error !== undefined && <ProblemAlert problem={error} />}
      {preview !== undefined && <Preview preview={preview} file={file?.name ?? ''} />}
    </Modal>
  );
}

function Preview({ preview: { rows, added, changed, changes, notes }, file }: { preview: TaskImport; file: string }) {
  const { t, f, pick } = useSpeech();
  const wrong = notes.filter(({ level }) => level === 'error').reduce((sum, { count }) => sum + count, 0);
  return (
    <section className="ledger-preview" aria-live="polite">
      <Alert type={changes.length === 0 ? 'success' : 'info'} showIcon title={changes.length === 0 ? t.tasks.sameBook(f.integer(rows)) : t.tasks.previewOf(f.integer(rows), f.integer(changed), f.integer(added))} className="panel-alert" />
      {changes.length > 0 && (
        <Table
          size="small" rowKey={(change) => `${change.taskId}/${changes.indexOf(change)}`} dataSource={changes} pagination={changes.length > PREVIEW_ROWS ? { pageSize: PREVIEW_ROWS, size: 'small', showSizeChanger: false } : false} scroll={{ x: 560 }}
          columns={[
            { key: 'task', title: t.tasks.task, width: '44%', render: (_, { taskId, title }) => <><strong>{taskId === '' ? t.tasks.newRow : taskId}</strong><br /><span className="quiet">{title}</span></> },
            {
              key: 'change', title: t.tasks.newValues,
              render: (_, { before, edit }) => (
                <ul className="preview-fields">
                  {Object.entries(edit).map(([field, value]) => {
                    const was = fieldText(field, before[field as keyof typeof before], pick);
                    return <li key={field}><span className="quiet">{fieldName(field, t)}</span> {was === '–' ? <span className="quiet">–</span> : <del>{was}</del>} <span aria-hidden="true">→</span> <ins>{fieldText(field, value, pick)}</ins></li>;
                  })}
                </ul>
              ),
            },
          ]}
        />
      )}
      {notes.length > 0 && (
        <section className="ledger-wrong" aria-label={t.tasks.notTaken}>
          <h3>{wrong > 0 ? t.tasks.wrongCells(f.integer(wrong)) : t.tasks.notTaken}</h3>
          <NotesList notes={notes} file={file} />
        </section>
      )}
    </section>
  );
}
