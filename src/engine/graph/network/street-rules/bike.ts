/**
 * Who may ride along a way: OSM wiki, "Bicycle", "Key:oneway:bicycle", "Key:cycleway". From the general tag to the particular one:
 * access, vehicle, bicycle; the class's own meaning stands where none of them speaks.
 */
import type { Tags } from './tags.ts';
import type { Access } from './access-values.ts';
import { firstValue, readAccess } from './access-values.ts';
import type { StreetClass } from './street-classes.ts';
import type { Passage } from './walk.ts';
import { oneWay, readOneway } from './walk.ts';

const has = (value: string | undefined, start: string): boolean => value !== undefined && value.toLowerCase().startsWith(start);

/** Whether riders may go both ways where cars may go one way only. */
function isContraflow(tags: Tags): boolean {
  if (tags['oneway:bicycle'] !== undefined) return firstValue(tags['oneway:bicycle']) === 'no';
  if (has(tags['cycleway'], 'opposite') || has(tags['cycleway:left'], 'opposite') || has(tags['cycleway:right'], 'opposite') || has(tags['cycleway:both'], 'opposite')) return true;
  // a lane or track beside the street that runs both ways, or against it
  return ['left', 'right'].some((side) => {
    const oneway = tags[`cycleway:${side}:oneway`];
    const lane = tags[`cycleway:${side}`];
    return oneway !== undefined && lane !== undefined && firstValue(lane) !== 'no' && (firstValue(oneway) === 'no' || readOneway(oneway) === -1);
  });
}

/** −1, 0, 1 as readOneway; roundabouts and motorways run one way unasked. */
export function vehicleOneway(tags: Tags): number {
  if (tags['oneway'] !== undefined) return readOneway(tags['oneway']);
  return tags['junction'] === 'roundabout' || tags['junction'] === 'circular' || tags['highway'] === 'motorway' ? 1 : 0;
}

export function bikePassage(tags: Tags, street: StreetClass | undefined): Passage {
  let access: Access = street?.bike === true && tags['motorroad'] !== 'yes' ? 'yes' : 'no';
  const general = readAccess(tags['vehicle']) ?? readAccess(tags['access']);
  // access=yes says nothing new of a way that riders do not use
  if (general !== undefined && (general !== 'yes' || street?.bike === true)) access = access === 'no' ? 'no' : general;
  access = readAccess(tags['bicycle']) ?? access;
  // a lane or track for riders says more than the street's own access
  if ([tags['cycleway'], tags['cycleway:both']].some((value) => readAccess(value) === 'yes')) access = 'yes';
  const own = readOneway(tags['oneway:bicycle']);
  return oneWay(access, own !== 0 ? own : isContraflow(tags) ? 0 : vehicleOneway(tags));
}
