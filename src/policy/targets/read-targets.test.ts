// Sentences in the manner of work reports, plans, notices and speeches, written for this test, with what a person reads in them:
// `value unit comparator deadline "words of the span"`. None is taken from a document.
import { describe, expect, it } from 'vitest';
import type { OutlineNode, Quantity, Target } from '../model.ts';
import type { Passage } from '../passage.ts';
import { readQuantities } from '../quantities/read-quantities.ts';
import { readTimes } from '../times/read-times.ts';
import { readTargets } from './read-targets.ts';

const PUBLISHED = '2025-02-10';

function read(text: string, heading = '', publishedAt: string | null = PUBLISHED) {
  const passage: Passage = { clause: '1', text, at: Int32Array.from({ length: text.length + 1 }, (_, i) => i) };
  const node: OutlineNode = { id: '1', parent: null, level: 1, kind: 'section', marker: null, ordinal: null, heading, headingSpan: [0, 0], span: [0, text.length], state: 'present' };
  return readTargets(passage, { times: readTimes(text, { publishedAt }), quantities: readQuantities(text), node, publishedAt });
}

const sayQuantity = ({ value, upper, unit, comparator, masked, sense }: Quantity): string =>
  `${masked ? 'masked' : value}${upper === null ? '' : `..${upper}`}${unit === '' ? '' : ` ${unit}`}${comparator === '=' ? '' : ` ${comparator}`}${sense === 'level' ? '' : ` ${sense}`}`;
const sayTarget = ({ quantity, state, deadline }: Omit<Target, 'id'>): string =>
  `${quantity === null ? `state ${state}` : sayQuantity(quantity)}${deadline === null ? '' : ` by ${deadline.to ?? '?'}`}`;

interface Row {
  readonly text: string;
  readonly heading?: string;
  readonly targets?: readonly string[];
  readonly facts?: readonly string[];
}

