/** What is wrong with the text itself, besides its numbering (that is the outline's): each with its place and what a person could do. */
import type { Aside, Defect, OutlineNode, Quantity, Span, Target, TimeExpression } from '../model.ts';
import type { Passage } from '../passage.ts';
import { sourceSpan } from '../passage.ts';
import type { CutCount } from './find-count-mismatches.ts';
import { findCountMismatches } from './find-count-mismatches.ts';
import { findDuplicates } from './find-duplicates.ts';
import { findSpun } from './find-spun.ts';
import { findUnclosed } from './find-unclosed.ts';

/** Spans of times, quantities and targets are those of the source. */
export interface DefectParts {
  readonly outline: readonly OutlineNode[];
  readonly aside: readonly Aside[];
  readonly passages: readonly Passage[];
  readonly times: readonly TimeExpression[];
  readonly quantities: readonly Quantity[];
  readonly targets: readonly Pick<Target, 'span'>[];
}

/** Defects in the order of the text. */
export function findDefects(text: string, parts: DefectParts): Defect[] {
  const own = maskAsides(text, parts.aside);
  const announced = findCountMismatches(parts.passages, parts.outline);
  const defects = [
    ...withAnnounced([...findElisions(parts.aside), ...findCutOffs(parts)], announced.cut),
    ...findMasks(own, parts.quantities),
    ...findLostCharacters(own),
    ...findSpun(own),
    ...findDuplicates(parts.passages),
    ...findUnclosed(parts.passages),
    ...announced.defects,
    ...findHardWraps(text, parts.passages),
    ...findUnresolved(parts.times),
    ...findNotUnderstood(parts.quantities),
  ];
  return defects.sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1] || (a.kind < b.kind ? -1 : 1));
}

/** The text with blanks for what is set aside: same length. */
function maskAsides(text: string, aside: readonly Aside[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { kind, span } of aside) {
    if (kind === 'whitespace' || span[0] < from) continue;
    parts.push(text.slice(from, span[0]), ' '.repeat(span[1] - span[0]));
    from = span[1];
  }
  parts.push(text.slice(from));
  return parts.join('');
}

function findElisions(aside: readonly Aside[]): Defect[] {
  return aside.filter(({ kind }) => kind === 'elision').map(({ span }) => ({
    kind: 'elision', span,
    text: { zh: '此处有删节，读不到原文；请取得全文后重新导入', en: 'Text was left out here; get the full text and import it again' },
  }));
}

/** What was announced and is not all here is said where the text was cut: at the first place after the announcement. */
function withAnnounced(defects: readonly Defect[], cut: readonly CutCount[]): Defect[] {
  const told = [...defects].sort((a, b) => a.span[0] - b.span[0]);
  const alone: Defect[] = [];
  for (const { defect, note } of cut) {
    const at = told.findIndex(({ span }) => span[0] >= defect.span[1]);
    if (at < 0) alone.push(defect);
    else told[at] = { ...told[at], text: { zh: `${told[at].text.zh}（${note.zh}）`, en: `${told[at].text.en} (${note.en})` } };
  }
  return [...told, ...alone];
}

const ENDS = /[。！？!?：:；;”’》）)】…]$/u;

