/**
 * 重点更新片区体检: of the manual’s 81 indicators those that a map, a timetable or a registry can tell (standards §1.7, the bold ones). By block, which is
 * what a renewal area is usually cut from. The manual prints no pass marks for them.
 */
import type { Indicator } from '../model.ts';
import type { Definition } from './define-indicator.ts';
import { MANUAL, UNITS, both, define, reported } from './define-indicator.ts';

const renewal = (definition: Omit<Definition, 'group' | 'level'>): Indicator =>
  define({ set: 'renewal-area', version: '2025.1', source: `${MANUAL}，重点更新片区体检81项（参数为平台设计）`, confidence: 'certain' }, { group: 'renewal-area', level: 'block', dimension: 'block', ...definition });

/** Share of residents within a walk of a kind of facility. */
const withinWalk = (id: string, zh: string, en: string, facilities: readonly string[], minutes: number, whatZh: string, whatEn: string, group = 'total'): Indicator =>
  renewal({
    id, name: both(zh, en), unit: UNITS.percent, direction: 'up', computability: ['a', 'c'],
    definition: both(`步行${minutes}分钟内可到达${whatZh}的${group === 'total' ? '居民' : '老年人'}比例。`, `Share of ${group === 'total' ? 'residents' : 'residents of 65 and more'} who reach ${whatEn} within ${minutes} minutes on foot.`),
    formula: both(`沿路网步行${minutes}分钟内有${whatZh}的人口 ÷ 人口 × 100%。`, `Persons with ${whatEn} within ${minutes} minutes on foot along the streets ÷ persons × 100 %.`),
    methods: [
      { operator: 'person-coverage', params: { group, facilities, minutes, measure: 'walk' } },
      ...(group === 'total' ? [] : [{ operator: 'person-coverage', params: { facilities, minutes, measure: 'walk' }, quality: 'proxy' } as const]),
    ],
  });

