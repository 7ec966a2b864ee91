/**
 * What stands on a street at a node, and whom it lets pass: OSM wiki, "Key:barrier" with the defaults of each value's page, then the node's
 * own access tags. A gate says nothing of who may pass: it is open unless tagged.
 *
 * Walls and fences are ways, and a street that crosses one on the map runs through a gap in it: they do not stop anybody. What closes an estate
 * is the gate on its street, with access=private or foot=no.
 */
import { VERTEX_TRAIT } from '../network.ts';
import type { Access } from './access-values.ts';
import { readAccess } from './access-values.ts';
import type { Tags } from './tags.ts';

export interface PointRule {
  /** VERTEX_TRAIT bits. */
  readonly traits: number;
  readonly walk: Access;
  readonly bike: Access;
  readonly drive: Access;
  /** Seconds that passing costs a walker. */
  readonly delayS: number;
  /** Opening hours as tagged. */
  readonly hours: string | undefined;
  /** Whether a street is parted here. */
  readonly parts: boolean;
}

/** Who passes each kind: w walkers, b riders, d drivers. */
const PASSES: Readonly<Record<string, string>> = {
  gate: 'wbd', lift_gate: 'wbd', swing_gate: 'wbd', sliding_gate: 'wbd', hampshire_gate: 'wbd', bump_gate: 'wbd', wicket_gate: 'wb', door: 'w', kissing_gate: 'w',
  entrance: 'wbd', toll_booth: 'wbd', border_control: 'wbd', checkpoint: 'wbd', sally_port: 'wbd', height_restrictor: 'wbd', cattle_grid: 'wbd', kerb: 'wbd', spikes: 'wbd', coupure: 'wbd', planter: 'wb',
  bollard: 'wb', block: 'wb', chain: 'wb', cycle_barrier: 'wb', motorcycle_barrier: 'wb', jersey_barrier: 'wb', bus_trap: 'wb', sump_buster: 'wb', barrier_board: 'wb', rope: 'wb', log: 'wb', debris: 'wb', horse_stile: 'wb', yes: 'wb',
  stile: 'w', turnstile: 'w', 'full-height_turnstile': 'w', tyres: 'wb',
  wall: '', fence: '', hedge: '', city_wall: '', retaining_wall: '', guard_rail: 'w', handrail: 'wbd', ditch: '',
};
const GATES = new Set(['gate', 'lift_gate', 'swing_gate', 'sliding_gate', 'hampshire_gate', 'bump_gate', 'wicket_gate', 'door', 'kissing_gate', 'entrance', 'turnstile', 'full-height_turnstile', 'sally_port', 'toll_booth', 'checkpoint', 'border_control']);
/** Waiting for a lift and riding in it. */
const ELEVATOR_S = 45;
const UNKNOWN_BARRIER = 'wb';

function otherTraits(tags: Tags): number {
  const highway = tags['highway'] ?? '';
  let traits = 0;
  if (highway.includes('crossing') || tags['railway'] === 'crossing' || tags['railway'] === 'level_crossing') traits |= VERTEX_TRAIT.crossing;
  if (highway.includes('traffic_signals') || tags['crossing'] === 'traffic_signals') traits |= VERTEX_TRAIT.signals;
  if (highway === 'elevator') traits |= VERTEX_TRAIT.elevator;
  const entrance = tags['entrance'];
  if ((entrance !== undefined && entrance !== 'no') || tags['railway'] === 'subway_entrance') traits |= VERTEX_TRAIT.entrance;
  return traits;
}

/** What a node's tags mean to who passes it. */
export function pointRule(tags: Tags): PointRule {
  const barrier = tags['barrier'] === 'no' ? undefined : tags['barrier'];
  const elevator = tags['highway'] === 'elevator';
  const isGate = barrier !== undefined && GATES.has(barrier);
  const traits = otherTraits(tags) | (isGate ? VERTEX_TRAIT.gate : 0) | (barrier !== undefined && !isGate ? VERTEX_TRAIT.barrier : 0);
  const hours = tags['opening_hours'] ?? tags['opening_hours:gate'] ?? (tags['access:conditional'] ?? tags['foot:conditional']);
  if (barrier === undefined) {
    // access tags bind only what stands in the way: of a crossing or signals they say nothing
    return { traits, walk: 'yes', bike: elevator ? 'local' : 'yes', drive: elevator ? 'no' : 'yes', delayS: elevator ? ELEVATOR_S : 0, hours, parts: elevator };
  }
  const passes = PASSES[barrier] ?? UNKNOWN_BARRIER;
  const byKind = (letter: string): Access => (passes.includes(letter) ? 'yes' : 'no');
  const general = readAccess(tags['access']);
  const vehicles = readAccess(tags['vehicle']) ?? general;
  const cars = readAccess(tags['motor_vehicle']) ?? vehicles;
  const locked = tags['locked'] === 'yes' && general === undefined ? 'local' : undefined;
  return {
    traits,
    walk: readAccess(tags['foot']) ?? general ?? locked ?? byKind('w'),
    bike: readAccess(tags['bicycle']) ?? vehicles ?? locked ?? byKind('b'),
    drive: readAccess(tags['motorcar']) ?? cars ?? locked ?? byKind('d'),
    delayS: 0, hours, parts: true,
  };
}
