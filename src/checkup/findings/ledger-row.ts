/**
 * A row of the ledger (问题台账), and how a check-up and people change it.
 *
 * A finding is a place × indicator and has one row for good: `indicator@place`. A check-up adds rows, brings their figures up to date, and closes (整治完成) what it
 * measured by the same definition and standard and found to fall short no longer; it never touches a field that a person has edited. Where the definition or the
 * standard has changed, or nothing is asked any longer, the row lapses (不再适用), which is not put right (asked.ts). What it could not measure (a file that is missing, a year
 * without statistics, a unit that is gone) stays as it is. Every change is kept with who, when and why.
 */
import type { Bilingual } from '../../core/bilingual.ts';
import { writable } from '../../core/cell-text.ts';
import { isSameJson } from '../../core/same-json.ts';
import type { FindingEdit, FindingJson } from '../api.ts';
import type { AskedNow, ClosedBy } from './asked.ts';
import { sayClosing } from './asked.ts';

/** As stored; what HTTP gives adds nothing. */
export type LedgerRow = FindingJson;

export interface LedgerChange {
  readonly findingId: string;
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly by: 'person' | 'checkup' | 'workbook';
  /** Why; absent: what was said for all changes made together. */
  readonly reason?: string;
}

/** What a check-up found: a row without what only the ledger knows. */
export type FoundRow = Omit<LedgerRow, 'stage' | 'closedBy' | 'edited' | 'firstPeriod' | 'lastPeriod' | 'updatedAt' | 'nextYear' | 'deadline' | 'note' | 'area'>;

export interface LedgerPlan {
  readonly insert: readonly LedgerRow[];
  readonly update: readonly LedgerRow[];
  /** Rows of this very period that nobody touched and that were a mistake of its data. */
  readonly remove: readonly string[];
  readonly changes: readonly LedgerChange[];
}

export const findingIdOf = (indicatorId: string, placeId: string): string => `${indicatorId}@${placeId}`;

/** Fields a check-up brings up to date unless a person has edited them. */
const COMPUTED = ['problem', 'extent', 'severity', 'difficulty', 'kind', 'community', 'survey', 'advice', 'bodies', 'priority'] as const;
/** Fields that are the check-up's alone. */
const MEASURED = ['indicatorName', 'indicatorNumber', 'dimension', 'placeName', 'level', 'value', 'unit', 'quality', 'persons', 'point', 'asked'] as const;
/** Changes by a check-up that the history keeps. Texts follow from these. */
const KEPT = ['stage', 'value', 'severity', 'extent', 'kind', 'difficulty', 'priority', 'bodies', 'level', 'asked'] as const;

function refresh(row: LedgerRow, found: FoundRow, period: number, now: string, changes: LedgerChange[]): LedgerRow {
  const next: Record<string, unknown> = { ...row, firstPeriod: Math.min(row.firstPeriod, period), lastPeriod: Math.max(row.lastPeriod, period) };
  // an earlier period that is checked again tells nothing of today
  if (period >= row.lastPeriod) {
    for (const field of MEASURED) if (field !== 'asked' || found.asked !== undefined) next[field] = found[field];
    for (const field of COMPUTED) if (!row.edited.includes(field)) next[field] = found[field];
    if (isClosed(row) && !row.edited.includes('stage')) Object.assign(next, { stage: 'ledger', closedBy: null });
  }
  for (const field of KEPT) {
    // rows of before it was kept what they were held against
    if (field === 'asked' && row.asked === undefined) continue;
    if (!isSameJson(row[field], next[field])) changes.push({ findingId: row.findingId, field, before: row[field] ?? null, after: next[field] ?? null, by: 'checkup' });
  }
  return isSameJson({ ...row }, next) ? row : ({ ...next, updatedAt: now } as LedgerRow);
}

/** Closed by a check-up: opened again when it is found again. */
const isClosed = ({ stage }: LedgerRow): boolean => stage === 'rectified' || stage === 'lapsed';

