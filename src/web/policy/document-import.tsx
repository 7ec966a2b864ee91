import { InboxOutlined } from '@ant-design/icons';
import { App, Input, Modal } from 'antd';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { DocumentJson } from '../../delivery/api.ts';
import type { RequestError } from '../api/client.ts';
import { cityPath, sendBytes } from '../api/client.ts';
import { asRequestError } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';

interface DocumentImportProps {
  readonly cityId: string;
  /** The document that this is another copy of. */
  readonly documentId?: string;
  /** Its date, which another copy keeps unless it is said otherwise. */
  readonly publishedAt?: string | null;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Files into documents, one after another; the first that fails is told of and the others go on. */
export function DocumentImport({ cityId, documentId, publishedAt, onClose, onDone }: DocumentImportProps) {
  const { t, f } = useSpeech();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [published, setPublished] = useState(publishedAt ?? '');
  const [over, setOver] = useState(false);
  const [reading, setReading] = useState<string | undefined>(undefined);
  const [failed, setFailed] = useState<readonly { readonly name: string; readonly error: RequestError }[]>([]);

  async function send(files: readonly File[]): Promise<void> {
    if (files.length === 0 || reading !== undefined) return;
    const errors: { name: string; error: RequestError }[] = [];
    let last: DocumentJson | undefined;
    for (const file of files) {
      setReading(file.name);
      const query = new URLSearchParams({ name: file.name, ...(published !== '' && { published }), ...(documentId !== undefined && { document: documentId }) });
      try {
        last = await sendBytes<DocumentJson>(`${cityPath(cityId, 'policies')}?${query.toString()}`, file, 'application/octet-stream');
        void message.success(t.policy.imported(last.title, f.integer(last.items.length)));
      } catch (error) {
        errors.push({ name: file.name, error: asRequestError(error) });
      }
    }
    setReading(undefined);
    setFailed(errors);
    if (last !== undefined) onDone();
    if (errors.length > 0) return;
    onClose();
    if (files.length === 1 && documentId === undefined && last !== undefined) void navigate(`/${cityId}/policies/${encodeURIComponent(last.documentId)}`);
  }

  return (
    <Modal open width={560} title={documentId === undefined ? t.policy.importTitle : t.policy.another} onCancel={onClose} footer={null} destroyOnHidden>
      <div className="policy-import">
        {documentId !== undefined && <p className="quiet">{t.policy.anotherHint}</p>}
        <label className="policy-field">
          <span>{t.policy.published} <small className="quiet">{t.common.optional}</small></span>
          <Input type="date" value={published} onChange={({ target }) => setPublished(target.value)} />
          <small className="quiet">{t.policy.publishedHint}</small>
        </label>
        <button
          type="button" className={over ? 'policy-drop policy-drop-over' : 'policy-drop'} disabled={reading !== undefined} onClick={() => input.current?.click()}
          onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
          onDrop={(event) => { event.preventDefault(); setOver(false); void send([...event.dataTransfer.files]); }}
        >
          <InboxOutlined className="policy-drop-icon" aria-hidden="true" />
          <strong>{reading === undefined ? t.policy.drop : t.policy.importing(reading)}</strong>
          <span className="quiet">{t.policy.dropHint}</span>
        </button>
        <input
          ref={input} type="file" hidden multiple={documentId === undefined} accept=".txt,.docx,.html,.htm,.pdf,.md" data-testid="policy-input" aria-label={t.policy.import}
          onChange={(event) => { void send([...(event.target.files ?? [])]); event.target.value = ''; }}
        />
        <div aria-live="polite">{failed.map(({ name, error }) => <div key={name}><p className="policy-failed">{name}</p><ProblemAlert problem={error} /></div>)}</div>
      </div>
    </Modal>
  );
}
