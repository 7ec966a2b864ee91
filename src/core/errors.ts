import type { Bilingual } from './bilingual.ts';

/**
 * What went wrong, coarsely: the kind decides the HTTP status and the exit code, the code names the case.
 *
 * - `input`: what was given cannot be used; the caller can mend it
 * - `not-found`: there is no such city, file, feature …
 * - `conflict`: it clashes with the present state (a base already open, an edit against an older revision)
 * - `forbidden`: an access token is missing or wrong
 * - `cancelled`: the caller asked to stop
 * - `unavailable`: a thing this needs cannot be reached now
 * - `internal`: a fault of ours
 */
export type ErrorKind = 'input' | 'not-found' | 'conflict' | 'forbidden' | 'cancelled' | 'unavailable' | 'internal';

/** Where in the input the trouble lies, as far as known. `row` counts from 1 and includes the header. */
export interface ErrorPlace {
  readonly file?: string;
  readonly row?: number;
  readonly field?: string;
  readonly value?: string;
}

/**
 * The one error class of the project. `code` is stable (`import/missing-crs`); the message is one sentence in each
 * language with the offending value and the remedy.
 */
export class ChengmaiError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly text: Bilingual;
  readonly place: ErrorPlace;

  constructor(kind: ErrorKind, code: string, text: Bilingual, place: ErrorPlace = {}, cause?: unknown) {
    super(`${code}: ${text.en}`, cause === undefined ? undefined : { cause });
    this.name = 'ChengmaiError';
    this.kind = kind;
    this.code = code;
    this.text = text;
    this.place = place;
  }
}

export function cancelledError(): ChengmaiError {
  return new ChengmaiError('cancelled', 'core/cancelled', { zh: '操作已取消。', en: 'The work was cancelled.' });
}

/** Throws the cancelled error once the signal has been aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelledError();
}
