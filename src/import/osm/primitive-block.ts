/**
 * The decoder of OSM PBF primitive blocks: bytes → columns.
 *
 * One pass over the bytes, scratch arrays reused from block to block, no object or closure per element; versions,
 * timestamps and users are stepped over unread. Varints of up to four bytes go through 32-bit integers; longer ones
 * (ids above 2³³ without a near predecessor, negative int64) through an exact path in doubles. Every packed field's
 * length is checked against its message before it is read, room is made for the most elements it can hold (one a byte),
 * and a field must end exactly where it says: damaged blocks throw, they cannot loop or write out of bounds.
 *
 * With a kernel (blob-kernel.ts) dense nodes and ways are decoded there, three times as fast; what follows is its twin, and
 * decodes what it leaves: relations, nodes in the plain encoding, blocks of more than 8 MiB.
 *
 * Rejected: a sink called per element (prototype: 0.65 s for 177 MB of blocks where this takes less, the call costs more
 * than the varint); a cursor shared through module variables (every byte then is a load and a store of the cursor).
 */
import type { BlockColumns, NodeColumns, StringColumns, WayColumns } from './block-columns.ts';
import { NO_COORDINATE } from './block-columns.ts';
import { KernelDeclined } from './blob-kernel.ts';
import type { BlobKernel } from './blob-kernel.ts';
import { MalformedBlock } from './pbf-error.ts';

/** Which object types are decoded; the others are stepped over. */
export interface WantedTypes {
  readonly nodes: boolean;
  readonly ways: boolean;
  readonly relations: boolean;
}

const LON_MAX_E7 = 1_800_000_000;
const LAT_MAX_E7 = 900_000_000;
/** Units of 100 nanodegrees, in which coordinates are kept. */
const NANO_PER_E7 = 100;

/** Tags of a plain node and of a way in a group. */
const NODE_TAG = (1 << 3) | 2;
const WAY_TAG = (3 << 3) | 2;

const VARINT_FIELD = 0;
const SPAN_FIELD = 2;

function fail(zh: string, en: string): never {
  throw new MalformedBlock(zh, en);
}

const badLength = (): never => fail('字段长度超出所在消息', 'a length runs past the end of its message');
const badVarint = (): never => fail('变长整数不完整', 'a varint is cut off or too long');
const badTable = (): never => fail('标签表不完整', 'keys and values of tags do not match');
const badCounts = (): never => fail('节点编号、纬度与经度的个数不同', 'ids, latitudes and longitudes of dense nodes differ in number');

/** Groups hold objects of one type each, so the first field of a group tells. */
function startsWithPlainNode(bytes: Uint8Array, groups: readonly number[]): boolean {
  for (let i = 0; i < groups.length; i += 2) if (groups[i] < groups[i + 1] && bytes[groups[i]] === NODE_TAG) return true;
  return false;
}

function grownFloats(old: Float64Array<ArrayBuffer>, needed: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(Math.max(needed, old.length * 2));
  grown.set(old);
  return grown;
}

function grownInts<T extends Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(old: T, needed: number): T {
  const grown = new (old.constructor as new (length: number) => T)(Math.max(needed, old.length * 2));
  grown.set(old);
  return grown;
}

/** Where the last call of a reading function below stopped. */
let cursor = 0;

/** An unsigned varint that does not exceed 2³¹ (tags, lengths, indices); larger ones become 2³¹ and fail later checks. */
function readSmall(bytes: Uint8Array, p: number, end: number): number {
  let b = bytes[p++];
  let value = b & 0x7f;
  for (let shift = 7; b >= 0x80; shift += 7) {
    if (p >= end || shift > 63) badVarint();
    b = bytes[p++];
    if (shift < 28) value |= (b & 0x7f) << shift;
    else if ((b & 0x7f) !== 0) value = 0x7fffffff;
  }
  if (p > end) badVarint();
  cursor = p;
  return value;
}

