import { App, Button } from 'antd';
import { UnorderedListOutlined } from '@ant-design/icons';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router-dom';
import type { BatchList, LayerList } from '../../base/api.ts';
import type { GeoJsonGeometry } from '../../engine/spatial/geometry.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { useCities } from '../cities/cities-context.tsx';
import { useKindNames } from '../i18n/kind-names.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useJobs } from '../jobs/jobs-context.tsx';
import { useAppearance } from '../shell/appearance.tsx';
import { Busy } from '../shell/busy.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { readSetting, writeSetting } from '../shell/settings.ts';
import { useCramped, useNarrow } from '../shell/use-narrow.ts';
import { canDrawMaps } from './city-map.ts';
import type { Candidate } from './city-map.ts';
import { Inspector } from './inspector.tsx';
import { IsochroneToolView } from './isochrone/isochrone-tool.tsx';
import { useIsochroneTool } from './isochrone/use-isochrone-tool.ts';
import { LayerPanel } from './layer-panel.tsx';
import { describeSources, listVisible, useCityNumbers } from './map-data.ts';
import { MapControls } from './map-controls.tsx';
import { formatView, parseView, readLayerChoice, readSelection, writeLayerChoice, writeSelection } from './map-address.ts';
import type { LayerChoice, MapNavigationState, Selection } from './map-address.ts';
import { useSame } from './use-same.ts';
import { exportPng } from './export-image.ts';
import { useSelectionDetail } from './selection-detail.ts';
import { describeDensity } from './density-classes.ts';
import { DensityLegend } from './legend.tsx';
import { buildStyle } from './style/build-style.ts';
import { useCityMap } from './use-city-map.ts';
import './map.css';

/** Where places are painted, a click means the place rather than the ground below it; points above it still come first. */
const ABOVE_PLACES = new Set(['facility', 'transit-stop', 'poi']);
function placesBeforeGround(candidates: readonly Candidate[]): Candidate[] {
  const rank = ({ layer }: Candidate): number => (ABOVE_PLACES.has(layer) || layer.startsWith('custom:') ? 0 : layer === 'place' ? 1 : 2);
  return candidates.toSorted((a, b) => rank(a) - rank(b));
}

export default function MapPage() {
  const { city: cityId = '' } = useParams();
  const { find, loading, cities } = useCities();
  const city = find(cityId);
  if (city === undefined) return loading && cities.length === 0 ? <Busy /> : <NotFound />;
  if (city.revision === 0) return <EmptyCity cityId={cityId} />;
  if (!canDrawMaps()) return <NoWebGl />;
  return <CityMapPage key={cityId} cityId={cityId} />;
}

function NoWebGl() {
  const { t } = useSpeech();
  return (
    <div className="page page-centred">
      <EmptyState heading="h1" title={t.map.title} hint={t.map.noWebgl} />
    </div>
  );
}

function EmptyCity({ cityId }: { cityId: string }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  return (
    <div className="page page-centred">
      <EmptyState heading="h1" title={t.map.emptyTitle} hint={t.map.emptyHint}>
        <Button type="primary" size="large" onClick={() => void navigate(`/${cityId}/data?import=1`)}>
          {t.map.emptyAction}
        </Button>
      </EmptyState>
    </div>
  );
}

