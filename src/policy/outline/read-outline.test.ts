import { describe, expect, it } from 'vitest';
import { readPolicy } from '../read-policy.ts';
import { readOutline } from './read-outline.ts';

/** `1.2 item 二是 heading`, one line a clause, indented by level; ~ cut, - elided. */
function drawOutline(text: string): string[] {
  return readOutline(text).outline.map(({ id, kind, marker, heading, state }) => `${id} ${kind} ${marker ?? '·'} ${heading}${state === 'cut' ? ' ~' : state === 'elided' ? ' -' : ''}`);
}
const sections = (text: string): string[] => drawOutline(text).filter((line) => /^\d/.test(line) && !line.startsWith('0 '));

const filler = '各地要结合实际,认真抓好落实,确保各项任务按时完成,让群众真正感受到变化。';

describe('levels by nesting, not by glyph', () => {
  it('takes the outermost series for level 1', () => {
    expect(sections(`关于某事的意见\n1、总体要求\n${filler}\n2、主要任务\n(1)加强领导。${filler}\n(2)落实责任。${filler}\n3、保障措施\n${filler}`)).toEqual([
      '1 section 1、 总体要求', '2 section 2、 主要任务', '2.1 run-in (1) 加强领导', '2.2 run-in (2) 落实责任', '3 section 3、 保障措施',
    ]);
  });

  it('reads chapters, sections, articles and their items', () => {
    expect(sections('示范市城市更新办法\n第一章 总则\n第一条 为了规范城市更新,制定本办法。\n第二条 本办法所称城市更新包括下列活动:\n(一)完善功能;\n(二)优化布局。\n第二章 规划\n第三条 市人民政府负责组织编制规划。')).toEqual([
      '1 section 第一章 总则', '1.1 run-in 第一条 为了规范城市更新,制定本办法', '1.2 run-in 第二条 本办法所称城市更新包括下列活动',
      '1.2.1 item (一) 完善功能', '1.2.2 item (二) 优化布局', '2 section 第二章 规划', '2.1 run-in 第三条 市人民政府负责组织编制规划',
    ]);
  });

  it('lets a series run on across its parents without calling it a mistake', () => {
    const { outline, defects } = readOutline(`某意见\n一、甲事\n(一)子事。${filler}\n(二)丑事。${filler}\n二、乙事\n(三)寅事。${filler}\n(四)卯事。${filler}`);
    expect(outline.filter(({ level }) => level === 2).map(({ id, ordinal }) => [id, ordinal])).toEqual([['1.1', 1], ['1.2', 2], ['2.1', 3], ['2.2', 4]]);
    expect(defects).toEqual([]);
  });

  it('gives (三) for 三、 its place, and says so', () => {
    const { outline, defects } = readOutline(`某讲话\n一、甲事\n(一)子。${filler}\n(二)丑。${filler}\n二、乙事\n(一)寅。${filler}\n(二)卯。${filler}\n(三)丙事\n(一)辰。${filler}\n(二)巳。${filler}`);
    expect(outline.filter(({ level }) => level === 1).map(({ marker, ordinal }) => [marker, ordinal])).toEqual([['一、', 1], ['二、', 2], ['(三)', 3]]);
    expect(defects.map(({ kind }) => kind)).toEqual(['numbering-style']);
  });

  it('names gaps and repeats and keeps the clauses', () => {
    const { outline, defects } = readOutline(`某方案\n一、甲事\n${filler}\n二、乙事\n${filler}\n四、丙事\n${filler}\n四、丁事\n${filler}`);
    expect(outline.filter(({ level }) => level === 1)).toHaveLength(4);
    expect(defects.map(({ kind }) => kind)).toEqual(['numbering-gap', 'numbering-repeat']);
  });

  it('reads unnumbered parallel headings over numbered ones that begin again', () => {
    expect(sections(`某文章的标题写在这里\n开头一段。${filler}\n\n正确处理好快与慢的关系\n\n一、先说快\n${filler}\n二、再说慢\n${filler}\n\n正确处理好大与小的关系\n\n一、先说大\n${filler}\n二、再说小\n${filler}`)).toEqual([
      '1 section · 正确处理好快与慢的关系', '1.1 section 一、 先说快', '1.2 section 二、 再说慢',
      '2 section · 正确处理好大与小的关系', '2.1 section 一、 先说大', '2.2 section 二、 再说小',
    ]);
  });

  it('does not take amounts, dates and places for numbers of clauses', () => {
    expect(sections(`某通知\n一、甲事\n2.5万人受益于此项工程,分布在全市各处。\n3、4号线同步建设,年内开工。\n一、二线城市经验值得借鉴。\n二、乙事\n${filler}`)).toEqual(['1 section 一、 甲事', '2 section 二、 乙事']);
  });
});

