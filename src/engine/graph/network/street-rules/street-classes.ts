/**
 * What each class of street is for, before its own access tags: OSM wiki, "Key:highway" and "OSM tags for routing/Access restrictions"
 * (worldwide table). `walk` is as R5 7.x has it: `any` where nobody said, so that access=* decides; `yes` where access=*
 * does not close it to walkers, only foot=* does.
 *
 * Riders on pedestrian streets and bridleways as in R5. Speeds are R5's free-flow defaults: 65, 55, 45, 35, 25 and 5 miles an hour,
 * rounded here to whole km/h; maxspeed=* comes first.
 */

export interface StreetClass {
  readonly walk: 'yes' | 'any' | 'no';
  readonly bike: boolean;
  readonly drive: boolean;
  /** km/h of a car without traffic where no maxspeed is given. */
  readonly kmh: number;
}

const street = (kmh: number): StreetClass => ({ walk: 'any', bike: true, drive: true, kmh });
/** Cars are on it only where its own tags let them (deliveries in a pedestrian street): at a living street's pace. R5 has 25 miles an hour there too. */
const path = (bike: boolean): StreetClass => ({ walk: 'yes', bike, drive: false, kmh: 8 });

const CLASSES: Readonly<Record<string, StreetClass>> = {
  motorway: { walk: 'no', bike: false, drive: true, kmh: 105 },
  motorway_link: { walk: 'no', bike: false, drive: true, kmh: 56 },
  trunk: street(89),
  trunk_link: street(56),
  primary: street(72),
  primary_link: street(40),
  secondary: street(56),
  secondary_link: street(40),
  tertiary: street(40),
  tertiary_link: street(40),
  unclassified: street(40),
  residential: street(40),
  living_street: street(8),
  road: street(40),
  service: street(40),
  track: street(40),
  busway: { walk: 'any', bike: false, drive: false, kmh: 40 },
  bus_guideway: { walk: 'any', bike: false, drive: false, kmh: 40 },
  pedestrian: path(true),
  path: path(true),
  bridleway: path(true),
  cycleway: path(true),
  footway: path(false),
  steps: path(false),
  platform: path(false),
  corridor: path(false),
  elevator: path(false),
  bus_stop: path(false),
};

/** A class that the table does not know is a street for all: R5 takes it so. */
const OTHER: StreetClass = street(40);

/** Values of highway=* that are no street. */
export const NO_STREET: ReadonlySet<string> = new Set(['services', 'rest_area', 'raceway', 'no', 'none']);
/** Values of highway=* and cycleway=* for what is not there, or not yet. */
export const NOT_THERE: ReadonlySet<string> = new Set(['construction', 'abandoned', 'removed', 'proposed', 'propossed', 'unbuilt', 'planned', 'razed', 'demolished', 'disused']);

export function classOf(highway: string): StreetClass {
  return CLASSES[highway] ?? OTHER;
}
