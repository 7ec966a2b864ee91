import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import type { CityJson, LayerList } from '../../base/api.ts';
import type { FindingList } from '../../checkup/api.ts';
import { LEVEL_WORDS } from '../../checkup/findings/ledger-words.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { paintIndicator } from '../checkup/choropleth-style.ts';
import { buildClasses, classOf } from '../checkup/classes.ts';
import { useSpeech } from '../i18n/language.tsx';
import { canDrawMaps } from '../map/city-map.ts';
import { describeSources } from '../map/map-data.ts';
import { buildStyle } from '../map/style/build-style.ts';
import { useCityMap } from '../map/use-city-map.ts';
import { useAppearance } from '../shell/appearance.tsx';
import { Busy } from '../shell/busy.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { ledgerQuery } from './findings-address.ts';
import type { LedgerFilter } from './findings-address.ts';

interface FindingsMapProps {
  readonly city: CityJson;
  readonly base: string;
  readonly filter: LedgerFilter;
  readonly version: number;
  readonly fresh: string;
  readonly onPlace: (placeId: string | undefined) => void;
}

const GROUND = new Set(['water', 'street', 'railway', 'boundary', 'place-name', 'building', 'land-use']);
const LEVELS = ['community', 'block', 'district', 'city'] as const;

/** 问题地图: how many findings each place has, at the level of the most of them or another. */
export default function FindingsMap(props: FindingsMapProps) {
  const { t } = useSpeech();
  return canDrawMaps() ? <DrawnMap {...props} /> : <p>{t.map.noWebgl}</p>;
}

function DrawnMap({ city, base, filter, version, fresh, onPlace }: FindingsMapProps) {
  const { t, f, language, pick } = useSpeech();
  const { screenShade: shade } = useAppearance();
  const { cityId } = city;
  // where one place or level is filtered by, the map still shows the others
  const { place: chosen, level: _, ...others } = filter;
  const list = useResource<FindingList>(`${base}?${ledgerQuery(others, { limit: 10_000 })}`, fresh);
  const layerList = useResource<LayerList>(cityPath(cityId, 'layers'), version);
  const counts = useMemo(() => {
    const byLevel = new Map<string, Map<string, { count: number; name: string }>>();
    for (const { level, placeId, placeName } of list.data?.findings ?? []) {
      const places = byLevel.get(level) ?? new Map<string, { count: number; name: string }>();
      places.set(placeId, { count: (places.get(placeId)?.count ?? 0) + 1, name: pick(placeName) });
      byLevel.set(level, places);
    }
    return byLevel;
  }, [list.data, pick]);
  const most = LEVELS.toSorted((a, b) => (counts.get(b)?.size ?? 0) - (counts.get(a)?.size ?? 0))[0];
  const [asked, setAsked] = useState<string | undefined>(filter.level);
  const level = asked ?? most;
  const here = useMemo(() => counts.get(level) ?? new Map<string, { count: number; name: string }>(), [counts, level]);
  const classes = useMemo(() => buildClasses([...here.values()].map(({ count }) => count), 'down', undefined, shade), [here, shade]);
  const style = useMemo(() => {
    if (layerList.data === undefined) return undefined;
    const { layers, revision } = layerList.data;
    const ground = buildStyle({ cityId, revision, origin: window.location.origin, box: city.box ?? undefined, shade, language, layers, visible: new Set(layers.map(({ id }) => id).filter((id) => GROUND.has(id))), level, group: 'total', hiddenKinds: new Set<string>(), attribution: describeSources(undefined, t.map), selected: undefined });
    return paintIndicator(ground, { places: [...here].map(([placeId, { count }]) => ({ placeId, colour: classOf(classes, count)?.colour })), chosen: chosen === undefined ? [] : [chosen], detail: undefined, hidden: [], shade });
  }, [layerList.data, cityId, city.box, shade, language, level, here, classes, chosen, t]);
  const [hover, setHover] = useState<{ placeId: string; x: number; y: number } | undefined>(undefined);
  const { container } = useCityMap({
    style,
    start: { box: city.box ?? undefined, padding: { top: 40, bottom: 40, left: 40, right: 40 } },
    canvasLabel: t.findings.mapLabel,
    onClick: (candidates) => onPlace(candidates.find(({ layer, selection }) => layer === 'place' && selection.type === 'place')?.selection.id),
    onMove: () => undefined,
    onHoverPlace: (placeId, { x, y }) => setHover(placeId === undefined ? undefined : { placeId, x, y }),
  });
  const under = hover === undefined ? undefined : here.get(hover.placeId);
  return (
    <div className="findings-map">
      <div className="map-canvas" ref={container} data-testid="findings-map" />
      {list.error !== undefined && <div className="map-problem"><ProblemAlert problem={list.error} onRetry={list.reload} /></div>}
      {(layerList.data === undefined || list.data === undefined) && list.error === undefined && <Busy />}
      {under !== undefined && hover !== undefined && <div className="map-tip" style={{ left: hover.x, top: hover.y }}><strong>{under.name}</strong><span>{t.checkup.findingsOf(f.integer(under.count))}</span></div>}
      <div className="workspace-over">
        <Segmented size="small" className="panel-switch" aria-label={t.checkup.level} value={level} onChange={(value) => setAsked(value as string)} options={LEVELS.filter((one) => (counts.get(one)?.size ?? 0) > 0).map((one) => ({ value: one, label: pick(LEVEL_WORDS[one]) }))} />
        {classes.classes.length > 0 && (
          <section className="checkup-legend panel" aria-label={t.checkup.legend}>
            <h2>{t.findings.perPlace}</h2>
            <ul className="legend-classes">
              {classes.classes.map(({ from, to, colour, places }, i) => (
                <li key={i}><span className="legend-square" style={{ background: colour }} aria-hidden="true" /><span>{from === to ? f.integer(from) : `${f.integer(from)} – ${f.integer(to)}`}</span><span className="legend-count">{f.integer(places)}</span></li>
              ))}
            </ul>
            <p className="quiet">{t.findings.mapHint}</p>
          </section>
        )}
      </div>
    </div>
  );
}
