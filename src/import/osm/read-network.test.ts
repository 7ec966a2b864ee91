import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pbfFile } from '../../../test/pbf/craft-pbf.ts';
import type { CraftBlock, CraftNode } from '../../../test/pbf/craft-pbf.ts';
import { NoteBook } from '../../core/note.ts';
import { PASS, TRAIT } from '../../engine/graph/network/network.ts';
import type { Network } from '../../engine/graph/network/network.ts';
import { distanceM } from '../../engine/spatial/measure.ts';
import { buildNetwork } from '../../engine/graph/network/build-network.ts';
import { bytesSource, openFile } from '../byte-source.ts';
import { readElevation } from '../read-elevation.ts';
import { BlockPipeline } from './block-pipeline.ts';
import { BlockStrings } from './block-strings.ts';
import { readNetwork, readNetworkSource } from './read-network.ts';

const node = (id: number, lon: number, lat: number, tags?: Record<string, string>): CraftNode => ({ id, lon, lat, ...(tags && { tags }) });

/** A street 1–2–3 with a private gate at 2, a square of two ways, and a turn. */
const SMALL: CraftBlock[] = [
  {
    nodes: [
      node(1, 100, 30), node(2, 100.001, 30, { barrier: 'gate', access: 'private' }), node(3, 100.002, 30), node(4, 100.002, 30.001), node(5, 100.003, 30.001), node(6, 100.003, 30),
      node(7, 100.004, 30.001), node(8, 100.0005, 30.0001, { entrance: 'yes' }), node(9, 100.5, 30.5, { amenity: 'cafe' }),
    ],
  },
  {
    ways: [
      { id: 11, refs: [1, 2, 3], tags: { highway: 'residential', name: '长街', source: 'survey' } },
      { id: 12, refs: [3, 4, 5] },
      { id: 13, refs: [5, 6, 3] },
      { id: 14, refs: [5, 7], tags: { highway: 'footway' } },
      { id: 15, refs: [1, 9, 1], tags: { building: 'yes' } },
    ],
    relations: [
      { id: 21, tags: { type: 'multipolygon', highway: 'pedestrian' }, members: [{ type: 'way', id: 12, role: 'outer' }, { type: 'way', id: 13, role: 'outer' }] },
      { id: 22, tags: { type: 'restriction', restriction: 'no_u_turn' }, members: [{ type: 'way', id: 11, role: 'from' }, { type: 'node', id: 3, role: 'via' }, { type: 'way', id: 11, role: 'to' }] },
      { id: 23, tags: { type: 'restriction', restriction: 'no_left_turn' }, members: [{ type: 'way', id: 11, role: 'from' }] },
    ],
  },
];

const lengthsBetween = ({ edge, vertex }: Network): string[] => Array.from(edge.from, (from, e) => `${vertex.id[from]}-${vertex.id[edge.to[e]]} ${Math.round(edge.lengthMm[e] / 1000)} m`);

