/**
 * Writes a north-up float32 raster as a GeoTIFF (TIFF 6.0, GeoTIFF 1.1): EPSG:4326, pixel-is-area, deflate strips of
 * 64 rows, GDAL_NODATA. Our own because the library's writer takes no compression.
 */
import { writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

export interface RasterToWrite {
  readonly width: number;
  readonly height: number;
  /** The outer corner of the first cell, degrees. */
  readonly west: number;
  readonly north: number;
  readonly cellDeg: number;
  /** Row by row from the north, NaN where there is no value. */
  readonly values: Float32Array;
}

const NODATA = -99999;
const STRIP_ROWS = 64;
const SHORT = 3;
const LONG = 4;
const ASCII = 2;
const DOUBLE = 12;
const SIZES: Readonly<Record<number, number>> = { [ASCII]: 1, [SHORT]: 2, [LONG]: 4, [DOUBLE]: 8 };

interface Field {
  readonly tag: number;
  readonly type: number;
  readonly values: readonly number[];
}

function packStrips(raster: RasterToWrite): Buffer[] {
  const strips: Buffer[] = [];
  for (let row = 0; row < raster.height; row += STRIP_ROWS) {
    const rows = Math.min(STRIP_ROWS, raster.height - row);
    const raw = Buffer.alloc(rows * raster.width * 4);
    for (let i = 0; i < rows * raster.width; i++) {
      const value = raster.values[row * raster.width + i];
      raw.writeFloatLE(Number.isNaN(value) ? NODATA : value, 4 * i);
    }
    strips.push(deflateSync(raw));
  }
  return strips;
}

function listFields(raster: RasterToWrite, offsets: number[], counts: number[]): Field[] {
  const ascii = [...`${NODATA}\0`].map((character) => character.charCodeAt(0));
  return [
    { tag: 256, type: LONG, values: [raster.width] },
    { tag: 257, type: LONG, values: [raster.height] },
    { tag: 258, type: SHORT, values: [32] },
    { tag: 259, type: SHORT, values: [8] },
    { tag: 262, type: SHORT, values: [1] },
    { tag: 273, type: LONG, values: offsets },
    { tag: 277, type: SHORT, values: [1] },
    { tag: 278, type: LONG, values: [STRIP_ROWS] },
    { tag: 279, type: LONG, values: counts },
    { tag: 284, type: SHORT, values: [1] },
    { tag: 339, type: SHORT, values: [3] },
    { tag: 33550, type: DOUBLE, values: [raster.cellDeg, raster.cellDeg, 0] },
    { tag: 33922, type: DOUBLE, values: [0, 0, 0, raster.west, raster.north, 0] },
    // GTModelType geographic, GTRasterType pixel-is-area, GeographicType 4326
    { tag: 34735, type: SHORT, values: [1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326] },
    { tag: 42113, type: ASCII, values: ascii },
  ];
}

function putValues(target: Buffer, at: number, field: Field): void {
  field.values.forEach((value, index) => {
    const position = at + index * SIZES[field.type];
    if (field.type === DOUBLE) target.writeDoubleLE(value, position);
    else if (field.type === LONG) target.writeUInt32LE(value, position);
    else if (field.type === SHORT) target.writeUInt16LE(value, position);
    else target.writeUInt8(value, position);
  });
}

export function writeGeoTiff(path: string, raster: RasterToWrite): void {
  const strips = packStrips(raster);
  const counts = strips.map((strip) => strip.length);
  let end = 8;
  const offsets = counts.map((count) => (end += count) - count);
  end += end % 2;
  const fields = listFields(raster, offsets, counts);
  const directory = Buffer.alloc(2 + fields.length * 12 + 4);
  const outside: Buffer[] = [];
  let outsideAt = end + directory.length;
  directory.writeUInt16LE(fields.length, 0);
  fields.forEach((field, index) => {
    const at = 2 + index * 12;
    const size = field.values.length * SIZES[field.type];
    directory.writeUInt16LE(field.tag, at);
    directory.writeUInt16LE(field.type, at + 2);
    directory.writeUInt32LE(field.values.length, at + 4);
    if (size <= 4) return putValues(directory, at + 8, field);
    const bytes = Buffer.alloc(size + (size % 2));
    putValues(bytes, 0, field);
    directory.writeUInt32LE(outsideAt, at + 8);
    outside.push(bytes);
    outsideAt += bytes.length;
  });
  const header = Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0]);
  header.writeUInt32LE(end, 4);
  const body = Buffer.concat(strips);
  writeFileSync(path, Buffer.concat([header, body, Buffer.alloc(end - 8 - body.length), directory, ...outside]));
}
