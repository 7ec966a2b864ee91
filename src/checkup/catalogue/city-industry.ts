/** 城区·产城融合、职住平衡: 42–45 of the national list. */
import type { Indicator } from '../model.ts';
import { UNITS, both, national, reported } from './define-indicator.ts';

export const INDUSTRY_INDICATORS: readonly Indicator[] = [
  national(42, 'city', 'industry-city', 'city', {
    id: 'peak-speed',
    name: both('城市高峰期机动车平均速度', 'Motor speed at peak hours'),
    unit: both('km/h', 'km/h'), direction: 'up', surveyTopic: 'road-flow', computability: ['m', 'd'],
    definition: both('工作日高峰期主干路及以上等级道路机动车平均行驶速度，按车道公里加权。', 'Mean speed of motor traffic on arterial and higher roads at peak hours of working days, weighted by lane kilometres.'),
    formula: both('Σ(路段速度 × 车道公里) ÷ Σ车道公里。', 'Sum of speed × lane kilometres ÷ sum of lane kilometres.'),
    note: both('快速路≥30、主干路≥20 km/h（GB/T 51328-2018）；指标为两类道路合并值，按较低者评价，分级车速须另行查看；拥堵分级见GB/T 29107-2012', 'Expressways ≥ 30, arterial roads ≥ 20 km/h (GB/T 51328-2018). The value is one for both classes, so it is held against the lower; speeds by class must be looked at besides. Levels by GB/T 29107-2012'),
    thresholds: [{ op: '>=', value: 20, source: 'GB/T 51328-2018：主干路 ≥20（快速路 ≥30 须另行统计）', confidence: 'certain' }],
    methods: [reported('none')],
    finding: {
      kind: 'best-effort', difficulty: 'high', bodies: ['公安局交警支队', '交通运输局'],
      problem: both('{place}高峰期机动车平均速度为{value} km/h[，未达到标准（{standard} km/h）]。', 'Motor traffic of {place} moves at {value} km/h at peak hours[; the standard is {standard}].'),
      advice: both('优化信号配时和路口渠化，提升公共交通分担率，错峰通勤。', 'Retime signals, channel junctions, raise the share of public transport and stagger working hours.'),
    },
  }),
  national(43, 'city', 'industry-city', 'city', {
    id: 'rail-commute-share',
    name: both('轨道站点周边覆盖通勤比例', 'Commutes with home and job near rail'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'rail', computability: ['m', 'd'],
    definition: both('居住地和就业地均在轨道站点800米范围内的通勤人口占全部通勤人口的比例。只适用于有轨道交通的城市。', 'Share of commuters whose home and job both lie within 800 m of a rail station. Only for cities with urban rail.'),
    formula: both(
      '两端均在轨道站点800米内的通勤人数 ÷ 通勤总人数 × 100%。人口覆盖率与岗位覆盖率不能相乘代替，另列为两项指标。',
      'Commuters with both ends within 800 m of a station ÷ all commuters × 100 %. The shares of residents and of jobs near rail are no substitute, nor is their product: they are indicators of their own.',
    ),
    thresholds: [
      { when: { cityClass: ['super-large'] }, op: '>=', value: 30, source: '手册：超大城市', confidence: 'certain' },
      { when: { cityClass: ['very-large'] }, op: '>=', value: 20, source: '手册：特大城市', confidence: 'certain' },
      { when: { cityClass: ['large-1', 'large-2'] }, op: '>=', value: 10, source: '手册：大城市', confidence: 'certain' },
    ],
    methods: [reported('ratio')],
    finding: {
      kind: 'best-effort', difficulty: 'high', bodies: ['交通运输局', '自然资源和规划局'],
      problem: both('{place}轨道站点800米覆盖通勤比例为{value}%[，未达到标准（{standard}%）]。', '{value} % of the commutes of {place} have both ends within 800 m of rail[; the standard is {standard} %].'),
      advice: both('在站点周边增加居住和就业用地，完善步行和公交接驳。', 'Add homes and jobs around the stations and improve walking and bus links to them.'),
    },
  }),
  national(44, 'city', 'industry-city', 'city', {
    id: 'affordable-housing-share',
    name: both('年度保障性住房占比', 'Affordable share of new housing'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'affordable-rental', computability: ['d'],
    definition: both('当年新开工（筹集）保障性住房套数占新开工住房总套数的比例。', 'Share of the homes begun this year that are affordable housing.'),
    formula: both('保障性住房套数 ÷ 住房总套数 × 100%。', 'Affordable homes ÷ all homes begun × 100 %.'),
    note: both('评分分档为10%、20%、30%', 'Scored in steps of 10, 20 and 30 %'),
    thresholds: [{ op: '>=', value: 10, source: '手册（评分分档10/20/30%的第一档）', confidence: 'certain' }],
    methods: [reported('ratio')],
    finding: {
      kind: 'best-effort', bodies: ['住房城乡建设局', '发展和改革委员会'],
      problem: both('{place}年度保障性住房占比为{value}%[，未达到标准（{standard}%）]。', '{value} % of the new homes of {place} are affordable[; the standard is {standard} %].'),
      advice: both('利用存量房屋和产业园区配套用地筹集保障性租赁住房。', 'Make affordable rental homes of existing buildings and of land of industrial parks.'),
    },
  }),
  national(45, 'city', 'industry-city', 'city', {
    id: 'urban-village-renewal',
    name: both('城中村改造完成率', 'Urban villages renewed'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'housing-pressure', computability: ['d', 's'],
    definition: both('当年完成改造的城中村占当年应完成数量的比例。', 'Share of the urban villages due this year that were renewed.'),
    formula: both('当年完成改造数 ÷ 当年应改造数 × 100%。', 'Renewed this year ÷ to be renewed this year × 100 %.'),
    methods: [reported('ratio')],
    finding: {
      kind: 'best-effort', difficulty: 'high', bodies: ['住房城乡建设局', '区（县）人民政府'],
      problem: both('{place}城中村改造完成率为{value}%。', '{value} % of the urban villages due in {place} were renewed.'),
      advice: both('倒排工期、落实资金和安置房源，对滞后项目督办。', 'Schedule backwards from the deadline, secure money and resettlement homes, and supervise projects that lag.'),
    },
  }),
];
