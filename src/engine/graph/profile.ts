/** How somebody travels: mode, speed and what they mind. Everything a travel graph is built from beside the network. */

export interface TravelProfile {
  readonly mode: 'walk' | 'bike' | 'drive';
  /**
   * What a cost is. `s`: seconds, each edge rounded up to whole ones, as R5 does. `mm`: millimetres along the streets, whatever the
   * speed (GB 50180's and GB 51286's radii are distances).
   */
  readonly unit: 's' | 'mm';
  /** On level ground; for driving a ceiling. 3.6 for walking (R5's default of 1 m/s), 12 for riding, none (0) for driving. */
  readonly speedKmh: number;
  /** Whether the slope of streets changes the speed of walkers and riders, up and down. Needs a network with elevation. */
  readonly slope: boolean;
  /** Riders take no street more stressful than this, 1 … 4; they push along those where walking is allowed. */
  readonly maxStress: 1 | 2 | 3 | 4;
  /** Seconds that turns cost a driver; by R5's figures unless said. */
  readonly turnS: { readonly left: number; readonly right: number; readonly straight: number; readonly uTurn: number };
  /** Connected pieces with fewer vertices are dropped; 0 keeps all. */
  readonly leastVertices: number;
  /** Points farther than this from any usable edge are linked to none, metres. The nearest edge within 300 m is taken, else the nearest within this. */
  readonly maxLinkM: number;
}
