/** The kinds of facility the sample city builds: registry class (standards §2.2), OSM tags, sizes. */

export interface FacilityKind {
  /** The registry's class, in the words of GB 50180. */
  readonly class: string;
  /** What follows the community's or street's name. */
  readonly ending: string;
  readonly tags: readonly string[];
  /** Floor area range, m²; [0, 0] for open-air places. */
  readonly floor: readonly [number, number];
  readonly capacity: readonly [number, number];
  readonly hours: string;
}

function kind(className: string, ending: string, tags: string, floor: [number, number], capacity: [number, number] = [0, 0], hours = '08:00-18:00'): FacilityKind {
  return { class: className, ending, tags: tags.split(/[ =]/), floor, capacity, hours };
}

export const FACILITY_KINDS = {
  kindergarten: kind('幼儿园', '幼儿园', 'amenity=kindergarten', [2300, 4200], [180, 360], '07:30-17:30'),
  childcare: kind('托儿所', '托育园', 'amenity=childcare', [220, 420], [30, 60], '07:30-18:00'),
  primary: kind('小学', '小学', 'amenity=school isced:level=1', [9000, 15000], [900, 1500], '07:30-17:30'),
  junior: kind('初中', '中学', 'amenity=school isced:level=2', [14000, 22000], [1100, 1800], '07:00-18:30'),
  elderlyDayCare: kind('老年人日间照料中心', '日间照料中心', 'amenity=social_facility social_facility=day_care social_facility:for=senior', [360, 720], [20, 45], '08:00-17:00'),
  nursingHome: kind('养老院', '颐养院', 'amenity=social_facility social_facility=nursing_home social_facility:for=senior', [7000, 15000], [200, 420], '24/7'),
  healthStation: kind('社区卫生服务站', '社区卫生服务站', 'amenity=clinic healthcare=clinic', [130, 260], [20, 40]),
  healthCentre: kind('卫生服务中心', '社区卫生服务中心', 'amenity=clinic healthcare=centre', [1750, 3200], [80, 150], '24/7'),
  hospital: kind('综合医院', '医院', 'amenity=hospital healthcare=hospital emergency=yes', [24000, 60000], [300, 800], '24/7'),
  pharmacy: kind('药店', '大药房', 'amenity=pharmacy healthcare=pharmacy', [80, 160], [0, 0], '08:00-22:00'),
  communityStation: kind('社区服务站', '党群服务中心', 'amenity=community_centre community_centre=community_service', [620, 1000], [0, 0], '08:30-17:30'),
  cultureStation: kind('文化活动站', '文化活动站', 'amenity=community_centre community_centre=culture_centre', [260, 900], [60, 150], '09:00-20:00'),
  cultureCentre: kind('文化活动中心', '文化活动中心', 'amenity=arts_centre', [3100, 5800], [300, 600], '09:00-21:00'),
  library: kind('图书馆', '图书馆', 'amenity=library', [1500, 4200], [120, 400], '09:00-21:00'),
  museum: kind('博物馆', '博物馆', 'tourism=museum', [4000, 9000], [500, 1200], '09:00-17:00'),
  market: kind('菜市场或生鲜超市', '农贸市场', 'amenity=marketplace', [1800, 3200], [80, 200], '06:00-19:00'),
  supermarket: kind('综合超市', '生活超市', 'shop=supermarket', [800, 2600], [0, 0], '08:00-22:00'),
  mall: kind('商场', '购物中心', 'shop=mall', [30000, 70000], [0, 0], '10:00-22:00'),
  canteen: kind('社区食堂', '社区食堂', 'amenity=canteen', [150, 360], [60, 120], '07:00-19:00'),
  streetOffice: kind('街道办事处', '街道办事处', 'office=government government=administrative', [1200, 2000], [0, 0], '08:30-17:30'),
  police: kind('派出所', '派出所', 'amenity=police', [1000, 1600], [0, 0], '24/7'),
  fireStation: kind('消防站', '消防救援站', 'amenity=fire_station', [2300, 4200], [30, 60], '24/7'),
  sportsCentre: kind('全民健身中心', '全民健身中心', 'leisure=sports_centre', [2600, 5000], [200, 500], '06:30-22:00'),
  pitchLarge: kind('大型多功能运动场地', '多功能运动场', 'leisure=pitch sport=multi', [0, 0], [0, 0], '06:00-22:00'),
  pitchSmall: kind('小型多功能运动(球类)场地', '球类场地', 'leisure=pitch sport=basketball', [0, 0], [0, 0], '06:00-22:00'),
  fitness: kind('室外综合健身场地', '健身点', 'leisure=fitness_station', [0, 0], [0, 0], '24/7'),
  park: kind('公园', '公园', 'leisure=park', [0, 0], [0, 0], '24/7'),
  toilets: kind('公共厕所', '公厕', 'amenity=toilets access=yes', [35, 80], [0, 0], '24/7'),
  wasteStation: kind('垃圾收集站', '垃圾收集站', 'amenity=waste_transfer_station', [120, 180]),
  parking: kind('公共停车场', '停车场', 'amenity=parking', [0, 0], [60, 240], '24/7'),
  bank: kind('银行、电信、邮政网点', '支行', 'amenity=bank', [200, 500], [0, 0], '09:00-17:00'),
  post: kind('银行、电信、邮政网点', '邮政所', 'amenity=post_office', [120, 300], [0, 0], '09:00-17:30'),
  convenience: kind('便利店', '便利店', 'shop=convenience', [50, 110], [0, 0], '06:30-23:30'),
} as const satisfies Record<string, FacilityKind>;

