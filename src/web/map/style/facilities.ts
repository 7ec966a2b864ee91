import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { facilityImageId } from '../icons.ts';
import { allOf, byZoom, FONT, FONT_MEDIUM, geometryIs, kindIn, nameOf, SOURCE } from './style-input.ts';
import type { Drawing } from './style-input.ts';

/** A facility shows as a dot from the city's scale and as its icon from the street's. */
export function facilityLayers(drawing: Drawing): LayerSpecification[] {
  const { palette, visible, shade, hiddenKinds, language } = drawing;
  if (!visible.has('facility')) return [];
  const shown: ExpressionSpecification = hiddenKinds.size === 0 ? ['literal', true] as unknown as ExpressionSpecification : ['!', kindIn(...hiddenKinds)];
  return [
    {
      id: 'facility-area',
      type: 'fill',
      source: SOURCE,
      'source-layer': 'facility',
      minzoom: 14,
      filter: allOf(shown, geometryIs('Polygon')),
      paint: { 'fill-color': palette.labelGreen, 'fill-opacity': 0.08 },
    },
    {
      id: 'facility',
      type: 'symbol',
      source: SOURCE,
      'source-layer': 'facility',
      minzoom: 12,
      filter: allOf(shown),
      layout: {
        'icon-image': ['concat', facilityImageId(shade, ''), ['get', 'kind']],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 12, 0.45, 14, 0.62, 16, 0.85, 18, 1],
        'icon-padding': ['interpolate', ['linear'], ['zoom'], 12, ['literal', [1]], 17, ['literal', [0]]] as unknown as ExpressionSpecification,
        'text-field': ['step', ['zoom'], '', 16, nameOf(language)],
        'text-font': FONT,
        'text-size': 11,
        'text-offset': [0, 1.15],
        'text-anchor': 'top',
        'text-max-width': 8,
        'text-optional': true,
      },
      paint: { 'text-color': palette.label, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 },
    },
  ];
}

export function poiLayers({ palette, visible, language }: Drawing): LayerSpecification[] {
  const layers: LayerSpecification[] = [];
  if (visible.has('street-point')) {
    layers.push({
      id: 'street-point',
      type: 'circle',
      source: SOURCE,
      'source-layer': 'street-point',
      filter: geometryIs('Point'),
      paint: { 'circle-radius': byZoom([15, 1.2], [19, 4]), 'circle-color': palette.labelQuiet, 'circle-opacity': 0.7 },
    });
  }
  if (visible.has('poi')) {
    layers.push(
      {
        id: 'poi',
        type: 'circle',
        source: SOURCE,
        'source-layer': 'poi',
        paint: {
          'circle-radius': byZoom([14, 1.6], [19, 5]),
          'circle-color': palette.poi,
          'circle-stroke-color': palette.halo,
          'circle-stroke-width': 1,
        },
      },
      {
        id: 'poi-name',
        type: 'symbol',
        source: SOURCE,
        'source-layer': 'poi',
        minzoom: 17,
        layout: { 'text-field': nameOf(language), 'text-font': FONT, 'text-size': 10.5, 'text-offset': [0, 0.8], 'text-anchor': 'top', 'text-max-width': 8 },
        paint: { 'text-color': palette.labelQuiet, 'text-halo-color': palette.halo, 'text-halo-width': 1.2 },
      },
    );
  }
  return layers;
}

/** GTFS colours are six hex digits without the #. Routes that give none are drawn in the palette's blue. */
function routeColour(fallback: string): ExpressionSpecification {
  const colour: ExpressionSpecification = ['to-string', ['coalesce', ['get', 'color'], '']];
  return [
    'case',
    ['==', ['length', colour], 6], ['to-color', ['concat', '#', colour], fallback],
    ['==', ['length', colour], 7], ['to-color', colour, fallback],
    fallback,
  ] as unknown as ExpressionSpecification;
}

const RAIL_ROUTES = ['subway', 'rail', 'tram', 'light_rail', 'train', 'monorail', 'metro'];

export function transitLayers({ palette, visible, language }: Drawing): LayerSpecification[] {
  const layers: LayerSpecification[] = [];
  const isRail = kindIn(...RAIL_ROUTES);
  if (visible.has('transit-route')) {
    layers.push(
      {
        id: 'transit-route',
        type: 'line',
        source: SOURCE,
        'source-layer': 'transit-route',
        filter: allOf(['!', isRail]),
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: { 'line-color': routeColour(palette.transit), 'line-opacity': 0.45, 'line-width': byZoom([10, 0.5], [14, 1.3], [18, 3]) },
      },
      {
        id: 'transit-route-rail-casing',
        type: 'line',
        source: SOURCE,
        'source-layer': 'transit-route',
        filter: allOf(isRail),
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: { 'line-color': palette.halo, 'line-width': byZoom([9, 2.4], [14, 5], [18, 9]) },
      },
      {
        id: 'transit-route-rail',
        type: 'line',
        source: SOURCE,
        'source-layer': 'transit-route',
        filter: allOf(isRail),
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: { 'line-color': routeColour(palette.transit), 'line-width': byZoom([9, 1.4], [14, 3.2], [18, 6]) },
      },
    );
  }
  if (visible.has('transit-stop')) {
    layers.push(
      {
        id: 'transit-stop',
        type: 'circle',
        source: SOURCE,
        'source-layer': 'transit-stop',
        minzoom: 12,
        paint: {
          'circle-radius': byZoom([12, 1.1], [15, 3], [18, 6]),
          'circle-color': palette.halo,
          'circle-stroke-color': palette.transit,
          'circle-stroke-width': byZoom([12, 0.7], [18, 2.4]),
        },
      },
      {
        id: 'transit-stop-name',
        type: 'symbol',
        source: SOURCE,
        'source-layer': 'transit-stop',
        minzoom: 15.5,
        layout: { 'text-field': nameOf(language), 'text-font': FONT_MEDIUM, 'text-size': 11, 'text-offset': [0, 0.9], 'text-anchor': 'top', 'text-max-width': 8 },
        paint: { 'text-color': palette.labelTransit, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 },
      },
    );
  }
  return layers;
}
