/**
 * A running server as the way to its base. An embedded base is open in one process only; when that is the server, a
 * command sends its work there over HTTP instead of asking the user to stop it.
 */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { BatchList, CityDetail, CityJson, ImportRequest, JobJson, JobStarted, Problem, UploadJson } from '../base/api.ts';
import type { CheckupOverview, FindingList, LedgerImport, LedgerImportList, LedgerUndone } from '../checkup/api.ts';
import type { Indicator } from '../checkup/model.ts';
import { cancelledError, ChengmaiError } from '../core/errors.ts';
import type { ErrorKind } from '../core/errors.ts';
import type { WorkContext } from '../core/progress.ts';
import type { DocumentJson, LightPreview, TaskBodies, taskImportSchema, TaskJson, TaskLights, TaskList } from '../delivery/api.ts';
import type { z } from 'zod';

const KINDS: Readonly<Record<number, ErrorKind>> = { 400: 'input', 413: 'input', 415: 'input', 422: 'input', 401: 'forbidden', 403: 'forbidden', 404: 'not-found', 409: 'conflict', 503: 'unavailable' };
const POLL_MS = 300;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export class RemoteBase {
  readonly #url: string;
  readonly #token: string | undefined;

  constructor(url: string, token: string | undefined) {
    this.#url = url.replace(/\/$/, '');
    this.#token = token;
  }

  get url(): string {
    return this.#url;
  }

  listCities(): Promise<{ cities: CityJson[] }> {
    return this.#call('GET', '/api/cities');
  }

  getCity(cityId: string): Promise<CityDetail> {
    return this.#call('GET', `/api/cities/${cityId}`);
  }

  deleteCity(cityId: string): Promise<unknown> {
    return this.#call('DELETE', `/api/cities/${cityId}`);
  }

  listBatches(cityId: string): Promise<BatchList> {
    return this.#call('GET', `/api/cities/${cityId}/batches`);
  }

  undoBatch(cityId: string, batchId: number): Promise<JobStarted> {
    return this.#call('POST', `/api/cities/${cityId}/batches/${batchId}/undo`);
  }

  /** Makes the city where it does not exist yet; true where it did not. */
  async ensureCity(cityId: string, name: string): Promise<boolean> {
    const { cities } = await this.listCities();
    if (cities.some((city) => city.cityId === cityId)) return false;
    await this.#call('POST', '/api/cities', { cityId, name });
    return true;
  }

  /** Takes away a city that was made for an import of which nothing came. */
  async deleteIfEmpty(cityId: string): Promise<void> {
    if ((await this.getCity(cityId)).revision === 0) await this.deleteCity(cityId);
  }

  /** Sends a file's bytes; the answer names them by their hash. */
  async upload(cityId: string, path: string, name: string): Promise<UploadJson> {
    const body = Readable.toWeb(createReadStream(path)) as ReadableStream;
    return (await this.#request('PUT', `/api/cities/${cityId}/uploads?name=${encodeURIComponent(name)}`, body)).json() as Promise<UploadJson>;
  }

  startImport(cityId: string, request: ImportRequest): Promise<JobStarted> {
    return this.#call('POST', `/api/cities/${cityId}/imports`, request);
  }

  startCheckup(cityId: string, request: { period?: number; fresh?: boolean }): Promise<JobStarted> {
    return this.#call('POST', `/api/cities/${cityId}/checkups`, request);
  }

  getCheckup(cityId: string, period: number | 'latest'): Promise<CheckupOverview> {
    return this.#call('GET', `/api/cities/${cityId}/checkups/${period}`);
  }

  async getText(path: string): Promise<string> {
    return (await this.#request('GET', path)).text();
  }

  async getBytes(path: string): Promise<Uint8Array> {
    return new Uint8Array(await (await this.#request('GET', path)).arrayBuffer());
  }

  listFindings(cityId: string, query: string): Promise<FindingList> {
    return this.#call('GET', `/api/cities/${cityId}/checkups/latest/findings?${query}`);
  }

  /** A workbook of findings that was edited. */
  async importFindings(cityId: string, path: string, name: string, dry: boolean): Promise<LedgerImport> {
    const body = Readable.toWeb(createReadStream(path)) as ReadableStream;
    const query = `name=${encodeURIComponent(name)}&dry=${dry}`;
    return (await this.#request('POST', `/api/cities/${cityId}/checkups/latest/findings/import?${query}`, body, XLSX)).json() as Promise<LedgerImport>;
  }

  /** Workbooks that were taken over, newest first. */
  listLedgerImports(cityId: string): Promise<LedgerImportList> {
    return this.#call('GET', `/api/cities/${cityId}/checkups/latest/findings/imports`);
  }

  undoLedgerImport(cityId: string, importId: number): Promise<LedgerUndone> {
    return this.#call('POST', `/api/cities/${cityId}/checkups/latest/findings/imports/${importId}/undo`);
  }

  /** The catalogue of a city with what its users added. */
  listIndicators(cityId: string): Promise<{ indicators: Indicator[] }> {
    return this.#call('GET', `/api/cities/${cityId}/indicators`);
  }

  addIndicators(cityId: string, text: string, file: string): Promise<{ added: string[] }> {
    return this.#call('POST', `/api/cities/${cityId}/indicators`, { text, file });
  }

  removeIndicator(cityId: string, indicatorId: string): Promise<unknown> {
    return this.#call('DELETE', `/api/cities/${cityId}/indicators/${encodeURIComponent(indicatorId)}`);
  }

  importPolicy(cityId: string, bytes: Uint8Array, name: string, publishedAt: string | undefined): Promise<DocumentJson> {
    const query = new URLSearchParams({ name, ...(publishedAt !== undefined && { published: publishedAt }) });
    return this.#send(`/api/cities/${cityId}/policies?${query.toString()}`, bytes, 'application/octet-stream');
  }

  listTasks(cityId: string, query: string): Promise<TaskList> {
    return this.#call('GET', `/api/cities/${cityId}/tasks?${query}`);
  }

  /** A workbook of tasks that was edited, or a list of tasks. */
  importTasks(cityId: string, bytes: Uint8Array, name: string, dry: boolean): Promise<z.infer<typeof taskImportSchema>> {
    return this.#send(`/api/cities/${cityId}/tasks/import?name=${encodeURIComponent(name)}&dry=${dry}`, bytes, XLSX);
  }

  undoTasks(cityId: string, changeSet: string): Promise<{ tasks: TaskJson[] }> {
    return this.#call('POST', `/api/cities/${cityId}/tasks/undo`, { changeSet });
  }

  getTaskBodies(cityId: string, query: string): Promise<TaskBodies> {
    return this.#call('GET', `/api/cities/${cityId}/task-bodies?${query}`);
  }

  getTaskLights(cityId: string): Promise<TaskLights> {
    return this.#call('GET', `/api/cities/${cityId}/task-lights`);
  }

  setTaskLights(cityId: string, settings: TaskLights['settings'] | null, reason: string): Promise<TaskLights> {
    return this.#call('PUT', `/api/cities/${cityId}/task-lights`, { settings, reason });
  }

  previewTaskLights(cityId: string, query: Readonly<Record<string, string | number>>): Promise<LightPreview> {
    return this.#call('GET', `/api/cities/${cityId}/task-lights/preview?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString()}`);
  }

  syncTasks(cityId: string): Promise<{ tasks: TaskJson[] }> {
    return this.#call('POST', `/api/cities/${cityId}/tasks/sync`);
  }

  /** Waits for a job, passing its progress on; asks it to stop when the signal is aborted. */
  async followJob(jobId: string, { report, signal }: WorkContext): Promise<JobJson> {
    let asked = false;
    for (;;) {
      const job = await this.#call<JobJson>('GET', `/api/jobs/${jobId}`);
      if (job.progress !== null) report?.(job.progress);
      if (job.state === 'done') return job;
      if (job.state === 'cancelled') throw cancelledError();
      if (job.state === 'failed') throw new ChengmaiError(job.error?.kind ?? 'internal', job.error?.code ?? 'base/job-failed', job.error?.text ?? { zh: '任务失败。', en: 'The job failed.' }, job.error?.place);
      if (signal?.aborted && !asked) {
        asked = true;
        await this.#call('POST', `/api/jobs/${jobId}/cancel`);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  async #call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await this.#request(method, path, body === undefined ? undefined : JSON.stringify(body));
    return (response.status === 204 ? undefined : await response.json()) as Answer;
  }

  async #send<Answer>(path: string, bytes: Uint8Array, type: string): Promise<Answer> {
    return (await this.#request('POST', path, new Blob([new Uint8Array(bytes)]).stream(), type)).json() as Promise<Answer>;
  }

  async #request(method: string, path: string, body?: string | ReadableStream, type = 'application/octet-stream'): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(this.#url + path, {
        method,
        headers: {
          'x-chengmai-client': 'cli',
          ...(typeof body === 'string' && { 'content-type': 'application/json' }),
          ...(body !== undefined && typeof body !== 'string' && { 'content-type': type }),
          ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
        },
        ...(body !== undefined && { body, ...(typeof body !== 'string' && { duplex: 'half' }) }),
      } as RequestInit);
    } catch (cause) {
      throw new ChengmaiError(
        'unavailable',
        'cli/server-unreachable',
        { zh: `无法连接正在运行的服务 ${this.#url}，请确认它仍在运行。`, en: `The running server at ${this.#url} does not answer; check that it is still up.` },
        {},
        cause,
      );
    }
    if (response.ok) return response;
    const problem = (await response.json().catch(() => undefined)) as Partial<Problem> | undefined;
    throw new ChengmaiError(
      KINDS[response.status] ?? 'internal',
      problem?.code ?? `cli/http-${response.status}`,
      problem?.text ?? { zh: `服务返回状态 ${response.status}。`, en: `The server answered with status ${response.status}.` },
      problem?.place,
    );
  }
}
