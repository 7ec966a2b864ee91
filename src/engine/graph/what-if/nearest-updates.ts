/**
 * Nearest facilities kept up to date: lists of the nearest k of many categories that follow facilities and streets as they change.
 *
 * A list's entry is a label (node, facility, cost). Two facts carry everything. If a facility is among the nearest k of a node, it is so at
 * every node of its cheapest way (whoever is nearer or of a lower number farther on is so here too); and a label rests on one arc and one label of its head, or on the
 * facility's own link. So labels fall and rise only where they touch each other, and nothing else is looked at (after Ramalingam & Reps,
 * An incremental algorithm for a generalization of the shortest-path problem, J. Algorithms 21, 1996, here for k facilities at once):
 * - What grows dearer: from the arc, or the facility's links, every label whose cost is just the next one's plus its arc falls. Nodes that lost
 *   labels ask their neighbours and their own facilities for others.
 * - What grows cheaper or is new is offered to the lists it touches.
 * - Offers that entered a list are handed on, the cheapest first, until none enters. Each label is settled once but for ties.
 *
 * Time follows what changes, not the limit or the graph; all is exact, whole numbers, ids of equals ascending, as findNearest answers. Measured: see what-if.ts.
 * Rejected: a bounded search for each change of a facility, which looks at the whole of the limit where few lists change, and at the whole graph without one.
 *
 * Memory: lists of 8 k bytes a node and category (and as much an origin where origins are not nodes), 4 bytes a node, 12 bytes a pair of a
 * facility (72 bytes a facility beside streets, for ways along chains); a change keeps 4 + 8 k bytes a row.
 */
import { finishSteps } from '../../../core/steps.ts';
import type { Place } from './edited-points.ts';
import { checkPlace, EditedPoints, listPairsByNode, listPointsByChain } from './edited-points.ts';
import type { FormerPoint, PairsByNode, PointsByChain } from './edited-points.ts';
import type { ArcChange } from './graph-edits.ts';
import { wholeLimit } from '../search/bounded-search.ts';
import { LabelHeap } from './label-heap.ts';
import { ChainWindow, listOnChains } from '../travel/chain-ways.ts';
import type { ChainPoints } from '../travel/chain-ways.ts';
import { chainOfPoint, directCost } from '../travel/link-points.ts';
import type { NearestQuestion } from '../nearest/nearest-k.ts';
import { insertNearest } from '../nearest/nearest-sweep.ts';
import type { SearchGraph } from '../search/search-graph.ts';
import { UNREACHED } from '../search/search-graph.ts';

/** Lists by category, row and rank: (category · rows + row) · k + rank, as collectNearest gives them. A row is a node or an origin. */
export interface NearestLists {
  readonly cost: Uint32Array;
  readonly facility: Int32Array;
}

/** Rows of one category that differ, ascending, and their lists before (k each). */
export interface FormerRows {
  readonly category: number;
  readonly rows: Uint32Array;
  readonly cost: Uint32Array;
  readonly facility: Int32Array;
}

interface Table extends NearestLists {
  readonly width: number;
}

/** What one change replaced; {@link NearestUpdates.swap} puts it back and keeps what it puts away. */
export interface NearestLog {
  readonly byNode: FormerRows[];
  /** The same by origin. The same object where origins are the nodes. */
  readonly byOrigin: FormerRows[];
}

export class NearestUpdates {
  readonly k: number;
  readonly limit: number;
  readonly points: readonly EditedPoints[];
  /** Lists by origin as they are now; by node where the question names no origins. */
  readonly lists: NearestLists;
  /** How many origins, or nodes. */
  readonly originCount: number;
  readonly #question: NearestQuestion;
  readonly #nodes: Table;
  readonly #origins: Table | undefined;
  readonly #atNodes: PairsByNode;
  readonly #originsAt: PairsByNode | undefined;
  readonly #originsOn: PointsByChain | undefined;
  /** By category. */
  readonly #facilitiesOn: readonly ChainPoints[];
  readonly #window = new ChainWindow();
  readonly #heap = new LabelHeap();
  /** Rows saved of the category at hand. */
  readonly #stamp: Uint32Array;
  #epoch = 0;
  #saved: number[] = [];
  #savedCost: number[] = [];
  #savedFacility: number[] = [];
  /** By category: nodes that lost labels and what they were, between the two halves of a change of streets. */
  #fallen: { saved: number[]; cost: number[]; facility: number[] }[] = [];
  #category = 0;

