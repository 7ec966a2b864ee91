/**
 * The streets of an OSM file for riders and drivers, by docs/street-network.md and the docstrings of the rules, for tests only: Maps and
 * objects, nothing of the network's builder. Shared with the product are the PBF reader, the table of street classes and the geodesic length.
 *
 * Left out: ways to the entrances of buildings. Ways across squares are taken as given (`across`).
 */
import { distanceM } from '../../src/engine/spatial/measure.ts';
import { NO_STREET, NOT_THERE, classOf } from '../../src/engine/graph/network/street-rules/street-classes.ts';
import type { ByteSource } from '../../src/import/model.ts';
import { BlockPipeline } from '../../src/import/osm/block-pipeline.ts';
import { BlockStrings } from '../../src/import/osm/block-strings.ts';
import { listRelations } from '../../src/import/osm/relations.ts';
import type { Relation } from '../../src/import/osm/relations.ts';

type Tags = Readonly<Record<string, string | undefined>>;
export type Access = 'yes' | 'no' | 'local';

/** An OSM file as it is written. */
export interface RawTown {
  readonly nodes: ReadonlyMap<number, readonly [lonE7: number, latE7: number]>;
  readonly nodeTags: ReadonlyMap<number, Tags>;
  readonly ways: readonly { readonly id: number; readonly refs: readonly number[]; readonly tags: Tags }[];
  readonly relations: readonly Relation[];
}

/** Who may go one way along a street. */
export interface Passage {
  walk: Access;
  bike: Access;
  drive: Access;
}

export interface Street {
  readonly way: number;
  /** Vertices: OSM's nodes; the pieces of a gate have numbers below 0. */
  from: number;
  to: number;
  /** 10⁻⁷ degrees. */
  readonly line: readonly (readonly [number, number])[];
  readonly mm: number;
  readonly along: Passage;
  readonly against: Passage;
  readonly kmh: number;
  stress: number;
  /** Its stress was said (or it is no street at all), so that junctions do not change it. */
  readonly stressIsSaid: boolean;
  readonly roundabout: boolean;
}

export interface PlainTown {
  readonly streets: readonly Street[];
  /** Seconds that passing a vertex takes those on foot or with a bicycle. */
  readonly delayS: ReadonlyMap<number, number>;
  readonly relations: readonly Relation[];
}

export async function readRawTown(source: ByteSource): Promise<RawTown> {
  const town = { nodes: new Map<number, readonly [number, number]>(), nodeTags: new Map<number, Tags>(), ways: [] as { id: number; refs: number[]; tags: Tags }[], relations: [] as Relation[] };
  const pipeline = new BlockPipeline(source, 0);
  try {
    for await (const { block } of pipeline.decode({ wanted: { nodes: true, ways: true, relations: true } })) {
      if (block.columns === undefined) continue;
      const { nodes, ways, relations } = block.columns;
      const strings = new BlockStrings(block.columns.strings);
      nodes.ids.subarray(0, nodes.count).forEach((id, i) => town.nodes.set(id, [nodes.lonE7[i], nodes.latE7[i]]));
      nodes.tagged.forEach((at, i) => town.nodeTags.set(nodes.ids[at], strings.tags(nodes.tags, i === 0 ? 0 : nodes.tagEnds[i - 1], nodes.tagEnds[i])));
      ways.ids.subarray(0, ways.count).forEach((id, i) => {
        const refs = [...ways.refs.subarray(i === 0 ? 0 : ways.refEnds[i - 1], ways.refEnds[i])];
        town.ways.push({ id, refs, tags: strings.tags(ways.tags, i === 0 ? 0 : ways.tagEnds[i - 1], ways.tagEnds[i]) });
      });
      town.relations.push(...listRelations(relations, strings));
    }
  } finally {
    await pipeline.close();
  }
  return town;
}

const ACCESS: Readonly<Record<string, Access>> = Object.fromEntries([
  ...'yes 1 true official unknown public permissive designated lane track shared_lane share_busway crossing'.split(' ').map((value) => [value, 'yes']),
  ...'no 0 false license restricted prohibited emergency use_sidepath dismount'.split(' ').map((value) => [value, 'no']),
  ...'destination customers delivery forestry agricultural residents resident customer private'.split(' ').map((value) => [value, 'local']),
]) as Record<string, Access>;

const first = (value: string | undefined): string | undefined => value?.split(';')[0].trim().toLowerCase();

/** What the first of these tags that says anything says: the particular ones come first. */
function said(tags: Tags, ...keys: readonly string[]): Access | undefined {
  for (const key of keys) {
    const value = first(tags[key]);
    if (value !== undefined && Object.hasOwn(ACCESS, value)) return ACCESS[value];
  }
  return undefined;
}

