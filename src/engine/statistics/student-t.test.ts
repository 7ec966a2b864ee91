import { describe, expect, it } from 'vitest';
import { incompleteBeta, studentCdf, studentQuantile } from './student-t.ts';

/** The distribution by adding up its density: a plain twin. */
function summedCdf(t: number, freedom: number): number {
  // Γ((ν+1)/2)/Γ(ν/2) by recursion from the half-integers, so that the twin shares nothing with what it checks
  const ratio = (n: number): number => (n === 1 ? 1 / Math.sqrt(Math.PI) : n === 2 ? Math.sqrt(Math.PI) / 2 : (ratio(n - 2) * (n - 1)) / (n - 2));
  const scale = ratio(freedom) / Math.sqrt(freedom * Math.PI);
  const density = (x: number): number => scale * (1 + (x * x) / freedom) ** (-(freedom + 1) / 2);
  const steps = 4000;
  let sum = 0;
  // Simpson from 0 to t
  for (let i = 0; i <= steps; i++) sum += density((t * i) / steps) * (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2);
  return 0.5 + (sum * t) / steps / 3;
}

describe('Student’s t', () => {
  it('is the Cauchy distribution with one degree of freedom, and has its closed form with two', () => {
    for (const t of [-30, -2, -0.3, 0, 0.01, 1, 5, 1000]) {
      expect(studentCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 12);
      expect(studentCdf(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 12);
    }
  });

  it('agrees with its density added up', () => {
    for (const freedom of [1, 2, 3, 4, 7, 12, 30]) for (const t of [0.2, 0.9, 1.7, 3.1]) expect(studentCdf(t, freedom)).toBeCloseTo(summedCdf(t, freedom), 9);
  });

  it('has quantiles that it maps back', () => {
    for (const freedom of [1, 3, 9, 100]) for (const p of [0.001, 0.1, 0.4, 0.5, 0.9, 0.995]) expect(studentCdf(studentQuantile(p, freedom), freedom)).toBeCloseTo(p, 10);
    // the table that every textbook prints
    expect(studentQuantile(0.9, 1)).toBeCloseTo(3.0777, 4);
    expect(studentQuantile(0.9, 3)).toBeCloseTo(1.6377, 4);
    expect(studentQuantile(0.975, 10)).toBeCloseTo(2.2281, 4);
  });

  it('stays within 0 and 1 at the ends', () => {
    expect(incompleteBeta(0, 2, 3)).toBe(0);
    expect(incompleteBeta(1, 2, 3)).toBe(1);
    expect(studentCdf(Infinity, 4)).toBe(1);
    expect(studentCdf(-Infinity, 4)).toBe(0);
    expect(studentCdf(NaN, 4)).toBeNaN();
  });
});
