// Reads the table of names in docs/policy-reading.md and holds the reader to every row.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { OutlineNode } from '../model.ts';
import type { Passage } from '../passage.ts';
import { readQuantities } from '../quantities/read-quantities.ts';
import { readTimes } from '../times/read-times.ts';
import { directionOf } from './name-subject.ts';
import { readTargets } from './read-targets.ts';

const PUBLISHED = '2025-02-10';
const page = readFileSync(new URL('../../../docs/policy-reading.md', import.meta.url), 'utf8');
const rows = page.split('\n### Names')[1].split('\n### ')[0].split('\n').filter((line) => line.startsWith('|')).slice(2).map((line) => line.slice(1, -1).split('|').map((cell) => cell.trim()));

function read(text: string) {
  const passage: Passage = { clause: '1', text, at: Int32Array.from({ length: text.length + 1 }, (_, i) => i) };
  const node: OutlineNode = { id: '1', parent: null, level: 1, kind: 'section', marker: null, ordinal: null, heading: '', headingSpan: [0, 0], span: [0, text.length], state: 'present' };
  return readTargets(passage, { times: readTimes(text, { publishedAt: PUBLISHED }), quantities: readQuantities(text), node, publishedAt: PUBLISHED });
}

function say(text: string): string[] {
  const { targets, facts } = read(text);
  const target = targets.at(-1), fact = facts.at(-1);
  const said = target ?? fact;
  if (said === undefined) return [];
  const { quantity, subject } = said;
  const value = quantity === null ? (target?.state ?? '') : `${quantity.comparator === '=' ? '' : `${quantity.comparator} `}${Number(quantity.value?.toPrecision(12))}`;
  return [target === undefined ? 'fact' : 'target', subject, value, quantity?.unit ?? '', quantity?.sense ?? 'state', (target === undefined ? fact?.asOf?.to : target.deadline?.to) ?? '', target?.area ?? ''];
}

describe('names of targets and facts', () => {
  it('the table has forty rows and more', () => expect(rows.length).toBeGreaterThanOrEqual(40));
  it.each(rows)('%s is a %s, %s', (text, ...cells) => {
    expect(say(text)).toEqual(cells);
    // As it is printed, with full-width marks.
    expect(say(text.replace(/[,:;](?!\d)/gu, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)))).toEqual(cells);
  });
  it('a change says by its name which way, a level says nothing of it', () => {
    for (const [text, , name, , , sense] of rows) if (sense !== 'state') expect(directionOf(name) !== null, text).toBe(sense !== 'level');
    expect([directionOf('能耗下降'), directionOf('一般性支出压减'), directionOf('地区生产总值增长'), directionOf('绿地率')]).toEqual(['down', 'down', 'up', null]);
  });
  it('a count reads the same before and behind what it counts', () => {
    const names = (text: string): string[] => read(text).targets.map(({ subject }) => subject);
    expect(names('到2027年,培养100名乡村规划师、选派60名骨干教师。')).toEqual(names('到2027年,培养乡村规划师100名、选派骨干教师60名。'));
  });
});
