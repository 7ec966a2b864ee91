import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { StreetClass } from './palette.ts';
import { allOf, byZoom, kindIn, SOURCE } from './style-input.ts';
import type { Drawing } from './style-input.ts';

interface StreetLook {
  readonly kinds: readonly string[];
  readonly minZoom: number;
  /** Width of the fill in px at the zoom levels of WIDTH_ZOOMS. */
  readonly widths: readonly [number, number, number, number];
}

const WIDTH_ZOOMS = [8, 13, 16, 19] as const;
/** From afar a casing as wide as from near would be all that is seen of a street. */
const RIM_GROWTH = [0.35, 0.9, 1.5, 2] as const;

/** From the least to the most important: later ones are drawn over earlier ones. */
export const STREET_LOOKS: Readonly<Record<StreetClass, StreetLook>> = {
  service: { kinds: ['service', 'track', 'busway', 'bus_guideway'], minZoom: 14, widths: [0, 0.5, 2.6, 12] },
  local: { kinds: ['residential', 'unclassified', 'living_street', 'road', 'pedestrian'], minZoom: 12, widths: [0, 1.2, 5, 22] },
  tertiary: { kinds: ['tertiary', 'tertiary_link'], minZoom: 11, widths: [0.3, 1.8, 7, 28] },
  secondary: { kinds: ['secondary', 'secondary_link'], minZoom: 9, widths: [0.5, 2.4, 9, 34] },
  primary: { kinds: ['primary', 'primary_link'], minZoom: 8, widths: [0.8, 3, 10.5, 38] },
  trunk: { kinds: ['trunk', 'trunk_link'], minZoom: 6, widths: [1, 3.4, 11.5, 42] },
  motorway: { kinds: ['motorway', 'motorway_link'], minZoom: 5, widths: [1.2, 3.8, 12.5, 46] },
};

const CLASSES = Object.keys(STREET_LOOKS) as StreetClass[];
const PATHS = ['footway', 'path', 'steps', 'cycleway', 'bridleway', 'corridor', 'sidewalk', 'crossing'];

/** A link road is 0.6 of its main road. */
function widthOf(look: StreetLook, extra: number): ExpressionSpecification {
  const linkKinds = look.kinds.filter((kind) => kind.endsWith('_link'));
  const stops = WIDTH_ZOOMS.flatMap((zoom, index) => {
    const width = look.widths[index];
    const rim = width === 0 ? 0 : extra * RIM_GROWTH[index];
    const value = linkKinds.length === 0 ? width + rim : ['case', kindIn(...linkKinds), 0.6 * width + rim, width + rim];
    return [zoom, value];
  });
  return ['interpolate', ['exponential', 1.4], ['zoom'], ...stops] as unknown as ExpressionSpecification;
}

const IS_BRIDGE: ExpressionSpecification = ['any', ['==', ['get', 'bridge'], 'yes'], ['==', ['get', 'bridge'], true]];
const IS_TUNNEL: ExpressionSpecification = ['any', ['==', ['get', 'tunnel'], 'yes'], ['==', ['get', 'tunnel'], true]];
const ON_GROUND: ExpressionSpecification = ['all', ['!', IS_BRIDGE], ['!', IS_TUNNEL]];

function streetLine(id: string, look: StreetLook, where: ExpressionSpecification, paint: object, round: boolean): LayerSpecification {
  return {
    id,
    type: 'line',
    source: SOURCE,
    'source-layer': 'street',
    minzoom: look.minZoom,
    filter: allOf(kindIn(...look.kinds), where),
    layout: { 'line-cap': round ? 'round' : 'butt', 'line-join': 'round' },
    paint,
  };
}

