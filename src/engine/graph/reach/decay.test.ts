import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildDecayTable, parseDecay } from './decay.ts';

describe('decay tables', () => {
  it('counts a step while the time is below the cut-off', () => {
    const table = buildDecayTable({ kind: 'step' }, 30, 60);
    expect(table.length).toBe(1800);
    expect(table.every((weight) => weight === 1)).toBe(true);
  });

  it('halves at the cut-off where it should', () => {
    expect(buildDecayTable({ kind: 'exp' }, 15, 60)[900]).toBeCloseTo(0.5, 12);
    // the logistic is scaled to 1 at 0, so it is a hair above ½
    expect(buildDecayTable({ kind: 'logistic', sd: 5 }, 15, 60)[900]).toBeCloseTo(0.5 * (1 + Math.exp((-15 * Math.PI) / (5 * Math.sqrt(3)))), 12);
    expect(buildDecayTable({ kind: 'linear', width: 10 }, 15, 60)[900]).toBeCloseTo(0.5 - 0.5 / 600, 12);
    expect(buildDecayTable({ kind: 'linear' }, 15, 60)[450]).toBeCloseTo(0.5, 12);
    expect(buildDecayTable({ kind: 'power', b: 2 }, 15, 60)[600]).toBeCloseTo(0.01, 12);
  });

  it('ends curves without an end where they fall below 0.001', () => {
    const table = buildDecayTable({ kind: 'logistic', sd: 1 }, 15, 60);
    const g = (t: number): number => 1 + Math.exp(((t - 900) * Math.PI) / (60 * Math.sqrt(3)));
    expect(g(0) / g(table.length - 1)).toBeGreaterThanOrEqual(0.001);
    expect(g(0) / g(table.length)).toBeLessThan(0.001);
    expect(table.at(-1)).toBeGreaterThanOrEqual(0.001);
  });

  it('falls from 1 and never rises, whatever the function', () => {
    const decay = fc.oneof(
      fc.constant({ kind: 'step' } as const),
      fc.record({ kind: fc.constant('logistic' as const), sd: fc.double({ min: 0.1, max: 30, noNaN: true }) }),
      fc.record({ kind: fc.constant('linear' as const), width: fc.double({ min: 0.5, max: 20, noNaN: true }) }),
      fc.record({ kind: fc.constant('exp' as const), rate: fc.double({ min: 0.001, max: 2, noNaN: true }) }),
      fc.record({ kind: fc.constant('power' as const), b: fc.double({ min: 0.1, max: 4, noNaN: true }) }),
    );
    fc.assert(
      fc.property(decay, fc.integer({ min: 12, max: 60 }), (chosen, cutoff) => {
        const table = buildDecayTable(chosen, cutoff, 60);
        expect(table[0]).toBeGreaterThan(0.99);
        expect(table.findIndex((weight, i) => !(weight > 0 && weight <= (i === 0 ? 1 : table[i - 1])))).toBe(-1);
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it('reads what people write, and says what is wrong with it', () => {
    expect(parseDecay('step')).toEqual({ kind: 'step' });
    expect(parseDecay('logistic:sd=1')).toEqual({ kind: 'logistic', sd: 1 });
    expect(parseDecay('power:2')).toEqual({ kind: 'power', b: 2 });
    expect(parseDecay('linear')).toEqual({ kind: 'linear' });
    expect(() => parseDecay('logistic')).toThrow(/lacks sd/);
    expect(() => parseDecay('exp:sd=1')).toThrow(/no parameter sd/);
    expect(() => parseDecay('power:b=-1')).toThrow(/above 0/);
    expect(() => parseDecay('step:1')).toThrow(/no parameter/);
    expect(() => parseDecay('constructor')).toThrow(/none of/);
    expect(() => buildDecayTable({ kind: 'exp', rate: Infinity }, 15, 60)).toThrow(RangeError);
    expect(() => buildDecayTable({ kind: 'step' }, 0, 60)).toThrow(RangeError);
  });
});
