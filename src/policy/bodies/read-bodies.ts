/**
 * Bodies that a passage names, and what it wants of each. One walk over the text: at every place the table of role phrases, then
 * [region][level]name. Roles follow from the words around a list of bodies: 牵头, 负责, 要, 责任单位: before or behind it make it the lead,
 * 会同, 配合, 参与, 协同 a support; without any word that ranks them all bodies of a list are leads.
 */
import type { BodyMention, BodyRole, PolicyBody } from '../model.ts';
import type { Passage } from '../passage.ts';
import { sourceSpan } from '../passage.ts';
import { readTableRows, type TableRow } from '../words/table-rows.ts';
import { charsOf, firstsOf, PatternGate } from '../words/pattern-gate.ts';
import { WordMatcher } from '../words/word-matcher.ts';
import { VERBS } from '../tasks/verbs.ts';
import { REGIONS } from './regions.ts';
import { CHARGED_UNITS, EACH, GROUP, LEADER_ALONE, LEADERS, NOT_EACH, matchAt } from './role-phrases.ts';
import { BODY_TABLE, type BodyEntry } from './table.ts';

export interface BodyContext {
  readonly level: PolicyBody['level'];
  readonly region: string | null;
}

/** A mention within its passage, before spans are turned into those of the source. */
export interface LocalMention {
  readonly start: number;
  readonly end: number;
  readonly body: string | null;
}

