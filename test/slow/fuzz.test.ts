/**
 * Every reader against damaged files: each must end in records and notes or in an error of kind `input`, within time and
 * memory. Run it with `npm run test:slow`, which builds first. FUZZ_KEEP=folder keeps the files that fail.
 */
import { describe, expect, it } from 'vitest';
import type { FormatId } from '../../src/import/model.ts';
import { listBuiltFormats, runFuzz } from './fuzz/run-fuzz.ts';
import { listSeeds } from './fuzz/seeds.ts';

const cases = Number(process.env.FUZZ_CASES ?? 10_000);
const first = Number(process.env.FUZZ_FIRST ?? 0);
const randomSeed = Number(process.env.FUZZ_SEED ?? 1);
const only = process.env.FUZZ_FORMATS?.split(',');
const formats = (await listBuiltFormats()).filter((format) => only?.includes(format) ?? true);

describe.concurrent.each(formats)('fuzzing %s', (format: FormatId) => {
  it(`survives ${cases} mutations`, async () => {
    const report = await runFuzz(format, await listSeeds(format, { shared: true }), { cases, randomSeed, first });
    console.log(`${format}: ${JSON.stringify({ ...report, faults: report.faults.length })}`);
    expect(report.faults).toEqual([]);
    expect(report.read).toBeGreaterThan(0);
  });
});
