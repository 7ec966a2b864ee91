/**
 * Reach sums kept up to date as opportunities and streets change.
 *
 * An opportunity that comes, goes, moves or weighs otherwise: one search backward from it finds the origins that reach it and at what cost; its weight is
 * added to or taken from their sums. Streets: affected-origins.ts names the origins and the ends of ways that a change concerns. Either the origins are summed
 * anew by a search from each, or the opportunities at these ends are taken out by a search backward from each on the graph as it was
 * and put in again on the graph as it is, whichever are the fewer searches: among 25 k places on 1 M nodes that is 0.5 ms for a street against
 * 8 ms from the origins.
 *
 * Whole weights within limits give the sums of a rebuild, bit for bit. Fractions (weights, decays) are added in another
 * order than a rebuild adds them: relative differences of some 10⁻¹⁵ an edit; taking an edit back restores the very bits.
 *
 * Memory: the sums, 8 bytes each; 12 bytes a pair of an opportunity, 8 bytes an opportunity, 72 more an opportunity and origin beside streets (chain-ways.ts);
 * searches of 16 bytes a node.
 */
import { finishSteps } from '../../../core/steps.ts';
import { AffectedNodes } from './affected-origins.ts';
import type { GraphSearches } from './affected-origins.ts';
import { addPointSource, wholeLimit } from '../search/bounded-search.ts';
import type { BoundedSearch } from '../search/bounded-search.ts';
import type { FormerPoint, PairsByNode, Place } from './edited-points.ts';
import { checkPlace, EditedPoints, listPairsByNode } from './edited-points.ts';
import type { ArcChange } from './graph-edits.ts';
import { ChainWindow, listOnChains } from '../travel/chain-ways.ts';
import type { ChainPoints } from '../travel/chain-ways.ts';
import { directCost } from '../travel/link-points.ts';
import { areNodes } from '../travel/point-links.ts';
import type { PointLinks } from '../travel/point-links.ts';
import type { ReachQuery } from '../reach/reach-plan.ts';
import { UNREACHED } from '../search/search-graph.ts';

/** A reach question for whoever keeps the answer up to date. */
export type SumQuestion = Omit<ReachQuery, 'origins'> & {
  /** Absent: all nodes of the graph. */
  readonly origins?: PointLinks;
};

/** What one change replaced: sums by origin and then measure (variable · measures + limit or decay). */
export interface SumLog {
  readonly origins: Uint32Array;
  readonly sums: Float64Array;
}

/** A point and its weights before a change. */
export interface FormerOpportunity {
  readonly former: FormerPoint;
  readonly weights: readonly number[] | undefined;
}

/** As reach-plan.ts: sums of millions of these stay exact. */
const isWholeWeight = (weight: number): boolean => Number.isInteger(weight) && Math.abs(weight) <= 0x7fff_ffff;

export class SumUpdates {
  readonly limit: number;
  readonly points: EditedPoints;
  /** By variable, then limit and decay: the sum by origin. */
  readonly sums: readonly (readonly Float64Array[])[];
  readonly originCount: number;
  readonly #limits: readonly number[];
  readonly #decays: readonly Float64Array[];
  readonly #question: SumQuestion;
  readonly #searches: GraphSearches;
  readonly #columns: readonly Float64Array[];
  readonly #atNodes: PairsByNode;
  readonly #onChains: ChainPoints | undefined;
  readonly #originsAt: PairsByNode | undefined;
  readonly #originsOn: ChainPoints | undefined;
  readonly #window = new ChainWindow();
  readonly #weights = new Map<number, readonly number[]>();
  /** By origin: cost to the opportunity at hand, −1 where there is none. */
  readonly #costTo: Int32Array;
  readonly #stamp: Uint32Array;
  #epoch = 0;
  #saved: number[] = [];
  #savedSums: number[] = [];
  #affected: AffectedNodes | undefined;
  /** Between the halves of a change of streets: nodes whose origins are summed anew, and opportunities that were taken out. */
  #toSum: Uint32Array = new Uint32Array(0);
  #toMove: number[] = [];
  readonly #areNodes: boolean;
  /** Whether all that was ever added is whole, so that adding and taking away are exact. */
  #isWhole: boolean;
  /** By opportunity: cost from the origin at hand, −1 where it is not reached. */
  #costFrom: Int32Array;

