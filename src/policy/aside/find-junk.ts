/** Characters that no text has: control characters, replacement characters, unpaired surrogates, noncharacters. */
import type { Span } from '../model.ts';
import { isBlank } from '../text/split-lines.ts';

function isJunkCode(code: number, next: number, before: number): boolean {
  if (code < 0x20) return code !== 0x09 && code !== 0x0a && code !== 0x0d && code !== 0x0b && code !== 0x0c;
  if (code < 0x80) return code === 0x7f;
  if (code < 0xa0) return code !== 0x85;
  if (code < 0xd800) return false;
  if (code <= 0xdbff) return !(next >= 0xdc00 && next <= 0xdfff);
  if (code <= 0xdfff) return !(before >= 0xd800 && before <= 0xdbff);
  return code === 0xfffd || code === 0xfffe || code === 0xffff;
}

/** Whether half or more of [start, end) is junk. */
export function isJunk(text: string, start: number, end: number): boolean {
  let junk = 0;
  let seen = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (isBlank(code)) continue;
    seen++;
    if (isJunkCode(code, text.charCodeAt(i + 1), text.charCodeAt(i - 1))) junk++;
  }
  return junk * 2 >= seen && junk > 0;
}

const RUN = 3;

/** Runs of three or more junk characters, in order. */
export function findJunkRuns(text: string): Span[] {
  const runs: Span[] = [];
  let from = -1;
  for (let i = 0; i <= text.length; i++) {
    const junk = i < text.length && isJunkCode(text.charCodeAt(i), text.charCodeAt(i + 1), text.charCodeAt(i - 1));
    if (junk) {
      if (from < 0) from = i;
    } else if (from >= 0) {
      if (i - from >= RUN) runs.push([from, i]);
      from = -1;
    }
  }
  return runs;
}