describe('lists in running text', () => {
  it('nests 一要 in 一是 and puts lists that follow one another side by side', () => {
    expect(sections(`某讲话\n一、甲事\n一是抓改造。目标有两个:一是明年完成。二是后年收尾。要做到:一要带头干。二要大家干。\n二是抓管理。${filler}`)).toEqual([
      '1 section 一、 甲事', '1.1 item 一是 抓改造', '1.1.1 item 一是 明年完成', '1.1.2 item 二是 后年收尾', '1.1.3 item 一要 带头干', '1.1.4 item 二要 大家干', '1.2 item 二是 抓管理',
    ]);
  });

  it('takes no lone 一是, no 三是 from nowhere and no 第一 in a ranking for a list', () => {
    expect(sections(`某讲话\n一、甲事\n这件事一是难,群众意见大。全市经济总量位居全省第一,增速第二。三是后话。${filler}\n二、乙事\n${filler}`)).toEqual(['1 section 一、 甲事', '2 section 二、 乙事']);
  });

  it('reads 首先, 其次, 最后 and ①②', () => {
    expect(sections(`某讲话\n一、甲事\n首先,摸清底数。其次,列出清单。最后,逐项销号。\n二、乙事\n材料包括:①申请表;②证明;③照片。${filler}`)).toEqual([
      '1 section 一、 甲事', '1.1 item 首先, 摸清底数', '1.2 item 其次, 列出清单', '1.3 item 最后, 逐项销号',
      '2 section 二、 乙事', '2.1 item ① 申请表', '2.2 item ② 证明', '2.3 item ③ 照片',
    ]);
  });
});

describe('run-in headings without numbers', () => {
  it('needs more than half of the paragraphs to open in parallel', () => {
    const parallel = `某意见\n一、甲事\n稳步推进改造。${filler}\n着力补齐短板。${filler}\n二、乙事\n${filler}`;
    expect(sections(parallel)).toEqual(['1 section 一、 甲事', '1.1 run-in · 稳步推进改造', '1.2 run-in · 着力补齐短板', '2 section 二、 乙事']);
    expect(sections(parallel.replace('着力补齐短板。', '会议指出要补齐短板,这一点非常重要,各地各部门务必高度重视起来。'))).toEqual(['1 section 一、 甲事', '2 section 二、 乙事']);
  });

  it('leaves definitions and reports in the text', () => {
    expect(sections(`某讲话\n一、甲事\n创新是第一动力。${filler}\n城市改造花了三年。${filler}\n今年完成50个小区。${filler}`)).toEqual(['1 section 一、 甲事']);
  });
});

describe('holes and contents', () => {
  it('keeps what the contents name and the body lost, and hangs what still stands under it', () => {
    const text = `目录\n一、甲事\n二、乙事\n(一)寅事\n(二)卯事\n三、丙事\n\n某某会议上的讲话\n同志们:\n今天讲三件事。\n一、甲事\n${filler}\n……(省略500字)……\n余下的半句话。\n(二)卯事\n${filler}\n三、丙事\n${filler}`;
    expect(sections(text)).toEqual(['1 section 一、 甲事 ~', '2 section 二、 乙事 -', '2.1 section (一) 寅事 -', '2.2 section (二) 卯事', '3 section 三、 丙事']);
    const { outline, aside } = readOutline(text);
    const lost = outline.filter(({ state }) => state === 'elided');
    expect(text.slice(...lost[1].span)).toBe('余下的半句话。');
    expect(aside.filter(({ kind }) => kind === 'contents' || kind === 'elision').map(({ kind, span }) => [kind, text.slice(...span).slice(0, 6)])).toEqual([['contents', '目录\n一、甲'], ['elision', '……(省略5']]);
  });

  it('recreates the member of a list that a hole swallowed', () => {
    expect(sections(`某讲话\n一、甲事\n一是抓改造。${filler}到\n……(省略500字)……\n好。三要抓细节。${filler}\n三是抓管理。${filler}\n二、乙事\n${filler}`)).toEqual([
      '1 section 一、 甲事', '1.1 item 一是 抓改造 ~', '1.2 item 二是  -', '1.2.1 item 三要 抓细节', '1.3 item 三是 抓管理', '2 section 二、 乙事',
    ]);
  });

  it('sets contents with page numbers aside and finds the body again', () => {
    const { outline, aside } = readOutline(`示范市三年行动方案\n目  录\n一、总体要求……………1\n二、主要任务……………3\n(一)补短板……………5\n三、保障……………9\n一、总体要求\n${filler}\n二、主要任务\n(一)补短板\n${filler}\n三、保障\n${filler}`);
    expect(aside.filter(({ kind }) => kind === 'contents')).toHaveLength(1);
    expect(outline.filter(({ level }) => level > 0).map(({ marker, state }) => [marker, state])).toEqual([['一、', 'present'], ['二、', 'present'], ['(一)', 'present'], ['三、', 'present']]);
  });
});

