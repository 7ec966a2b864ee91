/**
 * What the server is doing before it can serve: it answers /api/health and the pages from the first moment on, the base
 * follows when it is open.
 */
import type { Jobs } from '../base/jobs.ts';
import type { Base } from '../base/open.ts';
import { OpenBase } from '../base/routes/route-parts.ts';
import { ChengmaiError } from '../core/errors.ts';
import type { Progress } from '../core/progress.ts';

export type StartupState = 'starting' | 'ready' | 'failed';

/** A connection of its own costs the database a process: many watchers must not cost many. */
const LOSS_KNOWN_MS = 1_000;

export class Startup {
  #open: OpenBase | undefined;
  #state: StartupState = 'starting';
  #progress: Progress | undefined;
  #error: unknown;
  #loss: Promise<unknown> | undefined;
  #lossAskedAt = 0;

  /** A start-up that is over: the base is open and nothing more is to do. */
  static ready(base: Base, jobs: Jobs): Startup {
    const startup = new Startup();
    startup.open(base, jobs);
    startup.finish();
    return startup;
  }

  get state(): StartupState {
    return this.#state;
  }

  get progress(): Progress | undefined {
    return this.#state === 'starting' ? this.#progress : undefined;
  }

  get error(): unknown {
    return this.#error;
  }

  get kind(): Base['kind'] | undefined {
    return this.#open?.base.kind;
  }

  report(progress: Progress): void {
    this.#progress = progress;
  }

  /** From here on the routes that read the base work, even while the start-up goes on (the sample city is imported). */
  open(base: Base, jobs: Jobs): void {
    this.#open = new OpenBase(base, jobs);
  }

  finish(): void {
    this.#state = 'ready';
    this.#progress = undefined;
  }

  fail(error: unknown): void {
    this.#state = 'failed';
    this.#error = error;
  }

  /** Why the open base cannot be reached now; undefined where it answers, or is not open yet. Askers within a second share one answer. */
  findLoss(): Promise<unknown> {
    if (this.#open === undefined) return Promise.resolve(undefined);
    const now = performance.now();
    if (this.#loss === undefined || now - this.#lossAskedAt > LOSS_KNOWN_MS) {
      this.#lossAskedAt = now;
      this.#loss = this.#open.base.database.ping().then(() => undefined, (error: unknown) => error);
    }
    return this.#loss;
  }

  /** The base, or an `unavailable` error that says what the server still does. */
  getOpen(): OpenBase {
    if (this.#open !== undefined) return this.#open;
    if (this.#state === 'failed' && this.#error instanceof ChengmaiError) throw this.#error;
    throw new ChengmaiError('unavailable', 'server/starting', {
      zh: `服务器正在启动：${this.#progress?.text.zh ?? '打开数据库'}，请稍候重试。`,
      en: `The server is starting: ${this.#progress?.text.en ?? 'opening the base'}; try again in a moment.`,
    });
  }
}
