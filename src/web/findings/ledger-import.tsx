import { Alert, App, Button, Modal, Table } from 'antd';
import { useRef, useState } from 'react';
import type { LedgerImport } from '../../checkup/api.ts';
import type { RequestError } from '../api/client.ts';
import { sendBytes } from '../api/client.ts';
import { asRequestError } from '../api/use-resource.ts';
import { NotesList } from '../data/notes-list.tsx';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { fieldName, fieldText } from './finding-text.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A workbook comes back: first what it would change, then, when that is agreed to, the change. */
export function LedgerImportDialog({ base, onClose, onDone }: { base: string; onClose: () => void; onDone: () => void }) {
  const { t, f, pick } = useSpeech();
  const { message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | undefined>(undefined);
  const [preview, setPreview] = useState<LedgerImport | undefined>(undefined);
  const [error, setError] = useState<RequestError | undefined>(undefined);
  const [busy, setBusy] = useState(false);

  async function send(one: File, dry: boolean): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const answer = await sendBytes<LedgerImport>(`${base}/import?name=${encodeURIComponent(one.name)}&dry=${dry}`, one, XLSX);
      if (dry) return setPreview(answer);
      void message.success(t.findings.changed(f.integer(answer.changed)));
      onDone();
      onClose();
    } catch (problem) {
      setError(asRequestError(problem));
    } finally {
      setBusy(false);
    }
  }

  function choose(one: File | undefined): void {
    setFile(one);
    setPreview(undefined);
    if (one !== undefined) void send(one, true);
  }

  return (
    <Modal
      open width={760} title={t.findings.importTitle} onCancel={onClose} cancelText={t.common.cancel}
      okText={preview === undefined ? t.findings.apply : t.findings.applyChanges(f.integer(preview.edits.length))} okButtonProps={{ disabled: preview === undefined || preview.edits.length === 0, loading: busy }}
      onOk={() => file !== undefined && void send(file, false)}
    >
      <p className="quiet">{t.findings.importHint}</p>
      <input ref={input} type="file" accept=".xlsx" className="visually-hidden" data-testid="ledger-input" aria-label={t.findings.chooseFile} onChange={(event) => { choose(event.target.files?.[0]); event.target.value = ''; }} />
      <p><Button onClick={() => input.current?.click()} loading={busy && preview === undefined}>{t.findings.chooseFile}</Button> {file?.name}</p>
      {error !== undefined && <ProblemAlert problem={error} />}
      {preview !== undefined && (
        <>
          <Alert type={preview.edits.length === 0 ? 'success' : 'warning'} showIcon title={preview.edits.length === 0 ? t.findings.sameBook(f.integer(preview.rows)) : t.findings.previewOf(f.integer(preview.rows), f.integer(preview.edits.length))} className="panel-alert" />
          {preview.edits.length > 0 && (
            <Table
              size="small" rowKey="findingId" dataSource={preview.edits} pagination={preview.edits.length > 8 ? { pageSize: 8, size: 'small', showSizeChanger: false } : false}
              columns={[
                { key: 'finding', title: t.findings.finding, width: 260, render: (_, { findingId }) => <code>{findingId}</code> },
                { key: 'change', title: t.findings.newValues, render: (_, { edit }) => <ul>{Object.entries(edit).map(([field, value]) => <li key={field}><strong>{fieldName(field, t)}</strong> {fieldText(field, value, t, pick)}</li>)}</ul> },
              ]}
            />
          )}
          {preview.notes.length > 0 && <NotesList notes={preview.notes} file={file?.name ?? ''} />}
        </>
      )}
    </Modal>
  );
}
