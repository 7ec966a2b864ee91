/** 小区(社区): 10–21 of the national list. */
import type { Indicator } from '../model.ts';
import { UNITS, national, reported, t } from './define-indicator.ts';

const LACKING = { unit: UNITS.communities, direction: 'down' } as const;

export const COMMUNITY_INDICATORS: readonly Indicator[] = [
  national(10, 'community', 'community', 'community', {
    ...LACKING,
    id: 'elderly-care-lacking',
    name: t('未达标配建养老服务设施的小区数量', 'Communities lacking elderly care'),
    surveyTopic: 'elderly-care', computability: ['c', 'a*'],
    definition: t(
      '居民超过5000人而没有养老服务设施，或者设施不具备日间照料、康复护理、助餐、居家服务、文化娱乐等功能的小区（社区）数量。步行5至10分钟内的街道级设施计入。',
      'Communities of more than 5,000 residents without an elderly-care facility, or whose facility lacks day care, rehabilitation, meals, home care and culture. A facility of the subdistrict within five to ten minutes on foot counts.',
    ),
    formula: t(
      '居民超过5000人且单元内没有日间照料中心、养老院或老年养护院，300米内也没有的小区数。功能是否齐全台账中没有。',
      'Number of communities of more than 5,000 residents with no day care, home or nursing home for the elderly in the unit nor within 300 m of it. What a facility offers is not in the registers.',
    ),
    note: 'New units of 5,000–12,000 residents: floor ≥ 350 m², radius ≤ 300 m (GB 50180 appendix C; 建标143-2010; 完整居住社区建设标准)',
    finding: {
      kind: 'best-effort', bodies: ['民政局', '街道办事处', '区（县）人民政府'],
      problem: t('{place}未配建养老服务设施[，涉及居民约{persons}人]。', '{place} has no elderly-care facility[, concerning about {persons} residents].'),
      advice: t('利用闲置用房新建或改建建筑面积不小于350平方米的日间照料中心，或与相邻社区共建共享。', 'Build or convert a day-care centre of at least 350 m² of floor in idle premises, or share one with a neighbouring community.'),
    },
  }),
  national(11, 'community', 'community', 'community', {
    ...LACKING,
    id: 'infant-care-lacking',
    name: t('未达标配建婴幼儿照护服务设施的小区数量', 'Communities lacking infant care'),
    surveyTopic: 'infant-care', computability: ['c', 'a*'],
    definition: t('居民超过5000人而没有婴幼儿照护服务设施的小区（社区）数量。', 'Communities of more than 5,000 residents without a facility for the care of infants.'),
    formula: t('居民超过5000人且单元内没有托儿所的小区数。', 'Number of communities of more than 5,000 residents with no infant care in the unit.'),
    note: 'New units: floor ≥ 200 m²',
    finding: {
      kind: 'best-effort', bodies: ['卫生健康委员会', '街道办事处', '区（县）人民政府'],
      problem: t('{place}未配建婴幼儿照护服务设施[，涉及居民约{persons}人]。', '{place} has no infant-care facility[, concerning about {persons} residents].'),
      advice: t('新建或改建建筑面积不小于200平方米的托育设施，支持幼儿园开设托班。', 'Build or convert infant care of at least 200 m² of floor, and help kindergartens to open classes for infants.'),
    },
  }),
  national(12, 'community', 'community', 'community', {
    ...LACKING,
    id: 'kindergarten-lacking',
    name: t('未达标配建幼儿园的小区数量', 'Communities lacking a kindergarten'),
    surveyTopic: 'kindergarten', computability: ['c', 'a*'],
    definition: t(
      '居民超过5000人而没有幼儿园，或者幼儿园规模不足的小区（社区）数量。',
      'Communities of more than 5,000 residents without a kindergarten, or whose kindergarten is too small.',
    ),
    formula: t(
      '居民超过5000人且单元内没有幼儿园，300米内也没有的小区数。',
      'Number of communities of more than 5,000 residents with no kindergarten in the unit nor within 300 m of it.',
    ),
    note: 'New ones: at least 6 classes, floor ≥ 2,200 m², land ≥ 3,500 m²; 建标175-2016: by classes and residents; radius 300–500 m',
    finding: {
      kind: 'best-effort', bodies: ['教育局', '自然资源和规划局', '区（县）人民政府'],
      problem: t('{place}未配建幼儿园[，涉及居民约{persons}人]。', '{place} has no kindergarten[, concerning about {persons} residents].'),
      advice: t('在300至500米服务半径内选址新建不少于6班的幼儿园，近期由相邻幼儿园扩班。', 'Site a kindergarten of at least six classes within a radius of 300 to 500 m, and let neighbouring ones add classes meanwhile.'),
    },
  }),
  national(13, 'community', 'community', 'community', {
    id: 'primary-places-gap',
    name: t('小学学位缺口数', 'Missing primary-school places'),
    unit: UNITS.places, direction: 'down',
    surveyTopic: 'primary-school', computability: ['c', 'd', 'a*'],
    definition: t('服务半径500米（可按当地规定调整）内小学学位供给少于适龄儿童需求的数量。', 'By how many places the primary schools within 500 m (or as set locally) fall short of the children of school age.'),
    formula: t('Σ max(0，适龄儿童数 − 半径内小学按需求分配的学位数)。', 'Sum over units of the children of primary age less the places of the schools within the radius, shared out by demand, where that is positive.'),
    note: 'Radius ≤ 500 m, at most 36 classes (GB 50180 C.0.1)',
    finding: {
      kind: 'best-effort', bodies: ['教育局', '区（县）人民政府'],
      problem: t('{place}小学学位缺口{value}个。', '{place} is {value} primary-school places short.'),
      advice: t('挖潜扩容现有小学、调整学区，并在缺口集中处选址新建小学。', 'Enlarge existing schools, redraw school districts, and site a new primary school where the gap is largest.'),
    },
  }),
  national(14, 'community', 'community', 'community', {
    id: 'parking-gap',
    name: t('停车泊位缺口数', 'Missing parking spaces'),
    unit: UNITS.spaces, direction: 'down', computability: ['c'],
    definition: t('小区（社区）停车需求多于现有停车泊位的数量。', 'By how many spaces the demand for parking in a community exceeds what is there.'),
    formula: t('Σ max(0，停车需求 − 现有泊位)；需求未调查时按每户1个计。', 'Sum over communities of demand less spaces where that is positive; demand is one space a household where it was not surveyed.'),
    note: 'New ones: at least 1 a household (完整居住社区建设标准)',
    finding: {
      kind: 'best-effort', bodies: ['住房城乡建设局', '公安局交警支队', '街道办事处'],
      problem: t('{place}停车泊位缺口{value}个[，涉及居民约{persons}人]。', '{place} is {value} parking spaces short[, concerning about {persons} residents].'),
      advice: t('挖掘边角地和地下空间增设泊位，推动周边单位错时共享，路内规范施划夜间泊位。', 'Add spaces on leftover land and below ground, share those of nearby offices at night, and mark night-time bays in the streets.'),
    },
  }),
  national(15, 'community', 'community', 'community', {
    id: 'ev-charger-gap',
    name: t('新能源汽车充电桩缺口数', 'Missing car chargers'),
    unit: UNITS.chargers, direction: 'down', surveyTopic: 'charging', computability: ['c'],
    definition: t('小区（社区）新能源汽车充电桩需求多于现有充电桩的数量，公共充电桩按1个折合3个自用桩。', 'By how many chargers the demand of a community exceeds what is there, one public charger counting as three private ones.'),
    formula: t('Σ max(0，充电桩需求 − (自用桩 + 3 × 公共桩))。', 'Sum over communities of demand − (private + 3 × public chargers) where that is positive.'),
    note: 'One public as three private is the manual’s example; new car parks: 100 % built or reserved, public ones ≥ 10 % (GB/T 51313-2018 3.0.2)',
    finding: {
      kind: 'best-effort', bodies: ['发展和改革委员会', '住房城乡建设局', '供电公司'],
      problem: t('{place}新能源汽车充电桩缺口{value}个。', '{place} is {value} car chargers short.'),
      advice: t('统筹小区电力增容，统建统营公共充电桩，在周边公共停车场补建快充。', 'Enlarge the power supply, have public chargers built and run by one operator, and add fast chargers in car parks nearby.'),
    },
  }),
  national(16, 'community', 'community', 'community', {
    ...LACKING,
    id: 'ebike-charging-lacking',
    name: t('未配建电动自行车充电设施的小区数量', 'Communities lacking e-bike charging'),
    surveyTopic: 'charging', computability: ['c'],
    definition: t('没有电动自行车充电设施，或者充电位少于需求的小区（社区）数量。', 'Communities without charging for electric bicycles, or with fewer slots than are needed.'),
    formula: t('电动自行车充电位为0或少于需求的小区数；需求由城市确定，没有需求数据时只统计充电位为0的小区。', 'Number of communities with no slot, or fewer than demanded; the city sets the demand, and where there is none only communities without any slot count.'),
    finding: {
      kind: 'time-limited', bodies: ['街道办事处', '消防救援支队', '住房城乡建设局'],
      problem: t('{place}未配建电动自行车充电设施或充电位不足[，涉及居民约{persons}人]。', '{place} has no charging for electric bicycles, or too little[, concerning about {persons} residents].'),
      advice: t('增设集中充电棚和换电柜，配套消防设施，杜绝进楼入户充电。', 'Add charging sheds and battery exchange with fire protection, so that nobody charges inside the buildings.'),
    },
  }),
  national(17, 'community', 'community', 'community', {
    ...LACKING,
    id: 'activity-space-lacking',
    name: t('未达标配建公共活动场地的小区数量', 'Communities lacking public activity space'),
    surveyTopic: 'public-space', computability: ['c', 'a*'],
    definition: t(
      '居民超过5000人而没有不小于150平方米的公共活动场地，或者没有开放绿地的小区（社区）数量。',
      'Communities of more than 5,000 residents without an activity ground of at least 150 m², or without an open green.',
    ),
    formula: t(
      '居民超过5000人且单元内没有不小于150平方米的活动场地、广场或公园的小区数。',
      'Number of communities of more than 5,000 residents with no activity ground, square or park of at least 150 m² in the unit.',
    ),
    note: 'New ones: multi-sport ground ≥ 800 m² and green ≥ 4,000 m²; GB 50180-2018 4.0.4: 1.0 m² a person in the five-minute circle',
    finding: {
      kind: 'best-effort', bodies: ['街道办事处', '园林绿化局', '体育局'],
      problem: t('{place}未达标配建公共活动场地[，涉及居民约{persons}人]。', '{place} lacks public activity space[, concerning about {persons} residents].'),
      advice: t('利用边角地、闲置地建设口袋公园和健身场地，推动学校场地开放共享。', 'Make pocket parks and fitness grounds of leftover and idle land, and open school grounds to residents.'),
    },
  }),
  national(18, 'community', 'community', 'community', {
    id: 'walkway-substandard',
    name: t('不达标的步行道长度', 'Length of substandard walkway'),
    unit: UNITS.km, direction: 'down', computability: ['f', 'c', 'a*'],
    definition: t('破损、宽度不足、积水、缺少照明、易滑、不连续或不符合无障碍要求的步行道长度。', 'Length of walkway that is broken, too narrow, flooded, unlit, slippery, interrupted or not barrier-free.'),
    formula: t('部门或现场调查统计的长度之和。', 'Sum of the lengths found by a department or a field survey.'),
    note: 'GB 55019-2021 2.1.4, 2.10.1 (no width is printed)',
    methods: [reported('sum')],
    missing: {
      kind: 'no-method',
      reason: t('步行道破损、宽度、照明和无障碍须现场调查，开放地图极少标注。', 'Damage, width, light and barriers of walkways need a visit; open maps seldom say.'),
      supply: t('在 indicators_dept.csv 中按单元填写 indicator_id=18 的 value（km）。', 'Give value (km) by unit for indicator_id 18 in indicators_dept.csv.'),
    },
    finding: {
      kind: 'time-limited', bodies: ['市政管理局', '街道办事处'],
      problem: t('{place}有{value}公里步行道不达标。', '{place} has {value} km of substandard walkway.'),
      advice: t('修复破损路面，补齐照明和缘石坡道，打通断点。', 'Mend the surface, add light and dropped kerbs, and close the gaps.'),
    },
  }),
  national(19, 'community', 'community', 'community', {
    ...LACKING,
    id: 'waste-sorting-lacking',
    name: t('未实施生活垃圾分类的小区数量', 'Communities without waste sorting'),
    surveyTopic: 'waste-sorting', computability: ['c'],
    definition: t('分类投放容器、管理制度，以及分类投放、收集、运输、处理四个环节中有任意一项缺失的小区（社区）数量。', 'Communities that lack sorting bins, rules, or any link of sorted disposal, collection, transport and treatment.'),
    formula: t('小区服务台账中“垃圾分类”为“否”的小区数。', 'Number of communities whose register says that there is no waste sorting.'),
    finding: {
      kind: 'time-limited', bodies: ['城市管理局', '街道办事处'],
      problem: t('{place}未实施生活垃圾分类[，涉及居民约{persons}人]。', '{place} does not sort its waste[, concerning about {persons} residents].'),
      advice: t('设置分类投放点并落实分类收运，配备指导员。', 'Set up sorted disposal points, collect sorted, and provide guides.'),
    },
  }),
  national(20, 'community', 'community', 'community', {
    ...LACKING,
    id: 'property-management-lacking',
    name: t('未实施物业管理的小区数量', 'Communities without property management'),
    surveyTopic: 'property-management', computability: ['c'],
    definition: t('没有专业物业服务，也没有社区托管或居民自管等物业管理的小区（社区）数量。', 'Communities with neither a property manager nor management by the community or the residents.'),
    formula: t('小区服务台账中“物业管理”为“否”的小区数。', 'Number of communities whose register says that there is no property management.'),
    finding: {
      kind: 'best-effort', bodies: ['住房城乡建设局', '街道办事处'],
      problem: t('{place}未实施物业管理[，涉及居民约{persons}人]。', '{place} has no property management[, concerning about {persons} residents].'),
      advice: t('引入专业物业，或由街道、社区组织托管，成立业主委员会。', 'Bring in a property manager or let the subdistrict or community manage, and have the owners form a committee.'),
    },
  }),
  national(21, 'community', 'community', 'community', {
    ...LACKING,
    id: 'smart-retrofit-communities',
    name: t('需要进行智慧化改造的小区数量', 'Communities that need a smart retrofit'),
    computability: ['c'],
    definition: t('缺少智能信包箱、智能快件箱、智能安防等任意一项的小区（社区）数量。', 'Communities without smart letter boxes, express lockers or smart security.'),
    formula: t('小区服务台账中“智慧化”为“否”的小区数。', 'Number of communities whose register says that they are not smart.'),
    finding: {
      kind: 'best-effort', bodies: ['住房城乡建设局', '公安局', '街道办事处'],
      problem: t('{place}需要进行智慧化改造。', '{place} needs a smart retrofit.'),
      advice: t('结合老旧小区改造安装智能安防、信包箱和快件箱，并接入社区平台。', 'Fit smart security, letter boxes and express lockers with the renewal of old communities and link them to the community’s platform.'),
    },
  }),
];
