/**
 * What a street network is made of → sections `street.*` (streets as lines, platforms and squares as closed ways), `square.*` (those of
 * several ways), `streetPoint.*` (gates, crossings, entrances …), `turn.*`.
 */
import { NoteBook } from '../../core/note.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { listParts } from '../../engine/spatial/geometry.ts';
import type { Attributes } from '../../import/model.ts';
import { MEMBER_NODE, MEMBER_WAY } from '../../import/osm/block-columns.ts';
import { toTurnSource } from '../../import/osm/turn-sources.ts';
import type { Session } from '../database.ts';
import { readLayer } from '../derive/read-columns.ts';
import type { TextTable } from './growing-arrays.ts';
import { growingF64, growingU32 } from './growing-arrays.ts';
import type { LayerScope, Sections, SnapshotScope } from './scope.ts';
import { StreetNodes } from './street-nodes.ts';

/** Tags that say nothing about walking, driving or looks, and that would fill the text table. */
const TAGS_LEFT_OUT = /^(name|alt_name|old_name|source(?!:maxspeed)|note|fixme|description|website|wikidata|wikipedia|created_by|check_date|survey)(:|$)/;
/** Platforms are walked along; they are streets to the network, but points of interest to the map. */
const IS_PLATFORM = `source_id like 'way/%' and attributes->>'highway' is null and (attributes->>'railway' = 'platform' or attributes->>'public_transport' = 'platform')`;
const NODE_IDS = `(select array_to_string(s.node_ids, ',') from street s where s.city_id = chosen.city_id and s.batch_id = chosen.batch_id and s.feature_id = chosen.feature_id)`;

/** Tags of a list of objects: those of object i end at tagEnds[i]. */
class TagList {
  readonly #texts: TextTable;
  readonly #ends = growingU32();
  readonly #key = growingU32();
  readonly #value = growingU32();

  constructor(texts: TextTable) {
    this.#texts = texts;
  }

  add(attributes: Attributes, highway?: string): void {
    for (const [key, value] of Object.entries(attributes)) if (value !== null && !TAGS_LEFT_OUT.test(key)) this.#push(key, String(value));
    if (highway !== undefined && (attributes['highway'] ?? null) === null) this.#push('highway', highway);
    this.#ends.push(this.#key.length);
  }

  #push(key: string, value: string): void {
    this.#key.push(this.#texts.number(key));
    this.#value.push(this.#texts.number(value));
  }

  finish(prefix: string): Sections {
    return { [`${prefix}.tagEnds`]: this.#ends.finish(), [`${prefix}.tagKey`]: this.#key.finish(), [`${prefix}.tagValue`]: this.#value.finish() };
  }
}

class WayList {
  readonly #texts: TextTable;
  readonly #nodes: StreetNodes;
  readonly #ends = growingU32();
  readonly #wayNodes = growingU32();
  readonly #kind = growingU32();
  readonly #name = growingU32();
  readonly #source = growingU32();
  readonly #tags: TagList;

  constructor(texts: TextTable, nodes: StreetNodes) {
    this.#texts = texts;
    this.#nodes = nodes;
    this.#tags = new TagList(texts);
  }

  get count(): number {
    return this.#ends.length;
  }

  /** A way over the vertices of one line or ring; `ids` where the file has node ids, `shared` where it is to meet whatever node is there. */
  add({ kind, name, source, attributes, isStreet }: WayRow, line: Float64Array, ids: readonly string[] | undefined, shared: boolean): void {
    for (let v = 0; v < line.length / 2; v++) {
      const [lon, lat] = [line[2 * v], line[2 * v + 1]];
      this.#wayNodes.push(ids !== undefined ? this.#nodes.byId(Number(ids[v]), lon, lat) : shared ? this.#nodes.anyAt(lon, lat) : this.#nodes.byPlace(lon, lat));
    }
    this.#ends.push(this.#wayNodes.length);
    this.#kind.push(this.#texts.number(kind));
    this.#name.push(this.#texts.number(name));
    this.#source.push(this.#texts.number(source));
    this.#tags.add(attributes, isStreet ? kind : undefined);
  }

