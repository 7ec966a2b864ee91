/** Which thresholds hold for a city, a level and a year, and whether a value meets them. */
import type { PlaceLevel } from '../../import/model.ts';
import type { CityClass, CityRank, Threshold } from '../model.ts';

export interface ThresholdScope {
  readonly cityClass: CityClass;
  /** A threshold that asks for a rank does not hold where none is known. */
  readonly cityRank: CityRank | undefined;
  readonly level: PlaceLevel;
  readonly period: number;
}

export function applies({ when }: Threshold, { cityClass, cityRank, level, period }: ThresholdScope): boolean {
  if (when === undefined) return true;
  if (when.cityClass !== undefined && !when.cityClass.includes(cityClass)) return false;
  if (when.cityRank !== undefined && (cityRank === undefined || !when.cityRank.includes(cityRank))) return false;
  if (when.levels !== undefined && !when.levels.includes(level)) return false;
  return (when.from === undefined || period >= when.from) && (when.to === undefined || period <= when.to);
}

export function meets(value: number, { op, value: bound, upper }: Threshold): boolean {
  if (op === '>=') return value >= bound;
  if (op === '<=') return value <= bound;
  if (op === '=') return value === bound;
  return value >= bound && value <= (upper ?? Infinity);
}

/** By how much of the threshold a value misses it: 0 where it is met, Infinity where anything beyond 0 is too much. */
export function shortfall(value: number, threshold: Threshold): number {
  if (meets(value, threshold)) return 0;
  const bound = threshold.op === 'between' && value > (threshold.upper ?? Infinity) ? (threshold.upper ?? 0) : threshold.value;
  return bound === 0 ? Infinity : Math.abs(value - bound) / Math.abs(bound);
}

/** The standard and, where there is one, the stricter level. Of several that hold the one that asks more. */
export function pickThresholds(thresholds: readonly Threshold[], scope: ThresholdScope): { standard: Threshold | undefined; higher: Threshold | undefined } {
  const holding = thresholds.filter((one) => applies(one, scope));
  const strictest = (role: 'standard' | 'higher'): Threshold | undefined =>
    holding
      .filter((one) => (one.role ?? 'standard') === role)
      .toSorted((a, b) => (a.op === '<=' ? a.value - b.value : b.value - a.value))
      .at(0);
  return { standard: strictest('standard'), higher: strictest('higher') };
}
