/**
 * Indicators beyond the national list that cities add (特色指标), with the thresholds printed for them (standards: YC is Yichang’s table of 2025,
 * M the manual). A city’s own rule ships as `certain-local`.
 */
import type { CityClass, Indicator, IndicatorGroup, Threshold } from '../model.ts';
import type { Definition } from './define-indicator.ts';
import { MANUAL, UNITS, both, define, reported } from './define-indicator.ts';

const YICHANG = '宜昌市2025年城市体检指标体系';
const yichang = (op: '>=' | '<=', value: number, source: string): Threshold => ({ op, value, source: `${YICHANG}：${source}`, confidence: 'certain-local' });

type LocalDefinition = Omit<Definition, 'group'> & { readonly group?: IndicatorGroup };
const local = (source: string, definition: LocalDefinition): Indicator => define({ set: 'local', version: '2025.1', source, confidence: 'certain-local' }, { group: 'local', dimension: 'city', ...definition });

/** What only departments report: a name, a definition and where it comes from. */
const ofDepartment = (id: string, zh: string, en: string, definitionZh: string, definitionEn: string, rest: Partial<LocalDefinition> & { readonly source?: string } = {}): Indicator =>
  local(rest.source ?? MANUAL, {
    id, name: both(zh, en), unit: UNITS.percent, direction: 'up', level: 'city', computability: ['d'],
    definition: both(definitionZh, definitionEn),
    formula: both('部门统计值。', 'As reported by the departments.'),
    methods: [reported('ratio')],
    ...rest,
  });

const SHARED_SERVICES = ['community-health-centre', 'community-health-station', 'market', 'canteen'];
const BELOW_500K: readonly CityClass[] = ['small-1', 'small-2'];

