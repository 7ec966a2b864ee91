/** A growing byte buffer with the number encodings of protocol buffers (varint, zigzag, length-delimited). */
export class ByteSink {
  #bytes = new Uint8Array(1 << 16);
  #view = Buffer.from(this.#bytes.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The bytes so far; valid until the next write. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  #reserve(more: number): void {
    const need = this.#length + more;
    if (need <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(need, this.#bytes.length * 2));
    grown.set(this.bytes());
    this.#bytes = grown;
    this.#view = Buffer.from(grown.buffer);
  }

  /** A whole number in [0, 2⁵³). */
  varint(value: number): void {
    this.#reserve(10);
    let rest = value;
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** A signed whole number, zigzag-encoded (sint32, sint64). */
  signed(value: number): void {
    this.varint(value >= 0 ? value * 2 : -value * 2 - 1);
  }

  /** A field number with its wire type: 0 varint, 2 length-delimited. */
  key(field: number, wire: 0 | 2): void {
    this.varint(field * 8 + wire);
  }

  block(field: number, bytes: Uint8Array): void {
    this.key(field, 2);
    this.varint(bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  text(field: number, value: string): void {
    const size = Buffer.byteLength(value);
    this.key(field, 2);
    this.varint(size);
    this.#reserve(size);
    this.#view.write(value, this.#length, 'utf8');
    this.#length += size;
  }
}
