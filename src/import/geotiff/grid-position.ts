/** Where a grid lies: the tie points, scales and keys of GeoTIFF 1.1 (OGC 19-008r4). */
import type { TiffDirectory } from './tiff-directory.ts';
import { TAG, tiffError } from './tiff-directory.ts';

/** A north-up grid in its own coordinate system; (x, y) is the outer corner of the first cell of the first row. */
export interface GridPosition {
  readonly x: number;
  readonly y: number;
  /** Both positive: columns run east, rows run south. */
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** True where the file's rows run north; the reader turns them round and the position is that of the turned grid. */
  readonly southUp: boolean;
  /** What the file says of its coordinate system: `EPSG:32650`, WKT; absent where it says nothing usable. */
  readonly declaredCrs: string | undefined;
}

const KEY = { modelType: 1024, rasterType: 1025, citation: 1026, geographic: 2048, geographicCitation: 2049, projected: 3072, projectedCitation: 3073 } as const;
const USER_DEFINED = 32767;
const PIXEL_IS_POINT = 2;

interface GeoKeys {
  readonly numbers: ReadonlyMap<number, number>;
  readonly texts: ReadonlyMap<number, string>;
}

async function readGeoKeys(directory: TiffDirectory): Promise<GeoKeys> {
  const keys = await directory.readNumbers(TAG.geoKeys, 4 + 4 * 1024);
  const text = await directory.readText(TAG.geoText);
  const numbers = new Map<number, number>();
  const texts = new Map<number, string>();
  for (let at = 4; at + 3 < keys.length && at < 4 + 4 * keys[3]; at += 4) {
    const [key, location, count, value] = keys.subarray(at, at + 4);
    if (location === 0) numbers.set(key, value);
    else if (location === TAG.geoText) texts.set(key, text.slice(value, value + count).replace(/\|$/, ''));
  }
  return { numbers, texts };
}

/** `PROJCS[…]` out of a citation such as `ESRI PE String = PROJCS[…]`. */
function wktOf(citation: string | undefined): string | undefined {
  const match = /(?:PROJCS|GEOGCS|PROJCRS|GEOGCRS)\[.*\]/s.exec(citation ?? '');
  return match?.[0];
}

function declaredCrs({ numbers, texts }: GeoKeys): string | undefined {
  const projected = numbers.get(KEY.projected);
  const geographic = numbers.get(KEY.geographic);
  const isProjected = numbers.get(KEY.modelType) === 1 || (numbers.get(KEY.modelType) === undefined && projected !== undefined);
  const code = isProjected ? projected : geographic;
  if (code !== undefined && code > 0 && code !== USER_DEFINED) return `EPSG:${code}`;
  const citations = [KEY.projectedCitation, KEY.citation, KEY.geographicCitation].map((key) => texts.get(key));
  const wkt = citations.map(wktOf).find((found) => found !== undefined);
  return wkt ?? (isProjected ? citations[0] : (citations[2] ?? citations[1])) ?? undefined;
}

/** a, b, c, d, e, f of x = a·column + b·row + c, y = d·column + e·row + f. */
async function readAffine(directory: TiffDirectory): Promise<readonly number[]> {
  const { name } = directory.source;
  const matrix = await directory.readNumbers(TAG.transformation, 16);
  if (matrix.length === 16) return [matrix[0], matrix[1], matrix[3], matrix[4], matrix[5], matrix[7]];
  const scale = await directory.readNumbers(TAG.pixelScale, 3);
  const tie = await directory.readNumbers(TAG.tiepoints, 6);
  if (scale.length < 2 || tie.length < 6) {
    throw tiffError(name, 'no-position', '没有地理位置（缺少 GeoTIFF 标签）；请用带坐标的 GeoTIFF 重新导出。', 'it says nothing of where it lies (no GeoTIFF tags); export it again as a GeoTIFF with coordinates.');
  }
  return [scale[0], 0, tie[3] - tie[0] * scale[0], 0, -scale[1], tie[4] + tie[1] * scale[1]];
}

/**
 * The position of a grid of `height` rows.
 *
 * @throws ChengmaiError `import/tiff-no-position`, `import/tiff-rotated`, `import/tiff-damaged`
 */
export async function readGridPosition(directory: TiffDirectory, height: number): Promise<GridPosition> {
  const { name } = directory.source;
  const [a, b, c, d, e, f] = await readAffine(directory);
  const keys = await readGeoKeys(directory);
  if (![a, b, c, d, e, f].every(Number.isFinite) || a === 0 || e === 0) {
    throw tiffError(name, 'damaged', `格子大小为 ${a}×${e}，无法定位。`, `its cells of ${a} × ${e} cannot be placed; the file is damaged.`);
  }
  // 1e-6 of a cell a cell is a turn of a cell in a million: rounding, not rotation.
  if (Math.abs(b) > 1e-6 * Math.abs(a) || Math.abs(d) > 1e-6 * Math.abs(e) || a < 0) {
    throw tiffError(name, 'rotated', '栅格不是正北朝上；请先用 gdalwarp 转为正北朝上。', 'it is not north-up; turn it with gdalwarp first.');
  }
  const half = keys.numbers.get(KEY.rasterType) === PIXEL_IS_POINT ? 0.5 : 0;
  const southUp = e > 0;
  const cellHeight = Math.abs(e);
  const top = southUp ? f + e * (height - half) : f + half * cellHeight;
  return { x: c - half * a, y: top, cellWidth: a, cellHeight, southUp, declaredCrs: declaredCrs(keys) };
}
