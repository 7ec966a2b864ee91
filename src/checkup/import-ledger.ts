/** A ledger's workbook taken over: read, compared with the ledger, and written as edits; or only compared. */
import type { Base } from '../base/open.ts';
import { getCity } from '../base/store/cities.ts';
import type { LedgerImport } from './api.ts';
import { readLedgerWorkbook } from './ledger-workbook.ts';
import { editFindings, listFindings } from './store/ledger.ts';

/** @throws ChengmaiError not-found `base/no-city`; input `import/bad-workbook`, `checkup/not-a-ledger` */
export async function importLedger(base: Base, cityId: string, bytes: Uint8Array, file: string, { dry, who }: { readonly dry: boolean; readonly who: string }): Promise<LedgerImport> {
  const { database } = base;
  await getCity(database, cityId);
  const { findings } = await listFindings(database, cityId);
  const { edits, rows, notes } = await readLedgerWorkbook(bytes, file, findings);
  const changed = dry ? [] : await editFindings(database, cityId, edits, { by: 'workbook', who });
  return { rows, edits: [...edits], changed: changed.length, notes: notes.list().map((note) => ({ ...note, examples: note.examples.map((example) => ({ ...example })) })) };
}
