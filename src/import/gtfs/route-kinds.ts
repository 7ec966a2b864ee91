/**
 * The kinds of route by route_type: the GTFS reference's 0–12 and the extended types of Google Transit
 * (https://developers.google.com/transit/gtfs/reference/extended-route-types), which are in hundreds.
 */
export const ROUTE_KINDS = ['bus', 'tram', 'metro', 'rail', 'ferry', 'cable-tram', 'aerial-lift', 'funicular', 'trolleybus', 'monorail', 'coach', 'air', 'taxi', 'other'] as const;
export type RouteKind = (typeof ROUTE_KINDS)[number];

const BASIC: readonly (RouteKind | undefined)[] = [
  'tram',
  'metro',
  'rail',
  'bus',
  'ferry',
  'cable-tram',
  'aerial-lift',
  'funicular',
  undefined,
  undefined,
  undefined,
  'trolleybus',
  'monorail',
];

const EXTENDED: Readonly<Record<number, RouteKind>> = {
  1: 'rail',
  2: 'coach',
  3: 'rail',
  4: 'metro',
  5: 'metro',
  6: 'metro',
  7: 'bus',
  8: 'trolleybus',
  9: 'tram',
  10: 'ferry',
  11: 'air',
  12: 'ferry',
  13: 'aerial-lift',
  14: 'funicular',
  15: 'taxi',
  17: 'other',
};

/** The kind of a route_type, or undefined where it is none. */
export function findRouteKind(routeType: number): RouteKind | undefined {
  if (routeType === 405) return 'monorail';
  return routeType < 100 ? BASIC[routeType] : EXTENDED[Math.floor(routeType / 100)];
}

/** The kinds whose bits are set, comma-separated in the order of {@link ROUTE_KINDS}. */
export function listModes(bits: number): string {
  return ROUTE_KINDS.filter((_, i) => (bits & (1 << i)) !== 0).join(',');
}
