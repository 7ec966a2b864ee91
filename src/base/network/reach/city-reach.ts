/**
 * What one reaches in a city from some places within some limits: polygons, streets, persons, jobs, facilities. The one place that answers
 * isochrones, in the browser's worker and on the server alike, so that both count the same.
 *
 * Built from the two buffers that the base keeps (network, opportunities). For each way of travelling a travel graph and the links of all
 * that is counted are made once and kept; with them an answer takes some milliseconds in a city of 300,000.
 *
 * Memory: the buffers, and for each of the last few ways of travelling some 20 bytes an edge and 60 bytes a point that is counted.
 */
import { ChengmaiError } from '../../../core/errors.ts';
import type { Bilingual } from '../../../core/bilingual.ts';
import { buildIsochrone, costsOfPoints, drawStreets, sumWithin } from '../../../engine/graph/search/isochrone.ts';
import { linkPoints } from '../../../engine/graph/travel/link-points.ts';
import type { Network } from '../../../engine/graph/network/network.ts';
import type { PointLinks } from '../../../engine/graph/travel/point-links.ts';
import type { TravelProfile } from '../../../engine/graph/travel/profile.ts';
import { profileOf } from '../../../engine/graph/travel/profile.ts';
import { StreetSearch } from '../../../engine/graph/search/reached-streets.ts';
import { UNREACHED } from '../../../engine/graph/search/search-graph.ts';
import { buildTravelGraph } from '../../../engine/graph/travel/travel-graph.ts';
import type { TravelGraph } from '../../../engine/graph/travel/travel-graph.ts';
import { toGeoJson } from '../../../engine/spatial/geometry.ts';
import { areaM2, lengthM } from '../../../engine/spatial/measure.ts';
import type { IsochroneAnswer, IsochroneFeature, IsochroneRequest } from './isochrone-api.ts';
import type { Opportunities } from './opportunities.ts';

const COST_PER = { minutes: 60, metres: 1000 } as const;
const WAYS_KEPT = 3;
/** In a city pieces of fewer vertices are courtyards without a way in; a hamlet may be no larger. */
const LEAST_VERTICES = 40;
const HAMLET_VERTICES = 1000;

const NO_ROAD: Bilingual = { zh: '所选地点附近没有可用道路，无法计算等时圈；请换一个靠近道路的地点或换一种出行方式。', en: 'No street that may be used is near the places, so nothing can be reached; choose places nearer to a street, or another mode.' };

/** One way of travelling, with everything tied to its streets. */
interface Way {
  readonly travel: TravelGraph;
  readonly search: StreetSearch;
  readonly population: PointLinks;
  readonly jobs: PointLinks;
  readonly doors: PointLinks;
}

function toDegrees(e7: Int32Array): Float64Array {
  return Float64Array.from(e7, (value) => value / 1e7);
}

/** The limits asked for, ascending, each once, with what they are. @throws ChengmaiError `network/limits` */
function readLimits({ minutes, metres }: IsochroneRequest): { name: 'minutes' | 'metres'; values: number[]; costs: number[] } {
  const name = metres === undefined ? 'minutes' : 'metres';
  if (minutes !== undefined && metres !== undefined) {
    throw new ChengmaiError('input', 'network/limits', { zh: '时间上限（minutes）与距离上限（metres）只能给一个。', en: 'Give either minutes or metres, not both.' }, { field: 'metres' });
  }
  const values = [...new Set(metres ?? minutes ?? [5, 10, 15])].sort((a, b) => a - b);
  return { name, values, costs: values.map((value) => Math.floor(value * COST_PER[name])) };
}

export class CityReach {
  readonly network: Network;
  readonly opportunities: Opportunities;
  /** The last used last. */
  readonly #ways = new Map<string, Way>();

  constructor(network: Network, opportunities: Opportunities) {
    this.network = network;
    this.opportunities = opportunities;
  }

  /** How places are travelled from: private streets begin and end trips (residents of an estate walk there), else the engine's usual profile. */
  profileFor({ mode, speedKmh, maxStress, metres }: IsochroneRequest): TravelProfile {
    return profileOf(mode, {
      unit: metres === undefined ? 's' : 'mm', local: 'ends', leastVertices: this.network.meta.counts.vertices < HAMLET_VERTICES ? 2 : LEAST_VERTICES,
      slope: this.network.meta.elevation && mode !== 'drive',
      ...(speedKmh !== undefined && { speedKmh }), ...(maxStress !== undefined && { maxStress: maxStress as TravelProfile['maxStress'] }),
    });
  }

