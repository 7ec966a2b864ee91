/** The tree of clauses of a policy text, and what is set aside. */
import type { Aside, Defect, DocumentKind, IsoDay, OutlineNode, ReadOptions } from '../model.ts';
import { splitLines } from '../text/split-lines.ts';

export interface OutlineReading {
  readonly title: string;
  readonly kind: DocumentKind;
  readonly issuer: string | null;
  readonly publishedAt: IsoDay | null;
  readonly outline: readonly OutlineNode[];
  readonly aside: readonly Aside[];
  /** Numbering, contents and elision defects. */
  readonly defects: readonly Defect[];
  /** Source offsets at which a paragraph begins, ascending: a line break elsewhere is a page's. */
  readonly paragraphs: Int32Array;
}

interface Draft {
  level: number;
  kind: OutlineNode['kind'];
  marker: string | null;
  heading: string;
  start: number;
  headingEnd: number;
}

export function readOutline(text: string, _options: ReadOptions = {}): OutlineReading {
  const lines = splitLines(text);
  const drafts: Draft[] = [];
  const paragraphs: number[] = [];
  for (let i = 0; i < lines.count; i++) {
    const from = lines.contentStart[i];
    const to = lines.contentEnd[i];
    if (from === to) continue;
    paragraphs.push(from);
    const head = text.slice(from, Math.min(to, from + 60));
    const marker = /^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}、)/.exec(head)?.[0] ?? null;
    if (drafts.length === 0 && marker === null) {
      drafts.push({ level: 0, kind: 'title', marker: null, heading: head, start: from, headingEnd: to });
    } else if (marker !== null) {
      const level = /^[（(]/.test(marker) ? 2 : 1;
      const stop = text.slice(from, to).search(/[。]/);
      const end = stop < 0 ? to : from + stop;
      drafts.push({ level, kind: stop < 0 ? 'section' : 'run-in', marker, heading: text.slice(from + marker.length, end), start: from, headingEnd: end });
    } else if (drafts.length === 1 && drafts[0].level === 0) {
      drafts.push({ level: 0, kind: 'opening', marker: null, heading: head, start: from, headingEnd: from });
    }
  }
  return { title: drafts[0]?.heading ?? '', kind: 'document', issuer: null, publishedAt: null, outline: closeDrafts(text, drafts), aside: drafts.length > 0 && drafts[0].start > 0 ? [{ kind: 'whitespace', span: [0, drafts[0].start] }] : [], defects: [], paragraphs: Int32Array.from(paragraphs) };
}

function closeDrafts(text: string, drafts: Draft[]): OutlineNode[] {
  const nodes: OutlineNode[] = [];
  const counts: number[] = [];
  const path: string[] = [];
  drafts.forEach((draft, i) => {
    let end = text.length;
    for (let j = i + 1; j < drafts.length; j++) {
      if (drafts[j].level <= Math.max(draft.level, 0) || draft.level === 0) {
        end = drafts[j].start;
        break;
      }
    }
    const level = draft.level === 2 && path[1] === undefined ? 1 : draft.level;
    if (level > 0) {
      counts.length = level + 1;
      counts[level] = (counts[level] ?? 0) + 1;
      path.length = level + 1;
      path[level] = level === 1 ? String(counts[1]) : `${path[1]}.${counts[2]}`;
    }
    nodes.push({
      id: draft.kind === 'title' ? '0' : draft.kind === 'opening' ? 'o' : path[level],
      parent: level < 2 ? null : path[1],
      level, kind: draft.kind, marker: draft.marker, ordinal: null, heading: draft.heading,
      headingSpan: [draft.start, draft.headingEnd], span: [draft.start, end], state: 'present',
    });
  });
  return nodes;
}
