import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import { concat, deltas, field, packed, primitiveBlock, scalar, text, varint, zigzag } from '../../../test/pbf/craft-pbf.ts';
import type { CraftBlock } from '../../../test/pbf/craft-pbf.ts';
import type { BlockColumns } from './block-columns.ts';
import { NO_COORDINATE } from './block-columns.ts';
import { findBlobKernel } from './blob-kernel.ts';
import { BlockStrings } from './block-strings.ts';
import { MalformedBlock } from './pbf-error.ts';
import { BlockDecoder } from './primitive-block.ts';

const ALL = { nodes: true, ways: true, relations: true };

interface PlainObject {
  id: number;
  tags: Record<string, string>;
  [more: string]: unknown;
}

const span = (ends: Uint32Array, i: number): [number, number] => [i === 0 ? 0 : ends[i - 1], ends[i]];

/** Columns as plain objects, so that expectations can be read. */
function toObjects({ strings: table, nodes, ways, relations }: BlockColumns): { nodes: PlainObject[]; ways: PlainObject[]; relations: PlainObject[] } {
  const strings = new BlockStrings(table);
  return {
    nodes: Array.from(nodes.ids, (id, i) => {
      const at = nodes.tagged.indexOf(i);
      return { id, lonE7: nodes.lonE7[i], latE7: nodes.latE7[i], tags: at < 0 ? {} : strings.tags(nodes.tags, ...span(nodes.tagEnds, at)) };
    }),
    ways: Array.from(ways.ids, (id, i) => ({ id, refs: Array.from(ways.refs.subarray(...span(ways.refEnds, i))), tags: strings.tags(ways.tags, ...span(ways.tagEnds, i)) })),
    relations: Array.from(relations.ids, (id, i) => ({
      id,
      tags: strings.tags(relations.tags, ...span(relations.tagEnds, i)),
      members: Array.from({ length: relations.memberEnds[i] - (i === 0 ? 0 : relations.memberEnds[i - 1]) }, (_, k) => {
        const m = (i === 0 ? 0 : relations.memberEnds[i - 1]) + k;
        return { type: ['node', 'way', 'relation'][relations.memberTypes[m]], id: relations.memberIds[m], role: strings.get(relations.memberRoles[m]) };
      }),
    })),
  };
}

const kernel = findBlobKernel();
if (kernel === undefined) throw new Error('this host has no WebAssembly SIMD: the kernel cannot be tested');
const DECODERS = { 'in plain JavaScript': (): BlockDecoder => new BlockDecoder(), 'with the kernel': (): BlockDecoder => new BlockDecoder(kernel) };

/** A block with ids, deltas and tag counts of every magnitude that varints care about. */
function randomBlock(seed: number): Required<Pick<CraftBlock, 'nodes' | 'ways' | 'relations'>> {
  const random = new Random(seed);
  const id = (): number => (random.chance(0.2) ? -1 : 1) * Math.floor(2 ** random.between(0, random.pick([6, 14, 21, 28, 35, 53])));
  const tags = (): Record<string, string> => Object.fromEntries(Array.from({ length: random.integer(0, 4) }, () => [`k${random.integer(0, 300)}`, `值${random.integer(0, 300)}`]));
  return {
    nodes: Array.from({ length: random.integer(0, 60) }, () => ({ id: id(), lon: random.integer(-1_800_000_000, 1_800_000_000) / 1e7, lat: random.integer(-900_000_000, 900_000_000) / 1e7, tags: tags() })),
    ways: Array.from({ length: random.integer(0, 30) }, () => ({ id: id(), refs: Array.from({ length: random.integer(0, 12) }, id), tags: tags() })),
    relations: Array.from({ length: random.integer(0, 10) }, () => ({
      id: id(),
      tags: tags(),
      members: Array.from({ length: random.integer(0, 8) }, () => ({ type: random.pick(['node', 'way', 'relation'] as const), id: id(), role: random.pick(['', 'outer', 'inner']) })),
    })),
  };
}

