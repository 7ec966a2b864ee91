import type { LayerSpecification } from 'maplibre-gl';
import type { Drawing } from './style-input.ts';

/** The source of isochrones: its data come and go without the style. */
export const ISOCHRONES = 'isochrones';

const isType = (type: string): ['==', ['get', 'type'], string] => ['==', ['get', 'type'], type];

/** Areas below the streets: nested ones add up, the nearest is the strongest. */
export function isochroneAreas({ shade }: Drawing): LayerSpecification[] {
  // pale colours on a dark ground shine: less of them
  const opacity = shade === 'dark' ? 0.13 : 0.2;
  return [{ id: 'isochrone-fill', type: 'fill', source: ISOCHRONES, filter: isType('area'), paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': opacity, 'fill-antialias': false } }];
}

/** Reached streets, edges and places above the streets. */
export function isochroneLines(): LayerSpecification[] {
  return [
    {
      id: 'isochrone-streets', type: 'line', source: ISOCHRONES, filter: isType('streets'), layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': ['get', 'colour'], 'line-width': ['interpolate', ['linear'], ['zoom'], 11, 0.6, 14, 1.5, 17, 3.5], 'line-opacity': 0.85 },
    },
    { id: 'isochrone-edge', type: 'line', source: ISOCHRONES, filter: isType('area'), layout: { 'line-join': 'round' }, paint: { 'line-color': ['get', 'colour'], 'line-width': ['interpolate', ['linear'], ['zoom'], 10, 1, 15, 2] } },
  ];
}

export function isochronePlaces({ palette }: Drawing): LayerSpecification[] {
  return [
    {
      id: 'isochrone-place', type: 'circle', source: ISOCHRONES, filter: isType('place'),
      paint: { 'circle-radius': 7, 'circle-color': ['get', 'colour'], 'circle-stroke-color': palette.halo, 'circle-stroke-width': 2.5 },
    },
  ];
}
