import { UndoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { LedgerImportList } from '../../checkup/api.ts';
import type { RequestError } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';

interface ImportHistoryProps {
  readonly base: string;
  readonly version: string;
  /** @returns why not */
  readonly onUndo: (importId: number) => Promise<RequestError | undefined>;
}

/** The workbooks that were taken over: when, by whom, how much; each can be taken back as a whole, by whoever looks. */
export function ImportHistory({ base, version, onUndo }: ImportHistoryProps) {
  const { t, f } = useSpeech();
  const { data, error, reload } = useResource<LedgerImportList>(`${base}/imports`, version);
  const [busy, setBusy] = useState<number | undefined>(undefined);
  const [refused, setRefused] = useState<RequestError | undefined>(undefined);

  async function undo(importId: number): Promise<void> {
    setBusy(importId);
    setRefused(undefined);
    setRefused(await onUndo(importId));
    setBusy(undefined);
    reload();
  }

  if (error !== undefined) return <ProblemAlert problem={error} onRetry={reload} />;
  if (data === undefined || data.imports.length === 0) return null;
  return (
    <section className="import-history" aria-label={t.findings.importHistory}>
      <h3>{t.findings.importHistory}</h3>
      {refused !== undefined && <ProblemAlert problem={refused} />}
      <ul>
        {data.imports.map(({ importId, file, at, who, findings, undoneAt, undoneBy }) => (
          <li key={importId}>
            <span className="import-history-what">
              <strong>{file}</strong>
              <span className="quiet">{f.dateTime(at)} · {t.findings.whoOf(who)} · {t.findings.changed(f.integer(findings))}</span>
              {undoneAt !== null && <span className="quiet">{t.findings.undoneAt(f.dateTime(undoneAt), t.findings.whoOf(undoneBy ?? ''))}</span>}
            </span>
            {undoneAt === null && <Button size="small" icon={<UndoOutlined />} loading={busy === importId} disabled={busy !== undefined} aria-label={t.findings.undoImportOf(file)} onClick={() => void undo(importId)}>{t.findings.undoImport}</Button>}
          </li>
        ))}
      </ul>
    </section>
  );
}
