import { existsSync } from 'node:fs';
import { fromArrayBuffer } from 'geotiff';
import { describe, expect, it } from 'vitest';
import type { TiffSpec } from '../../test/make-files/make-tiff.ts';
import { makeTiff } from '../../test/make-files/make-tiff.ts';
import type { Note } from '../core/note.ts';
import { NoteBook } from '../core/note.ts';
import { Random } from '../core/random.ts';
import { boxOf } from '../engine/spatial/geometry.ts';
import { areaM2 } from '../engine/spatial/measure.ts';
import { bytesSource, openFile } from './byte-source.ts';
import { findCrs } from './crs/coordinate-system.ts';
import { chooseMeaning } from './geotiff/grid-meaning.ts';
import { geoTiffReader } from './geotiff.ts';
import type { ByteSource, ImportFacts, ImportOptions, ImportRecord, PopulationCellRecord, PopulationRasterRecord, SurfaceRasterRecord } from './model.ts';

interface Result {
  records: ImportRecord[];
  notes: Note[];
  facts: ImportFacts;
}

async function readAll(source: ByteSource, options: ImportOptions = {}): Promise<Result> {
  const notes = new NoteBook();
  const facts: ImportFacts = { seen: {} };
  const records: ImportRecord[] = [];
  for await (const chunk of geoTiffReader.read(source, options, { notes }, facts)) records.push(...chunk);
  return { records, notes: notes.list(), facts };
}

async function readRaster(spec: TiffSpec, options: ImportOptions = { group: 'total' }): Promise<PopulationRasterRecord | SurfaceRasterRecord> {
  const { records } = await readAll(bytesSource('grid.tif', makeTiff(spec)), options);
  expect(records).toHaveLength(1);
  return records[0] as PopulationRasterRecord | SurfaceRasterRecord;
}

async function codeOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => 'no error',
    (error: { code?: string }) => error.code ?? String(error),
  );
}

const WIDTH = 37;
const HEIGHT = 29;

/** Whole numbers, so that every sample type holds them; long runs so that compression has something to do. */
function someValues(): number[] {
  const random = new Random(7);
  let value = 3;
  return Array.from({ length: WIDTH * HEIGHT }, () => (random.chance(0.3) ? (value = random.integer(0, 120)) : value));
}

