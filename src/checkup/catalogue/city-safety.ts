/** 城区·安全韧性: 46–54 of the national list. */
import type { Indicator, Threshold } from '../model.ts';
import { UNITS, both, eventCode, national, reported } from './define-indicator.ts';

/** ≥ 75 % in 2025 and five points more each year. */
const FIRE_STEPS: readonly Threshold[] = [75, 80, 85, 90, 95, 100].map((value, step) => ({
  when: step === 5 ? { from: 2030 } : { from: 2025 + step, to: 2025 + step },
  op: '>=', value, source: '手册：2025年不低于75%，此后每年提高5个百分点', confidence: 'certain',
}));

export const SAFETY_INDICATORS: readonly Indicator[] = [
  national(46, 'city', 'safety', 'city', {
    id: 'construction-fatality-rate',
    name: both('房屋市政工程生产安全事故死亡率', 'Construction fatality rate'),
    unit: UNITS.percent, direction: 'down', computability: ['d'],
    definition: both('房屋建筑和市政工程生产安全事故死亡人数与在建工程项目数之比。', 'Deaths in accidents of building and municipal works divided by the projects under construction.'),
    formula: both('死亡人数 ÷ 在建项目数 × 100%。', 'Deaths ÷ projects under construction × 100 %.'),
    methods: [reported('none')],
    finding: {
      kind: 'time-limited', bodies: ['住房城乡建设局', '应急管理局'],
      problem: both('{place}房屋市政工程生产安全事故死亡率为{value}%。', 'The construction fatality rate of {place} is {value} %.'),
      advice: both('对事故项目停工整改，开展高处坠落、起重机械等专项检查。', 'Stop and mend the projects concerned, and inspect work at height and cranes.'),
    },
  }),
  national(47, 'city', 'safety', 'city', {
    id: 'severe-ponding-points',
    name: both('严重易涝积水点数量', 'Severe ponding points'),
    unit: UNITS.items, direction: 'down', surveyTopic: 'ponding', computability: ['d', 's'],
    definition: both('严重影响生产生活秩序的易涝积水点数量。', 'Spots where ponding severely disturbs work and life.'),
    formula: both(
      '由积水类工单和案件聚集得出的点位数（彼此60米以内、不少于3件、不少于2个不同日期）；没有工单和案件时取部门统计数。工单聚集只说明反复积水，是否严重以部门认定为准。',
      'Number of spots where tickets and cases about ponding gather (within 60 m of one another, three at least, on two different days at least); where there are none, the number reported. That they gather says that ponding recurs; the departments say whether it is severe.',
    ),
    note: both('历史易涝点到2025年消除；按案件判定的口径为本平台约定', '0 by 2025 for the historic points. The criterion of tickets is this program’s'),
    thresholds: [{ when: { from: 2025 }, op: '<=', value: 0, source: '国办发〔2021〕11号', confidence: 'certain' }],
    methods: [
      {
        operator: 'case-spots',
        params: {
          sources: [
            { table: 'cases', where: { any: [eventCode('05', '06'), { column: 'description', op: 'contains', values: ['积水', '内涝'], whenEmpty: 'no', whenAbsent: 'no' }] } },
            { table: 'hotline', where: { any: ['category1', 'category2', 'category3'].map((column) => ({ column, op: 'contains', values: ['积水', '内涝'], whenEmpty: 'no', whenAbsent: 'no' })) } },
          ],
          withinM: 60, leastCases: 3, leastDays: 2,
        },
        quality: 'proxy',
      },
      reported('sum'),
    ],
    finding: {
      kind: 'time-limited', bodies: ['水务局', '市政管理局', '应急管理局'],
      problem: both('{place}有严重易涝积水点{value}个。', '{place} has {value} severe ponding points.'),
      advice: both('一点一策，清淤疏通管网、改造雨水口、增设泵排和调蓄设施，汛期前完成。', 'A plan for each point: clear the drains, rebuild inlets, add pumps and storage before the rainy season.'),
    },
  }),
  national(48, 'city', 'safety', 'city', {
    id: 'drainage-capacity',
    name: both('城市排水防涝应急抢险能力', 'Emergency drainage capacity'),
    unit: both('万m³/h/km²', '10⁴ m³/h/km²'), direction: 'up', surveyTopic: 'ponding', computability: ['d'],
    definition: both('城市移动泵车等应急排水装备的抽排能力与建成区面积之比。', 'Pumping capacity of mobile pumps and trucks divided by the built-up area.'),
    formula: both('应急抽排能力 ÷ 建成区面积。', 'Emergency pumping capacity ÷ built-up area.'),
    note: both('手册未规定国家标准值', 'No national value is printed'),
    thresholds: [{ op: '>=', value: 0.01, source: '浙江省：不低于100 m³/h/km²（地方值）', confidence: 'certain-local' }],
    methods: [reported('none')],
    finding: {
      kind: 'best-effort', difficulty: 'low', bodies: ['水务局', '应急管理局'],
      problem: both('{place}排水防涝应急抢险能力为{value}万m³/h/km²[，未达到标准（{standard}）]。', '{place} can pump {value} × 10⁴ m³/h/km² in an emergency[; the standard is {standard}].'),
      advice: both('补充移动泵车和应急队伍，按片区前置布防。', 'Buy mobile pumps, train crews, and station them by area before the rain.'),
    },
  }),
  national(49, 'city', 'safety', 'city', {
    id: 'emergency-water-rate',
    name: both('应急供水保障率', 'Emergency water supply rate'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'emergency-management', computability: ['d'],
    definition: both('应急水源日供水能力占日常供水能力的比例。', 'Daily capacity of emergency sources as a share of the daily capacity.'),
    formula: both('应急供水能力 ÷ 日供水能力 × 100%。', 'Emergency capacity ÷ daily capacity × 100 %.'),
    note: both('GB 50282-2016规定每人每日80升，为另一统计量', 'GB 50282-2016 asks for 80 L a person and day, another quantity'),
    thresholds: [{ op: '>=', value: 60, source: '手册示例：广州市不低于60%（地方值）', confidence: 'certain-local' }],
    methods: [reported('ratio')],
    finding: {
      kind: 'best-effort', difficulty: 'high', bodies: ['水务局'],
      problem: both('{place}应急供水保障率为{value}%[，未达到标准（{standard}%）]。', 'The emergency water supply rate of {place} is {value} %[; the standard is {standard} %].'),
      advice: both('建设备用水源和清水联络管，完善跨区调水预案。', 'Build a reserve source and links between works, and plan transfers between districts.'),
    },
  }),
  national(50, 'city', 'safety', 'city', {
    id: 'dual-use-facilities',
    name: both('“平急两用”公共基础设施数量', 'Dual-use public facilities'),
    unit: UNITS.items, direction: 'inventory', surveyTopic: 'emergency-management', computability: ['d'],
    definition: both('平时可正常使用、应急时可转换的公共基础设施数量。适用于超大特大城市。', 'Public facilities that serve daily life and can be converted in an emergency. For super-large and very large cities.'),
    formula: both('部门统计的设施数。', 'Number of facilities reported by the departments.'),
    methods: [reported('sum')],
  }),
  national(51, 'city', 'safety', 'city', {
    id: 'dangerous-bridges',
    name: both('城市危旧桥梁数量', 'Dangerous bridges'),
    unit: both('座', 'bridges'), direction: 'down', surveyTopic: 'accident-response', computability: ['c', 'd'],
    definition: both('技术状况评定为D级或E级的城市桥梁数量。', 'City bridges whose condition is rated D or E.'),
    formula: both('部门统计的桥梁数。', 'Number of bridges reported by the departments.'),
    note: both('CJJ 99-2017', 'CJJ 99-2017'),
    methods: [reported('sum')],
    finding: {
      kind: 'time-limited', difficulty: 'high', bodies: ['市政管理局', '交通运输局'],
      problem: both('{place}有危旧桥梁{value}座。', '{place} has {value} dangerous bridges.'),
      advice: both('限载限行或封闭，尽快加固或重建，并接入结构监测。', 'Restrict or close them, strengthen or rebuild them soon, and monitor the structure.'),
    },
  }),
  national(52, 'city', 'safety', 'city', {
    id: 'old-gas-main-renewal',
    name: both('老旧市政燃气管网（年度）改造完成率', 'Old gas mains renewed'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'accident-response', computability: ['d'],
    definition: both(
      '手册有两种定义：正文为已改造长度占应改造老旧管网总长度的比例，附表为当年改造长度占当年计划长度的比例。取哪一种由上报部门注明。',
      'The manual has two definitions: in its text, the length renewed of all old mains; in its table, the length renewed this year of this year’s plan. The department that reports says which.',
    ),
    formula: both('已改造长度 ÷ 应改造（或当年计划）长度 × 100%。', 'Length renewed ÷ length to be renewed (or this year’s plan) × 100 %.'),
    note: both('手册前后有两种定义（见指标释义）；2025年底前完成改造，两种口径均为100%', 'Editorial error of the manual: two definitions, see the definition. To be done by 2025: 100 % by either'),
    thresholds: [{ when: { from: 2025 }, op: '>=', value: 100, source: '手册：2025年底前完成改造', confidence: 'certain' }],
    methods: [reported('ratio')],
    finding: {
      kind: 'time-limited', bodies: ['住房城乡建设局', '燃气经营企业'],
      problem: both('{place}老旧市政燃气管网改造完成率为{value}%[，未达到标准（{standard}%）]。', '{value} % of the old gas mains of {place} have been renewed[; the standard is {standard} %].'),
      advice: both('对未改造管段逐段落实工期和资金，改造前加密巡检和泄漏监测。', 'Set date and money for each stretch that is left; until then inspect more often and monitor leaks.'),
    },
  }),
  national(53, 'city', 'safety', 'city', {
    id: 'fire-station-coverage',
    name: both('城市消防站服务半径覆盖率', 'Fire station coverage'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'fire', computability: ['a', 'c'],
    definition: both(
      '消防站责任区覆盖的建设用地占全部建设用地的比例。责任区面积：一级站和特勤站7平方公里，二级站4平方公里，小型站2平方公里。',
      'Share of construction land within the areas of fire stations: 7 km² for first-class and special stations, 4 km² for second-class, 2 km² for small ones.',
    ),
    formula: both(
      '以消防站为圆心、面积等于责任区的圆覆盖的建设用地面积 ÷ 建设用地面积 × 100%。',
      'Construction land within circles around the stations whose area is that of their class ÷ construction land × 100 %.',
    ),
    note: both('辖区面积按建标152-2017；以等面积圆（半径1.49、1.13、0.80公里）代替责任区为本平台约定', 'Areas: 建标152-2017. Circles of the same area (1.49, 1.13, 0.80 km) stand for the areas of responsibility: this program’s convention'),
    thresholds: FIRE_STEPS,
    methods: [{ operator: 'fire-coverage', params: { land: 'construction', byClass: [{ class: '特勤', km2: 7 }, { class: '一级', km2: 7 }, { class: '二级', km2: 4 }, { class: '小型', km2: 2 }] } }],
    finding: {
      kind: 'best-effort', difficulty: 'high', bodies: ['消防救援支队', '自然资源和规划局'],
      problem: both('{place}消防站服务半径覆盖率为{value}%[，未达到标准（{standard}%）]。', 'Fire stations cover {value} % of the construction land of {place}[; the standard is {standard} %].'),
      advice: both('在覆盖空白处规划建设消防站，用地紧张的先建小型站，保证接警后5分钟到场。', 'Build stations where none reaches, small ones where land is short, so that help arrives within five minutes.'),
    },
  }),
  national(54, 'city', 'safety', 'city', {
    id: 'shelter-area-per-person',
    name: both('人均避难场所有效避难面积', 'Effective shelter area per person'),
    unit: both('m²/人', 'm²/person'), direction: 'up', surveyTopic: 'shelter', computability: ['c', 'a*'],
    definition: both('应急避难场所的有效避难面积（不含指挥、医疗、储备用地）与常住人口之比。', 'Effective area of emergency shelters, without space for command, medical care and stores, divided by residents.'),
    formula: both('有效避难面积 ÷ 常住人口；只有容纳人数的，按类别的人均有效避难面积换算。', 'Effective area ÷ residents; for shelters with a capacity only, capacity × area a person of the class.'),
    note: both('各级场所人均面积见GB 51143-2015（2021年版）', 'Area a person by class: GB 51143-2015 (2021)'),
    thresholds: [{ op: '>=', value: 2, source: '手册', confidence: 'certain' }],
    methods: [{
      operator: 'shelter-area',
      params: { fromCapacity: [{ class: '紧急', m2: 0.5 }, { class: '临时', m2: 1 }, { class: '短期', m2: 2 }, { class: '中期', m2: 3 }, { class: '长期', m2: 4.5 }] },
    }],
    finding: {
      kind: 'best-effort', bodies: ['应急管理局', '自然资源和规划局', '教育局'],
      problem: both('{place}人均有效避难面积为{value}平方米[，未达到标准（{standard}平方米）]。', '{place} has {value} m² of effective shelter a person[; the standard is {standard}] m².'),
      advice: both('将公园、学校操场和体育场馆按标准改造为避难场所，补齐供水、供电和标识。', 'Fit out parks, school grounds and sports halls as shelters with water, power and signs.'),
    },
  }),
];