describe('a file', () => {
  it('becomes a network with its gates, squares, entrances and turns', async () => {
    const { network, notes } = await readNetwork(bytesSource('small.osm.pbf', pbfFile(...SMALL)));
    expect(notes.map((note) => note.code)).toEqual(['osm/incomplete-restriction']);
    expect(network.meta.counts.restrictions).toBe(1);
    expect(network.name(network.edge.way[0])).toBe('长街');
    // across the square from 3 to 5: 96 m by 111 m
    expect(lengthsBetween(network)).toContain('3-5 147 m');
    const gate = [...network.edge.lengthMm].indexOf(0);
    expect(network.edge.forward[gate] & PASS.walkLocal).toBe(PASS.walkLocal);
    expect([...network.vertex.id].filter((id) => id === 8)).toEqual([8]);
    expect([...network.vertex.id].includes(9)).toBe(false);
  });

  it('read in two passes, in threads and in any order of blocks is the same', async () => {
    const bytes = pbfFile(...SMALL);
    const plain = (await readNetwork(bytesSource('a.pbf', bytes))).network;
    const twice = buildNetwork(await readNetworkSource(bytesSource('a.pbf', bytes), 0, {}, new NoteBook(), 0)).network;
    const threaded = (await readNetwork(bytesSource('a.pbf', bytes), { threads: 1 })).network;
    const turned = (await readNetwork(bytesSource('a.pbf', pbfFile(...SMALL.toReversed())))).network;
    for (const other of [twice, threaded, turned]) expect(other.bytes).toEqual(plain.bytes);
  });

  it('without streets, damaged or given up says so', async () => {
    const none = bytesSource('none.osm.pbf', pbfFile({ nodes: [node(1, 100, 30)], ways: [{ id: 1, refs: [1, 1], tags: { building: 'yes' } }] }));
    await expect(readNetwork(none)).rejects.toMatchObject({ kind: 'input', code: 'import/no-streets', place: { file: 'none.osm.pbf' } });
    const pointless = bytesSource('far.osm.pbf', pbfFile({ ways: [{ id: 1, refs: [1, 2], tags: { highway: 'path' } }] }));
    await expect(readNetwork(pointless)).rejects.toMatchObject({ code: 'import/no-streets' });
    const bytes = pbfFile(...SMALL);
    await expect(readNetwork(bytesSource('cut.osm.pbf', bytes.slice(0, bytes.length - 20)))).rejects.toMatchObject({ kind: 'input', place: { file: 'cut.osm.pbf' } });
    const controller = new AbortController();
    controller.abort();
    await expect(readNetwork(bytesSource('a.pbf', bytes), {}, { signal: controller.signal })).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('says how far it is', async () => {
    const stages: string[] = [];
    await readNetwork(bytesSource('a.pbf', pbfFile(...SMALL)), {}, { report: ({ stage }) => stages.push(stage) });
    expect([...new Set(stages)]).toEqual(['network/ways', 'network/build']);
  });
});

const SHARED = join(import.meta.dirname, '../../../../shared/data');

/** A way of the file, for the twin below. */
interface PlainWay {
  readonly id: number;
  readonly refs: readonly number[];
  readonly tags: Readonly<Record<string, string>>;
}

async function readPlainly(path: string): Promise<{ ways: PlainWay[]; places: Map<number, [number, number]> }> {
  const source = await openFile(path);
  const pipeline = new BlockPipeline(source, 0);
  const ways: PlainWay[] = [];
  const places = new Map<number, [number, number]>();
  for await (const { block } of pipeline.decode({ wanted: { nodes: true, ways: true, relations: false } })) {
    if (block.columns === undefined) continue;
    const { nodes, ways: columns } = block.columns;
    const strings = new BlockStrings(block.columns.strings);
    for (let i = 0; i < nodes.count; i++) places.set(nodes.ids[i], [nodes.lonE7[i] / 1e7, nodes.latE7[i] / 1e7]);
    for (let i = 0; i < columns.count; i++) {
      const [tag, ref] = i === 0 ? [0, 0] : [columns.tagEnds[i - 1], columns.refEnds[i - 1]];
      ways.push({ id: columns.ids[i], refs: [...columns.refs.subarray(ref, columns.refEnds[i])], tags: strings.tags(columns.tags, tag, columns.tagEnds[i]) });
    }
  }
  await pipeline.close();
  await source.close();
  return { ways, places };
}

const PATHS = new Set(['pedestrian', 'path', 'bridleway', 'cycleway', 'footway', 'steps', 'platform', 'corridor', 'elevator', 'bus_stop']);
const OPEN = new Set('yes 1 true official unknown public permissive designated lane track shared_lane share_busway crossing'.split(' '));
const SHUT = new Set('no 0 false license restricted prohibited emergency use_sidepath dismount destination customers customer delivery forestry agricultural residents resident private'.split(' '));

/** Twin of the rules for walkers, written from R5's table alone: undefined where the way is no street. */
function walksPlainly(tags: PlainWay['tags']): boolean | undefined {
  const highway = tags['highway']?.split(';')[0];
  if (highway === undefined ? tags['public_transport'] !== 'platform' && tags['railway'] !== 'platform' : ['services', 'rest_area', 'raceway', 'no', 'construction', 'proposed'].includes(highway)) return undefined;
  if (tags['construction'] !== undefined || tags['proposed'] !== undefined || ['construction', 'proposed'].includes(tags['cycleway'] ?? '')) return undefined;
  const said = (key: string): boolean | undefined => {
    const value = tags[key]?.split(';')[0].trim().toLowerCase() ?? '';
    return OPEN.has(value) ? true : SHUT.has(value) ? false : undefined;
  };
  if (['both', 'left', 'right'].includes(tags['sidewalk'] ?? '')) return true;
  const byClass = highway === undefined || PATHS.has(highway) ? true : highway.startsWith('motorway') ? false : undefined;
  return said('foot') ?? byClass ?? said('access') ?? true;
}

/** Pieces between junctions that walkers may use, and their metres: by Maps and arrays. */
function countPlainly({ ways, places }: Awaited<ReturnType<typeof readPlainly>>): { edges: number; walked: number; metres: number } {
  const uses = new Map<number, number>();
  for (const { refs, tags } of ways) if (tags['building'] === undefined) for (const ref of refs) uses.set(ref, (uses.get(ref) ?? 0) + 1);
  const sum = { edges: 0, walked: 0, metres: 0 };
  for (const { refs, tags } of ways) {
    const walks = walksPlainly(tags);
    if (walks === undefined) continue;
    let piece = [refs[0]];
    for (const ref of refs.slice(1)) {
      if (ref !== piece.at(-1)) piece.push(ref);
      if ((uses.get(ref) ?? 0) < 2 && ref !== refs.at(-1)) continue;
      const at = piece.map((id) => places.get(id));
      if (at.length > 1 && at.every((place) => place !== undefined)) {
        sum.edges++;
        if (walks) {
          sum.walked++;
          at.forEach((place, i) => (sum.metres += i === 0 ? 0 : distanceM(at[i - 1]?.[0] ?? NaN, at[i - 1]?.[1] ?? NaN, place?.[0] ?? NaN, place?.[1] ?? NaN)));
        }
      }
      piece = [ref];
    }
  }
  return sum;
}

describe.skipIf(!existsSync(SHARED))('real files (skipped: ../shared is absent)', () => {
  it.each(['porto-alegre/poa_osm.pbf', 'porto/porto.osm.pbf', 'helsinki/Helsinki.osm.pbf'])('%s: the pieces that walkers may use, and their length, as counted by hand', async (file) => {
    const path = join(SHARED, file);
    const source = await openFile(path);
    const r5 = (await readNetwork(source, { measure: 'r5' })).network;
    const city = (await readNetwork(source)).network;
    await source.close();
    const plain = countPlainly(await readPlainly(path));
    const walked = Array.from(r5.edge.forward, (_, e) => e).filter((e) => (r5.edge.forward[e] & r5.edge.backward[e] & PASS.walk) !== 0);
    expect(r5.meta.counts.edges).toBe(plain.edges);
    expect(walked.length).toBe(plain.walked);
    const metres = walked.reduce((sum, e) => sum + r5.edge.lengthMm[e], 0) / 1000;
    expect(Math.abs(metres / plain.metres - 1)).toBeLessThan(0.004);
    // with gates, squares and entrances: no street is lost, and no metre of one
    const onStreets = (network: Network): number => network.edge.lengthMm.reduce((sum, mm, e) => sum + ((network.edge.traits[e] & (TRAIT.invented | TRAIT.ferry)) === 0 && (network.edge.forward[e] & PASS.walk) !== 0 ? mm : 0), 0) / 1000;
    expect(onStreets(city)).toBeGreaterThan(0.999 * plain.metres);
    for (const network of [r5, city]) expect(network.edge.from.every((from, e) => from < network.meta.counts.vertices && network.edge.to[e] < network.meta.counts.vertices)).toBe(true);
  });

  it('turn-restrictions: every sequence runs from vertex to vertex over edges that may be driven or ridden', async () => {
    for (const file of ['cathedral-no-left.pbf', 'reisterstown-via-restriction.pbf']) {
      const source = await openFile(join(SHARED, 'turn-restrictions', file));
      const { network, notes } = await readNetwork(source);
      await source.close();
      const { turn, edge } = network;
      expect(turn.only.length).toBeGreaterThan(30);
      const broken = notes.filter((note) => note.code === 'network/turn-via' || note.code === 'network/turn-unclear').reduce((sum, note) => sum + note.count, 0);
      expect(broken).toBeLessThan(0.05 * turn.only.length);
      turn.listEnds.forEach((end, t) => {
        const list = [...turn.edges.subarray(t === 0 ? 0 : turn.listEnds[t - 1], end)];
        expect(list.length).toBeGreaterThan(1);
        list.forEach((half, i) => {
          const pass = (half % 2 === 0 ? edge.forward : edge.backward)[half >> 1];
          expect(pass & (PASS.drive | PASS.driveLocal | PASS.bike | PASS.bikeLocal)).not.toBe(0);
          const start = (half % 2 === 0 ? edge.from : edge.to)[half >> 1];
          const before = list[i - 1];
          if (i > 0) expect(start).toBe((before % 2 === 0 ? edge.to : edge.from)[before >> 1]);
        });
      });
    }
  });

  it('heights: Porto Alegre rises from its lake', async () => {
    const dem = await openFile(join(SHARED, 'porto-alegre/poa_elevation.tif'));
    const heights = await readElevation(dem);
    await dem.close();
    const source = await openFile(join(SHARED, 'porto-alegre/poa_osm.pbf'));
    const { network } = await readNetwork(source, heights);
    await source.close();
    expect(network.meta.elevation).toBe(true);
    const known = network.vertex.elevationDm.filter((dm) => dm !== 0);
    expect(known.length).toBeGreaterThan(0.5 * network.meta.counts.vertices);
    expect(Math.max(...known)).toBeLessThan(3200);
    const { slopeForward = new Float32Array(0), slopeBackward = new Float32Array(0), lengthMm } = network.edge;
    // where it is steep it is steep one way: the dearer direction costs at least as much as the level, 1 / (1.2 · e^−0.175)
    const level = 1 / (1.2 * Math.exp(-0.175)) - 1;
    slopeForward.forEach((share, e) => {
      if (lengthMm[e] > 0) expect(Math.max(share, slopeBackward[e])).toBeGreaterThan(level - 1e-6);
    });
  });
});
