/**
 * Access and commuting along the streets, and how evenly access is spread. What TD/T 1063-2021 calls 步行可达覆盖率 is here by residents; its values were
 * only recalled, so nothing of it is a standard. Modelled commutes are modelled, never observed.
 */
import type { Bilingual } from '../../core/bilingual.ts';
import { nameGroup } from '../city/spoken-names.ts';
import type { Indicator, Method } from '../model.ts';
import type { Definition } from './define-indicator.ts';
import { UNITS, both, define, reported } from './define-indicator.ts';

const OWN = '平台设计（算子说明见文档）';
const NR = 'TD/T 1063-2021 国土空间规划城市体检评估规程（凭记忆）';
const COMMUTE = '中国主要城市通勤监测报告2024（中规院、住房城乡建设部、百度）';

/** Those that say where a place falls short, and to whom, are of the set `local`: they enter the ledger. */
const access = (source: string, { set = 'accessibility', ...definition }: Omit<Definition, 'group'> & Partial<Pick<Indicator, 'group' | 'set'>>): Indicator =>
  define({ set, version: '2025.1', source, confidence: source === COMMUTE ? 'certain' : 'recalled' }, { group: 'accessibility', ...definition });

const equity = (definition: Omit<Definition, 'group' | 'level'>): Indicator => access(OWN, { group: 'equity', level: 'city', ...definition });

const KINDS = {
  health: ['community-health-centre', 'community-health-station'],
  elderly: ['elderly-day-care', 'nursing-home', 'elderly-care-home'],
  culture: ['culture-centre', 'culture-station', 'public-culture'],
  sport: ['large-sports-ground', 'medium-sports-ground', 'small-sports-ground', 'fitness-ground', 'sports-hall'],
} as const;

/** Of the group it is meant for; of all residents, as a proxy, where no age groups are known. */
const byGroup = (group: string, of: (group: string) => Method): readonly Method[] => (group === 'total' ? [of(group)] : [of(group), { ...of('total'), quality: 'proxy' }]);
const ofAll = (group: string): Bilingual => (group === 'total' ? both('', '') : both('没有该年龄组人口时按全部人口计。', ' Of all residents where the age group is not known.'));

/** Share of residents (or of a group) with a facility within so many minutes on foot. */
const withinWalk = (id: string, zh: string, en: string, oneEn: string, minutes: number, facilities: readonly string[], group = 'total', leastM2?: number): Indicator =>
  access(NR, {
    id, level: 'community',
    name: both(`${zh}步行${minutes}分钟覆盖率`, `${en} within ${minutes} minutes on foot`),
    unit: UNITS.percent, direction: 'up', computability: ['a'],
    definition: both(`沿路网步行${minutes}分钟内可到达${zh}的人口${group === 'total' ? '' : `（${nameGroup(group).zh}）`}比例。`, `Share of ${group === 'total' ? 'residents' : nameGroup(group).en} who reach ${oneEn} within ${minutes} minutes on foot along the streets.`),
    formula: both(`步行${minutes}分钟内可达的人口 ÷ 人口 × 100%。${ofAll(group).zh}`, `Persons who reach it within ${minutes} minutes ÷ persons × 100 %.${ofAll(group).en}`),
    methods: byGroup(group, (of) => ({ operator: 'person-coverage', params: { group: of, facilities, minutes, measure: 'walk', ...(leastM2 !== undefined && { leastM2 }) } })),
  });

/** Mean way on foot to the nearest. */
const nearest = (id: string, zh: string, en: string, facilities: readonly string[], group = 'total'): Indicator =>
  access(OWN, {
    id, level: 'community',
    name: both(`到最近${zh}的平均步行距离`, `Mean walk to the nearest ${en}`),
    unit: UNITS.metres, direction: 'down', computability: ['a'],
    definition: both(`居民沿路网步行到最近${zh}的平均距离，按人口加权。`, `Mean length of the way on foot from where residents live to the nearest ${en}, as a mean over persons.`),
    formula: both(`Σ(人口 × 步行距离) ÷ Σ人口；20公里内没有的不计入。${ofAll(group).zh}`, `Sum of persons × walking distance ÷ persons; those with none within 20 km are left out.${ofAll(group).en}`),
    methods: byGroup(group, (of) => ({ operator: 'nearest-distance', params: { facilities, group: of, measure: 'walk', statistic: 'mean' } })),
  });

