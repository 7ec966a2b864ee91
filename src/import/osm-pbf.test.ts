import { execFileSync, spawnSync } from 'node:child_process';
import { deflateSync } from 'node:zlib';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ChengmaiError } from '../core/errors.ts';
import { NoteBook } from '../core/note.ts';
import type { Note } from '../core/note.ts';
import { Random } from '../core/random.ts';
import { findRunnableModule, siblingModule } from '../engine/pool/task-pool.ts';
import { areaM2 } from '../engine/spatial/measure.ts';
import { concat, deltas, field, frame, headerBlob, packed, pbfFile, primitiveBlock, scalar, text, varint } from '../../test/pbf/craft-pbf.ts';
import type { CraftBlock, CraftNode, CraftRelation, CraftWay } from '../../test/pbf/craft-pbf.ts';
import { bytesSource, openFile } from './byte-source.ts';
import type { ByteSource, FeatureRecord, ImportFacts, ImportRecord, TurnRestrictionRecord } from './model.ts';
import { countOsm } from './osm/count-osm.ts';
import { readOsm } from './osm/read-osm.ts';
import { readStreets } from './osm/read-streets.ts';
import { osmPbfReader } from './osm-pbf.ts';

interface Reading {
  records: ImportRecord[];
  features: FeatureRecord[];
  restrictions: TurnRestrictionRecord[];
  notes: Note[];
  facts: ImportFacts;
}

async function read(source: ByteSource, threads?: number): Promise<Reading> {
  const notes = new NoteBook();
  const facts: ImportFacts = { seen: {} };
  const records: ImportRecord[] = [];
  const chunks = threads === undefined ? osmPbfReader.read(source, {}, { notes }, facts) : readOsm(source, { threads }, { notes }, facts);
  for await (const chunk of chunks) records.push(...chunk);
  return {
    records,
    features: records.filter((record) => record.type === 'feature'),
    restrictions: records.filter((record) => record.type === 'turn-restriction'),
    notes: notes.list(),
    facts,
  };
}

const readBlocks = (...blocks: CraftBlock[]): Promise<Reading> => read(bytesSource('craft.osm.pbf', pbfFile(...blocks)));
const node = (id: number, lon: number, lat: number, tags?: Record<string, string>): CraftNode => ({ id, lon, lat, ...(tags && { tags }) });

/** Nodes of a square of `size` degrees with the ids from `first`, and the refs that close it. */
function square(first: number, lon: number, lat: number, size: number): { nodes: CraftNode[]; refs: number[] } {
  return {
    nodes: [node(first, lon, lat), node(first + 1, lon + size, lat), node(first + 2, lon + size, lat + size), node(first + 3, lon, lat + size)],
    refs: [first, first + 1, first + 2, first + 3, first],
  };
}

const outline = (feature: FeatureRecord): string => `${feature.layer} ${feature.kind} ${feature.sourceId} ${feature.geometry.type}`;
const codes = (reading: Reading): Record<string, number> => Object.fromEntries(reading.notes.map((note) => [note.code, note.count]));