  finish(): Sections {
    return {
      'street.wayEnds': this.#ends.finish(), 'street.wayNodes': this.#wayNodes.finish(), 'street.wayKind': this.#kind.finish(), 'street.wayName': this.#name.finish(),
      'street.waySource': this.#source.finish(), ...this.#tags.finish('street'),
    };
  }
}

interface WayRow {
  readonly kind: string | undefined;
  readonly name: string | undefined;
  readonly source: string | undefined;
  readonly attributes: Attributes;
  /** Whether `kind` is a value of highway=*. */
  readonly isStreet: boolean;
}

interface Square {
  readonly id: number;
  readonly attributes: Attributes;
  readonly kind: string | undefined;
  readonly geometry: Geometry;
}

const parse = (text: string | undefined): Attributes => JSON.parse(text ?? '{}') as Attributes;
const part = ({ coordinates }: Geometry, [start, end]: readonly [number, number]): Float64Array => coordinates.subarray(2 * start, 2 * end);

/** Streets with their nodes and tags, and what is walked beside them. */
export async function addStreets(database: Session, scope: LayerScope, texts: TextTable, sections: Sections): Promise<{ nodes: number; ways: number; streetPoints: number; squares: number }> {
  const nodes = new StreetNodes();
  const ways = new WayList(texts, nodes);
  const squares: Square[] = [];
  const outlines: (() => void)[] = [];
  const columns = ['kind', 'name', 'source_id', 'attributes::text', NODE_IDS];
  for await (const { columns: [kinds, names, sources, attributes, nodeIds], geometries } of readLayer(database, { ...scope, layer: 'street', columns, geometry: true })) {
    geometries.forEach((geometry, i) => {
      const row = { kind: kinds[i], name: names[i], source: sources[i], attributes: parse(attributes[i]), isStreet: true };
      if (sources[i]?.startsWith('relation/') === true) squares.push({ id: Number(sources[i].slice(9)), ...row, geometry });
      else if (nodeIds[i] !== undefined) addLines(ways, row, geometry, nodeIds[i]?.split(','));
      // drawn carriageways are no squares to walk across; what meets streets by place alone comes after all of them
      else if (!geometry.type.endsWith('Polygon')) addLines(ways, row, geometry);
      else if (row.attributes['area'] === 'yes') outlines.push(() => addLines(ways, row, geometry, undefined, true));
    });
  }
  // before what meets nodes by place: an entrance on the outline of a square is a node of that outline
  const streetPoints = await addStreetPoints(database, scope, nodes, texts, sections);
  for await (const { columns: [kinds, names, sources, attributes], geometries } of readLayer(database, { ...scope, layer: 'poi', columns: columns.slice(0, 4), where: IS_PLATFORM, geometry: true })) {
    geometries.forEach((geometry, i) => addLines(ways, { kind: kinds[i], name: names[i], source: sources[i], attributes: parse(attributes[i]), isStreet: false }, geometry, undefined, true));
  }
  for (const add of outlines) add();
  addSquares(squares, nodes, texts, sections);
  Object.assign(sections, ways.finish(), { 'street.nodeId': nodes.id.finish(), 'street.nodeE7': nodes.e7.finish() });
  return { nodes: nodes.id.length, ways: ways.count, streetPoints, squares: squares.length };
}

/** A street may be one line, several (a file of such), or the outline of a square. Ids fit the vertices, or are not used. */
function addLines(ways: WayList, row: WayRow, geometry: Geometry, ids?: readonly string[], shared = false): void {
  if (geometry.type === 'Point' || geometry.type === 'MultiPoint') return;
  const usable = ids !== undefined && ids.length === geometry.coordinates.length / 2;
  for (const [start, end] of listParts(geometry)) ways.add(row, part(geometry, [start, end]), usable ? ids.slice(start, end) : undefined, shared || ids !== undefined);
}

function addSquares(squares: readonly Square[], nodes: StreetNodes, texts: TextTable, sections: Sections): void {
  const id = growingF64();
  const [ringEnds, nodeEnds, ringNodes] = [growingU32(), growingU32(), growingU32()];
  const tags = new TagList(texts);
  for (const square of squares) {
    for (const bounds of listParts(square.geometry)) {
      const ring = part(square.geometry, bounds);
      for (let v = 0; v < ring.length / 2 - 1; v++) ringNodes.push(nodes.anyAt(ring[2 * v], ring[2 * v + 1]));
      nodeEnds.push(ringNodes.length);
    }
    ringEnds.push(nodeEnds.length);
    id.push(square.id);
    tags.add(square.attributes, square.kind);
  }
  Object.assign(sections, { 'square.id': id.finish(), 'square.ringEnds': ringEnds.finish(), 'square.nodeEnds': nodeEnds.finish(), 'square.nodes': ringNodes.finish(), ...tags.finish('square') });
}

