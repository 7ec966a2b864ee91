/**
 * What a finding was held against: the version of the indicator's definition and the standard at its level. A finding that a later check-up does not make
 * again is put right only where the same was asked of it; where the definition or the standard has changed, or nobody asks any longer, it lapses.
 */
import { PLACE_LEVELS } from '../../import/model.ts';
import type { PlaceLevel } from '../../import/model.ts';
import type { FindingJson } from '../api.ts';
import type { ThresholdScope } from '../grading/thresholds.ts';
import { pickThresholds } from '../grading/thresholds.ts';
import { sayNumber } from '../grading/say-number.ts';
import type { Indicator, Threshold } from '../model.ts';
import { CLOSED_WORDS } from './ledger-words.ts';

/** As the ledger keeps it; the standard reads `≥ 90`, empty where none is printed. */
export type Asked = NonNullable<FindingJson['asked']>;
export type ClosedBy = NonNullable<FindingJson['closedBy']>;

const SIGNS = { '>=': '≥ ', '<=': '≤ ', '=': '', between: '' } as const;

/** `≥ 90`, `80–120`. */
export function sayStandard({ op, value, upper }: Threshold): string {
  return `${SIGNS[op]}${sayNumber(value)}${upper === undefined ? '' : `–${sayNumber(upper)}`}`;
}

/** What a check-up asks of an indicator. Plain data: it comes out of the thread. */
export interface Question {
  readonly version: string;
  /** By level. */
  readonly standards: Readonly<Partial<Record<PlaceLevel, string>>>;
  /** Residents are content: an upgrade item is asked of nobody. */
  readonly isContent: boolean;
}

/** @param own the city's own threshold: it stands in place of the catalogue's */
export function questionFor({ version, thresholds }: Indicator, own: Threshold | undefined, scope: Omit<ThresholdScope, 'level'>, isContent: boolean): Question {
  const standards: Partial<Record<PlaceLevel, string>> = {};
  for (const level of PLACE_LEVELS) {
    const { standard } = pickThresholds(own === undefined ? thresholds : [own], { ...scope, level });
    if (standard !== undefined) standards[level] = sayStandard(standard);
  }
  return { version, standards, isContent };
}

export function askedAt({ version, standards }: Question, level: PlaceLevel): Asked {
  return { version, standard: standards[level] ?? '' };
}

/** What is asked of a place now, or why nothing is; undefined where the place is no longer there. */
export type AskedNow = (indicatorId: string, placeId: string) => Asked | 'not-asked' | 'outside' | 'survey' | undefined;

export function askedIn(questions: Readonly<Record<string, Question>>, { id, level, outside }: { readonly id: readonly string[]; readonly level: readonly PlaceLevel[]; readonly outside: readonly (0 | 1)[] }): AskedNow {
  const numbers = new Map(id.map((placeId, place) => [placeId, place]));
  return (indicatorId, placeId) => {
    if (!Object.hasOwn(questions, indicatorId)) return 'not-asked';
    const question = questions[indicatorId];
    const place = numbers.get(placeId);
    if (place === undefined) return undefined;
    if (outside[place] === 1) return 'outside';
    return question.isContent ? 'survey' : askedAt(question, level[place]);
  };
}

/** `标准已变更（≥ 90 → ≥ 80） · the standard is another (≥ 90 → ≥ 80)` */
export function sayClosing(by: ClosedBy, before: Asked | null, now: Asked | undefined): string {
  const [from, to] = by === 'definition' ? [before?.version, now?.version] : by === 'threshold' ? [before?.standard, now?.standard] : [];
  const { zh, en } = CLOSED_WORDS[by];
  const change = from === undefined && to === undefined ? undefined : `${from === undefined || from === '' ? '—' : from} → ${to === undefined || to === '' ? '—' : to}`;
  return change === undefined ? `${zh} · ${en}` : `${zh}（${change}） · ${en} (${change})`;
}
