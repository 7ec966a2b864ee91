import { ArrowLeftOutlined, DownloadOutlined, FallOutlined, MinusOutlined, PrinterOutlined, RiseOutlined } from '@ant-design/icons';
import { Button, Popover, Switch } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router-dom';
import type { PolicyTrace } from '../../delivery/api.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { changeQuery } from '../checkup/checkup-address.ts';
import { GradeMark } from '../checkup/marks.tsx';
import { Sparkline } from '../checkup/sparkline.tsx';
import { useSpeech } from '../i18n/language.tsx';
import { useJobs } from '../jobs/jobs-context.tsx';
import { Busy } from '../shell/busy.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { LightMark } from '../tasks/task-marks.tsx';
import { CoverageBar } from './coverage-bar.tsx';
import { clauseLink } from './policy-address.ts';
import { ServedClauses } from './served-clauses.tsx';
import { traceCsv } from './trace-csv.ts';
import '../checkup/checkup.css';
import '../tasks/tasks.css';
import './policy.css';
import './trace.css';

type TraceClause = PolicyTrace['clauses'][number];

export default function TracePage() {
  const { city: cityId = '', document: documentId = '' } = useParams();
  return <OfDocument key={`${cityId}/${documentId}`} cityId={cityId} documentId={documentId} />;
}

