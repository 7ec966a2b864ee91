/** A ledger's workbook taken over: read, compared with the ledger, and written as edits; or only compared. */
import type { Base } from '../base/open.ts';
import { getCity } from '../base/store/cities.ts';
import type { LedgerImport } from './api.ts';
import type { LedgerChange, LedgerRow } from './findings/ledger-row.ts';
import { changesByFinding, planEdits } from './findings/ledger-row.ts';
import { readLedgerWorkbook } from './ledger-workbook.ts';
import { applyWorkbook, tokenOf } from './store/ledger-imports.ts';
import { listFindings, noFinding } from './store/ledger.ts';

interface ImportRequest {
  /** Only says what would change. */
  readonly dry: boolean;
  readonly who: string;
  /** The token of the preview that was agreed to. */
  readonly expect?: string | undefined;
}

/** Changes by finding, with what a reader knows the finding by. */
function byFinding(changes: readonly LedgerChange[], rows: ReadonlyMap<string, LedgerRow>): LedgerImport['changes'] {
  return [...changesByFinding(changes)].flatMap(([findingId, ofFinding]) => {
    const row = rows.get(findingId);
    return row === undefined ? [] : [{ findingId, problem: row.problem, placeName: row.placeName, fields: ofFinding.map(({ field, before, after }) => ({ field, before, after })) }];
  });
}

/** @throws ChengmaiError not-found `base/no-city`; input `import/bad-workbook`, `checkup/not-a-ledger`; conflict `checkup/ledger-moved` */
export async function importLedger(base: Base, cityId: string, bytes: Uint8Array, file: string, { dry, who, expect }: ImportRequest): Promise<LedgerImport> {
  const { database } = base;
  await getCity(database, cityId);
  const { findings } = await listFindings(database, cityId);
  const rows = new Map(findings.map((row) => [row.findingId, row]));
  const { edits, rows: rowsRead, notes } = await readLedgerWorkbook(bytes, file, findings);
  const done = dry
    ? { importId: null, ...planEdits(rows, edits, 'workbook', '', (findingId) => { throw noFinding(findingId); }) }
    : await applyWorkbook(database, cityId, edits, { who, file, expect });
  return {
    rows: rowsRead, edits: [...edits], changes: byFinding(done.changes, rows), changed: dry ? 0 : done.changed.length, importId: done.importId, token: tokenOf(done.changes),
    notes: notes.list().map((note) => ({ ...note, examples: note.examples.map((example) => ({ ...example })) })),
  };
}
