// Street graphs to measure on, the same bytes for Chengmai and for the peer: made once with a fixed seed, kept under bench/out.
//
//   npm run build && node bench/graph-files.mjs [poa poa16 g250k g1m g4m …]
//
// | name  | what |
// |-------|---|
// | poa   | the streets of Porto Alegre for walking, in millimetres, chains contracted, through our own import; largest piece |
// | porto | the same of Porto |
// | poa16, poa64, poa256 | 4 × 4, 8 × 8, 16 × 16 of them, every other one mirrored, eight stitches across each border: real topology at size |
// | g250k, g1m, g4m | a grid of 76 m with shaken corners, 22 % of its edges gone, 3 % diagonals, 0.2 % edges of 0.3–1.5 km; largest piece |
//
// Nodes are in Hilbert order. Streets go both ways. Persons and places are random: 0 … 59 persons at three nodes of four; 20 categories
// of 50 … 5,000 places in geometric steps, each on a node of its own within its category, at most an eighth of the nodes.
//
// File, all little-endian int32: magic "CMBG", version, nodes n, edges m, categories c, 0, 0, 0; n × (longitude, latitude) in 10⁻⁷
// degrees; from[m]; to[m]; length[m] in mm ≥ 1; persons[n]; places in each category [c]; then their nodes, category by category.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '../dist/core/random.js';
import { hilbertPositions, orderByKey } from '../dist/engine/graph/network/hilbert.js';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, 'out');
const MAGIC = 0x47424d43;
const VERSION = 1;
const SEED = 20261122;
const CATEGORIES = 20;
/** 10⁻⁷ degrees of latitude in a metre. */
const E7_PER_M = 1e7 / 111_195;

export const GRAPH_NAMES = ['poa', 'porto', 'poa16', 'poa64', 'poa256', 'g250k', 'g1m', 'g4m'];
const GRID_SIDE = { g250k: 514, g1m: 1028, g4m: 2056 };
/** Towns along one side of the square. */
const TOWN_SIDE = { poa16: 4, poa64: 8, poa256: 16 };

/** Keeps the nodes of the largest connected piece and the edges between them; loops go. */
function largestPiece({ nodeCount, e7, from, to, mm }) {
  const parent = Int32Array.from({ length: nodeCount }, (_, v) => v);
  const find = (v) => {
    while (parent[v] !== v) v = parent[v] = parent[parent[v]];
    return v;
  };
  for (let i = 0; i < from.length; i++) parent[find(from[i])] = find(to[i]);
  const size = new Uint32Array(nodeCount);
  for (let v = 0; v < nodeCount; v++) size[find(v)]++;
  const largest = size.indexOf(size.reduce((a, b) => Math.max(a, b), 0));
  const number = new Int32Array(nodeCount).fill(-1);
  let count = 0;
  for (let v = 0; v < nodeCount; v++) if (find(v) === largest) number[v] = count++;
  const kept = new Int32Array(2 * count);
  for (let v = 0; v < nodeCount; v++) if (number[v] >= 0) kept.set(e7.subarray(2 * v, 2 * v + 2), 2 * number[v]);
  const chosen = [];
  for (let i = 0; i < from.length; i++) if (number[from[i]] >= 0 && from[i] !== to[i]) chosen.push(i);
  const take = (list, name) => Int32Array.from(chosen, (i) => (name ? number[list[i]] : list[i]));
  return { nodeCount: count, e7: kept, from: take(from, true), to: take(to, true), mm: take(mm, false) };
}

function inHilbertOrder({ nodeCount, e7, from, to, mm }) {
  const order = orderByKey(hilbertPositions(e7));
  const place = new Int32Array(nodeCount);
  const sorted = new Int32Array(2 * nodeCount);
  for (let i = 0; i < nodeCount; i++) {
    place[order[i]] = i;
    sorted.set(e7.subarray(2 * order[i], 2 * order[i] + 2), 2 * i);
  }
  return { nodeCount, e7: sorted, from: from.map((v) => place[v]), to: to.map((v) => place[v]), mm };
}

