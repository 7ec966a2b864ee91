/** Writes UTF-8 CSV (RFC 4180 quoting, line feeds) through a buffer of 256 KiB. */
import { closeSync, openSync, writeSync } from 'node:fs';

export type CsvValue = string | number | boolean | undefined;

const BUFFER_CHARACTERS = 1 << 18;

/** One value as a CSV field: yes/no words in Chinese as the registries have them, nothing for undefined. */
export function formatCsvField(value: CsvValue): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? '是' : '否';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export class CsvWriter {
  readonly #file: number;
  readonly #width: number;
  #pending = '';
  rows = 0;

  constructor(path: string, header: readonly string[]) {
    this.#file = openSync(path, 'w');
    this.#width = header.length;
    this.#pending = `${header.map(formatCsvField).join(',')}\n`;
  }

  add(values: readonly CsvValue[]): void {
    if (values.length !== this.#width) throw new Error(`a row of ${values.length} values in a table of ${this.#width} columns`);
    let line = '';
    for (let i = 0; i < values.length; i++) line += (i === 0 ? '' : ',') + formatCsvField(values[i]);
    this.#pending += `${line}\n`;
    this.rows++;
    if (this.#pending.length > BUFFER_CHARACTERS) this.#flush();
  }

  #flush(): void {
    if (this.#pending !== '') writeSync(this.#file, this.#pending);
    this.#pending = '';
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  /** Lets go of the file as it is: for a run that failed or was cancelled. */
  abandon(): void {
    closeSync(this.#file);
  }
}
