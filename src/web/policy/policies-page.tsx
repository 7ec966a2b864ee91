import { DeleteOutlined, UploadOutlined } from '@ant-design/icons';
import { App, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import type { z } from 'zod';
import type { documentListSchema, DocumentLine } from '../../delivery/api.ts';
import { cityPath, sendDelete } from '../api/client.ts';
import { asRequestError, useResource } from '../api/use-resource.ts';
import { useCities } from '../cities/cities-context.tsx';
import { useSpeech } from '../i18n/language.tsx';
import { Busy } from '../shell/busy.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { TextFilter } from '../shell/text-filter.tsx';
import { CoverageBar } from './coverage-bar.tsx';
import { DocumentImport } from './document-import.tsx';
import './policy.css';

type DocumentList = z.infer<typeof documentListSchema>;

export default function PoliciesPage() {
  const { city: cityId = '' } = useParams();
  const { find, loading, cities } = useCities();
  if (find(cityId) === undefined) return loading && cities.length === 0 ? <Busy /> : <NotFound />;
  return <OfCity key={cityId} cityId={cityId} />;
}

function OfCity({ cityId }: { cityId: string }) {
  const { t, f, pick } = useSpeech();
  const { find } = useCities();
  const city = find(cityId);
  const list = useResource<DocumentList>(cityPath(cityId, 'policies'));
  const [importing, setImporting] = useState(false);
  const [text, setText] = useState('');
  const dialog = importing && <DocumentImport cityId={cityId} onClose={() => setImporting(false)} onDone={list.reload} />;
  if (list.data === undefined) return list.error === undefined ? <Busy /> : <div className="page"><ProblemAlert problem={list.error} onRetry={list.reload} /></div>;
  const { documents } = list.data;
  if (documents.length === 0) {
    return (
      <div className="page page-centred">
        <EmptyState heading="h1" title={t.policy.emptyTitle} hint={t.policy.emptyHint}>
          <Button type="primary" size="large" icon={<UploadOutlined />} onClick={() => setImporting(true)}>{t.policy.import}</Button>
        </EmptyState>
        {dialog}
      </div>
    );
  }
  const wanted = text.trim().toLowerCase();
  const shown = documents.filter(({ title, issuer, fileName }) => `${title} ${issuer ?? ''} ${fileName}`.toLowerCase().includes(wanted));
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{city === undefined ? '' : `${pick(city.name)} · `}{t.policy.title}</h1>
          <p>{t.policy.intro}</p>
        </div>
        <div className="policy-actions">
          <Link className="policy-head-link" to={`/${cityId}/targets`}>{t.policy.targetsTitle}</Link>
          <Button type="primary" icon={<UploadOutlined />} onClick={() => setImporting(true)}>{t.policy.import}</Button>
        </div>
      </header>
      {documents.length > 5 && <TextFilter className="policy-search" label={t.policy.search} value={text} onChange={setText} />}
      {list.error !== undefined && <ProblemAlert problem={list.error} onRetry={list.reload} />}
      {shown.length === 0 && <p className="quiet">{t.policy.noMatch}</p>}
      <ul className="policy-list">
        {shown.map((line) => <DocumentCard key={line.documentId} cityId={cityId} line={line} onGone={list.reload} />)}
      </ul>
      <p className="visually-hidden" role="status">{f.integer(shown.length)}</p>
      {dialog}
    </div>
  );
}

function DocumentCard({ cityId, line, onGone }: { cityId: string; line: DocumentLine; onGone: () => void }) {
  const { t, f, pick } = useSpeech();
  const { message } = App.useApp();
  const to = `/${cityId}/policies/${encodeURIComponent(line.documentId)}`;
  async function remove(): Promise<void> {
    try {
      await sendDelete(cityPath(cityId, 'policies', line.documentId));
      void message.success(t.policy.deleted);
    } catch (error) {
      void message.error(pick(asRequestError(error).text));
    }
    onGone();
  }
  const items = line.targets + line.tasks;
  return (
    <li className="policy-card">
      <div className="policy-card-main">
        <h2><Link to={to}>{line.title}</Link></h2>
        <p className="quiet policy-facts">
          <span>{t.policy.kinds[line.kind]}</span>
          {line.issuer !== null && <span>{line.issuer}</span>}
          <span>{line.publishedAt === null ? t.policy.unknownDate : f.date(line.publishedAt)}</span>
          <span>{t.policy.characters(f.integer(line.characters))}</span>
          <span>{t.policy.clauses(f.integer(line.clauses))}</span>
          <span>{t.policy.counts(f.integer(line.targets), f.integer(line.tasks))}</span>
          {line.defectCount > 0 && <Link to={`${to}?tab=defects`}>{t.policy.defectCount(f.integer(line.defectCount))}</Link>}
        </p>
        <p className="quiet policy-facts policy-file"><span>{line.fileName}</span><span>{t.policy.importedBy(t.findings.whoOf(line.who), f.ago(line.importedAt))}</span></p>
      </div>
      <div className="policy-card-side">
        <span className="quiet">{t.policy.reviewed(f.integer(line.reviewed), f.integer(Math.max(items, line.reviewed)))}</span>
        <CoverageBar coverage={line.coverage} compact />
      </div>
      <div className="policy-card-actions">
        <Link to={to}>{t.policy.reader}</Link>
        <Link to={`${to}/trace`}>{t.policy.trace}</Link>
        <Link to={`/${cityId}/targets?document=${encodeURIComponent(line.documentId)}`}>{t.policy.targets}</Link>
        <Popconfirm title={t.policy.deleteTitle(line.title)} description={t.policy.deleteHint} okText={t.policy.delete} okButtonProps={{ danger: true }} onConfirm={() => remove()} styles={{ root: { maxWidth: 360 } }}>
          <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={`${t.policy.delete}: ${line.title}`} />
        </Popconfirm>
      </div>
    </li>
  );
}
