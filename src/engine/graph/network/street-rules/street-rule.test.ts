import { describe, expect, it } from 'vitest';
import { PASS, TRAIT, VERTEX_TRAIT } from '../network.ts';
import { pointRule } from './barriers.ts';
import { parseSpeedKmh } from './drive.ts';
import { findStreetRule } from './street-rule.ts';
import type { StreetRule } from './street-rule.ts';
import type { Tags } from './tags.ts';

/** `highway=path foot=no` → tags. */
function parseTags(text: string): Tags {
  return Object.fromEntries(text.split(' ').map((pair) => pair.split('=') as [string, string]));
}

/** W walk, B bike, D drive, lower case: only to reach something here, p push. */
function letters(pass: number): string {
  const all = [['W', PASS.walk], ['w', PASS.walkLocal], ['B', PASS.bike], ['b', PASS.bikeLocal], ['D', PASS.drive], ['d', PASS.driveLocal], ['p', PASS.pushBike]] as const;
  return all.filter(([, bit]) => (pass & bit) !== 0).map(([letter]) => letter).join('');
}

function get(text: string): StreetRule {
  const rule = findStreetRule(parseTags(text));
  if (rule === undefined) throw new Error(`no street: ${text}`);
  return rule;
}

describe('who may pass, along and against', () => {
  it.each([
    // classes
    ['highway=motorway', 'D', ''],
    ['highway=motorway_link', 'D', 'D'],
    ['highway=trunk', 'WBD', 'WBD'],
    ['highway=residential', 'WBD', 'WBD'],
    ['highway=living_street', 'WBD', 'WBD'],
    ['highway=service', 'WBD', 'WBD'],
    ['highway=track', 'WBD', 'WBD'],
    ['highway=unheard_of', 'WBD', 'WBD'],
    ['highway=pedestrian', 'WB', 'WB'],
    ['highway=footway', 'Wp', 'Wp'],
    ['highway=steps', 'Wp', 'Wp'],
    ['highway=path', 'WB', 'WB'],
    ['highway=cycleway', 'WB', 'WB'],
    ['highway=corridor indoor=yes', 'Wp', 'Wp'],
    ['railway=platform', 'Wp', 'Wp'],
    ['public_transport=platform', 'Wp', 'Wp'],
    // access, from the general to the particular
    ['highway=residential access=no', '', ''],
    ['highway=residential access=private', 'wbd', 'wbd'],
    ['highway=residential access=destination', 'wbd', 'wbd'],
    ['highway=residential access=no foot=yes', 'Wp', 'Wp'],
    ['highway=residential access=private foot=designated;permissive', 'Wbdp', 'Wbdp'],
    ['highway=residential motor_vehicle=no', 'WB', 'WB'],
    ['highway=residential motor_vehicle=no motorcar=yes', 'WBD', 'WBD'],
    ['highway=residential vehicle=no', 'Wp', 'Wp'],
    ['highway=residential vehicle=no bicycle=yes', 'WB', 'WB'],
    ['highway=residential motor_vehicle=destination', 'WBd', 'WBd'],
    ['highway=residential foot=no', 'BD', 'BD'],
    ['highway=residential foot=no sidewalk=both', 'WBD', 'WBD'],
    ['highway=footway access=private', 'Wp', 'Wp'],
    ['highway=footway foot=private', 'w', 'w'],
    ['highway=footway bicycle=yes', 'WB', 'WB'],
    ['highway=footway bicycle=no', 'Wp', 'Wp'],
    ['highway=footway access=yes', 'Wp', 'Wp'],
    ['highway=path bicycle=dismount', 'Wp', 'Wp'],
    ['highway=primary bicycle=use_sidepath', 'WDp', 'WDp'],
    ['highway=trunk motorroad=yes', 'WDp', 'WDp'],
    ['highway=service service=emergency_access', 'WB', 'WB'],
    ['highway=residential foot=gibberish', 'WBD', 'WBD'],
    // directions
    ['highway=primary oneway=yes', 'WBD', 'Wp'],
    ['highway=primary oneway=-1', 'Wp', 'WBD'],
    ['highway=primary junction=roundabout', 'WBD', 'Wp'],
    ['highway=primary junction=roundabout oneway=no', 'WBD', 'WBD'],
    ['highway=primary oneway=yes oneway:bicycle=no', 'WBD', 'WB'],
    ['highway=primary oneway=yes cycleway=opposite_lane', 'WBD', 'WB'],
    ['highway=primary oneway=yes cycleway:left=opposite', 'WBD', 'WB'],
    ['highway=primary oneway=yes cycleway:left=lane cycleway:left:oneway=-1', 'WBD', 'WB'],
    ['highway=primary oneway=yes cycleway:left=no cycleway:left:oneway=-1', 'WBD', 'Wp'],
    ['highway=cycleway oneway=yes', 'WB', 'Wp'],
    ['highway=primary oneway=reversible', 'WB', 'WB'],
    ['highway=footway oneway:foot=yes', 'Wp', ''],
    ['highway=footway oneway=yes', 'Wp', 'Wp'],
    // what is not there
    ['highway=residential cycleway=lane bicycle=no', 'WBD', 'WBD'],
    // ferries
    ['route=ferry', 'WB', 'WB'],
    ['route=ferry motorcar=yes', 'WBD', 'WBD'],
    ['route=ferry foot=no bicycle=no motor_vehicle=yes', 'D', 'D'],
  ])('%s', (tags, along, against) => {
    const { forward, backward } = get(tags);
    expect([letters(forward), letters(backward)]).toEqual([along, against]);
  });

  it.each(['highway=construction', 'highway=proposed', 'highway=primary construction=yes', 'highway=services', 'highway=rest_area', 'highway=raceway', 'barrier=wall', 'railway=platform usage=tourism', 'route=bus', 'highway=cycleway cycleway=proposed'])(
    'no street: %s',
    (tags) => expect(findStreetRule(parseTags(tags))).toBeUndefined(),
  );
});

