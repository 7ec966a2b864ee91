/** The SQL of policy documents, of what was decided about them, and of their links. */
import { toJsonText } from '../../base/store/copy-text.ts';
import type { Session } from '../../base/database.ts';
import { ChengmaiError } from '../../core/errors.ts';
import type { PolicyReading } from '../../policy/model.ts';
import type { Link, ReviewItem } from '../model.ts';

/** A document as it is kept; its text stands apart from the reading. */
export interface StoredDocument {
  readonly documentId: string;
  readonly title: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly who: string;
  readonly importedAt: Date;
  readonly readerVersion: string;
  /** Another one after every change of the row, also of one that is deleted and made again. */
  readonly rowVersion: string;
  readonly reading: PolicyReading;
}

/** A document without what is large, and how far its decisions have come. */
export interface DocumentVersion extends Omit<StoredDocument, 'reading'> {
  /** The last change of decisions and links; 0 before the first. */
  readonly lastChange: number;
}

export interface NewDocument extends Omit<StoredDocument, 'importedAt' | 'title' | 'readerVersion' | 'rowVersion'> {
  readonly bytes: Uint8Array;
}

interface HeadRow {
  readonly document_id: string;
  readonly title: string;
  readonly file_name: string;
  readonly media_type: string;
  readonly sha256: string;
  readonly who: string;
  readonly imported_at: Date;
  readonly reader_version: string;
  readonly row_version: string;
}

interface DocumentRow extends HeadRow {
  readonly text: string;
  readonly reading: Omit<PolicyReading, 'text'>;
}

const HEAD = 'document_id, title, file_name, media_type, sha256, who, imported_at, reader_version, xmin::text as row_version';
const COLUMNS = `${HEAD}, text, reading`;

function toHead(row: HeadRow): Omit<StoredDocument, 'reading'> {
  return {
    documentId: row.document_id, title: row.title, fileName: row.file_name, mediaType: row.media_type, sha256: row.sha256, who: row.who, importedAt: new Date(row.imported_at),
    readerVersion: row.reader_version, rowVersion: row.row_version,
  };
}

const toDocument = (row: DocumentRow): StoredDocument => ({ ...toHead(row), reading: { ...row.reading, text: row.text } });

/** All of a city, the latest first, or one; small, whatever the documents' length. */
export async function listVersions(database: Session, cityId: string, documentId?: string): Promise<DocumentVersion[]> {
  const rows = await database.query<HeadRow & { readonly last_change: number }>(
    `select ${HEAD}, coalesce((select max(c.change_id) from policy_change c where c.city_id = d.city_id and c.document_id = d.document_id), 0) as last_change
     from policy_document d where city_id = $1 and ($2::text is null or document_id = $2) order by published_at desc nulls last, imported_at desc, document_id`, [cityId, documentId ?? null],
  );
  return rows.map((row) => ({ ...toHead(row), lastChange: Number(row.last_change) }));
}

/** What tells whether another text is a copy of a document, and when it is of. */
export async function findCopied(database: Session, cityId: string, documentId: string): Promise<{ readonly text: string; readonly publishedAt: string | null } | undefined> {
  const [row] = await database.query<{ text: string; published_at: string | null }>('select text, published_at from policy_document where city_id = $1 and document_id = $2', [cityId, documentId]);
  return row === undefined ? undefined : { text: row.text, publishedAt: row.published_at };
}

export async function findDocument(database: Session, cityId: string, documentId: string): Promise<StoredDocument | undefined> {
  const [row] = await database.query<DocumentRow>(`select ${COLUMNS} from policy_document where city_id = $1 and document_id = $2`, [cityId, documentId]);
  return row === undefined ? undefined : toDocument(row);
}

/** @throws ChengmaiError not-found `delivery/no-document` */
export async function getDocument(database: Session, cityId: string, documentId: string): Promise<StoredDocument> {
  const found = await findDocument(database, cityId, documentId);
  if (found === undefined) throw noDocument(documentId);
  return found;
}

