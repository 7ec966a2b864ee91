/** Reads a document, or all of a city's, with targets and tasks for the brief. */
import type { Language } from '../../core/bilingual.ts';
import type { Base } from '../../base/open.ts';
import { getCity } from '../../base/store/cities.ts';
import { listTargets, readSurroundings, traceOf } from '../../delivery/document-views.ts';
import { openDocument, openDocuments } from '../../delivery/open-document.ts';
import { filterTasks } from '../../delivery/task-ledger.ts';
import type { BriefInput } from './brief-input.ts';

/** @throws ChengmaiError not-found `base/no-city`, `delivery/no-document` */
export async function readBriefInput(base: Base, cityId: string, { documentId, today, language }: { readonly documentId: string | undefined; readonly today: string; readonly language: Language }): Promise<BriefInput> {
  const city = await getCity(base.database, cityId);
  const around = await readSurroundings(base, cityId, today);
  const documents = documentId === undefined ? await openDocuments(base, cityId) : [await openDocument(base, cityId, documentId)];
  const traces = documents.map((open) => traceOf(open, around));
  const sum = (of: (coverage: BriefInput['coverage']) => number): number => traces.reduce((total, { coverage }) => total + of(coverage), 0);
  const tasks = [...around.tasks.values()];
  return {
    language, cityName: city.name, today, scope: documentId === undefined ? 'city' : 'document',
    documents: documents.map(({ document: { reading } }) => ({
      title: reading.title, issuer: reading.issuer, publishedAt: reading.publishedAt,
      sections: reading.outline.filter(({ level, heading }) => level === 1 && heading !== '').map(({ heading }) => heading),
    })),
    coverage: { clauses: sum(({ clauses }) => clauses), measured: sum(({ measured }) => measured), confirmed: sum(({ confirmed }) => confirmed), tasked: sum(({ tasked }) => tasked), nothing: sum(({ nothing }) => nothing) },
    undecided: documents.flatMap(({ items }) => items).filter(({ state, origin }) => state === 'proposed' && origin === 'reader').length,
    proposedTasks: traces.flatMap(({ clauses }) => clauses).reduce((total, clause) => total + clause.proposedTasks, 0),
    nothing: traces.flatMap(({ clauses }) => clauses.filter(({ nothing }) => nothing).map(({ heading }) => heading)),
    targets: await listTargets(base, cityId, today, documentId),
    tasks: documentId === undefined ? tasks : filterTasks(tasks, { document: documentId }),
  };
}
