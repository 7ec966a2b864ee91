/**
 * tasks.csv, the register of supervised tasks (督办台账) as departments hand it in: those due in 2025, which the check-up of that year counts, with what became of them; and those of the
 * running year, dated from the day the files are written for, so that a ledger opened on that day has every light: on plan, due soon, behind, silent, overdue, an order answered and one
 * that is not, a milestone missed, done, put off with a reason, withdrawn.
 */
import { join } from 'node:path';
import { Random } from '../core/random.ts';
import { addDays } from './days.ts';
import type { CityPlan, District } from './plan.ts';
import type { CsvValue } from './write-csv.ts';
import { CsvWriter } from './write-csv.ts';

export const TASK_COLUMNS = [
  'task_id', 'source', 'title', 'dept', 'support', 'district', 'start_date', 'deadline', 'first_deadline', 'extensions', 'extended_on', 'extension_reason', 'class', 'status', 'percent', 'progress', 'progress_date', 'evidence',
  'finish_date', 'milestones', 'order_no', 'order_text', 'order_date', 'answer_by', 'answer_date', 'answer',
] as const;
type TaskCells = Partial<Record<(typeof TASK_COLUMNS)[number], CsvValue>>;

type Kind = '限时' | '尽力';

/** Of the year that is checked: where it came from, what is to be done, by whom. */
const CHECKED_YEAR: readonly (readonly [string, string, string, Kind])[] = [
  ['指标', '完成燃气立管锈蚀楼栋更换', '住建局', '限时'],
  ['指标', '整治严重易涝积水点', '水务局', '限时'],
  ['问题', '补建社区幼儿园', '教育局', '尽力'],
  ['问题', '补建社区养老服务设施', '民政局', '尽力'],
  ['领导', '产业园区公交加密和便民服务配套', '交通运输局', '限时'],
  ['领导', '公园绿地建设', '园林局', '尽力'],
  ['案件', '占用消防通道专项整治', '消防救援支队', '限时'],
  ['指标', '消防站布点优化', '消防救援支队', '尽力'],
  ['问题', '老旧小区加装电梯', '更新办', '尽力'],
  ['案件', '停车泊位挖潜', '街道办事处', '尽力'],
];

const RUNNING_YEAR: readonly (readonly [string, string, string, string, Kind])[] = [
  ['指标', '打通断头路', '交通运输局', '自然资源局', '限时'],
  ['问题', '新建口袋公园', '园林局', '街道办事处', '限时'],
  ['会议', '新建社区老年助餐点', '民政局', '街道办事处', '限时'],
  ['问题', '增设电动自行车充电设施', '住建局', '消防救援支队', '限时'],
  ['案件', '整治背街小巷', '城管局', '街道办事处', '尽力'],
  ['指标', '改造老旧燃气管网', '住建局', '燃气经营企业', '限时'],
  ['会议', '修补人行道', '城管局', '残联', '尽力'],
  ['指标', '清淤疏通雨水管渠', '水务局', '市政处', '限时'],
];

/** How a task stands on a day; days are told from it, past ones as negative numbers. */
type Standing = (day: (days: number) => string, title: string, number: number) => TaskCells;

const steps = (...list: readonly (readonly [string, string, boolean])[]): string => list.map(([day, title, done]) => `${day} ${title}${done ? '（已完成）' : ''}`).join('；');