const ROWS: readonly Row[] = [
  // work report: looking back
  { text: '过去一年,全市地区生产总值增长5.6%,城镇新增就业12.3万人,新建改造供水管网186公里。', facts: ['5.6 % change', '123000 人', '186 公里'] },
  { text: '一、新增7000张养老床位。改造40家服务中心。', targets: ['7000 张', '40 家'] },
  { text: '累计改造老旧小区412个,惠及居民9.8万户。', facts: ['412 个', '98000 户'] },
  { text: '一年来,我们新建口袋公园36个、绿道58公里,人均公园绿地面积达到15.2平方米。', facts: ['36 个', '58 公里', '15.2 平方米'] },
  { text: '截至2024年底,全市共有养老服务机构230家,床位3.1万张。', facts: ['230 家', '31000 张'] },
  { text: '常住人口城镇化率由61.5%提高到64.2%。', heading: '一、2024年工作回顾', facts: ['64.2 %'] },
  { text: '去年完成危旧房改造1200户,同比增长两成。', facts: ['1200 户', '20 % change'] },
  { text: '目前我市建成区路网密度仅为5.3公里/平方公里,低于全国平均水平。', facts: ['5.3 公里/平方公里'] },
  { text: '新增公共停车泊位5000余个。', heading: '(一)取得的成效', facts: ['5000 个 ~'] },
  { text: '全市仍有近三成老旧小区没有物业服务。', facts: ['30 % ~'] },
  { text: '我区现有社区56个,其中38个没有养老服务站。', facts: ['56 个', '38 个'] },
  // work report: this year
  { text: '今年发展主要预期目标是:地区生产总值增长5.5%左右,城镇调查失业率控制在5.5%以内,居民消费价格涨幅2%左右。', targets: ['5.5 % ~ change by 2025-12-31', '5.5 % <= by 2025-12-31', '2 % ~ by 2025-12-31'] },
  { text: '2025年,新建保障性租赁住房8000套,改造城中村5个。', targets: ['8000 套 by 2025-12-31', '5 个 by 2025-12-31'] },
  { text: '力争全年新增城镇就业10万人以上。', targets: ['100000 人 >='] },
  { text: '年底前开工改造老旧小区150个,完工不少于120个。', targets: ['150 个 by 2025-12-31', '120 个 >= by 2025-12-31'] },
  { text: '6月底前完成全部危房排查,9月底前完成整治。', targets: ['state 完成 by 2025-06-30', 'state 完成 by 2025-09-30'] },
  { text: '确保国庆前建成投用体育公园2个。', targets: ['2 个 by 2025-09-30'] },
  { text: '上半年新开工项目不少于40个,完成投资120亿元以上。', targets: ['40 个 >= by 2025-06-30', '12000000000 元 >= by 2025-06-30'] },
  { text: '全年压减一般性支出10%以上,“三公”经费只减不增。', targets: ['10 % >= change', 'state 只减不增'] },
  { text: '新建和改扩建义务教育学校12所,新增学位1.5万个。', heading: '(三)今年重点工作', targets: ['12 所', '15000 个'] },
  { text: '加装电梯200部,更新改造燃气管网120公里、供热管网80公里。', heading: '三、2025年工作安排', targets: ['200 部', '120 公里', '80 公里'] },
  // plans
  { text: '到2027年,城市建成区路网密度达到8公里/平方公里以上,公园绿化活动场地服务半径覆盖率不低于85%。', targets: ['8 公里/平方公里 >= by 2027-12-31', '85 % >= by 2027-12-31'] },
  { text: '到2030年,城市体检制度全面建立,重大安全隐患基本消除,人居环境质量明显改善。', targets: ['state 全面建立 by 2030-12-31', 'state 基本消除 by 2030-12-31', 'state 明显改善 by 2030-12-31'] },
  { text: '“十五五”期间,力争改造2000年底前建成的老旧小区600个。', targets: ['600 个 by 2030-12-31'] },
  { text: '“十四五”末,基本完成城镇预制板建筑治理改造。', targets: ['state 基本完成 by 2025-12-31'] },
  { text: '力争用3年左右时间,实现县城生活污水处理率达到97%。', targets: ['97 % by 2028-02-10'] },
  { text: '三年内培育年产值超百亿元企业5家,规模以上工业企业突破800家。', targets: ['5 家 by 2028-02-10', '800 家 > by 2028-02-10'] },
  { text: '2025—2027年,每年建设完整社区不少于20个。', targets: ['20 个 >= rate by 2027-12-31'] },
  { text: '到2026年底,单位地区生产总值能耗比2020年下降14.5%。', targets: ['14.5 % change by 2026-12-31'] },
  { text: '到2035年,森林覆盖率由42%提高到45%以上。', targets: ['45 % >= by 2035-12-31'] },
  { text: '居民人均可支配收入年均增长6%以上,到2030年翻一番。', heading: '二、发展目标', targets: ['6 % >= rate', '2 倍 by 2030-12-31'] },
  { text: '到2028年,研发经费投入占地区生产总值比重提高0.5个百分点,达到3.2%。', targets: ['0.5 个百分点 change by 2028-12-31', '3.2 % by 2028-12-31'] },
  { text: '二〇二六年六月底前,各县区要完成房屋建筑底数摸排。', targets: ['state 完成房屋建筑底数摸排 by 2026-06-30'] },
  { text: '到2025年末,城市供水管网漏损率控制在8%以内,再生水利用率达到三成以上。', targets: ['8 % <= by 2025-12-31', '30 % >= by 2025-12-31'] },
  { text: '每千名老年人拥有护理床位达到五十张,普惠性幼儿园覆盖率稳定在百分之九十以上。', heading: '(一)工作目标', targets: ['50 张', '90 % >='] },
  { text: '新增绿地面积300—350公顷,建设绿道80至100公里。', heading: '重点任务', targets: ['300..350 公顷 between', '80..100 公里 between'] },
  { text: '市中心城区人口密度不得超过1.2万人/平方公里。', targets: ['12000 人/平方公里 <='] },
  { text: '新建住宅建筑高度一般不超过80米,社区综合服务设施面积每百户不少于30平方米。', heading: '主要任务', targets: ['80 米 <=', '30 平方米 >='] },
  { text: '确保重大安全隐患动态清零。', targets: ['state 动态清零'] },
  { text: '到2027年底前,实现县级以上城市“一网统管”平台全覆盖。', targets: ['state 全覆盖 by 2027-12-31'] },
  { text: '规划期末,争取1/3以上的社区建成15分钟生活圈。', heading: '目标', targets: [] },
  // notices: deadlines of days
  { text: '请各区于3月15日前将整治方案报市住房城乡建设局。' },
  { text: '各部门应在2025年4月底前完成自查,5月10日前形成整改台账。', targets: ['state 完成自查 by 2025-04-30', 'state 形成 by 2025-05-10'] },
  // speeches: counts of the text's own parts are neither
  { text: '下面,我讲三点意见。' },
  { text: '要重点做好四个方面的工作,处理好五大关系。' },
  { text: '会议明确了七项重点任务,我们要逐项抓落实。' },
  { text: '深入实施城市更新“351”行动,落实“三张清单”。' },
  { text: '持续推进12个重点领域专项治理行动。' },
  { text: '推动一网统管、一网通办,打造一刻钟便民生活圈。' },
  { text: '引进世界500强企业,打造24小时自助服务区。' },
  { text: '为60岁以上老年人提供上门服务。' },
  { text: '对2000平方米以上的公共建筑开展能效诊断。' },
  { text: '贯彻党的二十届三中全会精神,落实“十四五”规划。' },
  { text: '中心城区要再建3个邻里中心,每个街道至少建成一个养老综合体。', targets: ['3 个', '1 个 >='] },
  { text: '其他城市用两年时间改造了300多个小区,我们要学习借鉴。', facts: ['300 个 ~'] },
  // masks and blanks
  { text: '到2026年,全市新增公园*个,建成绿道**公里。', targets: ['masked 个 by 2026-12-31', 'masked 公里 by 2026-12-31'] },
  { text: '2024年,全市新增停车位XX个,投资约×亿元。', facts: ['masked 个', 'masked 元 ~'] },
  { text: '去年全市公路总里程达到公里,建成区面积平方公里,新增学位万个。', facts: ['masked 公里', 'masked 平方公里', 'masked 个'] },
  { text: '到2027年,建成区绿化覆盖率达到_%。', targets: ['masked % by 2027-12-31'] },
  // other ways of saying it
  { text: '主要污染物排放总量三年内再降低10%至12%。', targets: ['10..12 % between change by 2028-02-10'] },
  { text: '力争实现旅游收入突破千亿元。', targets: ['100000000000 元 >'] },
  { text: '2030年前,把我市建成国家生态园林城市。', targets: ['state 建成国家生态园林城市 by 2029-12-31'] },
  { text: '群众满意度要保持在95%以上。', targets: ['95 % >='] },
  { text: '明年年底前,全市80%的社区要建成嵌入式服务设施。', targets: ['80 % by 2026-12-31'] },
  { text: '到2027年,城市轨道交通运营里程突破三百公里、日均客流量达到一百五十万人次。', targets: ['300 公里 > by 2027-12-31', '1500000 人次 by 2027-12-31'] },
  { text: '全面消除劣Ⅴ类水体,空气质量优良天数比率达到87.5%以上。', heading: '2025年工作目标', targets: ['87.5 % >='] },
  { text: '物业管理覆盖率达到百分之百,投诉办结率不低于98%。', heading: '工作目标', targets: ['100 %', '98 % >='] },
  // a second round, written after the rules
  { text: '全市城市更新行动取得积极进展,已实施项目238个,完成投资463.7亿元。', facts: ['238 个', '46370000000 元'] },
  { text: '2026年6月底前,各区要全部出台更新专项规划,年底前实现重点片区全覆盖。', targets: ['state 全部出台更新专项规划 by 2026-06-30', 'state 全覆盖 by 2026-12-31'] },
  { text: '更新单元内拆除建筑面积不大于现状总建筑面积的20%,新增与保留建筑面积之比不超过1。', targets: ['20 % <=', '1 <='] },
  { text: '今年计划实施46项重点工程,总投资约820亿元,年度投资165亿元。', targets: ['46 项 by 2025-12-31', '82000000000 元 ~ by 2025-12-31', '16500000000 元 by 2025-12-31'] },
  { text: '我市有6个县城人口不足10万人,公共服务设施普遍缺乏。', facts: ['6 个', '100000 人 <'] },
  { text: '到2027年,80%以上的城市社区建成完整社区。', targets: ['80 % >= by 2027-12-31'] },
  { text: '三年累计改造老旧管网420公里,事故起数下降60%。', heading: '一、过去三年工作回顾', facts: ['420 公里', '60 % change'] },
  { text: '会前,大家观摩了7个项目现场,看了4个老旧小区。', facts: ['7 个', '4 个'] },
  { text: '覆盖率98.6%,资源化利用率86.3%,分别比2020年提高21个和18个百分点。', heading: '取得的成效', facts: ['98.6 %', '86.3 %', '21 个百分点 change', '18 个百分点 change'] },
  { text: '老城区停车泊位缺口达3.8万个,预计到2027年将扩大到5万个。', heading: '存在的问题', facts: ['38000 个'] },
  { text: '近年来,我区先后投入6.8亿元,改造小区132个、楼栋1056栋,惠及4.2万户。', facts: ['680000000 元', '132 个', '1056 栋', '42000 户'] },
  { text: '截至目前,共排查隐患12638处,剩余278处将于8月15日前整改完毕。', facts: ['12638 处'], targets: ['278 处 by 2025-08-15'] },
  { text: '万元地区生产总值能耗、碳排放分别下降13.5%和18%。', heading: '发展目标', targets: ['13.5 % change', '18 % change'] },
  { text: '各区要在今年10月底、明年6月底前分两批完成移交。', targets: ['state 完成移交 by 2026-06-30'] },
  { text: '新建公共建筑中绿色建筑占比不低于七成,节能改造面积超过50万平方米。', heading: '主要目标', targets: ['70 % >=', '500000 平方米 >'] },
  { text: '要在2025年“五一”前完成春季植树,栽植乔木50万株。', targets: ['state 完成 by 2025-04-30', '500000 株 by 2025-04-30'] },
  { text: '筹建保障性住房1万套(间)以上,发放租赁补贴2000户。', heading: '重点任务', targets: ['10000 套 >=', '2000 户'] },
  { text: '实行日调度、周通报,对进度低于60%的县区进行约谈。' },
  { text: '自2026年3月1日起施行,有效期5年。' },
  // states of goals in plans of other cities' shapes
  { text: '到2028年,社区服务制度基本健全,绿色出行方式全面普及,慢性病危害得到有效防控,内河水质超标天数明显减少,新建城区不再出现积水围城现象,重要管线功能不丧失,总体消除设防标准内的内涝。',
    targets: ['state 基本健全 by 2028-12-31', 'state 全面普及 by 2028-12-31', 'state 得到有效防控 by 2028-12-31', 'state 明显减少 by 2028-12-31', 'state 不再出现积水围城现象 by 2028-12-31', 'state 不丧失 by 2028-12-31', 'state 总体消除 by 2028-12-31'] },
  { text: '到2026年6月底,初步建成数据归集框架,因施工导致的投诉量明显降低。', targets: ['state 初步建成 by 2026-06-30', 'state 明显降低 by 2026-06-30'] },
  { text: '到2030年,人均预期寿命达到79.6岁,新生儿死亡率、婴儿死亡率分别下降到2.1‰、3.4‰。', targets: ['79.6 岁 by 2030-12-31', '2.1 ‰ by 2030-12-31', '3.4 ‰ by 2030-12-31'] },
  { text: '到2027年底前,在总结首批试点做法的基础上,向全区推开,确保甲镇、四河镇、丙镇60%的社区建成服务综合体。', targets: ['60 % by 2027-12-31'] },
  { text: '云滨区到2026年底,30平方公里以上建成区面积达到建设要求。', targets: ['30 平方公里 >= by 2026-12-31'] },
  { text: '新建小区充电设施实现全覆盖。', targets: ['state 全覆盖'] },
  { text: '实现区级税收同比增长3%。', heading: '二、推动经济稳中有进', targets: ['3 % change'] },
  { text: '改造内容包括基础类、完善类、提升类3类。' },
  { text: '今年发展主要预期目标是:地区生产总值增长5%左右;进出口促稳提质,国际收支基本平衡;能耗强度继续下降。', targets: ['5 % ~ change by 2025-12-31', 'state 进出口促稳提质 by 2025-12-31', 'state 基本平衡 by 2025-12-31', 'state 继续下降 by 2025-12-31'] },
  { text: '对2020年已达标的街道提档升级,提档比例达到50%以上。', targets: ['50 % >='], heading: '重点任务' },
  { text: '方案已经区政府九届31次常务会议审议,工业产值迈上百亿台阶。' },
  { text: '▲第三产业增加值增长7%左右。', heading: '主要目标', targets: ['7 % ~ change'] },
  // news, plans by year, lists of what is to be done
  { text: '2月10日,城北区同步加装电梯集中开工120台,今年全年计划开工800台。', facts: ['120 台'], targets: ['800 台 by 2025-12-31'] },
  { text: '市民中心集中交付18台电梯。', heading: '2024年民生工程回顾', facts: ['18 台'] },
  { text: '2025年,全面建成数据云,技术体系基本形成,监管平台上线运行,业务系统与共享平台初步融合。', targets: ['state 全面建成 by 2025-12-31', 'state 基本形成 by 2025-12-31', 'state 上线运行 by 2025-12-31', 'state 初步融合 by 2025-12-31'] },
  { text: '今年工作的总体要求是:深入贯彻《2025年政务公开工作要点》精神,推动公开取得新进展。' },
  { text: '会同配合单位于2025年10月底前牵头制定完成实施细则,确保各项工作落实到位。' },
  { text: '2025年,强化部门统筹协调,继续提升系统智能化水平。' },
  { text: '做实项目投资(分解任务9项)。', heading: '重点任务' },
  { text: '35个试点城市要创新突破,在箱涵处顶进直径3米的管道,可容纳24个班。', heading: '重点任务' },
  { text: '安排国债资金30亿元支持以旧换新,每年安排不少于3亿元用于设备更新。', heading: '重点任务', targets: ['3000000000 元', '300000000 元 >='] },
  { text: '全年新签约5亿元(3000万美元)以上项目60个。', heading: '重点任务', targets: ['60 个'] },
  { text: '产业占比比全省低*个百分点,还有*项未达进度。', facts: ['masked 个百分点 change', 'masked 项'] },
  { text: '2024年,我市生产总值达到3140亿元。城镇新增就业12.6万人。粮食产量137万吨。', facts: ['314000000000 元', '126000 人', '1370000 吨'] },
  { text: '滚动实施22个老旧小区改造,挖潜新增停车位2600个。', heading: '补上城建短板', targets: ['22 个', '2600 个'] },
  { text: '各单位于每月25日前报送进展,12月10日前报送全年总结。' },
];

