/** Mistakes of numbering, in words, at the marker that shows them. */
import type { Contents } from '../aside/find-contents.ts';
import type { Defect } from '../model.ts';
import type { Heading } from './find-headings.ts';
import type { Paragraph } from './join-lines.ts';
import { sourceEnd, sourceOffset } from './join-lines.ts';
import type { NumberingFault, Placed } from './place-headings.ts';
import type { Reconciled } from './reconcile-contents.ts';

const KIND = { gap: 'numbering-gap', repeat: 'numbering-repeat', style: 'numbering-style' } as const;

function describe(fault: NumberingFault, marker: string, expected: number): Defect['text'] {
  if (fault === 'style') return { zh: `“${marker}”的编号形式与上一级不同，按顺序是第${expected}个同级标题；请核对。`, en: `“${marker}” is written in another style than its level's; by its place it is number ${expected} there. Check it.` };
  if (fault === 'repeat') return { zh: `“${marker}”的编号重复或倒退，此处应为第${expected}；请核对。`, en: `“${marker}” repeats a number or goes back; ${expected} was expected here. Check it.` };
  return { zh: `“${marker}”之前缺少编号，此处应为第${expected}；请核对是否有遗漏。`, en: `A number is missing before “${marker}”; ${expected} was expected here. Check whether something is lost.` };
}

export function listNumberingDefect(paragraph: Paragraph, mark: { readonly markerLength: number; readonly at?: number }, { fault, expected }: Placed): Defect | undefined {
  if (fault === undefined || mark.markerLength === 0) return undefined;
  const at = mark.at ?? 0;
  const end = at + mark.markerLength;
  return { kind: KIND[fault], span: [sourceOffset(paragraph, at), sourceEnd(paragraph, end)], text: describe(fault, paragraph.text.slice(at, end).trim(), expected) };
}

/**
 * Contents numbered wrongly, sections that the body lost, headings that the contents do not name. Where notes say that text was left out
 * (`isCut`), lost sections are no mistakes of the writer: the outline has them as elided, and they are said once.
 */
export function listContentsDefects(contents: Contents, reconciled: Reconciled, headings: readonly Heading[], paragraphs: readonly Paragraph[], isCut: boolean): Defect[] {
  const defects: Defect[] = [];
  contents.entries.forEach((entry, e) => {
    const { fault, expected } = reconciled.entryFaults[e];
    if (fault === undefined || entry.markerText === null) return;
    defects.push({ kind: KIND[fault], span: [entry.span[0], entry.span[0] + entry.markerText.length], text: describe(fault, entry.markerText.trim(), expected) });
  });
  if (isCut && reconciled.lost.length > 0) defects.push(describeLost(contents, reconciled));
  for (const { entry } of isCut ? [] : reconciled.lost) {
    const { span, heading } = contents.entries[entry];
    defects.push({ kind: 'contents-mismatch', span, text: { zh: `目录列有“${heading}”，正文中没有；正文可能有删节。`, en: `The contents name “${heading}”, which the body does not have; text may be left out.` } });
  }
  for (const h of reconciled.unnamed) {
    const { paragraph, markerLength, headingEnd } = headings[h];
    const from = paragraphs[paragraph];
    const heading = from.text.slice(markerLength, headingEnd).trim();
    defects.push({ kind: 'contents-mismatch', span: [from.source[0], sourceEnd(from, headingEnd)], text: { zh: `标题“${heading}”未列入目录；请核对。`, en: `The heading “${heading}” is not in the contents. Check it.` } });
  }
  return defects;
}

/** The sections that a cut took, outermost by name. */
function describeLost(contents: Contents, { lost }: Reconciled): Defect {
  const least = Math.min(...lost.map(({ level }) => level));
  const named = lost.filter(({ level }) => level === least).map(({ entry }) => `${contents.entries[entry].markerText ?? ''}${contents.entries[entry].heading}`);
  const shown = named.slice(0, MOST_NAMED).map((name) => `“${name}”`).join('、');
  return {
    kind: 'contents-mismatch', span: contents.entries[lost[0].entry].span,
    text: { zh: `目录所列标题有 ${lost.length} 个正文中没有，如${shown}；随删节缺失，请取得全文后重新导入`, en: `${lost.length} headings of the contents are not in the body, such as ${shown}; they went with what was cut: get the full text and import it again` },
  };
}
const MOST_NAMED = 3;
