/**
 * Documents as they are shown: the stored reading, the decisions laid over it, and links proposed and decided.
 *
 * What follows from a document's row, its last change and the indicators' names alone is kept between requests, up to a bound; a request then costs one small query a
 * document, or one for all.
 */
import { createHash } from 'node:crypto';
import { getHeapStatistics } from 'node:v8';
import type { Database, Session } from '../base/database.ts';
import { LruCache } from '../base/lru-cache.ts';
import type { Base } from '../base/open.ts';
import { getCity } from '../base/store/cities.ts';
import { takeTurns } from '../base/take-turns.ts';
import { listIndicatorsOf } from '../checkup/indicators.ts';
import type { Indicator } from '../checkup/model.ts';
import type { Bilingual } from '../core/bilingual.ts';
import type { LinkedText } from '../policy/links/propose-links.ts';
import type { ClauseLink, PolicyReading } from '../policy/model.ts';
import { READER_VERSION } from '../policy/read-policy.ts';
import type { Link, ReviewItem } from './model.ts';
import { runReading } from './reading-task.ts';
import { anchorOf, clauseAt, findAnchor, nodesOf } from './review/anchors.ts';
import { layDecisions, listProposals } from './review/items.ts';
import type { DocumentVersion, StoredDocument } from './store/documents.ts';
import { findDocument, getDocument, listDecisions, listLinks, listVersions, noDocument, writeReading } from './store/documents.ts';
import { listWithdrawn } from './store/tasks.ts';

/** What of a reading is asked for once its items have been made. */
export type ShownReading = Omit<PolicyReading, 'times' | 'targets' | 'tasks'>;

export interface NamedLink extends Omit<Link, 'clause' | 'state'> {
  readonly linkId: string;
  /** Null where its words are gone from the text. */
  readonly clause: string | null;
  /** `orphaned`: confirmed, and its words are gone from the text. */
  readonly state: Link['state'] | 'orphaned';
  readonly name: Bilingual;
}

export interface OpenDocument {
  readonly document: Omit<StoredDocument, 'reading'> & { readonly reading: ShownReading };
  readonly items: readonly ReviewItem[];
  /** Decided ones, and proposals that nobody has decided upon. Rejected ones too. */
  readonly links: readonly NamedLink[];
}

interface Reviewed {
  /** Of decisions and indicators. */
  readonly version: string;
  readonly items: readonly ReviewItem[];
  readonly links: readonly NamedLink[];
}

interface Shelved {
  readonly document: OpenDocument['document'];
  readonly proposals: readonly ReviewItem[];
  readonly asking: Pick<LinkedText, 'targets' | 'tasks'>;
  /** Of the last version that was asked for. */
  reviewed: Reviewed | undefined;
}

interface Shelf {
  readonly documents: LruCache<Shelved>;
  readonly links: LruCache<readonly ClauseLink[]>;
}

/** Measured on 200 documents of 20 kB with their outlines, items and links: 48; as much again for what decisions add. */
const BYTES_A_CHARACTER = 96;
const BYTES_A_LINK = 250;
/** Some 700 documents of 20 kB; what does not fit is fetched and laid out anew when it is asked for (8 ms each). */
const MOST_KEPT_BYTES = Math.min(512e6, getHeapStatistics().heap_size_limit / 8);
const MOST_LINKS_BYTES = MOST_KEPT_BYTES / 8;

const shelves = new WeakMap<Database, Shelf>();

