/**
 * What a person read in a document, kept as JSON beside the tests (`annotations/`, `documents/`), and its spans in that document's text.
 *
 * An annotation quotes as little of its document as it can: a span is named by its first and last few characters, without white space
 * (so that hard-wrapped lines do not matter), `["到2030年", "获得要紧进展"]`. The first string must occur exactly once in the text, or a
 * third member says which occurrence is meant; the last string is its first occurrence that ends the span, or a fourth member says which.
 * A list of ["ab", "yz"] pairs is what most of a file is made of. Rules of annotation: docs/policy-annotation.md.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AsideKind, Comparator, DefectKind, DocumentKind, NodeKind, NodeState, Span, Strength, TimeExpression } from '../../src/policy/model.ts';

/** First characters, last characters (may be the same string for a short span), occurrence of the first (from 1), occurrence of the last after it (from 1). */
export type Anchor = readonly [first: string, last: string, firstOccurrence?: number, lastOccurrence?: number];

interface Marked {
  readonly at: Anchor;
  /** Neither a miss when the reader has no such thing, nor false when it has: the rules leave it open, `note` says why. */
  readonly optional?: boolean;
  readonly note?: string;
}
export interface AnnotatedNode {
  readonly level: number;
  readonly kind: NodeKind;
  /** Another kind that the rules allow. */
  readonly orKind?: NodeKind;
  readonly marker?: string;
  /** Absent for opening and closing, which are found by `from`. */
  readonly heading?: string;
  readonly state?: NodeState;
  /** Where it starts, for a node whose heading is not in the text (opening, closing, elided). */
  readonly from?: string;
  /** Where it ends, when that is not where the next node of its level or above starts. The last characters. */
  readonly to?: string;
  readonly optional?: boolean;
  readonly note?: string;
}
export interface AnnotatedTime extends Marked {
  readonly kind: TimeExpression['kind'];
  readonly from?: string;
  readonly to?: string;
  /** Other resolutions that the rules allow: [from, to] pairs. */
  readonly or?: readonly (readonly [string | null, string | null])[];
}
export interface AnnotatedTarget extends Marked {
  readonly value?: number;
  readonly upper?: number;
  readonly unit?: string;
  readonly comparator?: Comparator;
  readonly masked?: boolean;
  /** Last day; absent where there is none or it cannot be resolved. */
  readonly deadline?: string;
  /** Other readings of the deadline, of the section around it; null: none. */
  readonly orDeadline?: string | null | readonly string[];
  /** The same without the words before its deadline. */
  readonly orTo?: Anchor;
  /** It has a deadline that the text alone does not resolve. */
  readonly undated?: boolean;
}
export interface AnnotatedTask extends Marked {
  /** The same task without the clause that only sets its norm. */
  readonly orTo?: Anchor;
  readonly strength?: Strength;
  readonly action?: string;
  /** Last day of the deadline, or "?" where there is one that cannot be resolved. */
  readonly deadline?: string;
  /** Normalised names of lead and supporting bodies. */
  readonly lead?: readonly string[];
  readonly support?: readonly string[];
}
export interface AnnotatedBody extends Marked {
  readonly name: string;
  readonly role: 'lead' | 'support' | 'mentioned';
  /** Other normalised names that say the same body. */
  readonly orNames?: readonly string[];
  /** Another role that the sentence allows. */
  readonly orRole?: 'lead' | 'support' | 'mentioned';
}
export interface AnnotatedFact extends Marked {
  readonly value?: number;
  readonly upper?: number;
  readonly unit: string;
  readonly masked?: boolean;
}
export interface AnnotatedDefect extends Marked {
  readonly kind: DefectKind;
  /** Another kind that names the same fault. */
  readonly or?: DefectKind;
  readonly suggestion?: string;
}
export interface AnnotatedAside extends Marked {
  readonly kind: AsideKind;
}
export interface Annotation {
  /** Of the source's bytes. */
  readonly sha256: string;
  readonly title: string;
  readonly kind: DocumentKind;
  readonly issuer: string | null;
  /** Given to the reader. */
  readonly given?: string;
  /** What the reader shall say. */
  readonly publishedAt: string | null;
  /** Times that another day of publication resolves: [text, from, to]. */
  readonly alsoGiven?: readonly { readonly day: string; readonly times: readonly (readonly [string, string | null, string | null])[] }[];
  readonly outline: readonly AnnotatedNode[];
  readonly aside: readonly AnnotatedAside[];
  readonly times: readonly AnnotatedTime[];
  readonly targets: readonly AnnotatedTarget[];
  readonly facts: readonly AnnotatedFact[];
  readonly tasks: readonly AnnotatedTask[];
  readonly bodies: readonly AnnotatedBody[];
  readonly defects: readonly AnnotatedDefect[];
}

