/** The real server on a free port over a data folder of its own. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

const START_MS = 180_000;

function firstUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk.toString('utf8');
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
}

async function ready(url: string): Promise<void> {
  const end = Date.now() + START_MS;
  while (Date.now() < end) {
    const answer = await fetch(`${url}/api/health`).catch(() => undefined);
    const health = answer?.ok === true ? ((await answer.json()) as { status: string }) : undefined;
    if (health?.status === 'ready') return;
    if (health?.status === 'failed') throw new Error('the server could not start');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the server was not ready in time');
}

/** Over an empty base, or over the sample city that a first start makes. */
export async function startServer({ sample = false } = {}): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'chengmai-browser-'));
  const child = spawn(process.execPath, ['bin/chengmai.mjs', 'start', '--port', '0', ...(sample ? [] : ['--no-sample']), '--data', join(folder, 'data')], {
    env: { ...process.env, DATABASE_URL: '', CHENGMAI_LANG: 'en' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const url = await firstUrl(child);
    await ready(url);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
