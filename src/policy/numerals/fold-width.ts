/**
 * Full-width forms as their ASCII twins, one character for one, so that offsets stay: patterns are then written once. A full-width comma
 * between ASCII digits stays: it parts two numbers (完成5，200个), while 1,200 is one.
 */
const CHUNK = 4096;
const codes = new Uint16Array(CHUNK);
/** The first n of `codes`, each made once: there are very many short texts. */
const beginnings: (Uint16Array | undefined)[] = Array.from({ length: CHUNK + 1 }, () => undefined);
/** Times and quantities of a passage ask for the same text one after the other. */
let last = { source: '', folded: '' };

export function foldWidth(source: string): string {
  if (source !== last.source) last = { source, folded: fold(source) };
  return last.folded;
}

function fold(text: string): string {
  let first = 0;
  while (first < text.length && !isWide(text.charCodeAt(first))) first++;
  if (first === text.length) return text;
  let folded = '';
  for (let from = 0; from < text.length; from += CHUNK) {
    const length = Math.min(CHUNK, text.length - from);
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(from + i);
      const stays = !isWide(code) || (code === 0xff0c && isAsciiDigit(text, from + i - 1) && isAsciiDigit(text, from + i + 1));
      codes[i] = stays ? code : code - 0xfee0;
    }
    folded += String.fromCharCode.apply(null, (beginnings[length] ??= codes.subarray(0, length)) as unknown as number[]);
  }
  return folded;
}

const isWide = (code: number): boolean => code >= 0xff01 && code <= 0xff5e;
const isAsciiDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
};