describe('geoTiffReader: what is in the file', () => {
  const values = someValues();
  const layouts: readonly Partial<TiffSpec>[] = [{}, { rowsPerStrip: 4 }, { tile: [16, 16] }];
  for (const compression of ['none', 'deflate', 'lzw', 'packbits'] as const) {
    it(`reads ${compression} in strips and tiles, every sample type, byte order and predictor, as the geotiff package does`, async () => {
      for (const layout of layouts) {
        for (const sample of ['uint8', 'int16', 'uint16', 'int32', 'uint32', 'float32', 'float64'] as const) {
          for (const bigEndian of [false, true]) {
            for (const predictor of [1, sample.startsWith('float') ? 3 : 2] as const) {
              const spec: TiffSpec = { width: WIDTH, height: HEIGHT, values, compression, sample, bigEndian, predictor, ...layout };
              const record = await readRaster(spec);
              expect([...record.values]).toEqual(values);
            }
          }
        }
      }
      const bytes = makeTiff({ width: WIDTH, height: HEIGHT, values, compression, ...layouts[1] });
      const [theirs] = await (await (await fromArrayBuffer(bytes.slice().buffer as ArrayBuffer)).getImage()).readRasters();
      expect([...(theirs as Float32Array)]).toEqual(values);
    });
  }

  it('reads BigTIFF and the first of several bands', async () => {
    expect([...(await readRaster({ width: WIDTH, height: HEIGHT, values, big: true, compression: 'lzw' })).values]).toEqual(values);
    const bands = values.flatMap((value, i) => [value, i % 100, 9]);
    const { records, notes } = await readAll(bytesSource('g.tif', makeTiff({ width: WIDTH, height: HEIGHT, values: bands, bands: 3, predictor: 3, compression: 'deflate' })), { group: 'total' });
    expect([...(records[0] as PopulationRasterRecord).values]).toEqual(values);
    expect(notes.map((note) => note.code)).toContain('import/raster-bands');
  });

  it('places the grid by corner, by cell centre, by matrix and south-up', async () => {
    const grid = { width: 2, height: 2, values: [1, 2, 3, 4] };
    const corner = await readRaster({ ...grid, position: [114, 31, 0.01, 0.02] });
    expect(corner).toMatchObject({ originLon: 114, originLat: 31, cellLonDeg: 0.01, cellLatDeg: 0.02 });
    const centre = await readRaster({ ...grid, position: [114, 31, 0.01, 0.02], keys: { 1024: 2, 1025: 2, 2048: 4326 } });
    expect(centre.originLon).toBeCloseTo(113.995, 10);
    expect(centre.originLat).toBeCloseTo(31.01, 10);
    const southUp = await readRaster({ ...grid, matrix: [0.01, 0, 114, 0, 0.02, 30.96] });
    expect([...southUp.values]).toEqual([3, 4, 1, 2]);
    expect(southUp.originLat).toBeCloseTo(31, 10);
    expect(await codeOf(readRaster({ ...grid, matrix: [0.01, 0.004, 114, 0.004, -0.01, 31] }))).toBe('import/tiff-rotated');
  });

  it('leaves out nodata, negative and infinite persons, and crops to what is left', async () => {
    const spec: TiffSpec = { width: 4, height: 3, values: [-99999, NaN, -99999, -99999, -99999, 5, -3, 7, -99999, -99999, Infinity, -99999], nodata: '-99999' };
    const { records, notes, facts } = await readAll(bytesSource('g.tif', makeTiff(spec)), { group: '65+' });
    expect(records[0]).toMatchObject({ type: 'population-raster', group: '65+', width: 3, height: 1, values: Float32Array.of(5, NaN, 7) });
    expect((records[0] as PopulationRasterRecord).originLon).toBeCloseTo(114.01, 10);
    expect((records[0] as PopulationRasterRecord).originLat).toBeCloseTo(30.99, 10);
    expect(facts.seen).toEqual({ cells: 12, 'cells with a value': 2 });
    expect(notes).toMatchObject([{ code: 'import/raster-bad-value', count: 2, examples: [{ file: 'g.tif', row: 2, field: '3' }] }]);
    const surface = await readRaster({ width: 2, height: 1, values: [-3, 4] }, { group: 'elevation' });
    expect(surface).toMatchObject({ type: 'surface-raster', quantity: 'elevation', values: Float32Array.of(-3, 4) });
    expect((await readAll(bytesSource('g.tif', makeTiff({ width: 2, height: 1, values: [-1, -1], nodata: '-1' })), { group: 'total' })).notes[0].code).toBe('import/raster-empty');
  });

  it('knows float32 nodata that the text only approximates', async () => {
    const record = await readRaster({ width: 2, height: 1, values: [-3.4028234663852886e38, 2], nodata: '-3.4e+38' });
    expect([...record.values]).toEqual([2]);
  });
});

describe('geoTiffReader: coordinate systems', () => {
  const utm50 = { 1024: 1, 1025: 1, 3072: 32650 };

  it('keeps every person of a projected grid, in cells of the right size and place', async () => {
    const spec: TiffSpec = { width: 3, height: 2, values: [1, 0, 2.5, 4, 8, 16], position: [500_000, 3_400_000, 100, 100], keys: utm50 };
    const { records, facts } = await readAll(bytesSource('g.tif', makeTiff(spec)), { group: 'total' });
    const cells = records as PopulationCellRecord[];
    expect(cells.map((cell) => [cell.cellId, cell.persons])).toEqual([['0/0', 1], ['0/2', 2.5], ['1/0', 4], ['1/1', 8], ['1/2', 16]]);
    expect(facts.crs).toBe('EPSG:32650');
    // UTM's scale is 0.9996 on its central meridian: 10,000 m² of the grid are 10,008 m² of ground.
    for (const cell of cells) expect(areaM2(cell.geometry) / 10_008).toBeCloseTo(1, 3);
    const first = Float64Array.of(500_000, 3_399_900);
    findCrs('EPSG:32650')?.toWgs84(first);
    const [west, south] = boxOf(cells[0].geometry);
    expect(west).toBeCloseTo(first[0], 6);
    expect(south).toBeCloseTo(first[1], 6);
  });

  it('resamples projected surfaces', async () => {
    const side = 40;
    const values = Array.from({ length: side * side }, (_, i) => Math.floor(i / side));
    const record = await readRaster({ width: side, height: side, values, position: [500_000, 3_400_000, 100, 100], keys: utm50 }, { group: 'elevation' });
    expect(record.type).toBe('surface-raster');
    for (let i = 0; i < values.length; i++) if (!Number.isNaN(record.values[i])) expect(Math.abs(record.values[i] - values[i])).toBeLessThanOrEqual(1);
  });

  it('takes CGCS2000 as it is, a stated system before the file’s, and guesses degrees with a note', async () => {
    expect((await readRaster({ width: 1, height: 1, values: [1], keys: { 1024: 2, 2048: 4490 } })).type).toBe('population-raster');
    const bare: TiffSpec = { width: 1, height: 1, values: [1], keys: {} };
    const guessed = await readAll(bytesSource('g.tif', makeTiff(bare)), { group: 'total' });
    expect(guessed.facts).toMatchObject({ crs: 'EPSG:4326', crsGuessed: true });
    expect(guessed.notes.map((note) => note.code)).toEqual(['import/crs-guessed']);
    const metres: TiffSpec = { ...bare, position: [500_000, 3_400_000, 100, 100] };
    expect(await codeOf(readRaster(metres))).toBe('import/missing-crs');
    expect((await readAll(bytesSource('g.tif', makeTiff(metres)), { group: 'total', crs: 'EPSG:32650' })).records[0].type).toBe('population-cell');
    expect(await codeOf(readRaster({ ...metres, keys: { 1024: 2, 2048: 4326 } }))).toBe('import/crs-mismatch');
  });
});