describe('lines', () => {
  it('joins what a page broke, and keeps headings apart', () => {
    const text = '关于某事的通知\n一、切实加强城市管理工作\n城市管理是一项系统工程,涉及面广、任务重、要求\n高,必须下大力气抓紧抓好。各地要统筹安排力量,\n压实各方责任,确保取得实效。要强化督查检查,对\n工作不力的严肃追责问责。\n二、切实改善人居环境质量\n坚持以人民为中心的发展思想,持续改善城市人居环\n境,不断增强群众获得感。每年实施一批民生实事,\n办成一批群众关心的好事。';
    const reading = readOutline(text);
    expect(reading.outline.filter(({ level }) => level === 1).map(({ heading }) => heading)).toEqual(['切实加强城市管理工作', '切实改善人居环境质量']);
    expect(reading.paragraphs).toHaveLength(5);
  });

  it('joins a heading that is broken over two lines', () => {
    expect(sections(`某讲话\n一、深入贯彻落实会议精神,\n推动各项工作再上台阶\n${filler}\n二、乙事\n${filler}`)).toEqual(['1 section 一、 深入贯彻落实会议精神,推动各项工作再上台阶', '2 section 二、 乙事']);
  });

  it('sets page numbers and repeated headers aside between the halves of a sentence', () => {
    const page = (n: number): string => `示范市人民政府文件汇编\n本页有很多内容,讲的是第${n}项工作怎样开展,需要各部门通力配合,\n— ${n} —\n`;
    const { aside } = readOutline(`某某工作总结报告\n${[1, 2, 3, 4].map(page).join('')}最后一句。`);
    expect(aside.filter(({ kind }) => kind === 'page-furniture')).toHaveLength(5);
  });
});

