import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBodies } from '../bodies/read-bodies.ts';
import type { OutlineNode, PolicyTask } from '../model.ts';
import type { Passage } from '../passage.ts';
import { readTasks } from './read-tasks.ts';

/** A clause of its own whose heading is `heading` (may be empty) and whose text is `text`. */
function clause(text: string, { heading = '', kind = 'section', above = [] }: { heading?: string; kind?: OutlineNode['kind']; above?: string[] } = {}): { passage: Passage; node: OutlineNode; ancestors: OutlineNode[] } {
  const whole = heading + text;
  const node = (title: string, id: string): OutlineNode => ({ id, parent: null, level: 1, kind, marker: null, ordinal: null, heading: title, headingSpan: [0, heading.length], span: [0, whole.length], state: 'present' });
  return { passage: { clause: '1', text: whole, at: Int32Array.from({ length: whole.length + 1 }, (_, i) => i) }, node: node(heading, '1.1'), ancestors: above.map((title, i) => node(title, `${i}`)) };
}

function tasksOf(text: string, options?: Parameters<typeof clause>[1]): Omit<PolicyTask, 'id'>[] {
  const { passage, node, ancestors } = clause(text, options);
  return readTasks(passage, { times: [], quantities: [], mentions: readBodies(passage, { level: 'city', region: null }), targets: [], node, ancestors });
}
const said = (text: string, options?: Parameters<typeof clause>[1]): string[] => tasksOf(text, options).map(({ span }) => ((options?.heading ?? '') + text).slice(...span));

