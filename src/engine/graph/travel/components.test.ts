import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropSmallComponents, listHalfEdges, strongComponents } from './components.ts';

const streets = fc.integer({ min: 1, max: 12 }).chain((n) => fc.record({ n: fc.constant(n), edges: fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.nat(2), fc.nat(2)), { maxLength: 24 }) }));

/** By pairs of vertices: whether the one is reached from the other. */
function closure(n: number, head: Uint32Array, use: Uint8Array): boolean[][] {
  const reaches = Array.from({ length: n }, (_, a) => Array.from({ length: n }, (__, b) => a === b));
  use.forEach((u, half) => {
    if (u !== 0) reaches[head[half ^ 1]][head[half]] = true;
  });
  for (let k = 0; k < n; k++) for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) if (reaches[a][k] && reaches[k][b]) reaches[a][b] = true;
  return reaches;
}

describe('strong components', () => {
  it('hold what reaches one another, and small ones are dropped with all edges at them', () => {
    fc.assert(
      fc.property(streets, fc.nat(5), ({ n, edges }, least) => {
        const head = Uint32Array.from(edges.flatMap(([a, b]) => [b, a]));
        const use = Uint8Array.from(edges.flatMap(([, , forward, backward]) => [forward, backward]));
        const halfEdges = listHalfEdges(n, head, use);
        const reaches = closure(n, head, use);
        const { of, sizes } = strongComponents(halfEdges, use);
        const touched = Array.from({ length: n }, (_, v) => use.some((u, half) => (u !== 0 || use[half ^ 1] !== 0) && head[half] === v));
        const members = touched.map((isTouched, a) => (isTouched ? touched.map((_, b) => b).filter((b) => touched[b] && reaches[a][b] && reaches[b][a]) : []));
        touched.forEach((isTouched, a) => {
          expect(of[a] >= 0).toBe(isTouched);
          if (!isTouched) return;
          expect(sizes[of[a]]).toBe(members[a].length);
          touched.forEach((_, b) => touched[b] && expect(of[a] === of[b]).toBe(members[a].includes(b)));
        });
        const kept = use.slice();
        const dropped = dropSmallComponents(halfEdges, kept, least);
        const small = members.map((m) => m.length > 0 && m.length < least);
        expect(dropped.vertices).toBe(small.filter(Boolean).length);
        expect(Array.from(kept)).toEqual(Array.from(use, (u, half) => (small[head[half]] || small[head[half ^ 1]] ? 0 : u)));
      }),
      { numRuns: 500 },
    );
  });

  it('of a long line are found without running out of stack', () => {
    const n = 300_000;
    const head = new Uint32Array(2 * (n - 1));
    for (let e = 0; e < n - 1; e++) {
      head[2 * e] = e + 1;
      head[2 * e + 1] = e;
    }
    const use = new Uint8Array(head.length).fill(1);
    expect(Array.from(strongComponents(listHalfEdges(n, head, use), use).sizes)).toEqual([n]);
    for (let half = 1; half < use.length; half += 2) use[half] = 0;
    expect(strongComponents(listHalfEdges(n, head, use), use).sizes.length).toBe(n);
  });
});
