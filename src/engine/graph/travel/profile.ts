/** How somebody travels: mode, speed and what they mind. Everything a travel graph is built from beside the network. */
import { ChengmaiError } from '../../../core/errors.ts';

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
  /** Riders take no street more stressful than this, 1 … 4 (r5r's usual 2); they push along those, and wherever else only walking is allowed. */
  readonly maxStress: 1 | 2 | 3 | 4;
  /** Seconds that turns cost a driver; by R5's figures unless said. */
  readonly turnS: { readonly left: number; readonly right: number; readonly straight: number; readonly uTurn: number };
  /**
   * Streets for those who have business there (private, destination, customers). `closed`: not used at all, as in R5. `ends`: used to
   * begin and to end a trip, never as a way through; most estates' inner roads in China are such, and their residents walk there.
   */
  readonly local: 'closed' | 'ends';
  /** Connected pieces with fewer vertices are dropped; 0 keeps all. */
  readonly leastVertices: number;
  /** Points farther than this from any usable edge are linked to none, metres. The nearest edge within 300 m is taken, else the nearest within this. */
  readonly maxLinkM: number;
}

/** Speed of those who push a bicycle, and of drivers between a point and the street, km/h. */
export const ON_FOOT_KMH = 3.6;

const DEFAULT_KMH = { walk: ON_FOOT_KMH, bike: 12, drive: 0 } as const;

/** The usual profile of a mode, with what differs. @throws ChengmaiError `engine/profile` as {@link checkProfile} does */
export function profileOf(mode: TravelProfile['mode'], differing: Partial<Omit<TravelProfile, 'mode'>> = {}): TravelProfile {
  const profile: TravelProfile = {
    mode, unit: 's', speedKmh: DEFAULT_KMH[mode], slope: false, maxStress: 2,
    turnS: { left: 30, right: 10, straight: 0, uTurn: 90 },
    local: 'closed', leastVertices: 40, maxLinkM: 1600, ...differing,
  };
  checkProfile(profile);
  return profile;
}

function refuse(field: string, value: number, zh: string, en: string): never {
  throw new ChengmaiError('input', 'engine/profile', { zh: `出行参数 ${field} 不能是 ${value}：${zh}。`, en: `The travel profile's ${field} cannot be ${value}: ${en}.` }, { field, value: String(value) });
}

/** Refuses speeds nobody moves at, and numbers that are none. @throws ChengmaiError `engine/profile` naming the field */
export function checkProfile({ mode, speedKmh, maxStress, turnS, leastVertices, maxLinkM }: TravelProfile): void {
  const noCeiling = mode === 'drive' && speedKmh === 0;
  if (!noCeiling && !(speedKmh >= 0.1 && speedKmh <= 300)) refuse('speedKmh', speedKmh, '请给出 0.1 至 300 公里/小时的速度', 'give a speed of 0.1 to 300 km/h');
  if (![1, 2, 3, 4].includes(maxStress)) refuse('maxStress', maxStress, '请取 1、2、3 或 4', 'take 1, 2, 3 or 4');
  for (const [turn, seconds] of Object.entries(turnS)) {
    if (!(Number.isInteger(seconds) && seconds >= 0 && seconds <= 3600)) refuse(`turnS.${turn}`, seconds, '请给出 0 至 3600 的整秒数', 'give whole seconds from 0 to 3600');
  }
  if (!(Number.isInteger(leastVertices) && leastVertices >= 0)) refuse('leastVertices', leastVertices, '请给出非负整数', 'give a whole number, 0 or more');
  if (!(maxLinkM >= 0 && maxLinkM <= 100_000)) refuse('maxLinkM', maxLinkM, '请给出 0 至 100000 米', 'give 0 to 100,000 metres');
}
