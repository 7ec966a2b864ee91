/** What an EPSG code means, as a PROJ string: the Chinese zones from their rule, the rest from the package proj4-list. */
import epsgList from 'proj4-list';
import { GAUSS_KRUEGER_ZONES, gaussKruegerDefinition } from './gauss-krueger.ts';

/** Geographic systems that agree with WGS 84 to better than a metre within their area of use, read as if they were it. */
const EQUAL_TO_WGS84 = new Set([4326, 4979, 4490, 4480, 4258, 4937, 4269, 4167, 4283, 4674, 4612, 6668, 6318, 7844, 3824, 4019]);

const WEB_MERCATOR = new Set([3857, 900913, 3785, 102100, 102113]);

export function isEqualToWgs84(epsg: number): boolean {
  return EQUAL_TO_WGS84.has(epsg);
}

export function isWebMercator(epsg: number): boolean {
  return WEB_MERCATOR.has(epsg);
}

/** The PROJ string of a code, or undefined where it is not known. */
export function findEpsgDefinition(epsg: number): string | undefined {
  const zone = GAUSS_KRUEGER_ZONES.find((candidate) => candidate.epsg === epsg);
  if (zone !== undefined) return gaussKruegerDefinition(zone);
  const entry = Object.hasOwn(epsgList, `EPSG:${epsg}`) ? epsgList[`EPSG:${epsg}`] : undefined;
  return entry?.[1].trim();
}
