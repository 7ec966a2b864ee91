/** What a pool's worker thread runs: loads the task's module, answers messages one by one. */
import { parentPort, workerData } from 'node:worker_threads';
import { ChengmaiError } from '../../core/errors.ts';
import type { ErrorMessage, PoolTask } from './task-pool.ts';

function toMessage(error: unknown): ErrorMessage {
  const known = error instanceof ChengmaiError ? { kind: error.kind, code: error.code, text: error.text, place: error.place } : undefined;
  return { message: error instanceof Error ? error.message : String(error), stack: error instanceof Error ? error.stack : undefined, known };
}

const { module, task } = workerData as { module: string; task: string };
const loading = import(module).then((exports: Record<string, unknown>) => exports[task] as PoolTask<unknown, unknown>);

async function answer(input: unknown): Promise<[reply: unknown, transfer: readonly ArrayBuffer[]]> {
  try {
    const { output, transfer } = await (await loading)(input);
    return [{ output }, transfer];
  } catch (error) {
    return [{ error: toMessage(error) }, []];
  }
}

parentPort?.on('message', async (input: unknown) => {
  const [reply, transfer] = await answer(input);
  parentPort?.postMessage(reply, transfer as ArrayBuffer[]);
});
