/**
 * Mapbox Vector Tile 2.1, written byte by byte.
 *
 * Rejected: vt-pbf, which wants a tree of arrays per feature that our flat shapes would have to be turned into first.
 */
import { EXTENT } from './mercator.ts';
import type { ShapeType } from './shape.ts';

export type TileValue = string | number | boolean;

const textEncoder = new TextEncoder();

/** A growing buffer with protobuf's basic writes. */
class ByteWriter {
  bytes = new Uint8Array(1024);
  length = 0;

  reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  varint(value: number): void {
    this.reserve(10);
    let rest = value;
    while (rest >= 0x80) {
      this.bytes[this.length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.bytes[this.length++] = rest;
  }

  append(other: Uint8Array): void {
    this.reserve(other.length);
    this.bytes.set(other, this.length);
    this.length += other.length;
  }

  /** A length-delimited field. */
  field(tag: number, content: Uint8Array): void {
    this.varint(tag * 8 + 2);
    this.varint(content.length);
    this.append(content);
  }

  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

/** Collects MVT geometry commands (§4.3): the cursor starts at 0, 0 and every position is relative to it. */
export class CommandWriter {
  readonly commands = new ByteWriter();
  #x = 0;
  #y = 0;

  reset(): void {
    this.commands.length = 0;
    this.#x = 0;
    this.#y = 0;
  }

  get empty(): boolean {
    return this.commands.length === 0;
  }

  #vertex(x: number, y: number): void {
    const dx = x - this.#x;
    const dy = y - this.#y;
    this.commands.varint(((dx << 1) ^ (dx >> 31)) >>> 0);
    this.commands.varint(((dy << 1) ^ (dy >> 31)) >>> 0);
    this.#x = x;
    this.#y = y;
  }

  points(xy: readonly number[]): void {
    this.commands.varint((xy.length / 2) * 8 + 1);
    for (let i = 0; i < xy.length; i += 2) this.#vertex(xy[i], xy[i + 1]);
  }

  /** A line, or a ring given without its closing vertex. Whole numbers. */
  path(xy: readonly number[], close: boolean): void {
    this.commands.varint(9);
    this.#vertex(xy[0], xy[1]);
    this.commands.varint((xy.length / 2 - 1) * 8 + 2);
    for (let i = 2; i < xy.length; i += 2) this.#vertex(xy[i], xy[i + 1]);
    if (close) this.commands.varint(15);
  }
}

/** One layer of a tile: features in drawing order, keys and values written once each. */
export class LayerWriter {
  readonly name: string;
  count = 0;
  readonly #features = new ByteWriter();
  readonly #keys = new Map<string, number>();
  readonly #values = new Map<TileValue, number>();
  readonly #valueBytes = new ByteWriter();
  readonly #feature = new ByteWriter();
  readonly #tags = new ByteWriter();
  readonly #scratch = new ByteWriter();

  constructor(name: string) {
    this.name = name;
  }

  /** `id` is a whole number below 2^53, or undefined where the feature has none. */
  add(id: number | undefined, type: ShapeType, commands: Uint8Array, properties: Iterable<readonly [string, TileValue]>): void {
    const tags = this.#tags;
    tags.length = 0;
    for (const [key, value] of properties) {
      tags.varint(this.#keyIndex(key));
      tags.varint(this.#valueIndex(value));
    }
    const feature = this.#feature;
    feature.length = 0;
    if (id !== undefined) {
      feature.varint(8);
      feature.varint(id);
    }
    if (tags.length > 0) feature.field(2, tags.view());
    feature.varint(24);
    feature.varint(type);
    feature.field(4, commands);
    this.#features.field(2, feature.view());
    this.count++;
  }

  #keyIndex(key: string): number {
    let index = this.#keys.get(key);
    if (index === undefined) {
      index = this.#keys.size;
      this.#keys.set(key, index);
    }
    return index;
  }

  #valueIndex(value: TileValue): number {
    let index = this.#values.get(value);
    if (index === undefined) {
      index = this.#values.size;
      this.#values.set(value, index);
      this.#scratch.length = 0;
      writeValue(this.#scratch, value);
      this.#valueBytes.field(4, this.#scratch.view());
    }
    return index;
  }

  encode(): Uint8Array {
    const layer = new ByteWriter();
    layer.field(1, textEncoder.encode(this.name));
    layer.append(this.#features.view());
    for (const key of this.#keys.keys()) layer.field(3, textEncoder.encode(key));
    layer.append(this.#valueBytes.view());
    layer.varint(40);
    layer.varint(EXTENT);
    layer.varint(120);
    layer.varint(2);
    return layer.view();
  }
}

function writeValue(writer: ByteWriter, value: TileValue): void {
  if (typeof value === 'string') writer.field(1, textEncoder.encode(value));
  else if (typeof value === 'boolean') {
    writer.varint(56);
    writer.varint(value ? 1 : 0);
  } else if (Number.isSafeInteger(value) && value >= 0) {
    writer.varint(40);
    writer.varint(value);
  } else {
    writer.varint(25);
    writer.reserve(8);
    new DataView(writer.bytes.buffer).setFloat64(writer.length, value, true);
    writer.length += 8;
  }
}

/** A tile of encoded layers; those without bytes are left out. None at all gives no bytes, which is a valid empty tile. */
export function encodeTile(layers: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const tile = new ByteWriter();
  for (const layer of layers) if (layer.length > 0) tile.field(3, layer);
  return tile.bytes.slice(0, tile.length);
}
