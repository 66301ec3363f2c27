import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    reporters: ['default', './test/totals-reporter.ts'],
    testTimeout: 120_000,
    // Many tests wait for processes of their own, so that a core is seldom lost to the runner.
    maxWorkers: '100%',
  },
});
