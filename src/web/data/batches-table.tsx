import { DownloadOutlined, UndoOutlined } from '@ant-design/icons';
import { Button, Checkbox, Skeleton, Table, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import type { BatchJson } from '../../base/api.ts';
import { cityPath } from '../api/client.ts';
import { formatName } from '../i18n/format-names.ts';
import { useSpeech } from '../i18n/language.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { useNarrow } from '../shell/use-narrow.ts';
import { BatchState, NoteCounts, totalOf } from './batch-words.tsx';
import { useUndo } from './use-undo.ts';

interface BatchesTableProps {
  readonly cityId: string;
  readonly batches: readonly BatchJson[];
  readonly loading: boolean;
  readonly onOpen: (batchId: number) => void;
  readonly onImport: () => void;
}

export function BatchesTable({ cityId, batches, loading, onOpen, onImport }: BatchesTableProps) {
  const { t, f } = useSpeech();
  const narrow = useNarrow();
  const undo = useUndo(cityId);
  const [past, setPast] = useState(false);
  const hasPast = batches.some((batch) => !batch.current);
  const rows = batches.filter((batch) => past || batch.current).toSorted((a, b) => b.batchId - a.batchId);

  const pastSwitch = hasPast && (
    <Checkbox checked={past} onChange={(event) => setPast(event.target.checked)}>
      {t.data.showPast}
    </Checkbox>
  );
  if (!loading && rows.length === 0) {
    return (
      <>
        {pastSwitch}
        <EmptyState title={t.data.emptyTitle} hint={t.data.emptyHint}>
          <Button type="primary" onClick={onImport}>
            {t.data.import}
          </Button>
        </EmptyState>
      </>
    );
  }
  if (loading) return <Skeleton active paragraph={{ rows: 6 }} />;
  const fileName = (batch: BatchJson): string => (batch.kind === 'derived' ? t.data.derivedFile : batch.fileName);
  if (narrow) {
    return (
      <>
        {pastSwitch}
        <ul className="batch-cards">
          {rows.map((batch) => (
            <li key={batch.batchId}>
              <button type="button" className="batch-card" onClick={() => onOpen(batch.batchId)}>
                <span className="batch-card-name">{fileName(batch)}</span>
                <span className="quiet">
                  {batch.kind === 'file' ? `${formatName(batch.format)} · ${f.bytes(batch.sizeBytes)} · ` : ''}
                  {f.ago(batch.startedAt)}
                </span>
                <span className="batch-card-tags">
                  <BatchState batch={batch} />
                  {t.data.rows(f.integer(totalOf(batch.kept)))}
                  <NoteCounts notes={batch.notes} />
                </span>
              </button>
            </li>
          ))}
        </ul>
      </>
    );
  }
  return (
    <>
      {pastSwitch}
      <Table<BatchJson>
        className="batches"
        rowKey="batchId"
        dataSource={rows}
        pagination={rows.length > 50 ? { pageSize: 50 } : false}
        size="middle"
        scroll={{ x: 900 }}
        rowClassName={(batch) => (batch.current ? '' : 'batch-past')}
        columns={[
          {
            title: t.data.file,
            width: 260,
            render: (_, batch) => (
              <div className="batch-file">
                <button type="button" className="link-button batch-name" onClick={() => onOpen(batch.batchId)}>
                  {fileName(batch)}
                </button>
                {!batch.current && <BatchState batch={batch} />}
              </div>
            ),
          },
          { title: t.data.format, width: 118, render: (_, batch) => (batch.kind === 'derived' ? <Tag>{t.data.derived}</Tag> : formatName(batch.format)) },
          { title: t.data.size, width: 92, align: 'right', render: (_, batch) => (batch.kind === 'derived' ? '' : f.bytes(batch.sizeBytes)) },
          {
            title: t.data.crs,
            width: 130,
            responsive: ['lg'],
            render: (_, batch) => (
              <>
                {batch.crs ?? ''}
                {batch.crsGuessed && (
                  <Tooltip title={t.data.guessedHint}>
                    <Tag color="warning" tabIndex={0} className="guessed">
                      {t.data.guessed}
                    </Tag>
                  </Tooltip>
                )}
              </>
            ),
          },
          { title: t.data.kept, width: 96, align: 'right', render: (_, batch) => f.integer(totalOf(batch.kept)) },
          { title: t.data.notes, width: 120, render: (_, batch) => <NoteCounts notes={batch.notes} /> },
          {
            title: t.data.when,
            width: 148,
            render: (_, batch) => (
              <span className="batch-when" title={f.dateTime(batch.startedAt)}>
                {f.ago(batch.startedAt)}
                <span className="quiet">{batch.who}</span>
              </span>
            ),
          },
          {
            title: <span className="visually-hidden">{t.data.actions}</span>,
            width: 84,
            align: 'right',
            render: (_, batch) =>
              batch.kind === 'file' && (
                <span className="batch-actions">
                  <Button
                    type="text"
                    size="small"
                    icon={<DownloadOutlined />}
                    aria-label={`${t.data.download}: ${batch.fileName}`}
                    title={t.data.download}
                    href={cityPath(cityId, 'batches', batch.batchId, 'file')}
                    download
                  />
                  {batch.current && (
                    <Button type="text" size="small" icon={<UndoOutlined />} aria-label={`${t.data.undo}: ${batch.fileName}`} title={t.data.undo} onClick={() => undo(batch)} />
                  )}
                </span>
              ),
          },
        ]}
      />
    </>
  );
}
