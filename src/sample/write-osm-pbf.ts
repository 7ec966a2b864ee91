/**
 * Writes .osm.pbf files (OpenStreetMap wiki, "PBF Format"): zlib blobs of at most 8,000 entities, dense nodes,
 * sorted by type then id, without editor metadata.
 *
 * Nodes, ways and relations may come mixed: nodes go to the file at once, ways and relations to spill files beside it
 * that are appended on close. Memory is one block of each type whatever the size of the city.
 */
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import type { Box } from '../engine/spatial/geometry.ts';
import { ByteSink } from './byte-sink.ts';

/** key, value, key, value … */
export type Tags = readonly string[];

export interface RelationMember {
  readonly type: 'node' | 'way' | 'relation';
  readonly id: number;
  readonly role: string;
}

const BLOCK_ENTITIES = 8000;
const MEMBER_TYPES = { node: 0, way: 1, relation: 2 } as const;

/** The string table of one block; entry 0 is the delimiter of dense tags. */
class StringTable {
  readonly #index = new Map<string, number>();
  readonly #list: string[] = [''];

  index(text: string): number {
    const known = this.#index.get(text);
    if (known !== undefined) return known;
    this.#index.set(text, this.#list.length);
    return this.#list.push(text) - 1;
  }

  write(sink: ByteSink): void {
    for (const text of this.#list) sink.text(1, text);
  }

  clear(): void {
    this.#index.clear();
    this.#list.length = 1;
  }
}

function frameBlob(type: string, raw: Uint8Array): Uint8Array {
  const blob = new ByteSink();
  blob.key(2, 0);
  blob.varint(raw.length);
  blob.block(3, deflateSync(raw));
  const header = new ByteSink();
  header.text(1, type);
  header.key(3, 0);
  header.varint(blob.length);
  const frame = Buffer.alloc(4 + header.length + blob.length);
  frame.writeUInt32BE(header.length, 0);
  frame.set(header.bytes(), 4);
  frame.set(blob.bytes(), 4 + header.length);
  return frame;
}

/** Collects entities of one type into blocks and writes the full ones to its file. */
class BlockWriter {
  readonly strings = new StringTable();
  readonly group = new ByteSink();
  readonly #file: number;
  readonly #seal: (group: ByteSink) => void;
  #count = 0;
  #lastId = 0;
  total = 0;

  constructor(file: number, seal: (group: ByteSink) => void = () => undefined) {
    this.#file = file;
    this.#seal = seal;
  }

