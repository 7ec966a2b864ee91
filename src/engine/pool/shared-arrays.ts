/**
 * Arrays that all threads see without a copy: what every job of a pool reads and none writes.
 *
 * A message to a worker copies arrays over ordinary buffers, but hands over those over shared ones as they are.
 */
import type { Network } from '../graph/network/network.ts';
import { openNetwork } from '../graph/network/network.ts';
import type { TravelGraph } from '../graph/travel/travel-graph.ts';
import { openTravelGraph } from '../graph/travel/travel-graph.ts';

type NumberArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

function isArray(value: unknown): value is NumberArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function shareArray(array: NumberArray): NumberArray {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const buffer = new SharedArrayBuffer(array.byteLength);
  const Type = array.constructor as new (buffer: SharedArrayBuffer) => NumberArray;
  const shared = new Type(buffer);
  shared.set(array);
  return shared;
}

/** A plain object with its arrays over shared memory; arrays that occur twice are shared once. Functions are left out. */
export function shareArrays<T extends object>(value: T): T {
  const done = new Map<unknown, unknown>();
  const share = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null) return part;
    const known = done.get(part);
    if (known !== undefined) return known;
    const shared = isArray(part) ? shareArray(part) : Array.isArray(part) ? part.map(share) : Object.fromEntries(Object.entries(part).filter(([, member]) => typeof member !== 'function').map(([name, member]) => [name, share(member)]));
    done.set(part, shared);
    return shared;
  };
  return share(value) as T;
}

/** A travel graph and its network as shared bytes. */
export interface SharedTravel {
  readonly network: Uint8Array<ArrayBuffer>;
  readonly travel: Uint8Array<ArrayBuffer>;
}

const sharedOf = new WeakMap<Network | TravelGraph, Uint8Array<ArrayBuffer>>();

function shareBytes(source: Network | TravelGraph): Uint8Array<ArrayBuffer> {
  let shared = sharedOf.get(source);
  if (shared === undefined) sharedOf.set(source, (shared = shareArray(source.bytes) as Uint8Array<ArrayBuffer>));
  return shared;
}

/** Copies a travel graph into shared memory on the first call and keeps that copy as long as the graph. */
export function shareTravel(travel: TravelGraph): SharedTravel {
  return { network: shareBytes(travel.network), travel: shareBytes(travel) };
}

export function openSharedTravel({ network, travel }: SharedTravel): TravelGraph {
  return openTravelGraph(travel, openNetwork(network));
}
