/** Heights and what slopes cost. */
import { describe, expect, it } from 'vitest';
import { build, row } from '../../../../test/engine/built-streets.ts';
import { metresPerDegree } from '../../spatial/measure.ts';

describe('heights', () => {
  const nodes = new Map<number, readonly [number, number]>([[1, [0, 0]], [2, [1000, 0]]]);
  const scale = metresPerDegree(30);
  /** Decimetres of a ramp that rises 5 m in 100 m to the east. */
  const ramp = (lon: number): number => (lon - 100) * scale.lon * 0.05 * 10;
  it('make uphill dear and a gentle downhill cheap, both ways as Tobler has it', () => {
    const network = build({ nodes, ways: [row(1, 2)] }, { elevation: ramp });
    expect(network.meta.elevation).toBe(true);
    expect([...network.vertex.elevationDm].toSorted((a, b) => a - b)).toEqual([0, 500]);
    const level = 1 / (1.2 * Math.exp(-3.5 * 0.05));
    expect(network.edge.slopeForward?.[0]).toBeCloseTo(level * Math.exp(3.5 * 0.05) - 1, 1);
    expect(network.edge.slopeBackward?.[0]).toBeCloseTo(1 / 1.2 - 1, 1);
    const flat = build({ nodes, ways: [row(1, 2)] }, { elevation: () => 123 });
    expect(flat.edge.slopeForward?.[0]).toBeCloseTo(level - 1, 6);
  });
  it('unknown are 0, and a cliff is closed, not infinite', () => {
    const unknown = build({ nodes, ways: [row(1, 2)] }, { elevation: () => NaN });
    expect([...unknown.vertex.elevationDm]).toEqual([0, 0]);
    const steps = new Map<number, readonly [number, number]>([[1, [0, 0]], [2, [2, 0]]]);
    const cliff = build({ nodes: steps, ways: [row(1, 2)] }, { elevation: (lon) => (lon > 100.00001 ? 900 : 0) });
    expect(cliff.edge.slopeForward?.[0]).toBe(10_000);
    expect(build({ nodes, ways: [row(1, 2)] }).edge.slopeForward).toBeUndefined();
  });
});
