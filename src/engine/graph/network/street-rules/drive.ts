/**
 * Who may drive along a way, and how fast: OSM wiki, "Key:access" (access, vehicle, motor_vehicle, motorcar from the general to the
 * particular) and "Key:maxspeed".
 */
import type { Tags } from './tags.ts';
import type { Access } from './access-values.ts';
import { firstValue, readAccess } from './access-values.ts';
import type { StreetClass } from './street-classes.ts';
import type { Passage } from './walk.ts';
import { oneWay, readOneway } from './walk.ts';
import { vehicleOneway } from './bike.ts';

export function drivePassage(tags: Tags, street: StreetClass | undefined): Passage {
  let access: Access = street?.drive === true && tags['service'] !== 'emergency_access' ? 'yes' : 'no';
  const general = readAccess(tags['vehicle']) ?? readAccess(tags['access']);
  if (general !== undefined && access !== 'no') access = general;
  access = readAccess(tags['motorcar']) ?? readAccess(tags['motor_vehicle']) ?? access;
  // a way that changes its direction by the hour serves neither
  if (tags['oneway'] === 'reversible') return { along: 'no', against: 'no' };
  const own = tags['oneway:motorcar'] ?? tags['oneway:motor_vehicle'] ?? tags['oneway:vehicle'];
  return oneWay(access, own === undefined ? vehicleOneway(tags) : readOneway(own));
}

const KMH_PER_MPH = 1.609344;
const KMH_PER_KNOT = 1.852;
const WALKING_KMH = 7;
const NO_LIMIT_KMH = 130;

/**
 * Limits that a country sets for a kind of road, as `CN:urban` in maxspeed, maxspeed:type or source:maxspeed (OSM wiki, "Speed limits";
 * China: Implementing Regulations of the Road Traffic Safety Law, articles 45 and 78).
 */
const COUNTRY_KMH: Readonly<Record<string, number>> = {
  'CN:urban': 50, 'CN:rural': 70, 'CN:expressway': 100, 'CN:motorway': 120,
  'BR:urban': 60, 'BR:rural': 100, 'BR:trunk': 100, 'BR:motorway': 110,
  'PT:urban': 50, 'PT:rural': 90, 'PT:trunk': 100, 'PT:motorway': 120,
  'DE:urban': 50, 'DE:rural': 100, 'DE:motorway': NO_LIMIT_KMH, 'DE:living_street': WALKING_KMH, 'DE:zone:30': 30,
  'FR:urban': 50, 'FR:rural': 80, 'FR:motorway': 130, 'GB:nsl_single': 97, 'GB:nsl_dual': 113, 'GB:motorway': 113,
  'FI:urban': 50, 'FI:rural': 80, 'FI:motorway': 120, 'IT:urban': 50, 'IT:rural': 90, 'IT:motorway': 130, 'ES:urban': 50, 'ES:rural': 90, 'ES:motorway': 120,
  'RU:urban': 60, 'RU:rural': 90, 'RU:living_street': 20, 'RU:motorway': 110, 'JP:nsl': 60, 'JP:express': 100, 'AT:urban': 50, 'AT:rural': 100, 'AT:motorway': 130, 'CH:urban': 50, 'CH:rural': 80, 'CH:motorway': 120,
};

/** What a country does not say, its kind does. */
const KIND_KMH: Readonly<Record<string, number>> = { urban: 50, rural: 90, trunk: 100, motorway: 120, living_street: 20, walk: WALKING_KMH, 'zone:20': 20, 'zone:30': 30, 'zone20': 20, 'zone30': 30 };

/** km/h of a maxspeed value; undefined where it says none (`signals`, `variable`, a typing error). */
export function parseSpeedKmh(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const text = value.split(/[;|]/)[0].trim();
  const number = /^(\d+(?:\.\d+)?)\s*(mph|km\/h|kmh|kph|knots)?$/i.exec(text);
  if (number !== null) {
    const unit = (number[2] ?? '').toLowerCase();
    const kmh = Number(number[1]) * (unit === 'mph' ? KMH_PER_MPH : unit === 'knots' ? KMH_PER_KNOT : 1);
    return kmh > 0 ? kmh : undefined;
  }
  if (text === 'walk' || text === 'foot') return WALKING_KMH;
  if (text === 'none') return NO_LIMIT_KMH;
  const [country, ...kind] = text.split(':');
  if (!/^[A-Z]{2}(-[A-Z]+)?$/.test(country)) return undefined;
  const zone = /^(?:zone:?)?(\d{2})$/.exec(kind.join(':'));
  return COUNTRY_KMH[`${country.slice(0, 2)}:${kind.join(':')}`] ?? (zone === null ? KIND_KMH[kind.join(':')] : Number(zone[1]));
}

/** The fastest lane's limit (`maxspeed:lanes=120|100|60`). */
function fastestLaneKmh(value: string | undefined): number | undefined {
  const limits = (value ?? '').split('|').flatMap((lane) => parseSpeedKmh(lane) ?? []);
  return limits.length === 0 ? undefined : Math.max(...limits);
}

/** Whole km/h of a car without traffic, 1 … 255. Of two limits by direction the one along the way counts if it is the only one driven, else their mean. */
export function driveKmh(tags: Tags, street: StreetClass, { along, against }: Passage): number {
  const cars = parseSpeedKmh(tags['maxspeed:motorcar']);
  const both = fastestLaneKmh(tags['maxspeed:lanes']) ?? parseSpeedKmh(tags['maxspeed']);
  const ahead = cars ?? parseSpeedKmh(tags['maxspeed:forward']) ?? both;
  const back = cars ?? parseSpeedKmh(tags['maxspeed:backward']) ?? both;
  const named = ahead !== undefined && back !== undefined ? (along === 'no' ? back : against === 'no' ? ahead : (ahead + back) / 2) : (ahead ?? back);
  const byKind = parseSpeedKmh(tags['maxspeed:type']) ?? parseSpeedKmh(tags['zone:maxspeed']) ?? parseSpeedKmh(tags['zone:traffic']) ?? parseSpeedKmh(tags['source:maxspeed']);
  return Math.max(1, Math.min(255, Math.round(named ?? byKind ?? street.kmh)));
}

/** Whether the class is a roundabout's; mini-roundabouts are nodes. */
export function isRoundabout(tags: Tags): boolean {
  return tags['junction'] === 'roundabout' || tags['junction'] === 'circular' || firstValue(tags['junction'] ?? '') === 'rotary';
}