/** 1 along, −1 against, 0 both ways. */
function direction(value: string | undefined): number {
  const v = first(value) ?? '';
  return ['yes', 'true', '1'].includes(v) ? 1 : ['-1', 'reverse'].includes(v) ? -1 : 0;
}

function vehicleDirection(tags: Tags): number {
  if (tags['oneway'] !== undefined) return direction(tags['oneway']);
  return ['roundabout', 'circular'].includes(tags['junction'] ?? '') || tags['highway'] === 'motorway' ? 1 : 0;
}

function bikeDirection(tags: Tags): number {
  const own = tags['oneway:bicycle'];
  if (direction(own) !== 0) return direction(own);
  if (own !== undefined) return first(own) === 'no' ? 0 : vehicleDirection(tags);
  const lanes = ['cycleway', 'cycleway:left', 'cycleway:right', 'cycleway:both'];
  if (lanes.some((key) => tags[key]?.toLowerCase().startsWith('opposite'))) return 0;
  const twoWayLane = ['left', 'right'].some((side) => {
    const lane = first(tags[`cycleway:${side}`]);
    const oneway = tags[`cycleway:${side}:oneway`];
    return lane !== undefined && lane !== 'no' && oneway !== undefined && (first(oneway) === 'no' || direction(oneway) === -1);
  });
  return twoWayLane ? 0 : vehicleDirection(tags);
}

const FERRY = { walk: 'yes', bike: true, drive: false, kmh: 0 } as const;

function walkAccess(tags: Tags, byClass: string): Access {
  if (['both', 'left', 'right'].includes((tags['sidewalk'] ?? '').toLowerCase())) return 'yes';
  const own = said(tags, 'foot');
  if (own !== undefined) return own;
  return byClass === 'any' ? (said(tags, 'access') ?? 'yes') : byClass === 'yes' ? 'yes' : 'no';
}

function bikeAccess(tags: Tags, byClass: boolean): Access {
  if (said(tags, 'cycleway') === 'yes' || said(tags, 'cycleway:both') === 'yes') return 'yes';
  const open = byClass && tags['motorroad'] !== 'yes';
  return said(tags, 'bicycle') ?? (open ? (said(tags, 'vehicle', 'access') ?? 'yes') : 'no');
}

function driveAccess(tags: Tags, byClass: boolean): Access {
  if (tags['oneway'] === 'reversible') return 'no';
  const open = byClass && tags['service'] !== 'emergency_access';
  return said(tags, 'motorcar', 'motor_vehicle') ?? (open ? (said(tags, 'vehicle', 'access') ?? 'yes') : 'no');
}

const COUNTRIES: Readonly<Record<string, number>> = { 'BR:urban': 60, 'BR:rural': 100, 'PT:urban': 50, 'PT:rural': 90, 'FI:urban': 50, 'FI:rural': 80, 'CN:urban': 50 };

/** km/h of one value; of those by country the few that the towns of this test have. */
function kmhOf(value: string | undefined): number | undefined {
  const text = value?.split(/[;|]/)[0].trim() ?? '';
  const [, number, unit] = /^([\d.]+)\s*(mph|km\/h|kmh|kph|knots)?$/i.exec(text) ?? [];
  if (number !== undefined) {
    const kmh = Number(number) * ({ mph: 1.609344, knots: 1.852 }[(unit ?? '').toLowerCase()] ?? 1);
    return kmh > 0 ? kmh : undefined;
  }
  return { walk: 7, foot: 7, none: 130 }[text] ?? COUNTRIES[text];
}

function driveKmh(tags: Tags, byClass: number, along: Access, against: Access): number {
  const lanes = (tags['maxspeed:lanes'] ?? '').split('|').flatMap((lane) => kmhOf(lane) ?? []);
  const both = lanes.length > 0 ? Math.max(...lanes) : kmhOf(tags['maxspeed']);
  const cars = kmhOf(tags['maxspeed:motorcar']);
  const ahead = cars ?? kmhOf(tags['maxspeed:forward']) ?? both;
  const back = cars ?? kmhOf(tags['maxspeed:backward']) ?? both;
  const kind = kmhOf(tags['maxspeed:type']) ?? kmhOf(tags['zone:maxspeed']) ?? kmhOf(tags['zone:traffic']) ?? kmhOf(tags['source:maxspeed']);
  const driven = along === 'no' ? [back ?? ahead] : against === 'no' ? [ahead ?? back] : [ahead ?? back, back ?? ahead];
  const named = driven[0] === undefined ? undefined : driven.reduce<number>((sum, kmh) => sum + (kmh ?? 0), 0) / driven.length;
  return Math.max(1, Math.min(255, Math.round(named ?? kind ?? byClass)));
}

