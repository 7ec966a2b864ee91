/** Policy documents of a city: imported, reviewed, linked. What is shown of them is made in open-document.ts. */
import { createHash, randomUUID } from 'node:crypto';
import type { Session } from '../base/database.ts';
import type { Base } from '../base/open.ts';
import { getCity } from '../base/store/cities.ts';
import { ChengmaiError, throwIfCancelled } from '../core/errors.ts';
import { isSameJson } from '../core/same-json.ts';
import type { PolicyReading } from '../policy/model.ts';
import type { z } from 'zod';
import type { linkEditSchema, ReviewAct } from './api.ts';
import type { Link } from './model.ts';
import type { NamedLink } from './open-document.ts';
import { clauseAnchor, keepProposals, linkIdOf, openDocument, openStored, readAgain, readLinkTargets } from './open-document.ts';
import type { ReadDocument } from './reading-task.ts';
import { runReading } from './reading-task.ts';
import { applyActs } from './review/apply-acts.ts';
import { isCopy } from './review/copies.ts';
import type { SubjectChange } from './store/documents.ts';
import { findChangeSet, findCopied, holdDocument, listDecisions, listLinks, listVersions, noDocument, writeChanges, writeDocument } from './store/documents.ts';
import { holdCity } from './store/tasks.ts';

/** Beyond this a document is no text to be read by people. */
export const MOST_DOCUMENT_BYTES = 64 * 1024 * 1024;

export interface ImportedFile {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly publishedAt?: string | undefined;
  /** The document that this is another copy of; else the one of the same title and issuer. */
  readonly documentId?: string | undefined;
}

/** A document's bytes read, a large one in a thread; nothing is stored. @throws as readDocumentText; `engine/worker-died`; kind `cancelled` */
export async function readPolicyFile({ bytes, fileName, publishedAt = null }: Omit<ImportedFile, 'publishedAt'> & { readonly publishedAt?: string | null | undefined }, signal?: AbortSignal): Promise<ReadDocument> {
  const { read } = await runReading({ source: { bytes, fileName, publishedAt }, linked: undefined, indicators: undefined }, signal);
  if (read === undefined) throw new Error('nothing was read');
  return read;
}

const hash = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

/** Copies of one document have one id, whatever their file is called. */
function documentIdOf({ title, issuer }: PolicyReading): string {
  return `p-${hash(`${title.replace(/\s+/g, '')}\n${issuer ?? ''}`).slice(0, 12)}`;
}

/** Documents of one title in a city: a report a year is one each. */
const MOST_OF_ONE_TITLE = 1000;

interface Destination {
  readonly documentId: string;
  /** Of the copy that stands there; undefined where there is none. */
  readonly standing: { readonly publishedAt: string | null } | undefined;
}

/**
 * The document that a reading is another copy of, or a new name for it. The title alone does not tell: 政府工作报告 comes every year. It is a copy where at least half of what
 * the shorter one says stands in the other.
 */
async function findCopy(database: Session, cityId: string, reading: PolicyReading): Promise<Destination> {
  const name = documentIdOf(reading);
  for (let nth = 1; nth <= MOST_OF_ONE_TITLE; nth++) {
    const documentId = nth === 1 ? name : `${name}-${nth}`;
    const standing = await findCopied(database, cityId, documentId);
    if (standing === undefined || isCopy(standing.text, reading.text)) return { documentId, standing };
  }
  return { documentId: `${name}-${randomUUID()}`, standing: undefined };
}

async function findNamed(session: Session, cityId: string, documentId: string): Promise<Destination> {
  await holdDocument(session, cityId, documentId);
  return { documentId, standing: await findCopied(session, cityId, documentId) };
}

/**
 * Reads before it stores, so that nobody waits for the reading; stored in one transaction, all or nothing.
 *
 * @throws ChengmaiError not-found `base/no-city`, `delivery/no-document`; input as readDocumentText says, `delivery/empty-document`; kind `cancelled`
 */
