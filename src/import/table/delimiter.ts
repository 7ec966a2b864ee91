/** Which character parts the cells of a text table. */
const CANDIDATES = [',', '\t', ';', '|', '，'] as const;
const LINES_LOOKED_AT = 30;

/** How often each candidate stands outside quotes on each of the first full lines. */
function countPerLine(text: string): Map<string, number[]> {
  const counts = new Map<string, number[]>(CANDIDATES.map((candidate) => [candidate, [0]]));
  let quoted = false;
  let lines = 0;
  let lineLength = 0;
  for (const c of text) {
    if (c === '"') quoted = !quoted;
    else if (!quoted && c === '\n') {
      if (lineLength === 0) continue;
      if (++lines >= LINES_LOOKED_AT) break;
      lineLength = 0;
      for (const list of counts.values()) list.push(0);
      continue;
    } else if (!quoted) {
      const list = counts.get(c);
      if (list !== undefined) list[list.length - 1]++;
    }
    if (c !== '\r') lineLength++;
  }
  return counts;
}

/**
 * The delimiter of a table's first lines: the character that most lines have equally often, and often. A table of one
 * column has none; a comma is returned then.
 */
export function findDelimiter(head: string): string {
  let best = { delimiter: ',', score: 0 };
  for (const [delimiter, counts] of countPerLine(head)) {
    // The last line may be cut off by the end of the head.
    const whole = counts.length > 1 ? counts.slice(0, -1) : counts;
    const frequency = new Map<number, number>();
    for (const count of whole) if (count > 0) frequency.set(count, (frequency.get(count) ?? 0) + 1);
    for (const [count, lines] of frequency) {
      const score = (lines / whole.length) * Math.log2(1 + count) * (lines > 1 || whole.length === 1 ? 1 : 0.5);
      if (score > best.score) best = { delimiter, score };
    }
  }
  return best.delimiter;
}