function addPeopleAndPlaces(graph, random) {
  const { nodeCount } = graph;
  const persons = Int32Array.from({ length: nodeCount }, () => (random.chance(0.25) ? 0 : Math.floor(random.next() * random.next() * 60)));
  const places = Array.from({ length: CATEGORIES }, (_, c) => {
    const wanted = Math.min(Math.round(50 * 100 ** (c / (CATEGORIES - 1))), nodeCount >> 3);
    const nodes = new Set();
    while (nodes.size < wanted) nodes.add(random.integer(0, nodeCount - 1));
    return Int32Array.from(nodes);
  });
  return { ...graph, persons, places };
}

/** An edge list that grows. */
function edgeList() {
  const list = { from: [], to: [], mm: [] };
  const add = (a, b, metres) => {
    list.from.push(a);
    list.to.push(b);
    list.mm.push(Math.max(1, Math.round(metres * 1000)));
  };
  return { list, add };
}

function gridGraph(side, random) {
  const nodeCount = side * side;
  const x = new Float64Array(nodeCount);
  const y = new Float64Array(nodeCount);
  for (let v = 0; v < nodeCount; v++) {
    x[v] = (v % side) * 76 + random.between(-22, 22);
    y[v] = Math.floor(v / side) * 76 + random.between(-22, 22);
  }
  const { list, add } = edgeList();
  const join2 = (a, b, factor) => add(a, b, Math.hypot(x[a] - x[b], y[a] - y[b]) * factor);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const v = row * side + column;
      if (column + 1 < side && random.chance(0.78)) join2(v, v + 1, random.between(1, 1.12));
      if (row + 1 < side && random.chance(0.78)) join2(v, v + side, random.between(1, 1.12));
      if (column + 1 < side && row + 1 < side && random.chance(0.03)) join2(v, v + side + 1, random.between(1, 1.12));
    }
  }
  for (let i = 0; i < Math.round(nodeCount * 0.002); i++) {
    const [row, column, cells, angle] = [random.integer(0, side - 1), random.integer(0, side - 1), random.integer(4, 19), random.between(0, 2 * Math.PI)];
    const [row2, column2] = [Math.round(row + cells * Math.sin(angle)), Math.round(column + cells * Math.cos(angle))];
    if (row2 >= 0 && column2 >= 0 && row2 < side && column2 < side) join2(row * side + column, row2 * side + column2, random.between(1.02, 1.12));
  }
  const e7 = new Int32Array(2 * nodeCount);
  for (let v = 0; v < nodeCount; v++) {
    e7[2 * v] = Math.round(x[v] * E7_PER_M);
    e7[2 * v + 1] = Math.round(y[v] * E7_PER_M);
  }
  return { nodeCount, e7, ...list };
}

/** Copies of a town in a square, mirrored so that borders meet themselves, tied together where nodes are nearest to the border. */
function tiledGraph({ nodeCount, e7, from, to, mm }, side) {
  const STITCHES = 8;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let v = 0; v < nodeCount; v++) {
    west = Math.min(west, e7[2 * v]);
    east = Math.max(east, e7[2 * v]);
    south = Math.min(south, e7[2 * v + 1]);
    north = Math.max(north, e7[2 * v + 1]);
  }
  const [width, height] = [east - west + 200, north - south + 200];
  const tiled = new Int32Array(2 * nodeCount * side * side);
  const { list, add } = edgeList();
  for (let tile = 0; tile < side * side; tile++) {
    const [column, row] = [tile % side, Math.floor(tile / side)];
    const base = tile * nodeCount;
    for (let v = 0; v < nodeCount; v++) {
      const [dx, dy] = [e7[2 * v] - west + 100, e7[2 * v + 1] - south + 100];
      tiled[2 * (base + v)] = column * width + (column % 2 ? width - dx : dx);
      tiled[2 * (base + v) + 1] = row * height + (row % 2 ? height - dy : dy);
    }
    for (let i = 0; i < from.length; i++) add(base + from[i], base + to[i], mm[i] / 1000);
  }
  /** The nodes nearest to one side of the town, and how far they are from it, metres. */
  const nearest = (distance) => Array.from({ length: nodeCount }, (_, v) => v).sort((a, b) => distance(a) - distance(b) || a - b).slice(0, STITCHES).map((v) => [v, (distance(v) + 100) / E7_PER_M]);
  const sides = {
    west: nearest((v) => e7[2 * v] - west), east: nearest((v) => east - e7[2 * v]),
    south: nearest((v) => e7[2 * v + 1] - south), north: nearest((v) => north - e7[2 * v + 1]),
  };
  const stitch = (a, b, border) => border.forEach(([v, metres]) => add(a * nodeCount + v, b * nodeCount + v, 2 * metres));
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const tile = row * side + column;
      if (column + 1 < side) stitch(tile, tile + 1, column % 2 ? sides.west : sides.east);
      if (row + 1 < side) stitch(tile, tile + side, row % 2 ? sides.south : sides.north);
    }
  }
  return { nodeCount: nodeCount * side * side, e7: tiled, ...list };
}

