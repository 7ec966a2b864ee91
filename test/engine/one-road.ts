/** Draws one road of a few edges for tests of ways along chains: some hilly, some with gates or without length, some one-way, points all along it. */
import fc from 'fast-check';
import type { Network } from '../../src/engine/graph/network/network.ts';
import { PASS } from '../../src/engine/graph/network/network.ts';
import { ALL, StreetPlan } from './street-plan.ts';

export interface Road {
  readonly edges: readonly { readonly length: number; readonly height: number; readonly delayS: number; readonly turned: boolean; readonly lengthM: number | undefined }[];
  readonly pass: readonly number[];
  /** Metres, as placeAt takes them. */
  readonly points: readonly (readonly [number, number])[];
  readonly measure: 'r5' | 'geodesic';
}

export function anyRoad(minPoints: number, maxPoints: number): fc.Arbitrary<Road> {
  return fc.record({
    edges: fc.array(fc.record({ length: fc.integer({ min: 0, max: 60 }), height: fc.integer({ min: 0, max: 9 }), delayS: fc.nat(3), turned: fc.boolean(), lengthM: fc.constantFrom(undefined, undefined, 0, 40.3) }), { minLength: 1, maxLength: 6 }),
    pass: fc.constantFrom([ALL, ALL], [ALL, ALL], [ALL, 0], [0, ALL], [PASS.walkLocal | PASS.driveLocal | PASS.bikeLocal, ALL]),
    points: fc.array(fc.tuple(fc.integer({ min: -5, max: 250 }), fc.integer({ min: -20, max: 20 })), { minLength: minPoints, maxLength: maxPoints }),
    measure: fc.constantFrom('r5' as const, 'geodesic' as const),
  });
}

export function buildRoad({ edges, pass: [along, against], measure }: Road): Network {
  const plan = new StreetPlan();
  let x = 0;
  let last = plan.vertex(0, 0);
  for (const { length, height, delayS, turned, lengthM } of edges) {
    x += length;
    const next = plan.vertex(x, 0, { delayS, heightM: height });
    const drawn = lengthM === undefined ? {} : { lengthM };
    if (turned) plan.edge(next, last, { forward: against, backward: along, ...drawn });
    else plan.edge(last, next, { forward: along, backward: against, ...drawn });
    last = next;
  }
  return plan.build(undefined, measure);
}
