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
];

const TALKING: readonly string[] = [
  '城市是人民的城市。', '人民城市人民建，人民城市为人民。', '城市更新是一项系统工程，涉及面广、政策性强。', '做好这项工作，意义重大、使命光荣。', '当前，我市正处于转型升级的关键时期。',
  '习近平总书记指出，要把更多公共空间用于老百姓。', '过去一年，全市改造老旧小区156个，惠及居民7.2万户。', '去年以来，我们新建改建公厕80座，群众满意度明显提升。', '截至2024年底，全市建成区绿化覆盖率达到43.5%。',
  '近年来，各区大力推进垃圾分类，取得了积极成效。', '老旧小区普遍存在管线老化、停车困难、物业缺失等问题。', '推进城市更新，是破解大城市病的必由之路。', '加快发展方式转变，关系到城市的长远未来。', '我们深知，群众的期盼就是奋斗的方向。',
  '牢固树立以人民为中心的发展思想。', '坚定不移走中国特色城市发展道路。', '增强做好城市工作的责任感和使命感。', '提高政治站位，强化责任担当。', '时代是出卷人，我们是答卷人，人民是阅卷人。', '实践证明，这一做法是可行的。',
  '产业兴则城市兴，产业强则城市强。', '改造后的小区环境优美、设施完善，居民幸福感明显增强。', '这些成绩的取得，离不开全市人民的共同努力。', '在看到成绩的同时，也要清醒认识到存在的问题。', '一方面，财政收支矛盾突出；另一方面，民生需求持续增长。',
  '基础设施建设滞后，公共服务供给不足。', '上海市通过微更新，打造了一批有温度的公共空间。', '由于历史原因，部分区域管网建设标准偏低。', '部分干部本领不足，担当精神不强。', '城市的核心是人，关键是衣食住行、生老病死、安居乐业。',
  '会议强调，城市工作要坚持系统观念。', '以习近平新时代中国特色社会主义思想为指导，深入贯彻党的二十大精神，坚持人民城市理念，统筹发展和安全，推动城市高质量发展。', '功成不必在我，功成必定有我。', '同志们，新征程的号角已经吹响！', '本通知自印发之日起施行。',
];

const overlap = (a: readonly [number, number], b: readonly [number, number]): number => {
  const both = Math.max(0, Math.min(a[1], b[1]) - Math.max(a[0], b[0]));
  return both / (a[1] - a[0] + b[1] - b[0] - both);
};

describe('tasks of unseen texts', () => {
  it.each(ASKING)('%s', (text, expected) => {
    expect(said(text)).toEqual(expected);
  });
  it.each(TALKING)('asks nothing: %s', (text) => {
    expect(said(text)).toEqual([]);
  });
});
export { overlap };