/** Machine-reworded texts write 进步 for 发展 in names too: 国家进步改革委. */
const NAMES = new WordMatcher<BodyEntry>(BODY_TABLE.flatMap((entry) => entry.forms.flatMap((form) => (form.includes('发展') ? [[form, entry] as const, [form.replace('发展', '进步'), entry] as const] : [[form, entry] as const]))));
/** Forms that mean a body only with a level or region before them. */
const NEEDS_LEVEL = new Set(['财政', '委', '委员会', '民委', '政府', '人民政府', '委办', '委办公室', '委办公厅', '中院', '高院', '交警', '工会', '法院', '海关', '村居', '更新局', '党委', '党校', '行政学院', '监委', '档案馆', '管理委员会', '平台公司', '城市管理局势', '人行', '公安', '劳动保障局', '交通局']);
/** Where a form ends with one of these, the next character must not go on the word: 教育部署, 建设局面, 市委托, 海关注. */
const GOES_ON: Readonly<Record<string, string>> = {
  部: '署分位队件落属', 局: '面势部限中域促', 委: '托派任屈婉员', 厅: '堂', 办: '理法好事学案结成件实证展得医园企', 院: '校士落线子', 会: '议面同展场晤见计', 大: '幅约量概力多小学型众会厦批',
  协: '同调作力商定议', 关: '注于键系心口节联停怀', 府: '性债邸', 署: '名', 门: '槛', 支: '持', 联: '合动系通防', 文: '化明物', 站: '点', 政: '收支资补奖支预投压年性金困紧工局部厅部支有的',
};
const LEVEL_WORDS: ReadonlyMap<string, PolicyBody['level']> = new Map([
  ['国家', 'national'], ['全国', 'national'], ['中央', 'national'], ['省', 'province'], ['自治区', 'province'], ['市', 'city'], ['州', 'city'], ['区', 'district'], ['县', 'district'], ['街道', 'street'], ['镇', 'street'], ['乡', 'street'],
]);
const LEVELS = new WordMatcher(LEVEL_WORDS);
/** Before 市/区/县/镇 these make another word: 城市, 园区, 社区, 州县. */
const NO_LEVEL_AFTER: Readonly<Record<string, string>> = { 市: '城都超股楼门夜早菜', 区: '城园社地片街景校厂库灾小山林牧辖郊市新', 镇: '城集', 省: '节', 县: '', 州: '', 乡: '城', 街: '' };
const BOUNDARY = /[\s，,。；;：:、()（）“”"《》·•．.]/u;
const IS_BOUNDARY = charsOf(BOUNDARY);
const BOUNDARY_WORDS = '由和与及向对请是经报据各的在让为要该将把并';
/** Longest unknown region name before 市/区/县: 3 characters (郫都+区 has 2). */
const MOST_NAME = 3;
/** Characters that no name of a region has. */
const NO_NAME = '有是在和与及的我本全各该大对向由请为要让将把被经报据从其等以到会党这那次用了';
/** 按照区政府部署: a preposition or verb in front, no region. */
const NO_REGION = /^(?:按照|依照|遵照|参照|对照|根据|通过|落实|贯彻|执行|配合|协助|支持|接受|服从|提请|报请|提交|报告|汇报|建议|希望|责成|督促|指导|组织|围绕|推动|监督|协调|邀请|联合|参加|成立|建立|完善|加强|同意|批准|经过|彰显|体现)/u;
/** A committee named after its task: 市城市更新工作领导小组. */
const COMMITTEES = new WordMatcher<true>(['工作领导小组办公室', '领导小组办公室', '工作领导小组', '领导小组', '联席会议办公室', '联席会议', '指挥部办公室', '指挥部', '工作专班', '专班', '管理委员会', '管委会', '议事协调机构'].map((word) => [word, true]));
const MOST_COMMITTEE = 20;
/** Before a committee's name: 调整|领导小组, 提交|专班. */
const NOT_COMMITTEE = new Set(['现有', '原有', '调整', '同意', '撤销', '组成', '成立', '充实', '提交', '报送', '通过', '依托', '纳入', '发挥', '健全', '完善', '加入', '参加', '配合', '会同', '抽调', '组织']);

/** 做好县…, 加强区…: what stands before the level is no name of a region. */
function beginsWithVerb(text: string, from: number, at: number): boolean {
  const verb = at - from >= 2 ? VERBS.find(text, from, at) : undefined;
  // 示范市: the name that drafts and samples give a city
  return verb !== undefined && verb.word.length >= 2 && verb.value !== 'noun' && text.slice(from, at) !== '示范';
}

function nameStart(text: string, at: number): number {
  let from = at;
  while (from > 0 && at - from < MOST_NAME + 1) {
    const char = text[from - 1];
    if (IS_BOUNDARY[text.charCodeAt(from - 1)] === 1) break;
    if (NO_NAME.includes(char)) return at;
    from--;
  }
  return at - from <= MOST_NAME && at > from && !(at - from === 1 && text[from] === '原') && !NO_REGION.test(text.slice(from, at)) && !beginsWithVerb(text, from, at) ? from : at;
}

/** Start of a committee's name that ends at `at`, or −1: back to a level word at a boundary, at most 20 characters. */
function committeeStart(text: string, at: number): number {
  for (let from = at; from >= 0 && at - from <= MOST_COMMITTEE; from--) {
    const before = from === 0 ? '' : text[from - 1];
    if (from === 0 || IS_BOUNDARY[text.charCodeAt(from - 1)] === 1 || '由设立建建向为在和与各的请报于'.includes(before) || (from >= 2 && NOT_COMMITTEE.has(text.slice(from - 2, from)))) return from;
  }
  return -1;
}

function goesOn(form: string, next: string): boolean {
  return next !== '' && (GOES_ON[form[form.length - 1]] ?? '').includes(next);
}

interface Prefix {
  readonly from: number;
  readonly to: number;
  readonly known: boolean;
}

/** [region][level] that begins at `at`: 成都市, 四川省, *市, 市, 省、市. */
const NAMED_CITY = /^(?:人民政府|政府[^性债]|委[^托派员]|人大|政协)/u;
/** 各大城市人民政府, 中心城市…: cities in general. */
const NO_CITY = /^(?:中心|大|小|县|古|新|主|老|副中心|区域|国家|全国|地级|设区|有关|相关|其他|沿海|试点|示范)/u;
/** Where the name begins that ends with 城 before the 市 at `at`; `at` where there is none. */
function cityNamedSo(text: string, at: number): number {
  if (!NAMED_CITY.test(text.slice(at + 1, at + 5))) return at;
  const from = nameStart(text, at);
  return at - from < 2 || NO_CITY.test(text.slice(from, at)) ? at : from;
}

function readPrefix(text: string, at: number): Prefix | undefined {
  let from = at;
  let to = at;
  const region = REGIONS.find(text, at);
  if (region) to = at + region.word.length;
  else if (text[at] === '*') {
    while (to < text.length && text[to] === '*' && to - at < 8) to++;
  }
  let known = region !== undefined || to > at;
  for (let parts = 0; parts < 4; parts++) {
    const level = LEVELS.find(text, to);
    if (!level) break;
    const before = to === 0 ? '' : text[to - 1];
    if (to === at && (NO_LEVEL_AFTER[level.word[0]] ?? '').includes(before) && before !== '') {
      // 江城市人民政府: a city whose name ends so.
      const name = level.word === '市' && before === '城' ? cityNamedSo(text, to) : to;
      if (name === to) break;
      from = Math.min(from, name);
    }
    if (to === at && before !== '' && level.word.length === 1) from = Math.min(from, nameStart(text, to));
    to += level.word.length;
    known = true;
    // 省、市; not 新北区、市财政局: a named place ends before the mark.
    if (text[to] === '、' && to - Math.min(from, at) === level.word.length && LEVELS.find(text, to + 1)) to++;
    else break;
  }
  if (!known) return undefined;
  // *市发改委, 市*局: masks between level and name stay part of it.
  for (let stars = 0; stars < 4 && text[to] === '*'; stars++) to++;
  return { from, to, known };
}

/** What a character may begin; 0: it is passed over in one step. */
const ROLE = 1, PREFIX = 2, NAME = 4, PLACE = 8, COMMITTEE = 16, COLON = 32;
const BEGINS = new Uint8Array(65_536);
const EACH_FIRST = firstsOf(EACH), GROUP_FIRST = firstsOf(GROUP), CHARGED_FIRST = firstsOf(CHARGED_UNITS), LEADER_FIRST = firstsOf(LEADER_ALONE);
for (const firsts of [EACH_FIRST, GROUP_FIRST, CHARGED_FIRST, LEADER_FIRST]) for (let code = firsts.indexOf(1); code >= 0; code = firsts.indexOf(1, code + 1)) BEGINS[code] |= ROLE;
for (const code of [...REGIONS.firsts(), ...LEVELS.firsts(), 0x2a]) BEGINS[code] |= PREFIX;
for (const code of NAMES.firsts()) BEGINS[code] |= NAME;
for (const char of '省市区县局') BEGINS[char.charCodeAt(0)] |= PLACE;
// 街道
BEGINS[0x8857] |= PLACE;
for (const code of COMMITTEES.firsts()) BEGINS[code] |= COMMITTEE;
// A colon may open a list of bodies.
for (const char of ':：') BEGINS[char.charCodeAt(0)] |= COLON;
/** What a passage may hold at all. */
const GATE = new PatternGate();
const SOME_EACH = GATE.add(EACH).bit, SOME_GROUP = GATE.add(GROUP).bit, SOME_CHARGED = GATE.add(CHARGED_UNITS).bit, SOME_LEADER = GATE.add(LEADER_ALONE).bit;

/** Bodies in `text`, ascending, not overlapping. */
export function findMentions(text: string): LocalMention[] {
  const found: LocalMention[] = [];
  let taken = 0;
  // Where the next member of a list begins, right behind a body and 、.
  let member = -1;
  const add = (start: number, end: number, body: string | null): number => {
    const leader = matchAt(LEADERS, text, end);
    const to = end + leader.length;
    found.push({ start: Math.max(start, taken), end: to, body });
    taken = to;
    if (body !== null && text[to] === '、') member = to + 1;
    return to;
  };
  const holds = GATE.scan(text, 0, text.length);
  const someLocal = (holds & SOME_LOCAL) !== 0;
  let i = 0;
  // 牵头单位：… up to the end of its list: whatever has the form of a body there is one.
  let listed = false;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    const begins = BEGINS[code];
    if (i === member && !listed) {
      const length = memberAt(text, i, taken);
      if (length > 0) {
        i = add(i, i + length, null);
        continue;
      }
    }
    if (begins === 0 && !listed) {
      i++;
      continue;
    }
    if ((code < 0x4e00 || code >= 0xa000) && code !== 0x2a) {
      if (code === 0xff1a || code === 0x3a) listed = LABEL.test(text.slice(Math.max(0, i - 4), i));
      else if (listed && ENDS_LIST.has(code)) listed = false;
      i++;
      continue;
    }
    if ((listed && !CJK.test(text[i - 1] ?? ' ')) || (code === 0x5c40 && (text[i - 1] === '\t' || (text[i - 1] === '、' && found.length > 0 && found[found.length - 1].end === i - 1)))) {
      const length = listedAt(text, i);
      if (length > 0 && !namedInFull(text, i, length, taken)) {
        i = add(i, i + length, null);
        continue;
      }
    }
    if (begins === 0) {
      i++;
      continue;
    }
    if (code === 0x8857) {
      const street = matchAt(STREET, text, i);
      const start = street === '' ? -1 : streetStart(text, i);
      if (start >= taken && start >= 0) {
        i = add(start, i + street.length, 'sub-district-office');
        continue;
      }
    }
    const role = (begins & ROLE) === 0 ? 0 : roleAt(text, i, holds);
    if (role > 0) {
      // 各区县教育局: a name goes on from the group.
      const after = text[i] === '各' ? NAMES.find(text, i + role) : undefined;
      const name = after && !goesOn(after.word, text[i + role + after.word.length] ?? '') ? after.word.length : text[i] === '各' ? matchAt(OF_EACH, text, i + role).length : 0;
      i = add(i, i + role + name, null);
      continue;
    }
    const named = (begins & (PREFIX | NAME)) === 0 ? undefined : namedAt(text, i, taken, (begins & PREFIX) !== 0);
    const local = someLocal && (begins & PLACE) !== 0 ? localAt(text, i) : 0;
    if (local > (named ? named.end - i : 0)) {
      i = add(i, i + local, null);
      continue;
    }
    if (named && named.body === 'management-committee' && named.start === i) {
      const start = committeeStart(text, i);
      i = add(start >= taken && start >= 0 ? start : i, named.end, named.body);
      continue;
    }
    if (named) {
      const more = moreOf(text, named);
      // 市县两级住建部门: those of all of them.
      const before = named.start > 0 ? text[named.start - 1] : '';
      const general = (before === '级' || before === '各') && /(?:部门|机关)$/u.test(text.slice(named.start, named.end));
      // 原市规划局: what was, not its successor.
      i = add(named.start, named.end + more, more > 0 || general || before === '原' ? null : named.body);
      continue;
    }
    const committee = (begins & COMMITTEE) === 0 ? undefined : COMMITTEES.find(text, i);
    if (committee && !goesOn(committee.word, text[i + committee.word.length] ?? '')) {
      const start = committeeStart(text, i);
      if (start >= taken && start < i && !/[严推建完成由加落执实抓用]/u.test(text[start])) {
        i = add(start, i + committee.word.length, committee.word.endsWith('委会') || committee.word === '管理委员会' ? 'management-committee' : null);
        continue;
      }
    }
    i++;
  }
  return found;
}

