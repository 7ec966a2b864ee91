/**
 * kill -9 at any moment of an import leaves the old city or the new one.
 *
 * A child process imports edition after edition of a file and is killed somewhere between its first instruction and its last; after
 * each kill the base is opened here and must show one whole edition, and after the sweep nothing else.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBase } from '../../src/base/open.ts';
import { sweepBase } from '../../src/base/run.ts';
import { findCity } from '../../src/base/store/cities.ts';
import { getCurrentBatches } from '../../src/base/store/revisions.ts';
import { Random } from '../../src/core/random.ts';

const CHILD = fileURLToPath(new URL('import-child.mjs', import.meta.url));
const built = existsSync(fileURLToPath(new URL('../../dist/base/run.js', import.meta.url)));
const FEATURES = 12_000;
const ROUNDS = 7;

/** Runs the child until it ends or, `afterMs` after it said `word`, is killed; tells what it said. */
function runChild(folder: string, file: string, word: string, afterMs: number): Promise<{ said: string; ms: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, folder, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    let spokenAt = 0;
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      if (spokenAt !== 0 || !said.includes(word)) return;
      spokenAt = performance.now();
      if (Number.isFinite(afterMs)) setTimeout(() => child.kill('SIGKILL'), afterMs);
    });
    child.on('error', reject);
    child.on('exit', () => resolve({ said, ms: performance.now() - spokenAt }));
  });
}

describe.skipIf(!built)('a killed import (needs dist/: npm run build)', () => {
  let folder: string;
  const random = new Random(20_260_101);
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

  /** Which edition the base shows; fails where it shows a part of one or more than one. */
  const readEdition = async (dataDir: string): Promise<number> => {
    const base = await openBase({ dataDir, environment: {} });
    try {
      await sweepBase(base);
      if ((await findCity(base.database, 'city')) === undefined) return 0;
      const { batches, revision } = await getCurrentBatches(base.database, 'city');
      const editions = await base.database.query<{ name: string; n: number }>(
        'select name, count(*) as n from feature where city_id = $1 and batch_id = any($2) group by name',
        ['city', batches],
      );
      if (revision === 0) {
        expect(editions).toEqual([]);
        return 0;
      }
      expect(editions).toHaveLength(1);
      const edition = Number(editions[0].name.split(' ')[1]);
      expect(editions[0].n).toBe(FEATURES + edition);
      const staged = await base.database.query(`select 1 from import_batch where state = 'staging'`);
      expect(staged).toEqual([]);
      return edition;
    } finally {
      await base.close();
    }
  };

  test('while it makes the base: the next process opens it', async () => {
    const dataDir = join(folder, 'young');
    const file = await writeEdition(0);
    for (const afterMs of [30, 400]) {
      const { said } = await runChild(dataDir, file, 'opening', afterMs);
      expect(said).toContain('opening');
      expect(await readEdition(dataDir)).toBe(0);
    }
  });

  test(`at ${ROUNDS} random moments: old or new, never between`, async () => {
    const dataDir = join(folder, 'data');
    const whole = await runChild(dataDir, await writeEdition(1), 'importing', Infinity);
    expect(whole.said).toContain('imported');
    let present = await readEdition(dataDir);
    expect(present).toBe(1);
    const outcomes: string[] = [];
    for (let edition = 2; edition < 2 + ROUNDS; edition++) {
      const { said } = await runChild(dataDir, await writeEdition(edition), 'importing', random.between(0, whole.ms * 1.2));
      const after = await readEdition(dataDir);
      expect([present, edition]).toContain(after);
      if (said.includes('imported')) expect(after).toBe(edition);
      outcomes.push(after === edition ? 'new' : 'old');
      present = after;
    }
    expect(outcomes).toContain('old');
  });
});
