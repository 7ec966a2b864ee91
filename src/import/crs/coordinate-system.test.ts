import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceM } from '../../engine/spatial/measure.ts';
import { findCrs, resolveCrs } from './coordinate-system.ts';
import { findZoneByEasting, GAUSS_KRUEGER_ZONES } from './gauss-krueger.ts';

function toWgs84(crs: string, x: number, y: number): [number, number] {
  const point = Float64Array.of(x, y);
  resolveCrs(crs).toWgs84(point);
  return [point[0], point[1]];
}

function fromWgs84(crs: string, lon: number, lat: number): [number, number] {
  const point = Float64Array.of(lon, lat);
  resolveCrs(crs).fromWgs84(point);
  return [point[0], point[1]];
}

/** Metres along a meridian of GRS 80 from the equator, by Simpson's rule on the radius of curvature. */
function meridianArc(lat: number): number {
  const e2 = 0.00669438002290;
  const radius = (phi: number): number => (6378137 * (1 - e2)) / (1 - e2 * Math.sin(phi) ** 2) ** 1.5;
  const n = 2000;
  const h = (lat * Math.PI) / 180 / n;
  let sum = radius(0) + radius(n * h);
  for (let i = 1; i < n; i++) sum += radius(i * h) * (i % 2 === 1 ? 4 : 2);
  return (sum * h) / 3;
}

describe('the Gauss–Krüger zones of CGCS2000', () => {
  it('have the codes of the EPSG register', () => {
    expect(GAUSS_KRUEGER_ZONES.map((zone) => zone.epsg)).toEqual(Array.from({ length: 64 }, (_, i) => 4491 + i));
    expect(GAUSS_KRUEGER_ZONES.find((zone) => zone.epsg === 4547)).toMatchObject({ centralMeridian: 114, widthDeg: 3, prefix: undefined });
    expect(GAUSS_KRUEGER_ZONES.find((zone) => zone.epsg === 4526)).toMatchObject({ centralMeridian: 114, widthDeg: 3, prefix: 38 });
    expect(GAUSS_KRUEGER_ZONES.find((zone) => zone.epsg === 4498)).toMatchObject({ centralMeridian: 117, widthDeg: 6, prefix: 20 });
    expect(findZoneByEasting(38_512_345)?.epsg).toBe(4526);
    expect(findZoneByEasting(512_345)).toBeUndefined();
  });

  it('measure the true length of their central meridian', () => {
    for (const { epsg, centralMeridian, prefix } of GAUSS_KRUEGER_ZONES) {
      const [x, y] = fromWgs84(`EPSG:${epsg}`, centralMeridian, 30.6);
      expect(x).toBeCloseTo((prefix ?? 0) * 1e6 + 500_000, 3);
      expect(y).toBeCloseTo(meridianArc(30.6), 3);
    }
  });
});

describe('coordinate systems', () => {
  it('invert to under a millimetre within their area', () => {
    const zones = GAUSS_KRUEGER_ZONES.map(({ epsg, centralMeridian, widthDeg }) => ({ crs: `EPSG:${epsg}`, lon: centralMeridian, reach: widthDeg / 2, lat: [4, 54] }));
    const others = [
      { crs: 'EPSG:3857', lon: 0, reach: 179, lat: [-80, 80] },
      { crs: 'EPSG:32650', lon: 117, reach: 3, lat: [1, 80] },
      { crs: 'EPSG:32722', lon: -51, reach: 3, lat: [-60, -1] },
      { crs: 'EPSG:3879', lon: 25, reach: 1, lat: [59, 69] },
      { crs: 'EPSG:2154', lon: 3, reach: 5, lat: [42, 51] },
      { crs: 'EPSG:2180', lon: 19, reach: 4, lat: [49, 54] },
    ];
    fc.assert(
      fc.property(fc.constantFrom(...zones, ...others), fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), ({ crs, lon, reach, lat }, east, up) => {
        const [x, y] = [lon + east * reach, lat[0] + up * (lat[1] - lat[0])];
        expect(distanceM(x, y, ...toWgs84(crs, ...fromWgs84(crs, x, y)))).toBeLessThan(1e-3);
      }),
      { numRuns: 500 },
    );
  });

  it('place known points', () => {
    // Onze Lieve Vrouwetoren in Amersfoort, the Swiss zero point in Bern, Ordnance Survey’s worked example at Framingham:
    // datum shifts of seven parameters are good to some metres.
    expect(distanceM(5.38720621, 52.1551744, ...toWgs84('EPSG:28992', 155_000, 463_000))).toBeLessThan(1);
    expect(distanceM(7.438632495, 46.951082877, ...toWgs84('EPSG:21781', 600_000, 200_000))).toBeLessThan(2);
    expect(distanceM(7.438632495, 46.951082877, ...toWgs84('EPSG:2056', 2_600_000, 1_200_000))).toBeLessThan(2);
    expect(distanceM(1.716073973, 52.658007833, ...toWgs84('EPSG:27700', 651_409.903, 313_177.27))).toBeLessThan(6);
  });

  it('are found by whatever name', () => {
    const names = {
      'EPSG:4326': ['EPSG:4326', '4326', 'WGS84', 'wgs 84', 'urn:ogc:def:crs:OGC:1.3:CRS84', 'urn:ogc:def:crs:EPSG::4326', 'http://www.opengis.net/def/crs/OGC/1.3/CRS84', 'GCS_WGS_1984'],
      'EPSG:4490': ['EPSG:4490', 'CGCS2000', '国家2000', '2000国家大地坐标系'],
      'GCJ-02': ['GCJ-02', 'gcj02', 'GCJ02', '火星坐标系', '高德'],
      'BD-09': ['BD-09', 'bd09', 'BD09LL', '百度坐标系'],
      'EPSG:3857': ['EPSG:3857', 'EPSG:900913', 'Web Mercator'],
      'EPSG:4547': ['epsg:4547', 'http://www.opengis.net/def/crs/EPSG/0/4547'],
    };
    for (const [id, texts] of Object.entries(names)) for (const text of texts) expect(findCrs(text)?.id, text).toBe(id);
  });

  it('are read from WKT, with and without an authority', () => {
    const esri = 'PROJCS["CGCS2000_3_Degree_GK_CM_114E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]';
    expect(distanceM(114.3, 30.6, ...toWgs84(esri, ...fromWgs84('EPSG:4547', 114.3, 30.6)))).toBeLessThan(1e-3);
    const geographic = 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]';
    expect(findCrs(geographic)?.id).toBe('EPSG:4326');
    expect(findCrs(`COMPD_CS["WGS 84 + height",${geographic},VERT_CS["height",VERT_DATUM["d",2005],UNIT["metre",1]]]`)?.id).toBe('EPSG:4326');
    expect(findCrs('PROJCRS["WGS 84 / UTM zone 50N",BASEGEOGCRS["WGS 84",ID["EPSG",4326]],ID["EPSG",32650]]')?.id).toBe('EPSG:32650');
  });

  it('name the remedy where a text is not known', () => {
    for (const text of ['', 'nonsense', 'EPSG:999999', '+proj=nothing', 'PROJCS["broken']) {
      expect(() => resolveCrs(text, 'a.csv')).toThrow(expect.objectContaining({ code: 'import/unknown-crs', place: expect.objectContaining({ file: 'a.csv' }) }));
    }
  });

  it('make what has no image NaN', () => {
    const point = Float64Array.of(Number.NaN, 1);
    resolveCrs('EPSG:4547').toWgs84(point);
    expect([...point]).toEqual([Number.NaN, Number.NaN]);
  });
});
