/**
 * 街区: 22–29 of the national list. Land counts, not persons: residential land within reach of a facility, facilities outside the unit included. Parks
 * and grounds reach from their border.
 */
import type { Indicator } from '../model.ts';
import { UNITS, both, eventCode, national, reported } from './define-indicator.ts';

const ofDepartment = (number: number, zh: string, en: string): Indicator['missing'] => ({
  kind: 'no-method',
  reason: both(zh, en),
  supply: both(`在 indicators_dept.csv 中按单元填写 indicator_id=${number} 的 value。`, `Give value by unit for indicator_id ${number} in indicators_dept.csv.`),
});

export const BLOCK_INDICATORS: readonly Indicator[] = [
  national(22, 'block', 'block', 'block', {
    id: 'junior-secondary-coverage',
    name: both('中学服务半径覆盖率', 'Junior secondary school coverage'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'secondary-school', computability: ['a', 'c'],
    definition: both('初中和九年一贯制学校1000米服务半径（含单元外学校）覆盖的居住用地占全部居住用地的比例。', 'Share of residential land within 1,000 m of a junior secondary or nine-year school, schools outside the unit included.'),
    formula: both('初中1000米范围内的居住用地面积 ÷ 居住用地面积 × 100%。', 'Residential land within 1,000 m of a junior secondary school ÷ residential land × 100 %.'),
    note: both('服务半径≤1000米（GB 50180附录C.0.1）；手册未规定达标值', 'Radius ≤ 1,000 m (GB 50180 C.0.1); no pass mark is printed'),
    methods: [{ operator: 'land-coverage', params: { land: 'residential', facilities: ['junior-secondary-school'], radiusM: 1000 } }],
    finding: {
      kind: 'best-effort', difficulty: 'high', bodies: ['教育局', '自然资源和规划局', '区（县）人民政府'],
      problem: both('{place}居住用地中有初中1000米服务半径覆盖的占{value}%[，未覆盖居民约{persons}人]。', '{value} % of the residential land of {place} lies within 1,000 m of a junior secondary school[; about {persons} residents do not].'),
      advice: both('在未覆盖居住用地集中处选址新建初中或九年一贯制学校，近期以校车和扩班缓解。', 'Site a junior secondary or nine-year school where uncovered residential land is densest; until then use school buses and further classes.'),
    },
  }),
  national(23, 'block', 'block', 'block', {
    id: 'multi-sport-grounds-lacking',
    name: both('未达标配建的多功能运动场地数量', 'Multi-sport grounds below standard'),
    unit: UNITS.items, direction: 'down', surveyTopic: 'multi-sport', computability: ['a', 'c'],
    definition: both('街区内应建未建，或者面积、开放时间、布局不达标的多功能运动场地数量。学校场地课余开放的计入。', 'Multi-sport grounds that a block should have and has not, or whose area, opening or layout is below the standard. School grounds open after hours count.'),
    formula: both('没有不小于3150平方米、服务半径1000米的多功能运动场地的街区数。开放时间不在地图和台账中。', 'Number of blocks without a multi-sport ground of at least 3,150 m² that serves within 1,000 m. Opening hours are in neither map nor registry.'),
    note: both('大型3150–5620㎡、服务半径≤1000米，中型≤500米；每天开放不少于12小时（GB/T 34419-2017 4.3.5）', 'Large: 3,150–5,620 m², ≤ 1,000 m; medium ≤ 500 m; open at least 12 hours a day (GB/T 34419-2017 4.3.5)'),
    methods: [{ operator: 'units-lacking', params: { level: 'block', facilities: ['large-sports-ground'], leastPersons: 5000, radiusM: 1000, leastLandM2: 3150 } }, reported('sum')],
    finding: {
      kind: 'best-effort', bodies: ['体育局', '街道办事处', '自然资源和规划局'],
      problem: both('{place}缺少达标的多功能运动场地[，涉及居民约{persons}人]。', '{place} lacks a multi-sport ground up to the standard[, concerning about {persons} residents].'),
      advice: both('新建或改造不小于3150平方米的多功能运动场地，推动学校场地课余开放。', 'Build or convert a multi-sport ground of at least 3,150 m², and open school grounds after hours.'),
    },
  }),
  national(24, 'block', 'block', 'block', {
    id: 'culture-centres-lacking',
    name: both('未达标配建的文化活动中心数量', 'Culture centres below standard'),
    unit: UNITS.items, direction: 'down', surveyTopic: 'culture-centre', computability: ['a*', 'c'],
    definition: both('街区内应建未建，或者规模不足的文化活动中心数量。', 'Culture centres that a block should have and has not, or that are too small.'),
    formula: both('没有建筑面积不小于3000平方米、服务半径1000米的文化活动中心的街区数。', 'Number of blocks without a culture centre of at least 3,000 m² of floor that serves within 1,000 m.'),
    note: both('建筑面积3000–6000㎡，用地面积3000–12000㎡，服务半径≤1000米', 'Floor 3,000–6,000 m², land 3,000–12,000 m², ≤ 1,000 m'),
    methods: [{ operator: 'units-lacking', params: { level: 'block', facilities: ['culture-centre'], leastPersons: 5000, radiusM: 1000, leastFloorM2: 3000 } }, reported('sum')],
    finding: {
      kind: 'best-effort', bodies: ['文化和旅游局', '街道办事处'],
      problem: both('{place}缺少达标的文化活动中心[，涉及居民约{persons}人]。', '{place} lacks a culture centre up to the standard[, concerning about {persons} residents].'),
      advice: both('新建或利用存量建筑改建建筑面积3000至6000平方米的文化活动中心。', 'Build a culture centre of 3,000 to 6,000 m² of floor, or convert a building for it.'),
    },
  }),
  national(25, 'block', 'block', 'block', {
    id: 'park-coverage',
    name: both('公园绿化活动场地服务半径覆盖率', 'Park and green activity space coverage'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'park', computability: ['a'],
    definition: both(
      '公园绿化活动场地服务半径覆盖的居住用地占全部居住用地的比例。半径从场地边界起算，按面积确定：0.2至1公顷300米，1至5公顷500米，5公顷以上800至1000米；历史文化街区自0.1公顷起计。不对公众开放的绿地不计。',
      'Share of residential land within the radius of a park or green activity space, measured from its border, by size: 0.2–1 ha 300 m, 1–5 ha 500 m, 5 ha and more 800–1,000 m; in historic areas from 0.1 ha on. Greens that are not open to the public do not count.',
    ),
    formula: both('按面积分级半径覆盖的居住用地面积 ÷ 居住用地面积 × 100%。10公顷及以上标准未列半径，按1000米计；5至10公顷取较严的800米。', 'Residential land within the radius by size ÷ residential land × 100 %. For 10 ha and more no radius is printed: 1,000 m; for 5–10 ha the stricter 800 m.'),
    note: both('GB/T 51346-2019第4.4.7条；10公顷及以上未规定半径，按1000米计', 'GB/T 51346-2019 4.4.7. For 10 ha and more no radius is printed: taken as 1,000 m'),
    thresholds: [
      { op: '>=', value: 85, source: '国家园林城市标准（手册引用）', confidence: 'certain' },
      { op: '>=', value: 90, role: 'higher', source: '国家生态园林城市标准（手册引用）', confidence: 'certain' },
    ],
    methods: [{
      operator: 'land-coverage',
      params: { land: 'residential', facilities: ['park'], tiers: [{ fromM2: 2000, toM2: 10_000, radiusM: 300 }, { fromM2: 10_000, toM2: 50_000, radiusM: 500 }, { fromM2: 50_000, toM2: 100_000, radiusM: 800 }, { fromM2: 100_000, radiusM: 1000 }], from: 'boundary' },
    }],
    finding: {
      kind: 'best-effort', bodies: ['园林绿化局', '自然资源和规划局', '街道办事处'],
      problem: both('{place}公园绿化活动场地服务半径覆盖率为{value}%[，未达到标准（{standard}%）][，未覆盖居民约{persons}人]。', 'Parks and green activity spaces cover {value} % of the residential land of {place}[; the standard is {standard} %][; about {persons} residents are not covered].'),
      advice: both('在未覆盖处见缝插绿建设口袋公园和社区公园，打开封闭绿地。', 'Build pocket and community parks where none reaches, and open closed greens.'),
    },
  }),
  national(26, 'block', 'block', 'block', {
    id: 'disorderly-parking-roads',
    name: both('存在乱停乱放车辆问题的道路数量', 'Roads with disorderly parking'),
    unit: both('条', 'roads'), direction: 'down', surveyTopic: 'parking-order', computability: ['f', 's'],
    definition: both('机动车、非机动车停放在划定泊位以外，或者占用绿地、人行道停放的道路数量。', 'Roads where cars or bicycles stand outside marked bays, on greenery or on the footway.'),
    formula: both('部门统计的道路数；没有统计时，取本年度停车类案件落在其上的道路数。', 'Number of roads reported by the departments; without it, roads on which cases about parking of the year lie.'),
    methods: [
      reported('sum'),
      { operator: 'case-roads', params: { table: 'cases', where: { any: [eventCode('04', '10'), { column: 'description', op: 'contains', values: ['乱停', '违停'], whenEmpty: 'no', whenAbsent: 'no' }] } }, quality: 'proxy' },
    ],
    missing: ofDepartment(26, '没有部门统计，也没有停车类案件数据。', 'There are neither department statistics nor cases about parking.'),
    finding: {
      kind: 'time-limited', difficulty: 'low', bodies: ['公安局交警支队', '城市管理局', '街道办事处'],
      problem: both('{place}有{value}条道路存在乱停乱放车辆问题。', 'There is disorderly parking on {value} roads of {place}.'),
      advice: both('规范施划停车泊位和非机动车停放区，加强执法，并与泊位补缺同步推进。', 'Mark bays and places for bicycles, enforce, and fill the gap in parking spaces along with it.'),
    },
  }),
  national(27, 'block', 'block', 'block', {
    id: 'old-commercial-blocks',
    name: both('需要更新改造的老旧商业街区数量', 'Old commercial blocks to renew'),
    unit: UNITS.items, direction: 'inventory', surveyTopic: 'commerce', computability: ['c', 'f'],
    definition: both(
      '按单一业态占比、步行通道宽度、公共交通与停车接驳、休憩座椅和无线网络等项目检查后，需要更新改造的老旧商业街区数量。',
      'Old commercial blocks found to need renewal by the share of a single trade, width of walkways, public transport and parking at hand, seats and wireless network.',
    ),
    formula: both('部门统计的街区数。', 'Number of blocks reported by the departments.'),
    note: both('检查内容：单一业态占比超过70%；步行道宽度≥1.5米；轨道或公交站≤500米；出租车、自行车停靠点≤100米；每50米有休息座椅；免费无线网络', 'Checks: single trade > 70 %; walkway ≥ 1.5 m; metro or bus ≤ 500 m; taxi and bicycles ≤ 100 m; a seat every 50 m; free wireless network'),
    methods: [reported('sum')],
    missing: ofDepartment(27, '商业街区的业态、步道宽度和设施须现场调查。', 'Trades, widths and equipment of commercial blocks need a visit.'),
  }),
  national(28, 'block', 'block', 'block', {
    id: 'old-factory-areas',
    name: both('需要更新改造的老旧厂区数量', 'Old factory areas to renew'),
    unit: UNITS.items, direction: 'inventory', computability: ['c', 'd'],
    definition: both('按规划符合性、闲置程度、容积率、地均产出、产业类型和管理状况检查后，需要更新改造的老旧厂区数量。门槛按当地低效工业用地认定办法。', 'Old factory areas found to need renewal by conformity with the plan, vacancy, floor-area ratio, output per land, trade and management; the limits are those of the local rules on inefficient industrial land.'),
    formula: both('部门统计的厂区数。', 'Number of areas reported by the departments.'),
    methods: [reported('sum')],
    missing: ofDepartment(28, '低效工业用地的认定由当地办法规定，只有部门掌握。', 'Local rules say what industrial land is inefficient; only the departments know.'),
  }),
  national(29, 'block', 'block', 'block', {
    id: 'old-living-blocks',
    name: both('需要更新改造的老旧生活街区数量', 'Old living blocks to renew'),
    unit: UNITS.items, direction: 'inventory', computability: ['c', 'f'],
    definition: both('按闲置资源、公共服务、基础设施、文化特色和活力检查后，需要更新改造的老旧生活街区数量，以不小于一个完整社区为单元。', 'Old living blocks found to need renewal by idle resources, services, infrastructure, culture and vitality; a unit is at least one complete community.'),
    formula: both('部门统计的街区数。', 'Number of blocks reported by the departments.'),
    methods: [reported('sum')],
    missing: ofDepartment(29, '老旧生活街区须结合现场调查由部门认定。', 'Departments name old living blocks after a visit.'),
  }),
];