describe('what a street is', () => {
  it.each([
    ['highway=steps', TRAIT.steps],
    ['highway=primary tunnel=yes', TRAIT.tunnel],
    ['highway=footway covered=yes', TRAIT.tunnel],
    ['highway=service tunnel=building_passage', 0],
    ['highway=primary bridge=viaduct', TRAIT.bridge],
    ['highway=primary bridge=no', 0],
    ['highway=footway footway=crossing', TRAIT.crossing],
    ['highway=primary junction=roundabout', TRAIT.roundabout],
    ['highway=residential surface=gravel', TRAIT.unpaved],
    ['highway=residential surface=asphalt', 0],
    ['highway=track', TRAIT.unpaved],
    ['highway=track tracktype=grade1', 0],
    ['highway=track surface=concrete:plates', 0],
    ['route=ferry', TRAIT.ferry],
  ])('%s', (tags, traits) => expect(get(tags).traits).toBe(traits));

  it.each([
    ['highway=pedestrian area=yes', true],
    ['highway=pedestrian', false],
    ['highway=primary area=yes foot=no', false],
    ['railway=platform', true],
  ])('a square: %s %s', (tags, isSquare) => expect(get(tags).isSquare).toBe(isSquare));
});

describe('how fast cars go', () => {
  it.each([
    ['50', 50], ['30 mph', 48.28032], ['30mph', 48.28032], ['10 knots', 18.52], ['walk', 7], ['none', 130], ['CN:urban', 50], ['CN:expressway', 100],
    ['DE:zone:30', 30], ['IT:zone30', 30], ['NL:urban', 50], ['80; 50', 80], ['0', undefined], ['signals', undefined], ['fast', undefined], ['', undefined],
  ])('maxspeed=%s', (value, kmh) => {
    const parsed = parseSpeedKmh(value);
    if (kmh === undefined) expect(parsed).toBeUndefined();
    else expect(parsed).toBeCloseTo(kmh, 6);
  });

  it.each([
    ['highway=motorway', 105], ['highway=primary', 72], ['highway=living_street', 8], ['highway=residential', 40],
    ['highway=primary maxspeed=60', 60], ['highway=primary maxspeed=60 maxspeed:motorcar=30', 30], ['highway=primary maxspeed:lanes=120|100|60 maxspeed=50', 120],
    ['highway=primary maxspeed:forward=60 maxspeed:backward=40', 50], ['highway=primary oneway=yes maxspeed:forward=60 maxspeed:backward=40', 60],
    ['highway=primary oneway=-1 maxspeed:forward=60 maxspeed:backward=40', 40], ['highway=primary maxspeed:type=CN:urban', 50], ['highway=primary source:maxspeed=sign', 72],
    ['highway=footway', 0], ['highway=footway motorcar=private', 8], ['highway=pedestrian motor_vehicle=destination maxspeed=20', 20], ['railway=platform motor_vehicle=yes', 8], ['highway=busway motorcar=yes', 40],
    ['highway=residential maxspeed=9999', 255],
  ])('%s', (tags, kmh) => expect(get(tags).driveKmh).toBe(kmh));
});