/** A zigzag varint of any length, exact within ±2⁵³. */
function readLongSigned(bytes: Uint8Array, p: number, end: number): number {
  let low = 0;
  let high = 0;
  let b = 0;
  let scale = 1;
  let length = 0;
  const odd = bytes[p] & 1;
  do {
    if (p >= end || length === 10) badVarint();
    b = bytes[p++];
    if (length < 4) low += (b & 0x7f) * scale;
    else high += (b & 0x7f) * scale;
    length++;
    scale = length === 4 ? 1 : scale * 128;
  } while (b >= 0x80);
  cursor = p;
  // value = high·2²⁸ + low; halve first, so that magnitudes up to 2⁵³ stay exact.
  const half = high * 134217728 + (low - odd) / 2;
  return odd === 0 ? half : -half - 1;
}

/** A plain int64 varint: negative numbers are ten bytes of two's complement. Exact within ±2⁵³. */
function readLong(bytes: Uint8Array, p: number, end: number): number {
  let value = 0n;
  let b = 0;
  let length = 0;
  do {
    if (p >= end || length === 10) badVarint();
    b = bytes[p++];
    value |= BigInt(b & 0x7f) << BigInt(7 * length);
    length++;
  } while (b >= 0x80);
  cursor = p;
  return Number(BigInt.asIntN(64, value));
}

/** An id: a plain int64, nearly always of at most four bytes. */
function readId(bytes: Uint8Array, p: number, end: number): number {
  let b = bytes[p];
  if (p < end && b < 0x80) {
    cursor = p + 1;
    return b;
  }
  let value = 0;
  for (let q = p, shift = 0; q < end && shift < 28; shift += 7) {
    b = bytes[q++];
    value |= (b & 0x7f) << shift;
    if (b < 0x80) {
      cursor = q;
      return value;
    }
  }
  return readLong(bytes, p, end);
}

/** The end of a length-delimited field whose length stands at p; the cursor moves to its first byte. */
function readSpan(bytes: Uint8Array, p: number, end: number): number {
  const length = readSmall(bytes, p, end);
  if (length > end - cursor) badLength();
  return cursor + length;
}

/** Steps over a field of any kind. */
function skipField(bytes: Uint8Array, wireType: number, p: number, end: number): number {
  if (wireType === VARINT_FIELD) {
    let length = 0;
    do {
      if (p >= end || length === 10) badVarint();
      length++;
    } while (bytes[p++] >= 0x80);
    return p;
  }
  if (wireType === SPAN_FIELD) return readSpan(bytes, p, end);
  if (wireType !== 1 && wireType !== 5) fail(`未知的字段类型 ${wireType}`, `unknown wire type ${wireType}`);
  const next = p + (wireType === 1 ? 8 : 4);
  return next > end ? badLength() : next;
}

/** Decodes one block after the other into the same scratch arrays: columns are valid until the next call of decode. */
export class BlockDecoder {
  readonly #kernel: BlobKernel | undefined;
  #stringStarts = new Uint32Array(1 << 12);
  #stringEnds = new Uint32Array(1 << 12);
  #stringCount = 0;

  #nodeCount = 0;
  #nodeIds = new Float64Array(1 << 14);
  #lon = new Int32Array(1 << 14);
  #lat = new Int32Array(1 << 14);
  #taggedCount = 0;
  #tagged = new Uint32Array(1 << 12);
  #nodeTagEnds = new Uint32Array(1 << 12);
  #nodeTagsLength = 0;
  #nodeTags = new Uint32Array(1 << 14);

  #wayCount = 0;
  #wayIds = new Float64Array(1 << 13);
  #wayTagEnds = new Uint32Array(1 << 13);
  #wayTagsLength = 0;
  #wayTags = new Uint32Array(1 << 16);
  #refEnds = new Uint32Array(1 << 13);
  #refsLength = 0;
  #refs = new Float64Array(1 << 17);

  #relationCount = 0;
  #relationIds = new Float64Array(1 << 8);
  #relationTagEnds = new Uint32Array(1 << 8);
  #relationTagsLength = 0;
  #relationTags = new Uint32Array(1 << 12);
  #memberEnds = new Uint32Array(1 << 8);
  #membersLength = 0;
  #memberIds = new Float64Array(1 << 12);
  #memberTypes = new Uint32Array(1 << 12);
  #memberRoles = new Uint32Array(1 << 12);

  #skippedNodes = false;
  #skippedWays = false;
  #granularity = 100;
  #latOffset = 0;
  #lonOffset = 0;

  /** Without a kernel everything is decoded here. */
  constructor(kernel?: BlobKernel) {
    this.#kernel = kernel;
  }

