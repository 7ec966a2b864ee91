import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { describe, expect, test } from 'vitest';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { fromGeoJson } from '../../engine/spatial/geometry.ts';
import { toEwkb } from '../../engine/spatial/wkb.ts';
import { Random } from '../../core/random.ts';
import type { TileFeature } from './build-tile.ts';
import { buildTile, sortForDrawing } from './build-tile.ts';
import { BUFFER, EXTENT, mercatorLat, mercatorLon, mercatorX, mercatorY, tileBox, tileRange } from './mercator.ts';
import { labelShape, parseShape } from './shape.ts';

const TILE = { z: 14, x: 7808, y: 6124 };

/** Tile units of TILE → degrees. */
function at(x: number, y: number, tile = TILE): [number, number] {
  const n = 2 ** tile.z;
  return [mercatorLon((tile.x + x / EXTENT) / n), mercatorLat((tile.y + y / EXTENT) / n)];
}

function feature(geometry: Geometry, more: Partial<TileFeature> = {}): TileFeature {
  return { layer: 'land-use', kind: 'residential', id: 1, shape: parseShape(toEwkb(geometry)), size: 1, properties: [], ...more };
}

function polygon(...rings: [number, number][][]): Geometry {
  return fromGeoJson({ type: 'Polygon', coordinates: rings.map((ring) => [...ring, ring[0]].map(([x, y]) => at(x, y))) });
}

function line(...points: [number, number][]): Geometry {
  return fromGeoJson({ type: 'LineString', coordinates: points.map(([x, y]) => at(x, y)) });
}

function decode(bytes: Uint8Array): VectorTile {
  return new VectorTile(new PbfReader(bytes));
}

type Ring = { x: number; y: number }[];

function onlyFeature(features: TileFeature[], tile = TILE) {
  const layers = decode(buildTile(sortForDrawing(features), tile)).layers;
  return Object.values(layers)[0]?.feature(0);
}

function area2(ring: Ring): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) sum += ring[i - 1].x * ring[i].y - ring[i].x * ring[i - 1].y;
  return sum;
}

