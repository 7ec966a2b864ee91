/**
 * The sample city from its files to the ledger of a check-up: every planted deficit (src/sample/README.md) is found where it was planted, and of all findings
 * no more than one in twenty is false. What is true is worked out by brute force from the files and the drawn city (naive-truths.ts).
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runImport } from '../../src/base/run.ts';
import type { LedgerRow } from '../../src/checkup/findings/ledger-row.ts';
import { runCheckup } from '../../src/checkup/run.ts';
import { listFindings } from '../../src/checkup/store/ledger.ts';
import { buildIndicatorDetail } from '../../src/checkup/views.ts';
import { openFile } from '../../src/import/byte-source.ts';
import { writeSampleCity } from '../../src/sample/write-city.ts';
import { NaiveSample } from './naive-sample.ts';
import type { Truth } from './naive-truths.ts';
import { buildTruths } from './naive-truths.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';

const [PERSONS, SEED, CITY] = [300_000, 1, 'shifan'];
const MOST_FALSE = 0.05;
/** Sensors and their readings are for the operations' pages; no indicator reads them. */
const UNREAD = ['sensors.csv', 'readings.csv'];

const EXPECTED = JSON.parse(readFileSync(new URL('../../src/sample/expected-findings.json', import.meta.url), 'utf8')) as { findings: readonly { id: string; unitIds: readonly string[]; measured: Readonly<Record<string, number>> }[] };

/** The units of a planted deficit, or what they belong to (blocks have nine digits). */
function planted(id: string, digits = 12): string[] {
  return [...new Set(EXPECTED.findings.find((finding) => finding.id === id)!.unitIds.map((unit) => unit.slice(0, digits)))].sort();
}
const measured = (id: string): Readonly<Record<string, number>> => EXPECTED.findings.find((finding) => finding.id === id)!.measured;

