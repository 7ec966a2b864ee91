/** A snapshot's streets as what a network is built from, as import/osm/network-intake.ts fills it from a file. */
import type { AreaSource, NetworkSource, TagColumns, TurnSource } from '../../engine/graph/network/network-source.ts';
import { NO_NODE } from '../../engine/graph/network/network-source.ts';
import type { Snapshot } from '../snapshot/model.ts';
import { joinCrossings } from './join-crossings.ts';

/** Runs of one OSM way that nodes missing in the file part: `way/7`, `way/7#2`. */
const FURTHER_RUN = /#\d+$/;

const startOf = (ends: Uint32Array, i: number): number => (i === 0 ? 0 : ends[i - 1]);

function tagsOf({ tagEnds, tagKey, tagValue }: TagColumns, i: number, text: (number: number) => string): Record<string, string> {
  const tags: Record<string, string> = {};
  for (let t = startOf(tagEnds, i); t < tagEnds[i]; t++) tags[text(tagKey[t])] = text(tagValue[t]);
  return tags;
}

/**
 * Ways with the ids of their sources. Runs of one way are one way again, with NO_NODE where they are parted; a way that two files
 * have alike (extracts that overlap) is taken once.
 */
function joinWays(snapshot: Snapshot): NetworkSource['ways'] {
  const { street, text } = snapshot;
  const count = street.wayEnds.length;
  const id = new Float64Array(count);
  const [ends, tagEnds] = [new Uint32Array(count), new Uint32Array(count)];
  const nodes = new Uint32Array(street.wayNodes.length + count);
  // a name is a tag to the network's rules
  const [tagKey, tagValue] = [new Uint32Array(street.tagKey.length + count), new Uint32Array(street.tagValue.length + count)];
  const nameKey = findText(snapshot, 'name');
  const seen = new Set<string>();
  let [n, at, tag] = [0, 0, 0];
  let before = '';
  for (let w = 0; w < count; w++) {
    const source = text(street.waySource[w]);
    const [first, end] = [startOf(street.wayEnds, w), street.wayEnds[w]];
    const whole = source.replace(FURTHER_RUN, '');
    if (source !== whole && whole === before && n > 0) {
      nodes[at++] = NO_NODE;
      nodes.set(street.wayNodes.subarray(first, end), at);
      ends[n - 1] = at += end - first;
      continue;
    }
    before = '';
    const key = `${source} ${street.wayNodes[first]} ${street.wayNodes[end - 1]} ${end - first}`;
    if (seen.has(key)) continue;
    seen.add(key);
    before = whole;
    const osm = /^way\/(\d+)/.exec(source)?.[1];
    id[n] = osm === undefined ? -1 - w : Number(osm);
    nodes.set(street.wayNodes.subarray(first, end), at);
    ends[n] = at += end - first;
    for (let t = startOf(street.tagEnds, w); t < street.tagEnds[w]; t++) {
      tagKey[tag] = street.tagKey[t];
      tagValue[tag++] = street.tagValue[t];
    }
    if (street.wayName[w] !== 0) {
      tagKey[tag] = nameKey;
      tagValue[tag++] = street.wayName[w];
    }
    tagEnds[n++] = tag;
  }
  return {
    id: id.subarray(0, n), ends: ends.subarray(0, n), nodes: nodes.subarray(0, at),
    tagEnds: tagEnds.subarray(0, n), tagKey: tagKey.subarray(0, tag), tagValue: tagValue.subarray(0, tag),
  };
}

/** Number of a text; the number after the last one where the snapshot has no such text. */
function findText(snapshot: Snapshot, wanted: string): number {
  const count = snapshot.sections.get('text.ends', 'u32').length;
  for (let i = 1; i < count; i++) if (snapshot.text(i) === wanted) return i;
  return count;
}

function listTurns({ turn, text }: Snapshot): TurnSource[] {
  const list = (i: number): number[] => [...turn.ways.subarray(startOf(turn.listEnds, i), turn.listEnds[i])];
  return Array.from(turn.id, (id, t) => ({
    id, kind: text(turn.kind[t]),
    ...(turn.except[t] !== 0 && { except: text(turn.except[t]) }), ...(turn.vehicle[t] !== 0 && { vehicle: text(turn.vehicle[t]) }), ...(turn.condition[t] !== 0 && { condition: text(turn.condition[t]) }),
    fromWays: list(3 * t), ...(!Number.isNaN(turn.viaNode[t]) && { viaNode: turn.viaNode[t] }), viaWays: list(3 * t + 1), toWays: list(3 * t + 2),
  }));
}

function listAreas({ square, text }: Snapshot): AreaSource[] {
  return Array.from(square.id, (id, s) => ({
    id, tags: tagsOf(square, s, text),
    rings: Array.from({ length: square.ringEnds[s] - startOf(square.ringEnds, s) }, (_, r) => {
      const ring = startOf(square.ringEnds, s) + r;
      return square.nodes.subarray(startOf(square.nodeEnds, ring), square.nodeEnds[ring]);
    }),
  }));
}

/**
 * What a network is built from. Nodes that other things than streets touch are unknown here (the base keeps no ids of theirs), so streets
 * are not parted there: fewer vertices, the same ways. Streets that came without node ids are joined where they cross (join-crossings.ts).
 */
export function toNetworkSource(snapshot: Snapshot): NetworkSource {
  const { street, streetPoint } = snapshot;
  const count = snapshot.sections.get('text.ends', 'u32').length;
  return joinCrossings({
    nodes: { id: street.nodeId, e7: street.nodeE7 },
    ways: joinWays(snapshot),
    points: { node: streetPoint.node, tagEnds: streetPoint.tagEnds, tagKey: streetPoint.tagKey, tagValue: streetPoint.tagValue },
    turns: listTurns(snapshot),
    areas: listAreas(snapshot),
    text: (number) => (number === count ? 'name' : snapshot.text(number)),
  });
}
