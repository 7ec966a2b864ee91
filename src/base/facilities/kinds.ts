/**
 * The kinds of facilities, as a versioned table: what the living circle asks for and how files name it.
 *
 * Sources: GB 50180-2018《城市居住区规划设计标准》appendices B and C, 住建部《城市体检工作手册（试行）》2025 (M), GB/T 51346-2019,
 * 建标175-2016, 建标143-2010, 建科规〔2020〕7号, as collected with their confidence. `confidence: 'certain'` was read in an official text or a text that
 * quotes it; `'recalled'` was not and ships as an editable default, `unverified`. What is uncertain is left out: a kind
 * without `radius` has no radius that may be judged by.
 */
import type { Bilingual } from '../../core/bilingual.ts';

export const KINDS_VERSION = '2026.2';

type KindGroup = 'education' | 'health' | 'elderly' | 'culture' | 'sport' | 'administration' | 'commerce' | 'municipal' | 'transport' | 'green' | 'safety';

/** Living circles by walking minutes (GB 50180-2018 table 3.0.4); `neighbourhood` is 居住街坊; `city` stands outside them. */
type Circle = '15' | '10' | '5' | 'neighbourhood' | 'city';

interface StatedValue {
  readonly source: string;
  readonly confidence: 'certain' | 'recalled';
  /** True where the value is recalled: shown as such, free to be edited. */
  readonly unverified: boolean;
}
interface StatedRadius extends StatedValue {
  /** Service radius in metres, straight line unless a method says otherwise. */
  readonly metres: number;
}
interface StatedArea extends StatedValue {
  /** m²; `most` is absent where only a minimum is stated. */
  readonly least: number;
  readonly most?: number;
}

/** Tags an object must have. Values are alternatives; `*` stands for any. */
export interface MatchRule {
  readonly tags: Readonly<Record<string, readonly string[]>>;
  /** The name must match, or must not. An absent name fails `name` and passes `notName`. */
  readonly name?: RegExp;
  readonly notName?: RegExp;
  /** Tags that exclude the object. */
  readonly not?: Readonly<Record<string, readonly string[]>>;
  /** Bounds of the object's own ground in m²; points have none and pass only where there is no lower bound. */
  readonly leastM2?: number;
  readonly mostM2?: number;
}

export interface FacilityKind {
  readonly id: string;
  readonly label: Bilingual;
  readonly group: KindGroup;
  readonly circles: readonly Circle[];
  /** 应配建 (must) or 按需配建 (optional) by GB 50180-2018 appendix B, recalled; absent for kinds that an indicator other than the living circle needs. */
  readonly need?: 'must' | 'optional';
  readonly radius?: StatedRadius;
  readonly floorM2?: StatedArea;
  readonly landM2?: StatedArea;
  /** Keeps its polygon, its size and its entrances: distances run from the border. */
  readonly openSpace?: true;
  /** Same-named points closer than this are one facility, m. */
  readonly mergeM?: number;
  /** Points closer than this are one facility whatever they are called, m: exits, which every file names its own way. */
  readonly namelessM?: number;
  readonly rules: readonly MatchRule[];
  /** What registries call it, beside id and label. */
  readonly aliases: readonly string[];
}

const certain = (source: string): StatedValue => ({ source, confidence: 'certain', unverified: false });
const recalled = (source: string): StatedValue => ({ source, confidence: 'recalled', unverified: true });
const GB_B = 'GB 50180-2018 appendix B';
const GB_C = 'GB 50180-2018 appendix C';
const M = '城市体检工作手册（试行）2025';

/** Not open to everyone. */
const PRIVATE = { access: ['private', 'no', 'employees', 'residents', 'members'] };
const OTHER_SCHOOL = /驾校|驾驶|培训|党校|老年大学|职业|职校|技工|技校|中专|特殊教育|聋|盲|武术|舞蹈|艺术培训|音乐|language|driving|dance|music|ballet|conserva|autoescola|escola de condu|\bi\.?t\.?\s?school/i;
const PRIMARY = /小学|primary|elementary|grundschule|\beb\s?1|\bjardim.*escola|escola b[aá]sica|b[aá]sico|ensino fundamental|e\.?\s?m\.?\s?e\.?\s?f|ala-?aste|alakoulu|peruskoulu|grundskola|école (primaire|élémentaire)/i;
const JUNIOR = /初中|初级中学|中学|junior|middle school|\beb\s?2|2[,/ e]+3|secondary|secund[aá]ria|col[eé]gio|college|yläaste|yläkoulu|peruskoulu|gymnasium|realschule|collège/i;
const SENIOR = /高中|高级中学|完全中学|senior|high school|secund[aá]ria|ensino m[eé]dio|lukio|gymnasiet|gymnasium|lycée/i;
const SENIOR_ONLY = /高中$|高级中学|^(?!.*初).*高中(?!.*初)|senior high|lukio/i;
/** 九年一贯制, 实验学校, 中小学: one school for both stages. */
const BOTH_STAGES = /一贯制|中小学|学校/;

