/** What a quarterly bulletin is written from: the ledger as it stood at the ends of two quarters, and the targets. */
import type { Bilingual, Language } from '../../core/bilingual.ts';
import type { TargetLine, TaskJson } from '../../delivery/api.ts';
import type { Quarter } from '../../delivery/ledger/quarter.ts';

export interface BulletinInput {
  readonly language: Language;
  readonly cityName: Bilingual;
  readonly quarter: Quarter;
  /** The last day of the quarter, or the present one while it runs: lights are of this day. */
  readonly asOf: string;
  /** All rows as they stood then. */
  readonly tasks: readonly TaskJson[];
  /** At the end of the quarter before, with the lights of that day. */
  readonly before: readonly TaskJson[];
  /** The day of the ledger's first record; null while it is empty. What lies before it cannot be compared with. */
  readonly recordedSince: string | null;
  readonly targets: readonly TargetLine[];
}