describe('features of crafted files', () => {
  it('sends an object to every layer its tags name', async () => {
    const ground = square(10, 114.3, 30.5, 0.002);
    const { features } = await readBlocks({
      nodes: [
        node(1, 114.3, 30.6, { highway: 'bus_stop', name: '中山公园' }),
        node(2, 114.3, 30.61, { barrier: 'gate', entrance: 'main' }),
        node(3, 114.3, 30.62, { place: 'suburb', name: '汉口', 'name:en': 'Hankou', 'name:zh': '汉口' }),
        node(4, 114.3, 30.63),
        node(5, 114.3, 30.64, { amenity: 'no', note: 'gone' }),
        ...ground.nodes,
      ],
      ways: [
        { id: 1, refs: ground.refs, tags: { amenity: 'school', name: '实验小学' } },
        { id: 2, refs: ground.refs, tags: { building: 'school', amenity: 'school' } },
        { id: 3, refs: [1, 2, 3], tags: { highway: 'residential', bridge: 'yes' } },
        { id: 4, refs: [1, 2], tags: { railway: 'subway' } },
        { id: 5, refs: ground.refs, tags: { highway: 'pedestrian' } },
        { id: 6, refs: ground.refs, tags: { highway: 'pedestrian', area: 'yes' } },
        { id: 7, refs: ground.refs, tags: { landuse: 'reservoir' } },
        { id: 8, refs: [1, 2, 3], tags: { waterway: 'canal' } },
        { id: 9, refs: [1, 2, 3], tags: { natural: 'coastline' } },
        { id: 10, refs: ground.refs, tags: { barrier: 'fence' } },
        { id: 11, refs: ground.refs, tags: { leisure: 'park', area: 'no' } },
        { id: 12, refs: [1, 2, 3] },
        { id: 13, refs: [1, 2, 3], tags: { highway: 'residential', historic: 'yes' } },
      ],
    });
    expect(features.map(outline)).toEqual([
      'poi bus_stop node/1 Point',
      'street-point gate node/2 Point',
      'place-name suburb node/3 Point',
      'land-use school way/1 Polygon',
      'poi school way/1 Polygon',
      'building school way/2 Polygon',
      'poi school way/2 Polygon',
      'street residential way/3 LineString',
      'railway subway way/4 LineString',
      'street pedestrian way/5 LineString',
      'street pedestrian way/6 Polygon',
      'water reservoir way/7 Polygon',
      'water canal way/8 LineString',
      'water coastline way/9 LineString',
      'poi park way/11 LineString',
      'street residential way/13 LineString',
    ]);
    const suburb = features.find((feature) => feature.sourceId === 'node/3');
    expect([suburb?.name, suburb?.nameEn, suburb?.attributes['name:zh']]).toEqual(['汉口', 'Hankou', '汉口']);
    const street = features.find((feature) => feature.sourceId === 'way/3');
    expect([...(street?.nodeIds ?? [])]).toEqual([1, 2, 3]);
    expect([...(street?.geometry.coordinates ?? [])]).toEqual([114.3, 30.6, 114.3, 30.61, 114.3, 30.62]);
    const area = features.find((feature) => feature.sourceId === 'way/6');
    expect([...(area?.nodeIds ?? [])]).toEqual(ground.refs);
  });

  it('finds objects whatever their order, dense or plain, in one block or many, with ids beyond 2³² and below 0', async () => {
    const big = 2 ** 33 + 5;
    const nodes = [node(-7, 1, 1), node(big, 1.001, 1), node(3, 1.002, 1, { shop: 'tea' })];
    const ways: CraftWay[] = [{ id: big + 1, refs: [-7, big, 3], tags: { highway: 'path' } }];
    const orders: CraftBlock[][] = [
      [{ nodes, ways }],
      [{ ways }, {}, { nodes: nodes.slice(2) }, { nodes: nodes.slice(0, 2), plainNodes: true }],
      [{ nodes: nodes.toReversed(), metadata: true, plainNodes: true }, { ways, metadata: true }],
    ];
    for (const order of orders) {
      const { features, facts, notes } = await readBlocks(...order);
      expect(features.map(outline).toSorted()).toEqual(['poi tea node/3 Point', `street path way/${big + 1} LineString`]);
      expect([...(features.find((feature) => feature.layer === 'street')?.nodeIds ?? [])]).toEqual([-7, big, 3]);
      expect(facts.seen).toEqual({ nodes: 3, ways: 1, relations: 0 });
      expect(notes).toEqual([]);
    }
  });

  it('reads the same from compressed and plain blobs', async () => {
    const block = primitiveBlock({ nodes: [node(1, 5, 5, { shop: 'tea' })] });
    const reading = await read(bytesSource('plain.pbf', concat(headerBlob(), frame('OSMData', block, { plain: true }), frame('Unknown', text('skip me')), frame('OSMData', block))));
    expect(reading.features.length).toBe(2);
  });

  it('notes bad coordinates, missing nodes, gaps, self-crossing and empty areas with the ids', async () => {
    const nodes = [node(1, 10, 10), node(2, 10.001, 10), node(3, 10.001, 10.001), node(4, 10, 10.001), node(5, 200, 10, { shop: 'lost' }), node(6, 10.002, 10), node(7, 10.003, 10)];
    const reading = await readBlocks({
      nodes,
      ways: [
        { id: 1, refs: [1, 2, 5, 6, 7], tags: { highway: 'service' } },
        { id: 2, refs: [1, 3, 2, 4, 1], tags: { building: 'yes' } },
        { id: 3, refs: [98, 99], tags: { highway: 'service' } },
        { id: 4, refs: [1, 2, 6, 1], tags: { building: 'yes' } },
        { id: 5, refs: [1, 2, 3], tags: { building: 'yes' } },
        { id: 6, refs: [1, 2, 3, 4, 1], tags: { 'building:part': 'yes' } },
      ],
    });
    expect(reading.features.map(outline)).toEqual(['street service way/1 LineString', 'street service way/1#2 LineString', 'building yes way/2 Polygon']);
    expect([...(reading.features[1].nodeIds ?? [])]).toEqual([6, 7]);
    expect(codes(reading)).toEqual({ 'osm/bad-coordinate': 1, 'osm/missing-node': 2, 'osm/self-crossing': 1, 'osm/way-without-nodes': 1, 'osm/empty-area': 1, 'osm/open-area': 1, 'osm/building-part': 1 });
    expect(reading.notes.find((note) => note.code === 'osm/bad-coordinate')?.examples).toEqual([{ file: 'craft.osm.pbf', field: 'id', value: 'node/5' }]);
    expect(reading.notes.find((note) => note.code === 'osm/self-crossing')?.examples[0].value).toBe('way/2');
  });

  it('keeps text that a database cannot take out of the records', async () => {
    const { features } = await readBlocks({ nodes: [node(1, 1, 1, { shop: 'a\0b', __proto__x: 'y' })] });
    expect(features[0].kind).toBe('ab');
  });
});

