/**
 * Which layers an OSM object goes to, by its tags. One object may be a feature of several layers: a school ground is land
 * use and a point of interest, a shop may be a building too. What a facility really is (its kind in the sense of the
 * living circle) is decided in the base; here `poi` takes whatever may be one.
 */
import type { CoreLayer } from '../model.ts';
import { isAreaBy } from './area-rules.ts';
import type { Tags } from './area-rules.ts';

export type Shape = 'point' | 'line' | 'area';

export interface LayerMatch {
  readonly layer: CoreLayer;
  readonly kind: string;
  readonly shape: Shape;
}

/** Highway values of nodes and areas that are places to go to rather than parts of the street. */
const HIGHWAY_POI = new Set(['bus_stop', 'services', 'rest_area', 'platform', 'emergency_access_point', 'elevator']);
/** Highway values whose closed ways are sites beside the street. */
const HIGHWAY_SITES = new Set(['services', 'rest_area']);
const RAILWAY_POI = new Set(['station', 'halt', 'tram_stop', 'subway_entrance', 'train_station_entrance', 'stop', 'platform', 'ferry_terminal']);
const RAILWAY_NOT_TRACK = new Set(['station', 'halt', 'platform', 'platform_edge', 'turntable', 'roundhouse', 'traverser', 'wash', 'signal_box', 'crossing_box', 'proposed', 'razed', 'dismantled', 'abandoned']);
const LANDUSE_POI = new Set(['village_green', 'recreation_ground', 'cemetery', 'allotments', 'religious', 'education', 'healthcare', 'institutional', 'plant_nursery', 'winter_sports']);
/** Buildings built for a use that people go to, even where no other tag says so. */
const BUILDING_POI = new Set([
  'bakehouse', 'cathedral', 'chapel', 'church', 'civic', 'clinic', 'college', 'dormitory', 'fire_station', 'gatehouse', 'government', 'grandstand',
  'hospital', 'hotel', 'kindergarten', 'kiosk', 'library', 'monastery', 'mosque', 'museum', 'pavilion', 'public', 'religious', 'retail', 'riding_hall',
  'school', 'shrine', 'sports_centre', 'sports_hall', 'stadium', 'supermarket', 'synagogue', 'temple', 'toilets', 'train_station', 'transportation', 'university',
]);
const WATER_NATURAL = new Set(['water', 'coastline', 'bay', 'strait']);
const WATER_LANDUSE = new Set(['reservoir', 'basin', 'salt_pond']);
/** Natural features that are no ground: drawn and counted as nothing here. */
const NATURAL_NOT_GROUND = new Set(['arete', 'cliff', 'earth_bank', 'peninsula', 'ridge', 'tree', 'tree_row', 'valley']);
const TOURISM_GROUNDS = new Set(['aquarium', 'attraction', 'camp_site', 'caravan_site', 'museum', 'picnic_site', 'resort', 'theme_park', 'zoo']);
const AEROWAY_GROUNDS = new Set(['aerodrome', 'apron', 'heliport', 'helipad', 'terminal']);

/** Keys of things that may be facilities, the most telling first: its value is the kind. */
const POI_KEYS = [
  'amenity', 'shop', 'healthcare', 'social_facility', 'leisure', 'tourism', 'office', 'emergency', 'public_transport', 'railway', 'highway', 'aeroway',
  'aerialway', 'man_made', 'craft', 'club', 'education', 'government', 'historic', 'military', 'sport', 'place', 'landuse', 'power', 'building',
] as const;
/** For these keys only the listed values may be facilities; for the others any value but `no`. */
const POI_VALUES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['railway', RAILWAY_POI],
  ['highway', HIGHWAY_POI],
  ['aeroway', new Set(['aerodrome', 'terminal', 'heliport', 'helipad'])],
  ['aerialway', new Set(['station'])],
  ['place', new Set(['square'])],
  ['landuse', LANDUSE_POI],
  ['power', new Set(['plant', 'substation'])],
  ['building', BUILDING_POI],
]);

/**
 * Keys by which a line, too, may be a place to go to: platforms, running tracks, piers. A street is one only as a stop's
 * platform: `historic=yes` on it does not make it a monument.
 */
const LINE_POI_KEYS = new Set(['amenity', 'shop', 'healthcare', 'leisure', 'tourism', 'office', 'public_transport', 'railway', 'sport']);
const STREET_POI_KEYS = new Set(['public_transport', 'railway']);

/** Keys of nodes on the street, the most telling first. */
const STREET_POINT_KEYS = ['barrier', 'entrance', 'highway', 'railway', 'traffic_calming', 'crossing', 'kerb', 'door'] as const;
const STREET_POINT_RAILWAY = new Set(['level_crossing', 'crossing', 'tram_crossing', 'tram_level_crossing', 'subway_entrance', 'train_station_entrance']);
const HIGHWAY_NOT_ON_STREET = new Set(['bus_stop', 'platform', 'rest_area', 'services']);

function given(tags: Tags, key: string): string | undefined {
  const value = tags[key];
  return value === undefined || value === 'no' || value === '' ? undefined : value;
}

function findPoi(tags: Tags): { key: string; kind: string } | undefined {
  for (const key of POI_KEYS) {
    const kind = given(tags, key);
    if (kind === undefined) continue;
    const values = POI_VALUES.get(key);
    if (values === undefined || values.has(kind)) return { key, kind };
  }
  return undefined;
}

