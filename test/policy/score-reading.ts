/**
 * How far a reading agrees with what a person annotated. All spans are compared by the characters that carry text: white space and what the
 * annotation sets aside do not count. Rules: docs/policy-annotation.md.
 */
import type { OutlineNode, PolicyReading, Span } from '../../src/policy/model.ts';
import type { ResolvedAnnotation, ResolvedNode } from './annotations.ts';

export const SCORED = ['outline', 'times', 'targets', 'facts', 'tasks', 'bodies', 'defects'] as const;
export type Scored = (typeof SCORED)[number];

export interface Score {
  readonly right: number;
  /** Annotated and not found, in words. */
  readonly misses: readonly string[];
  /** Found and not annotated, in words. */
  readonly falses: readonly string[];
}
export interface ReadingScore {
  readonly scores: Readonly<Record<Scored, Score>>;
  /** Title, kind, issuer, day of publication that differ. */
  readonly head: readonly string[];
  /** Share of set-aside characters that both set aside (intersection over union). */
  readonly aside: number;
  /** Of the tasks that match: how many agree in each part, of how many that have it annotated. */
  readonly parts: Readonly<Record<'action' | 'body' | 'deadline' | 'strength', { readonly agree: number; readonly of: number; readonly differ: readonly string[] }>>;
}

export function f1({ right, misses, falses }: Pick<Score, 'right' | 'misses' | 'falses'>): number {
  const all = 2 * right + misses.length + falses.length;
  return all === 0 ? 1 : (2 * right) / all;
}

/** Sums scores of several documents. */
export function sumScores(scores: readonly Score[]): Score {
  return { right: scores.reduce((sum, score) => sum + score.right, 0), misses: scores.flatMap((score) => score.misses), falses: scores.flatMap((score) => score.falses) };
}

/** Number of text characters before each offset. */
function countText(text: string, aside: readonly { span: Span }[]): Int32Array {
  const hidden = new Uint8Array(text.length);
  for (const { span } of aside) hidden.fill(1, span[0], span[1]);
  const before = new Int32Array(text.length + 1);
  for (let i = 0; i < text.length; i++) before[i + 1] = before[i] + (hidden[i] === 1 || /\s/u.test(text[i]) ? 0 : 1);
  return before;
}

const squeezed = (s: string): string => s.replace(/\s+/gu, '');
const bareHeading = (s: string): string => squeezed(s).replace(/[。;；:：,，]+$/u, '');
const key = (s: string | null | undefined): string => squeezed(s ?? '');

interface Truth { readonly span: Span; readonly orSpan?: Span; readonly optional?: boolean }
interface Found { readonly span: Span }

/** One-to-one matching, best overlap first, of what `same` allows. Optional truths neither count for nor against. */
function match<A extends Truth, B extends Found>(before: Int32Array, truths: readonly A[], founds: readonly B[], least: number, same: (a: A, b: B) => boolean, sayA: (a: A) => string, sayB: (b: B) => string): { score: Score; pairs: [A, B][] } {
  const overlap = (a: Span, b: Span): number => {
    const [a0, a1, b0, b1] = [before[a[0]], before[a[1]], before[b[0]], before[b[1]]];
    const both = Math.min(a1, b1) - Math.max(a0, b0);
    return both <= 0 ? 0 : both / (Math.max(a1, b1) - Math.min(a0, b0));
  };
  const candidates: { a: number; b: number; overlap: number }[] = [];
  truths.forEach((truth, a) => founds.forEach((found, b) => {
    const share = Math.max(overlap(truth.span, found.span), truth.orSpan === undefined ? 0 : overlap(truth.orSpan, found.span));
    if (share >= least && same(truth, found)) candidates.push({ a, b, overlap: share });
  }));
  candidates.sort((x, y) => y.overlap - x.overlap || x.a - y.a || x.b - y.b);
  const ofA = new Map<number, number>(), ofB = new Set<number>();
  for (const { a, b } of candidates) {
    if (ofA.has(a) || ofB.has(b)) continue;
    ofA.set(a, b);
    ofB.add(b);
  }
  const pairs = [...ofA].toSorted((x, y) => x[0] - y[0]).map(([a, b]): [A, B] => [truths[a], founds[b]]);
  return {
    pairs,
    score: {
      right: pairs.filter(([a]) => a.optional !== true).length,
      misses: truths.filter((truth, a) => !ofA.has(a) && truth.optional !== true).map(sayA),
      // What overlaps something optional by half, or is a part of it, is left open as well.
      falses: founds.filter((found, b) => !ofB.has(b) && !truths.some((truth) => (truth.optional === true || truth.orSpan !== undefined) && (overlap(truth.span, found.span) >= Math.min(least, 0.5) || (before[truth.span[0]] <= before[found.span[0]] && before[found.span[1]] <= before[truth.span[1]])))).map(sayB),
    },
  };
}

