import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { allOf, FONT, FONT_BOLD, FONT_ITALIC, FONT_MEDIUM, geometryIs, kindIn, nameOf, SOURCE } from './style-input.ts';
import type { Drawing } from './style-input.ts';

const NAMED: ExpressionSpecification = ['any', ['has', 'name'], ['has', 'nameEn']];
const BIG_STREETS = ['motorway', 'trunk', 'primary', 'secondary'];

export function labelLayers(drawing: Drawing): LayerSpecification[] {
  return [...areaNames(drawing), ...streetNames(drawing), ...placeNames(drawing)];
}

function areaNames({ palette, visible, language }: Drawing): LayerSpecification[] {
  const layers: LayerSpecification[] = [];
  if (visible.has('water')) {
    layers.push(
      {
        id: 'water-name',
        type: 'symbol',
        source: SOURCE,
        'source-layer': 'water',
        filter: allOf(geometryIs('Polygon'), NAMED),
        minzoom: 11,
        layout: { 'text-field': nameOf(language), 'text-font': FONT_ITALIC, 'text-size': 12, 'text-max-width': 7, 'text-letter-spacing': 0.08 },
        paint: { 'text-color': palette.labelWater, 'text-halo-color': palette.halo, 'text-halo-width': 0.8 },
      },
      {
        id: 'waterway-name',
        type: 'symbol',
        source: SOURCE,
        'source-layer': 'water',
        filter: allOf(geometryIs('LineString'), NAMED),
        minzoom: 12,
        layout: { 'text-field': nameOf(language), 'text-font': FONT_ITALIC, 'text-size': 11.5, 'symbol-placement': 'line', 'symbol-spacing': 400, 'text-letter-spacing': 0.1 },
        paint: { 'text-color': palette.labelWater, 'text-halo-color': palette.halo, 'text-halo-width': 0.8 },
      },
    );
  }
  if (visible.has('land-use')) {
    layers.push({
      id: 'land-use-name',
      type: 'symbol',
      source: SOURCE,
      'source-layer': 'land-use',
      filter: allOf(geometryIs('Polygon'), NAMED),
      minzoom: 14,
      layout: { 'text-field': nameOf(language), 'text-font': FONT, 'text-size': 11, 'text-max-width': 7 },
      paint: {
        'text-color': ['case', kindIn('park', 'garden', 'forest', 'wood', 'nature_reserve', 'village_green', 'grass'), palette.labelGreen, palette.labelQuiet],
        'text-halo-color': palette.halo,
        'text-halo-width': 1.2,
      },
    });
  }
  if (visible.has('building')) {
    layers.push({
      id: 'building-name',
      type: 'symbol',
      source: SOURCE,
      'source-layer': 'building',
      filter: allOf(NAMED),
      minzoom: 16.5,
      layout: { 'text-field': nameOf(language), 'text-font': FONT, 'text-size': 10.5, 'text-max-width': 7 },
      paint: { 'text-color': palette.labelQuiet, 'text-halo-color': palette.halo, 'text-halo-width': 1 },
    });
  }
  return layers;
}

function streetNames({ palette, visible, language }: Drawing): LayerSpecification[] {
  if (!visible.has('street')) return [];
  const isBig = kindIn(...BIG_STREETS);
  const line = (id: string, filter: ExpressionSpecification, minzoom: number, medium: boolean): LayerSpecification => ({
    id,
    type: 'symbol',
    source: SOURCE,
    'source-layer': 'street',
    minzoom,
    filter: allOf(NAMED, filter),
    layout: {
      'text-field': nameOf(language),
      'text-font': medium ? FONT_MEDIUM : FONT,
      'text-size': ['interpolate', ['linear'], ['zoom'], 13, 10.5, 18, 13.5],
      'symbol-placement': 'line',
      'symbol-spacing': 320,
      'text-padding': 4,
      'text-letter-spacing': 0.03,
    },
    paint: { 'text-color': medium ? palette.label : palette.labelQuiet, 'text-halo-color': palette.halo, 'text-halo-width': 1.5 },
  });
  return [line('street-name-minor', ['!', isBig], 15, false), line('street-name', isBig, 12.5, true)];
}

const BIG_PLACES = ['country', 'state', 'province', 'region', 'county', 'municipality', 'city', 'town'];
const QUARTERS = ['suburb', 'borough', 'village', 'quarter', 'neighbourhood', 'hamlet', 'island'];
const MINOR_PLACES: readonly { id: string; kinds: readonly string[] | undefined; minZoom: number; size: number }[] = [
  // squares, blocks and localities: names of a street or two
  { id: 'place-name-spot', kinds: undefined, minZoom: 15.5, size: 10.5 },
  { id: 'place-name-quarter', kinds: QUARTERS, minZoom: 12, size: 11.5 },
];

function placeNames({ palette, visible, level, language }: Drawing): LayerSpecification[] {
  const layers: LayerSpecification[] = [];
  if (level !== undefined && level !== 'cell' && level !== 'building') {
    layers.push({
      id: 'place-label',
      type: 'symbol',
      source: SOURCE,
      'source-layer': 'place',
      filter: allOf(['==', ['get', 'kind'], level], geometryIs('Polygon')),
      layout: { 'text-field': nameOf(language), 'text-font': FONT_MEDIUM, 'text-size': 12, 'text-max-width': 7 },
      paint: { 'text-color': palette.label, 'text-halo-color': palette.halo, 'text-halo-width': 1.6 },
    });
  }
  // where places are painted, their own names stand alone until the street's scale
  const namesFrom = level === undefined ? 0 : 14.5;
  if (visible.has('place-name')) {
    layers.push(
      ...MINOR_PLACES.map(
        ({ id, kinds, minZoom, size }): LayerSpecification => ({
          id,
          type: 'symbol',
          source: SOURCE,
          'source-layer': 'place-name',
          minzoom: Math.max(minZoom, namesFrom),
          filter: allOf(kinds === undefined ? ['!', kindIn(...BIG_PLACES, ...QUARTERS)] : kindIn(...kinds)),
          layout: {
            'text-field': nameOf(language),
            'text-font': FONT_MEDIUM,
            'text-size': ['interpolate', ['linear'], ['zoom'], minZoom, size, 16, size + 3],
            'text-letter-spacing': 0.1,
            'text-max-width': 7,
          },
          paint: {
            'text-color': palette.labelQuiet,
            'text-halo-color': palette.halo,
            'text-halo-width': 1.6,
            'text-opacity': ['interpolate', ['linear'], ['zoom'], 16, 1, 17.5, 0],
          },
        }),
      ),
      {
        id: 'place-name-major',
        type: 'symbol',
        source: SOURCE,
        'source-layer': 'place-name',
        minzoom: Math.min(namesFrom, 14.9),
        maxzoom: 15,
        filter: allOf(kindIn('city', 'town', 'municipality')),
        layout: { 'text-field': nameOf(language), 'text-font': FONT_BOLD, 'text-size': ['interpolate', ['linear'], ['zoom'], 6, 12, 14, 19], 'text-max-width': 7 },
        paint: { 'text-color': palette.label, 'text-halo-color': palette.halo, 'text-halo-width': 2 },
      },
    );
  }
  return layers;
}
