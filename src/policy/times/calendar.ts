/** Days and spans of days, as ISO strings; no clock, no time zone. */
import type { IsoDay } from '../model.ts';

/** Both ends inclusive. */
export interface DaySpan {
  readonly from: IsoDay;
  readonly to: IsoDay;
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

export const isoDay = (year: number, month: number, day: number): IsoDay => `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export function splitDay(day: IsoDay): { year: number; month: number; day: number } {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) };
}

export function addDays(day: IsoDay, days: number): IsoDay {
  const { year, month, day: date } = splitDay(day);
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10);
}

/** The same day `months` later, or the last day of a shorter month. */
export function addMonths(day: IsoDay, months: number): IsoDay {
  const { year, month, day: date } = splitDay(day);
  const total = year * 12 + month - 1 + months;
  const y = Math.floor(total / 12), m = (total % 12) + 1;
  return isoDay(y, m, Math.min(date, daysInMonth(y, m)));
}

/** 0 Sunday – 6 Saturday. */
export function weekday(day: IsoDay): number {
  const { year, month, day: date } = splitDay(day);
  return new Date(Date.UTC(year, month - 1, date)).getUTCDay();
}

export const yearSpan = (from: number, to = from): DaySpan => ({ from: isoDay(from, 1, 1), to: isoDay(to, 12, 31) });
export const monthSpan = (year: number, from: number, to = from): DaySpan => ({ from: isoDay(year, from, 1), to: isoDay(year, to, daysInMonth(year, to)) });
export const isDate = (year: number, month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
