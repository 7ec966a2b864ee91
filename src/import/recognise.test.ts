import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { errorCode, readAll } from '../../test/read-all.ts';
import { bytesSource, openFile } from './byte-source.ts';
import { READERS } from './readers.ts';
import { recogniseFile } from './recognise.ts';

async function formatOf(name: string, content: Uint8Array | string): Promise<string> {
  return (await recogniseFile(bytesSource(name, typeof content === 'string' ? strToU8(content) : content))).format;
}

const zip = (...names: string[]): Uint8Array => zipSync(Object.fromEntries(names.map((name) => [name, strToU8('x')])));

describe('recogniseFile', () => {
  it('goes by content, not by name', async () => {
    expect(await formatOf('a.csv', '{"type":"FeatureCollection","features":[]}')).toBe('geojson');
    expect(await formatOf('a.txt', '\ufeff {"type":"Feature","geometry":null,"properties":{}}')).toBe('geojson');
    expect(await formatOf('a.json', '{"type":"Feature","geometry":null}\n{"type":"Feature","geometry":null}\n')).toBe('geojson-lines');
    expect(await formatOf('noname', '\u001e{"type":"Feature"}\n')).toBe('geojson-lines');
    expect(await formatOf('noname', 'a,b\n1,2\n')).toBe('csv');
    expect(await formatOf('a.csv', 'single\n1\n')).toBe('csv');
    expect(await formatOf('a.zip', zip('stops.txt', 'trips.txt'))).toBe('gtfs');
    expect(await formatOf('a.zip', zip('feed/stops.txt', 'feed/stop_times.txt'))).toBe('gtfs');
    expect(await formatOf('a.zip', zip('a.shp', 'a.dbf'))).toBe('shapefile');
    expect(await formatOf('a.zip', zip('[Content_Types].xml', 'xl/workbook.xml'))).toBe('xlsx');
  });

  it('says what it is given where it is none of the formats', async () => {
    expect(await errorCode(formatOf('a.zip', zip('photo.jpg')))).toBe('import/unknown-format');
    expect(await errorCode(formatOf('a.bin', Uint8Array.from({ length: 2000 }, (_, i) => (i * 7919) % 256)))).toBe('import/unknown-format');
    expect(await errorCode(formatOf('a.pdf', '%PDF-1.7 \u0000\u0001\u0002\u0003'))).toBe('import/unknown-format');
    expect(await errorCode(formatOf('page.html', '<!doctype html><html></html>'))).toBe('import/unknown-format');
    expect(await errorCode(formatOf('a.csv', ''))).toBe('import/empty-file');
    expect(await errorCode(openFile('/nowhere/at/all.csv'))).toBe('import/no-file');
    expect(await errorCode(openFile(fileURLToPath(new URL('.', import.meta.url))))).toBe('import/no-file');
  });

  it('names files of other formats and what to do with them', async () => {
    const message = async (content: Uint8Array): Promise<string> => {
      try {
        await recogniseFile(bytesSource('a', content));
        return 'recognised';
      } catch (error) {
        return (error as Error).message;
      }
    };
    const padded = (...start: number[]): Uint8Array => Uint8Array.from({ length: 600 }, (_, i) => start[i] ?? 0);
    expect(await message(padded(0xd0, 0xcf, 0x11, 0xe0, 0xa1))).toContain('save it as .xlsx');
    expect(await message(padded(0, 0, 0x27, 0x0a))).toContain('.dbf');
    expect(await message(strToU8('<?xml version="1.0"?>\n<kml xmlns="x"></kml>'))).toContain('KML');
    expect(await message(strToU8('<html><body>404</body></html>'))).toContain('error page');
  });

  it('reads the one data file of an archive, and gzip', async () => {
    const geojson = '{"type":"Feature","properties":{"name":"A"},"geometry":{"type":"Point","coordinates":[114,30]}}';
    const packed = zipSync({ 'download/parks.geojson': strToU8(geojson), 'download/README.txt': strToU8('hello') });
    const read = await readAll('download.zip', packed);
    expect(read.features).toMatchObject([{ name: 'A', layer: 'custom:parks' }]);
    expect((await readAll('points.csv.gz', gzipSync(strToU8('id,lon,lat\n1,114,30\n')))).features).toMatchObject([{ layer: 'custom:points' }]);
    expect(await errorCode(readAll('points.csv.gz', gzipSync(strToU8('id,lon,lat\n1,114,30\n')).slice(0, 30)))).toBe('import/bad-gzip');
    expect(await errorCode(readAll('two.zip', zipSync({ 'a.csv': strToU8('a\n1'), 'b.csv': strToU8('a\n1') })))).toBe('import/unknown-format');
  });

  it('lists every reader once', () => {
    const formats = READERS.map((reader) => reader.format);
    expect(new Set(formats).size).toBe(formats.length);
    expect(formats).toHaveLength(9);
  });

  const data = fileURLToPath(new URL('../../../shared/data', import.meta.url));
  it.skipIf(!existsSync(data))('knows every real file', async () => {
    const expected: Record<string, string> = { pbf: 'osm-pbf', gpkg: 'geopackage', csv: 'csv', zip: 'gtfs', tif: 'geotiff', geojson: 'geojson' };
    for (const city of ['helsinki', 'porto-alegre', 'porto', 'wuhan']) {
      for (const file of readdirSync(`${data}/${city}`)) {
        const source = await openFile(`${data}/${city}/${file}`);
        expect((await recogniseFile(source)).format, file).toBe(expected[file.split('.').at(-1) ?? '']);
        await source.close();
      }
    }
  });
});