/** In the manner of notices, plans with 责任分工 and work reports; the tasks a person finds in each. */
const ASKING: readonly (readonly [text: string, tasks: readonly string[]])[] = [
  ['各区县要对辖区内2000年以前建成的住宅小区逐一建立台账，于3月底前报市住建局备案。', ['各区县要对辖区内2000年以前建成的住宅小区逐一建立台账', '于3月底前报市住建局备案']],
  ['开展全域体检。按照住房、小区、街区、城区四个维度采集数据，查找短板弱项，形成问题清单和整治建议。', ['开展全域体检', '按照住房、小区、街区、城区四个维度采集数据', '查找短板弱项，形成问题清单和整治建议']],
  ['完善停车设施。挖潜利用边角地、桥下空间建设停车场，鼓励机关事业单位停车位夜间错时开放。（责任单位：市城管局；配合单位：市公安局、各区政府）', ['完善停车设施', '挖潜利用边角地、桥下空间建设停车场', '鼓励机关事业单位停车位夜间错时开放']],
  ['推进燃气管道更新，2025年底前完成使用年限超过20年的铸铁管更换，严禁在燃气设施保护范围内违规占压。', ['推进燃气管道更新', '2025年底前完成使用年限超过20年的铸铁管更换', '严禁在燃气设施保护范围内违规占压']],
  ['市财政局要安排专项资金，支持社区食堂运营；市民政局要制定补助办法，明确补助标准和申领流程。', ['市财政局要安排专项资金', '支持社区食堂运营', '市民政局要制定补助办法', '明确补助标准和申领流程']],
  ['新建改扩建中小学20所，新增学位2.4万个，加快市第三人民医院新院区建设。', ['新建改扩建中小学20所', '新增学位2.4万个', '加快市第三人民医院新院区建设']],
  ['探索老旧住宅“原拆原建”，研究制定容积率奖励政策，吸引社会资本参与改造运营。', ['探索老旧住宅“原拆原建”', '研究制定容积率奖励政策', '吸引社会资本参与改造运营']],
  ['建立健全“一月一调度、一季一通报”工作机制，将完成情况纳入年度综合考核，对推进不力的单位予以约谈。', ['建立健全“一月一调度、一季一通报”工作机制', '将完成情况纳入年度综合考核', '对推进不力的单位予以约谈']],
  ['任何单位和个人不得擅自拆除历史建筑。', ['任何单位和个人不得擅自拆除历史建筑']],
  ['打通断头路12条，改造积水点35处，新建口袋公园30个，让市民出门见绿、移步见景。', ['打通断头路12条', '改造积水点35处', '新建口袋公园30个，让市民出门见绿、移步见景']],
  ['以社区为单元，统筹布局养老、托育、助餐等服务设施，到2027年建成完整社区100个。', ['以社区为单元，统筹布局养老、托育、助餐等服务设施', '到2027年建成完整社区100个']],
  ['坚持问题导向，深入排查房屋安全隐患，对鉴定为C、D级的危房立即采取撤离、封控等措施，确保人民群众生命财产安全。', ['坚持问题导向，深入排查房屋安全隐患', '对鉴定为C、D级的危房立即采取撤离、封控等措施，确保人民群众生命财产安全']],
  ['由市城管局牵头，会同市生态环境局、市水务局开展餐饮油烟和雨污混接专项整治。', ['由市城管局牵头，会同市生态环境局、市水务局开展餐饮油烟和雨污混接专项整治']],
  ['各有关部门要各司其职、密切配合，及时协调解决项目推进中的困难和问题。', ['各有关部门要各司其职、密切配合，及时协调解决项目推进中的困难和问题']],
  ['倡导居民共同出资，用于加装电梯、更新管线等改造内容。', ['倡导居民共同出资，用于加装电梯、更新管线等改造内容']],
  ['优化公交线网，加密早晚高峰班次，提高公共交通出行分担率。', ['优化公交线网', '加密早晚高峰班次，提高公共交通出行分担率']],
  ['严格落实限时办结制度，一般诉求5个工作日内办结，疑难诉求15个工作日内办结。', ['严格落实限时办结制度', '一般诉求5个工作日内办结', '疑难诉求15个工作日内办结']],
  ['请各区于每月5日前将上月进展情况报送市城市更新工作领导小组办公室。', ['请各区于每月5日前将上月进展情况报送市城市更新工作领导小组办公室']],
  ['加强宣传引导，充分利用广播电视、报刊、新媒体等渠道宣传政策，营造良好社会氛围。', ['加强宣传引导', '充分利用广播电视、报刊、新媒体等渠道宣传政策，营造良好社会氛围']],
  ['加快补齐医疗设施短板，年内建成投用市妇幼保健院二期，新增床位400张。', ['加快补齐医疗设施短板', '年内建成投用市妇幼保健院二期', '新增床位400张']],
  ['完善应急预案，组织防汛演练，备足抢险物资，确保安全度汛。', ['完善应急预案', '组织防汛演练', '备足抢险物资，确保安全度汛']],
  ['市水务局要会同市自然资源和规划局对全市河道蓝线进行复核，5月底前报市政府审定。', ['市水务局要会同市自然资源和规划局对全市河道蓝线进行复核', '5月底前报市政府审定']],
  ['各街道要对沿街广告牌匾开展一次全面排查，发现松动破损的立即拆除。', ['各街道要对沿街广告牌匾开展一次全面排查', '发现松动破损的立即拆除']],
  ['鼓励物业服务企业参与居家养老服务，支持连锁品牌下沉社区。', ['鼓励物业服务企业参与居家养老服务', '支持连锁品牌下沉社区']],
  ['以历史文化街区为重点，按照“修旧如旧”原则推进风貌整治，保留居民原有生活方式。', ['以历史文化街区为重点，按照“修旧如旧”原则推进风貌整治', '保留居民原有生活方式']],
  ['对已建成的人才公寓，优先配租给新就业大学生；对空置半年以上的房源，及时收回并重新分配。', ['对已建成的人才公寓，优先配租给新就业大学生', '对空置半年以上的房源，及时收回并重新分配']],
  ['建立项目库，实行动态管理，做到谋划一批、储备一批、实施一批。', ['建立项目库', '实行动态管理，做到谋划一批、储备一批、实施一批']],
  ['深化与周边城市合作，推动毗邻地区公交互通、医保互认、政务通办。', ['深化与周边城市合作', '推动毗邻地区公交互通、医保互认、政务通办']],
  ['禁止在河道管理范围内倾倒垃圾。', ['禁止在河道管理范围内倾倒垃圾']],
  ['市数据局牵头搭建统一的感知平台，各部门不再新建独立视频系统。', ['市数据局牵头搭建统一的感知平台', '各部门不再新建独立视频系统']],
  ['要抓住春季施工黄金期，倒排工期、挂图作战，力争二季度主体完工。', ['要抓住春季施工黄金期，倒排工期、挂图作战，力争二季度主体完工']],
  ['推进“互联网+监管”，对工地扬尘实行24小时在线监测，超标的依法处罚。', ['推进“互联网+监管”', '对工地扬尘实行24小时在线监测', '超标的依法处罚']],
  ['每个街道至少打造1条示范街，每个社区至少建设1处邻里客厅。', ['每个街道至少打造1条示范街', '每个社区至少建设1处邻里客厅']],
  ['拓宽融资渠道，用好专项债券和政策性贷款，规范运用PPP模式，防范债务风险。', ['拓宽融资渠道', '用好专项债券和政策性贷款', '规范运用PPP模式', '防范债务风险']],
  ['改造后小区要同步引入专业物业，防止“一年新、两年旧、三年回到改造前”。', ['改造后小区要同步引入专业物业，防止“一年新、两年旧、三年回到改造前”']],
  ['研究出台支持写字楼改租赁住房的措施，在中心城区选择10个项目开展试点。', ['研究出台支持写字楼改租赁住房的措施', '在中心城区选择10个项目开展试点']],
  ['请市发展改革委于9月10日前提出年度投资计划建议。', ['请市发展改革委于9月10日前提出年度投资计划建议']],
  ['建设一批口袋公园、社区花园和屋顶绿化，力争人均公园绿地面积提高0.5平方米。', ['建设一批口袋公园、社区花园和屋顶绿化，力争人均公园绿地面积提高0.5平方米']],
  ['坚决守住不发生系统性风险的底线，稳妥处置个别房企项目风险，全力做好保交房工作。', ['坚决守住不发生系统性风险的底线', '稳妥处置个别房企项目风险', '全力做好保交房工作']],
];

