/** What one comma member is in its sentence, by the words it begins with. */
import type { Strength } from '../model.ts';
import type { Member } from '../words/split-statements.ts';
import { firstsOf, lastsOf, PatternGate, type GatedPattern } from '../words/pattern-gate.ts';
import { WordMatcher, wordList } from '../words/word-matcher.ts';
import { PLACING_VERBS } from './verb-fields.ts';
import { shapedVerbEnd } from './verb-shapes.ts';
import { ADVERBS, MODALS, NOT_MODAL_AFTER, NOT_MODAL_BEFORE, STANCE_OBJECT, VERBS, type VerbClass } from './verbs.ts';

/** `detail`: how much or how often, of the act before it (拆旧比不得超过20%); `connective`: 同时, 为此; `predicate`: …是…; `fact`: …了, 已…; `other`: none of these. */
export type MemberKind = Exclude<VerbClass, 'noun'> | 'detail' | 'connective' | 'predicate' | 'fact' | 'other';
type Range = readonly [start: number, end: number];

export interface MemberReading {
  readonly kind: MemberKind;
  readonly start: number;
  readonly end: number;
  readonly verb: Range;
  readonly object: Range;
  readonly hasObject: boolean;
  /** Second half of an action that stands behind its object: 加快…|建设. */
  readonly tail: Range | undefined;
  /** Asks in so many words: 要, 必须. */
  readonly modal: boolean;
  /** A body of the table stands before the modal or verb. */
  readonly subjectBody: boolean;
  /** Something stands before the modal that is asked. */
  readonly subject: boolean;
  readonly strength: Strength;
  readonly means: Range | null;
  readonly place: Range | null;
  /** A short noun phrase that may be the topic of what follows: 古城片区, 任务较重的县区. */
  readonly topic: boolean;
  /** The ask begins here: what stood before it told of it. */
  readonly fresh: boolean;
  /** A day stands first. */
  readonly timed: boolean;
  /** A verb with its object stands behind a subject that nobody lists: 供水系统|更换|锈蚀水管. */
  readonly clause: boolean;
}

const CONNECTIVE = /^(?:同时|此外|另外|为此|因此|例如|比如|其中|首先|其次|再次|最后|一方面|另一方面|总之|具体而言|当前|目前|下一步|下面|近期|一要|二要|也就是说|换言之|这样|对此|据此|与此同时|此间|即|如|但是?|不过|而且|并且|特别是|尤其是|实现这一目标|今后|当然|此前|说到底|(?:会议|大会)(?:还|同时|并)?(?:强调|要求|决定|议定|明确|确定|部署|指出|同意|原则同意|提出)|(?:[\u4e00-\u9fff某]{2,4})?(?:强调|要求|指出)|经(?:会议)?(?:研究|讨论)(?:决定|同意)?)$/u;
const LEAD_WORDS = ['与此同时', '特别是', '尤其是', '同时', '此外', '另外', '为此', '因此', '例如', '比如', '其中', '而是', '而且', '并且', '但是', '但', '而', '并', '又', '也', '还', '则'];
/** Markers of items: 一是, 二要, 第三, ①. */
const MARKER = /^(?:[（(][一二三四五六七八九十百0-9]{1,4}[）)]|[一二三四五六七八九十]{1,3}(?:是要?|要|、)|第[一二三四五六七八九十]{1,3}[,，、]?|[0-9]{1,3}(?:[.．、]|\)|）)|[①-⑳]|——|•|●|■|◆|\*(?=\s))\s*/u;
const MODAL_REACH = 28;

/** 请予审议, 请遵照执行: how papers end. */
const FORMULA = /^(?:现)?(?:恳|敬|呈|务|希)?请(?:予以?)?(?:各位[^，,]{0,12}|[市省县区]?政协委员[^，,]{0,10})?(?:审议|审阅|审定|批示|批准|批复|指示|指正|查收|知照|提出(?:宝贵)?意见|(?:结合[^，,]{2,8})?(?:认真|遵照|严格)?(?:组织)?(?:贯彻|遵照|执行|落实)(?:贯彻|执行|落实|实施)*)$/u;
const SAYS_WHAT_COMES = /(?:(?:会议|大会|全会)[^，,:：]{0,16}(?:提出|强调|要求|指出|明确|部署)[^，,:：]{0,16}|(?:要求|强调|指出|如下|做到|下功夫)|从[^，,:：]{1,6}方面[^，,:：]{0,10})$/u;
const ISSUES = /^现(?:就|将|把)[^，,]{2,}(?:印发|转发|下发|公布|发布|通知如下|公告如下|通报如下|报告如下|明确如下)(?:给?你们)?$/u;
const COMPARES = /^(?:合计|总计|共计)|^[^，,、拟]{0,16}比(?:上年|去年|上期|上月|上季|前年|往年|同期|[0-9]{4}年)[^，,]{0,6}?(?:增加|增长|提高|上升|减少|下降|降低|缩短|多|少)[^，,]{0,3}[0-9０-９*]/u;
/** 《分工方案》将…分解为…, 本方案致力于…: what a paper says of itself. */
const OF_PAPER = /^(?:《[^》]{2,40}》|本(?:方案|意见|规划|通知|办法|计划|报告|纲要|指南|标准))(?:共?分|将(?!于)|以|对|从|旨在|致力于|明确|提出|围绕|聚焦|包括|包含|主要)/u;
const LEVELS = /^(?:[省市县区镇乡村]|街道)(?:[（(][^（()）]{1,6}[)）])?(?:[、和]?(?:[省市县区镇乡村]|街道)(?:[（(][^（()）]{1,6}[)）])?){1,4}[两三四五]级(?:政府|党委和政府|财政)?/u;
const UNDERTAKES = /^(?!全)(?:(?:下一步|今年|[0-9]{4}年)?(?:该|我|本)[省市县区局委校院部镇]|我们|[\u4e00-\u9fff]{2,4}[省市县区局委])(?:还|也|同时|今年|明年)?$/u;
const BY_PRINCIPLE = /^[^，,要须]{2,12}(?:按照|本着|遵循)[^，,]{2,}的(?:基本|总体|工作)?(?:原则|要求|思路|方针)$/u;
/** 贴息比例不超过50%, 无需办理许可: how far the act before it goes. */
const LIMIT = /^(?!提|确保|使|力争|保证|降|压)[^，,、要须]{0,10}(?:比例|比重|额度|标准|金额|期限)(?:一般|原则上)?(?:不超过|不低于|不少于|不高于|最高)[^，,]{0,4}[0-9０-９*×X一二三四五六七八九十]|^(?:无需|无须|不再需要)[\u4e00-\u9fff]/u;
const SIZE = /^(?:总[^，,]{1,8}?(?:约|为|达到?|共|近|超过?)?|约|近|共计?|涉及[^，,]{0,10}|惠及[^，,]{0,10})[0-9０-９*×X.]+[万亿]?[\u4e00-\u9fff]{1,4}(?:左右|以上)?$/u;
const MEETS = /^(?!.*(?:要|每|定期|适时|及时|须|应|一次|不得))[^，,]{2,30}?(?:主持)?召开(?:[^，,]{0,24})(?:会议?|座谈|例会)$|^[^，,]{6,40}(?:会议?|大会)(?:在[^，,]{1,16})?(?:召开|举行)$/u;
const FORMULA_FIRST = firstsOf(FORMULA);

const MARKER_FIRST = firstsOf(MARKER);
const LEADS = new WordMatcher(LEAD_WORDS.map((word) => [word, true]));

/** Past markers and connectives that the ask does not begin with. */
export function skipLead(text: string, start: number, end: number): number {
  let at = start;
  const marker = MARKER_FIRST[text.charCodeAt(at)] === 1 ? MARKER.exec(text.slice(at, Math.min(end, at + 12)))?.[0] ?? '' : '';
  at += marker.endsWith('要') ? marker.length - 1 : marker.length;
  return at + (LEADS.find(text, at, end - 1)?.word.length ?? 0);
}

function modalAt(text: string, at: number, end: number): { word: string; strength: 'must' | 'should' } | undefined {
  const match = MODALS.find(text, at, end);
  if (!match) return undefined;
  const { word } = match;
  const tail = word[word.length - 1];
  if ((NOT_MODAL_AFTER[tail] ?? '').includes(text[at + word.length] ?? ' ')) return undefined;
  if (word.length === 1 && at > 0 && (NOT_MODAL_BEFORE[word] ?? '').includes(text[at - 1])) return undefined;
  return { word, strength: match.value };
}

interface Head {
  readonly verb: Range;
  readonly kind: VerbClass | null;
  readonly modal: 'must' | 'should' | null;
  readonly at: number;
}

/** 改造后的, 建设过程: what was a verb names something. */
const BEHIND_NOUN = new WordMatcher(wordList('后的 后, 后， 过程 以来 前的 中的 的').map((word) => [word, true]));
/** 腾出库容120万立方米 counts for itself. */
const MAKES_ROOM = /^(?:腾出|吸纳|补充|筹措|释放)$/u;
const APPLIES = new Set(['运用', '利用', '应用', '采用', '采取']);

