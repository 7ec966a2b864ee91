/**
 * Policy documents of a city: imported, read, reviewed. What is shown is made of the stored reading, the decisions over it, and links proposed and decided.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { Base } from '../base/open.ts';
import { LruCache } from '../base/lru-cache.ts';
import { getCity } from '../base/store/cities.ts';
import type { Session } from '../base/database.ts';
import { listIndicatorsOf } from '../checkup/indicators.ts';
import type { Bilingual } from '../core/bilingual.ts';
import { ChengmaiError } from '../core/errors.ts';
import { isSameJson } from '../core/same-json.ts';
import { readDocumentText } from '../import/text/read-document-text.ts';
import { segmentWords } from '../import/text/segment-words.ts';
import { proposeLinks } from '../policy/links/propose-links.ts';
import type { ClauseLink, PolicyReading, ReadOptions } from '../policy/model.ts';
import { READER_VERSION, readPolicy } from '../policy/read-policy.ts';
import type { ReviewAct } from './api.ts';
import type { Link, ReviewItem } from './model.ts';
import { anchorOf, clauseAt, findAnchor, nodesOf } from './review/anchors.ts';
import { applyActs } from './review/apply-acts.ts';
import { isCopy } from './review/copies.ts';
import { mergeDecisions } from './review/items.ts';
import type { KeptLink, StoredDocument, SubjectChange } from './store/documents.ts';
import { findChangeSet, findDocument, getDocument, listDecisions, listDocuments, listLinks, lockDocument, writeChanges, writeDocument, writeReading } from './store/documents.ts';
import { holdCity } from './store/tasks.ts';
import { releaseWithdrawn } from './task-ledger.ts';

/** Beyond this a document is no text to be read by people. */
export const MOST_DOCUMENT_BYTES = 64 * 1024 * 1024;

export interface ImportedFile {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly publishedAt?: string | undefined;
  /** The document that this is another copy of; else the one of the same title and issuer. */
  readonly documentId?: string | undefined;
}

/** PostgreSQL's text holds neither U+0000 nor half of a surrogate pair; U+FFFD stands for each, so that no position moves. */
function storableText(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/** A document's bytes read; nothing is stored. */
export async function readPolicyFile({ bytes, fileName, publishedAt }: ImportedFile): Promise<{ readonly reading: PolicyReading; readonly mediaType: string }> {
  const { text, mediaType, defects } = await readDocumentText(bytes, fileName);
  const options: ReadOptions = { fileName, defects, ...(publishedAt !== undefined && { publishedAt }) };
  return { reading: readPolicy(storableText(text), options), mediaType };
}

const hash = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

/** Copies of one document have one id, whatever their file is called. */
function documentIdOf({ title, issuer }: PolicyReading): string {
  return `p-${hash(`${title.replace(/\s+/g, '')}\n${issuer ?? ''}`).slice(0, 12)}`;
}

/** Documents of one title in a city: a report a year is one each. */
const MOST_OF_ONE_TITLE = 1000;

/**
 * The document that a reading is another copy of, or a new name for it. The title alone does not tell: 政府工作报告 comes every year. It is a copy where at least half of what
 * the shorter one says stands in the other.
 */
async function findCopy(database: Session, cityId: string, reading: PolicyReading): Promise<{ readonly documentId: string; readonly copy: StoredDocument | undefined }> {
  const name = documentIdOf(reading);
  for (let nth = 1; nth <= MOST_OF_ONE_TITLE; nth++) {
    const documentId = nth === 1 ? name : `${name}-${nth}`;
    const standing = await findDocument(database, cityId, documentId);
    if (standing === undefined || isCopy(standing.reading.text, reading.text)) return { documentId, copy: standing };
  }
  return { documentId: `${name}-${randomUUID()}`, copy: undefined };
}

/** @throws ChengmaiError not-found `base/no-city`, `delivery/no-document`; input as readDocumentText says, `delivery/empty-document` */
export async function importPolicy(base: Base, cityId: string, file: ImportedFile, who: string): Promise<{ readonly documentId: string; readonly isNew: boolean }> {
  const { database } = base;
  await getCity(database, cityId);
  const named = file.documentId === undefined ? undefined : await getDocument(database, cityId, file.documentId);
  const { reading: first, mediaType } = await readPolicyFile(file);
  if (first.text.trim() === '') throw new ChengmaiError('input', 'delivery/empty-document', { zh: `文件“${file.fileName}”中没有文字。`, en: `The file "${file.fileName}" holds no text.` }, { file: file.fileName });
  return database.transaction(async (session) => {
    await holdCity(session, cityId);
    // two copies that come at once are compared one after the other
    await session.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`policy:${cityId}:${documentIdOf(first)}`]);
    const { documentId, copy } = named === undefined ? await findCopy(session, cityId, first) : { documentId: named.documentId, copy: named };
    // a day that a person gave stays where the new copy names none
    const known = file.publishedAt === undefined && first.publishedAt === null ? (copy?.reading.publishedAt ?? null) : null;
    const reading = known === null ? first : readAgain(first, file.fileName, known);
    await writeDocument(session, cityId, { documentId, fileName: file.fileName, mediaType, sha256: hash(file.bytes), who, reading, bytes: file.bytes });
    return { documentId, isNew: copy === undefined };
  });
}

