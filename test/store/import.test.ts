import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runImport, undoBatch } from '../../src/base/run.ts';
import { findBatch, listBatches } from '../../src/base/store/batches.ts';
import { createCity, deleteCity, findCity, listCities, renameCity } from '../../src/base/store/cities.ts';
import { listFiles, openStoredFile } from '../../src/base/store/files.ts';
import { getCurrentBatches, listRevisions } from '../../src/base/store/revisions.ts';
import { bytesSource } from '../../src/import/byte-source.ts';
import type { ByteSource } from '../../src/import/model.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';

/** A GeoJSON file of parks, one a name, side by side at 114° E, 30° N. */
function parks(fileName: string, names: readonly string[]): ByteSource {
  const features = names.map((name, i) => {
    const [west, south] = [114 + (i % 100) / 100, 30 + Math.floor(i / 100) / 100];
    const ring = [[west, south], [west + 0.005, south], [west + 0.005, south + 0.005], [west, south + 0.005], [west, south]];
    return { type: 'Feature', properties: { name, leisure: 'park' }, geometry: { type: 'Polygon', coordinates: [ring] } };
  });
  return bytesSource(fileName, new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features })));
}

const broken = bytesSource('broken.geojson', new TextEncoder().encode('{"type":"FeatureCollection","features":[{"type":"Feat'));