/** Run of adverbs, modals and verbs from `at`: 要|加快|推进, 积极|参与|编制|并|推动|实施. */
function readHead(text: string, at: number, end: number): Head {
  let i = at;
  let first = -1;
  let last = -1;
  let kind: VerbClass | null = null;
  let modal: 'must' | 'should' | null = null;
  for (let steps = 0; steps < 14 && i < end; steps++) {
    const word = modalAt(text, i, end);
    if (word && first < 0) {
      modal = modal === 'must' ? 'must' : word.strength;
      i += word.word.length;
      continue;
    }
    const adverb = ADVERBS.find(text, i, end);
    const verb = VERBS.find(text, i, end);
    if (verb && (!adverb || verb.word.length >= adverb.word.length)) {
      if (verb.value === 'noun') break;
      if (verb.value === 'frame') {
        // 将会同…选取: what will be done.
        let then = i + 1;
        if (verb.word === '将' && first < 0) for (let how = ADVERBS.find(text, then, end); how !== undefined && then - i < 12; how = ADVERBS.find(text, then, end)) then += how.word.length;
        const next = VERBS.find(text, then, end);
        if (verb.word === '将' && first < 0 && !BA_STANCE.test(text.slice(i, Math.min(end, i + 60))) && next && next.value !== 'frame' && next.value !== 'noun') {
          modal ??= 'should';
          i++;
          continue;
        }
        // A preposition behind adverbs is the head when nothing else is: 要|以…; behind a verb it belongs to the object: 加强|对….
        if (first < 0) return { verb: [i, i + verb.word.length], kind: 'frame', modal, at: i + verb.word.length };
        break;
      }
      // 推进|建设…: the second verb with an object of its own joins the run, one that only names the object does not.
      const after = i + verb.word.length;
      if (first >= 0 ? !joins(text, after, end) && !(after === end && text.startsWith('负责', first)) : BEHIND_NOUN.find(text, after) !== undefined) break;
      // 编制|更新规划: a short rest is one noun with the verb before it.
      if (first >= 0 && NOMINAL.has(verb.word) && end - after < 3) break;
      if (first < 0) {
        first = i;
        kind = verb.value;
      } else if (kind === 'weak' && verb.value === 'act') kind = 'act';
      last = after;
      i = after;
      if (kind === 'stance' && !'和并、与'.includes(text[i] ?? ' ')) break;
      if (kind === 'weak' && !JOINING_WEAK.has(verb.word)) break;
      if ((text[i] === '和' || text[i] === '并' || text[i] === '、' || text[i] === '与') && VERBS.find(text, i + 1, end) && VERBS.find(text, i + 1, end)?.value !== 'frame' && joins(text, i + 1 + (VERBS.find(text, i + 1, end)?.word.length ?? 0), end)) i++;
      else if (text[i] === '地' ) i++;
    } else if (adverb && first < 0) {
      i += adverb.word.length;
      if (text[i] === '地' || text[i] === '、') i++;
    } else break;
  }
  return { verb: first < 0 ? [i, i] : [first, last], kind, modal, at: i };
}

/** Weak verbs that take another verb: 注重应用数字技术. */
const JOINING_WEAK = new Set(['注重', '重视', '善于', '敢于', '勇于', '考虑']);
/** Weak verbs that behave like prepositions: 聚焦…推动…, 更多依靠…推动…. */
const WEAK_FRAME = /^(?:会同|协同相关|聚焦|紧扣|紧盯|瞄准|对标|依靠|更多依靠|充分利用|综合运用|借助|着眼于?|顺应)$/u;

/** A verb is one when something stands behind it that can be its object. */
function joins(text: string, after: number, end: number): boolean {
  if (after >= end || text.startsWith('后的', after) || text.startsWith('过程', after)) return false;
  return !'的是、和与及等为，,'.includes(text[after]);
}

/** Copula that makes a statement of the member; 实事求是, 特别是 and their like are none. */
const COPULA = /(?<!事求|特别|尤其|但|还|凡|总|于|或|若|而|正|只要|要的)是(?!否|非)/u;
const PREDICATE = /(?:(?:范围|对象|目标|时间|内容|期限|标准|地点|依据)(?:为|包括|涵盖|涉及)|势在必行|刻不容缓|至关重要|意义重大|任重道远|大有可为|迫在眉睫|十分必要|非常重要|关系着|关系到|关乎|有利于|有助于|不利于|意味着|取决于|离不开|体现在|反映了|还有一定|得到(?:有效|明显|显著|进一步)|取得了?(?:积极|显著|明显|重大|新的|阶段性)?(?:成效|进展|突破|成绩)$|(?:参加|出席|列席)(?:了)?(?:会议|活动|座谈会?|仪式)$|具有[^，,的]{0,6}意义$|(?:进入|处于|正值|迎来)[^，,]{0,14}(?:期|阶段|时期|节点|关口|时刻|深水区)$|在即$|容不得|来之不易|没有发生|[还仍](?:很|比较|十分)?不[\u4e00-\u9fff]|不(?:到位|健全|严格|深入|充分|平衡|协调|扎实|牢固|过硬)$|都很好$|由[^，,]{2,}组成$|越[^，,]{1,6}越|越[好快多高强足]|仍然|(?:不够|滞后|不足|困难|较大|不大|不高)$)/u;
/** 形成|有利于人才发展的|良好环境: which of them. */
const ATTRIBUTE = /(?:有利于|有助于|不利于|关乎|关系到|关系着)[^，,]{2,24}的[^，,的]{2,6}$/u;
/** What has come about, said of a subject: 城市面貌焕然一新. */
const STATE = /^[^，,]{2,16}(?:焕然一新|日益[\u4e00-\u9fff]{2}|持续向好|空前高涨|初步形成|明显(?:增强|提升|改善|提高)|显著(?:增强|提升|改善|提高)|稳步(?:提升|提高|增长)|不断(?:增强|提升|提高|完善)|持续(?:增长|提升|改善|优化))$/u;
/** First characters of verbs of doing: 增开班车, 配租房源. Only two characters that the tables do not know are judged by them. */
const VERB_HEADS = '增加补配备拆扩延拓清修植栽铺架挖疏拨筹募聘招派调压减免缓收征赔租售迁搬移换替编订拟撰绘测评审核验查巡督盯催约罚奖表评树宣讲培训教帮扶助救护养护守防排除灭控禁限停关撤并合整联共';
const NOT_VERB = /^(?:约[\s0-9０-９]|增长|增量|增值|加之|加上|补丁|配偶|备案|拆迁|扩张|延安|清晰|清洁|清醒|清明|植物|植被|架构|调子|压力|免费|缓慢|收入|收益|征程|租金|售价|迁徙|移民|换言|替代|编制|订单|测绘|评论|审美|核心|查找|督察|盯着|奖金|表明|表面|树木|讲话|培训|教师|教训|帮手|助力|救灾|护士|养老|守正|防汛|排水|除了|除夕|控股|限度|停车|关键|关系|关于|撤县|并且|并非|合格|合法|合作|整体|整个|联席|共识|共同|共性|评审|约束|调查|宣言|收费|排名|控规|护理|教学|联盟|补短|加大|审计|征求|共青|整车|备受|关乎|树立|合计|并不|共有|清华|养殖|防护|减压|拓荒|迁移|配电|教材|讲解)/u;
function looksLikeVerb(text: string, at: number, end: number): boolean {
  return end - at >= 5 && end - at <= 24 && VERB_HEADS.includes(text[at]) && !NOT_VERB.test(text.slice(at, at + 2)) && !'的是和与及、，,了着过'.includes(text[at + 2]) && !/[是有为]|的[^，,]{0,4}$/u.test(text.slice(at + 2, end));
}
/** Duties in general: said of a body with 必须, and still nothing that could be handed over. */
const CALL = /(?:责无旁贷|义不容辞|勇挑重担|勇担重任|当仁不让|走在前列|作出(?:更大|新的)贡献)/u;
/** 治堵结合, 绝不手软: four characters of manner. */
const PAIRED = /(?:结合|并举|并重|并用|兼顾|联动|同步|手软|姑息|迁就|含糊|松懈|留情)$/u;
const PAIRED_ENDS = lastsOf(PAIRED);
/** Possibility, not demand. */
/** 区体育局表示, 街道办要求: who says what follows. */
const REPORTS = /(?:回应|表示|介绍|透露|要求|强调|指出|说|称|认为|建议)$/u;
const POSSIBLE = /^(?:(?!凡).{1,16}(?:可以|能够)|既可以?|也可以?|又可以?|又能|也能|能够?|可以?|可能|就能|就可以|才能|往往|容易)/u;
const PAST_TIME = /^(?:[^，,]{2,20}以来$|从?去年|近年来|近[两二三四五几][年个]|过去|前段时间|一年来|五年来|几年来|多年来|长期以来|截至|此前|曾经|以往|今年以来|[0-9]{4}年以来)/u;
const PAST = /(?:[^为除罢不]了(?!解|望|然|结|如指)|已经|已(?=[建成达完有形实全累超])(?![^，,]{1,10}的)|曾|正在|达到了|实现了|截至)/u;
const FRAME_END = /(?:为(?:重点|导向|载体|主体|目标|目的|取向|方向|核心|基础|抓手|主题|主线|原则|契机|突破口|支撑|引领|依托|纽带|牵引|中心|指引|龙头|单元|主|例|要紧抓手|重要抓手|重要载体|指导|根本|统领|先导|动力)|基础上|过程中|方面|层面|前提下|同时|出发|做起|入手|背景下|原则|要求|思路|目标|部署|以外|中|(?<![以之])上|下|时|后|前|里|间|内)$/u;
/** Verbs that are as often nouns: inside a member they act only behind an adverb, a place or a modal. */
const NOMINAL = new Set(wordList(`提质 增效 扩容 提标 提档 增绿 降碳 节能 建设 改造 发展 合作 治理 管理 保护 规划 教育 培训 服务 开发 研究 监管 更新 应用 利用 使用 创新 改革 转型 评价 评估 考核 检查 整治 监测 调查 设计 组织 布局 配套 投入 供给 供应 储备 安排 规范 修复 传承 示范 引领 支撑 承载
保障 宣传 试点 试行 转化 转移 升级 普及 开放 共建 共享 协同 联动 配置 利用 回收 安装 维修 养护 救助 调控 调节 调度 监督 进步 参与 执行 发现 处理 处置 运用 研发 聚集 集聚 分离 隔离 疏导 统筹 倡议 申请 招标 采购 审批 审查 审核 验收 改进 绿化 美化 净化 亮化 承担 承诺 延伸 转变 防控 防范 结算 核算 审计 登记 备案 支持`));
/** Behind these a nominal verb acts: 在园区周边|建设…, 加快|建设…. */
const BEFORE_NOMINAL = /(?:入户|上门|同步|配套|一体|加快|大力|着力|积极|持续|全面|深入|全力|进行|统筹|科学|稳步|有序|重点|努力|切实|逐步|广泛|分别|周边|沿线|地带|区内|区域|范围|中心|重点|导向|主体|载体|单元|抓手|目标|[里内上下边带线点]|通道|期|时段|路段|场所|路口|校门口|两侧|旁)$/u;
const ENDING = /(?:逐[\u4e00-\u9fff]|分批|全面|统一|集中|依法|及时|立即|当场|全部|一律|予以|进行|分期|集体|公开|限期|免费)$/u;
/** Ends of nouns that verbs are made part of: 产业发展规划, 改革试点要求. */
const NOUN_END = /(?:规划|需要|要求|情况|特点|实际|基础|条件|战略|格局|趋势|规律|目标|重点|规范|标准|水平|能力|体系|机制|政策|工作|任务|意见|方案|计划|模式|变化|经验|部署|精神|资源|大会|成果|优势|工程|行动|改革|布局|阶段|进度|主线|主题|主业)$/u;
const TOPIC = /(?:区|县|市|片区|城市|部门|单位|项目|企业|园区|街区|地区|小区|城镇|领域|单位|干部|方面|工作|期间|年|月底前|年底前|底前|之前|的|[这该此][^，,]{0,3}类|者|人员|路段|地块)$/u;
const BA_ACT = /(?:增加到|提高到|扩大到|压缩到|压减到|调整为|延长到?|改造成|改建成|登记|过一遍|报送|打造成|建成|建设成|建起来|纳入|列入|作为.{0,30}推进|作为.{0,16}来[\u4e00-\u9fff]{2}|解决好|抓在手上|摆上|落到实处|反馈|公布|移交|推送|移送|下放|[编写列划装搬移送发配派办接引连拉推教交还退拨投转改翻修填压降调扩补挂贴嵌沉种铺架植并][进到成入给为至]|[建管串治修亮连统]起来|全力推进|建设好|落实好|办好)/u;
/** What is in the mind is moved by no act: 把心思用到…. */
const BA_INNER = /^(?:[\u4e00-\u9fff]{0,6}的)?(?:思想|认识|心思|精力|功夫|重心|注意力)/u;
const BA_STANCE = /(?:作为|当作|看作|牢记|放在|摆在|视为|当成)/u;