describe('a tile', () => {
  test('holds what it was given: layer, id, type, properties, whole-number positions', () => {
    const bytes = buildTile(
      [
        feature(fromGeoJson({ type: 'Point', coordinates: at(100, 200) }), {
          layer: 'transit-stop',
          kind: 'bus',
          id: 3 * 2 ** 32 + 7,
          properties: [['name', '人民广场', 0], ['lifts', 2, 0], ['height', -1.5, 0], ['open', true, 0], ['later', 'x', 15]],
        }),
      ],
      TILE,
    );
    const layer = decode(bytes).layers['transit-stop'];
    expect(layer.version).toBe(2);
    expect(layer.extent).toBe(4096);
    const point = layer.feature(0);
    expect(point.type).toBe(1);
    expect(point.id).toBe(3 * 2 ** 32 + 7);
    expect(point.properties).toEqual({ name: '人民广场', lifts: 2, height: -1.5, open: true });
    expect(point.loadGeometry()[0].map(({ x, y }) => [x, y])).toEqual([[100, 200]]);
  });

  test('is empty where nothing lies', () => {
    expect(buildTile([feature(polygon([[9000, 9000], [9100, 9000], [9100, 9100]]))], TILE)).toHaveLength(0);
  });

  test('cuts lines at the buffered edge and keeps each stretch', () => {
    // enters from the west, leaves to the east, returns further south
    const parts = onlyFeature([feature(line([-1000, 1000], [5000, 1000], [5000, 3000], [-1000, 3000]), { layer: 'street', kind: 'primary' })])?.loadGeometry() as Ring[];
    expect(parts).toHaveLength(2);
    expect(parts.map((part) => part.map(({ x, y }) => [x, y]))).toEqual([
      [[-BUFFER, 1000], [EXTENT + BUFFER, 1000]],
      [[EXTENT + BUFFER, 3000], [-BUFFER, 3000]],
    ]);
  });

  test('winds outer rings clockwise and holes the other way, however they came', () => {
    const square: [number, number][] = [[1000, 1000], [3000, 1000], [3000, 3000], [1000, 3000]];
    const hole: [number, number][] = [[1500, 1500], [2500, 1500], [2500, 2500], [1500, 2500]];
    for (const outer of [square, [...square].reverse()]) {
      for (const inner of [hole, [...hole].reverse()]) {
        const rings = onlyFeature([feature(polygon(outer, inner))])?.loadGeometry() as Ring[];
        expect(rings).toHaveLength(2);
        expect(area2(rings[0])).toBe(2 * 2000 * 2000);
        expect(area2(rings[1])).toBe(-2 * 1000 * 1000);
      }
    }
  });

  test('keeps the parts of a multipolygon and their holes apart', () => {
    const ring = (x: number, size: number): number[][] => [at(x, 100), at(x + size, 100), at(x + size, 100 + size), at(x, 100 + size), at(x, 100)];
    const inner = (x: number): number[][] => [at(x, 200), at(x, 300), at(x + 100, 300), at(x + 100, 200), at(x, 200)];
    const multi = fromGeoJson({ type: 'MultiPolygon', coordinates: [[ring(100, 500), inner(200)], [ring(1000, 500)], [ring(2000, 500), inner(2100), inner(2300)]] });
    const geoJson = onlyFeature([feature(multi)])?.toGeoJSON(TILE.x, TILE.y, TILE.z);
    expect(geoJson?.geometry.type).toBe('MultiPolygon');
    expect(geoJson?.geometry.type === 'MultiPolygon' && geoJson.geometry.coordinates.map((rings) => rings.length)).toEqual([2, 1, 3]);
  });

  test('covers a tile that lies inside an area, and leaves out one that lies in its hole', () => {
    const around: [number, number][] = [[-9000, -9000], [9000, -9000], [9000, 9000], [-9000, 9000]];
    const rings = onlyFeature([feature(polygon(around))])?.loadGeometry() as Ring[];
    expect(area2(rings[0])).toBe(2 * (EXTENT + 2 * BUFFER) ** 2);
    const hole: [number, number][] = [[-5000, -5000], [8000, -5000], [8000, 8000], [-5000, 8000]];
    expect(onlyFeature([feature(polygon(around, hole))])).toBeUndefined();
  });

  test('drops areas below the layer’s least size, and shows them nearer', () => {
    // 3 px² of a building at z13 are 192 square units; this one has 100 there and four times as many a zoom deeper
    const small = feature(polygon([[100, 100], [120, 100], [120, 120], [100, 120]]), { layer: 'building', kind: 'yes' });
    expect(onlyFeature([small], { z: 13, x: 3904, y: 3062 })).toBeUndefined();
    expect(onlyFeature([small])?.loadGeometry()).toHaveLength(1);
  });

  test('shows a facility’s ground where there is room for it, and a point in it where not', () => {
    // 30 px wide at z14, 7 px two zooms up
    const park = feature(polygon([[1000, 1000], [1240, 1000], [1240, 1240], [1000, 1240]]), { layer: 'facility', kind: 'park' });
    expect(onlyFeature([park]).type).toBe(3);
    const above = onlyFeature([park], { z: 12, x: 1952, y: 1531 });
    expect([above.type, above.loadGeometry()[0].map(({ x, y }) => [x, y])]).toEqual([1, [[280, 280]]]);
  });

  test('shows a kind only from its zoom', () => {
    const at12 = { z: 12, x: 1952, y: 1531 };
    expect(onlyFeature([feature(line([0, 0], [4000, 4000]), { layer: 'street', kind: 'residential' })], at12)).toBeUndefined();
    expect(onlyFeature([feature(line([0, 0], [4000, 4000]), { layer: 'street', kind: 'primary' })], at12)).toBeDefined();
  });

  test('draws large areas first', () => {
    const features = [feature(polygon([[0, 0], [100, 0], [100, 100]]), { id: 2, size: 5 }), feature(polygon([[0, 0], [900, 0], [900, 900]]), { id: 1, size: 500 })];
    const layer = decode(buildTile(sortForDrawing(features), TILE)).layers['land-use'];
    expect([layer.feature(0).id, layer.feature(1).id]).toEqual([1, 2]);
  });

  test('stays under half a megabyte however much there is', () => {
    const random = new Random(7);
    const tile = { z: 12, x: 1952, y: 1531 };
    const features: TileFeature[] = [];
    for (let i = 0; i < 40_000; i++) {
      const [x, y, s] = [random.between(0, 4000), random.between(0, 4000), random.between(20, 30)];
      const ring = [[x, y], [x + s, y + 3], [x + s - 2, y + s], [x + 1, y + s - 4], [x, y]].map(([u, v]) => at(u, v, tile));
      features.push(feature(fromGeoJson({ type: 'Polygon', coordinates: [ring] }), { layer: 'custom:parcel', id: i + 1, size: s * s, properties: [['feature', i, 0], ['name', `parcel ${i}`, 0]] }));
    }
    const bytes = buildTile(features, tile);
    expect(bytes.length).toBeLessThan(500_000);
    expect(decode(bytes).layers['custom:parcel'].length).toBeGreaterThan(100);
  });
});