function scoreOutline(annotation: ResolvedAnnotation, reading: PolicyReading, before: Int32Array): Score {
  const partner = new Map<string, string>();
  const used = new Set<OutlineNode>();
  const misses: string[] = [];
  let right = 0;
  const say = (node: ResolvedNode | OutlineNode): string => `${node.id} ${node.kind} L${node.level} ${node.state ?? 'present'} ${node.marker ?? '–'} “${(node.heading ?? '').slice(0, 24)}” [${node.span}]`;
  const hasChild = (id: string): boolean => annotation.outline.some((node) => node.parent === id);
  for (const truth of annotation.outline) {
    const faults = (node: OutlineNode): string[] => {
      const list: string[] = [];
      if (node.kind !== truth.kind && node.kind !== truth.orKind) list.push('kind');
      if (node.level !== truth.level) list.push('level');
      if (key(node.marker) !== key(truth.marker)) list.push('marker');
      if (truth.heading !== undefined && bareHeading(node.heading) !== bareHeading(truth.heading) && !(truth.kind === 'title' && squeezed(node.heading).startsWith(bareHeading(truth.heading)))) list.push('heading');
      if (node.state !== (truth.state ?? 'present')) list.push('state');
      if (node.parent !== (truth.parent === null ? null : (partner.get(truth.parent) ?? '?'))) list.push('parent');
      let start = before[node.span[0]] === before[truth.span[0]], end = before[node.span[1]] === before[truth.span[1]];
      // Byline, date, number of the document under the title: the title's or the opening's. An annex after the closing: its own or the closing's.
      if (truth.kind === 'title') end = before[node.span[1]] >= before[truth.headingEnd] && before[node.span[1]] <= before[truth.span[1]];
      if (truth.kind === 'opening') start = before[node.span[0]] <= before[truth.span[0]] && before[node.span[0]] >= before[annotation.outline[0].headingEnd];
      if (truth.kind === 'closing') end = before[node.span[1]] >= before[truth.span[1]];
      // What is left of an elided section may be given to it or to its neighbours: it has no printed heading to decide it.
      const empty = truth.state === 'elided' && hasChild(truth.id) && before[node.span[0]] === before[node.span[1]];
      if (!(start && end) && !(empty && start)) list.push('span');
      return list;
    };
    const near = reading.outline.filter((node) => !used.has(node)).map((node) => ({ node, faults: faults(node) }));
    const best = near.find((one) => one.faults.length === 0);
    if (best !== undefined) {
      used.add(best.node);
      partner.set(truth.id, best.node.id);
      if (truth.optional !== true) right++;
    } else if (truth.optional !== true) {
      const close = near.filter((one) => truth.heading !== undefined && truth.heading !== '' && bareHeading(one.node.heading) === bareHeading(truth.heading) || before[one.node.span[0]] === before[truth.span[0]]).toSorted((x, y) => x.faults.length - y.faults.length)[0];
      misses.push(`${say(truth)}${close === undefined ? '' : ` ← differs in ${close.faults.join(', ')}: ${say(close.node)}`}`);
    }
  }
  const leftOpen = (node: OutlineNode): boolean => annotation.outline.some((truth) => truth.optional === true && before[truth.span[0]] <= before[node.span[0]] && before[node.span[1]] <= before[truth.span[1]]);
  return { right, misses, falses: reading.outline.filter((node) => !used.has(node) && !leftOpen(node)).map(say) };
}

