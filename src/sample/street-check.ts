/** A plain street graph of the drawn city, for the proofs of the tests: reachability and shortest ways on foot. */
import { distanceM } from '../engine/spatial/measure.ts';
import type { Objects } from './write-city.ts';

const NO_DRIVING = new Set(['footway', 'path', 'steps', 'pedestrian', 'cycleway']);

function readTags(tags: readonly string[]): Map<string, string> {
  const map = new Map<string, string>();
  for (let i = 0; i < tags.length; i += 2) map.set(tags[i], tags[i + 1]);
  return map;
}

export class StreetCheck {
  readonly places = new Map<number, readonly [number, number]>();
  readonly walk = new Map<number, { to: number; metres: number }[]>();
  readonly drive = new Map<number, number[]>();
  readonly driveBack = new Map<number, number[]>();
  readonly #ways: { refs: readonly number[]; tags: Map<string, string> }[] = [];

  add(objects: Objects): void {
    for (const node of objects.nodes) this.places.set(node.id, [node.lon, node.lat]);
    for (const way of objects.ways) {
      const tags = readTags(way.tags);
      if (tags.has('highway') && tags.get('area') !== 'yes') this.#ways.push({ refs: way.refs, tags });
    }
  }

  finish(): void {
    for (const { refs, tags } of this.#ways) {
      const driving = !NO_DRIVING.has(tags.get('highway') ?? '');
      for (let i = 1; i < refs.length; i++) {
        if (driving) this.#joinDriving(refs[i - 1], refs[i], tags.get('oneway') === 'yes');
        if (tags.get('foot') !== 'no') this.#joinWalking(refs[i - 1], refs[i]);
      }
    }
  }

  #joinDriving(from: number, to: number, oneway: boolean): void {
    push(this.drive, from, to);
    push(this.driveBack, to, from);
    if (oneway) return;
    push(this.drive, to, from);
    push(this.driveBack, from, to);
  }

  #joinWalking(from: number, to: number): void {
    const [lon1, lat1] = this.places.get(from) ?? [Number.NaN, Number.NaN];
    const [lon2, lat2] = this.places.get(to) ?? [Number.NaN, Number.NaN];
    const metres = distanceM(lon1, lat1, lon2, lat2);
    push(this.walk, from, { to, metres });
    push(this.walk, to, { to: from, metres });
  }

  /** Nodes of the driving graph, and how many of them are reached from the first and reach it. */
  countStronglyConnected(): { nodes: number; connected: number } {
    // begin at the busiest crossing, which no dead end can be
    const start = [...this.drive].reduce((best, [node, next]) => (next.length > (this.drive.get(best)?.length ?? 0) ? node : best), this.drive.keys().next().value ?? 0);
    const onward = reach(start, this.drive);
    const back = reach(start, this.driveBack);
    const nodes = new Set([...this.drive.keys(), ...this.driveBack.keys()]);
    return { nodes: nodes.size, connected: [...nodes].filter((node) => onward.has(node) && back.has(node)).length };
  }

  countWalkable(): { nodes: number; connected: number } {
    const plain = new Map([...this.walk].map(([node, edges]) => [node, edges.map((edge) => edge.to)]));
    const start = [...plain].reduce((best, [node, next]) => (next.length > (plain.get(best)?.length ?? 0) ? node : best), plain.keys().next().value ?? 0);
    return { nodes: plain.size, connected: reach(start, plain).size };
  }

  nearest(lon: number, lat: number): number {
    let best = -1;
    let bestM = Infinity;
    for (const node of this.walk.keys()) {
      const [x, y] = this.places.get(node) ?? [0, 0];
      const metres = distanceM(lon, lat, x, y);
      if (metres < bestM) [best, bestM] = [node, metres];
    }
    return best;
  }

  /** Metres on foot between two nodes (Bellman–Ford with a queue: plain rather than fast). */
  walkM(from: number, to: number): number {
    const best = new Map([[from, 0]]);
    const queue = [from];
    for (let at = 0; at < queue.length; at++) {
      const node = queue[at];
      const so = best.get(node) ?? 0;
      for (const edge of this.walk.get(node) ?? []) {
        if (so + edge.metres < (best.get(edge.to) ?? Infinity) - 1e-6 && so + edge.metres < (best.get(to) ?? Infinity)) {
          best.set(edge.to, so + edge.metres);
          queue.push(edge.to);
        }
      }
    }
    return best.get(to) ?? Infinity;
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function reach(start: number, edges: ReadonlyMap<number, readonly number[]>): Set<number> {
  const seen = new Set([start]);
  const stack = [start];
  while (stack.length > 0) {
    for (const next of edges.get(stack.pop() ?? 0) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      stack.push(next);
    }
  }
  return seen;
}
