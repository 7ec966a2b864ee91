import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber, dayText, isWorkingDay, workingDaysBetween } from './working-days.ts';

/** Day by day, as one would count on a calendar. */
function walked(from: string, to: string): number {
  const [a, b] = [dayNumber(from), dayNumber(to)];
  let count = 0;
  for (let day = Math.min(a, b) + 1; day <= Math.max(a, b); day++) if (isWorkingDay(dayText(day))) count++;
  return a <= b ? count : 0 - count;
}

describe('working days', () => {
  it('are those of the calendar: the holiday is none, the Saturday worked for it is one', () => {
    expect(workingDaysBetween('2025-09-30', '2025-10-08')).toBe(0);
    expect(workingDaysBetween('2025-10-08', '2025-10-11')).toBe(3);
    expect(workingDaysBetween('2026-11-20', '2026-11-22')).toBe(0);
    expect(workingDaysBetween('2026-11-22', '2026-11-22')).toBe(0);
  });

  it('are counted as a walk over the days counts them, over the ends of years, leap years and backwards', () => {
    const day = fc.integer({ min: dayNumber('2019-06-01'), max: dayNumber('2030-06-01') }).map(dayText);
    fc.assert(fc.property(day, fc.integer({ min: -900, max: 900 }), (from, days) => {
      const to = dayText(dayNumber(from) + days);
      return workingDaysBetween(from, to) === walked(from, to);
    }), { numRuns: 60 });
  });

  it('are five sevenths of a time too long to walk', () => {
    expect(workingDaysBetween('2026-01-01', '9999-12-31')).toBe(Math.round((daysFrom('2026-01-01', '9999-12-31') * 5) / 7));
  });
});

const daysFrom = (from: string, to: string): number => dayNumber(to) - dayNumber(from);