const LABEL = /(?:单位|部门|主体|领导|责任人)$/u;
const CJK = /[\u4e00-\u9fff]/u;
/** 。 ) ） ] ; newline */
const ENDS_LIST = new Set([0x3002, 0x29, 0xff09, 0x5d, 0x0a]);
/** A member of a list of duties that no table names: 古渡街道, 江口文旅集团, 北屏县人民医院. */
const LISTED = /[\u4e00-\u9fff]{2,14}?(?:局|委|办|部|厅|处|科|中心|集团|公司|街道|街道办事处|镇|乡|镇政府|乡政府|医院|学校|大学|学院|银行|分行|支行|支队|大队|总队|分局|研究院|规划院|设计院|协会|商会|联合会|管委会|指挥部|专班|领导小组|示范区|高新区|经开区|开发区|新区|园区|总站|总工会|车站|机场|港务|海事处|所|站|队)(?=$|[、，,。；;)）\s等])/uy;
/** 收储办, 兴业集团, 高铁办 behind a body and 、. */
const MEMBER = /[\u4e00-\u9fff]{2,7}?(?:局|办|办公室|管委会|中心|集团|公司|支队|大队|分局)(?=$|[、，,。；;)）\s等和及与负牵按配要会在关])/uy;
/** A member of a list is what the one before it is: 区住建局、收储办. */
function memberAt(text: string, at: number, taken: number): number {
  const length = matchAt(MEMBER, text, at).length;
  return length > 0 && !LOCAL_NO.test(text.slice(at, at + length)) && !namedInFull(text, at, length, taken) && namedAt(text, at, taken) === undefined && roleAt(text, at) === 0 ? length : 0;
}
function listedAt(text: string, at: number): number {
  LISTED.lastIndex = at;
  const match = LISTED.exec(text)?.[0] ?? '';
  return match === '' || LOCAL_NO.test(match) ? 0 : match.length;
}
/** Whether the table, or a role phrase, knows all of it. */
function namedInFull(text: string, at: number, length: number, taken: number): boolean {
  if (roleAt(text, at) >= length) return true;
  const named = namedAt(text, at, taken);
  return named !== undefined && named.start <= at && named.end >= at + length;
}

