/**
 * What the reader proposes, as items; and the decisions of persons laid over them.
 *
 * Items are named by their kind, words and place, so the same reading names them the same. A decision replaces the proposal of its name; one that was made on another
 * reading is looked for by its words and takes the place of the proposal that stands there.
 */
import { isSameJson } from '../../core/same-json.ts';
import type { PolicyReading, PolicyTask, Span, Target } from '../../policy/model.ts';
import type { ItemFields, ItemKind, ReviewItem } from '../model.ts';
import { anchorOf, clauseAt, findAnchor } from './anchors.ts';

/** FNV-1a over UTF-16 units, 2 × 32 bits, in base 36. Names, not secrets: 2⁻⁶⁴ for two of a document's items to meet. */
function nameOf(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193) >>> 0;
    b = Math.imul(b ^ ((code << 5) | (code >>> 3)), 0x85ebca6b) >>> 0;
  }
  return a.toString(36) + b.toString(36);
}

const joined = (text: string): string => text.replace(/\s+/g, '');

const EMPTY: ItemFields = { title: '', action: '', object: '', subject: '', comparator: null, value: null, upper: null, unit: '', lead: [], support: [], deadline: null, place: null, strength: 'should' };

function fieldsOfTarget({ text }: PolicyReading, target: Target): ItemFields {
  const { quantity, deadline } = target;
  return {
    ...EMPTY, title: joined(text.slice(...target.span)), subject: target.subject, object: target.state ?? '', comparator: quantity?.comparator ?? null, value: quantity?.value ?? null,
    upper: quantity?.upper ?? null, unit: quantity?.unit ?? '', deadline: deadline?.to ?? null, place: target.area, strength: target.strength,
  };
}

/** @param names of bodies by where they are mentioned */
function fieldsOfTask(reading: PolicyReading, task: PolicyTask, names: ReadonlyMap<number, string>): ItemFields {
  const named = (role: 'lead' | 'support'): string[] => [...new Set(task.bodies.filter((mention) => mention.role === role).map(({ span, text }) => names.get(span[0]) ?? text))];
  return {
    ...EMPTY, title: joined(reading.text.slice(...task.span)), action: task.action, object: task.object, lead: named('lead'), support: named('support'),
    deadline: task.deadline?.to ?? null, place: task.place, strength: task.strength,
  };
}