function pathLine(id: string, where: ExpressionSpecification, { palette }: Drawing): LayerSpecification {
  return {
    id,
    type: 'line',
    source: SOURCE,
    'source-layer': 'street',
    minzoom: 14,
    filter: allOf(kindIn(...PATHS), where),
    layout: { 'line-join': 'round' },
    paint: { 'line-color': palette.path, 'line-opacity': 0.75, 'line-width': byZoom([14, 0.5], [16, 1], [19, 2.4]), 'line-dasharray': [2.5, 1.6] },
  };
}

/** Tunnels faint, then the ground (all casings before all fills, so that crossings join), then bridges one class at a time. */
export function streetLayers(drawing: Drawing): LayerSpecification[] {
  const { palette, visible } = drawing;
  if (!visible.has('street')) return [];
  const colours = (name: StreetClass): readonly [string, string] => palette.street[name];
  const tunnels = CLASSES.map((name) =>
    streetLine(`street-tunnel-${name}`, STREET_LOOKS[name], IS_TUNNEL, {
      'line-color': colours(name)[1], 'line-opacity': 0.4, 'line-width': widthOf(STREET_LOOKS[name], 0), 'line-dasharray': [1.5, 1],
    }, false),
  );
  const casings = CLASSES.map((name) =>
    streetLine(`street-casing-${name}`, STREET_LOOKS[name], ON_GROUND, {
      'line-color': colours(name)[1], 'line-width': widthOf(STREET_LOOKS[name], 1.2),
    }, true),
  );
  const fills = CLASSES.map((name) =>
    streetLine(`street-${name}`, STREET_LOOKS[name], ON_GROUND, {
      'line-color': colours(name)[0], 'line-width': widthOf(STREET_LOOKS[name], 0),
    }, true),
  );
  const bridges = CLASSES.flatMap((name) => [
    streetLine(`street-bridge-casing-${name}`, STREET_LOOKS[name], IS_BRIDGE, {
      'line-color': palette.labelQuiet, 'line-opacity': 0.55, 'line-width': widthOf(STREET_LOOKS[name], 2.2),
    }, false),
    streetLine(`street-bridge-${name}`, STREET_LOOKS[name], IS_BRIDGE, {
      'line-color': colours(name)[0], 'line-width': widthOf(STREET_LOOKS[name], 0),
    }, true),
  ]);
  return [...tunnels, pathLine('street-path', ['!', IS_BRIDGE], drawing), ...casings, ...fills, ...bridges, pathLine('street-path-bridge', IS_BRIDGE, drawing)];
}

export function railwayLayers({ palette, visible }: Drawing): LayerSpecification[] {
  if (!visible.has('railway')) return [];
  const isTrack: ExpressionSpecification = ['all', ['==', ['geometry-type'], 'LineString'], ['!', kindIn('platform', 'abandoned', 'razed', 'disused')]];
  const underground: ExpressionSpecification = ['any', IS_TUNNEL, kindIn('subway')];
  return [
    {
      id: 'railway-underground',
      type: 'line',
      source: SOURCE,
      'source-layer': 'railway',
      minzoom: 11,
      filter: allOf(isTrack, underground),
      paint: { 'line-color': palette.rail, 'line-opacity': 0.5, 'line-width': byZoom([11, 0.6], [18, 2]), 'line-dasharray': [3, 3] },
    },
    {
      id: 'railway',
      type: 'line',
      source: SOURCE,
      'source-layer': 'railway',
      minzoom: 8,
      filter: allOf(isTrack, ['!', underground]),
      paint: { 'line-color': palette.rail, 'line-width': byZoom([8, 0.6], [14, 1.4], [18, 4]) },
    },
    {
      id: 'railway-ties',
      type: 'line',
      source: SOURCE,
      'source-layer': 'railway',
      minzoom: 14,
      filter: allOf(isTrack, ['!', underground], ['!', kindIn('tram', 'light_rail')]),
      paint: { 'line-color': palette.railGap, 'line-width': byZoom([14, 0.7], [18, 2.4]), 'line-dasharray': [5, 5] },
    },
  ];
}
