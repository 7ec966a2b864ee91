/**
 * 城市体检: what a check-up is made of.
 *
 * Invariants:
 * - An *indicator* is data (catalogue/): what is measured, at which level it is judged, by which method, against which thresholds. A method names
 *   an operator (operators/) and its parameters; the first of an indicator's methods whose data is there measures it.
 * - A *check-up* measures every indicator of the catalogue for one city and period. An indicator that cannot be measured is in it as `missing`, with
 *   the reason and the file that would supply it; it is never left out and never 0.
 * - A check-up is replaced as a whole: readers see the last complete one, whatever happens to the run that follows it.
 * - Values from OpenStreetMap are `proxy`. A threshold that is only recalled is `unverified`; one that is uncertain is not in the catalogue.
 */
import type { Bilingual } from '../core/bilingual.ts';
import type { PlaceLevel } from '../import/model.ts';

/** 四个维度. Groups part the city dimension (and further sets) for reading; grades are by dimension. */
export const DIMENSIONS = ['housing', 'community', 'block', 'city'] as const;
export type DimensionId = (typeof DIMENSIONS)[number];

export const INDICATOR_GROUPS = [
  'housing', 'community', 'block', 'ecology', 'heritage', 'industry-city', 'safety', 'smart', 'rectification',
  'local', 'living-circle', 'complete-community', 'renewal-area', 'sdg', 'ghsci', 'accessibility', 'equity', 'user',
] as const;
export type IndicatorGroup = (typeof INDICATOR_GROUPS)[number];

/** Where an indicator comes from; only `national-2025` counts for dimension grades. */
export const INDICATOR_SETS = ['national-2025', 'local', 'living-circle', 'complete-community', 'renewal-area', 'international', 'accessibility', 'user'] as const;
export type IndicatorSet = (typeof INDICATOR_SETS)[number];

export type Direction = 'up' | 'down' | 'band' | 'inventory';
export type Quality = 'measured' | 'proxy' | 'reported' | 'missing';
/** standards: C, C local, R. What is U is not in the catalogue. */
export type Confidence = 'certain' | 'certain-local' | 'recalled';

/** 国发〔2014〕51号 by residents of the urban districts: 超大 ≥ 10 M, 特大 5–10, Ⅰ型大 3–5, Ⅱ型大 1–3, 中 0.5–1, Ⅰ型小 0.2–0.5, Ⅱ型小 < 0.2. */
export const CITY_CLASSES = ['super-large', 'very-large', 'large-1', 'large-2', 'medium', 'small-1', 'small-2'] as const;
export type CityClass = (typeof CITY_CLASSES)[number];
/** 直辖市, 省会, 计划单列市, 地级市, 县级市: some thresholds go by rank. */
export const CITY_RANKS = ['municipality', 'provincial-capital', 'separately-planned', 'prefecture', 'county'] as const;
export type CityRank = (typeof CITY_RANKS)[number];

/** A value to be held against, with where it is stated. */
export interface Threshold {
  /** Holds only where all that is named fits; absent: everywhere. */
  readonly when?: {
    readonly cityClass?: readonly CityClass[];
    readonly cityRank?: readonly CityRank[];
    readonly levels?: readonly PlaceLevel[];
    /** Years, inclusive. */
    readonly from?: number;
    readonly to?: number;
  };
  readonly op: '>=' | '<=' | '=' | 'between';
  readonly value: number;
  /** The upper end of `between`. */
  readonly upper?: number;
  /** `standard`: to be met; `higher`: a stricter level that earns 很好 where it is met (生态园林城市 beside 园林城市). `standard` unless said. */
  readonly role?: 'standard' | 'higher';
  readonly source: string;
  readonly confidence: Confidence;
}

/** One way of measuring. `params` are checked by the operator's schema. */
export interface Method {
  readonly operator: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Never better than what the data used is: an operator says `proxy` where it used mapped objects. Absent: as the operator says. */
  readonly quality?: 'proxy';
}

export interface Indicator {
  /** Stable: `kindergarten-lacking`. */
  readonly id: string;
  /** 1–60 in the national list of 2025. */
  readonly number?: number;
  readonly set: IndicatorSet;
  readonly group: IndicatorGroup;
  readonly dimension?: DimensionId;
  /** Of this definition; changes when anything that changes values changes. */
  readonly version: string;
  readonly name: Bilingual;
  readonly definition: Bilingual;
  readonly formula: Bilingual;
  readonly unit: Bilingual;
  readonly direction: Direction;
  /** Where it is judged: the lowest level that is graded and may have findings. Values are given for all levels above too. */
  readonly level: PlaceLevel;
  /** A supply of the city as a whole (museums, large parks, pumps): its districts and blocks have values but are not judged. */
  readonly cityOnly?: true;
  readonly methods: readonly Method[];
  readonly thresholds: readonly Threshold[];
  /** 一票否决: one occurrence makes it a problem. */
  readonly oneVote?: true;
  /** 提升类: judged together with the survey. */
  readonly upgrade?: true;
  /** Topic of the survey whose score is held against it (survey/topics.ts). */
  readonly surveyTopic?: string;
  /** a OSM + population, b GTFS, c registry, d department statistics, s own tables, f field survey, m mobile data. `*` marks a proxy. */
  readonly computability: readonly string[];
  readonly source: string;
  readonly confidence: Confidence;
  /** Said where none of the methods has data, in place of the operators' own reasons: what only field work or a department can tell. */
  readonly missing?: MissingReason;
  /** 限时 or 尽力 unless a person decides otherwise, and who usually answers for it. */
  readonly finding?: { readonly kind: 'time-limited' | 'best-effort'; /** Of putting it right; `medium` unless said. */ readonly difficulty?: 'low' | 'medium' | 'high'; readonly bodies: readonly string[]; readonly problem: Bilingual; readonly advice: Bilingual };
}

/** Why there is no value, and what would give one. */
export interface MissingReason {
  /** `no-data`: a need is not met; `not-applicable`: nothing to measure here (no rail in the city); `no-method`: only field work or a department can tell. */
  readonly kind: 'no-data' | 'not-applicable' | 'no-method';
  readonly reason: Bilingual;
  /** The file and columns that would supply it. */
  readonly supply: Bilingual;
}

/** 很好 / 较好 / 一般 / 不足 */
export const GRADES = ['very-good', 'good', 'fair', 'poor'] as const;
export type Grade = (typeof GRADES)[number];
/** 优 / 良 / 中 / 差 */
export const DIMENSION_GRADES = ['excellent', 'good', 'medium', 'poor'] as const;
export type DimensionGrade = (typeof DIMENSION_GRADES)[number];

/** What led to a grade: each comparison that was possible, in the order it was made. */
export interface GradeStep {
  readonly by: 'standard' | 'one-vote' | 'trend' | 'survey' | 'peers' | 'ideal';
  readonly grade: Grade;
  readonly text: Bilingual;
}
