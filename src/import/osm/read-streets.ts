/**
 * Streets straight from an OSM PBF file, without the base: what a street graph is built from.
 *
 * Pass 1 decodes ways only and drops those without `highway` in the decoding thread; pass 2 decodes nodes only, from the
 * blobs that have any, and keeps those that streets refer to. Ways and nodes nobody asked for are never materialised,
 * tags become strings when they are asked for.
 */
import type { WorkContext } from '../../core/progress.ts';
import type { ByteSource } from '../model.ts';
import type { Tags } from './area-rules.ts';
import type { BlobFrame } from './blob-stream.ts';
import type { NodeColumns, WayColumns } from './block-columns.ts';
import { BlockPipeline } from './block-pipeline.ts';
import { BlockStrings } from './block-strings.ts';
import { NodeLocations } from './node-locations.ts';

export interface StreetReadOptions {
  /** The key that makes a way a street; `highway` unless said. */
  readonly key?: string;
  /** Decoding threads; absent: by the file's size. */
  readonly threads?: number;
}

/** Streets of one block of the file. Street i has vertices [ends[i−1], ends[i]); vertices of missing nodes are left out. */
export interface StreetChunk {
  readonly count: number;
  readonly wayIds: Float64Array;
  readonly ends: Uint32Array;
  readonly nodeIds: Float64Array;
  /** 1e-7 degrees */
  readonly lonE7: Int32Array;
  readonly latE7: Int32Array;
  /** References to nodes that the file lacks, in the whole chunk. */
  readonly missing: number;
  tagsOf(street: number): Tags;
}

interface HeldWays {
  readonly ways: WayColumns;
  readonly strings: BlockStrings;
}

/** The distinct node ids that ways refer to, ascending. */
function listWantedIds(blocks: readonly HeldWays[]): Float64Array {
  const all = new Float64Array(blocks.reduce((sum, { ways }) => sum + ways.refs.length, 0));
  let at = 0;
  for (const { ways } of blocks) {
    all.set(ways.refs, at);
    at += ways.refs.length;
  }
  all.sort();
  let count = 0;
  for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[i - 1]) all[count++] = all[i];
  return all.slice(0, count);
}

function lowerBound(ids: Float64Array, id: number, from: number): number {
  let low = from;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ids[middle] < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The nodes of a block that are wanted. In a sorted file the wanted ids run along with the block's: a merge. */
function keepWanted(nodes: NodeColumns, wanted: Float64Array, locations: NodeLocations): void {
  const { ids, lonE7, latE7 } = nodes;
  let count = 0;
  let at = nodes.count > 0 ? lowerBound(wanted, ids[0], 0) : 0;
  for (let i = 0; i < nodes.count; i++) {
    const id = ids[i];
    if (i > 0 && id < ids[i - 1]) at = lowerBound(wanted, id, 0);
    while (at < wanted.length && wanted[at] < id) at++;
    if (wanted[at] !== id) continue;
    ids[count] = id;
    lonE7[count] = lonE7[i];
    latE7[count++] = latE7[i];
  }
  locations.append(ids.slice(0, count), lonE7.slice(0, count), latE7.slice(0, count));
}

function locate({ ways, strings }: HeldWays, locations: NodeLocations): StreetChunk {
  const nodeIds = new Float64Array(ways.refs.length);
  const lonE7 = new Int32Array(ways.refs.length);
  const latE7 = new Int32Array(ways.refs.length);
  const ends = new Uint32Array(ways.count);
  let n = 0;
  let ref = 0;
  for (let i = 0; i < ways.count; i++) {
    for (; ref < ways.refEnds[i]; ref++) {
      const at = locations.find(ways.refs[ref]);
      if (at < 0) continue;
      nodeIds[n] = ways.refs[ref];
      lonE7[n] = locations.lonE7(at);
      latE7[n++] = locations.latE7(at);
    }
    ends[i] = n;
  }
  return {
    count: ways.count,
    wayIds: ways.ids,
    ends,
    nodeIds: nodeIds.subarray(0, n),
    lonE7: lonE7.subarray(0, n),
    latE7: latE7.subarray(0, n),
    missing: ways.refs.length - n,
    tagsOf: (street) => strings.tags(ways.tags, street === 0 ? 0 : ways.tagEnds[street - 1], ways.tagEnds[street]),
  };
}

async function* readThrough(pipeline: BlockPipeline, options: StreetReadOptions, context: WorkContext): AsyncGenerator<StreetChunk, void, undefined> {
  const held: HeldWays[] = [];
  const nodeFrames: BlobFrame[] = [];
  const ways = { wanted: { nodes: false, ways: true, relations: false }, wayKey: options.key ?? 'highway' };
  for await (const { frame, block } of pipeline.decode(ways, context.signal)) {
    if (block.columns === undefined) continue;
    if (block.columns.skippedNodes) nodeFrames.push(frame);
    if (block.columns.ways.count > 0) held.push({ ways: block.columns.ways, strings: new BlockStrings(block.columns.strings) });
  }
  const wanted = listWantedIds(held);
  const locations = new NodeLocations();
  const nodes = { wanted: { nodes: true, ways: false, relations: false } };
  for await (const { block } of pipeline.decode(nodes, context.signal, nodeFrames)) {
    if (block.columns !== undefined) keepWanted(block.columns.nodes, wanted, locations);
  }
  locations.seal();
  for (const block of held) yield locate(block, locations);
}

/**
 * The streets of an OSM PBF file, in file order, one chunk a block.
 *
 * @throws ChengmaiError of kind `input` with file name and byte offset for damage; `cancelled`
 */
export async function* readStreets(source: ByteSource, options: StreetReadOptions = {}, context: WorkContext = {}): AsyncGenerator<StreetChunk, void, undefined> {
  const pipeline = new BlockPipeline(source, options.threads);
  try {
    yield* readThrough(pipeline, options, context);
  } finally {
    await pipeline.close();
  }
}
