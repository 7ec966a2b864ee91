import type { Bilingual } from './bilingual.ts';
import type { ErrorPlace } from './errors.ts';

/** `info`: worth knowing; `warning`: a record was changed or guessed at; `error`: a record was left out. */
export type NoteLevel = 'info' | 'warning' | 'error';

/**
 * Something an import or a computation says about its input without stopping. Equal notes are counted, not repeated:
 * `count` is how often it happened and `examples` are the first places where it did.
 */
export interface Note {
  readonly code: string;
  readonly level: NoteLevel;
  readonly text: Bilingual;
  readonly count: number;
  readonly examples: readonly ErrorPlace[];
}

const EXAMPLES_KEPT = 5;
const CODES_KEPT = 500;

/** Collects notes by code, in bounded memory however many bad rows a file has. */
export class NoteBook {
  readonly #examplesKept: number;
  readonly #notes = new Map<string, { code: string; level: NoteLevel; text: Bilingual; count: number; examples: ErrorPlace[] }>();
  #dropped = 0;

  /** @param examplesKept of each code; more where every place is to be mended by hand */
  constructor(examplesKept = EXAMPLES_KEPT) {
    this.#examplesKept = examplesKept;
  }

  /** Adds one occurrence; the text of the first occurrence of a code stands for all of them. */
  add(level: NoteLevel, code: string, text: Bilingual, place?: ErrorPlace, count = 1): void {
    let note = this.#notes.get(code);
    if (note === undefined) {
      if (this.#notes.size >= CODES_KEPT) {
        this.#dropped += count;
        return;
      }
      note = { code, level, text, count: 0, examples: [] };
      this.#notes.set(code, note);
    }
    note.count += count;
    if (place !== undefined && note.examples.length < this.#examplesKept) note.examples.push(place);
  }

  list(): Note[] {
    const notes: Note[] = [...this.#notes.values()].map((note) => ({ ...note, examples: [...note.examples] }));
    if (this.#dropped > 0) {
      notes.push({
        code: 'core/more-notes',
        level: 'info',
        text: { zh: '另有其他种类的提示未列出。', en: 'Notes of further kinds are not listed.' },
        count: this.#dropped,
        examples: [],
      });
    }
    return notes;
  }
}