export type FacilityKindName = keyof typeof FACILITY_KINDS;

/** A piece of a lot: a facility on a part of it (west, south, east, north from 0 to 1). */
export interface LotPiece {
  readonly kind: FacilityKindName;
  readonly part: readonly [number, number, number, number];
  /** The name's stem is the sub-district's instead of the community's. */
  readonly ofStreet?: boolean;
}

function piece(kindName: FacilityKindName, west: number, south: number, east: number, north: number, ofStreet = false): LotPiece {
  return { kind: kindName, part: [west, south, east, north], ofStreet };
}

/** The lots of facilities by the letters of the cell plans. */
export const LOTS: Readonly<Record<string, readonly LotPiece[]>> = {
  k: [
    piece('kindergarten', 0, 0, 0.5, 1),
    piece('communityStation', 0.54, 0, 1, 0.3),
    piece('healthStation', 0.54, 0.34, 0.76, 0.62),
    piece('cultureStation', 0.79, 0.34, 1, 0.62),
    piece('elderlyDayCare', 0.54, 0.66, 0.76, 1),
    piece('childcare', 0.79, 0.66, 1, 1),
  ],
  s: [piece('primary', 0, 0, 1, 1)],
  j: [piece('junior', 0, 0, 1, 0.78), piece('pitchLarge', 0, 0.82, 0.7, 1, true), piece('toilets', 0.8, 0.86, 0.94, 1)],
  m: [piece('market', 0, 0.45, 0.48, 1), piece('supermarket', 0.52, 0.45, 1, 1), piece('parking', 0, 0, 0.6, 0.4), piece('wasteStation', 0.7, 0, 1, 0.3)],
  p: [piece('park', 0, 0, 1, 1)],
  g: [piece('park', 0, 0, 0.55, 1), piece('pitchSmall', 0.6, 0.5, 1, 1), piece('fitness', 0.6, 0.2, 0.95, 0.44), piece('toilets', 0.7, 0, 0.84, 0.14)],
  t: [piece('sportsCentre', 0, 0, 0.45, 1, true), piece('pitchLarge', 0.5, 0, 1, 0.62, true), piece('parking', 0.5, 0.68, 1, 1)],
  h: [piece('healthCentre', 0, 0, 0.42, 1, true), piece('pharmacy', 0.46, 0.7, 0.62, 1), piece('hospital', 0.46, 0, 1, 0.62, true)],
  c: [piece('cultureCentre', 0, 0, 0.48, 1, true), piece('library', 0.52, 0.5, 1, 1, true), piece('fitness', 0.56, 0.05, 0.9, 0.4)],
  b: [piece('streetOffice', 0, 0, 0.46, 0.6, true), piece('police', 0.5, 0, 1, 0.6, true), piece('canteen', 0, 0.66, 0.3, 1), piece('post', 0.36, 0.7, 0.56, 1)],
  f: [piece('fireStation', 0, 0, 0.6, 1, true), piece('parking', 0.66, 0, 1, 1)],
  e: [piece('nursingHome', 0, 0, 1, 0.7, true), piece('park', 0, 0.75, 1, 1)],
  n: [piece('canteen', 0, 0, 0.3, 0.3), piece('healthStation', 0.36, 0, 0.6, 0.3), piece('supermarket', 0, 0.4, 0.5, 0.9), piece('market', 0.55, 0.4, 1, 0.95), piece('toilets', 0.7, 0.05, 0.84, 0.2)],
  x: [piece('museum', 0.1, 0.45, 0.9, 0.95)],
  q: [piece('park', 0, 0, 1, 1)],
};