const meaningOf = (name: string, stated?: string, metadata = ''): string => {
  const meaning = chooseMeaning(name, stated, metadata, new NoteBook());
  return meaning.kind === 'population' ? meaning.group : `#${meaning.quantity}`;
};

describe('what the numbers mean', () => {
  it('follows what is stated', () => {
    expect(meaningOf('x.tif', '65+/f')).toBe('65+/f');
    expect(meaningOf('pop_65_f.tif', '0-2')).toBe('0-2');
    expect(meaningOf('pop_65_f.tif', 'Noise Lden')).toBe('#noise-lden');
  });

  it('reads the naming rules of population products', () => {
    const cases: Readonly<Record<string, string>> = {
      'pop_65_f_somewhere.tif': '65-69/f',
      'pop_65_m_x.tif': '65-69/m',
      'pop_80_f_x.tif': '80+/f',
      'chn_f_80_2020.tif': '80+/f',
      'chn_m_80_2025_CN_100m_R2025A_v1.tif': '80-84/m',
      'chn_f_90_2025_CN_100m_R2025A_v1.tif': '90+/f',
      'chn_m_0_2020.tif': '0-0/m',
      'chn_f_1_2020_constrained.tif': '1-4/f',
      'chn_t_10_2025_CN_100m_R2025A_v1.tif': '10-14',
      'chn_ppp_2020.tif': 'total',
      'chn_ppp_2020_UNadj_constrained.tif': 'total',
      'population.tif': 'total',
      'worldpop_city.TIF': 'total',
      '常住人口2020.tif': 'total',
      'GHS_POP_E2020_GLOBE_R2023A_4326_3ss_V1_0.tif': 'total',
      'chn_general_2020.tif': 'total',
      'chn_elderly_60_plus_2020.tif': '60+',
      'chn_children_under_five_2020.tif': '0-4',
      'chn_youth_15_24_2020.tif': '15-24',
      'population_0-14.tif': '0-14',
      '人口65岁以上.tif': '65+',
      'chn_pd_2020_1km.tif': '#chn-pd-2020-1km',
      'gpw_v4_population_density_rev11_2020.tif': '#population-density',
      'poa_elevation.tif': '#elevation',
      'srtm_59_06.tif': '#elevation',
      'heat 2024.tif': '#heat-2024',
    };
    for (const [name, meaning] of Object.entries(cases)) expect([name, meaningOf(name)]).toEqual([name, meaning]);
  });

  it('asks the metadata where the name says nothing', () => {
    expect(meaningOf('a.tif', undefined, '<GDALMetadata><Item name="DESCRIPTION" sample="0" role="description">population count</Item></GDALMetadata>')).toBe('total');
    expect(meaningOf('a.tif', undefined, '<GDALMetadata><Item name="units">persons per km2, density</Item></GDALMetadata>')).toBe('#population-density');
  });
});

/** Position of a tag's entry in a little-endian classic file. */
const entryOf = (view: DataView, tag: number): number => {
  const directory = view.getUint32(4, true);
  for (let i = 0; i < view.getUint16(directory, true); i++) if (view.getUint16(directory + 2 + 12 * i, true) === tag) return directory + 2 + 12 * i;
  throw new Error(`no tag ${tag}`);
};

const setLong = (view: DataView, tag: number, value: number): void => {
  const entry = entryOf(view, tag);
  view.setUint16(entry + 2, 4, true);
  view.setUint32(entry + 8, value, true);
};

