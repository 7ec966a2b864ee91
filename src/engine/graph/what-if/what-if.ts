/**
 * What if: a base result, edits of facilities, opportunities and streets with undo and redo, and who gains and loses by them.
 *
 * The result is at all times that of a rebuild on the edited graph and points (whole numbers bit for bit; fractions see sum-updates.ts), but only
 * what changes is computed anew: nearest-updates.ts, sum-updates.ts, affected-origins.ts, on a graph edited in place (graph-edits.ts).
 * Hierarchies are not touched: they serve the base result only. Undo and redo put back what was there, without computing anything.
 *
 * Measured on 1.05 M nodes and 3.36 M arcs, nearest 5 of 20 categories and one sum of 25 k places within 1,200 m, 100 random edits of each kind, CPU of the whole
 * process on a shared machine (bench/what-if.mjs), median / 90 % / most, ms: a facility added 0.4 / 1.0 / 17, with a place in the sum too 0.8 / 1.4 / 10; one of each
 * of the 20 categories at once with its place 8.3 / 12.5 / 31; removed 0.4 / 0.6 / 8; moved 0.7 / 0.9 / 3; a street dearer 1.0 / 1.9 / 13, closed 2.9 / 4.4 / 11, added
 * 5.8 / 9.7 / 13. The very first edit of a session also makes the searches: 7–32.
 * Without a limit worth the name (200 km) time follows the lists that change: a facility added 12 in the median, 47 in the mean, 356 at most (23,600 lists in the mean).
 * Resident 1.06 GB in all, of which lists 843 MB; the base result takes 4.5 s.
 *
 * `graph` is a search graph like any other, and editTravelGraph (travel-edits.ts) makes a travel graph of it: ways between points, isochrones, catchments
 * and matrices are asked of them directly.
 *
 * Points keep the links they were given: closing an arc closes the way between its nodes, not the yards along it, which still leave by both ends.
 *
 * Memory: that of the parts named above; each edit keeps what it replaced (4 + 8 k bytes a changed list, 12 bytes and more a changed origin of sums).
 */
import { throwIfCancelled } from '../../../core/errors.ts';
import type { WorkContext } from '../../../core/progress.ts';
import { GraphSearches } from './affected-origins.ts';
import type { EditedPoints, FormerPoint, Place } from './edited-points.ts';
import { EditableGraph, revertChanges } from './graph-edits.ts';
import type { ArcChange, ArcEdit } from './graph-edits.ts';
import type { Hierarchy } from '../hierarchy/hierarchy.ts';
import { collectNearest, openNearest } from '../nearest/nearest-k.ts';
import type { NearestQuestion } from '../nearest/nearest-k.ts';
import { NearestUpdates } from './nearest-updates.ts';
import type { NearestLists, NearestLog } from './nearest-updates.ts';
import { linkAllNodes } from '../travel/point-links.ts';
import { sumReachable } from '../reach/reach-sums.ts';
import type { SearchGraph } from '../search/search-graph.ts';
import { UNREACHED } from '../search/search-graph.ts';
import { SumUpdates } from './sum-updates.ts';
import type { FormerOpportunity, SumLog, SumQuestion } from './sum-updates.ts';

/** One edit. Facilities are numbers in their category, opportunities numbers in the reach question; added ones take the next number. */
export type Edit =
  | { readonly kind: 'add-facility'; readonly category: number; readonly place: Place }
  | { readonly kind: 'remove-facility'; readonly category: number; readonly facility: number }
  | { readonly kind: 'move-facility'; readonly category: number; readonly facility: number; readonly place: Place }
  | { readonly kind: 'add-opportunity'; readonly place: Place; readonly weights: readonly number[] }
  | { readonly kind: 'remove-opportunity'; readonly opportunity: number }
  | { readonly kind: 'move-opportunity'; readonly opportunity: number; readonly place: Place }
  | { readonly kind: 'weigh-opportunity'; readonly opportunity: number; readonly weights: readonly number[] }
  /** Arcs one way each; editBothWays of graph-edits.ts makes both. */
  | { readonly kind: 'streets'; readonly arcs: readonly ArcEdit[] };

export interface WhatIfBase {
  readonly graph: SearchGraph;
  /** Of that graph, for the base result only; without it that takes a search for each facility and origin. */
  readonly hierarchy?: Hierarchy;
  readonly nearest?: NearestQuestion;
  readonly reach?: SumQuestion;
}

/** Base results that are known already; taken over and changed. */
export interface KnownResults {
  /** By node, whatever the origins of the question: collectNearest without origins, with ids. */
  readonly nearest?: NearestLists;
  /** By origin: sumReachable. */
  readonly sums?: readonly (readonly Float64Array[])[];
}

