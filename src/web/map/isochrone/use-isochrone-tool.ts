import { useCallback, useEffect, useMemo, useState } from 'react';
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
  readonly query: URLSearchParams;
  readonly setQuery: (query: URLSearchParams, replace: boolean) => void;
}

/** The tool of isochrones: open or not is in the address; `i` opens it, Esc leaves it. */
export function useIsochroneTool({ cityId, version, shade, map, query, setQuery }: ToolInput): IsochroneTool {
  const { t } = useSpeech();
  const choice = useMemo(() => readIsochrones(query), [query]);
  const [several, setSeveral] = useState(false);
  const write = useCallback((next: IsochroneChoice | undefined) => setQuery(writeIsochrones(new URLSearchParams(window.location.search), next), true), [setQuery]);
  const isochrones = useIsochrones({ cityId, version, choice, map, shade, handleLabel: t.isochrone.handle, onChoice: write });
  const open = choice !== undefined;
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

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

/** Menus, dialogs and the search leave on Esc themselves. */
function isOverlay(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="menu"], [role="dialog"], [role="combobox"], .ant-dropdown, .ant-modal') !== null;
}
