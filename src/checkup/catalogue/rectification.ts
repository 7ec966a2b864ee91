/** 问题整治: 60 of the national list. */
import type { Indicator } from '../model.ts';
import { UNITS, both, national, reported } from './define-indicator.ts';

/** Tasks that came from indicators and findings of the check-up, not from leaders or single cases; where nobody says, all. */
export const RECTIFICATION_TASKS = { column: 'source', op: 'in', values: ['指标', '问题', '城市体检', 'indicator', 'issue', 'finding'], whenEmpty: 'yes', whenAbsent: 'yes' } as const;

export const RECTIFICATION_INDICATORS: readonly Indicator[] = [
  national(60, 'city', 'rectification', 'city', {
    id: 'rectification-rate',
    name: both('问题整治完成率', 'Rectification rate'),
    unit: UNITS.percent, direction: 'up', computability: ['s'],
    definition: both('到期的城市体检问题中已完成整治的比例，限时解决和尽力解决分别统计。', 'Share of the findings due that have been rectified; time-limited and best-effort ones are counted apart.'),
    formula: both('已完成整治数 ÷ 到期应整治数 × 100%。限时解决的逾期即为未完成。', 'Rectified ÷ due × 100 %. A time-limited one that is late counts as not rectified.'),
    methods: [{ operator: 'task-rate', params: { class: 'all', where: RECTIFICATION_TASKS } }, reported('ratio')],
    finding: {
      kind: 'time-limited', bodies: ['住房城乡建设局', '区（县）人民政府'],
      problem: both('{place}问题整治完成率为{value}%。', '{value} % of the findings due in {place} have been rectified.'),
      advice: both('对逾期未完成的问题下发督办单，明确责任单位和完成时限。', 'Issue supervision orders for findings that are late, with the body responsible and a deadline.'),
    },
  }),
];
