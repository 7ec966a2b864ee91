/**
 * Threads for the engine and the readers: a fixed number of workers that run one exported function of one module.
 *
 * A job is one message in, one message out; buffers named in `transfer` move without a copy. A worker that dies (out of
 * memory, a crash, process.exit) fails the job it had with `engine/worker-died` and is replaced for the next one. Where
 * threads cannot run the module (TypeScript sources under a test runner with no build beside them) or none were asked
 * for, jobs run in the calling thread: same results, no parallelism.
 */
import { existsSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ChengmaiError, cancelledError } from '../../core/errors.ts';
import type { ErrorKind, ErrorPlace } from '../../core/errors.ts';
import type { Bilingual } from '../../core/bilingual.ts';

type Transferable = ArrayBuffer;

/** What a task function returns: its result and the buffers in it that may move rather than be copied. */
export interface TaskResult<Output> {
  readonly output: Output;
  readonly transfer: readonly Transferable[];
}

export type PoolTask<Input, Output> = (input: Input) => TaskResult<Output> | Promise<TaskResult<Output>>;

/** How errors cross threads, which keep no class but Error. */
export interface ErrorMessage {
  readonly message: string;
  readonly stack: string | undefined;
  readonly known: { kind: ErrorKind; code: string; text: Bilingual; place: ErrorPlace } | undefined;
}

export type WorkerReply<Output> = { readonly output: Output } | { readonly error: ErrorMessage };

export interface PoolOptions {
  /** URL of the module, as {@link siblingModule} gives it. */
  readonly module: string;
  /** The exported function to run. */
  readonly task: string;
  /** Number of worker threads; 0 runs every job in the calling thread. */
  readonly threads: number;
}

interface Job<Input, Output> {
  readonly input: Input;
  readonly transfer: readonly Transferable[];
  resolve(output: Output): void;
  reject(error: unknown): void;
}

interface Slot<Input, Output> {
  worker: Worker;
  job: Job<Input, Output> | undefined;
}

/** The URL of a module beside the one whose `import.meta.url` is given, in sources and in the build alike. */
export function siblingModule(base: string, name: string): string {
  return new URL(`./${name}.${base.endsWith('.ts') ? 'ts' : 'js'}`, base).href;
}

/**
 * The file a worker thread can load for a module: itself when it is JavaScript, its twin under dist/ when it is a
 * TypeScript source whose build is not older than it; undefined otherwise.
 */
export function findRunnableModule(url: string): string | undefined {
  if (!url.endsWith('.ts')) return url;
  const source = fileURLToPath(url);
  const at = source.lastIndexOf('/src/');
  if (at < 0) return undefined;
  const built = `${source.slice(0, at)}/dist/${source.slice(at + 5, -3)}.js`;
  if (!existsSync(built) || statSync(built).mtimeMs < statSync(source).mtimeMs) return undefined;
  return pathToFileURL(built).href;
}

function toError(message: ErrorMessage): Error {
  if (message.known !== undefined) return new ChengmaiError(message.known.kind, message.known.code, message.known.text, message.known.place);
  const error = new Error(message.message);
  if (message.stack !== undefined) error.stack = message.stack;
  return error;
}

function workerDied(reason: string, cause?: unknown): ChengmaiError {
  return new ChengmaiError(
    'internal',
    'engine/worker-died',
    { zh: `一个计算线程意外结束（${reason}），请重试。`, en: `A worker thread ended unexpectedly (${reason}); try again.` },
    {},
    cause,
  );
}

