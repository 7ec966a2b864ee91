/**
 * Joins small areas into units of a wanted size, across the weakest barriers.
 *
 * Two neighbours are tied by a *bond*: the metres of border they share, each divided by the hindrance of the barrier that
 * runs there. Bonds add up when areas join, so that a long border along a lane outweighs a short one, and a trunk road
 * counts for next to nothing. The smallest area goes first and joins the neighbour with the strongest bond that keeps
 * the sum within the wanted size; what stays too small is then cut anew together with one neighbour.
 *
 * Greedy agglomeration, the first phase of heuristics for the max-p-regions problem (Duque, Anselin & Rey 2012), with a heap
 * from which stale entries are dropped when they surface. The exact problem is NP-hard, and its second phase, swapping areas
 * at random, was rejected because neighbouring runs would draw different borders. Deterministic: ties go to lower numbers.
 * 90,000 areas with 179,400 bonds take 2–3 s and 100 MB, some 0.5 KB a bond, most of it the neighbours' maps.
 */

/** A pair of neighbouring areas and the bond between them. */
export interface Bond {
  readonly a: number;
  readonly b: number;
  readonly bond: number;
}

export interface MergeTarget {
  /** Areas of at least this size are left in peace. */
  readonly min: number;
  /** No join goes beyond this size … */
  readonly max: number;
  /** … unless the area is smaller than this and has no other way. */
  readonly scrap: number;
}

/**
 * Group number of each area, from 0 in order of each group's first area.
 *
 * @param sizes size of each area (persons, m² of land …), ≥ 0
 */
export function mergeRegions(sizes: ArrayLike<number>, bonds: readonly Bond[], target: MergeTarget): Uint32Array {
  const count = sizes.length;
  const parent = Uint32Array.from({ length: count }, (_, i) => i);
  const size = Float64Array.from(sizes);
  const neighbours: (Map<number, number> | undefined)[] = Array.from({ length: count });
  const tie = (a: number, b: number, bond: number): void => {
    const map = (neighbours[a] ??= new Map<number, number>());
    map.set(b, (map.get(b) ?? 0) + bond);
  };
  for (const { a, b, bond } of bonds) {
    if (a === b || !(bond > 0)) continue;
    tie(a, b, bond);
    tie(b, a, bond);
  }

  const queue = new SmallestFirst();
  for (let i = 0; i < count; i++) if (size[i] < target.min) queue.push(size[i], i);
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { item: a, key } = next;
    // joined since, or pushed again at a larger size
    if (parent[a] !== a || key !== size[a]) continue;
    const b = choosePartner(a, size, neighbours[a], target);
    if (b < 0) continue;
    // the one with more neighbours takes the other in
    const [keep, gone] = (neighbours[a]?.size ?? 0) > (neighbours[b]?.size ?? 0) ? [a, b] : [b, a];
    parent[gone] = keep;
    size[keep] += size[gone];
    for (const [other, bond] of neighbours[gone] ?? []) {
      const others = neighbours[other];
      others?.delete(gone);
      if (other === keep) continue;
      tie(keep, other, bond);
      tie(other, keep, bond);
    }
    neighbours[gone] = undefined;
    if (size[keep] < target.min) queue.push(size[keep], keep);
  }
  return settleSmall(numberGroups(parent), Float64Array.from(sizes), bonds, target);
}

/**
 * Small groups that no neighbour could take in whole within the wanted size share with one: the two are cut anew into
 * two connected parts of the wanted size, where there is such a cut.
 */
function settleSmall(groups: Uint32Array, sizes: Float64Array, bonds: readonly Bond[], target: MergeTarget): Uint32Array {
  if (!Number.isFinite(target.max)) return groups;
  const total = new Map<number, number>();
  groups.forEach((group, i) => total.set(group, (total.get(group) ?? 0) + sizes[i]));
  const small = [...total].filter(([, size]) => size < target.min).sort((a, b) => a[1] - b[1]).map(([group]) => group);
  if (small.length === 0) return groups;
  const members = new Map<number, number[]>();
  groups.forEach((group, i) => {
    const list = members.get(group);
    if (list === undefined) members.set(group, [i]);
    else list.push(i);
  });
  const ties = listTies(sizes.length, bonds);
  for (const group of small) {
    const around = new Map<number, number>();
    for (const i of members.get(group) ?? []) {
      for (let k = ties.starts[i]; k < ties.starts[i + 1]; k++) {
        const other = groups[ties.neighbours[k]];
        if (other !== group) around.set(other, (around.get(other) ?? 0) + ties.bonds[k]);
      }
    }
    for (const [other] of [...around].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
      const both = [...(members.get(group) ?? []), ...(members.get(other) ?? [])];
      const part = cutInTwo(both, ties, sizes, target);
      if (part === undefined) continue;
      members.set(group, both.filter((i) => part.has(i)));
      members.set(other, both.filter((i) => !part.has(i)));
      for (const i of both) groups[i] = part.has(i) ? group : other;
      break;
    }
  }
  return groups;
}

/** Bonds of each area as CSR: starts[i] … starts[i + 1] in neighbours and bonds. */
interface Ties {
  readonly starts: Uint32Array;
  readonly neighbours: Uint32Array;
  readonly bonds: Float64Array;
}

