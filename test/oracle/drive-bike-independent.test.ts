/**
 * Riding and driving against a search that is written for itself from the documentation: from the raw OSM file to the seconds between random points.
 *
 * By hand with more: `ORIGINS=200 DESTINATIONS=100 npx vitest run test/oracle/drive-bike-independent.test.ts`; and every .pbf of a folder with `TOWNS=folder`.
 */
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/core/random.ts';
import { NoteBook } from '../../src/core/note.ts';
import { buildNetwork } from '../../src/engine/graph/network/build-network.ts';
import type { Network } from '../../src/engine/graph/network/network.ts';
import { PASS } from '../../src/engine/graph/network/network.ts';
import { linkPoints } from '../../src/engine/graph/travel/link-points.ts';
import { profileOf } from '../../src/engine/graph/travel/profile.ts';
import type { TravelProfile } from '../../src/engine/graph/travel/profile.ts';
import { UNREACHED } from '../../src/engine/graph/search/search-graph.ts';
import { buildTravelGraph } from '../../src/engine/graph/travel/travel-graph.ts';
import { openFile } from '../../src/import/byte-source.ts';
import { readNetworkSource } from '../../src/import/osm/read-network.ts';
import { costRow } from '../engine/plain-costs.ts';
import { PlainSearch } from './drive-bike-search.ts';
import type { Access, PlainTown, RawTown, Street } from './drive-bike-streets.ts';
import { plainTown, readRawTown } from './drive-bike-streets.ts';

const DATA = '../shared/data';
const TOWNS = ['porto-alegre', 'helsinki', 'turn-restrictions', ...(process.env['TOWNS'] ?? '').split(',').filter(Boolean)].map((town) => `${DATA}/${town}`);
const files = TOWNS.filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.pbf')).map((name) => `${folder}/${name}`));
const ORIGINS = Number(process.env['ORIGINS'] ?? 2);
const DESTINATIONS = Number(process.env['DESTINATIONS'] ?? 50);

const PROFILES: Readonly<Record<string, TravelProfile>> = {
  'drive, local streets at the ends, all pieces': profileOf('drive', { local: 'ends', leastVertices: 0 }),
  bike: profileOf('bike'),
  // by hand
  ...(process.env['ORIGINS'] !== undefined && {
    drive: profileOf('drive'),
    'bike, any stress, local streets at the ends': profileOf('bike', { maxStress: 4, local: 'ends' }),
    'drive in millimetres': profileOf('drive', { unit: 'mm' }),
    'drive at most 30 km/h, turns for nothing': profileOf('drive', { speedKmh: 30, turnS: { left: 0, right: 0, straight: 0, uTurn: 90 } }),
    'bike in millimetres, level 1': profileOf('bike', { unit: 'mm', maxStress: 1 }),
  }),
};

/** The product's network; ways to entrances, which the plain search does not invent, are left out of its source. */
async function readTown(path: string): Promise<{ network: Network; raw: RawTown }> {
  const file = await openFile(path);
  const again = await openFile(path);
  try {
    const source = await readNetworkSource(file, 0, {}, new NoteBook());
    const { points } = source;
    const tagKey = points.tagKey.map((key) => (['entrance'].includes(source.text(key)) ? 0 : key));
    const tagValue = points.tagValue.map((value) => (source.text(value) === 'subway_entrance' ? 0 : value));
    return { network: buildNetwork({ ...source, areas: [], points: { ...points, tagKey, tagValue } }).network, raw: await readRawTown(again) };
  } finally {
    await file.close();
    await again.close();
  }
}

/** Ways across squares. */
function waysAcross({ edge, vertex, way }: Network): { way: number; nodes: [number, number]; pass: Access }[] {
  const lines: { way: number; nodes: [number, number]; pass: Access }[] = [];
  // a gate's pieces stand where its node does
  const placeOf = (v: number): string => `${vertex.e7[2 * v]} ${vertex.e7[2 * v + 1]}`;
  const nodeAt = new Map<string, number>();
  vertex.id.forEach((id, v) => id > 0 && nodeAt.set(placeOf(v), id));
  const nodeOf = (v: number): number => (vertex.id[v] > 0 ? vertex.id[v] : (nodeAt.get(placeOf(v)) as number));
  edge.from.forEach((from, e) => {
    if (way.id[edge.way[e]] >= 0 || edge.lengthMm[e] === 0) return;
    lines.push({ way: way.id[edge.way[e]], nodes: [nodeOf(from), nodeOf(edge.to[e])], pass: (edge.forward[e] & PASS.walk) !== 0 ? 'yes' : 'local' });
  });
  return lines;
}

