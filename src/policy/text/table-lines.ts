/**
 * Lines that are rows of a table: cells parted by tabs (as docx, html and pdf give them), by bars, or by wide blanks (a text aligned by hand).
 * A row is no heading, begins no clause and is never joined with another line.
 */

/** 1.⇥常住人口 is a numbered line with a tab after its number, no row. */
const LEADING_NUMBER = /^(?:[(（]?[0-9０-９一二三四五六七八九十]{1,3}[)）]?[.．、]?|第[0-9一二三四五六七八九十百]{1,4}[章节条编篇]|[①-⑳])[ \u3000]?\t/;
const WIDE = /(?<=\S)[ \u3000\u00a0]{2,}(?=\S)/g;
const LONGEST = 2000;

/** Whether the trimmed line has two cells or more: a tab or two bars inside, or two wide gaps and a figure or a year among its cells. */
export function isRowLine(text: string, from: number, to: number): boolean {
  // Looked for in the line alone: a text of 100,000 lines without a tab would be gone through 100,000 times.
  const line = text.slice(from, to);
  const hasTab = line.includes('\t');
  if (line.length > LONGEST) return hasTab;
  if (hasTab) return line.replace(LEADING_NUMBER, '').includes('\t');
  if (line.startsWith('|')) return line.indexOf('|', 1) > 0;
  if (!line.includes('  ') && !line.includes('\u3000') && !line.includes('\u00a0')) return false;
  return (line.match(WIDE)?.length ?? 0) >= 2 && /[0-9０-９%*×〇○—-]/.test(line) && !/[。；;]/.test(line);
}

const HEADER_WORD = /^(?:序号|编号|类[别型]|指标(?:名称|类别)?|名称|项目(?:名称)?|(?:重点|工作|目标)?任务|(?:责任|牵头|计量)?单位|年[份度]|内容|事项)$/;
/** A row whose first cells name its columns. */
export function isHeaderLine(text: string, from: number, to: number): boolean {
  return text.slice(from, Math.min(to, from + 200)).split(/\t|\||[ \u3000\u00a0]{2,}/).some((cell) => HEADER_WORD.test(cell.trim()));
}

const YEARS = /(?:19|20)[0-9]{2}\s?年?\s{1,8}(?:19|20)[0-9]{2}\s?年/;
const FIGURE = /^(?:[≥≤<>＞＜〉约]?-?[0-9][0-9.,]*(?:%|％|左右|以上|以下)?|[*＊×—–-]{1,3})$/;
/** 指标 单位 2024年 2030年, parted by single blanks: a header, where rows of such cells follow. */
export function isYearsLine(text: string, from: number, to: number): boolean {
  if (to - from > 200) return false;
  const line = text.slice(from, to);
  return YEARS.test(line) && !/[。，；,;：:]/.test(line);
}

/** A line of words and two figures or more, parted by blanks. */
export function isFiguresLine(text: string, from: number, to: number): boolean {
  if (to - from > 200) return false;
  const cells = text.slice(from, to).split(/\s+/);
  return cells.length >= 3 && cells.filter((cell) => FIGURE.test(cell)).length >= 2;
}
