/**
 * Rows of a table of duties in running text (任务分工表): cells parted by tabs, a header that names a column of tasks and one of bodies. What
 * the columns mean is read from the header, so that any order and any further column will do.
 */
export type Column = 'task' | 'lead' | 'support' | 'deadline' | 'other';
export interface Cell {
  readonly start: number;
  readonly end: number;
  readonly column: Column;
}
export interface TableRow {
  readonly start: number;
  readonly end: number;
  readonly cells: readonly Cell[];
}

const HEADS: readonly (readonly [RegExp, Column])[] = [
  [/^(?:重点|主要|具体|工作)?(?:任务|工作|事项|举措|措施|内容)(?:名称|内容|事项|清单|分解|要点|安排)?$/u, 'task'],
  [/^(?:牵头|主办|主责|责任|负责|实施|承办)(?:单位|部门|主体)(?:及责任人)?$/u, 'lead'],
  [/^(?:配合|协办|参与|协同|支持)(?:单位|部门)$/u, 'support'],
  [/^(?:完成|办结|时间|时限)(?:时限|时间|期限|节点|要求)?$/u, 'deadline'],
];

function columnOf(head: string): Column {
  const bare = head.replace(/\s/gu, '');
  return HEADS.find(([pattern]) => pattern.test(bare))?.[1] ?? 'other';
}

/** Rows under a header that has both tasks and bodies; the header itself and rows of other tables are left out of `rows`, headers stand in `headers`. */
export function readTableRows(text: string): { rows: TableRow[]; headers: (readonly [start: number, end: number])[] } {
  const rows: TableRow[] = [];
  const headers: (readonly [number, number])[] = [];
  if (!text.includes('\t')) return { rows, headers };
  let columns: Column[] | null = null;
  let start = 0;
  while (start <= text.length) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const line = text.slice(start, end);
    if (!line.includes('\t')) columns = null;
    else {
      const heads: Column[] = line.split('\t').map(columnOf);
      if (heads.includes('task') && (heads.includes('lead') || heads.includes('support'))) {
        columns = heads;
        headers.push([start, end]);
      } else if (columns !== null) rows.push({ start, end, cells: cellsOf(line, start, columns) });
    }
    start = end + 1;
  }
  return { rows, headers };
}

function cellsOf(line: string, from: number, columns: readonly Column[]): Cell[] {
  const cells: Cell[] = [];
  let at = from;
  line.split('\t').forEach((cell, i) => {
    const lead = cell.length - cell.trimStart().length;
    const end = at + cell.trimEnd().length;
    if (end > at + lead) cells.push({ start: at + lead, end, column: columns[i] ?? 'other' });
    at += cell.length + 1;
  });
  return cells;
}