function shelfOf(database: Database): Shelf {
  let shelf = shelves.get(database);
  if (shelf === undefined) {
    shelf = {
      documents: new LruCache(MOST_KEPT_BYTES, ({ document }) => 10_000 + document.reading.text.length * BYTES_A_CHARACTER),
      links: new LruCache(MOST_LINKS_BYTES, (links) => 1000 + links.length * BYTES_A_LINK),
    };
    shelves.set(database, shelf);
  }
  return shelf;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The city's indicators, and what of them links depend on. */
export interface LinkTargets {
  readonly indicators: readonly Indicator[];
  readonly version: string;
}

export async function readLinkTargets(database: Session, cityId: string): Promise<LinkTargets> {
  const indicators = await listIndicatorsOf(database, cityId);
  return { indicators, version: hash(JSON.stringify(indicators.filter(({ set }) => set === 'user').map(({ id, version, name, definition }) => [id, version, name, definition]))) };
}

/** The bytes and the reader tell what is proposed. */
const linksKey = ({ documentId, sha256 }: Pick<StoredDocument, 'documentId' | 'sha256'>, targets: LinkTargets): string => [documentId, sha256, READER_VERSION, targets.version].join('|');

/** Links that were proposed while the document was read. */
export function keepProposals({ database }: Base, document: Pick<StoredDocument, 'documentId' | 'sha256'>, targets: LinkTargets, links: readonly ClauseLink[]): void {
  shelfOf(database).links.keep(linksKey(document, targets), links);
}

/** Asks no database, so that whoever waits for it within a transaction does not wait for those who wait for the transaction. */
function proposedLinks(shelf: Shelf, { document, asking }: Shelved, targets: LinkTargets): Promise<readonly ClauseLink[]> {
  return shelf.links.get(linksKey(document, targets), async () => {
    const { text, outline, aside, facts, bodies } = document.reading;
    const indicators = targets.indicators.map(({ id, name, definition }) => ({ id, name, definition }));
    const { links } = await runReading({ source: undefined, linked: { text, outline, aside, facts, bodies, ...asking }, indicators });
    return links ?? [];
  });
}

export const linkIdOf = ({ quote, path }: Link['anchor'], to: Link['to'], target: string): string => hash(`${path.join('/')}\n${quote.slice(0, 200)}\n${to}\n${target}`).slice(0, 16);

/** The words a clause is known by: its heading and how its own text begins. */
export function clauseAnchor(reading: ShownReading, clause: string): Link['anchor'] | undefined {
  const node = nodesOf(reading.outline).get(clause);
  if (node === undefined || node.span[1] <= node.span[0]) return undefined;
  return anchorOf(reading, [node.span[0], Math.min(node.span[1], Math.max(node.headingSpan[1], node.span[0] + 60))], clause);
}

function nameLinks(reading: ShownReading, stored: readonly (Link & { readonly linkId: string })[], proposed: readonly ClauseLink[], { indicators }: LinkTargets): NamedLink[] {
  const names = new Map(indicators.map(({ id, name }) => [id, name]));
  const name = (target: string): Bilingual => names.get(target) ?? { zh: target, en: target };
  const kept = stored.map((link): NamedLink => {
    const span = findAnchor(link.anchor, reading);
    const clause = span === undefined ? null : (clauseAt(reading.outline, [span[0], span[0] + 1])?.id ?? null);
    return { ...link, clause, state: clause === null && link.state === 'confirmed' ? 'orphaned' : link.state, name: link.to === 'indicator' ? name(link.target) : { zh: link.target, en: link.target } };
  });
  const decided = new Set(kept.map(({ linkId }) => linkId));
  const anchors = new Map<string, Link['anchor'] | undefined>();
  const open = proposed.flatMap(({ clause, indicator, score, words }): NamedLink[] => {
    if (!anchors.has(clause)) anchors.set(clause, clauseAnchor(reading, clause));
    const anchor = anchors.get(clause);
    if (anchor === undefined) return [];
    const linkId = linkIdOf(anchor, 'indicator', indicator);
    return decided.has(linkId) ? [] : [{ linkId, clause, anchor, to: 'indicator', target: indicator, state: 'proposed', score, words, name: name(indicator) }];
  });
  return [...kept, ...open].sort((a, b) => (b.score ?? 1) - (a.score ?? 1) || (a.linkId < b.linkId ? -1 : 1));
}

/** A reading of the same text by the present reader. @throws `engine/worker-died` */
export async function readAgain({ text, defects, headings }: PolicyReading, fileName: string, publishedAt: string | null, signal?: AbortSignal): Promise<PolicyReading> {
  const { read } = await runReading({ source: { text, defects, headings, fileName, publishedAt }, linked: undefined, indicators: undefined }, signal);
  if (read === undefined) throw new Error('nothing was read');
  return read.reading;
}

/** A document whose stored reading is of an older reader is read again. Undefined where it is gone. */
async function upToDate(database: Session, cityId: string, version: DocumentVersion): Promise<DocumentVersion | undefined> {
  if (version.readerVersion === READER_VERSION) return version;
  const stored = await findDocument(database, cityId, version.documentId);
  if (stored === undefined) return undefined;
  if (stored.readerVersion !== READER_VERSION) await writeReading(database, cityId, stored, await readAgain(stored.reading, stored.fileName, stored.reading.publishedAt));
  return (await listVersions(database, cityId, version.documentId))[0];
}

const shelfKey = (cityId: string, { documentId, rowVersion, sha256, importedAt, readerVersion }: Omit<StoredDocument, 'reading'>): string => [cityId, documentId, rowVersion, sha256, importedAt.getTime(), readerVersion].join('|');

/** The document and what its reader proposes; each caller fetches by its own session (see proposedLinks). */
async function fetchShelved(shelf: Shelf, session: Session, cityId: string, version: DocumentVersion): Promise<Shelved> {
  const kept = shelf.documents.find(shelfKey(cityId, version));
  if (kept !== undefined) return kept;
  const { reading, ...head } = await getDocument(session, cityId, version.documentId);
  const { times: _, targets, tasks, ...shown } = reading;
  const where = ({ clause, span }: LinkedText['targets'][number]): LinkedText['targets'][number] => ({ clause, span });
  const shelved: Shelved = { document: { ...head, reading: shown }, proposals: listProposals(reading), asking: { targets: targets.map(where), tasks: tasks.map(where) }, reviewed: undefined };
  shelf.documents.keep(shelfKey(cityId, head), shelved);
  return shelved;
}

async function openVersion(shelf: Shelf, session: Session, cityId: string, version: DocumentVersion, targets: LinkTargets): Promise<OpenDocument> {
  const shelved = await fetchShelved(shelf, session, cityId, version);
  const { document, proposals } = shelved;
  const asked = `${version.lastChange}|${targets.version}`;
  let { reviewed } = shelved;
  if (reviewed?.version !== asked) {
    const { documentId } = document;
    const decisions = version.lastChange === 0 ? [] : await listDecisions(session, cityId, documentId);
    const stored = version.lastChange === 0 ? [] : await listLinks(session, cityId, documentId);
    reviewed = { version: asked, items: layDecisions(document.reading, proposals, decisions), links: nameLinks(document.reading, stored, await proposedLinks(shelf, shelved, targets), targets) };
    shelved.reviewed = reviewed;
  }
  return { document, items: reviewed.items, links: reviewed.links };
}

/** Items whose task was withdrawn are free again. */
function release(open: OpenDocument, withdrawn: ReadonlySet<string>): OpenDocument {
  const isWithdrawn = ({ taskId }: ReviewItem): boolean => taskId !== null && withdrawn.has(taskId);
  return withdrawn.size === 0 || !open.items.some(isWithdrawn) ? open : { ...open, items: open.items.map((item) => (isWithdrawn(item) ? { ...item, taskId: null } : item)) };
}

const taskIdsOf = ({ items }: OpenDocument): string[] => items.flatMap(({ taskId }) => taskId ?? []);

/** A document as it stands for a session: within a transaction, with what the transaction sees. @throws ChengmaiError not-found `delivery/no-document` */
export async function openStored({ database }: Base, session: Session, cityId: string, documentId: string): Promise<OpenDocument> {
  const [found] = await listVersions(session, cityId, documentId);
  const version = found === undefined ? undefined : await upToDate(session, cityId, found);
  if (version === undefined) throw noDocument(documentId);
  const open = await openVersion(shelfOf(database), session, cityId, version, await readLinkTargets(session, cityId));
  return release(open, await listWithdrawn(session, cityId, taskIdsOf(open)));
}

/** @throws ChengmaiError not-found `base/no-city`, `delivery/no-document` */
export async function openDocument(base: Base, cityId: string, documentId: string): Promise<OpenDocument> {
  await getCity(base.database, cityId);
  return openStored(base, base.database, cityId, documentId);
}

/** @throws ChengmaiError not-found `base/no-city` */
export async function openDocuments(base: Base, cityId: string): Promise<OpenDocument[]> {
  const { database } = base;
  await getCity(database, cityId);
  const targets = await readLinkTargets(database, cityId);
  const open: OpenDocument[] = [];
  for (const found of await listVersions(database, cityId)) {
    const version = await upToDate(database, cityId, found);
    if (version === undefined) continue;
    try {
      open.push(await openVersion(shelfOf(database), database, cityId, version, targets));
    } catch (error) {
      // deleted since it was listed
      if ((await listVersions(database, cityId, found.documentId)).length > 0) throw error;
    }
    await takeTurns();
  }
  const withdrawn = await listWithdrawn(database, cityId, open.flatMap(taskIdsOf));
  return open.map((one) => release(one, withdrawn));
}