const patched = (spec: TiffSpec, change: (bytes: Uint8Array, view: DataView) => void): ByteSource => {
  const bytes = makeTiff(spec);
  change(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return bytesSource('bad.tif', bytes);
};

describe('geoTiffReader: damaged files', () => {
  const good: TiffSpec = { width: WIDTH, height: HEIGHT, values: someValues(), compression: 'deflate', rowsPerStrip: 5 };
  const codeOfPatched = (change: (bytes: Uint8Array, view: DataView) => void, spec = good): Promise<string> => codeOf(readAll(patched(spec, change), { group: 'total' }));

  it('says what is wrong', async () => {
    const bytes = makeTiff(good);
    expect(await codeOf(readAll(bytesSource('t.tif', bytes.slice(0, bytes.length / 2)), {}))).toBe('import/tiff-truncated');
    expect(await codeOf(readAll(bytesSource('t.tif', bytes.slice(0, 6)), {}))).toBe('import/tiff-not-tiff');
    expect(await codeOfPatched((_, view) => view.setUint32(4, 0, true))).toBe('import/tiff-no-image');
    expect(await codeOfPatched((_, view) => view.setUint32(4, 0xfffffff0, true))).toBe('import/tiff-truncated');
    expect(await codeOfPatched((b) => b.fill(0xa5, 8, 60))).toBe('import/tiff-block-damaged');
    expect(await codeOfPatched((_, view) => view.setUint16(entryOf(view, 259) + 8, 50000, true))).toBe('import/tiff-compression');
    expect(await codeOfPatched((_, view) => view.setUint16(entryOf(view, 317) + 8, 7, true))).toBe('import/tiff-predictor');
    expect(await codeOfPatched((_, view) => view.setUint16(entryOf(view, 258) + 8, 24, true))).toBe('import/tiff-sample-type');
    expect(await codeOfPatched((_, view) => view.setUint16(entryOf(view, 33550), 40000, true))).toBe('import/tiff-no-position');
  });

  it('allocates nothing for dimensions and byte counts that lie', async () => {
    expect(await codeOfPatched((_, view) => setLong(view, 256, 4_000_000_000))).toBe('import/tiff-too-large');
    expect(await codeOfPatched((_, view) => setLong(view, 257, 7000))).toBe('import/tiff-damaged');
    expect(await codeOfPatched((_, view) => view.setUint32(view.getUint32(entryOf(view, 279) + 8, true), 2 ** 31, true))).toBe('import/tiff-damaged');
    // Of a list that claims to be longer than there are blocks, only what the blocks need is read.
    expect(await codeOfPatched((_, view) => view.setUint32(entryOf(view, 279) + 4, 2 ** 31, true))).toBe('no error');
  });

  it('refuses deflate blocks that unpack to more than the block', async () => {
    const dense = makeTiff({ width: 1000, height: 1000, values: new Float32Array(1_000_000), compression: 'deflate' });
    const view = new DataView(dense.buffer);
    view.setUint16(entryOf(view, 257) + 8, 2, true);
    view.setUint16(entryOf(view, 278) + 8, 2, true);
    expect(await codeOf(readAll(bytesSource('bomb.tif', dense), { group: 'total' }))).toBe('import/tiff-block-damaged');
  });

  it('leaves a loop of directories', async () => {
    const source = patched(good, (_, view) => {
      const directory = view.getUint32(4, true);
      const count = view.getUint16(directory, true);
      view.setUint16(entryOf(view, 262), 254, true);
      view.setUint16(directory + 2 + 12 * 4 + 8, 1, true);
      view.setUint32(directory + 2 + 12 * count, directory, true);
    });
    expect(await codeOf(readAll(source, {}))).toBe('import/tiff-no-image');
  });

  it('stops when asked to', async () => {
    const controller = new AbortController();
    controller.abort();
    const iterate = async (): Promise<void> => {
      for await (const chunk of geoTiffReader.read(bytesSource('g.tif', makeTiff(good)), {}, { notes: new NoteBook(), signal: controller.signal }, { seen: {} })) expect(chunk).toBeUndefined();
    };
    expect(await codeOf(iterate())).toBe('core/cancelled');
  });

  it('refuses pictures', async () => {
    expect(await codeOf(readRaster({ width: 1, height: 1, values: [1, 2, 3], bands: 3, sample: 'uint8', extraTags: { 262: 2 } }))).toBe('import/tiff-picture');
  });
});

const WUHAN = '../shared/data/wuhan';

describe.skipIf(!existsSync(WUHAN))('WorldPop grids of Wuhan (needs ../shared)', () => {
  it('finds every person', async () => {
    // Summed with gdal_translate -of XYZ and awk.
    for (const [sex, persons] of [['f', 273_428.2952], ['m', 277_983.8432]] as const) {
      const source = await openFile(`${WUHAN}/pop_65_${sex}_wuhan.tif`);
      const { records } = await readAll(source);
      await source.close();
      const record = records[0] as PopulationRasterRecord;
      expect(record.group).toBe(`65-69/${sex}`);
      expect(record.values.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + value), 0)).toBeCloseTo(persons, 3);
    }
  });
});
