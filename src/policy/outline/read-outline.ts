/** The tree of clauses of a policy text, and what is set aside: the steps of `text/`, `aside/` and this folder in their order. */
import type { Contents } from '../aside/find-contents.ts';
import { findContents } from '../aside/find-contents.ts';
import type { Elision } from '../aside/find-elisions.ts';
import { findElisions } from '../aside/find-elisions.ts';
import { findJunkRuns } from '../aside/find-junk.ts';
import type { LineRoles } from '../aside/set-aside.ts';
import { asideKindOf, findLineRoles } from '../aside/set-aside.ts';
import type { Aside, Defect, DocumentKind, IsoDay, OutlineNode, ReadOptions } from '../model.ts';
import { findHintedLines } from '../text/hinted-lines.ts';
import type { Lines } from '../text/split-lines.ts';
import { splitLines } from '../text/split-lines.ts';
import { buildTree } from './build-tree.ts';
import { draftClauses } from './draft-clauses.ts';
import { markBreak } from './find-break.ts';
import { isAppended, isDayLine, isSignature } from './find-headings.ts';
import type { Paragraph } from './join-lines.ts';
import { joinLines } from './join-lines.ts';
import { contradictsDay, findIssuer, findKind, findPublished, findSpoken, ISSUED_LINE, joinTitle, listTitleLines, parseDay } from './read-head.ts';

export interface OutlineReading {
  readonly title: string;
  readonly kind: DocumentKind;
  readonly issuer: string | null;
  readonly publishedAt: IsoDay | null;
  /** Day of the speech, where the text names it: 今年 and 去年 are said from there. */
  readonly spokenAt: IsoDay | null;
  readonly outline: readonly OutlineNode[];
  readonly aside: readonly Aside[];
  /** Defects of numbering and contents. */
  readonly defects: readonly Defect[];
  /** Source offsets at which a paragraph begins, ascending: a line break elsewhere is a page's. */
  readonly paragraphs: Int32Array;
}

/** Asides by line and by note, merged where neighbours are of a kind, without overlaps, in order. */
function listAsides(text: string, lines: Lines, roles: LineRoles, elisions: readonly Elision[]): Aside[] {
  const all: Aside[] = elisions.map(({ span }) => ({ kind: 'elision', span }));
  for (let i = 0; i < lines.count; i++) {
    if (roles.kind[i] === 0) continue;
    const kind = asideKindOf(roles.kind[i]);
    if (kind !== 'elision') all.push({ kind, span: [lines.contentStart[i], lines.contentEnd[i]] });
  }
  for (const span of findJunkRuns(text)) all.push({ kind: 'junk', span });
  all.sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1]);
  const kept: Aside[] = [];
  let isBetweenBlank = false;
  let from = 0;
  for (const aside of all) {
    const last = kept.at(-1);
    if (last === undefined || aside.span[0] >= last.span[1]) {
      isBetweenBlank = last !== undefined && last.kind === aside.kind && aside.kind !== 'elision' && text.slice(from, aside.span[0]).trim() === '';
      if (isBetweenBlank && last !== undefined) kept[kept.length - 1] = { kind: last.kind, span: [last.span[0], aside.span[1]] };
      else kept.push(aside);
      from = aside.span[1];
    } else if (aside.span[1] > last.span[1]) {
      kept.push({ kind: aside.kind, span: [last.span[1], aside.span[1]] });
      from = aside.span[1];
    }
  }
  return kept;
}

/** What no top-level clause and no aside holds: white space, set aside as such. */
function addWhitespace(length: number, outline: readonly OutlineNode[], aside: readonly Aside[]): Aside[] {
  const all: Aside[] = [];
  let at = 0;
  let next = 0;
  const fill = (to: number): void => {
    while (next < aside.length && aside[next].span[0] < to) {
      const { span } = aside[next];
      if (span[0] > at) all.push({ kind: 'whitespace', span: [at, span[0]] });
      all.push(aside[next++]);
      at = Math.max(at, span[1]);
    }
    if (to > at) all.push({ kind: 'whitespace', span: [at, to] });
    at = Math.max(at, to);
  };
  for (const node of outline) {
    if (node.span[0] === node.span[1] || node.parent !== null) continue;
    fill(node.span[0]);
    at = Math.max(at, node.span[1]);
    while (next < aside.length && aside[next].span[0] < node.span[1]) {
      at = Math.max(at, aside[next].span[1]);
      all.push(aside[next++]);
    }
  }
  fill(length);
  return all;
}

function withoutContents(elisions: readonly Elision[], contents: Contents | undefined, lines: Lines): readonly Elision[] {
  if (contents === undefined) return elisions;
  const from = lines.start[contents.fromLine];
  const to = lines.start[contents.toLine];
  return elisions.filter(({ span }) => span[1] <= from || span[0] >= to);
}

