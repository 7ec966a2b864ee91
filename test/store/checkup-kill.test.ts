/**
 * kill -9 at any moment of a check-up leaves the last complete one, whole; the next run sweeps away what was staged.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../src/core/random.ts';
import { openBase } from '../../src/base/open.ts';
import { runImport } from '../../src/base/run.ts';
import { runCheckup } from '../../src/checkup/run.ts';
import { townFiles } from './small-town.ts';

const CHILD = fileURLToPath(new URL('checkup-child.mjs', import.meta.url));
const built = existsSync(fileURLToPath(new URL('../../dist/checkup/run.js', import.meta.url)));
const ROUNDS = 3;

interface Said {
  readonly shows: { checkup_id: number; indicators: number; measurements: number; findings: number }[];
  readonly left: [unknown[], unknown[]] | undefined;
  /** From the start of the check-up to the end. */
  readonly ms: number;
}

/** Runs the child until it ends or is killed `afterMs` after its check-up began. */
function runChild(folder: string, afterMs: number): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, folder, 'town'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    let beganAt = 0;
    child.stdout.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      if (beganAt !== 0 || !text.includes('checking\n')) return;
      beganAt = performance.now();
      if (Number.isFinite(afterMs)) setTimeout(() => child.kill('SIGKILL'), afterMs);
    });
    child.on('error', reject);
    child.on('exit', () => {
      const json = (word: string): string | undefined => new RegExp(`^${word} (.*)$`, 'm').exec(text)?.[1];
      resolve({ shows: JSON.parse(json('shows') ?? '[]') as Said['shows'], left: json('left') === undefined ? undefined : (JSON.parse(json('left')!) as Said['left']), ms: performance.now() - beganAt });
    });
  });
}

describe.skipIf(!built)('a killed check-up (needs dist/: npm run build)', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chengmai-checkup-kill-'));
    const base = await openBase({ dataDir: folder, environment: {} });
    await runImport(base, { cityId: 'town', cityName: { zh: '镇', en: 'Town' }, files: townFiles(), who: 'test' });
    await runCheckup(base, { cityId: 'town', who: 'test' });
    await base.close();
  }, 180_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test(`killed at ${ROUNDS} random moments: one whole check-up, never none and never half of one`, async () => {
    const whole = await runChild(folder, Infinity);
    expect(whole.left).toEqual([[], []]);
    const [{ indicators, measurements, findings }] = whole.shows;
    expect(indicators).toBeGreaterThan(100);
    const random = new Random(11);
    let last = whole.shows[0].checkup_id;
    for (let round = 0; round < ROUNDS; round++) {
      const killed = await runChild(folder, random.between(0, whole.ms));
      expect(killed.shows).toEqual([{ checkup_id: expect.any(Number) as number, indicators, measurements, findings }]);
      expect(killed.shows[0].checkup_id).toBeGreaterThanOrEqual(last);
      last = killed.shows[0].checkup_id;
    }
    const after = await runChild(folder, Infinity);
    expect(after.shows).toEqual([{ checkup_id: expect.any(Number) as number, indicators, measurements, findings }]);
    expect(after.left).toEqual([[], []]);
  }, 240_000);
});
