/** The street network out of the base is that of the file: on every kind of base, on the sample city and on a real one. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NoteBook } from '../../src/core/note.ts';
import { CityNetworks } from '../../src/base/network/city-networks.ts';
import { toNetworkSource } from '../../src/base/network/network-source.ts';
import { runImport } from '../../src/base/run.ts';
import { openSnapshot } from '../../src/base/snapshot/open-snapshot.ts';
import { buildNetwork } from '../../src/engine/graph/network/build-network.ts';
import type { Network } from '../../src/engine/graph/network/network.ts';
import type { NetworkSource } from '../../src/engine/graph/network/network-source.ts';
import { bytesSource, openFile } from '../../src/import/byte-source.ts';
import { readNetworkSource } from '../../src/import/osm/read-network.ts';
import { writeSampleCity } from '../../src/sample/write-city.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';

const REAL = '../shared/data/porto-alegre/poa_osm.pbf';
const TURNS = '../shared/data/turn-restrictions/reisterstown-via-restriction.pbf';

/** What a file's network is without the nodes that railways, fences and powerlines touch: the base keeps no ids of theirs. */
async function sourceOfFile(path: string): Promise<NetworkSource> {
  const file = await openFile(path);
  try {
    const source = await readNetworkSource(file, 0, {}, new NoteBook());
    return { ...source, nodes: { id: source.nodes.id, e7: source.nodes.e7 } };
  } finally {
    await file.close();
  }
}

/** By way of OSM: what may pass on each of its edges, with length and class. */
function edgesByWay({ edge, way, meta, vertex, name }: Network): Map<string, string[]> {
  const edges = new Map<string, string[]>();
  for (let e = 0; e < edge.from.length; e++) {
    const key = `${way.id[edge.way[e]]} ${name(edge.way[e])}`;
    const at = [edge.from[e], edge.to[e]].map((v) => `${vertex.e7[2 * v]},${vertex.e7[2 * v + 1]},${vertex.traits[v]},${vertex.delayS[v]}`).join('>');
    const text = [at, edge.forward[e], edge.backward[e], edge.lengthMm[e], meta.classes[edge.streetClass[e]], edge.traits[e], edge.driveKmh[e], edge.stress[e]].join(' ');
    edges.set(key, [...(edges.get(key) ?? []), text]);
  }
  for (const list of edges.values()) list.sort();
  return edges;
}

