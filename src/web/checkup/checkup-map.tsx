import { AimOutlined, CameraOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { BatchList, CityJson, LayerList } from '../../base/api.ts';
import type { IndicatorLine, placeValueSchema } from '../../checkup/api.ts';
import type { z } from 'zod';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import type { DensityClasses } from '../map/density-classes.ts';
import { exportPng } from '../map/export-image.ts';
import { formatView, parseView } from '../map/map-address.ts';
import { describeSources } from '../map/map-data.ts';
import { useSelectionDetail } from '../map/selection-detail.ts';
import { buildStyle } from '../map/style/build-style.ts';
import { useCityMap } from '../map/use-city-map.ts';
import { usePrintImage } from '../map/use-print-image.ts';
import { Busy } from '../shell/busy.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import type { Shade } from '../shell/appearance.tsx';
import { paintIndicator } from './choropleth-style.ts';
import type { DetailFeatures, PaintedPlace } from './choropleth-style.ts';
import type { DetailLayer } from './checkup-address.ts';

export type PlaceValue = z.infer<typeof placeValueSchema>;

interface CheckupMapProps {
  readonly city: CityJson;
  readonly version: number;
  readonly level: string;
  readonly line: IndicatorLine | undefined;
  readonly painted: readonly PaintedPlace[];
  readonly values: ReadonlyMap<string, PlaceValue>;
  readonly chosen: readonly string[];
  readonly detail: DetailFeatures | undefined;
  readonly hidden: readonly DetailLayer[];
  readonly shade: Shade;
  readonly onPlace: (placeId: string | undefined, beside: boolean) => void;
  readonly title: string;
  /** What a saved image says of the colours. */
  readonly imageLegend: DensityClasses | undefined;
  /** A place to be zoomed to; the number tells one asking from the next. */
  readonly zoomTo: { readonly placeId: string; readonly turn: number } | undefined;
}

/** What the choropleth needs of the ground: enough to know where one is, nothing that shouts. */
const GROUND = new Set(['water', 'street', 'railway', 'boundary', 'place-name', 'building', 'land-use']);
const PADDING = { top: 30, bottom: 40, left: 30, right: 60 };
/** Where the map is wide the legend lies beside the city, elsewhere below it. */
const WIDE_PX = 800;
const TALL_PX = 620;
/** On a phone it is folded. */
const SLIM_PX = 440;
function paddingOf(width: number, height: number): typeof PADDING {
  if (width >= WIDE_PX) return { ...PADDING, left: 270 };
  if (width < SLIM_PX) return { top: 80, bottom: 90, left: 16, right: 16 };
  return height >= TALL_PX ? { ...PADDING, top: 90, bottom: 290 } : { ...PADDING, top: 80 };
}
/** What the list and the panel leave of the window. */
const SIDES_PX = 840;

export function CheckupMap({ city, version, level, line, painted, values, chosen, detail, hidden, shade, onPlace, title, imageLegend, zoomTo }: CheckupMapProps) {
  const { t, f, language, pick } = useSpeech();
  const { message } = App.useApp();
  const { cityId } = city;
  const layerList = useResource<LayerList>(cityPath(cityId, 'layers'), version);
  const batches = useResource<BatchList>(cityPath(cityId, 'batches'), version);
  const page = useRef<HTMLDivElement>(null);
  const [hover, setHover] = useState<{ placeId: string; x: number; y: number } | undefined>(undefined);
  const [first] = chosen;
  const place = useSelectionDetail(cityId, useMemo(() => (first === undefined ? undefined : { type: 'place' as const, id: first }), [first]), version);

  const style = useMemo(() => {
    if (layerList.data === undefined) return undefined;
    const { layers, revision } = layerList.data;
    const base = buildStyle({
      cityId, revision, origin: window.location.origin, box: city.box ?? undefined, shade, language, layers,
      visible: new Set(layers.map(({ id }) => id).filter((id) => GROUND.has(id))), level, group: 'total', hiddenKinds: new Set<string>(),
      attribution: describeSources(batches.data, t.map), selected: undefined,
    });
    return paintIndicator(base, { places: painted, chosen, detail, hidden, shade });
  }, [layerList.data, cityId, city.box, shade, language, level, batches.data, t, painted, chosen, detail, hidden]);

  const { container, map } = useCityMap({
    style,
    start: { view: parseView(window.location.hash), box: city.box ?? undefined, padding: paddingOf(window.innerWidth - (window.innerWidth >= 1080 ? SIDES_PX : 0), window.innerHeight - 110) },
    canvasLabel: t.checkup.mapLabel,
    onClick(candidates, { add }) {
      const hit = candidates.find(({ layer, selection }) => layer === 'place' && selection.type === 'place');
      onPlace(hit?.selection.id, add);
    },
    onMove: (view) => window.history.replaceState(window.history.state, '', formatView(view)),
    onHoverPlace: (placeId, { x, y }) => setHover(placeId === undefined ? undefined : { placeId, x, y }),
  });
  usePrintImage(map, page);
  const padding = (): typeof PADDING => paddingOf(container.current?.clientWidth ?? 0, container.current?.clientHeight ?? 0);

  // a place chosen elsewhere (in a table, by a link) is shown; one clicked on the map is in view already
  const box = place.data?.box;
  const shownFor = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (map === undefined || box === undefined || first === undefined || shownFor.current === first) return;
    shownFor.current = first;
    map.showIfHidden(box, { top: 90, bottom: 90, left: 90, right: 90 });
  }, [map, box, first]);

  const zoomedFor = useRef(0);
  useEffect(() => {
    if (map === undefined || box === undefined || zoomTo === undefined || zoomTo.placeId !== first || zoomedFor.current === zoomTo.turn) return;
    zoomedFor.current = zoomTo.turn;
    map.flyTo(box, { top: 120, bottom: 120, left: 100, right: 100 });
  }, [map, box, first, zoomTo]);

  useEffect(() => {
    if (map === undefined || container.current === null) return undefined;
    const watcher = new ResizeObserver(() => map.resize());
    watcher.observe(container.current);
    return () => watcher.disconnect();
  }, [map, container]);

  function saveImage(): void {
    if (map === undefined) return;
    exportPng(map, { title, attribution: describeSources(batches.data, t.map), fileName: `${cityId}-${line?.id ?? 'checkup'}.png`, lengthText: f.lengthM, dark: shade === 'dark', legend: imageLegend });
    void message.success(t.map.exported);
  }

  const under = hover === undefined ? undefined : values.get(hover.placeId);
  return (
    <div className="checkup-map" ref={page}>
      <div className="map-canvas" ref={container} data-testid="checkup-map" />
      {layerList.error !== undefined && <div className="map-problem"><ProblemAlert problem={layerList.error} onRetry={layerList.reload} /></div>}
      {layerList.data === undefined && layerList.loading && <Busy />}
      {under !== undefined && hover !== undefined && (
        <div className="map-tip" style={{ left: hover.x, top: hover.y }}>
          <strong>{pick(under.name)}</strong>
          <span>{under.value === null ? t.checkup.noValue : `${f.measured(under.value)} ${line === undefined ? '' : f.unit(under.value, pick(line.unit))}`}</span>
        </div>
      )}
      <div className="map-controls">
        <div className="map-control-group" role="group">
          <Button type="text" icon={<PlusOutlined />} aria-label={t.map.zoomIn} title={t.map.zoomIn} onClick={() => map?.zoomBy(1)} />
          <Button type="text" icon={<MinusOutlined />} aria-label={t.map.zoomOut} title={t.map.zoomOut} onClick={() => map?.zoomBy(-1)} />
        </div>
        <div className="map-control-group" role="group">
          <Button type="text" icon={<AimOutlined />} aria-label={t.map.zoomTo} title={t.map.zoomTo} onClick={() => city.box && map?.flyTo(city.box, padding())} />
          <Button type="text" icon={<CameraOutlined />} aria-label={t.map.exportPng} title={t.map.exportPng} onClick={saveImage} />
        </div>
      </div>
    </div>
  );
}
