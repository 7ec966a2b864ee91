/**
 * Seasons and events of a year by which texts set their deadlines (入汛前, 供暖季前, 开学前, 今冬明春, “两节”前, 节后): the text gives no day and
 * there is none that holds everywhere, so they are named and never dated.
 */
import type { TimeExpression } from '../model.ts';

const SEASONS = '(?:全国|[省市县区])?两会|(?:[春秋]季)?(?:新?学期)?开学|[春秋]季学期|[暑寒]假|暑期|高考|中考|(?:主|防)?汛期|[入出]汛|雨季|梅雨(?:季节?|期)?|台风(?:季节?|期)|[采供取]暖(?:季节?|期)?|冬供|入?[春夏秋冬]季|[入立][春夏秋冬]|农忙(?:季节)?|春耕(?:备耕)?|[夏秋]收|三[夏秋]|春运|(?:森林)?防火(?:期|季)|[冰封上霜]冻(?:期|季)?|[“"]?[两双]节[”"]?';
/** Words that are no time without a word after them: 汛前, 节前. */
const SHORT = '汛|节|年(?=[前后](?:[,\\uff0c。;、\\n]|$|完成|要|全部))';
const BEFORE = '(?:来临|到来|开始|结束)?(?:之前|以前|前夕|前(?![期列沿端段后景述往三两二四半]|提(?![出交请报供高升])))';
const AROUND = '(?:期间|前后|(?:结束)?(?:之后|以后|后(?![期续备勤劲方]))|以来)';
/** 今冬, 明春, 去冬今春, 今冬明春; 今冬供暖前, 今年夏天. */
const NAMED = '(?:[今明去来][春夏秋冬][今明来][春夏秋冬]|[今明去来](?:年)?[春夏秋冬](?:[天季])?)';

const LOOSE = new RegExp(`(?:${NAMED}(?:(?:${SEASONS})?(?:${BEFORE}|${AROUND}))?|(?:${SEASONS}|${SHORT})(?:${BEFORE}|${AROUND}))`, 'uy');
const AFTER_YEAR = new RegExp(`的?(?:${SEASONS}|[春夏秋冬]天|汛)(?:${BEFORE}|${AROUND})?`, 'uy');
const ENDS_BEFORE = new RegExp(`${BEFORE}$`, 'u');

/** Characters that a season may begin with. */
export const SEASON_FIRST = '今明去来全省市县区两春秋开新暑寒高中主防汛入出雨梅台采供取冬夏立农三森冰封上霜双“"节年';

/** Without one of these no season is named. */
export const MAY_HOLD_SEASON = /[季汛暑寒雨冬春夏秋暖冻节忙]|两会|开学|[高中]考|台风|防火|年[前后]/u;

export interface Season {
  readonly end: number;
  readonly kind: TimeExpression['kind'];
  readonly rule: 'before-season' | 'season';
}

const seasonOf = (words: string, at: number): Season => (ENDS_BEFORE.test(words) ? { end: at + words.length, kind: 'deadline', rule: 'before-season' } : { end: at + words.length, kind: 'period', rule: 'season' });

/** A season or an event that begins at `at`, with the word that makes it a time. */
export function readSeason(text: string, at: number): Season | null {
  LOOSE.lastIndex = at;
  const match = LOOSE.exec(text);
  if (match === null) return null;
  const [words] = match;
  const before = text[at - 1] ?? ' ', isWord = /[\u4e00-\u9fff]/u.test(before);
  // 环节前, 全年前三季度, 春节前: the end of another word.
  if (/^[汛节年]/u.test(words) && isWord && !/[在于到至、和须]/u.test(before)) return null;
  if (words.startsWith('年') && /[0-9]/u.test(before)) return null;
  // 全国两会期间重要讲话, “双节”期间: the name of a meeting, or of a holiday business, is no time; before it (全国两会前) something is due.
  if (/两会|[两双]节/u.test(words) && !ENDS_BEFORE.test(words)) return null;
  return seasonOf(words, at);
}

/** What of a year is meant, where a season follows it: 2026年汛期前, 明年秋季开学前, 今年夏天. */
export function readSeasonOfYear(text: string, at: number): Season | null {
  AFTER_YEAR.lastIndex = at;
  const match = AFTER_YEAR.exec(text);
  // 2025年春季学期 names a term; 2025年高考工作 a subject.
  if (match === null || !/[前后]|期间|以来|夕|^的?(?:[春夏秋冬][季天]|入[春夏秋冬])/u.test(match[0])) return null;
  return seasonOf(match[0], at);
}
