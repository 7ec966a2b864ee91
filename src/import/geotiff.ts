/**
 * GeoTIFF grids: population, elevation and other quantities, one band, north-up.
 *
 * In: TIFF or BigTIFF in strips or tiles, any CRS with an EPSG code or WKT. Out: one raster record in degrees, cropped to
 * the cells that have a value; grids of persons in another CRS come as cells. Persons that cannot be (negative,
 * infinite) are counted and left out.
 */
import type { Box } from '../engine/spatial/geometry.ts';
import { distanceM } from '../engine/spatial/measure.ts';
import { chooseCrs } from './crs/choose-crs.ts';
import type { CoordinateSystem } from './crs/coordinate-system.ts';
import type { GridMeaning } from './geotiff/grid-meaning.ts';
import { chooseMeaning, shownMeaning } from './geotiff/grid-meaning.ts';
import type { GridPosition } from './geotiff/grid-position.ts';
import { readGridPosition } from './geotiff/grid-position.ts';
import type { GridLayout } from './geotiff/grid-values.ts';
import { readGridLayout, readGridValues } from './geotiff/grid-values.ts';
import type { Grid } from './geotiff/reproject-grid.ts';
import { cellsInDegrees, countOccupied, findSurfaceInDegrees, MAX_POLYGON_CELLS } from './geotiff/reproject-grid.ts';
import type { TiffDirectory } from './geotiff/tiff-directory.ts';
import { isTiff, readTiffDirectory, TAG, tiffError } from './geotiff/tiff-directory.ts';
import type { ByteSource, FormatReader, ImportFacts, ImportOptions, ImportRecord, Preview, ReadContext, Recognition } from './model.ts';

/** The densest square kilometre on Earth holds some 130,000 persons. */
const MAX_PERSONS_PER_KM2 = 500_000;
const RGB = 2;

interface OpenGrid {
  readonly directory: TiffDirectory;
  readonly layout: GridLayout;
  readonly position: GridPosition;
  readonly crs: CoordinateSystem;
  readonly meaning: GridMeaning;
}

async function openGrid(source: ByteSource, options: ImportOptions, context: ReadContext, facts: ImportFacts): Promise<OpenGrid> {
  const { notes } = context;
  const directory = await readTiffDirectory(source);
  const layout = await readGridLayout(directory);
  if ((await directory.readNumber(TAG.photometric, 1)) === RGB && layout.bands >= 3 && layout.sampleType === 'Uint8') {
    throw tiffError(source.name, 'picture', '是影像而不是数值栅格。', 'it is a picture, not a grid of numbers.');
  }
  const position = await readGridPosition(directory, layout.height);
  const east = position.x + layout.width * position.cellWidth;
  const south = position.y - layout.height * position.cellHeight;
  const sample = [position.x, position.y, east, position.y, position.x, south, east, south];
  const { crs, swapped } = chooseCrs({ file: source.name, stated: options.crs, declared: position.declaredCrs, sample }, notes, facts);
  if (swapped) throw tiffError(source.name, 'axes', '坐标轴写反（纬度在前）；请重新导出。', 'its axes are the wrong way round (latitude first); export it again.');
  if (layout.bands > 1) notes.add('info', 'import/raster-bands', { zh: '栅格有多个波段，只读取第一个。', en: 'The raster has several bands; only the first is read.' }, { file: source.name, value: String(layout.bands) });
  const meaning = chooseMeaning(source.name, options.group, await directory.readText(TAG.gdalMetadata), notes);
  return { directory, layout, position, crs, meaning };
}

/** True for the value that stands for "none": as written by GDAL in text, compared as the samples' own type. */
async function readNodata(directory: TiffDirectory): Promise<(value: number) => boolean> {
  const text = (await directory.readText(TAG.gdalNodata)).trim();
  const nodata = text === '' ? NaN : Number(text);
  if (Number.isNaN(nodata)) return Number.isNaN;
  const single = Math.fround(nodata);
  const slack = Math.abs(nodata) * 1e-6;
  return (value) => value === single || Math.abs(value - nodata) <= slack || Number.isNaN(value);
}

