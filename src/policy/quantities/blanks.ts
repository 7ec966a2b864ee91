/**
 * Numbers that a text has lost: where web copies mask or drop digits, a unit stands without its number ("运营里程达到公里", "已有个产业园区").
 * A blank is claimed only where no reading without a number is grammatical:
 *   amount verb + measure          达到公里, 缩短了分钟, 增长个百分点
 *   noun + measure + end of clause 规划面积平方公里, 居住人口万人
 *   noun + counter it takes + end  中小学所, 床位张
 *   verb or noun + 个/家/所 + noun 已有个产业园区, 导致家企业, 我市个产业园区
 * A weaker sign (有个园区, 入驻企业家, 容纳万人) counts only in a sentence that has a certain one.
 */
import type { Span } from '../model.ts';
import { PatternGate } from '../words/pattern-gate.ts';
import type { GatedPattern } from '../words/pattern-gate.ts';

export interface Blank {
  readonly span: Span;
  readonly unit: string;
}

const MEASURE = '(?:万|亿|千|百)?(?:平方公里|平方米|立方米|公里|公顷|千瓦时|千瓦|人次|万元|亿元|亿美元|万美元|分钟|小时|个百分点|个月|(?<=[万亿])(?:人|户|个|套|张|亩|吨))';
/** Verbs that must be followed by an amount when a measure follows. */
const AMOUNT = '(?:达到|达|约为|约|超过|突破|不少于|不低于|不超过|增长|增加|增至|提高到|提高|提升|下降|降低|减少|缩短|扩大|新增|仅为|共计|累计|合计|总计|长约|面积为|投资|下降到|增加到)';
const END = '(?=[,\uff0c。;、:)\\n]|$)';

const GATE = new PatternGate();
/** Certain signs; group 1 is what stands before the unit. */
const CERTAIN: readonly GatedPattern[] = [
  new RegExp(`(${AMOUNT}了?)(${MEASURE})(?=[,\\uff0c。;、:)\\n左]|$|居住|以内)`, 'gu'),
  new RegExp(`([\\u4e00-\\u9fff]{2}[长程路面积区城园市心村街镇口模人])((?:万|亿)?(?:平方公里|平方米|公里|公顷|亩)|万人|万元|亿元)${END}`, 'gu'),
  new RegExp(`((?:中小学校?|小学|中学|学校|医院|幼儿园|高校|大学|院校|养老院|福利院|卫生院)(?:[、及和](?:医院|学校|幼儿园))?)(所)${END}`, 'gu'),
  new RegExp(`((?:床位|车位|泊位|充电桩|停车位|学位|岗位))(万个|张|个)${END}`, 'gu'),
  new RegExp('((?:已有|共有|现有|建设|建成|新建|新增|改造|打造|完成|培育|引进|涉及|导致|全市|我市|全区|我区|全县|我县|全省|辖区))((?:万)?[个家所])(?=(?:产业|工业|居住|重点|特色|老旧|示范|新|大型|城市|公共|农村|行政|社区|小区|园区|项目|企业|医院|学校|街道|乡镇|村|公园)[\\u4e00-\\u9fff])', 'gu'),
].map((pattern) => GATE.add(pattern));
/** Signs that count in a sentence with a certain one. */
const WEAK: readonly GatedPattern[] = [
  new RegExp('((?:有|为|达|建设|容纳|可容纳|入驻|涉及|的))(个|万人)(?=[\\u4e00-\\u9fff])', 'gu'),
  new RegExp(`((?:入驻|规上|规模以上|引进|培育)企业)(家)${END}`, 'gu'),
].map((pattern) => GATE.add(pattern));
/** Before the unit: a number after all, or words that take a unit without one (每公里, 几个, 数万人, 上万元). */
const NUMBERED = /[0-9０-９〇零一二三四五六七八九十百千万亿两几数多余半每第各某哪这那该单整近上成过*_×X＊○\-—~～]$/u;

/** Blanks of a text, ascending. One pass per pattern; none looks further than a few characters. */
export function findBlanks(text: string): Blank[] {
  const bits = GATE.scan(text, 0, text.length);
  const certain = collect(text, CERTAIN, bits);
  if (certain.length === 0) return [];
  const sentence = countSentences(text);
  const sentences = new Set(certain.map(({ span }) => sentence(span[0])));
  const weak = collect(text, WEAK, bits).filter(({ span }) => sentences.has(sentence(span[0])));
  const all = [...certain, ...weak].toSorted((a, b) => a.span[0] - b.span[0]);
  return all.filter((blank, i) => i === 0 || blank.span[0] >= all[i - 1].span[1]);
}

function collect(text: string, patterns: readonly GatedPattern[], bits: number): Blank[] {
  const blanks: Blank[] = [];
  for (const { bit, pattern } of patterns) {
    if ((bits & bit) === 0) continue;
    for (const match of text.matchAll(pattern)) {
      const unitStart = match.index + match[1].length;
      if (NUMBERED.test(match[1].slice(-1))) continue;
      blanks.push({ span: [unitStart, unitStart + match[2].length], unit: match[2] });
    }
  }
  return blanks;
}

/** The number of the sentence that a character stands in. */
function countSentences(text: string): (at: number) => number {
  const ends: number[] = [];
  for (let i = 0; i < text.length; i++) if (text[i] === '。' || text[i] === '\n') ends.push(i);
  return (at) => {
    let low = 0, high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle] < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
