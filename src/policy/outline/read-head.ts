/** What a document is, who issued it and when, from its title, its source lines and its signature. */
import type { DocumentKind, IsoDay } from '../model.ts';
import { DOCUMENT_NUMBER } from '../aside/line-evidence.ts';
import { isDayLine, isSignature } from './find-headings.ts';
import type { Paragraph } from './join-lines.ts';
import { parseOrdinal } from './markers.ts';

const KINDS: readonly (readonly [DocumentKind, string])[] = [
  ['notice', '通知|紧急通知'],
  ['circular', '通报'],
  ['announcement', '公告|通告|公报|公示'],
  ['reply', '批复|函|答复|回复|复函'],
  ['minutes', '纪要|会议记录'],
  ['opinion', '意见|建议'],
  ['plan', '方案|计划|行动|要点|措施|清单|任务分工'],
  ['planning', '规划|纲要'],
  ['report', '报告|汇报|请示'],
  ['speech', '讲话|致辞|演讲'],
  ['remarks', '发言'],
  ['regulation', '条例|办法|规定|细则|规则|章程'],
  ['decision', '决定|决议|命令|令'],
];

/** The kind that the last of its words in the title says; a bracketed end (试行) is passed over. */
function kindOfTitle(title: string): DocumentKind | undefined {
  const bare = title.replace(/[(（][^()（）]{0,40}[)）]/g, '');
  let best: DocumentKind | undefined;
  let at = -1;
  for (const [kind, words] of KINDS) {
    for (const word of words.split('|')) {
      const found = bare.lastIndexOf(word);
      // 建议 in 提出建议的通知 loses to 通知, which stands later.
      if (found > at && (found + word.length === bare.length || /^(?:[:：]|第?\d{1,4}[号期]|第[一二三四五六七八九十百]{1,4}[号期]|摘要|全文|节选|[^\u4e00-\u9fff])/.test(bare.slice(found + word.length)))) {
        at = found;
        best = kind;
      }
    }
  }
  return best;
}

/** The lines of a title, as the paragraphs that hold it were joined from. */
export function listTitleLines(paragraphs: readonly Paragraph[]): string[] {
  return paragraphs.flatMap(({ text, local }) => local.map((from, k) => text.slice(from, local[k + 1] ?? text.length).trim()));
}

const SUBTITLE = /^(?:[—–-]{1,3}|[(（].{0,80}[)）]$)/;
const BYLINE = /(?:书记|市长|区长|县长|省长|州长|镇长|主任|主席|局长|部长|厅长|院长|总理|委员长|董事长|会长|常委|代表|记者|评论员|作者)[\s\u3000]{0,4}[\u4e00-\u9fff某×*xX]{2,4}(?:[\s\u3000][\u4e00-\u9fff]{1,2})?$|^[\u4e00-\u9fff][\s\u3000][\u4e00-\u9fff]{1,2}$/;

// A name alone on its line, under a line that already says what the paper is.
const NAME = /^[\u4e00-\u9fff某×]{2,4}$/;

/** 时间：, 主持人：, 签发人：: a field of the head, under the title. */
export const HEAD_FIELD = /^(?:时\s*间|会议时间|地\s*点|会议地点|主\s*持(?:\s*人)?|参\s*加(?:人员|单位)?|出\s*席(?:人员|单位)?|列\s*席(?:人员|单位)?|请\s*假(?:人员)?|缺\s*席|记\s*录(?:\s*人)?|参会(?:人员|单位)?|签\s*发(?:\s*人)?|密\s*级|紧急程度|主\s*送|抄\s*送|议\s*题|会议议题)\s*[:：]/;
/** 云滨区人民政府办公室 … 2025年10月16日: who issued minutes, and when. */
export const ISSUED_LINE = /^([\u4e00-\u9fff]{3,30}?)[\s\u3000]{1,20}(?:\d{4}|[二〇○零Oo一三四五六七八九]{4})\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日(?:印发)?$/;

