/** What a pool's worker thread runs: loads the task's module, answers messages one by one. */
import { parentPort, workerData } from 'node:worker_threads';
import { ChengmaiError } from '../../core/errors.ts';
import type { ErrorMessage, Task } from './task-pool.ts';

function toMessage(error: unknown): ErrorMessage {
  const known = error instanceof ChengmaiError ? { kind: error.kind, code: error.code, text: error.text, place: error.place } : undefined;
  return { message: error instanceof Error ? error.message : String(error), stack: error instanceof Error ? error.stack : undefined, known };
}

const { module, task } = workerData as { module: string; task: string };
const loading = import(module).then((exports: Record<string, unknown>) => exports[task] as Task<unknown, unknown>);

parentPort?.on('message', async (input: unknown) => {
  try {
    const { output, transfer } = await (await loading)(input);
    parentPort?.postMessage({ output }, transfer as ArrayBuffer[]);
  } catch (error) {
    parentPort?.postMessage({ error: toMessage(error) });
  }
});
