import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findNeeded, firstsOf, PatternGate } from './pattern-gate.ts';

const PATTERNS = [
  /已(?!然)|(?<![为除])了(?![解然])|截至|(?:仍|还|尚)有|^据|连续(?:[0-9]+|[多两三])[年届次]/u, /(?:控制|稳定)[到在至]$/u, /应(?=[当达在不])|应当/u, /(?<=[万亿])(?:人|户)/u, /(控|稳)了?(?:到|在)?\d{1,2}(?:个|人)?/u,
  /[^人]控制+在?|(?:万人)*户/u, /^[0-9]{1,3}(?:[.．、]|\)|）)/u, /(?:人|户|)到$/u, /\u4e07[人户]/u, /(?:应|已)?当?(?:人|)/u,
];

describe('a gate', () => {
  it('never hides a match', () => {
    const gate = new PatternGate();
    const gated = PATTERNS.map((pattern) => gate.add(pattern));
    const word = fc.constantFrom(...'已然为除了解截至仍还尚有据连续多两三年届次控制稳定到在应当达不万亿人户个0123.、)）', '截至', '控制在', '应当', '万人', '连续3年', '12个');
    fc.assert(fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      const text = words.join('');
      const bits = gate.scan(text, 0, text.length);
      for (const { bit, pattern } of gated) if (pattern.test(text)) expect(bits & bit).not.toBe(0);
    }), { numRuns: 3000 });
  });

  it('tells stretches apart by pairs of neighbours', () => {
    const gate = new PatternGate();
    const { bit } = gate.add(/力争|确保|(?<![主重])要求/u);
    expect(gate.scan('力气不足，要做争取', 0, 9) & bit).toBe(0);
    expect(gate.scan('确保', 0, 2) & bit).toBe(bit);
    expect(gate.scan('确保', 0, 1) & bit).toBe(0);
  });

  it('opens for what its source does not say', () => {
    expect(findNeeded(/[^a]*/u)).toBeNull();
    expect(findNeeded(/abc/iu)).toBeNull();
    const gate = new PatternGate();
    const gated = Array.from({ length: 40 }, (_, i) => gate.add(new RegExp(String.fromCharCode(0x4e00 + i), 'u')));
    for (const { bit, pattern } of gated) expect(gate.scan(pattern.source, 0, 1) & bit).not.toBe(0);
  });

  it('lists the characters a match begins with', () => {
    const firsts = firstsOf(/^(?:大(?!卡|于)|号|中全会|[A-C]|[+＋])/u);
    expect([...'大号中ABC+＋'].every((char) => firsts[char.charCodeAt(0)] === 1)).toBe(true);
    expect(firsts['全'.charCodeAt(0)]).toBe(0);
    expect(firstsOf(/a?/u).every((one) => one === 1)).toBe(true);
  });
});