interface Count {
  n: number;
  first: number;
}

/** Puts NaN where there is no value, and where persons cannot be; says how many cells had one. */
async function cleanValues(grid: OpenGrid, values: Float32Array, context: ReadContext): Promise<number> {
  const { layout, position, crs, directory, meaning } = grid;
  const isNodata = await readNodata(directory);
  const persons = meaning.kind === 'population';
  const limit = persons && crs.identity ? MAX_PERSONS_PER_KM2 * cellKm2(layout, position) : Infinity;
  const impossible: Count = { n: 0, first: -1 };
  const crowded: Count = { n: 0, first: -1 };
  const note = (count: Count, i: number): void => {
    if (count.n++ === 0) count.first = i;
  };
  let kept = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (isNodata(value)) values[i] = NaN;
    else if (!Number.isFinite(value) || (persons && value < 0)) {
      note(impossible, i);
      values[i] = NaN;
    } else {
      kept++;
      if (value > limit) note(crowded, i);
    }
  }
  const add = (count: Count, level: 'error' | 'warning', code: string, zh: string, en: string): void => {
    if (count.n > 0) context.notes.add(level, code, { zh, en }, { file: directory.source.name, row: Math.floor(count.first / layout.width) + 1, field: String((count.first % layout.width) + 1) }, count.n);
  };
  add(impossible, 'error', 'import/raster-bad-value', '格子的值为负数或无穷大，不可能是该量，已略去。', 'Cells with negative or infinite values, which cannot be, were left out.');
  add(crowded, 'warning', 'import/raster-crowded', '格子的人口密度超过每平方公里 50 万人；请确认数值是人数而不是密度或其他量。', 'Cells with more than 500,000 persons a square kilometre; make sure that the numbers are persons and not something else.');
  return kept;
}

/** Square kilometres of a cell of a grid in degrees, at its middle latitude. */
function cellKm2(layout: GridLayout, { x, y, cellWidth, cellHeight }: GridPosition): number {
  const lat = Math.max(-89, Math.min(89, y - (layout.height / 2) * cellHeight));
  return (distanceM(x, lat, x + cellWidth, lat) * distanceM(x, lat - cellHeight / 2, x, lat + cellHeight / 2)) / 1e6;
}

function turnRows(values: Float32Array, width: number, height: number): void {
  const row = new Float32Array(width);
  for (let top = 0, bottom = height - 1; top < bottom; top++, bottom--) {
    row.set(values.subarray(top * width, (top + 1) * width));
    values.copyWithin(top * width, bottom * width, (bottom + 1) * width);
    values.set(row, bottom * width);
  }
}

/** The smallest part of a grid that holds all its values. The grid has at least one. */
function cropGrid(grid: Grid): Grid {
  const { width, height, values } = grid;
  let [left, right, top, bottom] = [width, -1, -1, -1];
  for (let row = 0; row < height; row++) {
    const start = row * width;
    let first = 0;
    while (first < width && Number.isNaN(values[start + first])) first++;
    if (first === width) continue;
    let last = width - 1;
    while (Number.isNaN(values[start + last])) last--;
    if (top < 0) top = row;
    bottom = row;
    left = Math.min(left, first);
    right = Math.max(right, last);
  }
  const [w, h] = [right - left + 1, bottom - top + 1];
  if (w === width && h === height) return grid;
  const cropped = new Float32Array(w * h);
  for (let row = 0; row < h; row++) cropped.set(values.subarray((top + row) * width + left, (top + row) * width + left + w), row * w);
  return { ...grid, width: w, height: h, x: grid.x + left * grid.cellWidth, y: grid.y - top * grid.cellHeight, values: cropped };
}

