/** What is shown of policy documents: lines, one whole, its trace, the reverse, and targets against what was measured. */
import type { Base } from '../base/open.ts';
import { getCity } from '../base/store/cities.ts';
import type { IndicatorLine } from '../checkup/api.ts';
import { findCheckup, listIndicators } from '../checkup/store.ts';
import { buildLineContext, indicatorLine } from '../checkup/views.ts';
import type { DocumentJson, DocumentLine, PolicyTrace, TargetLine, TaskJson } from './api.ts';
import type { ReviewItem } from './model.ts';
import { CHANGE_ONLY, isSameMeasure } from './outlook/change-target.ts';
import type { NumericTarget } from './outlook/target-outlook.ts';
import { targetOutlook } from './outlook/target-outlook.ts';
import { isLevel, unitFactor } from './outlook/units.ts';
import type { OpenDocument } from './open-document.ts';
import { openDocument, openDocuments } from './open-document.ts';
import { nodesOf, pathOf } from './review/anchors.ts';
import { listTaskJson, todayInChina } from './task-ledger.ts';
import type { StandingLink } from './trace/trace-document.ts';
import { traceDocument } from './trace/trace-document.ts';

/** What a document is held against: the latest check-up and the ledger. */
export interface Surroundings {
  readonly indicators: ReadonlyMap<string, IndicatorLine>;
  readonly period: number | null;
  readonly tasks: ReadonlyMap<string, TaskJson>;
  readonly today: string;
}

/** @throws ChengmaiError not-found `base/no-city` */
export async function readSurroundings(base: Base, cityId: string, today: string = todayInChina()): Promise<Surroundings> {
  await getCity(base.database, cityId);
  const checkup = await findCheckup(base.database, cityId, 'latest');
  const context = checkup === undefined ? undefined : await buildLineContext(base, checkup);
  const lines = checkup === undefined || context === undefined ? [] : (await listIndicators(base.database, checkup)).map((stored) => indicatorLine(stored, context));
  return { indicators: new Map(lines.map((line) => [line.id, line])), period: checkup?.period ?? null, tasks: new Map((await listTaskJson(base, cityId, today)).map((task) => [task.taskId, task])), today };
}

type Standing = OpenDocument['links'][number] & StandingLink;
const isStanding = (link: OpenDocument['links'][number]): link is Standing => link.clause !== null && link.state !== 'rejected' && link.state !== 'orphaned';

export function traceOf({ document, items, links }: OpenDocument, around: Surroundings): PolicyTrace {
  return traceDocument({ documentId: document.documentId, title: document.title, outline: document.reading.outline, items, links: links.filter(isStanding), indicators: around.indicators, period: around.period, tasks: around.tasks });
}

const isReviewed = ({ state, origin }: ReviewItem): boolean => state !== 'proposed' || origin === 'person';

export function documentLine(open: OpenDocument, around: Surroundings): DocumentLine {
  const { document, items } = open;
  const { reading } = document;
  const standing = items.filter(({ state }) => state !== 'rejected' && state !== 'orphaned');
  return {
    documentId: document.documentId, title: document.title, kind: reading.kind, issuer: reading.issuer, publishedAt: reading.publishedAt, fileName: document.fileName, importedAt: document.importedAt.toISOString(), who: document.who,
    characters: reading.text.length, clauses: reading.outline.filter(({ level }) => level > 0).length, targets: standing.filter(({ kind }) => kind === 'target').length, tasks: standing.filter(({ kind }) => kind === 'task').length,
    defectCount: reading.defects.length, reviewed: items.filter(isReviewed).length, coverage: traceOf(open, around).coverage,
  };
}

export function documentJson(open: OpenDocument, around: Surroundings): DocumentJson {
  const { document: { reading }, items, links } = open;
  return {
    ...documentLine(open, around), text: reading.text, outline: reading.outline, aside: reading.aside, items: [...items],
    links: links.map(({ linkId, clause, to, target, name, state, score, words, anchor }) => ({ linkId, clause, to, target, name, state, score, words, quote: clause === null ? anchor.quote : null })), bodies: reading.bodies, defects: reading.defects,
    facts: reading.facts.map(({ clause, span, subject, quantity }) => ({ clause, span, subject, value: quantity.value, unit: quantity.unit, masked: quantity.masked })),
  };
}

