// A short run of the fuzz suite (test/slow) over the built readers; `npm test` builds first.
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listBuiltFormats, runFuzz } from './slow/fuzz/run-fuzz.ts';
import { listSeeds } from './slow/fuzz/seeds.ts';

const built = existsSync('dist/import/readers.js');
const formats = built ? await listBuiltFormats() : [];

describe.skipIf(!built)('damaged files (needs the build: node scripts/build.mjs)', () => {
  it('has seeds for every reader', async () => {
    expect(formats.length).toBeGreaterThan(0);
    for (const format of formats) expect((await listSeeds(format, { shared: false })).length).toBeGreaterThan(0);
  });

  it.each(formats)('%s ends in records or an error for the user, 300 times', async (format) => {
    const report = await runFuzz(format, await listSeeds(format, { shared: false }), { cases: 300 });
    expect(report.faults).toEqual([]);
    expect(report.read).toBeGreaterThan(0);
  });
});