/** 由和平街道牵头: a sub-district by its name, where it is asked to act; else 街道 is a place. */
const STREET = /街道(?:办事处|办(?=[、，,。；;要应负牵])|(?=要|应当|必须|务必|牵头|负责|配合|会同|具体|承担|组织|安排|落实))/uy;
const ALL_CJK = /^[\u4e00-\u9fff]+$/u;
const NO_STREET = /[各每几个们分两三四多区以把步行全本该的与及由、，。]|和(?![平睦顺兴])/u;
/** Start of the name before 街道 at `at`; −1 without one. */
function streetStart(text: string, at: number): number {
  for (let from = at - 2; from >= Math.max(0, at - 3); from--) {
    const before = from === 0 ? '' : text[from - 1];
    if ((before === '' || IS_BOUNDARY[text.charCodeAt(from - 1)] === 1 || BOUNDARY_WORDS.includes(before)) && !NO_STREET.test(text.slice(from, at)) && ALL_CJK.test(text.slice(from, at))) return from;
  }
  return -1;
}

const HAS_OFFICES: ReadonlySet<string> = new Set(['people-government', 'party-committee', 'people-congress', 'people-congress-standing', 'cppcc']);
/** 国家税务总局|成都市税务局, 国家统计局|宜宾调查队: what the state has in a place is one body. */
const IN_PLACE = /[\u4e00-\u9fff]{2,6}?(?:税务局|调查队|监管分局|监管局|监管办事处)/uy;
/** How far a government's or a committee's name goes on to its departments or to one of its offices. */
function moreOf(text: string, { start, end, body }: LocalMention): number {
  if (text[start] === '国' && text[start + 1] === '家') return matchAt(IN_PLACE, text, end).length;
  if (body === null || !HAS_OFFICES.has(body)) return 0;
  const all = matchAt(ALL_OF, text, end).length;
  if (all > 0) return body === 'people-government' ? all : 0;
  const both = body === 'party-committee' ? matchAt(OF_BOTH, text, end).length : 0;
  const office = officeAt(text, end + both);
  return office > 0 ? both + office : 0;
}

