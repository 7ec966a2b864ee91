/**
 * A travel graph whose search graph was edited (graph-edits.ts): catchments, matrices, ways and isochrones then answer for the edited streets.
 *
 * Arcs keep the chain of streets they stand for. A direction of a chain that no arc is left for is closed, so that reached streets do not
 * lead into it; a new arc stands for a chain of its own without edges, as long as the straight line between its ends (a bridge that is not built
 * yet has no streets to draw). All else is shared with the travel graph it comes from.
 *
 * What it does not know: of two chains side by side the search graph has only the cheaper one; closing that closes the way between the nodes, and
 * whoever wants the other one sets the arc to its cost. An arc that was made dearer or cheaper costs so as a whole; how far one comes along its
 * streets is still drawn at the old pace. Points keep their links: yards in a closed street still leave it by both ends.
 *
 * Time: two passes over the arcs; telling old from new takes 45 ms of 3.4 M arcs. Memory: 8 bytes an arc, 16 bytes a chain.
 */
import { metresPerDegree } from '../../spatial/measure.ts';
import { mapArcs } from './graph-edits.ts';
import type { SearchGraph } from '../search/search-graph.ts';
import { UNREACHED } from '../search/search-graph.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

function straightMm({ network, node }: TravelGraph, a: number, b: number): number {
  const { e7 } = network.vertex;
  const [p, q] = [2 * node.vertex[a], 2 * node.vertex[b]];
  const { lon, lat } = metresPerDegree((e7[p + 1] + e7[q + 1]) / 2e7);
  return Math.round(Math.hypot((e7[p] - e7[q]) * lon, (e7[p + 1] - e7[q + 1]) * lat) / 1e4);
}

function extend(values: Uint32Array, added: readonly number[]): Uint32Array {
  const longer = new Uint32Array(values.length + added.length);
  longer.set(values);
  longer.set(added, values.length);
  return longer;
}

/** By chain direction: 1 where arcs of the base carried it and none of the edited graph does. */
function closedDirections({ graph, arc, chain }: TravelGraph, arcOf: Int32Array): Uint8Array {
  const closed = new Uint8Array(2 * chain.forward.length);
  const kept = new Uint8Array(graph.arcCount);
  for (const base of arcOf) if (base >= 0) kept[base] = 1;
  for (let a = 0; a < graph.arcCount; a++) if (kept[a] === 0) closed[arc.chain[a]] = 1;
  for (let a = 0; a < graph.arcCount; a++) if (kept[a] === 1) closed[arc.chain[a]] = 0;
  return closed;
}

/**
 * The travel graph on an edited search graph of its own. `bytes` are empty: it lives in this thread's memory only.
 *
 * @param edited as EditableGraph or WhatIf have it; its arrays are kept, so further edits there need a further call
 * @throws RangeError where it has another number of nodes
 */
export function editTravelGraph(travel: TravelGraph, edited: SearchGraph): TravelGraph {
  const { meta, graph, arc, chain } = travel;
  if (edited.nodeCount !== graph.nodeCount) throw new RangeError(`a graph of ${edited.nodeCount} nodes for a travel graph of ${graph.nodeCount}`);
  const arcOf = mapArcs(graph, edited);
  const closed = closedDirections(travel, arcOf);
  const chainOf = new Uint32Array(arcOf.length);
  const delay = new Uint32Array(arcOf.length);
  const costs: number[] = [];
  const lengths: number[] = [];
  for (let v = 0; v < edited.nodeCount; v++) {
    for (let a = edited.firstOut[v]; a < edited.firstOut[v + 1]; a++) {
      const base = arcOf[a];
      if (base >= 0) {
        chainOf[a] = arc.chain[base];
        delay[a] = arc.delay[base];
        continue;
      }
      chainOf[a] = 2 * (chain.forward.length + costs.length);
      costs.push(edited.cost[a]);
      lengths.push(straightMm(travel, v, edited.head[a]));
    }
  }
  const open = (values: Uint32Array, against: number): Uint32Array => values.map((cost, c) => (closed[2 * c + against] === 1 ? UNREACHED : cost));
  const lastEdge = chain.edgeEnds.length === 0 ? 0 : chain.edgeEnds[chain.edgeEnds.length - 1];
  return {
    ...travel,
    meta: { ...meta, symmetric: edited.symmetric, key: `${meta.key}-edited`, counts: { ...meta.counts, arcs: edited.arcCount, chains: meta.counts.chains + costs.length } },
    bytes: new Uint8Array(0),
    graph: edited,
    arc: { chain: chainOf, delay },
    chain: {
      edges: chain.edges, edgeEnds: extend(chain.edgeEnds, costs.map(() => lastEdge)),
      forward: extend(open(chain.forward, 0), costs), backward: extend(open(chain.backward, 1), costs.map(() => UNREACHED)), lengthMm: extend(chain.lengthMm, lengths),
    },
  };
}
