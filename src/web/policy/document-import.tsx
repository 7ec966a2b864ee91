import { CheckCircleFilled, CloseCircleFilled, InboxOutlined, MinusCircleOutlined } from '@ant-design/icons';
import { App, Button, Input, Modal, Progress, Spin } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import type { DocumentJson } from '../../delivery/api.ts';
import type { RequestError } from '../api/client.ts';
import { isAbort } from '../api/client.ts';
import { asRequestError } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { sendDocument } from './send-document.ts';

interface DocumentImportProps {
  readonly cityId: string;
  /** The document that this is another copy of. */
  readonly documentId?: string;
  /** Its date, which another copy keeps unless it is said otherwise. */
  readonly publishedAt?: string | null;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

type Row = { readonly file: File } & (
  | { readonly state: 'waiting' | 'cancelled' }
  | { readonly state: 'sending'; readonly share: number }
  | { readonly state: 'done'; readonly document: DocumentJson }
  | { readonly state: 'failed'; readonly error: RequestError }
);

/** Files into documents, one after another, with a line for each: how far it is, what came of it, or what to do about it. */
export function DocumentImport({ cityId, documentId, publishedAt, onClose, onDone }: DocumentImportProps) {
  const { t, f } = useSpeech();
  const words = t.policy;
  const { message } = App.useApp();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [published, setPublished] = useState(publishedAt ?? '');
  const [over, setOver] = useState(false);
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [running, setRunning] = useState<AbortController | undefined>(undefined);
  // a page that is left in the middle gives up what is under way
  useEffect(() => () => running?.abort(), [running]);

  /** @param again the line of a file that is sent once more; the others stay */
  async function send(files: readonly File[], again?: number): Promise<void> {
    if (files.length === 0 || running !== undefined) return;
    const controller = new AbortController();
    const all: Row[] = again === undefined ? files.map((file) => ({ file, state: 'waiting' })) : [...rows];
    const put = (at: number, row: Row): void => { all[at] = row; setRows([...all]); };
    setRunning(controller);
    setRows(all);
    for (const [nth, file] of files.entries()) {
      const at = again ?? nth;
      if (controller.signal.aborted) { put(at, { file, state: 'cancelled' }); continue; }
      put(at, { file, state: 'sending', share: 0 });
      try {
        const document = await sendDocument(cityId, file, { name: file.name, published, documentId }, (share) => put(at, { file, state: 'sending', share }), controller.signal);
        put(at, { file, state: 'done', document });
      } catch (error) {
        put(at, isAbort(error) ? { file, state: 'cancelled' } : { file, state: 'failed', error: asRequestError(error) });
      }
    }
    setRunning(undefined);
    const done = all.flatMap((row) => (row.state === 'done' ? [row.document] : []));
    if (done.length > 0 || controller.signal.aborted) onDone();
    if (all.length > 1 || done.length === 0) return;
    const [{ title, items, documentId: madeId }] = done;
    void message.success(words.imported(title, f.integer(items.length)));
    onClose();
    if (documentId === undefined) void navigate(`/${cityId}/policies/${encodeURIComponent(madeId)}`);
  }

  const busy = running !== undefined;
  const close = (): void => { running?.abort(); onClose(); };
  return (
    <Modal open width={600} title={documentId === undefined ? words.importTitle : words.another} onCancel={close} mask={{ closable: !busy }} destroyOnHidden
      footer={busy ? <Button onClick={() => running.abort()}>{words.cancelImport}</Button> : rows.some(({ state }) => state === 'done') ? <Button type="primary" onClick={onClose}>{words.closeImport}</Button> : null}>
      <div className="policy-import">
        {documentId !== undefined && <p className="quiet">{words.anotherHint}</p>}
        <label className="policy-field">
          <span>{words.published} <small className="quiet">{t.common.optional}</small></span>
          <Input type="date" value={published} disabled={busy} onChange={({ target }) => setPublished(target.value)} />
          <small className="quiet">{words.publishedHint}</small>
        </label>
        <button
          type="button" className={over ? 'policy-drop policy-drop-over' : 'policy-drop'} disabled={busy} onClick={() => input.current?.click()}
          onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
          onDrop={(event) => { event.preventDefault(); setOver(false); void send([...event.dataTransfer.files]); }}
        >
          <InboxOutlined className="policy-drop-icon" aria-hidden="true" />
          <strong>{words.drop}</strong>
          <span className="quiet">{words.dropHint}</span>
        </button>
        <input
          ref={input} type="file" hidden multiple={documentId === undefined} accept=".txt,.docx,.html,.htm,.pdf,.md" data-testid="policy-input" aria-label={words.import}
          onChange={(event) => { void send([...(event.target.files ?? [])]); event.target.value = ''; }}
        />
        {rows.length > 0 && <ul className="policy-files" aria-live="polite">{rows.map((row, i) => <FileRow key={i} cityId={cityId} row={row} disabled={busy} onAgain={() => void send([row.file], i)} />)}</ul>}
      </div>
    </Modal>
  );
}

/** What the file itself is refused for, it will be refused for again. */
const isWorthAgain = ({ status }: RequestError): boolean => status === 0 || status >= 500;

function FileRow({ cityId, row, disabled, onAgain }: { cityId: string; row: Row; disabled: boolean; onAgain: () => void }) {
  const { t, f, pick } = useSpeech();
  const words = t.policy;
  return (
    <li className={`policy-file-row policy-file-${row.state}`}>
      <span className="policy-file-mark" aria-hidden="true">{row.state === 'done' ? <CheckCircleFilled /> : row.state === 'failed' ? <CloseCircleFilled /> : row.state === 'sending' ? <Spin size="small" /> : <MinusCircleOutlined />}</span>
      <div>
        <strong>{row.file.name}</strong> <small className="quiet">{f.bytes(row.file.size)}</small>
        {row.state === 'waiting' && <p className="quiet">{words.importWaiting}</p>}
        {row.state === 'cancelled' && <p className="quiet">{words.importCancelled}</p>}
        {row.state === 'sending' && (row.share < 1 ? <Progress percent={Math.round(100 * row.share)} size="small" aria-label={words.importSending} /> : <p className="quiet">{words.importReading}</p>)}
        {row.state === 'failed' && <p className="policy-failed">{pick(row.error.text)}</p>}
        {row.state === 'done' && (
          <p className={row.document.items.length === 0 ? 'policy-file-bare' : undefined}><Link to={`/${cityId}/policies/${encodeURIComponent(row.document.documentId)}`}>{row.document.title}</Link> <span className="quiet">{row.document.items.length === 0 ? words.foundNothing : words.found(f.integer(row.document.items.length))}{row.document.publishedAt === null && ` · ${words.unknownDate}`}</span></p>
        )}
        {(row.state === 'cancelled' || (row.state === 'failed' && isWorthAgain(row.error))) && <button type="button" className="link-button" disabled={disabled} onClick={onAgain}>{t.common.retry}</button>}
      </div>
    </li>
  );
}