/** 区政府各部门: one group of bodies. */
const ALL_OF = /(?:各(?:有关|相关|工作|组成)?|有关|相关)(?:部门|单位)/uy;
/** 各区|环卫办|做好…: an office of each, by its form. */
const OF_EACH = /(?<=[区县市镇街道])[\u4e00-\u9fff]{1,6}?(?:局|办|所|站|中心|大队|中队|支队|公司)(?=[要应须将负牵按做组加抓])/uy;
/** A body that the table does not have, by its form: 市防指办公室, 区园林绿化中心. Level word at a boundary, ending within reach. */
const LOCAL = /[省市区县局](?![部势面限促场民域内间中级直属城长委里]|政(?!府))[\u4e00-\u9fff]{2,12}?(?:局|办公室|督查室|研究室|中心|支队|大队|总队|分局|集团|指挥部|专班|领导小组|公司|委员会|协会|联合会|站|科|处|所|医院|保健院|中医院|测绘院|规划院|设计院|研究院|图书馆|博物馆|文化馆|科技馆|美术馆|体育馆|电视台|报社|日报社|气象台|学会|商会|(?<![举督承交主协开创兴催包查帮代通网快])办)(?=$|[、，,。；;：:()（）\s]|[要应须将负牵会按对把每在统和与])/uy;
const SOME_LOCAL = GATE.add(LOCAL).bit;
/** 县政府|政务督查室, 市委|财经办: an office of the body named. Ends at a boundary or before a verb. */
const OFFICE = /[\u4e00-\u9fff]{0,8}?(?:督查室|督办室|督考办|督查办|研究室|参事室|值班室|办公室|委员会|中心|组|会|(?<![举督承主交协开创兴催包查帮代通网快])办)(?=$|[、，,。；;：:()（）\s]|[要应须将负牵会按对把每在统和与的根])/uy;
/** What is in no name of an office: verbs and little words. */
const NO_OFFICE = /[的是在有对把将由为要和与等及各到召听同请给向会]|研究(?!室|中心|院)|决定|成立|部署|常委|领导|主要|机构|关于/u;
function officeAt(text: string, at: number): number {
  const office = matchAt(OFFICE, text, at);
  if (office === '' || NO_OFFICE.test(office.slice(0, -1)) || office.length < 3) return 0;
  // 督查|室 is made of a verb, 同意|区建设办 is not.
  const verb = VERBS.find(text, at);
  return verb !== undefined && verb.word.length >= 2 && verb.value !== 'noun' && !/^(?:室|办|组|办公室|中心|委员会)$/u.test(office.slice(verb.word.length)) ? 0 : office.length;
}
/** 区委|区政府督查室: one office of both. */
const OF_BOTH = /(?:[省市区县]|[\u4e00-\u9fff]{2}[市区县])(?:人民)?政府(?=[\u4e00-\u9fff]{0,4}(?:督查室|督查办|督考办|办公室|研究室|信访局))/uy;
const LOCAL_NO = /[的是在有对把将由为要和与]|成立|组建|设立|召开|印发|同意|批准|决定|牵头|负责|会同|协同|组织(?!部)|举办|关于/u;
function localAt(text: string, at: number): number {
  if (!'省市区县局'.includes(text[at]) || (at > 0 && IS_BOUNDARY[text.charCodeAt(at - 1)] === 0 && !BOUNDARY_WORDS.includes(text[at - 1]))) return 0;
  LOCAL.lastIndex = at;
  const match = LOCAL.exec(text)?.[0] ?? '';
  return match === '' || LOCAL_NO.test(match) ? 0 : match.length;
}