describe('how much riders bear', () => {
  it.each([
    ['highway=cycleway', 1], ['highway=residential', 1], ['highway=service', 1], ['highway=primary', 4], ['highway=primary lts=2', 2],
    ['highway=primary cycleway=lane', 3], ['highway=primary cycleway=lane maxspeed=40', 2], ['highway=primary cycleway=lane maxspeed=40 lanes=4', 3],
    ['highway=tertiary', 2], ['highway=tertiary maxspeed=60', 3], ['highway=tertiary maxspeed=30', 2], ['highway=tertiary lanes=4', 3], ['highway=unclassified maxspeed=60 cycleway:right=lane', 2],
    ['highway=primary motor_vehicle=no', 1],
  ])('%s', (tags, stress) => expect(get(tags).stress).toBe(stress));
});

describe('what stands at a node', () => {
  const passes = (text: string): string => {
    const { walk, bike, drive } = pointRule(parseTags(text));
    return [['w', walk], ['b', bike], ['d', drive]].map(([letter, access]) => (access === 'yes' ? letter.toUpperCase() : access === 'local' ? letter : '')).join('');
  };
  it.each([
    ['barrier=gate', 'WBD'], ['barrier=gate access=private', 'wbd'], ['barrier=gate access=no', ''], ['barrier=gate access=private foot=yes', 'Wbd'], ['barrier=gate foot=no bicycle=no', 'D'],
    ['barrier=gate locked=yes', 'wbd'], ['barrier=lift_gate motor_vehicle=no', 'WB'], ['barrier=bollard', 'WB'], ['barrier=bollard motor_vehicle=yes', 'WBD'], ['barrier=turnstile', 'W'],
    ['barrier=stile', 'W'], ['barrier=cycle_barrier', 'WB'], ['barrier=toll_booth', 'WBD'], ['barrier=wall', ''], ['barrier=never_heard_of', 'WB'], ['barrier=no access=no', 'WBD'],
    ['highway=crossing access=no', 'WBD'], ['highway=elevator', 'Wb'],
  ])('%s', (tags, expected) => expect(passes(tags)).toBe(expected));

  it('names traits, waits and hours', () => {
    expect(pointRule(parseTags('barrier=gate opening_hours=06:00-22:00'))).toMatchObject({ traits: VERTEX_TRAIT.gate, hours: '06:00-22:00', parts: true });
    expect(pointRule(parseTags('barrier=bollard')).traits).toBe(VERTEX_TRAIT.barrier);
    expect(pointRule(parseTags('highway=elevator'))).toMatchObject({ traits: VERTEX_TRAIT.elevator, delayS: 45 });
    expect(pointRule(parseTags('highway=traffic_signals;crossing'))).toMatchObject({ traits: VERTEX_TRAIT.crossing | VERTEX_TRAIT.signals, parts: false });
    expect(pointRule(parseTags('entrance=main')).traits).toBe(VERTEX_TRAIT.entrance);
  });
});
