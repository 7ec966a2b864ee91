/** 生活圈 (GB 50180-2018) and 完整居住社区 (建科规〔2020〕7号). The facility table with radii and its confidence: src/base/facilities/kinds.ts. */
import type { Indicator } from '../model.ts';
import { UNITS, both, define } from './define-indicator.ts';

const CIRCLES = [
  { minutes: 5, zh: '五分钟', level: 'community', dimension: 'community', topic: 'daily-services' },
  { minutes: 10, zh: '十分钟', level: 'community', dimension: 'community', topic: 'daily-services' },
  { minutes: 15, zh: '十五分钟', level: 'block', dimension: 'block', topic: 'daily-services' },
] as const;

const GB = 'GB 50180-2018 表3.0.4、附录B、附录C（附录B多数半径凭记忆）；一刻钟便民生活圈';

const attainment = ({ minutes, zh, level, dimension, topic }: (typeof CIRCLES)[number]): Indicator =>
  define({ set: 'living-circle', version: '2025.1', source: GB, confidence: 'recalled' }, {
    id: `living-circle-${minutes}`, group: 'living-circle', dimension, level, surveyTopic: topic,
    name: both(`${zh}生活圈设施达标率`, `Attainment of the ${minutes}-minute living circle`),
    unit: UNITS.percent, direction: 'up', computability: ['a', 'c'],
    definition: both(
      `${zh}生活圈应配建（▲）设施种类中，居民在各类设施服务半径内的比例，按人口加权平均。各级生活圈不重复计算下级设施。`,
      `Of the kinds of facility that a ${minutes}-minute living circle must have (▲), the share within whose radius residents live, as a mean over persons. A circle does not count the kinds of the smaller ones again.`,
    ),
    formula: both('Σ(人口 × 达到的设施种类数 ÷ 应配建种类数) ÷ Σ人口 × 100%，以直线服务半径计。', 'Sum of persons × kinds reached ÷ kinds required, ÷ persons × 100 %, by straight-line radius.'),
    methods: [{ operator: 'living-circle', params: { minutes, needs: 'must', measure: 'straight', as: 'attainment' } }],
    finding: {
      kind: 'best-effort', bodies: ['自然资源和规划局', '民政局', '街道办事处'],
      problem: both(`{place}${zh}生活圈设施达标率为{value}%。`, `{place} attains {value} % of the ${minutes}-minute living circle.`),
      advice: both('按缺项清单补建设施，优先利用存量用房，一处多用。', 'Add the kinds that are lacking, in existing premises first and several in one.'),
    },
  });

const complete = ({ minutes, zh, level, dimension }: (typeof CIRCLES)[number]): Indicator =>
  define({ set: 'living-circle', version: '2025.1', source: GB, confidence: 'recalled' }, {
    id: `living-circle-${minutes}-complete`, group: 'living-circle', dimension, level,
    name: both(`${zh}生活圈完整覆盖人口比例`, `Residents with a complete ${minutes}-minute living circle`),
    unit: UNITS.percent, direction: 'up', computability: ['a', 'c'],
    definition: both(`${zh}生活圈全部应配建（▲）设施都在服务半径内的人口比例。`, `Share of residents within the radius of every kind of facility that a ${minutes}-minute living circle must have (▲).`),
    formula: both('达到全部应配建种类的人口 ÷ 人口 × 100%。', 'Residents who reach all kinds ÷ residents × 100 %.'),
    methods: [{ operator: 'living-circle', params: { minutes, needs: 'must', measure: 'straight', as: 'complete' } }],
  });

const onFoot = ({ minutes, zh, level, dimension }: (typeof CIRCLES)[number]): Indicator =>
  define({ set: 'living-circle', version: '2025.1', source: GB, confidence: 'recalled' }, {
    id: `living-circle-${minutes}-walk`, group: 'living-circle', dimension, level,
    name: both(`${zh}生活圈设施步行达标率`, `Attainment of the ${minutes}-minute living circle on foot`),
    unit: UNITS.percent, direction: 'up', computability: ['a', 'c'],
    definition: both(`${zh}生活圈应配建（▲）设施种类中，居民沿路网步行${minutes}分钟内可达的比例，按人口加权平均。`, `Of the kinds of facility that a ${minutes}-minute living circle must have (▲), the share that residents reach within ${minutes} minutes on foot along the streets, as a mean over persons.`),
    formula: both('Σ(人口 × 步行可达的设施种类数 ÷ 应配建种类数) ÷ Σ人口 × 100%。', 'Sum of persons × kinds reached on foot ÷ kinds required, ÷ persons × 100 %.'),
    methods: [{ operator: 'living-circle', params: { minutes, needs: 'must', measure: 'walk', as: 'attainment' } }],
  });

const COMMUNITY = { set: 'complete-community', version: '2025.1', source: '完整居住社区建设标准（试行） 建科规〔2020〕7号（部分数值凭记忆）', confidence: 'recalled' } as const;

export const LIVING_CIRCLE_INDICATORS: readonly Indicator[] = [...CIRCLES.map(attainment), ...CIRCLES.map(complete), ...CIRCLES.map(onFoot)];

export const COMPLETE_COMMUNITY_INDICATORS: readonly Indicator[] = [
  define(COMMUNITY, {
    id: 'complete-community-items', group: 'complete-community', dimension: 'community', level: 'community', surveyTopic: 'daily-services',
    name: both('完整居住社区达标项比例', 'Items of a complete community that are met'),
    unit: UNITS.percent, direction: 'up', computability: ['a', 'c', 'f'],
    definition: both('完整居住社区20项建设要求中，能够判断的项目里达标项所占比例；无法判断的项目列出，不计入分母。', 'Of the twenty items of a complete community, those met as a share of those that can be judged; the others are named and left out.'),
    formula: both('达标项数 ÷ 可判断项数 × 100%。', 'Items met ÷ items judged × 100 %.'),
    methods: [{ operator: 'complete-community', params: { as: 'share' } }],
    finding: {
      kind: 'best-effort', bodies: ['住房城乡建设局', '民政局', '街道办事处'],
      problem: both('{place}完整居住社区可判断项目中达标{value}%。', '{place} meets {value} % of the items of a complete community that can be judged.'),
      advice: both('按缺项清单编制完整社区建设方案，与老旧小区改造一并实施。', 'Plan a complete community from the items that are lacking, together with the renewal of old communities.'),
    },
  }),
  define(COMMUNITY, {
    id: 'complete-community-share', group: 'complete-community', dimension: 'community', level: 'block',
    name: both('完整居住社区覆盖率', 'Complete communities'),
    unit: UNITS.percent, direction: 'up', computability: ['a', 'c', 'f'],
    definition: both('可判断项目全部达标的社区占社区总数的比例。', 'Share of the communities that meet every item that can be judged.'),
    formula: both('可判断项目全部达标的社区数 ÷ 可判断的社区数 × 100%。', 'Communities that meet every judged item ÷ communities judged × 100 %.'),
    methods: [{ operator: 'complete-community', params: { as: 'complete' } }],
  }),
];
