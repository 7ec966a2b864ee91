/**
 * The transportation problem (Hitchcock 1941): supplies and demands, a cost per unit for some pairs; which shipments cost least in all?
 *
 * Network simplex on the bipartite graph: a tree spans supplies, demands and a root, and each pivot lets the cheapest arc of a block in and the last arc that
 * blocks out, which keeps trees strongly feasible, so that it never cycles (Cunningham 1976, Barr, Glover, Klingman 1977). It starts from the greedy
 * plan that fills cheap arcs first: a fifth fewer pivots than from a star of artificial arcs (42,000 for 51,500, 3,000 points a side). Numbers are whole and below 2⁵³, so
 * every sum is exact and there is no tolerance: `u[i] + v[j] ≤ cost` on every arc and `= cost` on every one that is used.
 *
 * Rejected: successive shortest paths (a Dijkstra over all arcs for each of 14,000 supplies); the dense transportation simplex (14,000² costs are 1.6 GB); auction, which is exact only
 * once its ε is below 1 ÷ nodes and could not go on from where it stood when arcs are added.
 *
 * Arcs may be added after a run: the tree stays and the next run goes on from it. That is how pairs of points are solved without a list of all pairs
 * (point-transport.ts).
 *
 * Memory: 61 bytes a node, 24 to 48 an arc.
 */

/** Lists of numbers that grow. */
class Column {
  values: Float64Array;
  length = 0;

  constructor(room: number) {
    this.values = new Float64Array(Math.max(16, room));
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const wider = new Float64Array(2 * this.length);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.length++] = value;
  }
}

export class TransportSimplex {
  /** Of supplies, then demands, then the root. */
  readonly #nodes: number;
  readonly #supplies: number;
  readonly #root: number;
  #artificialCost: number;
  readonly #parent: Int32Array;
  /** The arc to the parent; −1 for artificial ones. Flow on it, its cost, and 1 where it leads to the parent, −1 where it comes from there. */
  readonly #arc: Int32Array;
  readonly #flow: Float64Array;
  readonly #cost: Float64Array;
  readonly #up: Int8Array;
  readonly #depth: Int32Array;
  readonly #potential: Float64Array;
  readonly #firstChild: Int32Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #stack: Int32Array;
  readonly #from = new Column(1024);
  readonly #to = new Column(1024);
  readonly #price = new Column(1024);
  readonly #amount: Float64Array;
  #begun = false;
  #scanAt = 0;
  #pivots = 0;

  /**
   * @param supply whole numbers ≥ 0; of the same sum as
   * @param demand whole numbers ≥ 0
   * @param artificialCost of a unit that leaves a supply, or reaches a demand, by no arc: above every true cost, whole
   */
  constructor(supply: Float64Array, demand: Float64Array, artificialCost: number) {
    this.#supplies = supply.length;
    this.#nodes = supply.length + demand.length + 1;
    this.#root = this.#nodes - 1;
    this.#artificialCost = artificialCost;
    this.#amount = new Float64Array(this.#nodes);
    this.#amount.set(supply);
    this.#amount.set(demand, supply.length);
    this.#parent = new Int32Array(this.#nodes).fill(-1);
    this.#arc = new Int32Array(this.#nodes).fill(-1);
    this.#flow = new Float64Array(this.#nodes);
    this.#cost = new Float64Array(this.#nodes);
    this.#up = new Int8Array(this.#nodes);
    this.#depth = new Int32Array(this.#nodes);
    this.#potential = new Float64Array(this.#nodes);
    this.#firstChild = new Int32Array(this.#nodes).fill(-1);
    this.#next = new Int32Array(this.#nodes).fill(-1);
    this.#previous = new Int32Array(this.#nodes).fill(-1);
    this.#stack = new Int32Array(this.#nodes);
  }

  get arcCount(): number {
    return this.#from.length;
  }

  get pivotCount(): number {
    return this.#pivots;
  }

  /** An arc of a supply and a demand; whole costs ≥ 0. */
  addArc(supply: number, demand: number, cost: number): void {
    this.#from.push(supply);
    this.#to.push(this.#supplies + demand);
    this.#price.push(cost);
  }

