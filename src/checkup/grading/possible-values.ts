/**
 * Whether a figure from outside can be a value of an indicator at all: a share of 250 % or −50 %, −3 buildings and 10³⁰⁸ of anything are slips of
 * the pen. Ratios and indices (land consumption, Moran's I) may be less than 0; units of a user's own indicators have no bounds.
 */
import type { Indicator } from '../model.ts';

/** 10¹² m² are the area of Egypt. */
const MOST = 1e12;
const SIGNED: ReadonlySet<string> = new Set(['ratio', 'index']);

export function isPossible(value: number, { unit, set }: Pick<Indicator, 'unit' | 'set'>): boolean {
  if (!Number.isFinite(value) || Math.abs(value) > MOST) return false;
  if (set === 'user' || SIGNED.has(unit.en)) return true;
  return value >= 0 && (unit.en.trim() !== '%' || value <= 100);
}
