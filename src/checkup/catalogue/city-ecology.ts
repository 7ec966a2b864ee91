/** 城区·生态宜居: 30–36 of the national list. */
import type { Indicator } from '../model.ts';
import { UNITS, both, national, reported } from './define-indicator.ts';

export const ECOLOGY_INDICATORS: readonly Indicator[] = [
  national(30, 'city', 'ecology', 'city', {
    id: 'sewage-collection-rate',
    name: both('城市生活污水集中收集率', 'Domestic sewage collection rate'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'water', computability: ['d'],
    definition: both('向污水处理厂排水的生活污染物量占服务人口产生的生活污染物总量的比例。', 'Share of the domestic pollution load of the people served that reaches a treatment plant.'),
    formula: both('处理厂进水量 × 进水污染物浓度 ÷ (服务人口 × 人均日污染物排放量) × 100%。', 'Inflow of the plants × concentration of pollutants ÷ (people served × load a person and day) × 100 %.'),
    thresholds: [{ when: { from: 2025 }, op: '>=', value: 70, source: '建城〔2022〕29号（2025年目标，手册引用）', confidence: 'certain' }],
    methods: [reported('ratio')],
    finding: {
      kind: 'best-effort', difficulty: 'high', bodies: ['水务局', '住房城乡建设局'],
      problem: both('{place}城市生活污水集中收集率为{value}%[，未达到标准（{standard}%）]。', '{value} % of the domestic sewage of {place} is collected[; the standard is {standard} %].'),
      advice: both('排查整治管网混错接和破损，填补管网空白区，推进厂网一体运行。', 'Find and mend wrong connections and broken sewers, build sewers where there are none, and run plants and sewers as one.'),
    },
  }),
  national(31, 'city', 'ecology', 'city', {
    id: 'black-water-bodies',
    name: both('城市黑臭水体数量', 'Black and odorous water bodies'),
    unit: UNITS.items, direction: 'down', surveyTopic: 'water', computability: ['d', 's'],
    definition: both('建成区内现存的黑臭水体数量，包括治理后返黑返臭的水体。', 'Black and odorous water bodies in the built-up area, relapses included.'),
    formula: both('部门统计的水体数。', 'Number of water bodies reported by the departments.'),
    methods: [reported('sum')],
    finding: {
      kind: 'time-limited', difficulty: 'high', bodies: ['生态环境局', '水务局'],
      problem: both('{place}有黑臭水体{value}个。', '{place} has {value} black and odorous water bodies.'),
      advice: both('控源截污、清淤疏浚、活水补水，建立长效管护并公开治理进度。', 'Cut off the sources, dredge, feed clean water, keep the water body up, and publish progress.'),
    },
  }),
  national(32, 'city', 'ecology', 'city', {
    id: 'greenway-coverage',
    name: both('绿道服务半径覆盖率', 'Greenway coverage'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'greenway', computability: ['a'],
    definition: both(
      '绿道两侧各1公里服务范围覆盖的居住用地占全部居住用地的比例。绿道总宽不小于6米，单侧绿化不小于1.5米，步行道不小于2米，综合慢行道不小于3米。',
      'Share of residential land within 1 km on either side of a greenway. A greenway is at least 6 m wide, with 1.5 m of green on one side and a footway of 2 m or a shared way of 3 m.',
    ),
    formula: both('绿道1公里范围内的居住用地面积 ÷ 居住用地面积 × 100%。地图上的绿道宽度多不可知，按全部绿道计。', 'Residential land within 1 km of a greenway ÷ residential land × 100 %. Maps seldom give widths: all greenways count.'),
    thresholds: [{ op: '>=', value: 70, source: '国家生态园林城市标准2022（手册引用）', confidence: 'certain' }],
    methods: [{ operator: 'land-coverage', params: { land: 'residential', facilities: ['greenway'], radiusM: 1000, from: 'boundary' } }],
    finding: {
      kind: 'best-effort', bodies: ['园林绿化局', '自然资源和规划局'],
      problem: both('{place}绿道服务半径覆盖率为{value}%[，未达到标准（{standard}%）]。', 'Greenways cover {value} % of the residential land of {place}[; the standard is {standard} %].'),
      advice: both('沿河流、铁路和道路绿带新建绿道并打通断点，连接公园与社区。', 'Build greenways along rivers, railways and green strips, close their gaps, and link parks and communities.'),
    },
  }),
  national(33, 'city', 'ecology', 'city', {
    id: 'football-pitch-coverage',
    name: both('足球场地服务半径覆盖率', 'Football pitch coverage'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'multi-sport', computability: ['a'],
    definition: both(
      '足球场地服务半径覆盖的居住用地占全部居住用地的比例：三人制300米，五人制500米，七人制和十一人制1000米。学校球场计入。',
      'Share of residential land within the radius of a football pitch: three-a-side 300 m, five-a-side 500 m, seven- and eleven-a-side 1,000 m. Pitches of schools count.',
    ),
    formula: both(
      '足球场地分级半径覆盖的居住用地面积 ÷ 居住用地面积 × 100%。赛制未知时按场地面积判断：不足600平方米为三人制，600至2000平方米为五人制，其余为七人制及以上（本系统约定）；面积未知按三人制。',
      'Residential land within the radius of pitches ÷ residential land × 100 %. The kind of pitch is told by its area: under 600 m² three-a-side, to 2,000 m² five-a-side, else seven and more (this program’s convention); of unknown area: three-a-side.',
    ),
    note: both('误差较小时手册允许采用直线缓冲区；按面积判断场地类型为本平台约定', 'The manual allows straight-line buffers where the error is small. Areas by kind of pitch are this program’s convention'),
    methods: [{
      operator: 'land-coverage',
      params: { land: 'residential', facilities: ['football-pitch'], tiers: [{ fromM2: 0, toM2: 600, radiusM: 300 }, { fromM2: 600, toM2: 2000, radiusM: 500 }, { fromM2: 2000, radiusM: 1000 }], from: 'boundary' },
    }],
    finding: {
      kind: 'best-effort', bodies: ['体育局', '教育局'],
      problem: both('{place}足球场地服务半径覆盖率为{value}%。', 'Football pitches cover {value} % of the residential land of {place}.'),
      advice: both('利用公园、闲置地和屋顶建设小型足球场，推动学校球场课余开放。', 'Build small pitches in parks, on idle land and roofs, and open school pitches after hours.'),
    },
  }),
  national(34, 'city', 'ecology', 'city', {
    id: 'culture-floor-per-person',
    name: both('人均公共文化设施面积', 'Floor of public culture per person'),
    unit: both('m²/人', 'm²/person'), direction: 'up', cityOnly: true, surveyTopic: 'culture', computability: ['c', 'd', 'a*'],
    definition: both(
      '图书馆、博物馆、文化馆、美术馆、科技馆、纪念馆、体育场馆，青少年、妇女儿童和老年人活动场所的建筑面积与常住人口之比。',
      'Floor of libraries, museums, cultural halls, galleries, science museums, memorials, sports halls and centres for youth, women, children and the elderly, divided by residents.',
    ),
    formula: both('公共文化设施建筑面积 ÷ 常住人口；没有部门统计时由设施台账和地图推算，面积未知的按基底面积乘层数。', 'Floor of public cultural facilities ÷ residents; without department statistics from register and map, where a facility of unknown floor has its footprint × storeys.'),
    note: both('2022年全国平均每万人1776.5㎡', 'Mean of 2022: 1,776.5 m² per 10,000 residents'),
    thresholds: [
      { when: { cityClass: ['super-large', 'very-large'] }, op: '>=', value: 0.2, source: '手册：超大特大城市每万人不少于2000 m²', confidence: 'certain' },
      { when: { cityClass: ['large-1', 'large-2', 'medium', 'small-1', 'small-2'] }, op: '>=', value: 0.15, source: '手册：其他城市每万人不少于1500 m²', confidence: 'certain' },
    ],
    // a department adds up floors that neither map nor register has in full
    methods: [reported('none'), { operator: 'facility-count', params: { facilities: ['public-culture', 'culture-centre', 'sports-hall'], measure: 'floor-m2', estimateFloor: true, per: { by: 'persons' } } }],
    finding: {
      kind: 'best-effort', bodies: ['文化和旅游局', '体育局', '发展和改革委员会'],
      problem: both('{place}人均公共文化设施面积为{value}平方米[，未达到标准（{standard}平方米）]。', '{place} has {value} m² of public cultural floor a person[; the standard is {standard}] m².'),
      advice: both('补建区级文化馆、图书馆，利用工业遗产和闲置建筑改建文化空间。', 'Add district cultural halls and libraries, and turn industrial heritage and idle buildings into places of culture.'),
    },
  }),
  national(35, 'city', 'ecology', 'city', {
    id: 'road-density',
    name: both('城市道路网密度', 'Road density'),
    unit: both('km/km²', 'km/km²'), direction: 'up', surveyTopic: 'road-flow', computability: ['a'],
    definition: both('建成区内快速路、主干路、次干路和支路总长度与建成区面积之比。', 'Length of expressways, arterial, secondary and branch roads of the built-up area divided by its area.'),
    formula: both('道路中心线长度（双向分幅道路计一次）÷ 建成区面积。地图道路等级与城市道路等级的对应是约定。', 'Length of road centre lines (the two carriageways of a road once) ÷ built-up area. Which class of the map is which class of road is convention.'),
    note: both('2022年36个主要城市平均6.3、深圳9.7 km/km²', '2022: mean of 36 cities 6.3, Shenzhen 9.7 km/km²'),
    thresholds: [{ op: '>=', value: 8, source: '中发〔2016〕6号；GB/T 51328-2018', confidence: 'certain' }],
    methods: [{ operator: 'road-density', params: {} }],
    finding: {
      kind: 'best-effort', difficulty: 'high', bodies: ['自然资源和规划局', '住房城乡建设局'],
      problem: both('{place}道路网密度为{value} km/km²[，未达到标准（{standard} km/km²）]。', '{place} has {value} km of road per km²[; the standard is {standard}].'),
      advice: both('打通断头路，结合更新项目加密支路，开放封闭街区内部道路。', 'Connect dead ends, add branch roads with renewal projects, and open the inner roads of closed blocks.'),
    },
  }),
  national(36, 'city', 'ecology', 'city', {
    id: 'green-building-share',
    name: both('新建建筑中绿色建筑占比', 'Green share of new buildings'),
    unit: UNITS.percent, direction: 'up', computability: ['d'],
    definition: both('当年新开工建筑中绿色建筑面积所占比例。', 'Share of the floor of buildings begun this year that is green.'),
    formula: both('新开工绿色建筑面积 ÷ 新开工建筑面积 × 100%。', 'Floor of green buildings begun ÷ floor of all buildings begun × 100 %.'),
    note: both('另要求星级绿色建筑占比≥30%，为另一统计量', 'Star-rated green buildings ≥ 30 % is asked for besides and is another quantity'),
    thresholds: [{ when: { from: 2025 }, op: '>=', value: 100, source: '手册：2025年达到100%', confidence: 'certain' }],
    methods: [reported('ratio')],
    finding: {
      kind: 'time-limited', difficulty: 'low', bodies: ['住房城乡建设局'],
      problem: both('{place}新建建筑中绿色建筑占{value}%[，未达到标准（{standard}%）]。', '{value} % of the new buildings of {place} are green[; the standard is {standard} %].'),
      advice: both('在土地出让和施工图审查环节落实绿色建筑标准，加强竣工验收。', 'Write the green standard into land leases and plan checks, and test it at completion.'),
    },
  }),
];
