import type { PaddingOptions } from 'maplibre-gl';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { IsochroneAnswer } from '../../../base/network/reach/isochrone-api.ts';
import { boxOf, fromGeoJson } from '../../../engine/spatial/geometry.ts';
import { useSpeech } from '../../i18n/language.tsx';
import type { Shade } from '../../shell/appearance.tsx';
import type { CityMap, ClickPlace } from '../city-map.ts';
import { readIsochrones, USUAL_CHOICE, writeIsochrones } from './isochrone-address.ts';
import type { IsochroneChoice } from './isochrone-address.ts';
import { useIsochrones } from './use-isochrones.ts';
import type { Isochrones } from './use-isochrones.ts';

export interface IsochroneTool {
  /** Undefined while the tool is closed. */
  readonly choice: IsochroneChoice | undefined;
  readonly isochrones: Isochrones;
  /** Whether every click adds a place. */
  readonly several: boolean;
  setSeveral(several: boolean): void;
  click(place: ClickPlace): void;
  toggle(): void;
}

interface ToolInput {
  readonly cityId: string;
  readonly version: number;
  readonly shade: Shade;
  readonly map: CityMap | undefined;
  /** What the panels cover of the map, in px. */
  readonly covered: PaddingOptions;
  readonly query: URLSearchParams;
  readonly setQuery: (query: URLSearchParams, replace: boolean) => void;
}

/** The tool of isochrones: open or not is in the address; `i` opens it, Esc leaves it. */
export function useIsochroneTool({ cityId, version, shade, map, covered, query, setQuery }: ToolInput): IsochroneTool {
  const { t } = useSpeech();
  const choice = useMemo(() => readIsochrones(query), [query]);
  const [several, setSeveral] = useState(false);
  const write = useCallback((next: IsochroneChoice | undefined) => setQuery(writeIsochrones(new URLSearchParams(window.location.search), next), true), [setQuery]);
  const isochrones = useIsochrones({ cityId, version, choice, map, shade, handleLabel: t.isochrone.handle, onChoice: write });
  const open = choice !== undefined;
  useReveal(map, choice?.places.at(-1), covered);
  useArrival(map, isochrones.answer, covered);
  const toggle = useCallback(() => write(open ? undefined : USUAL_CHOICE), [write, open]);

  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape' && open && !isOverlay(event.target)) toggle();
      if ((event.key === 'i' || event.key === 'I') && !open && !isTyping(event.target)) toggle();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [open, toggle]);

  return { choice, isochrones, several, setSeveral, toggle, click: ({ lon, lat, add }) => isochrones.place([lon, lat], add || several) };
}

/** A new place that lies below a panel is brought out from there. */
function useReveal(map: CityMap | undefined, place: readonly [number, number] | undefined, covered: PaddingOptions): void {
  const latest = useRef(covered);
  useEffect(() => {
    latest.current = covered;
  });
  const [lon, lat] = place ?? [];
  useEffect(() => {
    if (map !== undefined && lon !== undefined && lat !== undefined) map.reveal([lon, lat], latest.current);
  }, [map, lon, lat]);
}

/** A link with isochrones and no view shows all of them. */
function useArrival(map: CityMap | undefined, answer: IsochroneAnswer | undefined, covered: PaddingOptions): void {
  const withoutView = useRef(window.location.hash === '' && new URLSearchParams(window.location.search).has('from'));
  useEffect(() => {
    const widest = answer?.features[0]?.geometry;
    if (!withoutView.current || map === undefined || widest === undefined) return;
    withoutView.current = false;
    const box = boxOf(fromGeoJson(widest));
    if (box[0] <= box[2]) map.flyTo(box, covered);
  }, [map, answer, covered]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

/** Menus, dialogs and the search leave on Esc themselves. */
function isOverlay(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="menu"], [role="dialog"], [role="combobox"], .ant-dropdown, .ant-modal') !== null;
}
