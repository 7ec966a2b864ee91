/** Which buildings people live in, and how much floor those have. */
import type { Attributes } from '../../import/model.ts';
import { isRegistryBuilding } from './registry-buildings.ts';

const HOMES: ReadonlySet<string> = new Set([
  'yes', 'residential', 'apartments', 'house', 'detached', 'semidetached_house', 'terrace', 'dormitory', 'bungalow', 'farm',
  'cabin', 'static_caravan', 'houseboat', 'ger', 'stilt_house', 'tree_house', 'trullo', 'tenement', 'block', 'villa', 'annexe',
  'mixed', 'mixed_use', 'building', '住宅', '居住', '公寓', '宿舍',
]);

/** Tags which say that a building of unknown kind serves something else. */
const OTHER_USES: readonly string[] = ['amenity', 'shop', 'office', 'industrial', 'leisure', 'tourism', 'man_made', 'power', 'aeroway', 'railway', 'public_transport', 'military', 'historic'];

/** Uses under which people live none the less. */
const LIVED_IN: ReadonlySet<string> = new Set(['apartment', 'guest_house', 'hostel', 'nursing_home', 'social_facility', 'student_accommodation']);

/** Storeys taken for granted where only a footprint is known: then floor area is proportional to footprint. */
const STOREYS_UNKNOWN = 1;
const METRES_PER_STOREY = 3;
const MOST_STOREYS = 150;

/** Smaller footprints are sheds and kiosks whatever they are called, m². */
const SMALLEST_HOME_M2 = 20;

/** Whether people are taken to live in a building of this kind; `yes` (unknown) counts unless a tag says otherwise. */
export function isResidential(kind: string, attributes: Attributes): boolean {
  // the buildings registry of a health check lists homes; its kind is a structure (砖混, 框架)
  if (isRegistryBuilding(attributes)) return true;
  if (!HOMES.has(kind)) return false;
  if (kind !== 'yes' && kind !== 'building') return true;
  for (const key of OTHER_USES) {
    const use = attributes[key];
    if (use === undefined || use === null || use === 'no') continue;
    // a shop on the ground floor of a house with flats above is common; a building named a shop is not
    if (!LIVED_IN.has(String(use))) return false;
  }
  return true;
}

/** Storeys above ground where a tag or a registry column says so: `building:levels`, `storeys`, or height / 3 m. */
export function findStoreys(attributes: Attributes): number | undefined {
  for (const key of ['building:levels', 'storeys', 'levels', 'floors', '层数', '楼层']) {
    const storeys = parseNumber(attributes[key]);
    if (storeys !== undefined && storeys > 0) return Math.min(MOST_STOREYS, storeys);
  }
  for (const key of ['height', 'height_m', 'building:height', '高度']) {
    const height = parseNumber(attributes[key]);
    if (height !== undefined && height > 0) return Math.min(MOST_STOREYS, Math.max(1, height / METRES_PER_STOREY));
  }
  return undefined;
}

/** Floor area in m² of a residential building; 0 for one too small to live in. */
export function floorAreaM2(footprintM2: number, attributes: Attributes): number {
  const stated = parseNumber(attributes['floor_area']);
  if (stated !== undefined && stated > 0) return stated;
  if (footprintM2 > 0 && footprintM2 < SMALLEST_HOME_M2) return 0;
  return footprintM2 * (findStoreys(attributes) ?? STOREYS_UNKNOWN);
}

function parseNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  // "12 m", "5;6", "3,5"
  const match = /^\s*(\d+(?:[.,]\d+)?)/.exec(value);
  return match === null ? undefined : Number(match[1].replace(',', '.'));
}
