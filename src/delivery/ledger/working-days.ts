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

/** Calendar days from one day to another; negative when it lies before. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** Beyond this many days only weekends are counted, by division: a deadline in the year 9999 must not be walked to. */
const MOST_WALKED = 4000;

export function isWorkingDay(day: string): boolean {
  return chineseDays.isWorkday(day);
}

/** Working days after `from` up to and with `to`; negative when `to` lies before `from`, 0 on the same day. */
export function workingDaysBetween(from: string, to: string): number {
  const days = daysBetween(from, to);
  if (days < 0) return -workingDaysBetween(to, from);
  if (days > MOST_WALKED) return Math.round((days * 5) / 7);
  let count = 0;
  for (let day = dayNumber(from) + 1; day <= dayNumber(to); day++) if (isWorkingDay(dayText(day))) count++;
  return count;
}