const MUST_WORDS = /(?:必须|务必|严禁|禁止|不得|不准|不能|确保|保证|严格|坚决|一律|严肃|从严|绝不|决不|切不可)/u;
const VERB_MANNERS = new WordMatcher<'explore' | 'encourage'>([...wordList('探索 创新探索 试点 试行 先行先试').map((word) => [word, 'explore'] as const), ...wordList('鼓励 支持 引导 倡导 提倡 允许 主张').map((word) => [word, 'encourage'] as const)]);
function strengthOf(text: string, start: number, end: number, verb: string, modal: Head['modal']): Strength {
  const until = Math.min(end, start + 160);
  const bits = GATE.scan(text, start, until);
  const member = text.slice(start, until);
  if (modal === 'must' || holds(member, bits, MUST)) return 'must';
  const manner = VERB_MANNERS.find(verb, 0)?.value;
  if (manner === 'explore' || (verb === '研究' && holds(member, bits, STUDIES)) || ((bits & EXPLORES.bit) !== 0 && member.slice(0, 12).includes('探索'))) return 'explore';
  if (manner === 'encourage' || holds(member, bits, ENCOURAGES)) return 'encourage';
  return 'should';
}

/** Where bodies and times begin in the passage → where they end. */
export interface Marks {
  readonly bodies: ReadonlyMap<number, number>;
  readonly times: ReadonlyMap<number, number>;
}

/** 拆旧比不得超过20%, 审批时限压缩至15个工作日, 其中…: says how much of the act before it. */
const DETAIL = /^(?:其中|每[支个处条户]|[^，,]{1,18}?(?:应|须|要|均|原则上)?(?:不得|不应|不)(?:超过|低于|少于|高于|大于|小于|突破)|[^，,]{1,14}?(?:控制在|压缩至|压缩到|压减至|缩短至|缩短到|缩短[一三四五六七八九0-9]|降至|降到|提高到|提升到|提到|下调|上调|达到|不低于|不少于|不超过)[^，,]{0,6}[0-9０-９一二三四五六七八九十百千万两半几％%])/u;
/** 新建道路同步建设…: 新建 belongs to the noun when a predicate stands behind it. */
function isNewNoun(text: string, verb: Range): boolean {
  return verb[1] - verb[0] >= 2 && text[verb[1] - 1] === '建' && /^(?:新建|改建|扩建|新建改建|新改扩建)$/u.test(text.slice(verb[0], verb[1]));
}

/**
 * A reading while it is made. One object a member, changed in place: copies of so many fields were a third of the time of all tasks.
 */
type Draft = { -readonly [K in keyof MemberReading]: MemberReading[K] };

function as(reading: Draft, kind: MemberKind, subjectBody = reading.subjectBody): Draft {
  reading.kind = kind;
  reading.subjectBody = subjectBody;
  return reading;
}
function acting(reading: Draft, kind: MemberKind, verb: Range, object: Range, hasObject: boolean): Draft {
  reading.kind = kind;
  reading.verb = verb;
  reading.object = object;
  reading.hasObject = hasObject;
  return reading;
}
function about(reading: Draft, subjectBody: boolean): Draft {
  reading.subjectBody = subjectBody;
  return reading;
}
function onTopic(reading: Draft, topic: boolean, start = reading.start): Draft {
  reading.topic = topic;
  reading.start = start;
  return reading;
}
function by(reading: Draft, means: Range | null): Draft {
  reading.means = means;
  return reading;
}