describe('subjects', () => {
  const subjects = (text: string): string[] => read(text).targets.map(({ subject }) => subject);
  it('each number of a list that says 分别 has its own', () => {
    expect(subjects('到2030年,新生儿死亡率、婴儿死亡率分别下降到2.1‰、3.4‰。')).toEqual(['新生儿死亡率', '婴儿死亡率']);
  });
  it('a list before one number is its subject as a whole, whatever numerals its names hold', () => {
    expect(subjects('到2027年,确保甲镇、四河镇、丙镇60%的社区建成服务综合体。')).toEqual(['甲镇、四河镇、丙镇社区建成服务综合体']);
  });
  it('首批 alone is none', () => {
    expect(subjects('到2026年底,全市首批60个示范社区全面建成。')[0]).toContain('示范社区');
  });
});

describe('the sections around', () => {
  it('a section that looks back reports, whatever the headings in it begin with', () => {
    const text = '新建公路120公里,解决3万人饮水问题。';
    const passage: Passage = { clause: '1.1', text, at: Int32Array.from({ length: text.length + 1 }, (_, i) => i) };
    const node: OutlineNode = { id: '1.1', parent: '1', level: 2, kind: 'item', marker: '1.', ordinal: 1, heading: '推进基础设施建设', headingSpan: [0, 0], span: [0, text.length], state: 'present' };
    const found = readTargets(passage, { times: [], quantities: readQuantities(text), node, publishedAt: null, headings: ['2023年工作回顾'] });
    expect([found.targets.length, found.facts.map(({ quantity }) => sayQuantity(quantity))]).toEqual([0, ['120 公里', '30000 人']]);
  });
});

describe('what a person reads in sentences of reports, plans, notices and speeches', () => {
  it.each(ROWS)('$text', ({ text, heading, targets = [], facts = [] }) => {
    const found = read(text, heading);
    // The same sentence as it is printed, with full-width commas, colons and semicolons.
    const printed = read(text.replace(/[,:;%](?!\d)/gu, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)), heading);
    expect({ targets: printed.targets.map(sayTarget), facts: printed.facts.map(({ quantity }) => sayQuantity(quantity)) }).toEqual({ targets, facts });
    expect({ targets: found.targets.map(sayTarget), facts: found.facts.map(({ quantity }) => sayQuantity(quantity)) }).toEqual({ targets, facts });
  });
});