/** The reader's proposals, in the order of the text. */
export function listProposals(reading: PolicyReading): ReviewItem[] {
  const seen = new Map<string, number>();
  const names = new Map(reading.bodies.flatMap(({ name, mentions }) => mentions.map(([start]) => [start, name] as const)));
  const make = (kind: ItemKind, span: Span, clause: string, fields: ItemFields): ReviewItem => {
    const anchor = anchorOf(reading, span, clause);
    const key = `${kind}|${joined(anchor.quote)}|${anchor.path.map(joined).join('|')}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return { itemId: `${kind}-${nameOf(`${key}|${count}`)}`, kind, origin: 'reader', state: 'proposed', span, clause, anchor, fields, proposed: fields, from: [], taskId: null };
  };
  return [
    ...reading.targets.map((target) => make('target', target.span, target.clause, fieldsOfTarget(reading, target))),
    ...reading.tasks.map((task) => make('task', task.span, task.clause, fieldsOfTask(reading, task, names))),
  ].sort(inTextOrder);
}

const inTextOrder = (a: ReviewItem, b: ReviewItem): number => (a.span?.[0] ?? Infinity) - (b.span?.[0] ?? Infinity) || (a.span?.[1] ?? 0) - (b.span?.[1] ?? 0) || a.itemId.localeCompare(b.itemId);

const overlap = ([a, b]: Span, [c, d]: Span): number => Math.max(0, Math.min(b, d) - Math.max(a, c)) / Math.max(1, Math.max(b, d) - Math.min(a, c));
/** Two spans that share this of their union are of one thing. */
const SAME = 0.5;

/** A name for an item that a person adds, or makes of others: what is split, merged and split again gets other names, so that no item comes of itself. */
export const addedItemId = (kind: ItemKind, quote: string, span: Span, from: readonly string[] = []): string => `${kind}-p${nameOf([joined(quote), span[0], ...from].join('|'))}`;

/** Items that were split or merged into others that stand, over any number of steps: they stand no longer for themselves. */
function replacedItems(decisions: readonly ReviewItem[]): Set<string> {
  const byId = new Map(decisions.map((item) => [item.itemId, item]));
  const replaced = new Set<string>();
  const open = decisions.filter(({ state }) => state !== 'rejected' && state !== 'proposed').flatMap(({ from }) => from);
  for (let itemId = open.pop(); itemId !== undefined; itemId = open.pop()) {
    const item = byId.get(itemId);
    if (replaced.has(itemId) || (item !== undefined && item.state !== 'rejected')) continue;
    replaced.add(itemId);
    open.push(...(item?.from ?? []));
  }
  return replaced;
}

/** What of a reading tells where the words of a decision stand. */
export type ReviewedText = Pick<PolicyReading, 'text' | 'outline'>;

/** Whether the words that a decision was made on stand where they stood, with the same around them. */
function standsStill({ span, anchor }: ReviewItem, reading: ReviewedText): boolean {
  return span !== null && isSameJson(anchorOf(reading, span, clauseAt(reading.outline, span)?.id ?? null), anchor);
}

/** Takes out of the proposals those that are of one thing with an item: what stands at least half in the other begins no further before it than it is long. */
function takeOut(proposals: Map<string, ReviewItem>, ordered: readonly ReviewItem[], { kind, span }: ReviewItem): void {
  if (span === null) return;
  let [low, high] = [0, ordered.length];
  const from = span[0] - (span[1] - span[0]);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ordered[middle].span?.[0] ?? Infinity) < from) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < ordered.length && (ordered[i].span?.[0] ?? Infinity) <= span[1]; i++) {
    const proposal = ordered[i];
    if (proposal.kind === kind && proposal.span !== null && overlap(proposal.span, span) >= SAME) proposals.delete(proposal.itemId);
  }
}

/**
 * The items of a document: proposals with the decisions over them, in the order of the text; orphaned ones last.
 *
 * @param proposed what the reader proposes (listProposals)
 * @param decisions as stored, whatever reading they were made on
 */
export function layDecisions(reading: ReviewedText, proposed: readonly ReviewItem[], decisions: readonly ReviewItem[]): ReviewItem[] {
  const proposals = new Map(proposed.map((item) => [item.itemId, item]));
  const decided: ReviewItem[] = [];
  const consumed = replacedItems(decisions);
  for (const decision of decisions) {
    const same = proposals.get(decision.itemId);
    const stood = decision.span !== null && reading.text.slice(...decision.span) === decision.anchor.quote ? decision.span : undefined;
    const span = same !== undefined && same.anchor.quote === decision.anchor.quote ? same.span : standsStill(decision, reading) ? decision.span : (findAnchor(decision.anchor, reading) ?? stood ?? null);
    if (same !== undefined) proposals.delete(decision.itemId);
    if (span === null) {
      decided.push({ ...decision, state: decision.state === 'rejected' ? 'rejected' : 'orphaned', span: null, clause: null });
      continue;
    }
    decided.push({ ...decision, span, clause: clauseAt(reading.outline, span)?.id ?? null });
  }
  for (const item of decided) takeOut(proposals, proposed, item);
  return [...proposals.values(), ...decided].filter(({ itemId }) => !consumed.has(itemId)).sort(inTextOrder);
}

/** As layDecisions, of a whole reading. */
export function mergeDecisions(reading: PolicyReading, decisions: readonly ReviewItem[]): ReviewItem[] {
  return layDecisions(reading, listProposals(reading), decisions);
}