/** The town's walking network in millimetres, from its OpenStreetMap file as the program itself reads it. */
async function townGraph(porto = false) {
  const { townGraph: readTown, PORTO } = await import('./graph-town.mjs');
  const { graph, e7 } = await readTown(porto ? PORTO : undefined);
  const list = { from: [], to: [], mm: [] };
  for (let v = 0; v < graph.nodeCount; v++) {
    for (let arc = graph.firstOut[v]; arc < graph.firstOut[v + 1]; arc++) {
      if (graph.head[arc] <= v) continue;
      list.from.push(v);
      list.to.push(graph.head[arc]);
      list.mm.push(Math.max(1, graph.cost[arc]));
    }
  }
  return { nodeCount: graph.nodeCount, e7, ...list };
}

/** Largest piece, Hilbert order, persons and places: what goes into a file. */
export function finish(graph) {
  return addPeopleAndPlaces(inHilbertOrder(largestPiece(graph)), new Random(SEED + 1));
}

export function writeGraphFile(path, graph) {
  const { nodeCount, e7, from, to, mm, persons, places } = graph;
  const parts = [Int32Array.of(MAGIC, VERSION, nodeCount, from.length, places.length, 0, 0, 0), e7, from, to, mm, persons, Int32Array.from(places, (p) => p.length), ...places];
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(`${path}.part`, 'w');
  for (const part of parts) writeSync(file, part);
  closeSync(file);
  renameSync(`${path}.part`, path);
}

export function readGraphFile(path) {
  const bytes = readFileSync(path);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const [magic, version, nodeCount, edgeCount, categories] = words;
  if (magic !== MAGIC || version !== VERSION) throw new Error(`${path} is no graph file of version ${VERSION}: remove it`);
  let at = 8;
  const take = (count) => words.subarray(at, (at += count));
  const graph = { nodeCount, edgeCount, e7: take(2 * nodeCount), from: take(edgeCount), to: take(edgeCount), mm: take(edgeCount), persons: take(nodeCount) };
  const counts = take(categories);
  return { ...graph, places: Array.from(counts, (count) => take(count)) };
}

async function makeGraph(name) {
  if (name === 'poa') return finish(await townGraph());
  if (name === 'porto') return finish(await townGraph(true));
  if (name in TOWN_SIDE) return finish(tiledGraph(readGraphFile(await graphFile('poa')), TOWN_SIDE[name]));
  if (name in GRID_SIDE) return finish(gridGraph(GRID_SIDE[name], new Random(SEED)));
  throw new Error(`no graph is called ${name}: ${GRAPH_NAMES.join(', ')}`);
}

/** Path of a graph's file; makes it where it is not there yet. */
export async function graphFile(name) {
  const path = join(out, `${name}.graph`);
  if (existsSync(path)) return path;
  process.stderr.write(`making ${name} …\n`);
  writeGraphFile(path, await makeGraph(name));
  return path;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2);
  for (const name of names.length > 0 ? names : GRAPH_NAMES) {
    const { nodeCount, edgeCount, mm, places, persons } = readGraphFile(await graphFile(name));
    const mean = mm.reduce((sum, length) => sum + length, 0) / edgeCount / 1000;
    process.stdout.write(`${name}: ${nodeCount} nodes, ${edgeCount} edges of ${mean.toFixed(1)} m, ${persons.reduce((a, b) => a + b, 0)} persons, ${places.reduce((sum, p) => sum + p.length, 0)} places\n`);
  }
}
