/** What the page and its worker say to one another. */
import type { IsochroneAnswer, IsochroneRequest } from '../../../base/network/reach/isochrone-api.ts';
import type { Bilingual } from '../../../core/bilingual.ts';
import type { ErrorPlace } from '../../../core/errors.ts';

export type ToWorker =
  | { readonly type: 'open'; readonly network: ArrayBuffer; readonly opportunities: ArrayBuffer }
  /** What the next answer will need: made before anybody asks. */
  | { readonly type: 'prepare'; readonly request: IsochroneRequest }
  | { readonly type: 'ask'; readonly id: number; readonly request: IsochroneRequest };

export interface ReachProblem {
  readonly code: string;
  readonly text: Bilingual;
  readonly place: ErrorPlace;
}

export type FromWorker =
  | { readonly type: 'opened' }
  | { readonly type: 'answer'; readonly id: number; readonly answer: IsochroneAnswer; readonly tookMs: number }
  | { readonly type: 'problem'; readonly id: number; readonly problem: ReachProblem }
  /** The buffers cannot be used here: the server answers instead. */
  | { readonly type: 'unusable' };