  /** Makes ready what answers of this kind need. @throws ChengmaiError `engine/profile` */
  prepare(request: IsochroneRequest): Way {
    const profile = this.profileFor(request);
    const key = JSON.stringify(profile);
    let way = this.#ways.get(key);
    if (way === undefined) {
      // room first: two ways of a large city are much
      if (this.#ways.size >= WAYS_KEPT) this.#ways.delete([...this.#ways.keys()][0]);
      way = this.#buildWay(profile);
    }
    this.#ways.delete(key);
    this.#ways.set(key, way);
    return way;
  }

  #buildWay(profile: TravelProfile): Way {
    const travel = buildTravelGraph(this.network, profile);
    const { population, job, facility } = this.opportunities;
    const link = (e7: Int32Array): PointLinks => linkPoints(travel, toDegrees(e7));
    return { travel, search: new StreetSearch(travel), population: link(population.pointE7), jobs: link(job.pointE7), doors: link(facility.doorE7) };
  }

  /**
   * Answers a request. Counts go by the way along the streets, not by the polygon.
   *
   * @throws ChengmaiError `network/off-network` where no place has a usable street near, `network/limits`, `engine/profile`
   */
  answer(request: IsochroneRequest): IsochroneAnswer {
    const limits = readLimits(request);
    const way = this.prepare(request);
    const { travel, search } = way;
    const links = linkPoints(travel, Float64Array.from(request.places.flat()));
    if (links.firstOut[links.count] === 0) throw new ChengmaiError('input', 'network/off-network', NO_ROAD, { field: 'places', value: request.places.map((place) => place.join(',')).join(' ') });
    const origins = request.places.map((_, p) => p);
    const originE7 = Float64Array.from(request.places.flat(), (degrees) => degrees * 1e7);
    const { polygons, streets } = buildIsochrone(search, links, origins, limits.costs, { originE7 });
    const lines = drawStreets(travel, streets, limits.costs.length);
    const counts = this.#count(way, links, origins, limits.costs);
    let streetsM = 0;
    const areas = polygons.map((polygon, i): IsochroneFeature => {
      streetsM += lengthM(lines[i]);
      const properties = { type: 'area' as const, [limits.name]: limits.values[i], areaM2: Math.round(areaM2(polygon)), streetsM: Math.round(streetsM), ...counts[i] };
      return { type: 'Feature', properties, geometry: toGeoJson(polygon) };
    });
    const drawn = request.streets === false ? [] : lines.map((line, i): IsochroneFeature => ({ type: 'Feature', properties: { type: 'streets', [limits.name]: limits.values[i] }, geometry: toGeoJson(line) }));
    return {
      type: 'FeatureCollection',
      // the largest first: what draws in order leaves the smaller ones on top
      features: [...areas.toReversed(), ...drawn.toReversed()],
      mode: request.mode, speedKmh: travel.meta.profile.speedKmh, unit: limits.name, network: this.network.meta.key,
      places: request.places.map(([lon, lat], p) => ({ lon, lat, offNetworkM: links.edge[p] < 0 ? null : links.offMm[p] / 1000 })),
    };
  }

  #count({ search, population, jobs, doors }: Way, links: PointLinks, origins: readonly number[], costs: readonly number[]) {
    const most = costs.at(-1) ?? 0;
    const { meta, population: { persons }, job, facility } = this.opportunities;
    const cost = (points: PointLinks): Uint32Array => costsOfPoints(search, links, origins, points, most);
    const byPoint = cost(population);
    const personSums = meta.groups.map((_, g) => sumWithin(byPoint, persons.subarray(g * population.count, (g + 1) * population.count), costs));
    const jobSums = job.count.length === 0 ? undefined : sumWithin(cost(jobs), job.count, costs);
    const byFacility = leastByFacility(cost(doors), facility.doorEnds);
    const ones = new Uint8Array(byFacility.length).fill(1);
    const kinds = meta.facilityKinds.map(({ kind, start, end }) => ({ kind, sums: sumWithin(byFacility.subarray(start, end), ones, costs) }));
    return costs.map((_, i) => ({
      persons: Object.fromEntries(meta.groups.map((group, g) => [group, Math.round(personSums[g][i])])),
      jobs: jobSums === undefined ? null : Math.round(jobSums[i]),
      facilities: Object.fromEntries(kinds.filter(({ sums }) => sums[i] > 0).map(({ kind, sums }) => [kind, sums[i]])),
    }));
  }
}

/** A facility costs what its nearest door costs. */
function leastByFacility(costs: Uint32Array, doorEnds: Uint32Array): Uint32Array {
  const least = new Uint32Array(doorEnds.length).fill(UNREACHED);
  for (let f = 0, d = 0; f < doorEnds.length; f++) for (; d < doorEnds[f]; d++) least[f] = Math.min(least[f], costs[d]);
  return least;
}