// one base: what is found does not depend on the kind of it
describe('findings of the sample city', () => {
  let opened: TestBase;
  let folder: string;
  let ledger: readonly LedgerRow[];
  let truths: ReadonlyMap<string, (place: string) => Truth>;
  let sample: NaiveSample;

  beforeAll(async () => {
    opened = await TEST_BASES[0].open();
    folder = await mkdtemp(join(tmpdir(), 'chengmai-findings-'));
    const { files } = await writeSampleCity(folder, { persons: PERSONS, seed: SEED });
    const sources = await Promise.all(files.filter(({ name }) => !UNREAD.includes(name)).map(({ name }) => openFile(join(folder, name))));
    try {
      await runImport(opened.base, { cityId: CITY, files: sources.map((source) => ({ source, options: {} })), who: 'test' });
    } finally {
      for (const source of sources) await source.close();
    }
    await runCheckup(opened.base, { cityId: CITY, who: 'test' });
    ledger = (await listFindings(opened.base.database, CITY, {}, { limit: 10_000 })).findings;
    sample = await NaiveSample.read(folder, PERSONS, SEED);
    truths = buildTruths(sample);
  }, 600_000);
  afterAll(async () => {
    await opened.remove();
    await rm(folder, { recursive: true });
  });

  const found = (indicatorId: string, level?: string): string[] => ledger.filter((row) => row.indicatorId === indicatorId && (level === undefined || row.level === level)).map(({ placeId }) => placeId).sort();

  /** Values of the town's communities, the largest first. */
  async function values(indicatorId: string): Promise<{ id: string; value: number }[]> {
    const { places } = await buildIndicatorDetail(opened.base, CITY, 'latest', indicatorId);
    const town = new Set(sample.communities);
    return places.filter(({ placeId, value }) => town.has(placeId) && value !== null).map(({ placeId, value }) => ({ id: placeId, value: value! })).sort((a, b) => b.value - a.value);
  }
  const ids = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id).sort();

  test('D01 is found by #12: one community lacks a kindergarten', () => {
    expect(found('kindergarten-lacking')).toEqual(planted('D01'));
  });

  test('D02 is found by #22: two blocks without a junior secondary school', () => {
    expect(found('junior-secondary-coverage')).toEqual(planted('D02', 9));
  });

  test('D03 is found by what industrial parks share, and by markets in all of its communities that are far from one', () => {
    const works = sample.cells.filter(({ cell }) => cell.zone === 'industry' && cell.block.unitId === '990103003').map(({ cell }) => cell.unitId);
    expect(works.sort()).toEqual(planted('D03'));
    expect(found('service-sharing')).toEqual(['Y990103003']);
    // 990103003005 has none either, but all of its homes lie within 800 m of the one across the street
    expect(planted('D03').filter((id) => !found('market-800m').includes(id))).toEqual(['990103003005']);
    expect(truths.get('market-800m')!('990103003005').value).toBeGreaterThan(99);
  });

  test('D04 is found by #10: the five communities without elderly care', () => {
    expect(found('elderly-care-lacking')).toEqual(planted('D04'));
  });

  test('D05 is found by #2: one community has four fifths of its homes in it', async () => {
    const [first, second] = await values('homes-gas-hazard');
    expect(planted('D05')).toEqual([first.id]);
    expect(first.value).toBe(measured('D05')['hazard']);
    expect(second.value).toBeLessThan(10);
    expect(found('homes-gas-hazard')).toContain(first.id);
  });

  test('D06 is found by #53: the block without a fire station is the worst', () => {
    const rows = ledger.filter((row) => row.indicatorId === 'fire-station-coverage' && row.level === 'block').toSorted((a, b) => a.value! - b.value!);
    expect(planted('D06', 9)).toEqual([rows[0].placeId]);
    expect(rows[0].value!).toBeLessThan(0.5 * rows[1].value!);
  });

  test('D07 is found by #25: one block without a park', () => {
    expect(found('park-coverage', 'block')).toEqual(planted('D07', 9));
  });

  test('D08 is found by #54: two blocks with too little shelter', () => {
    expect(found('shelter-area-per-person')).toEqual(planted('D08', 9));
  });

  test('D09 is found by vacancy: the three emptiest communities', async () => {
    expect(ids((await values('vacancy')).slice(0, 3))).toEqual(planted('D09'));
    expect(found('vacancy')).toEqual(expect.arrayContaining(planted('D09')));
  });

  test('D10 is found by #47: three spots where water stands, and their blocks', async () => {
    expect(ids((await values('severe-ponding-points')).filter(({ value }) => value > 0))).toEqual(planted('D10'));
    expect(found('severe-ponding-points', 'block')).toEqual(planted('D10', 9));
  });

  test('D11 is found by detours on foot: the four communities on both banks', () => {
    expect(found('network-detour')).toEqual(expect.arrayContaining(planted('D11')));
  });

  test('D12 is found by headways: the five communities with a bus an hour, or none', async () => {
    expect(ids((await values('gtfs-headway')).filter(({ value }) => value > 30))).toEqual(planted('D12'));
    expect(found('gtfs-headway')).toEqual(expect.arrayContaining(planted('D12')));
  });

  test('D13 is found by #7: all estates of the 1980s and 1990s', async () => {
    expect(found('homes-age-friendly-retrofit')).toEqual(expect.arrayContaining(planted('D13')));
    const homes = (await values('homes-age-friendly-retrofit')).filter(({ id }) => planted('D13').includes(id)).reduce((sum, { value }) => sum + value, 0);
    expect(homes).toBe(measured('D13')['homes']);
  });

  test('D14 is found by #14: the estates of the 1980s lack parking', async () => {
    expect(found('parking-gap')).toEqual(expect.arrayContaining(planted('D14')));
    const spaces = (await values('parking-gap')).filter(({ id }) => planted('D14').includes(id)).reduce((sum, { value }) => sum + value, 0);
    expect(spaces).toBe(measured('D14')['missingSpaces']);
  });

  test('no more than one finding in twenty is false', () => {
    expect(ledger.length).toBeGreaterThan(400);
    // every indicator that has findings can be judged
    expect([...new Set(ledger.map(({ indicatorId }) => indicatorId))].filter((id) => !truths.has(id))).toEqual([]);
    const wrong = ledger.filter((row) => !truths.get(row.indicatorId)!(row.placeId).isShort);
    const listed = wrong.map((row) => `${row.findingId}: ${row.value}, in truth ${truths.get(row.indicatorId)!(row.placeId).value}`);
    expect(wrong.length / ledger.length, listed.join('\n')).toBeLessThanOrEqual(MOST_FALSE);
  });

  test('nor is more than one shortfall in twenty missed', () => {
    let short = 0;
    const missed: string[] = [];
    for (const [indicatorId, judge] of truths) {
      const levels = new Set(ledger.filter((row) => row.indicatorId === indicatorId).map(({ level }) => level));
      const places = [...(levels.has('community') ? sample.communities : []), ...(levels.has('block') ? new Set(sample.communities.map((id) => id.slice(0, 9))) : [])];
      const known = new Set(found(indicatorId));
      for (const place of places.filter((one) => judge(one).isShort)) {
        short++;
        if (!known.has(place)) missed.push(`${indicatorId}@${place}`);
      }
    }
    expect(missed.length / short, missed.join('\n')).toBeLessThanOrEqual(MOST_FALSE);
  });

  test('villages have values but no findings: they lie outside the built-up area', () => {
    const town = new Set(sample.communities);
    expect(ledger.filter(({ placeId, level }) => level === 'community' && !town.has(placeId))).toEqual([]);
  });
});