export function scoreReading(annotation: ResolvedAnnotation, reading: PolicyReading): ReadingScore {
  const { text } = annotation;
  const before = countText(text, annotation.aside);
  const quote = ([a, b]: Span): string => squeezed(text.slice(a, b));
  const number = (value: number | null | undefined): string => (value === null || value === undefined ? '' : `${value}`);

  const times = match(before, annotation.times, reading.times, 0.4,
    (a, b) => a.optional === true || (key(a.from) === key(b.from) && key(a.to) === key(b.to)) || (a.or ?? []).some(([from, to]) => key(from) === key(b.from) && key(to) === key(b.to)),
    (a) => `${quote(a.span)} ${a.kind} ${a.from ?? '·'}…${a.to ?? '·'}`, (b) => `${quote(b.span)} ${b.kind} ${b.from ?? '·'}…${b.to ?? '·'} (${b.rule})`);

  const targets = match(before, annotation.targets, reading.targets, 0.8,
    (a, b) => a.optional === true || number(a.value) === number(b.quantity?.value) && number(a.upper) === number(b.quantity?.upper) && key(a.unit) === key(b.quantity?.unit)
      && (a.value === undefined || (a.comparator === undefined ? ['=', '>=', '>'].includes(b.quantity?.comparator ?? '') : a.comparator === b.quantity?.comparator)) && (a.masked ?? false) === (b.quantity?.masked ?? false)
      && (key(a.deadline) === key(b.deadline?.to) || (a.orDeadline !== undefined && [a.orDeadline].flat().some((one) => key(one) === key(b.deadline?.to)))) && (a.undated !== true || b.deadline !== null),
    (a) => `${quote(a.span)} ${a.comparator ?? ''}${a.value ?? 'state'}${a.unit ?? ''} by ${a.deadline ?? '·'}`,
    (b) => `${quote(b.span)} ${b.quantity?.comparator ?? ''}${b.quantity === null ? 'state' : (b.quantity.value ?? 'masked')}${b.quantity?.unit ?? ''} by ${b.deadline?.to ?? '·'}`);

  // A fact is annotated at its quantity: how much of the clause around it belongs to it is no question of right or wrong.
  const facts = match(before, annotation.facts, reading.facts.map((fact) => ({ ...fact, span: fact.quantity.span })), 0.5,
    (a, b) => a.optional === true || number(a.value) === number(b.quantity.value) && number(a.upper) === number(b.quantity.upper) && key(a.unit) === key(b.quantity.unit) && (a.masked ?? false) === b.quantity.masked,
    (a) => `${quote(a.span)} ${a.value ?? 'masked'}${a.unit}`, (b) => `${quote(b.span)} ${b.quantity.value ?? 'masked'}${b.quantity.unit}`);

  const tasks = match(before, annotation.tasks, reading.tasks, 0.8, () => true, (a) => quote(a.span), (b) => quote(b.span));

  const roles = new Map<string, string>();
  for (const task of reading.tasks) for (const body of task.bodies) if (body.role !== 'mentioned' || !roles.has(`${body.span}`)) roles.set(`${body.span}`, body.role);
  const mentions = reading.bodies.flatMap((body) => body.mentions.map((span) => ({ span, body, role: roles.get(`${span}`) ?? 'mentioned' })));
  const bodies = match(before, annotation.bodies, mentions, 0.6, (a, b) => a.optional === true || ((a.name === b.body.name || (a.orNames ?? []).includes(b.body.name)) && (a.role === b.role || a.orRole === b.role)),
    (a) => `${quote(a.span)} = ${a.name} ${a.role}`, (b) => `${quote(b.span)} = ${b.body.name} ${b.role}`);

  // Some are said once for a document however often they are in it: the first is scored, the others are left open.
  const once = new Set<string>(['synonym-spun', 'hard-wrapped', 'masked', 'blank', 'cut-off', 'unresolved-time']);
  const everywhere = (kind: string): boolean => once.has(kind) && annotation.defects.some((defect) => defect.kind === kind);
  const seen = new Set<string>();
  const found = reading.defects.filter(({ kind }) => !everywhere(kind) || (!seen.has(kind) && seen.add(kind))).map((defect) => (everywhere(defect.kind) ? { ...defect, span: annotation.defects.find(({ kind }) => kind === defect.kind)!.span } : defect));
  // Many stand in what is set aside.
  const defects = match(countText(text, []), annotation.defects, found, 0.01, (a, b) => a.kind === b.kind || a.or === b.kind, (a) => `${a.kind}: ${quote(a.span).slice(0, 40)}`, (b) => `${b.kind}: ${quote(b.span).slice(0, 40)}`);

  const parts = { action: part(), body: part(), deadline: part(), strength: part() };
  for (const [a, b] of tasks.pairs) {
    tally(parts.strength, (a.strength ?? 'should') === b.strength, `${quote(b.span)}: ${b.strength}, annotated ${a.strength ?? 'should'}`);
    if (a.action !== undefined) tally(parts.action, b.action !== '' && (a.action.includes(b.action) || b.action.includes(a.action) || (a.strength !== undefined && a.strength !== 'must' && /支持|鼓励|引导|探索|研究|试行/u.test(b.action))), `${quote(b.span)}: ${b.action}, annotated ${a.action}`);
    if (a.deadline !== undefined || b.deadline !== null) tally(parts.deadline, a.deadline === '?' ? b.deadline !== null && b.deadline.to === null : key(a.deadline) === key(b.deadline?.to), `${quote(b.span)}: ${b.deadline?.to}, annotated ${a.deadline}`);
    if (a.lead !== undefined || a.support !== undefined) {
      const alias = (name: string): string => annotation.bodies.find((body) => body.name === name || (body.orNames ?? []).includes(name))?.name ?? name;
      const named = (role: string): string => b.bodies.filter((body) => body.role === role).map((body) => reading.bodies.find((one) => one.mentions.some((span) => `${span}` === `${body.span}`))?.name ?? body.text).map(alias).toSorted().join('、');
      const lead = (a.lead ?? []).toSorted().join('、'), support = (a.support ?? []).toSorted().join('、');
      tally(parts.body, named('lead') === lead && named('support') === support, `${quote(b.span)}: ${named('lead')} / ${named('support')}, annotated ${lead} / ${support}`);
    }
  }

  const head: string[] = [];
  if (key(reading.title) !== key(annotation.title)) head.push(`title “${reading.title}”, annotated “${annotation.title}”`);
  if (reading.kind !== annotation.kind) head.push(`kind ${reading.kind}, annotated ${annotation.kind}`);
  if (key(reading.issuer) !== key(annotation.issuer)) head.push(`issuer ${reading.issuer}, annotated ${annotation.issuer}`);
  if (key(reading.publishedAt) !== key(annotation.publishedAt)) head.push(`published ${reading.publishedAt}, annotated ${annotation.publishedAt}`);

  return {
    head, parts, aside: shareAside(text, annotation, reading),
    scores: { outline: scoreOutline(annotation, reading, before), times: times.score, targets: targets.score, facts: facts.score, tasks: tasks.score, bodies: bodies.score, defects: defects.score },
  };
}

interface Part { agree: number; of: number; differ: string[] }
const part = (): Part => ({ agree: 0, of: 0, differ: [] });
function tally(to: Part, agrees: boolean, words: string): void {
  to.of++;
  if (agrees) to.agree++;
  else to.differ.push(words);
}

function shareAside(text: string, annotation: ResolvedAnnotation, reading: PolicyReading): number {
  const seen = new Uint8Array(text.length);
  for (const { span, optional } of annotation.aside) for (let i = span[0]; i < span[1]; i++) seen[i] |= optional === true ? 4 : 1;
  for (const { span } of reading.aside) for (let i = span[0]; i < span[1]; i++) seen[i] |= 2;
  let both = 0, either = 0;
  for (let i = 0; i < text.length; i++) {
    if (seen[i] === 0 || seen[i] >= 4 || /\s/u.test(text[i])) continue;
    either++;
    if (seen[i] === 3) both++;
  }
  return either === 0 ? 1 : both / either;
}