const stripExtension = (name: string): string => name.replace(/\.[A-Za-z0-9]{1,5}$/, '');

export function readOutline(text: string, options: ReadOptions = {}): OutlineReading {
  const lines = splitLines(text);
  const contents = findContents(text, lines);
  const elisions = withoutContents(findElisions(text, lines), contents, lines);
  const hinted = findHintedLines(lines, options.headings);
  const roles = findLineRoles(text, lines, contents, elisions, hinted);
  const paragraphs = markBreak(joinLines(text, lines, roles, elisions, hinted));
  const last = paragraphs.at(-1);
  const { drafts, defects, closing } = draftClauses(paragraphs, contents, elisions, text.length);
  const noted = listAsides(text, lines, roles, elisions);
  const outline = buildTree(text, drafts, noted, last?.isCutAfter === true ? last.end : -1);
  const aside = addWhitespace(text.length, outline, noted);
  const { conflict, ...head } = readHead(text, paragraphs, outline, noted, closing, options);
  return { ...head, outline, aside, defects: conflict === undefined ? defects : [...defects, conflict], paragraphs: Int32Array.from(paragraphs, (paragraph) => paragraph.source[0]) };
}

function readHead(text: string, paragraphs: readonly Paragraph[], outline: readonly OutlineNode[], aside: readonly Aside[], [closingFrom, closingTo]: readonly [number, number], options: ReadOptions): Pick<OutlineReading, 'title' | 'kind' | 'issuer' | 'publishedAt' | 'spokenAt'> & { readonly conflict: Defect | undefined } {
  const titled = outline.find((node) => node.kind === 'title');
  // A letter's page without its title: the paper that it hands out names the document.
  const handedOut = titled === undefined ? paragraphs.findIndex((_, i) => isAppended(paragraphs, i, [])) : -1;
  const title = titled?.heading ?? (handedOut < 0 ? '' : joinTitle([paragraphs[handedOut].text]));
  const opening = outline.find((node) => node.kind === 'opening');
  const lines = (kinds: ReadonlySet<string>): string[] => aside.filter(({ kind, span }) => kinds.has(kind) && span[1] - span[0] <= 4000).flatMap(({ span }) => text.slice(span[0], span[1]).split(/[\r\n]+/).map((line) => line.trim()));
  const closing = paragraphs.slice(closingFrom, closingTo).slice(-60).map((paragraph) => paragraph.text);
  // The signature of a letter that hands out a paper stands in the opening.
  const openingLines = paragraphs.filter((paragraph) => opening !== undefined && paragraph.source[0] >= opening.span[0] && paragraph.end <= opening.span[1] && (isDayLine(paragraph.text) || isSignature(paragraph.text) || ISSUED_LINE.test(paragraph.text))).map((paragraph) => paragraph.text);
  const sourceLines = lines(new Set(['source-line']));
  const titleLines = listTitleLines(paragraphs.filter((paragraph) => paragraph.isTitle));
  const openingText = opening === undefined ? '' : text.slice(opening.span[0], Math.min(opening.span[1], opening.span[0] + 300));
  const notes = lines(new Set(['editor-note']));
  const kind = findKind(titleLines.length === 0 ? [title] : titleLines, [...sourceLines, ...notes], openingText);
  const signed = [...openingLines, ...closing];
  const own = findPublished(sourceLines, signed, titleLines.join(' '));
  return {
    title: title === '' ? stripExtension(options.fileName ?? '') : title,
    kind,
    issuer: findIssuer(title, titleLines, kind, sourceLines, openingText, signed),
    publishedAt: options.publishedAt ?? own,
    spokenAt: findSpoken(kind, notes, titleLines, openingText),
    conflict: own === null ? undefined : listConflict(text, options.publishedAt ?? null, own, [...sourceLines, ...signed, ...titleLines]),
  };
}

/** The day that was given as that of publication is not the one that the text names. */
function listConflict(text: string, given: IsoDay | null, own: IsoDay, lines: readonly string[]): Defect | undefined {
  if (given === null || !contradictsDay(given, own)) return undefined;
  const line = lines.find((one) => parseDay(one.slice(0, 400)) === own) ?? '';
  const at = Math.max(0, text.indexOf(line));
  return {
    kind: 'date-conflict', span: [at, at + line.length],
    text: { zh: `给定的发文日期为 ${given}，文中写明的日期为 ${own}；请核对，今年、明年等按它推算`, en: `The day of publication was given as ${given}; the text names ${own}. Check it: this year and next year are counted from it` },
  };
}
