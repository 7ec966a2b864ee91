/**
 * Reading protobuf messages field by field (protobuf encoding specification, wire types 0, 1, 2 and 5).
 *
 * For the small messages: blob headers, the file header, block frames. The hot loops over packed arrays are written out
 * in primitive-block.ts.
 */
import { MalformedBlock } from './pbf-error.ts';

const OVERRUN = ['长度字段超出了所在消息的范围', 'a length runs past the end of its message'] as const;

export class MessageReader {
  readonly bytes: Uint8Array;
  position: number;
  readonly end: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  get done(): boolean {
    return this.position >= this.end;
  }

  /** An unsigned varint; above 2⁵³ the low bits are rounded off. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      if (this.position >= this.end) throw new MalformedBlock(...OVERRUN);
      const byte = this.bytes[this.position++];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new MalformedBlock('变长整数超过 10 字节', 'a varint is longer than 10 bytes');
  }

  /** An int64 written as a plain varint: negative numbers take ten bytes. Exact within ±2⁵³. */
  int64(): number {
    return Number(BigInt.asIntN(64, this.#exact()));
  }

  /** A zigzag varint (sint32, sint64). Exact within ±2⁵³. */
  signed(): number {
    const value = this.#exact();
    return Number(value & 1n ? -((value + 1n) >> 1n) : value >> 1n);
  }

  #exact(): bigint {
    const start = this.position;
    this.varint();
    let value = 0n;
    for (let i = this.position - 1; i >= start; i--) value = (value << 7n) | BigInt(this.bytes[i] & 0x7f);
    return BigInt.asUintN(64, value);
  }

  /** The start of a length-delimited field; the position moves behind it. */
  span(): { start: number; end: number } {
    const length = this.varint();
    const start = this.position;
    if (length > this.end - start) throw new MalformedBlock(...OVERRUN);
    this.position = start + length;
    return { start, end: this.position };
  }

  text(): string {
    const { start, end } = this.span();
    return new TextDecoder().decode(this.bytes.subarray(start, end));
  }

  skip(wireType: number): void {
    if (wireType === 0) this.varint();
    else if (wireType === 2) this.span();
    else if (wireType === 1) this.position += 8;
    else if (wireType === 5) this.position += 4;
    else throw new MalformedBlock(`未知的字段类型 ${wireType}`, `unknown wire type ${wireType}`);
    if (this.position > this.end) throw new MalformedBlock(...OVERRUN);
  }
}
