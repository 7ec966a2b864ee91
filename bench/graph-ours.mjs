// Chengmai's side of graph.mjs: a process that opens a graph file and answers commands, one JSON line each. Runs on built output.
//
//   build BOUND_MM            the search graph and its hierarchy, from the edge list: what is kept between queries
//   sum RADIUS_MM STEP        persons within the radius of every STEP-th node
//   nearest K RADIUS_MM C,C   the nearest K places of each of these categories, for all nodes
//   fused K RADIUS_MM         both at once, all categories, for all nodes
//   plain-sum, plain-nearest  the same from one search per origin, or per category or place, in plain TypeScript
//   threads T sum|fused …     the same on T workers
//   quit
//
// cpuMs is processor time of the whole process (compiler and collector included) from the call to its result in typed arrays; hashes
// are made outside of it, and are those of the peer's driver.
import { createInterface } from 'node:readline';
import { BoundedSearch } from '../dist/engine/graph/bounded-search.js';
import { buildHierarchy } from '../dist/engine/graph/hierarchy.js';
import { linkAllNodes, linkNodes } from '../dist/engine/graph/point-links.js';
import { buildSearchGraph, UNREACHED } from '../dist/engine/graph/search-graph.js';
import { readGraphFile } from './graph-files.mjs';

const file = readGraphFile(process.argv[2]);
const { nodeCount, from, to, mm, persons, places } = file;

function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Runs the work and says how long it took on the processor and on the wall. */
async function timed(work) {
  const [cpu, wall] = [cpuMs(), performance.now()];
  const result = await work();
  return { result, cpuMs: cpuMs() - cpu, wallMs: performance.now() - wall };
}

const peakMb = () => Math.round(process.resourceUsage().maxRSS / 1024);

/** Order and value of all that is added, modulo 2³²; as in the driver. */
class Hash {
  value = 0;
  add(x) {
    this.value = (Math.imul(this.value, 31) + ((x + 1) | 0)) >>> 0;
  }
}

function searchGraph() {
  // each street is two arcs
  const both = (a, b) => {
    const list = new Uint32Array(2 * a.length);
    list.set(a);
    list.set(b, a.length);
    return list;
  };
  return buildSearchGraph(nodeCount, { from: both(from, to), to: both(to, from), cost: both(mm, mm) }).graph;
}

let graph;
let hierarchy;

async function build(bound) {
  const { result: built, cpuMs: graphMs } = await timed(searchGraph);
  graph = built;
  const { result, cpuMs: hierarchyMs } = await timed(() => buildHierarchy(graph, { bound }));
  hierarchy = result;
  return { cpuMs: hierarchyMs, graphMs, upEdges: hierarchy.upNode.length, levels: hierarchy.levelCount, core: hierarchy.coreCount, mb: Math.round(hierarchy.bytes.byteLength / 1e6) };
}

function sumAnswer({ result: sums, cpuMs: cpu, wallMs }) {
  const hash = new Hash();
  let total = 0;
  for (const sum of sums) {
    hash.add(sum);
    total += sum;
  }
  return { cpuMs: cpu, wallMs, origins: sums.length, total, hash: hash.value };
}

/** One category's answer; costs and numbers of places are at node × K + place in the row, UNREACHED where there is none. */
function nearestAnswer(category, k, costs, ids) {
  const hash = new Hash();
  const idHash = new Hash();
  let total = 0;
  let count = 0;
  for (let v = 0; v < nodeCount; v++) {
    for (let j = 0; j < k; j++) {
      const cost = costs[v * k + j];
      hash.add(cost >= UNREACHED ? -1 : cost);
      if (cost < UNREACHED) {
        total += cost;
        count++;
      }
    }
    for (let j = 0; j + 1 < k; j++) {
      const cost = costs[v * k + j];
      const tied = cost >= UNREACHED || (j > 0 && costs[v * k + j - 1] === cost) || costs[v * k + j + 1] === cost;
      if (!tied) idHash.add(ids[v * k + j]);
    }
  }
  return { category, total, count, hash: hash.value, ids: idHash.value };
}

function plainSums(radius, step) {
  const search = new BoundedSearch(graph);
  const sums = new Float64Array(Math.ceil(nodeCount / step));
  for (let i = 0; i < sums.length; i++) {
    search.clear();
    search.addSource(i * step);
    search.run(radius);
    let sum = 0;
    for (let r = 0; r < search.reachedCount; r++) sum += persons[search.reached[r]];
    sums[i] = sum;
  }
  return { sums, relaxed: search.relaxedCount };
}

/** Of one place: one search from all places of the category. Of several: one search from each place, lists kept in order. */
function plainNearest(k, radius, category) {
  const search = new BoundedSearch(graph, { direction: 'backward' });
  const costs = new Int32Array(nodeCount * k).fill(UNREACHED);
  const ids = new Int32Array(nodeCount * k).fill(-1);
  if (k === 1) {
    for (const node of places[category]) search.addSource(node);
    search.run(radius);
    for (let r = 0; r < search.reachedCount; r++) costs[search.reached[r]] = search.cost[search.reached[r]];
    return { costs, ids };
  }
  places[category].forEach((node, id) => {
    search.clear();
    search.addSource(node);
    search.run(radius);
    for (let r = 0; r < search.reachedCount; r++) {
      const v = search.reached[r];
      const cost = search.cost[v];
      let at = v * k + k;
      while (at > v * k && costs[at - 1] > cost) at--;
      if (at === v * k + k) continue;
      costs.copyWithin(at + 1, at, v * k + k - 1);
      ids.copyWithin(at + 1, at, v * k + k - 1);
      costs[at] = cost;
      ids[at] = id;
    }
  });
  return { costs, ids };
}

const commands = {
  build: ([bound]) => build(Number(bound)),
  'plain-sum': async ([radius, step]) => {
    const run = await timed(() => plainSums(Number(radius), Number(step)));
    return { ...sumAnswer({ ...run, result: run.result.sums }), relaxed: run.result.relaxed };
  },
  'plain-nearest': async ([k, radius, which]) => {
    const categories = [];
    for (const c of which.split(',').map(Number)) {
      const { result, cpuMs: cpu } = await timed(() => plainNearest(Number(k), Number(radius), c));
      categories.push({ ...nearestAnswer(c, Number(k), result.costs, result.ids), cpuMs: cpu });
    }
    return { categories };
  },
};

function say(answer) {
  process.stdout.write(`${JSON.stringify({ ...answer, peakMb: peakMb() })}\n`);
}

say({ task: 'open', nodes: nodeCount, commands: Object.keys(commands) });
for await (const line of createInterface({ input: process.stdin })) {
  const [task, ...rest] = line.split(' ');
  if (task === 'quit') break;
  try {
    const run = commands[task];
    if (!run) throw new Error(`no command ${task}`);
    say({ task, ...(await run(rest)) });
  } catch (error) {
    say({ error: error.stack });
  }
}
