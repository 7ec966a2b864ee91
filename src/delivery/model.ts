/**
 * 督办: what a city was asked, by whom, by when, and what became of it.
 *
 * Invariants:
 * - A *document* keeps its bytes and its text as they were imported. What the reader found in it are *proposals*; what a person decided about each is a
 *   *decision* and is kept apart from the reading: reading again (a newer reader, the file imported again) never loses a decision.
 *   A decision whose words are gone from the text is kept and shown as `orphaned`.
 * - A *task* of the ledger has one row for good and a number that never changes. It may come from a document, a finding, a warning, a meeting or a person.
 *   Every change of every field is kept with who, when and why; a change set is undone as a whole, or refused with what changed since.
 * - A deadline moves only by an *extension* with a reason; the first deadline stays. A task is done only with evidence or with a reason why there is none.
 * - Traffic lights, reminders, forecasts, verdicts and coverage are computed when asked from what is stored and the day; none of them is stored or typed in.
 */
import type { Bilingual } from '../core/bilingual.ts';
import type { Span, Strength } from '../policy/model.ts';

// ---- documents and their review ------------------------------------------------------------------------------------

export const ITEM_KINDS = ['target', 'task'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** `orphaned`: decided upon, and not found again in the present text. */
export const ITEM_STATES = ['proposed', 'accepted', 'corrected', 'rejected', 'orphaned'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

/** What of a target or a task a person can correct. */
export interface ItemFields {
  /** 任务 or 目标 in one sentence. */
  readonly title: string;
  readonly action: string;
  readonly object: string;
  readonly subject: string;
  readonly comparator: '>=' | '<=' | '>' | '<' | '=' | '~' | 'between' | null;
  readonly value: number | null;
  readonly upper: number | null;
  readonly unit: string;
  readonly lead: readonly string[];
  readonly support: readonly string[];
  readonly deadline: string | null;
  readonly place: string | null;
  readonly strength: Strength;
}

/** Where in the text an item stands, said so that it is found again in another copy of the text. */
export interface Anchor {
  /** The words of the span. */
  readonly quote: string;
  /** Headings from the outermost section to the clause. */
  readonly path: readonly string[];
  /** Up to 24 characters before and after. */
  readonly before: string;
  readonly after: string;
}

export interface ReviewItem {
  readonly itemId: string;
  readonly kind: ItemKind;
  readonly origin: 'reader' | 'person';
  readonly state: ItemState;
  /** null while orphaned. */
  readonly span: Span | null;
  readonly clause: string | null;
  readonly anchor: Anchor;
  readonly fields: ItemFields;
  /** As the reader proposed it; null for an item that a person added. */
  readonly proposed: ItemFields | null;
  /** Items that it was split from or merged of. */
  readonly from: readonly string[];
  /** Task of the ledger that was made of it. */
  readonly taskId: string | null;
}

/** `orphaned`: confirmed, and not found again in the present text. It is never stored. */
export const LINK_STATES = ['proposed', 'confirmed', 'rejected', 'orphaned'] as const;

/** A clause tied to what measures or serves it. */
export interface Link {
  readonly clause: string;
  readonly anchor: Anchor;
  readonly to: 'indicator' | 'place' | 'project' | 'body';
  readonly target: string;
  readonly state: 'proposed' | 'confirmed' | 'rejected';
  readonly score: number | null;
  readonly words: readonly string[];
}

// ---- the ledger of tasks -------------------------------------------------------------------------------------------

export const TASK_SOURCES = ['document', 'finding', 'warning', 'meeting', 'hand', 'file'] as const;
export type TaskSource = (typeof TASK_SOURCES)[number];

/** 待分解, 办理中, 待核验, 已办结, 已撤销 */
export const TASK_STATES = ['draft', 'open', 'submitted', 'done', 'cancelled'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/**
 * 红: overdue, or an order is unanswered past its day; 黄: due soon or behind the plan; 绿: on plan; 蓝: done; 灰: nothing to judge by (no deadline,
 * draft, cancelled).
 */
export const LIGHTS = ['red', 'yellow', 'green', 'blue', 'grey'] as const;
export type Light = (typeof LIGHTS)[number];

export interface Milestone {
  readonly title: string;
  readonly due: string;
  readonly doneAt: string | null;
}

/** Why a task has its light, in words with the numbers. */
export interface LightReason {
  readonly light: Light;
  readonly rule: string;
  readonly text: Bilingual;
}

// ---- targets against measurement -----------------------------------------------------------------------------------

/** `unknown`: not measured, or too little to say. */
export const VERDICTS = ['met', 'on-track', 'at-risk', 'missed', 'unknown'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Measured values of an indicator by year, oldest first. */
export type Series = readonly { readonly period: number; readonly value: number }[];

export interface Outlook {
  readonly verdict: Verdict;
  readonly text: Bilingual;
  /** From the first measurement to the target, a value a year. */
  readonly path: Series;
  /** At the present pace: the middle and the 80 % band, from the last measurement to the deadline. Empty where it cannot be said. */
  readonly forecast: readonly { readonly period: number; readonly value: number; readonly low: number; readonly high: number }[];
  /** Of reaching the target by its deadline at the present pace; null where it cannot be said. */
  readonly chance: number | null;
  readonly method: 'none' | 'two-points' | 'trend';
}
