/** Decoded blocks of an OSM file → what a street network is built from: ways, nodes, turns, squares, texts once each. */
import type { NoteBook } from '../../core/note.ts';
import type { AreaSource, NetworkSource, TurnSource } from '../../engine/graph/network/network-source.ts';
import { NO_NODE } from '../../engine/graph/network/network-source.ts';
import type { BlobFrame } from './blob-stream.ts';
import type { BlockColumns, NodeColumns, StringColumns, WayColumns } from './block-columns.ts';
import { MEMBER_WAY } from './block-columns.ts';
import { BlockStrings } from './block-strings.ts';
import { NodeLocations } from './node-locations.ts';
import { addOsmNote } from './osm-notes.ts';
import { MalformedBlock, corruptPbf } from './pbf-error.ts';
import type { Relation } from './relations.ts';
import { isRestriction, listRelations } from './relations.ts';
import { joinRings } from './ring-joining.ts';
import type { BlockNumbers } from './text-numbers.ts';
import { TextNumbers } from './text-numbers.ts';
import { toTurnSource } from './turn-sources.ts';

/** Keys that make a way a street to the network's rules. */
const STREET_KEYS = ['highway', 'route', 'railway', 'public_transport'];
const STREET_VALUES: Readonly<Record<string, string>> = { route: 'ferry', railway: 'platform', public_transport: 'platform' };
/** Keys of nodes that matter to travellers, and whether some values are left out. */
const POINT_KEYS: Readonly<Record<string, ReadonlySet<string> | undefined>> = {
  barrier: undefined, entrance: undefined, crossing: undefined,
  highway: new Set(['crossing', 'traffic_signals', 'elevator', 'crossing;traffic_signals', 'traffic_signals;crossing']),
  railway: new Set(['subway_entrance', 'crossing', 'level_crossing']),
};
/** Texts that say nothing to travellers are not kept: they fill memory (1.6 M ways with metadata in their notes). */
const KEY_LEFT_OUT = /^(alt_name|old_name|name:|source(?!:maxspeed)|note|fixme|description|website|wiki|created_by|check_date|survey|is_in|addr:|tiger|ref|operator|image|mapillary)/;

/** Ways by their nodes' ids: way i has refs [refEnds[i − 1], refEnds[i]). */
interface HeldLines {
  readonly ids: Float64Array;
  readonly refEnds: Uint32Array;
  readonly refs: Float64Array;
}

interface HeldWays extends HeldLines {
  readonly tagEnds: Uint32Array;
  readonly tagKey: Uint32Array;
  readonly tagValue: Uint32Array;
}

const OTHER = 0;
const STREET = 1;
const BUILDING = 2;

/** The ways of one kind, copied. */
function heldLines(ways: WayColumns, kinds: Uint8Array, kind: number): HeldLines {
  let [count, length] = [0, 0];
  for (let i = 0; i < ways.count; i++) {
    if (kinds[i] !== kind) continue;
    count++;
    length += ways.refEnds[i] - (i === 0 ? 0 : ways.refEnds[i - 1]);
  }
  const held = { ids: new Float64Array(count), refEnds: new Uint32Array(count), refs: new Float64Array(length) };
  let [n, at] = [0, 0];
  for (let i = 0; i < ways.count; i++) {
    if (kinds[i] !== kind) continue;
    for (let r = i === 0 ? 0 : ways.refEnds[i - 1]; r < ways.refEnds[i]; r++) held.refs[at++] = ways.refs[r];
    held.ids[n] = ways.ids[i];
    held.refEnds[n++] = at;
  }
  return held;
}

/** By string of a block: whether it is one of these texts. */
function markTexts(strings: StringColumns, texts: readonly string[]): Uint8Array {
  const marks = new Uint8Array(strings.count);
  const { bytes, starts, ends } = strings;
  texts.forEach((text, number) => {
    const wanted = new TextEncoder().encode(text);
    for (let i = 0; i < strings.count; i++) {
      if (ends[i] - starts[i] !== wanted.length) continue;
      let k = 0;
      while (k < wanted.length && bytes[starts[i] + k] === wanted[k]) k++;
      if (k === wanted.length) marks[i] = number + 1;
    }
  });
  return marks;
}

export class NetworkIntake {
  readonly nodeFrames: BlobFrame[] = [];
  /** Streets so far. */
  streets = 0;
  readonly #file: string;
  readonly #notes: NoteBook;
  readonly #texts = new TextNumbers();
  readonly #ways: HeldWays[] = [];
  /** Ways that are neither streets nor buildings: streets are parted where they touch them, and squares are put together from some. */
  readonly #others: HeldLines[] = [];
  readonly #locations = new NodeLocations();
  /** Nodes with tags that matter: ids, and tags as columns. */
  readonly #pointIds: number[] = [];
  readonly #pointTags = { ends: [] as number[], keys: [] as number[], values: [] as number[] };
  readonly #turns: TurnSource[] = [];
  readonly #squares: Relation[] = [];
  #wanted: Float64Array | undefined;

