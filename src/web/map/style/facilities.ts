import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { facilityImageId, iconOf } from '../icons.ts';
import { allOf, byZoom, FONT, FONT_MEDIUM, geometryIs, kindIn, nameOf, SOURCE } from './style-input.ts';
import type { Drawing } from './style-input.ts';

/** Kinds of which there is one at every corner: they wait until there is room, so that schools and clinics are seen. */
const MINOR = /shop|store|restaurant|cafe|canteen|bus|rail-entrance|parcel|refuse|waste|recycl|parking|charging|toilet|bank|atm|bicycle|post/;

/** A facility shows as a dot of its group's colour from the city's scale, and as its icon from the street's. */
export function facilityLayers(drawing: Drawing): LayerSpecification[] {
  const { palette, visible, shade, hiddenKinds, layers, level } = drawing;
  if (!visible.has('facility')) return [];
  const kinds = (layers.find((layer) => layer.id === 'facility')?.kinds ?? []).map(({ kind }) => kind);
  const shown = kinds.filter((kind) => !hiddenKinds.has(kind));
  const major = shown.filter((kind) => !MINOR.test(kind));
  const minor = shown.filter((kind) => MINOR.test(kind));
  const colours = kinds.flatMap((kind) => [kind, iconOf(kind, shade).colour]);
  // over places painted by density the dots would only be noise
  const dotsFrom = level === undefined ? 12.5 : ICONS_FROM - 0.5;
  return [
    {
      id: 'facility-area',
      type: 'fill',
      source: SOURCE,
      'source-layer': 'facility',
      minzoom: 15,
      filter: allOf(kindIn(...shown), geometryIs('Polygon')),
      paint: { 'fill-color': palette.labelGreen, 'fill-opacity': 0.07 },
    },
    {
      id: 'facility-dot',
      type: 'circle',
      source: SOURCE,
      'source-layer': 'facility',
      minzoom: dotsFrom,
      maxzoom: ICONS_FROM,
      // a circle stands at every corner of an area: those get one dot by the next layer
      filter: allOf(kindIn(...major), geometryIs('Point')),
      paint: {
        'circle-color': (colours.length === 0 ? palette.poi : ['match', ['get', 'kind'], ...colours, palette.poi]) as unknown as ExpressionSpecification,
        'circle-radius': byZoom([12, 1.2], [ICONS_FROM, 3.4]),
        'circle-stroke-color': palette.halo,
        'circle-stroke-width': byZoom([12, 0.4], [ICONS_FROM, 1]),
      },
    },
    {
      id: 'facility-area-dot',
      type: 'symbol',
      source: SOURCE,
      'source-layer': 'facility',
      minzoom: dotsFrom,
      maxzoom: ICONS_FROM,
      filter: allOf(kindIn(...major), geometryIs('Polygon')),
      layout: { 'icon-image': ['concat', facilityImageId(shade, ''), ['get', 'kind']], 'icon-size': ['interpolate', ['linear'], ['zoom'], 12, 0.16, ICONS_FROM, 0.34], 'icon-allow-overlap': true, 'icon-ignore-placement': true },
    },
    facilityIcons('facility-minor', minor, 16, drawing),
    facilityIcons('facility', major, ICONS_FROM, drawing),
  ];
}

const ICONS_FROM = 14;

function facilityIcons(id: string, kinds: readonly string[], minzoom: number, { palette, shade, language }: Drawing): LayerSpecification {
  return {
    id,
    type: 'symbol',
    source: SOURCE,
    'source-layer': 'facility',
    minzoom,
    filter: allOf(kindIn(...kinds)),
    layout: {
      'icon-image': ['concat', facilityImageId(shade, ''), ['get', 'kind']],
      'icon-size': ['interpolate', ['linear'], ['zoom'], ICONS_FROM, 0.6, 16, 0.82, 18, 1],
      'icon-padding': 1,
      'text-field': ['step', ['zoom'], '', 16, nameOf(language)],
      'text-font': FONT,
      'text-size': 11,
      'text-offset': [0, 1.15],
      'text-anchor': 'top',
      'text-max-width': 8,
      'text-optional': true,
    },
    paint: { 'text-color': palette.label, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 },
  };
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
        paint: { 'line-color': routeColour(palette.transit), 'line-opacity': ['interpolate', ['linear'], ['zoom'], 11, 0.25, 14, 0.5], 'line-width': byZoom([10, 0.4], [14, 1.3], [18, 3]) },
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