const joined = (text: string): string => text.replace(/\s+/g, '');

/**
 * The indicator of a target: of those its clause is linked to, one whose words stand in the target's own words (a clause names several things) and whose unit is the
 * target's; a person's choice before a proposal, more of its words before fewer. A clause with one target needs no words.
 */
function linkOf(item: ReviewItem, { links, targets }: InClause, indicators: Surroundings['indicators']): Standing | undefined {
  const words = joined(`${item.fields.subject} ${item.fields.title}`);
  const isOnly = targets === 1;
  return links
    .filter(({ state, target }) => fits(item, indicators.get(target), state === 'confirmed'))
    .map((link) => ({ link, said: link.words.filter((word) => words.includes(word)).reduce((sum, word) => sum + word.length, 0) }))
    .filter(({ link, said }) => said > 0 || (isOnly && link.state === 'confirmed') || (link.state === 'confirmed' && link.words.length === 0))
    .sort((a, b) => Number(b.link.state === 'confirmed') - Number(a.link.state === 'confirmed') || b.said * (b.link.score ?? 1) - a.said * (a.link.score ?? 1))[0]?.link;
}

/** Links to indicators of a clause, and how many targets it has. */
interface InClause {
  readonly links: Standing[];
  targets: number;
}

function byClause({ links, items }: OpenDocument): (clause: string | null) => InClause {
  const clauses = new Map<string | null, InClause>();
  const at = (clause: string | null): InClause => {
    const known = clauses.get(clause) ?? { links: [], targets: 0 };
    clauses.set(clause, known);
    return known;
  };
  for (const link of links) if (link.to === 'indicator' && isStanding(link)) at(link.clause).links.push(link);
  for (const { kind, state, clause } of items) if (kind === 'target' && state !== 'rejected') at(clause).targets++;
  return at;
}

/** The year of a deadline, as a check-up's period: what is to be reached by June is measured by the year before it ends only in part, so the year itself counts. */
const yearOf = (day: string | null): number | null => (day === null ? null : Number(day.slice(0, 4)));

/** Nothing of the catalogue is less than 0, and no share more than 100 %; a city's own indicators may be. */
const boundsOf = ({ set, unit }: IndicatorLine): Pick<NumericTarget, 'bounds'> => (set === 'user' ? {} : { bounds: [0, unit.zh === '%' ? 100 : Infinity] });

/** In the indicator's unit. */
function numericTarget({ fields }: ReviewItem, line: IndicatorLine | undefined): NumericTarget | undefined {
  if (fields.value === null || fields.comparator === null) return undefined;
  const factor = (line === undefined ? undefined : unitFactor(fields.unit, line.unit.zh)) ?? 1;
  // 达到80% asks for at least that much of what should grow
  const comparator = fields.comparator === '=' && line !== undefined ? (line.direction === 'up' ? '>=' : line.direction === 'down' ? '<=' : '=') : fields.comparator;
  return { comparator, value: fields.value * factor, upper: fields.upper === null ? null : fields.upper * factor, deadlineYear: yearOf(fields.deadline), ...(line !== undefined && boundsOf(line)) };
}

const NO_INDICATOR = { zh: '没有指标测度这一目标；请在文件中关联指标。', en: 'No indicator measures this target; link one in the document.' };
/** 新建20处: how far that is, its tasks say. */
const COUNTED_WORK = { zh: '按数量计的工作目标，完成多少由督办任务的进展说明；有指标可测的，请在文件中关联。', en: 'So many things to be done: the progress of its tasks tells how many are; where an indicator counts them, link it in the document.' };

