// What has to be quick while somebody looks: isochrones with their polygons, and a facility added.
import { Random } from '../dist/core/random.js';
import { BoundedSearch } from '../dist/engine/graph/search/bounded-search.js';
import { buildHierarchy } from '../dist/engine/graph/hierarchy/hierarchy.js';
import { buildIsochrone } from '../dist/engine/graph/search/isochrone.js';
import { linkPoints } from '../dist/engine/graph/travel/link-points.js';
import { collectNearest, openNearest } from '../dist/engine/graph/nearest/nearest-k.js';
import { NearestSearch } from '../dist/engine/graph/nearest/nearest-search.js';
import { linkAllNodes, linkNodes } from '../dist/engine/graph/travel/point-links.js';
import { profileOf } from '../dist/engine/graph/travel/profile.js';
import { sumReachable } from '../dist/engine/graph/reach/reach-sums.js';
import { StreetSearch } from '../dist/engine/graph/search/reached-streets.js';
import { buildSearchGraph } from '../dist/engine/graph/search/search-graph.js';
import { buildTravelGraph } from '../dist/engine/graph/travel/travel-graph.js';
import { graphFile, readGraphFile } from './graph-files.mjs';
import { hasTown, townNetwork } from './graph-town.mjs';
import { median } from './measure.mjs';

const RADIUS = 1_200_000;

/** Two lists one after the other: a street is two arcs. */
function both(a, b) {
  const list = new Uint32Array(2 * a.length);
  list.set(a);
  list.set(b, a.length);
  return list;
}

const MODES = [
  ['walk', '15 minutes', [899]],
  ['walk', '5, 10, 15 minutes', [299, 599, 899]],
  ['bike', '5, 10, 15 minutes', [299, 599, 899]],
  ['drive', '5, 10, 15 minutes', [299, 599, 899]],
];

function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Isochrones around 40 random places of the town, warm: link the point, search, streets, polygons. Milliseconds. */
export async function measureIsochrones() {
  if (!hasTown) return [];
  const network = await townNetwork();
  const found = [];
  const travels = {};
  for (const [mode, text, limits] of MODES) {
    const travel = (travels[mode] ??= buildTravelGraph(network, profileOf(mode)));
    const streets = new StreetSearch(travel);
    const random = new Random(7);
    const at = Array.from({ length: 40 }, () => {
      const v = travel.node.vertex[random.integer(0, travel.graph.nodeCount - 1)];
      return Float64Array.of(network.vertex.e7[2 * v] / 1e7, network.vertex.e7[2 * v + 1] / 1e7);
    });
    let pieces = 0;
    const run = (place) => {
      const links = linkPoints(travel, place);
      const originE7 = place.map((degrees) => Math.round(degrees * 1e7));
      const isochrone = buildIsochrone(streets, links, [0], limits, { originE7 });
      pieces += isochrone.streets.count;
    };
    for (let warm = 0; warm < 2; warm++) at.forEach(run);
    const times = at.map((place) => {
      const [cpu, wall] = [cpuMs(), performance.now()];
      run(place);
      return { cpu: cpuMs() - cpu, wall: performance.now() - wall };
    });
    const cpus = times.map((t) => t.cpu);
    found.push({ mode, text, cpuMs: median(cpus), worstCpuMs: Math.max(...cpus), wallMs: median(times.map((t) => t.wall)), pieces: pieces / 120 });
  }
  return found;
}

/**
 * One facility more on a graph: nearest 5 of its category and a sum within 1,200 m, brought up to date at every node it changes. Twenty
 * facilities one after another; then everything is computed anew, and must be the same.
 */
export async function measureWhatIf(name) {
  const { nodeCount, from, to, mm, persons, places } = readGraphFile(await graphFile(name));
  const { graph } = buildSearchGraph(nodeCount, { from: both(from, to), to: both(to, from), cost: both(mm, mm) });
  const hierarchy = buildHierarchy(graph, { bound: RADIUS });
  const random = new Random(11);
  const before = places[12];
  const added = Int32Array.from({ length: 20 }, () => random.integer(0, nodeCount - 1));
  const facilities = linkNodes([...before, ...added]);
  const engine = openNearest(graph, hierarchy);
  const { cost, facility } = collectNearest(engine, { facilities: [linkNodes(before)], k: 5, limit: RADIUS });
  const everywhere = linkAllNodes(nodeCount);
  const weights = Int32Array.from(persons);
  const sum = () => sumReachable({ graph, hierarchy }, { origins: everywhere, opportunities: everywhere, weights: [weights], limits: [RADIUS] }).sums[0][0];
  const sums = sum();
  const [lists, backward] = [new NearestSearch(graph), new BoundedSearch(graph, { direction: 'backward' })];
  const times = { nearest: [], sums: [] };
  added.forEach((node, i) => {
    const start = cpuMs();
    lists.enter(facilities, before.length + i, before.length + i + 1, 5, RADIUS, cost, facility);
    const middle = cpuMs();
    backward.clear();
    backward.addSource(node);
    backward.run(RADIUS);
    for (let r = 0; r < backward.reachedCount; r++) sums[backward.reached[r]] += 10;
    times.nearest.push(middle - start);
    times.sums.push(cpuMs() - middle);
    weights[node] += 10;
  });
  const anew = collectNearest(engine, { facilities: [facilities], k: 5, limit: RADIUS });
  const same = cost.every((c, i) => c === anew.cost[i]) && facility.every((f, i) => f === anew.facility[i]) && sum().every((s, v) => s === sums[v]);
  return { name, nodeCount, same, nearestMs: median(times.nearest), sumMs: median(times.sums), worstMs: Math.max(...times.nearest.map((t, i) => t + times.sums[i])) };
}