/** Clause by clause: what measures it and how that stands, which tasks and projects serve it, and where there is nothing yet. */
function OfDocument({ cityId, documentId }: { cityId: string; documentId: string }) {
  const { t, f, language } = useSpeech();
  const words = t.policy;
  const [today] = useState(() => new Date().toISOString());
  const { versionOf } = useJobs();
  const navigate = useNavigate();
  const { search } = useLocation();
  const query = useMemo(() => new URLSearchParams(search), [search]);
  const only = query.get('only');
  const { data, error, reload } = useResource<PolicyTrace>(cityPath(cityId, 'policies', documentId, 'trace'), versionOf(cityId));
  const go = useCallback((change: Readonly<Record<string, string | undefined>>) => void navigate({ search: changeQuery(new URLSearchParams(window.location.search), change).toString() }, { replace: true }), [navigate]);
  const paths = useMemo(() => new Map(data?.clauses.map(({ clause, parent, heading }) => [clause, { parent, heading }]) ?? []), [data]);
  if (data === undefined) return error === undefined ? <Busy /> : <div className="page"><ProblemAlert problem={error} onRetry={reload} /></div>;
  const shown = data.clauses.filter(({ asks, nothing }) => (only === 'nothing' ? asks && nothing : only === 'asking' ? asks : true));
  const parentOf = (clause: string): string => {
    const parent = paths.get(clause)?.parent;
    return parent === null || parent === undefined ? '' : (paths.get(parent)?.heading ?? '');
  };
  function download(): void {
    if (data === undefined) return;
    const url = URL.createObjectURL(new Blob([traceCsv({ clauses: shown }, t, language)], { type: 'text/csv;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${data.title.slice(0, 60)}-${words.trace}.csv`;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(url), 1_000);
  }
  return (
    <div className="page trace-page">
      <header className="page-head">
        <div className="trace-title">
          <h1><Link to={`/${cityId}/policies/${encodeURIComponent(documentId)}`} aria-label={words.reader} title={words.reader} className="trace-back"><ArrowLeftOutlined aria-hidden="true" /></Link> {data.title}</h1>
          <p>{words.trace}<span className="print-only"> · {words.printedOn(f.date(today))}</span></p>
        </div>
        <div className="policy-actions">
          <Button icon={<DownloadOutlined />} onClick={download}>{words.csv}</Button>
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>{words.print}</Button>
        </div>
      </header>
      <section aria-label={words.coverage} className="trace-coverage"><CoverageBar coverage={data.coverage} /></section>
      <div className="trace-filters" role="search" aria-label={words.coverage}>
        <label><Switch size="small" checked={only === 'asking'} onChange={(on) => go({ only: on ? 'asking' : undefined })} /> {words.onlyAsking}</label>
        <label><Switch size="small" checked={only === 'nothing'} onChange={(on) => go({ only: on ? 'nothing' : undefined })} /> {words.onlyNothing}</label>
        <span className="quiet" role="status">{words.clauses(f.integer(shown.length))}</span>
      </div>
      {only === 'nothing' && shown.length === 0 && data.coverage.clauses > 0 && <p>{words.allClear}</p>}
      {shown.length > 0 && (
        <table className="trace-table">
          <thead><tr><th scope="col">{words.traceColumns.clause}</th><th scope="col">{words.traceColumns.indicators}</th><th scope="col">{words.traceColumns.tasks}</th><th scope="col">{words.traceColumns.projects}</th></tr></thead>
          <tbody>{shown.map((clause) => <ClauseRow key={clause.clause} cityId={cityId} documentId={documentId} clause={clause} under={only === 'nothing' ? parentOf(clause.clause) : ''} flat={only === 'nothing'} />)}</tbody>
        </table>
      )}
    </div>
  );
}

function ClauseRow({ cityId, documentId, clause: of, under, flat }: { cityId: string; documentId: string; clause: TraceClause; under: string; flat: boolean }) {
  const { t, f, pick } = useSpeech();
  const words = t.policy;
  return (
    <tr className={of.nothing && of.asks ? 'trace-row trace-nothing' : of.asks ? 'trace-row' : 'trace-row trace-silent'}>
      <th scope="row" style={{ paddingInlineStart: flat ? undefined : `${10 + Math.min(4, Math.max(0, of.level - 1)) * 16}px` }}>
        {under !== '' && <small className="quiet trace-under">{under}</small>}
        <Link className={`trace-heading trace-level-${Math.min(2, of.level)}`} to={clauseLink(cityId, documentId, of.clause)}>{of.heading === '' ? words.noHeading : of.heading}</Link>
        {of.state !== 'present' && <span className="outline-lost">{of.state === 'elided' ? words.elided : words.cut}</span>}
        {of.targets.length > 0 && <span className="quiet trace-count">{words.targetCount(f.integer(of.targets.length))}</span>}
      </th>
      <td data-label={words.traceColumns.indicators}>
        {of.indicators.length === 0 ? of.asks ? <span className="no-measure">⌀ {words.nothing}</span> : <span className="quiet">{words.asksNothing}</span> : (
          <ul className="trace-indicators">
            {of.indicators.map((one) => (
              <li key={one.id} title={one.words.length > 0 ? words.byWords(one.words.join('、')) : undefined}>
                <Link to={`/${cityId}/checkup?indicator=${encodeURIComponent(one.id)}`}>{pick(one.name)}</Link>
                <span className="trace-value">{one.value === null ? <span className="quiet">{words.noValue}</span> : <>{f.measured(one.value)} {f.unit(one.value, pick(one.unit))}</>}</span>
                {one.grade !== null && <GradeMark grade={one.grade} />}
                <Sparkline series={one.series} label={`${pick(one.name)}: ${words.trends[one.trend]}`} />
                {one.trend !== 'unknown' && <span className={`trace-trend trace-${one.trend}`}>{one.trend === 'same' ? <MinusOutlined aria-hidden="true" /> : one.trend === 'better' ? <RiseOutlined aria-hidden="true" /> : <FallOutlined aria-hidden="true" />} {words.trends[one.trend]}</span>}
                {one.linkState === 'proposed' && <span className="link-state link-state-proposed">{words.notConfirmed}</span>}
              </li>
            ))}
          </ul>
        )}
      </td>
      <td data-label={words.traceColumns.tasks}>
        {of.tasks.length > 0 && <ul className="trace-tasks">{of.tasks.map(({ taskId, title, light, percent }) => <li key={taskId}><LightMark light={light} /> <Link to={`/${cityId}/tasks?task=${encodeURIComponent(taskId)}`}>{title}</Link>{percent !== null && <span className="quiet"> {words.percentDone(f.integer(percent))}</span>}</li>)}</ul>}
        {of.proposedTasks > 0 && <span className="quiet">{words.proposedTasks(f.integer(of.proposedTasks))}</span>}
      </td>
      <td data-label={words.traceColumns.projects}>{of.projects.length > 0 && <ul className="trace-tasks">{of.projects.map(({ target, name }) => <li key={target}><Popover trigger="click" title={words.servedBy} content={<div className="served-popover"><ServedClauses cityId={cityId} of="project" id={target} /></div>} destroyOnHidden><button type="button" className="link-button">{pick(name) || target}</button></Popover></li>)}</ul>}</td>
    </tr>
  );
}
