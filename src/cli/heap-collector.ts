/**
 * Collects the JavaScript heap between the parts of a long command, so that what it takes at most can be stated.
 *
 * V8 lets garbage grow to half a gigabyte before it collects a heap for the first time, and counts the buffers of dead arrays late: a matrix of 10⁸
 * pairs took 344 MB where 190 do. A collection takes 5 to 15 ms, for the heap is small: points, ids and results are in typed arrays.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Garbage that may lie about until it is collected. */
export const GARBAGE_BYTES = 2 ** 26;

let collect: (() => void) | undefined;

function findCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const found: unknown = runInNewContext('gc');
  return typeof found === 'function' ? (found as () => void) : () => undefined;
}

class HeapCollector {
  #garbage = 0;

  /** Counts garbage that was made; where it is much, it is collected. */
  note(bytes: number): void {
    this.#garbage += bytes;
    if (this.#garbage >= GARBAGE_BYTES) this.collect();
  }

  collect(): void {
    this.#garbage = 0;
    collect ??= findCollector();
    collect();
  }
}

export const collector = new HeapCollector();
