import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceM, metresPerDegree } from './measure.ts';
import { BufferScanner } from './scan-buffers.ts';
import type { RowFrame, RowSpans, ShapeArrays } from './scan-rows.ts';
import { areaOfSpans, areasByLabel, buildRowFrame, coveredByLabel, labelSpans, middleE7, scanLabelled, scanUnion, withoutLabels } from './scan-rows.ts';
import { ShapeDistance } from './shape-distance.ts';

/** A ground in metres around a place of Helsinki's latitude, where a degree of longitude is half as long as one of latitude. */
const LON = 24.94, LAT = 60.17;
const DEGREE = metresPerDegree(LAT);
const e7 = (x: number, y: number): [number, number] => [Math.round((LON + x / DEGREE.lon) * 1e7), Math.round((LAT + y / DEGREE.lat) * 1e7)];

type Ring = readonly (readonly [number, number])[];
/** Each shape a list of parts. `closed`: the first vertex again at the end. */
function shapesOf(shapes: readonly (readonly Ring[])[], closed = true): ShapeArrays {
  const vertices: number[] = [];
  const partEnds: number[] = [];
  const shapeEnds: number[] = [];
  for (const parts of shapes) {
    for (const ring of parts) {
      for (const at of closed && ring.length > 1 ? [...ring, ring[0]] : ring) vertices.push(...e7(...at));
      partEnds.push(vertices.length / 2);
    }
    shapeEnds.push(partEnds.length);
  }
  return { verticesE7: Int32Array.from(vertices), partEnds: Uint32Array.from(partEnds), shapeEnds: Uint32Array.from(shapeEnds) };
}
const square = (west: number, south: number, side: number): Ring => [[west, south], [west + side, south], [west + side, south + side], [west, south + side]];
/** Turned, so that borders run across rows as those of cities do. */
const turned = (ring: Ring, degrees: number): Ring => {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return ring.map(([x, y]) => [c * x - s * y, s * x + c * y]);
};
const frameOf = (reachM: number, heightM?: number): RowFrame => buildRowFrame(e7(0, -reachM)[1], e7(0, reachM)[1], heightM);
const off = (area: number, truth: number): number => Math.abs(area / truth - 1);

function discs(frame: RowFrame, points: readonly (readonly [number, number])[], radius: number): RowSpans {
  const buffers = new BufferScanner(frame);
  for (const at of points) buffers.addPoint(...e7(...at), radius);
  return buffers.unite();
}

describe('areas by rows against closed forms', () => {
  it('has a disc of 500 m within 10⁻⁴ at rows of 2 m, and a quarter of the error or less with rows half as high', () => {
    const truth = Math.PI * 500 ** 2;
    const errors = [32, 16, 8, 2].map((height) => off(areaOfSpans(frameOf(700, height), discs(frameOf(700, height), [[0, 0]], 500)), truth));
    expect(errors[3]).toBeLessThan(1e-4);
    // the borders at north and south run along rows: of order 3/2 there, so halving divides by 2.8
    expect(errors[3]).toBeLessThan(errors[0] / 10);
  });

  it('has what two discs cover, and a disc that a square cuts', () => {
    const frame = frameOf(1500);
    // two discs of r = 400, their middles d = 500 apart, lens 2r² acos(d/2r) − d/2 √(4r² − d²)
    const [r, d] = [400, 500];
    const lens = 2 * r * r * Math.acos(d / (2 * r)) - (d / 2) * Math.sqrt(4 * r * r - d * d);
    const both = discs(frame, [[-d / 2, 0], [d / 2, 0]], r);
    expect(off(areaOfSpans(frame, both), 2 * Math.PI * r * r - lens)).toBeLessThan(1e-4);
    // land east of the first disc's middle line: half the first disc and what the second has there
    const land = scanUnion(frame, shapesOf([[[[0, -1000], [1000, -1000], [1000, 1000], [0, 1000]]]]), [0]);
    const half = coveredByLabel(frame, withoutLabels(land), discs(frame, [[0, 0]], r), 0);
    expect(off(half[0], (Math.PI * r * r) / 2)).toBeLessThan(1e-4);
  });

  it('has a square with round corners: side² + 4 · side · r + π r², with its inside and as a mere line without', () => {
    const frame = frameOf(1500);
    const [side, r] = [600, 300];
    const shapes = shapesOf([[turned(square(-side / 2, -side / 2, side), 17)]]);
    const filled = new BufferScanner(frame);
    filled.addShape(shapes, 0, r, true);
    const truth = side * side + 4 * side * r + Math.PI * r * r;
    expect(off(areaOfSpans(frame, filled.unite()), truth)).toBeLessThan(1e-4);
    // the border alone leaves nothing open at r = 300, and a square of 200 m at r = 200
    const line = new BufferScanner(frame);
    line.addShape(shapes, 0, 200, false);
    expect(off(areaOfSpans(frame, line.unite()), side * side + 4 * side * 200 + Math.PI * 200 ** 2 - 200 ** 2)).toBeLessThan(1e-4);
  });

  it('has a capsule: 2 r · length + π r², whichever way the line runs', () => {
    const frame = frameOf(1500);
    for (const degrees of [0, 30, 90, 135]) {
      const buffers = new BufferScanner(frame);
      buffers.addShape(shapesOf([[turned([[-500, 0], [500, 0]], degrees)]], false), 0, 250, false);
      // a border of 1 km that runs exactly along the rows may be half a row off, here 1 m on either side of 696,000 m²
      expect(off(areaOfSpans(frame, buffers.unite()), 2 * 250 * 1000 + Math.PI * 250 ** 2)).toBeLessThan(degrees === 0 ? 3e-3 : 2e-4);
    }
  });

  it('counts overlaps once and holes not at all', () => {
    const frame = frameOf(1000);
    const shapes = shapesOf([[turned(square(-400, -400, 500), 10)], [turned(square(-150, -150, 500), 10)], [turned(square(-400, -400, 800), 10), turned(square(-100, -100, 200), 10)]]);
    expect(off(areaOfSpans(frame, scanUnion(frame, shapes, [0, 1])), 2 * 500 ** 2 - 250 ** 2)).toBeLessThan(2e-4);
    expect(off(areaOfSpans(frame, scanUnion(frame, shapes, [2])), 800 ** 2 - 200 ** 2)).toBeLessThan(2e-4);
    expect(scanUnion(frame, shapes, [1, 0])).toEqual(scanUnion(frame, shapes, [0, 1]));
  });
});