  /**
   * @param lists by node, whatever the question's origins: what collectNearest answers without them, with ids. Taken over and changed.
   */
  constructor(nodeCount: number, question: NearestQuestion, lists: NearestLists) {
    const { facilities, k, origins, travel } = question;
    if (lists.cost.length !== facilities.length * nodeCount * k || lists.facility.length !== lists.cost.length) throw new RangeError(`lists of ${lists.cost.length} entries for ${facilities.length} categories, ${nodeCount} nodes and k = ${k}`);
    this.k = k;
    this.limit = wholeLimit(question.limit);
    this.points = facilities.map((links) => new EditedPoints(links));
    this.#question = question;
    this.#nodes = { ...lists, width: nodeCount };
    this.#atNodes = listPairsByNode(nodeCount, facilities, 'in');
    this.#stamp = new Uint32Array(Math.max(nodeCount, origins?.count ?? 0));
    this.originCount = origins?.count ?? nodeCount;
    this.#facilitiesOn = origins === undefined || travel === undefined ? [] : facilities.map((links) => finishSteps(listOnChains(travel, links, true)));
    if (origins !== undefined) {
      const length = facilities.length * origins.count * k;
      this.#origins = { cost: new Uint32Array(length), facility: new Int32Array(length), width: origins.count };
      this.#originsAt = listPairsByNode(nodeCount, [origins], 'out');
      if (travel !== undefined) this.#originsOn = listPointsByChain(travel, [origins]);
      for (let category = 0; category < facilities.length; category++) for (let o = 0; o < origins.count; o++) this.#fillOrigin(category, o);
    }
    this.lists = this.#origins ?? lists;
  }

  /** @throws RangeError where there is no such category */
  pointsOf(category: number): EditedPoints {
    const points = this.points[category];
    if (points === undefined) throw new RangeError(`category ${category} of ${this.points.length}`);
    return points;
  }

