// What WebAssembly gets out of the machine's memory: compiled by memory.mjs with the flags of the kernels.

/** a[i] = b[i] + c[i], i32, 16 bytes at a time; `bytes` of each array. */
export function triad(a: usize, b: usize, c: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(a + i, i32x4.add(v128.load(b + i), v128.load(c + i)));
}

/** Sum of `bytes` read once. */
export function readAll(a: usize, bytes: usize): i32 {
  let s0 = i32x4.splat(0);
  let s1 = i32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 32) {
    s0 = i32x4.add(s0, v128.load(a + i));
    s1 = i32x4.add(s1, v128.load(a + i, 16));
  }
  s0 = i32x4.add(s0, s1);
  return i32x4.extract_lane(s0, 0) + i32x4.extract_lane(s0, 1) + i32x4.extract_lane(s0, 2) + i32x4.extract_lane(s0, 3);
}

/** Follows `steps` links from slot to slot, each the address of the next. */
export function chase(start: usize, steps: u32): usize {
  let at = start;
  for (let i: u32 = 0; i < steps; i++) at = <usize>load<u32>(at);
  return at;
}

/** The sweeps' own step with everything in the nearest cache: row = min(row, other + cost) for 16 lanes, `edges` times for each of `rows` rows (a power of two) of 64 bytes. */
export function relax(base: usize, rows: u32, edges: u32): void {
  let x: u32 = 1;
  for (let row: u32 = 0; row < rows; row++) {
    const own = base + ((<usize>row) << 6);
    let a = v128.load(own);
    let b = v128.load(own, 16);
    let c = v128.load(own, 32);
    let d = v128.load(own, 48);
    for (let e: u32 = 0; e < edges; e++) {
      x = x * 1664525 + 1013904223;
      const other = base + ((<usize>((x >> 8) & (rows - 1))) << 6);
      const cost = i32x4.splat(<i32>(x >> 16));
      a = i32x4.min_s(a, i32x4.add(v128.load(other), cost));
      b = i32x4.min_s(b, i32x4.add(v128.load(other, 16), cost));
      c = i32x4.min_s(c, i32x4.add(v128.load(other, 32), cost));
      d = i32x4.min_s(d, i32x4.add(v128.load(other, 48), cost));
    }
    v128.store(own, a);
    v128.store(own, b, 16);
    v128.store(own, c, 32);
    v128.store(own, d, 48);
  }
}