export function classifyMember(text: string, member: Member, marks: Marks): MemberReading {
  const { bodies, times } = marks;
  const whole = text.slice(member.start, Math.min(member.end, member.start + 600));
  const start = skipLead(text, member.start, member.end);
  const { end } = member;
  const nothing: Range = [start, start];
  const base: Draft = { kind: 'other', start, end, verb: nothing, object: nothing, hasObject: false, tail: undefined, modal: false, subjectBody: false, subject: false, strength: 'should', means: null, place: null, topic: false, fresh: false, timed: false, clause: false };
  if (start >= end || (whole.length <= LONGEST_CONNECTIVE && CONNECTIVE.test(whole))) return as(base, 'connective');
  // 会议提出明确要求：, …要做到：: what is asked stands behind the colon.
  if ('：:'.includes(text[end] ?? ' ') && SAYS_WHAT_COMES.test(text.slice(Math.max(start, end - 40), end)) && !marks.bodies.has(start)) {
    base.fresh = true;
    return as(base, 'connective');
  }
  // 赤字规模比上年增加1.6万亿元: how much, and no act.
  const bits = GATE.scan(text, member.start, member.start + whole.length);
  if (end - start <= 40 && (whole.includes('比') || whole[1] === '计') && COMPARES.test(whole)) return as(base, 'detail');
  // XX区按照…的原则: what leads up to the act, whoever stands before it.
  if (end - start <= 80 && holds(whole, bits, PRINCIPLED)) return as(base, 'frame');
  if (end - start <= 40 && (holds(whole, bits, SIZED) || holds(whole, bits, LIMITED))) return as(base, 'detail');
  // 现将…印发给你们: the letter speaks of itself. 市长主持召开…会议: what took place.
  if ((whole[0] === '《' || whole[0] === '本') && OF_PAPER.test(whole.slice(0, 60))) return as(base, 'fact');
  if ((whole[0] === '现' && ISSUES.test(whole)) || (end - start <= 60 && holds(whole, bits, MET))) return as(base, 'fact');
  if (FORMULA_FIRST[text.charCodeAt(start)] === 1 && end - start <= 28 && FORMULA.test(text.slice(start, end))) return as(base, 'connective');

  // Subject: a body at the beginning, or whatever stands before a modal. A day or 请 may come first.
  let at = skipTime(text, start, end, times);
  let subjectBody = false;
  let begged = false;
  const begs = BEGS.find(text, at)?.word.length ?? 0;
  if (begs > 0 && bodies.has(at + begs)) {
    begged = true;
    at += begs;
  }
  // 我们计划…, 我局将…: what the speaker undertakes.
  const undertakes = text[at] !== '我' ? 0 : /^(?:我们|我[市省区县局委院校厅办镇]|我街道)(?:还|也)?(?:计划|打算|准备|拟|将)/u.exec(text.slice(at, at + 8))?.[0].length ?? 0;
  if (undertakes > 0) {
    begged = true;
    subjectBody = true;
    at = skipTime(text, at + undertakes, end, times);
  }
  for (let list = 0; list < 20; list++) {
    const bodyEnd = bodies.get(at);
    if (bodyEnd === undefined || bodyEnd <= at) break;
    subjectBody = true;
    at = bodyEnd;
    at = skipTime(text, at, end, times);
    if ((text[at] === '、' || text[at] === '和' || text[at] === '与' || text[at] === '及') && bodies.has(at + 1)) at++;
  }
  // 市、区两级|…: levels of government as one subject.
  const levels = !subjectBody && '省市县区镇乡'.includes(text[at] ?? ' ') ? LEVELS.exec(text.slice(at, Math.min(end, at + 28)))?.[0].length ?? 0 : 0;
  if (levels > 0) {
    subjectBody = true;
    at = skipTime(text, at + levels, end, times);
  }
  let head = readHead(text, at, end);
  if (head.kind === null && head.modal === null && text[at] === '“') {
    // “一企一策”帮助…: a short quotation that says how.
    const close = at + text.slice(at, at + 11).indexOf('”');
    if (close > at && close < end) {
      const behind = readHead(text, close + 1, end);
      if (behind.kind !== null) head = behind;
    }
  }
  let asked = begged;
  let from = start;
  const reports = head.modal === null && head.verb[1] - head.verb[0] === 2 && /^(?:明确|要求|提出|决定)$/u.test(text.slice(head.verb[0], head.verb[1]));
  if (head.kind === null || reports || (head.kind === 'frame' && head.modal === null)) {
    const modal = findModal(text, at, end);
    if (modal >= 0) {
      const later = readHead(text, modal, end);
      if (later.modal !== null) {
        if (!subjectBody) {
          for (let i = Math.max(start, modal - MODAL_REACH); i < modal; i++) {
            const to = bodies.get(i);
            if (to !== undefined && to <= modal && modal - to <= 3) subjectBody = true;
          }
        }
        head = later;
        asked = true;
        // 市委…研究,明确中心城区要…: the ask begins behind the verb that reports it.
        const told = /^.{0,30}?(?:明确|提出|决定|要求)(?=.{2,})/u.exec(text.slice(start, modal));
        if (told && !subjectBody) from = start + told[0].length;
      }
    }
  }
  asked ||= head.modal !== null;
  // 该区|将加快推进…: what somebody undertakes.
  if (!asked && (head.kind === null || head.kind === 'noun' || head.kind === 'frame')) {
    const will = whole.includes('将') ? text.slice(at, Math.min(end, at + 10)).indexOf('将') : -1;
    const later = will > 0 && UNDERTAKES.test(text.slice(at, at + will)) ? readHead(text, at + will, end) : undefined;
    if (later?.modal && later.kind === 'act' && later.verb[1] < end) {
      head = later;
      asked = true;
    }
  }

  let subject = asked && (subjectBody || head.verb[0] - start > 2);
  let found = false;
  if (!asked && (head.kind === null || head.kind === 'noun' || isNewNoun(text, head.verb) || (subjectBody && head.kind === 'frame'))) {
    const predicate = findPredicate(text, Math.max(at, start + (subjectBody ? 0 : 2)), end, marks, subjectBody) ?? findPlacing(text, at, end);
    if (predicate) {
      head = predicate;
      subject = true;
      found = true;
    }
  }
  const flat = (bits & QUOTING.bit) === 0 ? whole : withoutQuotes(whole);
  const bare = start === member.start ? flat : flat.slice(start - member.start);
  const groups = find(bare, bits, SAYS_EACH);
  if (groups && head.kind === null) return onTopic(as(base, 'other'), true, start + groups[0].length);
  if (holds(bare, bits, CALLS)) return as(base, 'stance', subjectBody);
  if (end - start === 4 && PAIRED_ENDS[text.charCodeAt(end - 1)] === 1 && PAIRED.test(bare)) return as(base, 'stance', subjectBody);
  if (!asked && bare[0] === '可' && bare[1] !== '能' && bare[1] !== '以' && bare.length >= 3) return as(base, 'detail');
  if (!asked && (holds(bare, bits, MAY) || holds(bare, bits, LONG_PAST))) return as(base, 'fact', subjectBody);
  if (!asked && subjectBody && (head.kind === null || head.verb[1] >= end) && holds(bare, bits, REPORTING)) return as(base, 'connective');
  // 市政协委员建议,…: what stood before says who and why.
  if (!asked && !subjectBody && (head.kind === null || head.kind === 'frame') && bare.length <= 16 && SAYS_LAST[text.charCodeAt(end - 1)] === 1 && /[员表家会][\u4e00-\u9fff]{0,4}(?:建议|提出|认为|呼吁|指出)$/u.test(bare)) {
    base.fresh = true;
    return as(base, 'connective');
  }
  if (at >= end || (!subjectBody && skipTime(text, start, end + 1, times) >= end)) return as(base, 'frame');
  if (head.kind === null && holds(bare, bits, CHAIRED)) return as(base, 'connective');
  // 由区长任组长: of the group that was set up before.
  if (head.kind === 'frame' && !asked && text[head.verb[0]] === '由' && holds(bare, bits, CHAIRED)) return as(base, 'detail');
  // 将方案经负责人审定后,…: what comes first.
  if (!subjectBody && (bare[0] === '将' || bare[0] === '把') && bare.endsWith('后')) return as(base, 'frame');
  // 试用期间,…: when.
  if (!asked && !subjectBody && bare.length <= 12 && WHEN.test(bare)) return as(base, 'frame');
  // 不能当场整改的,…: whom or what the rest is about.
  if (bare.length > 3 && bare.endsWith('的')) return onTopic(as(base, 'other', subjectBody), true);
  if (bare.startsWith('处') && /^处以?[0-9０-９一二三四五六七八九十百千万].*罚款$/u.test(bare)) return acting(base, 'act', [start, start + 1], [start + 1, end], true);
  if (text[start] === '报' && bodies.has(start + 1)) return acting(base, 'act', [start, start + 1], [start + 1, end], true);
  const full = find(bare, bits, ALL_THAT);
  if (full) return about(acting(base, /(?:确保|做到|实现|力求)应/u.test(bare) || bare.startsWith('确保') ? 'result' : 'act', [start + full.index, start + full.index + 4], [start, start + full.index], true), subjectBody);
  if (head.kind === null && holds(bare, bits, IN_HALVES) && !/[了已]/u.test(bare)) return about(acting(base, SORTED.test(bare) ? 'result' : 'act', [Math.max(start, end - 2), end], [start, Math.max(start, end - 2)], true), subjectBody);
  if (head.kind === null && bare.includes('即') && /^[^，,]{1,14}(?<![立当随])即/u.test(bare)) return as(base, 'fact', subjectBody);
  if (!found && !subjectBody && (head.kind === null || head.verb[0] - at > 1) && holds(bare, bits, AMOUNTS)) return as(base, 'detail');
  if (!asked && holds(flat, bits, DONE)) return as(base, 'fact', subjectBody);
  if (!asked && holds(bare, bits, IS)) return as(base, 'predicate', subjectBody);
  if (!asked && head.kind !== 'frame' && holds(flat, bits, JUDGES) && !((head.kind === 'act' || head.kind === 'result') && head.verb[0] - start <= 4 && ATTRIBUTE.test(flat))) return as(base, 'predicate', subjectBody);

  const { kind } = head;
  const verbText = text.slice(head.verb[0], head.verb[1]);
  const strength = strengthOf(text, start, end, verbText, head.modal);
  const object: Range = [Math.min(head.verb[1], end), end];
  const objectText = text.slice(object[0], Math.min(object[1], object[0] + 600));
  const hasObject = objectText.length >= 2 && !objectText.startsWith('的');
  const reading = base;
  reading.timed = at > start && !subjectBody;
  reading.fresh = from > start;
  reading.start = from;
  reading.verb = head.verb;
  reading.object = object;
  reading.hasObject = hasObject;
  reading.modal = asked;
  reading.subjectBody = subjectBody;
  reading.subject = subject;
  reading.strength = strength;
  reading.place = placeOf(text, start, head.verb[0]);

  // 形成总结报告|报|区安委会.
  if (kind !== null && kind !== 'frame' && bodies.size > 0) for (let i = from + 4; i < Math.min(end, from + 40); i++) {
    if (text.charCodeAt(i) === 0x62a5 && bodies.has(i + 1)) return as(reading, 'act');
  }
  const given = kind === null || kind === 'frame' ? find(bare, bits, GIVEN) : null;
  if (given && given.index > 1) return acting(reading, 'act', [start + given.index, Math.min(end, start + given.index + given[0].length + 2)], [start, start + given.index], true);
  if (kind === 'noun') return as(reading, 'other');
  // 严禁在…内违规占压: what is forbidden need not be a verb of the table.
  if (kind === 'frame' && /^(?:严禁|禁止|不得|不准|不许|不能|决不|绝不|切不可)/u.test(bare)) return acting(reading, 'act', reading.verb, reading.object, true);
  if (kind === 'frame' && verbText === '发现' && /(?:及时|主动|尽早|全面|准确)$/u.test(text.slice(start, head.verb[0]))) return as(reading, 'act');
  if (kind === 'frame') return classifyFrame(text, reading, verbText, bodies);
  if (kind === 'weak' && WEAK_FRAME.test(verbText)) {
    const inner = classifyFrame(text, { ...reading }, verbText, bodies);
    return inner.kind === 'act' ? inner : as(reading, 'weak');
  }
  // 会同公安派出所夜查…: behind the bodies stands what is to be done with them, whatever the verb.
  if (kind === 'weak' && /^(?:会同|联合)$/u.test(verbText) && behindBodies(text, head.verb[1], end, bodies) >= 4) return as(reading, 'act');
  if (verbText === '达到' && /[0-9０-９*一二三四五六七八九十百千万两%％]/u.test(objectText)) return as(reading, 'detail');
  if (kind !== null && (whole[0] === '既' || whole[0] === '又') && /^既(?![有定存])|^又/u.test(whole)) return as(reading, kind === 'act' ? 'result' : kind);
  if (asked && /^(?:[^，,]{0,8}[要应须])(?:有|是|会|能|懂得?|弄清|想清|看清|算清|明白|清醒|记住)/u.test(bare) && kind !== 'act') return as(reading, 'stance');
  if (kind === null) {
    if (!asked && /^(?:(?:[^，,]{2,16}的)?(?:一律|从严|从重|坚决|限期)|[^，,]{3,16}的(?:当场|立即|及时|依法|拍照|责令))[^，,]{2,}/u.test(bare)) return acting(reading, 'act', [Math.min(end, start + 2), Math.min(end, start + 4)], [Math.min(end, start + 4), end], true);
    const told = asked || subjectBody ? -1 : toldOfThose(text, start, end);
    if (told >= 0) return acting(reading, 'act', [told, Math.min(end, told + 2)], [start, told - 1], true);
    if (begged && end - head.at >= 2) return acting(reading, 'act', [at, Math.min(end, at + 2)], [Math.min(end, at + 2), end], true);
    if (holds(bare, bits, STANDS)) return as(reading, asked ? 'other' : 'fact');
    if (!asked && looksLikeVerb(text, at, end)) return acting(reading, 'act', [at, at + 2], [at + 2, end], true);
    const shaped = !asked || !subjectBody ? shapedVerbEnd(text, head.at, end) : 0;
    if (shaped > 0 && !/[是有为]|不[是能会]|的$|(?:建议|意见|想法|希望|看法|体会)$/u.test(text.slice(shaped, Math.min(end, shaped + 40)))) return acting(reading, 'act', [head.at, shaped], [shaped, end], true);
    if (asked && /^(?:严禁|禁止|不得|不准|不许|不能|决不|绝不|切不可)|^[^，,]{2,27}(?:不得|不准|不许|严禁|禁止|切勿)/u.test(bare) && end - head.at >= 3) return acting(reading, 'act', [head.at, Math.min(end, head.at + 2)], [Math.min(end, head.at + 2), end], true);
    if (asked && bare.startsWith('不要')) return as(reading, 'detail');
    // 各单位要于3月底前,将…报送…: the day first.
    if (asked && head.at < end && skipTime(text, head.at, end + 1, times) >= end) return as(reading, 'frame');
    // 驾驶员必须…, 校长要…: whoever they are.
    if (asked && subject && !subjectBody && end - head.at >= 4 && AGENT_END.test(text.slice(start, Math.max(start, modalStart(text, start, head.at)))) && !/[的性感]$/u.test(bare)) return acting(reading, 'act', [head.at, Math.min(end, head.at + 2)], [Math.min(end, head.at + 2), end], true);
    // 各街道要备料: what a body is asked is an act, whatever the verb.
    if (asked) return acting(reading, end - head.at >= (subjectBody ? 4 : 8) && !/[的性感]$/u.test(bare) && (subjectBody || !bare.startsWith('请')) && (subjectBody || !THINKS.test(text.slice(head.at, end))) ? 'act' : 'weak', [head.at, Math.min(end, head.at + 2)], [Math.min(end, head.at + 2), end], end - head.at >= 2);
    const carried = asked || subjectBody ? -1 : carriedAt(text, at, end);
    if (carried >= 0) return acting(reading, 'act', [carried, carried + 1], [carried + 1, end], true);
    // 主要领导|亲自|抓: whatever the verb.
    if (subjectBody && head.at > at && head.at < end && !/[是有]|的$/u.test(text.slice(head.at, end))) return acting(reading, 'act', [head.at, Math.min(end, head.at + 2)], [Math.min(end, head.at + 2), end], true);
    if (subjectBody) return onTopic(as(reading, 'other'), true);
    const inner = asked ? -1 : innerVerb(text, at, end);
    if (inner >= 0) {
      reading.clause = true;
      const word = VERBS.find(text, inner, end)?.word.length ?? 2;
      return acting(reading, 'other', [inner, inner + word], [inner + word, end], true);
    }
    return onTopic(as(reading, 'other'), whole.length <= 28 && (whole.startsWith('凡') || TOPIC.test(whole) || endsInNoun(whole)));
  }
  // 市工信局牵头,…: who leads what comes next.
  if (verbText === '配合' && !hasObject && !subjectBody && head.verb[0] > start) return as(reading, 'other');
  if (!hasObject && (!asked || (verbText === '牵头' && text.startsWith('会同', end + 1))) && /^(?:牵头|配合|负责|主办|协办)$/u.test(verbText)) return as(reading, 'frame');
  if (!hasObject) {
    if (kind === 'act' && verbText.length === 4 && head.verb[1] - start === end - start && HOLDS_OBJECT.test(verbText)) return as(reading, 'act');
    // 开展|督导: the second verb is the object of the first.
    const light = kind === 'act' ? LIGHT.exec(verbText)?.[0].length ?? 0 : 0;
    if (light > 0) return acting(reading, 'act', [head.verb[0], head.verb[0] + light], [head.verb[0] + light, end], true);
    if (kind === 'act' || kind === 'result') return as(reading, found || subjectBody || at > start || (asked && (kind === 'act' || subject)) ? 'act' : 'other');
    return as(reading, kind);
  }
  // 建设进度较慢的项目, 要…: which of them.
  if (!asked && NOMINAL.has(verbText) && OF_DEGREE.test(objectText)) return onTopic(as(reading, 'other'), true);
  // 提档升级街镇比例达到50%: how much, whatever verbs name it.
  if (!asked && !subjectBody && kind === 'act' && at === head.verb[0] && RATE.test(objectText)) return as(reading, 'detail');
  // 绿化问题, 监督检查制度: a title made of verbs.
  if (!asked && kind === 'act' && objectText.length <= 2 && TITLE_OBJECT.test(objectText) && at === start && allNominal(verbText)) return onTopic(as(reading, 'other'), true);
  if (verbText.endsWith('转变') && /(?:方式|方法|理念|观念|作风|重心|动力|办法)$/u.test(objectText)) return as(reading, 'stance');
  if ((verbText === '消除' || verbText === '排除') && /(?:隐患|风险|顾虑|后顾之忧)$/u.test(objectText) && !/[0-9]/u.test(objectText)) return as(reading, 'result');
  if (APPLIES.has(verbText) && /(?:手段|技术|方式|方法|渠道|思维)$/u.test(objectText)) return as(reading, 'weak');
  if (verbText.startsWith('发挥') && objectText.endsWith('效益')) return as(reading, 'result');
  // 保障…的合法权益: what the act before it brings about; 保障…的组织实施 is an act.
  if (verbText === '保障' && !subject && /(?:权益|权利|利益|安全|稳定|畅通|需求|需要|健康|生活|质量|顺畅|平稳|有序|正常|运行|进行|秩序)$|度过|享有|得到|不受/u.test(objectText)) return as(reading, 'result');
  if (verbText.endsWith('遏制') && !asked && !/坚决|严/u.test(text.slice(start, head.verb[1])) && /(?:发生|蔓延|反弹|势头)$/u.test(objectText)) return as(reading, 'result');
  if (kind !== 'stance' && !subjectBody && objectText.endsWith('答卷')) return as(reading, 'stance');
  // 争取让市民…, 推动政策落地见效: what the act before is for.
  if (kind === 'act' && ((verbText.startsWith('争取') && /^争取(?:让|使|做到|实现|达到)/u.test(verbText)) || (verbText.startsWith('推动') && object[1] - head.verb[0] <= 10 && /(?:落地|见效|生根|到位)$/u.test(objectText)))) return as(reading, 'result');
  if (kind !== 'stance' && STANCE_LAST[objectText.charCodeAt(objectText.length - 1)] === 1 && STANCE_OBJECT.test(objectText)) return as(reading, 'stance');
  if (kind === 'result' && /(?:坚决|严厉|严格)$/u.test(text.slice(Math.max(start, head.verb[0] - 2), head.verb[0]))) return as(reading, 'act');
  if (kind === 'result' && MAKES_ROOM.test(verbText) && COUNTED.test(objectText)) return as(reading, 'act');
  if (kind === 'result' && head.modal === 'must' && /^[^，,]{0,8}(?:不得|不准|不许|严禁|禁止)/u.test(bare)) return as(reading, 'act');
  // 共同建设美好家园: what all of it is for.
  if (kind === 'act' && !subject && /(?:家园|未来|明天|篇章|辉煌|新局面)$/u.test(objectText) && whole.slice(0, 6).includes('共同')) return as(reading, 'result');
  return hastened(as(reading, kind), text, verbText, object);
}

