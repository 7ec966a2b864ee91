/** Sentences and comma clauses of a passage, with their places in it. Commas inside numbers and dates part nothing. */
export interface TextClause {
  readonly start: number;
  readonly end: number;
  /** Index of the sentence (ended by 。!? or a paragraph's end). */
  readonly sentence: number;
}

const SENTENCE_END = new Set(['。', '!', '\uff01', '?', '\uff1f', '\n']);
const CLAUSE_END = new Set([',', '\uff0c', ':', '\uff1a', ';', '\uff1b']);
const OPEN = new Map([['(', ')'], ['\uff08', '\uff09'], ['《', '》']]);

export function listClauses(text: string): TextClause[] {
  const clauses: TextClause[] = [];
  let start = 0, sentence = 0, closing = '';
  for (let i = 0; i <= text.length; i++) {
    const char = i < text.length ? text[i] : '\n';
    if (closing !== '') {
      if (char === closing || char === '\n' || char === '。') closing = '';
      if (char !== '\n' && char !== '。') continue;
    }
    const opens = OPEN.get(char);
    if (opens !== undefined) {
      closing = opens;
      continue;
    }
    const endsSentence = SENTENCE_END.has(char);
    if (!endsSentence && !(CLAUSE_END.has(char) && !isThousands(text, i))) continue;
    if (i > start) clauses.push({ start, end: i, sentence });
    start = i + 1;
    if (endsSentence) sentence++;
  }
  return clauses;
}

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';
const isThousands = (text: string, at: number): boolean => text[at] === ',' && isDigit(text[at - 1]) && isDigit(text[at + 1]) && isDigit(text[at + 2]) && isDigit(text[at + 3]) && !isDigit(text[at + 4]);