const onPlan: Standing = (day) => ({
  start_date: day(-95), deadline: day(115), status: '进行中', percent: 46, progress: '完成方案审查和招标，施工队伍已进场。', progress_date: day(-9), evidence: '中标通知书、现场照片',
  milestones: steps([day(-40), '完成招标', true], [day(50), '完成主体施工', false]),
});
const begun: Standing = (day) => ({ start_date: day(-35), deadline: day(190), status: '进行中', percent: 15, progress: '完成摸底，形成点位清单。', progress_date: day(-14), evidence: '点位清单' });
const dueSoon: Standing = (day) => ({ start_date: day(-170), deadline: day(8), status: '进行中', percent: 88, progress: '主体完工，正在收尾。', progress_date: day(-5), evidence: '现场照片' });
const behind: Standing = (day) => ({ start_date: day(-160), deadline: day(80), status: '进行中', percent: 30, progress: '资金未全部到位，只开工了一部分点位。', progress_date: day(-12) });
const silent: Standing = (day) => ({ start_date: day(-120), deadline: day(140), status: '进行中', percent: 40, progress: '完成设计。', progress_date: day(-78) });
const overdue: Standing = (day, title, number) => ({
  start_date: day(-200), deadline: day(-19), status: '超期未完成', percent: 75, progress: '剩余点位居民意见尚未统一。', progress_date: day(-4), evidence: '居民意见征询表',
  order_no: `督〔${day(0).slice(0, 4)}〕${number}号`, order_text: `“${title}”已超期，请说明原因和完成日期。`, order_date: day(-16), answer_by: day(-6), answer_date: day(-8), answer: '已逐户协商，两个月内完成。',
});
const unanswered: Standing = (day, title, number) => ({
  start_date: day(-110), deadline: day(60), status: '进行中', percent: 52, progress: '开工点位过半。', progress_date: day(-26),
  order_no: `督〔${day(0).slice(0, 4)}〕${number}号`, order_text: `“${title}”有群众反映扰民，请核实并书面答复。`, order_date: day(-20), answer_by: day(-6),
});
const stepMissed: Standing = (day) => ({
  start_date: day(-130), deadline: day(90), status: '进行中', percent: 50, progress: '管线迁改影响主体施工。', progress_date: day(-7),
  milestones: steps([day(-70), '完成设计', true], [day(-13), '完成管线迁改', false], [day(60), '完成主体施工', false]),
});
const done: Standing = (day) => ({ start_date: day(-150), deadline: day(-21), status: '已完成', percent: 100, progress: '全部完工并通过验收。', progress_date: day(-30), evidence: '验收单、现场照片', finish_date: day(-30) });
const doneLate: Standing = (day) => ({ start_date: day(-180), deadline: day(-50), status: '逾期完成', percent: 100, progress: '完工并通过验收，比时限晚九天。', progress_date: day(-41), evidence: '验收单', finish_date: day(-41) });
const submitted: Standing = (day) => ({ start_date: day(-100), deadline: day(13), status: '待核验', percent: 100, progress: '完工，提请核验。', progress_date: day(-2), evidence: '竣工报告、现场照片' });
const putOff: Standing = (day) => ({
  start_date: day(-190), first_deadline: day(-25), deadline: day(45), extensions: 1, extended_on: day(-33), extension_reason: '汛期停工两个月，工期顺延。', status: '进行中', percent: 72, progress: '复工后按新的工期推进。', progress_date: day(-8), evidence: '监理日志',
});
const withdrawn: Standing = (day) => ({ start_date: day(-140), deadline: day(30), status: '已撤销', progress: '点位已列入片区更新项目，不再单独实施。', progress_date: day(-60) });
const notGivenOut: Standing = (day) => ({ deadline: day(210), status: '待下达' });

/** Of 24 tasks in a row: mostly on plan or done, as a ledger is. */
const MIX: readonly Standing[] = [
  onPlan, done, begun, dueSoon, onPlan, putOff, silent, done, begun, submitted, onPlan, overdue, done, onPlan, behind, unanswered, onPlan, done, notGivenOut, stepMissed, withdrawn, onPlan, doneLate, begun,
];

/** Of 2025. Done in time, or what is limited in time done late; one in two of the others was put off into the running year. */
function ofCheckedYear(kind: Kind, random: Random, isPutOff: boolean, asOf: string): TaskCells {
  const isDone = random.chance(0.45);
  const month = random.integer(3, 12);
  const deadline = `2025-${String(month).padStart(2, '0')}-28`;
  const start = `2025-0${Math.max(1, Math.min(9, month - 2))}-06`;
  const finish = (first: string, days: number): TaskCells => ({ start_date: start, deadline, percent: 100, finish_date: addDays(first, days), progress_date: addDays(first, days), evidence: '现场照片、验收单' });
  if (isDone) return { ...finish(deadline, -random.integer(2, 18)), status: '已完成', progress: '完工并通过验收。' };
  if (kind === '限时' || !isPutOff) return { ...finish(deadline, random.integer(6, 80)), status: '逾期完成', progress: '已完工，晚于时限。' };
  return {
    start_date: start, first_deadline: deadline, deadline: addDays(asOf, random.integer(20, 90)), extensions: 1, extended_on: addDays(deadline, -8), extension_reason: '选址方案调整，需重新履行规划手续。', status: '进行中',
    percent: random.integer(70, 85), progress: '规划手续已办结，正在施工。', progress_date: addDays(asOf, -random.integer(3, 20)), evidence: '规划许可证',
  };
}

export function writeTasks(dir: string, plan: CityPlan, asOf: string): number {
  const csv = new CsvWriter(join(dir, 'tasks.csv'), TASK_COLUMNS);
  const random = new Random(plan.seed + 77);
  const add = (district: District, cells: TaskCells): void => {
    const row: TaskCells = { task_id: `T${district.unitId}${String(csv.rows + 1).padStart(4, '0')}`, district: district.name.zh, extensions: 0, ...cells };
    csv.add(TASK_COLUMNS.map((column) => row[column]));
  };
  for (const district of plan.districts) {
    CHECKED_YEAR.forEach(([source, title, dept, kind], i) => add(district, { source, title: `${district.name.zh}${title}`, dept, class: kind, ...ofCheckedYear(kind, random, i % 2 === 0, asOf) }));
  }
  plan.districts.forEach((district, d) => {
    RUNNING_YEAR.forEach(([source, title, dept, support, kind], i) => {
      const number = d * RUNNING_YEAR.length + i;
      // a few days either way, the same for all of a task's, so that not everything happens at once
      const shift = random.integer(-1, 1);
      const name = `${district.name.zh}${title}`;
      add(district, { source, title: name, dept, support, class: kind, ...MIX[number % MIX.length]((days) => addDays(asOf, days + (days === 0 ? 0 : shift)), name, number + 1) });
    });
  });
  csv.close();
  return csv.rows;
}