describe.each(Object.entries(DECODERS))('decoding primitive blocks %s', (_, open) => {
  const decode = (block: CraftBlock): ReturnType<typeof toObjects> => toObjects(open().decode(primitiveBlock(block), ALL));

  it.each(Array.from({ length: 40 }, (_, i) => i + 1))('gives back what block %i was made of', (seed) => {
    const block = randomBlock(seed);
    const decoded = decode({ ...block, metadata: seed % 2 === 0, plainNodes: seed % 3 === 0 });
    expect(decoded.nodes).toEqual(block.nodes.map(({ id, lon, lat, tags }) => ({ id, lonE7: Math.round(lon * 1e7), latE7: Math.round(lat * 1e7), tags })));
    expect(decoded.ways).toEqual(block.ways);
    expect(decoded.relations).toEqual(block.relations);
  });

  it('decodes dense and plain nodes alike', () => {
    const { nodes } = randomBlock(99);
    expect(decode({ nodes }).nodes).toEqual(decode({ nodes, plainNodes: true }).nodes);
  });

  it('keeps nothing of one block in the next', () => {
    const decoder = open();
    const fresh = toObjects(decoder.decode(primitiveBlock(randomBlock(5)), ALL));
    decoder.decode(primitiveBlock({ ...randomBlock(6), granularity: 1000, lonOffset: 5000 }), ALL);
    expect(toObjects(decoder.decode(primitiveBlock(randomBlock(5)), ALL))).toEqual(fresh);
    expect(toObjects(decoder.decode(primitiveBlock({}), ALL))).toEqual({ nodes: [], ways: [], relations: [] });
  });

  it.each([1, 10, 100, 1000, 10_000])('applies granularity %i and offsets of either sign', (granularity) => {
    const nodes = [
      { id: 1, lon: 114.3054, lat: 30.5928 },
      { id: 2, lon: -8.61, lat: -41.15 },
    ];
    const decoded = decode({ nodes, granularity, lonOffset: 12_340_000, latOffset: -12_340_000 });
    for (const [i, { lon, lat }] of nodes.entries()) {
      expect(Math.abs((decoded.nodes[i]['lonE7'] as number) - lon * 1e7)).toBeLessThanOrEqual(granularity / 200 + 0.51);
      expect(Math.abs((decoded.nodes[i]['latE7'] as number) - lat * 1e7)).toBeLessThanOrEqual(granularity / 200 + 0.51);
    }
  });

  it('marks coordinates outside the world as missing', () => {
    const nodes = [
      { id: 1, lon: 180, lat: 90 },
      { id: 2, lon: 180.0000001, lat: 0 },
      { id: 3, lon: 0, lat: -90.0000001 },
      { id: 4, lon: 200_000, lat: -200_000 },
    ];
    expect(decode({ nodes }).nodes.map((node) => [node['lonE7'], node['latE7']])).toEqual([
      [1_800_000_000, 900_000_000],
      [NO_COORDINATE, 0],
      [0, NO_COORDINATE],
      [NO_COORDINATE, NO_COORDINATE],
    ]);
  });

  it('steps over what it was not asked for and says so', () => {
    const block = { nodes: [{ id: 1, lon: 1, lat: 1 }], ways: [{ id: 2, refs: [1, 2] }], relations: [{ id: 3, members: [] }] };
    const columns = open().decode(primitiveBlock(block), { nodes: false, ways: false, relations: true });
    expect([columns.nodes.count, columns.ways.count, columns.relations.count]).toEqual([0, 0, 1]);
    expect([columns.skippedNodes, columns.skippedWays]).toEqual([true, true]);
  });

  it('reads fields in any order, repeated packed fields and fields it does not know', () => {
    const way = concat(field(8, deltas([5, 9])), field(8, concat(zigzag(1))), field(3, packed([2])), scalar(99, 7), field(2, packed([1])), varint((15 << 3) | 5), [1, 2, 3, 4], varint((15 << 3) | 1), [1, 2, 3, 4, 5, 6, 7, 8], scalar(1, 77));
    const block = concat(field(2, field(3, way)), scalar(17, 100), field(1, concat(field(1, text('')), field(1, text('a')), field(1, text('b')))));
    expect(toObjects(open().decode(block, ALL)).ways).toEqual([{ id: 77, refs: [5, 9, 10], tags: { a: 'b' } }]);
  });

  it('reads tag lists in two parts', () => {
    const way = concat(scalar(1, 7), field(2, packed([1])), field(2, packed([2])), field(3, packed([2])), field(3, packed([1])));
    const block = concat(field(2, field(3, way)), field(1, concat(field(1, text('')), field(1, text('a')), field(1, text('b')))));
    expect(toObjects(open().decode(block, ALL)).ways).toEqual([{ id: 7, refs: [], tags: { a: 'b', b: 'a' } }]);
  });

  it('reads ways with any number of tags, their strings far into the table or not', () => {
    for (const shift of [0, 120, 250, 16_380]) {
      const filler = Object.fromEntries(Array.from({ length: shift }, (_, i) => [`f${i}`, '']));
      const ways = [{ id: 1, refs: [], tags: filler }, ...Array.from({ length: 90 }, (_, n) => ({ id: n + 2, refs: [n], tags: Object.fromEntries(Array.from({ length: n }, (_, i) => [`k${i}`, `v${(i * 7) % 50}`])) }))];
      expect(decode({ ways }).ways).toEqual(ways);
    }
  });
});