export const LOCAL_INDICATORS: readonly Indicator[] = [
  local(YICHANG, {
    id: 'built-up-density',
    name: both('建成区人口密度', 'Population density of the built-up area'),
    unit: both('万人/km²', '10⁴ persons/km²'), direction: 'band', level: 'city', cityOnly: true, computability: ['a'],
    definition: both('建成区常住人口与建成区面积之比。', 'Residents of the built-up area divided by its area.'),
    formula: both('建成区人口 ÷ 建成区面积。', 'Residents of the built-up area ÷ its area.'),
    thresholds: [
      { when: { cityRank: ['prefecture'] }, op: 'between', value: 0.7, upper: 1.5, source: `${YICHANG}：地级市`, confidence: 'certain-local' },
      { when: { cityRank: ['county'] }, op: 'between', value: 0.6, upper: 1, source: `${YICHANG}：县级市`, confidence: 'certain-local' },
    ],
    methods: [{ operator: 'density', params: { of: { kind: 'persons', withoutOutside: true }, per: { by: 'built-up', unitM2: 100 } } }],
  }),
  local(`${YICHANG}（国家园林城市标准）`, {
    id: 'comprehensive-parks-10ha',
    name: both('10万人拥有综合公园个数（10公顷以上）', 'Comprehensive parks over 10 ha per 100,000 residents'),
    unit: both('个/10万人', 'per 10⁵ persons'), direction: 'up', level: 'city', cityOnly: true, computability: ['a'], confidence: 'certain',
    definition: both('常住人口50万以上城市中，面积大于10公顷的综合公园数量与每10万常住人口之比。', 'For cities of 500,000 residents and more: parks over 10 ha per 100,000 residents.'),
    formula: both('大于10公顷的公园数 ÷ (常住人口 ÷ 100000)。', 'Parks over 10 ha ÷ (residents ÷ 100,000).'),
    thresholds: [{ when: { cityClass: ['super-large', 'very-large', 'large-1', 'large-2', 'medium'] }, op: '>=', value: 1, source: '国家园林城市标准：不少于1个', confidence: 'certain' }],
    methods: [{ operator: 'facility-count', params: { facilities: ['park'], measure: 'count', leastM2: 100_000, per: { by: 'persons', unit: 100_000 } } }],
  }),
  local(`${YICHANG}（国家园林城市标准）`, {
    id: 'comprehensive-parks-5ha',
    name: both('10万人拥有综合公园个数（5公顷以上）', 'Comprehensive parks over 5 ha per 100,000 residents'),
    unit: both('个/10万人', 'per 10⁵ persons'), direction: 'up', level: 'city', cityOnly: true, computability: ['a'], confidence: 'certain',
    definition: both('常住人口50万以下城市中，面积大于5公顷的综合公园数量与每10万常住人口之比。', 'For cities of fewer than 500,000 residents: parks over 5 ha per 100,000 residents.'),
    formula: both('大于5公顷的公园数 ÷ (常住人口 ÷ 100000)。', 'Parks over 5 ha ÷ (residents ÷ 100,000).'),
    thresholds: [{ when: { cityClass: BELOW_500K }, op: '>=', value: 1, source: '国家园林城市标准：不少于1个', confidence: 'certain' }],
    methods: [{ operator: 'facility-count', params: { facilities: ['park'], measure: 'count', leastM2: 50_000, per: { by: 'persons', unit: 100_000 } } }],
  }),
  local(`${YICHANG}（一刻钟便民生活圈建设指南）`, {
    id: 'market-800m', dimension: 'block',
    name: both('菜市场（生鲜超市）覆盖率', 'Fresh food market coverage'),
    unit: UNITS.percent, direction: 'up', level: 'community', surveyTopic: 'daily-services', computability: ['a'],
    definition: both('菜市场或生鲜超市800米（步行约10分钟）范围覆盖的居住用地占全部居住用地的比例。', 'Share of residential land within 800 m (ten minutes on foot) of a fresh food market.'),
    formula: both('菜市场800米范围内的居住用地面积 ÷ 居住用地面积 × 100%。', 'Residential land within 800 m of a market ÷ residential land × 100 %.'),
    methods: [{ operator: 'land-coverage', params: { land: 'residential', facilities: ['market'], radiusM: 800 } }],
    finding: {
      kind: 'best-effort', bodies: ['商务局', '街道办事处'],
      problem: both('{place}菜市场（生鲜超市）覆盖率为{value}%[，未覆盖居民约{persons}人]。', 'Markets cover {value} % of the residential land of {place}[; about {persons} residents are not covered].'),
      advice: both('在未覆盖处引入生鲜超市或便民菜店，利用存量用房布点。', 'Bring fresh food shops into existing premises where none reaches.'),
    },
  }),
  ofDepartment('street-light-fitted', '道路装灯率', 'Roads fitted with lights', '装有路灯的城市道路长度占城市道路总长度的比例。', 'Share of the length of city roads that has street lights.', { source: `${YICHANG}（城市市容市貌干净整洁有序安全标准）`, thresholds: [{ op: '>=', value: 100, source: `${YICHANG}：装灯率100%`, confidence: 'certain' }], computability: ['d', 'f'] }),
  ofDepartment('street-light-intact', '道路照明设施完好率', 'Street lights intact', '完好的路灯占路灯总数的比例。', 'Share of the street lights that are intact.', { source: `${YICHANG}（城市市容市貌干净整洁有序安全标准）`, thresholds: [{ op: '>=', value: 98, source: `${YICHANG}：完好率不低于98%`, confidence: 'certain' }], computability: ['d', 'f'] }),
  ofDepartment('street-light-lit', '道路亮灯率', 'Street lights lit', '夜间正常亮灯的路灯占路灯总数的比例。', 'Share of the street lights that are lit at night.', { source: `${YICHANG}（城市市容市貌干净整洁有序安全标准）`, thresholds: [{ op: '>=', value: 95, source: `${YICHANG}：亮灯率不低于95%`, confidence: 'certain' }], computability: ['d', 'f'] }),
  ...([[300, 50], [500, 90]] as const).map(([metres, share]) =>
    local(`${YICHANG}（GB/T 51328-2018）`, {
      id: `bus-stop-coverage-${metres}m`, dimension: 'block',
      name: both(`公交站点${metres}米覆盖率`, `Bus stop coverage within ${metres} m`),
      unit: UNITS.percent, direction: 'up', level: 'city', surveyTopic: 'commute', computability: ['a', 'b'],
      definition: both(`公交站点${metres}米范围覆盖的建设用地占全部建设用地的比例。`, `Share of construction land within ${metres} m of a bus stop.`),
      formula: both(`公交站点${metres}米范围内的建设用地面积 ÷ 建设用地面积 × 100%。`, `Construction land within ${metres} m of a bus stop ÷ construction land × 100 %.`),
      thresholds: [yichang('>=', share, `引用GB/T 51328-2018，${metres}米不低于${share}%`)],
      methods: [{ operator: 'land-coverage', params: { land: 'construction', facilities: ['bus-stop'], radiusM: metres } }],
      finding: {
        kind: 'best-effort', bodies: ['交通运输局', '公交公司'],
        problem: both(`{place}公交站点${metres}米覆盖率为{value}%[，未达到标准（{standard}%）]。`, `Bus stops within ${metres} m cover {value} % of the construction land of {place}[; the standard is {standard} %].`),
        advice: both('增设站点、延伸或开行微循环线路，打通通往站点的步行通道。', 'Add stops, extend routes or run shuttles, and open footways to the stops.'),
      },
    }),
  ),
  local(`${YICHANG}（GB/T 50337-2018）`, {
    id: 'public-toilet-density', dimension: 'block',
    name: both('公厕设置密度', 'Density of public toilets'),
    unit: both('座/km²', 'toilets/km²'), direction: 'up', level: 'city', computability: ['a', 'c'],
    definition: both('公共厕所数量与建设用地面积之比。', 'Public toilets divided by construction land.'),
    formula: both('公共厕所数 ÷ 建设用地面积。', 'Public toilets ÷ construction land.'),
    thresholds: [yichang('>=', 4, '引用GB/T 50337-2018，不低于4座/km²')],
    methods: [{ operator: 'density', params: { of: { kind: 'facilities', facilities: ['public-toilet'] }, per: { by: 'construction-land', unitM2: 1e6 } } }],
    finding: {
      kind: 'best-effort', difficulty: 'low', bodies: ['城市管理局'],
      problem: both('{place}公厕设置密度为每平方公里{value}座[，未达到标准（{standard}座）]。', '{place} has {value} public toilets per km² of construction land[; the standard is {standard}].'),
      advice: both('补建独立或附建式公厕，推动沿街单位厕所开放。', 'Add toilets, on their own or in buildings, and have offices along the streets open theirs.'),
    },
  }),
  ofDepartment('waste-recycling-rate', '生活垃圾资源化利用率', 'Recycling rate of household waste', '生活垃圾中回收利用和资源化处理的比例。', 'Share of the household waste that is recycled or put to use.', { source: YICHANG, thresholds: [{ op: '>=', value: 55, source: `${YICHANG}：不低于55%`, confidence: 'certain' }] }),
  ofDepartment('smart-parking-coverage', '智能停车场管理系统覆盖率', 'Car parks with smart management', '接入智能管理系统的公共停车场占公共停车场总数的比例。', 'Share of the public car parks that are linked to smart management.', { source: YICHANG }),
  ofDepartment('old-community-renewal', '城镇老旧小区改造完成率', 'Old communities renewed', '当年完成改造的老旧小区占当年计划的比例。', 'Old communities renewed this year as a share of this year’s plan.', { source: YICHANG, dimension: 'community', thresholds: [{ op: '>=', value: 100, source: `${YICHANG}：完成年度计划`, confidence: 'certain' }], computability: ['s'] }),

  // ── the parts of #60 and #43, which the manual asks to count apart
  ...([['timed', '限时解决', 'time-limited'], ['best-effort', '尽力解决', 'best-effort']] as const).map(([kind, zh, en]) =>
    local(`${MANUAL}, 60`, {
      id: `rectification-rate-${kind}`, confidence: 'certain',
      name: both(`${zh}类问题整治完成率`, `Rectification rate of ${en} findings`),
      unit: UNITS.percent, direction: 'up', level: 'city', computability: ['s'],
      definition: both(`到期的${zh}类城市体检问题中已完成整治的比例。`, `Share of the ${en} findings due that have been rectified.`),
      formula: both('已完成整治数 ÷ 到期应整治数 × 100%。', 'Rectified ÷ due × 100 %.'),
      methods: [{ operator: 'task-rate', params: { class: kind, where: { column: 'source', op: 'in', values: ['指标', '问题', '城市体检', 'indicator', 'issue', 'finding'], whenEmpty: 'yes', whenAbsent: 'yes' } } }],
    }),
  ),
  local(`${MANUAL}, 53；TD/T 1063-2021`, {
    id: 'fire-five-minutes',
    name: both('消防救援5分钟可达覆盖率', 'Construction land within five minutes of a fire station'),
    unit: UNITS.percent, direction: 'up', level: 'city', surveyTopic: 'fire', computability: ['a'],
    definition: both('消防车沿道路行驶5分钟可达的建设用地占全部建设用地的比例。', 'Share of construction land that a fire engine reaches within five minutes along the streets.'),
    formula: both('消防站5分钟车行范围内的建设用地面积 ÷ 建设用地面积 × 100%。', 'Construction land within five minutes of driving ÷ construction land × 100 %.'),
    thresholds: [yichang('>=', 100, '消防救援5分钟可达覆盖率100%')],
    methods: [{ operator: 'fire-coverage', params: { land: 'construction', minutes: 5 } }],
    finding: {
      kind: 'best-effort', difficulty: 'high', bodies: ['消防救援支队', '自然资源和规划局'],
      problem: both('{place}建设用地中消防车5分钟可达的占{value}%[，未达到标准（{standard}%）]。', 'A fire engine reaches {value} % of the construction land of {place} within five minutes[; the standard is {standard} %].'),
      advice: both('补建消防站或小型站，打通消防通道和断头路。', 'Add stations, small ones where land is short, and open fire lanes and dead ends.'),
    },
  }),
  local('TD/T 1063-2021（指标名），宜昌市取值', {
    id: 'construction-land-per-person',
    name: both('人均城镇建设用地', 'Construction land per person'),
    unit: both('m²/人', 'm²/person'), direction: 'down', level: 'city', cityOnly: true, computability: ['a', 'd'],
    definition: both('城镇建设用地面积与常住人口之比。', 'Construction land divided by residents.'),
    formula: both('建设用地面积 ÷ 常住人口。', 'Construction land ÷ residents.'),
    thresholds: [yichang('<=', 130, '不高于130 m²/人')],
    methods: [{ operator: 'ratio', params: { of: { kind: 'land', land: ['construction'] }, per: { kind: 'persons' } } }],
  }),

  // ── special check of gas (专项体检)
  ...([
    ['gas-pipe-coverage', '管道燃气覆盖率', 'Homes with piped gas', '通管道燃气的户数占总户数的比例。', 'Share of the households that have piped gas.', 'up'],
    ['gas-pipe-survey-rate', '燃气管线普查归档率', 'Gas pipes surveyed and filed', '完成普查并归档的燃气管线长度占总长度的比例。', 'Share of the length of gas pipes that is surveyed and filed.', 'up'],
    ['gas-restaurant-alarms', '餐饮场所燃气报警装置安装率', 'Restaurants with gas alarms', '安装燃气泄漏报警装置的餐饮场所占使用燃气的餐饮场所的比例。', 'Share of the restaurants using gas that have leak alarms.', 'up'],
    ['gas-coating-damage', '燃气管道防腐层破损率', 'Damaged coating of gas pipes', '防腐层破损的燃气管道长度占检测长度的比例。', 'Share of the tested length of gas pipes whose coating is damaged.', 'down'],
    ['gas-smart-monitoring', '燃气管网智能监测率', 'Monitored share of gas pipes', '由物联网监测的燃气管网长度占总长度的比例。', 'Share of the length of gas pipes that is monitored by sensors.', 'up'],
    ['gas-old-pipe-renewal', '老旧燃气管道改造率', 'Old gas pipes renewed', '已改造的老旧燃气管道长度占应改造长度的比例。', 'Share of the length of old gas pipes that has been renewed.', 'up'],
    ['gas-third-party-rules', '第三方施工管理制度落实率', 'Third-party works under the rules', '落实燃气管道保护制度的第三方施工项目所占比例。', 'Share of the works by third parties that follow the rules for gas pipes.', 'up'],
    ['gas-unapproved-pipes', '未经审批燃气管道占比', 'Unapproved gas pipes', '未办理审批手续的燃气管道长度所占比例。', 'Share of the length of gas pipes that was never approved.', 'down'],
  ] as const).map(([id, zh, en, definitionZh, definitionEn, direction]) => ofDepartment(id, zh, en, definitionZh, definitionEn, { source: `${MANUAL}，燃气专项体检`, direction })),
  ofDepartment('gas-franchise-overlaps', '燃气特许经营区域重叠数量', 'Overlapping gas franchises', '燃气特许经营区域相互重叠的处数。', 'Number of overlaps of gas franchise areas.', { source: `${MANUAL}，燃气专项体检`, unit: both('处', 'overlaps'), direction: 'down', methods: [reported('sum')] }),

  // ── special check of football
  local(`${MANUAL}，足球场地专项体检`, {
    id: 'football-pitches-per-10k',
    name: both('每万人拥有足球场地块数', 'Football pitches per 10,000 residents'),
    unit: both('块/万人', 'per 10⁴ persons'), direction: 'up', level: 'city', cityOnly: true, computability: ['a', 'c'],
    definition: both('足球场地块数与每万常住人口之比。', 'Football pitches per 10,000 residents.'),
    formula: both('足球场地块数 ÷ (常住人口 ÷ 10000)。', 'Football pitches ÷ (residents ÷ 10,000).'),
    methods: [{ operator: 'facility-count', params: { facilities: ['football-pitch'], measure: 'count', per: { by: 'persons', unit: 10_000 } } }],
  }),
  ...([
    ['football-reuse-share', '足球场地复合利用率', 'Football pitches reused', '利用闲置地、屋顶、公园等复合用地建设的足球场地占比。', 'Share of the pitches built on idle land, roofs, parks and other land in several uses.'],
    ['football-multi-use-share', '足球场地多功能使用率', 'Multi-use football pitches', '可供多种运动使用的足球场地占比。', 'Share of the pitches that serve several sports.'],
    ['football-free-share', '足球场地免费开放率', 'Free football pitches', '免费或低收费向公众开放的足球场地占比。', 'Share of the pitches open to the public for free or for little.'],
    ['football-drainage-share', '足球场地排水达标率', 'Football pitches with good drainage', '排水质量达标的足球场地占比。', 'Share of the pitches whose drainage is up to the standard.'],
  ] as const).map(([id, zh, en, definitionZh, definitionEn]) => ofDepartment(id, zh, en, definitionZh, definitionEn, { source: `${MANUAL}，足球场地专项体检` })),

  // ── local features the manual lists
  ofDepartment('greenway-connected-share', '绿道贯通占比', 'Connected share of greenways', '已贯通的绿道长度占规划绿道长度的比例。', 'Length of connected greenways as a share of the length planned.'),
  ofDepartment('tree-lined-share', '林荫路覆盖率', 'Tree-lined share of roads', '林荫路长度占城市道路长度的比例。', 'Length of tree-lined roads as a share of city roads.'),
  local(`${MANUAL}，地方特色指标示例`, {
    id: 'elderly-canteen-coverage', dimension: 'community',
    name: both('老人食堂500米覆盖率', 'Elderly residents within 500 m of a canteen'),
    unit: UNITS.percent, direction: 'up', level: 'block', surveyTopic: 'elderly-care', computability: ['a', 'c'],
    definition: both('社区食堂、老年助餐点500米范围内的65岁及以上老年人占全部65岁及以上老年人的比例。', 'Share of residents of 65 and more who live within 500 m of a community canteen.'),
    formula: both('食堂500米范围内65岁及以上人口 ÷ 65岁及以上人口 × 100%。', 'Residents of 65 and more within 500 m of a canteen ÷ residents of 65 and more × 100 %.'),
    methods: [{ operator: 'person-coverage', params: { group: '65+', facilities: ['canteen'], radiusM: 500 } }],
  }),
  ofDepartment('healthy-community-share', '健康社区覆盖率', 'Healthy communities', '建成健康社区的社区占社区总数的比例。', 'Share of the communities that are recognised as healthy communities.', { dimension: 'community' }),
  local(`${MANUAL}，地方特色指标示例；国家“十四五”目标值凭记忆`, {
    id: 'nursery-places-per-1000', dimension: 'community',
    name: both('千人托位数', 'Infant-care places per 1,000 residents'),
    unit: both('个/千人', 'per 10³ persons'), direction: 'up', level: 'city', cityOnly: true, surveyTopic: 'infant-care', computability: ['c'], confidence: 'certain',
    definition: both('托育机构托位数与每千常住人口之比。', 'Places in infant care per 1,000 residents.'),
    formula: both('托位数 ÷ (常住人口 ÷ 1000)。', 'Places ÷ (residents ÷ 1,000).'),
    thresholds: [{ when: { from: 2025 }, op: '>=', value: 4.5, source: '国家目标：2025年每千人4.5个（凭记忆）', confidence: 'recalled' }],
    methods: [{ operator: 'facility-count', params: { facilities: ['nursery'], measure: 'capacity', per: { by: 'persons', unit: 1000 } } }, reported('none')],
  }),
  ofDepartment('affordable-kindergarten-share', '普惠性幼儿园占比', 'Affordable kindergartens', '普惠性幼儿园在园幼儿占全部在园幼儿的比例。', 'Share of the children in kindergarten who attend an affordable one.', { dimension: 'community' }),
  ofDepartment('outer-commute-share', '外围城市与中心城区平均通勤比例', 'Commuting between outer cities and the centre', '外围城市与中心城区之间的通勤人数占外围城市通勤人数的平均比例。', 'Mean share of the commuters of outer cities who travel to or from the centre.', { computability: ['m', 'd'], direction: 'inventory' }),
  ofDepartment('rail-bus-link-share', '轨道站点50米公交接驳覆盖率', 'Rail stations with a bus stop within 50 m', '50米范围内有公交站点的轨道站点占轨道站点总数的比例。', 'Share of the rail stations with a bus stop within 50 m.', {
    missing: {
      kind: 'no-data',
      reason: both('目前由部门填报；没有部门统计。', 'Departments report it; there are no such statistics.'),
      supply: both('在 indicators_dept.csv 中填写 indicator_id=rail-bus-link-share。', 'Give indicator_id rail-bus-link-share in indicators_dept.csv.'),
    },
  }),

  // ── limits of the list of 2021, recalled
  local('2021年城市体检指标体系（凭记忆）', {
    id: 'homes-over-80m', dimension: 'housing', confidence: 'recalled',
    name: both('高度超过80米的住宅数量', 'Homes over 80 m'),
    unit: UNITS.buildings, direction: 'down', level: 'city', computability: ['c'],
    definition: both('建筑高度超过80米的住宅楼栋数量。', 'Residential buildings higher than 80 m.'),
    formula: both('房屋建筑台账中高度大于80米的楼栋数。', 'Buildings of the register that are higher than 80 m.'),
    methods: [{ operator: 'registry-count', params: { table: 'buildings', where: { column: 'height_m', op: '>', value: 80 } } }],
  }),

  // ── industry and city (产城融合); no national standard was found
  local('产城融合指标：配套共享率（80%为讲话示例；500米为邻里中心常用半径，凭记忆；含义为平台设计）', {
    id: 'service-sharing', confidence: 'recalled',
    name: both('产业园区配套共享率', 'Shared services of industrial parks'),
    unit: UNITS.percent, direction: 'up', level: 'zone', computability: ['a', 'c'],
    definition: both('产业园区建设用地中500米范围内有社区卫生服务、菜市场或食堂等生活配套的比例；没有用地数据时按就业岗位计。', 'Share of the construction land of an industrial park with a community health facility, a market or a canteen within 500 m; of jobs where land use is unknown.'),
    formula: both('500米范围内有生活配套的建设用地 ÷ 建设用地 × 100%。', 'Construction land with such a service within 500 m ÷ construction land × 100 %.'),
    thresholds: [{ op: '>=', value: 80, source: '产城融合讲话（示例值80%）', confidence: 'certain' }],
    methods: [
      // the jobs of a park are often one number at one spot, which is within reach or not as a whole
      { operator: 'land-coverage', params: { land: 'construction', facilities: SHARED_SERVICES, radiusM: 500 }, quality: 'proxy' },
      { operator: 'job-coverage', params: { facilities: SHARED_SERVICES, radiusM: 500 } },
    ],
  }),
  local('产城融合指标：空置率；平台设计', {
    id: 'vacancy', dimension: 'housing',
    name: both('住房空置率（推算）', 'Vacant homes, estimated'),
    unit: UNITS.percent, direction: 'down', level: 'community', computability: ['c', 'a*'],
    definition: both('按居住人口和户均人口推算的无人居住的住房套数占住房总套数的比例。', 'Share of the dwellings that nobody lives in, estimated from residents and the size of households.'),
    formula: both('max(0，套数 − 居住人口 ÷ 户均人口) ÷ 套数 × 100%。', 'Dwellings − residents ÷ persons per household, at least 0, ÷ dwellings × 100 %.'),
    methods: [{ operator: 'vacancy', params: { by: 'persons', value: 'vacant-share' } }],
    finding: {
      kind: 'best-effort', bodies: ['住房城乡建设局', '区（县）人民政府'],
      problem: both('{place}推算住房空置率为{value}%。', 'An estimated {value} % of the homes of {place} are vacant.'),
      advice: both('收购存量商品房用作保障性住房，控制周边住宅用地供应，补齐公共服务后引导入住。', 'Buy vacant homes for affordable housing, hold back residential land nearby, and bring services so that people move in.'),
    },
  }),
  ...([
    ['park-floor-vacancy', '园区建筑空置率', 'Vacant floor of industrial parks', UNITS.percent, 'down', 'vacant_floor', 'floor', 100, '产业园区空置建筑面积占总建筑面积的比例。', 'Vacant floor as a share of the floor of industrial parks.'],
    ['park-investment-per-ha', '园区投资强度', 'Investment per hectare of industrial parks', both('万元/ha', '10⁴ yuan/ha'), 'up', 'invest', 'land_ha', 1, '产业园区累计投资与用地面积之比。', 'Investment in industrial parks divided by their land.'],
    ['park-tax-per-ha', '园区地均税收', 'Tax per hectare of industrial parks', both('万元/ha', '10⁴ yuan/ha'), 'up', 'tax', 'land_ha', 1, '产业园区年税收与用地面积之比。', 'Yearly tax of industrial parks divided by their land.'],
    ['park-output-per-ha', '园区地均产出', 'Output per hectare of industrial parks', both('万元/ha', '10⁴ yuan/ha'), 'up', 'output', 'land_ha', 1, '产业园区年产值与用地面积之比。', 'Yearly output of industrial parks divided by their land.'],
    ['park-resident-workers', '园区职工就地居住比例', 'Workers living in the industrial park', UNITS.percent, 'up', 'resident_workers', 'jobs', 100, '在园区居住的职工占园区就业人数的比例。', 'Workers who live in the park as a share of its jobs.'],
  ] as const).map(([id, zh, en, unit, direction, numerator, denominator, times, definitionZh, definitionEn]) =>
    local('产城融合指标（手册、成都双挂钩；平台设计参数）', {
      id, name: both(zh, en), unit, direction, level: 'city', computability: ['c', 'd'],
      definition: both(definitionZh, definitionEn),
      formula: both(`产业园区台账：Σ${numerator} ÷ Σ${denominator}${times === 1 ? '' : ` × ${times}%`}。`, `Register of industrial parks: sum of ${numerator} ÷ sum of ${denominator}${times === 1 ? '' : ` × ${times} %`}.`),
      methods: [{ operator: 'registry-ratio', params: { table: 'parks', numerator: [{ column: numerator }], denominator: [{ column: denominator }], times } }],
    }),
  ),
];