  /**
   * The columns of an inflated primitive block, in views that the next call overwrites. `strings.bytes` are the block's
   * own bytes.
   *
   * @throws MalformedBlock
   */
  decode(bytes: Uint8Array, wanted: WantedTypes): BlockColumns {
    const kernel = this.#kernel;
    if (kernel === undefined || !kernel.fits(bytes.length)) return this.#decodeBlock(bytes, wanted, undefined);
    try {
      return this.#decodeBlock(bytes, wanted, kernel);
    } catch (error) {
      if (error instanceof KernelDeclined) return this.#decodeBlock(bytes, wanted, undefined);
      throw error;
    }
  }

  #decodeBlock(bytes: Uint8Array, wanted: WantedTypes, kernel: BlobKernel | undefined): BlockColumns {
    this.#reset();
    const groups = this.#readFrame(bytes);
    // Nodes in the plain encoding are this decoder's; their columns cannot be in two places.
    const used = kernel !== undefined && startsWithPlainNode(bytes, groups) ? undefined : kernel;
    used?.load(bytes, this.#granularity, this.#lonOffset, this.#latOffset);
    for (let i = 0; i < groups.length; i += 2) this.#readGroup(bytes, groups[i], groups[i + 1], wanted, used);
    return this.#columns(bytes, used);
  }

