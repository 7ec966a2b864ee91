/** Lines → closed rings, by the ids at their ends. */

export interface JoinedRings {
  /** The first id not repeated. */
  readonly rings: Float64Array[];
  /** Lines that closed no ring. */
  readonly open: number;
}

/** Puts lines together end to end, the first that fits; closed lines are rings by themselves. O(n²) in the lines of one area, of which there are few. */
export function joinRings(lines: readonly Float64Array[]): JoinedRings {
  const rings: Float64Array[] = [];
  const left = lines.filter((line) => line.length > 1);
  let open = lines.length - left.length;
  for (let line = left.shift(); line !== undefined; line = left.shift()) {
    let chain = Array.from(line);
    while (chain[0] !== chain.at(-1)) {
      const end = chain.at(-1);
      const at = left.findIndex((other) => other[0] === end || other.at(-1) === end);
      if (at < 0) break;
      const [next] = left.splice(at, 1);
      const ids = Array.from(next);
      chain = [...chain, ...(ids[0] === end ? ids : ids.toReversed()).slice(1)];
    }
    if (chain[0] === chain.at(-1) && chain.length >= 4) rings.push(Float64Array.from(chain.slice(0, -1)));
    else open++;
  }
  return { rings, open };
}
