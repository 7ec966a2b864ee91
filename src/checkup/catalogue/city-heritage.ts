/** 城区·历史文化: 37–41 of the national list. */
import type { Indicator } from '../model.ts';
import { UNITS, both, national, reported } from './define-indicator.ts';

export const HERITAGE_INDICATORS: readonly Indicator[] = [
  national(37, 'city', 'heritage', 'city', {
    id: 'heritage-filed-rate',
    name: both('历史文化街区、历史建筑挂牌建档率', 'Historic areas and buildings with plaque and file'),
    unit: UNITS.percent, direction: 'up', surveyTopic: 'heritage-protection', computability: ['c', 'd'],
    definition: both('已挂牌并建档的历史文化街区和历史建筑占已公布总数的比例。', 'Share of the designated historic areas and buildings that bear a plaque and have a file.'),
    formula: both('挂牌建档数 ÷ 已公布数 × 100%。', 'With plaque and file ÷ designated × 100 %.'),
    thresholds: [{ op: '>=', value: 100, source: '手册', confidence: 'certain' }],
    methods: [reported('ratio')],
    finding: {
      kind: 'time-limited', difficulty: 'low', bodies: ['自然资源和规划局', '文化和旅游局', '住房城乡建设局'],
      problem: both('{place}历史文化街区、历史建筑挂牌建档率为{value}%[，未达到标准（{standard}%）]。', '{value} % of the historic areas and buildings of {place} have plaque and file[; the standard is {standard} %].'),
      advice: both('对未挂牌建档的街区和建筑逐一测绘建档、设置标志牌。', 'Survey, file and mark each area and building that is still without.'),
    },
  }),
  national(38, 'city', 'heritage', 'city', {
    id: 'historic-building-vacancy',
    name: both('历史建筑空置率', 'Vacancy of historic buildings'),
    unit: UNITS.percent, direction: 'down', surveyTopic: 'heritage-use', computability: ['c', 'd'],
    definition: both('连续闲置6个月及以上的历史建筑占历史建筑总数的比例。', 'Share of the historic buildings that have stood idle for six months or more.'),
    formula: both('闲置6个月及以上的历史建筑数 ÷ 历史建筑总数 × 100%。', 'Historic buildings idle for six months or more ÷ historic buildings × 100 %.'),
    methods: [reported('ratio')],
    finding: {
      kind: 'best-effort', bodies: ['住房城乡建设局', '文化和旅游局'],
      problem: both('{place}历史建筑空置率为{value}%。', '{value} % of the historic buildings of {place} stand empty.'),
      advice: both('制定活化利用清单，以文化、办公、公共服务等用途引入使用主体。', 'Draw up a list of uses and bring in culture, offices and public services.'),
    },
  }),
  national(39, 'city', 'heritage', 'city', {
    id: 'heritage-damage-incidents',
    name: both('历史文化资源遭受破坏的负面事件数量', 'Incidents of damage to heritage'),
    unit: both('起', 'incidents'), direction: 'down', surveyTopic: 'heritage-protection', computability: ['d', 's'],
    definition: both('经各渠道反映并核实的破坏历史文化资源的事件数量。', 'Incidents of damage to heritage reported through any channel and verified.'),
    formula: both('部门核实的事件数。', 'Number of incidents verified by the departments.'),
    thresholds: [{ op: '<=', value: 0, source: '手册', confidence: 'certain' }],
    methods: [reported('sum')],
    finding: {
      kind: 'time-limited', bodies: ['文化和旅游局', '自然资源和规划局', '城市管理局'],
      problem: both('{place}发生破坏历史文化资源的事件{value}起。', '{value} incidents of damage to heritage occurred in {place}.'),
      advice: both('逐起查处并修复，建立巡查和举报机制。', 'Prosecute and repair each, patrol, and take reports.'),
    },
  }),
  national(40, 'city', 'heritage', 'city', {
    id: 'illegal-heritage-demolition',
    name: both('擅自拆除历史文化街区内建筑物、构筑物的数量', 'Illegal demolition in historic areas'),
    unit: UNITS.buildings, direction: 'down', surveyTopic: 'heritage-protection', computability: ['d', 's'],
    definition: both('历史文化街区核心保护范围内未经批准拆除的建筑物、构筑物数量。', 'Buildings and structures taken down without approval in the core zone of a historic area.'),
    formula: both('部门核实的栋数。', 'Number verified by the departments.'),
    thresholds: [{ op: '<=', value: 0, source: '手册', confidence: 'certain' }],
    methods: [reported('sum')],
    finding: {
      kind: 'time-limited', bodies: ['自然资源和规划局', '城市管理局'],
      problem: both('{place}历史文化街区内擅自拆除建筑物、构筑物{value}栋。', '{value} buildings or structures were taken down without approval in historic areas of {place}.'),
      advice: both('依法查处，责令恢复原状，强化核心保护范围审批和巡查。', 'Prosecute, order restoration, and tighten approval and patrols in the core zone.'),
    },
  }),
  national(41, 'city', 'heritage', 'city', {
    id: 'new-protected-objects',
    name: both('当年各类保护对象增加数量', 'Protected objects added this year'),
    unit: UNITS.items, direction: 'up', surveyTopic: 'heritage-protection', computability: ['d'],
    definition: both('当年各类历史文化保护对象比上年增加的数量。', 'By how many the protected objects of all kinds exceed last year’s.'),
    formula: both('当年保护对象数 − 上年保护对象数。', 'Protected objects this year − last year.'),
    methods: [reported('sum')],
    finding: {
      kind: 'best-effort', difficulty: 'low', bodies: ['文化和旅游局', '自然资源和规划局'],
      problem: both('{place}当年新增各类保护对象{value}个。', '{place} added {value} protected objects this year.'),
      advice: both('开展历史文化资源普查，将有价值的建筑、街区及时公布为保护对象。', 'Survey the heritage and designate what is of value without delay.'),
    },
  }),
];