/** Lists of one category that differ: k entries an origin, before and after. */
export interface NearestDifference {
  readonly category: number;
  /** Ascending; nodes where the question names no origins. */
  readonly origins: Uint32Array;
  readonly costBefore: Uint32Array;
  readonly costAfter: Uint32Array;
  readonly facilityBefore: Int32Array;
  readonly facilityAfter: Int32Array;
}

/** Sums of one variable and measure (limits, then decays) that differ. */
export interface SumDifference {
  readonly variable: number;
  readonly measure: number;
  /** Ascending. */
  readonly origins: Uint32Array;
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/** What differs between two states. Origins that are not in it are as before. */
export interface Differences {
  /** By category, those without differences left out. */
  readonly nearest: readonly NearestDifference[];
  readonly sums: readonly SumDifference[];
}

interface Change {
  readonly nearest?: NearestLog;
  readonly sums?: SumLog;
  readonly arcs?: readonly ArcChange[];
  readonly facility?: { readonly points: EditedPoints; readonly former: FormerPoint; readonly place: Place | undefined };
  readonly opportunity?: { readonly former: FormerOpportunity; readonly place: Place | undefined; readonly weights: readonly number[] };
}

/** The number an edit of an existing thing names; RangeError where that is not there any more. */
function present(points: EditedPoints, point: number, what: string): Place {
  const place = points.find(point);
  if (place === undefined) throw new RangeError(`${what} ${point} was removed`);
  return place;
}

export class WhatIf {
  readonly nearest: NearestUpdates | undefined;
  readonly sums: SumUpdates | undefined;
  readonly #base: SearchGraph;
  readonly #edited: EditableGraph;
  readonly #searches: GraphSearches;
  /** Steps made, and steps undone, the next to redo last. */
  readonly #steps: Change[][] = [];
  readonly #undone: Change[][] = [];

  constructor({ graph, hierarchy, nearest, reach }: WhatIfBase, known: KnownResults = {}, context: WorkContext = {}) {
    const { nodeCount } = graph;
    this.#base = graph;
    this.#edited = new EditableGraph(graph);
    this.#searches = new GraphSearches(this.#edited);
    if (nearest !== undefined) {
      const { facilities, k, limit } = nearest;
      const lists = known.nearest ?? collectNearest(openNearest(graph, hierarchy), { facilities, k, limit }, context);
      this.nearest = new NearestUpdates(nodeCount, nearest, { cost: lists.cost, facility: lists.facility as Int32Array });
    }
    throwIfCancelled(context.signal);
    if (reach === undefined) return;
    const origins = reach.origins ?? linkAllNodes(nodeCount);
    const measures = (reach.limits ?? []).length + (reach.decays ?? []).length;
    const empty = (): Float64Array[][] => reach.weights.map(() => Array.from({ length: measures }, () => new Float64Array(origins.count)));
    const sums = known.sums ?? (hierarchy === undefined ? empty() : sumReachable({ graph, hierarchy }, { ...reach, origins }, context).sums);
    this.sums = new SumUpdates(this.#searches, reach, sums);
    if (known.sums === undefined && hierarchy === undefined) this.sums.sumAnew(Uint32Array.from({ length: nodeCount }, (_, v) => v));
  }

  /** The graph as it is now. Its arrays change with the next edit of streets. */
  get graph(): SearchGraph {
    return this.#edited.graph;
  }

  /** The graph before all edits. */
  get base(): SearchGraph {
    return this.#base;
  }

  /** How many steps can be undone, and redone. */
  get undoCount(): number {
    return this.#steps.length;
  }

  get redoCount(): number {
    return this.#undone.length;
  }

  /**
   * Makes edits, as one step to undo. What was undone can no longer be redone. If one of the edits cannot be made none is.
   *
   * @returns what differs from the state before this step
   * @throws RangeError for what is not there (a node, category, facility, opportunity, or a question the base does not have)
   */
  apply(edits: readonly Edit[]): Differences {
    const step: Change[] = [];
    try {
      for (const edit of edits) step.push(this.#make(edit));
    } catch (error) {
      for (const change of step.reverse()) this.#takeBack(change);
      throw error;
    }
    this.#steps.push(step);
    this.#undone.length = 0;
    return this.#compare(step);
  }

  /** Takes the last step back. @returns what differs from the state before; undefined where there is nothing to undo */
  undo(): Differences | undefined {
    const step = this.#steps.pop();
    if (step === undefined) return undefined;
    for (let i = step.length - 1; i >= 0; i--) this.#takeBack(step[i]);
    this.#undone.push(step);
    return this.#compare([...step].reverse());
  }

  /** Makes the step again that was undone last. @returns as {@link undo} */
  redo(): Differences | undefined {
    const step = this.#undone.pop();
    if (step === undefined) return undefined;
    for (const change of step) this.#makeAgain(change);
    this.#steps.push(step);
    return this.#compare(step);
  }

  /** What differs from the base after all steps made. */
  differences(): Differences {
    return this.#compare(this.#steps.flat());
  }

  #make(edit: Edit): Change {
    switch (edit.kind) {
      case 'streets':
        return this.#changeStreets(edit.arcs);
      case 'add-facility':
        return this.#putFacility(edit.category, this.#getNearest().pointsOf(edit.category).count, edit.place);
      case 'remove-facility':
      case 'move-facility':
        present(this.#getNearest().pointsOf(edit.category), edit.facility, 'facility');
        return this.#putFacility(edit.category, edit.facility, edit.kind === 'move-facility' ? edit.place : undefined);
      case 'add-opportunity':
        return this.#putOpportunity(this.#getSums().points.count, edit.place, edit.weights);
      case 'remove-opportunity':
      case 'move-opportunity':
        present(this.#getSums().points, edit.opportunity, 'opportunity');
        return this.#putOpportunity(edit.opportunity, edit.kind === 'move-opportunity' ? edit.place : undefined, this.#getSums().weightsOf(edit.opportunity));
      case 'weigh-opportunity':
        return this.#putOpportunity(edit.opportunity, present(this.#getSums().points, edit.opportunity, 'opportunity'), edit.weights);
    }
  }

  #getNearest(): NearestUpdates {
    if (this.nearest === undefined) throw new RangeError('an edit of facilities where no nearest ones were asked for');
    return this.nearest;
  }

  #getSums(): SumUpdates {
    if (this.sums === undefined) throw new RangeError('an edit of opportunities where no sums were asked for');
    return this.sums;
  }

  #putFacility(category: number, facility: number, place: Place | undefined): Change {
    const nearest = this.#getNearest();
    const { log, former } = nearest.putFacility(this.#edited.graph, category, facility, place);
    return { nearest: log, facility: { points: nearest.pointsOf(category), former, place } };
  }

  #putOpportunity(opportunity: number, place: Place | undefined, weights: readonly number[]): Change {
    const { log, former } = this.#getSums().putOpportunity(opportunity, place, weights);
    return { sums: log, opportunity: { former, place, weights } };
  }