  /** @param sums what sumReachable answers; taken over and changed */
  constructor(searches: GraphSearches, question: SumQuestion, sums: readonly (readonly Float64Array[])[]) {
    const { origins, opportunities, weights, travel } = question;
    const { nodeCount } = searches.graph;
    this.#limits = (question.limits ?? []).map(wholeLimit);
    this.#decays = question.decays ?? [];
    this.limit = Math.min(UNREACHED - 1, Math.max(0, ...this.#limits, ...this.#decays.map((table) => table.length - 1)));
    this.points = new EditedPoints(opportunities);
    this.sums = sums;
    this.originCount = origins?.count ?? nodeCount;
    const measures = this.#limits.length + this.#decays.length;
    if (sums.length !== weights.length || sums.some((ofVariable) => ofVariable.length !== measures || ofVariable.some((sum) => sum.length !== this.originCount))) throw new RangeError(`sums that are not ${weights.length} variables × ${measures} measures × ${this.originCount} origins`);
    this.#question = question;
    this.#searches = searches;
    this.#columns = sums.flat();
    this.#atNodes = listPairsByNode(nodeCount, [opportunities], 'in');
    if (origins !== undefined) {
      this.#originsAt = listPairsByNode(nodeCount, [origins], 'out');
      if (travel !== undefined) {
        this.#originsOn = finishSteps(listOnChains(travel, origins, false));
        this.#onChains = finishSteps(listOnChains(travel, opportunities, true));
      }
    }
    this.#isWhole = this.#decays.length === 0 && weights.every((ofVariable) => ofVariable.every(isWholeWeight));
    this.#areNodes = areNodes(opportunities);
    this.#costTo = new Int32Array(this.originCount).fill(-1);
    this.#stamp = new Uint32Array(this.originCount);
    this.#costFrom = new Int32Array(opportunities.count).fill(-1);
  }

  /** Weight of each variable at an opportunity. */
  weightsOf(opportunity: number): readonly number[] {
    return this.#weights.get(opportunity) ?? this.#question.weights.map((weights) => weights[opportunity]);
  }

  /** All weights as they are now, 0 for what was removed. */
  listWeights(): Float64Array[] {
    return this.#question.weights.map((_, v) => Float64Array.from({ length: this.points.count }, (__, p) => (this.points.find(p) === undefined ? 0 : this.weightsOf(p)[v])));
  }

  /**
   * An opportunity is somewhere else, gone (undefined), new (the next number) or weighs otherwise.
   *
   * @throws RangeError for an opportunity or node there is not, or weights that are no numbers or too few
   */
  putOpportunity(opportunity: number, place: Place | undefined, weights: readonly number[]): { log: SumLog; former: FormerOpportunity } {
    const { points } = this;
    if (place !== undefined) checkPlace(place, this.#searches.graph.nodeCount);
    if (weights.length !== this.#question.weights.length || !weights.every(Number.isFinite)) throw new RangeError(`weights ${weights.join(', ')} for ${this.#question.weights.length} variables`);
    const isNew = opportunity === points.count;
    const old = isNew ? undefined : points.find(opportunity);
    const oldWeights = isNew ? [] : this.weightsOf(opportunity);
    this.#open();
    if (old !== undefined && old.links === place?.links && old.point === place.point) this.#addAround(old, weights.map((weight, v) => weight - oldWeights[v]));
    else {
      if (old !== undefined) this.#addAround(old, oldWeights.map((weight) => -weight));
      if (place !== undefined) this.#addAround(place, weights);
    }
    const former = { former: points.put(opportunity, place), weights: this.#weights.get(opportunity) };
    this.#weights.set(opportunity, weights);
    this.#isWhole &&= weights.every(isWholeWeight);
    return { log: this.#close(), former };
  }

  restore(opportunity: FormerOpportunity): void {
    const { point } = opportunity.former;
    this.points.restore(opportunity.former);
    if (opportunity.weights === undefined) this.#weights.delete(point);
    else this.#weights.set(point, opportunity.weights);
  }

  /** An opportunity is as a change made it, once its sums were swapped back. */
  reput(opportunity: number, place: Place | undefined, weights: readonly number[]): void {
    this.points.put(opportunity, place);
    this.#weights.set(opportunity, weights);
  }

  /** Sums the origins anew that leave for any of these nodes. */
  sumAnew(nodes: Uint32Array): SumLog {
    this.#open();
    this.#sumNodes(nodes);
    return this.#close();
  }

  /** First half of a change of streets, on the graph as it was. */
  beforeArcs(changes: readonly ArcChange[]): void {
    this.#affected ??= new AffectedNodes(this.#searches.graph.nodeCount);
    this.#affected.collect(this.#searches, changes, this.limit, 'backward');
    const nodes = this.#affected.take();
    this.#open();
    this.#toSum = nodes;
    this.#toMove = [];
    if (nodes.length === 0 || !this.#isWhole) return;
    this.#affected.collect(this.#searches, changes, this.limit, 'forward');
    const ends = this.#opportunitiesAt(this.#affected.take());
    if (2 * ends.length >= this.#countOrigins(nodes)) return;
    this.#toSum = new Uint32Array(0);
    this.#toMove = ends;
    for (const p of ends) this.#addAround(this.points.find(p) as Place, this.weightsOf(p).map((weight) => -weight));
  }

  /** Second half, on the graph as it is now. */
  afterArcs(): SumLog {
    for (const p of this.#toMove) this.#addAround(this.points.find(p) as Place, this.weightsOf(p));
    this.#sumNodes(this.#toSum);
    return this.#close();
  }

  #countOrigins(nodes: Uint32Array): number {
    const at = this.#originsAt;
    return at === undefined ? nodes.length : nodes.reduce((sum, v) => sum + at.first[v + 1] - at.first[v], 0);
  }

  /** Opportunities that are reached from any of these nodes. */
  #opportunitiesAt(nodes: Uint32Array): number[] {
    const { first, point } = this.#atNodes;
    const { changed } = this.points;
    const found = new Set<number>();
    for (const v of nodes) for (let i = first[v]; i < first[v + 1]; i++) if (!changed.has(point[i])) found.add(point[i]);
    if (changed.size === 0) return [...found];
    const among = new Set(nodes);
    for (const [p, place] of changed) {
      if (place === undefined) continue;
      const { firstIn, inNode } = place.links;
      for (let i = firstIn[place.point]; i < firstIn[place.point + 1]; i++) if (among.has(inNode[i])) found.add(p);
    }
    return [...found];
  }

  #sumNodes(nodes: Uint32Array): void {
    if (this.#costFrom.length < this.points.count) this.#costFrom = new Int32Array(2 * this.points.count).fill(-1);
    const at = this.#originsAt;
    for (const v of nodes) {
      if (at === undefined) this.#sumOrigin(v);
      else for (let i = at.first[v]; i < at.first[v + 1]; i++) if (this.#stamp[at.point[i]] !== this.#epoch) this.#sumOrigin(at.point[i]);
    }
  }

  /** Exchanges sums with those of a log: once undoes, twice redoes. */
  swap({ origins, sums }: SumLog): void {
    const columns = this.#columns;
    origins.forEach((origin, i) => {
      for (let c = 0; c < columns.length; c++) {
        const now = columns[c][origin];
        columns[c][origin] = sums[i * columns.length + c];
        sums[i * columns.length + c] = now;
      }
    });
  }

  #open(): void {
    this.#epoch++;
    this.#saved = [];
    this.#savedSums = [];
  }

  #save(origin: number): void {
    if (this.#stamp[origin] === this.#epoch) return;
    this.#stamp[origin] = this.#epoch;
    this.#saved.push(origin);
    for (const column of this.#columns) this.#savedSums.push(column[origin]);
  }

  #close(): SumLog {
    const columns = this.#columns;
    const width = columns.length;
    const changed: number[] = [];
    this.#saved.forEach((origin, i) => {
      if (columns.some((column, c) => !Object.is(column[origin], this.#savedSums[i * width + c]))) changed.push(i);
    });
    changed.sort((a, b) => this.#saved[a] - this.#saved[b]);
    const sums = new Float64Array(changed.length * width);
    changed.forEach((i, to) => {
      for (let c = 0; c < width; c++) sums[to * width + c] = this.#savedSums[i * width + c];
    });
    return { origins: Uint32Array.from(changed, (i) => this.#saved[i]), sums };
  }

  /** Adds weights to the sums of all origins that reach a place. */
  #addAround(place: Place, weights: readonly number[]): void {
    if (weights.every((weight) => weight === 0)) return;
    const search = this.#searches.get('backward');
    search.clear();
    addPointSource(search, place.links, place.point);
    search.run(this.limit);
    if (this.#originsAt === undefined) {
      for (let r = 0; r < search.reachedCount; r++) this.#addTo(search.reached[r], search.cost[search.reached[r]], weights);
      return;
    }
    for (const origin of this.#originsReaching(search, place, this.#originsAt)) {
      this.#addTo(origin, this.#costTo[origin], weights);
      this.#costTo[origin] = -1;
    }
  }

  #originsReaching(search: BoundedSearch, place: Place, at: PairsByNode): number[] {
    const found: number[] = [];
    const offer = (origin: number, cost: number): void => {
      if (cost > this.limit) return;
      if (this.#costTo[origin] < 0) found.push(origin);
      if (this.#costTo[origin] < 0 || cost < this.#costTo[origin]) this.#costTo[origin] = cost;
    };
    for (let r = 0; r < search.reachedCount; r++) {
      const v = search.reached[r];
      for (let i = at.first[v]; i < at.first[v + 1]; i++) offer(at.point[i], search.cost[v] + at.cost[i]);
    }
    if (this.#originsOn !== undefined) this.#window.eachWay(this.#originsOn, place.links, place.point, this.limit, offer);
    return found;
  }

  #addTo(origin: number, cost: number, weights: readonly number[]): void {
    this.#save(origin);
    const limits = this.#limits;
    const decays = this.#decays;
    weights.forEach((weight, v) => {
      for (let m = 0; m < limits.length; m++) if (cost <= limits[m]) this.sums[v][m][origin] += weight;
      for (let m = 0; m < decays.length; m++) if (cost < decays[m].length) this.sums[v][limits.length + m][origin] += weight * decays[m][cost];
    });
  }

  #sumOrigin(origin: number): void {
    this.#save(origin);
    const search = this.#searches.get('forward');
    search.clear();
    const { origins, travel } = this.#question;
    if (origins === undefined) search.addSource(origin);
    else addPointSource(search, origins, origin);
    search.run(this.limit);
    if (this.#isWhole && origins === undefined && this.#areNodes) {
      this.#sumNodeWholly(origin, search);
      return;
    }
    const { first, point, cost } = this.#atNodes;
    const { changed } = this.points;
    const costFrom = this.#costFrom;
    const found: number[] = [];
    const offer = (p: number, total: number): void => {
      if (total > this.limit) return;
      if (costFrom[p] < 0) found.push(p);
      if (costFrom[p] < 0 || total < costFrom[p]) costFrom[p] = total;
    };
    const untouched = changed.size === 0;
    for (let r = 0; r < search.reachedCount; r++) {
      const v = search.reached[r];
      for (let i = first[v]; i < first[v + 1]; i++) if (untouched || !changed.has(point[i])) offer(point[i], search.cost[v] + cost[i]);
    }
    if (this.#onChains !== undefined && origins !== undefined) {
      this.#window.eachWay(this.#onChains, origins, origin, this.limit, (p, total) => {
        if (untouched || !changed.has(p)) offer(p, total);
      });
    }
    for (const [p, place] of changed) {
      if (place === undefined) continue;
      offer(p, search.costOf(place.links, place.point));
      if (travel !== undefined && origins !== undefined) offer(p, directCost(travel, origins, origin, place.links, place.point));
    }
    found.sort((a, b) => a - b);
    for (const column of this.#columns) column[origin] = 0;
    for (const p of found) {
      this.#addFound(origin, p, costFrom[p]);
      costFrom[p] = -1;
    }
  }

  /** Whole weights at nodes, in whatever order: half the time where there are opportunities everywhere. */
  #sumNodeWholly(origin: number, search: BoundedSearch): void {
    const { reached, reachedCount, cost } = search;
    const { first, point } = this.#atNodes;
    const { changed } = this.points;
    const untouched = changed.size === 0;
    const limits = this.#limits;
    for (let v = 0; v < this.sums.length; v++) {
      const weights = this.#question.weights[v];
      for (let m = 0; m < limits.length; m++) {
        let sum = 0;
        for (let r = 0; r < reachedCount; r++) {
          const node = reached[r];
          if (cost[node] > limits[m]) continue;
          for (let i = first[node]; i < first[node + 1]; i++) if (untouched || !changed.has(point[i])) sum += weights[point[i]];
        }
        this.sums[v][m][origin] = sum;
      }
    }
    for (const [p, place] of changed) if (place !== undefined) this.#addFound(origin, p, search.costOf(place.links, place.point));
  }

  #addFound(origin: number, p: number, cost: number): void {
    const limits = this.#limits;
    const decays = this.#decays;
    const weights = this.#weights.get(p);
    for (let v = 0; v < this.sums.length; v++) {
      const weight = weights === undefined ? this.#question.weights[v][p] : weights[v];
      for (let m = 0; m < limits.length; m++) if (cost <= limits[m]) this.sums[v][m][origin] += weight;
      for (let m = 0; m < decays.length; m++) if (cost < decays[m].length) this.sums[v][limits.length + m][origin] += weight * decays[m][cost];
    }
  }
}
