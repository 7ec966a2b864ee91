/**
 * How much land of some kinds each place has, m², overlaps once: the land-use map cut into rows (engine/spatial/scan-rows.ts), each row parted among the
 * finest units, and zones. Cells have none: they are for what people are near to. Rows are 2 m high, each standing by its middle line: exact but for borders that run due east–west, where a unit may be off by half a row (0.1 % of a square km).
 *
 * Cost: a scan of the land of those kinds and, once a run, of all places; 20 bytes a span.
 */
import type { LabelledSpans, RowFrame, RowSpans } from '../../engine/spatial/scan-rows.ts';
import { buildRowFrame, coveredByLabel, labelSpans, scanLabelled, scanUnion, withoutLabels } from '../../engine/spatial/scan-rows.ts';
import type { CityData } from './city-data.ts';
import { isLand } from './land-rows.ts';
import { listWhere } from './map-values.ts';
import { rollUp } from './roll-up.ts';
import { TREE_LEVELS } from './place-tree.ts';

const ROW_M = 2;

interface PlaceRows {
  readonly frame: RowFrame;
  /** Of the tree (each spot is its finest unit's), of zones. */
  readonly layers: readonly LabelledSpans[];
}

function placeRowsOf(city: CityData): PlaceRows {
  return city.memo('land-areas/places', () => {
    const { tree, snapshot: { place } } = city;
    let [south, north] = [Infinity, -Infinity];
    for (let v = 1; v < place.shapes.verticesE7.length; v += 2) {
      south = Math.min(south, place.shapes.verticesE7[v]);
      north = Math.max(north, place.shapes.verticesE7[v]);
    }
    const frame = buildRowFrame(south < north ? south : 0, south < north ? north : 0, ROW_M);
    const scan = (numbers: Uint32Array): LabelledSpans => scanLabelled(frame, place.shapes, numbers);
    // from the finest level up, each takes what finer ones have left
    const units = TREE_LEVELS.map((level) => tree.ofLevel(level));
    const ground = withoutLabels(scanUnion(frame, place.shapes, units.flatMap((numbers) => [...numbers])));
    const finest = units.reduce((spans, numbers) => (numbers.length === 0 ? spans : labelSpans(spans, scan(numbers))), ground);
    const zones = tree.ofLevel('zone');
    return { frame, layers: zones.length === 0 ? [finest] : [finest, scan(zones)] };
  });
}

/** Numbers of the land-use areas that are wanted. */
export function landNumbers({ snapshot: { landUse } }: CityData, wanted: (land: number) => boolean): Uint32Array {
  return listWhere(landUse.kind.length, wanted);
}

/** m² of a cover in each finest unit (and in what coarser units have without finer ones) and zone. By place, not summed up. */
function areaByUnit(city: CityData, cover: (frame: RowFrame) => RowSpans): Float64Array {
  const { frame, layers } = placeRowsOf(city);
  const out = new Float64Array(city.tree.count);
  const spans = cover(frame);
  for (const layer of layers) {
    const areas = coveredByLabel(frame, layer, spans, out.length);
    for (let place = 0; place < out.length; place++) out[place] += areas[place];
  }
  return out;
}

/** m² of a cover by place; units outside the built-up area hand nothing up. `within`, by place: only what lies in finest units marked 1. */
export function coverByPlace(city: CityData, cover: (frame: RowFrame) => RowSpans, within?: Uint8Array): Float64Array {
  const own = areaByUnit(city, cover);
  return rollUp(city, within === undefined ? own : own.map((area, place) => area * within[place]));
}

/** m² of the union of some land-use areas in each finest unit. By place, not summed up: it is asked before it is known what lies outside. */
export function landOfUnits(city: CityData, land: Uint32Array): Float64Array {
  return areaByUnit(city, (frame) => scanUnion(frame, city.snapshot.landUse.shapes, land));
}

/** m² of land of some kinds by place: `residential`, `construction` (land-rows.ts), `water`, or kinds of the map. Undefined where the city has no land use at all. */
export function landAreas(city: CityData, kinds: readonly string[], within?: Uint8Array): Float64Array | undefined {
  const { landUse } = city.snapshot;
  if (landUse.kind.length === 0) return undefined;
  const build = (): Float64Array => coverByPlace(city, (frame) => scanUnion(frame, landUse.shapes, landNumbers(city, isOf(city, kinds))), within);
  return within === undefined ? city.memo(`land-areas/${[...kinds].sort().join(' ')}`, build) : build();
}

function isOf({ snapshot }: CityData, kinds: readonly string[]): (land: number) => boolean {
  const wanted = new Set(kinds);
  return (land) => {
    if (snapshot.landUse.water[land] === 1) return wanted.has('water');
    const kind = snapshot.text(snapshot.landUse.kind[land]);
    return wanted.has(kind) || (wanted.has('construction') && isLand('construction', kind));
  };
}