function readAgain({ text, defects }: PolicyReading, fileName: string, publishedAt: string | null): PolicyReading {
  const again = readPolicy(text, { fileName, ...(publishedAt !== null && { publishedAt }) });
  // what decoding could not read is told by the bytes, not by the text
  const decoding = defects.filter(({ kind, span }) => kind === 'encoding' && !again.defects.some((one) => one.kind === kind && one.span[0] === span[0]));
  return decoding.length === 0 ? again : { ...again, defects: [...decoding, ...again.defects].sort((a, b) => a.span[0] - b.span[0]) };
}

/** A document whose stored reading is of an older reader is read again. */
async function upToDate(database: Session, cityId: string, document: StoredDocument): Promise<StoredDocument> {
  if (document.readerVersion === READER_VERSION) return document;
  const reading = readAgain(document.reading, document.fileName, document.reading.publishedAt);
  await writeReading(database, cityId, document.documentId, reading);
  return { ...document, reading, title: reading.title, readerVersion: READER_VERSION };
}

export interface NamedLink extends Link {
  readonly linkId: string;
  readonly name: Bilingual;
}

export interface OpenDocument {
  readonly document: StoredDocument;
  readonly items: readonly ReviewItem[];
  /** Decided ones, and proposals that nobody has decided upon. Rejected ones too. */
  readonly links: readonly NamedLink[];
}

const proposals = new LruCache<readonly ClauseLink[]>(64, () => 1);
export const linkIdOf = ({ quote, path }: Link['anchor'], to: Link['to'], target: string): string => hash(`${path.join('/')}\n${quote.slice(0, 200)}\n${to}\n${target}`).slice(0, 16);

/** The words a clause is known by: its heading and how its own text begins. */
function clauseAnchor(reading: PolicyReading, clause: string): Link['anchor'] | undefined {
  const node = nodesOf(reading.outline).get(clause);
  if (node === undefined || node.span[1] <= node.span[0]) return undefined;
  return anchorOf(reading, [node.span[0], Math.min(node.span[1], Math.max(node.headingSpan[1], node.span[0] + 60))], clause);
}

async function linksOf(database: Session, cityId: string, document: StoredDocument): Promise<NamedLink[]> {
  const { reading, documentId, sha256 } = document;
  const indicators = await listIndicatorsOf(database, cityId);
  const names = new Map(indicators.map(({ id, name }) => [id, name]));
  const own = indicators.filter(({ set }) => set === 'user').map(({ id, version }) => `${id}@${version}`);
  const key = [cityId, documentId, sha256, READER_VERSION, ...own].join('|');
  const proposed = await proposals.get(key, async () => proposeLinks(reading, indicators, segmentWords));
  const kept = (await listLinks(database, cityId, documentId)).map((link): KeptLink => {
    const span = findAnchor(link.anchor, reading);
    return { ...link, clause: (span === undefined ? undefined : clauseAt(reading.outline, [span[0], span[0] + 1])?.id) ?? link.clause };
  });
  const decided = new Set(kept.map(({ linkId }) => linkId));
  const name = (target: string): Bilingual => names.get(target) ?? { zh: target, en: target };
  const open = proposed.flatMap((link): NamedLink[] => {
    const anchor = clauseAnchor(reading, link.clause);
    if (anchor === undefined) return [];
    const linkId = linkIdOf(anchor, 'indicator', link.indicator);
    return decided.has(linkId) ? [] : [{ linkId, clause: link.clause, anchor, to: 'indicator', target: link.indicator, state: 'proposed', score: link.score, words: link.words, name: name(link.indicator) }];
  });
  return [...kept.map((link) => ({ ...link, name: link.to === 'indicator' ? name(link.target) : { zh: link.target, en: link.target } })), ...open].sort((a, b) => (b.score ?? 1) - (a.score ?? 1) || a.linkId.localeCompare(b.linkId));
}