describe('shapes of other cities’ papers', () => {
  it('puts what is named between a heading and its text under the heading', () => {
    expect(sections(`云滨区改造方案\n一、总体要求\n指导思想\n${filler}\n基本原则\n${filler}\n二、主要任务\n(一)摸底。${filler}\n(二)设计。${filler}`)).toEqual([
      '1 section 一、 总体要求', '1.1 section · 指导思想', '1.2 section · 基本原则', '2 section 二、 主要任务', '2.1 run-in (一) 摸底', '2.2 run-in (二) 设计',
    ]);
  });

  it('parts clauses that were run together in one paragraph', () => {
    const text = `云滨区重点工作安排\n一、抓项目\n(一)开展排查。(二)编制计划。组织评审。(三)按附件(一)的要求上报。\n二、抓服务\n(一)${filler}`;
    expect(sections(text)).toEqual(['1 section 一、 抓项目', '1.1 run-in (一) 开展排查', '1.2 run-in (二) 编制计划', '1.3 run-in (三) 按附件(一)的要求上报', '2 section 二、 抓服务', '2.1 run-in (一) 各地要结合实际,认真抓好落实,确保各项任务按时完成,让群众真正感受到变化']);
    expect(readOutline(text).outline.filter(({ level }) => level === 2).slice(0, 3).map(({ span }) => text.slice(...span))).toEqual(['(一)开展排查。', '(二)编制计划。组织评审。', '(三)按附件(一)的要求上报。']);
  });

  it('gives news of a paper its members, where its last paragraph counts them off', () => {
    const text = `城市内涝治理意见印发\n意见提出,${filler}\n意见从两个方面作了部署。一是建设体系。实施改造。二是提升管理。强化维护,加强队伍建设。`;
    expect(sections(text)).toEqual(['1 item 一是 建设体系', '2 item 二是 提升管理']);
    expect(readPolicy(text).tasks.map(({ span }) => text.slice(...span)).slice(-3)).toEqual(['实施改造', '强化维护', '加强队伍建设']);
  });

  it('leaves day, place and speaker above 各位代表 to the opening, whatever stands between the lines', () => {
    const { issuer, outline } = readOutline(`云滨县2024年政府工作报告\n\n    发布时间:2025-02-09 00:00\n\n    政府工作报告\n\n    ——2025年1月19日在云滨县第十届人民代表大会\n\n    第四次会议上\n\n    县人民政府县长  陈某某\n\n    各位代表:\n\n      现在,我代表县人民政府向大会报告工作,请予审议。\n\n    一、去年工作\n\n      ${filler}\n\n    二、今年安排\n\n      ${filler}`);
    expect({ issuer, ids: outline.map(({ id }) => id) }).toEqual({ issuer: '云滨县人民政府', ids: ['0', 'o', '1', '2'] });
  });

  it('ends a paragraph that lost its full stop at the empty line below it, and takes no bullet for a heading', () => {
    const principle = (name: string, more = '', end = '。'): string => `  坚持${name}。聚焦突出问题,优化管理和服务,${more}确保工作落实到‘最后一公里’${end} `;
    expect(sections(`云滨县实施方案\n\n  一、总体要求 \n\n  (一)基本原则 \n\n${principle('以人为本')}\n\n${principle('协同处置', '结合民生改善和生产生活实际,加强各环节、各平台、各主体的紧密衔接与协同,全面提升城市基层治理能力,', '')}\n\n${principle('突出重点', '按照建设与管理并重的原则,')}`).slice(2)).toEqual(['1.1.1 run-in · 坚持以人为本', '1.1.2 run-in · 坚持协同处置', '1.1.3 run-in · 坚持突出重点']);
    expect(sections(`某省工作安排\n某某晚报 2023年01月14日\n${filler}\n  ●地区生产总值增长5%以上\n\n  ●外贸外资促稳提质\n\n  ${filler}`)).toEqual([]);
  });

  it('takes no data sheet for a title, nor a day', () => {
    const sheet = readOutline(`索引号 1234567/2021-5678\n组配分类 区府办文件 发布机构 云滨区政府办\n生成日期 2021-04-08 公开方式 主动公开\n云滨区人民政府办公室关于印发改造方案的通知\n文件有效性 有效\n文件编号 云区政办发〔2021〕3号\n文章正文\n\n各街道办事处:\n${filler}\n一、目标\n${filler}\n二、任务\n${filler}`);
    expect([sheet.title, sheet.publishedAt]).toEqual(['云滨区人民政府办公室关于印发改造方案的通知', '2021-04-08']);
    expect(readOutline(`(二〇〇九年三月二十六日)\n各镇人民政府:\n${filler}`).title).toBe('');
  });

  it('keeps a paragraph that begins with its dateline, and passes over the day of a page that is years after the paper’s number', () => {
    const news = readOutline(`城市更新推进会召开\n据新华社合肥11月23日电(记者王某)会议提出,要编制好专项规划。${filler}\n${filler}`);
    expect(news.aside.filter(({ kind }) => kind === 'source-line')).toEqual([]);
    expect(readOutline(`关于推进健康行动的实施意见\n时间:2024-01-01 来源:云滨区政府\n云政〔2020〕13号\n各街道办事处:\n${filler}\n一、目标\n${filler}\n二、任务\n${filler}`).publishedAt).toBeNull();
  });
});

