/** Tags of a way → what it is to walkers, riders and drivers. */
import { PASS, TRAIT } from '../network.ts';
import type { Access } from './access-values.ts';
import { firstValue } from './access-values.ts';
import { bikePassage } from './bike.ts';
import { driveKmh, drivePassage, isRoundabout } from './drive.ts';
import type { StreetClass } from './street-classes.ts';
import { NOT_THERE, NO_STREET, classOf } from './street-classes.ts';
import { statedStress, streetStress } from './stress.ts';
import type { Tags } from './tags.ts';
import type { Passage } from './walk.ts';
import { readOneway, walkPassage, oneWay } from './walk.ts';

/** Counts up whenever a rule, a table or anything else in building a network changes what comes out: caches ask for it. */
export const RULES_VERSION = 3;

export interface StreetRule {
  /** PASS bits along the way and against it. */
  readonly forward: number;
  readonly backward: number;
  /** TRAIT bits. */
  readonly traits: number;
  readonly streetClass: string;
  readonly driveKmh: number;
  /** Level of the street itself, ridden or not. */
  readonly stress: number;
  /** Whether junctions leave `stress` as it is. */
  readonly stressIsStated: boolean;
  /** A closed way of this kind is a square that is walked across. */
  readonly isSquare: boolean;
  /** R5 knows it too: not so ferries. */
  readonly inR5: boolean;
}

const UNPAVED = new Set([
  'unpaved', 'compacted', 'fine_gravel', 'gravel', 'pebblestone', 'rock', 'ground', 'dirt', 'earth', 'soil', 'grass', 'mud', 'sand', 'woodchips', 'snow', 'ice', 'salt', 'shells', 'clay', 'stone',
]);
const YES = new Set(['yes', 'true', '1']);

function isGone(tags: Tags): boolean {
  const { highway, cycleway } = tags;
  return tags['construction'] !== undefined || tags['proposed'] !== undefined || (highway !== undefined && NOT_THERE.has(highway)) || (cycleway !== undefined && NOT_THERE.has(cycleway));
}

function traitsOf(tags: Tags, highway: string): number {
  const is = (key: string, value: string): boolean => tags[key] === value;
  let traits = 0;
  if (highway === 'steps') traits |= TRAIT.steps;
  // R5 ties no point to what is under a roof; passages through buildings are open at both ends
  if (is('tunnel', 'yes') || is('covered', 'yes')) traits |= TRAIT.tunnel;
  if (tags['bridge'] !== undefined && tags['bridge'] !== 'no') traits |= TRAIT.bridge;
  if (highway === 'crossing' || is('footway', 'crossing') || is('cycleway', 'crossing') || is('path', 'crossing')) traits |= TRAIT.crossing;
  if (isRoundabout(tags)) traits |= TRAIT.roundabout;
  const surface = tags['surface'] === undefined ? undefined : firstValue(tags['surface']);
  if (surface === undefined ? highway === 'track' && !is('tracktype', 'grade1') : UNPAVED.has(surface.split(':')[0])) traits |= TRAIT.unpaved;
  return traits;
}

function passBits(access: Access, open: number, local: number): number {
  return access === 'yes' ? open : access === 'local' ? local : 0;
}

/** Riders push wherever walking is open and riding is not, as in R5: bicycle=no forbids riding, and bicycle=dismount says so in words. */
function bits(walk: Access, bike: Access, drive: Access): number {
  const pass = passBits(walk, PASS.walk, PASS.walkLocal) | passBits(bike, PASS.bike, PASS.bikeLocal) | passBits(drive, PASS.drive, PASS.driveLocal);
  return walk === 'yes' && bike !== 'yes' ? pass | PASS.pushBike : pass;
}

/** A ferry takes walkers and riders unless it says otherwise, cars only if it says so. */
function ferryRule(tags: Tags): StreetRule {
  const passage = (own: Access): Passage => oneWay(own, readOneway(tags['oneway']));
  const walk = passage(walkPassage(tags, undefined).along);
  const bike = passage(bikePassage(tags, { walk: 'yes', bike: true, drive: false, kmh: 0 }).along);
  const drive = passage(drivePassage(tags, undefined).along);
  return {
    forward: bits(walk.along, bike.along, drive.along), backward: bits(walk.against, bike.against, drive.against),
    traits: TRAIT.ferry, streetClass: 'ferry', driveKmh: drive.along === 'no' && drive.against === 'no' ? 0 : 10, stress: 1, stressIsStated: true, isSquare: false, inR5: false,
  };
}

function isStreet(tags: Tags): boolean {
  if (tags['highway'] !== undefined && !NO_STREET.has(tags['highway'])) return true;
  return tags['public_transport'] === 'platform' || (tags['railway'] === 'platform' && tags['usage'] !== 'tourism');
}

/** What a way is; undefined where it is no street. Streets that nobody may use have no PASS bits: they part others all the same. */
export function findStreetRule(tags: Tags): StreetRule | undefined {
  if (!isStreet(tags) || isGone(tags)) return tags['route'] === 'ferry' && !isGone(tags) ? ferryRule(tags) : undefined;
  const highway = tags['highway'] === undefined || NO_STREET.has(tags['highway']) ? undefined : firstValue(tags['highway']);
  const street: StreetClass | undefined = highway === undefined ? undefined : classOf(highway);
  const [walk, bike, drive] = [walkPassage(tags, street), bikePassage(tags, street), drivePassage(tags, street)];
  const forward = bits(walk.along, bike.along, drive.along);
  const backward = bits(walk.against, bike.against, drive.against);
  const driven = ((forward | backward) & (PASS.drive | PASS.driveLocal)) !== 0;
  return {
    forward, backward, traits: traitsOf(tags, highway ?? ''), streetClass: highway ?? 'platform',
    driveKmh: driven ? driveKmh(tags, street ?? classOf('platform'), drive) : 0,
    stress: streetStress(tags, highway ?? '', ((forward | backward) & PASS.drive) !== 0), stressIsStated: statedStress(tags) > 0,
    isSquare: ((forward | backward) & PASS.walk) !== 0 && (YES.has(tags['area'] ?? '') || (highway === 'platform' || highway === undefined)),
    inR5: true,
  };
}
