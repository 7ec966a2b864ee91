import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { errorCode, readAll } from '../../test/read-all.ts';
import { NoteBook } from '../core/note.ts';
import { wgs84ToGcj02 } from '../engine/spatial/chinese-datum.ts';
import { bytesSource } from './byte-source.ts';
import { resolveCrs } from './crs/coordinate-system.ts';
import { csvReader } from './csv.ts';

const POINTS = 'id,name,lon,lat\n1,汉口江滩,114.31,30.61\n2,沙湖公园,114.33,30.57\n';

describe('tables of text', () => {
  it('says when a column that was named is not there', async () => {
    const { counts, features } = await readAll('p.csv', 'id,lon,lat\n1,114.3,30.6\n', { crs: 'EPSG:4326', columns: { lon: 'nosuch', name: 'id' } });
    expect(counts).toEqual({ 'import/unknown-column': 1 });
    expect(features).toHaveLength(1);
  });

  it('reads shapes of any length whole, in the system that they name', async () => {
    const ring = Array.from({ length: 1500 }, (_, i) => [115 + 0.1 * Math.cos((2 * Math.PI * i) / 1500), 32 + 0.1 * Math.sin((2 * Math.PI * i) / 1500)].map((v) => v.toFixed(6)).join(' '));
    const shape = `SRID=4326;POLYGON((${[...ring, ring[0]].join(',')}))`;
    expect(shape.length).toBeGreaterThan(10_000);
    const { places, notes, facts } = await readAll('units.csv', `unit_id,scale,name,wkt\nC1,城市,大市,"${shape}"\n`);
    expect(places[0].geometry?.coordinates).toHaveLength(2 * 1501);
    expect(facts).toMatchObject({ crs: 'EPSG:4326', crsGuessed: false });
    expect(notes).toEqual([]);
    const projected = await readAll('spots.csv', 'id,geom\n1,SRID=3857;POINT(12801741.44 3763310.63)\n');
    expect([...projected.features[0].geometry.coordinates].map((v) => Math.round(v * 1e5) / 1e5)).toEqual([115, 32]);
  });

  it('come back as they were written, whatever the delimiter, quotes and encoding', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ß', '汉', ' ', '"', ',', ';', '\t', '1'), maxLength: 6 }).map((text) => `x${text.trim()}`);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, fc.integer()), { minLength: 3, maxLength: 10 }), fc.constantFrom(',', ';', '\t', '|'), fc.constantFrom('utf8', 'gb18030', 'utf16le'), async (items, delimiter, encoding) => {
        const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const lines = [['key', '备注', 'n', 'm'], ...items.map(([text, n], i) => [`k${i}`, quote(text), String(n), '汉字'])];
        const read = await readAll('t.csv', iconv.encode(lines.map((line) => line.join(delimiter)).join('\r\n'), encoding, { addBOM: encoding === 'utf16le' }));
        expect(read.rows.map((row) => [row.key, row.values['备注'], row.values['n'], row.values['m']])).toEqual(items.map(([text, n], i) => [`k${i}`, text, n, '汉字']));
        expect(read.facts.encoding).toBe({ utf8: 'utf-8', gb18030: 'gb18030', utf16le: 'utf-16le' }[encoding]);
        expect(read.rows[0].table).toBe('custom:t');
        expect(read.rows[0].row).toBe(2);
      }),
      { numRuns: 150 },
    );
  });

  it('knows the rare characters of GB18030, four bytes each, some of which look like digits', async () => {
    const rare = await readAll('names.csv', iconv.encode('id,name\n1,x㙦ß\n2,㐂\n', 'gb18030'));
    expect(rare.rows.map((row) => row.values['name'])).toEqual(['x㙦ß', '㐂']);
  });

  it('tells GB18030 from accents of the west', async () => {
    const latin = await readAll('bairros.csv', iconv.encode('id,nome\n1,São João\n2,Praça da Sé\n', 'latin1'));
    expect(latin.rows.map((row) => row.values['nome'])).toEqual(['São João', 'Praça da Sé']);
    const late = await readAll('late.csv', iconv.encode(`id,名称\n${Array.from({ length: 30_000 }, (_, i) => `${i},a`).join('\n')}\nz,江岸区\n`.replace('名称', 'name'), 'gb18030'));
    expect(late.rows.at(-1)?.values['name']).toBe('江岸区');
    const stated = await readAll('x.csv', iconv.encode('id,name\n1,臺北\n2,高雄\n', 'big5'), { encoding: 'big5' });
    expect(stated.rows[0].values['name']).toBe('臺北');
    expect(await errorCode(readAll('x.csv', POINTS, { encoding: 'klingon' }))).toBe('import/unknown-encoding');
    expect((await readAll('x.csv', iconv.encode('id,name\n1,江岸区\n', 'gb18030'), { encoding: 'utf-8' })).counts['import/bad-characters']).toBeGreaterThan(0);
  });

  it('are placed by longitude and latitude, a pair, WKT, WKB or degrees and minutes', async () => {
    const read = async (text: string): Promise<number[][]> => (await readAll('p.csv', text)).features.map((f) => [...f.geometry.coordinates].map((v) => Math.round(v * 1e6) / 1e6));
    expect(await read(POINTS)).toEqual([[114.31, 30.61], [114.33, 30.57]]);
    expect(await read('名称,经度,纬度\na,114.31,30.61\n')).toEqual([[114.31, 30.61]]);
    expect(await read('a,location\nx,"114.31,30.61"\ny,"114.4,30.2"\n')).toEqual([[114.31, 30.61], [114.4, 30.2]]);
    expect(await read('a,shape\nx,POINT (114.31 30.61)\ny,"SRID=4326;LINESTRING Z (1 2 3, 4 5 6)"\n')).toEqual([[114.31, 30.61], [1, 2, 4, 5]]);
    expect(await read('a;lon;lat\nx;114,31;30,61\n')).toEqual([[114.31, 30.61]]);
    expect(await read('a,经度,纬度\nx,114°18′36″E,30°36′36″N\n')).toEqual([[114.31, 30.61]]);
    expect(await read('a,wkb\nx,0101000000A4703D0AD7935C40295C8FC2F59C3E40\n')).toEqual([[114.31, 30.612927]].map(([x]) => [x, expect.closeTo(30.613, 2)]));
  });

  it('use the datum that they state, name in a column or in the columns’ names', async () => {
    const [lon, lat] = wgs84ToGcj02(114.31, 30.61);
    const near = (read: Awaited<ReturnType<typeof readAll>>): void => {
      expect(read.features[0].geometry.coordinates[0]).toBeCloseTo(114.31, 7);
      expect(read.features[0].geometry.coordinates[1]).toBeCloseTo(30.61, 7);
    };
    near(await readAll('a.csv', `id,lon,lat\n1,${lon},${lat}\n`, { crs: 'GCJ-02' }));
    near(await readAll('a.csv', `id,lon,lat,crs\n1,${lon},${lat},GCJ-02\n`));
    near(await readAll('a.csv', `id,gcj_lon,gcj_lat\n1,${lon},${lat}\n`));
    near(await readAll('a.csv', `id,gcj_lon,gcj_lat,wgs_lon,wgs_lat\n1,${lon},${lat},114.31,30.61\n`));
    const projected = Float64Array.of(114.31, 30.61);
    resolveCrs('EPSG:4526').fromWgs84(projected);
    near(await readAll('a.csv', `id,X坐标,Y坐标\n1,${projected[1]},${projected[0]}\n2,${projected[1]},${projected[0]}\n`));
    const unknown = await readAll('a.csv', 'id,lon,lat,crs\n1,114,30,WGS84\n2,114,30,Wuhan local\n');
    expect(unknown.counts['import/unknown-crs']).toBe(1);
    expect(unknown.features).toHaveLength(1);
    expect(await errorCode(readAll('a.csv', 'id,x,y\n1,528770.2,3386666.2\n2,528771,3386667\n'))).toBe('import/missing-crs');
  });

  it('say in the lineage which systems the rows named, the most frequent first', async () => {
    const [lon, lat] = wgs84ToGcj02(114.31, 30.61);
    const crsOf = async (text: string): Promise<unknown> => {
      const { crs, crsGuessed } = (await readAll('a.csv', text)).facts;
      return [crs, crsGuessed];
    };
    expect(await crsOf(`id,lon,lat,crs\n1,${lon},${lat},GCJ-02\n2,${lon},${lat},GCJ-02\n`)).toEqual(['GCJ-02', false]);
    expect(await crsOf(`id,lon,lat,crs\n1,114.31,30.61,WGS84\n2,${lon},${lat},GCJ-02\n3,${lon},${lat},GCJ-02\n`)).toEqual(['GCJ-02, EPSG:4326', false]);
    expect(await crsOf(`id,lon,lat,crs\n1,${lon},${lat},GCJ-02\n2,114.31,30.61,\n`)).toEqual(['GCJ-02, EPSG:4326', true]);
    // far below the sample that the reader looks at first
    const rows = Array.from({ length: 3000 }, (_, i) => `${i},114.31,30.61,${i === 2999 ? 'CGCS2000' : 'WGS84'}`);
    expect(await crsOf(`id,lon,lat,crs\n${rows.join('\n')}\n`)).toEqual(['EPSG:4326, EPSG:4490', false]);
    expect(await crsOf(`id,lon,lat,crs\n1,${lon},${lat},Wuhan local\n`)).toEqual([undefined, undefined]);
  });

  it('note rows without usable coordinates by row and field', async () => {
    const read = await readAll('p.csv', 'id,lon,lat\n1,114.3,30.6\n2,abc,30.6\n3,,\n4,0,0\n5,114.3,95\n6,NaN,30\n7,114.4,30.5\n8,114.4,30.5\n9,114.4,30.5\n');
    expect(read.features.map((f) => f.sourceId)).toEqual(['1', '7', '8', '9']);
    expect(read.counts).toMatchObject({ 'import/bad-coordinate': 2, 'import/no-coordinates': 1, 'import/zero-coordinate': 1, 'import/out-of-range': 1 });
    expect(read.notes.find((note) => note.code === 'import/bad-coordinate')?.examples[0]).toEqual({ file: 'p.csv', row: 3, field: 'lon', value: 'abc, 30.6' });
  });

  it('make population and a layer of H3 cells', async () => {
    const read = await readAll('hex_2024.csv', 'id,population,jobs\n89a901291abffff,10,3\n89a9012a3cfffff,159,0\n89a901295b7ffff,,1\n');
    expect(read.cells.map((cell) => [cell.cellId, cell.group, cell.persons])).toEqual([['89a901291abffff', 'total', 10], ['89a9012a3cfffff', 'total', 159]]);
    expect(read.cells[0].geometry.coordinates).toHaveLength(14);
    expect(read.features[0]).toMatchObject({ layer: 'custom:hex', attributes: { jobs: 3, population: 10 } });
    expect(read.counts['import/no-persons']).toBe(1);
  });

  it('find the header under titles, and name columns that have none', async () => {
    const titled = await readAll('报表.csv', '附件1：某市公园名录,,,\n填报单位：园林局,,,\n序号,名称,经度,纬度\n1,中山公园,114.27,30.58\n2,解放公园,114.29,30.61\n');
    expect(titled.features.map((f) => [f.name, f.sourceId])).toEqual([['中山公园', '1'], ['解放公园', '2']].map(([name]) => [name, expect.any(String)]));
    expect(titled.counts['import/title-rows']).toBe(2);
    expect(titled.notes.find((note) => note.code === 'import/title-rows')).toBeDefined();
    const bare = await readAll('b.csv', '1,2,3\n4,5,6\n');
    expect(bare.rows.map((row) => row.values)).toEqual([{ column_1: 1, column_2: 2, column_3: 3 }, { column_1: 4, column_2: 5, column_3: 6 }]);
    const doubled = await readAll('c.csv', 'a,a,,b\n1x,2x,3x,4x\n');
    expect(doubled.rows[0].values).toEqual({ a: '1x', a_2: '2x', column_3: '3x', b: '4x' });
  });

  it('keep identifiers with leading zeros and of many digits as text', async () => {
    const read = await readAll('ids.csv', 'code,grid,n\n007,4201020010010001,1\n008,4201020010010002,2\n');
    expect(read.rows[0].values).toEqual({ code: '007', grid: '4201020010010001', n: 1 });
  });

  it('leave out rows of totals, and know thousands from decimals', async () => {
    const read = await readAll('小区台账.csv', '\ufeffsep=,\r\n2024年小区台账,,,,\r\n小区编号,小区名称,户数,停车位,物业管理,\r\nC001,花桥一村,"1,204",300,有,\r\n合 计,,2094,500,,\r\n');
    expect(read.rows.map((row) => [row.key, row.values['households']])).toEqual([['C001', 1204]]);
    expect(read.counts).toMatchObject({ 'import/total-row': 1, 'import/title-rows': 2 });
    const comma = await readAll('bairros.csv', 'id;população;área;latitude;longitude\n1;1.234;2,5;-30,031;-51,210\n2;20.123;1,5;-30,041;-51,190\n');
    expect(comma.cells.map((cell) => cell.persons)).toEqual([1234, 20123]);
    expect(comma.cells[0].geometry.coordinates).toEqual(Float64Array.of(-51.21, -30.031));
    const point = await readAll('bairros.csv', 'id;população;latitude;longitude\n1;1234;-30.031;-51.210\n2;20123;-30.041;-51.190\n');
    expect(point.cells[0].geometry.coordinates).toEqual(Float64Array.of(-51.21, -30.031));
  });

  it('are bounded: headers of millions of columns, quotes that never close', async () => {
    // Ten million columns.
    const wide = new Uint8Array(20_000_000).fill(0x63);
    for (let i = 1; i < wide.length; i += 2) wide[i] = 0x2c;
    expect(await errorCode(readAll('wide.csv', wide))).toBe('import/header-too-wide');
    expect(await errorCode(readAll('wide.csv', `${'c,'.repeat(6_000)}\n1\n`))).toBe('import/header-too-wide');
    expect(await errorCode(readAll('q.csv', `id,name\n1,"never closed\n${'2,x\n'.repeat(1000)}`))).toBe('import/quote-not-closed');
  });

  it('are joined to places by the column that names them', async () => {
    const read = await readAll('loads.csv', 'community_id,负荷\nC01,5.5\nC02,6\n');
    expect(read.rows.map((row) => row.values)).toEqual([{ community_id: 'C01', 负荷: 5.5, place_id: 'C01' }, { community_id: 'C02', 负荷: 6, place_id: 'C02' }]);
    const mapped = await readAll('loads.csv', 'where,v\nC01,5\n', { columns: { place_id: 'where' } });
    expect(mapped.rows[0].values['place_id']).toBe('C01');
  });

  it('follow the mapping of columns given', async () => {
    const read = await readAll('m.csv', 'a,b,c,d\np,114.3,30.6,50\nq,114.4,30.5,70\n', { columns: { lon: 'b', lat: 'c', population: 'd', id: 'a' } });
    expect(read.cells.map((cell) => [cell.cellId, cell.persons])).toEqual([['p', 50], ['q', 70]]);
  });

  it('show columns, roles and samples before they are read', async () => {
    const preview = await csvReader.preview(bytesSource('p.csv', new TextEncoder().encode(POINTS)), {}, { notes: new NoteBook() });
    expect(preview).toMatchObject({ format: 'csv', crs: 'EPSG:4326', crsGuessed: true, encoding: 'utf-8', box: [114.31, 30.57, 114.33, 30.61] });
    expect(preview.columns.map((column) => [column.name, column.role, column.samples[0]])).toEqual([['id', 'id', '1'], ['name', 'name', '汉口江滩'], ['lon', 'lon', '114.31'], ['lat', 'lat', '30.61']]);
  });

  const hexgrid = new URL('../../../shared/data/porto-alegre/poa_hexgrid.csv', import.meta.url);
  it.skipIf(!existsSync(hexgrid))('read a real grid of H3 cells', async () => {
    const read = await readAll('grid.csv', readFileSync(hexgrid));
    const persons = readFileSync(hexgrid, 'utf8').split('\n').slice(1).reduce((sum, line) => sum + Number(line.split(',')[3] ?? 0), 0);
    expect(read.cells.reduce((sum, cell) => sum + cell.persons, 0)).toBe(persons);
    expect(read.features).toHaveLength(1227);
  });
});