const TALKING: readonly string[] = [
  '城市是人民的城市。', '人民城市人民建，人民城市为人民。', '城市更新是一项系统工程，涉及面广、政策性强。', '做好这项工作，意义重大、使命光荣。', '当前，我市正处于转型升级的关键时期。',
  '习近平总书记指出，要把更多公共空间用于老百姓。', '过去一年，全市改造老旧小区156个，惠及居民7.2万户。', '去年以来，我们新建改建公厕80座，群众满意度明显提升。', '截至2024年底，全市建成区绿化覆盖率达到43.5%。',
  '近年来，各区大力推进垃圾分类，取得了积极成效。', '老旧小区普遍存在管线老化、停车困难、物业缺失等问题。', '推进城市更新，是破解大城市病的必由之路。', '加快发展方式转变，关系到城市的长远未来。', '我们深知，群众的期盼就是奋斗的方向。',
  '牢固树立以人民为中心的发展思想。', '坚定不移走中国特色城市发展道路。', '增强做好城市工作的责任感和使命感。', '提高政治站位，强化责任担当。', '时代是出卷人，我们是答卷人，人民是阅卷人。', '实践证明，这一做法是可行的。',
  '产业兴则城市兴，产业强则城市强。', '改造后的小区环境优美、设施完善，居民幸福感明显增强。', '这些成绩的取得，离不开全市人民的共同努力。', '在看到成绩的同时，也要清醒认识到存在的问题。', '一方面，财政收支矛盾突出；另一方面，民生需求持续增长。',
  '基础设施建设滞后，公共服务供给不足。', '上海市通过微更新，打造了一批有温度的公共空间。', '由于历史原因，部分区域管网建设标准偏低。', '部分干部本领不足，担当精神不强。', '城市的核心是人，关键是衣食住行、生老病死、安居乐业。',
  '会议强调，城市工作要坚持系统观念。', '以习近平新时代中国特色社会主义思想为指导，深入贯彻党的二十大精神，坚持人民城市理念，统筹发展和安全，推动城市高质量发展。', '功成不必在我，功成必定有我。', '同志们，新征程的号角已经吹响！', '本通知自印发之日起施行。',
  '城市更新不能只盯着房子，更要关注人的需求。', '回首过去，成绩来之不易。', '人民群众对美好生活的向往就是我们的奋斗目标。', '2023年，全市新增停车泊位1.2万个，改造燃气管道86公里。', '老城区人口密度大，道路狭窄，消防通道被占用现象时有发生。', '只有把规划做在前面，才能少走弯路。', '这既是挑战，也是机遇。', '我们坚持规划引领，统筹新区建设与老城更新，城市面貌焕然一新。', '广大干部群众的积极性空前高涨。', '事实说明，群众参与越充分，改造效果越好。', '高质量发展是新时代的硬道理。', '据统计，全市共有老旧小区1280个，涉及居民31万户。', '建设宜居城市，关键在人。', '要深刻认识做好城市工作的极端重要性。', '当前城市工作还面临不少困难和挑战。',
];

