/**
 * What each layer shows from which zoom: the one table that the SQL filter, the tile builder and the layer list follow.
 *
 * `kinds` gives the first zoom of a kind, `otherKinds` that of the kinds not named. `minPixels` is the least area, in square
 * pixels of a tile drawn at 512 px, that an area must have; it falls away from `allFrom`. Chosen so that a tile of a dense
 * centre stays under 500 KB: at z13 a tile there holds some 8,000 minor streets and 15,000 buildings.
 */
import type { Bilingual } from '../../core/bilingual.ts';

export interface LayerRule {
  readonly title: Bilingual;
  readonly group: 'feature' | 'facility' | 'place' | 'population';
  readonly kinds: Readonly<Record<string, number>>;
  readonly otherKinds: number;
  /** Least area in px² below `allFrom`; 0 where size does not matter. */
  readonly minPixels: number;
  readonly allFrom: number;
  /** Lines are shown whatever their length. */
  readonly holdsLines?: boolean;
  /** Areas are drawn as a point in them. */
  readonly asPoint?: boolean;
  /** Areas narrower than so many pixels are drawn as a point in them, so that none is lost. */
  readonly pointBelowPixels?: number;
  /** First zoom whose tiles carry the name; absent: all. */
  readonly nameFrom?: number;
  /** Attributes beyond kind, name and ids that a style needs: property name → attribute name, and from which zoom. */
  readonly extra: readonly (readonly [property: string, attribute: string, fromZoom: number])[];
}

const NONE: LayerRule['extra'] = [];

const LINE_EXTRA: LayerRule['extra'] = [
  ['bridge', 'bridge', 13],
  ['tunnel', 'tunnel', 12],
  ['ordinal', 'layer', 14],
];

export const LAYER_RULES = {
  'land-use': {
    title: { zh: '用地', en: 'Land use' },
    group: 'feature',
    kinds: {},
    otherKinds: 8,
    minPixels: 24,
    allFrom: 15,
    nameFrom: 12,
    extra: NONE,
  },
  water: {
    title: { zh: '水系', en: 'Water' },
    group: 'feature',
    // watercourses are lines: their kind decides, whatever their length; areas go by size
    kinds: { coastline: 3, river: 8, canal: 10, stream: 13, drain: 15, ditch: 15 },
    otherKinds: 5,
    minPixels: 8,
    allFrom: 15,
    nameFrom: 10,
    extra: [['tunnel', 'tunnel', 13]],
  },
  boundary: {
    title: { zh: '边界', en: 'Boundaries' },
    group: 'feature',
    kinds: {},
    otherKinds: 3,
    minPixels: 64,
    allFrom: 12,
    holdsLines: true,
    extra: [['admin_level', 'admin_level', 0]],
  },
  place: {
    title: { zh: '空间单元', en: 'Places' },
    group: 'place',
    // kinds are the levels; cells come only where they are asked for, as `population` shows them too
    kinds: { city: 0, district: 6, zone: 8, block: 8, community: 9, building: 16, cell: 8 },
    otherKinds: 12,
    minPixels: 0,
    allFrom: 0,
    extra: NONE,
  },
  population: {
    title: { zh: '人口', en: 'Population' },
    group: 'population',
    kinds: {},
    otherKinds: 8,
    minPixels: 0,
    allFrom: 0,
    extra: NONE,
  },
  building: {
    title: { zh: '建筑', en: 'Buildings' },
    group: 'feature',
    kinds: {},
    otherKinds: 13,
    minPixels: 3,
    allFrom: 15,
    nameFrom: 15,
    extra: [
      ['levels', 'building:levels', 13],
      ['height', 'height', 13],
    ],
  },
  railway: {
    title: { zh: '铁路', en: 'Railways' },
    group: 'feature',
    kinds: { rail: 8, subway: 10, light_rail: 10, monorail: 10, narrow_gauge: 10, tram: 12 },
    otherKinds: 13,
    minPixels: 0,
    allFrom: 0,
    nameFrom: 13,
    extra: LINE_EXTRA,
  },
  street: {
    title: { zh: '道路', en: 'Streets' },
    group: 'feature',
    kinds: {
      motorway: 5,
      trunk: 6,
      primary: 8,
      secondary: 10,
      motorway_link: 10,
      trunk_link: 10,
      tertiary: 11,
      primary_link: 11,
      secondary_link: 12,
      tertiary_link: 12,
      unclassified: 13,
      residential: 13,
      living_street: 13,
      road: 13,
      pedestrian: 13,
      busway: 13,
    },
    otherKinds: 14,
    minPixels: 0,
    allFrom: 0,
    nameFrom: 12,
    extra: [['ref', 'ref', 10], ['oneway', 'oneway', 15], ...LINE_EXTRA],
  },
  'transit-route': {
    title: { zh: '公交线路', en: 'Transit routes' },
    group: 'feature',
    kinds: { rail: 8, subway: 8, tram: 10, ferry: 9, light_rail: 8, monorail: 8, train: 8 },
    otherKinds: 11,
    minPixels: 0,
    allFrom: 0,
    extra: [
      ['ref', 'route_short_name', 10],
      ['color', 'route_color', 8],
    ],
  },
  'street-point': {
    title: { zh: '道路节点', en: 'Street points' },
    group: 'feature',
    kinds: {},
    otherKinds: 15,
    minPixels: 0,
    allFrom: 0,
    extra: NONE,
  },
  'transit-stop': {
    title: { zh: '公交站点', en: 'Transit stops' },
    group: 'feature',
    kinds: { station: 11, subway: 11, subway_entrance: 15, train_station: 11 },
    otherKinds: 13,
    minPixels: 0,
    allFrom: 0,
    asPoint: true,
    extra: NONE,
  },
  poi: {
    title: { zh: '兴趣点', en: 'Points of interest' },
    group: 'feature',
    kinds: {},
    otherKinds: 15,
    minPixels: 0,
    allFrom: 0,
    asPoint: true,
    extra: NONE,
  },
  facility: {
    title: { zh: '设施', en: 'Facilities' },
    group: 'facility',
    kinds: {},
    otherKinds: 12,
    minPixels: 0,
    allFrom: 0,
    pointBelowPixels: 16,
    extra: NONE,
  },
  'place-name': {
    title: { zh: '地名', en: 'Place names' },
    group: 'feature',
    kinds: { country: 2, state: 3, province: 3, region: 4, city: 4, municipality: 5, town: 8, borough: 9, suburb: 10, quarter: 11, village: 11, neighbourhood: 12 },
    otherKinds: 13,
    minPixels: 0,
    allFrom: 0,
    asPoint: true,
    extra: [['population', 'population', 0]],
  },
} as const satisfies Record<string, LayerRule>;