/** A title without subtitle, day and byline; its lines joined. */
export function joinTitle(lines: readonly string[]): string {
  // A number alone above the title.
  const own = lines.length > 1 && ALONE_NUMBER.test(lines[0]) ? lines.slice(1) : lines;
  const [first = '', ...rest] = own.map(bareTitle);
  return joinLinesOfTitle([first, ...rest.filter((line) => line !== first)]);
}

/** Without the number that stands before it and the 《》 around it. */
function bareTitle(line: string): string {
  const bare = line.replace(LEADING_NUMBER, '').replace(/^[|｜]\s*/, '');
  return /^《[^《》]+》$/.test(bare) ? bare.slice(1, -1) : bare;
}

const NUMBER = '[〔［[(（【]\\s?\\d{4}\\s?[〕］\\])）】]\\s?(?:第\\s?)?\\d{1,4}\\s?[号期]';
const LEADING_NUMBER = new RegExp(`^[\\u4e00-\\u9fff]{1,10}\\s?${NUMBER}\\s*(?=\\S)`);
const ALONE_NUMBER = new RegExp(`^(?:[\\u4e00-\\u9fff]{1,10}\\s?)?${NUMBER}$`);
/** …的通知示政发〔2025〕3号: the number behind the title. */
const TRAILING_NUMBER = new RegExp(`(?<=通知|意见|方案|计划|规划|纲要|报告|决定|条例|规定|办法|细则|公告|通告|通报|批复|函|纪要|要点|措施|[)）])[\\s\\u3000]*[(（]?[\\u4e00-\\u9fff]{1,10}\\s?${NUMBER}[)）]?$`);
/** A line that names organs and nothing else: two under each other issue a paper together. */
const isOrganLine = (line: string): boolean => line.length <= 30 && ORGAN.test(line) && kindOfTitle(line) === undefined && !/关于|[上在的]/.test(line);

function joinLinesOfTitle(lines: readonly string[]): string {
  const end = lines.findIndex((line, k) => k > 0 && endsTitle(line, lines.slice(0, k)));
  const own = (end < 0 ? lines : lines.slice(0, end)).map((line, k, all) => (k > 0 && isOrganLine(line) && isOrganLine(all[k - 1]) ? ` ${line}` : line)).join('');
  // (2025—2027年) and (2024年5月6日) say when; (试行) and (摘录) say what it is.
  return own.replace(/[(（]\s?\d{4}\s?[年—–-][^()（）]{0,60}[)）]$|[(（][\u4e00-\u9fff]{1,8}[〔[［]\d{4}[〕\]］]\d{1,4}号[)）]$/, '').replace(TRAILING_NUMBER, '').trim();
}

/** Whether a line of the head is under the title and no longer of it: a subtitle, a number, a field, who and when. */
function endsTitle(line: string, above: readonly string[]): boolean {
  if (SUBTITLE.test(line) || DOCUMENT_NUMBER.test(line) || HEAD_FIELD.test(line) || ISSUED_LINE.test(line) || /^第\s?[\d一二三四五六七八九十百]{1,5}\s?[期号次]$/.test(line) || (BYLINE.test(line) && line.length <= 40)) return true;
  const isNamed = kindOfTitle(above[above.length - 1]) !== undefined;
  return isNamed && (NAME.test(line) || isOrganLine(line));
}