const relation = (tags: Record<string, string>, members: [number, string][]): CraftRelation => ({ id: 1, tags: { type: 'multipolygon', ...tags }, members: members.map(([id, role]) => ({ type: 'way', id, role })) });

describe('multipolygons', () => {
  const outer = square(1, 10, 10, 0.01);
  const inner = square(11, 10.002, 10.002, 0.002);
  const other = square(21, 10.02, 10, 0.01);
  const otherInner = square(31, 10.022, 10.002, 0.002);
  const nodes = [...outer.nodes, ...inner.nodes, ...other.nodes, ...otherInner.nodes];
  const innerWays: CraftWay[] = [
    { id: 2, refs: inner.refs },
    { id: 4, refs: otherInner.refs },
  ];

  it('builds two outer rings, one out of three ways, each with its hole', async () => {
    const [a, b, c, d] = outer.refs;
    const ways: CraftWay[] = [...innerWays, { id: 5, refs: [a, b] }, { id: 6, refs: [c, b] }, { id: 7, refs: [c, d, a] }, { id: 3, refs: other.refs }];
    const { features, notes } = await readBlocks({ nodes, ways, relations: [relation({ landuse: 'forest' }, [[5, 'outer'], [2, 'inner'], [6, 'outer'], [3, 'outer'], [4, 'inner'], [7, 'outer']])] });
    expect(features.map(outline)).toEqual(['land-use forest relation/1 MultiPolygon']);
    const { geometry } = features[0];
    expect([...(geometry.partEnds ?? [])]).toEqual([5, 10, 15, 20]);
    expect([...(geometry.polygonEnds ?? [])]).toEqual([2, 4]);
    const whole = areaM2({ type: 'Polygon', coordinates: Float64Array.of(10, 10, 10.01, 10, 10.01, 10.01, 10, 10.01, 10, 10), partEnds: Uint32Array.of(5) });
    expect(areaM2(geometry) / (2 * whole * 0.96)).toBeCloseTo(1, 4);
    expect(notes).toEqual([]);
  });

  it('takes the tags of the outer way where the relation has none, and counts the area once', async () => {
    const ways: CraftWay[] = [...innerWays, { id: 3, refs: other.refs, tags: { natural: 'water', name: '东湖' } }];
    const { features } = await readBlocks({ nodes, ways, relations: [relation({}, [[3, 'outer'], [4, 'inner']])] });
    expect(features.map(outline)).toEqual(['water water relation/1 Polygon']);
    expect([features[0].name, features[0].geometry.partEnds?.length]).toEqual(['东湖', 2]);
  });

  it('takes an outer way tagged like its relation once, and keeps what else it is', async () => {
    const ways: CraftWay[] = [...innerWays, { id: 3, refs: other.refs, tags: { building: 'yes', barrier: 'wall', shop: 'mall' } }];
    const reading = await readBlocks({ nodes, ways, relations: [relation({ building: 'yes' }, [[3, 'outer'], [4, 'inner']])] });
    expect(reading.features.map(outline)).toEqual(['building yes relation/1 Polygon', 'poi mall way/3 Polygon']);
    expect(codes(reading)).toEqual({ 'osm/outer-repeats-relation': 1 });
  });

  it('keeps an inner way that is something itself', async () => {
    const ways: CraftWay[] = [{ id: 3, refs: other.refs }, { id: 4, refs: otherInner.refs, tags: { natural: 'water' } }];
    const { features } = await readBlocks({ nodes, ways, relations: [relation({ landuse: 'forest' }, [[3, 'outer'], [4, 'inner']])] });
    expect(features.map(outline).toSorted()).toEqual(['land-use forest relation/1 Polygon', 'water water way/4 Polygon']);
  });

  it('notes rings that do not close and members that the file lacks; keeps a boundary as lines', async () => {
    const ways: CraftWay[] = [{ id: 3, refs: other.refs.slice(0, 3) }];
    const park = await readBlocks({ nodes, ways, relations: [relation({ leisure: 'park' }, [[3, 'outer'], [99, 'outer']])] });
    expect(park.features).toEqual([]);
    expect(codes(park)).toEqual({ 'osm/missing-member': 1, 'osm/unclosed-ring': 1, 'osm/relation-without-area': 1 });
    const city = await readBlocks({ nodes, ways, relations: [relation({ type: 'boundary', boundary: 'administrative', admin_level: '6' }, [[3, 'outer'], [99, 'outer']])] });
    expect(city.features.map(outline)).toEqual(['boundary administrative relation/1 LineString']);
    expect(city.features[0].attributes['admin_level']).toBe('6');
    expect(codes(city)['osm/boundary-as-lines']).toBe(1);
  });

  it('makes an administrative area of a boundary relation, its labels and sub-areas aside', async () => {
    const ways: CraftWay[] = [...innerWays, { id: 3, refs: other.refs }];
    const boundary: CraftRelation = { id: 8, tags: { type: 'boundary', boundary: 'administrative', admin_level: '8', name: '江岸区' }, members: [{ type: 'way', id: 3, role: 'outer' }, { type: 'way', id: 4, role: 'subarea' }, { type: 'node', id: 1, role: 'admin_centre' }, { type: 'relation', id: 9, role: 'subarea' }] };
    const { features, notes } = await readBlocks({ nodes, ways, relations: [boundary] });
    expect(features.map(outline)).toEqual(['boundary administrative relation/8 Polygon']);
    expect(features[0].geometry.partEnds?.length).toBe(1);
    expect(notes).toEqual([]);
  });
});

