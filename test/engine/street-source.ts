/** Small sources of street networks for tests: nodes in metres from a corner, ways by the ids of their nodes. */
import type { AreaSource, NetworkSource, TurnSource } from '../../src/engine/graph/network/network-source.ts';
import { NO_NODE } from '../../src/engine/graph/network/network-source.ts';
import { metresPerDegree } from '../../src/engine/spatial/measure.ts';

const CORNER = { lon: 100, lat: 30 };
const METRES = metresPerDegree(CORNER.lat);

/** Degrees of a place `x` metres east and `y` metres north of the corner, true to the ellipsoid. */
function placeAt(x: number, y: number): [number, number] {
  return [CORNER.lon + x / METRES.lon, CORNER.lat + y / METRES.lat];
}

export type PlanTags = Readonly<Record<string, string>>;

export interface SourcePlan {
  /** id → metres east and north of the corner. */
  readonly nodes: ReadonlyMap<number, readonly [x: number, y: number]>;
  /** An id that `nodes` lacks is a node that the file lacks. */
  readonly ways: readonly { readonly id: number; readonly nodes: readonly number[]; readonly tags: PlanTags }[];
  readonly points?: readonly { readonly node: number; readonly tags: PlanTags }[];
  readonly turns?: readonly TurnSource[];
  readonly areas?: readonly { readonly id: number; readonly tags: PlanTags; readonly rings: readonly (readonly number[])[] }[];
  /** Ids of nodes that ways of other kinds use. */
  readonly touched?: readonly number[];
}

interface Columns {
  readonly tagEnds: Uint32Array;
  readonly tagKey: Uint32Array;
  readonly tagValue: Uint32Array;
}

export function streetSource({ nodes, ways, points = [], turns = [], areas = [], touched = [] }: SourcePlan): NetworkSource {
  const ids = [...nodes.keys()];
  const number = new Map(ids.map((id, i) => [id, i]));
  const nodeOf = (id: number): number => number.get(id) ?? NO_NODE;
  const texts = [''];
  const numberOfText = (text: string): number => (texts.includes(text) ? texts.indexOf(text) : texts.push(text) - 1);
  const columns = (all: readonly PlanTags[]): Columns => {
    const pairs = all.map((tags) => Object.entries(tags));
    let end = 0;
    return {
      tagEnds: Uint32Array.from(pairs, (list) => (end += list.length)),
      tagKey: Uint32Array.from(pairs.flat(), ([key]) => numberOfText(key)),
      tagValue: Uint32Array.from(pairs.flat(), ([, value]) => numberOfText(value)),
    };
  };
  let end = 0;
  const areaSources: AreaSource[] = areas.map(({ id, tags, rings }) => ({ id, tags, rings: rings.map((ring) => Uint32Array.from(ring, nodeOf)) }));
  return {
    nodes: {
      id: Float64Array.from(ids),
      e7: Int32Array.from([...nodes.values()].flatMap(([x, y]) => placeAt(x, y).map((degrees) => Math.round(degrees * 1e7)))),
      touched: Uint8Array.from(ids, (id) => (touched.includes(id) ? 1 : 0)),
    },
    ways: { id: Float64Array.from(ways, (way) => way.id), ends: Uint32Array.from(ways, (way) => (end += way.nodes.length)), nodes: Uint32Array.from(ways.flatMap((way) => way.nodes), nodeOf), ...columns(ways.map((way) => way.tags)) },
    points: { node: Uint32Array.from(points, (point) => nodeOf(point.node)), ...columns(points.map((point) => point.tags)) },
    turns, areas: areaSources, text: (i) => texts[i],
  };
}
