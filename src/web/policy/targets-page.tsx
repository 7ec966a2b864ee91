import { FileTextOutlined } from '@ant-design/icons';
import { Button, Dropdown, Select } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router-dom';
import type { z } from 'zod';
import type { TargetLine, targetListSchema } from '../../delivery/api.ts';
import type { Verdict } from '../../delivery/model.ts';
import { VERDICTS } from '../../delivery/model.ts';
import { VERDICT_WORDS } from '../../delivery/outlook/verdict-words.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { changeQuery } from '../checkup/checkup-address.ts';
import { GradeMark, QualityBadge } from '../checkup/marks.tsx';
import { useCities } from '../cities/cities-context.tsx';
import { useSpeech } from '../i18n/language.tsx';
import { useJobs } from '../jobs/jobs-context.tsx';
import { useSame } from '../map/use-same.ts';
import { Busy } from '../shell/busy.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { followLink, paperGroup } from '../shell/paper-entries.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { TextFilter } from '../shell/text-filter.tsx';
import { StateMark, useValueText, VERDICT_SIGNS, VerdictMark } from './marks.tsx';
import { clauseLink, readTargetsView } from './policy-address.ts';
import { TargetChart } from './target-chart.tsx';
import '../checkup/checkup.css';
import './policy.css';
import './trace.css';

/** What needs a leader's eye stands first, and of these what is due first. */
const WORST_FIRST: readonly Verdict[] = ['missed', 'at-risk', 'on-track', 'met', 'unknown'];

type TargetList = z.infer<typeof targetListSchema>;

export default function TargetsPage() {
  const { city: cityId = '' } = useParams();
  const { find, loading, cities } = useCities();
  if (find(cityId) === undefined) return loading && cities.length === 0 ? <Busy /> : <NotFound />;
  return <OfCity key={cityId} cityId={cityId} />;
}

function OfCity({ cityId }: { cityId: string }) {
  const { t, f, pick } = useSpeech();
  const words = t.policy;
  const { find } = useCities();
  const { versionOf } = useJobs();
  const navigate = useNavigate();
  const { search } = useLocation();
  const view = useSame(readTargetsView(useMemo(() => new URLSearchParams(search), [search])));
  const list = useResource<TargetList>(cityPath(cityId, 'policy-targets'), versionOf(cityId));
  const go = useCallback((change: Readonly<Record<string, string | undefined>>) => void navigate({ search: changeQuery(new URLSearchParams(window.location.search), change).toString() }, { replace: true }), [navigate]);
  const city = find(cityId);
  if (list.data === undefined) return list.error === undefined ? <Busy /> : <div className="page"><ProblemAlert problem={list.error} onRetry={list.reload} /></div>;
  const { targets } = list.data;
  if (targets.length === 0) {
    return <div className="page page-centred"><EmptyState heading="h1" title={words.targetsEmpty} hint={words.targetsEmptyHint}><Button type="primary" size="large" onClick={() => void navigate(`/${cityId}/policies`)}>{t.shell.policies}</Button></EmptyState></div>;
  }
  const wanted = view.text.trim().toLowerCase();
  const before = targets.filter(({ documentId, quote, fields, indicator, heading }) => (view.document === undefined || documentId === view.document) && `${quote} ${fields.title} ${fields.subject} ${heading} ${indicator === null ? '' : `${indicator.name.zh} ${indicator.name.en}`}`.toLowerCase().includes(wanted));
  const shown = before.filter(({ outlook }) => view.verdict === undefined || outlook.verdict === view.verdict);
  const hasChart = ({ series, outlook }: TargetLine): boolean => series.length > 0 && (outlook.verdict !== 'unknown' || outlook.path.length > 0);
  const charted = shown.filter(hasChart).sort((a, b) => WORST_FIRST.indexOf(a.outlook.verdict) - WORST_FIRST.indexOf(b.outlook.verdict) || (a.fields.deadline ?? '9999').localeCompare(b.fields.deadline ?? '9999'));
  const others = shown.filter((target) => !hasChart(target));
  const documents = [...new Map(targets.map(({ documentId, documentTitle }) => [documentId, documentTitle]))];
  return (
    <div className="page trace-page">
      <header className="page-head">
        <div>
          <h1>{city === undefined ? '' : `${pick(city.name)} · `}{words.targetsTitle}</h1>
          <p>{words.targetsIntro} <span className="print-only">{words.printedOn(f.date(list.data.today))}</span> <Link to={`/${cityId}/policies`}>{words.allDocuments}</Link></p>
        </div>
        <div className="policy-actions">
          <Dropdown trigger={['click']} autoFocus menu={{ onClick: followLink, items: [
            ...(view.document === undefined ? [] : [paperGroup('document', t.tasks.briefDocument, `${cityPath(cityId, 'brief')}?document=${encodeURIComponent(view.document)}`, t.tasks)]),
            paperGroup('city', t.tasks.briefCity, cityPath(cityId, 'brief'), t.tasks),
          ] }}><Button icon={<FileTextOutlined />} aria-haspopup="menu">{t.tasks.brief}</Button></Dropdown>
          <Button onClick={() => window.print()}>{words.print}</Button>
        </div>
      </header>
      <div className="verdict-tabs" role="group" aria-label={words.verdictFilter}>
        <button type="button" className="verdict-tab" aria-pressed={view.verdict === undefined} onClick={() => go({ verdict: undefined })}>{t.common.all} {f.integer(before.length)}</button>
        {VERDICTS.map((verdict) => (
          <button key={verdict} type="button" className="verdict-tab" aria-pressed={view.verdict === verdict} onClick={() => go({ verdict: view.verdict === verdict ? undefined : verdict })}>
            <span aria-hidden="true">{VERDICT_SIGNS[verdict]}</span> {pick(VERDICT_WORDS[verdict])} {f.integer(before.filter(({ outlook }) => outlook.verdict === verdict).length)}
          </button>
        ))}
      </div>
      <div className="target-filters" role="search" aria-label={words.targetsTitle}>
        <TextFilter label={words.searchTargets} value={view.text} onChange={(text) => go({ q: text.trim() === '' ? undefined : text })} />
        <Select allowClear aria-label={words.documentFilter} placeholder={words.documentFilter} value={view.document} onChange={(document: string | undefined) => go({ document })} options={documents.map(([value, label]) => ({ value, label }))} popupMatchSelectWidth={false} />
        <span className="quiet" role="status">{words.shown(f.integer(shown.length), f.integer(targets.length))}</span>
      </div>
      {charted.length > 0 && (
        <ul className="target-legend" aria-label={words.legend}>
          {(['measured', 'path', 'forecast', 'band', 'targetLine'] as const).map((key) => <li key={key}><span className={`stroke stroke-${key}`} aria-hidden="true" /> {words[key]}</li>)}
        </ul>
      )}
      {charted.length > 0 && <ul className="target-cards">{charted.map((target) => <TargetCard key={`${target.documentId}/${target.itemId}`} cityId={cityId} target={target} />)}</ul>}
      {others.length > 0 && (
        <>
          <h2 className="target-section">{words.unmeasured} <span className="quiet">{f.integer(others.length)}</span></h2>
          <ul className="target-rows">{others.map((target) => <TargetRow key={`${target.documentId}/${target.itemId}`} cityId={cityId} target={target} />)}</ul>
        </>
      )}
    </div>
  );
}

