/**
 * What a worker does with one blob: inflate, decode, keep what was asked for, and pack the columns so that they can move
 * to the caller's thread without a copy.
 */
import { readSync } from 'node:fs';
import type { TaskResult } from '../../engine/pool/task-pool.ts';
import { inflateBlob } from './blob-inflate.ts';
import { findBlobKernel } from './blob-kernel.ts';
import type { BlockColumns, NodeColumns, RelationColumns, StringColumns, WayColumns } from './block-columns.ts';
import { NO_COORDINATE } from './block-columns.ts';
import { MalformedBlock, corruptPbf } from './pbf-error.ts';
import { BlockDecoder } from './primitive-block.ts';
import type { WantedTypes } from './primitive-block.ts';

export interface DecodeJob {
  readonly file: string;
  /** The blob's place in the file. */
  readonly offset: number;
  readonly size: number;
  /** The blob itself, or the descriptor of the open file to read it from. */
  readonly blob: Uint8Array<ArrayBuffer> | number;
  readonly wanted: WantedTypes;
  /** Ways without this tag key are left out before anything is copied. */
  readonly wayKey?: string;
  /** Count only: no columns come back. */
  readonly countOnly?: boolean;
}

/** What a block holds; the box is in 1e-7 degrees, west > east where there is no node. */
export interface BlockCounts {
  nodes: number;
  ways: number;
  relations: number;
  tags: number;
  refs: number;
  members: number;
  west: number;
  south: number;
  east: number;
  north: number;
  /** Nodes whose coordinates are missing or out of range, and the ids of the first of them. */
  badCoordinates: number;
  badCoordinateIds: number[];
}

const EXAMPLES_KEPT = 5;

export interface DecodedBlock {
  readonly counts: BlockCounts;
  readonly columns: BlockColumns | undefined;
}

const kernel = findBlobKernel();
const decoder = new BlockDecoder(kernel);

let scratch = new Uint8Array(1 << 18);

/** The blob's bytes, in scratch memory where they come from the file. */
function takeBlob({ file, blob, offset, size }: DecodeJob): Uint8Array {
  if (typeof blob !== 'number') return blob;
  if (size > scratch.length) scratch = new Uint8Array(2 * size);
  if (readSync(blob, scratch, 0, size, offset) < size) {
    throw corruptPbf(file, offset, { zh: '文件在读取过程中变短', en: 'the file became shorter while it was read' }, 'import/pbf-truncated');
  }
  return scratch.subarray(0, size);
}

function countBlock(columns: BlockColumns): BlockCounts {
  const { nodes, ways, relations } = columns;
  const { ids, lonE7, latE7 } = nodes;
  const badCoordinateIds: number[] = [];
  let badCoordinates = 0;
  // Whole numbers, not infinities: the loop then stays in integers.
  let west = NO_COORDINATE;
  let south = NO_COORDINATE;
  let east = -NO_COORDINATE;
  let north = -NO_COORDINATE;
  for (let i = 0; i < nodes.count; i++) {
    const lon = lonE7[i];
    const lat = latE7[i];
    if (lon === NO_COORDINATE || lat === NO_COORDINATE) {
      if (badCoordinates++ < EXAMPLES_KEPT) badCoordinateIds.push(ids[i]);
      continue;
    }
    if (lon < west) west = lon;
    if (lon > east) east = lon;
    if (lat < south) south = lat;
    if (lat > north) north = lat;
  }
  return {
    nodes: nodes.count,
    ways: ways.count,
    relations: relations.count,
    tags: (nodes.tags.length + ways.tags.length + relations.tags.length) / 2,
    refs: ways.refs.length,
    members: relations.memberIds.length,
    west,
    south,
    east,
    north,
    badCoordinates,
    badCoordinateIds,
  };
}

/** For every string of the table 1 where it equals the text, else 0; writers may list a string twice. */
function markString(strings: StringColumns, text: string): Uint8Array {
  const wanted = new TextEncoder().encode(text);
  const marks = new Uint8Array(strings.count);
  const { bytes, starts, ends } = strings;
  for (let i = 0; i < strings.count; i++) {
    const start = starts[i];
    if (ends[i] - start !== wanted.length) continue;
    let k = 0;
    while (k < wanted.length && bytes[start + k] === wanted[k]) k++;
    if (k === wanted.length) marks[i] = 1;
  }
  return marks;
}