async function openStored(database: Session, cityId: string, stored: StoredDocument): Promise<OpenDocument> {
  const document = await upToDate(database, cityId, stored);
  const items = await releaseWithdrawn(database, cityId, mergeDecisions(document.reading, await listDecisions(database, cityId, document.documentId)));
  return { document, items, links: await linksOf(database, cityId, document) };
}

/** @throws ChengmaiError not-found `base/no-city`, `delivery/no-document` */
export async function openDocument(base: Base, cityId: string, documentId: string): Promise<OpenDocument> {
  await getCity(base.database, cityId);
  return openStored(base.database, cityId, await getDocument(base.database, cityId, documentId));
}

/** @throws ChengmaiError not-found `base/no-city` */
export async function openDocuments(base: Base, cityId: string): Promise<OpenDocument[]> {
  await getCity(base.database, cityId);
  const open: OpenDocument[] = [];
  for (const document of await listDocuments(base.database, cityId)) open.push(await openStored(base.database, cityId, document));
  return open;
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
  return base.database.transaction(async (session) => {
    await holdCity(session, cityId);
    const document = await upToDate(session, cityId, await lockDocument(session, cityId, documentId));
    const stored = await listDecisions(session, cityId, documentId);
    const items = await releaseWithdrawn(session, cityId, mergeDecisions(document.reading, stored));
    const changes = applyActs(document.reading, items, new Map(stored.map((item) => [item.itemId, item])), acts);
    const subjects = changes.filter(({ before, after }) => !isSameJson(before, after)).map(({ itemId, action, before, after }): SubjectChange => ({ subject: `item:${itemId}`, action, before, after }));
    await writeChanges(session, cityId, documentId, subjects, { changeSet, who, now: new Date().toISOString(), reason: reason ?? null });
    return { changeSet, changed: subjects.length };
  });
}

export interface LinkEdit {
  readonly clause: string;
  readonly to: Link['to'];
  readonly target: string;
  readonly state: Link['state'];
}

/** `proposed` takes a decision back. @throws ChengmaiError not-found `delivery/no-clause`, `checkup/no-indicator` */
export async function editLinks(base: Base, cityId: string, documentId: string, edits: readonly LinkEdit[], { who, reason }: Decider): Promise<Decided> {
  const changeSet = randomUUID();
  return base.database.transaction(async (session) => {
    await holdCity(session, cityId);
    const { document, links } = await openStored(session, cityId, await lockDocument(session, cityId, documentId));
    const indicators = new Set((await listIndicatorsOf(session, cityId)).map(({ id }) => id));
    const stored = new Map((await listLinks(session, cityId, documentId)).map(({ linkId, ...link }) => [linkId, link]));
    const changes: SubjectChange[] = [];
    for (const { clause, to, target, state } of edits) {
      const standing = links.find((link) => link.clause === clause && link.to === to && link.target === target);
      const anchor = standing?.anchor ?? clauseAnchor(document.reading, clause);
      if (anchor === undefined) throw new ChengmaiError('not-found', 'delivery/no-clause', { zh: `文件中没有条款“${clause}”；请刷新后再试。`, en: `The document has no clause "${clause}"; load it again.` }, { value: clause });
      if (to === 'indicator' && !indicators.has(target)) throw new ChengmaiError('not-found', 'checkup/no-indicator', { zh: `没有指标“${target}”；标识见 chengmai indicators。`, en: `There is no indicator "${target}"; chengmai indicators lists them.` }, { value: target });
      const linkId = standing?.linkId ?? linkIdOf(anchor, to, target);
      const before = stored.get(linkId) ?? null;
      const after: Link | null = state === 'proposed' ? null : { clause, anchor, to, target, state, score: standing?.score ?? null, words: standing?.words ?? [] };
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
    await lockDocument(session, cityId, documentId);
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
