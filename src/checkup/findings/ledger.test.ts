import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgerSheets, readLedgerWorkbook, writeLedgerWorkbook } from '../ledger-workbook.ts';
import { LEDGER_COLUMNS } from './ledger-columns.ts';
import type { Asked, AskedNow } from './asked.ts';
import { askedIn, questionFor } from './asked.ts';
import type { FoundRow, IsMeasured, LedgerRow } from './ledger-row.ts';
import { editRow, findingIdOf, planLedger } from './ledger-row.ts';
import { readLedgerSheets } from './read-ledger-sheets.ts';
import { NoteBook } from '../../core/note.ts';

const NOW = '2025-09-30T00:00:00.000Z';

const found = (place: string, differing: Partial<FoundRow> = {}): FoundRow => ({
  findingId: findingIdOf('kindergarten-lacking', place), indicatorId: 'kindergarten-lacking', indicatorName: { zh: '未达标配建幼儿园的小区数量', en: 'Communities lacking a kindergarten' },
  indicatorNumber: 12, dimension: 'community', placeId: place, placeName: { zh: `社区${place}`, en: `Community ${place}` }, level: 'community', value: 1, unit: { zh: '个', en: 'communities' }, quality: 'measured',
  problem: { zh: '没有幼儿园', en: 'no kindergarten' }, extent: 'serious', severity: 5, difficulty: 'medium', kind: 'best-effort', persons: 9200,
  community: { built: false, undersized: null, incomplete: null, other: '' }, survey: { zh: '教育设施：55 分', en: 'Schools: 55 points' }, advice: { zh: '补建', en: 'build one' }, bodies: ['教育局', '街道办事处'], priority: 'medium', point: [115.6, 32.5], asked: ASKED, ...differing,
});

const ASKED: Asked = { version: '2025.1', standard: '≥ 90' };

/** Of a check-up that measured everything and asked as before. */
const plan = (rows: readonly LedgerRow[], findings: readonly FoundRow[], period: number, isMeasured: IsMeasured = () => true, askedNow: AskedNow = () => ASKED) => planLedger(rows, findings, { isMeasured, askedNow }, period, NOW);
const rowsOf = (places: readonly string[], period = 2025): LedgerRow[] => [...plan([], places.map((place) => found(place)), period).insert];