  /** Opens a new entity; ids must ascend, as the header promises. */
  begin(id: number): void {
    if (id <= this.#lastId) throw new Error(`OSM ids must ascend: ${id} after ${this.#lastId}`);
    if (this.#count === BLOCK_ENTITIES) this.flush();
    this.#lastId = id;
    this.#count++;
    this.total++;
  }

  flush(): void {
    if (this.#count === 0) return;
    this.#seal(this.group);
    const block = new ByteSink();
    const table = new ByteSink();
    this.strings.write(table);
    block.block(1, table.bytes());
    block.block(2, this.group.bytes());
    writeSync(this.#file, frameBlob('OSMData', block.bytes()));
    this.strings.clear();
    this.group.clear();
    this.#count = 0;
  }
}

export class OsmPbfWriter {
  readonly #path: string;
  readonly #file: number;
  readonly #spills: { path: string; file: number }[];
  readonly #nodes: BlockWriter;
  readonly #ways: BlockWriter;
  readonly #relations: BlockWriter;
  readonly #ids = new ByteSink();
  readonly #lats = new ByteSink();
  readonly #lons = new ByteSink();
  readonly #keysValues = new ByteSink();
  readonly #scratch = new ByteSink();
  readonly #packed = new ByteSink();
  #lastNode = { id: 0, lon: 0, lat: 0 };

  constructor(path: string, box: Box, program: string) {
    this.#path = path;
    this.#file = openSync(path, 'w');
    this.#spills = ['ways', 'relations'].map((kind) => ({ path: `${path}.${kind}`, file: openSync(`${path}.${kind}`, 'w+') }));
    this.#nodes = new BlockWriter(this.#file, (group) => this.#sealNodes(group));
    this.#ways = new BlockWriter(this.#spills[0].file);
    this.#relations = new BlockWriter(this.#spills[1].file);
    this.#writeHeader(box, program);
  }

  #writeHeader([west, south, east, north]: Box, program: string): void {
    const box = new ByteSink();
    [west, east, north, south].forEach((degrees, index) => {
      box.key(index + 1, 0);
      box.signed(Math.round(degrees * 1e7) * 100);
    });
    const header = new ByteSink();
    header.block(1, box.bytes());
    header.text(4, 'OsmSchema-V0.6');
    header.text(4, 'DenseNodes');
    header.text(5, 'Sort.Type_then_ID');
    header.text(16, program);
    writeSync(this.#file, frameBlob('OSMHeader', header.bytes()));
  }

  /** Coordinates in units of 1e-7 degrees. */
  addNode(id: number, lonE7: number, latE7: number, tags: Tags): void {
    this.#nodes.begin(id);
    this.#ids.signed(id - this.#lastNode.id);
    this.#lats.signed(latE7 - this.#lastNode.lat);
    this.#lons.signed(lonE7 - this.#lastNode.lon);
    this.#lastNode = { id, lon: lonE7, lat: latE7 };
    for (const text of tags) this.#keysValues.varint(this.#nodes.strings.index(text));
    this.#keysValues.varint(0);
  }

  #sealNodes(group: ByteSink): void {
    const dense = this.#scratch;
    dense.clear();
    dense.block(1, this.#ids.bytes());
    dense.block(8, this.#lats.bytes());
    dense.block(9, this.#lons.bytes());
    dense.block(10, this.#keysValues.bytes());
    group.block(2, dense.bytes());
    for (const sink of [this.#ids, this.#lats, this.#lons, this.#keysValues]) sink.clear();
    this.#lastNode = { id: 0, lon: 0, lat: 0 };
  }

  addWay(id: number, refs: readonly number[], tags: Tags): void {
    this.#ways.begin(id);
    const way = this.#openEntity(this.#ways, id, tags);
    const packed = this.#packed;
    packed.clear();
    let last = 0;
    for (const ref of refs) {
      packed.signed(ref - last);
      last = ref;
    }
    way.block(8, packed.bytes());
    this.#ways.group.block(3, way.bytes());
  }

  addRelation(id: number, members: readonly RelationMember[], tags: Tags): void {
    this.#relations.begin(id);
    const relation = this.#openEntity(this.#relations, id, tags);
    const packed = this.#packed;
    const pack = (field: number, fill: (member: RelationMember) => void): void => {
      packed.clear();
      members.forEach(fill);
      relation.block(field, packed.bytes());
    };
    let last = 0;
    pack(8, (member) => packed.varint(this.#relations.strings.index(member.role)));
    pack(9, (member) => {
      packed.signed(member.id - last);
      last = member.id;
    });
    pack(10, (member) => packed.varint(MEMBER_TYPES[member.type]));
    this.#relations.group.block(4, relation.bytes());
  }

  #openEntity(writer: BlockWriter, id: number, tags: Tags): ByteSink {
    const entity = this.#scratch;
    const packed = this.#packed;
    entity.clear();
    entity.key(1, 0);
    entity.varint(id);
    for (const [field, first] of [[2, 0], [3, 1]]) {
      packed.clear();
      for (let i = first; i < tags.length; i += 2) packed.varint(writer.strings.index(tags[i]));
      if (packed.length > 0) entity.block(field, packed.bytes());
    }
    return entity;
  }

  /** Writes what is left and appends ways and relations. Returns how many of each the file holds. */
  close(): { nodes: number; ways: number; relations: number } {
    for (const writer of [this.#nodes, this.#ways, this.#relations]) writer.flush();
    for (const spill of this.#spills) this.#append(spill.file);
    this.#release();
    return { nodes: this.#nodes.total, ways: this.#ways.total, relations: this.#relations.total };
  }

  #append(file: number): void {
    const chunk = new Uint8Array(1 << 20);
    for (let position = 0, read = 0; (read = readSync(file, chunk, 0, chunk.length, position)) > 0; position += read) {
      writeSync(this.#file, chunk, 0, read);
    }
  }

  #release(): void {
    closeSync(this.#file);
    for (const spill of this.#spills) {
      closeSync(spill.file);
      rmSync(spill.path, { force: true });
    }
  }

  /** Leaves nothing behind: for a run that failed or was cancelled. */
  abandon(): void {
    this.#release();
    rmSync(this.#path, { force: true });
  }
}
