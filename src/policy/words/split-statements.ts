/**
 * Sentences and their comma members. A sentence ends with 。！？ or a line end, a statement also with ；; marks inside quotation marks,
 * brackets and 书名号 do not part, except that a quotation which ends with its own full stop ends the sentence it closes
 * (…强调:“…的关系。”市委…). A comma between digits is part of a number.
 */
import { pairBrackets } from './pair-brackets.ts';
import { charsOf } from './pattern-gate.ts';

export interface Member {
  readonly start: number;
  readonly end: number;
}

export interface Statement {
  readonly start: number;
  /** After the last character that is no closing punctuation. */
  readonly end: number;
  readonly members: readonly Member[];
  /** Number of the sentence it belongs to; statements parted by ; share one. */
  readonly sentence: number;
  /** The whole statement stands in brackets: (责任单位:市住建局). */
  readonly bracketed: boolean;
}

const isDigit = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 0xff10 && code <= 0xff19);
/** Characters that part, or may; 0: all others. */
const HARD = 1, SEMICOLON = 2, COMMA = 3, COLON = 4, PAIRED = 5;
const CLASS = new Uint8Array(65_536);
const mark = (chars: string, kind: number): void => { for (const char of chars) CLASS[char.charCodeAt(0)] = kind; };
mark('“‘「『《〈(（[【〔［"＂', PAIRED);
mark('。！？!?\n', HARD);
mark('；;', SEMICOLON);
mark('，,', COMMA);
mark('：:', COLON);
const BLANKS = charsOf(/[\s\u3000]/u);

export function splitStatements(text: string): Statement[] {
  const { partner } = pairBrackets(text);
  const hasPairs = partner.length > 0;
  const statements: Statement[] = [];
  let members: Member[] = [];
  let from = 0;
  let sentence = 0;

  const closeMember = (end: number): void => {
    let a = from;
    let b = end;
    while (a < b && BLANKS[text.charCodeAt(a)] === 1) a++;
    while (b > a && BLANKS[text.charCodeAt(b - 1)] === 1) b--;
    if (b > a) members.push({ start: a, end: b });
  };
  const closeStatement = (end: number, next: number, ends: boolean): void => {
    closeMember(end);
    from = next;
    if (members.length > 0) {
      const start = members[0].start;
      const last = members[members.length - 1].end;
      const bracketed = hasPairs && members.length === 1 && partner[start] === last - 1;
      statements.push({ start, end: last, members, sentence, bracketed });
      members = [];
    }
    if (ends) sentence++;
  };

  for (let i = 0; i < text.length; i++) {
    const kind = CLASS[text.charCodeAt(i)];
    if (kind === 0) continue;
    if (kind === PAIRED) {
      if (!hasPairs || partner[i] <= i) continue;
      // Marks inside a pair do not part; a pair that begins after a sentence end and holds everything up to a line end is its own statement.
      const close = partner[i];
      const before = text[close - 1];
      i = close;
      if ((before === '。' || before === '！' || before === '？') && (text[close] === '”' || text[close] === '"') && close + 1 < text.length && !',，;；。、'.includes(text[close + 1])) {
        closeStatement(close + 1, close + 1, true);
      }
    } else if (kind === HARD) closeStatement(i, i + 1, true);
    else if (kind === SEMICOLON) closeStatement(i, i + 1, false);
    else if (text[i] === '，' || !(isDigit(text.charCodeAt(i - 1)) && isDigit(text.charCodeAt(i + 1)))) {
      closeMember(i);
      from = i + 1;
    }
  }
  closeStatement(text.length, text.length, true);
  return statements;
}