/** `holds`: which of the patterns the text may hold. */
function roleAt(text: string, at: number, holds = -1): number {
  const char = text[at], code = text.charCodeAt(at);
  if (char === '各' && matchAt(NOT_EACH, text, at) !== '') return 0;
  if ((holds & SOME_EACH) !== 0 && EACH_FIRST[code] === 1) {
    const each = matchAt(EACH, text, at);
    if (each !== '' && text[at + each.length] !== '的' && text[at + each.length] !== '长' && !(at > 0 && char === '市' && text[at - 1] === '城')) return each.length;
  }
  const charged = (holds & SOME_CHARGED) !== 0 && CHARGED_FIRST[code] === 1 ? matchAt(CHARGED_UNITS, text, at) : '';
  if (charged !== '' || ((holds & SOME_GROUP) !== 0 && GROUP_FIRST[code] === 1)) {
    const group = charged !== '' ? charged : matchAt(GROUP, text, at);
    // 排在第一位的为牵头单位: what another is.
    if (group !== '' && at > 0 && /[为是]/u.test(text[at - 1]) && /^(?:[，,。；;）)]|$)/u.test(text.slice(at + group.length, at + group.length + 1))) return 0;
    // 产业园区要…, 住建、城管等部门要…: the end of a longer name.
    if (group.length === 2 && at > 0 && IS_BOUNDARY[text.charCodeAt(at - 1)] === 0 && !BOUNDARY_WORDS.includes(text[at - 1])) return 0;
    if (group.endsWith('政府') && isNoBody(text, at + group.length)) return 0;
    if (group !== '' && !(at > 0 && char === '市' && text[at - 1] === '城') && !(char === '城' && cityNamedSo(text, at + 1) <= at)) return group.length;
  }
  return (holds & SOME_LEADER) !== 0 && LEADER_FIRST[code] === 1 ? matchAt(LEADER_ALONE, text, at).length : 0;
}

/** 省委十一届六次全会: a meeting, not the body. */
const MEETING = /^(?:第?[一二三四五六七八九十]{1,3}[届次]|全会|全委|(?:常务|专题|党组)会|常委会扩大|经济工作会|工作会|[^，,。、]{0,2}会议精神)/u;

/** 人大代表, 政协委员: persons, of no body that is named. */
const DEPUTY = /^(?:代表|委员(?!会))/u;
/** 地方政府专项债券, 区政府三楼会议室, 省委陆书记: a thing, a place or a person called after the body. */
const NO_BODY = /^(?:系统|专项债|一般债|债券|债务|投融资|工作报告|公报|门户网站|网站|大院|大楼|办公楼|广场|[一二三四五六七八九十\d]{1,3}(?:号?楼|会议室)|常委(?!会)|[^副总原新老党委主要的、，,。]书记)/u;
const isNoBody = (text: string, end: number): boolean => NO_BODY.test(text.slice(end, end + 8));

