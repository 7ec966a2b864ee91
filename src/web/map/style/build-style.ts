import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { boundaryLayers, buildingLayers, groundLayers } from './areas.ts';
import { facilityLayers, poiLayers, transitLayers } from './facilities.ts';
import { isochroneAreas, isochroneLines, isochronePlaces, ISOCHRONES } from './isochrones.ts';
import { labelLayers } from './labels.ts';
import { PALETTES } from './palette.ts';
import { placeLayers, populationLayers } from './people.ts';
import { railwayLayers, streetLayers } from './streets.ts';
import { CELLS, FONT, geometryIs, nameOf, SOURCE } from './style-input.ts';
import type { Drawing, StyleInput } from './style-input.ts';

/** Tiles are cut up to here; nearer views draw these larger. */
const MAX_TILE_ZOOM = 16;

/** The whole map as MapLibre takes it, out of the city's own tiles: no sprite, no glyph server, nothing from elsewhere. */
export function buildStyle(input: StyleInput): StyleSpecification {
  const drawing: Drawing = { ...input, palette: PALETTES[input.shade] };
  const tiles = `${input.origin}/api/cities/${encodeURIComponent(input.cityId)}/tiles/{z}/{x}/{y}?revision=${input.revision}`;
  const bounds = input.box !== undefined && { bounds: [...input.box] as [number, number, number, number] };
  return {
    version: 8,
    name: `chengmai-${input.shade}`,
    // a change of colours is seen at once: a printed page waits for no fading
    transition: { duration: 0, delay: 0 },
    sources: {
      [SOURCE]: {
        type: 'vector',
        tiles: [tiles],
        minzoom: 0,
        maxzoom: MAX_TILE_ZOOM,
        attribution: input.attribution,
        ...bounds,
      },
      ...(input.level === 'cell' && {
        [CELLS]: {
          type: 'vector' as const,
          tiles: [`${tiles}&kind=cell&layers=place`],
          minzoom: 0,
          maxzoom: MAX_TILE_ZOOM,
          ...bounds,
        },
      }),
      // its data are the map's own: they change with every move of the pointer
      [ISOCHRONES]: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
      selected: {
        type: 'geojson',
        data: { type: 'FeatureCollection', features: input.selected === undefined ? [] : [{ type: 'Feature', properties: {}, geometry: input.selected }] },
      },
    },
    layers: [
      ...groundLayers(drawing),
      ...placeLayers(drawing),
      ...populationLayers(drawing),
      ...customAreas(drawing),
      ...buildingLayers(drawing),
      ...isochroneAreas(drawing),
      ...streetLayers(drawing),
      ...railwayLayers(drawing),
      ...boundaryLayers(drawing),
      ...customLines(drawing),
      ...isochroneLines(),
      ...transitLayers(drawing),
      ...selectedLayers(drawing),
      ...labelLayers(drawing),
      ...poiLayers(drawing),
      ...customPoints(drawing),
      ...facilityLayers(drawing),
      ...isochronePlaces(drawing),
    ],
  };
}

function visibleCustomLayers({ layers, visible }: Drawing): string[] {
  return layers.filter((layer) => layer.id.startsWith('custom:') && visible.has(layer.id)).map((layer) => layer.id);
}

/** Layers of the user's own, told apart by turning the hue from one to the next. */
export function customColour(index: number, palette: Drawing['palette']): string {
  const colours = [palette.custom, '#b8762b', '#4d72c4', '#7a9a2f', '#8b5fc0', '#2f9a8a'];
  return colours[index % colours.length];
}

function customIndex(drawing: Drawing, id: string): number {
  return drawing.layers.filter((layer) => layer.id.startsWith('custom:')).findIndex((layer) => layer.id === id);
}

/** Areas lie lightly below the streets: a grid over the whole city must not hide it. */
function customAreas(drawing: Drawing): LayerSpecification[] {
  return visibleCustomLayers(drawing).flatMap((id) => {
    const colour = customColour(customIndex(drawing, id), drawing.palette);
    const base = { source: SOURCE, 'source-layer': id, filter: geometryIs('Polygon') };
    return [
      { ...base, id: `${id}-fill`, type: 'fill', paint: { 'fill-color': colour, 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 11, 0.07, 15, 0.13] } },
      { ...base, id: `${id}-edge`, type: 'line', layout: { 'line-join': 'round' }, paint: { 'line-color': colour, 'line-opacity': 0.6, 'line-width': ['interpolate', ['linear'], ['zoom'], 9, 0.2, 12, 0.6, 15, 1.4] } },
    ] satisfies LayerSpecification[];
  });
}

function customLines(drawing: Drawing): LayerSpecification[] {
  return visibleCustomLayers(drawing).map((id) => ({
    id: `${id}-line`,
    type: 'line',
    source: SOURCE,
    'source-layer': id,
    filter: geometryIs('LineString'),
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': customColour(customIndex(drawing, id), drawing.palette), 'line-width': ['interpolate', ['linear'], ['zoom'], 9, 0.5, 15, 2.2] },
  }));
}

function customPoints(drawing: Drawing): LayerSpecification[] {
  const { palette } = drawing;
  return visibleCustomLayers(drawing).flatMap((id) => {
    const base = { source: SOURCE, 'source-layer': id, filter: geometryIs('Point') };
    return [
      {
        ...base,
        id: `${id}-point`,
        type: 'circle',
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 2, 17, 6],
          'circle-color': customColour(customIndex(drawing, id), palette),
          'circle-stroke-color': palette.halo,
          'circle-stroke-width': 1.2,
        },
      },
      {
        ...base,
        id: `${id}-name`,
        type: 'symbol',
        minzoom: 15,
        layout: { 'text-field': nameOf(drawing.language), 'text-font': FONT, 'text-size': 11, 'text-offset': [0, 0.9], 'text-anchor': 'top' },
        paint: { 'text-color': palette.label, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 },
      },
    ] satisfies LayerSpecification[];
  });
}

function selectedLayers({ palette }: Drawing): LayerSpecification[] {
  const base = { source: 'selected' };
  return [
    { ...base, id: 'selected-fill', type: 'fill', filter: geometryIs('Polygon'), paint: { 'fill-color': palette.selected, 'fill-opacity': 0.14 } },
    {
      ...base,
      id: 'selected-glow',
      type: 'line',
      filter: ['!', geometryIs('Point')],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': palette.selected, 'line-width': 9, 'line-opacity': 0.22, 'line-blur': 3 },
    },
    {
      ...base,
      id: 'selected-line',
      type: 'line',
      filter: ['!', geometryIs('Point')],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': palette.selected, 'line-width': 2.4 },
    },
    {
      ...base,
      id: 'selected-point',
      type: 'circle',
      filter: geometryIs('Point'),
      paint: { 'circle-radius': 17, 'circle-color': palette.selected, 'circle-opacity': 0.2, 'circle-stroke-color': palette.selected, 'circle-stroke-width': 2.4 },
    },
  ];
}