const member = (type: 'node' | 'way', id: number, role: string): CraftRelation['members'][number] => ({ type, id, role });

describe('turn restrictions', () => {

  it('reads restrictions via a node, via ways and for a class of vehicles, and notes incomplete ones', async () => {
    const reading = await readBlocks({
      relations: [
        { id: 1, tags: { type: 'restriction', restriction: 'no_left_turn' }, members: [member('way', 10, 'from'), member('node', 5, 'via'), member('way', 11, 'to')] },
        { id: 2, tags: { type: 'restriction', restriction: 'no_u_turn' }, members: [member('way', 12, 'to'), member('way', 13, 'via'), member('way', 14, 'via'), member('way', 10, 'from')] },
        { id: 3, tags: { type: 'restriction', 'restriction:hgv': 'no_entry', except: 'bus' }, members: [member('way', 1, 'from'), member('way', 2, 'from'), member('node', 2 ** 34, 'via'), member('way', 3, 'to')] },
        { id: 4, tags: { type: 'restriction', restriction: 'no_exit' }, members: [member('way', 1, 'from'), member('way', 3, 'to')] },
        { id: 5, tags: { type: 'route', route: 'bus' }, members: [member('way', 1, '')] },
      ],
    });
    expect(reading.restrictions.map(({ sourceId, kind, fromWays, viaNode, viaWays, toWays }) => [sourceId, kind, fromWays, viaNode, viaWays, toWays])).toEqual([
      ['relation/1', 'no_left_turn', [10], 5, [], [11]],
      ['relation/2', 'no_u_turn', [10], undefined, [13, 14], [12]],
      ['relation/3', 'no_entry', [1, 2], 2 ** 34, [], [3]],
    ]);
    expect(reading.restrictions[2].attributes).toMatchObject({ except: 'bus' });
    expect(codes(reading)).toEqual({ 'osm/incomplete-restriction': 1 });
  });
});