function namedAt(text: string, at: number, taken: number, prefixed = true): LocalMention | undefined {
  const prefix = prefixed ? readPrefix(text, at) : undefined;
  if (prefix) {
    const name = NAMES.find(text, prefix.to);
    const end = prefix.to + (name?.word.length ?? 0);
    if (name && !goesOn(name.word, text[end] ?? '') && !MEETING.test(text.slice(end, end + 6)) && !isNoBody(text, end)) return { start: Math.max(prefix.from, taken), end, body: name.value.id };
  }
  const name = NAMES.find(text, at);
  if (name?.word === '国网') {
    // 国网示范供电公司: one company, its place inside its name.
    const company = /^国网[\u4e00-\u9fff]{1,10}?(?:供电公司|电力公司|供电局)/u.exec(text.slice(at, at + 18))?.[0];
    if (company) return { start: at, end: at + company.length, body: name.value.id };
  }
  if (!name || NEEDS_LEVEL.has(name.word) || goesOn(name.word, text[at + name.word.length] ?? '')) return undefined;
  const before = at === 0 ? '' : text[at - 1];
  if (name.value.type === 'congress' || name.value.type === 'cppcc') {
    // 人大, 政协 inside other words: 工人大会, 农村人大量.
    // “党委领导、人大主导…”: a slogan, not a body that acts.
    const window = text.slice(Math.max(0, at - 24), at);
    if (window.lastIndexOf('“') > window.lastIndexOf('”')) return undefined;
    if (DEPUTY.test(text.slice(at + name.word.length, at + name.word.length + 4))) return undefined;
    if (before !== '' && IS_BOUNDARY[before.charCodeAt(0)] === 0 && !BOUNDARY_WORDS.includes(before)) return undefined;
  }
  return { start: at, end: at + name.word.length, body: name.value.id };
}

const LEAD_BEFORE = /(?:牵头单位|牵头部门|主办单位|主责单位|责任单位|责任部门|责任主体|实施单位|落实单位|由|责成)(?:为|是)?[:：]?\s*$/u;
const SUPPORT_BEFORE = /(?:配合单位|配合部门|协办单位|参与单位|协同单位|支持单位|会同|商|联合|协同|协调|配合)[:：]?\s*$/u;
const LEADS = /^(?:等(?:[^，,。；;：:、]{2,16}?(?=牵头|负责|承担))?)?(?:要|必须|应当|应|须|务必|都要|也要|都必须|牵头(?!的)|主办|负总责|任(?:组长|副?召集人|总指挥|[^期务何])|担任|负责|具体负责|共同负责|分别负责|抓总|亲自|承担|会同|联合|按(?:照)?(?:各自)?(?:职责|职能)(?:分工)?(?:分别)?负责)/u;
const SUPPORTS = /^(?:等|[（(](?:单位|部门|机构)[)）])?(?:(?:按(?:照)?(?:各自)?职责(?:分工)?)?(?:积极|全力)?(?:配合|协办|参与|协助|协同|支持|参加|派员|派人))/u;
const BY_DUTY = /^(?:等)?(?:有关部门|相关部门)?按(?:照)?(?:各自)?(?:职责|职能)/u;
/** What may stand between the bodies of one list. */
const JOINS = new Set(['、', '和', '及', '与', '以及', '']);
/** Characters looked at before and behind a list. */
const NEAR = 14;
/** Behind a list its sort may be named: …、财政厅等省级主管部门（单位）牵头. */
const NEAR_BEHIND = 24;

/** What is asked of each mention, by the words around the list it stands in. */
function rolesOf(text: string, mentions: readonly LocalMention[]): BodyRole[] {
  const roles: BodyRole[] = mentions.map(() => 'mentioned');
  let leadInSentence = -1;
  let sentenceEnd = -1;
  let scanned = 0;
  let g = 0;
  while (g < mentions.length) {
    let h = g;
    while (h + 1 < mentions.length && JOINS.has(text.slice(mentions[h].end, Math.min(mentions[h + 1].start, mentions[h].end + 4)))) h++;
    const before = text.slice(Math.max(0, mentions[g].start - NEAR), mentions[g].start);
    const after = text.slice(mentions[h].end, mentions[h].end + NEAR_BEHIND);
    let role: BodyRole = 'mentioned';
    for (; scanned < mentions[g].start; scanned++) if (text[scanned] === '。' || text[scanned] === '\n') sentenceEnd = scanned;
    const listed = LIST_LABEL.exec(before)?.[1];
    if (SUPPORT_BEFORE.test(before) || SUPPORTS.test(after)) role = 'support';
    else if (leadInSentence > sentenceEnd && (BY_DUTY.test(after) || /责任单位[:：]\s*$/u.test(before))) role = 'support';
    else if (LEAD_BEFORE.test(before) || LEADS.test(after) || listed) role = 'lead';
    else if (isSubject(text, mentions[g].start, after)) role = 'lead';
    else if (/[(（]$/u.test(before) && /^[)）]/u.test(after)) role = 'lead';
    if (role === 'lead') leadInSentence = mentions[g].start;
    for (let k = g; k <= h; k++) roles[k] = role;
    g = h + 1;
  }
  return roles;
}
/** 各街道安排专人…, 请各区于每月5日前报送…: the body that a member begins with, an act behind it. */
function isSubject(text: string, start: number, after: string): boolean {
  if (after === '' || /^[，,。；;：:、）)”的是]/u.test(after)) return false;
  const before = start === 0 ? '' : text.slice(Math.max(0, start - 6), start).replace(/[全我][省市区县]$/u, '');
  return before === '' || /(?:[，,。；;：:\n]|[)）]|建议|希望|请|[日月年周]前|[月年]底|以内|之内|期间|汛期|每[年月周日天]|每季度)$/u.test(before);
}
const LIST_LABEL = /(责任单位|牵头单位)[:：][^。；;]{0,3}$/u;

