import { CheckCircleFilled, CloseOutlined, ExclamationCircleFilled, FileOutlined, LoadingOutlined, RightOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ImportOptionsJson } from '../../../base/api.ts';
import { useSpeech } from '../../i18n/language.tsx';
import { ProgressBar } from '../../shell/progress-bar.tsx';
import { ProblemAlert } from '../../shell/problem.tsx';
import { NotesList } from '../notes-list.tsx';
import { FileSettings } from './file-settings.tsx';
import { hasSettings } from './format-settings.ts';
import type { UploadEntry } from './use-uploads.ts';

interface FileCardProps {
  readonly entry: UploadEntry;
  readonly open: boolean;
  readonly onRemove: () => void;
  readonly onRetry: () => void;
  readonly onOptions: (options: ImportOptionsJson) => void;
}

/** One chosen file: its upload, what was recognised, and what may be set otherwise. */
export function FileCard({ entry, open: openAtFirst, onRemove, onRetry, onOptions }: FileCardProps) {
  const { t, f, pick } = useSpeech();
  const [choice, setChoice] = useState<boolean | undefined>(undefined);
  const { file, upload, state } = entry;
  const preview = upload?.preview ?? undefined;
  const adjustable = preview !== undefined && (hasSettings(preview) || (upload?.notes.length ?? 0) > 0);
  const open = adjustable && (choice ?? openAtFirst);
  const busy = state === 'waiting' || state === 'uploading';
  const sent = file.size === 0 ? 1 : entry.sentBytes / file.size;
  const settingsId = `import-settings-${entry.id}`;
  return (
    <li className="import-file">
      <div className="import-file-head">
        <span className="import-file-icon" aria-hidden="true">
          {stateIcon(entry)}
        </span>
        <div className="import-file-name">
          <strong>{file.name}</strong>
          <span className="quiet">
            {f.bytes(file.size)}
            {state === 'waiting' && ` · ${t.importing.waiting}`}
            {state === 'uploading' && ` · ${sent >= 1 ? t.importing.recognising : t.importing.uploading}`}
            {preview !== undefined && ` · ${pick(preview.summary)}`}
            {state === 'ready' && preview === undefined && ` · ${t.importing.notRecognised}`}
            {state === 'failed' && ` · ${t.importing.failed}`}
          </span>
        </div>
        {adjustable && (
          <Button
            type="text"
            size="small"
            icon={<RightOutlined rotate={open ? 90 : 0} />}
            aria-expanded={open}
            aria-controls={settingsId}
            aria-label={`${t.importing.settings}: ${file.name}`}
            onClick={() => setChoice(!open)}
          >
            {t.importing.settings}
          </Button>
        )}
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={busy ? t.importing.cancelUpload(file.name) : t.importing.remove(file.name)}
          onClick={onRemove}
        />
      </div>
      {state === 'uploading' && <ProgressBar share={sent >= 1 ? undefined : sent} label={sent >= 1 ? t.importing.recognising : t.importing.uploading} />}
      {entry.problem !== undefined && <ProblemAlert problem={entry.problem} onRetry={state === 'failed' ? onRetry : undefined} />}
      {upload?.problem != null && <ProblemAlert problem={upload.problem} />}
      {upload?.alreadyImported != null && <Alert type="info" showIcon title={t.importing.already} />}
      {open && upload !== undefined && preview !== undefined && (
        <div id={settingsId} className="import-settings">
          <FileSettings preview={preview} options={entry.options} updating={entry.updating} onOptions={onOptions} />
          {upload.notes.length > 0 && <NotesList notes={upload.notes} file={upload.fileName} folded />}
        </div>
      )}
    </li>
  );
}

function stateIcon(entry: UploadEntry): ReactNode {
  if (entry.state === 'uploading' || entry.updating) return <LoadingOutlined />;
  if (entry.problem !== undefined || (entry.state === 'ready' && entry.upload?.preview == null)) return <ExclamationCircleFilled className="is-error" />;
  if (entry.state === 'ready') return <CheckCircleFilled className="is-good" />;
  return <FileOutlined />;
}