  /**
   * A facility is somewhere else, gone (undefined) or new (the category's next number).
   *
   * @throws RangeError for a facility, category or node there is not
   */
  putFacility(graph: SearchGraph, category: number, facility: number, place: Place | undefined): { log: NearestLog; former: FormerPoint } {
    const points = this.pointsOf(category);
    if (place !== undefined) checkPlace(place, graph.nodeCount);
    const old = facility === points.count ? undefined : points.find(facility);
    this.#open(category);
    if (old !== undefined) {
      const { firstIn, inNode, inCost } = old.links;
      for (let i = firstIn[old.point]; i < firstIn[old.point + 1]; i++) this.#fall(inNode[i], facility, inCost[i]);
      this.#fallOn(graph);
    }
    const former = points.put(facility, place);
    this.#askAll(graph);
    if (place !== undefined) this.#offerAtLinks(place, facility);
    this.#rise(graph);
    const chains = [old, place].map((at) => (at === undefined || this.#question.travel === undefined ? -1 : chainOfPoint(this.#question.travel, at.links, at.point)));
    const byNode = [this.#close()];
    return { log: { byNode, byOrigin: this.#origins === undefined ? byNode : [this.#updateOrigins(category, byNode[0].rows, chains)] }, former };
  }

  /** First half of a change of streets, on the graph as it was: what rests on arcs that grow dearer falls. */
  beforeArcs(graph: SearchGraph, changes: readonly ArcChange[]): void {
    const { cost, facility, width } = this.#nodes;
    this.#fallen = this.points.map((_, category) => {
      this.#open(category);
      for (const { from, to, before, after } of changes) {
        if (after < before) continue;
        const list = (category * width + to) * this.k;
        // where `to` itself has lost labels meanwhile, what rests on them falls with them
        for (let i = list; i < list + this.k && facility[i] >= 0; i++) this.#fall(from, facility[i], cost[i] + before);
      }
      this.#fallOn(graph);
      return { saved: this.#saved, cost: this.#savedCost, facility: this.#savedFacility };
    });
  }

  /** Second half, on the graph as it is now. */
  afterArcs(graph: SearchGraph, changes: readonly ArcChange[]): NearestLog {
    const { cost, facility, width } = this.#nodes;
    const byNode: FormerRows[] = [];
    const byOrigin: FormerRows[] = [];
    this.#fallen.forEach((fallen, category) => {
      this.#open(category);
      this.#saved = fallen.saved;
      this.#savedCost = fallen.cost;
      this.#savedFacility = fallen.facility;
      for (const node of fallen.saved) this.#stamp[node] = this.#epoch;
      this.#askAll(graph);
      for (const { from, to, before, after } of changes) {
        if (after >= before) continue;
        const list = (category * width + to) * this.k;
        for (let i = list; i < list + this.k && facility[i] >= 0; i++) this.#offer(from, facility[i], cost[i] + after);
      }
      this.#rise(graph);
      const rows = this.#close();
      if (rows.rows.length === 0) return;
      byNode.push(rows);
      if (this.#origins !== undefined) byOrigin.push(this.#updateOrigins(category, rows.rows, []));
    });
    this.#fallen = [];
    return { byNode, byOrigin: this.#origins === undefined ? byNode : byOrigin };
  }

  /** Exchanges lists with those of a log: once undoes, twice redoes. */
  swap({ byNode, byOrigin }: NearestLog): void {
    for (const rows of byNode) this.#swapRows(this.#nodes, rows);
    if (this.#origins !== undefined) for (const rows of byOrigin) this.#swapRows(this.#origins, rows);
  }

  #swapRows(table: Table, { category, rows, cost, facility }: FormerRows): void {
    const { k } = this;
    rows.forEach((row, i) => {
      const at = (category * table.width + row) * k;
      for (let j = 0; j < k; j++) {
        const costNow = table.cost[at + j];
        const facilityNow = table.facility[at + j];
        table.cost[at + j] = cost[i * k + j];
        table.facility[at + j] = facility[i * k + j];
        cost[i * k + j] = costNow;
        facility[i * k + j] = facilityNow;
      }
    });
  }

  #open(category: number): void {
    this.#category = category;
    this.#nextEpoch();
  }

  #nextEpoch(): void {
    if (++this.#epoch > 0xffff_fff0) {
      this.#stamp.fill(0);
      this.#epoch = 1;
    }
    this.#saved = [];
    this.#savedCost = [];
    this.#savedFacility = [];
  }

  /** Keeps a row's list as it was before its first change. */
  #save({ cost, facility }: Table, row: number, at: number): void {
    if (this.#stamp[row] === this.#epoch) return;
    this.#stamp[row] = this.#epoch;
    this.#saved.push(row);
    for (let j = at; j < at + this.k; j++) {
      this.#savedCost.push(cost[j]);
      this.#savedFacility.push(facility[j]);
    }
  }

  /** The rows that are not as they were, ascending. */
  #close(table: Table = this.#nodes): FormerRows {
    const { k } = this;
    const changed: number[] = [];
    this.#saved.forEach((row, i) => {
      const at = (this.#category * table.width + row) * k;
      for (let j = 0; j < k; j++) {
        if (table.cost[at + j] === this.#savedCost[i * k + j] && table.facility[at + j] === this.#savedFacility[i * k + j]) continue;
        changed.push(i);
        return;
      }
    });
    changed.sort((a, b) => this.#saved[a] - this.#saved[b]);
    const rows = { category: this.#category, rows: Uint32Array.from(changed, (i) => this.#saved[i]), cost: new Uint32Array(changed.length * k), facility: new Int32Array(changed.length * k) };
    changed.forEach((i, to) => {
      for (let j = 0; j < k; j++) {
        rows.cost[to * k + j] = this.#savedCost[i * k + j];
        rows.facility[to * k + j] = this.#savedFacility[i * k + j];
      }
    });
    return rows;
  }

  /** Takes a label out of a node's list if it is there at just this cost; what rests on it is to be looked at. */
  #fall(node: number, facility: number, cost: number): void {
    const table = this.#nodes;
    const { k } = this;
    const at = (this.#category * table.width + node) * k;
    let i = at;
    while (i < at + k && table.facility[i] !== facility) i++;
    if (i === at + k || table.cost[i] !== cost) return;
    this.#save(table, node, at);
    for (; i + 1 < at + k; i++) {
      table.cost[i] = table.cost[i + 1];
      table.facility[i] = table.facility[i + 1];
    }
    table.cost[i] = UNREACHED;
    table.facility[i] = -1;
    this.#heap.add(cost, node, facility);
  }

  #fallOn({ firstIn, tail, costIn }: SearchGraph): void {
    const heap = this.#heap;
    while (heap.take()) {
      const { node, facility, cost } = heap;
      for (let arc = firstIn[node]; arc < firstIn[node + 1]; arc++) this.#fall(tail[arc], facility, cost + costIn[arc]);
    }
  }

  #offer(node: number, facility: number, cost: number): void {
    if (cost > this.limit) return;
    const table = this.#nodes;
    const { k } = this;
    const at = (this.#category * table.width + node) * k;
    const last = at + k - 1;
    if (cost > table.cost[last] || (cost === table.cost[last] && facility >= table.facility[last])) return;
    this.#save(table, node, at);
    if (insertNearest(table.cost, table.facility, at, k, cost, facility)) this.#heap.add(cost, node, facility);
  }

  #offerAtLinks({ links: { firstIn, inNode, inCost }, point }: Place, facility: number): void {
    for (let i = firstIn[point]; i < firstIn[point + 1]; i++) this.#offer(inNode[i], facility, inCost[i]);
  }

  /** All that lost labels ask. */
  #askAll(graph: SearchGraph): void {
    const count = this.#saved.length;
    for (let i = 0; i < count; i++) this.#ask(graph, this.#saved[i]);
    if (count === 0) return;
    for (const [facility, place] of this.points[this.#category].changed) {
      if (place === undefined) continue;
      const { firstIn, inNode, inCost } = place.links;
      for (let i = firstIn[place.point]; i < firstIn[place.point + 1]; i++) if (this.#stamp[inNode[i]] === this.#epoch) this.#offer(inNode[i], facility, inCost[i]);
    }
  }

  /** A node that lost labels takes what its neighbours have and what is linked to it. */
  #ask({ firstOut, head, cost: arcCost }: SearchGraph, node: number): void {
    const { cost, facility, width } = this.#nodes;
    const { first, group, point, cost: linkCost } = this.#atNodes;
    const category = this.#category;
    const { changed } = this.points[category];
    for (let arc = firstOut[node]; arc < firstOut[node + 1]; arc++) {
      const list = (category * width + head[arc]) * this.k;
      for (let i = list; i < list + this.k && facility[i] >= 0; i++) this.#offer(node, facility[i], cost[i] + arcCost[arc]);
    }
    for (let i = first[node]; i < first[node + 1]; i++) if (group[i] === category && !changed.has(point[i])) this.#offer(node, point[i], linkCost[i]);
  }

  /** Hands on what entered lists, the cheapest first. */
  #rise({ firstIn, tail, costIn }: SearchGraph): void {
    const heap = this.#heap;
    const { cost: costs, facility: facilities, width } = this.#nodes;
    while (heap.take()) {
      const { node, facility, cost } = heap;
      const at = (this.#category * width + node) * this.k;
      let i = at;
      while (i < at + this.k && (facilities[i] !== facility || costs[i] !== cost)) i++;
      if (i === at + this.k) continue;
      for (let arc = firstIn[node]; arc < firstIn[node + 1]; arc++) this.#offer(tail[arc], facility, cost + costIn[arc]);
    }
  }

  /** Lists of the origins that leave for changed nodes or lie on changed chains. */
  #updateOrigins(category: number, nodes: Uint32Array, chains: readonly number[]): FormerRows {
    const table = this.#origins as Table;
    const at = this.#originsAt as PairsByNode;
    this.#open(category);
    const update = (origin: number): void => {
      if (this.#stamp[origin] === this.#epoch) return;
      this.#save(table, origin, (category * table.width + origin) * this.k);
      this.#fillOrigin(category, origin);
    };
    for (const v of nodes) for (let i = at.first[v]; i < at.first[v + 1]; i++) update(at.point[i]);
    const on = this.#originsOn;
    if (on !== undefined) for (const chain of chains) if (chain >= 0) for (let i = on.first[chain]; i < on.first[chain + 1]; i++) update(on.point[i]);
    return this.#close(table);
  }

  /** An origin's list from those of its nodes, and directly along its chain. */
  #fillOrigin(category: number, origin: number): void {
    const { k, limit } = this;
    const { firstOut, outNode, outCost } = this.#question.origins as NonNullable<NearestQuestion['origins']>;
    const { cost, facility, width } = this.#origins as Table;
    const nodes = this.#nodes;
    const at = (category * width + origin) * k;
    cost.fill(UNREACHED, at, at + k);
    facility.fill(-1, at, at + k);
    for (let pair = firstOut[origin]; pair < firstOut[origin + 1]; pair++) {
      const list = (category * nodes.width + outNode[pair]) * k;
      for (let i = list; i < list + k && nodes.facility[i] >= 0; i++) {
        const sum = nodes.cost[i] + outCost[pair];
        if (sum <= limit) insertNearest(cost, facility, at, k, sum, nodes.facility[i]);
      }
    }
    this.#enterDirectly(category, origin, at);
  }

  #enterDirectly(category: number, origin: number, at: number): void {
    const { origins, travel } = this.#question;
    if (travel === undefined || origins === undefined) return;
    const { cost, facility } = this.#origins as Table;
    const { changed } = this.points[category];
    const enter = (f: number, direct: number): void => {
      if (direct <= this.limit) insertNearest(cost, facility, at, this.k, direct, f);
    };
    // what nodes led to is in the list: only what is as near as its last can enter
    if (category < this.#facilitiesOn.length) {
      this.#window.eachWay(this.#facilitiesOn[category], origins, origin, Math.min(this.limit, cost[at + this.k - 1]), (f, direct) => {
        if (!changed.has(f)) enter(f, direct);
      });
    }
    for (const [f, place] of changed) if (place !== undefined) enter(f, directCost(travel, origins, origin, place.links, place.point));
  }
}