export async function importPolicy(base: Base, cityId: string, file: ImportedFile, who: string, signal?: AbortSignal): Promise<{ readonly documentId: string; readonly isNew: boolean }> {
  const { database } = base;
  const { bytes, fileName, publishedAt } = file;
  await getCity(database, cityId);
  if (file.documentId !== undefined && (await listVersions(database, cityId, file.documentId)).length === 0) throw noDocument(file.documentId);
  const targets = await readLinkTargets(database, cityId);
  const { read, links } = await runReading({
    source: { bytes, fileName, publishedAt: publishedAt ?? null }, linked: undefined, indicators: targets.indicators.map(({ id, name, definition }) => ({ id, name, definition })),
  }, signal);
  if (read === undefined || links === undefined) throw new Error('nothing was read');
  const { reading: first, mediaType } = read;
  if (first.text.trim() === '') throw new ChengmaiError('input', 'delivery/empty-document', { zh: `文件“${fileName}”中没有文字；扫描件请先识别文字（OCR），再导入。`, en: `The file "${fileName}" holds no text; have a scan recognised (OCR) first.` }, { file: fileName });
  const sha256 = hash(bytes);
  let reading = first;
  for (;;) {
    const outcome = await database.transaction(async (session): Promise<{ readonly known: string | null } | { readonly documentId: string; readonly isNew: boolean }> => {
      await holdCity(session, cityId);
      // two copies that come at once are compared one after the other
      await session.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`policy:${cityId}:${documentIdOf(first)}`]);
      const { documentId, standing } = file.documentId === undefined ? await findCopy(session, cityId, first) : await findNamed(session, cityId, file.documentId);
      // a day that a person gave stays where the new copy names none
      const known = publishedAt === undefined && first.publishedAt === null ? (standing?.publishedAt ?? null) : first.publishedAt;
      if (known !== reading.publishedAt) return { known };
      throwIfCancelled(signal);
      await writeDocument(session, cityId, { documentId, fileName, mediaType, sha256, who, reading, bytes });
      return { documentId, isNew: standing === undefined };
    });
    if ('documentId' in outcome) {
      keepProposals(base, { documentId: outcome.documentId, sha256 }, targets, links);
      return outcome;
    }
    // read again between two attempts: nobody waits for it in a transaction
    reading = outcome.known === first.publishedAt ? first : { ...(await readAgain(first, fileName, outcome.known, signal)), publishedAt: outcome.known };
  }
}

export interface Decided {
  readonly changeSet: string;
  readonly changed: number;
}

interface Decider {
  readonly who: string;
  readonly reason?: string | undefined;
}

/** @throws ChengmaiError as applyActs */
export async function reviewDocument(base: Base, cityId: string, documentId: string, acts: readonly ReviewAct[], { who, reason }: Decider): Promise<Decided> {
  const changeSet = randomUUID();
  // what is long is made before the transaction, in which others wait
  await openDocument(base, cityId, documentId);
  return base.database.transaction(async (session) => {
    await holdCity(session, cityId);
    await holdDocument(session, cityId, documentId);
    const { document, items } = await openStored(base, session, cityId, documentId);
    const stored = await listDecisions(session, cityId, documentId);
    const changes = applyActs(document.reading, items, new Map(stored.map((item) => [item.itemId, item])), acts);
    const subjects = changes.filter(({ before, after }) => !isSameJson(before, after)).map(({ itemId, action, before, after }): SubjectChange => ({ subject: `item:${itemId}`, action, before, after }));
    await writeChanges(session, cityId, documentId, subjects, { changeSet, who, now: new Date().toISOString(), reason: reason ?? null });
    return { changeSet, changed: subjects.length };
  });
}

/** A link by its clause and what it names, or one that stands by its id. */
export type LinkEdit = z.infer<typeof linkEditSchema>['links'][number];