async function* read(source: ByteSource, options: ImportOptions, context: ReadContext, facts: ImportFacts): AsyncGenerator<ImportRecord[], void, undefined> {
  const open = await openGrid(source, options, context, facts);
  const { layout, position, crs, meaning } = open;
  const values = await readGridValues(open.directory, layout, context);
  facts.seen.cells = layout.width * layout.height;
  facts.seen['cells with a value'] = await cleanValues(open, values, context);
  if (facts.seen['cells with a value'] === 0) {
    context.notes.add('warning', 'import/raster-empty', { zh: '栅格没有任何有效值。', en: 'The raster has no value at all.' }, { file: source.name });
    return;
  }
  if (position.southUp) turnRows(values, layout.width, layout.height);
  const { x, y, cellWidth, cellHeight } = position;
  const grid = cropGrid({ width: layout.width, height: layout.height, x, y, cellWidth, cellHeight, values });
  if (crs.identity) {
    const raster = { width: grid.width, height: grid.height, originLon: grid.x, originLat: grid.y, cellLonDeg: cellWidth, cellLatDeg: cellHeight, values: grid.values };
    yield [meaning.kind === 'population' ? { type: 'population-raster', group: meaning.group, ...raster } : { type: 'surface-raster', quantity: meaning.quantity, ...raster }];
  } else if (meaning.kind === 'population') {
    const occupied = countOccupied(grid.values);
    if (occupied > MAX_POLYGON_CELLS) {
      throw tiffError(source.name, 'too-large', `有 ${occupied} 个有人的格子，且不是经纬度栅格；请裁剪到城市范围，或用 gdalwarp -t_srs EPSG:4326 -r sum 转换。`, `it has ${occupied} inhabited cells and is not in degrees; clip it to the city, or convert it with gdalwarp -t_srs EPSG:4326 -r sum.`);
    }
    yield* cellsInDegrees(grid, crs, meaning.group);
  } else {
    const surface = findSurfaceInDegrees(grid, crs, meaning.quantity);
    if (surface === undefined) throw tiffError(source.name, 'off-globe', `按坐标系 ${crs.id} 换算后落在地球之外；请指定正确的坐标系。`, `by its coordinate system ${crs.id} it does not lie on the globe; state the right one.`);
    yield [surface];
  }
}

function boxInDegrees({ layout, position, crs }: OpenGrid): Box | undefined {
  const { x, y, cellWidth, cellHeight } = position;
  const corners = Float64Array.of(x, y, x + layout.width * cellWidth, y, x, y - layout.height * cellHeight, x + layout.width * cellWidth, y - layout.height * cellHeight);
  crs.toWgs84(corners);
  if (!corners.every(Number.isFinite)) return undefined;
  const lons = corners.filter((_, i) => i % 2 === 0);
  const lats = corners.filter((_, i) => i % 2 === 1);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

async function preview(source: ByteSource, options: ImportOptions, context: ReadContext): Promise<Preview> {
  const facts: ImportFacts = { seen: {} };
  const open = await openGrid(source, options, context, facts);
  const size = `${open.layout.width} × ${open.layout.height}`;
  const what = shownMeaning(open.meaning);
  return {
    format: 'geotiff',
    summary:
      open.meaning.kind === 'population'
        ? { zh: `人口栅格（人群 ${what}），${size} 格`, en: `Population grid (group ${what}), ${size} cells` }
        : { zh: `栅格（${what}），${size} 格`, en: `Grid (${what}), ${size} cells` },
    crs: facts.crs,
    crsGuessed: facts.crsGuessed ?? false,
    encoding: undefined,
    contract: undefined,
    members: [],
    columns: [],
    roles: [],
    box: boxInDegrees(open),
  };
}

function detect(_name: string, head: Uint8Array): Recognition | undefined {
  return isTiff(head) ? { format: 'geotiff', confidence: 0.95 } : undefined;
}

export const geoTiffReader: FormatReader = {
  format: 'geotiff',
  label: { zh: 'GeoTIFF 栅格', en: 'GeoTIFF grid' },
  detect,
  preview,
  read,
};
