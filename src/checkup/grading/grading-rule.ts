/**
 * The numbers behind grades that the manual leaves open, as data. 《城市体检工作手册（试行）》2025 says what an indicator is held against
 * (standard, trend, survey and hotline, peers) and that a survey score under 60 drops one grade; it prints no formula. These are ours, shown
 * as such, free to be edited.
 */
export interface GradingRule {
  readonly version: string;
  /** A standard missed by at most this share of itself is 一般, by more 不足. */
  readonly nearlyMet: number;
  /** Where the aim is that none falls short: 较好 up to the first share of units (or of demand) short, 一般 up to the second, beyond it 不足. */
  readonly shortShares: readonly [good: number, fair: number];
  /** A change for the worse since the period before by more than this share drops a grade; one for the better by as much is an improvement. */
  readonly trendShare: number;
  /** Survey scores of 100; under it one grade is dropped (the manual's). */
  readonly surveyPass: number;
  /** Survey scores at which an upgrade item (提升类) is 较好. */
  readonly surveyGood: number;
  /** Fewer cities than these are no peers. */
  readonly leastPeers: number;
  /** A place within a city, where no standard is printed, against the city's own value: at least these shares of it are 很好, 较好, 一般. */
  readonly placeShares: readonly [veryGood: number, good: number, fair: number];
  /** …and differences below this many per cent points (shares) are no shortfall. */
  readonly leastPoints: number;
  /** A dimension of whose base indicators a smaller share is graded has no grade: one road density of 31 indicators makes no city 优. */
  readonly leastGraded: number;
}

export const GRADING_RULE: GradingRule = {
  version: '2026.2',
  nearlyMet: 0.1,
  shortShares: [0.05, 0.1],
  trendShare: 0.05,
  surveyPass: 60,
  surveyGood: 80,
  leastPeers: 4,
  placeShares: [1, 0.8, 0.5],
  leastPoints: 10,
  leastGraded: 1 / 3,
};
