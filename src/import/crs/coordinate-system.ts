/**
 * Coordinate systems by whatever text names them, and their conversion to EPSG:4326 and back.
 *
 * CGCS2000 geographic (EPSG:4490) is read as WGS 84: both are realisations of the same terrestrial frame on ellipsoids
 * that differ by 0.1 mm in the minor axis; plate motion since epoch 2000.0 comes to some decimetres, which no open
 * transformation models, and which is below what city data resolve.
 */
import proj4 from 'proj4';
import { ChengmaiError } from '../../core/errors.ts';
import type { LonLat } from '../../engine/spatial/chinese-datum.ts';
import { bd09ToWgs84, gcj02ToWgs84, wgs84ToBd09, wgs84ToGcj02 } from '../../engine/spatial/chinese-datum.ts';
import { findEpsgDefinition, isEqualToWgs84, isWebMercator } from './epsg-definitions.ts';
import { findEpsgInWkt, isWkt, prepareWkt } from './wkt-crs.ts';

export interface CoordinateSystem {
  /** `EPSG:4547`, `GCJ-02`, `BD-09`, or the start of the text that defined it. */
  readonly id: string;
  /** Geographic coordinates are degrees, longitude first; projected ones are in the system's unit, easting first. */
  readonly geographic: boolean;
  /** True where coordinates are used as they come. */
  readonly identity: boolean;
  /** Interleaved x, y in place to lon, lat in degrees. What has no image becomes NaN. */
  toWgs84(coordinates: Float64Array): void;
  /** Interleaved lon, lat in place to x, y. What has no image becomes NaN. */
  fromWgs84(coordinates: Float64Array): void;
}

type PointMap = (x: number, y: number) => LonLat;

function mapInPlace(coordinates: Float64Array, map: PointMap): void {
  for (let i = 0; i + 1 < coordinates.length; i += 2) {
    const [x, y] = map(coordinates[i], coordinates[i + 1]);
    coordinates[i] = x;
    coordinates[i + 1] = y;
  }
}

function buildSystem(id: string, geographic: boolean, toWgs84: PointMap, fromWgs84: PointMap): CoordinateSystem {
  return {
    id,
    geographic,
    identity: false,
    toWgs84: (coordinates) => mapInPlace(coordinates, toWgs84),
    fromWgs84: (coordinates) => mapInPlace(coordinates, fromWgs84),
  };
}

function identitySystem(id: string): CoordinateSystem {
  return { id, geographic: true, identity: true, toWgs84: () => undefined, fromWgs84: () => undefined };
}

export const WGS84: CoordinateSystem = identitySystem('EPSG:4326');

const SPHERE_RADIUS_M = 6378137;
const DEG = 180 / Math.PI;

const WEB_MERCATOR_SYSTEM = buildSystem(
  'EPSG:3857',
  false,
  (x, y) => [(x / SPHERE_RADIUS_M) * DEG, Math.atan(Math.sinh(y / SPHERE_RADIUS_M)) * DEG],
  (lon, lat) => [(lon / DEG) * SPHERE_RADIUS_M, Math.asinh(Math.tan(lat / DEG)) * SPHERE_RADIUS_M],
);

const GCJ02 = buildSystem('GCJ-02', true, gcj02ToWgs84, wgs84ToGcj02);
const BD09 = buildSystem('BD-09', true, bd09ToWgs84, wgs84ToBd09);

/** Systems by the names people give them, compared without case, spaces and punctuation. */
const BY_NAME: readonly (readonly [RegExp, CoordinateSystem])[] = [
  [/^(gcj0?2|gcj02ll|火星(坐标系?)?|国测局(坐标系?)?|高德(坐标系?)?|腾讯(坐标系?)?|amap|autonavi|tencent|mars)$/, GCJ02],
  [/^(bd0?9|bd09ll|百度(坐标系?)?|baidu)$/, BD09],
  [/^((gcs)?wgs(19)?84|wgs84经纬度|crs84|ogccrs84|ogc13crs84|urnogcdefcrsogc(13)?crs84|gps|lonlat|latlon|经纬度)$/, WGS84],
  [/^(cgcs2000|gcscgcs2000|gcschinageodeticcoordinatesystem2000|chinageodeticcoordinatesystem2000|国家2000|2000国家大地坐标系?|大地2000|cgcs2000经纬度)$/, identitySystem('EPSG:4490')],
  [/^(web|pseudo|spherical|google)?mercator(auxiliarysphere)?$|^(wgs(19)?84)?webmercator(auxiliarysphere)?$|^wgs84pseudomercator$|^web墨卡托$/, WEB_MERCATOR_SYSTEM],
];

