/** Which population points have one of some spots within reach: stops of a timetable, entrances, anything that is a point and no facility. */
import { ShapeDistance } from '../../engine/spatial/shape-distance.ts';
import { linkPoints } from '../../engine/graph/travel/link-points.ts';
import type { CityData } from '../city/city-data.ts';
import { populationLinks, walkMm } from '../city/street-access.ts';
import { FacilitySearch, residentLists } from './access-pairs.ts';
import type { ReachMeasure } from './living-params.ts';

/**
 * By population point 1 or 0. Along the streets nobody reaches what lies farther as the crow flies.
 *
 * @param spotsE7 longitude and latitude by turns
 */
export function reachSpots(city: CityData, spotsE7: Int32Array, metres: number, measure: ReachMeasure): Uint8Array {
  const { pointE7 } = city.snapshot.population;
  const near = new ShapeDistance();
  for (let s = 0; s < spotsE7.length / 2; s++) near.addPoint(spotsE7[2 * s], spotsE7[2 * s + 1], s);
  const found = { metres: Infinity, shape: -1 };
  const reached = new Uint8Array(pointE7.length / 2);
  for (let p = 0; p < reached.length; p++) {
    near.find(pointE7[2 * p], pointE7[2 * p + 1], metres, found);
    reached[p] = found.metres <= metres ? 1 : 0;
  }
  const travel = measure === 'walk' ? walkMm(city) : undefined;
  if (travel === undefined || spotsE7.length === 0) return reached;
  const links = linkPoints(travel, Float64Array.from(spotsE7, (value) => value / 1e7));
  const residents = populationLinks(city, travel);
  // one search from all of them, as from the doors of one facility
  const search = new FacilitySearch(travel, residents, residentLists(city, travel), { count: 1, links, doorEnds: Uint32Array.of(links.count) }, Math.floor(metres * 1000));
  search.run(0);
  const onFoot = new Uint8Array(reached.length);
  for (let i = 0; i < search.count; i++) onFoot[search.point[i]] = 1;
  return reached.map((each, p) => each & onFoot[p]);
}
