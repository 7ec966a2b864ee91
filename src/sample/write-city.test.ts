import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NoteBook } from '../core/note.ts';
import { openFile } from '../import/byte-source.ts';
import type { ImportRecord, PlaceRecord } from '../import/model.ts';
import { READERS } from '../import/readers.ts';
import type { SampleSummary } from './write-city.ts';
import { writeSampleCity } from './write-city.ts';

const root = mkdtempSync(join(tmpdir(), 'chengmai-sample-'));
const dir = join(root, 'city');
let summary: SampleSummary;

beforeAll(async () => {
  summary = await writeSampleCity(dir, { persons: 300_000, seed: 1 });
});
afterAll(() => rmSync(root, { recursive: true }));

interface Reading {
  readonly records: ImportRecord[];
  readonly notes: NoteBook;
  readonly format: string;
  readonly contract: string | undefined;
}

/** Reads a file as the importer does: the surest reader by its first bytes, with nothing stated. */
async function read(name: string): Promise<Reading> {
  const source = await openFile(join(dir, name));
  try {
    const head = await source.read(0, 65_536);
    const sure = READERS.map((reader) => ({ reader, found: reader.detect(name, head) })).sort((a, b) => (b.found?.confidence ?? 0) - (a.found?.confidence ?? 0))[0];
    const notes = new NoteBook();
    const facts: { seen: Record<string, number>; contract?: string } = { seen: {} };
    const records: ImportRecord[] = [];
    for await (const chunk of sure.reader.read(source, {}, { notes }, facts as Parameters<typeof sure.reader.read>[3])) records.push(...chunk);
    return { records, notes, format: sure.reader.format, contract: facts.contract };
  } finally {
    await source.close();
  }
}

/** The rows that are wrong on purpose, as README.md lists them: file → note codes without their module. */
const PLANTED_NOTES: Readonly<Record<string, readonly string[]>> = {
  'buildings.csv': ['duplicate-id', 'not-a-year/year_built', 'out-of-bounds/storeys'],
  'cases.csv': ['not-a-date/report_time'],
  'facilities.csv': ['facility-without-place', 'out-of-range'],
  'indicators_dept.csv': ['not-a-number/value'],
  'readings.csv': ['not-a-number/value'],
};
/** Said of files that are in order: what was guessed from a name. */
const HARMLESS = new Set(['import/raster-meaning-guessed']);

