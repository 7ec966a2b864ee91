/**
 * Arrays made value by value, as plain loops. `Float64Array.from(values, f)` walks an iterator and takes six times as long, 100 ns a value more or less: of the
 * 300 arrays by population point that a check-up makes, seconds in a city of 10 M.
 */

type Values = Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** An array of what `of` makes of each value: `mapTo(Uint8Array, costs, (cost) => …)`. */
export function mapTo<Made extends Values, Value>(Kind: new (length: number) => Made, values: ArrayLike<Value>, of: (value: Value, index: number) => number): Made {
  const made = new Kind(values.length);
  for (let i = 0; i < made.length; i++) made[i] = of(values[i], i);
  return made;
}

/** An array of what `of` makes of 0 … count − 1. */
export function makeOf<Made extends Values>(Kind: new (length: number) => Made, count: number, of: (index: number) => number): Made {
  const made = new Kind(count);
  for (let i = 0; i < count; i++) made[i] = of(i);
  return made;
}

/** Those of 0 … count − 1 that are wanted, ascending. */
export function listWhere(count: number, isWanted: (index: number) => boolean): Uint32Array<ArrayBuffer> {
  const list = new Uint32Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) if (isWanted(i)) list[at++] = i;
  return list.slice(0, at);
}
