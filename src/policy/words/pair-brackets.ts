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
/** What a character is to the walk; 0: nothing. */
const OPENER = 1, CLOSER = 2, STRAIGHT = 3, LINE_END = 4;
const CLASS = new Uint8Array(65_536);
for (const char of CLOSERS.keys()) CLASS[char.charCodeAt(0)] = OPENER;
for (const char of [...CLOSING, ...[...SAME].filter(([, same]) => CLOSING.has(same)).map(([char]) => char)]) if (CLASS[char.charCodeAt(0)] === 0) CLASS[char.charCodeAt(0)] = CLOSER;
for (const char of '"＂') CLASS[char.charCodeAt(0)] = STRAIGHT;
CLASS[0x0a] = LINE_END;
/** Of a text without any such mark. */
const NONE: BracketPairs = { partner: new Int32Array(0), lone: [] };
/** An opener looks for its closer no deeper than this; deeper nesting is junk, and looking through it would not be linear. */
const MOST_DEPTH = 64;

export interface BracketPairs {
  /** For an opener: where it closes; for a closer: where it opened; −1 for everything else. Empty where the text has no marks. */
  readonly partner: Int32Array;
  /** Openers and closers without partner. */
  readonly lone: readonly number[];
}

export function pairBrackets(text: string): BracketPairs {
  let first = 0;
  while (first < text.length && (CLASS[text.charCodeAt(first)] & 3) === 0) first++;
  if (first === text.length) return NONE;
  const partner = new Int32Array(text.length).fill(-1);
  const lone: number[] = [];
  let stack: number[] = [];
  let straight = -1;
  for (let i = first; i < text.length; i++) {
    const kind = CLASS[text.charCodeAt(i)];
    if (kind === 0) continue;
    const char = text[i];
    if (kind === LINE_END) {
      for (const open of stack) lone.push(open);
      if (straight >= 0) lone.push(straight);
      stack = [];
      straight = -1;
    } else if (kind === STRAIGHT) {
      if (straight < 0) straight = i;
      else {
        partner[straight] = i;
        partner[i] = straight;
        straight = -1;
      }
    } else if (kind === OPENER) stack.push(i);
    else {
      const closer = SAME.get(char) ?? char;
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
