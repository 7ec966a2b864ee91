import { DownloadOutlined, UndoOutlined } from '@ant-design/icons';
import { Button, Drawer, Skeleton, Tag } from 'antd';
import type { ReactNode } from 'react';
import type { BatchJson } from '../../base/api.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { formatName } from '../i18n/format-names.ts';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { useNarrow } from '../shell/use-narrow.ts';
import { BatchState, useRowNames } from './batch-words.tsx';
import { NotesList } from './notes-list.tsx';
import { useUndo } from './use-undo.ts';

interface BatchPanelProps {
  readonly cityId: string;
  readonly batchId: number | undefined;
  readonly batches: readonly BatchJson[];
  readonly version: number;
  readonly onOpen: (batchId: number) => void;
  readonly onClose: () => void;
}

/** All that is known of one batch: facts, what was seen and kept, and its notes with examples. */
export function BatchPanel({ cityId, batchId, batches, version, onOpen, onClose }: BatchPanelProps) {
  const { t, f } = useSpeech();
  const narrow = useNarrow();
  const undo = useUndo(cityId);
  const { data: batch, error, reload } = useResource<BatchJson>(batchId === undefined ? undefined : cityPath(cityId, 'batches', batchId), version);
  return (
    <Drawer
      open={batchId !== undefined}
      onClose={onClose}
      placement={narrow ? 'bottom' : 'right'}
      size={narrow ? '88%' : 520}
      rootClassName={narrow ? 'sheet' : ''}
      title={batchId === undefined ? '' : t.data.batchTitle(f.integer(batchId))}
    >
      {error !== undefined && <ProblemAlert problem={error} onRetry={reload} />}
      {batch === undefined && error === undefined && <Skeleton active />}
      {batch !== undefined && (
        <div className="batch-detail">
          <h2>{batch.kind === 'derived' ? t.data.derivedFile : batch.fileName}</h2>
          <p>
            <BatchState batch={batch} />
            {batch.replaces !== null && <Tag>{t.data.replaces(f.integer(batch.replaces))}</Tag>}
          </p>
          {batch.kind === 'file' && (
            <div className="batch-detail-actions">
              <Button icon={<DownloadOutlined />} href={cityPath(cityId, 'batches', batch.batchId, 'file')} download>
                {t.data.download}
              </Button>
              {batch.current && (
                <Button icon={<UndoOutlined />} onClick={() => undo(batch)}>
                  {t.data.undo}
                </Button>
              )}
            </div>
          )}
          {batch.kind === 'derived' && <p className="quiet">{t.data.derivedHint}</p>}
          <BatchFacts batch={batch} />
          {batch.inputs.length > 0 && <Inputs batch={batch} batches={batches} onOpen={onOpen} />}
          <Counts cityId={cityId} title={t.data.keptRows} counts={batch.kept} />
          <Counts cityId={cityId} title={t.data.seen} counts={batch.seen} />
          <h3>{t.data.notes}</h3>
          <NotesList notes={batch.notes} file={batch.fileName} />
        </div>
      )}
    </Drawer>
  );
}

function BatchFacts({ batch }: { batch: BatchJson }) {
  const { t, f } = useSpeech();
  const facts: [string, ReactNode][] = [
    [t.data.when, f.dateTime(batch.finishedAt ?? batch.startedAt)],
    [t.data.who, batch.who],
  ];
  if (batch.kind === 'file') {
    facts.push([t.data.format, formatName(batch.format)], [t.data.size, f.bytes(batch.sizeBytes)]);
    if (batch.crs !== null) {
      facts.push([
        t.data.crs,
        <>
          {batch.crs} {batch.crsGuessed && <Tag color="warning">{t.data.guessed}</Tag>}
          {batch.crsGuessed && <span className="quiet fact-hint">{t.data.guessedHint}</span>}
        </>,
      ]);
    }
    facts.push([t.data.sha, <code key="sha">{batch.sha256}</code>]);
  }
  facts.push([t.data.version, batch.programVersion]);
  return (
    <dl className="facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Inputs({ batch, batches, onOpen }: { batch: BatchJson; batches: readonly BatchJson[]; onOpen: (batchId: number) => void }) {
  const { t, f } = useSpeech();
  return (
    <>
      <h3>{t.data.madeFrom}</h3>
      <ul className="batch-inputs">
        {batch.inputs.map((id) => (
          <li key={id}>
            <button type="button" className="link-button" onClick={() => onOpen(id)}>
              {batches.find((one) => one.batchId === id)?.fileName ?? t.data.batchTitle(f.integer(id))}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Counts as bars of their share, so that the eye sees what a file is mostly made of. */
function Counts({ cityId, title, counts }: { cityId: string; title: string; counts: Readonly<Record<string, number>> }) {
  const { f } = useSpeech();
  const nameOf = useRowNames(cityId);
  const entries = Object.entries(counts).toSorted(([, a], [, b]) => b - a);
  if (entries.length === 0) return null;
  const largest = Math.max(1, ...entries.map(([, count]) => count));
  return (
    <>
      <h3>{title}</h3>
      <ul className="counts">
        {entries.map(([key, count]) => (
          <li key={key}>
            <span className="counts-name">{nameOf(key)}</span>
            <span className="counts-bar" aria-hidden="true">
              <span style={{ width: `${(100 * count) / largest}%` }} />
            </span>
            <span className="counts-number">{f.integer(count)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
