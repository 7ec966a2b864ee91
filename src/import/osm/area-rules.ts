/**
 * Whether a closed way is the outline of an area or a line that ends where it began (OSM wiki, "Area" and the rules that
 * editors and renderers share). `area=yes` and `area=no` decide; otherwise it is the tag: a building is an area, a
 * roundabout is not.
 */

export type Tags = Readonly<Record<string, string>>;

/** Keys whose closed ways are areas, but for the values listed. */
const AREA_UNLESS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    aeroway: ['taxiway', 'runway', 'taxilane', 'jet_bridge'],
    amenity: ['bench', 'weighbridge'],
    attraction: ['dark_ride', 'river_rafting', 'summer_toboggan', 'train', 'water_slide'],
    boundary: [],
    building: [],
    'building:part': [],
    club: [],
    craft: [],
    education: [],
    emergency: ['designated', 'destination', 'no', 'official', 'private', 'yes', 'fire_hydrant'],
    government: [],
    healthcare: [],
    historic: ['citywalls', 'railway', 'aqueduct'],
    landuse: [],
    leisure: ['track', 'slipway'],
    man_made: ['breakwater', 'cutline', 'dyke', 'embankment', 'gantry', 'groyne', 'pipeline'],
    military: ['trench'],
    natural: ['arete', 'cliff', 'coastline', 'earth_bank', 'ridge', 'tree_row', 'valley'],
    office: [],
    place: [],
    public_transport: [],
    shop: [],
    social_facility: [],
    sport: [],
    tourism: [],
  }).map(([key, values]) => [key, new Set(values)]),
);

/** Keys whose closed ways are lines, but for the values listed. */
const LINE_UNLESS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    aerialway: ['station'],
    barrier: [],
    highway: ['services', 'rest_area', 'elevator'],
    power: ['plant', 'substation', 'generator', 'transformer'],
    railway: ['station', 'turntable', 'roundhouse', 'platform', 'wash'],
    waterway: ['riverbank', 'dock', 'boatyard', 'dam', 'fuel'],
  }).map(([key, values]) => [key, new Set(values)]),
);

/** Whether the tag `key` makes an area of the closed way that has these tags. */
export function isAreaBy(key: string, tags: Tags): boolean {
  if (tags['area'] === 'yes') return true;
  if (tags['area'] === 'no') return false;
  const value = tags[key];
  if (value === undefined || value === 'no') return false;
  const lines = AREA_UNLESS.get(key);
  if (lines !== undefined) return !lines.has(value);
  return LINE_UNLESS.get(key)?.has(value) ?? false;
}