/** Whether a check-up has a value of an indicator for a place. */
export type IsMeasured = (indicatorId: string, placeId: string) => boolean;

/** What a check-up knows of places where it found nothing. */
export interface CheckedPlaces {
  readonly isMeasured: IsMeasured;
  readonly askedNow: AskedNow;
}

/** What closes a row that was not found again; undefined: nothing does. */
function closedBy(row: LedgerRow, { isMeasured, askedNow }: CheckedPlaces): { by: ClosedBy; reason: string } | undefined {
  const now = askedNow(row.indicatorId, row.placeId);
  const close = (by: ClosedBy): { by: ClosedBy; reason: string } => ({ by, reason: sayClosing(by, row.asked ?? null, typeof now === 'object' ? now : undefined) });
  if (now === 'not-asked' || now === 'outside') return close(now);
  if (!isMeasured(row.indicatorId, row.placeId)) return undefined;
  if (now === 'survey') return close('survey');
  if (now === undefined || row.asked === undefined) return close('measure');
  return close(now.version !== row.asked.version ? 'definition' : now.standard !== row.asked.standard ? 'threshold' : 'measure');
}

/** What a check-up of a period does to the ledger. `rows` are all of the city. */
export function planLedger(rows: readonly LedgerRow[], found: readonly FoundRow[], checked: CheckedPlaces, period: number, now: string): LedgerPlan {
  const byId = new Map(rows.map((row) => [row.findingId, row]));
  const insert: LedgerRow[] = [];
  const update: LedgerRow[] = [];
  const remove: string[] = [];
  const changes: LedgerChange[] = [];
  const seen = new Set<string>();
  for (const one of found) {
    seen.add(one.findingId);
    const row = byId.get(one.findingId);
    if (row === undefined) {
      insert.push({ ...one, stage: 'ledger', closedBy: null, edited: [], firstPeriod: period, lastPeriod: period, updatedAt: now, nextYear: false, deadline: null, note: '', area: one.placeName.zh });
      changes.push({ findingId: one.findingId, field: 'stage', before: null, after: 'ledger', by: 'checkup' });
      continue;
    }
    const next = refresh(row, one, period, now, changes);
    if (next !== row) update.push(next);
  }
  for (const row of rows) {
    if (seen.has(row.findingId) || row.lastPeriod > period || row.stage === 'rejected' || isClosed(row)) continue;
    const closed = closedBy(row, checked);
    if ((closed === undefined || closed.by === 'measure') && row.firstPeriod === period && row.edited.length === 0 && row.stage === 'ledger') {
      remove.push(row.findingId);
      continue;
    }
    if (row.edited.includes('stage') || closed === undefined) continue;
    const stage = closed.by === 'measure' ? 'rectified' : 'lapsed';
    update.push({ ...row, stage, closedBy: closed.by, updatedAt: now });
    changes.push({ findingId: row.findingId, field: 'stage', before: row.stage, after: stage, by: 'checkup', reason: closed.reason });
  }
  return { insert, update, remove, changes };
}

/** A person's edit as fields of the row. */
function fieldsOf(row: LedgerRow, edit: FindingEdit): Partial<Record<keyof LedgerRow, unknown>> {
  const { adviceZh, adviceEn, problemZh, problemEn, ...plain } = writable(edit);
  const text = (now: Bilingual, zh: string | undefined, en: string | undefined): Bilingual | undefined => (zh === undefined && en === undefined ? undefined : { zh: zh ?? now.zh, en: en ?? now.en });
  const advice = text(row.advice, adviceZh, adviceEn);
  const problem = text(row.problem, problemZh, problemEn);
  return { ...plain, ...(advice !== undefined && { advice }), ...(problem !== undefined && { problem }) };
}

