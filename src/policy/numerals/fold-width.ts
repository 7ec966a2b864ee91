/**
 * Full-width forms as their ASCII twins, one character for one, so that offsets stay: patterns are then written once. A full-width comma
 * between ASCII digits stays: it parts two numbers (完成5，200个), while 1,200 is one.
 */
const CHUNK = 4096;
const codes = new Uint16Array(CHUNK);
/** Times and quantities of a passage ask for the same text one after the other. */
let last = { source: '', folded: '' };

export function foldWidth(source: string): string {
  if (source !== last.source) last = { source, folded: fold(source) };
  return last.folded;
}

function fold(text: string): string {
  let folded = '';
  for (let from = 0; from < text.length; from += CHUNK) {
    const length = Math.min(CHUNK, text.length - from);
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(from + i);
      const stays = code < 0xff01 || code > 0xff5e || (code === 0xff0c && isAsciiDigit(text, from + i - 1) && isAsciiDigit(text, from + i + 1));
      codes[i] = stays ? code : code - 0xfee0;
    }
    folded += String.fromCharCode.apply(null, length === CHUNK ? codes as unknown as number[] : codes.subarray(0, length) as unknown as number[]);
  }
  return folded;
}

const isAsciiDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
};