const RATE = /^[^，,]{0,10}(?:比例|比重|占比|率)(?:要|应|均|力争)?(?:达到?|超过|不低于|不少于|提高到|提升到|控制在|降至|保持在)[^，,]{0,3}[0-9０-９*×X]/u;
const WHEN = /^[\u4e00-\u9fff]{2,}(?:期间|过程中|之际|之后|以后|之前)$/u;
/** 发动群众, 公开信息: what is done and to whom, in one word of the table. */
const HOLDS_OBJECT = /(?:群众|干部|党员|陋习|漏洞|黑名单|短板|责任)$/u;
/** Verbs that take another one for their object. */
const LIGHT = /^(?:开展|加强|强化|进行|做好|抓好|组织|实施|实行|参与|接受|完成)(?=[\u4e00-\u9fff]{2,4}$)/u;

/** Where the verb of doing stands behind a subject of two to fourteen characters, its object behind it; −1. */
function innerVerb(text: string, from: number, end: number): number {
  const until = Math.min(end - 4, from + 14);
  for (let i = from + 2; i < until; i++) {
    const verb = VERBS.find(text, i, end);
    if (verb === undefined) continue;
    const after = text[i + verb.word.length] ?? '，';
    if (verb.value !== 'act' || verb.word.length < 2 || NOMINAL.has(verb.word) || '、和与的及并可能会在被所是有'.includes(text[i - 1]) || '的、和与及等中，为是后时者了'.includes(after)) {
      i += verb.word.length - 1;
      continue;
    }
    const rest = text.slice(i + verb.word.length, Math.min(end, i + 60));
    // 真心真情|关心…: no subject, but how.
    if (i - from === 4 && text[from] === text[from + 2]) return -1;
    return rest.length < 3 || /[是有了]|的(?:[^，,的]{1,4})?$/u.test(text.slice(from, i)) || /[了已]|^[^，,]{0,24}的[^，,的]{1,3}$/u.test(rest) ? -1 : i;
  }
  return -1;
}

