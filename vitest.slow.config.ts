import { defineConfig } from 'vitest/config';

/** Long runs that are not part of `npm test`: `npm run test:slow`. Single formats: FUZZ_FORMATS=gtfs,csv, FUZZ_CASES=1000, FUZZ_SEED=2. */
export default defineConfig({
  test: {
    include: ['test/slow/**/*.test.ts'],
    maxWorkers: 2,
    maxConcurrency: 2,
    testTimeout: 3 * 60 * 60 * 1000,
  },
});
