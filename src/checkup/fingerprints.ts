/**
 * What each need of an indicator holds, as a hash: a result made from the same is the same, and is not computed again.
 *
 * Numbers of texts are replaced by hashes of the texts, because a new facility numbers all texts after it anew. Facilities are hashed kind by
 * kind, so that a new kindergarten changes nothing of what is made from clinics.
 *
 * SHA-1 of the bytes: 1 GB/s; the sample city's 6 MB take 10 ms. Every need is hashed at most once a run.
 */
import { createHash } from 'node:crypto';
import type { Snapshot, Shapes } from '../base/snapshot/model.ts';
import type { Network } from '../engine/graph/network/network.ts';
import type { CityData, CityTable, CoastLines } from './city/city-data.ts';
import type { TransitSchedule } from './city/transit-schedule.ts';
import type { DataNeed } from './operators/operator.ts';

type Numbers = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;

const startOf = (ends: Uint32Array, i: number): number => (i === 0 ? 0 : ends[i - 1]);

/** Of tables, timetables and networks, which may outlive a run: they are not hashed again. */
const known = new WeakMap<object, string>();

function once(what: object | undefined, make: () => string): string {
  if (what === undefined) return 'none';
  let print = known.get(what);
  if (print === undefined) known.set(what, (print = make()));
  return print;
}

/** What fingerprints are taken of. Before its tables are made a city has none. */
export type Printed = Pick<CityData, 'snapshot' | 'tree'> & Partial<Pick<CityData, 'period' | 'network' | 'transit' | 'coast' | 'table'>>;

/** Two 32-bit FNV-1a hashes of each text of a snapshot, by number. */
function hashTexts(snapshot: Snapshot): Uint32Array {
  const bytes = snapshot.sections.get('text.bytes', 'u8');
  const ends = snapshot.sections.get('text.ends', 'u32');
  const hashes = new Uint32Array(2 * ends.length);
  for (let i = 0; i < ends.length; i++) {
    let [a, b] = [0x811c9dc5, 0x9e3779b9];
    for (let k = startOf(ends, i); k < ends[i]; k++) {
      a = Math.imul(a ^ bytes[k], 0x01000193);
      b = Math.imul(b ^ bytes[k], 0x85ebca6b) ^ (b >>> 13);
    }
    hashes[2 * i] = a;
    hashes[2 * i + 1] = b;
  }
  return hashes;
}

/** Of the snapshot alone. */
const SNAPSHOT_NEEDS = /^(?:population|land-use|building|street|job|facility:.*|population:.*)$/;

export class Fingerprints {
  readonly #city: Printed;
  readonly #known: Map<DataNeed, string>;
  #texts: Uint32Array | undefined;

  /** @param before of the same city and snapshot, before its tables were made or its places marked: all else is taken from there */
  constructor(city: Printed, before?: Fingerprints) {
    this.#city = city;
    this.#known = new Map([...(before === undefined ? [] : before.#known)].filter(([need]) => SNAPSHOT_NEEDS.test(need)));
    if (before !== undefined) this.#texts = before.#texts;
  }

  get(need: DataNeed): string {
    let found = this.#known.get(need);
    if (found === undefined) this.#known.set(need, (found = this.#make(need)));
    return found;
  }

