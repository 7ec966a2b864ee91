// Writes OSM PBF bytes by hand, so that tests can say anything a file may say, right or wrong.
import { deflateSync } from 'node:zlib';

export type Bytes = Uint8Array<ArrayBuffer>;
type Piece = number[] | Uint8Array;

export function concat(...pieces: Piece[]): Bytes {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** int64 as a plain varint; negative numbers take ten bytes. */
export function varint(value: number | bigint): number[] {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return bytes;
}

export function zigzag(value: number | bigint): number[] {
  const v = BigInt(value);
  return varint(v >= 0n ? v << 1n : (-v << 1n) - 1n);
}

export const field = (number: number, content: Piece): Bytes => concat(varint((number << 3) | 2), varint(content.length), content);
export const scalar = (number: number, value: number | bigint): Bytes => concat(varint(number << 3), varint(value));
export const signedScalar = (number: number, value: number | bigint): Bytes => concat(varint(number << 3), zigzag(value));
export const text = (value: string): Bytes => new TextEncoder().encode(value);
export const packed = (values: readonly (number | bigint)[]): Bytes => concat(...values.map(varint));

export function deltas(values: readonly number[]): Bytes {
  let last = 0n;
  return concat(
    ...values.map((value) => {
      const delta = BigInt(value) - last;
      last = BigInt(value);
      return zigzag(delta);
    }),
  );
}

export interface CraftNode {
  id: number;
  lon: number;
  lat: number;
  tags?: Record<string, string>;
}
export interface CraftWay {
  id: number;
  refs: number[];
  tags?: Record<string, string>;
}
export interface CraftRelation {
  id: number;
  tags?: Record<string, string>;
  members: { type: 'node' | 'way' | 'relation'; id: number; role: string }[];
}
export interface CraftBlock {
  nodes?: CraftNode[];
  ways?: CraftWay[];
  relations?: CraftRelation[];
  plainNodes?: boolean;
  granularity?: number;
  /** nanodegrees */
  lonOffset?: number;
  latOffset?: number;
  /** Adds the metadata that editors leave, which readers must step over. */
  metadata?: boolean;
}

const MEMBER_TYPES = { node: 0, way: 1, relation: 2 };

export function primitiveBlock(block: CraftBlock): Bytes {
  const strings = [''];
  const known = new Map<string, number>();
  const index = (value: string): number => {
    const at = known.get(value) ?? strings.push(value) - 1;
    known.set(value, at);
    return at;
  };
  const granularity = block.granularity ?? 100;
  const raw = (degrees: number, offset: number): number => Math.round((degrees * 1e9 - offset) / granularity);
  const lons = (block.nodes ?? []).map((node) => raw(node.lon, block.lonOffset ?? 0));
  const lats = (block.nodes ?? []).map((node) => raw(node.lat, block.latOffset ?? 0));
  const keys = (tags: Record<string, string> = {}): Bytes => field(2, packed(Object.keys(tags).map(index)));
  const values = (tags: Record<string, string> = {}): Bytes => field(3, packed(Object.values(tags).map(index)));
  const info = block.metadata ? field(4, concat(scalar(1, 3), scalar(2, 1_500_000_000), scalar(5, index('mapper')))) : new Uint8Array();
  const groups: Bytes[] = [];
  const nodes = block.nodes ?? [];
  if (nodes.length > 0 && block.plainNodes) {
    groups.push(concat(...nodes.map((node, i) => field(1, concat(signedScalar(1, node.id), keys(node.tags), values(node.tags), info, signedScalar(8, lats[i]), signedScalar(9, lons[i]))))));
  } else if (nodes.length > 0) {
    const denseInfo = block.metadata ? field(5, concat(field(1, packed(nodes.map(() => 3))), field(2, deltas(nodes.map((_, i) => 1_500_000_000 + i))))) : new Uint8Array();
    const tags = nodes.some((node) => node.tags) ? field(10, packed(nodes.flatMap((node) => [...Object.entries(node.tags ?? {}).flatMap(([k, v]) => [index(k), index(v)]), 0]))) : new Uint8Array();
    groups.push(field(2, concat(field(1, deltas(nodes.map((node) => node.id))), denseInfo, field(8, deltas(lats)), field(9, deltas(lons)), tags)));
  }
  if (block.ways) groups.push(concat(...block.ways.map((way) => field(3, concat(scalar(1, way.id), keys(way.tags), values(way.tags), info, field(8, deltas(way.refs)))))));
  if (block.relations) {
    groups.push(
      concat(
        ...block.relations.map(({ id, tags, members }) =>
          field(4, concat(scalar(1, id), keys(tags), values(tags), info, field(8, packed(members.map((m) => index(m.role)))), field(9, deltas(members.map((m) => m.id))), field(10, packed(members.map((m) => MEMBER_TYPES[m.type]))))),
        ),
      ),
    );
  }
  return concat(
    field(1, concat(...strings.map((value) => field(1, text(value))))),
    ...groups.map((group) => field(2, group)),
    ...(block.granularity === undefined ? [] : [scalar(17, block.granularity)]),
    ...(block.latOffset === undefined ? [] : [scalar(19, block.latOffset)]),
    ...(block.lonOffset === undefined ? [] : [scalar(20, block.lonOffset)]),
  );
}

/** A blob with its header and length; `blob` in place of the usual compressed content, `rawSize` in place of the true one. */
export function frame(type: string, content: Uint8Array, options: { plain?: boolean; rawSize?: number; blob?: Uint8Array } = {}): Bytes {
  const blob = options.blob ?? (options.plain ? field(1, content) : concat(scalar(2, options.rawSize ?? content.length), field(3, deflateSync(content))));
  const header = concat(field(1, text(type)), scalar(3, blob.length));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, header.length);
  return concat(length, header, blob);
}

export interface CraftHeader {
  required?: string[];
  /** west, south, east, north in degrees */
  box?: [number, number, number, number];
  program?: string;
}

const nano = (degrees: number): number => Math.round(degrees * 1e9);

export function headerBlob({ required = ['OsmSchema-V0.6', 'DenseNodes'], box, program }: CraftHeader = {}): Bytes {
  const bbox = box ? field(1, concat(signedScalar(1, nano(box[0])), signedScalar(2, nano(box[2])), signedScalar(3, nano(box[3])), signedScalar(4, nano(box[1])))) : new Uint8Array();
  return frame('OSMHeader', concat(bbox, ...required.map((name) => field(4, text(name))), ...(program ? [field(16, text(program))] : [])));
}

export function pbfFile(...blocks: CraftBlock[]): Bytes {
  return concat(headerBlob(), ...blocks.map((block) => frame('OSMData', primitiveBlock(block))));
}
