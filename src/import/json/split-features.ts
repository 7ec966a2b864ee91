/**
 * Cuts a GeoJSON document into its features without building a tree of it: a scan for quotes and brackets finds where
 * each element of the `features` array begins and ends, and V8's own parser reads the element. Memory is one feature
 * and one piece of the file, whatever the file's size.
 *
 * Alternatives: stream-json and @streamparser/json emit every token as an event (some 10 MB/s against 150 MB/s and more
 * here) and stop at the first stray byte, where this one loses at most the feature it stands in.
 */
export type DocumentPart =
  /** An element of the features array: its bytes and where they begin in the file. */
  | { readonly kind: 'feature'; readonly bytes: Uint8Array; readonly offset: number }
  /** A feature that grew beyond the bound and was passed over. */
  | { readonly kind: 'oversize'; readonly offset: number; readonly size: number }
  /** All bytes outside the features array, at the end. `complete` is false where the document ends within something. */
  | { readonly kind: 'rest'; readonly bytes: Uint8Array; readonly hadFeatures: boolean; readonly complete: boolean };

export interface SplitLimits {
  readonly maxFeatureBytes: number;
  /** Of what stands outside the features array; a document that is one geometry must fit in it. */
  readonly maxRestBytes: number;
}

const SPLIT_LIMITS: SplitLimits = { maxFeatureBytes: 256 * 2 ** 20, maxRestBytes: 256 * 2 ** 20 };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** Bytes gathered from pieces; what grows beyond the limit is counted only. */
class Gathered {
  #parts: Uint8Array[] = [];
  #kept = 0;
  size = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get overflown(): boolean {
    return this.size > this.#limit;
  }

  add(bytes: Uint8Array): void {
    this.size += bytes.byteLength;
    if (this.overflown) this.#parts = [];
    else if (bytes.byteLength > 0) this.#parts.push(bytes);
    this.#kept = this.overflown ? 0 : this.size;
  }

  join(): Uint8Array {
    if (this.#parts.length === 1) return this.#parts[0];
    const all = new Uint8Array(this.#kept);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.byteLength;
    }
    return all;
  }
}

const FEATURES_KEY = new TextEncoder().encode('"features"');

function endsWithFeaturesKey(tail: Uint8Array): boolean {
  let end = tail.byteLength;
  const skip = (isSkipped: (byte: number) => boolean): void => {
    while (end > 0 && isSkipped(tail[end - 1])) end--;
  };
  skip((byte) => byte <= 0x20);
  if (tail[end - 1] !== 0x3a) return false;
  end--;
  skip((byte) => byte <= 0x20);
  const start = end - FEATURES_KEY.byteLength;
  return start >= 0 && FEATURES_KEY.every((byte, i) => tail[start + i] === byte);
}

/** Splits UTF-8 pieces of a document. A top-level array counts as the features array. */
export async function* splitFeatures(pieces: AsyncIterable<Uint8Array>, limits: SplitLimits = SPLIT_LIMITS): AsyncGenerator<DocumentPart, void, undefined> {
  const rest = new Gathered(limits.maxRestBytes);
  let feature: { offset: number; gathered: Gathered } | undefined;
  let depth = 0;
  let listDepth = -1;
  let hadFeatures = false;
  let quoted = false;
  let escaped = false;
  let base = 0;
  // The last bytes outside features, across pieces, to see the key before a bracket.
  let tail: Uint8Array = new Uint8Array(0);

  for await (const piece of pieces) {
    let start = 0;
    for (let i = 0; i < piece.byteLength; i++) {
      const byte = piece[i];
      if (quoted) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) quoted = false;
        continue;
      }
      if (byte === QUOTE) quoted = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (feature === undefined && listDepth < 0 && byte === OPEN_BRACKET && (depth === 0 || (depth === 1 && endsWithFeaturesKey(concat(tail, piece.subarray(Math.max(start, i - 64), i)))))) {
          listDepth = depth + 1;
          hadFeatures = true;
          rest.add(piece.slice(start, i + 1));
        } else if (feature === undefined && listDepth >= 0 && depth === listDepth && byte === OPEN_BRACE) {
          start = i;
          feature = { offset: base + i, gathered: new Gathered(limits.maxFeatureBytes) };
        }
        depth++;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth--;
        if (feature !== undefined && depth === listDepth) {
          feature.gathered.add(piece.subarray(start, i + 1));
          start = i + 1;
          if (feature.gathered.overflown) yield { kind: 'oversize', offset: feature.offset, size: feature.gathered.size };
          else yield { kind: 'feature', bytes: feature.gathered.join(), offset: feature.offset };
          feature = undefined;
        } else if (listDepth >= 0 && feature === undefined && depth < listDepth) {
          listDepth = -1;
          start = i;
        }
      }
    }
    const last = piece.subarray(start);
    if (feature !== undefined) feature.gathered.add(last.slice());
    // What stands between features is commas; kept, as views they would keep every piece of the file alive.
    else if (listDepth < 0) {
      rest.add(last.slice());
      tail = last.byteLength >= 64 ? last.slice(-64) : concat(tail, last).slice(-64);
    }
    base += piece.byteLength;
  }
  yield { kind: 'rest', bytes: rest.join(), hadFeatures, complete: feature === undefined && !quoted && depth <= 0 && !rest.overflown };
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.byteLength + b.byteLength);
  all.set(a);
  all.set(b, a.byteLength);
  return all;
}
