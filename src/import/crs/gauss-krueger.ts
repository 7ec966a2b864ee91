/**
 * The zones of CGCS2000 Gauss–Krüger (GB/T 17798, GB 22021; EPSG:4491–4554): central meridians from 75° to 135° E, 3° and
 * 6° wide, with the zone's number before the easting (`38 512 345.6`) or without it (`512 345.6`).
 *
 * Chinese surveyors call the northing X and the easting Y; files mix both habits.
 */
export interface GaussKruegerZone {
  readonly epsg: number;
  readonly widthDeg: 3 | 6;
  readonly centralMeridian: number;
  /** The number that precedes the easting; absent in systems without prefix. */
  readonly prefix: number | undefined;
}

function listFamily(firstEpsg: number, widthDeg: 3 | 6, firstZone: number | undefined): GaussKruegerZone[] {
  const count = 60 / widthDeg + 1;
  return Array.from({ length: count }, (_, i) => ({
    epsg: firstEpsg + i,
    widthDeg,
    centralMeridian: 75 + widthDeg * i,
    prefix: firstZone === undefined ? undefined : firstZone + i,
  }));
}

/** All 64 systems, by EPSG code. */
export const GAUSS_KRUEGER_ZONES: readonly GaussKruegerZone[] = [
  ...listFamily(4491, 6, 13),
  ...listFamily(4502, 6, undefined),
  ...listFamily(4513, 3, 25),
  ...listFamily(4534, 3, undefined),
];

export function gaussKruegerDefinition(zone: GaussKruegerZone): string {
  const falseEasting = (zone.prefix ?? 0) * 1_000_000 + 500_000;
  return `+proj=tmerc +lat_0=0 +lon_0=${zone.centralMeridian} +k=1 +x_0=${falseEasting} +y_0=0 +ellps=GRS80 +units=m +no_defs`;
}

/** The zone an easting with prefix names: 6° zones are 13–23, 3° zones 25–45, so that the prefix alone decides. */
export function findZoneByEasting(easting: number): GaussKruegerZone | undefined {
  const prefix = Math.floor(easting / 1_000_000);
  return GAUSS_KRUEGER_ZONES.find((zone) => zone.prefix === prefix);
}
