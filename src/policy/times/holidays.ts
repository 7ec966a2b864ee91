/**
 * Feasts and working days, from chinese-days (MIT): the lunar calendar 1900–2100 and the State Council's holiday arrangements.
 * The library computes in the machine's time zone and is a day off west of Greenwich (1.5.7: its table of arranged days, `isWorkday`,
 * `getSolarTermDate`). Here lunar dates are asked for from a local noon, the table is asked how far it is off, and 清明 is computed; the
 * tests of docs/policy-reading.md pass from Kiritimati to New York.
 */
import chineseDays from 'chinese-days';
import type { IsoDay } from '../model.ts';
import { addDays, isoDay, splitDay, weekday } from './calendar.ts';

/** First and last year whose arrangement of holidays was published when the library was made; outside them working days are not counted. */
const ARRANGED = { first: 2004, last: 2026 };

const noon = (day: IsoDay): Date => {
  const { year, month, day: date } = splitDay(day);
  return new Date(year, month - 1, date, 12);
};

const solar = (month: number, day: number) => (year: number): IsoDay => isoDay(year, month, day);
const lunar = (month: number, day: number) => (year: number): IsoDay => chineseDays.getSolarDateFromLunar(noon(isoDay(year, month, day))).date;
/** 清明 is the day of a solar term: Meeus' short series for the 21st century, right for 2000–2099. */
const pureBrightness = (year: number): IsoDay => isoDay(year, 4, Math.floor((year % 100) * 0.2422 + 4.81) - Math.floor((year % 100) / 4));

const FEASTS: ReadonlyMap<string, (year: number) => IsoDay> = new Map([
  ['元旦', solar(1, 1)], ['春节', lunar(1, 1)], ['元宵节', lunar(1, 15)], ['清明节', pureBrightness], ['清明', pureBrightness], ['五一', solar(5, 1)], ['劳动节', solar(5, 1)],
  ['端午节', lunar(5, 5)], ['端午', lunar(5, 5)], ['七一', solar(7, 1)], ['八一', solar(8, 1)], ['中秋节', lunar(8, 15)], ['中秋', lunar(8, 15)], ['十一', solar(10, 1)],
  ['国庆节', solar(10, 1)], ['国庆', solar(10, 1)], ['重阳节', lunar(9, 9)],
]);

/** Names of feasts, longest first. */
export const FEAST_NAMES: readonly string[] = [...FEASTS.keys()].toSorted((a, b) => b.length - a.length);

/** The day of a feast in a year, from 2000 to 2099; null outside. */
export function findFeast(name: string, year: number): IsoDay | null {
  return year < 2000 || year > 2099 ? null : FEASTS.get(name)?.(year) ?? null;
}

/** Whether an arrangement names the day, in the library's own table; feasts are named in three languages, weekdays in one. */
const isListed = (day: IsoDay): boolean => chineseDays.getDayDetail(noon(day)).name.includes(',');
/** By how many days the library's table is off on this machine: 2025-09-30 was an ordinary Tuesday before the holiday of 2025-10-01 to 08. */
let shift: number | undefined;
const findShift = (): number => (isListed('2025-09-30') ? -1 : isListed('2025-10-01') ? 0 : 1);

/** The library's word for a day that an arrangement names (a holiday, or a weekend day worked instead); by weekday else. */
function isWorkingDay(day: IsoDay): boolean {
  shift ??= findShift();
  const { name, work } = chineseDays.getDayDetail(noon(addDays(day, shift)));
  if (name.includes(',')) return work;
  const number = weekday(day);
  return number >= 1 && number <= 5;
}

/** The last of `count` working days, the first being the one after `day`; null where the arrangement of that year is not known. */
export function addWorkingDays(day: IsoDay, count: number): IsoDay | null {
  let at = day, left = count;
  while (left > 0) {
    at = addDays(at, 1);
    const { year } = splitDay(at);
    if (year < ARRANGED.first || year > ARRANGED.last) return null;
    if (isWorkingDay(at)) left--;
  }
  return at;
}
