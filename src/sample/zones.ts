/** What kinds of cell the city is made of, and how each kind is laid out. */

export type Zone =
  | 'core'
  | 'commercial'
  | 'estate80'
  | 'estate90'
  | 'highrise'
  | 'village'
  | 'industry'
  | 'park'
  | 'university'
  | 'station'
  | 'rural';

export const ZONE_LETTERS: Readonly<Record<string, Zone>> = {
  H: 'core',
  C: 'commercial',
  E: 'estate80',
  F: 'estate90',
  N: 'highrise',
  V: 'village',
  I: 'industry',
  P: 'park',
  U: 'university',
  S: 'station',
  '~': 'rural',
};

export interface ZoneRule {
  /** Persons of a cell before the whole is scaled to the size asked for. */
  readonly persons: number;
  readonly householdSize: number;
  /** Shares of the population: 0-2, 3-5, 6-11, 12-14, 65+. */
  readonly ages: readonly [number, number, number, number, number];
  /**
   * Plans of a cell, north row first. Capitals: homes (equal neighbours are one compound); `.`: homes, a lot each;
   * small letters: the lots of facilities.ts; `*`: a lot the sub-district's programme fills.
   */
  readonly plans: readonly (readonly string[])[];
  /** The plan where a radial avenue crosses from south-west to north-east; `/` are the lots it cuts. */
  readonly radialPlan?: readonly string[];
  /** False where the plan must not be turned (the station faces its railway). */
  readonly turns: boolean;
}

export const ZONES: Readonly<Record<Zone, ZoneRule>> = {
  core: {
    persons: 6800,
    householdSize: 2.4,
    ages: [0.018, 0.02, 0.045, 0.024, 0.24],
    turns: true,
    plans: [
      ['......', '.k.xx.', '...xx.', 'g....m', '.p...s', '...*.s'],
      ['..*...', '.m..k.', '......', 'ss.p..', '....x.', '..g...'],
    ],
  },
  commercial: {
    persons: 4600,
    householdSize: 2.3,
    ages: [0.021, 0.024, 0.05, 0.025, 0.13],
    turns: true,
    plans: [
      ['roAo', 'okrm', 'BpoC', 'o*co'],
      ['Aorr', 'o*rr', 'cpkB', 'omCo'],
    ],
  },
  estate80: {
    persons: 7900,
    householdSize: 2.5,
    ages: [0.019, 0.022, 0.046, 0.025, 0.23],
    turns: true,
    plans: [
      ['ABBk', 'CDEs', 'FDEs', 'm*Hp'],
      ['kABC', 'pDDm', 'EFGs', '*HIs'],
    ],
    radialPlan: ['AAk/', 'BC/s', 'D/Es', '/*mp'],
  },
  estate90: {
    persons: 8000,
    householdSize: 2.6,
    ages: [0.023, 0.026, 0.055, 0.029, 0.17],
    turns: true,
    plans: [
      ['AABk', 'CDBs', 'CDEs', 'p*Em'],
      ['k*AA', 'BBCD', 'ssCD', 'Epm*'],
    ],
    radialPlan: ['ABk/', 'CD/s', 'm/Es', '/*EF'],
  },
  highrise: {
    persons: 8600,
    householdSize: 2.8,
    ages: [0.036, 0.038, 0.066, 0.03, 0.08],
    turns: true,
    plans: [
      ['AABB', 'AABB', 'kpCC', 's*CC'],
      ['AAks', 'AA*p', 'mBCC', 'gBCC'],
    ],
    radialPlan: ['AAk/', 'AA/s', 'p/BB', '/*BB'],
  },
  village: {
    persons: 9200,
    householdSize: 2.1,
    ages: [0.024, 0.023, 0.042, 0.02, 0.05],
    turns: true,
    plans: [
      ['..k', '.*.', 'm..'],
      ['...', 'k.m', '.*.'],
    ],
  },
  industry: {
    persons: 1000,
    householdSize: 1.8,
    ages: [0.008, 0.008, 0.012, 0.006, 0.02],
    turns: true,
    plans: [
      ['iiw', 'idi', 'oiw'],
      ['wii', 'iio', 'idi'],
    ],
  },
  park: {
    persons: 1700,
    householdSize: 2.7,
    ages: [0.03, 0.03, 0.06, 0.03, 0.12],
    turns: true,
    plans: [['qqq', 'qqq', 'At*']],
  },
  university: {
    persons: 5200,
    householdSize: 3.2,
    ages: [0.008, 0.01, 0.02, 0.008, 0.07],
    turns: true,
    plans: [['uuA', 'uut', 'yyk']],
  },
  station: {
    persons: 2600,
    householdSize: 2.2,
    ages: [0.02, 0.022, 0.045, 0.022, 0.12],
    turns: false,
    plans: [['rzz', 'oAm', 'B*k']],
  },
  rural: { persons: 320, householdSize: 2.9, ages: [0.016, 0.02, 0.05, 0.028, 0.27], turns: true, plans: [['v']] },
};
