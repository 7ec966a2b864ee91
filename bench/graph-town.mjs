// The streets of Porto Alegre, or another town, for walking, as the program reads them from OpenStreetMap.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { profileOf } from '../dist/engine/graph/travel/profile.js';
import { buildTravelGraph } from '../dist/engine/graph/travel/travel-graph.js';
import { openFile } from '../dist/import/byte-source.js';
import { readNetwork } from '../dist/import/osm/read-network.js';

const data = join(dirname(fileURLToPath(import.meta.url)), '../../shared/data');
const pbf = join(data, 'porto-alegre/poa_osm.pbf');
/** Porto: four times as large. */
export const PORTO = join(data, 'porto/porto.osm.pbf');

/** Whether the town's file is here: it is no part of the project. */
export const hasTown = existsSync(pbf);

/** @throws Error where the town's file is not here */
export async function townNetwork(path = pbf) {
  if (!existsSync(path)) throw new Error(`the town's graphs need ${path}`);
  const file = await openFile(path);
  try {
    return (await readNetwork(file)).network;
  } finally {
    await file.close();
  }
}

/** Walking in millimetres: a search graph's arcs and its nodes' places. */
export async function townGraph(path = pbf) {
  const { graph, node, network } = buildTravelGraph(await townNetwork(path), profileOf('walk', { unit: 'mm' }));
  const e7 = new Int32Array(2 * graph.nodeCount);
  for (let v = 0; v < graph.nodeCount; v++) e7.set(network.vertex.e7.subarray(2 * node.vertex[v], 2 * node.vertex[v] + 2), 2 * v);
  return { graph, e7 };
}
