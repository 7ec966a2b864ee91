/** What of the check-up's workspace is in the address, so that a link shows another reader the same. */
import type { IndicatorLine } from '../../checkup/api.ts';

export type PlaceLevel = IndicatorLine['level'];
const PLACE_LEVELS: readonly PlaceLevel[] = ['building', 'community', 'block', 'district', 'city', 'zone', 'cell'];

export type Panel = 'indicator' | 'sheet' | 'compare';
/** What stands behind an indicator, drawn where it is not hidden. */
export type DetailLayer = 'facility' | 'unserved' | 'building' | 'point' | 'line';
export const DETAIL_LAYERS: readonly DetailLayer[] = ['facility', 'unserved', 'building', 'point', 'line'];
/** By value; by grade; by the change since another period. */
export type Colouring = 'value' | 'grade' | 'change';

export interface Workspace {
  /** Undefined: the newest. */
  readonly period: number | undefined;
  readonly indicator: string | undefined;
  /** Undefined: the level at which the indicator is judged. */
  readonly level: PlaceLevel | undefined;
  readonly place: string | undefined;
  /** The place held beside `place`. */
  readonly beside: string | undefined;
  /** The period held beside `period`. */
  readonly against: number | undefined;
  readonly panel: Panel;
  readonly colouring: Colouring;
  readonly hidden: readonly DetailLayer[];
}

export interface ListFilter {
  readonly text: string;
  readonly set: string | undefined;
  readonly dimension: string | undefined;
  readonly grade: string | undefined;
  readonly quality: string | undefined;
}

const year = (text: string | null): number | undefined => (text !== null && /^\d{4}$/.test(text) ? Number(text) : undefined);
const oneOf = <Choice extends string>(text: string | null, choices: readonly Choice[]): Choice | undefined => choices.find((choice) => choice === text);

export function readWorkspace(query: URLSearchParams): Workspace {
  const place = query.get('place') ?? undefined;
  const panel = oneOf(query.get('panel'), ['indicator', 'sheet', 'compare'] as const) ?? (place === undefined ? 'indicator' : 'sheet');
  return {
    period: year(query.get('period')),
    indicator: query.get('indicator') ?? undefined,
    level: oneOf(query.get('level'), PLACE_LEVELS),
    place,
    beside: query.get('with') ?? undefined,
    against: year(query.get('against')),
    panel: place === undefined && panel === 'sheet' ? 'indicator' : panel,
    colouring: oneOf(query.get('colour'), ['value', 'grade', 'change'] as const) ?? 'value',
    hidden: (query.get('hide') ?? '').split(',').filter((part): part is DetailLayer => (DETAIL_LAYERS as readonly string[]).includes(part)),
  };
}

export function readListFilter(query: URLSearchParams): ListFilter {
  const text = (key: string): string | undefined => query.get(key) ?? undefined;
  return { text: query.get('q') ?? '', set: text('set'), dimension: text('dimension'), grade: text('grade'), quality: text('quality') };
}

/** The query with some of its keys changed; undefined and '' take a key out. */
export function changeQuery(query: URLSearchParams, change: Readonly<Record<string, string | number | undefined>>): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined || value === '') next.delete(key);
    else next.set(key, String(value));
  }
  return next;
}