/** What is asked of the mind. */
const THINKS = /^[^，,]{0,3}(?:想|懂|知|信|感|觉|悟|敢|舍得|对得起|经得起|像|有|是|在|把握|明白|清楚|理解|相信|记得|防止)|(?:精神|态度|决心|心态|眼光|思维|姿态|劲头|作风|标准|原则|统一|结合|关系)$/u;
const OF_DEGREE = /^[^，,的]{1,8}[较不未过很最][\u4e00-\u9fff]{1,3}的[\u4e00-\u9fff]{2,4}$/u;
const TITLE_OBJECT = /^(?:问题|方面|制度|机制|办法|内容|范围|对象|步骤|原则|要求)$/u;
function allNominal(verbs: string): boolean {
  for (let i = 0; i < verbs.length; ) {
    const verb = VERBS.find(verbs, i);
    if (verb === undefined || !NOMINAL.has(verb.word)) return false;
    i += verb.word.length;
  }
  return true;
}
/** Who answers for something: persons by their work, organisations, what is driven or built. */
const AGENT_END = /^[^，,的]{0,10}(?:师|员|校长|园长|院长|店长|行长|户|单位|企业|机构|部门|学校|医院|公司|车辆|项目|工程|场所|业主|经营者|负责人|责任人|施工方|团队|队伍)$/u;
/** Where the modal stands that ends before `at`. */
function modalStart(text: string, from: number, at: number): number {
  for (let i = from; i < at; i++) if (modalAt(text, i, at) !== undefined) return i;
  return from;
}

/** 劝阻不听的|拍照上报: where begins what is done to those whom the clause names; −1. */
function toldOfThose(text: string, from: number, end: number): number {
  if (end - from > 24) return -1;
  // Within the member: a paragraph of 100,000 tasks without 的 would be searched to its end for each.
  const words = text.slice(from, end);
  const of = from + words.indexOf('的', 3);
  if (of < from || of > end - 4 || of - from > 16 || words.includes('的', of - from + 1)) return -1;
  if (!THOSE.test(text.slice(from, of))) return -1;
  const verb = VERBS.find(text, of + 1, end);
  return (verb !== undefined && verb.value === 'act' && verb.word.length >= 2 && !NOMINAL.has(verb.word)) || shapedVerbEnd(text, of + 1, end) > 0 ? of + 1 : -1;
}
const THOSE = /不(?![久断同仅])|未|没|超过?|违规?|违反|逾期|拒|占用|损坏|确有|存在|发现|屡/u;

/** 小型水库迅速|将|水位降至…: what the subject, which is no body, is to carry out; −1. */
function carriedAt(text: string, from: number, end: number): number {
  for (let i = from + 2; i < Math.min(end - 5, from + SUBJECT_REACH); i++) {
    if (text[i] !== '将' && text[i] !== '把') continue;
    if ('来即行必就会'.includes(text[i - 1]) || '要会是为近军来'.includes(text[i + 1])) return -1;
    const rest = text.slice(i + 1, Math.min(end, i + 60));
    return BA_ACT.test(rest) && !BA_STANCE.test(rest) && !/[了已]/u.test(rest) ? i : -1;
  }
  return -1;
}

/** …的企业 names what the rest is about; …的企业扣减配额 has a verb in it. */
function endsInNoun(whole: string): boolean {
  const tail = /的([^，,的]{1,6})$/u.exec(whole)?.[1];
  if (tail === undefined) return false;
  for (let i = 1; i < tail.length - 2; i++) if (VERBS.find(tail, i)?.value === 'act') return false;
  return true;
}

/** Characters of the member behind the list of bodies that begins at `from`; 0 where none begins there. */
function behindBodies(text: string, from: number, end: number, bodies: ReadonlyMap<number, number>): number {
  let at = from;
  for (let list = 0; list < 12; list++) {
    const to = bodies.get(at);
    if (to === undefined || to <= at) break;
    at = '、和与及'.includes(text[to] ?? ' ') && bodies.has(to + 1) ? to + 1 : to;
  }
  return at === from || '的等，,'.includes(text[at] ?? '的') ? 0 : end - at;
}

/** 加快…建设: what is hastened is the building. */
function hastened(reading: Draft, text: string, verb: string, [from, to]: Range): MemberReading {
  if (verb !== '加快' && verb !== '加紧' && verb !== '抓紧') return reading;
  for (const length of [4, 2]) {
    const tail = VERBS.find(text, to - length, to);
    if (!tail || tail.value !== 'act' || tail.word.length !== length || to - length - from < 2) continue;
    reading.object = [from, to - length];
    reading.tail = [to - length, to];
    break;
  }
  return reading;
}

/** Words that put an act behind its subject: 各街道|每月|至少…, 道路|同步|建设…. Those that describe (明显, 不断, 日益) are none. */
const TRIGGERS = new WordMatcher(wordList('立即 当场 不予 不再 同步 逐步 逐条 逐层 逐一 逐户 逐栋 分批 全面 一律 统一 及时 至少 每隔 每半年 每年 每月 每周 每季度 每天 每日 全部 均 全额 免费 鼓励 严禁 禁止 限期 集中 定期 优先 按照 按 由 负责 带头 依法 原则上 应当 予以 给予 实行 按规定 按职责分工 严格 探索 时段 期间 两侧 门前 沿线 点位 路口 屋顶 入口处 出口处').map((word) => [word, true as const]));
const SUBJECT_REACH = 20;

const PLACING = new WordMatcher(PLACING_VERBS.map((word) => [word, true as const]));
/** 抽查结论|贴在|校门口显眼处: a verb that says where to or what becomes of it, behind its subject. */
function findPlacing(text: string, from: number, end: number): Head | undefined {
  const until = Math.min(end - 3, from + SUBJECT_REACH);
  for (let i = from + 2; i < until; i++) {
    const verb = PLACING.find(text, i, end);
    if (!verb || '的、，,（('.includes(text[i + verb.word.length] ?? ' ') || '的'.includes(text[i - 1])) continue;
    const whole = text.slice(from, end);
    if (DETAIL.test(whole) || /[了已]|的(?:人|事|是)/u.test(whole)) return undefined;
    return { verb: [i, i + verb.word.length], kind: 'act', modal: null, at: i + verb.word.length };
  }
  return undefined;
}
/** 宜绿则绿, 发现一辆、查处一辆, 一月一检: what is asked in a phrase of two equal halves. */
const HALVES = /[宜能应该可]([\u4e00-\u9fff]{1,3})[则就尽]\1|[该能当]([\u4e00-\u9fff])的\2|(一[\u4e00-\u9fff])、[\u4e00-\u9fff]{2}\3$|随([\u4e00-\u9fff]{1,2})随[\u4e00-\u9fff]{1,2}$|(?:与|同|和)[^，,]{2,16}(?:挂钩|衔接|并轨|脱钩|互认)$|一[月周日季年天户企校河园村楼街]一[\u4e00-\u9fff]$|该([\u4e00-\u9fff]{2})\5/u;

/** 能盘的盘、能拆的拆: what becomes of those that the act before it is about. */
const SORTED = /^[该能当][\u4e00-\u9fff]的/u;

/** The predicate of a member that begins with its subject: a trigger or a time, then a verb. */
function findPredicate(text: string, from: number, end: number, { bodies, times }: Marks, bodySubject: boolean): Head | undefined {
  const until = Math.min(end - 1, from + SUBJECT_REACH);
  // 每个社区|建设|1处以上….
  if (text[from - 2] === '每') {
    for (let i = from; i < Math.min(until, from + 8); i++) {
      const verb = VERBS.find(text, i, end);
      if (verb && verb.value === 'act' && /[0-9０-９一二三四五六两至不]/u.test(text[i + verb.word.length] ?? '')) return { verb: [i, i + verb.word.length], kind: 'act', modal: null, at: i + verb.word.length };
    }
  }
  for (let i = from; i < until; i++) {
    // 评估结果|报|省委.
    if (text[i] === '报' && bodies.has(i + 1)) return { verb: [i, i + 1], kind: 'act', modal: null, at: i + 1 };
    const trigger = text[i] === '由' && /[于此来]/u.test(text[i + 1] ?? '') ? undefined : TRIGGERS.find(text, i, end);
    const time = i > from || bodySubject ? skipTime(text, i, end, times) : i;
    if (!trigger && time === i) continue;
    let at = trigger ? i : time;
    const direct = readHead(text, at, end);
    if (direct.kind !== null && direct.kind !== 'frame' && direct.kind !== 'stance' && direct.kind !== 'noun') return direct;
    if (trigger) at = i + trigger.word.length;
    // 经费|按每米25元|核定, 费用|由财政|全额负担: the verb stands at the end or has its object behind it.
    for (let k = at; k < Math.min(end - 1, at + SUBJECT_REACH); k++) {
      const verb = VERBS.find(text, k, end);
      if (verb && verb.word.length >= 2 && verb.value === 'act' && (k + verb.word.length === end || !'的、和与及等中'.includes(text[k + verb.word.length])) && !'、和与的'.includes(text[k - 1])) {
        return { verb: [k, k + verb.word.length], kind: 'act', modal: null, at: k + verb.word.length };
      }
    }
    if (trigger && (bodySubject || /^(?:带头|负责|限期|免费|一律)$/u.test(trigger.word))) return { verb: [at, Math.min(end, at + 2)], kind: 'act', modal: null, at };
    return undefined;
  }
  return undefined;
}

