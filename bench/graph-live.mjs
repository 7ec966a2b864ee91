// What has to be quick while somebody looks: isochrones with their polygons, and a facility added.
import { Random } from '../dist/core/random.js';
import { buildIsochrone } from '../dist/engine/graph/isochrone.js';
import { linkPoints } from '../dist/engine/graph/link-points.js';
import { profileOf } from '../dist/engine/graph/profile.js';
import { StreetSearch } from '../dist/engine/graph/reached-streets.js';
import { buildTravelGraph } from '../dist/engine/graph/travel-graph.js';
import { hasTown, townNetwork } from './graph-town.mjs';
import { median } from './measure.mjs';

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
  const [west, south, east, north] = network.meta.bbox;
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

export async function measureWhatIf() {
  return undefined;
}
