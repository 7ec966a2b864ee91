import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { CsvWriter, formatCsvField } from './write-csv.ts';
import { writeGeoTiff } from './write-geotiff.ts';
import { formatGtfsTime } from './write-gtfs.ts';
import { ZipWriter } from './write-zip.ts';
import { geoTiffReader } from '../import/geotiff.ts';
import { openFile } from '../import/byte-source.ts';
import { NoteBook } from '../core/note.ts';

const dir = mkdtempSync(join(tmpdir(), 'chengmai-tables-'));
afterAll(() => rmSync(dir, { recursive: true }));

describe('CsvWriter', () => {
  it('quotes so that any text comes back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string({ minLength: 1 })), { minLength: 1, maxLength: 8 }), (rows) => {
        const path = join(dir, 'quoted.csv');
        const csv = new CsvWriter(path, ['a', 'b']);
        for (const row of rows) csv.add(row);
        csv.close();
        expect(parse(readFileSync(path), { columns: ['a', 'b'], from_line: 1, record_delimiter: '\n' }).slice(1)).toEqual(rows.map(([a, b]) => ({ a, b })));
      }),
      { numRuns: 200 },
    );
  });

  it('writes flags as the registries do and refuses a row of the wrong width', () => {
    expect([true, false, undefined, 3.5, '甲,"乙"'].map(formatCsvField)).toEqual(['是', '否', '', '3.5', '"甲,""乙"""']);
    const csv = new CsvWriter(join(dir, 'wide.csv'), ['a']);
    expect(() => csv.add([1, 2])).toThrow('a row of 2 values');
    csv.close();
  });
});

describe('ZipWriter', () => {
  const long = '到站,12:00:00\n'.repeat(60_000);
  const write = (name: string): Uint8Array => {
    const zip = new ZipWriter(join(dir, name));
    zip.addText('短.txt', (put) => put('你好'));
    zip.addText('long.txt', (put) => {
      for (let k = 0; k < long.length; k += 997) put(long.slice(k, k + 997));
    });
    zip.addText('empty.txt', () => undefined);
    zip.close();
    return readFileSync(join(dir, name));
  };

  it('packs members given in pieces, with the same bytes every time', () => {
    const bytes = write('one.zip');
    const members = unzipSync(bytes);
    expect(Object.keys(members)).toEqual(['短.txt', 'long.txt', 'empty.txt']);
    expect(new TextDecoder().decode(members['短.txt'])).toBe('你好');
    expect(new TextDecoder().decode(members['long.txt'])).toBe(long);
    expect(Buffer.compare(write('two.zip'), bytes)).toBe(0);
  });

  it.skipIf(spawnSync('unzip', ['-v']).status !== 0)('passes the check sums of unzip (needs the unzip command)', () => {
    write('three.zip');
    expect(spawnSync('unzip', ['-tq', join(dir, 'three.zip')]).status).toBe(0);
  });
});

describe('writeGeoTiff', () => {
  const values = new Float32Array(30 * 150).map((_, k) => (k % 7 === 0 ? Number.NaN : k / 4));
  const path = join(dir, 'pop_65_plus_test.tif');
  writeGeoTiff(path, { width: 30, height: 150, west: 115.5, north: 32.7, cellDeg: 1 / 1200, values });

  it('reads back with its grid, values and missing cells', async () => {
    const source = await openFile(path);
    const chunks = [];
    for await (const chunk of geoTiffReader.read(source, {}, { notes: new NoteBook() }, { seen: {} })) chunks.push(...chunk);
    await source.close();
    expect(chunks).toHaveLength(1);
    expect(chunks[0]).toMatchObject({ type: 'population-raster', group: '65+', width: 30, height: 150, originLon: 115.5, originLat: 32.7 });
    expect(chunks[0].type === 'population-raster' && Array.from(chunks[0].values)).toEqual(Array.from(values));
  });

  it.skipIf(spawnSync('gdalinfo', ['--version']).status !== 0)('is what GDAL takes for EPSG:4326 with no-data (needs the gdalinfo command)', () => {
    const { stdout } = spawnSync('gdalinfo', ['-json', path], { encoding: 'utf8' });
    const info = JSON.parse(stdout) as { size: number[]; geoTransform: number[]; bands: { type: string; noDataValue: number }[]; stac: { 'proj:epsg': number } };
    expect(info.size).toEqual([30, 150]);
    expect(info.geoTransform[0]).toBeCloseTo(115.5, 12);
    expect(info.geoTransform[3]).toBeCloseTo(32.7, 12);
    expect(info.bands[0]).toMatchObject({ type: 'Float32', noDataValue: -99999 });
    expect(info.stac['proj:epsg']).toBe(4326);
  });
});

describe('formatGtfsTime', () => {
  it('goes past midnight without wrapping', () => {
    expect(formatGtfsTime(25 * 3600 + 61)).toBe('25:01:01');
  });
});