function TargetFacts({ cityId, target }: { cityId: string; target: TargetLine }) {
  const { t, f, pick } = useSpeech();
  const words = t.policy;
  const valueText = useValueText();
  const { fields, goal, indicator, grade, quality, state, series } = target;
  // what is judged, in the indicator's unit and direction; the document's own words where nothing measures it
  const value = valueText(goal === null || indicator === null ? fields : { ...fields, ...goal, unit: pick(indicator.unit) });
  const last = series.at(-1);
  return (
    <>
      <p className="quiet target-facts">
        {value !== '' && <span>{words.targetLine} {value}</span>}
        <span>{fields.deadline === null ? words.noDeadline : words.due(f.date(fields.deadline))}</span>
        {fields.place !== null && <span>{fields.place}</span>}
        <StateMark state={state} />
      </p>
      {indicator !== null && (
        <p className="target-facts">
          <Link to={`/${cityId}/checkup?indicator=${encodeURIComponent(indicator.id)}`}>{pick(indicator.name)}</Link>
          {last !== undefined && <span>{last.period}: <strong>{f.measured(last.value)} {f.unit(last.value, pick(indicator.unit))}</strong></span>}
          {grade !== null && <GradeMark grade={grade} />}
          {quality !== null && <QualityBadge quality={quality} />}
          {indicator.linkState === 'proposed' && <span className="quiet">{words.notConfirmed}</span>}
        </p>
      )}
    </>
  );
}

function TargetCard({ cityId, target }: { cityId: string; target: TargetLine }) {
  const { t, pick } = useSpeech();
  const words = t.policy;
  const { outlook } = target;
  return (
    <li className="target-card">
      <div className="target-card-head"><h3>{target.fields.title === '' ? target.quote : target.fields.title}</h3><VerdictMark verdict={outlook.verdict} /></div>
      <TargetFacts cityId={cityId} target={target} />
      <WhenSeen><TargetChart target={target} /></WhenSeen>
      <p>{pick(outlook.text)} <span className="quiet">{words.methods[outlook.method]}</span></p>
      <p className="quiet target-facts"><Link to={clauseLink(cityId, target.documentId, target.clause, target.itemId)}>{words.toDocument}</Link><span>{target.documentTitle}{target.heading === '' ? '' : ` › ${target.heading}`}</span></p>
    </li>
  );
}

function TargetRow({ cityId, target }: { cityId: string; target: TargetLine }) {
  const { t, pick } = useSpeech();
  return (
    <li>
      <div>
        <strong>{target.fields.title === '' ? target.quote : target.fields.title}</strong>
        <TargetFacts cityId={cityId} target={target} />
        <p className="quiet target-facts"><Link to={clauseLink(cityId, target.documentId, target.clause, target.itemId)}>{t.policy.toDocument}</Link><span>{target.documentTitle}</span><span>{pick(target.outlook.text)}</span></p>
      </div>
      <VerdictMark verdict={target.outlook.verdict} />
    </li>
  );
}

const CHART_HEIGHT = 190;

/** Draws what is in it once it comes near the window; on paper all of it. A hundred charts at once would take seconds. */
function WhenSeen({ children }: { children: ReactNode }) {
  const [seen, setSeen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (seen || box.current === null) return undefined;
    const show = (): void => setSeen(true);
    const watcher = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && show(), { rootMargin: '300px' });
    watcher.observe(box.current);
    window.addEventListener('beforeprint', show);
    return () => {
      watcher.disconnect();
      window.removeEventListener('beforeprint', show);
    };
  }, [seen]);
  return <div ref={box} style={{ minHeight: CHART_HEIGHT }}>{seen ? children : null}</div>;
}