/** Layers of the user's own: seen from city zooms, small areas only when near. */
const CUSTOM_RULE: LayerRule = {
  title: { zh: '自定义图层', en: 'Own layer' },
  group: 'feature',
  kinds: {},
  otherKinds: 8,
  minPixels: 4,
  allFrom: 14,
  holdsLines: true,
  extra: NONE,
};

/** Zoom from which tiles carry the attributes of a custom layer's features. */
export const CUSTOM_ATTRIBUTES_FROM = 12;

/** Layers in drawing order, bottom first. Custom layers lie on top. */
export const DRAWING_ORDER = Object.keys(LAYER_RULES);

export function ruleOf(layer: string): LayerRule {
  return (LAYER_RULES as Record<string, LayerRule>)[layer] ?? CUSTOM_RULE;
}

/** First zoom that shows a kind of a layer. */
export function kindZoom(layer: string, kind: string): number {
  const rule = ruleOf(layer);
  return rule.kinds[kind] ?? rule.otherKinds;
}

/** First zoom at which tiles hold a layer, given the kinds that it has. */
export function firstZoom(layer: string, kinds: readonly string[]): number {
  const rule = ruleOf(layer);
  return Math.min(...(kinds.length === 0 ? [rule.otherKinds] : kinds.map((kind) => kindZoom(layer, kind))));
}

/** Which kinds of a layer a zoom shows: all, none, only the named or all but the named. */
export type KindFilter = { only: readonly string[] } | { except: readonly string[] } | 'all' | 'none';

export function kindsAt(layer: string, z: number): KindFilter {
  const rule = ruleOf(layer);
  const named = Object.entries(rule.kinds);
  if (rule.otherKinds <= z) {
    const later = named.filter(([, from]) => from > z).map(([kind]) => kind);
    return later.length === 0 ? 'all' : { except: later };
  }
  const shown = named.filter(([, from]) => from <= z).map(([kind]) => kind);
  return shown.length === 0 ? 'none' : { only: shown };
}

/** Least area in m² that a layer's areas must have at a zoom, for kinds that go by size. */
export function minAreaM2(layer: string, z: number, metresPerPixel: number): number {
  const rule = ruleOf(layer);
  return z >= rule.allFrom ? 0 : rule.minPixels * metresPerPixel * metresPerPixel;
}

/** How finely a zoom is drawn, in tile units (an eighth of a pixel): how far a line may stray, the grid of area corners, the room of a point. */
export interface Detail {
  readonly lineTolerance: number;
  readonly areaGrid: 1 | 2 | 4 | 8;
  /** Points of a layer closer than this are thinned to one; 0 keeps all. */
  readonly pointRoom: number;
}

export function detailAt(z: number): Detail {
  if (z >= 16) return { lineTolerance: 0.5, areaGrid: 1, pointRoom: 0 };
  if (z >= 14) return { lineTolerance: 2, areaGrid: 1, pointRoom: z === 14 ? 8 : 0 };
  if (z >= 12) return { lineTolerance: 3, areaGrid: 2, pointRoom: 16 };
  return { lineTolerance: 4, areaGrid: 4, pointRoom: 32 };
}
