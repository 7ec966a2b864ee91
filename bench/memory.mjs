// What this machine's memory gives one thread in WebAssembly: bytes a second, nanoseconds a dependent load, nanoseconds a relaxed row.
//
//   node bench/memory.mjs [--json]
//
// The street engine's figures are to be read beside these (docs/engine.md). Processor time, best of several.
import { fileURLToPath } from 'node:url';
import { dirname } from 'node:path';

const here = dirname(fileURLToPath(import.meta.url));
const ARENA = 1 << 26; // bytes of each array of the triad: far beyond every cache of one core
const BASE = 1024;

async function kernel() {
  const { default: asc } = await import('assemblyscript/asc');
  let binary;
  const { error, stderr } = await asc.main(['memory-kernel.ts', '-o', 'k.wasm', '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--baseDir', here], {
    writeFile: (path, contents) => {
      if (path === 'k.wasm') binary = contents;
    },
  });
  if (error) throw new Error(`${error.message}\n${stderr}`);
  const { instance } = await WebAssembly.instantiate(binary, { env: { abort() {} } });
  const { memory } = instance.exports;
  memory.grow(Math.ceil((BASE + 3 * ARENA) / 65536) + 1 - memory.buffer.byteLength / 65536);
  return instance.exports;
}

const cpuNs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
};

/** Least nanoseconds of `rounds` runs, each of which repeats the work until it takes 30 ms at least. */
function best(rounds, work) {
  work();
  let repeats = 1;
  for (;;) {
    const start = cpuNs();
    for (let i = 0; i < repeats; i++) work();
    if (cpuNs() - start > 3e7) break;
    repeats *= 2;
  }
  let least = Infinity;
  for (let r = 0; r < rounds; r++) {
    const start = cpuNs();
    for (let i = 0; i < repeats; i++) work();
    least = Math.min(least, (cpuNs() - start) / repeats);
  }
  return least;
}

/** Lays a random ring of links through `bytes`, one in each 64-byte line. */
function layRing(memory, bytes) {
  const lines = bytes >> 6;
  const order = Uint32Array.from({ length: lines }, (_, i) => i);
  let seed = 12345;
  for (let i = lines - 1; i > 0; i--) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const j = Math.floor((seed / 4294967296) * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  const words = new Uint32Array(memory.buffer);
  for (let i = 0; i < lines; i++) words[(BASE + order[i] * 64) >> 2] = BASE + order[(i + 1) % lines] * 64;
  return BASE + order[0] * 64;
}

/** @returns triad and read in GB/s, latency by size in ns, ns to relax a row of 16 lanes from the nearest two caches */
export async function measureMemory(rounds = 5) {
  const { memory, triad, readAll, chase, relax } = await kernel();
  new Int32Array(memory.buffer).fill(1);
  const triadNs = best(rounds, () => triad(BASE, BASE + ARENA, BASE + 2 * ARENA, ARENA));
  const readNs = best(rounds, () => readAll(BASE, ARENA));
  const relaxNs = {};
  for (const [name, rows] of [['32 kB', 512], ['512 kB', 8192]]) relaxNs[name] = best(rounds, () => relax(BASE, rows, 4)) / (rows * 4);
  const latencyNs = {};
  for (const [name, bytes] of [['16 kB', 1 << 14], ['256 kB', 1 << 18], ['4 MB', 1 << 22], ['64 MB', 1 << 26]]) {
    const start = layRing(memory, bytes);
    const steps = 200_000;
    latencyNs[name] = best(rounds, () => chase(start, steps)) / steps;
  }
  return { triadGBs: (3 * ARENA) / triadNs, readGBs: ARENA / readNs, latencyNs, relaxNs };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = await measureMemory();
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(found)}\n`);
  else {
    process.stdout.write(`triad ${found.triadGBs.toFixed(1)} GB/s, reading ${found.readGBs.toFixed(1)} GB/s\n`);
    for (const [size, ns] of Object.entries(found.latencyNs)) process.stdout.write(`dependent load within ${size}: ${ns.toFixed(1)} ns\n`);
    for (const [size, ns] of Object.entries(found.relaxNs)) process.stdout.write(`16 lanes relaxed from a row within ${size}: ${ns.toFixed(2)} ns\n`);
  }
}
