/**
 * Who answers isochrones for a city: a worker with the network's buffer, or the server where that is too large for a page.
 *
 * Of questions that come faster than answers only the latest is asked: one is under way, one waits, those between are dropped.
 */
import type { IsochroneAnswer, IsochroneRequest, NetworkState } from '../../../base/network/reach/isochrone-api.ts';
import { cityPath, getJson, RequestError, sendJson, toRequestError, unreachable } from '../../api/client.ts';
import type { FromWorker, ToWorker } from './reach-messages.ts';

export type ReachState =
  | { readonly type: 'waiting'; readonly building: boolean }
  | { readonly type: 'no-streets' }
  | { readonly type: 'ready'; readonly by: 'worker' | 'server'; readonly counts: NetworkState['counts'] }
  | { readonly type: 'failed'; readonly problem: RequestError };

export interface ReachResult {
  readonly answer: IsochroneAnswer;
  readonly tookMs: number;
}

/** A network of this size has about 600,000 edges and takes a page half a gigabyte to travel: beyond it the server answers. Phones have less. */
export const MOST_BYTES = { wide: 48 * 1024 * 1024, narrow: 20 * 1024 * 1024 } as const;
const ASK_AGAIN_MS = 500;

interface Question {
  readonly request: IsochroneRequest;
  resolve(result: ReachResult | undefined): void;
  reject(error: unknown): void;
}

async function fetchBuffer(path: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const response = await fetch(path, { signal });
  if (!response.ok) throw toRequestError(response.status, await response.text());
  // 202: the city changed a moment ago and its network is being built; the caller looks at the state again
  if (response.status !== 200) throw unreachable();
  return response.arrayBuffer();
}

export class ReachSource {
  state: ReachState = { type: 'waiting', building: false };
  readonly #cityId: string;
  readonly #mostBytes: number;
  readonly #onState: () => void;
  readonly #ending = new AbortController();
  #worker: Worker | undefined;
  #asked: (Question & { readonly id: number }) | undefined;
  #next: Question | undefined;
  #lastId = 0;

  constructor(cityId: string, mostBytes: number, onState: () => void) {
    this.#cityId = cityId;
    this.#mostBytes = mostBytes;
    this.#onState = onState;
    // told at once that it is there, but not before whoever makes it has it
    queueMicrotask(() => {
      if (!this.#ending.signal.aborted) onState();
    });
    this.#open().catch((error: unknown) => {
      if (!this.#ending.signal.aborted) this.#become({ type: 'failed', problem: error instanceof RequestError ? error : unreachable() });
    });
  }

  /** Undefined for a question that a later one took the place of. Waits until the network is there. @throws RequestError */
  ask(request: IsochroneRequest): Promise<ReachResult | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#ending.signal.aborted) return resolve(undefined);
      this.#next?.resolve(undefined);
      this.#next = { request, resolve, reject };
      this.#askNext();
    });
  }

  /** Lets the worker make ready what questions of this kind need, so that the first click is answered as fast as the next. */
  prepare(request: IsochroneRequest): void {
    if (this.state.type === 'ready' && this.state.by === 'worker') this.#send({ type: 'prepare', request });
  }

  close(): void {
    this.#ending.abort();
    this.#worker?.terminate();
    for (const question of [this.#asked, this.#next]) question?.resolve(undefined);
    this.#asked = this.#next = undefined;
  }

  async #open(): Promise<void> {
    const { signal } = this.#ending;
    for (;;) {
      const state = await getJson<NetworkState>(cityPath(this.#cityId, 'network', 'state'), signal);
      if (state.state === 'no-streets') return this.#become({ type: 'no-streets' });
      if (state.state === 'ready') return this.#use(state);
      this.#become({ type: 'waiting', building: true });
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
      if (signal.aborted) return;
    }
  }

  async #use({ networkBytes, opportunitiesBytes, counts }: NetworkState): Promise<void> {
    if ((networkBytes ?? Infinity) + (opportunitiesBytes ?? 0) > this.#mostBytes) return this.#become({ type: 'ready', by: 'server', counts });
    this.#become({ type: 'waiting', building: false });
    const path = (...parts: string[]): string => cityPath(this.#cityId, 'network', ...parts);
    const [network, opportunities] = await Promise.all([fetchBuffer(path(), this.#ending.signal), fetchBuffer(path('opportunities'), this.#ending.signal)]);
    if (this.#ending.signal.aborted) return;
    const worker = new Worker(new URL('./reach-worker.ts', import.meta.url), { type: 'module' });
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#hear(data, counts);
    // a worker that the browser kills for its memory: the server has more
    worker.onerror = () => this.#turnToServer(counts);
    this.#send({ type: 'open', network, opportunities }, [network, opportunities]);
  }

  #send(message: ToWorker, transfer: Transferable[] = []): void {
    this.#worker?.postMessage(message, transfer);
  }

  #become(state: ReachState): void {
    if (this.#ending.signal.aborted) return;
    this.state = state;
    this.#onState();
    this.#askNext();
  }

  #turnToServer(counts: NetworkState['counts']): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const lost = this.#asked;
    this.#asked = undefined;
    if (lost !== undefined) {
      if (this.#next === undefined) this.#next = lost;
      else lost.resolve(undefined);
    }
    this.#become({ type: 'ready', by: 'server', counts });
  }

  #hear(message: FromWorker, counts: NetworkState['counts']): void {
    if (message.type === 'opened') return this.#become({ type: 'ready', by: 'worker', counts });
    if (message.type === 'unusable') return this.#turnToServer(counts);
    const question = this.#asked;
    if (question === undefined || question.id !== message.id) return;
    this.#asked = undefined;
    if (message.type === 'answer') question.resolve({ answer: message.answer, tookMs: message.tookMs });
    else question.reject(new RequestError(400, message.problem.code, message.problem.text, message.problem.place));
    this.#askNext();
  }

  #askNext(): void {
    if (this.#asked !== undefined || this.#next === undefined || this.state.type !== 'ready') return;
    const question = { ...this.#next, id: ++this.#lastId };
    this.#next = undefined;
    this.#asked = question;
    if (this.state.by === 'worker') this.#send({ type: 'ask', id: question.id, request: question.request });
    else void this.#askServer(question);
  }

  async #askServer(question: Question & { readonly id: number }): Promise<void> {
    const from = performance.now();
    try {
      const answer = await sendJson<IsochroneAnswer>('POST', cityPath(this.#cityId, 'isochrones'), question.request, this.#ending.signal);
      question.resolve({ answer, tookMs: performance.now() - from });
    } catch (error) {
      question.reject(error);
    }
    if (this.#asked?.id === question.id) this.#asked = undefined;
    this.#askNext();
  }
}