describe('a check-up and the ledger', () => {
  it('adds what is new, and keeps its first and last year', () => {
    const [row] = rowsOf(['a']);
    expect(row).toMatchObject({ stage: 'ledger', firstPeriod: 2025, lastPeriod: 2025, edited: [] });
    const { update, insert } = plan([row], [found('a', { value: 2 })], 2026);
    expect(insert).toEqual([]);
    expect(update).toMatchObject([{ value: 2, firstPeriod: 2025, lastPeriod: 2026 }]);
  });

  it('closes what no longer falls short, and opens it again when it does', () => {
    const [row] = rowsOf(['a']);
    const closed = plan([row], [], 2026).update[0];
    expect(closed).toMatchObject({ stage: 'rectified', closedBy: 'measure' });
    expect(plan([closed], [found('a')], 2027).update[0]).toMatchObject({ stage: 'ledger', closedBy: null, lastPeriod: 2027 });
  });

  it('never calls put right what it could not measure', () => {
    const rows = rowsOf(['a', 'b']);
    const { update, remove, changes } = plan(rows, [], 2026, (indicatorId, placeId) => indicatorId === 'kindergarten-lacking' && placeId === 'b');
    expect(update.map(({ placeId, stage, lastPeriod }) => [placeId, stage, lastPeriod])).toEqual([['b', 'rectified', 2025]]);
    expect(remove).toEqual([]);
    expect(changes.map(({ findingId }) => findingId)).toEqual(['kindergarten-lacking@b']);
  });

  it('calls nothing put right that was asked in another way, or no longer, and says which', () => {
    const [row] = rowsOf(['a']);
    const closing = (now: ReturnType<AskedNow>, measured = true) => {
      const { update, changes, remove } = plan([row], [], 2026, () => measured, () => now);
      return [update[0]?.stage, update[0]?.closedBy, changes[0]?.reason, ...remove];
    };
    expect(closing(ASKED)).toEqual(['rectified', 'measure', '复核已达标 · measured again, no longer falls short']);
    expect(closing({ ...ASKED, standard: '≥ 80' })).toEqual(['lapsed', 'threshold', '标准已变更（≥ 90 → ≥ 80） · the standard is another (≥ 90 → ≥ 80)']);
    expect(closing({ ...ASKED, standard: '' })[2]).toContain('≥ 90 → —');
    expect(closing({ version: '2026.1', standard: '≥ 80' })).toEqual(['lapsed', 'definition', '指标定义已变更（2025.1 → 2026.1） · the indicator is defined in another way (2025.1 → 2026.1)']);
    expect(closing('survey').slice(0, 2)).toEqual(['lapsed', 'survey']);
    // what is asked no longer has no value, and still does not stand open for good
    expect(closing('not-asked', false).slice(0, 2)).toEqual(['lapsed', 'not-asked']);
    expect(closing('outside', false).slice(0, 2)).toEqual(['lapsed', 'outside']);
    expect(closing(undefined, false)).toEqual([undefined, undefined, undefined]);
    // found again, it is open again
    const lapsed = plan([row], [], 2026, undefined, () => 'not-asked').update[0];
    expect(plan([lapsed], [], 2026)).toMatchObject({ update: [], remove: [] });
    expect(plan([lapsed], [found('a')], 2027).update[0]).toMatchObject({ stage: 'ledger', closedBy: null });
    // in the very year it was found it lapses too, and is not as if it had never been
    expect(plan([row], [], 2025, undefined, () => ({ ...ASKED, standard: '≥ 80' }))).toMatchObject({ remove: [], update: [{ stage: 'lapsed' }] });
    // rows of before it was kept
    const { asked: _, ...old } = row;
    expect(plan([old], [], 2026).update[0]).toMatchObject({ stage: 'rectified', closedBy: 'measure' });
  });

  it('asks by the definition and the standard of the level, where the place is judged', () => {
    const indicator = { version: '3', thresholds: [{ op: '>=', value: 90, source: 's', confidence: 'certain' }, { op: '<=', value: 5, when: { levels: ['block'] }, source: 's', confidence: 'certain' }] } as unknown as Parameters<typeof questionFor>[0];
    const scope = { cityClass: 'medium', cityRank: undefined, period: 2025 } as const;
    const ask = (own?: Parameters<typeof questionFor>[1], isContent = false) => askedIn({ x: questionFor(indicator, own, scope, isContent) }, { id: ['c', 'b', 'v'], level: ['city', 'block', 'community'], outside: [0, 0, 1] });
    expect([ask()('x', 'c'), ask()('x', 'v'), ask()('x', 'gone'), ask()('y', 'c'), ask(undefined, true)('x', 'c')]).toEqual([{ version: '3', standard: '≥ 90' }, 'outside', undefined, 'not-asked', 'survey']);
    expect(ask({ op: 'between', value: 60, upper: 75.5, source: 's', confidence: 'certain' })('x', 'b')).toEqual({ version: '3', standard: '60–75.5' });
  });

  it('keeps in the history what a check-up changed: value, severity, stage, limit, bodies and the standard', () => {
    const [row] = rowsOf(['a']);
    const { changes } = plan([row], [found('a', { value: 3, severity: 2, extent: 'general', kind: 'time-limited', bodies: ['区教育局'], asked: { ...ASKED, standard: '≥ 95' }, persons: 12 })], 2026);
    expect(changes.map(({ field, before, after }) => [field, before, after])).toEqual([
      ['value', 1, 3], ['severity', 5, 2], ['extent', 'serious', 'general'], ['kind', 'best-effort', 'time-limited'], ['bodies', ['教育局', '街道办事处'], ['区教育局']], ['asked', ASKED, { ...ASKED, standard: '≥ 95' }],
    ]);
    // what a person has set is neither changed nor told
    const edited = editRow(row, { kind: 'time-limited', bodies: [] }, 'person', NOW).row;
    expect(plan([edited], [found('a', { kind: 'best-effort', bodies: ['x'] })], 2026).changes).toEqual([]);
  });

  it('takes back what the same year found from data that was wrong, unless somebody has worked on it', () => {
    const [row] = rowsOf(['a']);
    expect(plan([row], [], 2025).remove).toEqual([row.findingId]);
    const edited = editRow(row, { note: '已现场核实' }, 'person', NOW).row;
    expect(plan([edited], [], 2025)).toMatchObject({ remove: [], update: [{ stage: 'rectified' }] });
  });

  it('never touches what a person has edited, nor what a person left out', () => {
    const [row] = rowsOf(['a']);
    const edited = editRow(row, { severity: 2, bodies: ['区政府'], adviceZh: '改造配套用房' }, 'person', NOW).row;
    const next = plan([edited], [found('a', { severity: 4, value: 3, bodies: [] })], 2026).update[0];
    expect(next).toMatchObject({ severity: 2, bodies: ['区政府'], advice: { zh: '改造配套用房', en: 'build one' }, value: 3 });
    const rejected = editRow(row, { stage: 'rejected' }, 'person', NOW).row;
    expect(plan([rejected], [], 2026).update).toEqual([]);
  });

  it('of an earlier year changes no figure of a later one', () => {
    const later = plan([], [found('a', { value: 7 })], 2026).insert[0];
    expect(plan([later], [found('a', { value: 1 })], 2024).update[0]).toMatchObject({ value: 7, firstPeriod: 2024, lastPeriod: 2026 });
    expect(plan([later], [], 2024)).toMatchObject({ update: [], remove: [] });
  });
});

