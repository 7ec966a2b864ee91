/**
 * Numbers that are no quantities: parts of names and idioms (一网统管, 三大工程, “351”工作举措, 15分钟生活圈, 500强, 第一, 五位一体).
 * Rules look at form, not at lists of names; the short list holds set phrases whose form is that of a quantity.
 */

import { firstsOf } from '../words/pattern-gate.ts';
import { WordMatcher } from '../words/word-matcher.ts';

/** After a number: it names a thing (七大行动, 24号线, 500强, 3.0版本, 5G). */
const NAMING_AFTER = /^(?:大(?!卡|于)|台阶|号|强(?![制化烈])|版|中全会|届|型|化|代(?![表])|维|级|线城市|[A-Za-z]|[+＋])/u;
/** After a Chinese number and its unit: set phrases. */
const IDIOMS = new WordMatcher([
  '四个意识', '四个自信', '两个维护', '两个确立', '四个全面', '五个一', '三个代表', '一个中心', '两个毫不动摇', '四个最严', '五位一体', '三位一体', '四位一体', '多位一体', '一人一策', '一企一策', '一户一策', '一户一档', '一事一议', '一村一品', '一件事', '一条龙', '一条街', '一条心',
  '一张网', '一张图', '一张表', '一张蓝图', '一盘棋', '一把手', '一把尺', '一方面', '一次性', '一级', '二级', '三级', '四级', '五级', '一步到位', '一点', '一面', '一门', '一路', '一台', '一台戏', '一体', '一条主线', '一成不变', '一批', '一类', '一种', '一系列', '一揽子', '千家万户', '万户', '百人', '一时', '一日', '一度', '一段', '一家', '一道', '一片', '一对', '一双', '一层', '二手', '三天两头', '四面', '八项规定', '两面', '一老一小', '一区', '一县', '一市', '一国', '一点一', '两个一百年',
].map((word) => [word, true]));
/** 十分 very, 二十届六次全会, 万分. */
const ADVERB = /^(?:十分|万分|百般|千万)/u;
/** 六次全会, 三次会议: which one, not how many. */
const ORDINAL_AFTER = /^(?:全会|会议|常务会议?|党组会|全委会|党代会|代表大会|全体会议|常委会)/u;
const NAME_AFTER_TIME = /^[^,\uff0c。;:、)(”“\n]{0,10}?圈|^(?:不打烊|营业|服务|值班|值守|自助|开放|在线|热线|响应|不间断|全天候|通勤|生活|便民|监控|运转)/u;

const MAY_NAME = firstsOf(NAMING_AFTER);
const isLatin = (code: number): boolean => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);

export function isName(text: string, start: number, numberEnd: number, unitEnd: number, unit: string, arabic: boolean, measure: boolean): boolean {
  if (MAY_NAME[text.charCodeAt(numberEnd)] === 1 && NAMING_AFTER.test(text.slice(numberEnd, numberEnd + 4))) return true;
  const before = text[start - 1];
  if (before === '第' || isLatin(text.charCodeAt(start - 1))) return true;
  if (!arabic && IDIOMS.find(text, start) !== undefined) return true;
  if (!arabic && numberEnd - start === 1 && text[start] === '一' && !measure && !/(仅有?|只有?|(?:至少|最少|最多|至多)[\u4e00-\u9fff]{0,4}|不少于|不低于|超过|每[^,\uff0c。;]{0,8}(?:建成?|有|设|配))$/u.test(text.slice(Math.max(0, start - 12), start))) return true;
  if ((unit === '分钟' || unit === '小时' || unit === '公里' || unit === '米') && NAME_AFTER_TIME.test(text.slice(unitEnd, unitEnd + 14))) return true;
  if (!arabic && unitEnd - start === 2 && ADVERB.test(text.slice(start, start + 2))) return true;
  if (unit === '次' && ORDINAL_AFTER.test(text.slice(unitEnd, unitEnd + 4)) && text.slice(Math.max(0, start - 4), start).includes('届')) return true;
  if (!arabic && unit.length === 1 && '区县市省国镇村'.includes(unit)) return true;
  return unit === '' && '年月日号'.includes(text[numberEnd] ?? ' ');
}

/** Spans of short quotes and of book titles, in which numbers are names: “五项制度改革”, 《三年行动计划》. Ascending. */
export function listNameSpans(text: string): [number, number][] {
  const spans: [number, number][] = [];
  let quote = -1, title = -1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Ideographs part nothing, nor do ASCII digits.
    if ((code >= 0x4e00 && code < 0xa000) || (code >= 0x30 && code <= 0x39)) continue;
    const char = text[i];
    if (char === '“' || char === '「') quote = i;
    else if (char === '《') title = i;
    else if (char === '\n') quote = title = -1;
    else if ((char === '”' || char === '」') && quote >= 0) {
      if (i - quote <= 16 && !/[,\uff0c。;%％]/u.test(text.slice(quote, i))) spans.push([quote, i + 1]);
      quote = -1;
    } else if (char === '》' && title >= 0) {
      spans.push([title, i + 1]);
      title = -1;
    }
  }
  return spans.toSorted((a, b) => a[0] - b[0]);
}
