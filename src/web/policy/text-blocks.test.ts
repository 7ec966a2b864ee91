import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../policy/read-policy.ts';
import type { TextSource } from './text-blocks.ts';
import { buildBlocks } from './text-blocks.ts';

function sourceOf(text: string): TextSource {
  const reading = readPolicy(text, { publishedAt: '2025-09-01' });
  const items = [...reading.targets, ...reading.tasks].map(({ id, span }) => ({ itemId: id, span }));
  return { ...reading, items };
}

const TEXT = '关于城市工作的意见\n一、总体要求\n到2030年，绿地率达到40%以上。市住建局牵头，\n推进老旧小区改造。\n二、组织实施\n要加强考核。\n';

describe('the blocks of a text', () => {
  it('show every character that is no line end and not set aside as white space, once and in order', () => {
    const source = sourceOf(TEXT);
    let [at, shown] = [0, ''];
    for (const block of buildBlocks(source)) {
      if (block.kind !== 'text') continue;
      for (const run of block.runs) {
        expect(run.start).toBeGreaterThanOrEqual(at);
        at = run.end;
        shown += TEXT.slice(run.start, run.end);
      }
    }
    expect(shown.replace(/\s/g, '')).toBe(TEXT.replace(/\s/g, ''));
  });

  it('cover exactly the characters of each item with its marks', () => {
    const source = sourceOf(TEXT);
    expect(source.items.length).toBeGreaterThan(1);
    const runs = buildBlocks(source).flatMap((block) => (block.kind === 'text' ? block.runs : []));
    for (const { itemId, span } of source.items) {
      const covered = runs.filter(({ items }) => items.includes(itemId)).map(({ start, end }) => TEXT.slice(start, end)).join('');
      expect(covered).toBe(TEXT.slice(...(span as [number, number])).replace(/\n/g, ''));
      expect(runs.filter(({ begins }) => begins.includes(itemId))).toHaveLength(1);
    }
  });

  it('nest: the innermost of two items comes last', () => {
    const source: TextSource = { text: '推进改造，到2030年完成40%。', outline: [], aside: [], bodies: [], defects: [], items: [{ itemId: 'in', span: [5, 15] }, { itemId: 'out', span: [0, 15] }] };
    const [block] = buildBlocks(source);
    expect(block.kind === 'text' && block.runs.map(({ items }) => items)).toEqual([['out'], ['out', 'in'], []]);
  });

  it('set headings and clauses where they begin', () => {
    const blocks = buildBlocks(sourceOf(TEXT)).filter((block) => block.kind === 'text');
    expect(blocks.filter(({ level }) => level === 1).map(({ start, end }) => TEXT.slice(start, end))).toEqual(['一、总体要求', '二、组织实施']);
    expect(blocks.find(({ level }) => level === 1)?.clauses).toContain('1');
  });

  it('tell where a section is missing, and fold what is set aside within a line', () => {
    const span = [2, 8] as const;
    const source: TextSource = {
      text: '前文……省略……后文', bodies: [], defects: [], items: [], aside: [{ kind: 'elision', span }],
      outline: [{ id: '2', parent: null, level: 1, kind: 'section', marker: '二、', ordinal: 2, heading: '缺的一节', headingSpan: [8, 8], span: [8, 8], state: 'elided' }],
    };
    const blocks = buildBlocks(source);
    expect(blocks.map(({ kind }) => kind)).toEqual(['text', 'missing']);
    expect(blocks[0].kind === 'text' && blocks[0].runs.map(({ aside }) => aside)).toEqual([null, 'elision', null]);
  });

  it('take a text without any line, an empty one, and junk', () => {
    expect(buildBlocks(sourceOf(''))).toEqual([]);
    for (const text of ['一', '\u0001\ufffd'.repeat(500), `${'啊'.repeat(20_000)}`]) {
      const shown = buildBlocks(sourceOf(text)).reduce((sum, block) => sum + (block.kind === 'missing' ? 0 : block.end - block.start), 0);
      expect(shown).toBe(text.trim().length);
    }
  });
});
