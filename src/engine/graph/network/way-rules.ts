/** The rule of every way of a source. */
import type { NetworkSource } from './network-source.ts';
import type { StreetRule } from './street-rules/street-rule.ts';
import { findStreetRule } from './street-rules/street-rule.ts';
import { RULE_KEYS } from './street-rules/tags.ts';
import { sortByTags, valuesOf } from './tag-sets.ts';

export interface WayRules {
  /** By way: number of its kind. */
  readonly kindOfWay: Uint32Array;
  /** By kind: its rule, undefined where it is no street. */
  readonly rules: readonly (StreetRule | undefined)[];
  /** By kind: whether it is a building: its outline parts no street. A platform may be both. */
  readonly isBuilding: readonly boolean[];
  /** By way: number of its name's text, 0 for none. */
  readonly name: Uint32Array;
}

export function classifyWays(source: NetworkSource): WayRules {
  const text = (number: number): string => source.text(number);
  const { setOf, sets } = sortByTags(source.ways, text, RULE_KEYS);
  return { kindOfWay: setOf, rules: sets.map(findStreetRule), isBuilding: sets.map((tags) => tags['building'] !== undefined), name: valuesOf(source.ways, text, 'name') };
}