/** 国办发〔2014〕3号: the number of a paper. */
const PAPER_NUMBER = /^(?:办|政)?(?:发|函|字|办|令|明电)?(?:明电|电)?\s?[〔［[【（(]\s?\d{4}\s?[〕］\]】)）]/u;
/** Characters of a title between 《 and 》. */
const MOST_TITLE = 120;

/** Mentions without those in the names and numbers of papers: 《国务院关于…的意见》, 国办发〔2014〕3号. */
function withoutPapers(text: string, mentions: readonly LocalMention[]): readonly LocalMention[] {
  if (mentions.length === 0 || !/[《〔［[【（(]/u.test(text)) return mentions;
  let open = -1;
  let scanned = 0;
  return mentions.filter(({ start, end }) => {
    for (; scanned < start; scanned++) {
      if (text[scanned] === '《') open = scanned;
      else if (text[scanned] === '》') open = -1;
    }
    if (open >= 0 && start - open <= MOST_TITLE) return false;
    return !PAPER_NUMBER.test(text.slice(end, end + 12));
  });
}

export function readBodies(passage: Passage, _context: BodyContext): BodyMention[] {
  const table = readTableRows(passage.text);
  let header = 0;
  const inHeader = ({ start }: LocalMention): boolean => {
    while (header < table.headers.length && table.headers[header][1] <= start) header++;
    return header < table.headers.length && table.headers[header][0] <= start;
  };
  const all = withoutPapers(passage.text, findMentions(passage.text));
  const mentions = table.headers.length === 0 ? all : all.filter((mention) => !inHeader(mention));
  const roles = rolesOf(passage.text, mentions);
  tellColumns(table.rows, mentions, roles);
  return mentions.flatMap((mention, i) => {
    const said = passage.text.slice(mention.start, mention.end);
    if (roles[i] === 'mentioned' && mention.body === null && (ONLY_ASKED.test(said) || isPlace(passage.text, mention, said))) return [];
    return [{ span: sourceSpan(passage, mention.start, mention.end), text: said, body: mention.body, role: roles[i] }];
  });
}
/** 对各市进展情况…评估, 各县区的标准: a place. */
function isPlace(text: string, { start, end }: LocalMention, said: string): boolean {
  return AREAS_ALONE.test(said) && (/[对在从]$/u.test(text.slice(Math.max(0, start - 1), start)) || text[end] === '的') && !/^[，,、。；;：:]/u.test(text.slice(end, end + 1));
}
const AREAS_ALONE = /^各[省市区县州旗乡镇街道、（）()]+$/u;
/** Persons and places that are bodies only where something is asked of them: 党政主要领导, 有条件的区县, 区里. */
const ONLY_ASKED = /^(?:(?:党政)?(?:主要|分管)(?:领导|负责同志|负责人)|(?:党政)?一把手|有条件的(?:县区|区县)|[省市区县村镇]里)$/u;

/** In a table of duties the column says what a body is asked. */
function tellColumns(rows: readonly TableRow[], mentions: readonly LocalMention[], roles: BodyRole[]): void {
  let next = 0;
  for (const { cells } of rows) {
    for (const { start, end, column } of cells) {
      while (next < mentions.length && mentions[next].start < start) next++;
      for (let k = next; k < mentions.length && mentions[k].end <= end; k++) if (column === 'lead' || column === 'support') roles[k] = column;
    }
  }
}
