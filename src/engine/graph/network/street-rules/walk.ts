/** Who may walk along a way: R5's rules (TraversalPermissionLabeler with its worldwide table), which the published walking times follow. */
import type { Tags } from './tags.ts';
import type { Access } from './access-values.ts';
import { firstValue, readAccess } from './access-values.ts';
import type { StreetClass } from './street-classes.ts';

export interface Passage {
  readonly along: Access;
  readonly against: Access;
}

const SIDEWALKS = new Set(['both', 'left', 'right']);

/** 1 one way along, −1 against, 0 both. */
export function readOneway(value: string | undefined): number {
  if (value === undefined) return 0;
  const v = firstValue(value);
  if (v === 'yes' || v === 'true' || v === '1') return 1;
  return v === '-1' || v === 'reverse' ? -1 : 0;
}

export function oneWay(access: Access, direction: number): Passage {
  return { along: direction < 0 ? 'no' : access, against: direction > 0 ? 'no' : access };
}

/** `street` undefined for platforms beside tracks, which only walkers use. */
export function walkPassage(tags: Tags, street: StreetClass | undefined): Passage {
  const byClass: Access | undefined = street === undefined || street.walk === 'yes' ? 'yes' : street.walk === 'no' ? 'no' : undefined;
  let foot = readAccess(tags['foot']) ?? byClass;
  // a sidewalk drawn on the street says more than the street's own access
  if (SIDEWALKS.has((tags['sidewalk'] ?? '').toLowerCase())) foot = 'yes';
  const access = readAccess(tags['access']) ?? (byClass === 'yes' ? 'no' : 'yes');
  // one-way streets bind walkers only where it says so of them
  return oneWay(foot ?? access, readOneway(tags['oneway:foot']));
}