const AGENT = /^[\u4e00-\u9fff_（()）]{0,12}?(?:师|员|者|老人|队|专家|企业|单位|组织|机构|部门|政府|社区|街道|村|小组|专班|干部|医生|公司|集团|物业|业主|双方|各方)(?!的|等?多|组成|构成|为主)[^0-9，,]{3,}$/u;
/** 以…, 在…, 把…: a circumstance, unless a verb with its object stands in the same member. */
function classifyFrame(text: string, reading: Draft, preposition: string, bodies: ReadonlyMap<number, number>): MemberReading {
  const { end } = reading;
  const from = reading.verb[1];
  const body = text.slice(from, Math.min(end, from + 300));
  const flat = withoutQuotes(body);
  const means: Range | null = preposition === '以' || preposition === '通过' || preposition === '依托' || preposition === '用' ? [reading.verb[0], end] : null;
  if (preposition === '为' && !/提供|注入|腾|留足|敞开|奠定|打下|而/u.test(flat)) {
    // 为独居老人安装烟感: an act for somebody.
    const for_ = /^[\u4e00-\u9fff]{1,12}?(?:老人|老年人|儿童|学生|人员|群众|居民|家庭|对象|企业|市民|户|者|员|人才|职工|商户|村民|患者|残疾人|师生|干部|工人|劳动者|小区|社区|房屋|楼栋|树木|车辆|主体)(?=[\u4e00-\u9fff])/u.exec(flat);
    const verb = for_ ? VERBS.find(text, from + for_[0].length, end) ?? ADVERBS.find(text, from + for_[0].length, end) : undefined;
    if (for_ && verb && verb.value !== 'noun' && verb.value !== 'frame') return acting(reading, 'act', [from + for_[0].length, from + for_[0].length + verb.word.length], [from + for_[0].length + verb.word.length, end], true);
  }
  if (preposition === '为' && flat.length >= 8 && !/提供|注入|腾|留足|敞开|奠定|打下|而|确保|保证/u.test(flat) && ADVERBS.find(text, from, end) === undefined && (VERBS.find(text, from, end)?.value ?? 'noun') === 'noun') {
    const inner = embeddedVerb(flat, from, bodies, false, false, false, true);
    if (inner >= 3 && VERBS.find(text, from + inner, end)?.value === 'act') return acting(reading, 'act', [from + inner, from + inner + 2], [from + inner + 2, end], true);
  }
  if (preposition === '为' || preposition === '为了') return by(as(reading, flat.includes('提供') || /(?:注入|腾|留足|敞开|奠定|打下)/u.test(flat) ? 'result' : 'frame'), null);
  if (preposition === '把' || preposition === '将') {
    // 将方案经负责人审定后,报送…: what comes first.
    if (/(?:之?后|之?前|同时)$/u.test(flat)) return as(reading, 'frame');
    const act = BA_INNER.test(flat) ? null : BA_ACT.exec(flat);
    if (act) return acting(reading, 'act', [from + act.index, from + act.index + act[0].length], [from, from + act.index], true);
    if (/^(?:责任|思想|认识|担子|队伍|精力|心思|账|重心|功夫)/u.test(flat) || BA_STANCE.test(flat)) return as(reading, 'stance');
    return acting(reading, /[了已]|^[^，,]{0,3}$|(?:解脱|解放)/u.test(flat) ? 'result' : 'act', reading.verb, [from, end], reading.hasObject);
  }
  // 由值周教师领着…: given to somebody who is no body of the table.
  if (preposition === '由' && flat.length >= 6 && AGENT.test(flat)) return acting(reading, 'act', reading.verb, reading.object, true);
  // 如遇…, 若发现…立即…: the case first, then what is to be done in it, here or in what follows.
  if (CASE.has(preposition)) {
    const then = AT_ONCE.exec(flat);
    return then === null || then.index < 2 || then.index + 3 > flat.length ? as(reading, 'frame') : acting(reading, 'act', [from + then.index, from + then.index + then[0].length], [from + then.index + then[0].length, end], true);
  }
  // 对…进行全面检查: what is done to it, whatever it is called.
  const given = DONE_TO.has(preposition) ? GIVEN_TO.exec(flat) : null;
  if (given !== null && given.index >= 1) {
    const at = from + given.index;
    return by(acting(reading, 'act', [at, at + given[0].length], [at + given[0].length, end], true), means);
  }
  // 通过…平台|向省政府|报送…: behind the last preposition and its body stands the verb.
  for (let i = 2; bodies.size > 0 && i < flat.length - 3; i++) {
    const to = flat[i] === '向' || flat[i] === '给' ? bodies.get(from + i + 1) : undefined;
    const verb = to === undefined ? undefined : VERBS.find(text, to, end);
    if (to !== undefined && verb?.value === 'act') return by(acting(reading, 'act', [to, to + verb.word.length], [to + verb.word.length, end], true), means);
  }
  // 结合实际|细化…: such a circumstance ends with its own noun.
  const actual = preposition === '结合' ? /^[^，,的]{0,8}?(?:实际|情况|特点|职能|职责)/u.exec(flat) : null;
  const fitting = actual === null ? undefined : VERBS.find(text, from + actual[0].length, end);
  if (actual !== null && fitting?.value === 'act' && from + actual[0].length + fitting.word.length + 2 <= end) {
    const at = from + actual[0].length;
    return by(acting(reading, 'act', [at, at + fitting.word.length], [at + fitting.word.length, end], true), means);
  }
  const ba = flat.search(/[把将]/u);
  const carried = ba >= 2 ? BA_ACT.exec(flat.slice(ba)) : null;
  if (carried) {
    const at = from + ba + carried.index;
    return by(acting(reading, 'act', [at, at + carried[0].length], [from + ba + 1, at], true), means);
  }
  if (BY_PAPER.has(preposition) && NAMED_PAPER.test(flat) && !reading.modal) return by(as(reading, 'frame'), means);
  const verbAt = FRAME_LAST[flat.charCodeAt(flat.length - 1)] === 1 && FRAME_END.test(flat) ? -1 : embeddedVerb(flat, from, bodies, reading.modal, preposition === '通过', ABOUT.has(preposition), TAKES_NOUNS.has(preposition));
  if (verbAt < 0) {
    const at = PLACES.has(preposition) ? shapedAtPlace(text, from, end) : -1;
    if (at >= 0) return by(acting(reading, 'act', [at, Math.max(at + 1, shapedVerbEnd(text, at, end))], [Math.max(at + 1, shapedVerbEnd(text, at, end)), end], true), means);
    return by(as(reading, 'frame'), means);
  }
  const head = readHead(text, from + verbAt, end);
  const verb: Range = head.kind === null ? [from + verbAt, Math.min(end, from + verbAt + 2)] : head.verb;
  const kind = head.kind === 'result' && preposition !== '对' ? 'result' : 'act';
  const action = text.slice(verb[0], verb[1]);
  reading.strength = strengthOf(text, reading.start, end, action, null);
  return by(acting(reading, kind, verb, [verb[1], end], verb[1] < end), means === null ? null : [means[0], from + verbAt]);
}

const COUNTED = /[0-9０-９]+(?:\.[0-9]+)?[万亿]?[\u4e00-\u9fff]{1,4}(?:以上|左右)?$/u;
const THING = /^(?:项目|工程|小区|建筑|房屋|住房|企业|单位|设施|区域|地块|人员|事项|工作)$/u;
const OF_NOUN = /^[^，,]{1,24}的[^的，,]{1,8}$/u;
/** 在楼梯拐角处|钉上|折叠座椅: a verb built so right behind its place; −1. */
function shapedAtPlace(text: string, from: number, end: number): number {
  for (let i = from + 2; i < Math.min(end - 3, from + 20); i++) {
    if ('处口旁边上里内侧段路街楼门墙间方顶下区场'.includes(text[i - 1]) && shapedVerbEnd(text, i, end) > 0) return i;
  }
  return -1;
}

const BY_PAPER = new Set(wordList('依照 按照 根据 依据 遵照 参照 对照 按'));
/** …考评实施方案标准: a paper's name, whatever verbs it is made of. */
const NAMED_PAPER = /(?:实施|管理|考核|考评|评价|建设|改造|工作|检查|督查|验收|整治|规划|设计)(?:方案|办法|标准|规定|规范|细则|条例|导则|规程|要求|意见){1,2}(?:规定|要求|标准)?$/u;
const ABOUT = new Set(wordList('对 对于 针对 关于'));
const TAKES_NOUNS = new Set(wordList('结合 依托 利用 充分利用 围绕 根据 按照'));
const PLACES = new Set(wordList('在 于 沿 沿着 从 到 就'));
const CASE = new Set(wordList('如 若 如果 倘若 假如 如遇 若遇 如有 如需 遇有 遇到 每逢 逢 一旦 未经 凡'));
const AT_ONCE = /(?:立即|及时|当场|一律|随时|果断|迅速|立刻|马上|尽快|抓紧|坚决|全部|必须|务必|应当|不得|可以?)(?=[\u4e00-\u9fff]{2})/u;
const DONE_TO = new Set(wordList('对 对于 针对 就 与 同 给'));
const GIVEN_TO = /(?:进行|予以|给予|加以|作出|实行|实施)(?=[\u4e00-\u9fff“])(?![\u4e00-\u9fff]{2,6}(?:时|前|后|中|的)$)/u;

