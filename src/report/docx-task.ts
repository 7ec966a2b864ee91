/** The thread that writes a Word file: its pictures and the laying out of its pages take seconds, in which a server would answer nobody. */
import type { TaskResult } from '../engine/pool/task-pool.ts';
import { siblingModule, TaskPool } from '../engine/pool/task-pool.ts';
import type { ReportDocument } from './document.ts';
import { writeDocx } from './write-docx.ts';

export async function docxTask(report: ReportDocument): Promise<TaskResult<Uint8Array<ArrayBuffer>>> {
  // bytes of their own, which may move to the caller
  const output = new Uint8Array(await writeDocx(report));
  return { output, transfer: [output.buffer] };
}

/** @throws cancelled once `signal` is aborted */
export async function writeDocxInThread(report: ReportDocument, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const pool = new TaskPool<ReportDocument, Uint8Array>({ module: siblingModule(import.meta.url, 'docx-task'), task: 'docxTask', threads: 1 });
  const stop = (): void => void pool.close();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    if (signal?.aborted === true) await pool.close();
    return await pool.run(report);
  } finally {
    signal?.removeEventListener('abort', stop);
    await pool.close();
  }
}
