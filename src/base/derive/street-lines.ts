/** All streets of a city as flat arrays: read once, used for outlines, barriers, entrances and persons. */
import type { Session } from '../database.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { buildLine } from '../../engine/spatial/geometry.ts';
import { lengthM } from '../../engine/spatial/measure.ts';
import { strengthOfStreet } from '../places/barriers.ts';
import { isTownStreet } from '../places/built-up-rules.ts';
import type { NamedLine } from '../places/name-units.ts';
import { isWalked } from '../population/street-nodes.ts';
import { readLayer } from './read-columns.ts';

export interface DeriveScope {
  readonly cityId: string;
  /** File batches of the coming revision. */
  readonly batches: readonly number[];
}

export interface StreetLines {
  readonly coordinates: Float64Array;
  /** For each line the vertex after its last. */
  readonly ends: Uint32Array;
  readonly walked: Uint8Array;
  /** Strength as a barrier, 0 for none. */
  readonly strength: Uint8Array;
  /** 1 for streets that towns are made of. */
  readonly town: Uint8Array;
  readonly names: readonly (string | undefined)[];
  readonly namesEn: readonly (string | undefined)[];
}

/** All streets of the batches as one run of coordinates. */
export async function readStreetLines(database: Session, scope: DeriveScope): Promise<StreetLines> {
  const lines: Geometry[] = [];
  const kinds: string[] = [];
  const tunnels: (string | undefined)[] = [];
  const names: (string | undefined)[] = [];
  const namesEn: (string | undefined)[] = [];
  const chunks = readLayer(database, { ...scope, layer: 'street', columns: ['kind', `attributes->>'tunnel'`, 'name', 'name_en'], geometry: true });
  for await (const { columns, geometries } of chunks) {
    geometries.forEach((geometry, i) => {
      // squares drawn as areas are streets to no graph
      if (geometry.type !== 'LineString') return;
      lines.push(geometry);
      kinds.push(columns[0][i] ?? '');
      tunnels.push(columns[1][i]);
      names.push(columns[2][i]);
      namesEn.push(columns[3][i]);
    });
  }
  const coordinates = new Float64Array(lines.reduce((sum, line) => sum + line.coordinates.length, 0));
  const ends = new Uint32Array(lines.length);
  const walked = new Uint8Array(lines.length);
  const strength = new Uint8Array(lines.length);
  const town = new Uint8Array(lines.length);
  let at = 0;
  lines.forEach((line, i) => {
    coordinates.set(line.coordinates, at);
    at += line.coordinates.length;
    ends[i] = at / 2;
    walked[i] = isWalked(kinds[i]) ? 1 : 0;
    town[i] = isTownStreet(kinds[i]) ? 1 : 0;
    strength[i] = strengthOfStreet(kinds[i], { tunnel: tunnels[i] ?? null });
  });
  return { coordinates, ends, walked, strength, town, names, namesEn };
}

/** Street `i` as a line. */
export function lineAt(streets: StreetLines, i: number): Geometry {
  return buildLine(streets.coordinates.subarray(2 * (i === 0 ? 0 : streets.ends[i - 1]), 2 * streets.ends[i]));
}

/** Streets that have a name, with their length and a point near their middle. */
export function listNamedLines(streets: StreetLines): NamedLine[] {
  return streets.names.flatMap((name, i) => {
    if (name === undefined || streets.strength[i] === 0) return [];
    const line = lineAt(streets, i);
    const middle = 2 * Math.floor(line.coordinates.length / 4);
    return [{ name, nameEn: streets.namesEn[i], lengthM: lengthM(line), lon: line.coordinates[middle], lat: line.coordinates[middle + 1] }];
  });
}