describe('a cell of the workbook', () => {
  const ledger = (): ReadonlyMap<string, LedgerRow> => new Map(rowsOf(['a']).map((row) => [row.findingId, row]));
  function edit(header: string, cell: string | number | null) {
    const notes = new NoteBook();
    const { edits } = readLedgerSheets([{ name: '问题台账', rows: [['问题编号', header], [findingIdOf('kindergarten-lacking', 'a'), cell]] }], ledger(), 'f.xlsx', notes);
    return { edit: edits[0]?.edit, codes: notes.list().map(({ code }) => code) };
  }

  it.each(['2025-11-30', '2025/11/30', '2025年11月30日', '2025.11.30', '20251130'])('takes a date written %s', (date) => {
    expect(edit('完成时限', date)).toEqual({ edit: { deadline: '2025-11-30' }, codes: [] });
  });

  it('takes no date that is none', () => {
    expect(edit('完成时限', '2025年2月30日')).toEqual({ edit: undefined, codes: ['checkup/bad-cell/Deadline'] });
    expect(edit('完成时限', '明年').edit).toBeUndefined();
  });

  it('is no edit where it means the same', () => {
    expect(edit('责任单位', '教育局、街道办事处')).toEqual({ edit: undefined, codes: [] });
    expect(edit('体检结果', 1 + 1e-12)).toEqual({ edit: undefined, codes: [] });
  });

  it('that the check-up writes is not taken over, and it is said', () => {
    expect(edit('体检结果', 999)).toEqual({ edit: undefined, codes: ['checkup/fixed-cell'] });
  });
});