const EPSG_TEXT = /^(?:EPSG|ESRI|SRID)?[:\s=/]*(\d{4,6})$/i;
const EPSG_URN = /^urn:(?:ogc|x-ogc):def:crs:EPSG:[\d.]*:(\d+)$/i;
const EPSG_URL = /^https?:\/\/(?:www\.)?opengis\.net\/(?:def\/crs\/EPSG\/[\d.]+\/|gml\/srs\/epsg\.xml#)(\d+)$/i;
const CRS84_URL = /^https?:\/\/(?:www\.)?opengis\.net\/def\/crs\/OGC\/[\d.]+\/CRS84h?$/i;
const CRS84_URN = /^urn:ogc:def:crs:OGC:[\d.]*:CRS84h?$/i;

function findEpsgCode(text: string): number | undefined {
  const match = EPSG_TEXT.exec(text) ?? EPSG_URN.exec(text) ?? EPSG_URL.exec(text);
  return match === null ? undefined : Number(match[1]);
}

function projSystem(id: string, definition: string): CoordinateSystem | undefined {
  try {
    const converter = proj4(definition, '+proj=longlat +datum=WGS84 +no_defs');
    const convert = (x: number, y: number, direction: 'forward' | 'inverse'): LonLat => {
      if (!Number.isFinite(x) || !Number.isFinite(y)) return [NaN, NaN];
      const [a, b] = converter[direction]([x, y]);
      return [a, b];
    };
    const geographic = /\+proj=(longlat|latlong|lonlat|latlon)\b/.test(definition) || /^\s*(GEOGCS|GEOGCRS|GEODCRS|GEODETICCRS|GEOGRAPHICCRS)\b/i.test(definition);
    // A broken definition shows only when it is used.
    const probe = convert(geographic ? 1 : 500_000, geographic ? 1 : 3_000_000, 'forward');
    if (probe.some((value) => value === undefined)) return undefined;
    return buildSystem(id, geographic, (x, y) => convert(x, y, 'forward'), (x, y) => convert(x, y, 'inverse'));
  } catch {
    return undefined;
  }
}

function findByCode(epsg: number): CoordinateSystem | undefined {
  if (isEqualToWgs84(epsg)) return epsg === 4326 ? WGS84 : identitySystem(`EPSG:${epsg}`);
  if (isWebMercator(epsg)) return WEB_MERCATOR_SYSTEM;
  const definition = findEpsgDefinition(epsg);
  return definition === undefined ? undefined : projSystem(`EPSG:${epsg}`, definition);
}

function findByName(text: string): CoordinateSystem | undefined {
  const plain = text.toLowerCase().replace(/[\s_\-–/:.()（）]/g, '');
  return BY_NAME.find(([pattern]) => pattern.test(plain))?.[1];
}

function findByWkt(wkt: string): CoordinateSystem | undefined {
  const { name, definition } = prepareWkt(wkt);
  const epsg = findEpsgInWkt(wkt);
  return (epsg === undefined ? undefined : findByCode(epsg)) ?? findByName(name) ?? projSystem(name, definition);
}

/** The system that a text names, or undefined where it names none that is known. */
export function findCrs(text: string): CoordinateSystem | undefined {
  const trimmed = text.trim();
  const epsg = findEpsgCode(trimmed);
  if (epsg !== undefined) return findByCode(epsg);
  if (CRS84_URN.test(trimmed) || CRS84_URL.test(trimmed)) return WGS84;
  if (isWkt(trimmed)) return findByWkt(trimmed);
  if (trimmed.startsWith('+')) return projSystem(trimmed.slice(0, 200), trimmed);
  return findByName(trimmed);
}

/**
 * The system that a text names: an EPSG code in any spelling, `GCJ-02`, `BD-09`, `CGCS2000`, WKT, a PROJ string.
 *
 * @throws ChengmaiError `import/unknown-crs`
 */
export function resolveCrs(text: string, file?: string): CoordinateSystem {
  const system = findCrs(text);
  if (system !== undefined) return system;
  const shown = text.trim().slice(0, 120);
  throw new ChengmaiError(
    'input',
    'import/unknown-crs',
    {
      zh: `不认识坐标系“${shown}”，请用 EPSG 代码（如 EPSG:4547）、GCJ-02、BD-09、WKT 或 proj 字符串说明。`,
      en: `The coordinate system “${shown}” is not known; name it by EPSG code (such as EPSG:4547), GCJ-02, BD-09, WKT or a PROJ string.`,
    },
    { file, value: shown },
  );
}