const TIME = /自即日起至?|(?:力争|到|于|在|至|自|从)?(?:(?:[0-9０-９]{4}|[〇零一二三四五六七八九]{4})年|今年|明年|全年|年[底内末]|本[月年季]|[会课雨雪汛赛节灾事]后|届时|周[一二三四五六日末][一二三两]?天?|节假日|双休日|每[一二三四五六两半0-9]{1,2}(?:个月|个工作日|个季度|季度|学期|小时|年|周|天)|每学期|每年|每月|每季度?|[0-9]{1,2}月|上半年|下半年|汛期?前?|首年|当年|未来[一二三四五六七八九十]年|(?:入冬|入汛|春节|国庆节?|元旦|开学|雨季|主汛期|供暖季|采暖季|冬季|夏季)(?:前|期间)?|[一二三四五六七八九十两0-9]{1,3}(?:个工作日|个月|个?小时|分钟|年|天|日)(?:以?内|之内)?|“?十[三四五六]五”?(?:期间|时期|末))(?:[0-9一二三四五六七八九十年月日底初末内前之后以半个季度期间起、至—-]|[上中下]旬|[上下]半年){0,16}(?:起|前)?/uy;
/** Past times that stand at `at`, with the preposition before them. */
function skipTime(text: string, at: number, end: number, times: ReadonlyMap<number, number>): number {
  let i = at;
  for (let many = 0; many < 3; many++) {
    const preposition = '到于在至自从'.includes(text[i] ?? ' ') ? 1 : 0;
    const known = times.get(i) ?? times.get(i + preposition);
    const to = known !== undefined && known > i && known < end ? known : i + timeLength(text, i, end);
    if (to === i) break;
    i = to;
  }
  return i;
}

const TIME_FIRST = firstsOf(TIME);
/** Length of the time that stands at `at`: 2025年底前, 到2027年. */
function timeLength(text: string, at: number, end: number): number {
  if (TIME_FIRST[text.charCodeAt(at)] !== 1) return 0;
  TIME.lastIndex = at;
  const match = TIME.exec(text);
  return match && at + match[0].length < end ? match[0].length : 0;
}

/** Where a verb with its object begins inside a member that begins with a preposition; −1. */
function embeddedVerb(flat: string, from: number, bodies: ReadonlyMap<number, number>, asked: boolean, adverbOnly: boolean, aboutIt: boolean, nominal: boolean): number {
  // 对…逐一补装路灯: whatever the verb is.
  const each = /逐[一条户栋层个项处块家][\u4e00-\u9fff]{2}/u.exec(flat);
  for (let i = 2; i < flat.length - 1; i++) {
    if (each && i === each.index + 2) return i;
    const match = VERBS.find(flat, i);
    if (!match || match.word.length < 2 || (match.value !== 'act' && match.value !== 'result')) continue;
    if (bodies.size > 0 && isInBody(from + i, bodies)) continue;
    const before = flat[i - 1];
    const after = flat[i + match.word.length] ?? '';
    // 在…领域|引进和培养…: two verbs with one object.
    if (after === '和' && match.value === 'act' && !NOMINAL.has(match.word)) {
      const second = VERBS.find(flat, i + match.word.length + 1);
      if (second?.value === 'act' && !'的、和与及等中'.includes(flat[i + match.word.length + 1 + second.word.length] ?? '的')) return i;
    }
    if ('、和与的及并为，,'.includes(before) || (after === '、' && ENDING.test(flat.slice(Math.max(0, i - 3), i)) ? false : after !== '' && '的、和与及等中为，,。力度'.includes(after))) continue;
    // At the end only behind an adverb: 对…逐条|建档. With a short object it is as often a noun.
    if (i + match.word.length > flat.length - 2 && (!asked || NOMINAL.has(match.word)) && !ENDING.test(flat.slice(Math.max(0, i - 3), i)) && !(aboutIt && followsAdverb(flat, i))) continue;
    const rest = flat.slice(i + match.word.length);
    // 对…领域新建项目: a noun made of a verb.
    if (aboutIt && THING.test(rest)) continue;
    // 对于|办理|难度大的事项: a clause inside the noun.
    if (aboutIt && !asked && after !== '' && match.value === 'act' && OF_NOUN.test(rest) && endsInNoun(rest)) continue;
    // 结合公园、学校操场|建设下沉式绿地: nothing behind it that makes a noun of the whole.
    const acts = (nominal || COUNTED.test(rest)) && match.word !== '共建' && rest.length >= 3 && !rest.startsWith('“') && !NOUN_END.test(rest);
    if ((adverbOnly || (NOMINAL.has(match.word) && !asked && !acts)) && !BEFORE_NOMINAL.test(flat.slice(Math.max(0, i - 3), i))) {
      // 规划建设: two nominal verbs together are skipped together.
      i += match.word.length - 1;
      continue;
    }
    return i;
  }
  return -1;
}

/** 垃圾|彻底|清理. */
function followsAdverb(flat: string, at: number): boolean {
  for (let length = 4; length >= 2; length--) if (at > length && ADVERBS.find(flat, at - length, at)?.word.length === length) return !NOMINAL.has(flat.slice(at - length, at));
  return false;
}

/** First place within reach where a modal stands; −1. */
function findModal(text: string, at: number, end: number): number {
  const until = Math.min(end, at + MODAL_REACH);
  for (let i = at; i < until; i++) {
    const word = modalAt(text, i, end)?.word;
    // 迟迟不能落地 is no prohibition; 不能随意更改 at the beginning is one.
    if (word !== undefined && !(i > at && /^不[能可]$/u.test(word))) return i;
  }
  return -1;
}

/** 区|建设|管理局: what stands in the name of a body neither asks nor acts. */
function isInBody(at: number, bodies: ReadonlyMap<number, number>): boolean {
  for (let from = at; from > at - LONGEST_BODY; from--) {
    const to = bodies.get(from);
    if (to !== undefined) return to > at;
  }
  return false;
}
const LONGEST_BODY = 24;

/** Quoted words are names: they neither ask nor state. Same length, so that places stay. */
function withoutQuotes(text: string): string {
  if (!/[“"《(（]/u.test(text)) return text;
  let out = '';
  let close = '';
  for (const char of text) {
    if (close === '') {
      close = char === '“' ? '”' : char === '《' ? '》' : char === '(' ? ')' : char === '（' ? '）' : '';
      out += char;
    } else if (char === close) {
      close = '';
      out += char;
    } else out += '_'.repeat(char.length);
  }
  return out;
}

const PLACE = /(?:在|于)?([^，,。；;、“”]{2,16}?(?:中心城区|城区|片区|街区|园区|地带|周边|沿线|区域|地区|新区|县域|城市|县城|小区))$/u;
const SAYS_LAST = lastsOf(/(?:建议|提出|认为|呼吁|指出)$/u);
const PLACE_LAST = lastsOf(PLACE), FRAME_LAST = lastsOf(FRAME_END), STANCE_LAST = lastsOf(STANCE_OBJECT);
function placeOf(text: string, start: number, verbAt: number): Range | null {
  const before = text.slice(start, Math.min(verbAt, start + 40));
  if (PLACE_LAST[before.charCodeAt(before.length - 1)] !== 1) return null;
  const match = PLACE.exec(before);
  if (!match) return null;
  const at = start + match.index + match[0].length - match[1].length;
  return [at, at + match[1].length];
}

/** What a member may be by its characters; asked of a member with or without what is quoted in it. */
const GATE = new PatternGate();
const QUOTING = GATE.add(/[“"《(（]/u), SAYS_EACH = GATE.add(/^[^，,]{0,12}分别(?:是|为)/u), CALLS = GATE.add(CALL), MAY = GATE.add(POSSIBLE), LONG_PAST = GATE.add(PAST_TIME), REPORTING = GATE.add(REPORTS);
const CHAIRED = GATE.add(/(?:设在|挂靠在?|由[^，,]{1,24}(?:任|担任)[^，,]{0,8}(?:组长|主任|召集人|指挥长))/u), ALL_THAT = GATE.add(/应[\u4e00-\u9fff]尽[\u4e00-\u9fff]/u), AMOUNTS = GATE.add(DETAIL), DONE = GATE.add(PAST), IS = GATE.add(COPULA), JUDGES = GATE.add(PREDICATE), STANDS = GATE.add(STATE);
const IN_HALVES = GATE.add(HALVES), PRINCIPLED = GATE.add(BY_PRINCIPLE), SIZED = GATE.add(SIZE), LIMITED = GATE.add(LIMIT), MET = GATE.add(MEETS);
const GIVEN = GATE.add(/(?:予以|给予|加以|请示报告)/u);
const MUST = GATE.add(MUST_WORDS), EXPLORES = GATE.add(/探索/u), ENCOURAGES = GATE.add(/^.{0,6}(?:鼓励|支持|引导)/u), STUDIES = GATE.add(/(?:办法|方案|政策|措施|机制|模式|路径|可行性|标准|问题)$/u);
const holds = (text: string, bits: number, { bit, pattern }: GatedPattern): boolean => (bits & bit) !== 0 && pattern.test(text);
const find = (text: string, bits: number, { bit, pattern }: GatedPattern): RegExpExecArray | null => ((bits & bit) === 0 ? null : pattern.exec(text));
const BEGS = new WordMatcher(['恳请', '敬请', '提请', '建议', '希望', '请'].map((word) => [word, true]));
/** The longest of CONNECTIVE. */
const LONGEST_CONNECTIVE = 8;
