/** Real turn restrictions, via nodes and via ways: what they forbid is never driven, and nobody else makes a detour. */
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { linkPoints } from '../../src/engine/graph/travel/link-points.ts';
import type { Network } from '../../src/engine/graph/network/network.ts';
import { writeNetwork } from '../../src/engine/graph/network/network.ts';
import type { PointLinks } from '../../src/engine/graph/travel/point-links.ts';
import { profileOf } from '../../src/engine/graph/travel/profile.ts';
import { UNREACHED } from '../../src/engine/graph/search/search-graph.ts';
import type { TravelGraph } from '../../src/engine/graph/travel/travel-graph.ts';
import { buildTravelGraph } from '../../src/engine/graph/travel/travel-graph.ts';
import { openFile } from '../../src/import/byte-source.ts';
import { readNetwork } from '../../src/import/osm/read-network.ts';
import type { TurnRule } from '../engine/plain-costs.ts';
import { costRow, costsFrom, isForbidden, listTurnRules, searchStreets } from '../engine/plain-costs.ts';

const FOLDER = '../shared/data/turn-restrictions';
const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.pbf')) : [];
/** Origins searched from, and ends whose ways are looked at: the plain search takes a second each. */
const FEW = 5;
/** With the usual costs of turns; and with none, so that forbidden U-turns by way of a street between would be taken. */
const PROFILES = [profileOf('drive', { leastVertices: 0 }), profileOf('drive', { leastVertices: 0, turnS: { left: 0, right: 0, straight: 0, uTurn: 90 } })];

async function networkOf(file: string): Promise<Network> {
  const source = await openFile(`${FOLDER}/${file}`);
  try {
    return (await readNetwork(source, { threads: 0 })).network;
  } finally {
    await source.close();
  }
}

/** The same streets without restrictions. */
function unrestricted({ meta, vertex, edge, way, gate }: Network): Network {
  const turn = { only: new Uint8Array(0), listEnds: new Uint32Array(0), edges: new Uint32Array(0), modes: new Uint8Array(0) };
  return writeNetwork({ ...meta, key: `${meta.key} unrestricted` }, { vertex, edge, way: { ...way, name: way.name.map(() => 0) }, turn, gate: { vertex: gate.vertex, hours: gate.hours.map(() => 0) } }, ['']);
}

/** The middle of an edge as longitude and latitude; of the piece of its shape in the middle. */
function middleOf({ vertex, edge }: Network, e: number): [number, number] {
  const shape = edge.shapeE7.subarray(2 * (e === 0 ? 0 : edge.shapeEnds[e - 1]), 2 * edge.shapeEnds[e]);
  const line = [...vertex.e7.subarray(2 * edge.from[e], 2 * edge.from[e] + 2), ...shape, ...vertex.e7.subarray(2 * edge.to[e], 2 * edge.to[e] + 2)];
  const k = 2 * Math.floor((line.length / 2 - 1) / 2);
  return [(line[k] + line[k + 2]) / 2e7, (line[k + 1] + line[k + 3]) / 2e7];
}

/** The half-edges of a cheapest way between two linked points by way of nodes, the first and the last in part. */
function halfEdgesOf(travel: TravelGraph, { costs, arcs, tails }: ReturnType<typeof costsFrom>, rules: readonly TurnRule[], links: PointLinks, p: number, q: number): number[] | undefined {
  const { chain, edge } = travel;
  let best = -1;
  let least = UNREACHED;
  for (let i = links.firstIn[q]; i < links.firstIn[q + 1]; i++) {
    const sum = costs[links.inNode[i]] + links.inCost[i];
    if (sum < least) {
      least = sum;
      best = i;
    }
  }
  if (best < 0) return undefined;
  const halvesOf = (directed: number): number[] => {
    const c = directed >>> 1;
    const along = Array.from(chain.edges.subarray(c === 0 ? 0 : chain.edgeEnds[c - 1], chain.edgeEnds[c]));
    return (directed & 1) === 0 ? along : along.reverse().map((half) => half ^ 1);
  };
  const directedChains: number[] = [];
  let node = links.inNode[best];
  for (; arcs[node] >= 0; node = tails[node]) directedChains.unshift(travel.arc.chain[arcs[node]]);
  // the state one starts from is the end of the chain the point lies on
  const first = halvesOf(travel.node.chain[node]);
  const start = first.findIndex((half) => half >>> 1 === links.edge[p]);
  const lastNode = links.inNode[best];
  // which way the last chain is driven: the direction whose turn from the last state costs what the pair says
  const own = edge.chain[links.edge[q]] >> 1;
  const tail = [2 * own, 2 * own + 1].map((directed) => {
    const halves = halvesOf(directed);
    return halves.slice(0, halves.findIndex((half) => half >>> 1 === links.edge[q]) + 1);
  });
  const { from, to } = travel.network.edge;
  const begins = tail.filter((halves) => ((halves[0] & 1) === 0 ? from : to)[halves[0] >>> 1] === travel.node.vertex[lastNode]);
  const fits = begins.filter((halves) => !isForbidden(rules, [...first.slice(start), ...directedChains.flatMap(halvesOf)], halves[0]));
  return [...first.slice(start), ...directedChains.flatMap(halvesOf), ...(fits[0] ?? begins[0])];
}

describe.skipIf(files.length === 0)(`turn restrictions${files.length === 0 ? ` (skipped: no files in ${FOLDER})` : ''}`, () => {
  it.each(files.flatMap((file) => PROFILES.map((profile) => [file, profile.turnS.left, profile] as const)))('%s: kept by every way found, and no way is longer than it must be, left turns at %i s', async (file, _, profile) => {
    const network = await networkOf(file);
    const travel = buildTravelGraph(network, profile);
    const free = buildTravelGraph(unrestricted(network), profile);
    // those over several streets first
    const rules = listTurnRules(network).toSorted((a, b) => b.sequence.length - a.sequence.length);
    expect(rules.length).toBeGreaterThan(0);
    // where restrictions matter: on the edges they name, and on every 200th other edge
    const edges = [...new Set([...rules.flatMap(({ sequence }) => sequence.map((half) => half >>> 1)), ...Array.from({ length: Math.floor(network.edge.from.length / 200) }, (_, i) => 200 * i)])].filter((e) => travel.edge.chain[e] >= 0);
    const lonLat = Float64Array.from(edges.flatMap((e) => middleOf(network, e)));
    const links = linkPoints(travel, lonLat);
    const freeLinks = linkPoints(free, lonLat);
    const byStreets = searchStreets(network, profile, links);
    let detours = 0;
    const few = Math.min(FEW, links.count);
    for (let p = 0; p < few; p++) {
      const row = costRow(travel, links, p);
      expect(row).toEqual(byStreets(p));
      const freeRow = costRow(free, freeLinks, p);
      const search = costsFrom(travel.graph, links, p);
      for (let q = 0; q < few; q++) {
        if (q === p) continue;
        expect(row[q]).toBeGreaterThanOrEqual(freeRow[q]);
        if (row[q] > freeRow[q]) detours++;
        const way = halfEdgesOf(travel, search, rules, links, p, q) ?? [];
        for (let i = 1; i < way.length; i++) if (isForbidden(rules, way.slice(Math.max(0, i - 8), i), way[i])) throw new Error(`${way.join()} breaks a restriction at ${i}`);
      }
    }
    // or the test would say nothing
    expect(detours).toBeGreaterThan(0);
  });
});
