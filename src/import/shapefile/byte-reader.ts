/** Reads a stream of byte pieces as runs of a wanted length, holding no more than one run and one piece. */
export class ByteReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array(0);
  #at = 0;
  #done = false;

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** The next `length` bytes; fewer at the end of the stream. */
  async take(length: number): Promise<Uint8Array> {
    if (this.#piece.byteLength - this.#at >= length) {
      this.#at += length;
      return this.#piece.subarray(this.#at - length, this.#at);
    }
    // Grown as bytes come, so that a length that a damaged file announces is never believed.
    const parts: Uint8Array[] = [];
    let size = 0;
    while (size < length && (await this.#fill())) {
      const part = this.#piece.subarray(this.#at, this.#at + length - size);
      this.#at += part.byteLength;
      size += part.byteLength;
      parts.push(part);
    }
    const run = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
      run.set(part, at);
      at += part.byteLength;
    }
    return run;
  }

  async skip(length: number): Promise<void> {
    let left = length;
    while (left > 0 && (await this.#fill())) {
      const step = Math.min(left, this.#piece.byteLength - this.#at);
      this.#at += step;
      left -= step;
    }
  }

  async #fill(): Promise<boolean> {
    while (!this.#done && this.#at >= this.#piece.byteLength) {
      const next = await this.#pieces.next();
      if (next.done === true) this.#done = true;
      else {
        this.#piece = next.value;
        this.#at = 0;
      }
    }
    return this.#at < this.#piece.byteLength;
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}
