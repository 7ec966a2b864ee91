/** A workbook taken over into the ledger and taken back: as one, with who and when, and not where people have worked on it since. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sql as findingSurvey } from '../../src/base/migrations/0008-finding-survey.ts';
import { createCity } from '../../src/base/store/cities.ts';
import type { LedgerRow } from '../../src/checkup/findings/ledger-row.ts';
import { importLedger } from '../../src/checkup/import-ledger.ts';
import { writeLedgerWorkbook } from '../../src/checkup/ledger-workbook.ts';
import { applyWorkbook, listLedgerImports, undoLedgerImport } from '../../src/checkup/store/ledger-imports.ts';
import { editFindings, getFinding, listFindings, updateLedger } from '../../src/checkup/store/ledger.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';

let opened: TestBase;
let city = '';
let turn = 0;
const FILE = 'ledger.xlsx';

const found = (placeId: string) => ({
  findingId: `kindergarten@${placeId}`, indicatorId: 'kindergarten', indicatorName: { zh: '幼儿园', en: 'Kindergartens' }, indicatorNumber: 15, dimension: 'community' as const, placeId, placeName: { zh: placeId, en: placeId },
  level: 'community' as const, value: 1, unit: { zh: '个', en: '' }, quality: 'measured' as const, problem: { zh: `${placeId}缺幼儿园`, en: `${placeId} lacks one` }, extent: 'general' as const, severity: 2, difficulty: 'low' as const,
  kind: 'best-effort' as const, persons: 10, community: null, survey: null, advice: { zh: '建', en: 'build' }, bodies: [], priority: 'low' as const, point: null,
});
const check = (severity: number) => opened.base.database.transaction((session) => updateLedger(session, city, ['a', 'b', 'c'].map((id) => ({ ...found(id), severity })), { isMeasured: () => true, askedNow: () => undefined }, 2025, 'checkup'));
const rows = async (): Promise<LedgerRow[]> => (await listFindings(opened.base.database, city, {}, { order: 'place' })).findings;
/** The ledger's workbook after somebody has worked on it. */
const edited = async (edit: (row: LedgerRow) => LedgerRow): Promise<Uint8Array> => writeLedgerWorkbook((await rows()).map(edit), 'zh');
const bringBack = (bytes: Uint8Array, more: { dry?: boolean; expect?: string } = {}) => importLedger(opened.base, city, bytes, FILE, { dry: false, who: 'anna', ...more });
const undo = (importId: number | null) => undoLedgerImport(opened.base.database, city, importId ?? 0, 'bert');
const workedOn = (row: LedgerRow): LedgerRow => (row.placeId === 'c' ? row : { ...row, severity: 5, bodies: ['教育局'], note: '核实' });

beforeAll(async () => {
  opened = await TEST_BASES[0].open();
}, 60_000);
afterAll(async () => {
  await opened.remove();
});
beforeEach(async () => {
  city = `c${++turn}`;
  await createCity(opened.base.database, city, { zh: '城', en: 'City' });
  await check(2);
});

test('what residents answered was kept in Chinese alone once; such rows are read as they are', async () => {
  await opened.base.database.query(`update finding set row = jsonb_set(row, '{survey}', '"教育设施 55"') where city_id = $1 and place_id = 'a'`, [city]);
  await opened.base.database.query(findingSurvey);
  expect((await rows()).map(({ survey }) => survey)).toEqual([{ zh: '教育设施 55', en: '教育设施 55' }, null, null]);
});

