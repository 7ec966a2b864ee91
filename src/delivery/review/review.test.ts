import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import type { OutlineNode, PolicyReading, PolicyTask, Span } from '../../policy/model.ts';
import type { ReviewAct } from '../api.ts';
import { reviewItemSchema } from '../api.ts';
import type { ReviewItem } from '../model.ts';
import { clauseAt, denseText, findAnchor } from './anchors.ts';
import { applyActs } from './apply-acts.ts';
import { listProposals, mergeDecisions } from './items.ts';

/** A reading made by hand: sections `# heading`, one task per sentence. */
function readBy(text: string): PolicyReading {
  const outline: OutlineNode[] = [];
  const tasks: PolicyTask[] = [];
  const heads = [...text.matchAll(/^# (.*)$/gm)];
  for (const [i, head] of heads.entries()) {
    const start = head.index;
    const end = heads[i + 1]?.index ?? text.length;
    const id = String(i + 1);
    outline.push({ id, parent: null, level: 1, kind: 'section', marker: null, ordinal: null, heading: head[1], headingSpan: [start, start + head[0].length], span: [start, end], state: 'present' });
    const from = start + head[0].length;
    for (const sentence of text.slice(from, end).matchAll(/[^。\s][^。]*(?=。)/g)) {
      const span: Span = [from + sentence.index, from + sentence.index + sentence[0].length];
      tasks.push({ id: `t${tasks.length}`, clause: id, span, action: sentence[0].slice(0, 2), object: sentence[0].slice(2), means: null, bodies: [], deadline: null, place: null, strength: 'should', targets: [] });
    }
  }
  return { version: '1', text, title: 't', kind: 'document', issuer: null, publishedAt: null, outline, aside: [], times: [], targets: [], facts: [], tasks, bodies: [], defects: [] };
}

const first = readBy('# 交通\n建设公交专用道。完善步行系统。完善步行系统。\n# 住房\n改造老旧小区，加装电梯。完善步行系统。\n');

/** Acts carried out, and the decisions that are then kept. */
function decide(reading: PolicyReading, acts: readonly ReviewAct[], stored: readonly ReviewItem[] = []): ReviewItem[] {
  const kept = new Map(stored.map((item) => [item.itemId, item]));
  for (const { itemId, after } of applyActs(reading, mergeDecisions(reading, stored), kept, acts)) {
    if (after === null) kept.delete(itemId);
    else kept.set(itemId, after);
  }
  return [...kept.values()];
}
const titles = (items: readonly ReviewItem[]) => items.map(({ state, fields }) => `${state} ${fields.title}`);
const idOf = (reading: PolicyReading, title: string, nth = 0): string => listProposals(reading).filter(({ fields }) => fields.title === title)[nth].itemId;

describe('the review of what a reader proposed', () => {
  it('names items the same for the same text, and differently where the words stand twice', () => {
    const ids = listProposals(first).map(({ itemId }) => itemId);
    expect(new Set(ids).size).toBe(5);
    expect(listProposals(readBy(first.text)).map(({ itemId }) => itemId)).toEqual(ids);
    for (const item of listProposals(first)) expect(reviewItemSchema.parse(item)).toEqual(item);
  });

  it('accepts, rejects, corrects, and takes back', () => {
    const decisions = decide(first, [
      { act: 'accept', items: [idOf(first, '建设公交专用道')] },
      { act: 'correct', item: idOf(first, '改造老旧小区，加装电梯'), fields: { lead: ['市住房和城乡建设局'], deadline: '2026-06-30' } },
      { act: 'reject', items: [idOf(first, '完善步行系统', 1)] },
    ]);
    const items = mergeDecisions(first, decisions);
    expect(titles(items)).toEqual(['accepted 建设公交专用道', 'proposed 完善步行系统', 'rejected 完善步行系统', 'corrected 改造老旧小区，加装电梯', 'proposed 完善步行系统']);
    expect(items[3]).toMatchObject({ fields: { lead: ['市住房和城乡建设局'], deadline: '2026-06-30' }, proposed: { lead: [], deadline: null } });
    const back = decide(first, [{ act: 'reopen', items: items.map(({ itemId }) => itemId) }], decisions);
    expect(back).toEqual([]);
  });

  it('splits at positions of the text and merges again', () => {
    const whole = idOf(first, '改造老旧小区，加装电梯');
    const at = first.text.indexOf('，加装') + 1;
    const split = decide(first, [{ act: 'split', item: whole, at: [at] }]);
    expect(titles(mergeDecisions(first, split)).slice(3)).toEqual(['corrected 改造老旧小区', 'corrected 加装电梯', 'proposed 完善步行系统']);
    const parts = mergeDecisions(first, split).slice(3, 5).map(({ itemId }) => itemId);
    const merged = decide(first, [{ act: 'merge', items: parts }], split);
    expect(titles(mergeDecisions(first, merged)).slice(3)).toEqual(['corrected 改造老旧小区，加装电梯', 'proposed 完善步行系统']);
    expect(() => decide(first, [{ act: 'split', item: whole, at: [0] }])).toThrow(/bad-split/);
    expect(() => decide(first, [{ act: 'merge', items: [whole, whole] }])).toThrow(/bad-merge/);
  });

  it('gives each part the bodies that it names, and all of them where it names none', () => {
    const text = '# 住房\n市住建局要改造小区，市民政局要补建养老设施，做好宣传，区政府配合。\n';
    const reading = readBy(text);
    const [whole] = listProposals(reading);
    const names = ['示范市住房和城乡建设局', '市民政局', '某委员会'];
    const at = text.indexOf('市住建局');
    const bodies: PolicyReading['bodies'] = [{ id: 'b1', name: names[0], level: 'city', region: null, mentions: [[at, at + 4]] } as unknown as PolicyReading['bodies'][number]];
    const cuts = ['市民政局', '做好宣传', '区政府'].map((word) => text.indexOf(word));
    const kept = decide({ ...reading, bodies }, [{ act: 'correct', item: whole.itemId, fields: { lead: names.slice(0, 2), support: ['某委员会', '区政府'] } }, { act: 'split', item: whole.itemId, at: cuts }]);
    const parts = mergeDecisions(reading, kept).map(({ fields: { title, lead, support } }) => [title, lead, support]);
    expect(parts).toEqual([
      ['市住建局要改造小区', [names[0]], ['某委员会']],
      ['市民政局要补建养老设施', ['市民政局'], ['某委员会']],
      // names nobody: any of them may be meant
      ['做好宣传', names.slice(0, 2), ['某委员会', '区政府']],
      ['区政府配合', [], ['某委员会', '区政府']],
    ]);
  });

  it('keeps the deadline and the place that any of the merged says, the first where several do', () => {
    const [one, two] = [idOf(first, '建设公交专用道'), idOf(first, '完善步行系统')];
    const merge = (ofOne: object, ofTwo: object) => {
      const kept = decide(first, [{ act: 'correct', item: one, fields: { lead: ['交通局'], ...ofOne } }, { act: 'correct', item: two, fields: ofTwo }, { act: 'merge', items: [one, two] }]);
      return mergeDecisions(first, kept).find(({ fields }) => fields.title === '建设公交专用道。完善步行系统')?.fields;
    };
    expect(merge({}, { deadline: '2027-06-30', place: '江北' })).toMatchObject({ lead: ['交通局'], deadline: '2027-06-30', place: '江北' });
    expect(merge({ deadline: '2026-12-31' }, { deadline: '2027-06-30' })).toMatchObject({ deadline: '2026-12-31' });
  });

  it('adds what the reader did not see, once', () => {
    const start = first.text.indexOf('步行系统');
    const added = decide(first, [{ act: 'add', kind: 'target', span: [start, start + 5], fields: { value: 90, unit: '%', comparator: '>=' } }]);
    expect(mergeDecisions(first, added).find(({ kind }) => kind === 'target')).toMatchObject({ origin: 'person', state: 'accepted', fields: { title: '步行系统', value: 90 }, clause: '1' });
    expect(() => decide(first, [{ act: 'add', kind: 'task', span: [10_000, 10_001] }])).toThrow(/bad-span/);
  });

  it('refuses to touch what has become a task of the ledger', () => {
    const [item] = mergeDecisions(first, decide(first, [{ act: 'accept', items: [idOf(first, '建设公交专用道')] }]));
    const stored = [{ ...item, taskId: 'D2026-0001' }];
    expect(() => decide(first, [{ act: 'reject', items: [item.itemId] }], stored)).toThrow(/item-in-ledger/);
    expect(() => decide(first, [{ act: 'accept', items: ['task-nothing'] }])).toThrow(/no-item/);
  });

  it('survives another copy: wrapped differently, with a new section before, and a sentence changed beside it', () => {
    const decisions = decide(first, [
      { act: 'reject', items: [idOf(first, '完善步行系统', 2)] },
      { act: 'correct', item: idOf(first, '改造老旧小区，加装电梯'), fields: { lead: ['住建局'] } },
      { act: 'accept', items: [idOf(first, '建设公交专用道')] },
    ]);
    const second = readBy('# 总则\n完善步行系统。\n# 交通\n建设公交\n专用道。完善慢行系统。完善步行系统。\n# 住房\n改造老旧小\n区，加装电梯。完善步行系统。\n');
    const items = mergeDecisions(second, decisions);
    expect(titles(items)).toEqual(['proposed 完善步行系统', 'accepted 建设公交专用道', 'proposed 完善慢行系统', 'proposed 完善步行系统', 'corrected 改造老旧小区，加装电梯', 'rejected 完善步行系统']);
    // the rejected one was that of 住房, and so it is still
    expect(items.at(-1)?.clause).toBe('3');
  });

  it('keeps what is gone as orphaned, last', () => {
    const decisions = decide(first, [{ act: 'accept', items: [idOf(first, '建设公交专用道')] }]);
    const items = mergeDecisions(readBy('# 住房\n改造老旧小区。\n'), decisions);
    expect(items.map(({ state, span }) => [state, span === null])).toEqual([['proposed', false], ['orphaned', true]]);
    // and it comes back with its words
    expect(mergeDecisions(first, decisions)[0].state).toBe('accepted');
  });

  it('finds the clause of any span as a search through all of them does', () => {
    const random = new Random(5);
    for (let round = 0; round < 40; round++) {
      const outline: OutlineNode[] = [];
      const grow = (start: number, end: number, level: number): void => {
        for (let at = start; at < end; ) {
          const to = Math.min(end, at + random.integer(0, 9));
          outline.push({ ...first.outline[0], id: String(outline.length), level, span: [at, to] });
          if (level < 4 && to > at) grow(at + random.integer(0, 2), to, level + 1);
          at = to + random.integer(0, 3);
        }
      };
      grow(0, 40, 1);
      const oracle = ([from, to]: Span) => outline.reduce<OutlineNode | null>((found, node) => (node.span[0] <= from && to <= node.span[1] && node.span[1] > node.span[0] && (found === null || node.level >= found.level) ? node : found), null);
      for (let at = 0; at < 40; at++) for (const length of [1, 2, 5, 20]) expect(clauseAt(outline, [at, at + length])?.id).toBe(oracle([at, at + length])?.id);
    }
  });

  it('finds words in a copy wherever they moved, whatever their length', () => {
    const random = new Random(6);
    const word = (length: number): string => Array.from({ length }, () => '甲乙丙丁'[random.integer(0, 3)]).join('');
    for (let round = 0; round < 100; round++) {
      const text = word(400);
      const [start, length] = [random.integer(0, 350), random.integer(1, 40)];
      const reading = { text, outline: [] };
      const anchor = { quote: text.slice(start, start + length), path: [], before: text.slice(Math.max(0, start - 24), start), after: text.slice(start + length, start + length + 24) };
      const wrapped = { text: `${word(30)}\n${text.replace(/.{7}/gu, '$&\n')}`, outline: [] };
      const [found, again] = [findAnchor(anchor, reading), findAnchor(anchor, wrapped)];
      expect(text.slice(...(found as Span))).toBe(anchor.quote);
      expect(wrapped.text.slice(...(again as Span)).replaceAll('\n', '')).toBe(anchor.quote);
      expect(findAnchor({ ...anchor, quote: `${anchor.quote}戊` }, reading)).toBeUndefined();
    }
  });

  it('finds a text’s clauses and its characters without white space', () => {
    const { text, at } = denseText(' 一\n二　三');
    expect([text, [...at]]).toEqual(['一二三', [1, 3, 5, 6]]);
    expect(clauseAt(first.outline, [first.text.indexOf('改造'), first.text.indexOf('改造') + 2])?.heading).toBe('住房');
    expect(clauseAt(first.outline, [0, first.text.length])).toBeNull();
  });
});
