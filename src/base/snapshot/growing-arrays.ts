/** Typed arrays that grow: a city's rows come in chunks and nobody knows how many there are. */
import type { Geometry } from '../../engine/spatial/geometry.ts';

type Numbers = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;

export class Growing<Kind extends Numbers> {
  #array: Kind;
  length = 0;
  readonly #make: (length: number) => Kind;

  constructor(make: (length: number) => Kind) {
    this.#make = make;
    this.#array = make(1024);
  }

  push(value: number): number {
    if (this.length === this.#array.length) {
      const larger = this.#make(2 * this.length);
      larger.set(this.#array);
      this.#array = larger;
    }
    this.#array[this.length] = value;
    return this.length++;
  }

  finish(): Kind {
    return this.#array.slice(0, this.length) as Kind;
  }
}

export const growingF64 = (): Growing<Float64Array> => new Growing((n) => new Float64Array(n));
export const growingF32 = (): Growing<Float32Array> => new Growing((n) => new Float32Array(n));
export const growingI32 = (): Growing<Int32Array> => new Growing((n) => new Int32Array(n));
export const growingU32 = (): Growing<Uint32Array> => new Growing((n) => new Uint32Array(n));
export const growingU8 = (): Growing<Uint8Array> => new Growing((n) => new Uint8Array(n));

/** Degrees as whole 10⁻⁷ degrees, about 1 cm: OSM's own grid, half the bytes of a double. */
export const toE7 = (degrees: number): number => Math.round(degrees * 1e7);

/** Bytes of a text in UTF-8; half a surrogate pair takes the three of U+FFFD, as in TextEncoder. */
function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    length += unit < 0x800 ? 1 : 2;
    // a whole pair: 2 units and 2 more bytes are its four
    if ((unit & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) i++;
  }
  return length;
}

/** Texts by number, each once; 0 is "none". */
export class TextTable {
  readonly #numbers = new Map<string, number>();
  readonly #texts: string[] = [''];

  /** A table that has these texts already, numbered from 1. */
  constructor(texts: readonly string[] = []) {
    for (const text of texts) {
      this.#numbers.set(text, this.#texts.length);
      this.#texts.push(text);
    }
  }

  number(text: string | null | undefined): number {
    if (text === null || text === undefined) return 0;
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#texts.length;
      this.#numbers.set(text, number);
      this.#texts.push(text);
    }
    return number;
  }

  /** UTF-8 of all texts one after the other, and where each ends. */
  finish(): { bytes: Uint8Array; ends: Uint32Array } {
    const bytes = new TextEncoder().encode(this.#texts.join(''));
    const ends = new Uint32Array(this.#texts.length);
    let at = 0;
    this.#texts.forEach((text, i) => (ends[i] = at += utf8Length(text)));
    return { bytes, ends };
  }
}

/** Shapes as rings or lines: each shape's parts, each part's vertices in 10⁻⁷ degrees. Inside is told by the even-odd rule. */
export class ShapeList {
  readonly #vertices = growingI32();
  readonly #partEnds = growingU32();
  readonly #shapeEnds = growingU32();

  add(geometry: Geometry | undefined): void {
    if (geometry !== undefined) {
      const count = geometry.coordinates.length / 2;
      const ends = geometry.partEnds ?? (geometry.type === 'MultiPoint' ? Uint32Array.from({ length: count }, (_, i) => i + 1) : Uint32Array.of(count));
      const before = this.#vertices.length / 2;
      for (const value of geometry.coordinates) this.#vertices.push(toE7(value));
      for (const end of ends) this.#partEnds.push(before + end);
    }
    this.#shapeEnds.push(this.#partEnds.length);
  }

  finish(prefix: string): Record<string, Int32Array | Uint32Array> {
    return { [`${prefix}.verticesE7`]: this.#vertices.finish(), [`${prefix}.partEnds`]: this.#partEnds.finish(), [`${prefix}.shapeEnds`]: this.#shapeEnds.finish() };
  }
}
