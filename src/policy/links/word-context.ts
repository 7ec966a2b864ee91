/** Whether a word stands where it names something else: the place or trade of what is meant, a firm, the text that a document is based on. */
import { WordMatcher, wordList } from '../words/word-matcher.ts';

/** Behind a word, or behind the rest of a list that it begins: it only says where. */
const PLACES = new WordMatcher(wordList('周边 附近 门口 门前 沿线 一带 等县区 等区 等地').map((word): [string, true] => [word, true]));
/** Behind a word that stands behind 在: 在易涝路段安装…. */
const WHERE = new WordMatcher(wordList('路段 区域 地区 地段 片区 点位 小区内').map((word): [string, true] => [word, true]));
/** Behind a word: of what trade or kind something is. False: the longer word is none of these. */
const KINDS = new WordMatcher<boolean>([
  ...wordList('产业 经济 企业 公司 专业 人才 员 师 专班 领导小组 工作组 保险 补贴 基金 论坛 展会 条例 办法 规定 人员 从业人员 金 服务企业 服务人 服务公司 行业 市场 学生 校门 上下学 教师 家长 党组织 党建').map((word): [string, boolean] => [word, true]),
  ...wordList('产业园 产业园区 产业功能区 产业工人 经济适用 专业化 专业楼宇 员工 人员密集 金融 市场化').map((word): [string, boolean] => [word, false]),
]);
/** Farthest that the rest of a list or of a compound reaches. */
const REACH = 6;

export function isAside(text: string, start: number, end: number): boolean {
  if (KINDS.find(text, end)?.value === true) return true;
  // 康养护理产业
  if (KINDS.find(text, end + 2)?.value === true && isPlainPair(text, end)) return true;
  if (text[start - 1] === '在' && WHERE.find(text, end)) return true;
  let at = end;
  for (let step = 0; step < REACH && at < text.length; step++, at++) {
    if (PLACES.find(text, at)) return step === 0 || /[、和及与]/u.test(text.slice(end, at));
    if ('，。；：！？,.;:\n'.includes(text[at])) break;
  }
  // 根据《…条例》, 依照…
  return start > 0 && isInBasis(text, start);
}

/** Two characters that part nothing. */
function isPlainPair(text: string, at: number): boolean {
  return at + 2 <= text.length && !/[\p{P}\s和与及的是为]/u.test(text.slice(at, at + 2));
}

/** Inside 《》 behind 根据, 按照, 依据. */
function isInBasis(text: string, start: number): boolean {
  for (let i = start - 1; i >= 0 && start - i <= 30; i--) {
    if (text[i] === '》' || text[i] === '。') return false;
    if (text[i] === '《') return /(?:根据|依据|依照|按照)$/u.test(text.slice(Math.max(0, i - 2), i));
  }
  return false;
}
