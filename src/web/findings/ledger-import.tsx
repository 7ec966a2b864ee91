import { Alert, Button, Modal, Table } from 'antd';
import { useRef, useState } from 'react';
import type { LedgerImport } from '../../checkup/api.ts';
import type { RequestError } from '../api/client.ts';
import { sendBytes } from '../api/client.ts';
import { asRequestError } from '../api/use-resource.ts';
import { NotesList } from '../data/notes-list.tsx';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { fieldName, fieldText } from './finding-text.ts';
import { ImportHistory } from './import-history.tsx';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const PREVIEW_ROWS = 6;

interface LedgerImportProps {
  readonly base: string;
  /** Changes whenever the ledger does. */
  readonly version: string;
  readonly onClose: () => void;
  readonly onDone: (done: LedgerImport) => void;
  readonly onUndo: (importId: number) => Promise<RequestError | undefined>;
}

/** A workbook comes back: first what it would change, then, when that is agreed to, the change. Below, the workbooks before it, each with its way back. */
export function LedgerImportDialog({ base, version, onClose, onDone, onUndo }: LedgerImportProps) {
  const { t, f } = useSpeech();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | undefined>(undefined);
  const [preview, setPreview] = useState<LedgerImport | undefined>(undefined);
  const [error, setError] = useState<RequestError | undefined>(undefined);
  const [busy, setBusy] = useState(false);

  async function send(one: File, agreed: LedgerImport | undefined): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const answer = await sendBytes<LedgerImport>(`${base}/import?name=${encodeURIComponent(one.name)}&dry=${agreed === undefined}${agreed === undefined ? '' : `&expect=${agreed.token}`}`, one, XLSX);
      if (agreed === undefined) return setPreview(answer);
      onDone(answer);
      onClose();
    } catch (problem) {
      setError(asRequestError(problem));
      // what was agreed to is no longer what would be written
      if (agreed !== undefined) setPreview(undefined);
    } finally {
      setBusy(false);
    }
  }

  function choose(one: File | undefined): void {
    setFile(one);
    setPreview(undefined);
    if (one !== undefined) void send(one, undefined);
  }

  return (
    <Modal
      open width={840} className="ledger-import" title={t.findings.importTitle} onCancel={onClose} cancelText={t.common.cancel}
      okText={preview === undefined ? t.findings.apply : t.findings.applyChanges(f.integer(preview.changes.length))} okButtonProps={{ disabled: preview === undefined || preview.changes.length === 0, loading: busy }}
      onOk={() => file !== undefined && preview !== undefined && void send(file, preview)}
    >
      <p className="quiet">{t.findings.importHint}</p>
      <input ref={input} type="file" accept=".xlsx" tabIndex={-1} className="visually-hidden" data-testid="ledger-input" aria-label={t.findings.chooseFile} onChange={(event) => { choose(event.target.files?.[0]); event.target.value = ''; }} />
      <p className="ledger-import-file">
        <Button onClick={() => input.current?.click()} loading={busy && preview === undefined}>{t.findings.chooseFile}</Button> <span>{file?.name}</span>
        {error !== undefined && file !== undefined && <Button onClick={() => void send(file, undefined)} disabled={busy}>{t.findings.previewAgain}</Button>}
      </p>
      {error !== undefined && <ProblemAlert problem={error} />}
      {preview !== undefined && <Preview preview={preview} file={file?.name ?? ''} />}
      <ImportHistory base={base} version={version} onUndo={onUndo} />
    </Modal>
  );
}

function Preview({ preview: { changes, rows, notes }, file }: { preview: LedgerImport; file: string }) {
  const speech = useSpeech();
  const { t, f, pick } = speech;
  const wrong = notes.filter(({ level }) => level === 'error').reduce((sum, { count }) => sum + count, 0);
  return (
    <section className="ledger-preview" aria-live="polite">
      <Alert type={changes.length === 0 ? 'success' : 'info'} showIcon title={changes.length === 0 ? t.findings.sameBook(f.integer(rows)) : t.findings.previewOf(f.integer(rows), f.integer(changes.length))} className="panel-alert" />
      {changes.length > 0 && (
        <Table
          size="small" rowKey="findingId" dataSource={changes} pagination={changes.length > PREVIEW_ROWS ? { pageSize: PREVIEW_ROWS, size: 'small', showSizeChanger: false } : false} scroll={{ x: 560 }}
          columns={[
            { key: 'finding', title: t.findings.finding, width: '44%', render: (_, { placeName, problem }) => <><strong>{pick(placeName)}</strong><br /><span className="quiet">{pick(problem)}</span></> },
            {
              key: 'change', title: t.findings.newValues,
              render: (_, { fields }) => (
                <ul className="preview-fields">
                  {fields.map(({ field, before, after }) => <li key={field}><span className="quiet">{fieldName(field, t)}</span> <Before text={fieldText(field, before, speech)} /> <span aria-hidden="true">→</span> <ins>{fieldText(field, after, speech)}</ins></li>)}
                </ul>
              ),
            },
          ]}
        />
      )}
      {notes.length > 0 && (
        <section className="ledger-wrong" aria-label={t.findings.notTaken}>
          <h3>{wrong > 0 ? t.findings.wrongCells(f.integer(wrong)) : t.findings.notTaken}</h3>
          <NotesList notes={notes} file={file} />
        </section>
      )}
    </section>
  );
}

/** Nothing is not crossed out. */
function Before({ text }: { text: string }) {
  return text === '–' ? <span className="quiet">–</span> : <del>{text}</del>;
}
