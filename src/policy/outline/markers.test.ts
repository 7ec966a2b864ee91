// Holds the tables of docs/policy-outline.md against the code.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseHeadingMarker, parseItemMarker, parseOrdinal } from './markers.ts';

const page = readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../../../docs/policy-outline.md'), 'utf8');
const tables = page.split(/\n\n/).filter((part) => part.startsWith('| text | style')).map((part) => part.split('\n').slice(2).map((row) => row.split('|').slice(1, 4).map((cell) => cell.trim())));

describe('docs/policy-outline.md', () => {
  it('has both tables', () => {
    expect(tables.map((rows) => rows.length > 10)).toEqual([true, true]);
  });

  it.each(tables[0])('heads a paragraph: %s', (text, style, ordinal) => {
    const marker = parseHeadingMarker(text, 0);
    expect([marker?.style ?? '', marker?.ordinal ?? '']).toEqual([style, style === '' ? '' : Number(ordinal)]);
  });

  it.each(tables[1])('heads a sentence: %s', (text, style, ordinal) => {
    const marker = parseItemMarker(text, 0);
    expect([marker?.style ?? '', marker?.ordinal ?? '']).toEqual([style, style === '' ? '' : Number(ordinal)]);
  });
});

describe('parseOrdinal', () => {
  const digits = '零一二三四五六七八九';
  const spell = (n: number): string => {
    const [hundreds, tens, ones] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10];
    const head = hundreds === 0 ? '' : `${digits[hundreds]}百`;
    const middle = tens === 0 ? (hundreds > 0 && ones > 0 ? '零' : '') : `${n < 20 ? '' : digits[tens]}十`;
    return `${head}${middle}${ones === 0 ? '' : digits[ones]}`;
  };
  it('reads 1 to 999 as they are counted', () => {
    for (let n = 1; n < 1000; n++) expect([n, parseOrdinal(spell(n))]).toEqual([n, n]);
  });
});