async function addStreetPoints(database: Session, scope: LayerScope, nodes: StreetNodes, texts: TextTable, sections: Sections): Promise<number> {
  const node = growingU32();
  const tags = new TagList(texts);
  for await (const { columns: [sources, attributes], geometries } of readLayer(database, { ...scope, layer: 'street-point', columns: ['source_id', 'attributes::text'], geometry: true })) {
    geometries.forEach(({ type, coordinates: [lon, lat] }, i) => {
      if (type !== 'Point') return;
      const id = /^node\/(-?\d+)$/.exec(sources[i] ?? '')?.[1];
      node.push(id === undefined ? nodes.anyAt(lon, lat) : nodes.byId(Number(id), lon, lat));
      tags.add(parse(attributes[i]));
    });
  }
  Object.assign(sections, { 'streetPoint.node': node.finish(), ...tags.finish('streetPoint') });
  return node.length;
}

interface TurnRow {
  source_id: string;
  kind: string;
  via_node: number | string | null;
  from_ways: (number | string)[];
  via_ways: (number | string)[];
  to_ways: (number | string)[];
  attributes: Attributes;
}

export async function addTurns(database: Session, scope: SnapshotScope, texts: TextTable, sections: Sections): Promise<number> {
  const rows = await database.query<TurnRow>(
    `select source_id, kind, via_node, from_ways, via_ways, to_ways, attributes from turn_restriction where city_id = $1 and batch_id = any($2) order by batch_id, source_id`,
    [scope.cityId, scope.fileBatches],
  );
  const [id, viaNode, ways] = [growingF64(), growingF64(), growingF64()];
  const [kind, except, vehicle, condition, listEnds] = [growingU32(), growingU32(), growingU32(), growingU32(), growingU32()];
  for (const row of rows) {
    const turn = readTurn(row);
    if (turn === undefined) continue;
    id.push(turn.id);
    kind.push(texts.number(turn.kind));
    except.push(texts.number(turn.except));
    vehicle.push(texts.number(turn.vehicle));
    condition.push(texts.number(turn.condition));
    viaNode.push(turn.viaNode ?? NaN);
    for (const list of [turn.fromWays, turn.viaWays, turn.toWays]) {
      for (const way of list) ways.push(way);
      listEnds.push(ways.length);
    }
  }
  Object.assign(sections, {
    'turn.id': id.finish(), 'turn.kind': kind.finish(), 'turn.except': except.finish(), 'turn.vehicle': vehicle.finish(), 'turn.condition': condition.finish(),
    'turn.viaNode': viaNode.finish(), 'turn.listEnds': listEnds.finish(), 'turn.ways': ways.finish(),
  });
  return id.length;
}

/** The row as the relation it was, so that file and base read a restriction by the same rules; what was incomplete was noted on import. */
function readTurn({ source_id, kind, via_node, from_ways, via_ways, to_ways, attributes }: TurnRow): ReturnType<typeof toTurnSource> {
  const tags: Record<string, string> = {};
  for (const [key, value] of Object.entries(attributes)) if (value !== null) tags[key] = String(value);
  if (!Object.keys(tags).some((key) => key.startsWith('restriction'))) tags['restriction'] = kind;
  const members = (list: readonly (number | string)[], role: string) => list.map((way) => ({ type: MEMBER_WAY, id: Number(way), role }));
  const via = via_node === null ? [] : [{ type: MEMBER_NODE, id: Number(via_node), role: 'via' }];
  const number = /(\d+)$/.exec(source_id)?.[1];
  return toTurnSource({ id: number === undefined ? -1 : Number(number), tags, members: [...members(from_ways, 'from'), ...via, ...members(via_ways, 'via'), ...members(to_ways, 'to')] }, '', new NoteBook());
}
