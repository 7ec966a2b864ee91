import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridStreets, lonLatOf, makeNetwork } from '../../../../test/make-streets.ts';
import type { MadeStreets } from '../../../../test/make-streets.ts';
import { buildCatchments } from '../search/catchments.ts';
import { buildCostMatrix } from '../search/cost-matrix.ts';
import { applyEdits } from './graph-edits.ts';
import type { ArcEdit } from './graph-edits.ts';
import { linkPoints } from '../travel/link-points.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { profileOf } from '../travel/profile.ts';
import { StreetSearch } from '../search/reached-streets.ts';
import { UNREACHED } from '../search/search-graph.ts';
import { editTravelGraph } from './travel-edits.ts';
import { buildTravelGraph } from '../travel/travel-graph.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

const PROFILE = profileOf('walk', { leastVertices: 0, unit: 'mm' });
const GRID = gridStreets(5, 5, 100);
/** In the middle of other streets than those that are edited. */
const POINTS = lonLatOf([[10, 0], [390, 400], [0, 250], [400, 130], [210, 400]]);

/** Arcs of the streets' chains, closed. */
function closeStreets({ graph, arc, edge }: TravelGraph, streets: readonly number[]): ArcEdit[] {
  const chains = new Set(streets.map((street) => edge.chain[street] >> 1));
  const edits: ArcEdit[] = [];
  for (let v = 0; v < graph.nodeCount; v++) {
    for (let a = graph.firstOut[v]; a < graph.firstOut[v + 1]; a++) if (chains.has(arc.chain[a] >> 1)) edits.push({ from: v, to: graph.head[a], cost: UNREACHED });
  }
  return edits;
}

function answers(travel: TravelGraph, links: PointLinks): unknown {
  const facilities = linkPoints(travel, POINTS.slice(0, 4));
  const rows = [...buildCostMatrix(travel, links, links, 2_000_000)].flatMap(({ count, origin, destination, cost, mm }) =>
    Array.from({ length: count }, (_, i) => [origin[i], destination[i], cost[i], mm[i]]));
  const { facility, cost } = buildCatchments(travel, facilities, links, { limit: 500_000 });
  return { rows, facility: [...facility], cost: [...cost] };
}

/** Millimetres reached of each street within some limits. */
function reached(travel: TravelGraph, links: PointLinks): Map<string, number> {
  const { count, edge, band, fromMm, toMm } = new StreetSearch(travel).run(links, [0], [200_000, 500_000]);
  const lengths = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const key = `${edge[i]} ${band[i]}`;
    lengths.set(key, Math.round((lengths.get(key) ?? 0) + toMm[i] - fromMm[i]));
  }
  return new Map([...lengths].filter(([, length]) => length > 0).sort());
}

describe('an edited travel graph', () => {
  it('answers as one built from streets without those that were closed', () => {
    const inner = GRID.streets.flatMap(({ from, to }, i) => ([from, to].every((v) => v % 5 > 0 && v % 5 < 4 && v > 5 && v < 19) ? [i] : []));
    expect(inner.length).toBeGreaterThan(8);
    fc.assert(
      fc.property(fc.subarray(inner), (streets) => {
        const travel = buildTravelGraph(makeNetwork(GRID), PROFILE);
        const edited = editTravelGraph(travel, applyEdits(travel.graph, closeStreets(travel, streets)));
        const without: MadeStreets = { ...GRID, streets: GRID.streets.map((street, i) => (streets.includes(i) ? { ...street, forward: 0, backward: 0 } : street)) };
        const built = buildTravelGraph(makeNetwork(without), PROFILE);
        expect(answers(edited, linkPoints(travel, POINTS))).toEqual(answers(built, linkPoints(built, POINTS)));
        expect(reached(edited, linkPoints(travel, POINTS))).toEqual(reached(built, linkPoints(built, POINTS)));
      }),
      { numRuns: 60 },
    );
  });

  it('answers as one built with the streets that were added', () => {
    const travel = buildTravelGraph(makeNetwork(GRID), PROFILE);
    const nodeAt = (vertex: number): number => travel.node.firstAt[vertex];
    // from one end of the middle street to the crossing of the second: across
    const [a, b] = [6, 18];
    const built = buildTravelGraph(makeNetwork({ ...GRID, streets: [...GRID.streets, { from: a, to: b }] }), PROFILE);
    const length = built.network.edge.lengthMm[GRID.streets.length];
    const arcs = [{ from: nodeAt(a), to: nodeAt(b), cost: length }, { from: nodeAt(b), to: nodeAt(a), cost: length }];
    const edited = editTravelGraph(travel, applyEdits(travel.graph, arcs));
    const links = linkPoints(travel, POINTS);
    const withoutLengths = (value: unknown): unknown => ({ ...(value as { rows: number[][] }), rows: (value as { rows: number[][] }).rows.map((row) => row.slice(0, 3)) });
    expect(withoutLengths(answers(edited, links))).toEqual(withoutLengths(answers(built, linkPoints(built, POINTS))));
    expect(answers(edited, links)).not.toEqual(answers(travel, links));
    const lengths = [...edited.chain.lengthMm].slice(-2);
    for (const each of lengths) expect(Math.abs(each - length)).toBeLessThan(length / 100);
    const drawn = reached(built, linkPoints(built, POINTS));
    for (const key of drawn.keys()) if (key.startsWith(`${GRID.streets.length} `)) drawn.delete(key);
    expect(reached(edited, links)).toEqual(drawn);
  });

  it('is as it was where nothing was edited, and refuses another graph', () => {
    const travel = buildTravelGraph(makeNetwork(GRID), PROFILE);
    const { arc, chain } = editTravelGraph(travel, applyEdits(travel.graph, []));
    expect({ arc, chain }).toEqual({ arc: travel.arc, chain: travel.chain });
    const other = buildTravelGraph(makeNetwork(gridStreets(2, 2, 10)), PROFILE);
    expect(() => editTravelGraph(travel, other.graph)).toThrow(RangeError);
  });
});
