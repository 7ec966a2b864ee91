/** Sends mutated files to a child process that reads them, and watches over its time and memory. */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '../../../src/core/random.ts';
import type { FormatId, ImportOptions } from '../../../src/import/model.ts';
import { mutate } from './mutate.ts';

/** A file to start from. `parts` are its contents before packing: mutating one and packing anew gets past checksums. */
export interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly parts?: readonly Uint8Array[];
  readonly pack?: (parts: readonly Uint8Array[]) => Uint8Array;
  readonly options?: ImportOptions;
}

export interface FuzzReport {
  readonly cases: number;
  /** Cases that ended in records and notes. */
  readonly read: number;
  /** Cases that ended in an error, by its code. */
  readonly errors: Readonly<Record<string, number>>;
  /** Equal faults once, with how often and the first case. */
  readonly faults: readonly Fault[];
  readonly slowestMs: number;
  readonly peakMb: number;
}

export interface Fault {
  readonly what: string;
  readonly case: number;
  readonly seed: string;
  times: number;
}

interface Outcome {
  readonly end: 'ready' | 'read' | 'error' | 'fault';
  readonly code?: string;
  readonly what?: string;
  readonly formats?: readonly FormatId[];
  readonly peakMb: number;
  readonly beforeMb: number;
}

const CHILD = fileURLToPath(new URL('./fuzz-child.mjs', import.meta.url));
/** Of a file under 256 KB, on a machine shared with other work. */
const CASE_LIMIT_MS = 20_000;
const HEAP_MB = 512;
/** The largest grid, 256 MB, may be held twice (as read, as cropped). */
const PEAK_LIMIT_MB = 1200;

class Child {
  #process: ChildProcess;
  #settle: ((outcome: Outcome) => void) | undefined;
  #errors = '';
  readonly ready: Promise<Outcome>;

  constructor() {
    this.#process = fork(CHILD, [], { serialization: 'advanced', execArgv: [`--max-old-space-size=${HEAP_MB}`], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    this.#process.stderr?.on('data', (text: Buffer) => (this.#errors = (this.#errors + text.toString()).slice(-2000)));
    this.#process.on('message', (outcome: Outcome) => this.#settle?.(outcome));
    this.#process.on('exit', (code, signal) => this.#settle?.({ end: 'fault', what: `the process died (${signal ?? code}): ${this.#errors}`, peakMb: 0, beforeMb: 0 }));
    this.ready = new Promise((resolve) => (this.#settle = resolve));
  }

  async run(job: object): Promise<Outcome> {
    let timer: NodeJS.Timeout | undefined;
    const outcome = await new Promise<Outcome>((resolve) => {
      this.#settle = resolve;
      timer = setTimeout(() => resolve({ end: 'fault', what: `no end within ${CASE_LIMIT_MS} ms`, peakMb: 0, beforeMb: 0 }), CASE_LIMIT_MS);
      this.#process.send(job, (error) => error !== null && resolve({ end: 'fault', what: `cannot send: ${error.message}`, peakMb: 0, beforeMb: 0 }));
    });
    clearTimeout(timer);
    return outcome;
  }

  stop(): void {
    this.#settle = undefined;
    this.#process.kill('SIGKILL');
  }
}

/** The formats of the built readers. */
export async function listBuiltFormats(): Promise<readonly FormatId[]> {
  const child = new Child();
  const { formats, what } = await child.ready;
  child.stop();
  if (formats === undefined) throw new Error(`the built readers cannot be loaded: ${what}`);
  return formats;
}

function hash(text: string): number {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return h >>> 0;
}

/** The bytes of a case: the same for the same format, number and seed on every machine. */
export function buildCase(format: FormatId, seeds: readonly Seed[], number: number, randomSeed: number): { seed: Seed; bytes: Uint8Array } {
  const random = new Random(hash(`${format}/${number}/${randomSeed}`));
  const seed = random.pick(seeds);
  const other = random.pick(seeds).bytes;
  if (seed.parts === undefined || seed.pack === undefined || random.chance(0.35)) return { seed, bytes: mutate(seed.bytes, random, other) };
  const parts = [...seed.parts];
  for (let rounds = random.pick([1, 1, 2]); rounds > 0; rounds--) {
    const i = random.integer(0, parts.length - 1);
    parts[i] = mutate(parts[i], random, random.pick(parts));
  }
  return { seed, bytes: seed.pack(parts) };
}

/** Failing files are kept in this folder when it is named. */
function keepFault(format: FormatId, number: number, name: string, bytes: Uint8Array): void {
  const folder = process.env.FUZZ_KEEP;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${format}-${number}-${name}`), bytes);
}

export async function runFuzz(format: FormatId, seeds: readonly Seed[], { cases, randomSeed = 1, first = 0 }: { cases: number; randomSeed?: number; first?: number }): Promise<FuzzReport> {
  const errors: Record<string, number> = {};
  const faults = new Map<string, Fault>();
  let [read, slowestMs, peakMb] = [0, 0, 0];
  let child = new Child();
  await child.ready;
  for (let number = first; number < first + cases; number++) {
    const { seed, bytes } = buildCase(format, seeds, number, randomSeed);
    const start = performance.now();
    let outcome = await child.run({ format, name: seed.name, bytes, options: seed.options ?? {} });
    slowestMs = Math.max(slowestMs, performance.now() - start);
    peakMb = Math.max(peakMb, outcome.peakMb);
    if (outcome.peakMb > PEAK_LIMIT_MB && outcome.beforeMb <= PEAK_LIMIT_MB) outcome = { ...outcome, end: 'fault', what: `memory rose to ${outcome.peakMb} MB` };
    if (outcome.end === 'read') read++;
    else if (outcome.end === 'error') errors[outcome.code ?? '?'] = (errors[outcome.code ?? '?'] ?? 0) + 1;
    else {
      const what = outcome.what ?? '';
      const known = faults.get(what.slice(0, 120));
      if (known !== undefined) known.times++;
      else faults.set(what.slice(0, 120), { what, case: number, seed: seed.name, times: 1 });
      keepFault(format, number, seed.name, bytes);
      child.stop();
      child = new Child();
      await child.ready;
    }
  }
  child.stop();
  return { cases, read, errors, faults: [...faults.values()], slowestMs: Math.round(slowestMs), peakMb };
}
