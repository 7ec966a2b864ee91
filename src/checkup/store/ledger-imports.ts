/** The SQL of workbooks taken over into the ledger: each is applied as one, listed, and can be taken back as one. */
import { createHash } from 'node:crypto';
import { ChengmaiError } from '../../core/errors.ts';
import type { Database, Session } from '../../base/database.ts';
import { toJsonText } from '../../base/store/copy-text.ts';
import type { KeptChange, LedgerChange, LedgerRow, RowEdit } from '../findings/ledger-row.ts';
import { changesByFinding, planEdits, takeBack } from '../findings/ledger-row.ts';
import { lockRows, noFinding, writeChanges, writeRows } from './ledger.ts';

export interface LedgerImportRow {
  readonly importId: number;
  readonly at: Date;
  readonly who: string;
  readonly file: string;
  /** How many it changed. */
  readonly findings: number;
  readonly undoneAt: Date | null;
  readonly undoneBy: string | null;
}

const MOST_LISTED = 50;

/** Tells one set of changes from another: what was agreed to is what is written. */
export function tokenOf(changes: readonly LedgerChange[]): string {
  return createHash('sha256').update(JSON.stringify(changes.map(({ findingId, field, before, after }) => [findingId, field, before, after]))).digest('hex').slice(0, 24);
}

/**
 * Takes a workbook's edits over, all or none, as one import that can be taken back.
 *
 * @param expect the token of a preview: refused where the ledger has changed since so that something else would be written
 * @returns `importId` null where nothing changes
 * @throws ChengmaiError not-found `checkup/no-finding`; conflict `checkup/ledger-moved`
 */
export async function applyWorkbook(database: Database, cityId: string, edits: readonly RowEdit[], { who, file, expect }: { readonly who: string; readonly file: string; readonly expect?: string | undefined }): Promise<{ importId: number | null; changed: LedgerRow[]; changes: LedgerChange[] }> {
  const at = new Date().toISOString();
  return database.transaction(async (session) => {
    const rows = await lockRows(session, cityId, edits.map(({ findingId }) => findingId));
    const { changed, changes } = planEdits(rows, edits, 'workbook', at, (findingId) => { throw noFinding(findingId); });
    if (expect !== undefined && expect !== tokenOf(changes)) {
      throw new ChengmaiError('conflict', 'checkup/ledger-moved', {
        zh: `预览之后台账有了变化，工作簿 ${file} 的修改没有写入；请重新预览后再应用。`,
        en: `The ledger has changed since the preview, and nothing of the workbook ${file} was written; look at the preview again, then apply it.`,
      }, { file });
    }
    if (changes.length === 0) return { importId: null, changed, changes };
    const edited = Object.fromEntries(changed.map(({ findingId }) => [findingId, rows.get(findingId)?.edited ?? []]));
    const [{ importId }] = await session.query<{ importId: number }>('insert into ledger_import (city_id, at, who, file, edited) values ($1, $2, $3, $4, $5::jsonb) returning import_id::int as "importId"', [cityId, at, who, file, toJsonText(edited)]);
    await writeRows(session, cityId, changed);
    await writeChanges(session, cityId, changes, { who, at, importId });
    return { importId, changed, changes };
  });
}

/** Newest first. */
export async function listLedgerImports(database: Session, cityId: string): Promise<LedgerImportRow[]> {
  return database.query<LedgerImportRow>(
    `select i.import_id::int as "importId", i.at, i.who, i.file, (select count(*)::int from jsonb_object_keys(i.edited)) as findings, i.undone_at as "undoneAt", i.undone_by as "undoneBy"
     from ledger_import i where i.city_id = $1 order by i.import_id desc limit ${MOST_LISTED}`,
    [cityId],
  );
}

interface StoredImport {
  readonly file: string;
  readonly edited: Readonly<Record<string, readonly string[]>>;
  readonly undone: Date | null;
}