test('everything is as it was, and the history says who took it back when', async () => {
  await editFindings(opened.base.database, city, [{ findingId: 'kindergarten@a', edit: { note: '早先' } }], { by: 'person', who: 'carl' });
  const before = await rows();
  const bytes = await edited(workedOn);
  const preview = await bringBack(bytes, { dry: true });
  expect(preview).toMatchObject({ changed: 0, importId: null });
  expect(preview.changes[0]).toMatchObject({ findingId: 'kindergarten@a', problem: { zh: 'a缺幼儿园' } });
  expect(preview.changes[0].fields).toContainEqual({ field: 'note', before: '早先', after: '核实' });
  expect(await rows()).toEqual(before);

  const { importId, changed } = await bringBack(bytes, { expect: preview.token });
  expect(changed).toBe(2);
  expect((await rows()).map(({ severity, note }) => [severity, note])).toEqual([[5, '核实'], [5, '核实'], [2, '']]);
  expect(await undo(importId)).toEqual({ file: FILE, findings: 2 });
  const untimed = (list: LedgerRow[]) => list.map((row) => ({ ...row, updatedAt: '' }));
  // what had been edited by hand before still is, and nothing else
  expect(untimed(await rows())).toEqual(untimed(before));
  expect(before[0].edited).toEqual(['note']);

  const { history } = await getFinding(opened.base.database, city, 'kindergarten@a');
  expect(history.slice(0, 3).map(({ who, by, workbook }) => [who, by, workbook])).toEqual(Array.from({ length: 3 }, () => ['bert', 'workbook', { importId, file: FILE, undoes: true }]));
  expect(history.find(({ field, workbook }) => field === 'severity' && workbook?.undoes === false)).toMatchObject({ who: 'anna', before: 2, after: 5 });
  expect(history.find(({ field, workbook }) => field === 'severity' && workbook?.undoes === true)).toMatchObject({ before: 5, after: 2 });
  const [listed] = await listLedgerImports(opened.base.database, city);
  expect(listed).toMatchObject({ importId, who: 'anna', file: FILE, findings: 2, undoneBy: 'bert' });
  await expect(undo(importId)).rejects.toMatchObject({ kind: 'conflict', code: 'checkup/import-undone' });
  await expect(undo(99_999)).rejects.toMatchObject({ kind: 'not-found', code: 'checkup/no-ledger-import' });
});

test('a finding that was changed again since stands in the way of the whole', async () => {
  const { importId } = await bringBack(await edited(workedOn));
  await editFindings(opened.base.database, city, [{ findingId: 'kindergarten@b', edit: { deadline: '2027-01-01' } }], { by: 'person', who: 'carl' });
  const now = await rows();
  await expect(undo(importId)).rejects.toMatchObject({ kind: 'conflict', code: 'checkup/import-edited-since', text: { zh: expect.stringContaining('其中 1 个问题又有修改（如“b缺幼儿园”') as string }, place: { value: 'kindergarten@b' } });
  expect(await rows()).toEqual(now);
  // once the later change is taken back, the workbook can be, too
  await editFindings(opened.base.database, city, [{ findingId: 'kindergarten@b', edit: { deadline: null } }], { by: 'person', who: 'carl' });
  expect(await undo(importId)).toEqual({ file: FILE, findings: 2 });
});

test('a later workbook must be taken back first; a finding that it does not touch is no matter', async () => {
  const first = await bringBack(await edited(workedOn));
  const second = await bringBack(await edited((row) => (row.placeId === 'a' ? { ...row, note: '再核' } : row)));
  const other = await bringBack(await edited((row) => (row.placeId === 'c' ? { ...row, note: '第三' } : row)));
  await expect(undo(first.importId)).rejects.toMatchObject({ code: 'checkup/import-edited-since' });
  await undo(second.importId);
  await undo(first.importId);
  expect((await rows()).map(({ note }) => note)).toEqual(['', '', '第三']);
  await undo(other.importId);
});

test('a check-up in between is no change by people, and renews what the workbook no longer holds', async () => {
  const { importId } = await bringBack(await edited(workedOn));
  await check(4);
  expect((await rows()).map(({ severity }) => severity)).toEqual([5, 5, 4]);
  await undo(importId);
  await check(4);
  expect((await rows()).map(({ severity, edited: by }) => [severity, by])).toEqual([[4, []], [4, []], [4, []]]);
});

test('what was previewed is what is written, or nothing', async () => {
  const bytes = await edited(workedOn);
  const { token } = await bringBack(bytes, { dry: true });
  await editFindings(opened.base.database, city, [{ findingId: 'kindergarten@a', edit: { note: '抢先' } }], { by: 'person', who: 'carl' });
  const now = await rows();
  await expect(bringBack(bytes, { expect: token })).rejects.toMatchObject({ kind: 'conflict', code: 'checkup/ledger-moved' });
  expect(await rows()).toEqual(now);
  expect(await listLedgerImports(opened.base.database, city)).toEqual([]);
});

test('a workbook that changes nothing is no import', async () => {
  expect(await bringBack(await edited((row) => row))).toMatchObject({ importId: null, changed: 0, changes: [] });
  expect(await applyWorkbook(opened.base.database, city, [], { who: 'anna', file: FILE })).toMatchObject({ importId: null });
  expect(await listLedgerImports(opened.base.database, city)).toEqual([]);
});
