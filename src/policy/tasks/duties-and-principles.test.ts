import { describe, expect, it } from 'vitest';
import { readPolicy } from '../read-policy.ts';

/** Tasks of a section with this text, with the bodies that lead them. */
function tasksOf(text: string): [task: string, leads: string[]][] {
  const reading = readPolicy(`云滨区城市体检方案\n一、总体要求\n各街道要抓好落实。\n二、组织实施\n${text}\n`);
  const { span } = reading.outline.find(({ id }) => id === '2')!;
  return reading.tasks.filter((task) => task.span[0] >= span[0]).map((task) => [reading.text.slice(...task.span), task.bodies.filter(({ role }) => role === 'lead').map((body) => body.text)]);
}

describe('duties', () => {
  it('of a body are tasks, although no verb of doing says them', () => {
    expect(tasksOf('各街道办事处对本辖区体检和更新工作负总责。区政府对改造任务负主体责任，区财政局负责资金保障。')).toEqual([
      ['各街道办事处对本辖区体检和更新工作负总责', ['各街道办事处']], ['区政府对改造任务负主体责任', ['区政府']], ['区财政局负责资金保障', ['区财政局']],
    ]);
  });
  it('nobody has are none', () => {
    expect(tasksOf('这样做，是对历史负责任，也是对居民负责任。')).toEqual([]);
  });
});

describe('principles', () => {
  it('between 按照 and 的原则 lead up to the act behind them, however many commas part them', () => {
    expect(tasksOf('按照聚焦重点、安全第一，摸清底数、分类施策，建管并重、长效管理的原则，抓紧健全政策体系，加快开展更新改造。').map(([task]) => task)).toEqual([
      '按照聚焦重点、安全第一，摸清底数、分类施策，建管并重、长效管理的原则，抓紧健全政策体系', '加快开展更新改造',
    ]);
  });
  it('have an end', () => {
    expect(tasksOf('按照区政府部署，开展排查，建立台账。').map(([task]) => task)).toEqual(['按照区政府部署，开展排查', '建立台账']);
  });
});

describe('stances and quantities', () => {
  it('将…作为 leads up to the act behind it, whatever verb stands behind 将', () => {
    expect(tasksOf('将提升满意度作为出发点和落脚点，优化城市管理。').map(([task]) => task)).toEqual(['将提升满意度作为出发点和落脚点，优化城市管理']);
  });
});

describe('what stands for itself and what does not', () => {
  it.each<[string, string[]]>([
    ['强化日常巡查，推动整改措施落实，保障体检项目的组织实施。', ['强化日常巡查', '推动整改措施落实', '保障体检项目的组织实施']],
    ['加强对物业企业的监管，保障业主在公共收益分配等方面的合法权益。', ['加强对物业企业的监管，保障业主在公共收益分配等方面的合法权益']],
    ['对规模较小的公共服务领域新建项目，鼓励社会力量参与运营。', ['对规模较小的公共服务领域新建项目，鼓励社会力量参与运营']],
    ['各街道要抢抓机遇，超前谋划，围绕一老一小，高水平编制五年计划。', ['各街道要抢抓机遇，超前谋划，围绕一老一小，高水平编制五年计划']],
    ['大力营造尊老爱幼的社区环境，鼓励互助的邻里环境，宽松自在的生活环境。', ['大力营造尊老爱幼的社区环境，鼓励互助的邻里环境，宽松自在的生活环境']],
    ['各街道通过政务内网向区住建局报送体检台账。', ['各街道通过政务内网向区住建局报送体检台账']],
    ['各街道结合实际细化体检项目的具体要求。', ['各街道结合实际细化体检项目的具体要求']],
    ['要引入专业机构，把社区干部从填表中解脱出来，聚焦居民急难愁盼。', ['要引入专业机构，把社区干部从填表中解脱出来，聚焦居民急难愁盼']],
  ])('%s', (text, tasks) => {
    expect(tasksOf(text).map(([task]) => task)).toEqual(tasks);
  });
});

describe('what is told asks nothing', () => {
  it.each(['会议对体检工作提出明确要求：', '如何让居民参与进来、推进体检工作，成为各方关注的重点。', '例如，邻市通过热线接收居民诉求，据此制定更新方案并实施。', '本方案致力于打通部门之间的阻隔，实现数据共享。', '这次会议要进一步分析形势，查找薄弱环节。', '3月5日，区长主持召开区政府常务会议，研究部署体检工作。', '推进体检、加强评估，对于提升城市品质具有重要意义。', '上半年，各街道紧盯薄弱环节，突出现场监管，没有发生一起事故，成绩要充分肯定。', '现将《体检任务分解表》印发给你们。'])('%s', (text) => {
    expect(tasksOf(text)).toEqual([]);
  });
  it('and what is asked begins behind it', () => {
    expect(tasksOf('会议对体检工作提出明确要求：加强组织领导，压实各方责任；守住安全底线。').map(([task]) => task)).toEqual(['加强组织领导', '压实各方责任', '守住安全底线']);
    expect(tasksOf('当前整治进入深水区，必须完善体检机制。').map(([task]) => task)).toEqual(['必须完善体检机制']);
  });
});

describe('news', () => {
  it('that a meeting was held asks nothing; what was said there does', () => {
    expect(tasksOf('据新华社合肥11月23日电（记者李某）住房城乡建设部部长21日表示，要编制好专项规划。市住建局21日在云滨区召开推进会。').map(([task]) => task)).toEqual(['要编制好专项规划']);
  });
});

describe('the first sentence of a numbered clause', () => {
  const clauses = (text: string): string[] => {
    const reading = readPolicy(`云滨区重点工作安排\n一、抓服务\n(一)${text}\n(二)抓好落实。\n`);
    return reading.tasks.map(({ span }) => reading.text.slice(...span));
  };
  it('is its text where it asks three things', () => {
    expect(clauses('优化三级网络，加强街镇服务，推进走访常态化。完善台账制度。').slice(0, 4)).toEqual(['优化三级网络', '加强街镇服务', '推进走访常态化', '完善台账制度']);
  });
  it('is its title where it asks one', () => {
    expect(clauses('优化三级网络。完善台账制度。')[0]).toBe('完善台账制度');
  });
});

describe('states to be reached', () => {
  it('by a year ask for no act', () => {
    expect(tasksOf('到2035年，排水防涝体系进一步完善，排水能力与建设要求更加匹配，总体消除设防标准内的内涝现象。')).toEqual([]);
  });
});
