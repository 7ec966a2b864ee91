import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { densityBreaks } from '../density-breaks.ts';
import { allOf, byZoom, CELLS, geometryIs, SOURCE } from './style-input.ts';
import type { Drawing } from './style-input.ts';

/** Persons per km². */
const DENSITY: ExpressionSpecification = ['/', ['get', 'population'], ['max', 0.000001, ['/', ['get', 'areaM2'], 1_000_000]]];

function densityColour({ palette, group }: Drawing): ExpressionSpecification {
  const steps = densityBreaks(group).flatMap((from, index) => [from, palette.density[index + 1]]);
  return [
    'case',
    ['all', ['has', 'population'], ['has', 'areaM2']],
    ['step', DENSITY, palette.density[0], ...steps],
    palette.noData,
  ] as unknown as ExpressionSpecification;
}

/** What lies outside the built-up area is no unit of the level: its outline and a breath of colour. */
const fillOpacity = (within: number): ExpressionSpecification => ['case', ['has', 'outside'], 0.15, within];

/** Places of one level, painted by density. */
export function placeLayers(drawing: Drawing): LayerSpecification[] {
  const { level, palette } = drawing;
  if (level === undefined) return [];
  const isLevel: ExpressionSpecification = ['==', ['get', 'kind'], level];
  return [
    {
      id: 'place-fill',
      type: 'fill',
      source: level === 'cell' ? CELLS : SOURCE,
      'source-layer': 'place',
      filter: allOf(isLevel, geometryIs('Polygon')),
      paint: { 'fill-color': densityColour(drawing), 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 12, fillOpacity(0.78), 16, fillOpacity(0.5)] },
    },
    {
      id: 'place-edge',
      type: 'line',
      source: level === 'cell' ? CELLS : SOURCE,
      'source-layer': 'place',
      filter: allOf(isLevel, geometryIs('Polygon')),
      layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.placeEdge, 'line-width': level === 'cell' ? byZoom([10, 0.1], [14, 0.6]) : byZoom([8, 0.3], [12, 0.8], [16, 1.8]), 'line-opacity': level === 'cell' ? 0.4 : 0.7 },
    },
  ];
}

/** Where people live: a dot a point, its area in proportion to the persons. */
export function populationLayers({ palette, visible, shade }: Drawing): LayerSpecification[] {
  if (!visible.has('population')) return [];
  const persons: ExpressionSpecification = ['to-number', ['get', 'persons']];
  const colour = shade === 'dark' ? palette.density[4] : palette.density[5];
  return [
    {
      id: 'population-cell',
      type: 'fill',
      source: SOURCE,
      'source-layer': 'population',
      filter: geometryIs('Polygon'),
      // smoothed edges would leave a hairline between the cells
      paint: { 'fill-antialias': false, 'fill-color': colour, 'fill-opacity': ['interpolate', ['linear'], ['sqrt', persons], 0, 0.06, 8, 0.32, 20, 0.6, 60, 0.9] },
    },
    {
      id: 'population-point',
      type: 'circle',
      source: SOURCE,
      'source-layer': 'population',
      filter: geometryIs('Point'),
      paint: {
        'circle-color': colour,
        'circle-opacity': 0.55,
        'circle-radius': [
          'interpolate', ['exponential', 1.7], ['zoom'],
          10, ['max', 0.6, ['*', 0.12, ['sqrt', persons]]],
          17, ['max', 1.5, ['*', 1.6, ['sqrt', persons]]],
        ],
      },
    },
  ];
}
