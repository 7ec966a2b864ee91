import { useMemo } from 'react';
import type { BatchList, CityDetail, LayerJson, PlaceJson } from '../../base/api.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import type { LayerChoice } from './map-address.ts';

/** Layers that a new map leaves out: they crowd it, or say again what facilities say. */
const OFF_AT_FIRST = new Set(['street-point', 'poi', 'population']);
/** Registers of events and devices: thousands of dots that answer a question only when it is asked. */
const REGISTERS = new Set(['cases', 'hotline', 'sensors', 'readings', 'tasks'].map((name) => `custom:${name}`));

export function isOnAtFirst(layer: Pick<LayerJson, 'id'>, hasFacilities: boolean): boolean {
  if (layer.id === 'poi') return !hasFacilities;
  return !OFF_AT_FIRST.has(layer.id) && !REGISTERS.has(layer.id) && layer.id !== 'place';
}

export function listVisible(layers: readonly LayerJson[], choice: LayerChoice): ReadonlySet<string> {
  const hasFacilities = layers.some((layer) => layer.id === 'facility' && layer.count > 0);
  const on = new Set(choice.on);
  const off = new Set(choice.off);
  return new Set(layers.filter((layer) => !off.has(layer.id) && (on.has(layer.id) || isOnAtFirst(layer, hasFacilities))).map((layer) => layer.id));
}

/** The choice after a layer is switched; what a new map shows anyway is not named. */
export function switchLayer(layers: readonly LayerJson[], choice: LayerChoice, layerId: string, show: boolean): LayerChoice {
  const layer = layers.find((one) => one.id === layerId);
  const atFirst = layer !== undefined && isOnAtFirst(layer, layers.some((one) => one.id === 'facility' && one.count > 0));
  const on = choice.on.filter((id) => id !== layerId);
  const off = choice.off.filter((id) => id !== layerId);
  if (show && !atFirst) on.push(layerId);
  if (!show && atFirst) off.push(layerId);
  return { ...choice, on, off };
}

const DRAWN_LEVELS: readonly PlaceJson['level'][] = ['district', 'block', 'community', 'zone'];

export interface LevelCount {
  readonly level: PlaceJson['level'];
  readonly count: number;
}

/** Levels of which the city has more than one place: a single one makes no picture. */
export function usePopulatedLevels(cityId: string, version: number): readonly LevelCount[] {
  const { data } = useResource<CityDetail>(cityPath(cityId), version);
  return useMemo(
    () => DRAWN_LEVELS.map((level) => ({ level, count: data?.counts.places[level] ?? 0 })).filter(({ count }) => count > 0),
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