/** Clauses that an elision broke off, and a text that ends in the middle of a sentence. */
function findCutOffs({ outline, passages }: DefectParts): Defect[] {
  const byId = new Map(outline.map((node) => [node.id, node]));
  const parents = new Set(outline.map((node) => node.parent));
  const cut = (span: Span): Defect => ({
    kind: 'cut-off', span,
    text: { zh: '句子到此中断，后文缺失；请取得全文后重新导入', en: 'The sentence breaks off here; get the full text and import it again' },
  });
  const defects: Defect[] = [];
  const leavesEndsOff = hasNoEnds(passages);
  passages.forEach((passage, i) => {
    const node = byId.get(passage.clause);
    // What broke off lies in the last of its children.
    if (!node || node.kind === 'closing' || node.kind === 'title' || parents.has(node.id)) return;
    const line = passage.text.slice(passage.text.lastIndexOf('\n') + 1);
    const last = i === passages.length - 1 && /[。，,；;]/u.test(line) && !leavesEndsOff;
    // A heading with nothing under it was cut between sentences.
    if (node.state === 'cut' && node.headingSpan[1] >= node.span[1] && !/[,，]$/u.test(passage.text)) return;
    if ((node.state === 'cut' || last) && !ENDS.test(passage.text.slice(-2))) defects.push(cut(lastMember(passage)));
  });
  return defects;

  function lastMember(passage: Passage): Span {
    let from = passage.text.length;
    while (from > 0 && passage.text.length - from < 200 && !'，,。；;：:\n'.includes(passage.text[from - 1])) from--;
    return sourceSpan(passage, from, passage.text.length);
  }
}

/** Whether half of a text's lines and more with clauses in them have no full stop at their end: so does the last one, and nothing is cut. */
function hasNoEnds(passages: readonly Passage[]): boolean {
  let lines = 0, open = 0;
  for (const { text } of passages) {
    for (const line of text.split('\n')) {
      if (line.length < 12 || !/[。，,；;]/u.test(line.slice(0, 400))) continue;
      lines++;
      if (!ENDS.test(line.slice(-2))) open++;
    }
  }
  return lines > 2 && open * 2 >= lines;
}

/** Asterisks and underlines that stand for words or figures; figures left out before their unit. */
function findMasks(text: string, quantities: readonly Quantity[]): Defect[] {
  const defects: Defect[] = [];
  const masked = quantities.filter((quantity) => quantity.masked);
  for (const { span, text: said } of masked) {
    const blank = !/[*＊×xX_＿]/u.test(said);
    defects.push(blank
      ? { kind: 'blank', span, text: { zh: `“${said}”前缺数字；请填写`, en: `The figure before “${said}” is missing; fill it in` } }
      : { kind: 'masked', span, text: { zh: `“${said}”的数字被隐去；请填写`, en: `The figure of “${said}” is hidden; fill it in` } });
  }
  let next = 0;
  for (const match of text.matchAll(/[*＊]{1,12}|[_＿]{1,12}/gu)) {
    const end = match.index + match[0].length;
    while (next < masked.length && masked[next].span[1] <= match.index) next++;
    if (next < masked.length && masked[next].span[0] < end) continue;
    // 480* in a table: a mark of a note.
    if (/[0-9%％）)]/u.test(text[match.index - 1] ?? '') && /^(?:\s|$)/u.test(text.slice(end, end + 1))) continue;
    // **加粗** at the beginning of a line is a mark of typing.
    if (match[0].length === 2 && /^\*\*[^*\n]{2,40}\*\*/u.test(text.slice(match.index, match.index + 46)) && (match.index === 0 || text[match.index - 1] === '\n')) continue;
    defects.push({ kind: 'masked', span: [match.index, end], text: { zh: '此处的名称、词语或数字被隐去；请填写', en: 'A name, word or figure is hidden here; fill it in' } });
  }
  return defects;
}

const ASKS = /[吗呢么吧谁何哪怎几否]|多少|如何|难道|岂|([\u4e00-\u9fff])[不没]\1|有没有/u;

/** Characters that a wrong decoding lost: U+FFFD, or a question mark in the middle of a statement. */
function findLostCharacters(text: string): Defect[] {
  const defects: Defect[] = [];
  for (const match of text.matchAll(/\uFFFD{1,64}|(?<=[\u4e00-\u9fff])\?(?=[\u4e00-\u9fff])/gu)) {
    if (match[0] === '?' && ASKS.test(text.slice(Math.max(0, match.index - 24), match.index))) continue;
    defects.push({
      kind: 'encoding', span: [match.index, match.index + match[0].length],
      text: { zh: '此处有字符在转码时丢失；请与原件核对', en: 'A character was lost here when the text was converted; check against the original' },
    });
  }
  return defects;
}