/** A text without its white space, and the way back. */
export interface Squeezed {
  readonly text: string;
  /** Offset in the source of each character; one more entry for the end. */
  readonly at: readonly number[];
}

export function squeeze(source: string): Squeezed {
  let text = '';
  const at: number[] = [];
  for (let i = 0; i < source.length; i++) {
    if (/\s/u.test(source[i])) continue;
    text += source[i];
    at.push(i);
  }
  at.push(source.length);
  return { text, at };
}

const bare = (s: string): string => s.replace(/\s+/gu, '');

function occurrence(text: string, wanted: string, which: number | undefined, from: number): number {
  let at = text.indexOf(wanted, from);
  if (at < 0) throw new Error(`annotation: “${wanted}” is not in the text`);
  if (which === undefined && from === 0 && text.indexOf(wanted, at + 1) >= 0) throw new Error(`annotation: “${wanted}” is in the text more than once; say which`);
  for (let i = 1; i < (which ?? 1); i++) {
    at = text.indexOf(wanted, at + 1);
    if (at < 0) throw new Error(`annotation: “${wanted}” is not in the text ${which} times`);
  }
  return at;
}

/** The span an anchor names, in characters of the source. */
export function resolveAnchor({ text, at }: Squeezed, [first, last, firstNo, lastNo]: Anchor): Span {
  const a = bare(first), z = bare(last);
  const start = occurrence(text, a, firstNo, 0);
  const end = occurrence(text, z, lastNo ?? 1, start) + z.length;
  return [at[start], at[end - 1] + 1];
}

export interface ResolvedNode extends AnnotatedNode {
  readonly id: string;
  readonly parent: string | null;
  readonly span: Span;
  /** Where marker and heading end. */
  readonly headingEnd: number;
}
export type Resolved<T extends Marked> = Omit<T, 'at' | 'orTo'> & { readonly span: Span; readonly orSpan?: Span };
export interface ResolvedAnnotation extends Omit<Annotation, 'outline' | 'aside' | 'times' | 'targets' | 'facts' | 'tasks' | 'bodies' | 'defects'> {
  readonly text: string;
  readonly outline: readonly ResolvedNode[];
  readonly aside: readonly Resolved<AnnotatedAside>[];
  readonly times: readonly Resolved<AnnotatedTime>[];
  readonly targets: readonly Resolved<AnnotatedTarget>[];
  readonly facts: readonly Resolved<AnnotatedFact>[];
  readonly tasks: readonly Resolved<AnnotatedTask>[];
  readonly bodies: readonly Resolved<AnnotatedBody>[];
  readonly defects: readonly Resolved<AnnotatedDefect>[];
}