function saidStress(tags: Tags): number | undefined {
  return ['1', '2', '3', '4'].includes(tags['lts'] ?? '') ? Number(tags['lts']) : undefined;
}

/** Levels of traffic stress as the table in street-rules/stress.ts has them. */
function stressOf(tags: Tags, highway: string | undefined, cars: boolean): number {
  const level = saidStress(tags);
  if (level !== undefined) return level;
  if (!cars || ['residential', 'living_street', 'service'].includes(highway ?? '')) return 1;
  const narrow = tags['lanes'] === undefined || !(Number(tags['lanes']) > 3);
  const kmh = kmhOf(tags['maxspeed']);
  const calm = narrow && kmh !== undefined && kmh <= 40.25 ? 2 : 3;
  const lane = ['cycleway', 'cycleway:left', 'cycleway:right', 'cycleway:both'].some((key) => first(tags[key]) === 'lane') || first(tags['cycleway']) === 'opposite_lane';
  if (['unclassified', 'tertiary', 'tertiary_link'].includes(highway ?? '')) return lane || (narrow && kmh === undefined) ? 2 : calm;
  return lane ? calm : 4;
}

type Kind = Pick<Street, 'along' | 'against' | 'kmh' | 'stress' | 'stressIsSaid' | 'roundabout'>;

/** What a way is; undefined where it is no street. */
function kindOf(tags: Tags): Kind | undefined {
  const gone = tags['construction'] !== undefined || tags['proposed'] !== undefined || NOT_THERE.has(tags['highway'] ?? '') || NOT_THERE.has(tags['cycleway'] ?? '');
  if (gone) return undefined;
  const highway = tags['highway'] === undefined || NO_STREET.has(tags['highway']) ? undefined : first(tags['highway']);
  const platform = tags['public_transport'] === 'platform' || (tags['railway'] === 'platform' && tags['usage'] !== 'tourism');
  const ferry = highway === undefined && !platform;
  if (ferry && tags['route'] !== 'ferry') return undefined;
  const street = ferry ? FERRY : classOf(highway ?? 'platform');
  const access = { walk: walkAccess(tags, street.walk), bike: bikeAccess(tags, street.bike), drive: driveAccess(tags, street.drive) };
  // a ferry goes one way for all
  const own = tags['oneway:motorcar'] ?? tags['oneway:motor_vehicle'] ?? tags['oneway:vehicle'];
  const ways = ferry
    ? { walk: direction(tags['oneway']), bike: direction(tags['oneway']), drive: direction(tags['oneway']) }
    : { walk: direction(tags['oneway:foot']), bike: bikeDirection(tags), drive: own === undefined ? vehicleDirection(tags) : direction(own) };
  const passage = (closed: number): Passage => ({ walk: ways.walk === closed ? 'no' : access.walk, bike: ways.bike === closed ? 'no' : access.bike, drive: ways.drive === closed ? 'no' : access.drive });
  const [along, against] = [passage(-1), passage(1)];
  return {
    along, against, kmh: ferry ? 10 : driveKmh(tags, street.kmh, along.drive, against.drive),
    stress: ferry ? 1 : stressOf(tags, highway, along.drive === 'yes' || against.drive === 'yes'), stressIsSaid: ferry || saidStress(tags) !== undefined,
    roundabout: ['roundabout', 'circular', 'rotary'].includes(tags['junction'] ?? ''),
  };
}

/** Who passes barriers of each kind, where their own tags do not say. */
const PASSED: Readonly<Record<string, readonly string[]>> = {
  all: 'gate lift_gate swing_gate sliding_gate hampshire_gate bump_gate entrance toll_booth border_control checkpoint sally_port height_restrictor cattle_grid kerb spikes coupure handrail'.split(' '),
  walk: 'door kissing_gate stile turnstile full-height_turnstile guard_rail'.split(' '),
  none: 'wall fence hedge city_wall retaining_wall ditch'.split(' '),
};

/** Whom a node lets pass; undefined where it is in nobody's way. */
function passageOf(tags: Tags): Passage | undefined {
  if (tags['barrier'] === undefined || tags['barrier'] === 'no') return tags['highway'] === 'elevator' ? { walk: 'yes', bike: 'local', drive: 'no' } : undefined;
  const is = (kind: string): boolean => PASSED[kind].includes(tags['barrier'] as string);
  const walk = !is('none');
  const bike = walk && !is('walk');
  const locked = tags['locked'] === 'yes' && said(tags, 'access') === undefined ? 'local' : undefined;
  const who = (byKind: boolean, ...keys: readonly string[]): Access => said(tags, ...keys) ?? locked ?? (byKind ? 'yes' : 'no');
  return { walk: who(walk, 'foot', 'access'), bike: who(bike, 'bicycle', 'vehicle', 'access'), drive: who(is('all'), 'motorcar', 'motor_vehicle', 'vehicle', 'access') };
}

