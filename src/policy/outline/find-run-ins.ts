/**
 * Unnumbered headings that their paragraph goes on from: `努力保持转型发展的战略定力。聚焦…`. Evidence is parallelism: at least two, and
 * more than half, of the paragraphs of a section open with a short sentence that states an act or a topic and have more text after it.
 */
import { endsFinished, findSentenceEnd, isComma } from '../text/sentence.ts';
import type { Paragraph } from './join-lines.ts';
import { ADVERBS, MODALS, VERBS } from '../tasks/verbs.ts';
import { isItemStyle, parseItemMarker } from './markers.ts';

const LONGEST = 40;
const SHORTEST = 4;
// A subject that speaks, a time, a conjunction: running text, no heading.
const RUNNING = /^(?:我[们市省县区国州]?|你|他|她|它|这|那|其|该|本|各位|同志|大家|今天|今年|去年|明年|昨天|当前|目前|近年|近期|近日|刚才|下面|现在|过去|此前|日前|同时|此外|另外|但|然而|因此|因而|所以|由于|因为|如果|虽然|尽管|为此|为了|例如|比如|特别是|尤其|可以说|实践证明|事实证明|一方面|另一方面|习近平|总书记|党中央|国务院|中央|会议|大会|省委|市委|县委|区委|据|截至|根据|按照|随着|经过|自从|在[^,，。]{2,20}[,，]|\d{4}年|从[^,，。]{2,16}看|对[于此]|有[的些人])/;
const TELLING = /(?:指出|强调|要求|认为|表示|明确提出|说过|写道)/;
// A report, not a topic: something has happened, or is so many.
const REPORTED = /[了过]|[0-9０-９]|[\u{10000}-\u{10ffff}]/u;
// Somebody has to: a sentence that asks, with its subject, no heading. Not 重要, 要素, 要紧.
const ASKED = /.(?<![重主必需首次概摘纪])要(?![素点求件道闻务领塞紧])|.(?:必须|应当|应该|不得|不能)/;
const SHORT = 14;
const LONGEST_OF_TWO = 24;

/** 是 as the verb of a definition; not 是否, 于是, 凡是, 只要是, 就是说 inside quotes. */
function isDefinition(sentence: string): boolean {
  const bare = sentence.replace(/[“"][^”"]{0,30}[”"]/g, '');
  return /[^于凡还但可更总老若不]是[^否]/.test(bare);
}

/** End of the short sentence that a paragraph opens with, if it can be a heading; else -1. */
export function findTopic({ text }: Paragraph): number {
  const end = findSentenceEnd(text, 0, Math.min(text.length, LONGEST + 1));
  if (end < SHORTEST || end > LONGEST || end >= text.length - 6) return -1;
  if (text.charCodeAt(end) !== 0x3002 && text.charCodeAt(end) !== 0xff61) return -1;
  const sentence = text.slice(0, end);
  const item = parseItemMarker(text, 0);
  if (item !== undefined && isItemStyle(item.style)) return -1;
  if (/[:：;；(（“"][^”"]*$/.test(sentence) && !/”|"/.test(sentence.slice(sentence.search(/[“"]/) + 1))) return -1;
  if (/[:：;；、]$|[:：;；]/.test(sentence) || RUNNING.test(sentence) || TELLING.test(sentence) || REPORTED.test(sentence) || ASKED.test(sentence) || isDefinition(sentence)) return -1;
  let commas = 0;
  for (let i = 0; i < end; i++) if (isComma(text.charCodeAt(i))) commas++;
  return commas <= 2 ? end : -1;
}

/** Opens with what to do: a verb of action, or an adverb or modal before one. */
function opensWithAct(sentence: string): boolean {
  const verb = VERBS.find(sentence, 0);
  if (verb !== undefined && verb.value !== 'frame') return true;
  return ADVERBS.find(sentence, 0) !== undefined || MODALS.find(sentence, 0) !== undefined;
}

/** Whether the sentences are of one make: acts, the same opening words, or all of them few words. */
function areParallel(sentences: readonly string[]): boolean {
  if (sentences.filter(opensWithAct).length * 2 >= sentences.length) return true;
  const openings = new Map<string, number>();
  for (const sentence of sentences) openings.set(sentence.slice(0, 2), (openings.get(sentence.slice(0, 2)) ?? 0) + 1);
  const most = [...openings.values()].reduce((a, b) => Math.max(a, b), 0);
  if (most >= 2 && most * 2 >= sentences.length) return true;
  return sentences.every((sentence) => sentence.length <= SHORT);
}

/** Paragraphs in [first, last) that begin with an unnumbered run-in heading, with the heading's end. */
export function findRunIns(paragraphs: readonly Paragraph[], first: number, last: number, least: number): Map<number, number> {
  const found = new Map<number, number>();
  let all = 0;
  for (let p = first; p < last; p++) {
    const paragraph = paragraphs[p];
    const item = parseItemMarker(paragraph.text, 0);
    if (item !== undefined && isItemStyle(item.style)) return new Map();
    if (!endsFinished(paragraph.text, 0, paragraph.text.length) && !paragraph.isCutAfter && paragraph.text.length < 60) continue;
    all++;
    const end = paragraph.isCutBefore ? -1 : findTopic(paragraph);
    if (end >= 0) found.set(p, end);
  }
  if (found.size < least || found.size * 2 <= all) return new Map();
  // Two alone prove little: they have to be short.
  if (found.size === 2 && [...found.values()].some((end) => end > LONGEST_OF_TWO)) return new Map();
  return areParallel([...found].map(([p, end]) => paragraphs[p].text.slice(0, end))) ? found : new Map();
}