/** Applies an edit; the row itself where nothing changes. */
export function editRow(row: LedgerRow, edit: FindingEdit, by: 'person' | 'workbook', now: string): { row: LedgerRow; changes: LedgerChange[] } {
  const changes: LedgerChange[] = [];
  const fields = fieldsOf(row, edit);
  for (const [field, after] of Object.entries(fields)) {
    const before = row[field as keyof LedgerRow];
    if (after !== undefined && !isSameJson(before, after)) changes.push({ findingId: row.findingId, field, before, after, by });
  }
  if (changes.length === 0) return { row, changes };
  const edited = [...new Set([...row.edited, ...changes.map(({ field }) => field)])];
  return { row: { ...row, ...Object.fromEntries(changes.map(({ field, after }) => [field, after])), edited, updatedAt: now } as LedgerRow, changes };
}

export interface RowEdit {
  readonly findingId: string;
  readonly edit: FindingEdit;
}

/** What edits make of rows, in their order; a finding of an edit that `rows` does not have is left to `whenUnknown`. Rows that nothing changes are left out. */
export function planEdits(rows: ReadonlyMap<string, LedgerRow>, edits: readonly RowEdit[], by: 'person' | 'workbook', now: string, whenUnknown: (findingId: string) => never): { changed: LedgerRow[]; changes: LedgerChange[] } {
  const changed = new Map<string, LedgerRow>();
  const changes: LedgerChange[] = [];
  for (const { findingId, edit } of edits) {
    const row = changed.get(findingId) ?? rows.get(findingId) ?? whenUnknown(findingId);
    const edited = editRow(row, edit, by, now);
    if (edited.changes.length === 0) continue;
    changed.set(findingId, edited.row);
    changes.push(...edited.changes);
  }
  return { changed: [...changed.values()], changes };
}

/** In the order in which findings first occur. */
export function changesByFinding<Change extends LedgerChange>(changes: readonly Change[]): Map<string, Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const group = groups.get(change.findingId);
    if (group === undefined) groups.set(change.findingId, [change]);
    else group.push(change);
  }
  return groups;
}

/** A change as the ledger keeps it, with when. */
export interface KeptChange extends LedgerChange {
  readonly at: Date;
}

/**
 * Takes the changes of a workbook back from a row.
 *
 * People's later changes of the row stand in the way, unless they came to nothing: each field has again the value that it had after the workbook. What a
 * check-up brought up to date does not: it never changes a field that was edited. Such a field gets the value it had before; the next check-up renews it.
 *
 * @param changes of the import, of this row
 * @param later all changes of this row after the import, oldest first
 * @param editedBefore the fields that had been edited before the import
 * @returns the row as it was; or the later change that stands in the way
 */
export function takeBack(row: LedgerRow, changes: readonly LedgerChange[], later: readonly KeptChange[], editedBefore: readonly string[], now: string): { row: LedgerRow; changes: LedgerChange[] } | { inTheWay: KeptChange } {
  const byPeople = later.filter(({ by }) => by !== 'checkup');
  const firstOf = new Map<string, KeptChange>();
  for (const change of byPeople) if (!firstOf.has(change.field)) firstOf.set(change.field, change);
  for (const [field, first] of firstOf) {
    if (!isSameJson(row[field as keyof LedgerRow], first.before)) return { inTheWay: byPeople.findLast((change) => change.field === field) ?? first };
  }
  const back = new Map<string, LedgerChange>();
  for (const { findingId, field, before } of changes) {
    // the first change of a field knows what it was
    if (!back.has(field)) back.set(field, { findingId, field, before: row[field as keyof LedgerRow], after: before, by: 'workbook' });
  }
  const edited = [...new Set([...editedBefore, ...row.edited.filter((field) => !back.has(field))])];
  return { row: { ...row, ...Object.fromEntries([...back].map(([field, { after }]) => [field, after])), edited, updatedAt: now } as LedgerRow, changes: [...back.values()] };
}
