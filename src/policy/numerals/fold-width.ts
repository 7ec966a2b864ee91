/**
 * Full-width forms as their ASCII twins, one character for one, so that offsets stay: patterns are then written once. A full-width comma
 * between ASCII digits stays: it parts two numbers (完成5，200个), while 1,200 is one.
 */
export function foldWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/gu, (char, at: number) => {
    if (char === '\uff0c' && isAsciiDigit(text, at - 1) && isAsciiDigit(text, at + 1)) return char;
    return String.fromCharCode(char.charCodeAt(0) - 0xfee0);
  });
}

const isAsciiDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
};
