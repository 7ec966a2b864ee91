import { defineConfig } from 'vitest/config';

/** The pages in a real browser against the real server: `npm run test:browser`. CHROMIUM names another browser than Debian's. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
