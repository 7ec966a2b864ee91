// Chengmai's side of graph.mjs: a process that opens a graph file and answers commands, one JSON line each. Runs on built output.
//
//   build BOUND_MM            the search graph and its hierarchy, from the edge list: what is kept between queries
//   sum RADIUS_MM STEP        persons within the radius of every STEP-th node
//   nearest K RADIUS_MM C,C   the nearest K places of each of these categories, for all nodes
//   fused K RADIUS_MM         both at once, all categories, for all nodes
//   plain-sum, plain-nearest  the same from one search per origin, or per category or place, in plain TypeScript
//   threads T RADIUS_MM       sums for all nodes on T workers that are warm
//   quit
//
// cpuMs is processor time of the whole process (compiler and collector included) from the call to its result in typed arrays; hashes
// are made outside of it, and are those of the peer's driver.
import { createInterface } from 'node:readline';
import { BoundedSearch } from '../dist/engine/graph/search/bounded-search.js';
import { buildHierarchy } from '../dist/engine/graph/hierarchy/hierarchy.js';
import { linkAllNodes, linkNodes } from '../dist/engine/graph/travel/point-links.js';
import { findNearest, openNearest } from '../dist/engine/graph/nearest/nearest-k.js';
import { buildReachProfile } from '../dist/engine/graph/reach/reach-profile.js';
import { sumReachable } from '../dist/engine/graph/reach/reach-sums.js';
import { buildSearchGraph, UNREACHED } from '../dist/engine/graph/search/search-graph.js';
import { openSweepMemory } from '../dist/engine/graph/reach/sweep-memory.js';
import { openReachPool, sumReachableInThreads } from '../dist/engine/pool/parallel-reach.js';
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

const everywhere = linkAllNodes(nodeCount);
const facilities = places.map(linkNodes);
let graph;
let hierarchy;
let nearest;
let memory;

async function build(bound) {
  const { result: built, cpuMs: graphMs } = await timed(searchGraph);
  graph = built;
  const { result, cpuMs: hierarchyMs } = await timed(() => buildHierarchy(graph, { bound }));
  hierarchy = result;
  const { result: opened, cpuMs: tablesMs } = await timed(() => openNearest(graph, hierarchy));
  nearest = opened;
  const { result: copied, cpuMs: copyMs } = await timed(() => openSweepMemory(graph, hierarchy));
  memory = copied;
  return { cpuMs: hierarchyMs + tablesMs + copyMs, hierarchyMs, tablesMs, copyMs, graphMs, upEdges: hierarchy.upNode.length, levels: hierarchy.levelCount, core: hierarchy.coreCount, mb: Math.round(hierarchy.bytes.byteLength / 1e6) };
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

/** Answers for some categories, block by block: hashes are made while the clock stands. */
function nearestAnswers(blocks, k) {
  const whole = new Map();
  const categories = [];
  let cpu = 0;
  let wallMs = 0;
  for (;;) {
    const [cpuBefore, wallBefore] = [cpuMs(), performance.now()];
    const { value: block, done } = blocks.next();
    cpu += cpuMs() - cpuBefore;
    wallMs += performance.now() - wallBefore;
    if (done) return { cpuMs: cpu, wallMs, categories };
    const { category, firstOrigin, originCount, cost, facility } = block;
    if (originCount === nodeCount) {
      categories.push(nearestAnswer(category, k, cost, facility));
      continue;
    }
    if (!whole.has(category)) whole.set(category, { left: nodeCount, cost: new Uint32Array(nodeCount * k), facility: facility && new Int32Array(nodeCount * k) });
    const all = whole.get(category);
    all.cost.set(cost, firstOrigin * k);
    all.facility?.set(facility, firstOrigin * k);
    all.left -= originCount;
    if (all.left > 0) continue;
    categories.push(nearestAnswer(category, k, all.cost, all.facility));
    whole.delete(category);
  }
}

/** Blocks of sums and nearest places put together, while the clock stands. */
function profileAnswer(blocks, k) {
  const sums = new Float64Array(nodeCount);
  const costs = places.map(() => new Uint32Array(nodeCount * k));
  const ids = places.map(() => new Int32Array(nodeCount * k));
  let cpu = 0;
  let wallMs = 0;
  for (;;) {
    const [cpuBefore, wallBefore] = [cpuMs(), performance.now()];
    const { value: block, done } = blocks.next();
    cpu += cpuMs() - cpuBefore;
    wallMs += performance.now() - wallBefore;
    if (done) break;
    const { origins, sums: [[sum]], cost, facility } = block;
    for (let i = 0; i < origins.length; i++) {
      sums[origins[i]] = sum[i];
      for (let c = 0; c < places.length; c++) {
        const from = (c * origins.length + i) * k;
        for (let j = 0; j < k; j++) {
          costs[c][origins[i] * k + j] = cost[from + j];
          ids[c][origins[i] * k + j] = facility[from + j];
        }
      }
    }
  }
  return { cpuMs: cpu, wallMs, sum: sumAnswer({ result: sums }), categories: places.map((_, c) => nearestAnswer(c, k, costs[c], ids[c])) };
}

const pools = new Map();

/** A pool of so many threads that has been made before. */
function poolOf(threads) {
  if (!pools.has(threads)) pools.set(threads, openReachPool(threads));
  return pools.get(threads);
}

const everyNth = (sums, step) => (step === 1 ? sums : sums.filter((_, v) => v % step === 0));

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
  sum: async ([radius, step]) => {
    const query = { origins: everywhere, opportunities: everywhere, weights: [persons], limits: [Number(radius)] };
    const { result, ...times } = await timed(() => sumReachable({ graph, hierarchy, memory }, query));
    return { ...sumAnswer({ ...times, result: everyNth(result.sums[0][0], Number(step)) }), swept: nodeCount, kernelMb: Math.round(result.memoryBytes / 1e6), largest: result.largest };
  },
  // with "costs", what they are is not asked
  nearest: async ([k, radius, which, costs]) => {
    const chosen = which.split(',').map(Number);
    const question = { facilities: chosen.map((c) => facilities[c]), k: Number(k), limit: Number(radius), ids: costs !== 'costs' };
    const answer = nearestAnswers(findNearest(nearest, question), Number(k));
    for (const category of answer.categories) category.category = chosen[category.category];
    return answer;
  },
  fused: async ([k, radius]) => {
    const query = { origins: everywhere, opportunities: everywhere, weights: [persons], limits: [Number(radius)], facilities, k: Number(k), nearestLimit: Number(radius) };
    return profileAnswer(buildReachProfile({ graph, hierarchy, memory }, query), Number(k));
  },
  threads: async ([threads, radius]) => {
    const query = { origins: everywhere, opportunities: everywhere, weights: [persons], limits: [Number(radius)] };
    const run = await timed(() => sumReachableInThreads({ graph, hierarchy, memory }, query, { threads: Number(threads), pool: poolOf(Number(threads)) }));
    return sumAnswer({ ...run, result: run.result.sums[0][0] });
  },
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
for (const pool of pools.values()) await pool.close();