describe('recognising files', () => {
  const file = concat(headerBlob({ box: [114.1, 30.4, 114.6, 30.8], program: 'craft/1' }), frame('OSMData', primitiveBlock({})));

  it('knows a PBF file by its first bytes, not its name', () => {
    expect(osmPbfReader.detect('anything.bin', file)).toEqual({ format: 'osm-pbf', confidence: 1 });
    for (const head of [new Uint8Array(), Uint8Array.of(0, 0, 0, 13), text('<?xml version="1.0"?><osm version="0.6">'), text('PK\x03\x04'), frame('OSMData', text(''))]) {
      expect(osmPbfReader.detect('x.osm.pbf', head)).toBeUndefined();
    }
  });

  it('previews extent and writer from the header alone', async () => {
    const preview = await osmPbfReader.preview(bytesSource('wuhan.osm.pbf', file), {}, { notes: new NoteBook() });
    expect(preview).toMatchObject({ crs: 'EPSG:4326', crsGuessed: false, box: [114.1, 30.4, 114.6, 30.8] });
    expect(preview.summary.en).toContain('craft/1');
  });

  it('says that a coordinate system given for OSM data is not applied', async () => {
    const notes = new NoteBook();
    const facts: ImportFacts = { seen: {} };
    for await (const chunk of osmPbfReader.read(bytesSource('a.pbf', file), { crs: 'GCJ-02' }, { notes }, facts)) expect(chunk).toEqual([]);
    expect(notes.list().map((note) => note.code)).toEqual(['osm/crs-ignored']);
    expect(facts).toMatchObject({ crs: 'EPSG:4326', crsGuessed: false, seen: { nodes: 0, ways: 0, relations: 0 } });
  });
});

const failure = async (bytes: Uint8Array): Promise<ChengmaiError> => {
  const error: unknown = await read(bytesSource('bad.osm.pbf', bytes)).then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof ChengmaiError)) throw new Error(`expected a ChengmaiError, got ${String(error)}`);
  return error;
};

