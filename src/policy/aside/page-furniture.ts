/**
 * What a page repeats: its number, its header, its footer. A lone number counts as a page's only where such numbers follow one another
 * through the document; a header, where the same words stand beside page breaks or page numbers three times or more.
 */
import type { Lines } from '../text/split-lines.ts';
import type { LineEvidence } from './line-evidence.ts';

const LONGEST_HEADER = 60;

export function markPageFurniture(text: string, lines: Lines, weights: readonly (LineEvidence | undefined)[], kind: Uint8Array, code: number): void {
  const breaks: number[] = [];
  const numbers: number[] = [];
  for (let i = 0; i < lines.count; i++) {
    if (i > 0 && text.charCodeAt(lines.start[i] - 1) === 0x0c) breaks.push(i);
    const evidence = weights[i];
    if (evidence?.kind !== 'page-furniture' || kind[i] !== 0) continue;
    if (evidence.weight >= 3) {
      kind[i] = code;
      breaks.push(i);
    } else numbers.push(i);
  }
  markNumbers(text, lines, numbers, kind, code, breaks);
  markHeaders(text, lines, breaks.sort((a, b) => a - b), kind, code);
}

/** Lone numbers that count up by one, three or more. */
function markNumbers(text: string, lines: Lines, numbers: readonly number[], kind: Uint8Array, code: number, breaks: number[]): void {
  let run: number[] = [];
  let last = -2;
  const close = (): void => {
    if (run.length < 3) return;
    for (const line of run) {
      kind[line] = code;
      breaks.push(line);
    }
  };
  for (const line of numbers) {
    const value = Number(text.slice(lines.contentStart[line], lines.contentEnd[line]));
    if (value !== last + 1) {
      close();
      run = [];
    }
    run.push(line);
    last = value;
  }
  close();
}

function markHeaders(text: string, lines: Lines, breaks: readonly number[], kind: Uint8Array, code: number): void {
  if (breaks.length < 2) return;
  const seen = new Map<string, number[]>();
  const add = (line: number): void => {
    const length = lines.contentEnd[line] - lines.contentStart[line];
    if (length === 0 || length > LONGEST_HEADER) return;
    // A sentence that comes again is the text's own.
    if (/[,，。;；]/.test(text.slice(lines.contentStart[line], lines.contentEnd[line]))) return;
    const words = text.slice(lines.contentStart[line], lines.contentEnd[line]).replace(/\d+/g, '#');
    const at = seen.get(words);
    if (at === undefined) seen.set(words, [line]);
    else if (at[at.length - 1] !== line && !at.includes(line, -4)) at.push(line);
  };
  // Two lines with something on them on either side of each break.
  for (const line of breaks) {
    for (const step of [-1, 1]) {
      let left = 2;
      let at = step < 0 ? line - 1 : kind[line] === 0 ? line : line + 1;
      for (let tries = 0; left > 0 && tries < 6 && at >= 0 && at < lines.count; tries++, at += step) {
        if (lines.contentEnd[at] === lines.contentStart[at]) continue;
        if (kind[at] === 0) add(at);
        left--;
      }
    }
  }
  for (const at of seen.values()) if (at.length >= 3 && at.length * 3 >= breaks.length) for (const line of at) kind[line] = code;
}