/** `proposed` takes a decision back. @throws ChengmaiError not-found `delivery/no-clause`, `delivery/no-link`, `checkup/no-indicator`; conflict `delivery/orphaned-link` */
export async function editLinks(base: Base, cityId: string, documentId: string, edits: readonly LinkEdit[], { who, reason }: Decider): Promise<Decided> {
  const changeSet = randomUUID();
  await openDocument(base, cityId, documentId);
  return base.database.transaction(async (session) => {
    await holdCity(session, cityId);
    await holdDocument(session, cityId, documentId);
    const { document, links } = await openStored(base, session, cityId, documentId);
    const indicators = new Set((await readLinkTargets(session, cityId)).indicators.map(({ id }) => id));
    const stored = new Map((await listLinks(session, cityId, documentId)).map(({ linkId, ...link }) => [linkId, link]));
    const changes: SubjectChange[] = [];
    const byId = new Map(links.map((link) => [link.linkId, link]));
    const byName = new Map(links.map((link) => [JSON.stringify([link.clause, link.to, link.target]), link]));
    for (const edit of edits) {
      const standing = 'linkId' in edit ? byId.get(edit.linkId) : byName.get(JSON.stringify([edit.clause, edit.to, edit.target]));
      if ('linkId' in edit && standing === undefined) throw new ChengmaiError('not-found', 'delivery/no-link', { zh: `文件中没有关联“${edit.linkId}”；请刷新后再试。`, en: `The document has no link "${edit.linkId}"; load it again.` }, { value: edit.linkId });
      const { state } = edit;
      const { clause, to, target } = 'linkId' in edit ? (standing as NamedLink) : edit;
      const anchor = standing?.anchor ?? (clause === null ? undefined : clauseAnchor(document.reading, clause));
      if (clause === null && state === 'confirmed') throw new ChengmaiError('conflict', 'delivery/orphaned-link', { zh: `“${anchor?.quote ?? ''}”已不在文本中，不能再确认；请删除，并在相应条款上重新关联。`, en: `"${anchor?.quote ?? ''}" is gone from the text and cannot be confirmed; remove the link and make it anew at its clause.` }, { value: target });
      if (anchor === undefined) throw new ChengmaiError('not-found', 'delivery/no-clause', { zh: `文件中没有条款“${clause}”；请刷新后再试。`, en: `The document has no clause "${clause}"; load it again.` }, { value: clause ?? '' });
      if (to === 'indicator' && state !== 'proposed' && !indicators.has(target)) throw new ChengmaiError('not-found', 'checkup/no-indicator', { zh: `没有指标“${target}”；标识见 chengmai indicators。`, en: `There is no indicator "${target}"; chengmai indicators lists them.` }, { value: target });
      const linkId = standing?.linkId ?? linkIdOf(anchor, to, target);
      const before = stored.get(linkId) ?? null;
      const after: Link | null = state === 'proposed' ? null : { clause: clause ?? before?.clause ?? '', anchor, to, target, state, score: standing?.score ?? null, words: standing?.words ?? [] };
      if (!isSameJson(before, after)) changes.push({ subject: `link:${linkId}`, action: state === 'confirmed' ? 'confirm' : state === 'rejected' ? 'reject' : 'reopen', before, after });
    }
    // of two edits of one link the last counts
    const last = [...new Map(changes.map((change) => [change.subject, change])).values()];
    await writeChanges(session, cityId, documentId, last, { changeSet, who, now: new Date().toISOString(), reason: reason ?? null });
    return { changeSet, changed: last.length };
  });
}

/** Takes back a change set of a document as a whole: the last one unless one is named. @throws ChengmaiError not-found `delivery/nothing-to-undo`, conflict `delivery/changed-since`, `delivery/sent-to-ledger` */
export async function undoReview(base: Base, cityId: string, documentId: string, changeSet: string | undefined, who: string): Promise<Decided> {
  return base.database.transaction(async (session) => {
    await holdCity(session, cityId);
    await holdDocument(session, cityId, documentId);
    const changes = await findChangeSet(session, cityId, documentId, changeSet);
    if (changes.length === 0) throw new ChengmaiError('not-found', 'delivery/nothing-to-undo', { zh: '没有可以撤销的改动。', en: 'There is nothing to undo.' }, changeSet === undefined ? {} : { value: changeSet });
    // the tasks would stay behind in the ledger, and be sent a second time
    if (changes.some(({ action }) => action === 'task')) throw new ChengmaiError('conflict', 'delivery/sent-to-ledger', { zh: '这些条目已转入督办台账；请在台账中撤销任务。', en: 'These items are in the task ledger; withdraw the tasks there.' }, { value: changes[0].changeSet });
    const items = new Map((await listDecisions(session, cityId, documentId)).map((item) => [`item:${item.itemId}`, item as unknown]));
    for (const { linkId, ...link } of await listLinks(session, cityId, documentId)) items.set(`link:${linkId}`, link);
    const undone = changes.toReversed().map(({ subject, before, after }): SubjectChange => {
      if (!isSameJson(items.get(subject) ?? null, after)) {
        throw new ChengmaiError('conflict', 'delivery/changed-since', { zh: '其中的条目此后又有改动，不能整体撤销；请逐条修改。', en: 'An item of it has changed since; it cannot be undone as a whole.' }, { value: subject });
      }
      return { subject, action: 'undo', before: after, after: before };
    });
    const set = randomUUID();
    const now = new Date().toISOString();
    await writeChanges(session, cityId, documentId, undone, { changeSet: set, who, now, reason: changes[0].changeSet });
    return { changeSet: set, changed: undone.length };
  });
}