/** Threads start with the first jobs, not before, and live until `close`. */
export class TaskPool<Input, Output> {
  readonly #options: PoolOptions;
  readonly #workerFile: string | undefined;
  readonly #moduleFile: string | undefined;
  readonly #slots: Slot<Input, Output>[] = [];
  readonly #queue: Job<Input, Output>[] = [];
  #inThread: Promise<PoolTask<Input, Output>> | undefined;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#workerFile = findRunnableModule(siblingModule(import.meta.url, 'worker-main'));
    this.#moduleFile = findRunnableModule(options.module);
  }

  /** How many jobs run at the same time: 1 where there are no threads. */
  get parallelism(): number {
    return this.#threaded ? this.#options.threads : 1;
  }

  get #threaded(): boolean {
    return this.#options.threads > 0 && this.#workerFile !== undefined && this.#moduleFile !== undefined;
  }

  /**
   * Runs the task on one input, as soon as a thread is free. Buffers in `transfer` are gone for the caller.
   *
   * @throws what the task throws; ChengmaiError `engine/worker-died`; cancelled once the pool is closed
   */
  run(input: Input, transfer: readonly Transferable[] = []): Promise<Output> {
    if (this.#closed) return Promise.reject(cancelledError());
    if (!this.#threaded) return this.#runHere(input);
    return new Promise((resolve, reject) => {
      this.#queue.push({ input, transfer, resolve, reject });
      this.#dispatch();
    });
  }

  /** Ends the threads; jobs that have not finished are rejected as cancelled. */
  async close(): Promise<void> {
    this.#closed = true;
    const left = [...this.#queue.splice(0), ...this.#slots.flatMap((slot) => slot.job ?? [])];
    const workers = this.#slots.splice(0).map((slot) => slot.worker);
    for (const job of left) job.reject(cancelledError());
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  async #runHere(input: Input): Promise<Output> {
    this.#inThread ??= import(this.#options.module).then((module: Record<string, unknown>) => module[this.#options.task] as PoolTask<Input, Output>);
    const task = await this.#inThread;
    // a turn of the event loop between jobs: promises alone would let no signal, timer or progress through
    await setImmediate();
    if (this.#closed) throw cancelledError();
    return (await task(input)).output;
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const slot = this.#slots.find((candidate) => candidate.job === undefined) ?? this.#addWorker();
      if (slot === undefined) return;
      const job = this.#queue.shift() as Job<Input, Output>;
      slot.job = job;
      slot.worker.ref();
      slot.worker.postMessage(job.input, job.transfer as Transferable[]);
    }
  }

  #addWorker(): Slot<Input, Output> | undefined {
    if (this.#slots.length >= this.#options.threads) return undefined;
    const worker = new Worker(new URL(this.#workerFile as string), { workerData: { module: this.#moduleFile, task: this.#options.task } });
    const slot: Slot<Input, Output> = { worker, job: undefined };
    worker.on('message', (reply: WorkerReply<Output>) => this.#finish(slot, reply));
    worker.on('error', (error) => this.#bury(slot, workerDied(error.message, error)));
    worker.on('exit', (code) => this.#bury(slot, workerDied(`exit ${code}`)));
    // An idle pool that nobody closed must not keep the process alive.
    worker.unref();
    this.#slots.push(slot);
    return slot;
  }

  #finish(slot: Slot<Input, Output>, reply: WorkerReply<Output>): void {
    const job = slot.job;
    slot.job = undefined;
    slot.worker.unref();
    if ('error' in reply) job?.reject(toError(reply.error));
    else job?.resolve(reply.output);
    this.#dispatch();
  }

  #bury(slot: Slot<Input, Output>, error: ChengmaiError): void {
    const at = this.#slots.indexOf(slot);
    if (at < 0) return;
    this.#slots.splice(at, 1);
    slot.job?.reject(error);
    slot.job = undefined;
    this.#dispatch();
  }
}

/** Does a job, and once more where its worker died of it. `run` hands the job to a pool; what it transfers it must make anew. */
export async function runTwice<Output>(run: () => Promise<Output>): Promise<Output> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ChengmaiError && error.code === 'engine/worker-died') return run();
    throw error;
  }
}

/**
 * Runs jobs over a stream of inputs and yields the outputs in the order of the inputs, with at most two jobs a thread
 * under way: memory stays bounded whatever the length of the stream.
 */
export async function* mapInOrder<Item, Output>(
  items: AsyncIterable<Item>,
  parallelism: number,
  run: (item: Item) => Promise<Output>,
): AsyncGenerator<{ item: Item; output: Output }, void, undefined> {
  const ahead = parallelism > 1 ? 2 * parallelism : 1;
  const pending: { item: Item; output: Promise<Output> }[] = [];
  const next = async (): Promise<{ item: Item; output: Output }> => {
    const { item, output } = pending.shift() as { item: Item; output: Promise<Output> };
    return { item, output: await output };
  };
  for await (const item of items) {
    const output = run(item);
    // Failures surface where the output is awaited, in order; meanwhile they must not count as unhandled.
    output.catch(() => undefined);
    pending.push({ item, output });
    if (pending.length >= ahead) yield await next();
  }
  while (pending.length > 0) yield await next();
}
