/** Rows of a long table by what they belong to, found by counting: 4 bytes a row and 4 a group. */
import type { NumberColumn } from './columns.ts';

export interface RowGroups {
  /** Row numbers of a group in the order of the file. A view: do not change it. */
  rowsOf(group: number): Uint32Array;
}

export function groupRows(groupOf: NumberColumn, groups: number): RowGroups {
  const ends = new Uint32Array(groups + 1);
  for (let row = 0; row < groupOf.length; row++) ends[groupOf.at(row) + 1]++;
  for (let group = 0; group < groups; group++) ends[group + 1] += ends[group];
  const order = new Uint32Array(groupOf.length);
  const next = ends.slice(0, groups);
  for (let row = 0; row < groupOf.length; row++) order[next[groupOf.at(row)]++] = row;
  return { rowsOf: (group) => order.subarray(ends[group], ends[group + 1]) };
}

export interface SortedRows {
  readonly rows: Uint32Array;
  readonly wasSorted: boolean;
  /** How many rows have the sequence number of the row before. */
  readonly duplicates: number;
}

/** Rows by sequence number, those with equal numbers in the order of the file. */
export function sortedBySequence(rows: Uint32Array, sequence: NumberColumn): SortedRows {
  let wasSorted = true;
  for (let i = 1; i < rows.length && wasSorted; i++) wasSorted = sequence.at(rows[i - 1]) <= sequence.at(rows[i]);
  const sorted = wasSorted ? rows : rows.toSorted((a, b) => sequence.at(a) - sequence.at(b) || a - b);
  let duplicates = 0;
  for (let i = 1; i < sorted.length; i++) if (sequence.at(sorted[i - 1]) === sequence.at(sorted[i])) duplicates++;
  return { rows: sorted, wasSorted, duplicates };
}
