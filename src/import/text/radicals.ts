/**
 * Radicals that a typesetter's font shares with the characters they look like come out of a PDF as such (⼀ U+2F00 for 一, ⺠ U+2EA0 for 民), and go on into what is copied
 * from it. Each is put back, one for one, so that no place moves. Unicode maps the Kangxi radicals (2F00–2FD5) itself; of the supplement (2E80–2EF3) only those that are whole
 * simplified characters are meant.
 */
const SUPPLEMENT: Readonly<Record<string, string>> = {
  '⺁': '厂', '⺒': '巳', '⺟': '母', '⺠': '民', '⺼': '肉', '⻄': '西', '⻅': '见', '⻆': '角', '⻉': '贝', '⻋': '车', '⻓': '长', '⻔': '门', '⻘': '青', '⻙': '韦', '⻚': '页', '⻛': '风', '⻜': '飞', '⻝': '食',
  '⻢': '马', '⻣': '骨', '⻤': '鬼', '⻥': '鱼', '⻦': '鸟', '⻧': '卤', '⻨': '麦', '⻩': '黄', '⻪': '黾', '⻬': '齐', '⻮': '齿', '⻰': '龙', '⻳': '龟',
};

export function restoreRadicals(text: string): string {
  return text.replace(/[\u2e80-\u2fd5]/g, (radical) => SUPPLEMENT[radical] ?? radical.normalize('NFKC'));
}
