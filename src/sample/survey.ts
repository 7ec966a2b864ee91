/** The residents' survey of 2025: a row a questionnaire, a column a topic, answers from 1 (很不满意) to 5 (很满意). */
import { join } from 'node:path';
import { Random } from '../core/random.ts';
import type { Deficit } from './deficits.ts';
import type { Cell, CityPlan } from './plan.ts';
import { CsvWriter } from './write-csv.ts';

const PERSONS_PER_ANSWER = 190;
const LEAST_PER_COMMUNITY = 6;
/** Some answers more than the 1,500 that are asked for, whatever falls out. */
const LEAST_ANSWERS = 1560;

/** Topic, the mean answer of the city, and what makes it low where it is planted. */
const TOPICS: readonly (readonly [topic: string, mean: number, deficit?: Deficit])[] = [
  ['房屋与燃气安全', 3.8, 'corroded-risers'], ['楼道安全', 3.4], ['适老化', 3.1], ['住宅节能', 3.5],
  ['养老服务', 3.7, 'no-elderly-care'], ['托育服务', 3.6], ['幼儿园', 4.1, 'no-kindergarten'], ['小学', 3.7], ['社区医疗', 3.9, 'no-services'], ['便民服务', 3.9, 'no-services'],
  // the parking of the older estates is what people complain of most: under 60
  ['停车与充电', 2.6], ['公共活动场地', 3.6], ['垃圾分类', 3.8], ['物业管理', 3.3],
  ['中学', 3.8, 'no-middle-school'], ['公园绿地', 4, 'no-park'], ['停车秩序', 2.9], ['商业街区', 3.7],
  ['积水内涝', 3.7, 'ponding'], ['避难场所', 3.6, 'few-shelters'], ['消防', 4, 'no-fire-station'], ['通勤', 3.6], ['道路通畅', 3.4],
];
const LOW_MEAN = 1.7;
const SPREAD = 0.9;
const JOBS = ['企业职工', '个体经营', '自由职业', '退休', '学生', '务农', '机关事业单位', '服务业'] as const;

export const SURVEY_COLUMNS = ['respondent_id', 'unit_id', 'age', 'gender', 'residence_months', 'occupation', 'year', ...TOPICS.map(([topic]) => topic)] as const;

/** 30 % of 16–29, 55 % of 30–59, 15 % of 60 and over: by turns, so that the quotas hold in every sample. */
function ageOf(turn: number, random: Random): number {
  const place = (turn * 7) % 20;
  if (place < 6) return Math.floor(random.between(16, 30));
  return place < 17 ? Math.floor(random.between(30, 60)) : Math.floor(random.between(60, 86));
}

function answerOf(mean: number, random: Random): number {
  // the sum of four even numbers is bell-shaped enough
  const bell = (random.next() + random.next() + random.next() + random.next() - 2) * Math.sqrt(3);
  return Math.min(5, Math.max(1, Math.round(mean + SPREAD * bell)));
}

export function writeSurvey(dir: string, plan: CityPlan): number {
  const csv = new CsvWriter(join(dir, 'survey.csv'), SURVEY_COLUMNS);
  const perAnswer = Math.min(PERSONS_PER_ANSWER, plan.persons / LEAST_ANSWERS);
  const answersOf = (cell: Cell): number => Math.max(LEAST_PER_COMMUNITY, Math.round(cell.persons / perAnswer));
  let turn = 0;
  for (const cell of plan.cells) {
    if (cell.persons === 0) continue;
    const random = new Random(cell.seed * 31 + 7);
    for (let i = 0; i < answersOf(cell); i++) {
      turn++;
      const job = turn % 12 === 0 ? '机关事业单位' : JOBS[Math.floor(random.next() * (JOBS.length - 2))];
      csv.add([
        `Q2025${String(turn).padStart(6, '0')}`, cell.unitId, ageOf(turn, random), random.next() < 0.52 ? '女' : '男', Math.floor(random.between(7, 300)), job, 2025,
        ...TOPICS.map(([, mean, deficit]) => answerOf(deficit !== undefined && cell.deficits.has(deficit) ? LOW_MEAN : mean, random)),
      ]);
    }
  }
  csv.close();
  return csv.rows;
}
