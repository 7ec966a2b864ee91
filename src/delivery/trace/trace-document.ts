/**
 * A document clause by clause: what measures it, how that stands and moves, which tasks came of it, and where there is nothing yet.
 *
 * A clause *asks* when the reader found a target or a task in its own text that nobody rejected, or a person added one. Only clauses that ask count for the coverage:
 * a salutation needs no indicator. Nothing here is typed in; every figure is counted.
 */
import type { IndicatorLine } from '../../checkup/api.ts';
import type { Bilingual } from '../../core/bilingual.ts';
import type { OutlineNode } from '../../policy/model.ts';
import type { PolicyTrace, TaskJson } from '../api.ts';
import type { ReviewItem } from '../model.ts';

/** A link as it stands: of a person, or proposed. Rejected ones are left out before. */
export interface StandingLink {
  readonly clause: string;
  readonly to: 'indicator' | 'place' | 'project' | 'body';
  readonly target: string;
  readonly name: Bilingual;
  readonly state: 'proposed' | 'confirmed';
  readonly score: number | null;
  readonly words: readonly string[];
}

export interface TraceInput {
  readonly documentId: string;
  readonly title: string;
  readonly outline: readonly OutlineNode[];
  readonly items: readonly ReviewItem[];
  readonly links: readonly StandingLink[];
  /** Of the city's latest check-up; empty before the first. */
  readonly indicators: ReadonlyMap<string, IndicatorLine>;
  readonly period: number | null;
  readonly tasks: ReadonlyMap<string, TaskJson>;
}

type Clause = PolicyTrace['clauses'][number];
type Coverage = PolicyTrace['coverage'];

const FLAT = 1e-9;

/** Whether an indicator's last two values moved for the better. */
export function trendOf({ series, direction }: Pick<IndicatorLine, 'series' | 'direction'>): 'better' | 'worse' | 'same' | 'unknown' {
  const known = series.filter((point): point is { period: number; value: number } => point.value !== null);
  const [before, after] = known.slice(-2).map(({ value }) => value);
  if (after === undefined || direction === 'band' || direction === 'inventory') return 'unknown';
  const change = (after - before) * (direction === 'up' ? 1 : -1);
  if (Math.abs(change) <= FLAT * Math.max(Math.abs(before), Math.abs(after))) return 'same';
  return change > 0 ? 'better' : 'worse';
}

const stands = ({ state, clause }: ReviewItem): boolean => clause !== null && state !== 'rejected' && state !== 'orphaned';

function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string | null): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

function indicatorOf({ indicators, period }: TraceInput, { target, name, state, score, words }: StandingLink): Clause['indicators'][number] {
  const line = indicators.get(target);
  return {
    id: target, name: line?.name ?? name, unit: line?.unit ?? { zh: '', en: '' }, linkState: state, score, words, value: line?.value ?? null, grade: line?.grade ?? null,
    quality: line?.quality ?? null, period: line === undefined ? null : period, series: line?.series ?? [], trend: line === undefined ? 'unknown' : trendOf(line),
  };
}

export function traceDocument(input: TraceInput): PolicyTrace {
  const items = groupBy(input.items.filter(stands), ({ clause }) => clause);
  const links = groupBy(input.links, ({ clause }) => clause);
  const clauses = input.outline.map((node): Clause => {
    const own = items.get(node.id) ?? [];
    const linked = links.get(node.id) ?? [];
    const tasks = own.flatMap(({ taskId }) => (taskId === null ? [] : (input.tasks.get(taskId) ?? [])));
    const indicators = linked.filter(({ to }) => to === 'indicator').map((link) => indicatorOf(input, link));
    const asks = own.length > 0;
    return {
      clause: node.id, parent: node.parent, level: node.level, heading: node.heading, state: node.state, asks, indicators,
      targets: own.filter(({ kind }) => kind === 'target').map(({ itemId }) => itemId),
      proposedTasks: own.filter(({ kind, taskId }) => kind === 'task' && taskId === null).length,
      tasks: tasks.map(({ taskId, title, light, percent }) => ({ taskId, title, light, percent })),
      projects: linked.filter(({ to, state }) => to === 'project' && state === 'confirmed').map(({ target, name }) => ({ target, name })),
      nothing: asks && indicators.length === 0 && tasks.length === 0,
    };
  });
  return { documentId: input.documentId, title: input.title, coverage: coverageOf(clauses), clauses };
}

export function coverageOf(clauses: readonly Clause[]): Coverage {
  const asking = clauses.filter(({ asks }) => asks);
  const count = (test: (clause: Clause) => boolean): number => asking.filter(test).length;
  return {
    clauses: asking.length,
    measured: count(({ indicators }) => indicators.some(({ value }) => value !== null)),
    confirmed: count(({ indicators }) => indicators.some(({ value, linkState }) => value !== null && linkState === 'confirmed')),
    tasked: count(({ tasks }) => tasks.length > 0),
    nothing: count(({ nothing }) => nothing),
  };
}
