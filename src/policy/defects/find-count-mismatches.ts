/**
 * "讲三点意见", "做好三项工作", "聚焦到四个方面": the list that such an announcement promises, against the clauses that follow it. What is cut
 * from the text is said to be cut, not called a mistake of its writer.
 */
import type { Defect, OutlineNode } from '../model.ts';
import type { Passage } from '../passage.ts';
import { sourceSpan } from '../passage.ts';
import { PatternGate } from '../words/pattern-gate.ts';

const DIGITS = '一二三四五六七八九';
/** Announcement at the end of a sentence or before a colon, number first; units that lists are counted in. */
const ANNOUNCEMENT = /(?<!第|其|之)(十[一二三四五六七八九]?|[两二三四五六七八九]|1[0-9]|[2-9])(?:点|项|个方面|大方面|方面|条|个|件)(?:意见|重点工作|工作要求|工作|重点任务|任务|思想共识|共识|要求|建议|意见建议|措施|举措|重点|关键|环节|问题|目标|制度|机制|行动|工程|原则|办法|体会|事|大事|关系)?(?=[:：。]|$)/gmu;
const GATE = new PatternGate();
const ANNOUNCES = GATE.add(ANNOUNCEMENT).bit;
/** The list begins within this many characters. */
const NEAR = 48;

function valueOf(word: string): number {
  if (/^[0-9]+$/u.test(word)) return Number(word);
  if (word === '两') return 2;
  if (word.startsWith('十')) return 10 + (word.length > 1 ? DIGITS.indexOf(word[1]) + 1 : 0);
  return DIGITS.indexOf(word) + 1;
}

/** 一是 and 二是 are of one list, 一要 of another. */
function styleOf({ marker, kind }: OutlineNode): string {
  if (marker === null) return kind;
  return marker.replace(/[一二三四五六七八九十百0-9０-９①-⑳首先其次再最后]+/gu, '#').trim();
}

/** An announced list of which a cut took the rest: no mistake of the writer. */
export interface CutCount {
  /** For a text whose cut shows at no place of its own. */
  readonly defect: Defect;
  /** To be said where the text was cut. */
  readonly note: Defect['text'];
}

export function findCountMismatches(passages: readonly Passage[], outline: readonly OutlineNode[]): { defects: Defect[]; cut: CutCount[] } {
  const childrenOf = new Map<string | null, OutlineNode[]>();
  const byId = new Map<string, OutlineNode>();
  for (const node of outline) {
    byId.set(node.id, node);
    if (node.level === 0) continue;
    const siblings = childrenOf.get(node.parent);
    if (siblings) siblings.push(node);
    else childrenOf.set(node.parent, [node]);
  }
  const defects: Defect[] = [];
  const lost: CutCount[] = [];
  for (const passage of passages) {
    if ((GATE.scan(passage.text, 0, passage.text.length) & ANNOUNCES) === 0) continue;
    const node = byId.get(passage.clause);
    if (!node || node.kind === 'title' || node.kind === 'closing') continue;
    const children = childrenOf.get(node.kind === 'opening' ? null : node.id) ?? [];
    let next = 0;
    for (const match of passage.text.matchAll(ANNOUNCEMENT)) {
      const end = match.index + match[0].length;
      const span = sourceSpan(passage, match.index, end);
      while (next < children.length && children[next].span[0] < span[1]) next++;
      const list = listFrom(children, next, span[1], node.kind === 'opening');
      if (list.length === 0) continue;
      const promised = valueOf(match[1]);
      const last = list[list.length - 1];
      const found = Math.max(list.length, last.ordinal ?? 0);
      if (found === promised) continue;
      if (found < promised && (list.some((item) => item.state !== 'present') || endsCut(outline))) {
        const said = passage.text.slice(match.index, end);
        lost.push({ defect: { kind: 'count-mismatch', span, text: { zh: `称有 ${promised} 项，文中只见 ${found} 项，其余随删节部分缺失；请取得全文`, en: `${promised} are announced, ${found} are here: the rest is in what was cut from the text; get the full text` } }, note: { zh: `前文称“${said}”，文中只见 ${found} 项`, en: `“${said}” announces ${promised}; ${found} are here` } });
        continue;
      }
      defects.push({
        kind: 'count-mismatch', span,
        text: { zh: `称有 ${promised} 项，实际列出 ${found} 项；请核对数目或补齐内容`, en: `${promised} are announced, ${found} are listed; check the number or add what is missing` },
      });
    }
  }
  return { defects, cut: lost };
}

function endsCut(outline: readonly OutlineNode[]): boolean {
  for (let i = outline.length - 1; i >= 0; i--) {
    if (outline[i].kind === 'closing') return false;
    if (outline[i].state !== 'elided') return outline[i].state === 'cut';
  }
  return false;
}

/** Siblings of one style from `first` on, when the first stands near enough behind the announcement. */
function listFrom(children: readonly OutlineNode[], first: number, after: number, anywhere: boolean): OutlineNode[] {
  const head = children[first];
  if (!head || (!anywhere && head.span[0] - after > NEAR)) return [];
  const style = styleOf(head);
  const list: OutlineNode[] = [];
  for (let i = first; i < children.length; i++) {
    const child = children[i];
    if (styleOf(child) !== style || (list.length > 0 && child.ordinal !== null && child.ordinal <= (list[list.length - 1].ordinal ?? 0))) break;
    list.push(child);
  }
  return list;
}