  #changeStreets(edits: readonly ArcEdit[]): Change {
    const arcs = this.#edited.plan(edits);
    const sums = this.sums;
    this.nearest?.beforeArcs(this.#edited.graph, arcs);
    sums?.beforeArcs(arcs);
    this.#edited.apply(edits);
    return { arcs, nearest: this.nearest?.afterArcs(this.#edited.graph, arcs), sums: sums?.afterArcs() };
  }

  #takeBack({ arcs, nearest, sums, facility, opportunity }: Change): void {
    if (arcs !== undefined) this.#edited.apply(revertChanges(arcs));
    if (nearest !== undefined) this.nearest?.swap(nearest);
    if (sums !== undefined) this.sums?.swap(sums);
    facility?.points.restore(facility.former);
    if (opportunity !== undefined) this.sums?.restore(opportunity.former);
  }

  #makeAgain({ arcs, nearest, sums, facility, opportunity }: Change): void {
    if (arcs !== undefined) this.#edited.apply(arcs.map(({ from, to, after }) => ({ from, to, cost: after })));
    if (nearest !== undefined) this.nearest?.swap(nearest);
    if (sums !== undefined) this.sums?.swap(sums);
    facility?.points.put(facility.former.point, facility.place);
    if (opportunity !== undefined) this.sums?.reput(opportunity.former.former.point, opportunity.place, opportunity.weights);
  }

  /** Changes in the order they were made; of several of one origin the first knows what it was before all of them. */
  #compare(changes: readonly Change[]): Differences {
    const nearest: NearestDifference[] = [];
    if (this.nearest !== undefined) {
      for (let category = 0; category < this.nearest.points.length; category++) {
        const difference = compareLists(this.nearest, category, changes);
        if (difference !== undefined) nearest.push(difference);
      }
    }
    return { nearest, sums: this.sums === undefined ? [] : compareSums(this.sums, changes) };
  }
}