  /** Goes on until no arc is worth more. */
  run(): void {
    if (!this.#begun) this.#begin();
    this.#begun = true;
    for (let arc = this.#findEntering(); arc >= 0; arc = this.#findEntering()) {
      this.#pivot(arc);
      this.#pivots++;
    }
  }

  /** u of supplies: with {@link demandPrice}, u[i] + v[j] ≤ cost of every arc. */
  supplyPrice(supply: number): number {
    return -this.#potential[supply];
  }

  demandPrice(demand: number): number {
    return this.#potential[this.#supplies + demand];
  }

  /** Units that no arc ships; 0 where the arcs suffice. */
  unshipped(): number {
    let units = 0;
    for (let node = 0; node < this.#root; node++) if (this.#arc[node] < 0 && this.#up[node] === 1) units += this.#flow[node];
    return units;
  }

  /** Raises the cost of what no arc ships, for the next run. */
  setArtificialCost(cost: number): void {
    this.#artificialCost = cost;
    let held = 0;
    this.#stack[held++] = this.#root;
    while (held > 0) {
      const node = this.#stack[--held];
      if (node !== this.#root) {
        if (this.#arc[node] < 0) this.#cost[node] = cost;
        this.#potential[node] = this.#potential[this.#parent[node]] - this.#up[node] * this.#cost[node];
      }
      for (let child = this.#firstChild[node]; child >= 0; child = this.#next[child]) this.#stack[held++] = child;
    }
  }

  /** Visits what is shipped. */
  eachShipment(visit: (supply: number, demand: number, units: number, cost: number) => void): void {
    for (let node = 0; node < this.#root; node++) {
      const arc = this.#arc[node];
      if (arc >= 0 && this.#flow[node] > 0) visit(this.#from.values[arc], this.#to.values[arc] - this.#supplies, this.#flow[node], this.#price.values[arc]);
    }
  }

  // ── the first tree

  /** Cheap arcs first, each as full as what is left allows. An arc always uses up one of its ends, so the arcs used are a forest. */
  #begin(): void {
    const left = this.#amount.slice();
    const [from, to, price] = [this.#from.values, this.#to.values, this.#price.values];
    const order = new Uint32Array(this.#from.length).map((_, arc) => arc).sort((a, b) => price[a] - price[b] || a - b);
    // by node a list of the forest's arcs
    const head = new Int32Array(this.#nodes).fill(-1);
    const used: number[] = [];
    const follow: number[] = [];
    const put = (node: number, end: number): void => {
      follow[end] = head[node];
      head[node] = end;
    };
    const flowOf: number[] = [];
    for (const arc of order) {
      const units = Math.min(left[from[arc]], left[to[arc]]);
      if (!(units > 0)) continue;
      left[from[arc]] -= units;
      left[to[arc]] -= units;
      put(from[arc], 2 * used.length);
      put(to[arc], 2 * used.length + 1);
      used.push(arc);
      flowOf.push(units);
    }
    const done = new Uint8Array(this.#nodes);
    // a tree of the forest hangs on the root by what is left over in it, else by a supply, whose empty arc then leads to the root
    const hang = (top: number): void => {
      done[top] = 1;
      this.#attach(top, this.#root, -1, left[top], this.#artificialCost, top < this.#supplies ? 1 : -1);
      let held = 0;
      this.#stack[held++] = top;
      while (held > 0) {
        const node = this.#stack[--held];
        for (let end = head[node]; end >= 0; end = follow[end]) {
          const arc = used[end >> 1];
          const other = (end & 1) === 0 ? to[arc] : from[arc];
          if (done[other] === 1) continue;
          done[other] = 1;
          this.#attach(other, node, arc, flowOf[end >> 1], price[arc], other < this.#supplies ? 1 : -1);
          this.#stack[held++] = other;
        }
      }
    };
    for (let node = 0; node < this.#root; node++) if (left[node] > 0) hang(node);
    for (let node = 0; node < this.#supplies; node++) if (done[node] === 0) hang(node);
    // demands of nothing: their empty arc leads to the root too
    for (let node = this.#supplies; node < this.#root; node++) {
      if (done[node] === 1) continue;
      done[node] = 1;
      this.#attach(node, this.#root, -1, 0, this.#artificialCost, 1);
    }
  }

  #attach(node: number, parent: number, arc: number, flow: number, cost: number, up: number): void {
    this.#parent[node] = parent;
    this.#arc[node] = arc;
    this.#flow[node] = flow;
    this.#cost[node] = cost;
    this.#up[node] = up;
    this.#depth[node] = this.#depth[parent] + 1;
    // of an arc a → b in the tree: cost + potential a − potential b = 0
    this.#potential[node] = this.#potential[parent] - up * cost;
    this.#link(node, parent);
  }

  #link(node: number, parent: number): void {
    const first = this.#firstChild[parent];
    this.#next[node] = first;
    this.#previous[node] = -1;
    if (first >= 0) this.#previous[first] = node;
    this.#firstChild[parent] = node;
  }

  #unlink(node: number): void {
    const [before, after] = [this.#previous[node], this.#next[node]];
    if (before >= 0) this.#next[before] = after;
    else this.#firstChild[this.#parent[node]] = after;
    if (after >= 0) this.#previous[after] = before;
  }

  // ── pivots

  /** The arc that gains most of the first block, from where the last search ended, that has one that gains; −1 where none does. */
  #findEntering(): number {
    const count = this.#from.length;
    const [from, to, price, potential] = [this.#from.values, this.#to.values, this.#price.values, this.#potential];
    const block = Math.max(64, Math.ceil(Math.sqrt(count)));
    let at = this.#scanAt < count ? this.#scanAt : 0;
    let best = -1;
    let least = 0;
    for (let seen = 1; seen <= count; seen++) {
      const gain = price[at] + potential[from[at]] - potential[to[at]];
      if (gain < least) {
        least = gain;
        best = at;
      }
      if (++at === count) at = 0;
      if (best >= 0 && seen % block === 0) break;
    }
    this.#scanAt = at;
    return best;
  }

  #pivot(entering: number): void {
    const [parent, flow, up, depth] = [this.#parent, this.#flow, this.#up, this.#depth];
    const tail = this.#from.values[entering];
    const head = this.#to.values[entering];
    // flow runs join → tail → head → join; of arcs that fall equally low the last on that way leaves
    let units = Infinity;
    let leaving = -1;
    let atTail = true;
    let [a, b] = [tail, head];
    // climbed in step, so the tail's side keeps its first least (it comes last on the way), the head's its last
    let [tailUnits, tailNode, headUnits, headNode] = [Infinity, -1, Infinity, -1];
    while (a !== b) {
      if (depth[a] >= depth[b]) {
        if (up[a] === 1 && flow[a] < tailUnits) {
          tailUnits = flow[a];
          tailNode = a;
        }
        a = parent[a];
      } else {
        if (up[b] === -1 && flow[b] <= headUnits) {
          headUnits = flow[b];
          headNode = b;
        }
        b = parent[b];
      }
    }
    const join = a;
    if (headUnits <= tailUnits) [units, leaving, atTail] = [headUnits, headNode, false];
    else [units, leaving] = [tailUnits, tailNode];
    if (units > 0) {
      for (let node = tail; node !== join; node = parent[node]) flow[node] -= up[node] * units;
      for (let node = head; node !== join; node = parent[node]) flow[node] += up[node] * units;
    }
    const gain = this.#price.values[entering] + this.#potential[tail] - this.#potential[head];
    if (atTail) this.#rehang(tail, head, leaving, entering, units, 1, -gain);
    else this.#rehang(head, tail, leaving, entering, units, -1, gain);
  }

  /** Cuts off the subtree under `leaving`, turns it over so that `top` is its root, and hangs it on `parent` by the entering arc. */
  #rehang(top: number, parent: number, leaving: number, arc: number, units: number, up: number, shift: number): void {
    let [node, above, flow, cost, direction, on] = [top, parent, units, this.#price.values[arc], up, arc];
    for (;;) {
      const next = this.#parent[node];
      const [oldFlow, oldCost, oldUp, oldArc] = [this.#flow[node], this.#cost[node], this.#up[node], this.#arc[node]];
      this.#unlink(node);
      this.#parent[node] = above;
      this.#flow[node] = flow;
      this.#cost[node] = cost;
      this.#up[node] = direction;
      this.#arc[node] = on;
      this.#link(node, above);
      if (node === leaving) break;
      [flow, cost, direction, on] = [oldFlow, oldCost, -oldUp, oldArc];
      above = node;
      node = next;
    }
    // potentials move as one, depths follow from above
    const [depth, potential, firstChild, nextOf, stack] = [this.#depth, this.#potential, this.#firstChild, this.#next, this.#stack];
    let held = 0;
    stack[held++] = top;
    while (held > 0) {
      const each = stack[--held];
      potential[each] += shift;
      depth[each] = depth[this.#parent[each]] + 1;
      for (let child = firstChild[each]; child >= 0; child = nextOf[child]) stack[held++] = child;
    }
  }
}
