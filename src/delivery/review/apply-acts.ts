/**
 * What a person does with items → decisions to be kept. All or none; what an act needs and does not find is refused with the item's words.
 *
 * A decision that is taken back (`reopen`) of an item of the reader is no decision: it is removed, and the proposal stands again.
 */
import { ChengmaiError } from '../../core/errors.ts';
import type { PolicyReading, Span } from '../../policy/model.ts';
import type { ReviewAct } from '../api.ts';
import type { ItemFields, ReviewItem } from '../model.ts';
import { anchorOf, clauseAt } from './anchors.ts';
import { addedItemId } from './items.ts';

/** A decision as it was and as it becomes; null: there is none. */
export interface DecisionChange {
  readonly itemId: string;
  readonly action: ReviewAct['act'];
  readonly before: ReviewItem | null;
  readonly after: ReviewItem | null;
}

const EMPTY: ItemFields = { title: '', action: '', object: '', subject: '', comparator: null, value: null, upper: null, unit: '', lead: [], support: [], deadline: null, place: null, strength: 'should' };
const joined = (text: string): string => text.replace(/\s+/g, '');

/** What of a reading acts need. */
export type ActedText = Pick<PolicyReading, 'text' | 'outline' | 'bodies'>;

function input(code: string, zh: string, en: string, value: string): never {
  throw new ChengmaiError('input', code, { zh, en }, { value });
}

/**
 * @param items of the document as they stand (mergeDecisions)
 * @param stored decisions by item, as kept
 * @throws ChengmaiError not-found `delivery/no-item`; input `delivery/bad-split`, `delivery/bad-merge`, `delivery/bad-span`; conflict `delivery/item-in-ledger`, `delivery/item-exists`
 */