describe('files that cannot be used', () => {
  const block = primitiveBlock({ nodes: [node(1, 1, 1, { shop: 'a' })], ways: [{ id: 1, refs: [1], tags: { highway: 'path' } }] });
  const start = headerBlob();
  const cases: Record<string, [Uint8Array, string]> = {
    'an empty file': [new Uint8Array(), 'import/pbf-corrupt'],
    'a file without a header blob': [frame('OSMData', block), 'import/pbf-corrupt'],
    'a header length of zero': [concat(start, [0, 0, 0, 0, 1]), 'import/pbf-corrupt'],
    'a header length beyond the limit': [concat(start, [0, 1, 0, 1, 1]), 'import/pbf-corrupt'],
    'a blob header without size': [concat(start, [0, 0, 0, 9], field(1, text('OSMData'))), 'import/pbf-corrupt'],
    'a blob size beyond the limit': [concat(start, [0, 0, 0, 14], field(1, text('OSMData')), scalar(3, 33 * 2 ** 20)), 'import/pbf-corrupt'],
    'a blob without content': [concat(start, frame('OSMData', block, { blob: new Uint8Array() })), 'import/pbf-corrupt'],
    'a blob without its raw size': [concat(start, frame('OSMData', block, { blob: field(3, deflateSync(block)) })), 'import/pbf-corrupt'],
    'a raw size that is too small': [concat(start, frame('OSMData', block, { rawSize: block.length - 1 })), 'import/pbf-corrupt'],
    'a raw size that is too large': [concat(start, frame('OSMData', block, { rawSize: block.length + 1 })), 'import/pbf-corrupt'],
    'a raw size of zero': [concat(start, frame('OSMData', block, { rawSize: 0 })), 'import/pbf-corrupt'],
    'a raw size beyond the limit': [concat(start, frame('OSMData', block, { rawSize: 2 ** 40 })), 'import/pbf-corrupt'],
    'a zip bomb that admits its size': [concat(start, frame('OSMData', new Uint8Array(64 * 2 ** 20))), 'import/pbf-corrupt'],
    'a zip bomb that lies about its size': [concat(start, frame('OSMData', new Uint8Array(64 * 2 ** 20), { rawSize: 1000 })), 'import/pbf-corrupt'],
    'garbage in place of a zlib stream': [concat(start, frame('OSMData', block, { blob: concat(scalar(2, 10), field(3, text('not zlib!'))) })), 'import/pbf-corrupt'],
    'a compression that is not read': [concat(start, frame('OSMData', block, { blob: concat(scalar(2, 10), field(7, text('zstd'))) })), 'import/pbf-corrupt'],
    'a damaged block': [concat(start, frame('OSMData', concat(varint((2 << 3) | 2), varint(99)))), 'import/pbf-corrupt'],
    'a tag outside the string table': [concat(start, frame('OSMData', field(2, field(3, concat(scalar(1, 1), field(2, packed([5])), field(3, packed([6])), field(8, deltas([1]))))))), 'import/pbf-corrupt'],
    'full history': [headerBlob({ required: ['OsmSchema-V0.6', 'HistoricalInformation'] }), 'import/pbf-history'],
    'a feature it does not know': [headerBlob({ required: ['OsmSchema-V0.7'] }), 'import/pbf-feature'],
  };

  it.each(Object.keys(cases))('refuses %s, naming the file and the place', async (name) => {
    const [bytes, code] = cases[name];
    const error = await failure(bytes);
    expect(error).toMatchObject({ kind: 'input', code, place: { file: 'bad.osm.pbf' } });
    if (code === 'import/pbf-corrupt') {
      expect(error.place.field).toBe('byte');
      expect(Number(error.place.value)).toBeLessThanOrEqual(bytes.length);
      expect(error.text.zh).toContain('bad.osm.pbf');
    }
  });

  it('names the byte where the damaged blob starts', async () => {
    const good = frame('OSMData', block);
    const error = await failure(concat(start, good, [0, 0, 0, 0]));
    expect(error.place.value).toBe(String(start.length + good.length));
  });

  it('refuses a file cut off anywhere but between blobs', async () => {
    const blobs = [start, frame('OSMData', block), frame('OSMData', block)];
    const whole = concat(...blobs);
    const between = new Set([start.length, start.length + blobs[1].length]);
    for (let cut = 1; cut < whole.length; cut++) {
      if (between.has(cut)) continue;
      expect(await failure(whole.slice(0, cut)), `cut at ${cut}`).toMatchObject({ kind: 'input', code: 'import/pbf-truncated' });
    }
  });

  it('survives 1,500 mutations of a file: records or an input error, nothing else', async () => {
    const ground = square(1, 10, 10, 0.01);
    const whole = concat(
      headerBlob(),
      frame('OSMData', primitiveBlock({ nodes: ground.nodes, ways: [{ id: 1, refs: ground.refs, tags: { building: 'yes' } }] }), { plain: true }),
      frame('OSMData', primitiveBlock({ relations: [{ id: 1, tags: { type: 'multipolygon', landuse: 'grass' }, members: [{ type: 'way', id: 1, role: 'outer' }] }] }), { plain: true }),
    );
    const random = new Random(8);
    let refused = 0;
    for (let i = 0; i < 1500; i++) {
      const mutated = whole.slice();
      for (let k = random.integer(1, 4); k > 0; k--) mutated[random.integer(0, mutated.length - 1)] = random.pick([0, 1, 0x7f, 0x80, 0xff, random.integer(0, 255)]);
      await read(bytesSource('fuzz.pbf', mutated)).catch((error: unknown) => {
        if (!(error instanceof ChengmaiError) || error.kind !== 'input') throw error;
        refused++;
      });
    }
    expect(refused).toBeGreaterThan(0);
  });

  it('stops when cancelled', async () => {
    const abort = new AbortController();
    const bytes = pbfFile(...Array.from({ length: 5 }, () => ({ nodes: [node(1, 1, 1)] })));
    const reading = osmPbfReader.read(bytesSource('a.pbf', bytes), {}, { notes: new NoteBook(), signal: abort.signal, report: () => abort.abort() }, { seen: {} });
    await expect((async () => { for await (const chunk of reading) expect(chunk.length).toBe(0); })()).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

const data = join(import.meta.dirname, '../../../shared/data');
const FILES = ['helsinki/Helsinki.osm.pbf', 'porto/porto.osm.pbf', 'porto-alegre/poa_osm.pbf', 'turn-restrictions/cathedral-no-left.pbf', 'turn-restrictions/reisterstown-via-restriction.pbf'];
const hasOsmium = spawnSync('osmium', ['--version']).status === 0;
const canThread = findRunnableModule(siblingModule(import.meta.url, 'osm/decode-task')) !== undefined;

async function withFile<T>(name: string, work: (source: ByteSource) => Promise<T>): Promise<T> {
  const source = await openFile(join(data, name));
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

describe.skipIf(!existsSync(data))('real cities (need ../shared/data)', () => {

  it.skipIf(!hasOsmium).each(FILES)('counts and bounds %s as osmium does', async (name) => {
    const info = JSON.parse(execFileSync('osmium', ['fileinfo', '--extended', '--json', join(data, name)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) as {
      data: { count: { nodes: number; ways: number; relations: number }; bbox: number[] };
    };
    const counts = await withFile(name, (source) => countOsm(source));
    expect({ nodes: counts.nodes, ways: counts.ways, relations: counts.relations }).toEqual({ nodes: info.data.count.nodes, ways: info.data.count.ways, relations: info.data.count.relations });
    expect(counts.box).toEqual(info.data.bbox);
    const { facts } = await withFile(name, (source) => read(source));
    expect(facts.seen).toEqual({ nodes: counts.nodes, ways: counts.ways, relations: counts.relations });
  });

  it.each(FILES)('gives sound records of %s', async (name) => {
    const { features, restrictions } = await withFile(name, (source) => read(source));
    const streets = features.filter((feature) => feature.layer === 'street' && feature.geometry.type === 'LineString');
    expect(streets.length).toBeGreaterThan(1000);
    for (const street of streets) expect(street.nodeIds?.length).toBe(street.geometry.coordinates.length / 2);
    for (const { geometry, sourceId } of features) {
      for (const value of geometry.coordinates) if (!Number.isFinite(value)) throw new Error(`${sourceId} has a coordinate ${value}`);
      if (geometry.type === 'Polygon') expect(geometry.coordinates.length, sourceId).toBeGreaterThanOrEqual(8);
    }
    const keys = features.map((feature) => `${feature.layer} ${feature.sourceId}`);
    expect(new Set(keys).size).toBe(keys.length);
    if (name.startsWith('turn-restrictions')) expect(restrictions.length).toBeGreaterThan(0);
  });

  it.skipIf(!canThread)('reads the same on threads as without', async () => {
    const inThread = await withFile('helsinki/Helsinki.osm.pbf', (source) => read(source, 0));
    const onThreads = await withFile('helsinki/Helsinki.osm.pbf', (source) => read(source, 2));
    expect(onThreads.records).toEqual(inThread.records);
    expect(onThreads.notes).toEqual(inThread.notes);
  });

  it('reads the same streets on their own as with everything else', async () => {
    const { features } = await withFile('porto-alegre/poa_osm.pbf', (source) => read(source));
    const whole = new Map(features.filter((feature) => feature.layer === 'street' && feature.geometry.type === 'LineString').map((street) => [street.sourceId, street]));
    let found = 0;
    await withFile('porto-alegre/poa_osm.pbf', async (source) => {
      for await (const chunk of readStreets(source)) {
        for (let i = 0; i < chunk.count; i++) {
          const street = whole.get(`way/${chunk.wayIds[i]}`);
          if (street === undefined) continue;
          found++;
          const start = i === 0 ? 0 : chunk.ends[i - 1];
          expect(chunk.nodeIds.slice(start, chunk.ends[i])).toEqual(street.nodeIds);
          expect(chunk.lonE7[start] / 1e7).toBe(street.geometry.coordinates[0]);
          expect(chunk.tagsOf(i)).toEqual(street.attributes);
        }
      }
    });
    expect(found).toBe(whole.size);
  });
});