function targetLine({ document }: OpenDocument, item: ReviewItem, inClause: InClause, { indicators, today }: Surroundings): TargetLine {
  const year = Number(today.slice(0, 4)) + Number(today.slice(5, 7)) / 12;
  const link = linkOf(item, inClause, indicators);
  const line = link === undefined ? undefined : indicators.get(link.target);
  const series = (line?.series ?? []).filter((point): point is { period: number; value: number } => point.value !== null);
  const numeric = numericTarget(item, line);
  const isComparable = link === undefined || isSameMeasure(item.fields.subject, link.name.zh);
  return {
    documentId: document.documentId, documentTitle: document.title, itemId: item.itemId, state: item.state, clause: item.clause, heading: pathOf(document.reading.outline, item.clause).at(-1) ?? '', quote: item.anchor.quote, fields: item.fields,
    indicator: link === undefined ? null : { id: link.target, name: link.name, unit: line?.unit ?? { zh: '', en: '' }, linkState: link.state },
    goal: numeric === undefined || line === undefined || !isComparable ? null : { comparator: numeric.comparator, value: numeric.value, upper: numeric.upper ?? null },
    series, grade: line?.grade ?? null, quality: line?.quality ?? null,
    outlook: numeric === undefined
      ? { verdict: 'unknown', text: item.fields.value === null && item.fields.comparator !== null ? { zh: '目标值在文件中被隐去或无法识别。', en: 'The target’s figure is masked or was not understood.' } : { zh: '没有数值的目标，须由人判断。', en: 'A target without a figure: for a person to judge.' }, path: [], forecast: [], chance: null, method: 'none' }
      : line === undefined
        ? { verdict: 'unknown', text: isLevel(item.fields.unit) ? NO_INDICATOR : COUNTED_WORK, path: [], forecast: [], chance: null, method: 'none' }
        : isComparable ? targetOutlook(numeric, series, year) : { verdict: 'unknown', text: CHANGE_ONLY, path: [], forecast: [], chance: null, method: 'none' },
  };
}

/** By its unit, whether an indicator can measure a target. So many things to be built are no level that an indicator has, unless a person says so. */
function fits({ fields }: ReviewItem, line: IndicatorLine | undefined, isConfirmed: boolean): boolean {
  if (line === undefined) return false;
  return fields.value === null || (unitFactor(fields.unit, line.unit.zh) !== undefined && (isConfirmed || isLevel(fields.unit)));
}

/** Targets of all documents, or of one, that nobody rejected. */
export async function listTargets(base: Base, cityId: string, today: string, documentId?: string): Promise<TargetLine[]> {
  const around = await readSurroundings(base, cityId, today);
  const documents = documentId === undefined ? await openDocuments(base, cityId) : [await openDocument(base, cityId, documentId)];
  return documents.flatMap((open) => {
    const inClause = byClause(open);
    return open.items.filter(({ kind, state }) => kind === 'target' && state !== 'rejected' && state !== 'orphaned').map((item) => targetLine(open, item, inClause(item.clause), around));
  });
}

export interface ServedClause {
  readonly documentId: string;
  readonly title: string;
  readonly clause: string;
  readonly path: string[];
  readonly quote: string;
  readonly state: 'proposed' | 'confirmed';
}

const SHOWN = 200;

/** The clauses of all documents that an indicator, a project, or a task of the ledger serves. */
export async function listServedClauses(base: Base, cityId: string, subject: { readonly to: 'indicator' | 'project' | 'body' | 'place' | 'task'; readonly target: string }): Promise<ServedClause[]> {
  const served: ServedClause[] = [];
  for (const { document, items, links } of await openDocuments(base, cityId)) {
    const { reading, documentId, title } = document;
    const of = (clause: string, state: ServedClause['state'], quote: string): ServedClause => ({ documentId, title, clause, path: pathOf(reading.outline, clause), quote: quote.slice(0, SHOWN), state });
    const own = (clause: string): string => {
      const node = nodesOf(reading.outline).get(clause);
      return node === undefined ? '' : reading.text.slice(...node.span);
    };
    if (subject.to === 'task') {
      for (const item of items) if (item.taskId === subject.target && item.clause !== null) served.push(of(item.clause, 'confirmed', item.anchor.quote));
      continue;
    }
    for (const { to, target, state, clause } of links.filter(isStanding)) if (to === subject.to && target === subject.target) served.push(of(clause, state, own(clause)));
  }
  return served;
}
