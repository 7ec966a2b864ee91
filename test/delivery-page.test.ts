// Holds the tables of docs/delivery.md to the rules of lights and verdicts in the code.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LIGHT_RULES, LIGHT_SETTINGS } from '../src/delivery/ledger/task-light.ts';
import { VERDICTS } from '../src/delivery/model.ts';
import type { NumericTarget } from '../src/delivery/outlook/target-outlook.ts';
import { targetOutlook } from '../src/delivery/outlook/target-outlook.ts';
import { VERDICT_WORDS } from '../src/delivery/outlook/verdict-words.ts';

const page = readFileSync(new URL('../docs/delivery.md', import.meta.url), 'utf8');

/** Rows of the table whose head begins with a word, cells trimmed. */
function readTable(head: string): string[][] {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${head} |`));
  expect(start, head).toBeGreaterThan(0);
  const rows: string[][] = [];
  for (let i = start + 2; lines[i]?.startsWith('|'); i++) rows.push(lines[i].slice(1, -1).split('|').map((cell) => cell.trim()));
  return rows;
}

describe('docs/delivery.md', () => {
  it('has the rules of lights in their order, each with its light', () => {
    expect(readTable('rule').map(([rule, light]) => [rule, light])).toEqual(LIGHT_RULES.map(({ id, light }) => [`\`${id}\``, light]));
  });

  it('has the figures of lights', () => {
    expect(Object.fromEntries(readTable('figure').map(([name, value]) => [name.replaceAll('`', ''), Number(value)]))).toEqual(LIGHT_SETTINGS);
  });

  it('has every verdict by its word', () => {
    expect(readTable('verdict').map(([verdict]) => verdict)).toEqual(VERDICTS.map((verdict) => `\`${verdict}\` ${VERDICT_WORDS[verdict].zh}`));
  });

  it.each(readTable('measured'))('%s, asked %s by %s, is %s', (measured, asked, by, verdict) => {
    const [comparator, value] = asked.split(' ');
    const series = measured.split(', ').map((point) => point.split(': ').map(Number)).map(([period, number]) => ({ period, value: number }));
    const target: NumericTarget = { comparator: comparator as NumericTarget['comparator'], value: Number(value), deadlineYear: by === 'no deadline' ? null : Number(by) };
    expect(targetOutlook(target, series, 2025.9).verdict).toBe(verdict);
  });
});
