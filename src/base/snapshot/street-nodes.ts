/** Numbers of the nodes that streets, platforms, squares and gates share. */
import { growingF64, growingI32, toE7 } from './growing-arrays.ts';

/**
 * Nodes by OSM's id, or by their place where a file gives none: streets of such files meet where their vertices coincide.
 *
 * Memory: a Map entry a node while building.
 */
export class StreetNodes {
  readonly id = growingF64();
  readonly e7 = growingI32();
  readonly #byId = new Map<number, number>();
  readonly #byPlace = new Map<string, number>();
  #everyPlace: Map<string, number> | undefined;

  #add(id: number, x: number, y: number): number {
    this.e7.push(x);
    this.e7.push(y);
    const number = this.id.push(id);
    this.#everyPlace?.set(`${x} ${y}`, number);
    return number;
  }

  byId(id: number, lon: number, lat: number): number {
    let number = this.#byId.get(id);
    if (number === undefined) this.#byId.set(id, (number = this.#add(id, toE7(lon), toE7(lat))));
    return number;
  }

  /** The node that a file without ids has at a place. */
  byPlace(lon: number, lat: number): number {
    const key = `${toE7(lon)} ${toE7(lat)}`;
    let number = this.#byPlace.get(key);
    if (number === undefined) this.#byPlace.set(key, (number = this.#add(-1 - this.id.length, toE7(lon), toE7(lat))));
    return number;
  }

  /** Whatever node is at a place, by id or not: the outlines of platforms and squares come without ids and meet streets. */
  anyAt(lon: number, lat: number): number {
    const all = (this.#everyPlace ??= this.#listPlaces());
    const [x, y] = [toE7(lon), toE7(lat)];
    return all.get(`${x} ${y}`) ?? this.#add(-1 - this.id.length, x, y);
  }

  #listPlaces(): Map<string, number> {
    const all = new Map<string, number>();
    const e7 = this.e7.finish();
    for (let v = 0; v < this.id.length; v++) {
      const key = `${e7[2 * v]} ${e7[2 * v + 1]}`;
      // where two nodes are at one place: the first
      if (!all.has(key)) all.set(key, v);
    }
    return all;
  }
}
