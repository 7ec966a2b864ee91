import { Button } from 'antd';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { useCheckups } from '../checkup/checkup-data.ts';
import { RunButton, RunState } from '../checkup/run-button.tsx';
import { useCities } from '../cities/cities-context.tsx';
import { useSpeech } from '../i18n/language.tsx';
import { useJobs } from '../jobs/jobs-context.tsx';
import { Busy } from '../shell/busy.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { readLedgerView } from './findings-address.ts';
import { Ledger } from './ledger.tsx';
import '../map/map.css';
import '../data/data.css';
import '../checkup/checkup.css';
import './findings.css';

export default function FindingsPage() {
  const { city: cityId = '' } = useParams();
  const { find, loading, cities } = useCities();
  const { t } = useSpeech();
  const navigate = useNavigate();
  const city = find(cityId);
  if (city === undefined) return loading && cities.length === 0 ? <Busy /> : <NotFound />;
  if (city.revision > 0) return <OfCity key={cityId} cityId={cityId} />;
  return (
    <div className="page page-centred">
      <EmptyState heading="h1" title={t.checkup.emptyTitle} hint={t.checkup.emptyHint}>
        <Button type="primary" size="large" onClick={() => void navigate(`/${cityId}/data?import=1`)}>{t.map.emptyAction}</Button>
      </EmptyState>
    </div>
  );
}

function OfCity({ cityId }: { cityId: string }) {
  const { t } = useSpeech();
  const { versionOf } = useJobs();
  const [query] = useSearchParams();
  const version = versionOf(cityId);
  const list = useCheckups(cityId, version);
  if (list.data === undefined) return list.error === undefined ? <Busy /> : <div className="page"><ProblemAlert problem={list.error} onRetry={list.reload} /></div>;
  const { checkups } = list.data;
  if (checkups.length === 0) {
    return (
      <div className="page page-centred">
        <EmptyState heading="h1" title={t.findings.noneTitle} hint={t.findings.noneHint}>
          <RunButton cityId={cityId} period={undefined} primary />
          <RunState cityId={cityId} />
        </EmptyState>
      </div>
    );
  }
  const asked = readLedgerView(query).period;
  const state = checkups.find(({ period }) => period === asked) ?? checkups[0];
  return <Ledger cityId={cityId} version={version} period={state.period} periods={checkups.map(({ period }) => period)} />;
}