  constructor(file: string, notes: NoteBook) {
    this.#file = file;
    this.#notes = notes;
  }

  /** A block of the first pass. */
  take(columns: BlockColumns, frame: BlobFrame): void {
    if (columns.skippedNodes) this.nodeFrames.push(frame);
    this.#inBlob(frame, () => {
      const strings = new BlockStrings(columns.strings);
      if (columns.nodes.count > 0) this.#takeNodes(columns.nodes, columns.strings, strings);
      if (columns.ways.count > 0) this.#takeWays(columns.ways, columns.strings, strings);
      if (columns.relations.count > 0) this.#takeRelations(columns, strings);
    });
  }

  /** A block of the second pass. */
  takeNodes(columns: BlockColumns, frame: BlobFrame): void {
    this.#inBlob(frame, () => this.#takeNodes(columns.nodes, columns.strings, new BlockStrings(columns.strings)));
  }

  /** Ends the first pass of two: of the nodes to come only those of streets, squares and points are kept. */
  wantNodesOfStreets(): void {
    const members = [...this.#findMembers().values()];
    const lists = [...this.#ways.map(({ refs }) => refs), ...members];
    const all = new Float64Array(lists.reduce((sum, refs) => sum + refs.length, 0));
    let at = 0;
    for (const refs of lists) {
      all.set(refs, at);
      at += refs.length;
    }
    all.sort();
    let count = 0;
    for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[i - 1]) all[count++] = all[i];
    this.#wanted = all.slice(0, count);
  }

  /** References of the ways that squares are made of. */
  #findMembers(): Map<number, Float64Array> {
    const wanted = new Set(this.#squares.flatMap(({ members }) => members.filter((member) => member.type === MEMBER_WAY).map((member) => member.id)));
    const refsOf = new Map<number, Float64Array>();
    if (wanted.size === 0) return refsOf;
    for (const { ids, refEnds, refs } of [...this.#ways, ...this.#others]) {
      ids.forEach((id, i) => {
        if (wanted.has(id)) refsOf.set(id, refs.subarray(i === 0 ? 0 : refEnds[i - 1], refEnds[i]));
      });
    }
    return refsOf;
  }

  #inBlob(frame: BlobFrame, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof MalformedBlock) throw corruptPbf(this.#file, frame.offset, error.text);
      throw error;
    }
  }

  #takeNodes(nodes: NodeColumns, table: StringColumns, strings: BlockStrings): void {
    const firstPoint = this.#pointIds.length;
    this.#takePoints(nodes, table, strings);
    const { ids, lonE7, latE7 } = nodes;
    if (this.#wanted === undefined) {
      this.#locations.append(ids, lonE7, latE7);
      return;
    }
    const points = new Set(this.#pointIds.slice(firstPoint));
    let count = 0;
    for (let i = 0; i < nodes.count; i++) {
      if (!this.#isWanted(ids[i]) && !points.has(ids[i])) continue;
      ids[count] = ids[i];
      lonE7[count] = lonE7[i];
      latE7[count++] = latE7[i];
    }
    this.#locations.append(ids.slice(0, count), lonE7.slice(0, count), latE7.slice(0, count));
  }

  #isWanted(id: number): boolean {
    const wanted = this.#wanted as Float64Array;
    let low = 0;
    let high = wanted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (wanted[middle] < id) low = middle + 1;
      else high = middle;
    }
    return wanted[low] === id;
  }

  #takePoints(nodes: NodeColumns, table: StringColumns, strings: BlockStrings): void {
    if (nodes.tagged.length === 0) return;
    const keys = Object.keys(POINT_KEYS);
    const marks = markTexts(table, keys);
    const numbers = this.#texts.ofBlock(strings, table.count, KEY_LEFT_OUT);
    for (let i = 0, from = 0; i < nodes.tagged.length; from = nodes.tagEnds[i++]) {
      const to = nodes.tagEnds[i];
      for (let t = from; t < to; t += 2) {
        const mark = marks[nodes.tags[t]];
        if (mark === undefined || mark === 0) continue;
        const values = POINT_KEYS[keys[mark - 1]];
        if (values !== undefined && !values.has(strings.get(nodes.tags[t + 1]))) continue;
        this.#pointIds.push(nodes.ids[nodes.tagged[i]]);
        this.#takePointTags(nodes.tags, from, to, numbers);
        break;
      }
    }
  }

  #takePointTags(tags: Uint32Array, from: number, to: number, numbers: BlockNumbers): void {
    const { ends, keys, values } = this.#pointTags;
    for (let t = from; t < to; t += 2) {
      const key = numbers.key(tags[t]);
      if (key === 0) continue;
      keys.push(key);
      values.push(numbers.value(tags[t + 1]));
    }
    ends.push(keys.length);
  }

  #takeWays(ways: WayColumns, table: StringColumns, strings: BlockStrings): void {
    const kinds = this.#sortWays(ways, table, strings);
    const streets = heldLines(ways, kinds, STREET);
    if (streets.ids.length > 0) this.#ways.push({ ...streets, ...this.#takeTags(ways, kinds, table, strings) });
    this.streets += streets.ids.length;
    const others = heldLines(ways, kinds, OTHER);
    if (others.ids.length > 0) this.#others.push(others);
    if (strings.badTexts > 0) addOsmNote(this.#notes, 'osm/bad-text', this.#file, undefined, strings.badTexts);
  }

  /** By way: STREET, BUILDING or OTHER. */
  #sortWays(ways: WayColumns, table: StringColumns, strings: BlockStrings): Uint8Array {
    const marks = markTexts(table, [...STREET_KEYS, 'building']);
    const kinds = new Uint8Array(ways.count);
    for (let i = 0, from = 0; i < ways.count; from = ways.tagEnds[i++]) {
      for (let t = from; t < ways.tagEnds[i]; t += 2) {
        const mark = marks[ways.tags[t]];
        // damaged files: a key beyond the table
        if (mark === undefined || mark === 0) continue;
        if (mark === 1 || (mark <= STREET_KEYS.length && strings.get(ways.tags[t + 1]) === STREET_VALUES[STREET_KEYS[mark - 1]])) kinds[i] = STREET;
        else if (mark > STREET_KEYS.length && kinds[i] === OTHER) kinds[i] = BUILDING;
      }
    }
    return kinds;
  }

  #takeTags(ways: WayColumns, kinds: Uint8Array, table: StringColumns, strings: BlockStrings): Omit<HeldWays, keyof HeldLines> {
    const numbers = this.#texts.ofBlock(strings, table.count, KEY_LEFT_OUT);
    let [count, most] = [0, 0];
    for (let i = 0; i < ways.count; i++) {
      if (kinds[i] !== STREET) continue;
      count++;
      most += (ways.tagEnds[i] - (i === 0 ? 0 : ways.tagEnds[i - 1])) / 2;
    }
    const [tagEnds, tagKey, tagValue] = [new Uint32Array(count), new Uint32Array(most), new Uint32Array(most)];
    let [n, kept] = [0, 0];
    for (let i = 0, from = 0; i < ways.count; from = ways.tagEnds[i++]) {
      if (kinds[i] !== STREET) continue;
      for (let t = from; t < ways.tagEnds[i]; t += 2) {
        const key = numbers.key(ways.tags[t]);
        if (key === 0) continue;
        tagKey[kept] = key;
        tagValue[kept++] = numbers.value(ways.tags[t + 1]);
      }
      tagEnds[n++] = kept;
    }
    return { tagEnds, tagKey: tagKey.subarray(0, kept), tagValue: tagValue.subarray(0, kept) };
  }

  #takeRelations({ relations }: BlockColumns, strings: BlockStrings): void {
    for (const relation of listRelations(relations, strings)) {
      if (isRestriction(relation)) {
        const turn = toTurnSource(relation, this.#file, this.#notes);
        if (turn !== undefined) this.#turns.push(turn);
      } else if (relation.tags['type'] === 'multipolygon' && relation.tags['highway'] !== undefined) this.#squares.push(relation);
    }
  }

  /** Everything taken, over the nodes that streets, squares and points have. */
  finish(): NetworkSource {
    const locations = this.#locations;
    locations.seal();
    const squares = this.#listSquares();
    // numbers of the nodes that are used, in order of their ids; each reference is looked up once
    const usedAt = new Uint8Array(locations.size);
    let missing = 0;
    const place = (refs: Float64Array): Uint32Array => {
      const positions = new Uint32Array(refs.length);
      for (let i = 0; i < refs.length; i++) {
        const at = locations.find(refs[i]);
        positions[i] = at < 0 ? NO_NODE : at;
        if (at >= 0) usedAt[at] = 1;
        else missing++;
      }
      return positions;
    };
    const placesOfWays = this.#ways.map(({ refs }) => place(refs));
    if (missing > 0) addOsmNote(this.#notes, 'osm/missing-node', this.#file, undefined, missing);
    const placesOfRings = squares.map(({ rings }) => rings.map(place));
    for (const id of this.#pointIds) {
      const at = locations.find(id);
      if (at >= 0) usedAt[at] = 1;
    }
    const number = new Uint32Array(locations.size);
    let count = 0;
    for (let at = 0; at < usedAt.length; at++) number[at] = usedAt[at] === 0 ? NO_NODE : count++;
    const id = new Float64Array(count);
    const e7 = new Int32Array(2 * count);
    for (let at = 0; at < usedAt.length; at++) {
      const n = number[at];
      if (n === NO_NODE) continue;
      id[n] = locations.id(at);
      e7[2 * n] = locations.lonE7(at);
      e7[2 * n + 1] = locations.latE7(at);
    }
    const nodeOf = (ref: number): number => {
      const at = locations.find(ref);
      return at < 0 ? NO_NODE : number[at];
    };
    const touched = new Uint8Array(count);
    for (const { refs } of this.#others.splice(0)) {
      for (let i = 0; i < refs.length; i++) {
        const node = nodeOf(refs[i]);
        if (node !== NO_NODE) touched[node] = 1;
      }
    }
    const renumber = (positions: Uint32Array): Uint32Array => {
      for (let i = 0; i < positions.length; i++) if (positions[i] !== NO_NODE) positions[i] = number[positions[i]];
      return positions;
    };
    const areas: AreaSource[] = squares.map((square, i) => ({ id: square.id, tags: square.tags, rings: placesOfRings[i].map(renumber) }));
    return { nodes: { id, e7, touched }, ways: this.#joinWays(placesOfWays.map(renumber)), points: this.#joinPoints(nodeOf), turns: this.#turns, areas, text: this.#texts.lookUp() };
  }

  #listSquares(): { id: number; tags: Readonly<Record<string, string>>; rings: Float64Array[] }[] {
    if (this.#squares.length === 0) return [];
    const refsOf = this.#findMembers();
    return this.#squares.map(({ id, tags, members }) => {
      const lines = members.flatMap((member) => (member.type === MEMBER_WAY ? [refsOf.get(member.id) ?? new Float64Array(0)] : []));
      const { rings, open } = joinRings(lines);
      if (open > 0) addOsmNote(this.#notes, 'osm/unclosed-ring', this.#file, `relation/${id}`);
      return { id, tags, rings: rings.filter((ring) => ring.every((ref) => this.#locations.find(ref) >= 0)) };
    });
  }

  /** `nodesOf`: by block, the nodes' numbers in place of the references. */
  #joinWays(nodesOf: readonly Uint32Array[]): NetworkSource['ways'] {
    const held = this.#ways.splice(0);
    const sum = (size: (ways: HeldWays) => number): number => held.reduce((total, ways) => total + size(ways), 0);
    const wayCount = sum((ways) => ways.ids.length);
    const [id, ends, tagEnds] = [new Float64Array(wayCount), new Uint32Array(wayCount), new Uint32Array(wayCount)];
    const nodes = new Uint32Array(sum((ways) => ways.refs.length));
    const tags = sum((ways) => ways.tagEnds.at(-1) as number);
    const [tagKey, tagValue] = [new Uint32Array(tags), new Uint32Array(tags)];
    let [w, ref, tag] = [0, 0, 0];
    for (const [block, ways] of held.entries()) {
      const kept = ways.tagEnds.at(-1) as number;
      id.set(ways.ids, w);
      tagKey.set(ways.tagKey.subarray(0, kept), tag);
      tagValue.set(ways.tagValue.subarray(0, kept), tag);
      for (let i = 0; i < ways.ids.length; i++) {
        ends[w + i] = ref + ways.refEnds[i];
        tagEnds[w + i] = tag + ways.tagEnds[i];
      }
      nodes.set(nodesOf[block], ref);
      w += ways.ids.length;
      ref += ways.refs.length;
      tag += kept;
    }
    return { id, ends, nodes, tagEnds, tagKey, tagValue };
  }

  /** The points that have a place. */
  #joinPoints(nodeOf: (ref: number) => number): NetworkSource['points'] {
    const { ends, keys, values } = this.#pointTags;
    const node: number[] = [];
    const tagEnds: number[] = [];
    const [tagKey, tagValue] = [new Uint32Array(keys.length), new Uint32Array(keys.length)];
    let kept = 0;
    this.#pointIds.forEach((id, p) => {
      const number = nodeOf(id);
      if (number === NO_NODE) return;
      for (let t = p === 0 ? 0 : ends[p - 1]; t < ends[p]; t++) {
        tagKey[kept] = keys[t];
        tagValue[kept++] = values[t];
      }
      node.push(number);
      tagEnds.push(kept);
    });
    return { node: new Uint32Array(node), tagEnds: new Uint32Array(tagEnds), tagKey, tagValue };
  }
}