function listTies(count: number, bonds: readonly Bond[]): Ties {
  const starts = new Uint32Array(count + 1);
  for (const { a, b } of bonds) {
    starts[a + 1]++;
    starts[b + 1]++;
  }
  for (let i = 0; i < count; i++) starts[i + 1] += starts[i];
  const next = starts.slice();
  const neighbours = new Uint32Array(2 * bonds.length);
  const values = new Float64Array(2 * bonds.length);
  for (const { a, b, bond } of bonds) {
    neighbours[next[a]] = b;
    values[next[a]++] = bond;
    neighbours[next[b]] = a;
    values[next[b]++] = bond;
  }
  return { starts, neighbours, bonds: values };
}

/** One of two connected parts of the wanted size, grown from each of up to 12 members in turn; the most even cut wins. */
function cutInTwo(members: readonly number[], ties: Ties, sizes: Float64Array, target: MergeTarget): Set<number> | undefined {
  const whole = members.reduce((sum, i) => sum + sizes[i], 0);
  if (whole < 2 * target.min || whole > 2 * target.max || members.length > 2000) return undefined;
  const inside = new Set(members);
  const step = Math.max(1, Math.floor(members.length / 12));
  let best: Set<number> | undefined;
  let bestGap = Infinity;
  for (let s = 0; s < members.length; s += step) {
    const part = new Set<number>();
    let size = 0;
    for (const i of breadthFirst(members[s], inside, ties)) {
      if (size + sizes[i] / 2 > whole / 2) break;
      part.add(i);
      size += sizes[i];
    }
    const rest = whole - size;
    if (Math.min(size, rest) < target.min || Math.max(size, rest) > target.max || Math.abs(size - rest) >= bestGap) continue;
    const left = new Set(members.filter((i) => !part.has(i)));
    const first = left.values().next().value;
    if (first === undefined || breadthFirst(first, left, ties).length !== left.size) continue;
    best = part;
    bestGap = Math.abs(size - rest);
  }
  return best;
}

function breadthFirst(start: number, inside: ReadonlySet<number>, ties: Ties): number[] {
  const order = [start];
  const seen = new Set(order);
  for (let at = 0; at < order.length; at++) {
    for (let k = ties.starts[order[at]]; k < ties.starts[order[at] + 1]; k++) {
      const next = ties.neighbours[k];
      if (!inside.has(next) || seen.has(next)) continue;
      seen.add(next);
      order.push(next);
    }
  }
  return order;
}

function choosePartner(a: number, size: Float64Array, ties: Map<number, number> | undefined, target: MergeTarget): number {
  let best = -1;
  let bestBond = 0;
  let anyway = -1;
  let anywayScore = 0;
  for (const [b, bond] of ties ?? []) {
    if (size[a] + size[b] <= target.max) {
      if (bond > bestBond || (bond === bestBond && b < best)) {
        best = b;
        bestBond = bond;
      }
    } else {
      const score = bond / (size[a] + size[b]);
      if (score > anywayScore || (score === anywayScore && b < anyway)) {
        anyway = b;
        anywayScore = score;
      }
    }
  }
  if (best >= 0) return best;
  return size[a] < target.scrap ? anyway : -1;
}

/** Group number of each area, where bonds of any strength join areas without bound. */
export function joinConnected(count: number, bonds: readonly Bond[]): Uint32Array {
  const parent = Uint32Array.from({ length: count }, (_, i) => i);
  const find = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]];
    return i;
  };
  for (const { a, b } of bonds) {
    const [low, high] = [find(a), find(b)].sort((x, y) => x - y);
    parent[high] = low;
  }
  return numberGroups(parent);
}

function numberGroups(parent: Uint32Array): Uint32Array {
  const numbers = new Int32Array(parent.length).fill(-1);
  const groups = new Uint32Array(parent.length);
  let count = 0;
  for (let i = 0; i < parent.length; i++) {
    let root = i;
    while (parent[root] !== root) root = parent[root];
    if (numbers[root] < 0) numbers[root] = count++;
    groups[i] = numbers[root];
  }
  return groups;
}

/** A binary heap by key, then item, so that the order never depends on how things came in. */
class SmallestFirst {
  readonly #keys: number[] = [];
  readonly #items: number[] = [];

  push(key: number, item: number): void {
    let at = this.#keys.length;
    this.#keys.push(key);
    this.#items.push(item);
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!this.#before(at, up)) break;
      this.#swap(at, up);
      at = up;
    }
  }

  pop(): { key: number; item: number } | undefined {
    const last = this.#keys.length - 1;
    if (last < 0) return undefined;
    this.#swap(0, last);
    const top = { key: this.#keys.pop() as number, item: this.#items.pop() as number };
    let at = 0;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < last && this.#before(child, least)) least = child;
      if (least === at) return top;
      this.#swap(at, least);
      at = least;
    }
  }

  #before(i: number, j: number): boolean {
    return this.#keys[i] < this.#keys[j] || (this.#keys[i] === this.#keys[j] && this.#items[i] < this.#items[j]);
  }

  #swap(i: number, j: number): void {
    [this.#keys[i], this.#keys[j]] = [this.#keys[j], this.#keys[i]];
    [this.#items[i], this.#items[j]] = [this.#items[j], this.#items[i]];
  }
}
