/** Cells of workbooks as the libraries can carry them, there and back. */
import type { CellValue } from '../core/cell-text.ts';

export const HEADER_STYLE = { fontWeight: 'bold', backgroundColor: '#E8EEF4', wrap: true, alignVertical: 'center' } as const;
/** Beyond this a cell cannot be written (Excel's own limit). */
export const MOST_CELL_CHARACTERS = 32_767;

/** write-excel-file 4.1.1 keeps its texts in a plain object and loses cells that read `valueOf`, `constructor` and the like: they go out behind a space of no width. */
const NO_WIDTH = '\u200b';
const isLost = (text: string): boolean => text in Object.prototype;

/** What reads like an escape of the format (`_x0041_`) is escaped itself (ECMA-376 22.9.2.19); the writer leaves that to us. */
const protect = (text: string): string => (isLost(text) ? NO_WIDTH + text : text.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_'));

/** A cell as it came back → as it was written. */
export function restoreCell<Value>(value: Value): Value | string {
  return typeof value === 'string' && value.startsWith(NO_WIDTH) && isLost(value.slice(1)) ? value.slice(1) : value;
}

/** A cell for write-excel-file. */
export function workbookCell(value: CellValue, isWide: boolean) {
  if (value === null || value === '') return null;
  if (typeof value === 'string') return { value: protect(value.slice(0, MOST_CELL_CHARACTERS)), type: String, wrap: isWide, alignVertical: 'top' as const };
  return typeof value === 'number' ? { value, type: Number, alignVertical: 'top' as const } : { value, type: Boolean, alignVertical: 'top' as const };
}
