import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NumericTarget } from './target-outlook.ts';
import { chanceFigure, meets, targetOutlook } from './target-outlook.ts';

const atLeast80: NumericTarget = { comparator: '>=', value: 80, deadlineYear: 2030 };
const points = (...values: number[]) => values.map((value, i) => ({ period: 2022 + i, value }));

describe('the outlook of a target', () => {
  it('goes straight from the first measurement to the target', () => {
    const { path } = targetOutlook(atLeast80, points(60, 62), 2024);
    // 20 points in the 8 years from 2022 to 2030
    expect(path).toEqual(Array.from({ length: 9 }, (_, i) => ({ period: 2022 + i, value: 60 + 2.5 * i })));
  });

  it('is met once it is met, whatever the trend', () => {
    expect(targetOutlook(atLeast80, points(95, 90, 85), 2025).verdict).toBe('met');
  });

  it('is missed after the deadline', () => {
    expect(targetOutlook({ ...atLeast80, deadlineYear: 2024 }, points(60, 62, 64), 2026).verdict).toBe('missed');
  });

  it('cannot be told from nothing, from one measurement, or without a deadline', () => {
    expect(targetOutlook(atLeast80, [], 2026).verdict).toBe('unknown');
    expect(targetOutlook(atLeast80, points(60), 2026)).toMatchObject({ verdict: 'unknown', method: 'none', forecast: [] });
    expect(targetOutlook({ ...atLeast80, deadlineYear: null }, points(60, 62), 2026).verdict).toBe('unknown');
  });

  it('judges two points by the share of the way that the pace brings', () => {
    // 7 years remain after 2023; 3 a year bring 21 of the 17 needed, 1.5 bring 10.5 of 18.5, 0.5 bring 3.5 of 19.5
    expect(targetOutlook(atLeast80, points(60, 63), 2024).verdict).toBe('on-track');
    expect(targetOutlook(atLeast80, points(60, 61.5), 2024).verdict).toBe('at-risk');
    expect(targetOutlook(atLeast80, points(60, 60.5), 2024).verdict).toBe('missed');
    expect(targetOutlook(atLeast80, points(60, 63), 2024).chance).toBeNull();
  });

  it('is nearly sure of points on a line, and never quite', () => {
    const [up, down] = [targetOutlook(atLeast80, points(60, 63, 66), 2025), targetOutlook(atLeast80, points(60, 61, 62), 2025)];
    expect([up.verdict, up.method, down.verdict]).toEqual(['on-track', 'trend', 'missed']);
    expect(up.chance).toBeGreaterThan(0.8);
    expect(up.chance).toBeLessThan(1);
    expect(down.chance).toBeGreaterThan(0);
    expect(down.chance).toBeLessThan(0.2);
  });

  it('has a band round one value that came three times over', () => {
    const { forecast, verdict } = targetOutlook(atLeast80, points(70, 70, 70), 2025);
    expect(verdict).toBe('missed');
    const last = forecast[forecast.length - 1];
    expect(last.value).toBeCloseTo(70, 9);
    // 1 % of 70 and t of one degree of freedom, 3.0777: 70 ± 2.15
    expect(last.high - last.value).toBeCloseTo(0.7 * 3.0777, 2);
  });

  it('has an even chance where the line ends at the target', () => {
    // symmetric about 60 + 2.5 per year: least squares keeps that line, which ends at 80
    const { chance, verdict } = targetOutlook(atLeast80, points(61, 61.5, 64, 68.5), 2026);
    expect(chance).toBeCloseTo(0.5, 1);
    expect(verdict).toBe('at-risk');
  });

  it('goes down as well as up', () => {
    const atMost: NumericTarget = { comparator: '<=', value: 10, deadlineYear: 2030 };
    expect(targetOutlook(atMost, points(30, 27, 24), 2025).verdict).toBe('on-track');
    expect(targetOutlook(atMost, points(30, 31, 32), 2025).verdict).toBe('missed');
  });

  it('mirrors: turning values and comparator round turns nothing else', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 2023, max: 2040 }), (values, goal, deadlineYear) => {
      const up = targetOutlook({ comparator: '>=', value: goal, deadlineYear }, points(...values), 2024);
      const down = targetOutlook({ comparator: '<=', value: -goal, deadlineYear }, points(...values.map((v) => -v)), 2024);
      expect(down.verdict).toBe(up.verdict);
      if (up.chance !== null) expect(down.chance).toBeCloseTo(up.chance, 9);
    }));
  });

  it('leads no share beyond what it can be, and is sure of nothing', () => {
    const all: NumericTarget = { comparator: '>=', value: 100, deadlineYear: 2030, bounds: [0, 100] };
    const { forecast, text, verdict } = targetOutlook(all, points(60, 70, 80), 2025);
    expect(verdict).toBe('on-track');
    expect(forecast.every(({ low, value, high }) => low <= value && value <= high && high <= 100)).toBe(true);
    expect(text.zh).toBe('按现有趋势，2030年将为 100，达到目标的可能性 99%：进展正常。');
    // 10 a year down from 20: 0 is the end of it
    const few = targetOutlook({ comparator: '>=', value: 30, deadlineYear: 2030, bounds: [0, 100] }, points(40, 30.5, 20), 2025);
    expect(few).toMatchObject({ verdict: 'missed', text: { en: 'By its trend it will be 0 in 2030, with a chance of 1% to meet the target: out of reach.' } });
  });

  it('says of no chance that it is none or sure', () => {
    expect([0, 0.004, 0.006, 0.5, 0.994, 0.996, 1].map(chanceFigure)).toEqual(['<1%', '<1%', '1%', '50%', '99%', '>99%', '>99%']);
  });

  it('holds every comparator', () => {
    expect(meets({ comparator: '>', value: 5, deadlineYear: null }, 5)).toBe(false);
    expect(meets({ comparator: 'between', value: 5, upper: 7, deadlineYear: null }, 7)).toBe(true);
    expect(meets({ comparator: '~', value: 100, deadlineYear: null }, 99.2)).toBe(true);
    expect(meets({ comparator: '=', value: 100, deadlineYear: null }, 98)).toBe(false);
  });
});
