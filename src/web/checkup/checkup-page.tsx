import { Button } from 'antd';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { useCities } from '../cities/cities-context.tsx';
import { useSpeech } from '../i18n/language.tsx';
import { useJobs } from '../jobs/jobs-context.tsx';
import { canDrawMaps } from '../map/city-map.ts';
import { Busy } from '../shell/busy.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { readWorkspace } from './checkup-address.ts';
import { useCheckups } from './checkup-data.ts';
import { RunButton, RunState } from './run-button.tsx';
import { Workspace } from './workspace.tsx';
import '../map/map.css';
import '../data/data.css';
import './checkup.css';

export default function CheckupPage() {
  const { city: cityId = '' } = useParams();
  const { find, loading, cities } = useCities();
  const city = find(cityId);
  if (city === undefined) return loading && cities.length === 0 ? <Busy /> : <NotFound />;
  if (city.revision === 0) return <NoData cityId={cityId} />;
  return <WithData key={cityId} cityId={cityId} />;
}

function NoData({ cityId }: { cityId: string }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  return (
    <div className="page page-centred">
      <EmptyState heading="h1" title={t.checkup.emptyTitle} hint={t.checkup.emptyHint}>
        <Button type="primary" size="large" onClick={() => void navigate(`/${cityId}/data?import=1`)}>{t.map.emptyAction}</Button>
      </EmptyState>
    </div>
  );
}

function WithData({ cityId }: { cityId: string }) {
  const { t } = useSpeech();
  const { versionOf } = useJobs();
  const [query] = useSearchParams();
  const { find } = useCities();
  const version = versionOf(cityId);
  const list = useCheckups(cityId, version);
  const city = find(cityId);
  const { period } = readWorkspace(query);
  if (city === undefined) return null;
  if (list.data === undefined) return list.error === undefined ? <Busy /> : <div className="page"><ProblemAlert problem={list.error} onRetry={list.reload} /></div>;
  const { checkups } = list.data;
  if (checkups.length === 0) {
    return (
      <div className="page page-centred">
        <EmptyState heading="h1" title={t.checkup.noneTitle} hint={t.checkup.noneHint}>
          <RunButton cityId={cityId} period={undefined} primary />
          <RunState cityId={cityId} />
        </EmptyState>
      </div>
    );
  }
  if (!canDrawMaps()) return <div className="page page-centred"><EmptyState heading="h1" title={t.checkup.title} hint={t.map.noWebgl} /></div>;
  const state = checkups.find((checkup) => checkup.period === period) ?? checkups[0];
  return <Workspace city={city} version={version} checkups={checkups} state={state} askedPeriod={period} />;
}
