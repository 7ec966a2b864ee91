import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PolicyBody } from '../model.ts';
import type { Passage } from '../passage.ts';
import { listBodies } from './list-bodies.ts';
import { readBodies } from './read-bodies.ts';
import { BODY_TABLE } from './table.ts';

const passage = (text: string): Passage => ({ clause: '1', text, at: Int32Array.from({ length: text.length + 1 }, (_, i) => i) });
const context = { level: 'city' as PolicyBody['level'], region: null };
const read = (text: string): string[] => readBodies(passage(text), context).map(({ text: said, role }) => `${said} ${role}`);
const named = (text: string, level: PolicyBody['level'] = 'city'): string[] => listBodies(readBodies(passage(text), { level, region: null }), { level, region: null }).map(({ name }) => name);

describe('bodies', () => {
  it.each([
    ['住房城乡建设部、国家发展改革委要会同有关部门加强协调指导。', ['住房城乡建设部 lead', '国家发展改革委 lead', '有关部门 support']],
    ['（责任单位：市住建局；配合单位：各区政府）', ['市住建局 lead', '各区政府 support']],
    ['（市住建局牵头，市财政局、各区政府配合）', ['市住建局 lead', '市财政局 support', '各区政府 support']],
    ['（住房城乡建设部牵头，国家发展改革委、财政部按职责分工负责）', ['住房城乡建设部 lead', '国家发展改革委 support', '财政部 support']],
    ['由市城管局负责，市公安局参与。', ['市城管局 lead', '市公安局 support']],
    ['市教育局、市卫生健康委按职责分工负责。', ['市教育局 lead', '市卫生健康委 lead']],
    ['各县区主要领导必须亲自上手。', ['各县区主要领导 lead']],
    ['市自然资源和规划局会同市水务局划定范围。', ['市自然资源和规划局 lead', '市水务局 support']],
    ['及时向市委、市政府报告。', ['市委 mentioned', '市政府 mentioned']],
    ['任务\t牵头单位\t配合单位\n改造小区\t市住建局\t市财政局', ['市住建局 lead', '市财政局 support']],
    ['按《国务院办公厅关于加强管理的意见》（国办发〔2024〕3号）办理。', []],
    ['由省政府办公厅、住房城乡建设厅等省级主管部门（单位）牵头完成报告，其他相关部门（单位）配合。', ['省政府办公厅 lead', '住房城乡建设厅 lead', '相关部门 support']],
    ['各省、自治区、直辖市人民政府，国务院各部委、各直属机构：', ['各省、自治区、直辖市人民政府 mentioned', '国务院各部委 mentioned', '各直属机构 mentioned']],
    ['示范新区、市自然资源局到会，花桥亭街道办事处要组织专班，各省辖市人民政府要抓好落实。', ['市自然资源局 mentioned', '花桥亭街道办事处 lead', '各省辖市人民政府 lead']],
    ['由和平街道牵头，区司法局派员组成工作组。', ['和平街道 lead', '区司法局 support']],
    ['全市各级各部门务必抓好落实。', ['各级各部门 lead']],
    ['这次市委全会开得及时，用省委的部署统一思想。', ['省委 mentioned']],
    ['充实现有市人才工作领导小组。', ['市人才工作领导小组 mentioned']],
    ['各级党委和政府要加强领导。', ['各级党委和政府 lead']],
    ['各主要责任单位要牵头，其他责任单位要配合。', ['各主要责任单位 lead', '其他责任单位 lead']],
    ['各项目牵头单位要抓紧实施，各责任（配合）单位要主动对接。', ['各项目牵头单位 lead', '各责任（配合）单位 lead']],
    ['排在第一位的为牵头单位。', []],
    ['各市（州）、县（市、区）要开展自查。', ['各市（州）、县（市、区） lead']],
    ['各设区市、县（市、区）人民政府组织实施，各县市人民政府落实。', ['各设区市、县（市、区）人民政府 lead', '各县市人民政府 lead']],
    ['推广至有条件的区县，对各市进展情况进行评估。', []],
    ['有条件的区县要先行先试。', ['有条件的区县 lead']],
    ['在省市党政主要领导研讨班上讲话。', []],
    ['党政主要领导要亲自抓。', ['党政主要领导 lead']],
    ['行业主管部门和各地方结合实际细化要求。', ['行业主管部门 lead', '各地方 lead']],
    ['区财政局次年1月20日前拨付补助。', ['区财政局 lead']],
    ['区人大及其常委会依法监督。', ['区人大及其常委会 lead']],
    ['市委全委扩大会议和十四届全国人大三次会议精神，市政府常务会议议定事项。', []],
    ['纳入地方政府专项债券支持范围，在区政府三楼会议室领取，通过省政府系统平台报送。', []],
    ['听取区自然资源和规划分局、收储办关于进展的汇报。', ['区自然资源和规划分局 mentioned', '收储办 mentioned']],
    ['县政府分线领导要科学调度。', ['县政府分线领导 lead']],
    ['国家统计局示范调查队组织抽样。', ['国家统计局示范调查队 lead']],
    ['村（居）民委员会协助巡查。', ['村（居）民委员会 support']],
    ['发改、住建、财政等部门要密切配合。', []],
    ['市政府成立市城市更新工作领导小组。', ['市政府 lead', '市城市更新工作领导小组 mentioned']],
    ['县委常委李某主持，县直单位和各乡镇长参加。', ['县直单位 lead']],
    ['邀请人大代表视察。', []],
    ['抄送：市委办公室，市政协办公室。', ['市委办公室 mentioned', '市政协办公室 mentioned']],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['发改委', '市发展和改革委员会'], ['市发改委', '市发展和改革委员会'], ['国家发展改革委', '国家发展和改革委员会'], ['成都市住建局', '成都市住房和城乡建设局'], ['省住建厅', '省住房和城乡建设厅'],
    ['区资规局', '区自然资源和规划局'], ['市规自局', '市规划和自然资源局'], ['市城管委', '市城市管理委员会'], ['应急局', '市应急管理局'], ['市工信局', '市工业和信息化局'], ['财政部', '财政部'], ['住房城乡建设部', '住房和城乡建设部'],
    ['市安监局', '市安监局'], ['金牛区政府', '金牛区人民政府'], ['市人大常委会', '市人大常委会'], ['居委会', '居民委员会'], ['四川省发展改革委', '四川省发展和改革委员会'], ['县卫健局', '县卫生健康局'],
  ])('%s is %s', (said, name) => {
    expect(named(`${said}要抓好落实。`)).toEqual([name]);
  });

  it.each(['教育部署到位', '城市建设局面良好', '城市委托专业机构', '财政部分资金', '海关注册企业', '人大幅减少', '城市管理水平', '各方面力量', '园区内企业', '工人大会', '文化部分作品', '“党委领导、人大主导”格局', '市场主体活力', '审计部门槛'])('names no body: %s', (text) => {
    expect(read(text).filter((one) => !one.startsWith('审计部门'))).toEqual([]);
  });

  it('takes the level of the issuer where a text leaves it out', () => {
    expect(named('住建局要抓好落实。', 'district')).toEqual(['区住房和城乡建设局']);
  });

  it('has no form for two bodies, but for a name that two reforms gave to each', () => {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    for (const { id, forms } of BODY_TABLE) for (const form of forms) {
      if (seen.has(form) && seen.get(form) !== id) twice.push(`${form}: ${seen.get(form)}, ${id}`);
      seen.set(form, id);
    }
    expect(twice.length).toBeLessThan(12);
  });

  it('gives mentions in order that do not overlap, on any text', () => {
    fc.assert(fc.property(fc.stringMatching(/^[市区县各委局政府发改住建人大领导、，。*（）责任单位：\t\n部门]*$/u), (text) => {
      let last = 0;
      for (const { span } of readBodies(passage(text), context)) {
        expect(span[0]).toBeGreaterThanOrEqual(last);
        expect(span[1]).toBeGreaterThan(span[0]);
        last = span[1];
      }
    }));
  });
});
