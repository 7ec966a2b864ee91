/** All readers. A new format is a file beside this one and a line here. */
import type { FormatId, FormatReader } from './model.ts';

export const READERS: readonly FormatReader[] = [];

export function findReader(format: FormatId): FormatReader | undefined {
  return READERS.find((reader) => reader.format === format);
}