function CityMapPage({ cityId }: { cityId: string }) {
  const { t, f, language, pick } = useSpeech();
  const { screenShade } = useAppearance();
  const [forPaper, setForPaper] = useState(false);
  const shade = forPaper ? 'light' : screenShade;
  const { message } = App.useApp();
  const { find } = useCities();
  const city = find(cityId);
  const { versionOf } = useJobs();
  const version = versionOf(cityId);
  const kinds = useKindNames(cityId);
  const narrow = useNarrow();
  const cramped = useCramped();
  const navigate = useNavigate();
  const location = useLocation();
  const query = useMemo(() => new URLSearchParams(location.search), [location.search]);
  // the address says more than these: a new style for each change of it would take the map longer than what it is changed for
  const selection = useSame(readSelection(query));
  const choice = useSame(readLayerChoice(query));

  const layerList = useResource<LayerList>(cityPath(cityId, 'layers'), version);
  const layers = useMemo(() => layerList.data?.layers ?? [], [layerList.data]);
  const revision = layerList.data?.revision ?? city?.revision ?? 0;
  const visible = useMemo(() => listVisible(layers, choice), [layers, choice]);
  const numbers = useCityNumbers(cityId, version);
  const group = numbers.population[0]?.group ?? 'total';
  const attribution = useResource<BatchList>(cityPath(cityId, 'batches'), version);
  const detail = useSelectionDetail(cityId, selection, version);
  const hiddenKinds = useMemo(() => new Set(choice.hiddenKinds), [choice]);
  const [candidates, setCandidates] = useState<readonly Candidate[]>([]);
  const [panelOpen, setPanelOpen] = useState(() => !cramped && readSetting('layers-open') !== 'no');
  const pageRef = useRef<HTMLDivElement>(null);

  const selectedGeometry = detail.data?.geometry as GeoJsonGeometry | undefined;
  const style = useMemo(
    () =>
      layerList.data === undefined
        ? undefined
        : buildStyle({
            cityId,
            revision,
            origin: window.location.origin,
            box: city?.box ?? undefined,
            shade,
            language,
            layers,
            visible,
            level: choice.level,
            group,
            hiddenKinds,
            attribution: describeSources(attribution.data, t.map),
            selected: selection === undefined ? undefined : selectedGeometry,
          }),
    [layerList.data, cityId, revision, city?.box, shade, language, layers, visible, choice.level, group, hiddenKinds, attribution.data, t, selection, selectedGeometry],
  );

  const setQuery = useCallback(
    (next: URLSearchParams, replace: boolean) => {
      void navigate({ search: next.toString(), hash: window.location.hash }, { replace });
    },
    [navigate],
  );
  const select = useCallback(
    (next: Selection | undefined) => setQuery(writeSelection(new URLSearchParams(window.location.search), next), false),
    [setQuery],
  );
  const chooseLayers = useCallback((next: LayerChoice) => setQuery(writeLayerChoice(new URLSearchParams(window.location.search), next), true), [setQuery]);

  const padding = useMemo(
    () => (narrow ? { top: 60, bottom: 60, left: 24, right: 24 } : { top: 40, bottom: 50, left: panelOpen ? 340 : 60, right: 70 }),
    [narrow, panelOpen],
  );
  // where the inspector is open it covers more: the sheet from below, or the card at the right
  const besideInspector = useMemo(() => ({ ...padding, ...(cramped ? { bottom: window.innerHeight / 2 } : { right: 420 }) }), [padding, cramped]);

  const { container, map } = useCityMap({
    style,
    start: { view: parseView(location.hash), box: (location.state as MapNavigationState | null)?.fly ?? city?.box ?? undefined, padding },
    canvasLabel: t.map.canvasLabel,
    onClick(hits, place) {
      if (tool.choice !== undefined) return tool.click(place);
      const found = choice.level === undefined ? hits : placesBeforeGround(hits);
      setCandidates(found);
      select(found[0]?.selection);
    },
    onMove(view) {
      // not through the router: moving the map is no navigation, and back should not walk through every pan
      window.history.replaceState(window.history.state, '', formatView(view));
    },
  });

  const tool = useIsochroneTool({ cityId, version, shade, map, covered: besideInspector, query, setQuery });

  // an address that names another view (back button, a link pasted here) moves the map
  useEffect(() => {
    const asked = parseView(location.hash);
    if (map === undefined || asked === undefined) return;
    if (formatView(map.view()) !== formatView(asked) && window.location.hash === location.hash) map.jumpTo(asked);
  }, [map, location.hash]);

  const fly = (location.state as MapNavigationState | null)?.fly;
  const locationKey = location.key;
  useEffect(() => {
    if (map !== undefined && fly !== undefined) map.flyTo(fly, besideInspector);
    // only a new navigation flies; opening a panel does not
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [map, locationKey]);

  // a link with a selection and no view shows the selection
  const arrivedWithoutView = useRef(selection !== undefined && parseView(location.hash) === undefined && fly === undefined);
  useEffect(() => {
    if (!arrivedWithoutView.current || map === undefined || detail.data?.box == null) return;
    arrivedWithoutView.current = false;
    map.flyTo(detail.data.box, besideInspector);
  }, [map, detail.data, besideInspector]);

  function togglePanel(open: boolean): void {
    setPanelOpen(open);
    if (!narrow) writeSetting('layers-open', open ? 'yes' : 'no');
  }

  /** Draws the map in light colours first; the browser's own print command takes it as it is. */
  async function print(): Promise<void> {
    if (map === undefined) return;
    setForPaper(true);
    await map.drawn();
    window.addEventListener('afterprint', () => setForPaper(false), { once: true });
    window.print();
  }

  function saveImage(): void {
    if (map === undefined || city === undefined) return;
    exportPng(map, { title: pick(city.name), attribution: describeSources(attribution.data, t.map), fileName: `${cityId}-map.png`, lengthText: f.lengthM, dark: shade === 'dark', legend: choice.level === undefined ? undefined : describeDensity(group, t, f, language, shade) });
    void message.success(t.map.exported);
  }

  return (
    <div className="map-page" ref={pageRef}>
      <h1 className="visually-hidden">{`${city === undefined ? '' : pick(city.name)} · ${t.map.title}`}</h1>
      <div className="map-canvas" ref={container} data-testid="map" />
      {layerList.error !== undefined && (
        <div className="map-problem">
          <ProblemAlert problem={layerList.error} onRetry={layerList.reload} />
        </div>
      )}
      {layerList.data === undefined && layerList.loading && <Busy />}
      {!panelOpen && (
        <Button className="layers-open" icon={<UnorderedListOutlined />} onClick={() => togglePanel(true)} aria-label={t.map.showLayers}>
          {t.map.layers}
        </Button>
      )}
      <LayerPanel
        open={panelOpen}
        narrow={narrow}
        onClose={() => togglePanel(false)}
        layers={layers}
        visible={visible}
        choice={choice}
        onChoice={chooseLayers}
        numbers={numbers}
        kinds={kinds}
        hiddenKinds={hiddenKinds}
        onHiddenKinds={(next) => chooseLayers({ ...choice, hiddenKinds: [...next] })}
      />
      <MapControls
        onZoom={(steps) => map?.zoomBy(steps)}
        onHome={() => city?.box && map?.flyTo(city.box, padding)}
        onExport={saveImage}
        onPrint={() => void print()}
        isochronesOpen={tool.choice !== undefined}
        onIsochrones={tool.toggle}
        pageRef={pageRef}
        map={map}
      />
      <IsochroneToolView
        cityId={cityId}
        tool={tool}
        kinds={kinds}
        shade={shade}
        narrow={cramped}
        onCentre={() => {
          const centre = map?.view();
          if (centre !== undefined) tool.click({ lon: centre.lon, lat: centre.lat, add: false });
        }}
        onPrint={() => void print()}
      />
      {choice.level !== undefined && <DensityLegend floating shade={shade} onlyPrinted={panelOpen} group={group} />}
      <Inspector
        cityId={cityId}
        selection={tool.choice === undefined ? selection : undefined}
        detail={detail}
        candidates={candidates}
        kinds={kinds}
        narrow={cramped}
        onSelect={select}
        onZoom={(box) => map?.flyTo(box, besideInspector)}
      />
    </div>
  );
}
