/** Tags of the snapshot's streets, asked by name. */
import type { CityData } from './city-data.ts';

export interface StreetTags {
  /** Value of a tag of a way, '' where it has none. */
  get(way: number, key: string): string;
}

/** Numbers of keys are found once; a look-up walks the way's tags (a handful). */
export function streetTags(city: CityData): StreetTags {
  return city.memo('street-tags', () => {
    const { street, text } = city.snapshot;
    const numbers = new Map<string, number>();
    const seen = new Set<number>();
    for (const key of street.tagKey) {
      if (seen.has(key)) continue;
      seen.add(key);
      numbers.set(text(key), key);
    }
    return {
      get(way, key) {
        const number = numbers.get(key);
        if (number === undefined) return '';
        for (let t = way === 0 ? 0 : street.tagEnds[way - 1]; t < street.tagEnds[way]; t++) if (street.tagKey[t] === number) return text(street.tagValue[t]);
        return '';
      },
    };
  });
}

/** Ways of some classes (`highway`), without areas and what only some may use (inner roads of estates and works), ascending. */
export function listWays(city: CityData, classes: readonly string[]): Uint32Array {
  const { street, text } = city.snapshot;
  const wanted = new Set(classes);
  const isWanted = new Map<number, boolean>();
  const tags = streetTags(city);
  const ways: number[] = [];
  street.wayKind.forEach((kind, way) => {
    let counts = isWanted.get(kind);
    if (counts === undefined) isWanted.set(kind, (counts = wanted.has(text(kind))));
    if (counts && tags.get(way, 'area') !== 'yes' && !CLOSED.has(tags.get(way, 'access'))) ways.push(way);
  });
  return Uint32Array.from(ways);
}

const CLOSED = new Set(['private', 'no']);

/** 1 along the way, −1 against it, 0 both. */
export function oneWay(tags: StreetTags, way: number, highway: string): -1 | 0 | 1 {
  const value = tags.get(way, 'oneway');
  if (value === '-1' || value === 'reverse') return -1;
  if (value === 'yes' || value === '1' || value === 'true') return 1;
  if (value !== '') return 0;
  return highway === 'motorway' || highway === 'motorway_link' || tags.get(way, 'junction') === 'roundabout' ? 1 : 0;
}
