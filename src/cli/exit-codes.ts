import type { ErrorKind } from '../core/errors.ts';

/** What a command ends with. The numbers are part of the interface: README and `--help` list them. */
export const EXIT_CODES: Readonly<Record<ErrorKind | 'done', number>> = {
  done: 0,
  internal: 1,
  input: 2,
  'not-found': 3,
  conflict: 4,
  forbidden: 5,
  unavailable: 6,
  cancelled: 130,
};
