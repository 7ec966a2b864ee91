/** Reads a whole file with the reader that recognises it, for tests. */
import { NoteBook } from '../src/core/note.ts';
import type { Note } from '../src/core/note.ts';
import { bytesSource } from '../src/import/byte-source.ts';
import type { FeatureRecord, ImportFacts, ImportOptions, ImportRecord, PlaceRecord, PopulationCellRecord, TableRowRecord } from '../src/import/model.ts';
import { recogniseFile } from '../src/import/recognise.ts';

export interface ReadFile {
  readonly format: string;
  readonly records: readonly ImportRecord[];
  readonly features: readonly FeatureRecord[];
  readonly places: readonly PlaceRecord[];
  readonly cells: readonly PopulationCellRecord[];
  readonly rows: readonly TableRowRecord[];
  readonly notes: readonly Note[];
  /** Note code → how often. */
  readonly counts: Readonly<Record<string, number>>;
  readonly facts: ImportFacts;
}

export async function readAll(name: string, content: Uint8Array | string, options: ImportOptions = {}): Promise<ReadFile> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const source = bytesSource(name, bytes);
  const reader = await recogniseFile(source);
  const notes = new NoteBook();
  const facts: ImportFacts = { seen: {} };
  const records: ImportRecord[] = [];
  for await (const chunk of reader.read(source, options, { notes }, facts)) records.push(...chunk);
  const of = <T extends ImportRecord['type']>(type: T): Extract<ImportRecord, { type: T }>[] => records.filter((record): record is Extract<ImportRecord, { type: T }> => record.type === type);
  const list = notes.list();
  return {
    format: reader.format,
    records,
    features: of('feature'),
    places: of('place'),
    cells: of('population-cell'),
    rows: of('row'),
    notes: list,
    counts: Object.fromEntries(list.map((note) => [note.code, note.count])),
    facts,
  };
}

/** The code of the error that a promise ends in, or `no error`. */
export async function errorCode(run: Promise<unknown>): Promise<string> {
  try {
    await run;
    return 'no error';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