export function applyActs(reading: ActedText, items: readonly ReviewItem[], stored: ReadonlyMap<string, ReviewItem>, acts: readonly ReviewAct[]): DecisionChange[] {
  const now = new Map(items.map((item) => [item.itemId, item]));
  const changes = new Map<string, DecisionChange>();
  const get = (itemId: string): ReviewItem => {
    const item = now.get(itemId);
    if (item === undefined) throw new ChengmaiError('not-found', 'delivery/no-item', { zh: `文件中没有条目“${itemId}”；请刷新后再试。`, en: `The document has no item "${itemId}"; load it again.` }, { value: itemId });
    return item;
  };
  const put = (action: ReviewAct['act'], itemId: string, after: ReviewItem | null): void => {
    const before = changes.get(itemId)?.before ?? stored.get(itemId) ?? null;
    changes.set(itemId, { itemId, action, before, after });
    if (after === null) now.delete(itemId);
    else now.set(itemId, after);
  };
  const standing = (itemId: string): ReviewItem => {
    const item = get(itemId);
    if (item.taskId !== null) throw new ChengmaiError('conflict', 'delivery/item-in-ledger', { zh: `“${item.fields.title}”已下达为任务 ${item.taskId}；请在台账中处理。`, en: `"${item.fields.title}" is task ${item.taskId} of the ledger; change it there.` }, { value: itemId });
    return item;
  };
  const place = (span: Span): Pick<ReviewItem, 'span' | 'clause' | 'anchor'> => {
    const [start, end] = [wholeAt(reading.text, span[0]), wholeAt(reading.text, span[1])];
    if (end <= start || end > reading.text.length || joined(reading.text.slice(start, end)) === '') input('delivery/bad-span', `位置 ${start}–${end} 不在文本内或没有文字。`, `The positions ${start}–${end} hold no words of the text.`, `${start}-${end}`);
    const placed: Span = [start, end];
    const clause = clauseAt(reading.outline, placed)?.id ?? null;
    return { span: placed, clause, anchor: anchorOf(reading, placed, clause) };
  };
  const words = (span: Span): string => joined(reading.text.slice(...span)).slice(0, 1000);

  for (const act of acts) {
    switch (act.act) {
      case 'accept':
        for (const id of act.items) put('accept', id, { ...get(id), state: get(id).state === 'corrected' ? 'corrected' : 'accepted' });
        break;
      case 'reject':
        for (const id of act.items) put('reject', id, { ...standing(id), state: 'rejected' });
        break;
      case 'reopen':
        for (const id of act.items) {
          const item = standing(id);
          put('reopen', id, item.origin === 'reader' && item.from.length === 0 ? null : { ...item, state: 'proposed' });
        }
        break;
      case 'correct': {
        const item = standing(act.item);
        const fields = { ...item.fields, ...(Object.fromEntries(Object.entries(act.fields).filter(([, value]) => value !== undefined)) as Partial<ItemFields>) };
        put('correct', act.item, { ...item, ...(act.span !== undefined && place(act.span)), fields, state: 'corrected' });
        break;
      }
      case 'split': {
        const item = standing(act.item);
        if (item.span === null) input('delivery/bad-split', '条目的文字已不在文本中，不能拆分。', 'The words of the item are no longer in the text.', act.item);
        const [start, end] = item.span;
        const cuts = [...new Set(act.at.map((at) => wholeAt(reading.text, at)))].sort((a, b) => a - b);
        const ends = [start, ...cuts, end];
        if (cuts.some((cut) => cut <= start || cut >= end)) input('delivery/bad-split', `拆分位置须在条目之内（${start}–${end}）。`, `Positions must lie within the item (${start}–${end}).`, cuts.join(', '));
        put('split', item.itemId, { ...item, state: 'rejected' });
        const spans = ends.slice(1).map((to, i) => trimmed(reading.text, [ends[i], to]));
        partBodies(reading, item.fields, spans).forEach((bodies, i) => {
          const span = spans[i];
          const part: ReviewItem = { ...item, ...place(span), itemId: addedItemId(item.kind, reading.text.slice(...span), span, [item.itemId]), origin: 'person', state: 'corrected', fields: { ...item.fields, ...bodies, title: words(span) }, proposed: null, from: [item.itemId] };
          put('split', part.itemId, part);
        });
        break;
      }
      case 'merge': {
        const merged = act.items.map(standing);
        const spans = merged.map(({ span }) => span).filter((span) => span !== null);
        if (new Set(act.items).size < 2 || spans.length < merged.length || new Set(merged.map(({ kind }) => kind)).size > 1) input('delivery/bad-merge', '只能合并两个以上、同一类、文字仍在文本中的条目。', 'Only two or more items of one kind whose words are in the text can be merged.', act.items.join(', '));
        const span: Span = [Math.min(...spans.map(([start]) => start)), Math.max(...spans.map(([, end]) => end))];
        const [first] = merged;
        const all = (field: 'lead' | 'support'): string[] => [...new Set(merged.flatMap(({ fields }) => fields[field]))];
        // “A要牵头，会同B，在6月底前完成…” read as two: the deadline stands in the second
        const said = (field: 'deadline' | 'place'): string | null => merged.map(({ fields }) => fields[field]).find((value) => value !== null) ?? null;
        for (const item of merged) put('merge', item.itemId, { ...item, state: 'rejected' });
        const from = [...new Set(act.items)];
        const whole: ReviewItem = { ...first, ...place(span), itemId: addedItemId(first.kind, reading.text.slice(...span), span, from), origin: 'person', state: 'corrected', fields: { ...first.fields, title: words(span), lead: all('lead'), support: all('support'), deadline: said('deadline'), place: said('place') }, proposed: null, from };
        put('merge', whole.itemId, whole);
        break;
      }
      case 'add': {
        const span = trimmed(reading.text, [wholeAt(reading.text, act.span[0]), wholeAt(reading.text, act.span[1])]);
        const placed = place(span);
        const fields = { ...EMPTY, title: words(span), ...(Object.fromEntries(Object.entries(act.fields ?? {}).filter(([, value]) => value !== undefined)) as Partial<ItemFields>) };
        const item: ReviewItem = { ...placed, itemId: addedItemId(act.kind, reading.text.slice(...span), span), kind: act.kind, origin: 'person', state: 'accepted', fields, proposed: null, from: [], taskId: null };
        const there = now.get(item.itemId);
        if (there !== undefined && there.state !== 'rejected') throw new ChengmaiError('conflict', 'delivery/item-exists', { zh: `“${there.fields.title}”已经是条目；请直接修改它。`, en: `"${there.fields.title}" is an item already; correct that one.` }, { value: item.itemId });
        put('add', item.itemId, item);
      }
    }
  }
  return [...changes.values()];
}

/**
 * Which of an item's bodies each of its parts has: those that are named in the part. A part that names none may be meant by all of them (“A牵头，改造…；加装…”), and a body that
 * no part names may be meant for each.
 */
function partBodies({ text, bodies }: ActedText, fields: ItemFields, parts: readonly Span[]): Pick<ItemFields, 'lead' | 'support'>[] {
  const names = [...new Set([...fields.lead, ...fields.support])];
  const named = names.map((name) => {
    const mentions = bodies.find((body) => body.name === name)?.mentions ?? [];
    return parts.map(([start, end]) => mentions.some(([at]) => start <= at && at < end) || joined(text.slice(start, end)).includes(name));
  });
  return parts.map((_, part) => {
    const isOwn = (name: string): boolean => {
      const where = named[names.indexOf(name)];
      return where[part] || !where.includes(true) || named.every((each) => !each[part]);
    };
    return { lead: fields.lead.filter(isOwn), support: fields.support.filter(isOwn) };
  });
}

/** A position between characters: a character beyond U+FFFF takes two places, and half of it is no text. */
function wholeAt(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(at)) && /[\ud800-\udbff]/.test(text.charAt(at - 1)) ? at - 1 : at;
}

/** A span without the white space and the punctuation at its ends. */
function trimmed(text: string, [start, end]: Span): Span {
  const isEdge = (at: number): boolean => /[\s,，;；。、:：]/.test(text[at]);
  let [from, to] = [start, Math.min(end, text.length)];
  while (from < to && isEdge(from)) from++;
  while (to > from && isEdge(to - 1)) to--;
  return [from, to];
}
