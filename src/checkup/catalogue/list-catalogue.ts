/** The catalogue: every indicator that ships, in the order in which it is shown. Indicators that users add come behind it. */
import type { Indicator } from '../model.ts';
import { ACCESSIBILITY_INDICATORS } from './accessibility.ts';
import { BLOCK_INDICATORS } from './block.ts';
import { ECOLOGY_INDICATORS } from './city-ecology.ts';
import { HERITAGE_INDICATORS } from './city-heritage.ts';
import { INDUSTRY_INDICATORS } from './city-industry.ts';
import { SAFETY_INDICATORS } from './city-safety.ts';
import { SMART_INDICATORS } from './city-smart.ts';
import { COMMUNITY_INDICATORS } from './community.ts';
import { HOUSING_INDICATORS } from './housing.ts';
import { INTERNATIONAL_INDICATORS } from './international.ts';
import { COMPLETE_COMMUNITY_INDICATORS, LIVING_CIRCLE_INDICATORS } from './living-circle.ts';
import { LOCAL_INDICATORS } from './local.ts';
import { RECTIFICATION_INDICATORS } from './rectification.ts';
import { RENEWAL_AREA_INDICATORS } from './renewal-area.ts';

/** Changes when an indicator is added, left out or measured in another way; the version of each indicator says which. */
export const CATALOGUE_VERSION = '2025.1';

const CATALOGUE: readonly Indicator[] = [
  ...HOUSING_INDICATORS,
  ...COMMUNITY_INDICATORS,
  ...BLOCK_INDICATORS,
  ...ECOLOGY_INDICATORS,
  ...HERITAGE_INDICATORS,
  ...INDUSTRY_INDICATORS,
  ...SAFETY_INDICATORS,
  ...SMART_INDICATORS,
  ...RECTIFICATION_INDICATORS,
  ...LOCAL_INDICATORS,
  ...LIVING_CIRCLE_INDICATORS,
  ...COMPLETE_COMMUNITY_INDICATORS,
  ...RENEWAL_AREA_INDICATORS,
  ...INTERNATIONAL_INDICATORS,
  ...ACCESSIBILITY_INDICATORS,
];

export function listCatalogue(): readonly Indicator[] {
  return CATALOGUE;
}

export function findInCatalogue(id: string): Indicator | undefined {
  return CATALOGUE.find((indicator) => indicator.id === id);
}
