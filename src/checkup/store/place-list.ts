/** The places of a check-up by number, kept with it: the city may have others by the time somebody reads it. Deflated JSON, a column each. */
import { deflateSync, inflateSync } from 'node:zlib';
import type { PlaceLevel } from '../../import/model.ts';
import type { CityData } from '../city/city-data.ts';

export interface PlaceList {
  readonly id: readonly string[];
  readonly zh: readonly string[];
  readonly en: readonly string[];
  readonly level: readonly PlaceLevel[];
  /** −1 for none. */
  readonly parent: readonly number[];
  /** 1 for 乡村及未建设地区. */
  readonly outside: readonly (0 | 1)[];
  /** null where unknown. */
  readonly population: readonly (number | null)[];
  readonly areaM2: readonly (number | null)[];
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

export function writePlaceList({ snapshot, tree }: CityData): Uint8Array<ArrayBuffer> {
  const { place } = snapshot;
  const texts = (numbers: Uint32Array): string[] => Array.from(numbers, (number) => snapshot.text(number));
  const list: PlaceList = {
    id: texts(place.id), zh: texts(place.nameZh), en: texts(place.nameEn), level: Array.from(place.level, (_, number) => tree.level(number)),
    parent: Array.from(place.parent), outside: Array.from(tree.outside) as (0 | 1)[], population: Array.from(place.population, known), areaM2: Array.from(place.areaM2, known),
  };
  return new Uint8Array(deflateSync(JSON.stringify(list), { level: 1 }));
}

export function readPlaceList(bytes: Uint8Array): PlaceList {
  return JSON.parse(inflateSync(bytes).toString()) as PlaceList;
}