  #reset(): void {
    this.#nodeCount = this.#taggedCount = this.#nodeTagsLength = 0;
    this.#wayCount = this.#wayTagsLength = this.#refsLength = 0;
    this.#relationCount = this.#relationTagsLength = this.#membersLength = 0;
    this.#stringCount = 0;
    this.#skippedNodes = this.#skippedWays = false;
    this.#granularity = 100;
    this.#latOffset = this.#lonOffset = 0;
  }

  /** String table and scalars first, wherever they stand; returns starts and ends of the groups. */
  #readFrame(bytes: Uint8Array): number[] {
    const end = bytes.length;
    const groups: number[] = [];
    for (let p = 0; p < end; ) {
      const tag = readSmall(bytes, p, end);
      p = cursor;
      if (tag === ((1 << 3) | 2) || tag === ((2 << 3) | 2)) {
        const spanEnd = readSpan(bytes, p, end);
        if (tag >>> 3 === 1) this.#readStrings(bytes, cursor, spanEnd);
        else groups.push(cursor, spanEnd);
        p = spanEnd;
      } else if (tag === 17 << 3) {
        this.#granularity = readLong(bytes, p, end);
        p = cursor;
      } else if (tag === 19 << 3) {
        this.#latOffset = readLong(bytes, p, end);
        p = cursor;
      } else if (tag === 20 << 3) {
        this.#lonOffset = readLong(bytes, p, end);
        p = cursor;
      } else p = skipField(bytes, tag & 7, p, end);
    }
    return groups;
  }

  #readStrings(bytes: Uint8Array, start: number, end: number): void {
    let n = this.#stringCount;
    for (let p = start; p < end; ) {
      const tag = readSmall(bytes, p, end);
      if (tag !== ((1 << 3) | 2)) {
        p = skipField(bytes, tag & 7, cursor, end);
        continue;
      }
      const stringEnd = readSpan(bytes, cursor, end);
      if (n === this.#stringStarts.length) {
        this.#stringStarts = grownInts(this.#stringStarts, n + 1);
        this.#stringEnds = grownInts(this.#stringEnds, n + 1);
      }
      this.#stringStarts[n] = cursor;
      this.#stringEnds[n++] = stringEnd;
      p = stringEnd;
    }
    this.#stringCount = n;
  }

  #readGroup(bytes: Uint8Array, start: number, end: number, wanted: WantedTypes, kernel: BlobKernel | undefined): void {
    for (let p = start; p < end; ) {
      if (kernel !== undefined && wanted.ways && bytes[p] === WAY_TAG) {
        p = kernel.decodeWays(p, end);
        continue;
      }
      const tag = readSmall(bytes, p, end);
      p = cursor;
      if ((tag & 7) !== SPAN_FIELD) {
        p = skipField(bytes, tag & 7, p, end);
        continue;
      }
      const spanEnd = readSpan(bytes, p, end);
      const field = tag >>> 3;
      if (field === 3) {
        if (wanted.ways) this.#readWay(bytes, cursor, spanEnd);
        else this.#skippedWays = true;
      } else if (field === 1 || field === 2) {
        if (!wanted.nodes) this.#skippedNodes = true;
        else if (field === 1) this.#readNode(bytes, cursor, spanEnd);
        else if (kernel !== undefined) kernel.decodeDense(cursor, spanEnd);
        else this.#readDense(bytes, cursor, spanEnd);
      } else if (field === 4) {
        if (wanted.relations) this.#readRelation(bytes, cursor, spanEnd);
      }
      p = spanEnd;
    }
  }

  #readDense(bytes: Uint8Array, start: number, end: number): void {
    const first = this.#nodeCount;
    let idEnd = first;
    let latEnd = first;
    let lonEnd = first;
    let id = 0;
    let lat = 0;
    let lon = 0;
    let tagStart = 0;
    let tagEnd = 0;
    for (let p = start; p < end; ) {
      const tag = readSmall(bytes, p, end);
      p = cursor;
      if ((tag & 7) !== SPAN_FIELD) {
        p = skipField(bytes, tag & 7, p, end);
        continue;
      }
      const spanEnd = readSpan(bytes, p, end);
      p = cursor;
      const field = tag >>> 3;
      if (field === 1) {
        idEnd = this.#readDenseIds(bytes, p, spanEnd, idEnd, id);
        id = idEnd > first ? this.#nodeIds[idEnd - 1] : 0;
      } else if (field === 8) {
        latEnd = this.#readDenseCoordinates(bytes, p, spanEnd, latEnd, lat, true);
        lat = this.#lastRaw;
      } else if (field === 9) {
        lonEnd = this.#readDenseCoordinates(bytes, p, spanEnd, lonEnd, lon, false);
        lon = this.#lastRaw;
      } else if (field === 10) {
        tagStart = p;
        tagEnd = spanEnd;
      }
      p = spanEnd;
    }
    if (idEnd !== latEnd || idEnd !== lonEnd) badCounts();
    this.#nodeCount = idEnd;
    if (tagEnd > tagStart) this.#readDenseTags(bytes, tagStart, tagEnd, first, idEnd);
  }

  #readDenseIds(bytes: Uint8Array, start: number, end: number, from: number, previous: number): number {
    this.#makeNodeRoom(from + end - start);
    const ids = this.#nodeIds;
    let n = from;
    let id = previous;
    let p = start;
    while (p < end) {
      const b = bytes[p];
      if (b < 0x80) {
        p++;
        id += (b >>> 1) ^ -(b & 1);
      } else {
        const c = bytes[p + 1];
        if (c < 0x80 && p + 1 < end) {
          p += 2;
          const raw = (b & 0x7f) | (c << 7);
          id += (raw >>> 1) ^ -(raw & 1);
        } else {
          id += readLongSigned(bytes, p, end);
          p = cursor;
        }
      }
      ids[n++] = id;
    }
    return n;
  }

  /** The running total of the last call of #readDenseCoordinates, in units of the granularity. */
  #lastRaw = 0;

  #readDenseCoordinates(bytes: Uint8Array, start: number, end: number, from: number, previous: number, isLat: boolean): number {
    this.#makeNodeRoom(from + end - start);
    const out = isLat ? this.#lat : this.#lon;
    const max = isLat ? LAT_MAX_E7 : LON_MAX_E7;
    const offset = isLat ? this.#latOffset : this.#lonOffset;
    const granularity = this.#granularity;
    const direct = granularity === NANO_PER_E7 && offset === 0;
    let n = from;
    let total = previous;
    let p = start;
    while (p < end) {
      const b = bytes[p];
      let raw = b & 0x7f;
      if (b < 0x80) p++;
      else {
        const c = bytes[p + 1];
        raw |= (c & 0x7f) << 7;
        if (c < 0x80) p += 2;
        else {
          const d = bytes[p + 2];
          raw |= (d & 0x7f) << 14;
          if (d < 0x80) p += 3;
          else raw = -1;
        }
      }
      if (raw >= 0) total += (raw >>> 1) ^ -(raw & 1);
      else {
        total += readLongSigned(bytes, p, end);
        p = cursor;
      }
      const value = direct ? total : Math.round((offset + granularity * total) / NANO_PER_E7);
      out[n++] = value <= max && value >= -max ? value : NO_COORDINATE;
    }
    if (p !== end) badVarint();
    this.#lastRaw = total;
    return n;
  }

  /** Tags of dense nodes: key, value, key, value, 0 for each node in turn. */
  #readDenseTags(bytes: Uint8Array, start: number, end: number, first: number, last: number): void {
    if (this.#nodeTags.length < this.#nodeTagsLength + end - start) this.#nodeTags = grownInts(this.#nodeTags, this.#nodeTagsLength + end - start);
    const tags = this.#nodeTags;
    let n = this.#nodeTagsLength;
    let node = first;
    let nodeStart = n;
    let p = start;
    while (p < end) {
      let b = bytes[p];
      if (b === 0) {
        p++;
        if (n > nodeStart) {
          if (((n - nodeStart) & 1) !== 0 || node >= last) badTable();
          this.#addTagged(node, n);
          nodeStart = n;
        }
        node++;
        continue;
      }
      if (b < 0x80) p++;
      else {
        const c = bytes[p + 1];
        if (c < 0x80 && p + 1 < end) {
          p += 2;
          b = (b & 0x7f) | (c << 7);
        } else {
          b = readSmall(bytes, p, end);
          p = cursor;
        }
      }
      tags[n++] = b;
    }
    if (n !== nodeStart) badTable();
    this.#nodeTagsLength = n;
  }

  #addTagged(node: number, tagsEnd: number): void {
    const i = this.#taggedCount++;
    if (i === this.#tagged.length) {
      this.#tagged = grownInts(this.#tagged, i + 1);
      this.#nodeTagEnds = grownInts(this.#nodeTagEnds, i + 1);
    }
    this.#tagged[i] = node;
    this.#nodeTagEnds[i] = tagsEnd;
  }

  #makeNodeRoom(needed: number): void {
    if (needed <= this.#nodeIds.length) return;
    this.#nodeIds = grownFloats(this.#nodeIds, needed);
    this.#lat = grownInts(this.#lat, this.#nodeIds.length);
    this.#lon = grownInts(this.#lon, this.#nodeIds.length);
  }

  /** A node in the plain encoding: rare, so short rather than fast. */
  #readNode(bytes: Uint8Array, start: number, end: number): void {
    let id = 0;
    let lat = Infinity;
    let lon = Infinity;
    const tagsStart = this.#nodeTagsLength;
    let keys = tagsStart;
    let values = tagsStart;
    for (let p = start; p < end; ) {
      const tag = readSmall(bytes, p, end);
      p = cursor;
      if (tag === 1 << 3 || tag === 8 << 3 || tag === 9 << 3) {
        const value = readLongSigned(bytes, p, end);
        p = cursor;
        if (tag === 1 << 3) id = value;
        else if (tag === 8 << 3) lat = value;
        else lon = value;
      } else if (tag === ((2 << 3) | 2) || tag === ((3 << 3) | 2)) {
        const spanEnd = readSpan(bytes, p, end);
        const isKeys = tag >>> 3 === 2;
        const from = isKeys ? keys : values + 1;
        if (this.#nodeTags.length < from + 2 * (spanEnd - cursor) + 2) this.#nodeTags = grownInts(this.#nodeTags, from + 2 * (spanEnd - cursor) + 2);
        const next = fillStrided(this.#nodeTags, from, bytes, cursor, spanEnd);
        if (isKeys) keys = next;
        else values = next - 1;
        p = spanEnd;
      } else p = skipField(bytes, tag & 7, p, end);
    }
    if (keys !== values) badTable();
    const node = this.#nodeCount++;
    this.#makeNodeRoom(node + 1);
    this.#nodeIds[node] = id;
    this.#lat[node] = this.#toE7(lat, this.#latOffset, LAT_MAX_E7);
    this.#lon[node] = this.#toE7(lon, this.#lonOffset, LON_MAX_E7);
    this.#nodeTagsLength = keys;
    if (keys > tagsStart) this.#addTagged(node, keys);
  }

  #toE7(raw: number, offset: number, max: number): number {
    const value = Math.round((offset + this.#granularity * raw) / NANO_PER_E7);
    return value <= max && value >= -max ? value : NO_COORDINATE;
  }

  #readWay(bytes: Uint8Array, start: number, end: number): void {
    const way = this.#wayCount++;
    if (way === this.#wayIds.length) {
      this.#wayIds = grownFloats(this.#wayIds, way + 1);
      this.#wayTagEnds = grownInts(this.#wayTagEnds, way + 1);
      this.#refEnds = grownInts(this.#refEnds, way + 1);
    }
    // No field of this way can hold more elements than the message has bytes.
    const size = end - start;
    if (this.#wayTags.length < this.#wayTagsLength + 2 * size + 2) this.#wayTags = grownInts(this.#wayTags, this.#wayTagsLength + 2 * size + 2);
    if (this.#refs.length < this.#refsLength + size) this.#refs = grownFloats(this.#refs, this.#refsLength + size);
    const refs = this.#refs;
    const tags = this.#wayTags;
    let keys = this.#wayTagsLength;
    let values = keys + 1;
    let n = this.#refsLength;
    let ref = 0;
    let id = 0;
    let p = start;
    while (p < end) {
      let tag = bytes[p++];
      if (tag >= 0x80) {
        tag = readSmall(bytes, p - 1, end);
        p = cursor;
      }
      if (tag === 1 << 3) {
        id = readId(bytes, p, end);
        p = cursor;
        continue;
      }
      if ((tag & 7) !== SPAN_FIELD) {
        p = skipField(bytes, tag & 7, p, end);
        continue;
      }
      let spanEnd = p + 1 + bytes[p];
      if (bytes[p] < 0x80 && spanEnd <= end) p++;
      else {
        spanEnd = readSpan(bytes, p, end);
        p = cursor;
      }
      if (tag === ((8 << 3) | 2)) {
        while (p < spanEnd) {
          const b = bytes[p];
          let raw = b & 0x7f;
          if (b < 0x80) p++;
          else {
            const c = bytes[p + 1];
            raw |= (c & 0x7f) << 7;
            if (c < 0x80) p += 2;
            else {
              const d = bytes[p + 2];
              raw |= (d & 0x7f) << 14;
              if (d < 0x80) p += 3;
              else {
                const e = bytes[p + 3];
                raw |= (e & 0x7f) << 21;
                if (e < 0x80) p += 4;
                else raw = -1;
              }
            }
          }
          if (raw >= 0) ref += (raw >>> 1) ^ -(raw & 1);
          else {
            ref += readLongSigned(bytes, p, spanEnd);
            p = cursor;
          }
          refs[n++] = ref;
        }
        if (p !== spanEnd) badVarint();
      } else if (tag === ((2 << 3) | 2)) {
        keys = fillStrided(tags, keys, bytes, p, spanEnd);
      } else if (tag === ((3 << 3) | 2)) {
        values = fillStrided(tags, values, bytes, p, spanEnd);
      }
      p = spanEnd;
    }
    if (p !== end || values !== keys + 1) badTable();
    this.#wayIds[way] = id;
    this.#wayTagsLength = this.#wayTagEnds[way] = keys;
    this.#refsLength = this.#refEnds[way] = n;
  }

  #readRelation(bytes: Uint8Array, start: number, end: number): void {
    const relation = this.#relationCount++;
    if (relation === this.#relationIds.length) {
      this.#relationIds = grownFloats(this.#relationIds, relation + 1);
      this.#relationTagEnds = grownInts(this.#relationTagEnds, relation + 1);
      this.#memberEnds = grownInts(this.#memberEnds, relation + 1);
    }
    const size = end - start;
    const from = this.#membersLength;
    if (this.#relationTags.length < this.#relationTagsLength + 2 * size + 2) this.#relationTags = grownInts(this.#relationTags, this.#relationTagsLength + 2 * size + 2);
    if (this.#memberIds.length < from + size) {
      this.#memberIds = grownFloats(this.#memberIds, from + size);
      this.#memberTypes = grownInts(this.#memberTypes, this.#memberIds.length);
      this.#memberRoles = grownInts(this.#memberRoles, this.#memberIds.length);
    }
    let keys = this.#relationTagsLength;
    let values = keys + 1;
    let roles = from;
    let types = from;
    let members = from;
    let member = 0;
    let id = 0;
    for (let p = start; p < end; ) {
      const tag = readSmall(bytes, p, end);
      p = cursor;
      if (tag === 1 << 3) {
        id = readId(bytes, p, end);
        p = cursor;
        continue;
      }
      if ((tag & 7) !== SPAN_FIELD) {
        p = skipField(bytes, tag & 7, p, end);
        continue;
      }
      const spanEnd = readSpan(bytes, p, end);
      p = cursor;
      const field = tag >>> 3;
      if (field === 2) keys = fillStrided(this.#relationTags, keys, bytes, p, spanEnd);
      else if (field === 3) values = fillStrided(this.#relationTags, values, bytes, p, spanEnd);
      else if (field === 8) {
        for (; p < spanEnd; p = cursor) this.#memberRoles[roles++] = readSmall(bytes, p, spanEnd);
      } else if (field === 9) {
        for (; p < spanEnd; p = cursor) this.#memberIds[members++] = member += readLongSigned(bytes, p, spanEnd);
      } else if (field === 10) {
        for (; p < spanEnd; p = cursor) this.#memberTypes[types++] = readSmall(bytes, p, spanEnd);
      }
      p = spanEnd;
    }
    if (values !== keys + 1) badTable();
    if (roles !== members || types !== members) fail('关系成员的编号、角色与类型个数不同', 'ids, roles and types of relation members differ in number');
    this.#relationIds[relation] = id;
    this.#relationTagsLength = this.#relationTagEnds[relation] = keys;
    this.#membersLength = this.#memberEnds[relation] = members;
  }

  #nodeColumns(): NodeColumns {
    return {
      count: this.#nodeCount,
      ids: this.#nodeIds.subarray(0, this.#nodeCount),
      lonE7: this.#lon.subarray(0, this.#nodeCount),
      latE7: this.#lat.subarray(0, this.#nodeCount),
      tagged: this.#tagged.subarray(0, this.#taggedCount),
      tagEnds: this.#nodeTagEnds.subarray(0, this.#taggedCount),
      tags: this.#nodeTags.subarray(0, this.#nodeTagsLength),
    };
  }

  #wayColumns(): WayColumns {
    return {
      count: this.#wayCount,
      ids: this.#wayIds.subarray(0, this.#wayCount),
      tagEnds: this.#wayTagEnds.subarray(0, this.#wayCount),
      tags: this.#wayTags.subarray(0, this.#wayTagsLength),
      refEnds: this.#refEnds.subarray(0, this.#wayCount),
      refs: this.#refs.subarray(0, this.#refsLength),
    };
  }

  #columns(bytes: Uint8Array, kernel: BlobKernel | undefined): BlockColumns {
    return {
      skippedNodes: this.#skippedNodes,
      skippedWays: this.#skippedWays,
      strings: {
        bytes,
        count: this.#stringCount,
        starts: this.#stringStarts.subarray(0, this.#stringCount),
        ends: this.#stringEnds.subarray(0, this.#stringCount),
      } satisfies StringColumns,
      nodes: kernel === undefined ? this.#nodeColumns() : kernel.nodes(),
      ways: kernel === undefined ? this.#wayColumns() : kernel.ways(),
      relations: {
        count: this.#relationCount,
        ids: this.#relationIds.subarray(0, this.#relationCount),
        tagEnds: this.#relationTagEnds.subarray(0, this.#relationCount),
        tags: this.#relationTags.subarray(0, this.#relationTagsLength),
        memberEnds: this.#memberEnds.subarray(0, this.#relationCount),
        memberIds: this.#memberIds.subarray(0, this.#membersLength),
        memberTypes: this.#memberTypes.subarray(0, this.#membersLength),
        memberRoles: this.#memberRoles.subarray(0, this.#membersLength),
      },
    };
  }
}

/** Packed unsigned varints into every second slot of `out` from `at`; returns the slot after the last one. */
function fillStrided(out: Uint32Array, at: number, bytes: Uint8Array, start: number, end: number): number {
  let n = at;
  let p = start;
  while (p < end) {
    let b = bytes[p];
    if (b < 0x80) p++;
    else {
      const c = bytes[p + 1];
      if (c < 0x80 && p + 1 < end) {
        p += 2;
        b = (b & 0x7f) | (c << 7);
      } else {
        b = readSmall(bytes, p, end);
        p = cursor;
      }
    }
    out[n] = b;
    n += 2;
  }
  return n;
}
