/** COPY in pieces, each a short transaction of its own, so that readers of the embedded base's one connection get turns. */
import { throwIfCancelled } from '../../core/errors.ts';
import type { WorkContext } from '../../core/progress.ts';
import type { Database } from '../database.ts';

const PIECE_CHARACTERS = 4 * 1024 * 1024;

/** Copies lines of COPY text into a table; returns the number of rows. @throws ChengmaiError of kind `cancelled` between two pieces */
export async function copyInPieces(database: Database, table: string, columns: readonly string[], lines: Iterable<string>, context: WorkContext): Promise<number> {
  let rows = 0;
  let piece: string[] = [];
  let characters = 0;
  const flush = async (): Promise<void> => {
    if (piece.length === 0) return;
    throwIfCancelled(context.signal);
    rows += await database.copyIn(table, columns, piece);
    piece = [];
    characters = 0;
  };
  for (const line of lines) {
    piece.push(line);
    characters += line.length;
    if (characters >= PIECE_CHARACTERS) await flush();
  }
  await flush();
  return rows;
}
