// What an edit costs: nearest 5 of 20 categories and one sum, both within 1,200 m, for all nodes of a graph, kept up to date as facilities and
// streets change. Each kind of edit is made at 100 random places and taken back; CPU time of the process, milliseconds.
//
//   npm run build && node --expose-gc bench/what-if.mjs [g1m] [--limit-m 1200] [--edits 100] [--check]
//
// Not in the figures: reading the graph, its hierarchy, the base result (printed for itself). --check compares with a rebuild after 20 edits of each kind.
import { graphFile, readGraphFile } from './graph-files.mjs';
import { Random } from '../dist/core/random.js';
import { buildHierarchy } from '../dist/engine/graph/hierarchy/hierarchy.js';
import { collectNearest, openNearest } from '../dist/engine/graph/nearest/nearest-k.js';
import { linkAllNodes, linkNodes } from '../dist/engine/graph/travel/point-links.js';
import { sumReachable } from '../dist/engine/graph/reach/reach-sums.js';
import { buildSearchGraph, UNREACHED } from '../dist/engine/graph/search/search-graph.js';
import { AffectedNodes, GraphSearches } from '../dist/engine/graph/what-if/affected-origins.js';
import { EditableGraph, editBothWays, mapArcs, revertChanges } from '../dist/engine/graph/what-if/graph-edits.js';
import { WhatIf } from '../dist/engine/graph/what-if/what-if.js';

const SEED = 20261122;
const option = (name, otherwise) => (process.argv.includes(name) ? Number(process.argv[process.argv.indexOf(name) + 1]) : otherwise);
const name = process.argv[2]?.startsWith('g') || process.argv[2]?.startsWith('poa') ? process.argv[2] : 'g1m';
const limit = Math.round(option('--limit-m', 1200) * 1000);
const sumLimit = Math.min(limit, 1_200_000);
const count = option('--edits', 100);
const check = process.argv.includes('--check');

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const rssMb = () => process.memoryUsage().rss / 2 ** 20;
const print = (line) => process.stdout.write(`${line}\n`);

function describe(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(2);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return `mean ${mean.toFixed(2)}  median ${at(0.5)}  p90 ${at(0.9)}  p99 ${at(0.99)}  most ${at(1)}`;
}

const file = readGraphFile(await graphFile(name));
const { nodeCount, from, to, mm, persons, places } = file;
const both = (a, b) => {
  const list = new Int32Array(2 * a.length);
  list.set(a);
  list.set(b, a.length);
  return list;
};
const arcList = { from: both(from, to), to: both(to, from), cost: both(mm, mm) };
let start = cpuMs();
const { graph } = buildSearchGraph(nodeCount, arcList);
print(`${name}: ${nodeCount} nodes, ${graph.arcCount} arcs; limit ${limit / 1e6} km; graph built in ${(cpuMs() - start).toFixed(0)} ms`);

const nearest = { facilities: places.map((nodes) => linkNodes(nodes)), k: 5, limit };
// what is summed: rooms at every fourth place, of all categories
const sites = new Uint32Array(new Set(places.flatMap((nodes) => [...nodes])));
const random = new Random(SEED);
const rooms = Float64Array.from(sites, () => random.integer(1, 500));
const peopled = process.argv.includes('--persons');
const reach = peopled ? { opportunities: linkAllNodes(nodeCount), weights: [Float64Array.from(persons)], limits: [sumLimit] } : { opportunities: linkNodes(sites), weights: [rooms], limits: [sumLimit] };

start = cpuMs();
let hierarchy = buildHierarchy(graph, { bound: sumLimit });
print(`hierarchy ${(cpuMs() - start).toFixed(0)} ms`);
start = cpuMs();
const base = () => ({ nearest: collectNearest(openNearest(graph, hierarchy), nearest), sums: sumReachable({ graph, hierarchy }, { ...reach, origins: linkAllNodes(nodeCount) }).sums });
const known = base();
print(`base result ${(cpuMs() - start).toFixed(0)} ms, resident ${rssMb().toFixed(0)} MB`);
hierarchy = undefined;
globalThis.gc?.();
const before = rssMb();
start = cpuMs();
const session = new WhatIf({ graph, nearest, reach }, known);
print(`session opened in ${(cpuMs() - start).toFixed(0)} ms, resident ${before.toFixed(0)} → ${rssMb().toFixed(0)} MB`);

