/**
 * Where the nodes are: node id → coordinates, for millions of nodes.
 *
 * Ids sorted in one Float64Array with a directory over equal ranges of id (about four ids an entry if they were spread
 * evenly; OSM ids come in runs, so a lookup ends in a binary search of the entry's few). Files are nearly always sorted,
 * then appending is copying; others are sorted once by permutation. 17 bytes a node while in use, against some 100 for a
 * Map; consecutive references of a way are mostly consecutive ids, which the hint of the previous lookup answers at once.
 * Of nodes given twice the last one stands.
 */
import { NO_COORDINATE } from './block-columns.ts';

const IDS_PER_ENTRY = 4;

interface Chunk {
  readonly ids: Float64Array;
  readonly lonE7: Int32Array;
  readonly latE7: Int32Array;
}

export class NodeLocations {
  #chunks: Chunk[] = [];
  #count = 0;
  #ids = new Float64Array(0);
  #lon = new Int32Array(0);
  #lat = new Int32Array(0);
  #directory = new Uint32Array(2);
  #first = 0;
  #perEntry = 1;
  #hint = 0;

  get size(): number {
    return this.#count;
  }

  /** Adds nodes in any order; the arrays are kept, not copied. Only before {@link seal}. */
  append(ids: Float64Array, lonE7: Int32Array, latE7: Int32Array): void {
    if (ids.length === 0) return;
    this.#chunks.push({ ids, lonE7, latE7 });
    this.#count += ids.length;
  }

  /** Ends appending and makes the nodes findable. */
  seal(): void {
    this.#join();
    if (!isAscending(this.#ids)) this.#sort();
    this.#buildDirectory();
  }

  /** The position of a node, −1 where the file lacks it or its coordinates are unusable. */
  find(id: number): number {
    const ids = this.#ids;
    const next = this.#hint + 1;
    if (ids[next] === id) {
      this.#hint = next;
      return this.#lon[next] === NO_COORDINATE || this.#lat[next] === NO_COORDINATE ? -1 : next;
    }
    // The clamp catches the last ids of a huge range, whose quotient may round up.
    const entry = Math.min(Math.floor((id - this.#first) / this.#perEntry), this.#directory.length - 2);
    if (!(entry >= 0)) return -1;
    let low = this.#directory[entry];
    let high = this.#directory[entry + 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ids[middle] < id) low = middle + 1;
      else high = middle;
    }
    if (ids[low] !== id) return -1;
    this.#hint = low;
    return this.#lon[low] === NO_COORDINATE || this.#lat[low] === NO_COORDINATE ? -1 : low;
  }

  /** The node at a position. */
  id(position: number): number {
    return this.#ids[position];
  }

  lonE7(position: number): number {
    return this.#lon[position];
  }

  latE7(position: number): number {
    return this.#lat[position];
  }

  /** Joins chunk by chunk and lets each go, so that the peak is little above the result. */
  #join(): void {
    this.#ids = new Float64Array(this.#count);
    this.#lon = new Int32Array(this.#count);
    this.#lat = new Int32Array(this.#count);
    let at = 0;
    this.#chunks.reverse();
    for (let chunk = this.#chunks.pop(); chunk !== undefined; chunk = this.#chunks.pop()) {
      this.#ids.set(chunk.ids, at);
      this.#lon.set(chunk.lonE7, at);
      this.#lat.set(chunk.latE7, at);
      at += chunk.ids.length;
    }
  }

  #sort(): void {
    const [ids, lon, lat] = [this.#ids, this.#lon, this.#lat];
    const order = Uint32Array.from(ids, (_, i) => i).toSorted((a, b) => ids[a] - ids[b] || a - b);
    let count = 0;
    for (let i = 0; i < order.length; i++) if (i + 1 === order.length || ids[order[i]] !== ids[order[i + 1]]) order[count++] = order[i];
    this.#ids = Float64Array.from({ length: count }, (_, i) => ids[order[i]]);
    this.#lon = Int32Array.from({ length: count }, (_, i) => lon[order[i]]);
    this.#lat = Int32Array.from({ length: count }, (_, i) => lat[order[i]]);
    this.#count = count;
  }

  #buildDirectory(): void {
    const ids = this.#ids;
    const n = ids.length;
    this.#first = n > 0 ? ids[0] : 0;
    const range = n > 0 ? ids[n - 1] - this.#first + 1 : 1;
    const entries = Math.max(1, Math.ceil(n / IDS_PER_ENTRY));
    this.#perEntry = range / entries;
    const directory = new Uint32Array(entries + 1);
    let at = 0;
    for (let entry = 0; entry < entries; entry++) {
      // Entry of an id is computed the same way as in find, so that rounding cannot put it elsewhere.
      while (at < n && Math.floor((ids[at] - this.#first) / this.#perEntry) < entry) at++;
      directory[entry] = at;
    }
    directory[entries] = n;
    this.#directory = directory;
    this.#hint = -1;
  }
}

/** Strictly ascending: sorted, and no id twice. */
function isAscending(ids: Float64Array): boolean {
  for (let i = 1; i < ids.length; i++) if (ids[i] <= ids[i - 1]) return false;
  return true;
}
