/**
 * 政策解析: what a policy text is made of once it has been read.
 *
 * Invariants:
 * - Every span is [start, end) in UTF-16 code units of `PolicyReading.text`, the decoded source without byte order mark. Nothing is
 *   normalised before offsets are taken: line ends, full-width forms and junk stand as they stood.
 * - Every character belongs to exactly one owner: an outline node (its own text: its span without its children and without what is set
 *   aside in it) or a set-aside span. `checkAccounting` proves it for a reading.
 * - The reader proposes. It invents nothing: a value it does not understand is kept as text with `value: null`, a masked one as masked.
 * - The same text and options give the same reading, on any machine.
 */
import type { Bilingual } from '../core/bilingual.ts';

/** [start, end) in UTF-16 code units of the decoded text. */
export type Span = readonly [start: number, end: number];

/**
 * 意见/建议, 通知, 方案/计划, 规划, 报告, 讲话, 发言, 署名文章, 条例/办法, 纪要, 批复/函/答复, 公告/通告, 通报, 决定/令, 消息, 评论; `document` where none fits.
 */
export const DOCUMENT_KINDS = ['opinion', 'notice', 'plan', 'planning', 'report', 'speech', 'remarks', 'article', 'regulation', 'minutes', 'reply', 'announcement', 'circular', 'decision', 'news', 'commentary', 'document'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/**
 * - `title`: the document's title, a byline under it (one node, level 0)
 * - `opening`, `closing`: what stands before the first and after the last section (level 0): salutation, preamble, call, signature
 * - `section`: a heading on its own line or broken over lines, and its text
 * - `run-in`: a heading that the paragraph goes on from, numbered or not ("努力保持转型发展的战略定力。聚焦…")
 * - `item`: a member of a list inside running text (一是, 第一, 一要, 首先, ①)
 */
export const NODE_KINDS = ['title', 'opening', 'section', 'run-in', 'item', 'closing'] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

/** `present`; `cut`: begun, and broken off by an elision; `elided`: named by the contents or by the numbering around it, not in the body. */
export type NodeState = 'present' | 'cut' | 'elided';

/** One clause of the outline. Nodes are listed in reading order; a parent comes before its children. */
export interface OutlineNode {
  /** Path of numbers from the top, `3.2.1`; `0` title, `o` opening, `c` closing. Follows the place in the tree, not the printed number. */
  readonly id: string;
  readonly parent: string | null;
  /** 1 for the outermost sections; 0 for title, opening, closing. */
  readonly level: number;
  readonly kind: NodeKind;
  /** As printed: `一、`, `(三)`, `1、`, `一是`, `第一,`; null where there is none. */
  readonly marker: string | null;
  /** The number that the marker means; null without marker. */
  readonly ordinal: number | null;
  /** Heading without its marker and without the full stop of a run-in heading; lines joined. For items and where there is no heading: the first sentence. */
  readonly heading: string;
  /** Marker and heading. Empty at the insertion point for an elided node. */
  readonly headingSpan: Span;
  /** The whole section with its children. Empty at the insertion point for an elided node. */
  readonly span: Span;
  readonly state: NodeState;
}

/** What is not part of the document's own text; kept, shown folded, never lost. */
export const ASIDE_KINDS = ['contents', 'elision', 'boilerplate', 'advertisement', 'page-furniture', 'source-line', 'editor-note', 'whitespace', 'junk'] as const;
export type AsideKind = (typeof ASIDE_KINDS)[number];
export interface Aside {
  readonly kind: AsideKind;
  readonly span: Span;
}

/** A calendar day, `2030-12-31`. */
export type IsoDay = string;

/** A time that a text names, and how it was understood. */
export interface TimeExpression {
  readonly span: Span;
  readonly text: string;
  /** Inclusive; null where the text leaves that end open or it could not be resolved. */
  readonly from: IsoDay | null;
  readonly to: IsoDay | null;
  /** `deadline` 底前/之前/到…; `period` 期间/以来; `point` a day or a year said to be when; `duration` 用两年时间; `recurrent` 每年; `fuzzy` 近年来, 当前. */
  readonly kind: 'deadline' | 'period' | 'point' | 'duration' | 'recurrent' | 'fuzzy';
  /** Rule that resolved it, by the name it has in docs/policy-reading.md: `relative-year-month`, `five-year-plan` … */
  readonly rule: string;
  /** Resolution needed the publication date. Without one, from and to are null and this is true. */
  readonly relative: boolean;
}

export type Comparator = '>=' | '<=' | '>' | '<' | '=' | '~' | 'between';

/** A number with its unit, as said. */
export interface Quantity {
  readonly span: Span;
  readonly text: string;
  /** In `unit`, multipliers worked out (5万 → 50000). null: masked, or not understood. A range's lower end. */
  readonly value: number | null;
  /** Upper end of a range. */
  readonly upper: number | null;
  readonly comparator: Comparator;
  /** As it is written in `units.ts`: `%`, `个`, `公里`, `平方公里`, `万元` → `元`; '' for a bare number. */
  readonly unit: string;
  /** `level`: the quantity itself; `change`: by how much it changes (增长, 下降, 提高…个百分点); `rate`: change per year (年均增长). */
  readonly sense: 'level' | 'change' | 'rate';
  /** The digits are hidden (`*`, `**`, `_`, or left blank before a unit). */
  readonly masked: boolean;
  /** `approximate`: 左右, 约, 近, 多, 余, 上下. */
  readonly approximate: boolean;
}

/** 必须/严格/确保, 要/应, 鼓励/支持/引导, 探索/研究/试点 */
export const STRENGTHS = ['must', 'should', 'encourage', 'explore'] as const;
export type Strength = (typeof STRENGTHS)[number];

/** What shall be reached: a number, or a state, by a time. */
export interface Target {
  readonly id: string;
  readonly clause: string;
  readonly span: Span;
  /** What is measured, or what shall be done or be the case: `地区生产总值占全市的比重`. */
  readonly subject: string;
  /** null: the state itself is the target (基本建成, 取得重要进展), said in `state`. */
  readonly quantity: Quantity | null;
  readonly state: string | null;
  readonly deadline: TimeExpression | null;
  /** Where it is counted from (比2020年, 在现有基础上), as said. */
  readonly baseline: string | null;
  /** Place or body it holds for, as said: `市中心城区`. */
  readonly area: string | null;
  readonly strength: Strength;
}

/** A number that the text reports as reached. Never a target. */
export interface Fact {
  readonly clause: string;
  readonly span: Span;
  readonly subject: string;
  readonly quantity: Quantity;
  readonly asOf: TimeExpression | null;
}

export type BodyRole = 'lead' | 'support' | 'mentioned';

/** A body as one passage names it. */
export interface BodyMention {
  readonly span: Span;
  readonly text: string;
  /** Id in the table of bodies (`bodies/table.ts`), `development-reform`; null where the table has no such body. */
  readonly body: string | null;
  readonly role: BodyRole;
}

/** A body that the document names. */
export interface PolicyBody {
  /** `development-reform@city`; the name itself where the table does not have it. */
  readonly id: string;
  /** Normalised name: 市发展和改革委员会. */
  readonly name: string;
  readonly level: 'national' | 'province' | 'city' | 'district' | 'street' | 'unknown';
  /** `party`, `government`, `congress`, `cppcc`, `department`, `enterprise`, `organisation`, `role` (各县区主要领导). */
  readonly type: 'party' | 'government' | 'congress' | 'cppcc' | 'court' | 'department' | 'enterprise' | 'organisation' | 'role';
  readonly region: string | null;
  readonly mentions: readonly Span[];
}

/** An act that the text asks for. */
export interface PolicyTask {
  readonly id: string;
  readonly clause: string;
  /** From the verb (or the body or deadline that leads it) to the end of the clause that asks. */
  readonly span: Span;
  readonly action: string;
  readonly object: string;
  /** 通过…, 以…为…, as said. */
  readonly means: string | null;
  readonly bodies: readonly BodyMention[];
  readonly deadline: TimeExpression | null;
  readonly place: string | null;
  readonly strength: Strength;
  /** Targets whose span lies in this task's. */
  readonly targets: readonly string[];
}

export const DEFECT_KINDS = [
  'numbering-gap', 'numbering-repeat', 'numbering-style', 'contents-mismatch', 'elision', 'cut-off', 'masked', 'blank',
  'synonym-spun', 'duplicate-paragraph', 'unclosed-quote', 'count-mismatch', 'hard-wrapped', 'encoding', 'unresolved-time', 'not-understood', 'date-conflict',
] as const;
export type DefectKind = (typeof DEFECT_KINDS)[number];
export interface Defect {
  readonly kind: DefectKind;
  readonly span: Span;
  /** What is wrong and what a person could do. */
  readonly text: Bilingual;
  /** For wording: what it most likely said. */
  readonly suggestion?: string;
}

/** A proposal that an indicator measures what a clause asks. A person confirms it; until then it is one. */
export interface ClauseLink {
  readonly clause: string;
  readonly indicator: string;
  /** 0–1. */
  readonly score: number;
  /** The words of the clause that led to it. */
  readonly words: readonly string[];
}

/** A line that the file itself sets as a heading (a heading style, h2, a paragraph in bold). */
export interface HeadingHint {
  readonly span: Span;
  /** 1–6 as the file says; 7 for a paragraph that is only set in bold. */
  readonly level: number;
}

export interface PolicyReading {
  /** Of this reader; a stored reading of an older one is read again. */
  readonly version: string;
  readonly text: string;
  readonly title: string;
  readonly kind: DocumentKind;
  readonly issuer: string | null;
  /** As given or as found in the text; null where only a part of the date is printed. */
  readonly publishedAt: IsoDay | null;
  readonly outline: readonly OutlineNode[];
  readonly aside: readonly Aside[];
  readonly times: readonly TimeExpression[];
  readonly targets: readonly Target[];
  readonly facts: readonly Fact[];
  readonly tasks: readonly PolicyTask[];
  readonly bodies: readonly PolicyBody[];
  readonly defects: readonly Defect[];
  /** As given; a reading made again from the text alone needs them. */
  readonly headings?: readonly HeadingHint[];
}

export interface ReadOptions {
  /** Publication date, against which relative times are resolved; found in the text where not given. */
  readonly publishedAt?: IsoDay;
  /** Name of the file, for a title where the text has none. */
  readonly fileName?: string;
  /** What was found wrong while the file's bytes were decoded; comes back among the reading's defects. */
  readonly defects?: readonly Defect[];
  /** Lines that the file sets as headings, ascending: levels of unnumbered headings are read off them. */
  readonly headings?: readonly HeadingHint[];
  /** Level of the issuer's region where bodies leave theirs out (发改委 → 市发展和改革委员会). `city` unless the issuer says otherwise. */
  readonly level?: PolicyBody['level'];
}
