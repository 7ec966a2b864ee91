/**
 * GCJ-02 and BD-09, the shifted coordinates that Chinese map services publish, to and from WGS 84.
 *
 * GCJ-02 displaces WGS 84 by 100–700 m with a smooth function of position; the formula is the one that became public
 * around 2010 and that every converter uses, with Krassowsky 1940 as its ellipsoid. BD-09 is Baidu's further shift of
 * GCJ-02 by about 1 km. Neither has a closed inverse. The usual shortcut (subtract the shift taken at the shifted point)
 * is off by up to 3 m; here the inverse is a fixed-point iteration: the shift changes by less than 1 % of the distance
 * moved, so each round wins two digits and five bring it below 1e-10° (0.01 mm).
 *
 * Outside the rectangle that the map services use for China (72.004–137.8347° E, 0.8293–55.8271° N) nothing is shifted.
 */
const KRASSOWSKY_A_M = 6378245;
const KRASSOWSKY_E2 = 0.006693421622965943;
const RAD = Math.PI / 180;
/** The constant of Baidu's formula: 3000 π / 180, an angular frequency per degree. */
const BAIDU_FREQUENCY = (Math.PI * 3000) / 180;
const BAIDU_LON_OFFSET = 0.0065;
const BAIDU_LAT_OFFSET = 0.006;
const TOLERANCE_DEG = 1e-11;
const MAX_ROUNDS = 30;

/** longitude, latitude in degrees */
export type LonLat = [lon: number, lat: number];

/** Whether the map services shift coordinates here. */
export function isInShiftedArea(lon: number, lat: number): boolean {
  return lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
}

/** Waves of 1/3, 1, 3 and 6 (or 12, 30) degrees that both components of the shift are made of. */
function shiftMetres(x: number, y: number): [east: number, north: number] {
  const common = (20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * (2 / 3);
  const root = Math.sqrt(Math.abs(x));
  const north =
    -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common +
    (20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * (2 / 3) +
    (160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * (2 / 3);
  const east =
    300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common +
    (20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * (2 / 3) +
    (150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * (2 / 3);
  return [east, north];
}

/** The displacement of GCJ-02 at a WGS 84 position, in degrees. */
function shiftDegrees(lon: number, lat: number): LonLat {
  const [east, north] = shiftMetres(lon - 105, lat - 35);
  const sine = Math.sin(lat * RAD);
  const w = 1 - KRASSOWSKY_E2 * sine * sine;
  const root = Math.sqrt(w);
  const metresPerDegreeLat = ((KRASSOWSKY_A_M * (1 - KRASSOWSKY_E2)) / (w * root)) * RAD;
  const metresPerDegreeLon = (KRASSOWSKY_A_M / root) * Math.cos(lat * RAD) * RAD;
  return [east / metresPerDegreeLon, north / metresPerDegreeLat];
}

/** Degrees in, degrees out; outside {@link isInShiftedArea} unchanged. */
export function wgs84ToGcj02(lon: number, lat: number): LonLat {
  if (!isInShiftedArea(lon, lat)) return [lon, lat];
  const [dLon, dLat] = shiftDegrees(lon, lat);
  return [lon + dLon, lat + dLat];
}

/** The inverse of {@link wgs84ToGcj02}, to 1e-10 degrees. Positions outside the shifted area come back unchanged. */
export function gcj02ToWgs84(lon: number, lat: number): LonLat {
  if (!isInShiftedArea(lon, lat)) return [lon, lat];
  let x = lon;
  let y = lat;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const [dLon, dLat] = shiftDegrees(x, y);
    const nextX = lon - dLon;
    const nextY = lat - dLat;
    const moved = Math.max(Math.abs(nextX - x), Math.abs(nextY - y));
    x = nextX;
    y = nextY;
    if (moved < TOLERANCE_DEG) break;
  }
  return [x, y];
}

/** Baidu's further shift of GCJ-02; degrees. */
export function gcj02ToBd09(lon: number, lat: number): LonLat {
  if (!isInShiftedArea(lon, lat)) return [lon, lat];
  const radius = Math.hypot(lon, lat) + 0.00002 * Math.sin(lat * BAIDU_FREQUENCY);
  const angle = Math.atan2(lat, lon) + 0.000003 * Math.cos(lon * BAIDU_FREQUENCY);
  return [radius * Math.cos(angle) + BAIDU_LON_OFFSET, radius * Math.sin(angle) + BAIDU_LAT_OFFSET];
}

/** The inverse of {@link gcj02ToBd09}, to 1e-10 degrees. */
export function bd09ToGcj02(lon: number, lat: number): LonLat {
  if (!isInShiftedArea(lon, lat)) return [lon, lat];
  let x = lon - BAIDU_LON_OFFSET;
  let y = lat - BAIDU_LAT_OFFSET;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const radius = Math.hypot(x, y) + 0.00002 * Math.sin(y * BAIDU_FREQUENCY);
    const angle = Math.atan2(y, x) + 0.000003 * Math.cos(x * BAIDU_FREQUENCY);
    const errorX = radius * Math.cos(angle) + BAIDU_LON_OFFSET - lon;
    const errorY = radius * Math.sin(angle) + BAIDU_LAT_OFFSET - lat;
    x -= errorX;
    y -= errorY;
    if (Math.max(Math.abs(errorX), Math.abs(errorY)) < TOLERANCE_DEG) break;
  }
  return [x, y];
}

/** WGS 84 → GCJ-02 → BD-09; degrees. */
export function wgs84ToBd09(lon: number, lat: number): LonLat {
  return gcj02ToBd09(...wgs84ToGcj02(lon, lat));
}

/** BD-09 → GCJ-02 → WGS 84; degrees. */
export function bd09ToWgs84(lon: number, lat: number): LonLat {
  return gcj02ToWgs84(...bd09ToGcj02(lon, lat));
}