  #make(need: DataNeed): string {
    const { snapshot, period, network, transit, coast } = this.#city;
    const { building, landUse, job } = snapshot;
    switch (need) {
      case 'place': {
        const { id, level, parent, derived, population, areaM2, shapes } = snapshot.place;
        return this.#hash(this.#text(id), level, parent, derived, this.#city.tree.outside, population, areaM2, ...arraysOf(shapes));
      }
      case 'population':
        return this.#hash(snapshot.population.pointE7, snapshot.population.basis, snapshot.population.persons) + snapshot.meta.groups.join();
      case 'land-use':
        return this.#hash(this.#text(landUse.kind), landUse.areaM2, landUse.water, ...arraysOf(landUse.shapes));
      case 'coast':
        return once(coast, () => this.#hash((coast as CoastLines).verticesE7, (coast as CoastLines).ends));
      case 'building':
        return this.#hash(building.centreE7, this.#text(building.kind), this.#text(building.source), building.footprintM2, building.storeys, building.residential, ...arraysOf(building.shapes));
      case 'street': {
        const { nodeE7, wayEnds, wayNodes, wayKind, wayName, tagEnds, tagKey, tagValue } = snapshot.street;
        return this.#hash(nodeE7, wayEnds, wayNodes, this.#text(wayKind), this.#text(wayName), tagEnds, this.#text(tagKey), this.#text(tagValue));
      }
      case 'job':
        return this.#hash(job.pointE7, job.count);
      case 'settings':
        // no operator sees the class or rank of a city (needs.test.ts): they pick thresholds, and everything is graded again anyway
        return String(period);
      case 'network':
        return once(network, () => this.#network(network as Network));
      case 'transit':
        return once(transit, () => this.#transit(transit as TransitSchedule));
      default:
        return this.#named(need);
    }
  }

  #named(need: DataNeed): string {
    const [what, name] = [need.slice(0, need.indexOf(':')), need.slice(need.indexOf(':') + 1)];
    if (what === 'facility') return this.#facilities(name);
    if (what === 'population') return this.#group(name);
    const table = this.#city.table?.(name as Parameters<CityData['table']>[0]);
    return once(table, () => this.#table(table as CityTable));
  }

  #table({ pointE7, place, columns }: CityTable): string {
    return this.#hash(pointE7, place, bytesOf(JSON.stringify(columns)));
  }

  #network({ vertex, edge, turn, way, meta }: Network): string {
    return this.#hash(...Object.values(vertex), ...Object.values(edge), ...Object.values(turn), way.id) + meta.classes.join();
  }

  #transit({ stopE7, stopModes, stopId, stopName, routeId, routeName, days, lines }: TransitSchedule): string {
    const words = JSON.stringify([stopId, stopName, routeId, routeName, days.map(({ kind, date }) => [kind, date])]);
    return this.#hash(stopE7, stopModes, ...(lines === undefined ? [] : [lines.verticesE7, lines.ends, lines.route]), ...days.flatMap(({ first, departureS, route }) => [first, departureS, route]), bytesOf(words));
  }

  #group(name: string): string {
    const { population, meta } = this.#city.snapshot;
    const group = meta.groups.indexOf(name);
    if (group < 0) return 'none';
    const { points } = meta.counts;
    return this.#hash(population.pointE7, population.basis, population.persons.subarray(group * points, (group + 1) * points));
  }

  #facilities(kind: string): string {
    const { facility, meta } = this.#city.snapshot;
    const range = meta.facilityKinds.find((one) => one.kind === kind);
    if (range === undefined) return 'none';
    const { start, end } = range;
    return this.#hash(
      this.#text(facility.id.subarray(start, end)), facility.pointE7.subarray(2 * start, 2 * end), facility.landM2.subarray(start, end), facility.floorM2.subarray(start, end),
      facility.capacity.subarray(start, end), facility.registry.subarray(start, end), ...cut(facility.shapes, start, end), ...cut(facility.entrances, start, end),
    );
  }

  #text(numbers: Uint32Array): Uint32Array {
    const texts = (this.#texts ??= hashTexts(this.#city.snapshot));
    const hashed = new Uint32Array(2 * numbers.length);
    numbers.forEach((number, i) => {
      hashed[2 * i] = texts[2 * number];
      hashed[2 * i + 1] = texts[2 * number + 1];
    });
    return hashed;
  }

  #hash(...arrays: readonly (Numbers | undefined)[]): string {
    const hash = createHash('sha1');
    for (const array of arrays) {
      if (array === undefined) continue;
      hash.update(`${array.length} `);
      hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    }
    return hash.digest('hex');
  }
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function arraysOf({ verticesE7, partEnds, shapeEnds }: Shapes): Numbers[] {
  return [verticesE7, partEnds, shapeEnds];
}

/** The arrays of some shapes, counted from the first of them. */
function cut({ verticesE7, partEnds, shapeEnds }: Shapes, start: number, end: number): Numbers[] {
  const [firstPart, lastPart] = [startOf(shapeEnds, start), startOf(shapeEnds, end)];
  const [first, last] = [startOf(partEnds, firstPart), startOf(partEnds, lastPart)];
  return [verticesE7.subarray(2 * first, 2 * last), partEnds.slice(firstPart, lastPart).map((at) => at - first), shapeEnds.slice(start, end).map((at) => at - firstPart)];
}
