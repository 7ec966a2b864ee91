/**
 * 住房: 1–9 of the national list. Looked at building by building; places report how many of their buildings are concerned, so they are judged from
 * the community up. A building is a row of buildings.csv; what a field survey alone can tell comes from the departments' table.
 */
import type { Indicator } from '../model.ts';
import { UNITS, both, flagged, national, reported } from './define-indicator.ts';

const HOUSING = ['住房城乡建设局', '区（县）人民政府', '街道办事处'];

export const HOUSING_INDICATORS: readonly Indicator[] = [
  national(1, 'housing', 'housing', 'community', {
    id: 'homes-structural-hazard',
    name: both('存在结构安全隐患的住宅数量', 'Homes with a structural hazard'),
    unit: UNITS.buildings, direction: 'down', oneVote: true, surveyTopic: 'building-safety', computability: ['c'],
    definition: both(
      '经房屋安全普查初判或现场检查，承重构件出现可见裂缝或被拆除（很严重）、砌体风化酥碱（严重）、拆除窗下墙或擅自加建（一般）的住宅楼栋数量。',
      'Residential buildings that the national hazard census or a visit found to have visible cracks in load-bearing parts or such parts removed (very serious), decaying masonry (serious), or a wall under a window removed or a bay added (general).',
    ),
    formula: both('房屋建筑台账中“结构安全隐患”为“是”的楼栋数。', 'Number of buildings whose register says that there is a structural hazard.'),
    note: both('GB 55038-2025；手册未规定达标值', 'GB 55038-2025; the manual prints no pass mark'),
    methods: [flagged('buildings', 'hazard_struct', true), reported('sum')],
    finding: {
      kind: 'time-limited', bodies: HOUSING,
      problem: both('{place}有{value}栋住宅存在结构安全隐患[，涉及居民约{persons}人]。', '{place} has {value} residential buildings with a structural hazard[, concerning about {persons} residents].'),
      advice: both('对隐患楼栋逐栋鉴定，危及安全的立即撤人、加固或拆除，其余列入年度加固计划。', 'Have every building concerned assessed; vacate, strengthen or take down those that endanger people at once and put the others on this year’s strengthening plan.'),
    },
  }),
  national(2, 'housing', 'housing', 'community', {
    id: 'homes-gas-hazard',
    name: both('存在燃气安全隐患的住宅数量', 'Homes with a gas hazard'),
    unit: UNITS.buildings, direction: 'down', oneVote: true, surveyTopic: 'building-safety', computability: ['c'],
    definition: both(
      '燃气立管、引入管或水平干管运行满20年且存在锈蚀、破损等问题的住宅楼栋数量。',
      'Residential buildings whose gas riser, lead-in or horizontal main has served twenty years or more and is corroded or damaged.',
    ),
    formula: both('房屋建筑台账中“燃气安全隐患”为“是”的楼栋数。', 'Number of buildings whose register says that there is a gas hazard.'),
    note: both('使用满20年见国务院办公厅2022–2025年燃气管道老化更新改造实施方案、GB 50028-2006（2020年版）；仅满年限不等于隐患，不以立管年份代替隐患标记', 'Twenty years: the State Council’s gas-pipe plan 2022–2025; GB 50028-2006 (2020). Age alone is no hazard, so the year of the riser is not used in place of the flag'),
    methods: [flagged('buildings', 'hazard_gas', true), reported('sum')],
    finding: {
      kind: 'time-limited', bodies: ['住房城乡建设局', '燃气经营企业', '街道办事处'],
      problem: both('{place}有{value}栋住宅的燃气管道使用满20年且锈蚀或破损[，涉及居民约{persons}人]。', 'In {place}, {value} residential buildings have gas pipes of twenty years and more that are corroded or damaged[, concerning about {persons} residents].'),
      advice: both('按楼栋更换立管、引入管和水平干管，完工前加密巡检并加装泄漏报警装置。', 'Renew risers, lead-ins and horizontal mains building by building; until then inspect more often and fit leak alarms.'),
    },
  }),
  national(3, 'housing', 'housing', 'community', {
    id: 'homes-stairwell-hazard',
    name: both('存在楼道安全隐患的住宅数量', 'Homes with a stairwell hazard'),
    unit: UNITS.buildings, direction: 'down', oneVote: true, surveyTopic: 'stairwell', computability: ['c', 'f'],
    definition: both(
      '楼梯踏步、扶手或照明损坏，通风井道、防火门、消火栓（高层）、灭火器、疏散标志缺失或损坏，楼道被占用，或电动自行车在楼道停放充电，八项中有任意一项的住宅楼栋数量。',
      'Residential buildings with any of eight faults in the common parts: steps, handrail or light; ventilation shaft; fire door; hydrant (high-rise); extinguisher; exit sign; blocked corridor; electric bicycles parked or charged inside.',
    ),
    formula: both('房屋建筑台账中“楼道安全隐患”为“是”的楼栋数。', 'Number of buildings whose register says that there is a stairwell hazard.'),
    methods: [flagged('buildings', 'hazard_stair', true), reported('sum')],
    finding: {
      kind: 'time-limited', bodies: ['街道办事处', '消防救援支队', '住房城乡建设局'],
      problem: both('{place}有{value}栋住宅存在楼道安全隐患[，涉及居民约{persons}人]。', '{place} has {value} residential buildings with a stairwell hazard[, concerning about {persons} residents].'),
      advice: both('清理占用楼道的杂物和电动自行车，修复踏步、扶手、照明，补齐消防设施，由物业或社区建立月检制度。', 'Clear goods and electric bicycles from the stairs, repair steps, handrails and lights, complete the fire equipment, and have the property manager or the community check every month.'),
    },
  }),
  national(4, 'housing', 'housing', 'community', {
    id: 'homes-envelope-hazard',
    name: both('存在围护安全隐患的住宅数量', 'Homes with an envelope hazard'),
    unit: UNITS.buildings, direction: 'down', oneVote: true, surveyTopic: 'building-safety', computability: ['c', 'f'],
    definition: both(
      '外墙饰面或保温层脱落、外窗玻璃破损、屋面或地下室渗漏的住宅楼栋数量。按脱落面积分级：不足10平方米、10至30平方米、超过30平方米。',
      'Residential buildings that lose façade or insulation, have broken window panes, or leak at the roof or in the basement. Graded by the area lost: under 10, 10 to 30, over 30 m².',
    ),
    formula: both('房屋建筑台账中“围护安全隐患”为“是”的楼栋数。', 'Number of buildings whose register says that there is an envelope hazard.'),
    methods: [flagged('buildings', 'hazard_env', true), reported('sum')],
    finding: {
      kind: 'time-limited', bodies: HOUSING,
      problem: both('{place}有{value}栋住宅存在外墙脱落、渗漏等围护安全隐患[，涉及居民约{persons}人]。', '{place} has {value} residential buildings with falling façades, leaks or other envelope hazards[, concerning about {persons} residents].'),
      advice: both('对脱落外墙立即设置警戒并拆除松动部分，按脱落面积大小安排修缮，渗漏屋面和地下室使用维修资金整治。', 'Fence off falling façades and remove loose parts at once, repair by the size of the area lost, and mend leaking roofs and basements from the maintenance fund.'),
    },
  }),
  national(5, 'housing', 'housing', 'community', {
    id: 'homes-not-self-contained',
    name: both('非成套住宅数量', 'Homes that are not self-contained'),
    unit: UNITS.homes, direction: 'down', surveyTopic: 'performance', computability: ['c'],
    definition: both('没有独立厨房或者没有独立卫生间的住宅套数。', 'Dwellings without a kitchen or a bathroom of their own.'),
    formula: both('房屋建筑台账中“是否成套”为“否”的楼栋的套数之和。', 'Sum of the dwellings of buildings whose register says that they are not self-contained.'),
    note: both('GB 55038-2025、GB/T 50362-2022；手册一处将《住宅性能评定标准》误标为GB 50096-2011（实为《住宅设计规范》），正确编号GB/T 50362-2022见手册下文', 'GB 55038-2025 and GB/T 50362-2022. Editorial error of the manual: it cites 住宅性能评定标准 as GB 50096-2011, which is 住宅设计规范; the right number, GB/T 50362-2022, stands further down in it'),
    methods: [{ operator: 'registry-count', params: { table: 'buildings', where: { column: 'complete_set', op: '=', value: false }, weigh: 'units' } }, reported('sum')],
    finding: {
      kind: 'best-effort', bodies: HOUSING,
      problem: both('{place}有非成套住宅{value}套[，涉及居民约{persons}人]。', '{place} has {value} dwellings that are not self-contained[, concerning about {persons} residents].'),
      advice: both('通过加建厨卫、合并户型或拆除重建实施成套化改造，优先安排存在结构隐患的楼栋。', 'Make dwellings self-contained by adding kitchens and bathrooms, joining dwellings or rebuilding, beginning with buildings that have structural hazards.'),
    },
  }),
  national(6, 'housing', 'housing', 'community', {
    id: 'homes-pipe-damage',
    name: both('存在管线管道破损的住宅数量', 'Homes with damaged pipes or lines'),
    unit: UNITS.buildings, direction: 'down', surveyTopic: 'pipes', computability: ['c', 'f'],
    definition: both('给水渗漏、排水堵塞、供暖不达标，或者电力、通信线路裸露破损的住宅楼栋数量。', 'Residential buildings where water leaks, drains block, heating stays below the standard, or power or telecom lines lie bare.'),
    formula: both('部门或现场调查统计的楼栋数。', 'Number of buildings counted by a department or a field survey.'),
    methods: [reported('sum')],
    missing: {
      kind: 'no-method',
      reason: both('管线管道破损只能入户或现场查看，台账中没有对应字段。', 'Damaged pipes and lines can only be seen on site; no column of the registers holds them.'),
      supply: both('在 indicators_dept.csv 中按单元填写 indicator_id=6 的 value（栋）。', 'Give value (buildings) by unit for indicator_id 6 in indicators_dept.csv.'),
    },
    finding: {
      kind: 'time-limited', bodies: ['住房城乡建设局', '水务局', '街道办事处'],
      problem: both('{place}有{value}栋住宅存在管线管道破损[，涉及居民约{persons}人]。', '{place} has {value} residential buildings with damaged pipes or lines[, concerning about {persons} residents].'),
      advice: both('修复渗漏和堵塞管道，规整裸露线路，结合老旧小区改造整体更换超期管线。', 'Repair leaking and blocked pipes, tidy bare lines, and renew outdated ones together with the renewal of the community.'),
    },
  }),
  national(7, 'housing', 'housing', 'community', {
    id: 'homes-age-friendly-retrofit',
    name: both('需要进行适老化改造的住宅数量', 'Homes that need an age-friendly retrofit'),
    unit: UNITS.buildings, direction: 'down', upgrade: true, surveyTopic: 'age-friendly', computability: ['c'],
    definition: both(
      '具备条件而未加装电梯的多层住宅，或者出入口无坡道、无防滑处理，楼梯无扶手，特殊困难老年人家庭未改造的住宅楼栋数量。',
      'Residential buildings of several storeys without a lift though one could be fitted, or without ramp, anti-slip paving or handrail, or with unadapted homes of elderly persons in special need.',
    ),
    formula: both(
      '房屋建筑台账中层数不少于4层且无电梯的楼栋数。坡道、扶手等其余各项台账中没有，因此这是下限。',
      'Number of buildings of four storeys and more without a lift in the register. Ramps, handrails and the other items are not in the register, so this is a lower bound.',
    ),
    note: both('GB 50763-2012、GB 55019-2021；“多层”按四层及以上为本平台约定，可在参数中调整', 'GB 50763-2012, GB 55019-2021. Four storeys are this program’s reading of “multi-storey”, to be changed in the parameters'),
    methods: [{ operator: 'registry-count', params: { table: 'buildings', where: { all: [{ column: 'storeys', op: '>=', value: 4 }, { column: 'lift', op: '=', value: false }] } } }, reported('sum')],
    finding: {
      kind: 'best-effort', bodies: ['住房城乡建设局', '民政局', '街道办事处'],
      problem: both('{place}有{value}栋住宅需要进行适老化改造[，涉及居民约{persons}人]。', '{place} has {value} residential buildings that need an age-friendly retrofit[, concerning about {persons} residents].'),
      advice: both('按居民意愿加装电梯，补建坡道、扶手和防滑设施，优先改造老年人口多的楼栋。', 'Fit lifts where residents agree, add ramps, handrails and anti-slip paving, and begin with the buildings that have most elderly residents.'),
    },
  }),
  national(8, 'housing', 'housing', 'community', {
    id: 'homes-energy-retrofit',
    name: both('需要进行节能改造的住宅数量', 'Homes that need an energy retrofit'),
    unit: UNITS.buildings, direction: 'down', upgrade: true, surveyTopic: 'energy', computability: ['c'],
    definition: both(
      '2000年以前建成、具有改造价值（改造后仍可安全使用20年以上且未列入拆除计划）而尚未进行节能改造的住宅楼栋数量。',
      'Residential buildings of before 2000 that are worth a retrofit (safe for twenty years after it and not planned to be taken down) and have not had one.',
    ),
    formula: both(
      '房屋建筑台账中建成年份早于2000年且“节能改造”为“否”的楼栋数。是否列入拆除计划台账中没有，因此这是上限。',
      'Number of buildings of before 2000 in the register without an energy retrofit. Plans to take them down are not in the register, so this is an upper bound.',
    ),
    note: both('GB 55015-2021', 'GB 55015-2021'),
    methods: [{ operator: 'registry-count', params: { table: 'buildings', where: { all: [{ column: 'year_built', op: '<', value: 2000 }, { column: 'energy_retrofit', op: '=', value: false }] } } }, reported('sum')],
    finding: {
      kind: 'best-effort', bodies: HOUSING,
      problem: both('{place}有{value}栋2000年以前建成的住宅尚未进行节能改造。', '{place} has {value} residential buildings of before 2000 without an energy retrofit.'),
      advice: both('结合老旧小区改造实施外墙、屋面保温和门窗更换，优先安排居民意愿高的楼栋。', 'Insulate walls and roofs and renew windows together with the renewal of old communities, beginning where residents want it.'),
    },
  }),
  national(9, 'housing', 'housing', 'community', {
    id: 'homes-digital-retrofit',
    name: both('需要进行数字化改造的住宅数量', 'Homes that need a digital retrofit'),
    unit: UNITS.buildings, direction: 'down', upgrade: true, surveyTopic: 'digital-home', computability: ['c'],
    definition: both(
      '未通光纤、无单元门禁、公共部位无烟感报警（10层及以上）、老年人和残疾人住房无紧急呼叫设施，有任意一项的住宅楼栋数量。',
      'Residential buildings without optical fibre, without entrance security, without smoke alarms in the common parts (ten storeys and more), or without emergency call for elderly and disabled residents.',
    ),
    formula: both(
      '部门统计的楼栋数；没有统计时，取台账中10层及以上且未接入消防物联网的楼栋数，只反映烟感报警一项，是下限。',
      'Number of buildings reported by the departments; without it, the buildings of ten storeys and more in the register that are not connected to fire monitoring: that shows the smoke alarms only and is a lower bound.',
    ),
    methods: [reported('sum'), { operator: 'registry-count', params: { table: 'buildings', where: { all: [{ column: 'storeys', op: '>=', value: 10 }, { column: 'fire_iot', op: '=', value: false }] } }, quality: 'proxy' }],
    finding: {
      kind: 'best-effort', bodies: ['住房城乡建设局', '消防救援支队', '街道办事处'],
      problem: both('{place}有{value}栋住宅需要进行数字化改造。', '{place} has {value} residential buildings that need a digital retrofit.'),
      advice: both('推进光纤入户和单元门禁建设，为高层住宅公共部位加装烟感报警，为高龄和残疾人家庭安装紧急呼叫装置。', 'Bring optical fibre and entrance security to the buildings, fit smoke alarms in the common parts of high-rises, and emergency call in homes of very old and disabled residents.'),
    },
  }),
];
