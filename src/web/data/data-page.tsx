import { ImportOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router-dom';
import type { BatchList, CityDetail } from '../../base/api.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { useCities } from '../cities/cities-context.tsx';
import { useSpeech } from '../i18n/language.tsx';
import { useJobs } from '../jobs/jobs-context.tsx';
import { Busy } from '../shell/busy.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { BatchPanel } from './batch-panel.tsx';
import { BatchesTable } from './batches-table.tsx';
import { CityFacts } from './city-facts.tsx';
import { RevisionsList } from './revisions-list.tsx';
import './data.css';

/** `?import=1` chooses files; `?import=JOB` shows an import, so that it is found again after a reload. */
const NEW_IMPORT = '1';

const ImportDialog = lazy(() => import('./import/import-dialog.tsx'));

export default function DataPage() {
  const { city: cityId = '' } = useParams();
  const { find, loading, cities } = useCities();
  const city = find(cityId);
  if (city === undefined) return loading && cities.length === 0 ? <Busy /> : <NotFound />;
  return <CityData key={cityId} cityId={cityId} />;
}

function CityData({ cityId }: { cityId: string }) {
  const { t, pick } = useSpeech();
  const { find } = useCities();
  const { versionOf } = useJobs();
  const version = versionOf(cityId);
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [view, setView] = useState<'files' | 'history'>('files');
  const batches = useResource<BatchList>(cityPath(cityId, 'batches'), version);
  const detail = useResource<CityDetail>(cityPath(cityId), version);
  const importing = query.get('import');
  const batchId = query.get('batch') === null ? undefined : Number(query.get('batch'));
  const city = find(cityId);

  function go(change: Record<string, string | undefined>, replace = false): void {
    const next = new URLSearchParams(query);
    for (const [key, value] of Object.entries(change)) {
      if (value === undefined) next.delete(key);
      else next.set(key, value);
    }
    void navigate({ pathname, search: next.toString() }, { replace });
  }

  const list = batches.data?.batches ?? [];
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{city === undefined ? t.data.title : `${pick(city.name)} · ${t.data.title}`}</h1>
          <p>{t.data.intro}</p>
        </div>
        <Button type="primary" icon={<ImportOutlined />} onClick={() => go({ import: NEW_IMPORT })}>
          {t.data.import}
        </Button>
      </header>
      {batches.error !== undefined && <ProblemAlert problem={batches.error} onRetry={batches.reload} />}
      {detail.data !== undefined && detail.data.revision > 0 && <CityFacts detail={detail.data} />}
      <Segmented
        className="data-views"
        aria-label={t.data.title}
        value={view}
        onChange={setView}
        options={[
          { value: 'files', label: t.data.files },
          { value: 'history', label: t.data.history },
        ]}
      />
      {view === 'files' ? (
        <BatchesTable cityId={cityId} batches={list} loading={batches.loading && batches.data === undefined} onOpen={(id) => go({ batch: String(id) })} onImport={() => go({ import: NEW_IMPORT })} />
      ) : (
        <RevisionsList cityId={cityId} batches={list} version={version} onOpen={(id) => go({ batch: String(id) })} />
      )}
      <BatchPanel cityId={cityId} batchId={batchId} batches={list} version={version} onOpen={(id) => go({ batch: String(id) })} onClose={() => go({ batch: undefined })} />
      {importing !== null && (
        <Suspense fallback={null}>
          <ImportDialog cityId={cityId} jobId={importing === NEW_IMPORT ? undefined : importing} onJob={(jobId) => go({ import: jobId ?? NEW_IMPORT }, true)} onClose={() => go({ import: undefined })} />
        </Suspense>
      )}
    </div>
  );
}
