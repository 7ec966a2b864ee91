/**
 * From a file's coordinates to geometry that the base may keep: converted to EPSG:4326, rings closed, what is not finite
 * or off the globe left out. Every repair and loss is counted in a note with its row.
 */
import type { NoteBook, NoteLevel } from '../../core/note.ts';
import type { Bilingual } from '../../core/bilingual.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { listParts } from '../../engine/spatial/geometry.ts';
import type { ChosenCrs } from '../crs/choose-crs.ts';
import { ringCrossesItself } from './ring-crossings.ts';

/** Takes in the geometries of one file. */
export class GeometryIntake {
  readonly #file: string;
  readonly #chosen: ChosenCrs;
  readonly #notes: NoteBook;

  constructor(file: string, chosen: ChosenCrs, notes: NoteBook) {
    this.#file = file;
    this.#chosen = chosen;
    this.#notes = notes;
  }

  /** The geometry in EPSG:4326 (the source's arrays are reused), or undefined where it cannot be kept. */
  take(source: Geometry, row: number): Geometry | undefined {
    const { coordinates } = source;
    if (coordinates.length === 0) return this.#drop('import/empty-geometry', row, { zh: '几何为空，未导入该要素的图形。', en: 'The geometry is empty; the feature was left out.' }, 'null');
    const broken = findNonFinite(coordinates);
    if (broken !== undefined) return this.#drop('import/bad-coordinate', row, { zh: '坐标不是有效数字，未导入。', en: 'A coordinate is not a finite number; left out.' }, broken);
    if (source.type === 'Point' && coordinates[0] === 0 && coordinates[1] === 0) return this.#drop('import/zero-coordinate', row, { zh: '坐标为 0, 0（视为缺失），未导入该要素的图形。', en: 'The coordinates are 0, 0, which stands for missing; the feature was left out.' }, '0, 0');
    const original = this.#chosen.crs.identity && !this.#chosen.swapped ? undefined : `${coordinates[0]}, ${coordinates[1]}`;
    if (this.#chosen.swapped) swapAxes(coordinates);
    this.#chosen.crs.toWgs84(coordinates);
    const off = findOffGlobe(coordinates);
    if (off !== undefined) return this.#drop('import/out-of-range', row, { zh: '坐标超出经纬度范围，未导入。', en: 'A coordinate is off the globe; left out.' }, original ?? off);
    return this.#checkShape(source, row);
  }

  #checkShape(geometry: Geometry, row: number): Geometry | undefined {
    switch (geometry.type) {
      case 'Point':
      case 'MultiPoint':
        return geometry;
      case 'LineString':
      case 'MultiLineString':
        if (listParts(geometry).every(([start, end]) => end - start < 2)) return this.#drop('import/degenerate', row, { zh: '线少于两个点，未导入。', en: 'A line has fewer than two points; left out.' });
        return dropParts(geometry, 2);
      default:
        return this.#checkRings(geometry, row);
    }
  }

  #checkRings(source: Geometry, row: number): Geometry | undefined {
    const closed = closeRings(source);
    if (closed !== source) this.#note('warning', 'import/unclosed-ring', row, { zh: '面的边界未闭合，已补上首点。', en: 'A ring was not closed; its first point was added at the end.' });
    const kept = dropParts(closed, 4);
    if (kept === undefined) return this.#drop('import/degenerate', row, { zh: '面的边界少于三个点，未导入。', en: 'A polygon has fewer than three corners; left out.' });
    if (kept !== closed) this.#note('warning', 'import/degenerate-ring', row, { zh: '舍去了少于三个点的环。', en: 'Rings of fewer than three corners were left out.' });
    if (listParts(kept).some(([start, end]) => ringCrossesItself(kept.coordinates, start, end))) {
      this.#note('warning', 'import/self-crossing', row, { zh: '面的边界自相交，入库时自动修复。', en: 'A polygon’s boundary crosses itself; it is mended when stored.' });
    }
    return kept;
  }

  #drop(code: string, row: number, text: Bilingual, value?: string): undefined {
    this.#note('error', code, row, text, value);
  }

  #note(level: NoteLevel, code: string, row: number, text: Bilingual, value?: string): void {
    this.#notes.add(level, code, text, { file: this.#file, row, field: 'geometry', ...(value !== undefined && { value }) });
  }
}

