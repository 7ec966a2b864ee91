import { useMemo } from 'react';
import type { BatchList, CityDetail, LayerJson, PlaceJson } from '../../base/api.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { sortGroups } from '../i18n/population-group.ts';
import type { LayerChoice } from './map-address.ts';

/** Layers that a new map leaves out: they crowd it, or say again what facilities say. */
const OFF_AT_FIRST = new Set(['street-point', 'poi', 'place']);
/** Registers of events and devices: thousands of dots that answer a question only when it is asked. */
const REGISTERS = new Set(['cases', 'hotline', 'sensors', 'readings', 'tasks'].map((name) => `custom:${name}`));
/** An own layer of more features is a grid or a register: it would hide the map that it was brought to. */
const MOST_OWN_FEATURES = 500;
/** What makes a map by itself; without any of these the population is all there is to see. */
const GROUND = new Set(['street', 'building', 'land-use', 'water', 'transit-route', 'facility']);

export function isOnAtFirst({ id, count }: Pick<LayerJson, 'id' | 'count'>, layers: readonly Pick<LayerJson, 'id' | 'count'>[], level: string | undefined): boolean {
  if (id === 'poi') return !layers.some((one) => one.id === 'facility' && one.count > 0);
  // places painted by density say it already
  if (id === 'population') return level === undefined && !layers.some((one) => GROUND.has(one.id) && one.count > 0);
  if (id.startsWith('custom:')) return count <= MOST_OWN_FEATURES && !REGISTERS.has(id);
  return !OFF_AT_FIRST.has(id);
}

export function listVisible(layers: readonly LayerJson[], choice: LayerChoice): ReadonlySet<string> {
  const on = new Set(choice.on);
  const off = new Set(choice.off);
  return new Set(layers.filter((layer) => !off.has(layer.id) && (on.has(layer.id) || isOnAtFirst(layer, layers, choice.level))).map((layer) => layer.id));
}

/** The choice after a layer is switched; what a new map shows anyway is not named. */
export function switchLayer(layers: readonly LayerJson[], choice: LayerChoice, layerId: string, show: boolean): LayerChoice {
  const layer = layers.find((one) => one.id === layerId);
  const atFirst = layer !== undefined && isOnAtFirst(layer, layers, choice.level);
  const on = choice.on.filter((id) => id !== layerId);
  const off = choice.off.filter((id) => id !== layerId);
  if (show && !atFirst) on.push(layerId);
  if (!show && atFirst) off.push(layerId);
  return { ...choice, on, off };
}

const DRAWN_LEVELS: readonly PlaceJson['level'][] = ['city', 'district', 'block', 'community', 'zone', 'cell'];

export interface LevelCount {
  readonly level: PlaceJson['level'];
  readonly count: number;
}

/** What the layer list says of the city as a whole: its levels of places, and its persons by group, the drawn group first. */
export interface CityNumbers {
  readonly levels: readonly LevelCount[];
  readonly population: CityDetail['population'];
}

export function useCityNumbers(cityId: string, version: number): CityNumbers {
  const { data } = useResource<CityDetail>(cityPath(cityId), version);
  return useMemo(
    () => ({
      levels: DRAWN_LEVELS.map((level) => ({ level, count: data?.counts.places[level] ?? 0 })).filter(({ count }) => count > 0),
      population: sortGroups(data?.population ?? []),
    }),
    [data],
  );
}

interface SourceWords {
  readonly dataBy: string;
  readonly sampleData: string;
  readonly moreFiles: (n: string) => string;
}

const NAMED_FILES = 2;

/** Whom the map's data come from; what OpenStreetMap gives must be named. MapLibre takes it for HTML, so it may hold no markup. */
export function describeSources(list: BatchList | undefined, words: SourceWords): string {
  const current = (list?.batches ?? []).filter((batch) => batch.current && batch.kind === 'file');
  if (current.length === 0) return '';
  if (current.every((batch) => batch.who === 'sample')) return words.sampleData;
  const others = current.filter((batch) => batch.format !== 'osm-pbf').map((batch) => batch.fileName);
  const parts = [
    ...(others.length < current.length ? ['© OpenStreetMap (ODbL)'] : []),
    ...others.slice(0, NAMED_FILES),
    ...(others.length > NAMED_FILES ? [words.moreFiles(String(others.length - NAMED_FILES))] : []),
  ];
  return `${words.dataBy} ${parts.join(' · ')}`.replace(/[<>&"]/g, ' ');
}