describe.each(TEST_BASES)('import into the $kind base', ({ kind, open }) => {
  let opened: TestBase;
  let cities = 0;
  const nextCity = (): string => `${kind}-${++cities}`;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.remove());

  const importFiles = (cityId: string, ...sources: ByteSource[]) =>
    runImport(opened.base, { cityId, files: sources.map((source) => ({ source, options: {} })), who: 'test' });

  const namesOf = async (cityId: string): Promise<string[]> => {
    const { batches } = await getCurrentBatches(opened.base.database, cityId);
    // A park's ground is a feature of its layer poi and of its layer land-use.
    const rows = await opened.base.database.query<{ name: string }>(`select name from feature where city_id = $1 and batch_id = any($2) and layer = 'poi' order by name`, [cityId, batches]);
    return rows.map((row) => row.name);
  };

  const storedRows = async (cityId: string): Promise<number> => (await opened.base.database.query<{ n: number }>('select count(*) as n from feature where city_id = $1', [cityId]))[0].n;

  test('a file makes a city, with its batch, revision, file and box', async () => {
    const cityId = nextCity();
    const source = parks('parks.geojson', ['东湖', '沙湖']);
    const summary = await importFiles(cityId, source);
    expect(summary).toMatchObject({ cityId, revision: 1, changed: true, files: [{ fileName: 'parks.geojson', format: 'geojson', state: 'imported', batchId: 1, error: undefined }] });
    expect(await namesOf(cityId)).toEqual(['东湖', '沙湖']);
    const city = await findCity(opened.base.database, cityId);
    expect(city?.revision).toBe(1);
    expect(city?.box).toHaveLength(4);
    const batch = await findBatch(opened.base.database, cityId, 1);
    expect(batch?.box?.map((value) => Math.round(value * 1000) / 1000)).toEqual([114, 30, 114.015, 30.005]);
    expect(batch).toMatchObject({ kind: 'file', state: 'ready', fileName: 'parks.geojson', sha256: summary.files[0].sha256, sizeBytes: source.sizeBytes, who: 'test', kept: summary.files[0].kept });
    const stored = await openStoredFile(opened.base.database, cityId, summary.files[0].sha256 as string);
    expect(await stored.read(0, stored.sizeBytes)).toEqual(Buffer.from(await source.read(0, source.sizeBytes)));
    expect(await listFiles(opened.base.database, cityId)).toHaveLength(1);
  });

  test('the same file again changes nothing; other options for it replace its batch', async () => {
    const cityId = nextCity();
    await importFiles(cityId, parks('parks.geojson', ['东湖']));
    const again = await importFiles(cityId, parks('parks.geojson', ['东湖']));
    expect(again).toMatchObject({ revision: 1, changed: false, derived: undefined, files: [{ state: 'unchanged', batchId: 1 }] });
    expect(await listRevisions(opened.base.database, cityId)).toHaveLength(1);
    const other = await runImport(opened.base, { cityId, files: [{ source: parks('parks.geojson', ['东湖']), options: { crs: 'GCJ-02' } }], who: 'test' });
    expect(other).toMatchObject({ revision: 2, files: [{ state: 'replaced', replaces: 1 }] });
  });

  test('twice the same file in one request is taken once, two files of one name both', async () => {
    const cityId = nextCity();
    const summary = await importFiles(cityId, parks('a.geojson', ['一']), parks('copy-of-a.geojson', ['一']), parks('a.geojson', ['二']));
    expect(summary.files.map((file) => file.state)).toEqual(['imported', 'unchanged', 'imported']);
    expect(await namesOf(cityId)).toEqual(['一', '二'].sort());
  });

  test('a newer file without anything usable fails and leaves the edition before it', async () => {
    const cityId = nextCity();
    await importFiles(cityId, parks('parks-2024.geojson', ['东湖']));
    const empty = await importFiles(cityId, parks('parks-2025.geojson', []));
    expect(empty).toMatchObject({ revision: 1, changed: false, files: [{ state: 'failed', error: { code: 'import/nothing-kept' } }] });
    expect(await namesOf(cityId)).toEqual(['东湖']);
  });

  test('a newer file of a source replaces the whole batch; undo brings the old one back, again and again', async () => {
    const cityId = nextCity();
    await importFiles(cityId, parks('parks-2023.geojson', ['old', 'gone']), parks('other.geojson', ['stays']));
    const second = await importFiles(cityId, parks('parks-2024.geojson', ['new']));
    expect(second.files[0]).toMatchObject({ state: 'replaced', replaces: 1 });
    const third = await importFiles(cityId, parks('parks-2025.geojson', ['newest']));
    expect(await namesOf(cityId)).toEqual(['newest', 'stays']);
    // The first edition is two behind: its rows are gone, its stored file brings them back.
    expect((await findBatch(opened.base.database, cityId, 1))?.state).toBe('discarded');
    const { database } = opened.base;
    const undone = await undoBatch(opened.base, cityId, third.files[0].batchId as number, 'test');
    expect(undone).toMatchObject({ restored: second.files[0].batchId });
    expect(await namesOf(cityId)).toEqual(['new', 'stays']);
    await undoBatch(opened.base, cityId, second.files[0].batchId as number, 'test');
    expect(await namesOf(cityId)).toEqual(['gone', 'old', 'stays']);
    const { fileBatches } = await getCurrentBatches(database, cityId);
    await undoBatch(opened.base, cityId, Math.max(...fileBatches), 'test');
    expect(await namesOf(cityId)).toEqual(['stays']);
    expect((await listRevisions(database, cityId)).map((revision) => revision.action)).toEqual(['undo', 'undo', 'undo', 'import', 'import', 'import']);
    await expect(undoBatch(opened.base, cityId, third.files[0].batchId as number, 'test')).rejects.toMatchObject({ kind: 'conflict', code: 'base/batch-not-current' });
    await expect(undoBatch(opened.base, cityId, 999, 'test')).rejects.toMatchObject({ kind: 'not-found', code: 'base/no-batch' });
  });

  test('undoing the only file leaves an empty city', async () => {
    const cityId = nextCity();
    await importFiles(cityId, parks('parks.geojson', ['东湖']));
    const undone = await undoBatch(opened.base, cityId, 1, 'test');
    expect(undone).toMatchObject({ revision: 2, restored: undefined, derived: undefined });
    expect(await namesOf(cityId)).toEqual([]);
    expect(await importFiles(cityId, parks('parks.geojson', ['东湖']))).toMatchObject({ revision: 3, files: [{ state: 'imported' }] });
  });

  test('a bad file fails alone; the others go on', async () => {
    const cityId = nextCity();
    const summary = await importFiles(cityId, broken, parks('parks.geojson', ['东湖']), bytesSource('empty.csv', new Uint8Array(0)));
    expect(summary.files.map((file) => file.state)).toEqual(['failed', 'imported', 'failed']);
    expect(summary.files[0].error?.code).toMatch(/^import\//);
    expect(summary.files[0].error?.place.file).toBe('broken.geojson');
    expect(await namesOf(cityId)).toEqual(['东湖']);
    expect((await listBatches(opened.base.database, cityId)).filter((batch) => batch.state === 'staging')).toEqual([]);
  });

  test('a new city of nothing but bad files is not made; strictly, one bad file stops all', async () => {
    const cityId = nextCity();
    expect(await importFiles(cityId, broken)).toMatchObject({ revision: 0, changed: false, files: [{ state: 'failed' }] });
    expect(await findCity(opened.base.database, cityId)).toBeUndefined();
    const strict = runImport(opened.base, { cityId, files: [parks('parks.geojson', ['东湖']), broken].map((source) => ({ source, options: {} })), who: 'test', strict: true });
    await expect(strict).rejects.toMatchObject({ kind: 'input' });
    expect(await findCity(opened.base.database, cityId)).toBeUndefined();
    expect(await storedRows(cityId)).toBe(0);
  });

  test('a cancelled import leaves the city as it was', async () => {
    const cityId = nextCity();
    await importFiles(cityId, parks('parks.geojson', ['东湖']));
    const controller = new AbortController();
    const source = parks('more.geojson', ['沙湖']);
    const cancelling: ByteSource = { ...source, read: (offset, length) => (controller.abort(), source.read(offset, length)) };
    const attempt = runImport(opened.base, { cityId, files: [{ source: cancelling, options: {} }], who: 'test' }, { signal: controller.signal });
    await expect(attempt).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await namesOf(cityId)).toEqual(['东湖']);
    expect((await findCity(opened.base.database, cityId))?.revision).toBe(1);
    expect(await storedRows(cityId)).toBe(2);
  });

  test('timers and sockets get their turn while an import runs', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await importFiles(nextCity(), parks('many.geojson', Array.from({ length: 5_000 }, (_, i) => `park ${i}`)));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });

  test('imports that run at once into one city are both kept', async () => {
    const cityId = nextCity();
    await createCity(opened.base.database, cityId, { zh: '同时', en: 'At once' });
    const names = ['a', 'b', 'c', 'd'];
    const summaries = await Promise.all(names.map((name) => importFiles(cityId, parks(`${name}.geojson`, [name]))));
    expect(summaries.map((summary) => summary.revision).sort()).toEqual([1, 2, 3, 4]);
    expect(await namesOf(cityId)).toEqual(names);
  });

  test('the same file imported twice at once is kept once', async () => {
    const cityId = nextCity();
    await createCity(opened.base.database, cityId, { zh: '同时', en: 'At once' });
    const summaries = await Promise.all([1, 2].map(() => importFiles(cityId, parks('same.geojson', ['same']))));
    expect(summaries.map((summary) => summary.files[0].state).sort()).toEqual(['imported', 'unchanged']);
    expect(await namesOf(cityId)).toEqual(['same']);
  });

  test('a city that nobody named takes the name of its boundary, one that has a name keeps it', async () => {
    const { database } = opened.base;
    const boundary = (name: string, nameEn?: string): ByteSource => {
      const ring = [[114, 30], [114.02, 30], [114.02, 30.02], [114, 30.02], [114, 30]];
      const properties = { boundary: 'administrative', admin_level: '5', name, ...(nameEn !== undefined && { 'name:en': nameEn }) };
      return bytesSource('boundary.geojson', new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', id: 1, properties, geometry: { type: 'Polygon', coordinates: [ring] } }] })));
    };
    const nameOf = async (cityId: string) => (await findCity(database, cityId))?.name;

    const wuhan = `wuhan-${kind}`;
    await importFiles(wuhan, parks('parks.geojson', ['东湖']));
    expect(await nameOf(wuhan)).toEqual({ zh: wuhan, en: wuhan });
    await importFiles(wuhan, boundary('武汉市'));
    expect(await nameOf(wuhan)).toEqual({ zh: '武汉市', en: kind === 'embedded' ? 'Wuhan Embedded' : 'Wuhan Server' });
    await importFiles(wuhan, boundary('武汉', 'Wuhan City'));
    expect(await nameOf(wuhan)).toEqual({ zh: '武汉市', en: kind === 'embedded' ? 'Wuhan Embedded' : 'Wuhan Server' });

    const both = nextCity();
    await importFiles(both, boundary('赫尔辛基', 'Helsinki'));
    expect(await nameOf(both)).toEqual({ zh: '赫尔辛基', en: 'Helsinki' });

    const named = nextCity();
    await runImport(opened.base, { cityId: named, cityName: { zh: '江城', en: 'River City' }, files: [{ source: boundary('武汉市'), options: {} }], who: 'test' });
    expect(await nameOf(named)).toEqual({ zh: '江城', en: 'River City' });
  });

  test('cities are listed, renamed and deleted with all that is theirs', async () => {
    const { database } = opened.base;
    const cityId = nextCity();
    await importFiles(cityId, parks('parks.geojson', ['东湖']));
    expect((await renameCity(database, cityId, { zh: '武汉', en: 'Wuhan' })).name).toEqual({ zh: '武汉', en: 'Wuhan' });
    expect((await listCities(database)).map((city) => city.cityId)).toContain(cityId);
    await expect(createCity(database, cityId, { zh: '', en: '' })).rejects.toMatchObject({ kind: 'conflict', code: 'base/city-exists' });
    await expect(createCity(database, 'Not An Id', { zh: '', en: '' })).rejects.toMatchObject({ kind: 'input', code: 'base/bad-city-id' });
    await deleteCity(database, cityId);
    await expect(getCurrentBatches(database, cityId)).rejects.toMatchObject({ kind: 'not-found', code: 'base/no-city' });
    for (const table of ['feature', 'import_batch', 'revision', 'source_file', 'source_file_chunk']) {
      expect(await database.query(`select 1 from ${table} where city_id = $1`, [cityId])).toEqual([]);
    }
    await expect(deleteCity(database, cityId)).rejects.toMatchObject({ code: 'base/no-city' });
  });
});
