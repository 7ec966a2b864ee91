/**
 * Labels (cost, node, facility) by cost, least first: a binary heap in typed arrays, for repairs that touch hundreds of labels, not millions
 * (bounded-search.ts has buckets for those). Labels that were overtaken stay in it; whoever takes one out looks whether it still holds.
 *
 * Memory: 12 bytes a label waiting.
 */
export class LabelHeap {
  size = 0;
  /** The label that `take` took out last. */
  cost = 0;
  node = 0;
  facility = 0;
  #costs = new Uint32Array(1024);
  #nodes = new Uint32Array(1024);
  #facilities = new Uint32Array(1024);

  add(cost: number, node: number, facility: number): void {
    if (this.size === this.#costs.length) this.#grow();
    let at = this.size++;
    const costs = this.#costs;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (costs[above] <= cost) break;
      this.#move(above, at);
      at = above;
    }
    this.#set(at, cost, node, facility);
  }

  /** Takes out a label of least cost. @returns false where none is left */
  take(): boolean {
    if (this.size === 0) return false;
    const costs = this.#costs;
    this.cost = costs[0];
    this.node = this.#nodes[0];
    this.facility = this.#facilities[0];
    const last = --this.size;
    const cost = costs[last];
    let at = 0;
    for (let below = 1; below < last; below = 2 * at + 1) {
      if (below + 1 < last && costs[below + 1] < costs[below]) below++;
      if (costs[below] >= cost) break;
      this.#move(below, at);
      at = below;
    }
    this.#set(at, cost, this.#nodes[last], this.#facilities[last]);
    return true;
  }

  #set(at: number, cost: number, node: number, facility: number): void {
    this.#costs[at] = cost;
    this.#nodes[at] = node;
    this.#facilities[at] = facility;
  }

  #move(from: number, to: number): void {
    this.#costs[to] = this.#costs[from];
    this.#nodes[to] = this.#nodes[from];
    this.#facilities[to] = this.#facilities[from];
  }

  #grow(): void {
    const longer = (values: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => {
      const copy = new Uint32Array(2 * values.length);
      copy.set(values);
      return copy;
    };
    this.#costs = longer(this.#costs);
    this.#nodes = longer(this.#nodes);
    this.#facilities = longer(this.#facilities);
  }
}