function findNonFinite(coordinates: Float64Array): string | undefined {
  for (let i = 0; i < coordinates.length; i += 2) {
    if (!Number.isFinite(coordinates[i]) || !Number.isFinite(coordinates[i + 1])) return `${coordinates[i]}, ${coordinates[i + 1]}`;
  }
  return undefined;
}

function swapAxes(coordinates: Float64Array): void {
  for (let i = 0; i < coordinates.length; i += 2) {
    const x = coordinates[i];
    coordinates[i] = coordinates[i + 1];
    coordinates[i + 1] = x;
  }
}

function findOffGlobe(coordinates: Float64Array): string | undefined {
  for (let i = 0; i < coordinates.length; i += 2) {
    const lon = coordinates[i];
    const lat = coordinates[i + 1];
    if (!(lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90)) return `${lon}, ${lat}`;
  }
  return undefined;
}

/** The same geometry where all rings are closed, else a copy with first points repeated. */
function closeRings(geometry: Geometry): Geometry {
  const { coordinates } = geometry;
  const parts = listParts(geometry);
  const isOpen = ([start, end]: [number, number]): boolean =>
    end > start && (coordinates[2 * start] !== coordinates[2 * end - 2] || coordinates[2 * start + 1] !== coordinates[2 * end - 1]);
  const openRings = parts.filter(isOpen).length;
  if (openRings === 0) return geometry;
  const closed = new Float64Array(coordinates.length + 2 * openRings);
  const partEnds = new Uint32Array(parts.length);
  let p = 0;
  parts.forEach((part, k) => {
    const [start, end] = part;
    closed.set(coordinates.subarray(2 * start, 2 * end), 2 * p);
    p += end - start;
    if (isOpen(part)) {
      closed[2 * p] = coordinates[2 * start];
      closed[2 * p + 1] = coordinates[2 * start + 1];
      p++;
    }
    partEnds[k] = p;
  });
  return { ...geometry, coordinates: closed, partEnds };
}

/** Without parts of fewer than `minVertices`; a polygon whose outer ring goes, goes whole. Undefined where nothing is left. */
function dropParts(geometry: Geometry, minVertices: number): Geometry | undefined {
  const parts = listParts(geometry);
  if (geometry.partEnds === undefined || parts.every(([start, end]) => end - start >= minVertices)) return geometry;
  const polygonEnds = geometry.type === 'Polygon' ? [parts.length] : geometry.polygonEnds ?? parts.map((_, k) => k + 1);
  const flat: number[] = [];
  const keptPartEnds: number[] = [];
  const keptPolygonEnds: number[] = [];
  let first = 0;
  for (const last of polygonEnds) {
    const rings = parts.slice(first, last);
    first = last;
    if (rings.length === 0 || rings[0][1] - rings[0][0] < minVertices) continue;
    for (const [start, end] of rings) {
      if (end - start < minVertices) continue;
      for (let i = 2 * start; i < 2 * end; i++) flat.push(geometry.coordinates[i]);
      keptPartEnds.push(flat.length / 2);
    }
    keptPolygonEnds.push(keptPartEnds.length);
  }
  if (flat.length === 0) return undefined;
  return {
    type: geometry.type,
    coordinates: Float64Array.from(flat),
    partEnds: Uint32Array.from(keptPartEnds),
    ...(geometry.type === 'MultiPolygon' && { polygonEnds: Uint32Array.from(keptPolygonEnds) }),
  };
}