const anyNode = () => random.integer(0, nodeCount - 1);
const place = () => ({ links: linkNodes([anyNode()]), point: 0 });
const anyArc = () => {
  for (;;) {
    const v = anyNode();
    const { firstOut, head, cost } = session.graph;
    if (firstOut[v] === firstOut[v + 1]) continue;
    const arc = random.integer(firstOut[v], firstOut[v + 1] - 1);
    return { a: v, b: head[arc], cost: cost[arc] };
  }
};
const category = () => random.integer(0, places.length - 1);
/** One that has not been removed. */
const facility = () => {
  for (;;) {
    const c = category();
    const f = random.integer(0, places[c].length - 1);
    if (session.nearest.points[c].find(f) !== undefined) return { category: c, facility: f };
  }
};
const streets = (arcs) => [{ kind: 'streets', arcs }];
const KINDS = {
  'facility added': () => [{ kind: 'add-facility', category: category(), place: place() }],
  'facility added, with room in the sum': () => {
    const at = place();
    return [{ kind: 'add-facility', category: category(), place: at }, { kind: 'add-opportunity', place: at, weights: [100] }];
  },
  'facilities of all 20 categories added, with room': () => {
    const at = place();
    return [...places.map((_, c) => ({ kind: 'add-facility', category: c, place: at })), { kind: 'add-opportunity', place: at, weights: [100] }];
  },
  'facility removed': () => [{ kind: 'remove-facility', ...facility() }],
  'facility moved': () => [{ kind: 'move-facility', ...facility(), place: place() }],
  'street twice as dear': () => {
    const { a, b, cost } = anyArc();
    return streets(editBothWays(a, b, 2 * cost));
  },
  'street half as dear': () => {
    const { a, b, cost } = anyArc();
    return streets(editBothWays(a, b, cost >> 1));
  },
  'street closed': () => {
    const { a, b } = anyArc();
    return streets(editBothWays(a, b, UNREACHED));
  },
  'one-way street (one arc closed)': () => {
    const { a, b } = anyArc();
    return streets([{ from: a, to: b, cost: UNREACHED }]);
  },
  'street added, 400 m': () => {
    const a = anyNode();
    return streets(editBothWays(a, Math.min(nodeCount - 1, a + random.integer(1, 60)), 400_000, true));
  },
  '20 streets around closed': () => {
    const { firstOut, head } = session.graph;
    const a = anyNode();
    const arcs = [];
    for (let v = a; arcs.length < 40 && v < nodeCount; v++) if (firstOut[v + 1] > firstOut[v]) arcs.push(...editBothWays(v, head[firstOut[v]], UNREACHED));
    return streets(arcs);
  },
};
/** What edits of the graph alone cost, and how many nodes one street concerns. */
function measureGraph() {
  const t0 = cpuMs();
  const edited = new EditableGraph(graph);
  edited.roomy.cost.at(-1);
  const copyMs = cpuMs() - t0;
  const figures = { 'one arc changed': [], 'one arc put in': [], 'one arc taken out': [], '100 arcs put in': [], 'arcs numbered': [] };
  const timed = (what, work) => {
    const t = cpuMs();
    const result = work();
    figures[what].push(cpuMs() - t);
    return result;
  };
  const fresh = (arcs) => Array.from({ length: arcs }, () => ({ from: anyNode(), to: anyNode(), cost: 5 }));
  const { a, b, cost } = anyArc();
  edited.apply([{ from: a, to: b, cost: cost + 1 }]);
  for (let i = 0; i < 40; i++) {
    const arc = anyArc();
    timed('one arc changed', () => edited.apply([{ from: arc.a, to: arc.b, cost: arc.cost + 2 }]));
    const one = timed('one arc put in', () => edited.apply(fresh(1)));
    timed('one arc taken out', () => edited.apply(revertChanges(one)));
    edited.apply(revertChanges(timed('100 arcs put in', () => edited.apply(fresh(100)))));
    if (i < 5) timed('arcs numbered', () => mapArcs(graph, edited.graph));
  }
  print(`graph alone: copied in ${copyMs.toFixed(0)} ms (symmetric ${graph.symmetric}); both ways apart: ${Object.entries(figures).map(([what, values]) => `${what} ${median(values).toFixed(3)} ms`).join(', ')}`);
  const searches = new GraphSearches(new EditableGraph(graph));
  const affected = new AffectedNodes(nodeCount);
  const concerned = [];
  const within = [];
  for (let i = 0; i < 50; i++) {
    const arc = anyArc();
    const both = [[arc.a, arc.b], [arc.b, arc.a]].map(([from, to]) => ({ from, to, before: arc.cost, after: UNREACHED }));
    affected.collect(searches, both, sumLimit, 'backward');
    concerned.push(affected.take().length);
    within.push(searches.get('backward', ' far').reachedCount);
  }
  print(`a closed street concerns ${median(concerned)} of ${median(within)} nodes within reach`);
}
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const changedRows = ({ nearest: lists, sums }) => lists.reduce((sum, { origins }) => sum + origins.length, 0) + sums.reduce((sum, { origins }) => sum + origins.length, 0);

