/** A town on a running server: its files brought in, its check-ups run, over HTTP as any program would. */
import type { FindingJson, FindingList } from '../../src/checkup/api.ts';
import type { TownFile } from '../store/small-town.ts';
import type { RunningServer } from './running-server.ts';

const PATIENCE_MS = 100_000;

export async function ask<Answer>(server: RunningServer, path: string, init?: RequestInit): Promise<Answer> {
  const answer = await fetch(`${server.url}${path}`, init);
  if (!answer.ok) throw new Error(`${answer.status} ${path}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

export const json = (body: unknown, method = 'POST'): RequestInit => ({ method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

async function waitFor(server: RunningServer, jobId: string): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    const { state } = await ask<{ state: string }>(server, `/api/jobs/${jobId}`);
    if (state === 'done') return;
    if (state === 'failed') throw new Error(`job ${jobId} failed`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`job ${jobId} was not done in time`);
}

export async function importFiles(server: RunningServer, city: string, town: readonly TownFile[]): Promise<void> {
  const files: { sha256: string; options: object }[] = [];
  for (const { source, options } of town) {
    const bytes = await source.read(0, source.sizeBytes);
    const { sha256 } = await ask<{ sha256: string }>(server, `/api/cities/${city}/uploads?name=${encodeURIComponent(source.name)}`, { method: 'PUT', body: new Uint8Array(bytes) });
    files.push({ sha256, options });
  }
  await waitFor(server, (await ask<{ jobId: string }>(server, `/api/cities/${city}/imports`, json({ files }))).jobId);
}

export async function checkUp(server: RunningServer, city: string, period: number): Promise<void> {
  await waitFor(server, (await ask<{ jobId: string }>(server, `/api/cities/${city}/checkups`, json({ period }))).jobId);
}

export async function listLedger(server: RunningServer, city: string): Promise<FindingJson[]> {
  return (await ask<FindingList>(server, `/api/cities/${city}/checkups/latest/findings?order=indicator`)).findings;
}