/** The ways that have a tag with a marked key, packed to the front of the same columns. */
function keepWays(ways: WayColumns, keyMarks: Uint8Array): WayColumns {
  let count = 0;
  let tagsLength = 0;
  let refsLength = 0;
  let tagStart = 0;
  let refStart = 0;
  for (let i = 0; i < ways.count; i++) {
    const tagEnd = ways.tagEnds[i];
    const refEnd = ways.refEnds[i];
    let at = tagStart;
    while (at < tagEnd && keyMarks[ways.tags[at]] !== 1) at += 2;
    if (at < tagEnd) {
      ways.tags.copyWithin(tagsLength, tagStart, tagEnd);
      ways.refs.copyWithin(refsLength, refStart, refEnd);
      ways.ids[count] = ways.ids[i];
      ways.tagEnds[count] = tagsLength += tagEnd - tagStart;
      ways.refEnds[count] = refsLength += refEnd - refStart;
      count++;
    }
    tagStart = tagEnd;
    refStart = refEnd;
  }
  return {
    count,
    ids: ways.ids.subarray(0, count),
    tagEnds: ways.tagEnds.subarray(0, count),
    tags: ways.tags.subarray(0, tagsLength),
    refEnds: ways.refEnds.subarray(0, count),
    refs: ways.refs.subarray(0, refsLength),
  };
}

type Column = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

function pack<T extends NodeColumns | WayColumns | RelationColumns>(columns: T, transfer: ArrayBuffer[]): T {
  const packed: Record<string, number | Column> = {};
  for (const [name, column] of Object.entries(columns) as [string, number | Column][]) {
    if (typeof column === 'number') {
      packed[name] = column;
      continue;
    }
    const copy = column.slice();
    packed[name] = copy;
    transfer.push(copy.buffer);
  }
  return packed as unknown as T;
}

/** Strings come along only where a tag or role may need them. */
function packStrings(strings: StringColumns, needed: boolean, transfer: ArrayBuffer[]): StringColumns {
  if (!needed || strings.count === 0) return { bytes: new Uint8Array(0), count: 0, starts: new Uint32Array(0), ends: new Uint32Array(0) };
  const from = strings.starts[0];
  const bytes = strings.bytes.slice(from, strings.ends[strings.count - 1]);
  const starts = strings.starts.map((start) => start - from);
  const ends = strings.ends.map((end) => end - from);
  transfer.push(bytes.buffer as ArrayBuffer, starts.buffer, ends.buffer);
  return { bytes, count: strings.count, starts, ends };
}

/**
 * Decodes one blob.
 *
 * @throws ChengmaiError `import/pbf-corrupt` with file and offset
 */
export function decodeBlob(job: DecodeJob): TaskResult<DecodedBlock> {
  let columns: BlockColumns;
  try {
    columns = decoder.decode(inflateBlob(takeBlob(job), kernel), job.wanted);
  } catch (error) {
    if (error instanceof MalformedBlock) throw corruptPbf(job.file, job.offset, error.text);
    throw error;
  }
  const counts = countBlock(columns);
  if (job.countOnly === true) return { output: { counts, columns: undefined }, transfer: [] };
  const ways = job.wayKey === undefined ? columns.ways : keepWays(columns.ways, markString(columns.strings, job.wayKey));
  const transfer: ArrayBuffer[] = [];
  const output: DecodedBlock = {
    counts,
    columns: {
      skippedNodes: columns.skippedNodes,
      skippedWays: columns.skippedWays,
      strings: packStrings(columns.strings, columns.nodes.tagged.length > 0 || ways.count > 0 || columns.relations.count > 0, transfer),
      nodes: pack(columns.nodes, transfer),
      ways: pack(ways, transfer),
      relations: pack(columns.relations, transfer),
    },
  };
  return { output, transfer };
}