async function lockImport(session: Session, cityId: string, importId: number): Promise<StoredImport> {
  const [found] = await session.query<StoredImport>('select file, edited, undone_at as undone from ledger_import where city_id = $1 and import_id = $2 for update', [cityId, importId]);
  if (found === undefined) {
    throw new ChengmaiError('not-found', 'checkup/no-ledger-import', { zh: `台账没有编号为 ${importId} 的工作簿导入；请刷新导入记录。`, en: `The ledger has no workbook import ${importId}; load the list of imports again.` }, { value: String(importId) });
  }
  if (found.undone !== null) {
    throw new ChengmaiError('conflict', 'checkup/import-undone', { zh: `工作簿 ${found.file} 的导入已经撤销过了。`, en: `The import of the workbook ${found.file} has been undone already.` }, { value: String(importId), file: found.file });
  }
  return found;
}

type StoredChange = KeptChange & { readonly isOfImport: boolean };

/** Changes of the findings from the import on, oldest first, by finding. */
async function listChangesSince(session: Session, cityId: string, importId: number, findingIds: readonly string[]): Promise<Map<string, StoredChange[]>> {
  const rows = await session.query<StoredChange>(
    `select finding_id as "findingId", field, before, after, by, at, import_id is not distinct from $3 as "isOfImport" from finding_change
     where city_id = $1 and finding_id = any($2) and change_id >= (select min(change_id) from finding_change where city_id = $1 and import_id = $3) order by change_id`,
    [cityId, findingIds, importId],
  );
  return changesByFinding(rows);
}

function inTheWay(file: string, findings: number, row: LedgerRow | undefined, at: Date | undefined): ChengmaiError {
  const [zh, en] = row === undefined ? ['有的问题已不在台账中', 'some are no longer in the ledger'] : [`如“${row.problem.zh}”`, `such as “${row.problem.en}”`];
  // minutes of Universal Time are told as such: the server does not know the reader's clock
  const when = at === undefined ? '' : new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return new ChengmaiError('conflict', 'checkup/import-edited-since', {
    zh: `工作簿 ${file} 导入之后，其中 ${findings} 个问题又有修改（${zh}${when === '' ? '' : `，UTC ${when}`}），不能整体撤销；请先撤销后来的修改，或逐个改回。`,
    en: `Since the workbook ${file} was imported, ${findings} of its findings ${findings === 1 ? 'has' : 'have'} been changed again (${en}${when === '' ? '' : `, UTC ${when}`}), so it cannot be undone as a whole; undo the later changes first, or change the findings back one by one.`,
  }, { file, ...(row !== undefined && { value: row.findingId }) });
}

/**
 * Takes a workbook back as a whole, or not at all; who and when stand in the history of every finding.
 *
 * @throws ChengmaiError not-found `checkup/no-ledger-import`; conflict `checkup/import-undone`, `checkup/import-edited-since`
 */
export async function undoLedgerImport(database: Database, cityId: string, importId: number, who: string): Promise<{ file: string; findings: number }> {
  const at = new Date().toISOString();
  return database.transaction(async (session) => {
    const { file, edited } = await lockImport(session, cityId, importId);
    const findingIds = Object.keys(edited);
    const rows = await lockRows(session, cityId, findingIds);
    const since = await listChangesSince(session, cityId, importId, findingIds);
    const back: LedgerRow[] = [];
    const changes: LedgerChange[] = [];
    const refused: { row: LedgerRow | undefined; at: Date | undefined }[] = [];
    for (const findingId of findingIds) {
      const row = rows.get(findingId);
      const history = since.get(findingId) ?? [];
      const taken = row === undefined ? undefined : takeBack(row, history.filter(({ isOfImport }) => isOfImport), history.filter(({ isOfImport }) => !isOfImport), edited[findingId], at);
      if (row === undefined || taken === undefined) refused.push({ row: undefined, at: undefined });
      else if ('inTheWay' in taken) refused.push({ row, at: taken.inTheWay.at });
      else {
        back.push(taken.row);
        changes.push(...taken.changes);
      }
    }
    if (refused.length > 0) throw inTheWay(file, refused.length, refused[0].row, refused[0].at);
    await writeRows(session, cityId, back);
    await writeChanges(session, cityId, changes, { who, at, importId, undoes: true });
    await session.query('update ledger_import set undone_at = $3, undone_by = $4 where city_id = $1 and import_id = $2', [cityId, importId, at, who]);
    return { file, findings: back.length };
  });
}