/** 新华社北京3月5日电, 本报讯（记者张某）, (记者 李某). */
const DATELINE = /^.{0,24}(?:\d{1,2}日[电讯]|[报台刊网]讯)|[(（]\s?(?:本[报刊台]|见习)?(?:记者|通讯员)\s?[\u4e00-\u9fff]{2}/;
/** 示范市召开…会议: a headline that tells what happened. */
const HELD_MEETING = /(?:召开|举行|举办|启动|开幕|闭幕|调研|督导|检查)[^通知方案意见]{0,30}(?:会|会议|调度会|推进会|座谈会|部署会|动员会|现场会|仪式|工作|活动|论坛)$/;

export function findKind(titleLines: readonly string[], sourceLines: readonly string[], openingText: string): DocumentKind {
  const title = joinTitle(titleLines);
  const kind = kindOfTitle(title) ?? titleLines.map((line) => kindOfTitle(line)).find((found) => found !== undefined);
  if (kind !== undefined) return kind;
  const all = titleLines.join('');
  if (/(?:讲话|致辞)/.test(all)) return 'speech';
  if (/发言/.test(all)) return 'remarks';
  if (/纪要/.test(all)) return 'minutes';
  if (/(?:评论员|社论|时评|锐评|短评|快评)/.test(all) || sourceLines.some((line) => line.length <= 60 && /评论员|社论|时评/.test(line))) return 'commentary';
  if (DATELINE.test(openingText.slice(0, 160))) return 'news';
  if (HELD_MEETING.test(title) && /(?:会议?|活动|行动|仪式|调研|检查)/.test(openingText.slice(0, 120))) return 'news';
  if (sourceLines.some((line) => /来源|转自|作者|杂志|日报|摘自|本文/.test(line))) return 'article';
  if (/^(?:同志们|各位|尊敬的)/.test(openingText)) return 'speech';
  // A title that names no paper, with who wrote it or where it first stood under it.
  return titleLines.slice(1).some((line) => BYLINE.test(line) || NAME.test(line) || /原载|刊于|发表于|第\d{1,3}期/.test(line)) ? 'article' : 'document';
}

const ORGAN = /(?:人民政府|政府|委员会|办公厅|办公室|国务院|中共中央|[省市县区]委|人大常委会|[\u4e00-\u9fff]{2}[局厅部委院会]|集团|公司)$/;

/** 中共中央?国务院, a name with a blank or a lost character in it, reads as two names. */
function joinNames(names: string): string {
  return names.replace(/[?？\s\u3000,，]+/g, '、').replace(/^、|、$/g, '');
}

/** 区人民政府 of a report given to 云滨区第六届人民代表大会 is 云滨区人民政府. */
function nameRegion(body: string, titleLines: readonly string[]): string {
  const level = /^[省市县区州旗](?=人民|政府)/.exec(body)?.[0];
  const named = level === undefined ? undefined : new RegExp(`(?:在|^|[\\s\\u3000])([\\u4e00-\\u9fff]{2,8}${level})(?=第|人民|政府|委)`).exec(titleLines.join('\n'))?.[1];
  return named === undefined ? body : `${named}${body.slice(1)}`;
}

export function findIssuer(title: string, titleLines: readonly string[], kind: DocumentKind, sourceLines: readonly string[], openingText: string, closing: readonly string[]): string | null {
  const about = title.indexOf('关于');
  if (about > 1 && about <= 80 && kind !== 'speech' && kind !== 'remarks') {
    const names = title.slice(0, about).replace(/^.{0,20}[:：]/, '').trim();
    if (ORGAN.test(names)) return joinNames(names);
  }
  const reports = /^(?:\d{4}年)?([\u4e00-\u9fff]{1,12}[省市县区州旗])(?:\d{4}年)?(?:人民)?政府工作报告/.exec(title)?.[1];
  if (reports !== undefined) return `${reports}人民政府`;
  for (const line of [...titleLines, ...openingText.split(/[\r\n]+/, 3)]) {
    const stated = ISSUED_LINE.exec(line.trim())?.[1];
    if (stated !== undefined && ORGAN.test(stated)) return stated;
  }
  for (const line of sourceLines) {
    const stated = /^(?:发文机关|发文单位|发布机构|制发机关)\s{0,4}[:：]\s{0,8}([\u4e00-\u9fff、\s]{2,60})/.exec(line)?.[1]?.split(/[\s\u3000]{2,}/)[0]?.trim();
    if (stated !== undefined && ORGAN.test(stated)) return joinNames(stated);
  }
  if (kind === 'speech' || kind === 'remarks' || kind === 'article' || kind === 'news' || kind === 'commentary') return null;
  const speaker = /(?:我)?(?:受|代表)([\u4e00-\u9fff]{1,24}?(?:人民政府|委员会|常委会|人民法院|人民检察院))(?:的委托)?[,，]?向/.exec(openingText)?.[1];
  if (kind === 'report' && speaker !== undefined) return nameRegion(speaker, titleLines);
  const day = closing.findIndex(isDayLine);
  const names = (day < 0 ? closing : closing.slice(0, day)).filter(isSignature);
  return names.length === 0 ? null : names.map(joinNames).join('、');
}

const ARABIC_DAY = /(?<![\d.-])((?:19|20)\d{2})\s?[-年/.]\s?(1[0-2]|0?[1-9])\s?[-月/.]\s?(3[01]|[12]\d|0?[1-9])(?!\d)/;
const CHINESE_DAY = /([二一][九〇○零ＯOo0][〇○零ＯOo一二三四五六七八九]{2})\s?年\s?([一二三四五六七八九十]{1,2})\s?月\s?([一二三四五六七八九十]{1,3})\s?日/;

/** The first whole day in a line of text. */
export function parseDay(line: string): IsoDay | null {
  const arabic = ARABIC_DAY.exec(line);
  if (arabic !== null) return toIso(Number(arabic[1]), Number(arabic[2]), Number(arabic[3]));
  const chinese = CHINESE_DAY.exec(line);
  if (chinese === null) return null;
  const digits = '〇一二三四五六七八九';
  const year = [...chinese[1].replace(/[○零ＯOo0]/g, '〇')].reduce((sum, character) => sum * 10 + digits.indexOf(character), 0);
  return toIso(year, parseOrdinal(chinese[2]), parseOrdinal(chinese[3]));
}

function toIso(year: number, month: number, day: number): IsoDay | null {
  const lastDay = [31, year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  if (lastDay === undefined || day < 1 || day > lastDay) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Day of publication: as the page states it, else of the signature, else under the title. */
export function findPublished(sourceLines: readonly string[], closing: readonly string[], title: string): IsoDay | null {
  // 〔2020〕13号 on a page of 2024: the day is the page's, not the paper's.
  const numbered = Number(/[〔[［](\d{4})[〕\]］]\s?(?:第\s?)?\d{1,4}\s?号/.exec([...sourceLines.filter((line) => line.length <= 400), title].join('\n'))?.[1] ?? 0);
  const isThePages = (day: IsoDay): boolean => numbered > 1949 && Number(day.slice(0, 4)) > numbered + 1;
  const ranked = [...sourceLines.filter((line) => /发布|印发/.test(line)), ...sourceLines.filter((line) => /成文|生成/.test(line)), ...sourceLines.filter((line) => !/废止|施行|实施|有效|失效/.test(line))];
  for (const line of [...ranked, ...closing.filter((text) => text.length <= 60 && !/施行|实施|执行|有效/.test(text)).toReversed(), title]) {
    const day = parseDay(line.slice(0, 400));
    if (day !== null && !isThePages(day)) return day;
  }
  return null;
}

const SPEECH = /讲话|发言|致辞|演讲|报告/;
const DAY_ONLY = /^[(（]\s?[^()（）]{6,16}日\s?[)）]/;

/**
 * Day on which a speech was held, where the text names it: a note says so (本文摘自某同志2019年12月27日在…上的讲话), or it stands in brackets under
 * a speech's title.
 */
export function findSpoken(kind: DocumentKind, notes: readonly string[], titleLines: readonly string[], opening: string): IsoDay | null {
  for (const note of notes) if (/^[(（【[]?\s?(?:本文|此文|原文|注)/.test(note) && SPEECH.test(note)) return parseDay(note.slice(0, 400));
  if (kind !== 'speech' && kind !== 'remarks') return null;
  const under = [...titleLines.slice(1), opening.slice(0, 40)].find((line) => DAY_ONLY.test(line.trim()));
  return under === undefined ? null : parseDay(under.slice(0, 30));
}

const DAY_MS = 86_400_000;
/** A paper is given out in its own year or soon after, and hardly before its own day. */
const LATEST = 183;
const EARLIEST = -31;

/** Whether a day given from outside cannot well be that of a text which names `own` as its day. */
export function contradictsDay(given: IsoDay, own: IsoDay): boolean {
  const days = (Date.parse(given) - Date.parse(own)) / DAY_MS;
  return days < EARLIEST || days > LATEST;
}
