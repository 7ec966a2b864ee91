// How fast the sweeps could be on this machine at best: what they must touch, against what its caches and memory give.
//
//   node bench/graph-limit.mjs [poa16 …]
//
// Counted on the graph itself: nodes within the radius of single origins, of groups of 16 neighbours and of cells of 512, and the
// hierarchy's arcs among them. Timed by memory.mjs: 16 lanes relaxed from a row in the second cache, bytes streamed, a step of a search.
import { fileURLToPath } from 'node:url';
import { BoundedSearch } from '../dist/engine/graph/search/bounded-search.js';
import { buildHierarchy } from '../dist/engine/graph/hierarchy/hierarchy.js';
import { buildSearchGraph } from '../dist/engine/graph/search/search-graph.js';
import { graphFile, readGraphFile } from './graph-files.mjs';
import { measureMemory } from './memory.mjs';

const RADIUS = 1_200_000;
const GROUP = 16;
const CELL = 512;
const CATEGORIES = 20;
const SAMPLES = 60;

/** Mean number of nodes within the radius of `width` neighbours in Hilbert order, and of up-arcs among them. */
function meanBall(search, { firstUp, upNode }, nodeCount, width) {
  let nodes = 0;
  let arcs = 0;
  for (let i = 0; i < SAMPLES; i++) {
    const from = Math.floor((i * Math.max(0, nodeCount - width)) / SAMPLES);
    search.clear();
    for (let v = from; v < Math.min(nodeCount, from + width); v++) search.addSource(v);
    search.run(RADIUS);
    const within = new Set(search.reached.subarray(0, search.reachedCount));
    nodes += within.size;
    for (const v of within) for (let a = firstUp[v]; a < firstUp[v + 1]; a++) if (within.has(upNode[a])) arcs++;
  }
  return { nodes: nodes / SAMPLES, arcs: arcs / SAMPLES };
}

export async function estimateLimits(name, memory) {
  const { nodeCount, from, to, mm } = readGraphFile(await graphFile(name));
  const { graph } = buildSearchGraph(nodeCount, { from: [...from, ...to], to: [...to, ...from], cost: [...mm, ...mm] });
  const hierarchy = buildHierarchy(graph, { bound: RADIUS });
  const search = new BoundedSearch(graph);
  const own = meanBall(search, hierarchy, nodeCount, 1);
  const group = meanBall(search, hierarchy, nodeCount, GROUP);
  const cell = meanBall(search, hierarchy, nodeCount, CELL);
  const relaxUs = memory.relaxNs['512 kB'] / 1000;
  const bytesPerUs = memory.triadGBs * 1000;
  const upArcs = hierarchy.upNode.length / nodeCount;
  // a row of 16 lanes is made FAR, swept and summed: three passes over 64 bytes in the second cache, as the triad of it would be
  const rowUs = memory.relaxNs['512 kB'] / 1000;
  const perOrigin = {
    // no lane wasted: every lane's own nodes and arcs, 16 to an instruction group
    lanesFull: ((own.arcs + own.nodes) * relaxUs) / GROUP,
    // as swept: the union of 16 origins
    swept: (group.arcs * relaxUs + group.nodes * 2 * rowUs) / GROUP,
    // finding and renumbering the cell's ball, once for 512 origins: some 4 dependent loads of the second cache for each arc
    ball: (cell.nodes * (graph.arcCount / nodeCount + upArcs) * 4 * memory.latencyNs['256 kB']) / 1000 / CELL,
    // graph, hierarchy and answers once through memory
    memory: (8 * (graph.arcCount / nodeCount) + 8 * upArcs + 4 * 4 + 8) / bytesPerUs,
  };
  // nearest of all categories: rows of 20 costs twice read and written, arcs twice, and the answers
  const lanes = Math.ceil(CATEGORIES / 4) * 4;
  const nearest = {
    memory: (2 * 2 * 4 * lanes + 2 * 8 * upArcs + 2 * 4 * CATEGORIES) / bytesPerUs,
    relax: (2 * upArcs * relaxUs * lanes) / GROUP,
  };
  return { name, own, group, cell, upArcs, perOrigin, nearest };
}

export function printLimits({ name, own, group, cell, perOrigin, nearest }) {
  const us = (x) => `${x.toFixed(3)} µs`;
  process.stdout.write(`\n${name}: within 1,200 m of one origin ${Math.round(own.nodes)} nodes and ${Math.round(own.arcs)} up-arcs; of 16 ${Math.round(group.nodes)} and ${Math.round(group.arcs)}; of 512 ${Math.round(cell.nodes)} and ${Math.round(cell.arcs)}\n`);
  process.stdout.write(`sum, per origin, at best: ${us(perOrigin.lanesFull)} if no lane were wasted; ${us(perOrigin.swept)} for the sweeps over the union of 16; ${us(perOrigin.ball)} for the ball; ${us(perOrigin.memory)} for streaming everything once\n`);
  process.stdout.write(`nearest of 20, per node, at best: ${us(nearest.memory)} for streaming rows, ${us(nearest.relax)} for relaxing them\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const memory = await measureMemory(3);
  for (const name of process.argv.length > 2 ? process.argv.slice(2) : ['poa16']) printLimits(await estimateLimits(name, memory));
}
