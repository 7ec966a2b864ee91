/** Shortfalls as rows for the ledger. */
import type { Bilingual } from '../../core/bilingual.ts';
import type { PlaceLevel } from '../../import/model.ts';
import type { Asked } from './asked.ts';
import type { FoundShortfall } from './find-shortfalls.ts';
import type { FoundRow } from './ledger-row.ts';
import { findingIdOf } from './ledger-row.ts';

export interface RowContext {
  placeId(place: number): string;
  placeName(place: number): Bilingual;
  /** A point in it, degrees; undefined where it has no area. */
  placePoint(place: number): readonly [lon: number, lat: number] | undefined;
  /** What residents answered on the topic of an indicator, in words; undefined without a survey. */
  surveyOf(topic: string): Bilingual | undefined;
  /** What it was held against. */
  asked(indicatorId: string, level: PlaceLevel): Asked;
}

export function toFoundRows(shortfalls: readonly FoundShortfall[], context: RowContext): FoundRow[] {
  return shortfalls.map(({ indicator, place, level, value, persons, bodies, ...rest }) => {
    const point = context.placePoint(place);
    const { quality, severity, extent, kind, difficulty, priority, problem, advice } = rest;
    return {
      findingId: findingIdOf(indicator.id, context.placeId(place)),
      indicatorId: indicator.id, indicatorName: indicator.name, indicatorNumber: indicator.number ?? null, dimension: indicator.dimension ?? null,
      placeId: context.placeId(place), placeName: context.placeName(place), level, value, unit: indicator.unit,
      asked: context.asked(indicator.id, level), quality, severity, extent, kind, difficulty, priority, problem, advice,
      persons: persons === undefined ? null : Math.round(persons), bodies: [...bodies],
      community: level === 'community' && indicator.dimension === 'community' ? { built: null, undersized: null, incomplete: null, other: '' } : null,
      survey: indicator.surveyTopic === undefined ? null : (context.surveyOf(indicator.surveyTopic) ?? null),
      point: point === undefined ? null : [point[0], point[1]],
    };
  });
}
