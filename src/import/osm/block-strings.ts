/** The strings of one block, decoded when first asked for. */
import type { StringColumns } from './block-columns.ts';
import { MalformedBlock } from './pbf-error.ts';

const utf8 = new TextDecoder('utf-8');

export class BlockStrings {
  readonly #columns: StringColumns;
  readonly #decoded: (string | undefined)[];
  /** Texts so far that were not valid UTF-8. */
  badTexts = 0;

  constructor(columns: StringColumns) {
    this.#columns = columns;
    this.#decoded = Array.from({ length: columns.count });
  }

  /**
   * The text at an index of the string table, without NUL characters, which no database takes.
   *
   * @throws MalformedBlock for an index outside the table
   */
  get(index: number): string {
    const known = this.#decoded[index];
    if (known !== undefined) return known;
    const { bytes, starts, ends, count } = this.#columns;
    if (index >= count) throw new MalformedBlock(`字符串编号 ${index} 超出字符串表（${count} 个）`, `string ${index} is outside the table of ${count}`);
    const raw = utf8.decode(bytes.subarray(starts[index], ends[index]));
    const text = raw.includes('\0') ? raw.replaceAll('\0', '') : raw;
    this.#decoded[index] = text;
    if (text.includes('\ufffd')) this.badTexts++;
    return text;
  }

  /** The tags in [start, end) of an interleaved key–value column. A key given twice keeps its last value. */
  tags(column: Uint32Array, start: number, end: number): Record<string, string> {
    const tags: Record<string, string> = {};
    for (let i = start; i < end; i += 2) {
      const key = this.get(column[i]);
      // Assigning to this one key would change the object rather than add to it.
      if (key !== '__proto__') tags[key] = this.get(column[i + 1]);
    }
    return tags;
  }
}