describe('head and foot', () => {
  it('finds title, kind, issuer and day of a notice, its letter in the opening, its list of annexes in the closing', () => {
    const text = `示范市人民政府办公室关于印发《示范市内涝治理方案》的通知\n示政办发〔2024〕8号\n\n各县区人民政府:\n现将方案印发给你们,请认真执行。\n\n示范市人民政府办公室\n2024年5月6日\n\n示范市内涝治理方案\n\n一、目标\n${filler}\n二、任务\n${filler}\n\n附件:1.任务清单\n2.分工表`;
    const { title, kind, issuer, publishedAt, outline } = readOutline(text);
    expect({ title, kind, issuer, publishedAt }).toEqual({ title: '示范市人民政府办公室关于印发《示范市内涝治理方案》的通知', kind: 'notice', issuer: '示范市人民政府办公室', publishedAt: '2024-05-06' });
    expect(outline.map(({ id }) => id)).toEqual(['0', 'o', '1', '2', 'c']);
  });

  it('reads a report with its day and speaker under the title and the call at its end', () => {
    const { title, kind, publishedAt, outline, issuer } = readOutline(`政府工作报告\n——2025年1月8日在示范市第十届人民代表大会第四次会议上\n市长 张某某\n\n各位代表:\n现在,我代表市人民政府向大会报告工作,请予审议。\n一、去年工作\n${filler}\n二、今年安排\n${filler}\n各位代表!让我们携手前进!`);
    expect({ title, kind, publishedAt, issuer }).toEqual({ title: '政府工作报告', kind: 'report', publishedAt: '2025-01-08', issuer: '示范市人民政府' });
    expect(outline.at(-1)).toMatchObject({ id: 'c', kind: 'closing' });
  });

  it('gives speech without headings its paragraphs of 一是 as sections', () => {
    expect(drawOutline(`在推进会上的表态发言\n\n尊敬的各位领导:\n下一步抓好三件事:\n一是抓改造。${filler}\n二是抓管理。${filler}\n以上发言,请批评指正。`).map((line) => line.slice(0, 8))).toEqual(['0 title ', 'o openin', '1 item 一', '2 item 二', 'c closin']);
  });

  it('gives an annex a section of its own', () => {
    expect(sections(`某局关于开展检查的通知\n各单位:\n一、时间\n${filler}\n二、要求\n${filler}\n某局\n2024年5月6日\n附件1\n检查工作方案\n一、目标\n${filler}\n二、步骤\n${filler}`)).toEqual([
      '1 section 一、 时间', '2 section 二、 要求', '3 section 附件1 检查工作方案', '3.1 section 一、 目标', '3.2 section 二、 步骤',
    ]);
  });

  it('sets a web page around the text aside', () => {
    const text = `某某网\n首页\n新闻中心\n您的位置:首页 > 新闻\n让老街活起来\n2024-03-05 09:00 来源:某某日报 作者:王某\n老街改造一年来,变化有目共睹。${filler}\n责任编辑:李某\n上一篇:某某\n下一篇:某某\n版权所有 某ICP备12345678号`;
    const { title, publishedAt, outline, aside } = readOutline(text);
    expect({ title, publishedAt, ids: outline.map(({ id }) => id) }).toEqual({ title: '让老街活起来', publishedAt: '2024-03-05', ids: ['0', 'o'] });
    expect(aside.filter(({ kind }) => kind !== 'whitespace').map(({ kind }) => kind)).toEqual(['boilerplate', 'source-line', 'editor-note', 'boilerplate']);
  });
});

describe('readPolicy', () => {
  it('says the same every time and takes the file name for a title that is not there', () => {
    const text = '第一句话。第二句话。';
    expect(readPolicy(text, { fileName: '城市更新纪要.txt' })).toEqual(readPolicy(text, { fileName: '城市更新纪要.txt' }));
    expect(readPolicy(text, { fileName: '城市更新纪要.txt' }).title).toBe('城市更新纪要');
    expect(readPolicy('', {}).outline).toEqual([]);
  });
});

