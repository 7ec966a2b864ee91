/**
 * What counts as built-up area (建成区), as data: kinds of land by what they say, and thresholds with their sources.
 *
 * 住建部《城市体检工作手册（试行）》2025, delineation of the built-up area: municipal districts are split into cells by road
 * centre-lines, each cell is classified by its dominant land use, and residential, industrial, green-and-square and other
 * settlement land and railway, port and airport land in use are kept where they are contiguous with the city. The manual
 * has images better than 1 m to look at; here land use, buildings, persons and streets take their place.
 * `unverified` marks what no standard prints: editable defaults of ours.
 */

/** What land of a kind says about a cell that it dominates. */
export const GROUND = { unknown: 0, settled: 1, green: 2, open: 3, water: 4, strip: 5 } as const;

interface Threshold {
  readonly value: number;
  readonly unit: string;
  readonly source: string;
  readonly confidence: 'certain' | 'recalled' | 'own';
  readonly unverified: boolean;
}

const M = '城市体检工作手册（试行）2025';
const DEGURBA = 'Degree of Urbanisation (UN Statistical Commission 2020; Eurostat)';
const certain = (value: number, unit: string, source: string): Threshold => ({ value, unit, source, confidence: 'certain', unverified: false });
const own = (value: number, unit: string, source: string): Threshold => ({ value, unit, source, confidence: 'own', unverified: true });

export const BUILT_UP = {
  /** Share of a face's land that one class must cover to dominate it. */
  dominantShare: own(0.5, 'share of land', `${M} says "dominant"; half is our reading`),
  /** Footprint of buildings on land of no known use. */
  footprintShare: own(0.08, 'share of land', 'detached houses in gardens cover a tenth and more, farmsteads in their fields below a twentieth'),
  /** Enough persons to be settled whatever else is known. */
  crowdedPerKm2: certain(1500, 'persons/km²', `${DEGURBA}: urban centres`),
  /** Enough persons where the streets, too, are those of a town. */
  settledPerKm2: certain(300, 'persons/km²', `${DEGURBA}: urban clusters`),
  /** Streets of a face itself: half of those along it and all within. 4 km/km² is a square of 500 m. */
  streetsOfFace: own(4, 'km/km²', 'squares of 500 m; the 8 km/km² of 中发〔2016〕6号 are asked of a whole built-up area'),
  /** Streets of the square kilometre around a face: a lone crossing of country roads has 2. */
  streetsAround: own(6, 'km/km²', '36 large Chinese cities had 6.3 in 2022, of the larger streets alone; tried on Porto: 5 takes in ribbons of farms, 7 leaves suburbs out'),
  /** Mean width of a long face below which it is no land of its own: between carriageways, along tracks. */
  stripM: own(60, 'm', 'an expressway with its verges'),
  /** Built-up pieces closer than this are one. */
  gapM: certain(200, 'm', 'continuity of the built-up area: INSEE unités urbaines 2020, after the recommendations of the UN conference of European statisticians'),
  /** Open land wholly within the city up to this size is part of it. */
  holeM2: own(500_000, 'm²', 'a quarter of the least block'),
  /** A water face beyond this is a lake, not a gap. */
  waterM2: own(5_000_000, 'm²', `the largest block of ${M}`),
  /** What a district's border cuts off the city is a block's piece from this size on. */
  crumbM2: own(150_000, 'm²', 'the least community by area'),
  /** Share of its border along built-up land from which green or water lies within the city. */
  enclosedShare: own(0.5, 'share of border', 'most of it'),
  /** A detached piece is a town from so many persons … */
  townPersons: certain(5000, 'persons', `${DEGURBA}: urban clusters; ${M}: least community`),
  /** … or from so much land: works and new quarters where nobody lives yet. */
  townLandM2: certain(2_000_000, 'm²', `${M}: least block`),
} as const satisfies Readonly<Record<string, Threshold>>;

const SETTLED = new Set([
  'residential', 'commercial', 'retail', 'industrial', 'mixed', 'mixed_use', 'construction', 'brownfield', 'civic_admin', 'institutional', 'education', 'healthcare', 'religious',
  'garages', 'depot', 'railway', 'port', 'harbour', 'school', 'kindergarten', 'university', 'college', 'hospital', 'clinic', 'parking', 'bus_station', 'marketplace',
  'place_of_worship', 'prison', 'police', 'fire_station', 'townhall', 'courthouse', 'social_facility', 'community_centre', 'fuel', 'stadium', 'sports_centre', 'sports_hall',
  'aerodrome', 'apron', 'terminal', 'heliport', 'museum', 'aquarium', 'military', 'public', 'government', 'square', 'plaza',
]);
const GREEN = new Set([
  'park', 'garden', 'recreation_ground', 'village_green', 'playground', 'pitch', 'track', 'dog_park', 'golf_course', 'allotments', 'cemetery', 'grave_yard', 'grass', 'greenfield',
  'zoo', 'theme_park', 'flowerbed', 'greenery', 'attraction', 'picnic_site', 'common', 'swimming_area', 'horse_riding', 'nature_reserve',
]);
const OPEN = new Set([
  'farmland', 'farm', 'farmyard', 'meadow', 'orchard', 'vineyard', 'forest', 'wood', 'scrub', 'heath', 'grassland', 'fell', 'wetland', 'mud', 'sand', 'beach', 'bare_rock', 'scree',
  'shingle', 'glacier', 'quarry', 'landfill', 'plant_nursery', 'greenhouse_horticulture', 'aquaculture', 'logging', 'animal_keeping', 'tundra', 'paddy', 'camp_site', 'caravan_site',
]);

/** Class of a kind of land use; `unknown` says nothing. */
export function groundOf(kind: string): number {
  if (SETTLED.has(kind)) return GROUND.settled;
  if (GREEN.has(kind)) return GROUND.green;
  return OPEN.has(kind) ? GROUND.open : GROUND.unknown;
}

const TOWN_STREETS = new Set([
  'primary', 'secondary', 'tertiary', 'unclassified', 'residential', 'living_street', 'pedestrian', 'road', 'service', 'primary_link', 'secondary_link', 'tertiary_link',
]);

/** Streets that towns are made of: no motorways, which lead past them, and no tracks and paths. */
export function isTownStreet(kind: string): boolean {
  return TOWN_STREETS.has(kind);
}