export const RENEWAL_AREA_INDICATORS: readonly Indicator[] = [
  // ── 功能业态
  renewal({
    id: 'jobs-housing-ratio',
    name: both('职住平衡比', 'Jobs–housing balance'),
    unit: both('岗位/人', 'jobs/person'), direction: 'band', surveyTopic: 'commute', computability: ['c', 'd', 'a*'],
    definition: both('单元内就业岗位数与常住人口之比。常引用的合理区间（0.8至1.2，以就业人口为分母）未见官方文本，不作为标准。', 'Jobs in the unit divided by its residents. The band often quoted (0.8 to 1.2, by employed residents) was found in no official text and is no standard here.'),
    formula: both('就业岗位数 ÷ 常住人口。', 'Jobs ÷ residents.'),
    methods: [{ operator: 'jobs-housing', params: { per: 'residents' } }],
  }),
  renewal({
    id: 'population-density',
    name: both('人口密度', 'Population density'),
    unit: both('人/km²', 'persons/km²'), direction: 'inventory', computability: ['a'],
    definition: both('单元常住人口与单元面积之比。', 'Residents of the unit divided by its area.'),
    formula: both('常住人口 ÷ 单元面积。', 'Residents ÷ area of the unit.'),
    methods: [{ operator: 'density', params: { of: { kind: 'persons' }, per: { by: 'place-area', unitM2: 1_000_000 } } }],
  }),
  renewal({
    id: 'elderly-share',
    name: both('老龄化比例', 'Share of elderly residents'),
    unit: UNITS.percent, direction: 'inventory', computability: ['a', 'c'],
    definition: both('65岁及以上人口占常住人口的比例。', 'Residents of 65 and more as a share of all.'),
    formula: both('65岁及以上人口 ÷ 常住人口 × 100%。', 'Residents of 65 and more ÷ residents × 100 %.'),
    methods: [{ operator: 'group-share', params: { group: '65+', of: 'total' } }],
  }),
  // ── 建筑更新
  renewal({
    id: 'building-coverage',
    name: both('建筑密度', 'Ground covered by buildings'),
    unit: UNITS.percent, direction: 'inventory', computability: ['a', 'c'],
    definition: both('建筑基底面积占单元面积的比例。', 'Footprint of buildings as a share of the area of the unit.'),
    formula: both('建筑基底面积 ÷ 单元面积 × 100%。', 'Footprint of buildings ÷ area of the unit × 100 %.'),
    methods: [{ operator: 'area-share', params: { of: { buildings: 'footprint' }, per: 'place-area' } }],
  }),
  renewal({
    id: 'development-intensity',
    name: both('开发强度', 'Floor-area ratio'),
    unit: both('m²/m²', 'm²/m²'), direction: 'inventory', computability: ['a*', 'c'],
    definition: both('建筑面积（基底面积乘层数）与单元面积之比。层数不明的建筑不计。', 'Floor of buildings (footprint × storeys) divided by the area of the unit. Buildings of unknown storeys are left out.'),
    formula: both('Σ(基底面积 × 层数) ÷ 单元面积。', 'Sum of footprint × storeys ÷ area of the unit.'),
    methods: [{ operator: 'density', params: { of: { kind: 'buildings', measure: 'floor-m2' }, per: { by: 'place-area', unitM2: 1 } } }],
  }),
  // ── 基础设施
  renewal({
    id: 'renewal-toilet-density',
    name: both('公厕密度', 'Density of public toilets'),
    unit: both('座/km²', 'toilets/km²'), direction: 'up', computability: ['a', 'c'],
    definition: both('单元内公共厕所数量与单元面积之比。', 'Public toilets of the unit divided by its area.'),
    formula: both('公共厕所数 ÷ 单元面积。', 'Public toilets ÷ area of the unit.'),
    methods: [{ operator: 'density', params: { of: { kind: 'facilities', facilities: ['public-toilet'] }, per: { by: 'place-area', unitM2: 1_000_000 } } }],
  }),
  withinWalk('renewal-market-coverage', '生鲜超市、菜店覆盖率', 'Fresh food within ten minutes', ['market'], 10, '菜市场或生鲜超市', 'a fresh food market'),
  withinWalk('renewal-elderly-care-coverage', '养老服务设施覆盖率', 'Elderly care within five minutes', ['elderly-day-care', 'nursing-home', 'elderly-care-home'], 5, '养老服务设施', 'a facility for elderly care', '65+'),
  withinWalk('renewal-kindergarten-access', '幼儿园可达性', 'Kindergarten within five minutes', ['kindergarten'], 5, '幼儿园', 'a kindergarten'),
  withinWalk('renewal-health-access', '社区医疗可达性', 'Community health within fifteen minutes', ['community-health-centre', 'community-health-station'], 15, '社区卫生服务中心或服务站', 'a community health centre or station'),
  renewal({
    id: 'renewal-fire-coverage',
    name: both('消防站覆盖率', 'Fire service within five minutes'),
    unit: UNITS.percent, direction: 'up', computability: ['a'],
    definition: both('消防车沿道路行驶5分钟可达的居住用地占居住用地的比例。', 'Share of residential land that a fire engine reaches within five minutes along the streets.'),
    formula: both('消防站5分钟车行范围内的居住用地面积 ÷ 居住用地面积 × 100%。', 'Residential land within five minutes of driving ÷ residential land × 100 %.'),
    methods: [{ operator: 'fire-coverage', params: { land: 'residential', minutes: 5 } }],
  }),
  // ── 道路交通
  renewal({
    id: 'dead-ends',
    name: both('断头路数量', 'Dead ends'),
    unit: both('条', 'dead ends'), direction: 'down', computability: ['a'],
    definition: both('单元内一端不与其他道路连通的城市道路数量，不含研究范围边界处截断的道路。', 'City roads of the unit that end without meeting another, except where the study area cuts them off.'),
    formula: both('可行车路网中只连接一条道路的端点数。', 'Ends of the drivable network that belong to one road only.'),
    methods: [{ operator: 'dead-ends', params: { classes: ['primary', 'secondary', 'tertiary', 'unclassified', 'residential'] } }],
  }),
  withinWalk('renewal-charger-access', '公共充电桩可达性', 'Public charger within ten minutes', ['ev-charging'], 10, '公共充电设施', 'a public car charger'),
  renewal({
    id: 'cycleway-density',
    name: both('自行车道密度', 'Cycleway density'),
    unit: both('km/km²', 'km/km²'), direction: 'up', computability: ['a'],
    definition: both('独立自行车道和道路上划设的自行车道长度与建成区面积之比。', 'Length of cycleways and of roads with cycle lanes divided by the built-up area.'),
    formula: both('自行车道长度 ÷ 建成区面积。', 'Length of cycleways ÷ built-up area.'),
    methods: [{
      operator: 'street-length',
      params: {
        classes: ['cycleway', 'path', 'footway', 'primary', 'secondary', 'tertiary', 'unclassified', 'residential', 'living_street', 'service', 'trunk'],
        tags: [{ highway: ['cycleway'] }, { highway: ['path', 'footway'], bicycle: ['designated'] }, { cycleway: ['lane', 'track'] }, { 'cycleway:both': ['lane', 'track'] }, { 'cycleway:right': ['lane', 'track'] }, { 'cycleway:left': ['lane', 'track'] }],
        value: 'density',
      },
    }],
  }),
  withinWalk('renewal-bus-access', '公交站点可达性', 'Bus stop within five minutes', ['bus-stop'], 5, '公交站点', 'a bus stop'),
  renewal({
    id: 'bus-routes',
    name: both('经停公交线路数', 'Public transport routes that stop'),
    unit: both('条', 'routes'), direction: 'inventory', computability: ['b'],
    definition: both('工作日7至19时在单元内停靠的公交、轨道线路数，与公交线路密度互为补充。', 'Bus and rail routes that stop in the unit on a working day from 7 to 19 h; beside the density of bus lines.'),
    formula: both('时刻表中在单元内停靠的线路数。', 'Routes of the timetable that stop in the unit.'),
    methods: [{ operator: 'stop-frequency', params: { statistic: 'routes' } }],
  }),
  renewal({
    id: 'bus-line-density',
    name: both('公交线路密度', 'Density of bus lines'),
    unit: both('km/km²', 'km/km²'), direction: 'up', computability: ['b', 'd'],
    definition: both('有公交线路通过的道路中心线长度与单元面积之比；一条道路上有多条线路时只计一次（即公交线网密度，不是线路总长度之比）。', 'Length of road centre lines that bus lines run on divided by the area of the unit; a road counts once however many lines run on it (the density of the network of lines, not of the sum of their lengths).'),
    formula: both('普通工作日有公交线路通过的道路长度 ÷ 单元面积。', 'Roads that bus lines run on upon an ordinary working day, km ÷ area of the unit.'),
    methods: [{ operator: 'line-density', params: { modes: ['bus'] } }, reported('none')],
  }),
  // ── 环境景观
  withinWalk('renewal-park-access', '公园绿化覆盖率', 'Park within five minutes', ['park'], 5, '公园绿地', 'a park'),
  renewal({
    id: 'accessible-waterfront',
    name: both('亲水岸线比例', 'Accessible waterfront'), confidence: 'recalled', source: `${MANUAL}，重点更新片区体检81项（手册仅列名称；定义和参数为平台设计，未核实）`,
    unit: UNITS.percent, direction: 'up', computability: ['a', 'f', 'd'],
    definition: both(
      '可供公众亲近的岸线长度占岸线总长度的比例。岸线：海和1公顷以上水面与陆地的边界；同侧50米内有步行路径、公共绿地或广场的岸段为可亲近。栏杆等须现场核实，部门填报的数值优先。',
      'Length of waterfront open to the public as a share of all waterfront: the border of the sea and of water areas of 1 ha and more with land, open where a path on foot, public green or a square lies within 50 m on the same side. Railings are seen on site only; a figure of the departments comes first.',
    ),
    formula: both('可亲近岸线长度 ÷ 岸线总长度 × 100%。', 'Accessible shore ÷ shore × 100 %.'),
    methods: [reported('ratio'), { operator: 'waterfront', params: { leastM2: 10_000, withinM: 50 }, quality: 'proxy' }],
    missing: {
      kind: 'no-data',
      reason: both('没有部门填报值；地图中也没有1公顷以上的水面或海岸线（只画成线的河流没有岸线可量）。', 'No figure of the departments, and the map has no water area of 1 ha or more and no coast (a river drawn as a line has no shore to measure).'),
      supply: both('含水面（natural=water、waterway=riverbank 等面）的 OSM 文件，或在 indicators_dept.csv 中填写 indicator_id=accessible-waterfront。', 'An OSM file with water areas (natural=water, waterway=riverbank …), or indicator_id accessible-waterfront in indicators_dept.csv.'),
    },
  }),
  // ── 文化特色
  withinWalk('renewal-culture-access', '社区文化设施15分钟覆盖率', 'Culture within fifteen minutes', ['culture-centre', 'culture-station', 'public-culture'], 15, '社区文化设施', 'a place of culture'),
];
