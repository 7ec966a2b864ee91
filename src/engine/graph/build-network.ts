/** NetworkSource → Network. */
import type { Note } from '../../core/note.ts';
import type { Network } from './network.ts';

export type { NetworkSource } from './network-source.ts';

export interface NetworkOptions {
  /**
   * `city` (unless said): closed gates stop, squares are crossed, buildings are entered.
   * `r5`: ways alone, parted where R5 parts them, so that its published walking times come out.
   */
  readonly rules?: 'city' | 'r5';
  /** Decimetres above the datum at a longitude and latitude in degrees; NaN where unknown. */
  readonly elevation?: (lon: number, lat: number) => number;
  /** Hash of what the elevation comes from, for the network's key. */
  readonly elevationKey?: string;
}

export interface BuiltNetwork {
  readonly network: Network;
  /** What could not be used, counted. */
  readonly notes: readonly Note[];
}
