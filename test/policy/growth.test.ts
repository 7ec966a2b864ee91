// What the reader looks through grows as the text does, and no faster: on lines made to hurt every character that a search or a pattern passes over is
// counted, and there is a most for each character of the line. No timing; a search to the end of the text for every line or member of it fails here.
import { describe, expect, it } from 'vitest';
import { checkAccounting } from '../../src/policy/outline/check-accounting.ts';
import { readPolicy } from '../../src/policy/read-policy.ts';

const { HURTFUL } = (await import(new URL('../../bench/hurtful-lines.mjs', import.meta.url).href)) as { HURTFUL: Readonly<Record<string, (bytes: number) => string>> };
const BYTES = 48_000;
/** What a line costs at most for each of its characters (the dearest: masked numbers 294, bodies 182; half of all lines under 25), whatever its length. A search to the end of the text for every third character costs 2,000 at this length. */
const MOST = 400;

type Search = (this: string, wanted: string, from?: number) => number;

/** Characters that searches and patterns pass over while `run` runs, and the length of the nodes' ids, which is how deep they nest. */
function countLooks(run: () => void): number {
  let looks = 0;
  const { indexOf, lastIndexOf, includes } = String.prototype;
  const { exec } = RegExp.prototype;
  const counted = (search: Search): Search => function (this: string, wanted, from) {
    const found = from === undefined ? search.call(this, wanted) : search.call(this, wanted, from);
    looks += found < 0 ? this.length - Math.min(this.length, Math.max(0, from ?? 0)) : search === lastIndexOf ? this.length - found : found - Math.max(0, from ?? 0);
    return found;
  };
  Object.assign(String.prototype, {
    indexOf: counted(indexOf),
    lastIndexOf: counted(lastIndexOf),
    includes(this: string, wanted: string, from?: number) {
      return counted(indexOf).call(this, wanted, from) >= 0;
    },
  });
  RegExp.prototype.exec = function (this: RegExp, text: string) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const match = exec.call(this, text);
    // A sticky pattern that fails has looked no further than its own length, which is bounded.
    looks += match !== null ? match.index + match[0].length - from : this.sticky || this.source.startsWith('^') ? 1 : text.length - from;
    return match;
  };
  try {
    run();
  } finally {
    Object.assign(String.prototype, { indexOf, lastIndexOf, includes });
    RegExp.prototype.exec = exec;
  }
  return looks;
}

function looksOf(text: string): number {
  let ids = 0;
  const looks = countLooks(() => {
    const reading = readPolicy(text, { publishedAt: '2025-08-28' });
    for (const { id } of reading.outline) ids += id.length;
    expect(checkAccounting(reading)).toEqual([]);
  });
  return looks + ids + text.length;
}

describe('a character of a long line costs what one of a short line costs', () => {
  it.each(Object.keys(HURTFUL))('%s', (name) => {
    const text = HURTFUL[name](BYTES);
    expect(looksOf(text) / text.length).toBeLessThan(MOST);
  });

  it('counts a search that goes to the end for every line', () => {
    const lines = (count: number): string => '甲\n'.repeat(count);
    const search = (text: string): void => { for (let at = 0; at < text.length; at += 2) text.indexOf('\t', at); };
    expect(countLooks(() => search(lines(2000))) / countLooks(() => search(lines(1000)))).toBeGreaterThan(3.9);
  });
});
