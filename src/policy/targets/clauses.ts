/** Sentences and comma clauses of a passage, with their places in it. Commas inside numbers and dates part nothing. */
export interface TextClause {
  readonly start: number;
  readonly end: number;
  /** Index of the sentence (ended by 。!? or a paragraph's end). */
  readonly sentence: number;
}

const SENTENCE_END = 1, CLAUSE_END = 2, OPEN = 3;
const CLASS = new Uint8Array(65_536);
for (const char of '。!\uff01?\uff1f\n') CLASS[char.charCodeAt(0)] = SENTENCE_END;
for (const char of ',\uff0c:\uff1a;\uff1b') CLASS[char.charCodeAt(0)] = CLAUSE_END;
const CLOSING = new Map([['(', ')'], ['\uff08', '\uff09'], ['《', '》']]);
for (const char of CLOSING.keys()) CLASS[char.charCodeAt(0)] = OPEN;
const LINE_END = 0x0a, FULL_STOP = 0x3002;

export function listClauses(text: string): TextClause[] {
  const clauses: TextClause[] = [];
  let start = 0, sentence = 0, closing = -1;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : LINE_END;
    if (closing >= 0) {
      if (code !== LINE_END && code !== FULL_STOP) {
        if (code === closing) closing = -1;
        continue;
      }
      closing = -1;
    }
    const kind = CLASS[code];
    if (kind === 0) continue;
    if (kind === OPEN) {
      closing = (CLOSING.get(text[i]) as string).charCodeAt(0);
      continue;
    }
    const endsSentence = kind === SENTENCE_END;
    if (!endsSentence && isThousands(text, i)) continue;
    if (i > start) clauses.push({ start, end: i, sentence });
    start = i + 1;
    if (endsSentence) sentence++;
  }
  return clauses;
}

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';
const isThousands = (text: string, at: number): boolean => text[at] === ',' && isDigit(text[at - 1]) && isDigit(text[at + 1]) && isDigit(text[at + 2]) && isDigit(text[at + 3]) && !isDigit(text[at + 4]);
