// Reads the tables of docs/policy-reading.md and holds numerals, quantities and times to every row.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readNumeral } from './numerals/read-numeral.ts';
import { readQuantities } from './quantities/read-quantities.ts';
import { readTimes } from './times/read-times.ts';

const page = readFileSync(new URL('../../docs/policy-reading.md', import.meta.url), 'utf8');

/** Rows of the `which`-th table under a heading, cells trimmed. */
function readTable(heading: string, which = 0): string[][] {
  const section = page.split(`\n## ${heading}`)[1].split('\n## ')[0];
  const tables: string[][][] = [];
  let open = false;
  for (const line of section.split('\n')) {
    if (!line.startsWith('|')) { open = false; continue; }
    if (!open) tables.push([]);
    open = true;
    tables[tables.length - 1].push(line.slice(1, -1).split('|').map((cell) => cell.trim()));
  }
  return tables[which].slice(2);
}

const numerals = readTable('Numerals');
const quantities = readTable('Quantities');
const names = readTable('Numbers that are no quantities');
const times = readTable('Dates and times');
const rules = readTable('Dates and times', 1);

describe('docs/policy-reading.md is what the reader does', () => {
  it('has tables worth the name', () => {
    expect([numerals.length >= 30, quantities.length >= 70, names.length >= 30, times.length >= 80, rules.length >= 12]).toEqual([true, true, true, true, true]);
  });

  it.each(numerals)('numeral %s is %s', (text, value) => {
    const numeral = readNumeral(text, 0);
    expect(numeral?.end).toBe(text.length);
    if (value === 'not understood') expect(numeral?.value).toBeNull();
    else expect(numeral?.value).toBeCloseTo(Number(value), 10);
  });

  it.each(quantities)('quantity %s', (text, value, upper, comparator, unit, sense, flags) => {
    const found = readQuantities(text);
    expect(found.map((quantity) => [
      quantity.value === null ? '' : String(Number(quantity.value.toPrecision(12))), quantity.upper === null ? '' : String(quantity.upper), quantity.comparator, quantity.unit, quantity.sense,
      [quantity.masked ? 'masked' : '', quantity.approximate ? 'approximate' : ''].filter(Boolean).join(', '),
    ])).toEqual([[value, upper, comparator, unit, sense, flags]]);
    for (const quantity of found) expect(text.slice(...quantity.span)).toBe(quantity.text);
  });

  it.each(names)('no quantity in %s', (text) => {
    expect(readQuantities(text).map((quantity) => quantity.text)).toEqual([]);
  });

  it.each(times)('time %s', (text, from, to, kind, rule, relative) => {
    const last = readTimes(text, { publishedAt: '2025-08-28' }).at(-1);
    expect([last?.from ?? '', last?.to ?? '', last?.kind, last?.rule, last?.relative === true ? 'yes' : '']).toEqual([from, to, kind, rule, relative]);
    expect(text.slice(...(last?.span ?? [0, 0]))).toBe(last?.text);
    const undated = readTimes(text, { publishedAt: null }).at(-1);
    if (relative === 'yes') expect([undated?.from, undated?.to, undated?.text]).toEqual([null, null, last?.text]);
    else expect(undated).toEqual(last);
  });

  it('names no time where the page says so', () => {
    const said = /names no time: ([^\n]+)\./u.exec(page)?.[1].split(', ') ?? [];
    expect(said.length).toBeGreaterThan(4);
    expect(said.flatMap((text) => readTimes(text, { publishedAt: '2025-08-28' }).map((time) => time.text))).toEqual([]);
  });

  it('explains every rule that a row names, and no other', () => {
    const explained = rules.flatMap(([cell]) => cell.split(', ').map((rule) => rule.replace(/ …$|…$/u, '')));
    const named = new Set(times.map((row) => row[4]));
    const covers = (rule: string, name: string): boolean => rule === name || (rule.endsWith('-') && name.startsWith(rule));
    expect([...named].filter((name) => !explained.some((rule) => covers(rule, name)))).toEqual([]);
    expect(explained.filter((rule) => ![...named].some((name) => covers(rule, name)))).toEqual([]);
  });
});