describe.each(Object.entries(DECODERS))('damaged blocks %s', (_, open) => {
  const strings = field(1, concat(field(1, text('')), field(1, text('k'))));
  const group = (content: Uint8Array): Uint8Array => concat(strings, field(2, content));
  const cases: Record<string, Uint8Array> = {
    'a group longer than its block': concat(strings, varint((2 << 3) | 2), varint(1000), [1, 2, 3]),
    'a way longer than its group': group(concat(varint((3 << 3) | 2), varint(100), [8, 1])),
    'refs longer than their way': group(field(3, concat(scalar(1, 1), varint((8 << 3) | 2), varint(100), [1]))),
    'a varint cut off by its field': group(field(3, concat(scalar(1, 1), field(8, [0x80, 0x80])))),
    'a varint cut off by the block': group(field(3, concat(scalar(1, 1), field(8, [0x80])))),
    'a varint of eleven bytes': group(field(3, concat(scalar(1, 1), field(8, [...Array(10).fill(0x80), 1])))),
    'an id of eleven bytes': group(field(3, concat([8], Array(10).fill(0x80), [1]))),
    'fewer values than keys': group(field(3, concat(scalar(1, 1), field(2, packed([1, 1])), field(3, packed([1]))))),
    'more values than keys': group(field(3, concat(scalar(1, 1), field(3, packed([1]))))),
    'fewer latitudes than ids': group(field(2, concat(field(1, deltas([1, 2])), field(8, deltas([1])), field(9, deltas([1, 2]))))),
    'dense tags without an end': group(field(2, concat(field(1, deltas([1])), field(8, deltas([1])), field(9, deltas([1])), field(10, packed([1, 1]))))),
    'a dense key without a value': group(field(2, concat(field(1, deltas([1])), field(8, deltas([1])), field(9, deltas([1])), field(10, packed([1, 0]))))),
    'dense tags for more nodes than there are': group(field(2, concat(field(1, deltas([1])), field(8, deltas([1])), field(9, deltas([1])), field(10, packed([0, 1, 1, 0]))))),
    'members without roles': group(field(4, concat(scalar(1, 1), field(9, deltas([1])), field(10, packed([1]))))),
    'an unknown wire type': concat(strings, [0x0f]),
    'a string table beyond the block': concat(varint((1 << 3) | 2), varint(50), [1]),
    'a length of 2³²': concat(varint((2 << 3) | 2), varint(4294967296), [1]),
    'a length of 2⁶⁴−1': concat(varint((2 << 3) | 2), varint(-1), [1]),
    'one byte of a tag': Uint8Array.of(0x80),
  };

  it.each(Object.keys(cases))('refuses %s', (name) => {
    expect(() => open().decode(cases[name], ALL)).toThrow(MalformedBlock);
  });

  it('refuses an index outside the string table when it is looked up', () => {
    const columns = open().decode(group(field(3, concat(scalar(1, 1), field(2, packed([7])), field(3, packed([1]))))), ALL);
    expect(() => toObjects(columns)).toThrow(MalformedBlock);
  });

  it('stops at every cut and survives 4,000 mutations: a result or MalformedBlock, nothing else', () => {
    const decoder = open();
    const attempt = (bytes: Uint8Array): void => {
      try {
        toObjects(decoder.decode(bytes, ALL));
      } catch (error) {
        if (!(error instanceof MalformedBlock)) throw error;
      }
    };
    const whole = primitiveBlock({ ...randomBlock(3), metadata: true });
    for (let cut = 0; cut < whole.length; cut += 3) attempt(whole.slice(0, cut));
    const random = new Random(11);
    for (let i = 0; i < 4000; i++) {
      const mutated = whole.slice();
      for (let k = random.integer(1, 6); k > 0; k--) mutated[random.integer(0, mutated.length - 1)] = random.pick([0, 0x7f, 0x80, 0xff, random.integer(0, 255)]);
      attempt(mutated);
    }
  });
});

/** What a decoder makes of bytes: columns as objects, or that they are damaged. */
function outcome(decoder: BlockDecoder, bytes: Uint8Array): ReturnType<typeof toObjects> | 'damaged' {
  try {
    return toObjects(decoder.decode(bytes, ALL));
  } catch (error) {
    if (error instanceof MalformedBlock) return 'damaged';
    throw error;
  }
}

/** Ids beyond ±2⁵³, which no file has: the twin sums them up in doubles, the kernel in 64 bits. */
const hasInexactIds = ({ nodes, ways, relations }: ReturnType<typeof toObjects>): boolean =>
  !JSON.stringify([nodes.map((n) => n.id), ways.map((w) => [w.id, w['refs']]), relations.map((r) => r.id)])
    .split(/[^\d.e+-]+/)
    .every((number) => number === '' || Number.isSafeInteger(Number(number)));

describe('kernel and twin', () => {
  it('make the same of 3,000 mutated blocks', () => {
    const [plain, fast] = [new BlockDecoder(), new BlockDecoder(kernel)];
    const random = new Random(21);
    let sound = 0;
    for (let i = 0; i < 3000; i++) {
      const bytes = primitiveBlock({ ...randomBlock(i % 50), metadata: i % 2 === 0 });
      for (let k = random.integer(0, 2); k > 0; k--) bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
      const expected = outcome(plain, bytes);
      const actual = outcome(fast, bytes);
      if (expected !== 'damaged' && hasInexactIds(expected)) expect(actual).not.toBe('damaged');
      else expect(actual, `mutation ${i}`).toEqual(expected);
      if (expected !== 'damaged') sound++;
    }
    expect(sound).toBeGreaterThan(500);
    expect(sound).toBeLessThan(3000);
  });
});
