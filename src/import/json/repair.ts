/**
 * JSON that is nearly right, made right: stray characters between tokens and trailing commas are dropped, `NaN` and
 * `Infinity` (which Python writes) become null, control characters within strings are escaped. Everything dropped is
 * reported, so that nothing is changed in silence.
 */
export interface Repair {
  readonly text: string;
  /** What was dropped or replaced, with its position in the text. */
  readonly changes: readonly { at: number; dropped: string }[];
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const LITERAL = /true|false|null/y;
const NOT_JSON_NUMBER = /-?(?:NaN|Infinity|nan|inf|Inf)/y;
const CHANGES_KEPT = 20;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** The string token that begins at a quote, control characters escaped; undefined where it does not end. */
function readString(text: string, start: number): { token: string; end: number } | undefined {
  let token = '"';
  for (let i = start + 1; i < text.length; i++) {
    const c = text[i];
    if (c === '"') return { token: `${token}"`, end: i + 1 };
    if (c === '\\') {
      const escape = matchAt(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y, text, i);
      token += escape ?? '\\\\';
      i += (escape?.length ?? 1) - 1;
    } else token += c < ' ' ? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}` : c;
  }
  return undefined;
}

/** A repaired text that may parse; undefined where a string never ends. */
export function repairJson(text: string): Repair | undefined {
  const changes: { at: number; dropped: string }[] = [];
  const tokens: string[] = [];
  const drop = (at: number, dropped: string): void => {
    const last = changes.at(-1);
    if (last !== undefined && last.at + last.dropped.length === at && last.dropped.length < 40) last.dropped += dropped;
    else if (changes.length < CHANGES_KEPT) changes.push({ at, dropped });
  };
  let at = 0;
  while (at < text.length) {
    const c = text[at];
    if (c === '"') {
      const string = readString(text, at);
      if (string === undefined) return undefined;
      tokens.push(string.token);
      at = string.end;
    } else if (/\s/.test(c)) at++;
    else if ('{}[]:,'.includes(c)) {
      const last = tokens.at(-1);
      if ((c === '}' || c === ']') && last === ',') {
        tokens.pop();
        drop(at, ',');
      }
      if (c === ',' && (last === ',' || last === '[' || last === '{')) drop(at, ',');
      else tokens.push(c);
      at++;
    } else {
      const token = matchAt(NUMBER, text, at) ?? matchAt(LITERAL, text, at);
      const replaced = matchAt(NOT_JSON_NUMBER, text, at);
      const follows = [':', ',', '[', undefined].includes(tokens.at(-1));
      if (replaced !== undefined && follows) {
        tokens.push('null');
        drop(at, replaced);
      } else if (token !== undefined && follows) tokens.push(token);
      else drop(at, token ?? c);
      at += (replaced !== undefined && follows ? replaced : token ?? c).length;
    }
  }
  return { text: tokens.join(''), changes };
}