describe('tasks of unseen texts', () => {
  it.each(ASKING)('%s', (text, expected) => {
    expect(said(text)).toEqual(expected);
  });
  it.each(TALKING)('asks nothing: %s', (text) => {
    expect(said(text)).toEqual([]);
  });
});

const bodiesOf = (text: string): string[] => tasksOf(text).map(({ bodies }) => bodies.map(({ text: name, role }) => `${name} ${role}`).join('、'));

describe('what a task is made of', () => {
  it('gives the bracket behind a paragraph to all its tasks', () => {
    expect(bodiesOf('挖潜建设停车场。鼓励车位错时开放。（责任单位：市城管局；配合单位：市公安局、各区政府）\n完善慢行系统。（市住建局牵头）')).toEqual(['市城管局 lead、市公安局 support、各区政府 support', '市城管局 lead、市公安局 support、各区政府 support', '市住建局 lead']);
  });
  it('gives lines of duty to the tasks above them', () => {
    expect(bodiesOf('新开夜间线路11条。\n牵头单位：区交通运输局\n配合单位：区财政局\n完成时限：年底前\n补装路灯180盏。')).toEqual(['区交通运输局 lead、区财政局 support', '']);
  });
  it('makes a task of each row of a table of duties', () => {
    const [first, second] = tasksOf('序号\t重点任务\t牵头单位\t配合单位\n1\t编制更新规划\t市自然资源和规划局\t各区政府\n2\t建成口袋公园30个\t市园林绿化局\t市财政局');
    expect([first.action, first.object, second.action, second.object]).toEqual(['编制', '更新规划', '建成', '口袋公园30个']);
    expect(first.bodies.map(({ text, role }) => `${text} ${role}`)).toEqual(['市自然资源和规划局 lead', '各区政府 support']);
  });
  it('tells action, object, means and strength', () => {
    const [task] = tasksOf('以社区为单元，统筹布局养老、托育设施。');
    expect([task.action, task.object, task.means]).toEqual(['统筹布局', '养老、托育设施', '以社区为单元']);
    const strengths = ['严禁违规占压。', '各区要完善台账。', '鼓励社会资本参与改造。', '探索建立房屋养老金制度。', '推进管网改造。', '任何单位不得擅自拆除历史建筑。'].map((text) => tasksOf(text)[0]?.strength);
    expect(strengths).toEqual(['must', 'should', 'encourage', 'explore', 'should', 'must']);
  });
  it('takes the heading of an item for a task only when nothing else in the clause asks', () => {
    expect(said('', { heading: '一要健全长效机制。', kind: 'item' })).toEqual(['要健全长效机制']);
    expect(said('各区要出台管养办法，落实管养经费。', { heading: '一要健全长效机制。', kind: 'item' })).toEqual(['各区要出台管养办法', '落实管养经费']);
  });
  it('reads a review of the past as facts, and the plan behind it as tasks', () => {
    const text = '改造老旧小区96个，新增公办学位5400个。';
    expect(said(text, { above: ['2024年工作回顾'] })).toEqual([]);
    expect(said(text, { above: ['2025年重点工作'] })).toEqual(['改造老旧小区96个', '新增公办学位5400个']);
  });
});

describe('any text', () => {
  const alphabet = /^[要必须推进加快建设完善把将以在由对市住建局各区（）责任单位：，,。；;、“”《》的是了0-9年底前\t\n]*$/u;
  it('gives tasks in order that do not overlap, with their parts inside their span', () => {
    fc.assert(fc.property(fc.stringMatching(alphabet), (text) => {
      let last = 0;
      for (const { span, action, object } of tasksOf(text)) {
        expect(span[0]).toBeGreaterThanOrEqual(last);
        expect(span[1]).toBeGreaterThan(span[0]);
        expect(text.slice(...span).length).toBeGreaterThanOrEqual(Math.min(action.length, 1));
        expect(object.length).toBeLessThanOrEqual(text.length);
        last = span[1];
      }
    }), { numRuns: 300 });
  });
  it.each(['a', '一', '(', '（', '“', '第', '7', '*', '，', '推进', '要', '把', '坚持,', '各县区,', '(责任单位:市住建局)', '任务\t牵头单位\n', '市发改委、', '对逐条', '由市'])('comes to an end on 100,000 characters of %j', (unit) => {
    const text = unit.repeat(Math.ceil(100_000 / unit.length));
    expect(tasksOf(text).every(({ span }) => span[1] <= text.length)).toBe(true);
  });
});