/** Holds a document until the transaction ends, so that decisions upon it are made one after the other. @throws ChengmaiError not-found `delivery/no-document` */
export async function holdDocument(session: Session, cityId: string, documentId: string): Promise<void> {
  const locked = await session.query('select 1 from policy_document where city_id = $1 and document_id = $2 for no key update', [cityId, documentId]);
  if (locked.length === 0) throw noDocument(documentId);
}

/** As getDocument, held until the transaction ends. @throws ChengmaiError not-found `delivery/no-document` */
export async function lockDocument(session: Session, cityId: string, documentId: string): Promise<StoredDocument> {
  await holdDocument(session, cityId, documentId);
  return getDocument(session, cityId, documentId);
}

export function noDocument(documentId: string): ChengmaiError {
  return new ChengmaiError('not-found', 'delivery/no-document', { zh: `没有政策文件“${documentId}”；请刷新文件列表。`, en: `There is no policy document "${documentId}"; load the list again.` }, { value: documentId });
}

/** @throws ChengmaiError not-found `delivery/no-document` */
export async function getDocumentBytes(database: Session, cityId: string, documentId: string): Promise<{ readonly bytes: Uint8Array; readonly fileName: string; readonly mediaType: string }> {
  const [row] = await database.query<{ bytes: Uint8Array; file_name: string; media_type: string }>('select bytes, file_name, media_type from policy_document where city_id = $1 and document_id = $2', [cityId, documentId]);
  if (row === undefined) throw noDocument(documentId);
  return { bytes: row.bytes, fileName: row.file_name, mediaType: row.media_type };
}

/** Adds a document, or puts another reading in place of its last one; decisions and links stay. */
export async function writeDocument(database: Session, cityId: string, { reading, ...row }: NewDocument): Promise<void> {
  const { text, ...rest } = reading;
  await database.query(
    `insert into policy_document (city_id, document_id, title, kind, issuer, published_at, file_name, media_type, sha256, bytes, text, reading, reader_version, who)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::jsonb, $13, $14)
     on conflict (city_id, document_id) do update set title = excluded.title, kind = excluded.kind, issuer = excluded.issuer, published_at = excluded.published_at, file_name = excluded.file_name,
       media_type = excluded.media_type, sha256 = excluded.sha256, bytes = excluded.bytes, text = excluded.text, reading = excluded.reading, reader_version = excluded.reader_version, who = excluded.who, imported_at = now()`,
    [cityId, row.documentId, reading.title, reading.kind, reading.issuer, reading.publishedAt, row.fileName, row.mediaType, row.sha256, row.bytes, text, toJsonText(rest), reading.version, row.who],
  );
}

/** Another reading of the same text; nothing where another copy has come meanwhile. */
export async function writeReading(database: Session, cityId: string, { documentId, rowVersion }: Pick<StoredDocument, 'documentId' | 'rowVersion'>, reading: PolicyReading): Promise<void> {
  await database.query(
    'update policy_document set reading = $3::jsonb, reader_version = $4, title = $5, kind = $6, issuer = $7, published_at = $8 where city_id = $1 and document_id = $2 and xmin::text = $9',
    [cityId, documentId, toJsonText({ ...reading, text: undefined }), reading.version, reading.title, reading.kind, reading.issuer, reading.publishedAt, rowVersion],
  );
}

/** @throws ChengmaiError not-found `delivery/no-document` */
export async function deleteDocument(database: Session, cityId: string, documentId: string): Promise<void> {
  const gone = await database.query('delete from policy_document where city_id = $1 and document_id = $2 returning document_id', [cityId, documentId]);
  if (gone.length === 0) throw noDocument(documentId);
}

// ---- decisions -----------------------------------------------------------------------------------------------------

export async function listDecisions(database: Session, cityId: string, documentId: string): Promise<ReviewItem[]> {
  return (await database.query<{ item: ReviewItem }>('select item from policy_decision where city_id = $1 and document_id = $2 order by item_id', [cityId, documentId])).map(({ item }) => item);
}

