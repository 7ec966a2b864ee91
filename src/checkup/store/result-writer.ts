/**
 * Results on their way into the base: several in a statement (each alone takes 12 ms of the embedded base), and while the thread measures the next ones. What a run that is killed has measured in
 * the last second is not there; the rest is found by the next.
 */
import type { Session } from '../../base/database.ts';
import { writeResults } from '../store.ts';
import type { NewResult } from '../store.ts';

const FLUSH_BYTES = 4 * 2 ** 20;
const FLUSH_MS = 1000;

export class ResultWriter {
  readonly #database: Session;
  readonly #cityId: string;
  #waiting: NewResult[] = [];
  #bytes = 0;
  #lastMs = performance.now();
  /** The statement under way: one at a time, so that no more than two times FLUSH_BYTES wait. */
  #writing: Promise<void> = Promise.resolve();

  constructor(database: Session, cityId: string) {
    this.#database = database;
    this.#cityId = cityId;
  }

  /** @throws what writing those before threw */
  async add(result: NewResult): Promise<void> {
    this.#waiting.push(result);
    this.#bytes += result.bytes.length;
    if (this.#bytes >= FLUSH_BYTES || performance.now() - this.#lastMs >= FLUSH_MS) await this.#flush();
  }

  /** All that was added is in the base. */
  async end(): Promise<void> {
    await this.#flush();
    await this.#writing;
  }

  /** Nothing is under way any more, however it ended. */
  async settle(): Promise<void> {
    await this.#writing.catch(() => undefined);
  }

  async #flush(): Promise<void> {
    await this.#writing;
    this.#lastMs = performance.now();
    if (this.#waiting.length === 0) return;
    this.#writing = writeResults(this.#database, this.#cityId, this.#waiting);
    // told by the next call; meanwhile it must not count as unhandled
    this.#writing.catch(() => undefined);
    this.#waiting = [];
    this.#bytes = 0;
  }
}
