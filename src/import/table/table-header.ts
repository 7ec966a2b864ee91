/** Finding the header of a table that people made: past titles and notes above it, with doubled and empty names mended. */
import type { NoteBook } from '../../core/note.ts';
import type { AttributeValue } from '../model.ts';

export type Cell = AttributeValue;

const ROWS_SEARCHED = 15;
const NAME_LENGTH = 200;

function isFilled(cell: Cell): boolean {
  return cell !== null && String(cell).trim() !== '';
}

function looksNumeric(cell: Cell): boolean {
  return typeof cell === 'number' || (typeof cell === 'string' && /^\s*[-+]?[\d.,]+\s*$/.test(cell));
}

/**
 * The index of the header row: the first of the top rows whose filled cells are at least 70 % of the widest row there,
 * none of them a number. Undefined where the first full row is data already.
 */
export function findHeaderRow(rows: readonly (readonly Cell[])[]): number | undefined {
  const top = rows.slice(0, ROWS_SEARCHED);
  const filled = top.map((row) => row.filter(isFilled).length);
  const widest = Math.max(0, ...filled);
  const index = filled.findIndex((count) => count >= Math.max(1, 0.7 * widest));
  if (index < 0) return undefined;
  const cells = top[index].filter(isFilled);
  const numeric = cells.filter(looksNumeric).length;
  return numeric > cells.length / 2 ? undefined : index;
}

/** Column names of a header row: trimmed, unique (`name`, `name_2`), empty ones by their position. */
export function nameColumns(header: readonly Cell[], place: { file: string; row: number }, notes: NoteBook): string[] {
  const used = new Set<string>();
  return header.map((cell, i) => {
    const raw = isFilled(cell) ? String(cell).replace(/^\ufeff/, '').replace(/\s+/g, ' ').trim().slice(0, NAME_LENGTH) : `column_${i + 1}`;
    const base = raw === '__proto__' ? 'proto' : raw;
    let name = base;
    for (let n = 2; used.has(name); n++) name = `${base}_${n}`;
    if (name !== base) notes.add('warning', 'import/double-header', { zh: '表头有重名的列，后出现的加了序号。', en: 'Column names occur twice; later ones were numbered.' }, { ...place, field: base, value: name });
    used.add(name);
    return name;
  });
}
