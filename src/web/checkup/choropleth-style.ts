/** The base map with one indicator painted over its places, and what stands behind it. */
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { GeoJsonGeometry } from '../../engine/spatial/geometry.ts';
import type { Shade } from '../shell/appearance.tsx';
import { PALETTES } from '../map/style/palette.ts';
import type { DetailLayer } from './checkup-address.ts';

export interface DetailFeature {
  readonly type: 'Feature';
  readonly properties: Readonly<Record<string, string | number | null>> & { readonly type: DetailLayer };
  readonly geometry: GeoJsonGeometry;
}
export interface DetailFeatures {
  readonly type: 'FeatureCollection';
  readonly features: readonly DetailFeature[];
  readonly total: number;
}

export interface PaintedPlace {
  readonly placeId: string;
  /** Undefined: no value. */
  readonly colour: string | undefined;
  /** Outside the built-up area: counted, never graded; hatched. */
  readonly outside?: boolean;
}

export interface Choropleth {
  readonly places: readonly PaintedPlace[];
  /** Places outlined as chosen, the second one dashed. */
  readonly chosen: readonly string[];
  readonly detail: DetailFeatures | undefined;
  readonly hidden: readonly DetailLayer[];
  readonly shade: Shade;
}

export const NO_VALUE: Readonly<Record<Shade, string>> = { light: '#d3d3cf', dark: '#3a4040' };
const UNSERVED: Readonly<Record<Shade, string>> = { light: '#b3124b', dark: '#ff86ac' };
const MARK: Readonly<Record<Shade, string>> = { light: '#4a3b8f', dark: '#b7a8ff' };
export const DETAIL_COLOURS: Readonly<Record<DetailLayer, Readonly<Record<Shade, string>>>> = {
  facility: { light: '#0d5c8c', dark: '#8fd0ff' }, unserved: UNSERVED, building: MARK, point: MARK, line: MARK,
};

const DETAIL = 'checkup-detail';

/** Colour of a place by its id: one list of ids a colour. */
function colourByPlace(places: readonly PaintedPlace[], shade: Shade): ExpressionSpecification | string {
  const byColour = new Map<string, string[]>();
  for (const { placeId, colour } of places) {
    if (colour === undefined) continue;
    const ids = byColour.get(colour);
    if (ids === undefined) byColour.set(colour, [placeId]);
    else ids.push(placeId);
  }
  if (byColour.size === 0) return NO_VALUE[shade];
  return ['match', ['to-string', ['get', 'place']], ...[...byColour].flatMap(([colour, ids]) => [ids, colour]), NO_VALUE[shade]] as unknown as ExpressionSpecification;
}

function detailLayers({ hidden, shade }: Choropleth): LayerSpecification[] {
  const palette = PALETTES[shade];
  const shows = (layer: DetailLayer): boolean => !hidden.includes(layer);
  const of = (layer: DetailLayer): { source: string; filter: ExpressionSpecification } => ({ source: DETAIL, filter: ['==', ['get', 'type'], layer] });
  const layers: LayerSpecification[] = [];
  if (shows('line')) {
    layers.push({ ...of('line'), id: `${DETAIL}-line`, type: 'line', layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': MARK[shade], 'line-width': ['interpolate', ['linear'], ['zoom'], 10, 1.4, 16, 5], 'line-opacity': 0.85 } });
  }
  if (shows('unserved')) {
    const persons: ExpressionSpecification = ['sqrt', ['to-number', ['get', 'persons'], 1]];
    layers.push({
      ...of('unserved'), id: `${DETAIL}-unserved`, type: 'circle',
      paint: {
        'circle-color': UNSERVED[shade], 'circle-opacity': 0.6,
        'circle-radius': ['interpolate', ['exponential', 1.6], ['zoom'], 10, ['max', 0.8, ['*', 0.14, persons]], 17, ['max', 2.5, ['*', 1.5, persons]]],
      },
    });
  }
  for (const layer of ['building', 'point'] as const) {
    if (!shows(layer)) continue;
    layers.push({ ...of(layer), id: `${DETAIL}-${layer}`, type: 'circle', paint: { 'circle-color': MARK[shade], 'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 1.8, 16, 5.5], 'circle-stroke-color': palette.halo, 'circle-stroke-width': 1 } });
  }
  if (shows('facility')) {
    layers.push({
      ...of('facility'), id: `${DETAIL}-facility`, type: 'circle',
      paint: { 'circle-color': DETAIL_COLOURS.facility[shade], 'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 2.6, 16, 7], 'circle-stroke-color': shade === 'dark' ? '#10181b' : '#ffffff', 'circle-stroke-width': 1.5 },
    });
  }
  return layers;
}

function chosenLayers({ chosen, shade }: Choropleth, edge: LayerSpecification): LayerSpecification[] {
  if (edge.type !== 'line') return [];
  const colour = PALETTES[shade].selected;
  return chosen.map((placeId, i): LayerSpecification => ({
    ...edge, id: `place-chosen-${i}`, filter: ['==', ['to-string', ['get', 'place']], placeId],
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': colour, 'line-width': 3.4, ...(i > 0 && { 'line-dasharray': [1.4, 1.6] }) },
  }));
}

/** `base` draws the places of a level by density (map/style/build-style.ts): the same shapes get the indicator's colours. */
export function paintIndicator(base: StyleSpecification, choropleth: Choropleth): StyleSpecification {
  const { places, shade, detail } = choropleth;
  const colour = colourByPlace(places, shade);
  const outside = places.filter((place) => place.outside === true).map(({ placeId }) => placeId);
  const isOutside = ['in', ['to-string', ['get', 'place']], ['literal', outside]] as unknown as ExpressionSpecification;
  const layers: LayerSpecification[] = [];
  const above: LayerSpecification[] = [];
  for (const layer of base.layers) {
    if (layer.id === 'place-fill' && layer.type === 'fill') {
      layers.push(
        { ...layer, paint: { 'fill-color': colour, 'fill-opacity': ['case', isOutside, 0.4, 0.82] } },
        { ...layer, id: 'place-outside', filter: ['all', layer.filter as ExpressionSpecification, isOutside], paint: { 'fill-pattern': `hatch/${shade}` } } as LayerSpecification,
      );
    } else if (layer.id === 'building' && layer.type === 'fill') {
      // houses help to find one's way and must not hide what is painted below them
      layers.push({ ...layer, paint: { ...layer.paint, 'fill-opacity': 0.35 } });
    } else if (layer.id === 'place-edge') {
      layers.push(layer);
      above.push(...chosenLayers(choropleth, layer));
    } else {
      layers.push(layer);
    }
  }
  return {
    ...base,
    sources: { ...base.sources, [DETAIL]: { type: 'geojson', data: (detail ?? { type: 'FeatureCollection', features: [] }) as never } },
    layers: [...layers, ...above, ...detailLayers(choropleth)],
  };
}