export type KeptLink = Link & { readonly linkId: string };

export async function listLinks(database: Session, cityId: string, documentId: string): Promise<KeptLink[]> {
  return (await database.query<{ link_id: string; link: Link }>('select link_id, link from policy_link where city_id = $1 and document_id = $2 order by link_id', [cityId, documentId])).map(({ link_id, link }) => ({ ...link, linkId: link_id }));
}

export interface PolicyChange {
  readonly changeSet: string;
  /** `item:` and its id, or `link:` and its id. */
  readonly subject: string;
  readonly at: Date;
  readonly who: string;
  readonly action: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string | null;
}

export interface SubjectChange {
  readonly subject: string;
  readonly action: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface ChangeContext {
  readonly changeSet: string;
  readonly who: string;
  readonly now: string;
  readonly reason: string | null;
}

const TABLES = { item: ['policy_decision', 'item_id', 'item'], link: ['policy_link', 'link_id', 'link'] } as const;

/** Writes what changed, with its history; `after: null` takes a decision away. */
export async function writeChanges(session: Session, cityId: string, documentId: string, changes: readonly SubjectChange[], { changeSet, who, now, reason }: ChangeContext): Promise<void> {
  for (const kind of ['item', 'link'] as const) {
    const [table, key, column] = TABLES[kind];
    const own = changes.filter(({ subject }) => subject.startsWith(`${kind}:`)).map((change) => ({ id: change.subject.slice(kind.length + 1), after: change.after }));
    const gone = own.filter(({ after }) => after === null).map(({ id }) => id);
    const kept = own.filter(({ after }) => after !== null);
    if (gone.length > 0) await session.query(`delete from ${table} where city_id = $1 and document_id = $2 and ${key} = any($3)`, [cityId, documentId, gone]);
    if (kept.length > 0) {
      await session.query(
        `insert into ${table} (city_id, document_id, ${key}, ${column}, who, at)
         select $1, $2, c->>'id', c->'after', $4, $5 from jsonb_array_elements($3::jsonb) as c
         on conflict (city_id, document_id, ${key}) do update set ${column} = excluded.${column}, who = excluded.who, at = excluded.at`,
        [cityId, documentId, toJsonText(kept), who, now],
      );
    }
  }
  if (changes.length === 0) return;
  await session.query(
    `insert into policy_change (city_id, change_set, document_id, subject, at, who, action, before, after, reason)
     select $1, $2, $3, c->>'subject', $5, $6, c->>'action', c->'before', c->'after', $7 from jsonb_array_elements($4::jsonb) as c`,
    [cityId, changeSet, documentId, toJsonText(changes), now, who, reason],
  );
}

/** The newest first. */
export async function listChanges(database: Session, cityId: string, documentId: string, limit = 500): Promise<PolicyChange[]> {
  return database.query<PolicyChange>(
    'select change_set as "changeSet", subject, at, who, action, before, after, reason from policy_change where city_id = $1 and document_id = $2 order by change_id desc limit $3', [cityId, documentId, limit],
  );
}

/** The changes of one set, in the order they were made; of the last set that is not an undo and was not undone where none is named. */
export async function findChangeSet(database: Session, cityId: string, documentId: string, changeSet?: string): Promise<PolicyChange[]> {
  const [last] = changeSet === undefined
    ? await database.query<{ change_set: string }>(
        `select change_set from policy_change c where city_id = $1 and document_id = $2 and action not in ('undo', 'task')
           and not exists (select from policy_change u where u.city_id = c.city_id and u.document_id = c.document_id and u.action = 'undo' and u.reason = c.change_set)
         order by change_id desc limit 1`, [cityId, documentId])
    : [{ change_set: changeSet }];
  if (last === undefined) return [];
  return database.query<PolicyChange>(
    'select change_set as "changeSet", subject, at, who, action, before, after, reason from policy_change where city_id = $1 and document_id = $2 and change_set = $3 order by change_id', [cityId, documentId, last.change_set],
  );
}