const keyOf = (way: number, line: readonly (readonly [number, number])[]): string => `${way}: ${line.join(' ')}`;

function lineOf({ vertex, edge }: Network, e: number): [number, number][] {
  const shape = edge.shapeE7.subarray(2 * (e === 0 ? 0 : edge.shapeEnds[e - 1]), 2 * edge.shapeEnds[e]);
  const flat = [...vertex.e7.subarray(2 * edge.from[e], 2 * edge.from[e] + 2), ...shape, ...vertex.e7.subarray(2 * edge.to[e], 2 * edge.to[e] + 2)];
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
}

/** Pairs whose costs differ, and how many were compared and how many of these are reached. */
function compare(network: Network, town: PlainTown, profile: TravelProfile, seed: number): { differences: string[]; pairs: number; reached: number } {
  const random = new Random(seed);
  const travel = buildTravelGraph(network, profile);
  const streets = new Map(town.streets.map((street) => [keyOf(street.way, street.line), street]));
  const used = Array.from(network.edge.from, (_, e) => e).filter((e) => travel.edge.chain[e] >= 0);
  const points = Array.from({ length: ORIGINS + DESTINATIONS }, () => {
    const line = lineOf(network, random.pick(used));
    const [lon, lat] = random.pick(line);
    return [lon / 1e7 + random.between(-0.0008, 0.0008), lat / 1e7 + random.between(-0.0005, 0.0005)];
  });
  const links = linkPoints(travel, Float64Array.from(points.flat()));
  // the pieces of a gate at a junction are all at one place: no telling which of them a point is on
  const linked = Array.from(links.edge, (e) => (e < 0 || network.edge.lengthMm[e] === 0 ? undefined : (streets.get(keyOf(network.way.id[network.edge.way[e]], lineOf(network, e))) as Street)));
  const places = linked.map((street, p) => (street === undefined ? undefined : { street, mm: links.alongMm[p] }));
  const plain = new PlainSearch(town, profile);
  const differences: string[] = [];
  let [pairs, reached] = [0, 0];
  const ends = [...places.keys()].filter((q) => places[q] !== undefined);
  for (const p of ends.filter((end) => end < ORIGINS)) {
    const ours = costRow(travel, links, p);
    const theirs = plain.costs(places[p]!, ends.map((q) => places[q]!));
    ends.forEach((q, i) => {
      const other = theirs[i] === Infinity ? UNREACHED : theirs[i] + links.offCost[p] + links.offCost[q];
      pairs++;
      if (ours[q] < UNREACHED) reached++;
      if (ours[q] !== other) differences.push(`${points[p].join()} → ${points[q].join()}: ${ours[q]} instead of ${other}`);
    });
  }
  return { differences, pairs, reached };
}

describe.skipIf(files.length === 0)(`riding and driving as the documentation says${files.length === 0 ? ` (skipped: no files in ${TOWNS.join(', ')})` : ''}`, () => {
  it.each(files)('%s', { timeout: 3_600_000 }, async (path) => {
    const { network, raw } = await readTown(path);
    const town = plainTown(raw, waysAcross(network));
    const lineKeys = new Set(town.streets.map(({ way, line }) => keyOf(way, line)));
    const unknown = Array.from(network.edge.from, (_, e) => e).filter((e) => !lineKeys.has(keyOf(network.way.id[network.edge.way[e]], lineOf(network, e))));
    expect([unknown.length, town.streets.length]).toEqual([0, network.edge.from.length]);
    for (const [name, profile] of Object.entries(PROFILES)) {
      const { differences, pairs, reached } = compare(network, town, profile, 7);
      if (process.env['ORIGINS'] !== undefined) process.stdout.write(`${path}, ${name}: ${pairs} pairs, ${reached} reached, ${differences.length} differ\n`);
      expect(differences, `${name}: ${differences.length} of ${pairs} pairs differ`).toEqual([]);
      expect(reached).toBeGreaterThan(pairs / 4);
    }
  });
});