/** Edits of a kind, each made and taken back. */
function measure(makeEdits, times) {
  const made = [];
  const undone = [];
  let rows = 0;
  for (let i = 0; i < times; i++) {
    const edits = makeEdits();
    const t0 = cpuMs();
    const differences = session.apply(edits);
    const t1 = cpuMs();
    session.undo();
    undone.push(cpuMs() - t1);
    made.push(t1 - t0);
    rows += changedRows(differences);
  }
  return { made, undone, rows: rows / times };
}

measureGraph();
for (const [kind, makeEdits] of Object.entries(KINDS)) {
  const first = measure(makeEdits, 1);
  const { made, undone, rows } = measure(makeEdits, count);
  print(`${kind.padEnd(50)} first ${first.made[0].toFixed(1)}  ${describe(made)}  ms; undo median ${[...undone].sort((a, b) => a - b)[undone.length >> 1].toFixed(2)}; ${rows.toFixed(0)} rows differ`);
}
print(`peak resident ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);

if (check) {
  for (const makeEdits of Object.values(KINDS)) for (let i = 0; i < 20; i++) session.apply(makeEdits());
  const edited = session.graph;
  const again = buildSearchGraph(nodeCount, { from: Uint32Array.from({ length: edited.arcCount }, tailOf(edited)), to: edited.head, cost: edited.cost }).graph;
  hierarchy = buildHierarchy(again, { bound: sumLimit });
  const facilities = session.nearest.points.map((points) => points.list());
  const lists = collectNearest(openNearest(again, hierarchy), { ...nearest, facilities });
  const { sums } = sumReachable({ graph: again, hierarchy }, { ...reach, origins: linkAllNodes(nodeCount), opportunities: session.sums.points.list(), weights: session.sums.listWeights() });
  const same = (a, b) => a.length === b.length && a.every((value, i) => value === b[i]);
  print(`as a rebuild: costs ${same(lists.cost, session.nearest.lists.cost)}, facilities ${same(lists.facility, session.nearest.lists.facility)}, sums ${same(sums[0][0], session.sums.sums[0][0])}`);
  while (session.undo() !== undefined);
  const { nearest: differ, sums: differSums } = session.differences();
  print(`all undone: ${differ.length + differSums.length} differences; graph as before ${same(session.graph.head, graph.head) && same(session.graph.cost, graph.cost)}`);
}

function tailOf({ firstOut }) {
  let tail = 0;
  return (_, arc) => {
    while (firstOut[tail + 1] <= arc) tail++;
    return tail;
  };
}
