/** Whether two texts are copies of one document: the same statements, however they are wrapped, decoded or framed by a web page. */

const SAME = 0.5;

/** Pieces between separators, white space and punctuation aside. */
function piecesOf(text: string, separator: RegExp): Set<string> {
  return new Set(text.split(separator).map((piece) => piece.replace(/[\s，,、：:。；;！？!?“”"（）()]+/g, '')).filter((piece) => piece !== ''));
}

/** The share of the pieces of the text with fewer of them that stand in the other. */
function shared(a: Set<string>, b: Set<string>): number {
  const [fewer, more] = a.size <= b.size ? [a, b] : [b, a];
  let count = 0;
  for (const piece of fewer) if (more.has(piece)) count++;
  return fewer.size === 0 ? 1 : count / fewer.size;
}

/** At least half of the statements of the shorter one stand in the other; of the lines, where a text has few stops. */
export function isCopy(a: string, b: string): boolean {
  if (a === b) return true;
  return [/[。；;！？!?]/, /[\n。；;！？!?]/].some((separator) => shared(piecesOf(a, separator), piecesOf(b, separator)) >= SAME);
}
