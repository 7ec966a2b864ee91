/** Riders' stress at junctions: see street-rules/stress.ts. */
import type { NetworkArrays } from './network.ts';
import { PASS, VERTEX_TRAIT } from './network.ts';

const RIDDEN = PASS.bike | PASS.bikeLocal;

/**
 * Gives each edge the highest stress met at its ends, but for ends with signals; then 0 where nobody rides.
 *
 * @param own by edge: level of the street itself
 * @param fixed by edge: 1 where neither the junction changes it nor it the junction
 */
export function spreadStress({ edge, vertex }: Pick<NetworkArrays, 'vertex'> & { edge: Omit<NetworkArrays['edge'], 'stress'> }, own: Uint8Array, fixed: Uint8Array): Uint8Array {
  const { from, to, forward, backward } = edge;
  const met = new Uint8Array(vertex.traits.length);
  for (let e = 0; e < own.length; e++) {
    if (fixed[e] !== 0) continue;
    if (own[e] > met[from[e]]) met[from[e]] = own[e];
    if (own[e] > met[to[e]]) met[to[e]] = own[e];
  }
  for (let v = 0; v < met.length; v++) if ((vertex.traits[v] & VERTEX_TRAIT.signals) !== 0) met[v] = 0;
  return own.map((level, e) => {
    if (((forward[e] | backward[e]) & RIDDEN) === 0) return 0;
    return fixed[e] !== 0 ? level : Math.max(level, met[from[e]], met[to[e]]);
  });
}
