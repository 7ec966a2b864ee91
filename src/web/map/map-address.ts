/**
 * What of the map is in the address: the view after #, the selection and the choice of layers in the query, so that a
 * link shows another reader the same map and the browser's back button works.
 */
import type { Box } from '../../engine/spatial/geometry.ts';

export interface Selection {
  readonly type: 'feature' | 'place' | 'facility';
  /** `batch/feature` of a feature; the place's or facility's own id. */
  readonly id: string;
}

export interface MapView {
  readonly zoom: number;
  readonly lat: number;
  readonly lon: number;
}

/** Layers that differ from what a new map shows, the facility kinds left out, and the level of places drawn by population density. */
export interface LayerChoice {
  readonly on: readonly string[];
  readonly off: readonly string[];
  readonly hiddenKinds: readonly string[];
  readonly level: string | undefined;
}

/** What navigation may hand the map beside the address: where to fly. */
export interface MapNavigationState {
  readonly fly?: Box;
}

export function readSelection(query: URLSearchParams): Selection | undefined {
  const value = query.get('select');
  const slash = value?.indexOf('/') ?? -1;
  if (value === null || slash < 0) return undefined;
  const type = value.slice(0, slash);
  if (type !== 'feature' && type !== 'place' && type !== 'facility') return undefined;
  return { type, id: value.slice(slash + 1) };
}

export function writeSelection(query: URLSearchParams, selection: Selection | undefined): URLSearchParams {
  const next = new URLSearchParams(query);
  if (selection === undefined) next.delete('select');
  else next.set('select', `${selection.type}/${selection.id}`);
  return next;
}

function readList(query: URLSearchParams, key: string): string[] {
  return (query.get(key) ?? '').split(',').filter((part) => part !== '');
}

export function readLayerChoice(query: URLSearchParams): LayerChoice {
  return { on: readList(query, 'on'), off: readList(query, 'off'), hiddenKinds: readList(query, 'hide'), level: query.get('level') ?? undefined };
}

export function writeLayerChoice(query: URLSearchParams, choice: LayerChoice): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const [key, list] of [['on', choice.on], ['off', choice.off], ['hide', choice.hiddenKinds]] as const) {
    if (list.length === 0) next.delete(key);
    else next.set(key, list.join(','));
  }
  if (choice.level === undefined) next.delete('level');
  else next.set('level', choice.level);
  return next;
}

export function parseView(hash: string): MapView | undefined {
  const match = /^#(\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)$/.exec(hash);
  if (match === null) return undefined;
  const [zoom, lat, lon] = match.slice(1).map(Number);
  return zoom <= 24 && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { zoom, lat, lon } : undefined;
}

/** Five decimals are about a metre: enough for a view. */
export function formatView({ zoom, lat, lon }: MapView): string {
  return `#${Number(zoom.toFixed(2))}/${lat.toFixed(5)}/${lon.toFixed(5)}`;
}

export function sameSelection(a: Selection | undefined, b: Selection | undefined): boolean {
  return a?.type === b?.type && a?.id === b?.id;
}
