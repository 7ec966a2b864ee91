/**
 * Two policy texts of the sample city, invented: an opinion of its government with targets and a division of work, and a speech at a meeting. What they ask is what the other
 * files of the city can answer, in part: some targets have an indicator with five years of statistics, some one that is computed and was measured once, some have none; some
 * tasks are in tasks.csv.
 *
 * The opinion's day and years stand (it came after the check-up of 2025, and its targets are held against that). The speech is given two months before the day the files are
 * written for, so that what it asks for by the end of the year, or next year, is still to come.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from './days.ts';
import { CITY_NAME } from './names.ts';
import type { CityPlan } from './plan.ts';

export interface SamplePolicy {
  readonly file: string;
  readonly published: string;
}

function opinion(city: string, districts: readonly string[]): string {
  const [first, second] = [districts[0], districts[districts.length - 1]];
  return `${city}人民政府关于一体化推进城市体检和城市更新的实施意见

各区人民政府，市政府各部门：

为贯彻落实中央城市工作会议精神，补齐2025年城市体检查出的短板，改善人居环境，现就一体化推进城市体检和城市更新提出如下意见。

一、总体要求
坚持先体检、后更新，无体检不更新。截至2025年底，全市已完成老旧小区改造62个，惠及居民1.8万户。

二、主要目标
（一）社区宜居。到2027年，15分钟便民生活圈覆盖率达到80%，城中村改造完成率达到65%以上。
（二）生态宜居。到2027年，公园绿化活动场地服务半径覆盖率达到90%以上。2026年底前，新建建筑中绿色建筑占比达到100%。到2030年，城市生活污水集中收集率不低于80%。
（三）交通便捷。到2027年，高峰期机动车平均速度不低于26公里/小时。到2030年，建成区路网密度达到8公里/平方公里。
（四）历史文化。2026年底前，历史文化街区、历史建筑挂牌建档率达到100%。到2027年，历史建筑空置率降至10%以下。
（五）安全韧性。到2027年，老旧燃气管网改造完成率达到100%，应急供水保障率不低于60%。到2030年，消防站服务半径覆盖率达到90%以上。
（六）智慧高效。到2027年，市政管网智能化监测管理率达到20%以上。到2030年，城市信息模型基础平台三维数据覆盖率达到60%以上。

三、补齐社区短板
（一）建设完整社区。新建社区养老服务设施20处，补建社区幼儿园6所，推动托育服务向社区延伸。（责任单位：市民政局、市教育局；配合单位：各区人民政府）
（二）改造老旧小区。市住房和城乡建设局牵头，会同市财政局、市发展和改革委员会，2027年6月底前完成2000年以前建成小区的改造任务，2027年底前完成加装电梯100部。
（三）缓解停车和充电难题。每年新增公共停车泊位2000个，老旧小区电动自行车充电设施实现全覆盖。鼓励单位停车场夜间向居民开放。

四、提升街区品质
（一）建设口袋公园和绿道。三年内新建口袋公园30个，打通断头路12条，完善步行和自行车道网络。
（二）整治背街小巷。${first}、${second}要先行试点，年底前各完成2条背街小巷整治。
（三）保护历史文化街区。严禁大拆大建，不得擅自拆除历史建筑。

五、守牢城市安全底线
（一）整治内涝积水。市水务局要在2027年汛期前完成严重易涝积水点整治，完善应急排涝机制。
（二）加强消防能力建设。优化消防站布局，开展占用消防通道专项整治，确保生命通道畅通。
（三）更新老化燃气管道。2026年底前基本完成燃气立管锈蚀楼栋更换。

六、加强组织实施
各区人民政府对本区城市体检和更新工作负总责，主要负责同志亲自抓。市住房和城乡建设局要会同有关部门每季度通报进展，对推进不力的单位予以督办。重大事项及时向市政府报告。

${city}人民政府
2026年3月10日
`;
}

/** `2026-09-18` as `2026年9月18日` */
const inChinese = (day: string): string => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日');

function speech(city: string, day: string): string {
  return `在全市城市更新工作推进会上的讲话
（${inChinese(day)}）

同志们：
今天召开这次会议，主要任务是总结今年以来的城市更新工作，部署下一阶段任务。刚才，几个区作了发言，讲得很好。下面，我讲三点意见。

一、看清形势，增强紧迫感
今年以来，全市新增社区养老床位420张，公园绿地面积比去年增加3.5%，群众的获得感不断增强。但也要看到，部分社区没有幼儿园，部分街区停车难，城市安全还有短板。

二、突出重点，抓好三件实事
一是抓好老旧小区改造。一要问需于民，改什么、怎么改由居民商量着办；二要统筹资金，把水电气热改造一并安排；三要建管并重，明年6月底前小区物业管理基本实现全覆盖。
二是抓好便民服务。加快补建社区食堂和托育点，力争用两年时间让每个社区都有一处老年助餐点。
三是抓好绿色出行。市交通运输局要优化公交线路，高峰时段重点线路发车间隔不超过10分钟；市城管局要加快修补人行道，方便群众步行和骑行。

三、压实责任，务求实效
各区、各部门要对照清单，逐项明确责任人和时间表，本月底前报市政府督查室。市政府督查室要跟踪问效，对进度滞后的发督办单。鼓励各区探索可持续的更新模式。
同志们，城市更新是民生工程，也是发展工程。让我们共同努力，把${city}建设得更加宜居。
谢谢大家！
`;
}

/** Days before the files are written for: what is asked for by the end of the month has passed, what is asked for next year has not. */
const SPEECH_DAYS = 60;

export const OPINION_FILE = 'opinion.txt';

/** Writes the texts into `dir/policies`. @param asOf `2026-11-17`: the day the city is shown on */
export function writePolicyTexts(dir: string, plan: CityPlan, asOf: string): SamplePolicy[] {
  const folder = join(dir, 'policies');
  mkdirSync(folder, { recursive: true });
  const spoken = addDays(asOf, -SPEECH_DAYS);
  const texts = [
    { file: OPINION_FILE, published: '2026-03-10', text: opinion(CITY_NAME.zh, plan.districts.map(({ name }) => name.zh)) },
    { file: 'speech.txt', published: spoken, text: speech(CITY_NAME.zh, spoken) },
  ];
  for (const { file, text } of texts) writeFileSync(join(folder, file), text);
  return texts.map(({ file, published }) => ({ file, published }));
}
