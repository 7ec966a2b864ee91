/**
 * Which bracket, quotation mark or 书名号 closes which, within each paragraph. One pass with a stack; a mark without partner stays alone, so
 * that a quote left open by the writer does not swallow the rest of the text. Straight quotes (") have no direction and take part by turns.
 */
const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['“', '”'], ['‘', '’'], ['「', '」'], ['『', '』'], ['《', '》'], ['〈', '〉'], ['(', ')'], ['（', ')'], ['[', ']'], ['【', '】'], ['〔', '〕'], ['［', ']'],
]);
/** Full- and half-width forms are taken for each other: texts mix them. */
const SAME: ReadonlyMap<string, string> = new Map([['）', ')'], ['］', ']'], ['〕', '〕']]);
const CLOSING = new Set(CLOSERS.values());
/** An opener looks for its closer no deeper than this; deeper nesting is junk, and looking through it would not be linear. */
const MOST_DEPTH = 64;

export interface BracketPairs {
  /** For an opener: where it closes; for a closer: where it opened; −1 for everything else. */
  readonly partner: Int32Array;
  /** Openers and closers without partner. */
  readonly lone: readonly number[];
}

export function pairBrackets(text: string): BracketPairs {
  const partner = new Int32Array(text.length).fill(-1);
  const lone: number[] = [];
  let stack: number[] = [];
  let straight = -1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Letters, digits and ideographs: nearly all of a text.
    if (code >= 0x4e00 && code < 0xa000) continue;
    const char = text[i];
    if (char === '\n') {
      for (const open of stack) lone.push(open);
      if (straight >= 0) lone.push(straight);
      stack = [];
      straight = -1;
    } else if (char === '"' || char === '＂') {
      if (straight < 0) straight = i;
      else {
        partner[straight] = i;
        partner[i] = straight;
        straight = -1;
      }
    } else if (CLOSERS.has(char)) stack.push(i);
    else {
      const closer = SAME.get(char) ?? char;
      if (!CLOSING.has(closer)) continue;
      let depth = stack.length - 1;
      const least = Math.max(0, stack.length - MOST_DEPTH);
      while (depth >= least && CLOSERS.get(text[stack[depth]]) !== closer) depth--;
      if (depth < least) lone.push(i);
      else {
        partner[stack[depth]] = i;
        partner[i] = stack[depth];
        for (let k = depth + 1; k < stack.length; k++) lone.push(stack[k]);
        stack.length = depth;
      }
    }
  }
  for (const open of stack) lone.push(open);
  if (straight >= 0) lone.push(straight);
  lone.sort((a, b) => a - b);
  return { partner, lone };
}