/** Line ends inside sentences, said once for the whole text. */
function findHardWraps(text: string, passages: readonly Passage[]): Defect[] {
  const breaks: Span[] = [];
  for (const { at, text: joined, clause } of passages) {
    // A title over several lines is as it should be.
    if (clause === '0') continue;
    for (let i = 1; i < joined.length; i++) {
      const from = at[i - 1] + 1;
      if (at[i] <= from || joined[i] === '\n' || joined[i - 1] === '\n' || at[i] - from > 12) continue;
      const gap = text.slice(from, at[i]);
      if (gap.includes('\n') && gap.trim() === '') breaks.push([from, at[i]]);
    }
  }
  if (breaks.length === 0) return [];
  const few = breaks.length <= FEW_WRAPS;
  return [{
    kind: 'hard-wrapped', span: [breaks[0][0], breaks[breaks.length - 1][1]],
    text: few
      ? { zh: `句子中间有换行（${breaks.length} 处，已接上）；排版或复制时留下，可删去`, en: `Lines end inside a sentence (${breaks.length} ${breaks.length === 1 ? 'place' : 'places'}, joined again); left by typesetting or copying, remove them` }
      : { zh: `全文逐行硬换行（${breaks.length} 处，已接上）；可向来源索取不换行的文本`, en: `The whole text is broken into lines (${breaks.length} places, joined again); ask for a text without line breaks` },
  }];
}
const FEW_WRAPS = 20;

/** Times that the reader names and does not date, by their rule: what a person has to settle. */
const UNDATED: ReadonlyMap<string, (text: string) => Defect['text']> = new Map([
  ['not-understood', (text) => ({ zh: `时间“${text}”未能读懂，未计入；请人工核对`, en: `The time “${text}” was not understood and is left out; check it by hand` })],
  ['past-or-next', (text) => ({ zh: `“${text}”早于发文日期，不能确定是当年还是次年；请人工确定`, en: `“${text}” is past on the day of publication: of that year or of the next? Settle it by hand` })],
  ['year-in-question', (text) => ({ zh: `“${text}”所指年份文中没有写明；请人工确定`, en: `The text does not say of which year “${text}” is; settle it by hand` })],
  ['month-in-question', (text) => ({ zh: `“${text}”所指月份文中没有写明；请人工确定`, en: `The text does not say of which month “${text}” is; settle it by hand` })],
  ['before-season', (text) => ({ zh: `“${text}”没有写明日期；请按当地安排确定`, en: `“${text}” names no day; settle it by the local calendar` })],
  ['other-era', (text) => ({ zh: `“${text}”用的不是公历，未换算；请人工确定`, en: `“${text}” is of another calendar and is not converted; settle it by hand` })],
]);

function findUnresolved(times: readonly TimeExpression[]): Defect[] {
  const misread = times.flatMap(({ rule, span, text }): Defect[] => {
    const tell = UNDATED.get(rule);
    return tell === undefined ? [] : [{ kind: rule === 'not-understood' ? 'not-understood' : 'unresolved-time', span, text: tell(text) }];
  });
  return [...misread, ...listUndated(times)];
}

function listUndated(times: readonly TimeExpression[]): Defect[] {
  return times.filter((time) => time.relative && time.rule !== 'past-or-next' && time.from === null && time.to === null && (time.kind === 'deadline' || time.kind === 'duration')).map((time) => ({
    kind: 'unresolved-time', span: time.span,
    text: { zh: `“${time.text}”要对照发文日期才能确定；请给出发文日期`, en: `“${time.text}” can only be dated from the date of publication; give that date` },
  }));
}

function findNotUnderstood(quantities: readonly Quantity[]): Defect[] {
  return quantities.filter((quantity) => quantity.value === null && !quantity.masked).map((quantity) => ({
    kind: 'not-understood', span: quantity.span,
    text: { zh: `数量“${quantity.text}”未能读懂，未计入；请人工核对`, en: `The quantity “${quantity.text}” was not understood and is left out; check it by hand` },
  }));
}
