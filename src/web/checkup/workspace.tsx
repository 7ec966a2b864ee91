import { SettingOutlined } from '@ant-design/icons';
import { Alert, Button, ConfigProvider, Segmented, Select, Skeleton } from 'antd';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { Link, useLocation, useNavigate } from 'react-router-dom';
import type { CityJson } from '../../base/api.ts';
import { GRADE_WORDS, LEVEL_WORDS } from '../../checkup/findings/ledger-words.ts';
import { GRADES } from '../../checkup/model.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useSame } from '../map/use-same.ts';
import { useAppearance } from '../shell/appearance.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { useCramped, useNarrow } from '../shell/use-narrow.ts';
import { changeQuery, readListFilter, readWorkspace } from './checkup-address.ts';
import type { Colouring, PlaceLevel } from './checkup-address.ts';
import { useBehind, useIndicator, useOverview, useSheet } from './checkup-data.ts';
import type { CheckupState } from './checkup-data.ts';
import { CheckupMap } from './checkup-map.tsx';
import { GRADE_COLOURS } from './classes.ts';
import { Compare } from './compare.tsx';
import { Downloads } from './downloads.tsx';
import { IndicatorList } from './indicator-list.tsx';
import { IndicatorPanel } from './indicator-panel.tsx';
import { Legend } from './legend.tsx';
import { OverviewNotes } from './overview-notes.tsx';
import { paintPlaces } from './paint-places.ts';
import { RunButton, RunState, useRun } from './run-button.tsx';
import { Sheet } from './sheet.tsx';

const SettingsDialog = lazy(() => import('./settings-dialog.tsx').then(({ SettingsDialog: dialog }) => ({ default: dialog })));

interface WorkspaceProps {
  readonly city: CityJson;
  readonly version: number;
  readonly checkups: readonly CheckupState[];
  readonly state: CheckupState;
  readonly askedPeriod: number | undefined;
}

type Pane = 'list' | 'map' | 'panel';

