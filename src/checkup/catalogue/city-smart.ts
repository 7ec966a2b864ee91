/** 城区·智慧高效: 55–59 of the national list. */
import type { Indicator, Threshold } from '../model.ts';
import { UNITS, both, national, reported } from './define-indicator.ts';

/** The manual sets two values by rank of the city, for 2025. */
const byRank = (high: number, prefecture: number): readonly Threshold[] => [
  { when: { cityRank: ['municipality', 'provincial-capital', 'separately-planned'], from: 2025 }, op: '>=', value: high, source: '手册：直辖市、省会城市、计划单列市', confidence: 'certain' },
  { when: { cityRank: ['prefecture'], from: 2025 }, op: '>=', value: prefecture, source: '手册：地级市', confidence: 'certain' },
];

export const SMART_INDICATORS: readonly Indicator[] = [
  national(55, 'city', 'smart', 'city', {
    id: 'pipe-monitoring-rate',
    name: both('市政管网管线智能化监测管理率', 'Smart-monitored share of pipes'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'smart-government', computability: ['d'],
    definition: both('供水、排水、燃气、供热管网中由物联网监测的长度所占比例。', 'Share of the length of water, drainage, gas and heating pipes that is monitored by sensors.'),
    formula: both('物联网监测的管网长度 ÷ 管网总长度 × 100%。', 'Length monitored ÷ length of all pipes × 100 %.'),
    thresholds: byRank(30, 15),
    methods: [reported('ratio')],
    finding: {
      kind: 'best-effort', bodies: ['住房城乡建设局', '水务局', '城市管理局'],
      problem: both('{place}市政管网智能化监测管理率为{value}%[，未达到标准（{standard}%）]。', '{value} % of the pipes of {place} are monitored[; the standard is {standard} %].'),
      advice: both('优先在老旧管段、易涝点和密闭空间安装监测设备并接入城市生命线平台。', 'Fit sensors to old stretches, ponding points and closed spaces first, and link them to the lifeline platform.'),
    },
  }),
  national(56, 'city', 'smart', 'city', {
    id: 'risky-works-monitoring-rate',
    name: both('建筑施工危险性较大的分部分项工程安全监测覆盖率', 'Monitored share of high-risk works'),
    unit: UNITS.percent, direction: 'up', computability: ['d'],
    definition: both('实施安全监测的危险性较大的分部分项工程占全部此类工程的比例。', 'Share of the high-risk parts of building works that are monitored.'),
    formula: both('已监测的工程数 ÷ 此类工程总数 × 100%。', 'Works monitored ÷ works of this kind × 100 %.'),
    methods: [reported('ratio')],
    finding: {
      kind: 'time-limited', difficulty: 'low', bodies: ['住房城乡建设局'],
      problem: both('{place}危险性较大的分部分项工程安全监测覆盖率为{value}%。', '{value} % of the high-risk works of {place} are monitored.'),
      advice: both('将深基坑、高支模、起重机械等全部纳入监测，未监测的不得施工。', 'Monitor every deep pit, high formwork and crane; no work without it.'),
    },
  }),
  national(57, 'city', 'smart', 'city', {
    id: 'high-rise-fire-warning',
    name: both('高层民用建筑智能化火灾监测预警覆盖率', 'High-rises with smart fire warning'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'fire', computability: ['c'],
    definition: both('安装智能化火灾监测预警设施的高层民用建筑占全部高层民用建筑的比例。高层指高度大于27米的住宅和大于24米的非单层公共建筑。', 'Share of the high-rise buildings that have smart fire monitoring. High are homes over 27 m and others over 24 m of more than one storey.'),
    formula: both(
      '房屋建筑台账中高度大于27米（没有高度的按10层及以上）且接入消防物联网的栋数 ÷ 同类栋数 × 100%。',
      'Buildings over 27 m (ten storeys and more where no height is given) with fire monitoring in the register ÷ all such buildings × 100 %.',
    ),
    thresholds: [{ op: '>=', value: 100, source: '手册', confidence: 'certain' }],
    methods: [{ operator: 'registry-share', params: { table: 'buildings', of: { any: [{ column: 'height_m', op: '>', value: 27 }, { all: [{ column: 'height_m', op: 'empty' }, { column: 'storeys', op: '>=', value: 10 }] }] }, where: { column: 'fire_iot', op: '=', value: true } } }, reported('ratio')],
    finding: {
      kind: 'time-limited', bodies: ['消防救援支队', '住房城乡建设局'],
      problem: both('{place}高层建筑智能化火灾监测预警覆盖率为{value}%[，未达到标准（{standard}%）]。', '{value} % of the high-rises of {place} have smart fire warning[; the standard is {standard} %].'),
      advice: both('为未覆盖的高层建筑加装烟感、水压和电气火灾监测并接入消防物联网。', 'Fit smoke, water-pressure and electric-fire sensors in the others and link them to the fire network.'),
    },
  }),
  national(58, 'city', 'smart', 'city', {
    id: 'cim-coverage',
    name: both('城市信息模型（CIM）基础平台三维数据覆盖率', 'CIM three-dimensional coverage'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'smart-government', computability: ['d'],
    definition: both('CIM基础平台三维数据的投影面积占建成区面积的比例。', 'Projected area of the three-dimensional data of the CIM platform as a share of the built-up area.'),
    formula: both('三维数据投影面积 ÷ 建成区面积 × 100%。', 'Projected area of three-dimensional data ÷ built-up area × 100 %.'),
    thresholds: byRank(60, 30),
    methods: [reported('ratio')],
    finding: {
      kind: 'best-effort', difficulty: 'low', bodies: ['自然资源和规划局', '住房城乡建设局'],
      problem: both('{place}CIM平台三维数据覆盖率为{value}%[，未达到标准（{standard}%）]。', 'The CIM platform covers {value} % of {place} in three dimensions[; the standard is {standard} %].'),
      advice: both('按片区补测三维数据，与更新项目同步入库。', 'Survey area by area and add the data with every renewal project.'),
    },
  }),
  national(59, 'city', 'smart', 'city', {
    id: 'operations-intelligence',
    name: both('城市运行管理智慧化水平', 'Intelligence of city operations'),
    unit: both('件/km²', 'cases/km²'), direction: 'up', surveyTopic: 'smart-government', computability: ['s'],
    definition: both('通过城市运行管理服务平台按期处置的案件数与平台覆盖面积之比。', 'Cases handled on time through the operations platform divided by the area it covers.'),
    formula: both('本年度按期处置案件数 ÷ 建成区面积。', 'Cases of the year handled on time ÷ built-up area.'),
    note: both('手册释义为“按时处置”、算式为“处置”，本平台按释义；宜昌2025年为7.98，未列标准', 'Editorial error of the manual: the definition says “on time”, the printed formula “handled”; the definition is followed. Yichang 2025: 7.98, graded without a printed standard'),
    methods: [{ operator: 'case-rate', params: { table: 'cases', what: 'on-time', value: 'per-km2' } }, reported('none')],
    finding: {
      kind: 'best-effort', bodies: ['城市管理局', '城市运行管理中心'],
      problem: both('{place}每平方公里按期处置案件{value}件。', '{value} cases per km² were handled on time in {place}.'),
      advice: both('拓宽问题发现渠道，压缩派遣和处置时间，对超期部门督办。', 'Widen the ways to find problems, shorten dispatch and handling, and supervise departments that are late.'),
    },
  }),
];