describe.each(TEST_BASES)('the network of the $kind base', ({ open }) => {
  let opened: TestBase;
  let folder: string;
  beforeAll(async () => {
    opened = await open();
    folder = await mkdtemp(join(tmpdir(), 'chengmai-network-'));
  });
  afterAll(async () => {
    await opened.remove();
    await rm(folder, { recursive: true });
  });

  async function compare(cityId: string, path: string): Promise<{ ours: Network; theirs: Network }> {
    const file = await openFile(path);
    try {
      await runImport(opened.base, { cityId, files: [{ source: file, options: {} }], who: 'test' });
    } finally {
      await file.close();
    }
    const ours = buildNetwork(toNetworkSource(await openSnapshot(opened.base, cityId))).network;
    const theirs = buildNetwork(await sourceOfFile(path)).network;
    expect(ours.meta.counts.edges).toBeGreaterThan(100);
    return { ours, theirs };
  }

  test('is the file’s to the last byte on the sample city', async () => {
    await writeSampleCity(folder, { persons: 200_000, seed: 7 });
    const { ours, theirs } = await compare('sample', join(folder, 'shifan.osm.pbf'));
    expect(edgesByWay(ours)).toEqual(edgesByWay(theirs));
    expect(ours.meta).toEqual(theirs.meta);
    expect(Buffer.compare(ours.bytes, theirs.bytes)).toBe(0);
  });

  test('is built once, kept on disk, and built again where a file is damaged', async () => {
    const first = await new CityNetworks(opened.base).get('sample');
    expect(first.counts.edges).toBeGreaterThan(5000);
    const bytes = await readFile(first.networkFile);
    expect(bytes.length - first.networkBytes).toBe(8);
    const written = (await stat(first.networkFile)).mtimeMs;
    expect(await new CityNetworks(opened.base).get('sample')).toEqual(first);
    expect((await stat(first.networkFile)).mtimeMs).toBe(written);
    for (const spoil of [() => truncate(first.networkFile, 1000), () => writeFile(first.opportunitiesFile, 'x'), () => rm(first.networkFile)]) {
      await spoil();
      const again = await new CityNetworks(opened.base).get('sample');
      expect(again).toEqual(first);
      expect(Buffer.compare(await readFile(first.networkFile), bytes)).toBe(0);
    }
  });

  test('changes with the city, and answers for a city without streets', async () => {
    const networks = new CityNetworks(opened.base);
    const streets = JSON.stringify({ type: 'FeatureCollection', features: [[[115.6, 32.58], [115.61, 32.58]], [[115.605, 32.575], [115.605, 32.585]]].map((coordinates, i) => ({ type: 'Feature', id: `s${i}`, properties: { highway: 'residential' }, geometry: { type: 'LineString', coordinates } })) });
    await runImport(opened.base, { cityId: 'small', files: [{ source: bytesSource('streets.geojson', new TextEncoder().encode(streets)), options: {} }], who: 'test' });
    const before = await networks.get('small');
    // two lines that cross without a common vertex
    expect(before.counts).toMatchObject({ vertices: 5, edges: 4, facilities: 0 });
    const shops = bytesSource('shops.csv', new TextEncoder().encode('fac_id,class,name,lon,lat,crs,floor_m2,land_m2,capacity,classes,open_hours,public,in_use\nF1,幼儿园,新园,115.604,32.58,WGS84,2000,3500,270,9,,yes,yes\n'));
    await runImport(opened.base, { cityId: 'small', files: [{ source: shops, options: {} }], who: 'test' });
    const after = await networks.get('small');
    expect(after.key).not.toBe(before.key);
    expect(after.counts).toMatchObject({ edges: 4, facilities: 1 });
    const answer = JSON.parse(await networks.isochrones('small', { places: [[115.605, 32.58]], mode: 'walk', minutes: [15], streets: false })) as { features: { properties: unknown }[] };
    // 0.005 degrees are 469 m eastwards and 554 m northwards: all four arms within 900 s
    expect(answer.features[0].properties).toMatchObject({ minutes: 15, facilities: { kindergarten: 1 } });
    expect(existsSync(before.networkFile)).toBe(false);
    await runImport(opened.base, { cityId: 'bare', files: [{ source: shops, options: {} }], who: 'test' });
    expect(await networks.state('bare', 60_000)).toMatchObject({ state: 'no-streets', key: null });
    await expect(networks.isochrones('bare', { places: [[115.6, 32.58]], mode: 'walk', streets: true })).rejects.toMatchObject({ kind: 'not-found', code: 'network/no-streets' });
    await networks.close();
  });

  test.skipIf(!existsSync(TURNS))('keeps what turn restrictions say', async () => {
    const { ours, theirs } = await compare('turns', TURNS);
    expect(ours.meta.counts.restrictions).toBeGreaterThan(0);
    expect([ours.turn.only, ours.turn.modes, ours.turn.listEnds]).toEqual([theirs.turn.only, theirs.turn.modes, theirs.turn.listEnds]);
  });

  test.skipIf(!existsSync(REAL))('is nearly the file’s on a real city: squares and platforms come without the ids of their nodes', async () => {
    const { ours, theirs } = await compare('real', REAL);
    for (const count of ['vertices', 'edges', 'ways', 'restrictions'] as const) expect(Math.abs(ours.meta.counts[count] - theirs.meta.counts[count])).toBeLessThanOrEqual(0.005 * theirs.meta.counts[count]);
    const [left, right] = [edgesByWay(ours), edgesByWay(theirs)];
    const odd = [...new Set([...left.keys(), ...right.keys()])].filter((way) => (left.get(way) ?? []).join('\n') !== (right.get(way) ?? []).join('\n'));
    expect(odd.length).toBeLessThan(0.005 * right.size);
  });
});