export function Workspace({ city, version, checkups, state, askedPeriod }: WorkspaceProps) {
  const { t, pick, f } = useSpeech();
  const { screenShade: shade } = useAppearance();
  const { cityId } = city;
  const { period } = state;
  const navigate = useNavigate();
  const { search } = useLocation();
  const query = useMemo(() => new URLSearchParams(search), [search]);
  const view = useSame(readWorkspace(query));
  const filter = useSame(readListFilter(query));
  const narrow = useNarrow();
  const cramped = useCramped();
  const [pane, setPane] = useState<Pane>(view.place !== undefined || view.panel === 'compare' ? 'panel' : 'list');
  const [settingsOpen, setSettingsOpen] = useState(false);
  const run = useRun(cityId);

  const go = useCallback(
    (change: Record<string, string | number | undefined>, replace = false) => {
      const next = changeQuery(new URLSearchParams(window.location.search), change);
      void navigate({ search: next.toString(), hash: window.location.hash }, { replace });
    },
    [navigate],
  );

  const overview = useOverview(cityId, period, version);
  // the first with a value to look at, where the address names none
  const indicatorId = view.indicator ?? overview.data?.indicators.find(({ levels, level }) => levels.includes(level))?.id;
  const line = overview.data?.indicators.find(({ id }) => id === indicatorId);
  const level: PlaceLevel = view.level ?? (line === undefined ? 'community' : line.level === 'city' || line.level === 'building' ? lowest(line.levels) : line.level);
  const detail = useIndicator(cityId, period, indicatorId, undefined, version);
  const ofCells = useIndicator(cityId, period, level === 'cell' ? indicatorId : undefined, 'cell', version);
  const before = useIndicator(cityId, view.against, view.against === undefined ? undefined : indicatorId, level === 'cell' ? 'cell' : undefined, version);
  const behind = useBehind(cityId, period, indicatorId, detail.data?.hasDetail === true && !state.stale, version);
  const sheet = useSheet(cityId, period, view.place, version);
  const sheetBefore = useSheet(cityId, view.against, view.place, version);
  const second = useSheet(cityId, period, view.beside, version);

  const shown = level === 'cell' ? ofCells.data : detail.data;
  const places = useMemo(() => shown?.places.filter((place) => place.level === level) ?? [], [shown, level]);
  const beforeValues = useMemo(() => (before.data === undefined ? undefined : new Map(before.data.places.map((place) => [place.placeId, place]))), [before.data]);
  const values = useMemo(() => new Map(places.map((place) => [place.placeId, place])), [places]);
  const colouring: Colouring = view.colouring === 'change' && beforeValues === undefined ? 'value' : view.colouring;
  const painted = useMemo(() => paintPlaces(places, line, colouring, beforeValues, shade), [places, line, colouring, beforeValues, shade]);
  const chosen = useMemo(() => [view.place, view.beside].filter((id): id is string => id !== undefined), [view.place, view.beside]);

  const frame = useRef<HTMLDivElement>(null);
  const panelBox = useRef<HTMLElement>(null);
  // after the pane has been shown
  const focusPanel = useCallback(() => void requestAnimationFrame(() => panelBox.current?.focus({ preventScroll: true })), []);
  /** What was pressed within the panel goes away with what it opens: the focus stays in the panel. */
  const keepFocus = useCallback(() => { if (panelBox.current?.contains(document.activeElement) === true) focusPanel(); }, [focusPanel]);
  const choosePlace = useCallback(
    (placeId: string | undefined, beside = false) => {
      if (beside && placeId !== undefined && view.place !== undefined) go({ with: placeId, panel: 'compare' });
      else if (view.panel === 'compare' && placeId !== undefined && view.place !== undefined && placeId !== view.place) go({ with: placeId });
      else go({ place: placeId, panel: undefined, ...(placeId === undefined && { with: undefined }) });
      if (placeId !== undefined) setPane('panel');
      keepFocus();
    },
    [go, keepFocus, view.place, view.panel],
  );
  const [zoomTo, setZoomTo] = useState<{ placeId: string; turn: number } | undefined>(undefined);
  const choosePlaceOfTable = useCallback(
    (placeId: string) => {
      go({ place: placeId, panel: 'indicator' });
      setZoomTo((before) => ({ placeId, turn: (before?.turn ?? 0) + 1 }));
      if (narrow) setPane('map');
    },
    [go, narrow],
  );
  function chooseIndicator(id: string, byKey: boolean): void {
    go({ indicator: id, panel: 'indicator', level: undefined });
    setPane(narrow && !byKey ? 'map' : 'panel');
    if (byKey) focusPanel();
  }
  /** Esc leads back by the way one came: from a comparison to the sheet, from the sheet to the indicator, from there to the list. */
  function goBack(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || !isOfPage(event.target, frame.current)) return;
    // as the address has it: a second Esc may come before the first has been drawn
    const now = readWorkspace(new URLSearchParams(window.location.search));
    if (now.panel === 'compare' && now.place !== undefined) go({ panel: 'sheet', with: undefined });
    else if (now.place !== undefined) go({ place: undefined, with: undefined, panel: undefined });
    else if (panelBox.current?.contains(event.target as Node) === true) {
      setPane('list');
      requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>('.indicator-row-chosen')?.focus());
      return;
    } else return;
    focusPanel();
  }
  const openIndicator = useCallback((id: string) => { go({ indicator: id, panel: 'indicator' }); keepFocus(); }, [go, keepFocus]);

  const levels = line?.levels ?? [];
  const others = checkups.filter((checkup) => checkup.period !== period);
  const title = `${pick(city.name)} · ${t.checkup.title} ${period}`;
  const legendLine = detail.data?.line ?? line;
  const imageLegend = useMemo(() => {
    if (line === undefined || line.missing !== null) return undefined;
    const ofGrades = GRADES.filter((grade) => painted.gradeCounts[grade] > 0).map((grade) => ({ colour: GRADE_COLOURS[shade][grade], from: pick(GRADE_WORDS[grade]) }));
    return { title: pick(line.name), unit: pick(line.unit), classes: colouring === 'grade' ? ofGrades : painted.classes.classes.map(({ colour, from }) => ({ colour, from: f.measured(from) })) };
  }, [line, painted, colouring, shade, pick, f]);
  const shownPane = cramped && !narrow && pane === 'map' ? 'list' : pane;
  return (
    <div ref={frame} className={`workspace workspace-${view.panel}`} data-pane={shownPane} onKeyDown={goBack}>
      <ConfigProvider componentSize={narrow ? 'small' : 'middle'}>
      <header className="workspace-bar">
        <h1>{pick(city.name)} · {t.checkup.title}<span className="on-paper"> · {t.checkup.periodName(String(period))}{view.against !== undefined && ` · ${t.checkup.againstPeriod(String(view.against))}`}</span></h1>
        <Select aria-label={t.checkup.period} value={period} popupMatchSelectWidth={false} onChange={(value) => go({ period: value, against: undefined })} options={checkups.map((checkup) => ({ value: checkup.period, label: t.checkup.periodName(String(checkup.period)) }))} />
        {others.length > 0 && (
          <Select allowClear aria-label={t.checkup.against} placeholder={t.checkup.against} popupMatchSelectWidth={false} value={view.against} onChange={(value: number | undefined) => go({ against: value, colour: undefined })} options={others.map((checkup) => ({ value: checkup.period, label: t.checkup.againstPeriod(String(checkup.period)) }))} />
        )}
        <span className="workspace-actions">
          <RunButton cityId={cityId} period={period} primary={state.stale} />
          <Downloads cityId={cityId} period={period} level={level} />
          <Link to={`/${cityId}/findings?period=${period}`} className="workspace-findings">{t.checkup.ledger(f.integer(overview.data?.findings.total ?? 0))}</Link>
          <Button icon={<SettingOutlined />} aria-label={t.checkup.settings} title={t.checkup.settings} onClick={() => setSettingsOpen(true)} />
        </span>
        <RunState cityId={cityId} />
        {state.stale && <Alert className="workspace-banner" type="warning" showIcon title={t.checkup.stale} action={<Button size="small" onClick={() => void run(period)}>{t.checkup.runAgain}</Button>} />}
        {askedPeriod !== undefined && askedPeriod !== period && <Alert className="workspace-banner" type="warning" showIcon closable title={t.checkup.noSuchPeriod(String(askedPeriod), String(period))} />}
      </header>
      </ConfigProvider>
      <Segmented
        className="workspace-panes"
        aria-label={t.checkup.title}
        value={shownPane}
        onChange={(value) => setPane(value as Pane)}
        options={[{ value: 'list', label: t.checkup.indicators }, ...(narrow ? [{ value: 'map', label: t.shell.map }] : []), { value: 'panel', label: t.checkup.details }]}
      />
      <aside className="workspace-list" aria-label={t.checkup.indicators}>
        {overview.error !== undefined && <ProblemAlert problem={overview.error} onRetry={overview.reload} />}
        {overview.data === undefined ? overview.error === undefined && <Skeleton active paragraph={{ rows: 14 }} /> : (
          <>
            <OverviewNotes cityId={cityId} overview={overview.data} onPlace={choosePlace} />
            <IndicatorList overview={overview.data} chosen={indicatorId} filter={filter} onFilter={(change) => go(change, true)} onChoose={chooseIndicator} />
          </>
        )}
      </aside>
      <section className="workspace-map" aria-label={t.shell.map}>
        <CheckupMap city={city} version={version} level={level} line={line} painted={painted.places} values={values} chosen={chosen} detail={behind.data} hidden={view.hidden} shade={shade} onPlace={choosePlace} zoomTo={zoomTo} imageLegend={imageLegend} title={`${title} · ${line === undefined ? '' : pick(line.name)}`} />
        <div className="workspace-over">
          {levels.length > 1 && (
            <Segmented size="small" className="panel-switch" aria-label={t.checkup.level} value={level} onChange={(value) => go({ level: value as string }, true)} options={levels.filter((one) => one !== 'building').map((one) => ({ value: one, label: pick(LEVEL_WORDS[one]) }))} />
          )}
          {line !== undefined && line.missing === null && (
            <Segmented size="small" className="panel-switch" aria-label={t.checkup.colourBy} value={colouring} onChange={(value) => go({ colour: value === 'value' ? undefined : (value as string) }, true)} options={[{ value: 'value', label: t.checkup.colourings.value }, { value: 'grade', label: t.checkup.colourings.grade }, ...(beforeValues === undefined ? [] : [{ value: 'change', label: t.checkup.colourings.change }])]} />
          )}
          {behind.error !== undefined && <Alert className="panel-alert" type="warning" title={pick(behind.error.text)} />}
          {legendLine?.missing != null && <div className="map-missing panel" role="status"><strong>{pick(legendLine.name)}</strong><br />{pick(legendLine.missing.reason)}</div>}
        </div>
        {legendLine !== undefined && legendLine.missing === null && (
          <Legend line={legendLine} classes={painted.classes} colouring={colouring} gradeCounts={painted.gradeCounts} unknown={painted.unknown} outside={painted.outside} detail={behind.data} hidden={view.hidden} onHidden={(hidden) => go({ hide: hidden.join(',') }, true)} shade={shade} against={view.against} folded={narrow} />
        )}
      </section>
      <aside ref={panelBox} tabIndex={-1} className="workspace-panel" aria-label={t.checkup.details} aria-description={t.checkup.panelKeys}>
        <Segmented
          block
          className="panel-tabs"
          aria-label={t.checkup.details}
          value={view.panel}
          onChange={(value) => go({ panel: value as string })}
          options={[{ value: 'indicator', label: t.checkup.indicator }, { value: 'sheet', label: t.checkup.sheet, disabled: view.place === undefined }, { value: 'compare', label: t.checkup.compare }]}
        />
        {view.panel === 'indicator' && <IndicatorPanel cityId={cityId} detail={detail} places={places} before={beforeValues} against={view.against} classes={painted.valueClasses} chosen={view.place} onPlace={choosePlaceOfTable} onSheet={choosePlace} />}
        {view.panel === 'sheet' && <Sheet cityId={cityId} cityName={pick(city.name)} period={period} sheet={sheet} against={view.against} before={sheetBefore.data} onIndicator={openIndicator} onPlace={choosePlace} onCompare={() => { go({ panel: 'compare' }); keepFocus(); }} />}
        {view.panel === 'compare' && <Compare first={sheet} second={second} places={detail.data?.places ?? []} chosen={[view.place, view.beside]} onChoose={(place, beside) => go({ place, with: beside, panel: 'compare' })} onIndicator={openIndicator} />}
      </aside>
      {settingsOpen && overview.data !== undefined && (
        <Suspense fallback={null}>
          <SettingsDialog cityId={cityId} overview={overview.data} onClose={() => setSettingsOpen(false)} onSaved={(now) => { setSettingsOpen(false); if (now) void run(period); }} />
        </Suspense>
      )}
    </div>
  );
}

const FINENESS: readonly PlaceLevel[] = ['community', 'block', 'district', 'city'];
/** The finest level that has values and can be taken in at a glance. */
function lowest(levels: readonly PlaceLevel[]): PlaceLevel {
  return FINENESS.find((level) => levels.includes(level)) ?? 'city';
}

/** Menus, dialogs and choices that lie over the page have their own Esc; React hears theirs, too. */
function isOfPage(target: EventTarget, page: HTMLElement | null): boolean {
  return target instanceof Element && page !== null && page.contains(target) && target.closest('[aria-expanded="true"][role="combobox"], .ant-dropdown-open') === null;
}