export const FACILITY_KINDS: readonly FacilityKind[] = [
  // ── education
  {
    id: 'kindergarten', label: { zh: '幼儿园', en: 'Kindergarten' }, group: 'education', circles: ['5'], need: 'must',
    radius: { metres: 300, ...certain(`${GB_C}; 建标175-2016 (300–500 m)`) },
    floorM2: { least: 3150, most: 4550, ...recalled(GB_B) }, landM2: { least: 5240, most: 7580, ...recalled(GB_B) },
    rules: [{ tags: { amenity: ['kindergarten', 'preschool'] } }, { tags: { building: ['kindergarten'] } }, { tags: { 'isced:level': ['0'], amenity: ['school'] } }, { tags: { amenity: ['school'] }, name: /幼儿园|幼稚园|kindergarten|jardim de inf[aâ]ncia|päiväkoti/i }],
    aliases: ['幼稚园', '幼儿园(所)', 'preschool', 'nursery school'],
  },
  {
    id: 'nursery', label: { zh: '托儿所', en: 'Infant care' }, group: 'education', circles: ['5'], need: 'optional',
    radius: { metres: 300, ...recalled(GB_B) }, floorM2: { least: 200, ...certain('完整居住社区建设标准 建科规〔2020〕7号') },
    rules: [{ tags: { amenity: ['childcare', 'nursery'] } }, { tags: { social_facility: ['nursery'] } }],
    aliases: ['托育', '托育机构', '托育点', '婴幼儿照护服务设施', '婴幼儿照护', 'childcare', 'infant care'],
  },
  {
    id: 'primary-school', label: { zh: '小学', en: 'Primary school' }, group: 'education', circles: ['10'], need: 'must',
    radius: { metres: 500, ...certain(`${GB_C}.0.1`) },
    rules: [
      { tags: { 'isced:level': ['1'], amenity: ['school'] } },
      { tags: { school: ['primary', 'elementary'], amenity: ['school'] } },
      { tags: { amenity: ['school'] }, name: PRIMARY, notName: OTHER_SCHOOL },
      { tags: { building: ['school'] }, name: PRIMARY, notName: OTHER_SCHOOL },
      { tags: { amenity: ['school'] }, name: BOTH_STAGES, notName: new RegExp(`${OTHER_SCHOOL.source}|中学|小学|高中|高级`, 'i') },
    ],
    aliases: ['完全小学', '中心小学', 'elementary school'],
  },
  {
    id: 'junior-secondary-school', label: { zh: '初中', en: 'Junior secondary school' }, group: 'education', circles: ['15'], need: 'must',
    radius: { metres: 1000, ...certain(`${GB_C}.0.1; ${M} 22`) },
    rules: [
      { tags: { 'isced:level': ['2'], amenity: ['school'] } },
      { tags: { school: ['secondary', 'middle', 'junior_high'], amenity: ['school'] } },
      { tags: { amenity: ['school'] }, name: JUNIOR, notName: new RegExp(`${OTHER_SCHOOL.source}|${SENIOR_ONLY.source}|小学`, 'i') },
      { tags: { building: ['school'] }, name: JUNIOR, notName: new RegExp(`${OTHER_SCHOOL.source}|${SENIOR_ONLY.source}|小学`, 'i') },
      { tags: { amenity: ['school'] }, name: BOTH_STAGES, notName: new RegExp(`${OTHER_SCHOOL.source}|小学|高中|高级`, 'i') },
      { tags: { amenity: ['school'] }, name: /中小学/ },
    ],
    aliases: ['中学', '初级中学', '九年一贯制学校', 'middle school', 'junior high school'],
  },
  {
    id: 'senior-secondary-school', label: { zh: '高中', en: 'Senior secondary school' }, group: 'education', circles: ['city'],
    rules: [{ tags: { 'isced:level': ['3'], amenity: ['school'] } }, { tags: { amenity: ['school'] }, name: SENIOR, notName: OTHER_SCHOOL }],
    aliases: ['高级中学', '普通高中', 'high school'],
  },
  {
    id: 'school', label: { zh: '学校（学段不明）', en: 'School of unknown stage' }, group: 'education', circles: [],
    rules: [{ tags: { amenity: ['school'] }, notName: new RegExp(`${OTHER_SCHOOL.source}|${PRIMARY.source}|${JUNIOR.source}|${SENIOR.source}|${BOTH_STAGES.source}|幼儿园`, 'i'), not: { 'isced:level': ['*'], school: ['primary', 'elementary', 'secondary', 'middle', 'junior_high'] } }],
    aliases: ['学校'],
  },
  { id: 'university', label: { zh: '高等院校', en: 'University or college' }, group: 'education', circles: ['city'], rules: [{ tags: { amenity: ['university', 'college'] } }], aliases: ['大学', '学院', '高校'] },
  // ── health
  { id: 'hospital', label: { zh: '医院', en: 'Hospital' }, group: 'health', circles: ['city'], rules: [{ tags: { amenity: ['hospital'] }, notName: /社区卫生|宠物|动物/ }, { tags: { healthcare: ['hospital'] }, notName: /社区卫生|宠物|动物/ }], aliases: ['综合医院', '专科医院'] },
  {
    id: 'community-health-centre', label: { zh: '社区卫生服务中心', en: 'Community health centre' }, group: 'health', circles: ['15'], need: 'must',
    radius: { metres: 1000, ...recalled(GB_B) }, floorM2: { least: 1700, most: 2000, ...recalled(GB_B) }, landM2: { least: 1420, most: 2860, ...recalled(GB_B) },
    rules: [
      { tags: { healthcare: ['centre', 'center'] } },
      { tags: { amenity: ['clinic', 'doctors', 'hospital', 'health_post', 'social_facility'] }, name: /社区卫生服务中心|社区医院|卫生院|health cent|centro de sa[uú]de|unidade (b[aá]sica )?de sa[uú]de|\busf\b|terveysasema|terveyskeskus|hälsostation/i },
      { tags: { healthcare: ['*'] }, name: /社区卫生服务中心|社区医院|卫生院|health cent|centro de sa[uú]de|unidade (b[aá]sica )?de sa[uú]de|\busf\b|terveysasema|hälsostation/i },
    ],
    aliases: ['卫生服务中心', '卫生服务中心(社区医院)', '社区医院', '卫生院', 'health centre'],
  },
  {
    id: 'community-health-station', label: { zh: '社区卫生服务站', en: 'Community health station' }, group: 'health', circles: ['5'], need: 'optional',
    radius: { metres: 300, ...recalled(GB_B) }, floorM2: { least: 120, most: 270, ...recalled(GB_B) },
    rules: [{ tags: { amenity: ['doctors', 'health_post'] }, notName: /牙|口腔|宠物|动物/ }, { tags: { amenity: ['clinic'] }, name: /卫生服务站|卫生站|卫生室|医务室|诊所/, notName: /牙|口腔|宠物|动物/ }, { tags: { healthcare: ['doctor'] }, notName: /牙|口腔|宠物|动物/ }],
    aliases: ['卫生服务站', '社区卫生站', '卫生站', '卫生室'],
  },
  {
    id: 'outpatient-clinic', label: { zh: '门诊部', en: 'Outpatient clinic' }, group: 'health', circles: ['15'], need: 'must',
    rules: [{ tags: { amenity: ['clinic'] }, notName: /宠物|动物|veterin|卫生服务|卫生站|卫生室|卫生院/i, not: { healthcare: ['centre', 'center'] } }, { tags: { healthcare: ['clinic'] }, notName: /宠物|动物|veterin|卫生服务|卫生站|卫生室|卫生院/i }], aliases: ['诊所', 'clinic'],
  },
  { id: 'pharmacy', label: { zh: '药店', en: 'Pharmacy' }, group: 'commerce', circles: ['5'], need: 'must', radius: { metres: 300, ...recalled(GB_B) }, rules: [{ tags: { amenity: ['pharmacy'] } }, { tags: { healthcare: ['pharmacy'] } }, { tags: { shop: ['chemist'] }, name: /药|pharm|farm[aá]cia|apteekki/i }], aliases: ['药房'] },
  // ── elderly
  {
    id: 'nursing-home', label: { zh: '养老院', en: 'Home for the elderly' }, group: 'elderly', circles: ['15'], need: 'must',
    floorM2: { least: 7000, most: 17500, ...recalled(GB_B) }, landM2: { least: 3500, most: 22000, ...recalled(GB_B) },
    rules: [{ tags: { social_facility: ['nursing_home', 'assisted_living', 'group_home'] }, not: { 'social_facility:for': ['child', 'juvenile', 'orphan', 'homeless', 'refugee'] } }, { tags: { amenity: ['nursing_home', 'retirement_home'] } }, { tags: { amenity: ['social_facility'] }, name: /养老院|敬老院|老年公寓|福利院|lar de idosos|vanhainkoti|palvelutalo/i }],
    aliases: ['敬老院', '养老机构', '老年公寓', '养老服务设施'],
  },
  {
    id: 'elderly-care-home', label: { zh: '老年养护院', en: 'Nursing care home' }, group: 'elderly', circles: ['15'], need: 'must',
    floorM2: { least: 3500, most: 17500, ...recalled(GB_B) }, landM2: { least: 1750, most: 22000, ...recalled(GB_B) },
    rules: [{ tags: { social_facility: ['nursing_home'] }, not: { 'social_facility:for': ['child', 'juvenile', 'orphan'] } }, { tags: { amenity: ['social_facility', 'nursing_home', 'hospital', 'clinic'] }, name: /养护院|护理院/ }],
    aliases: ['养护院', '护理院'],
  },
  {
    id: 'elderly-day-care', label: { zh: '老年人日间照料中心', en: 'Day care for the elderly' }, group: 'elderly', circles: ['5'], need: 'must',
    // the most of appendix B, 750 m², is only recalled and left out: one value has one confidence
    radius: { metres: 300, ...certain(`${GB_C}; 建标143-2010; ${M} 10`) }, floorM2: { least: 350, ...certain(`${M} 10`) },
    rules: [{ tags: { social_facility: ['day_care'], 'social_facility:for': ['senior', 'elderly'] } }, { tags: { amenity: ['social_facility', 'community_centre', 'social_centre'] }, name: /日间照料|居家养老|养老服务(站|中心)|centro de dia/i }],
    aliases: ['日间照料中心', '日间照料', '老年服务站', '居家养老服务站', '社区养老服务设施', '社区养老'],
  },
  // ── culture
  {
    id: 'culture-centre', label: { zh: '文化活动中心', en: 'Culture centre' }, group: 'culture', circles: ['15'], need: 'must',
    radius: { metres: 1000, ...certain(`${M} 24`) }, floorM2: { least: 3000, most: 6000, ...certain(`${M} 24`) }, landM2: { least: 3000, most: 12000, ...certain(`${M} 24`) },
    rules: [{ tags: { amenity: ['arts_centre', 'library'] }, not: PRIVATE }, { tags: { amenity: ['community_centre'] }, notName: /站$|室$|日间照料|居家养老|服务中心$/, not: { ...PRIVATE, community_centre: ['community_service', 'service'] } }],
    aliases: ['文化中心', '文化馆', '青少年活动中心', '老年活动中心'],
  },
  {
    id: 'culture-station', label: { zh: '文化活动站', en: 'Culture station' }, group: 'culture', circles: ['5'], need: 'must',
    radius: { metres: 500, ...recalled(GB_B) }, floorM2: { least: 250, most: 1200, ...recalled(GB_B) },
    rules: [{ tags: { amenity: ['community_centre', 'library', 'social_centre'] }, not: { ...PRIVATE, community_centre: ['community_service', 'service'] } }, { tags: { amenity: ['public_bookcase'] }, name: /书屋|阅览/ }],
    aliases: ['文化站', '文化活动室', '农家书屋', '社区书屋'],
  },
  {
    id: 'public-culture', label: { zh: '公共文化设施', en: 'Public cultural facility' }, group: 'culture', circles: ['city'],
    rules: [{ tags: { amenity: ['library', 'arts_centre', 'theatre', 'planetarium', 'exhibition_centre', 'concert_hall', 'conference_centre'] }, not: PRIVATE }, { tags: { tourism: ['museum', 'gallery'] } }, { tags: { building: ['museum', 'library'] } }],
    aliases: ['图书馆', '博物馆', '美术馆', '科技馆', '纪念馆', '展览馆', '群艺馆', 'library', 'museum'],
  },
  // ── sport
  {
    id: 'sports-hall', label: { zh: '体育馆(场)或全民健身中心', en: 'Sports hall or fitness centre' }, group: 'sport', circles: ['15'], need: 'optional',
    radius: { metres: 1000, ...recalled(GB_B) }, floorM2: { least: 2000, most: 5000, ...recalled(GB_B) },
    rules: [{ tags: { leisure: ['sports_hall', 'sports_centre', 'stadium'] }, not: PRIVATE }, { tags: { leisure: ['swimming_pool'] }, not: PRIVATE, leastM2: 300 }, { tags: { building: ['sports_hall', 'sports_centre', 'stadium'] }, not: PRIVATE }],
    aliases: ['体育馆', '体育场', '体育中心', '全民健身中心', '健身中心', '游泳馆'],
  },
  {
    id: 'large-sports-ground', label: { zh: '大型多功能运动场地', en: 'Large multi-sport ground' }, group: 'sport', circles: ['15'], need: 'must', openSpace: true,
    radius: { metres: 1000, ...certain(`${M} 23`) }, landM2: { least: 3150, most: 5620, ...certain(`${M} 23`) },
    rules: [{ tags: { leisure: ['pitch', 'track', 'sports_centre'] }, not: PRIVATE, leastM2: 3150 }], aliases: ['大型运动场', '运动场', '多功能运动场地'],
  },
  {
    id: 'medium-sports-ground', label: { zh: '中型多功能运动场地', en: 'Medium multi-sport ground' }, group: 'sport', circles: ['10'], need: 'must', openSpace: true,
    radius: { metres: 500, ...certain(`${M} 23`) }, landM2: { least: 1310, most: 2460, ...recalled(GB_B) },
    rules: [{ tags: { leisure: ['pitch', 'track', 'sports_centre'] }, not: PRIVATE, leastM2: 1310, mostM2: 3150 }], aliases: ['中型运动场'],
  },
  {
    id: 'small-sports-ground', label: { zh: '小型多功能运动(球类)场地', en: 'Small sports ground' }, group: 'sport', circles: ['5'], need: 'must', openSpace: true,
    radius: { metres: 300, ...recalled(GB_B) }, landM2: { least: 770, most: 1310, ...recalled(GB_B) },
    rules: [{ tags: { leisure: ['pitch'] }, not: PRIVATE, mostM2: 1310 }], aliases: ['小型运动场', '球场', '篮球场'],
  },
  {
    id: 'fitness-ground', label: { zh: '室外综合健身场地', en: 'Outdoor fitness ground' }, group: 'sport', circles: ['5'], need: 'must', openSpace: true,
    radius: { metres: 300, ...recalled(GB_B) }, landM2: { least: 150, most: 750, ...recalled(GB_B) },
    rules: [{ tags: { leisure: ['fitness_station', 'playground'] }, not: PRIVATE }, { tags: { leisure: ['pitch'] }, not: PRIVATE, mostM2: 770 }],
    aliases: ['健身场地', '健身广场', '健身路径', '公共活动场地', '室外健身'],
  },
  {
    id: 'football-pitch', label: { zh: '足球场地', en: 'Football pitch' }, group: 'sport', circles: ['city'], openSpace: true,
    rules: [{ tags: { leisure: ['pitch'], sport: ['soccer', 'football', 'futsal', 'five-a-side', 'multi'] }, not: { access: ['private', 'no'], sport: ['american_football'] } }, { tags: { leisure: ['stadium'], sport: ['soccer', 'football'] } }],
    aliases: ['足球场', 'football field', 'soccer pitch'],
  },
  // ── administration
  {
    id: 'community-service-centre', label: { zh: '社区服务中心(街道级)', en: 'Subdistrict service centre' }, group: 'administration', circles: ['15'], need: 'must',
    radius: { metres: 1000, ...recalled(GB_B) }, floorM2: { least: 700, most: 1500, ...recalled(GB_B) }, landM2: { least: 600, most: 1200, ...recalled(GB_B) },
    rules: [{ tags: { amenity: ['townhall'] } }, { tags: { office: ['government'] }, name: /服务中心|政务|便民|citizen|loja do cidad/i }, { tags: { amenity: ['community_centre', 'public_building'] }, name: /(街道|镇|乡).*服务中心|便民服务中心|政务/ }],
    aliases: ['社区服务中心', '街道服务中心', '街道党群服务中心', '便民服务中心', '街道社区服务中心'],
  },
  {
    id: 'subdistrict-office', label: { zh: '街道办事处', en: 'Subdistrict office' }, group: 'administration', circles: ['15'], need: 'must',
    radius: { metres: 1000, ...recalled(GB_B) }, floorM2: { least: 1000, most: 2000, ...recalled(GB_B) }, landM2: { least: 800, most: 1500, ...recalled(GB_B) },
    rules: [{ tags: { office: ['government'] }, notName: /服务中心|税|海关|consul|embas/i, not: { government: ['tax', 'customs', 'ministry', 'audit', 'prosecutor'] } }, { tags: { amenity: ['townhall'] }, name: /街道|办事处|镇政府|junta/i }],
    aliases: ['街道办', '街办', '镇政府'],
  },
  {
    id: 'police-station', label: { zh: '派出所', en: 'Police station' }, group: 'administration', circles: ['15'], need: 'optional',
    radius: { metres: 800, ...recalled(GB_B) }, floorM2: { least: 1000, most: 1600, ...recalled(GB_B) }, landM2: { least: 1000, most: 2000, ...recalled(GB_B) },
    rules: [{ tags: { amenity: ['police'] } }], aliases: ['警务室', '公安派出所'],
  },
  {
    id: 'community-service-station', label: { zh: '社区服务站', en: 'Community service station' }, group: 'administration', circles: ['5'], need: 'must',
    radius: { metres: 300, ...recalled(GB_B) }, floorM2: { least: 600, most: 1000, ...recalled(GB_B) }, landM2: { least: 500, most: 800, ...recalled(GB_B) },
    rules: [{ tags: { amenity: ['community_centre', 'social_centre'] }, not: { ...PRIVATE, community_centre: ['culture_centre', 'youth_centre'] }, notName: /文化/ }, { tags: { amenity: ['townhall', 'public_building', 'social_facility'] }, name: /社区服务站|居委会|居民委员会|村委会|党群服务/ }, { tags: { office: ['government', 'ngo', 'administrative'] }, name: /社区服务站|居委会|居民委员会|村委会/ }],
    aliases: ['社区综合服务站', '党群服务中心', '社区党群服务中心', '社区综合服务设施', '居委会', '社区居委会'],
  },
  // ── commerce
  {
    id: 'shopping-centre', label: { zh: '商场', en: 'Shopping centre' }, group: 'commerce', circles: ['15', '10'], need: 'must',
    radius: { metres: 500, ...recalled(GB_B) }, floorM2: { least: 1500, most: 3000, ...recalled(GB_B) }, rules: [{ tags: { shop: ['mall', 'department_store', 'supermarket'] } }, { tags: { building: ['mall'] } }], aliases: ['购物中心', '百货', '综合超市', '大型超市'],
  },
  {
    id: 'market', label: { zh: '菜市场或生鲜超市', en: 'Fresh food market' }, group: 'commerce', circles: ['10'], need: 'must',
    radius: { metres: 500, ...recalled(GB_B) }, floorM2: { least: 750, most: 2500, ...recalled(GB_B) },
    rules: [{ tags: { amenity: ['marketplace'] } }, { tags: { shop: ['supermarket', 'greengrocer', 'butcher', 'seafood', 'fishmonger', 'deli', 'farm'] } }, { tags: { shop: ['*'] }, name: /菜市场|农贸市场|生鲜|菜场/ }],
    aliases: ['菜市场', '农贸市场', '生鲜超市', '菜场', '集贸市场', 'marketplace'],
  },
  {
    id: 'bank-telecom-post', label: { zh: '银行、电信、邮政网点', en: 'Bank, telecom or post outlet' }, group: 'commerce', circles: ['15', '10'], need: 'must',
    rules: [{ tags: { amenity: ['bank', 'post_office'] } }, { tags: { shop: ['mobile_phone', 'telecommunication'] } }, { tags: { office: ['telecommunication'] } }],
    aliases: ['银行电信邮政'],
  },
  { id: 'bank', label: { zh: '银行网点', en: 'Bank' }, group: 'commerce', circles: ['city'], rules: [{ tags: { amenity: ['bank'] } }], aliases: ['银行'] },
  { id: 'post-office', label: { zh: '邮政网点', en: 'Post office' }, group: 'commerce', circles: ['15'], radius: { metres: 1000, ...recalled(GB_B) }, rules: [{ tags: { amenity: ['post_office'] } }], aliases: ['邮局', '邮政所', '邮政支局'] },
  { id: 'telecom-shop', label: { zh: '电信网点', en: 'Telecom outlet' }, group: 'commerce', circles: ['city'], rules: [{ tags: { shop: ['mobile_phone', 'telecommunication'] } }, { tags: { office: ['telecommunication'] } }], aliases: ['电信营业厅', '营业厅'] },
  { id: 'convenience-store', label: { zh: '便利店', en: 'Convenience store' }, group: 'commerce', circles: ['5', 'neighbourhood'], need: 'must', radius: { metres: 300, ...recalled(GB_B) }, floorM2: { least: 50, most: 100, ...recalled(GB_B) }, rules: [{ tags: { shop: ['convenience', 'kiosk', 'newsagent', 'general', 'grocery'] } }], aliases: ['小超市', '小卖部'] },
  { id: 'restaurant', label: { zh: '餐饮', en: 'Restaurant' }, group: 'commerce', circles: ['5'], need: 'must', radius: { metres: 300, ...recalled(GB_B) }, rules: [{ tags: { amenity: ['restaurant', 'fast_food', 'cafe', 'food_court'] } }], aliases: ['餐馆', '饭店'] },
  { id: 'canteen', label: { zh: '社区食堂', en: 'Community canteen' }, group: 'elderly', circles: ['5'], need: 'optional', radius: { metres: 500, ...recalled(`${M}, example`) }, rules: [{ tags: { amenity: ['canteen', 'food_court'] } }, { tags: { amenity: ['restaurant', 'fast_food', 'social_facility'] }, name: /社区食堂|老年食堂|长者食堂|幸福食堂|助餐/ }], aliases: ['老年食堂', '长者食堂', '助餐点', '老年助餐点'] },
  {
    id: 'community-shop', label: { zh: '社区商业网点', en: 'Neighbourhood service shop' }, group: 'commerce', circles: ['5'], need: 'must', radius: { metres: 300, ...recalled(GB_B) },
    rules: [{ tags: { shop: ['convenience', 'hairdresser', 'laundry', 'dry_cleaning', 'bakery', 'pastry', 'beauty', 'hardware', 'locksmith', 'shoe_repair', 'tailor', 'repair', 'copyshop', 'photo', 'general', 'kiosk'] } }, { tags: { craft: ['shoemaker', 'tailor', 'key_cutter', 'electronics_repair', 'locksmith'] } }, { tags: { amenity: ['restaurant', 'pharmacy', 'fast_food', 'cafe'] } }],
    aliases: ['商业网点', '便民商业', '便民网点', '便民服务网点'],
  },
  { id: 'parcel-locker', label: { zh: '邮件快递设施', en: 'Parcel point' }, group: 'municipal', circles: ['5'], need: 'must', rules: [{ tags: { amenity: ['parcel_locker', 'post_depot'] } }, { tags: { shop: ['outpost'] } }, { tags: { amenity: ['post_office', 'vending_machine'] }, name: /快递|驿站|菜鸟|丰巢|parcel|dpd|inpost/i }], aliases: ['快递驿站', '快递柜', '智能快件箱', '快递点'] },
  // ── municipal
  { id: 'refuse-station', label: { zh: '垃圾收集站', en: 'Refuse collection station' }, group: 'municipal', circles: ['5'], need: 'must', radius: { metres: 400, ...recalled(GB_B) }, landM2: { least: 120, most: 200, ...recalled(GB_B) }, rules: [{ tags: { amenity: ['waste_transfer_station', 'recycling'] }, not: { recycling_type: ['container'] } }], aliases: ['垃圾转运站', '生活垃圾收集站'] },
  { id: 'refuse-point', label: { zh: '垃圾收集点', en: 'Refuse collection point' }, group: 'municipal', circles: ['neighbourhood'], need: 'must', radius: { metres: 70, ...recalled(GB_B) }, rules: [{ tags: { amenity: ['waste_disposal', 'waste_basket'] } }, { tags: { amenity: ['recycling'] }, not: { recycling_type: ['centre'] } }], aliases: ['生活垃圾收集点', '垃圾投放点'] },
  { id: 'public-toilet', label: { zh: '公共厕所', en: 'Public toilet' }, group: 'municipal', circles: ['5'], need: 'must', floorM2: { least: 30, most: 80, ...recalled(GB_B) }, rules: [{ tags: { amenity: ['toilets'] }, not: { access: ['private', 'no', 'customers', 'employees', 'permit'] } }], aliases: ['公厕', '厕所'] },
  { id: 'parking', label: { zh: '机动车停车场', en: 'Car park' }, group: 'municipal', circles: ['neighbourhood'], need: 'must', rules: [{ tags: { amenity: ['parking'] }, not: { parking: ['street_side', 'lane', 'on_kerb', 'half_on_kerb', 'shoulder'], access: ['private', 'no'] } }], aliases: ['停车场', '停车库', '公共停车场'] },
  { id: 'ev-charging', label: { zh: '新能源汽车充电设施', en: 'Car charging point' }, group: 'municipal', circles: ['city'], rules: [{ tags: { amenity: ['charging_station'] }, not: { motorcar: ['no'], car: ['no'], access: ['private', 'no'] }, notName: /电动自行车|电瓶车/ }], aliases: ['充电站', '充电桩', '新能源汽车充电桩', '电动汽车充电站'] },
  { id: 'ebike-charging', label: { zh: '电动自行车充电设施', en: 'E-bike charging point' }, group: 'municipal', circles: ['city'], rules: [{ tags: { amenity: ['charging_station'], bicycle: ['yes', 'designated'] } }, { tags: { amenity: ['charging_station'] }, name: /电动自行车|电瓶车/ }, { tags: { amenity: ['bicycle_parking'], 'bicycle:charging': ['yes'] } }], aliases: ['电动自行车充电桩', '电瓶车充电'] },
  // ── transport
  {
    id: 'bus-stop', label: { zh: '公交车站', en: 'Bus stop' }, group: 'transport', circles: ['15', '10'], need: 'must', mergeM: 30, radius: { metres: 500, ...recalled('GB 50180-2018') },
    rules: [{ tags: { highway: ['bus_stop'] } }, { tags: { public_transport: ['platform', 'stop_position'], bus: ['yes', 'designated'] } }, { tags: { public_transport: ['platform'], trolleybus: ['yes'] } }, { tags: { amenity: ['bus_station'] } }],
    aliases: ['公交站', '公交站点', '公交站台'],
  },
  { id: 'tram-stop', label: { zh: '有轨电车站', en: 'Tram stop' }, group: 'transport', circles: ['city'], mergeM: 60, rules: [{ tags: { railway: ['tram_stop'] } }, { tags: { public_transport: ['platform', 'stop_position'], tram: ['yes'] } }], aliases: ['电车站'] },
  {
    id: 'rail-station', label: { zh: '轨道站点', en: 'Urban rail station' }, group: 'transport', circles: ['15'], need: 'optional', mergeM: 200, radius: { metres: 800, ...certain('中国主要城市通勤监测报告 2024') },
    rules: [{ tags: { railway: ['station', 'halt'], station: ['subway', 'light_rail', 'monorail'] } }, { tags: { railway: ['station', 'halt', 'stop'], subway: ['yes'] } }, { tags: { public_transport: ['station'], subway: ['yes'] } }, { tags: { public_transport: ['station'], light_rail: ['yes'] } }, { tags: { railway: ['station', 'stop'], light_rail: ['yes'] } }, { tags: { railway: ['station'] }, name: /地铁|轨道|轻轨/ }],
    aliases: ['地铁站', '轨道交通站', '轻轨站', 'metro station', 'subway station'],
  },
  { id: 'train-station', label: { zh: '铁路客运站', en: 'Railway station' }, group: 'transport', circles: ['city'], mergeM: 300, rules: [{ tags: { railway: ['station', 'halt'] }, not: { station: ['subway', 'light_rail', 'monorail', 'funicular', 'miniature'], usage: ['freight'], subway: ['yes'], light_rail: ['yes'] }, notName: /地铁|轨道|轻轨/ }, { tags: { public_transport: ['station'], train: ['yes'] } }], aliases: ['火车站', '高铁站'] },
  { id: 'rail-entrance', label: { zh: '轨道站出入口', en: 'Rail station entrance' }, group: 'transport', circles: ['15'], mergeM: 10, namelessM: 15, rules: [{ tags: { railway: ['subway_entrance', 'train_station_entrance'] } }], aliases: ['地铁出入口', '地铁口', '轨道出入口', 'rail_entrance', 'subway entrance'] },
  { id: 'ferry-terminal', label: { zh: '客运码头', en: 'Ferry terminal' }, group: 'transport', circles: ['city'], rules: [{ tags: { amenity: ['ferry_terminal'] } }, { tags: { public_transport: ['platform', 'station'], ferry: ['yes'] } }], aliases: ['码头', '轮渡站'] },
  // ── green
  {
    id: 'park', label: { zh: '公园绿地', en: 'Park or public green' }, group: 'green', circles: ['5', '10', '15'], need: 'must', openSpace: true,
    radius: { metres: 500, ...certain('GB/T 51346-2019 4.4.7: 0.2–1 ha 300 m, 1–5 ha 500 m, 5–10 ha 800–1000 m') }, landM2: { least: 4000, ...certain('GB 50180-2018 4.0.4') },
    rules: [
      { tags: { leisure: ['park', 'nature_reserve', 'common'] }, not: PRIVATE },
      { tags: { leisure: ['garden'] }, not: { access: ['private', 'no', 'residents', 'members', 'customers'], 'garden:type': ['residential', 'private'] }, leastM2: 400 },
      { tags: { landuse: ['village_green', 'recreation_ground'] }, not: PRIVATE },
    ],
    aliases: ['公园', '社区公园', '游园', '口袋公园', '综合公园', '公共绿地', '居住区公园', '绿地', '公园绿化活动场地'],
  },
  { id: 'square', label: { zh: '广场', en: 'Square' }, group: 'green', circles: ['5'], openSpace: true, rules: [{ tags: { place: ['square'] } }, { tags: { leisure: ['plaza'] } }], aliases: ['文化广场', '市民广场'] },
  { id: 'playground', label: { zh: '儿童、老年人活动场地', en: 'Playground' }, group: 'green', circles: ['neighbourhood'], need: 'must', openSpace: true, landM2: { least: 170, most: 450, ...recalled(GB_B) }, rules: [{ tags: { leisure: ['playground'] }, not: PRIVATE }], aliases: ['儿童活动场地', '儿童游乐场', '老年人活动场地'] },
  { id: 'greenway', label: { zh: '绿道', en: 'Greenway' }, group: 'green', circles: ['city'], radius: { metres: 1000, ...certain(`${M} 32`) }, rules: [{ tags: { greenway: ['yes'] } }], aliases: ['城市绿道', '社区绿道', 'greenway'] },
  // ── safety
  { id: 'fire-station', label: { zh: '消防站', en: 'Fire station' }, group: 'safety', circles: ['city'], rules: [{ tags: { amenity: ['fire_station'] } }, { tags: { building: ['fire_station'] } }], aliases: ['消防救援站', '消防队', '小型消防站', '微型消防站', '一级消防站', '二级消防站', '特勤消防站'] },
  { id: 'shelter', label: { zh: '应急避难场所', en: 'Emergency shelter' }, group: 'safety', circles: ['city'], openSpace: true, rules: [{ tags: { emergency: ['assembly_point', 'shelter'] } }, { tags: { amenity: ['shelter'], shelter_type: ['emergency', 'public_safety'] } }], aliases: ['避难场所', '紧急避难场所', '固定避难场所', '中心避难场所', '临时避难场所', '人防工程', 'emergency shelter'] },
];