/** Nodes in reading order: each is searched from where the one before it started. */
function resolveOutline(squeezed: Squeezed, nodes: readonly AnnotatedNode[]): ResolvedNode[] {
  const { text, at } = squeezed;
  const starts: number[] = [], headingEnds: number[] = [], ends: (number | null)[] = [];
  let cursor = 0;
  for (const node of nodes) {
    const wanted = node.from === undefined ? bare((node.marker ?? '') + (node.heading ?? '')) : bare(node.from);
    const start = wanted === '' ? -1 : text.indexOf(wanted, cursor);
    if (start < 0) throw new Error(`annotation: the node “${node.marker ?? ''}${node.heading ?? node.from}” is not in the text after character ${at[cursor]}`);
    starts.push(start);
    headingEnds.push(at[start + wanted.length - 1] + 1);
    let end: number | null = null;
    if (node.to !== undefined) {
      const found = text.indexOf(bare(node.to), start);
      if (found < 0) throw new Error(`annotation: the end “${node.to}” is not in the text`);
      end = found + bare(node.to).length;
    }
    ends.push(end);
    // A heading may be found again only after itself; an elided node stands where the next one may start.
    cursor = node.state === 'elided' ? start : start + 1;
  }
  const path: { level: number; id: string; children: number }[] = [];
  let top = 0;
  return nodes.map((node, i) => {
    let next = i + 1;
    while (next < nodes.length && node.level > 0 && nodes[next].level > node.level) next++;
    const end = ends[i] ?? (next < nodes.length ? starts[next] : text.length);
    const span: Span = end <= starts[i] ? [at[starts[i]], at[starts[i]]] : [at[starts[i]], at[end - 1] + 1];
    if (node.level === 0) return { ...node, id: { title: '0', opening: 'o', closing: 'c' }[node.kind as 'title'] ?? node.kind, parent: null, span, headingEnd: headingEnds[i] };
    while (path.length > 0 && path[path.length - 1].level >= node.level) path.pop();
    const parent = path.at(-1);
    const number = parent === undefined ? ++top : ++parent.children;
    const id = parent === undefined ? `${number}` : `${parent.id}.${number}`;
    path.push({ level: node.level, id, children: 0 });
    return { ...node, id, parent: parent?.id ?? null, span, headingEnd: headingEnds[i] };
  });
}

export function resolveAnnotation(source: string, annotation: Annotation): ResolvedAnnotation {
  const squeezed = squeeze(source);
  const each = <T extends Marked & { orTo?: Anchor }>(list: readonly T[]): Resolved<T>[] => list.map(({ at, orTo, ...rest }) => ({ ...rest, span: resolveAnchor(squeezed, at), ...(orTo === undefined ? {} : { orSpan: resolveAnchor(squeezed, orTo) }) }));
  return {
    ...annotation, text: source, outline: resolveOutline(squeezed, annotation.outline), aside: each(annotation.aside), times: each(annotation.times), targets: each(annotation.targets),
    facts: each(annotation.facts), tasks: each(annotation.tasks), bodies: each(annotation.bodies), defects: each(annotation.defects),
  };
}

export interface AnnotatedSource {
  readonly name: string;
  readonly text: string;
  readonly annotation: Annotation;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Pairs each annotation of `annotations` with the file of `documents` whose bytes have its digest; throws when one has changed or gone. */
export function listAnnotated(documents: string, annotations: string): AnnotatedSource[] {
  if (!existsSync(documents)) return [];
  const files = new Map<string, { name: string; bytes: Uint8Array }>();
  for (const name of readdirSync(documents).filter((file) => file.endsWith('.txt'))) {
    const bytes = readFileSync(join(documents, name));
    files.set(sha256(bytes), { name, bytes });
  }
  return readdirSync(annotations).filter((file) => file.endsWith('.json')).toSorted().map((file) => {
    const annotation = JSON.parse(readFileSync(join(annotations, file), 'utf8')) as Annotation;
    const source = files.get(annotation.sha256);
    if (source === undefined) throw new Error(`annotation ${file}: no document in ${documents} has the digest ${annotation.sha256}; it changed, annotate it again`);
    return { name: source.name, text: new TextDecoder('utf-8', { ignoreBOM: false }).decode(source.bytes), annotation };
  });
}
