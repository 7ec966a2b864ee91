/**
 * Which facilities lie within a straight distance of points: asked point by point over a grid of the facilities' edges.
 *
 * Open spaces and lines are measured from their border, as standards §8 have it: the border is sampled every 20 m, which overstates a distance of
 * 300 m by at most 0.2 m; all others from their point.
 */
import { findKind } from '../../base/facilities/match-kinds.ts';
import { buildGridIndex } from '../../engine/spatial/grid-index.ts';
import { distanceM, metresPerDegree } from '../../engine/spatial/measure.ts';
import type { CityData } from '../city/city-data.ts';

const SAMPLE_M = 20;

export interface NearFacilities {
  /** Calls `visit` with each facility within `radiusM` of a point (E7), once, in no order. Not to be called from within `visit`. */
  search(xE7: number, yE7: number, radiusM: number, visit: (facility: number) => void): void;
}

/** An index over some facilities (numbers of the snapshot). */
export function indexFacilities(city: CityData, facilities: Uint32Array): NearFacilities {
  const [lon, lat, owner] = [[] as number[], [] as number[], [] as number[]];
  const add = (x: number, y: number, facility: number): void => {
    lon.push(x / 1e7);
    lat.push(y / 1e7);
    owner.push(facility);
  };
  const { facility, meta } = city.snapshot;
  const kindOf = (f: number): string => meta.facilityKinds.find(({ start, end }) => f >= start && f < end)?.kind ?? '';
  for (const f of facilities) {
    if (findKind(kindOf(f))?.openSpace === true && sampleBorder(city, f, (x, y) => add(x, y, f)) > 1) continue;
    add(facility.pointE7[2 * f], facility.pointE7[2 * f + 1], f);
  }
  const index = buildGridIndex(lon, lat);
  const seen = new Int32Array(facility.id.length).fill(-1);
  let asked = 0;
  return {
    search(xE7, yE7, radiusM, visit) {
      const [x, y] = [xE7 / 1e7, yE7 / 1e7];
      const degree = metresPerDegree(y);
      // a little more than the radius: scales are those of this latitude
      const [dx, dy] = [(1.001 * radiusM) / degree.lon, (1.001 * radiusM) / degree.lat];
      asked++;
      index.search(x - dx, y - dy, x + dx, y + dy, (point) => {
        const f = owner[point];
        if (seen[f] === asked || distanceM(x, y, lon[point], lat[point]) > radiusM) return;
        seen[f] = asked;
        visit(f);
      });
    },
  };
}

/** Vertices of a shape and points between them every 20 m; returns how many vertices it has. */
function sampleBorder({ snapshot: { facility: { shapes } } }: CityData, f: number, add: (x: number, y: number) => void): number {
  const { verticesE7, partEnds, shapeEnds } = shapes;
  let vertices = 0;
  for (let part = f === 0 ? 0 : shapeEnds[f - 1]; part < shapeEnds[f]; part++) {
    const begin = part === 0 ? 0 : partEnds[part - 1];
    for (let v = begin; v < partEnds[part]; v++) {
      vertices++;
      const [x, y] = [verticesE7[2 * v], verticesE7[2 * v + 1]];
      const steps = v === begin ? 1 : Math.max(1, Math.ceil(distanceM(verticesE7[2 * v - 2] / 1e7, verticesE7[2 * v - 1] / 1e7, x / 1e7, y / 1e7) / SAMPLE_M));
      for (let s = 1; s < steps; s++) add(verticesE7[2 * v - 2] + ((x - verticesE7[2 * v - 2]) * s) / steps, verticesE7[2 * v - 1] + ((y - verticesE7[2 * v - 1]) * s) / steps);
      add(x, y);
    }
  }
  return vertices;
}