describe('writeSampleCity', () => {
  it('writes what the summary says', () => {
    expect(readdirSync(dir).sort()).toEqual([...summary.files.map((file) => file.name), 'policies'].sort());
    expect(readdirSync(join(dir, 'policies')).sort()).toEqual(summary.policies.map(({ file }) => file).sort());
    for (const file of summary.files) expect(file.entries, file.name).toBeGreaterThan(0);
  });

  it('writes the same bytes for the same seed and others for another', async () => {
    const again = join(root, 'again');
    const other = join(root, 'other');
    await writeSampleCity(again, { persons: 300_000, seed: 1 });
    await writeSampleCity(other, { persons: 300_000, seed: 2 });
    const names = [...summary.files.map(({ name }) => name), ...summary.policies.map(({ file }) => join('policies', file))];
    for (const name of names) expect(Buffer.compare(readFileSync(join(again, name)), readFileSync(join(dir, name))), name).toBe(0);
    expect(Buffer.compare(readFileSync(join(other, 'shifan.osm.pbf')), readFileSync(join(dir, 'shifan.osm.pbf')))).not.toBe(0);
  });

  it('dates the ledger and the speech from the day it is written for, and nothing else', async () => {
    const later = join(root, 'later');
    await writeSampleCity(later, { persons: 300_000, seed: 1, asOf: '2027-02-03' });
    const names = [...summary.files.map(({ name }) => name), ...summary.policies.map(({ file }) => join('policies', file))];
    expect(names.filter((name) => Buffer.compare(readFileSync(join(later, name)), readFileSync(join(dir, name))) !== 0)).toEqual(['tasks.csv', join('policies', 'speech.txt')]);
    expect(readFileSync(join(later, 'policies', 'speech.txt'), 'utf8')).toContain('（2026年12月5日）');
  });

  it('stops when cancelled and leaves the folder as it was', async () => {
    const folder = join(root, 'cancelled');
    mkdirSync(folder);
    writeFileSync(join(folder, 'units.csv'), 'mine');
    const controller = new AbortController();
    const work = writeSampleCity(folder, { persons: 300_000, seed: 1 }, { signal: controller.signal, report: ({ done }) => done > 2 && controller.abort() });
    await expect(work).rejects.toMatchObject({ code: 'core/cancelled' });
    expect(readdirSync(folder)).toEqual(['units.csv']);
    expect(readFileSync(join(folder, 'units.csv'), 'utf8')).toBe('mine');
  });

  it('says so where the folder is a file', async () => {
    const file = join(root, 'file');
    writeFileSync(file, '');
    await expect(writeSampleCity(file, { persons: 300_000, seed: 1 })).rejects.toMatchObject({ kind: 'input', code: 'sample/folder', place: { file } });
  });

  it('is read back by the importer with the notes that were planted and no others', async () => {
    for (const { name } of summary.files) {
      const { notes, contract } = await read(name);
      const codes = notes.list().map((note) => note.code).filter((code) => !HARMLESS.has(code));
      expect(codes.map((code) => code.replace(/^import\//, '')).sort(), name).toEqual([...(PLANTED_NOTES[name] ?? [])].sort());
      // jobs follow no contract: they become a layer of their own
      if (name.endsWith('.csv')) expect(contract, name).toBe(name === 'jobs.csv' ? undefined : name.replace('.csv', ''));
    }
  });

  it('tells the same population in units, homes and grids', async () => {
    const places = (await read('units.csv')).records.filter((record): record is PlaceRecord => record.type === 'place');
    for (const level of ['city', 'district', 'block', 'community']) {
      expect(places.filter((place) => place.level === level).reduce((sum, place) => sum + (place.population ?? 0), 0), level).toBe(300_000);
    }
    const totals: Record<string, number> = {};
    for (const name of readdirSync(dir).filter((file) => file.endsWith('.tif'))) {
      const [grid] = (await read(name)).records;
      if (grid.type === 'population-raster') totals[grid.group] = grid.values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0);
    }
    expect(Object.keys(totals).sort()).toEqual(['0-2', '12-14', '3-5', '6-11', '65+', 'total']);
    expect(Math.abs(totals['total'] - 300_000)).toBeLessThan(0.5);
    expect(totals['65+'] / totals['total']).toBeGreaterThan(0.1);
    expect(totals['65+'] / totals['total']).toBeLessThan(0.2);
  });

  it('has what a map of a city has', async () => {
    const { records } = await read('shifan.osm.pbf');
    const layers = new Map<string, number>();
    for (const record of records) if (record.type === 'feature') layers.set(record.layer, (layers.get(record.layer) ?? 0) + 1);
    for (const layer of ['street', 'building', 'land-use', 'water', 'boundary', 'place-name', 'poi', 'railway', 'street-point']) expect(layers.get(layer), layer).toBeGreaterThan(3);
    expect(records.filter((record) => record.type === 'turn-restriction').length).toBeGreaterThan(3);
    const boundaries = records.filter((record) => record.type === 'feature' && record.layer === 'boundary' && record.attributes['admin_level'] === '6' && record.geometry.type.endsWith('Polygon'));
    expect(boundaries.length).toBe(3);
  });

  it('has a timetable with services past midnight and trains by frequency', async () => {
    const { records } = await read('shifan-gtfs.zip');
    const trips = records.filter((record) => record.type === 'transit-trip');
    expect(trips.some((trip) => trip.type === 'transit-trip' && trip.arrivalS[trip.arrivalS.length - 1] > 24 * 3600)).toBe(true);
    expect(trips.some((trip) => trip.type === 'transit-trip' && trip.frequencies.some((entry) => entry.endS > 24 * 3600))).toBe(true);
  });
});