describe('unnumbered headings of two sizes', () => {
  const leveled = (text: string, headings: readonly { span: readonly [number, number]; level: number }[] = []): string[] => readOutline(text, { headings }).outline.filter(({ level }) => level > 0).map(({ level, heading }) => `${level} ${heading}`);
  const hint = (text: string, words: string, level: number): { span: readonly [number, number]; level: number } => ({ span: [text.indexOf(words), text.indexOf(words) + words.length], level });

  it('are told apart where the file says so, wrapped ones joined', () => {
    const text = `示范市更新读本\n看得见的变化\n街巷更整洁\n${filler}\n灯光更明亮\n${filler}\n算得清的账目\n钱从哪里来，\n又花到哪里\n${filler}\n效益怎么看\n${filler}\n`;
    const hints = [hint(text, '看得见的变化', 2), hint(text, '街巷更整洁', 3), hint(text, '灯光更明亮', 3), hint(text, '算得清的账目', 2), hint(text, '钱从哪里来，\n又花到哪里', 3), hint(text, '效益怎么看', 3)];
    expect(leveled(text, hints)).toEqual(['1 看得见的变化', '2 街巷更整洁', '2 灯光更明亮', '1 算得清的账目', '2 钱从哪里来，又花到哪里', '2 效益怎么看']);
  });

  it('are taken for what the file says, one alone and after a smaller one too', () => {
    const text = `示范市更新读本\n小引\n${filler}\n正篇开始了\n${filler}\n其一\n${filler}\n`;
    expect(leveled(text, [hint(text, '小引', 3), hint(text, '正篇开始了', 2), hint(text, '其一', 3)])).toEqual(['1 小引', '1 正篇开始了', '2 其一']);
    const single = `示范市更新读本\n${filler}\n尾声\n${filler}\n`;
    expect(leveled(single, [hint(single, '尾声', 2)])).toEqual(['1 尾声']);
  });

  it('in bold count where there are two, and below those that are called headings', () => {
    const text = `示范市更新读本\n上篇\n${filler}\n说说院子\n${filler}\n说说楼道\n${filler}\n`;
    expect(leveled(text, [hint(text, '上篇', 2), hint(text, '说说院子', 7), hint(text, '说说楼道', 7)])).toEqual(['1 上篇', '2 说说院子', '2 说说楼道']);
    expect(leveled(text, [hint(text, '上篇', 2), hint(text, '说说院子', 7)])).toEqual(['1 上篇']);
  });

  it('leave numbered headings to their numbers', () => {
    const text = `某意见\n一、甲事\n(一)子。${filler}\n二、乙事\n${filler}\n`;
    expect(leveled(text, [hint(text, '一、甲事', 3), hint(text, '二、乙事', 1)])).toEqual(['1 甲事', '2 子', '1 乙事']);
  });

  it('in a plain text are told apart by standing over one another', () => {
    expect(leveled(`老城新生记\n${filler}\n向内求实效\n理顺院落脉络\n${filler}\n补齐楼栋短板\n${filler}\n向外借东风\n引来专业团队\n${filler}\n用活闲置空间\n${filler}\n`)).toEqual([
      '1 向内求实效', '2 理顺院落脉络', '2 补齐楼栋短板', '1 向外借东风', '2 引来专业团队', '2 用活闲置空间',
    ]);
  });
});

describe('rows of tables', () => {
  it('are no headings and are not joined, tabbed, barred, aligned, with groups between them', () => {
    for (const gap of ['\t', '   ', '　　']) {
      const text = `某规划\n一、主要指标\n${['序号', '指标', '2025年', '2030年'].join(gap)}\n一、民生\n${['1.', '托位', '3.2', '4.6'].join(gap)}\n二、生态\n${['2.', '绿地', '12', '15'].join(gap)}\n二、主要任务\n${filler}\n`;
      expect(sections(text)).toEqual(['1 section 一、 主要指标', '2 section 二、 主要任务']);
    }
  });
});

describe('texts that do not go to their end', () => {
  const talk = `在全市供水会议上的讲话\n同志们:\n${filler}\n下面,我讲两点意见。\n`;
  it('are cut where a series stops at its first member and the last sentence has no end', () => {
    expect(drawOutline(`${talk}一、提高认识\n${filler}\n(一)看清形势。去年水厂改造之后,今年又开工`).slice(2)).toEqual(['1 section 一、 提高认识 ~', '1.1 run-in (一) 看清形势 ~']);
    expect(drawOutline(`${talk}第一,要看清形势。去年水厂改造之后,管网的`).slice(2)).toEqual(['1 item 第一, 要看清形势 ~']);
  });
  it('are whole where only a full stop is lost, or no line has one', () => {
    expect(drawOutline(`${talk}一、提高认识\n${filler}\n二、抓好落实\n${filler.slice(0, -1)}`).join('\n')).not.toContain('~');
    expect(drawOutline('一、回顾\n供水:改造水厂,更换老管\n供电:新建站所,改造台区\n供气:消除隐患,更换灶具').join('\n')).not.toContain('~');
  });
  it('are cut at the page\'s wall, and speak to all again behind a hole', () => {
    const walled = `${talk}一、提高认识,抓好供水\n阅读全文\n(想看完整内容,请先登录!)\n分享:\n`;
    expect(drawOutline(walled).at(-1)).toBe('1 section 一、 提高认识,抓好供水 ~');
    expect(readOutline(walled).aside.filter(({ kind }) => kind === 'elision').map(({ span }) => walled.slice(...span))).toEqual(['阅读全文\n(想看完整内容,请先登录!)']);
    expect(drawOutline(`${talk}此处隐藏3200个字。VIP会员可见\n同志们,让我们一起把水送好!`).slice(1)).toEqual(['o opening · 同志们: ~', 'c closing · 同志们,让我们一起把水送好']);
  });
});

