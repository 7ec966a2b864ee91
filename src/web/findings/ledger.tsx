import { DownloadOutlined, UndoOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Segmented, Select } from 'antd';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router-dom';
import type { FindingJson, FindingList } from '../../checkup/api.ts';
import { useResource } from '../api/use-resource.ts';
import { changeQuery } from '../checkup/checkup-address.ts';
import { checkupPath, useOverview } from '../checkup/checkup-data.ts';
import { useCities } from '../cities/cities-context.tsx';
import { useSpeech } from '../i18n/language.tsx';
import { useSame } from '../map/use-same.ts';
import { Busy } from '../shell/busy.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { BulkEdit } from './bulk-edit.tsx';
import { FindingDrawer } from './finding-drawer.tsx';
import { ledgerQuery, PAGE_ROWS, readLedgerView } from './findings-address.ts';
import { FindingsFilters } from './findings-filters.tsx';
import { FindingsTable } from './findings-table.tsx';
import { LedgerImportDialog } from './ledger-import.tsx';
import { StageTabs } from './stage-tabs.tsx';
import { useLedgerEdits } from './use-ledger-edits.ts';

const FindingsMap = lazy(() => import('./findings-map.tsx'));

interface LedgerProps {
  readonly cityId: string;
  readonly version: number;
  readonly period: number;
  readonly periods: readonly number[];
}

/** 问题台账 → 问题清单 → 整治建议清单: one list, filtered, edited, out and in. */
export function Ledger({ cityId, version, period, periods }: LedgerProps) {
  const { t, f, pick, language } = useSpeech();
  const { find } = useCities();
  const navigate = useNavigate();
  const { search } = useLocation();
  const view = useSame(readLedgerView(useMemo(() => new URLSearchParams(search), [search])));
  const { filter, order, page } = view;
  const [turn, setTurn] = useState(0);
  const fresh = `${version}/${turn}`;
  const base = checkupPath(cityId, period, 'findings');
  const list = useResource<FindingList>(`${base}?${ledgerQuery(filter, { order, limit: PAGE_ROWS, offset: (page - 1) * PAGE_ROWS })}`, fresh);
  const overview = useOverview(cityId, period, version);
  const [chosen, setChosen] = useState<ReadonlyMap<string, FindingJson>>(new Map());
  const [importing, setImporting] = useState(false);
  const [kept, setKept] = useState<FindingList | undefined>(undefined);
  // the rows before stay until the next ones have come: a page of the table does not collapse in between
  if (list.data !== undefined && list.data !== kept) setKept(list.data);
  const shown = list.data ?? kept;

  const changed = useCallback(() => {
    setTurn((n) => n + 1);
    setChosen(new Map());
  }, []);
  const edits = useLedgerEdits(cityId, period, changed);

  const go = useCallback(
    (change: Record<string, string | number | undefined>, replace = false) => void navigate({ search: changeQuery(new URLSearchParams(window.location.search), change).toString(), hash: window.location.hash }, { replace }),
    [navigate],
  );
  const onFilter = useCallback((change: Record<string, string | undefined>) => { setChosen(new Map()); go({ ...change, page: undefined }, true); }, [go]);
  const city = find(cityId);

  return (
    <div className="page findings-page">
      <header className="page-head">
        <div>
          <h1>{city === undefined ? '' : `${pick(city.name)} · `}{t.findings.title}</h1>
          <p>{t.findings.intro} <Link to={`/${cityId}/checkup?period=${period}`}>{t.findings.toCheckup}</Link></p>
        </div>
        <div className="findings-actions">
          <Select aria-label={t.checkup.period} value={period} popupMatchSelectWidth={false} onChange={(value) => onFilter({ period: String(value) })} options={periods.map((value) => ({ value, label: t.checkup.periodName(String(value)) }))} />
          {edits.canUndo > 0 && <Button icon={<UndoOutlined />} loading={edits.busy} onClick={() => void edits.undo()}>{t.findings.undo(f.integer(edits.canUndo))}</Button>}
          <Button icon={<DownloadOutlined />} href={`${base}.xlsx?${ledgerQuery(filter, { lang: language })}`} download>{t.findings.exportBook}</Button>
          <Button icon={<UploadOutlined />} onClick={() => setImporting(true)}>{t.findings.importBook}</Button>
        </div>
      </header>
      <StageTabs base={base} filter={filter} version={fresh} onStage={(stage) => onFilter({ stage })} />
      <FindingsFilters filter={filter} overview={overview.data} base={base} version={String(version)} onFilter={onFilter} />
      <div className="findings-toolbar">
        <Segmented aria-label={t.findings.view} value={view.shown} onChange={(value) => go({ view: value === 'map' ? 'map' : undefined })} options={[{ value: 'table', label: t.findings.table }, { value: 'map', label: t.findings.map }]} />
        <span className="quiet" role="status">{shown === undefined ? '' : t.findings.total(f.integer(shown.total))}</span>
      </div>
      {list.error !== undefined && <ProblemAlert problem={list.error} onRetry={list.reload} />}
      {view.shown === 'map' ? (
        city !== undefined && <Suspense fallback={<div className="findings-map"><Busy /></div>}><FindingsMap city={city} base={base} filter={filter} version={version} fresh={fresh} onPlace={(place) => onFilter({ place })} /></Suspense>
      ) : (
        <>
          {chosen.size > 0 && shown !== undefined && (
            <BulkEdit cityId={cityId} base={base} filter={filter} chosen={chosen} total={shown.total} busy={edits.busy} onChosen={setChosen} onEdit={(change, reason) => edits.edit([...chosen.values()], change, reason)} />
          )}
          <FindingsTable list={shown} loading={list.loading} view={view} chosen={chosen} onChosen={setChosen} onOpen={(finding) => go({ finding })} onPage={(next) => go({ page: next === 1 ? undefined : next })} onOrder={(next) => onFilter({ order: next === 'severity' ? undefined : next })} onFilter={onFilter} />
        </>
      )}
      <FindingDrawer cityId={cityId} base={base} period={period} findingId={view.finding} version={fresh} busy={edits.busy} onEdit={(finding, change, reason) => edits.edit([finding], change, reason)} onClose={() => go({ finding: undefined })} />
      {importing && <LedgerImportDialog base={base} version={fresh} onClose={() => setImporting(false)} onDone={edits.imported} onUndo={edits.undoImport} />}
    </div>
  );
}