const jobs = { of: 'jobs' } as const;

export const ACCESSIBILITY_INDICATORS: readonly Indicator[] = [
  withinWalk('walk-park-5', '公园绿地、广场', 'Park or square', 'a park or square', 5, ['park', 'square'], 'total', 400),
  withinWalk('walk-health-15', '卫生设施', 'Health facility', 'a community health facility', 15, KINDS.health),
  withinWalk('walk-elderly-5', '社区养老设施', 'Elderly care', 'a facility for elderly care', 5, KINDS.elderly, '65+'),
  withinWalk('walk-elderly-15', '养老设施', 'Elderly care', 'a facility for elderly care', 15, KINDS.elderly, '65+'),
  withinWalk('walk-culture-15', '文化设施', 'Culture', 'a place of culture', 15, KINDS.culture),
  withinWalk('walk-sport-15', '体育设施', 'Sports ground', 'a sports ground or hall', 15, KINDS.sport),
  withinWalk('walk-primary-10', '社区小学', 'Primary school', 'a primary school', 10, ['primary-school'], '6-11'),
  withinWalk('walk-secondary-15', '社区中学', 'Junior secondary school', 'a junior secondary school', 15, ['junior-secondary-school'], '12-14'),
  withinWalk('walk-market-10', '菜市场（生鲜超市）', 'Fresh food market', 'a fresh food market', 10, ['market']),
  nearest('distance-kindergarten', '幼儿园', 'kindergarten', ['kindergarten'], '3-5'),
  nearest('distance-primary-school', '小学', 'primary school', ['primary-school'], '6-11'),
  nearest('distance-health', '社区卫生设施', 'community health facility', KINDS.health),
  nearest('distance-market', '菜市场', 'market', ['market']),
  nearest('distance-park', '公园', 'park', ['park']),
  nearest('distance-bus-stop', '公交站', 'bus stop', ['bus-stop']),
  access(OWN, {
    id: 'network-detour', set: 'local', level: 'community',
    name: both('步行严重绕行人口比例', 'Residents cut off on foot'),
    unit: UNITS.percent, direction: 'down', computability: ['a'],
    definition: both(
      '到直线1000米（十五分钟生活圈半径）内其他住处的步行距离平均超过直线距离3倍的居民比例。被河流、铁路、围墙阻隔的地方数值高。',
      'Share of residents whose way on foot to where others live within 1,000 m, the radius of a fifteen-minute circle, is on average more than three times the straight line. Rivers, railways and walls make it high.',
    ),
    formula: both('平均绕行系数大于3的人口 ÷ 人口 × 100%。', 'Residents whose mean detour exceeds 3 ÷ residents × 100 %.'),
    methods: [{ operator: 'network-detour', params: { measure: 'walk', withinM: 1000, statistic: 'share-over', over: 3 } }],
    finding: {
      kind: 'best-effort', difficulty: 'high', bodies: ['自然资源和规划局', '住房城乡建设局'],
      problem: both('{place}有{value}%的居民步行绕行超过直线距离3倍，出行被河流、铁路或围墙阻隔[，涉及约{persons}人]。', 'For {value} % of the residents of {place} ways on foot are more than three times the straight line: a river, a railway or walls stand between[, concerning about {persons} residents].'),
      advice: both('增设步行桥、过街通道或打开围墙，连通被分隔的居住区。', 'Add footbridges or crossings, or open walls, to join what is cut apart.'),
    },
  }),
  access(OWN, {
    id: 'walking-detour', level: 'community',
    name: both('步行绕行系数', 'Detour on foot'),
    unit: both('m/m', 'm/m'), direction: 'down', computability: ['a'],
    definition: both('居民步行到直线500米内其他住处的路网距离与直线距离之比，按人口平均。', 'Way on foot divided by the straight line, from where people live to where others live within 500 m, as a mean over persons.'),
    formula: both('Σ(人口 × 步行距离 ÷ 直线距离) ÷ Σ人口。', 'Sum of persons × way on foot ÷ straight line, ÷ persons.'),
    methods: [{ operator: 'network-detour', params: { measure: 'walk', withinM: 500, statistic: 'mean' } }],
  }),
  // ── commuting
  access(OWN, {
    id: 'rail-800m-population', level: 'city',
    name: both('轨道站点800米人口覆盖率', 'Residents within 800 m of rail'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'rail', computability: ['a'],
    definition: both('轨道站点出入口（没有出入口时为站点）800米范围内的人口比例。只说明居住一端，不能代替第43项。', 'Share of residents within 800 m of an entrance of a rail station (of the station where entrances are unknown). It tells of homes only and does not stand in for indicator 43.'),
    formula: both('800米范围内人口 ÷ 人口 × 100%。', 'Residents within 800 m ÷ residents × 100 %.'),
    methods: [
      { operator: 'person-coverage', params: { facilities: ['rail-entrance'], radiusM: 800 } },
      { operator: 'person-coverage', params: { facilities: ['rail-station'], radiusM: 800 } },
    ],
  }),
  access(OWN, {
    id: 'rail-800m-jobs', level: 'city',
    name: both('轨道站点800米岗位覆盖率', 'Jobs within 800 m of rail'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'rail', computability: ['c', 'a*'],
    definition: both('轨道站点出入口（没有出入口时为站点）800米范围内的就业岗位比例。只说明就业一端，不能与人口覆盖率相乘。', 'Share of jobs within 800 m of an entrance of a rail station (of the station where entrances are unknown). It tells of jobs only and must not be multiplied with the share of residents.'),
    formula: both('800米范围内岗位 ÷ 岗位 × 100%。', 'Jobs within 800 m ÷ jobs × 100 %.'),
    methods: [
      { operator: 'job-coverage', params: { facilities: ['rail-entrance'], radiusM: 800 } },
      { operator: 'job-coverage', params: { facilities: ['rail-station'], radiusM: 800 } },
      reported('ratio'),
    ],
  }),
  ...([
    ['commute-45-share', '45分钟以内通勤比重', 'Commutes within 45 minutes', '单程45分钟以内的通勤占全部通勤的比例。2024年全国77%。', 'Share of commutes of at most 45 minutes one way. 2024: 77 %.', UNITS.percent, 'up', 80],
    ['commute-60-share', '60分钟以上通勤比重', 'Commutes over 60 minutes', '单程60分钟以上的极端通勤占全部通勤的比例。2022年12%。', 'Share of commutes over 60 minutes one way. 2022: 12 %.', UNITS.percent, 'down', undefined],
    ['commute-minutes', '单程平均通勤时耗', 'Mean commuting time', '单程通勤的平均时间。2022年36分钟。', 'Mean time of a commute one way. 2022: 36 minutes.', UNITS.minutes, 'down', undefined],
    ['commute-radius', '通勤空间半径', 'Commuting radius', '容纳大部分通勤起讫点的空间半径。', 'Radius that holds the bulk of the ends of commutes.', UNITS.km, 'inventory', undefined],
    ['commute-km', '单程平均通勤距离', 'Mean commuting distance', '单程通勤的平均距离。', 'Mean length of a commute one way.', UNITS.km, 'down', undefined],
    ['commute-5km-share', '5公里以内幸福通勤比重', 'Commutes within 5 km', '单程5公里以内的通勤占全部通勤的比例。2022年50%。', 'Share of commutes within 5 km one way. 2022: 50 %.', UNITS.percent, 'up', undefined],
    ['transit-45-share', '45分钟公交服务能力占比', 'Commutes possible by public transport in 45 minutes', '公共交通45分钟内可以完成的通勤占全部通勤的比例。', 'Share of commutes that public transport completes within 45 minutes.', UNITS.percent, 'up', undefined],
  ] as const).map(([id, zh, en, definitionZh, definitionEn, unit, direction, target]) =>
    access(COMMUTE, {
      id, name: both(zh, en), unit, direction, level: 'city', surveyTopic: 'commute', computability: ['m', 'd'],
      definition: both(definitionZh, definitionEn),
      formula: both('由手机信令等大数据统计，部门填报。', 'From mobile-phone data, reported by the departments.'),
      thresholds: target === undefined ? [] : [{ op: '>=', value: target, source: `${COMMUTE}：目标不低于${target}%`, confidence: 'certain' }],
      methods: [reported('none')],
    }),
  ),
  access(OWN, {
    id: 'jobs-housing-separation', level: 'city', surveyTopic: 'commute',
    name: both('职住分离度', 'Jobs–housing separation'),
    unit: UNITS.km, direction: 'down', computability: ['a*', 'c', 'd'],
    definition: both(
      '居住与就业最优匹配时理论上的最短平均通勤距离（直线公里）。以劳动年龄居民代替就业居民，按岗位总数折算；只有全市有值，沿道路的距离只会更长。部门按手机信令等统计的数值优先。',
      'Least mean length that commutes could have if residents and jobs were paired at best, in a straight line. Residents of working age stand for workers and are scaled to the jobs; only the city has a value. Ways along streets are longer. A figure of the departments, from mobile-phone data, comes first.',
    ),
    formula: both('运输问题 min Σ 人数 × 直线距离 ÷ 岗位总数，求得经对偶价格验证的最优解。', 'Transportation problem: least sum of persons × straight distance ÷ jobs, its optimum proved by dual prices.'),
    methods: [
      reported('none'),
      { operator: 'jobs-housing-separation', params: { without: ['0-2', '3-5', '6-11', '12-14', '65+'] }, quality: 'proxy' },
      { operator: 'jobs-housing-separation', params: {}, quality: 'proxy' },
    ],
    missing: {
      kind: 'no-data',
      reason: both('没有部门填报值，也没有可供推算的就业岗位分布（或人口）。', 'No figure of the departments, and no jobs (or no residents) to work it out from.'),
      supply: both('含坐标和 jobs（就业岗位）列的表，或在 indicators_dept.csv 中填写 indicator_id=jobs-housing-separation。', 'A table with coordinates and a column jobs, or indicator_id jobs-housing-separation in indicators_dept.csv.'),
    },
  }),
  access(OWN, {
    id: 'commute-5km-modelled', level: 'city', surveyTopic: 'commute',
    name: both('5公里以内通勤比重（模型推算）', 'Commutes within 5 km, modelled'),
    unit: UNITS.percent, direction: 'up', computability: ['a*'],
    definition: both('以居住人口和就业岗位为起讫、按距离衰减分配的推算通勤中，直线5公里以内的比例。不是观测值。', 'Share of commutes within 5 km in a straight line, in a model that shares residents out over jobs by distance. Not observed.'),
    formula: both('起点约束重力模型，平均距离按8公里标定（假设）。', 'Origin-constrained gravity model, calibrated to a mean of 8 km, which is an assumption.'),
    methods: [{ operator: 'commute-share', params: { metres: 5000 }, quality: 'proxy' }],
  }),
  access(OWN, {
    id: 'gtfs-headway', set: 'local', level: 'community',
    name: both('公交发车间隔', 'Headway of public transport'),
    unit: both('min/班', 'min per departure'), direction: 'down', surveyTopic: 'commute', computability: ['b'],
    definition: both('工作日7至19时居民500米内最密站点的发车间隔，按人口平均；500米内没有公交的居民按60分钟计。', 'Shortest headway of a stop within 500 m of residents on a working day from 7 to 19 h, as a mean over persons; where nothing stops within 500 m it counts as an hour.'),
    formula: both('Σ(人口 × 最短间隔) ÷ Σ人口。', 'Sum of persons × shortest headway ÷ persons.'),
    methods: [{ operator: 'stop-frequency', params: { statistic: 'person-headway', radiusM: 500, unservedMin: 60 } }],
    finding: {
      kind: 'best-effort', bodies: ['交通运输局', '公交公司'],
      problem: both('{place}工作日平均每{value}分钟才有一班公交[，涉及居民约{persons}人]。', 'Residents of {place} have a bus every {value} minutes on working days[, concerning about {persons} residents].'),
      advice: both('加密班次、延长服务时间，开行连接轨道站的接驳线或定制公交。', 'Run more often and longer, and link to rail by shuttles or on demand.'),
    },
  }),
  access(OWN, {
    id: 'frequent-transit-residents', level: 'city',
    name: both('500米内有高频公交的人口比例', 'Residents near frequent public transport'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'commute', computability: ['b'],
    definition: both('直线500米内有工作日7至19时至少每20分钟一班的站点的人口比例。', 'Share of residents within 500 m in a straight line of a stop served at least every 20 minutes on a working day from 7 to 19 h.'),
    formula: both('满足条件的人口 ÷ 人口 × 100%。', 'Residents with such a stop ÷ residents × 100 %.'),
    methods: [{ operator: 'stop-frequency', params: { statistic: 'persons-frequent', headwayMin: 20, radiusM: 500 } }],
  }),
  ...([['walk', '步行', 'on foot', 30], ['bike', '骑行', 'by bicycle', 30], ['drive', '驾车', 'by car', 30]] as const).map(([mode, zh, en, minutes]) =>
    access(OWN, {
      id: `jobs-${mode}-${minutes}`, level: 'block',
      name: both(`${zh}${minutes}分钟可达岗位比例`, `Jobs reached within ${minutes} minutes ${en}`),
      unit: UNITS.percent, direction: 'up', surveyTopic: 'commute', computability: ['a*', 'c'],
      definition: both(`居民${zh}${minutes}分钟内可到达的就业岗位占全部岗位的比例，按人口平均；车速为畅行速度。`, `Jobs that residents reach within ${minutes} minutes ${en} as a share of all, as a mean over persons; cars at free-flow speed.`),
      formula: both('Σ(人口 × 可达岗位) ÷ Σ人口 ÷ 岗位总数 × 100%。', 'Sum of persons × jobs reached ÷ persons ÷ all jobs × 100 %.'),
      methods: [{ operator: 'access-cumulative', params: { opportunity: jobs, mode, minutes, as: 'share' } }],
    }),
  ),
  access(OWN, {
    id: 'jobs-gravity', level: 'block',
    name: both('岗位重力可达性', 'Gravity access to jobs'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'commute', computability: ['a*', 'c'],
    definition: both('岗位按驾车时间指数衰减（30分钟减半）加权后占全部岗位的比例，按人口平均。', 'Jobs weighted by driving time (half at 30 minutes) as a share of all, as a mean over persons.'),
    formula: both('Σ岗位 × exp(−βt)，60分钟截止。', 'Sum of jobs × exp(−βt), up to 60 minutes.'),
    methods: [{ operator: 'access-gravity', params: { opportunity: jobs, mode: 'drive', minutes: 60, decay: { kind: 'exp', rate: 0.0231 }, as: 'share' } }],
  }),
  access(OWN, {
    id: 'jobs-balancing-cost', level: 'block',
    name: both('岗位平衡时间', 'Balancing time for jobs'),
    unit: UNITS.minutes, direction: 'down', surveyTopic: 'commute', computability: ['a*', 'c'],
    definition: both('居民骑行可到达的岗位数等于所在单元人口数所需的时间，按人口平均。', 'Minutes by bicycle until residents reach as many jobs as persons live in their unit, as a mean over persons.'),
    formula: both('使可达岗位数不少于单元人口的最短时间。', 'Least time within which the jobs reached are no fewer than the persons of the unit.'),
    methods: [{ operator: 'balancing-cost', params: { opportunity: jobs, mode: 'bike', minutes: 60 } }],
  }),
  access(OWN, {
    id: 'second-hospital-minutes', level: 'block',
    name: both('到第二近医院的驾车时间', 'Drive to the second hospital'),
    unit: UNITS.minutes, direction: 'down', surveyTopic: 'health-centre', computability: ['a'],
    definition: both('居民驾车到第二近医院的平均时间，反映有无选择；超过60分钟按60分钟计。', 'Mean driving time to the second closest hospital, which tells whether there is a choice; over 60 minutes counts as 60.'),
    formula: both('Σ(人口 × 时间) ÷ Σ人口。', 'Sum of persons × minutes ÷ persons.'),
    methods: [{ operator: 'access-kth', params: { facilities: ['hospital'], k: 2, mode: 'drive', minutes: 60 } }],
  }),
  ...([['2sfca', '两步移动搜寻法', 'two-step floating catchment'], ['bfca', '平衡移动搜寻法', 'balanced floating catchment']] as const).map(([method, zh, en]) =>
    access(OWN, {
      id: `primary-places-${method}`, level: 'community',
      name: both(`小学学位可达性（${zh}）`, `Access to primary-school places (${en})`),
      // the balanced shares depend on how many points residents stand at: they rank places, they are no number of school places (Paez et al. 2019)
      unit: method === 'bfca' ? UNITS.index : both('个/千人', 'per 10³ persons'), direction: 'up', surveyTopic: 'primary-school', computability: ['c', 'a*'],
      definition: both(
        `步行1000米范围内每千名6至11岁儿童可得的小学学位数，学校的学位先按服务范围内的儿童分配（${zh}）。${method === 'bfca' ? '数值只用于单元之间比较。' : ''}`,
        `Primary-school places per 1,000 children of 6 to 11 within 1,000 m on foot, each school’s places first shared out over the children it serves (${en}).${method === 'bfca' ? ' The number serves to compare places only.' : ''}`,
      ),
      formula: both('Σ 学校学位 ÷ 服务范围内儿童数。', 'Sum over schools in reach of places ÷ children in their catchment.'),
      methods: [{
        operator: 'access-floating-catchment',
        params: { method, opportunity: { of: 'facilities', kinds: ['primary-school'], weight: 'capacity' }, mode: 'walk', metres: 1000, group: '6-11', per: 1000, ...(method === 'bfca' && { decay: { kind: 'linear' } }) },
      }],
    }),
  ),
  access(OWN, {
    id: 'health-availability', level: 'block',
    name: both('社区卫生设施空间可得性', 'Spatial availability of community health'),
    unit: both('处/万人', 'per 10⁴ persons'), direction: 'up', surveyTopic: 'health-centre', computability: ['a', 'c'],
    definition: both('考虑居民竞争后每万人可得的社区卫生设施数，步行2000米内随距离线性衰减。', 'Community health facilities available per 10,000 residents who compete for them, fading linearly to 2,000 m on foot.'),
    formula: both('按人口和距离分配设施后的人均量 × 10000。', 'Facilities shared out by population and distance, per person × 10,000.'),
    methods: [{ operator: 'access-availability', params: { opportunity: { of: 'facilities', kinds: KINDS.health }, mode: 'walk', metres: 2000, decay: { kind: 'linear' }, per: 10_000 } }],
  }),
  access(OWN, {
    id: 'land-mix', level: 'block',
    name: both('用地混合度', 'Mix of land uses'),
    unit: UNITS.index, direction: 'inventory', computability: ['a'],
    definition: both('单元内居住、就业、商业、公共服务和绿地等用地的香农熵，0为单一，1为均匀。', 'Shannon entropy of the residential, work, trade, public and green land of the unit: 0 for one use, 1 for equal parts.'),
    formula: both('−Σ(p × ln p) ÷ ln k。', '−Σ(p × ln p) ÷ ln k.'),
    methods: [{ operator: 'land-mix', params: {} }],
  }),
  access(OWN, {
    id: 'walk-intersection-density', level: 'block',
    name: both('步行路网交叉口密度', 'Intersections of the walking network'),
    unit: both('个/km²', 'intersections/km²'), direction: 'up', computability: ['a'],
    definition: both('步行路网中三条及以上道路相交的路口数与建成区面积之比。', 'Junctions of three ways and more of the walking network divided by the built-up area.'),
    formula: both('路口数 ÷ 建成区面积。', 'Junctions ÷ built-up area.'),
    methods: [{ operator: 'intersection-density', params: { mode: 'walk' } }],
  }),

  // ── how evenly
  equity({
    id: 'gini-parks',
    name: both('公园可达性基尼系数', 'Gini of access to parks'),
    unit: UNITS.index, direction: 'down', surveyTopic: 'park', computability: ['a'],
    definition: both('居民步行15分钟内可达公园面积的基尼系数，0为完全平均。', 'Gini coefficient of the park land that residents reach within 15 minutes on foot; 0 is even.'),
    formula: both('按人口加权的基尼系数。', 'Gini coefficient weighted by persons.'),
    methods: [{ operator: 'inequality', params: { of: { operator: 'access-cumulative', params: { opportunity: { of: 'facilities', kinds: ['park'], weight: 'land' }, mode: 'walk', minutes: 15 } }, measure: 'gini' } }],
  }),
  equity({
    id: 'palma-jobs',
    name: both('岗位可达性帕尔马比值', 'Palma ratio of access to jobs'),
    unit: UNITS.ratio, direction: 'down', surveyTopic: 'commute', computability: ['a*', 'c'],
    definition: both('骑行30分钟可达岗位最多的10%居民与最少的40%居民的平均值之比。', 'Jobs within 30 minutes by bicycle: mean of the best served tenth of residents divided by that of the worst served 40 %.'),
    formula: both('前10%均值 ÷ 后40%均值。', 'Mean of the top 10 % ÷ mean of the bottom 40 %.'),
    methods: [{ operator: 'inequality', params: { of: { operator: 'access-cumulative', params: { opportunity: jobs, mode: 'bike', minutes: 30, as: 'share' } }, measure: 'palma' } }],
  }),
  equity({
    id: 'theil-between-blocks',
    name: both('公园可达性街区间差异占比', 'Inequality of park access between blocks'),
    unit: UNITS.percent, direction: 'down', surveyTopic: 'park', computability: ['a'],
    definition: both('步行15分钟可达公园面积的泰尔指数中，街区之间差异所占的比例。', 'Share of the Theil index of park land within 15 minutes on foot that is between blocks.'),
    formula: both('街区间泰尔指数 ÷ 总泰尔指数 × 100%。', 'Theil index between blocks ÷ Theil index × 100 %.'),
    methods: [{ operator: 'inequality', params: { of: { operator: 'access-cumulative', params: { opportunity: { of: 'facilities', kinds: ['park'], weight: 'land' }, mode: 'walk', minutes: 15 } }, measure: 'theil', part: 'between-share', units: 'block' } }],
  }),
  equity({
    id: 'concentration-health-elderly',
    name: both('社区卫生可达性集中指数（老龄）', 'Concentration of health access by age'),
    unit: UNITS.index, direction: 'inventory', surveyTopic: 'health-centre', computability: ['a'],
    definition: both('单元按65岁及以上人口比例排序时，步行15分钟可达社区卫生设施数的集中指数；负值表示老年人少的地方更便利。', 'Concentration index of community health facilities within 15 minutes on foot, units ranked by their share of elderly residents; negative where places with fewer elderly are better served.'),
    formula: both('集中指数。', 'Concentration index.'),
    methods: [{ operator: 'inequality', params: { of: { operator: 'access-cumulative', params: { opportunity: { of: 'facilities', kinds: KINDS.health }, mode: 'walk', minutes: 15 } }, measure: 'concentration', rankBy: '65+' } }],
  }),
  equity({
    id: 'fgt-parks',
    name: both('公园可达性匮乏人口比例', 'Residents poor in park access'),
    unit: UNITS.ratio, direction: 'down', surveyTopic: 'park', computability: ['a'],
    definition: both('步行15分钟可达公园面积不足4000平方米（GB 50180-2018中五分钟生活圈公园的最小规模）的人口所占份额。', 'Share of residents who reach less than 4,000 m² of park within 15 minutes on foot (the least park of a five-minute circle in GB 50180-2018).'),
    formula: both('FGT指数，α=0，贫困线4000平方米。', 'FGT index, α = 0, line 4,000 m².'),
    methods: [{ operator: 'inequality', params: { of: { operator: 'access-cumulative', params: { opportunity: { of: 'facilities', kinds: ['park'], weight: 'land' }, mode: 'walk', minutes: 15 } }, measure: 'fgt', line: 4000, alpha: 0 } }],
  }),
  equity({
    id: 'moran-density',
    name: both('人口密度空间自相关', 'Spatial autocorrelation of density'),
    unit: UNITS.index, direction: 'inventory', computability: ['a'],
    definition: both('社区人口密度的莫兰指数，正值表示密度相近的社区聚集。', 'Moran’s I of the population density of communities; positive where like lies beside like.'),
    formula: both('莫兰指数，相邻关系取最近8个单元。', 'Moran’s I with the eight nearest units as neighbours.'),
    methods: [{ operator: 'autocorrelation', params: { of: { density: 'total' }, measure: 'moran', units: 'community' } }],
  }),
  equity({
    id: 'hot-spots-elderly',
    name: both('老龄化热点', 'Hot spots of elderly residents'),
    unit: both('z值', 'z score'), direction: 'inventory', computability: ['a'],
    definition: both('社区65岁及以上人口比例的Getis–Ord Gi*统计量，高于1.96为热点，低于−1.96为冷点。', 'Getis–Ord Gi* of the share of elderly residents of communities: above 1.96 a hot spot, below −1.96 a cold spot.'),
    formula: both('Gi* 的z值。', 'Gi* as z.'),
    methods: [{ operator: 'autocorrelation', params: { of: { share: '65+' }, measure: 'hot-spots', units: 'community' } }],
  }),
];
