/** Working days by the State Council's calendar of holidays and the working weekends beside them (library chinese-days); weekends alone in years it does not know yet. */
import chineseDays from 'chinese-days';

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of `2026-06-30`. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The day in China of a moment (ISO, UTC): deadlines are meant there, and what is done at seven in the morning is done on that day. */
export function dayInChina(moment: string): string {
  return new Date(Date.parse(moment) + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** Calendar days from one day to another; negative when it lies before. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** Beyond this many days only weekends are counted, by division: a deadline in the year 9999 must not be walked to. */
const MOST_WALKED = 4000;

export function isWorkingDay(day: string): boolean {
  return chineseDays.isWorkday(day);
}

/** Working days of a year up to and with each of its days. The library takes 5 µs a day, and a ledger of 500 tasks asks for 200 000 days: a year is asked once. */
const years = new Map<number, Uint16Array>();

function countsOf(year: number): Uint16Array {
  const known = years.get(year);
  if (known !== undefined) return known;
  const first = Date.UTC(year, 0, 1) / DAY_MS;
  const counts = new Uint16Array(Date.UTC(year + 1, 0, 1) / DAY_MS - first);
  for (let i = 0, count = 0; i < counts.length; i++) {
    if (isWorkingDay(dayText(first + i))) count++;
    counts[i] = count;
  }
  years.set(year, counts);
  return counts;
}

/** Working days after `from` up to and with `to`; negative when `to` lies before `from`, 0 on the same day. */
export function workingDaysBetween(from: string, to: string): number {
  const days = daysBetween(from, to);
  if (days < 0) return -workingDaysBetween(to, from);
  if (days > MOST_WALKED) return Math.round((days * 5) / 7);
  const [firstYear, lastYear] = [from, to].map((day) => new Date(`${day}T00:00:00Z`).getUTCFullYear());
  const upTo = (day: string, year: number): number => countsOf(year)[dayNumber(day) - Date.UTC(year, 0, 1) / DAY_MS];
  let count = upTo(to, lastYear) - upTo(from, firstYear);
  for (let year = firstYear; year < lastYear; year++) count += countsOf(year).at(-1) ?? 0;
  return count;
}