/** Ends of streets at a closed gate are taken apart, and streets without length join them. */
function closeGate(streets: Street[], node: number, at: readonly [number, number], pass: Passage, newVertex: () => number): void {
  const ends = streets.flatMap((street) => (['from', 'to'] as const).filter((end) => street[end] === node).map((end) => ({ street, end })));
  if (ends.length < 2) return;
  for (const { street, end } of ends.length === 2 ? ends.slice(1) : ends) {
    street[end] = newVertex();
    streets.push({ way: -node, from: node, to: street[end], line: [at, at], mm: 0, along: { ...pass }, against: { ...pass }, kmh: 10, stress: 1, stressIsSaid: true, roundabout: false });
  }
}

/** Riders bear at a junction without signals what its worst street has. */
function spreadStress(streets: readonly Street[], nodeTags: RawTown['nodeTags']): void {
  const worst = new Map<number, number>();
  const signals = (v: number): boolean => (nodeTags.get(v)?.['highway'] ?? '').includes('traffic_signals') || nodeTags.get(v)?.['crossing'] === 'traffic_signals';
  for (const { from, to, stress, stressIsSaid } of streets) if (!stressIsSaid) for (const v of [from, to]) if (!signals(v)) worst.set(v, Math.max(stress, worst.get(v) ?? 0));
  for (const street of streets) if (!street.stressIsSaid) street.stress = Math.max(street.stress, worst.get(street.from) ?? 0, worst.get(street.to) ?? 0);
}

/** @param across ways across squares, as pairs of OSM nodes: walked, and pushed along */
export function plainTown(raw: RawTown, across: readonly { way: number; nodes: readonly [number, number]; pass: Access }[]): PlainTown {
  const uses = new Map<number, number>();
  const use = (node: number, times: number): unknown => uses.set(node, (uses.get(node) ?? 0) + times);
  for (const { refs, tags } of raw.ways) if (tags['building'] === undefined || kindOf(tags) !== undefined) for (const ref of refs) use(ref, 1);
  for (const { nodes } of across) for (const node of nodes) use(node, 2);
  const gates = [...raw.nodeTags].flatMap(([node, tags]) => {
    const pass = passageOf(tags);
    return pass === undefined ? [] : [{ node, pass }];
  });
  for (const { node } of gates) use(node, 2);
  const streets: Street[] = [];
  const add = (way: number, refs: readonly number[], kind: Kind): void => {
    const line = refs.map((ref) => raw.nodes.get(ref) as readonly [number, number]);
    let metres = 0;
    for (let i = 1; i < line.length; i++) metres += distanceM(line[i - 1][0] / 1e7, line[i - 1][1] / 1e7, line[i][0] / 1e7, line[i][1] / 1e7);
    streets.push({ way, from: refs[0], to: refs[refs.length - 1], line, mm: Math.round(metres * 1000), ...kind, along: { ...kind.along }, against: { ...kind.against } });
  };
  for (const { id, refs, tags } of raw.ways) {
    const kind = kindOf(tags);
    if (kind === undefined) continue;
    let piece: number[] = [];
    const finish = (): void => {
      if (piece.length > 1) add(id, piece, kind);
      piece = [];
    };
    for (const ref of refs) {
      if (!raw.nodes.has(ref)) finish();
      else if (ref !== piece[piece.length - 1]) {
        piece.push(ref);
        if ((uses.get(ref) ?? 0) < 2) continue;
        finish();
        piece = [ref];
      }
    }
    finish();
  }
  for (const { way, nodes, pass } of across) {
    const both: Passage = { walk: pass, bike: 'no', drive: 'no' };
    add(way, nodes, { along: both, against: both, kmh: 0, stress: 1, stressIsSaid: true, roundabout: false });
  }
  let vertices = 0;
  for (const { node, pass } of gates) if (Object.values(pass).some((access) => access !== 'yes')) closeGate(streets, node, raw.nodes.get(node) as readonly [number, number], pass, () => --vertices);
  spreadStress(streets, raw.nodeTags);
  const lifts = gates.filter(({ node }) => raw.nodeTags.get(node)?.['highway'] === 'elevator' && raw.nodeTags.get(node)?.['barrier'] === undefined);
  return { streets, delayS: new Map(lifts.map(({ node }) => [node, 45])), relations: raw.relations };
}