describe('neighbouring areas', () => {
  /** A wavy border between two areas, given to one forwards and to the other backwards. */
  function borderPair(): [Geometry, Geometry] {
    const random = new Random(3);
    const border: [number, number][] = [];
    for (let y = 0; y <= 4000; y += 8) border.push([2000 + random.between(-30, 30), y]);
    const west = polygon([[100, 0], ...border, [100, 4000]]);
    const east = polygon([[3900, 4000], ...border.toReversed(), [3900, 0]]);
    return [west, east];
  }

  test('share their border to the last vertex at every zoom: no gap, no overlap', () => {
    const [west, east] = borderPair();
    for (let z = 10; z <= 16; z++) {
      const up = 2 ** (z - 14);
      const tile = { z, x: Math.floor((TILE.x + 0.4) * up), y: Math.floor((TILE.y + 0.4) * up) };
      const a = onlyFeature([feature(west)], tile)?.loadGeometry() as Ring[] | undefined;
      const b = onlyFeature([feature(east)], tile)?.loadGeometry() as Ring[] | undefined;
      if (a === undefined || b === undefined) continue;
      const sum = [...a, ...b].reduce((total, ring) => total + area2(ring), 0);
      const both = onlyFeature([feature(polygon([[100, 0], [3900, 0], [3900, 4000], [100, 4000]]))], tile)?.loadGeometry() as Ring[];
      expect(sum, `z${z}`).toBe(area2(both[0]));
    }
  });

  test('have no vertex of their common border that the other lacks', () => {
    const [west, east] = borderPair();
    const inner = (ring: Ring): Set<string> => new Set(ring.filter(({ x }) => x > 1800 && x < 2200).map(({ x, y }) => `${x} ${y}`));
    const a = inner(onlyFeature([feature(west)]).loadGeometry()[0]);
    const b = inner(onlyFeature([feature(east)]).loadGeometry()[0]);
    const ends = 2;
    expect([...a].filter((key) => !b.has(key)).length + [...b].filter((key) => !a.has(key)).length).toBeLessThanOrEqual(2 * ends);
    expect(a.size).toBeGreaterThan(100);
  });

  test('rings stay rings: closed, no repeats, no spikes, never less than a triangle', () => {
    const random = new Random(11);
    for (let round = 0; round < 100; round++) {
      const ring: [number, number][] = [];
      const [cx, cy, r] = [random.between(-200, 4300), random.between(-200, 4300), random.between(1, 600)];
      for (let i = 0; i < 40; i++) {
        const angle = (i / 40) * 2 * Math.PI;
        const radius = r * random.between(0.2, 1);
        ring.push([cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)]);
      }
      for (const z of [14, 13, 11]) {
        const up = 2 ** (z - 14);
        const found = onlyFeature([feature(polygon(ring))], { z, x: Math.floor(TILE.x * up), y: Math.floor(TILE.y * up) });
        for (const path of (found?.loadGeometry() ?? []) as Ring[]) {
          expect(path.length).toBeGreaterThanOrEqual(4);
          expect(area2(path)).toBeGreaterThan(0);
          for (let i = 1; i < path.length; i++) {
            const [p, q, s] = [path[i - 1], path[i], path[i + 1 < path.length ? i + 1 : 1]];
            expect(q.x === p.x && q.y === p.y).toBe(false);
            expect((q.x - p.x) * (s.y - p.y) === (s.x - p.x) * (q.y - p.y)).toBe(false);
            expect(Math.min(q.x, q.y)).toBeGreaterThanOrEqual(-BUFFER);
            expect(Math.max(q.x, q.y)).toBeLessThanOrEqual(EXTENT + BUFFER);
          }
        }
      }
    }
  });
});

describe('addresses', () => {
  test('a tile’s box and the tiles of a box agree', () => {
    expect(tileRange(14, tileBox(14, 7808, 6124, -1))).toEqual([7808, 6124, 7808, 6124]);
    expect(tileRange(0, [-180, -85, 180, 85])).toEqual([0, 0, 0, 0]);
  });

  test('Mercator and back', () => {
    for (const [lon, lat] of [[-8.6, 41.15], [116.4, 39.9], [0, 0], [179, -80]]) {
      expect(mercatorLon(mercatorX(lon))).toBeCloseTo(lon, 10);
      expect(mercatorLat(mercatorY(lat))).toBeCloseTo(lat, 10);
    }
  });
});

describe('label points', () => {
  test('lie inside, also where the centroid does not', () => {
    // a horseshoe open to the east
    const horseshoe = polygon([[0, 0], [3000, 0], [3000, 500], [500, 500], [500, 2500], [3000, 2500], [3000, 3000], [0, 3000]]);
    const label = labelShape(parseShape(toEwkb(horseshoe)));
    const [x, y] = [(label.xy[0] * 2 ** 14 - TILE.x) * EXTENT, (label.xy[1] * 2 ** 14 - TILE.y) * EXTENT];
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(500);
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(3000);
  });
});
