import type { StyleSpecification } from 'maplibre-gl';
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useSpeech } from '../i18n/language.tsx';
import { CityMap } from './city-map.ts';
import type { Candidate, ClickPlace, MapStart } from './city-map.ts';
import type { MapView } from './map-address.ts';

interface CityMapInput {
  /** Undefined while what it is made of is still on its way; the map starts with the first style. */
  readonly style: StyleSpecification | undefined;
  readonly start: MapStart;
  readonly canvasLabel: string;
  readonly onClick: (candidates: readonly Candidate[], place: ClickPlace) => void;
  readonly onMove: (view: MapView) => void;
  readonly onHoverPlace?: (placeId: string | undefined, at: { readonly x: number; readonly y: number }) => void;
}

/** Keeps one {@link CityMap} in step with React: made with the first style, told of every change, removed at the end. */
export function useCityMap(input: CityMapInput): { container: RefObject<HTMLDivElement | null>; map: CityMap | undefined } {
  const { t } = useSpeech();
  const container = useRef<HTMLDivElement>(null);
  const latest = useRef(input);
  const [map, setMap] = useState<CityMap | undefined>(undefined);

  useEffect(() => {
    latest.current = input;
  });

  const hasStyle = input.style !== undefined;
  useEffect(() => {
    const { style, start, canvasLabel } = latest.current;
    if (!hasStyle || style === undefined || container.current === null) return undefined;
    const made = new CityMap(
      container.current,
      style,
      start,
      { 'ScaleControl.Meters': 'm', 'ScaleControl.Kilometers': 'km' },
      {
        onClick: (candidates, place) => latest.current.onClick(candidates, place),
        onMove: (view) => latest.current.onMove(view),
        onError: () => undefined,
        ...(latest.current.onHoverPlace !== undefined && { onHoverPlace: (placeId: string | undefined, at: { readonly x: number; readonly y: number }) => latest.current.onHoverPlace?.(placeId, at) }),
      },
    );
    made.label(canvasLabel);
    setMap(made);
    return () => {
      made.remove();
      setMap(undefined);
    };
  }, [hasStyle]);

  useEffect(() => {
    if (map !== undefined && input.style !== undefined) map.setStyle(input.style);
  }, [map, input.style]);
  useEffect(() => map?.label(t.map.canvasLabel), [map, t]);

  return { container, map };
}