function findStreetPoint(tags: Tags): string | undefined {
  for (const key of STREET_POINT_KEYS) {
    const value = given(tags, key);
    if (value === undefined) continue;
    if (key === 'highway' && HIGHWAY_NOT_ON_STREET.has(value)) continue;
    if (key === 'railway' && !STREET_POINT_RAILWAY.has(value)) continue;
    return value;
  }
  return undefined;
}

/** The layers of a node. */
export function matchNode(tags: Tags): LayerMatch[] {
  const matches: LayerMatch[] = [];
  const streetPoint = findStreetPoint(tags);
  if (streetPoint !== undefined) matches.push({ layer: 'street-point', kind: streetPoint, shape: 'point' });
  const place = given(tags, 'place');
  if (place !== undefined) matches.push({ layer: 'place-name', kind: place, shape: 'point' });
  const poi = findPoi(tags);
  if (poi !== undefined) matches.push({ layer: 'poi', kind: poi.kind, shape: 'point' });
  return matches;
}

function findGround(tags: Tags, isArea: (key: string) => boolean): string | undefined {
  const landuse = given(tags, 'landuse');
  if (landuse !== undefined && !WATER_LANDUSE.has(landuse) && isArea('landuse')) return landuse;
  const leisure = given(tags, 'leisure');
  if (leisure !== undefined && isArea('leisure')) return leisure;
  const natural = given(tags, 'natural');
  if (natural !== undefined && !WATER_NATURAL.has(natural) && !NATURAL_NOT_GROUND.has(natural) && isArea('natural')) return natural;
  // Grounds of an institution; where the tag sits on the building itself, the building layer has it.
  if (given(tags, 'building') !== undefined) return undefined;
  const amenity = given(tags, 'amenity');
  if (amenity !== undefined && isArea('amenity')) return amenity;
  const tourism = given(tags, 'tourism');
  if (tourism !== undefined && TOURISM_GROUNDS.has(tourism) && isArea('tourism')) return tourism;
  const aeroway = given(tags, 'aeroway');
  if (aeroway !== undefined && AEROWAY_GROUNDS.has(aeroway) && isArea('aeroway')) return aeroway;
  return undefined;
}

function findWater(tags: Tags, isArea: (key: string) => boolean, isRelation: boolean): LayerMatch | undefined {
  const natural = given(tags, 'natural');
  if (natural === 'coastline') return { layer: 'water', kind: natural, shape: isRelation ? 'area' : 'line' };
  if (natural !== undefined && WATER_NATURAL.has(natural)) return isArea('natural') ? { layer: 'water', kind: natural, shape: 'area' } : undefined;
  const waterway = given(tags, 'waterway');
  if (waterway !== undefined) return { layer: 'water', kind: waterway, shape: isArea('waterway') ? 'area' : 'line' };
  const landuse = given(tags, 'landuse');
  if (landuse !== undefined && WATER_LANDUSE.has(landuse) && isArea('landuse')) return { layer: 'water', kind: landuse, shape: 'area' };
  return undefined;
}

/** `isArea(key)`: whether the tag of that key makes an area here. */
function matchShape(tags: Tags, isArea: (key: string) => boolean, isRelation: boolean): LayerMatch[] {
  const matches: LayerMatch[] = [];
  const highway = given(tags, 'highway');
  const isHighwaySite = highway !== undefined && HIGHWAY_SITES.has(highway);
  if (highway !== undefined && !isHighwaySite) matches.push({ layer: 'street', kind: highway, shape: isArea('highway') ? 'area' : 'line' });
  const railway = given(tags, 'railway');
  if (railway !== undefined && !RAILWAY_NOT_TRACK.has(railway) && !isRelation) matches.push({ layer: 'railway', kind: railway, shape: 'line' });
  const building = given(tags, 'building');
  if (building !== undefined && isArea('building')) matches.push({ layer: 'building', kind: building, shape: 'area' });
  const ground = findGround(tags, isArea);
  if (ground !== undefined) matches.push({ layer: 'land-use', kind: ground, shape: 'area' });
  const water = findWater(tags, isArea, isRelation);
  if (water !== undefined) matches.push(water);
  if (given(tags, 'boundary') === 'administrative') matches.push({ layer: 'boundary', kind: 'administrative', shape: isArea('boundary') ? 'area' : 'line' });
  const place = given(tags, 'place');
  if (place !== undefined && isArea('place')) matches.push({ layer: 'place-name', kind: place, shape: 'area' });
  const poi = findPoi(tags);
  if (poi !== undefined && isArea(poi.key)) matches.push({ layer: 'poi', kind: poi.kind, shape: 'area' });
  else if (poi !== undefined && (highway === undefined ? LINE_POI_KEYS : STREET_POI_KEYS).has(poi.key)) matches.push({ layer: 'poi', kind: poi.kind, shape: 'line' });
  return matches;
}

/** The layers of a way. A line that no layer knows as a line (an unclosed building) is left out. */
export function matchWay(tags: Tags, closed: boolean): LayerMatch[] {
  return matchShape(tags, (key) => closed && isAreaBy(key, tags), false);
}

/** The layers of a multipolygon or boundary relation: always areas. */
export function matchAreaRelation(tags: Tags): LayerMatch[] {
  return matchShape(tags, () => true, true)
    .filter((match) => match.layer !== 'railway')
    .map((match) => (match.shape === 'area' ? match : { ...match, shape: 'area' }));
}
