/** Days of a calendar month in weeks from Monday. Days are `2026-06-30`, months `2026-06`. */
import { dayNumber, dayText } from '../../delivery/ledger/working-days.ts';

/** 0: Monday. */
const weekday = (day: number): number => (((day + 3) % 7) + 7) % 7;

export function addMonths(month: string, count: number): string {
  const [year, number] = month.split('-').map(Number);
  const total = year * 12 + number - 1 + count;
  return `${String(Math.floor(total / 12)).padStart(4, '0')}-${String((total % 12) + 1).padStart(2, '0')}`;
}

/** Whole weeks that hold the month, with the days of its neighbours that fill them. */
export function weeksOf(month: string): string[][] {
  const first = dayNumber(`${month}-01`);
  const end = dayNumber(`${addMonths(month, 1)}-01`);
  const weeks: string[][] = [];
  for (let monday = first - weekday(first); monday < end; monday += 7) weeks.push(Array.from({ length: 7 }, (_, i) => dayText(monday + i)));
  return weeks;
}