describe('the workbook', () => {
  const staged = (): LedgerRow[] => rowsOf(['a', 'b', 'c']).map((row, i) => editRow(row, { stage: (['ledger', 'listed', 'rectification'] as const)[i] }, 'person', NOW).row);

  it.each(['zh', 'en'] as const)('that nobody touched changes nothing (%s)', async (language) => {
    const rows = staged();
    const { edits, rows: read, notes } = await readLedgerWorkbook(await writeLedgerWorkbook(rows, language), 'ledger.xlsx', rows);
    expect(edits).toEqual([]);
    // a stands on one sheet, b on two, c on three
    expect(read).toBe(6);
    expect(notes.list()).toEqual([]);
  });

  it('says what residents answered in its own language', () => {
    const [zh, en] = (['zh', 'en'] as const).map((language) => JSON.stringify(ledgerSheets(staged(), language)));
    expect([zh.includes('教育设施：55 分'), zh.includes('Schools: 55 points')]).toEqual([true, false]);
    expect([en.includes('教育设施：55 分'), en.includes('Schools: 55 points')]).toEqual([false, true]);
  });

  it('with a text longer than a finding can have leaves the field as it was and says so', () => {
    const [row] = rowsOf(['a']);
    const sheet = { name: '问题台账', rows: [['问题编号', '备注', '责任单位', '整治区域'], [row.findingId, 'x'.repeat(5001), Array.from({ length: 51 }, (_, i) => `局${i}`).join('；'), '老城']] };
    const notes = new NoteBook();
    const { edits } = readLedgerSheets([sheet], new Map([[row.findingId, row]]), 'l.xlsx', notes);
    expect(edits).toEqual([{ findingId: row.findingId, edit: { area: '老城' } }]);
    expect(notes.list().map(({ code }) => code).sort()).toEqual(['checkup/bad-cell/Note', 'checkup/bad-cell/Responsible bodies']);
  });

  it('changes nothing where people pasted what a workbook cannot hold', async () => {
    const [row] = rowsOf(['a']);
    const pasted = editRow(row, { note: '\u0001一\u000b二\ufffe\ud800', bodies: ['\u0002', '局\u0000'], area: 'a\r\nb\rc', adviceZh: '\u0003' }, 'person', NOW).row;
    expect(pasted).toMatchObject({ note: '一二', bodies: ['局'], area: 'a\nb\nc', advice: { zh: '', en: 'build one' } });
    const { edits, notes } = await readLedgerWorkbook(await writeLedgerWorkbook([pasted], 'zh'), 'ledger.xlsx', [pasted]);
    expect([edits, notes.list()]).toEqual([[], []]);
  });

  it('loses no text, whatever people write', async () => {
    // graphemes are printable; spaces at the ends are cut off on purpose
    const written = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constantFrom('valueOf', 'constructor', '=1+1', "'x", '_x0041_', '1e5', '是\n否'));
    const text = written.filter((one) => one.trim() === one && one !== '' && !one.includes('\r'));
    await fc.assert(
      fc.asyncProperty(text, text, async (advice, note) => {
        const [row] = rowsOf(['a']);
        const edited = editRow(row, { adviceZh: advice, note, area: note }, 'person', NOW).row;
        const back = await readLedgerWorkbook(await writeLedgerWorkbook([edited], 'zh'), 'l.xlsx', [row]);
        expect(editRow(row, back.edits[0]?.edit ?? {}, 'workbook', NOW).row).toMatchObject({ advice: edited.advice, note: edited.note, area: edited.area });
      }),
      { numRuns: 40 },
    );
  });

  const sheetOf = (row: LedgerRow, changes: Record<string, string | number | null>): (string | number | boolean | null)[][] => {
    const columns = LEDGER_COLUMNS.filter((column) => column.sheets.includes('ledger'));
    return [columns.map(({ header }) => header.zh), columns.map((column) => (column.id in changes ? changes[column.id] : column.write(row, 'zh')))];
  };

  it('brings back exactly what was changed', () => {
    const [row] = rowsOf(['a']);
    const notes = new NoteBook();
    const rows = sheetOf(row, { extent: '一般', bodies: '教育局；住建局', undersized: '否', built: '是', deadline: '2026-06-30', nextYear: '是' });
    const { edits } = readLedgerSheets([{ name: '问题台账', rows }], new Map([[row.findingId, row]]), 'l.xlsx', notes);
    expect(notes.list()).toEqual([]);
    expect(edits).toEqual([{ findingId: row.findingId, edit: { extent: 'general', bodies: ['教育局', '住建局'], community: { built: true, undersized: false, incomplete: null, other: '' }, deadline: '2026-06-30', nextYear: true } }]);
  });

  it('names sheet, row and column of what is no answer, and takes the rest', () => {
    const [row] = rowsOf(['a']);
    const notes = new NoteBook();
    const rows = [...sheetOf(row, { severity: 9, deadline: '2026-02-30', note: '核实' }), ['不存在@x']];
    const { edits } = readLedgerSheets([{ name: '问题台账', rows }], new Map([[row.findingId, row]]), 'l.xlsx', notes);
    expect(edits).toEqual([{ findingId: row.findingId, edit: { note: '核实' } }]);
    expect(notes.list().map(({ code, examples }) => [code, examples[0].row, examples[0].field, examples[0].value])).toEqual([
      ['checkup/bad-cell/Severity 1–5', 2, '问题台账!严重等级', '9'],
      ['checkup/bad-cell/Deadline', 2, '问题台账!完成时限', '2026-02-30'],
      ['checkup/unknown-finding', 3, '问题台账', '不存在@x'],
    ]);
  });

  it('takes neither of two answers that differ', () => {
    const row = staged()[2];
    const notes = new NoteBook();
    const ledger = sheetOf(row, { priority: '高' });
    const columns = LEDGER_COLUMNS.filter((column) => column.sheets.includes('rectification'));
    const list = [columns.map(({ header }) => header.zh), columns.map((column) => (column.id === 'priority' ? '低' : column.write(row, 'zh')))];
    const { edits } = readLedgerSheets([{ name: '问题台账', rows: ledger }, { name: '整治建议清单', rows: list }], new Map([[row.findingId, row]]), 'l.xlsx', notes);
    expect(edits).toEqual([]);
    expect(notes.list().map(({ code }) => code)).toEqual(['checkup/conflicting-cells']);
  });

  it('of another kind is refused', async () => {
    const writeXlsxFile = (await import('write-excel-file/node')).default;
    const bytes = new Uint8Array(await writeXlsxFile([[{ value: 'x', type: String }]]).toBuffer());
    await expect(readLedgerWorkbook(bytes, 'x.xlsx', [])).rejects.toMatchObject({ code: 'checkup/not-a-ledger' });
    await expect(readLedgerWorkbook(new TextEncoder().encode('no workbook'), 'x.xlsx', [])).rejects.toMatchObject({ kind: 'input' });
  });
});