function compareLists({ k, lists, originCount }: NearestUpdates, category: number, changes: readonly Change[]): NearestDifference | undefined {
  const first = new Map<number, { cost: Uint32Array; facility: Int32Array; at: number }>();
  for (const { nearest } of changes) {
    for (const { category: of, rows, cost, facility } of nearest?.byOrigin ?? []) {
      if (of === category) rows.forEach((row, i) => void (first.has(row) || first.set(row, { cost, facility, at: i * k })));
    }
  }
  const differs = (row: number): boolean => {
    const { cost, facility, at } = first.get(row) as NonNullable<ReturnType<typeof first.get>>;
    const now = (category * originCount + row) * k;
    for (let j = 0; j < k; j++) if (cost[at + j] !== lists.cost[now + j] || facility[at + j] !== lists.facility[now + j]) return true;
    return false;
  };
  const origins = Uint32Array.from([...first.keys()].filter(differs)).sort();
  if (origins.length === 0) return undefined;
  const length = origins.length * k;
  const difference = { category, origins, costBefore: new Uint32Array(length), costAfter: new Uint32Array(length), facilityBefore: new Int32Array(length), facilityAfter: new Int32Array(length) };
  origins.forEach((row, i) => {
    const { cost, facility, at } = first.get(row) as NonNullable<ReturnType<typeof first.get>>;
    const now = (category * originCount + row) * k;
    difference.costBefore.set(cost.subarray(at, at + k), i * k);
    difference.facilityBefore.set(facility.subarray(at, at + k), i * k);
    difference.costAfter.set(lists.cost.subarray(now, now + k), i * k);
    difference.facilityAfter.set(lists.facility.subarray(now, now + k), i * k);
  });
  return difference;
}

function compareSums({ sums }: SumUpdates, changes: readonly Change[]): SumDifference[] {
  const first = new Map<number, { log: SumLog; at: number }>();
  const measures = sums.length === 0 ? 0 : sums[0].length;
  const width = sums.length * measures;
  for (const { sums: log } of changes) log?.origins.forEach((origin, i) => void (first.has(origin) || first.set(origin, { log, at: i * width })));
  const all = Uint32Array.from(first.keys()).sort();
  const differences: SumDifference[] = [];
  for (let c = 0; c < width; c++) {
    const variable = Math.floor(c / measures);
    const measure = c % measures;
    const now = sums[variable][measure];
    const before = (origin: number): number => {
      const { log, at } = first.get(origin) as NonNullable<ReturnType<typeof first.get>>;
      return log.sums[at + c];
    };
    const origins = all.filter((origin) => before(origin) !== now[origin]);
    if (origins.length > 0) differences.push({ variable, measure, origins, before: Float64Array.from(origins, before), after: Float64Array.from(origins, (origin) => now[origin]) });
  }
  return differences;
}

/** Who gains and who loses, of one category or one sum. */
export interface DifferenceTotals {
  readonly gaining: number;
  readonly losing: number;
  /** Persons, or what origins weigh, that gain and that lose; their number where no weights are given. */
  readonly weightGaining: number;
  readonly weightLosing: number;
  /** Sum of weight × change: of costs of those that reach one before and after (below 0: nearer), of sums (above 0: more). */
  readonly change: number;
  /** Nearest only: weight of origins that reach one now and did not, and the other way round. */
  readonly weightReached: number;
  readonly weightLost: number;
}

/** Totals over the nearest facility of a category. @param weights by origin; 1 each unless given */
export function sumNearestDifference({ origins, costBefore, costAfter }: NearestDifference, weights?: ArrayLike<number>): DifferenceTotals {
  const k = origins.length === 0 ? 1 : costBefore.length / origins.length;
  const pairs = Array.from(origins, (origin, i) => ({ weight: weights === undefined ? 1 : weights[origin], before: costBefore[i * k], after: costAfter[i * k] }));
  const both = pairs.filter(({ before, after }) => before < UNREACHED && after < UNREACHED);
  return {
    ...sumPairs(pairs.map(({ weight, before, after }) => ({ weight, before: -before, after: -after }))),
    change: both.reduce((sum, { weight, before, after }) => sum + weight * (after - before), 0),
    weightReached: pairs.reduce((sum, { weight, before, after }) => sum + (before >= UNREACHED && after < UNREACHED ? weight : 0), 0),
    weightLost: pairs.reduce((sum, { weight, before, after }) => sum + (before < UNREACHED && after >= UNREACHED ? weight : 0), 0),
  };
}

/** Totals over a sum. @param weights by origin; 1 each unless given */
export function sumSumDifference({ origins, before, after }: SumDifference, weights?: ArrayLike<number>): DifferenceTotals {
  const pairs = Array.from(origins, (origin, i) => ({ weight: weights === undefined ? 1 : weights[origin], before: before[i], after: after[i] }));
  return { ...sumPairs(pairs), weightReached: 0, weightLost: 0 };
}

function sumPairs(pairs: readonly { weight: number; before: number; after: number }[]): Omit<DifferenceTotals, 'weightReached' | 'weightLost'> {
  const gaining = pairs.filter(({ before, after }) => after > before);
  const losing = pairs.filter(({ before, after }) => after < before);
  const weigh = (some: typeof pairs): number => some.reduce((sum, { weight }) => sum + weight, 0);
  return {
    gaining: gaining.length, losing: losing.length, weightGaining: weigh(gaining), weightLosing: weigh(losing),
    change: pairs.reduce((sum, { weight, before, after }) => sum + weight * (after - before), 0),
  };
}