describe('labels', () => {
  it('part land among its owners, finer ones first; nothing is lost', () => {
    const frame = frameOf(1000);
    // community 0 in the west, block 1 everywhere; land straddles both and sticks out to the north
    const places = shapesOf([[[[-500, -500], [0, -500], [0, 500], [-500, 500]]], [square(-500, -500, 1000)]]);
    const land = withoutLabels(scanUnion(frame, shapesOf([[[[-100, 0], [300, 0], [300, 700], [-100, 700]]]]), [0]));
    const labelled = labelSpans(labelSpans(land, scanLabelled(frame, places, [0])), scanLabelled(frame, places, [1]));
    const [community, block, nobody] = areasByLabel(frame, labelled, 2);
    // rows are 2 m and these borders run along them: 1 m of 500
    expect(off(community, 100 * 500)).toBeLessThan(3e-3);
    expect(off(block, 300 * 500)).toBeLessThan(3e-3);
    expect(off(nobody, 400 * 200)).toBeLessThan(6e-3);
    expect(off(community + block + nobody, areaOfSpans(frame, land))).toBeLessThan(1e-12);
  });
});

const anyPoint = fc.tuple(fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 }));
/** Any rings, crossing themselves or not: the even-odd rule and the distance to edges need nothing of them. */
const anyShape = fc.array(fc.array(anyPoint, { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 2 });

/** Twin: metres to the nearest edge in distanceM's own terms, by trying 400 places on each edge. */
function plainDistance({ verticesE7, partEnds }: ShapeArrays, x: number, y: number): number {
  let least = Infinity;
  let start = 0;
  for (const end of partEnds) {
    for (let v = start; v < end; v++) {
      const u = Math.min(v + 1, end - 1);
      for (let k = 0; k <= 400; k++) {
        const [px, py] = [0, 1].map((axis) => verticesE7[2 * v + axis] + ((verticesE7[2 * u + axis] - verticesE7[2 * v + axis]) * k) / 400);
        least = Math.min(least, distanceM(x / 1e7, y / 1e7, px / 1e7, py / 1e7));
      }
    }
    start = end;
  }
  return least;
}

function spanHolds({ first, from, to }: RowSpans, row: number, x: number): boolean {
  for (let i = first[row]; i < first[row + 1]; i++) if (from[i] <= x && x <= to[i]) return true;
  return false;
}

describe('buffers of anything', () => {
  const frame = frameOf(2000, 10);

  it('hold a spot exactly where ShapeDistance says it is near enough, and both agree with a plain search', () => {
    fc.assert(fc.property(anyShape, fc.integer({ min: 20, max: 900 }), fc.boolean(), fc.array(anyPoint, { minLength: 8, maxLength: 8 }), (parts, radius, filled, spots) => {
      const shapes = shapesOf([parts], filled);
      const buffers = new BufferScanner(frame);
      buffers.addShape(shapes, 0, radius, filled);
      const cover = buffers.unite();
      const distance = new ShapeDistance();
      distance.addShape(shapes, 0, filled, 7);
      const found = { metres: 0, shape: 0 };
      for (const spot of spots) {
        const x = e7(...spot)[0];
        const row = Math.floor((e7(...spot)[1] - frame.southE7) / frame.heightE7);
        const y = middleE7(frame, row);
        distance.find(x, y, 1e5, found);
        expect(found.shape).toBe(7);
        const isInside = filled && spanHolds(scanUnion(frame, shapes, [0]), row, x);
        const plain = isInside ? 0 : plainDistance(shapes, x, y);
        // an edge is measured in the metric of its middle: 11 cm for one that spans 1,800 m from north to south, 900 m away
        expect(found.metres).toBeLessThan(plain + 0.15);
        // the places tried are up to 6.4 m apart, so the plain search may miss the nearest one by 3.2 m along the edge
        expect(found.metres).toBeGreaterThan(Math.sqrt(Math.max(0, plain * plain - 3.3 ** 2)) - 0.15);
        if (Math.abs(found.metres - radius) < 0.02) continue;
        expect(spanHolds(cover, row, x)).toBe(found.metres < radius);
      }
    }), { numRuns: 60 });
  });

  it('never shrink with a larger radius or one more shape, and do not depend on the order of shapes', () => {
    fc.assert(fc.property(anyShape, anyShape, fc.integer({ min: 20, max: 500 }), (one, other, radius) => {
      const shapes = shapesOf([one, other]);
      const area = (numbers: readonly number[], r: number): number => {
        const buffers = new BufferScanner(frame);
        for (const n of numbers) buffers.addShape(shapes, n, r, true);
        return areaOfSpans(frame, buffers.unite());
      };
      expect(area([0, 1], radius)).toBeGreaterThanOrEqual(area([0], radius) * (1 - 1e-12));
      expect(area([0], radius + 50)).toBeGreaterThan(area([0], radius));
      expect(area([1, 0], radius)).toBe(area([0, 1], radius));
    }), { numRuns: 60 });
  });

  it('reach into rows from far outside of them as from within', () => {
    // a disc of 20 km whose middle is 15 km south of the rows: between y = 0 and 1,000 the chord at y is 2 √(r² − (15,000 + y)²)
    const narrow = buildRowFrame(e7(0, 0)[1], e7(0, 1000)[1]);
    const wide = buildRowFrame(e7(0, -36_000)[1], e7(0, 6000)[1]);
    const [x, y] = e7(0, -15_000);
    const area = (rows: RowFrame): number => {
      const buffers = new BufferScanner(rows);
      buffers.addPoint(x, y, 20_000);
      const cover = buffers.unite();
      let sum = 0;
      for (let r = 0; r < rows.count; r++) {
        const at = middleE7(rows, r);
        if (at >= narrow.southE7 && at < narrow.southE7 + narrow.count * narrow.heightE7) for (let i = cover.first[r]; i < cover.first[r + 1]; i++) sum += cover.to[i] - cover.from[i];
      }
      return sum * rows.heightE7;
    };
    expect(off(area(narrow), area(wide))).toBeLessThan(1e-5 + narrow.heightE7 / (narrow.count * narrow.heightE7));
  });

  it('count different shapes within reach as a plain search does', () => {
    fc.assert(fc.property(fc.array(anyShape, { minLength: 1, maxLength: 5 }), fc.integer({ min: 20, max: 900 }), anyPoint, (list, radius, spot) => {
      const shapes = shapesOf(list, false);
      const distance = new ShapeDistance();
      list.forEach((_, shape) => distance.addShape(shapes, shape, false, shape));
      const plain = list.map((parts) => plainDistance(shapesOf([parts], false), ...e7(...spot)));
      // 3.2 m along an edge are 0.26 m at 20 m
      fc.pre(plain.every((metres) => Math.abs(metres - radius) > 0.45));
      expect(distance.count(...e7(...spot), radius)).toBe(plain.filter((metres) => metres < radius).length);
    }), { numRuns: 60 });
  });
});