describe('what stands around the text', () => {
  it('contacts, logins, who put it there and comments are neither title nor text', () => {
    const text = `关于检修水表的通知\n发布人：刘某    联络点：东街    时间：7月8号\n更多优质资料请加QQ群:12345678\n各街道：\n${filler}\n特此通知。\n评论回复\n王某：同意 ［2024-07-10］\n提交回复 返回`;
    const { title, outline } = readOutline(text);
    expect(title).toBe('关于检修水表的通知');
    expect(text.slice(outline[0].span[1], outline[1].span[0]).split('\n')[1]).toContain('发布人');
    expect(outline.at(-1)).toMatchObject({ kind: 'closing', heading: '特此通知' });
    expect(text.slice(...(outline.at(-1)?.span ?? [0, 0]))).toBe('特此通知。');
  });
  it('下一篇 at the head of a page is not its foot', () => {
    const text = `下一篇\n放大+ 缩小- 默认o\n\n市政府常务会议召开\n\n研究部署供水工作等\n\n示范日报讯(记者 某某)12月24日,市长主持召开市政府常务会议,研究供水。\n会议强调,${filler}`;
    const { title, outline } = readOutline(text);
    expect(title).toBe('市政府常务会议召开研究部署供水工作等');
    expect(text.slice(...(outline.at(-1)?.span ?? [0, 0]))).toMatch(/^示范日报讯[^]*变化。$/);
  });
  it('a call to all after a series of one paragraph each is the closing', () => {
    const series = ['一', '二', '三', '四'].map((number) => `${number}、抓好供水。${filler}`).join('\n');
    expect(drawOutline(`关于供水的意见\n${series}\n各区、各有关部门要加强管理，认真落实。`).at(-1)).toBe('c closing · 各区、各有关部门要加强管理，认真落实');
    expect(drawOutline(`关于供水的意见\n${series}\n水厂改造按计划推进。`).at(-1)).toBe('4 run-in 四、 抓好供水');
  });
  it('a text without title and sections has the items of its only list', () => {
    expect(drawOutline(`会议明确，供水要从三方面着手：一是修好水厂，守住底线；二是换好老管，减少漏损；三是管好水表。\n会议要求，${filler}`)).toEqual([
      'o opening · 会议明确，供水要从三方面着手：一是修好水厂，守住底线', '1 item 一是 修好水厂，守住底线', '2 item 二是 换好老管，减少漏损', '3 item 三是 管好水表',
    ]);
  });
});

describe('days', () => {
  const page = `聚力供水\n2020-03-02 10:49 来源:示范日报\n${filler}\n从去年开始,改造水厂。\n(本文摘自某同志2019年12月27日在全市会议上的讲话)`;
  it('what is said in a speech is counted from the day of the speech', () => {
    expect(readOutline(page)).toMatchObject({ publishedAt: '2020-03-02', spokenAt: '2019-12-27' });
    expect(readPolicy(page).times.find(({ text }) => text.includes('去年'))?.from).toBe('2018-01-01');
  });
  it('a given day that is not the text\'s is a defect', () => {
    const conflicts = (publishedAt: string): string[] => readOutline(page, { publishedAt }).defects.filter(({ kind }) => kind === 'date-conflict').map(({ span }) => page.slice(...span));
    expect(conflicts('2025-08-28')).toEqual(['2020-03-02 10:49 来源:示范日报']);
    expect(conflicts('2020-03-05')).toEqual([]);
  });
});
