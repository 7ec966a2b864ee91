/**
 * What a number is said of, as the name of a target or fact. Chinese counts stand before what they count (培养100名优秀企业家) or behind it
 * (培养优秀企业家100名): both are named 培养优秀企业家. What only says when, how surely or by whom it shall be is left out; a number without a
 * name of its own (比上年增长5%) has that of the number before it in its sentence. Rules: docs/policy-reading.md.
 */
import type { Quantity, Span, TimeExpression } from '../model.ts';

export interface Named {
  readonly text: string;
  /** Where the statement of the number begins and ends. */
  readonly piece: Span;
  readonly quantity: Quantity;
  /** Of the clause. */
  readonly quantities: readonly Quantity[];
  readonly times: readonly TimeExpression[];
  /** Name of the number before it in the sentence; '' for none. */
  readonly previous: string;
  /** Words of the sentence before the clause, 120 characters at most. */
  readonly sentenceBefore: string;
}

const REACH_BACK = 80, REACH_ON = 48;

export const LEAD = /^(?:[\s ]|[一二三四五六七八九十]{1,2}是|[一二三四五六七八九十]要|[(\uff08][一二三四五六七八九十0-9]{1,3}[)\uff09]|第[一二三四五六七八九十](?=[、:：要是])|[(\uff08](?:牵头|责任|配合|主办)[^()\uff08\uff09]{0,60}[)\uff09]|[▲●■◆★▶•]|[0-9]{1,2}(?:、|[.．](?![0-9](?!月|[0-9]月)))|[一二三四五六七八九十]{1,3}、|其中|同时|此外|另外|明确(?!界定)|提出|要求|并且?|且|还|即)+/u;
/** How surely, how far, from when: no part of a name. */
const MODAL = /^(?:力争|确保|争取|努力|目标是|预期|预计|必须|务必|须|应当?(?![急用届])|要(?![素点求件道])|拟|计划(?=[\u4e00-\u9fff]{2})|将(?!军)|使|让|已经?|先后|陆续|成功|精准|累计|共计|合计|总计|共(?![享建同青产有])|总共|再(?![生造])|还(?![款建原田])|仅(?!次)|只(?!减)|而|另|截[至止]|目前|现在|实际|全年|年内|我们(?:说|计划|要)?|(?:鼓励|引导|支持|推动|督促|指导|允许)[\u4e00-\u9fff]{2,12}(?:将|把)|不断|逐步|进一步|的|但|实现了?[“"]?(?=[\u4e00-\u9fff]{4}))+/u;
/** Who does it, where more than a verb follows: 市、区两级重点支持, 市轨道集团须压缩. */
const BODY = /^(?:(?:[省市区县镇]、?|[(\uff08][^)\uff09]{0,8}[)\uff09])+[两三]级|[\u4e00-\u9fff、]{2,16}?(?:局|委|厅|办|集团|公司|部门|政府|街道|分局|城区|县区|区县|[^社小园片辖街]区)(?:要|须|应|将|负责|牵头|会同[\u4e00-\u9fff]{2,8}?局|(?=每[年个家学月])))/u;
const PLACE = /^在(?:全[国省市区县]|我[省市区县])/u;

/** Between a name and its number: 达到, 提高到, 控制在, 仅为, 原则上不少于. */
const ATTAINS = /(?:可?(?:达到?|为|在|到|至)|(?:仍|还|尚|现|已|共)?有|了|[压降减升增提扩缩涨退][\u4e00-\u9fff]?[到至为]|(?:提高|提升|增加|增长|下降|降低|减少|压缩|缩短|扩大|上升|回落|上涨|下调|上调|压减|缩小|发展|压降)(?:幅度)?[到至为]?|再[降减增]|稳定|保持|控制|达|突破|超过|跃上|迈上|首次|年均|平均|每年增加|(?<![签节预合])约|近|逾|(?<![独侵])占|[降涨压]|按|不应|不宜|(?<![供适响效反对])应|须|要|将|力争|确保|争取|不低于|不少于|不超过|不高于|分别|合计|累计|总计|共计|(?<!公)共|预计|实现|全部|只|仅|一般|原则上|至少|最多|最低|同比|环比|拟|再|上(?<=[要再]上)|不)+$/u;
/** 由71%提高到, 比上年增长, 从原来的: what it is counted from. */
const COUNTED_FROM = /(?:(?:由|从)(?=[^\uff0c,]{0,10}(?:[0-9]|目前|原来|原先|现在|现有|去年|上年|[一二三四五六七八九十]成|百分之))[^\uff0c,]{1,24}|(?:(?<![占之同环对])比(?![例重率值价分])|较(?![大为强多]))[^\uff0c,]{1,14})$/u;
/** 提高至合同金额的: the base of a share. */
const BASE_OF_SHARE = /(?:提高|提升|增加|扩大|下降|降低|降)?[到至][\u4e00-\u9fff]{2,12}的$/u;

const VERB = '(?:新开工改造|开工改造|更新改造|改造提升|新建改造|新改扩建|改扩建|新改建|开工建设|先行建设|评选资助|引进和培养|引进|培养|培育|选拔|选派|选树|选取|遴选|扶持|支持|资助|奖励|培训|发放|组织|举办|举行|新建|改建|扩建|建设|建成|完成|改造|实施|打造|创建|创成|启动|开工|推进|推动|推出|开展|建立|组建|设立|设置|布局|布设|谋划|招引|安排|投入|投放|整治|提升|更新|更换|加装|安装|铺设|修建|修复|修缮|配建|配备|配置|筹集|筹建|供应|盘活|腾退|治理|种植|栽植|压减|增加|增设|新增|新开|新培育|新设|扩大|认定|受理|办理|办结|处置|处理|整改|排查|发现|消除|解决|化解|清理|拆除|关停|接待|走访|服务|惠及|覆盖|受益|容纳|可容纳|调剂|预留|保留|同意|完工|竣工|投用|交付|签约|入驻|落地|开行|开通|采购|购置|出台|制定|形成|取得|获得|设有|开设|办好|抓好|建好|用好|抽检|抽查|检查|巡查|培养产生|产生|达成|募集|减免|拨付|发行|找出|收集|填|开出|啃下|改|批|处)';
const BARE_ACT = new RegExp(`^(?:(?:重点|着力|大力|积极|滚动|公开|跟踪|统筹|集中|首批|先|新|再|每年|每月|每日|逐步|鼓励并|并)*${VERB}(?:[、和并]|并)?)+$`, 'u');
const LEADING_ACTS = new RegExp(`^(?:(?:重点|着力|大力|积极|滚动|公开|跟踪|统筹|先|新|再|每年|逐步|全市|全区|全县)*${VERB}(?:了)?[、和]?)+(?=[\\u4e00-\\u9fff“])`, 'u');
/** Said of what was just named: 完工120个. */
const OF_THE_SAME = /^(?:开工|完工|竣工|投用|建成|完成|交付|签约|整改|办结|落地|完成率)$/u;
const EXISTS = /^(?:[\u4e00-\u9fff]{0,6}?(?:现有|已有|共有|仍有|还有|尚有|设有|有))$/u;
/** Units that count things, which may stand behind them. */
const COUNTS = /^(?:个|家|所|张|户|套|座|栋|幢|间|处|条|项|件|宗|起|例|份|部|台|辆|艘|架|班|盏|只|头|株|棵|块|片|口|人|名|位|支|批|次|场|场次|期|届|轮|门|类|种|对|把|级|层|村|镇|省|市|县|区)$/u;
const NO_NOUN = /^(?:的?(?:以[上下内]|左右|规模|水平)|用于|给予|予以|进行|支持(?!性)|提前|增[加至长]|减少|提高|下降|之[上内]|和|及|与|或|并|等$|计|核定|安排$)/u;

/** 下降了, 年均增长约, 减少不少于: the verb of a change at its number. */
const CHANGE = /(增长|增加|提高|提升|上升|上涨|下降|降低|减少|减排|压减|压缩|缩短|缩小|扩大|回落|下调|上调|提速|(?<!新)增|[减降涨])(?:幅度)?(?:了|约|超过|至少|不低于|不少于|不超过|达到?)*$/u;
const CHANGES_FIRST = /^(压减|削减|减少|降低|节约|压缩|提高|提升|增加|扩大)(?=[\u4e00-\u9fff“]{2})/u;
/**
 * The name of what changes by a number ends with the verb: 单位生产总值能耗下降, 一般性支出压减. By its name a change is told from a level, and down
 * from up: the number itself is printed without a sign.
 */
export function nameOfChange(text: string, { sense, span }: Pick<Quantity, 'sense' | 'span'>, name: string): string {
  if (sense === 'level' || name === '') return name;
  const verb = CHANGE.exec(text.slice(Math.max(0, span[0] - 8), span[0]).replace(/\s+/gu, ''))?.[1];
  if (verb !== undefined) return name.endsWith(verb) ? name : `${name}${verb}`;
  const first = CHANGES_FIRST.exec(name)?.[1];
  return first === undefined ? name : `${name.slice(first.length)}${first}`;
}

/** Which way a target or fact of this name changes; null: it is said of a level. */
export function directionOf(name: string): 'up' | 'down' | null {
  if (/(?:下降|降低|减少|减排|压减|削减|节约|压缩|缩短|缩小|回落|下调|[减降])$/u.test(name)) return 'down';
  return /(?:增长|增加|提高|提升|上升|上涨|扩大|上调|提速|[增涨])$/u.test(name) ? 'up' : null;
}

/** Where a sentence gives an example of another place: 例如,某市…. */
export function exampleOf(sentence: string): string {
  return /^[^\uff0c,]{0,2}(?:例如|比如|譬如|如)[,\uff0c\s]*([*×X某]{1,3}[省市县区州]|[\u4e00-\u9fff]{2,4}[省市县州])/u.exec(sentence)?.[1] ?? '';
}

export function nameSubject(named: Named): string {
  const each = nameOfEach(named);
  if (each !== null) return each;
  const { quantity, previous } = named;
  const words = wordsBefore(named);
  const share = words.endsWith('的') && (quantity.unit === '%' || quantity.unit === '倍');
  const plain = stripBefore(words);
  const head = withoutBody(plain);
  // 以1平方公里左右为起步区.
  const as = words.endsWith('以') ? /^为([\u4e00-\u9fff]{2,16})/u.exec(named.text.slice(quantity.span[1], Math.min(named.piece[1], quantity.span[1] + 20)))?.[1] : undefined;
  if (as !== undefined) return as;
  const noun = nounAfter(named, share || head === '' || BARE_ACT.test(head) || /按[\u4e00-\u9fff]{0,8}$/u.test(head));
  const ofBase = share ? nameOfShare(plain, quantity, previous, noun) : null;
  if (ofBase !== null) return ofBase;
  if (EXISTS.test(head) && noun !== '') return noun;
  if (noun !== '') return join(head, noun);
  if (head === '') return previous !== '' ? previous : topicOf(named.sentenceBefore) || clauseName(named.sentenceBefore);
  if (OF_THE_SAME.test(head.replace(/^(?:计划|集中)/u, ''))) {
    const same = (previous === '' ? topicOf(named.sentenceBefore) : previous).replace(LEADING_ACTS, '').replace(/(?:全部)?(?:开工|完工|竣工|投用|建成|完成)$/u, '');
    if (same !== '') return `${same}${head.replace(/^计划/u, '')}`;
  }
  if (BARE_ACT.test(head) && BARE_ACT.test(plain) === false) return plain;
  return head;
}

/** A、B、C分别降到4‰、5‰、6‰: each number has its own name. */
function nameOfEach({ text, piece, quantity, quantities }: Named): string | null {
  const from = Math.max(quantities[0] === quantity ? piece[0] : quantities[0].span[0] - REACH_BACK, quantity.span[0] - 120, 0);
  const before = text.slice(from, quantity.span[0]);
  const each = before.lastIndexOf('分别');
  if (each < 0) return null;
  const start = Math.max(before.lastIndexOf(',', each), before.lastIndexOf('\uff0c', each), before.lastIndexOf('。', each), before.lastIndexOf('\n', each)) + 1;
  const numbers = quantities.filter(({ span }) => span[0] > from + each);
  const names = stripBefore(before.slice(start, each)).split(/[、和与及]/u).map((name) => name.trim()).filter((name) => name !== '');
  const which = numbers.indexOf(quantity);
  return names.length < 2 || names.length < numbers.length || which < 0 ? null : names[which];
}

/** The words from where its statement begins to the number, without times and without counts that were named for themselves. */
function wordsBefore({ text, piece, quantity, quantities, times }: Named): string {
  const from = Math.max(piece[0], quantity.span[0] - REACH_BACK), end = quantity.span[0];
  const out: Span[] = [];
  for (const { span, rule, kind } of times) {
    if (span[0] < from || span[1] > end || rule === 'before-year' || kind === 'recurrent') continue;
    // 2000年底前建成的小区: which ones.
    if (/^(?:建成|竣工|建造|埋设|投用|出生|的)/u.test(text.slice(span[1], span[1] + 2))) continue;
    out.push(/[在于]/u.test(text[span[0] - 1] ?? '') && span[0] > from ? [span[0] - 1, span[1]] : span);
  }
  for (const other of quantities) if (other.span[0] >= from && other.span[1] <= end && other.comparator === '=' && COUNTS.test(other.unit)) out.push(other.span);
  if (out.length === 0) return text.slice(from, end);
  out.sort((a, b) => a[0] - b[0]);
  let words = '', at = from;
  for (const [start, stop] of out) {
    if (start > at) words += text.slice(at, start);
    at = Math.max(at, stop);
  }
  return words + text.slice(at, end);
}

function stripBefore(words: string): string {
  let name = words.replace(/\s+/gu, '').replace(/^[^“]{0,20}[“"](?=[^”]*$)/u, (quote) => (/^[\u4e00-\u9fff]{0,4}[“"]$/u.test(quote) ? '' : quote));
  for (let i = 0; i < 3; i++) {
    const next = name.replace(LEAD, '').replace(MODAL, '').replace(PLACE, '');
    if (next === name) break;
    name = next;
  }
  name = name.replace(/^((?:全|我)[国省市区县])(?:共有|现有|已有|已|共|仍有|还有|有)/u, '$1').replace(COUNTED_FROM, '').replace(BASE_OF_SHARE, '');
  // 入住率仅为; but 覆盖, 新增 and other verbs of doing stay.
  const short = name.replace(ATTAINS, '');
  name = BARE_ACT.test(name) ? name : short;
  return name.replace(COUNTED_FROM, '').replace(/^[”’》、]+|[的、:：“"]+$/gu, '').replace(/[(\uff08][^)\uff09]*$/u, '');
}

const withoutBody = (name: string): string => {
  const body = BODY.exec(name);
  return body === null || name.length - body[0].length < 2 ? name : name.slice(body[0].length).replace(MODAL, '');
};

/** What stands behind the measure word, to the end of the statement. Measures and shares have it only where nothing before them can be the name. */
function nounAfter({ text, piece, quantity, times }: Named, wanted: boolean): string {
  const { unit, span } = quantity;
  const end = Math.min(Math.max(piece[1], span[1]), span[1] + REACH_ON);
  const time = times.find((one) => one.span[0] >= span[1] && one.span[1] <= end);
  const after = (time === undefined ? text.slice(span[1], end) : text.slice(span[1], time.span[0]) + text.slice(time.span[1], end)).replace(/\s+/gu, '');
  const counts = COUNTS.test(unit);
  if (!counts && !wanted && !after.startsWith('的')) return '';
  let noun = /^[^\uff0c,。;\uff1b(\uff08:：]*/u.exec(after)?.[0] ?? '';
  if (noun.includes('”') && noun.indexOf('”') < (noun + '“').indexOf('“')) noun = noun.slice(0, noun.indexOf('”'));
  if (unit === '%' || !counts) noun = noun.replace(/^的/u, '');
  if (noun.length < 2 && !/^[班村企镇街]$/u.test(noun)) return '';
  if (NO_NOUN.test(noun) || (counts && noun.startsWith('的'))) return '';
  // 具有发展前景的创业项目: of a long description the thing itself.
  const last = noun.lastIndexOf('的');
  if (noun.length > 16 && last > 0 && noun.length - last > 3) {
    // 产业园区基本实现了与城市的空间融合: the verb ends what is counted.
    const thing = /^([\u4e00-\u9fff]{2,12}?)(?:基本|已|均|都|全部|未)*(?:实现|达到|完成|开展|存在|没有|缺乏|作了|进行|得到)/u.exec(noun);
    return thing !== null && thing[0].length < last ? thing[1] : noun.slice(last + 1);
  }
  return noun.length > 24 && noun.includes('、') ? noun.slice(0, noun.indexOf('、')) : noun;
}

/** 占全市的50%, 是开通当年的1.8倍, 按投资额的20%给予补助. */
function nameOfShare(name: string, { unit }: Quantity, previous: string, noun: string): string | null {
  const of = /^(.*?)(?:占|仅?为|只有|是|相当于)(.{2,})$/u.exec(name);
  const whole = of === null ? '' : of[1].length > 1 ? of[1] : previous.replace(/已?(?:完成|建成)$/u, '');
  if (of !== null && whole !== '') return unit === '倍' || /[是为有]$/u.test(name.slice(0, name.length - of[2].length)) && of[1].length > 1 ? `${whole}与${of[2]}之比` : `${whole}占${of[2]}`;
  return noun !== '' && name !== '' ? `${name}${noun}` : null;
}

/** What clauses without a number were about, the last that says so: 对失能老人家庭开展适老化改造 → 适老化改造. */
export function topicOf(words: string): string {
  let topic = '';
  const near = words.slice(-120);
  for (const match of near.matchAll(TOPIC)) topic = match[1];
  if (topic === '') for (const match of near.matchAll(ACTED_ON)) topic = match[1];
  return topic;
}
const ACTED_ON = /(?:^|[,\uff0c;\uff1b])(?:对|把|将)([\u4e00-\u9fff0-9“”]{2,20}?)(?:的|进行|要|全部|全面)*(?=[,\uff0c、;\uff1b]|$)/gu;
const TOPIC = /(?:开展|实施|启动|推进|推动|完成|做好|抓好)([\u4e00-\u9fff0-9“”]{2,20}?)(?:的|工作|进行|要|全部|全面)*(?=[,\uff0c、;\uff1b]|$)/gu;

/** The clause before as a name, where it is short enough to be one. */
export function clauseName(sentenceBefore: string): string {
  const clause = /([^,\uff0c;\uff1b:\uff1a]+)[,\uff0c:\uff1a]$/u.exec(sentenceBefore)?.[1] ?? '';
  const name = stripBefore(clause);
  return name.length > 18 || /(?:[年月日底末前中]|期间|时期|来)$/u.test(name) ? '' : name;
}

const join = (head: string, noun: string): string => (head.endsWith(noun) ? head : `${head}${noun}`);
