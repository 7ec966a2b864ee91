/**
 * kill -9 at any moment of an import leaves the old city or the new one.
 *
 * Child after child opens the base, says what it shows, and imports the next edition of a file; all but the first are killed
 * somewhere between their first instruction and their last. What each finds must be one whole edition, the last that was
 * finished or the one the killed child was at, and after the sweep nothing of another.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../src/core/random.ts';

const CHILD = fileURLToPath(new URL('import-child.mjs', import.meta.url));
const built = existsSync(fileURLToPath(new URL('../../dist/base/run.js', import.meta.url)));
const FEATURES = 8_000;
const ROUNDS = 6;

interface Shown {
  shown: { name: string; n: number }[];
  unfinished: unknown[];
  orphans: unknown[];
}

interface Said {
  text: string;
  shows: Shown | undefined;
  /** From `word` to the end. */
  ms: number;
}

/** Runs the child until it ends or, `afterMs` after it said `word`, is killed; tells what it said. */
function runChild(folder: string, file: string, word: string, afterMs: number): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, folder, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    let spokenAt = 0;
    child.stdout.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      if (spokenAt !== 0 || !text.includes(`${word}\n`)) return;
      spokenAt = performance.now();
      if (Number.isFinite(afterMs)) setTimeout(() => child.kill('SIGKILL'), afterMs);
    });
    child.on('error', reject);
    child.on('exit', () => {
      const json = /^shows (.*)$/m.exec(text)?.[1];
      resolve({ text, shows: json === undefined ? undefined : (JSON.parse(json) as Shown), ms: performance.now() - spokenAt });
    });
  });
}

/** The edition a base shows, 0 where it is empty; fails where it shows a part of one or more than one. */
function editionOf(said: Said): number {
  expect(said.shows).toMatchObject({ unfinished: [], orphans: [] });
  const { shown } = said.shows as Shown;
  if (shown.length === 0) return 0;
  expect(shown).toHaveLength(1);
  const edition = Number(shown[0].name.split(' ')[1]);
  expect(shown[0].n).toBe(FEATURES + edition);
  return edition;
}

describe.skipIf(!built)('a killed process (needs dist/: npm run build)', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chengmai-kill-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const writeEdition = async (edition: number): Promise<string> => {
    const file = join(folder, `places-${2000 + edition}.geojsonl`);
    const lines = Array.from({ length: FEATURES + edition }, (_, i) =>
      JSON.stringify({ type: 'Feature', properties: { name: `edition ${edition}` }, geometry: { type: 'Point', coordinates: [114 + i / 1e5, 30] } }),
    );
    await writeFile(file, lines.join('\n'));
    return file;
  };

  test(`making the base, then importing, killed at ${ROUNDS} random moments: old or new, never between`, async () => {
    const random = new Random(20_260_101);
    const dataDir = join(folder, 'data');
    for (const afterMs of [40, 400]) {
      const young = await runChild(dataDir, await writeEdition(1), 'opening', afterMs);
      expect(young.text).toContain('opening');
    }
    const whole = await runChild(dataDir, await writeEdition(1), 'importing', Infinity);
    expect(whole.text).toContain('imported');
    let possible = [1];
    const seen: number[] = [];
    for (let edition = 2; edition < 2 + ROUNDS; edition++) {
      const killed = await runChild(dataDir, await writeEdition(edition), 'importing', random.between(0, whole.ms * 1.1));
      const found = editionOf(killed);
      expect(possible).toContain(found);
      seen.push(found);
      possible = killed.text.includes('imported') ? [edition] : [found, edition];
    }
    const last = await runChild(dataDir, await writeEdition(99), 'importing', Infinity);
    expect(possible).toContain(editionOf(last));
    expect(new Set(seen).size).toBeLessThan(ROUNDS);
    // ten processes one after another: 40 s of work, over two minutes on a busy machine
  }, 300_000);
});
