import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/sequencer.js';

/** Tests that begin processes or threads, or ask what this one has loaded. */
const processes = [
  'src/node/charts.test.ts',
  'src/node/explore/executor/**/*.test.ts',
  'test/{cli,cluster,explore}/**/*.test.ts',
  'test/onnx/{command-line,large-files}.test.ts',
  'test/readme.test.ts',
];

export default defineConfig({
  test: {
    reporters: ['default', './test/totals-reporter.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Many tests wait for processes of their own: one file more than there are cores.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: { name: 'processes', include: processes, globalSetup: './test/fixtures/package-folder.ts' },
      },
      {
        extends: true,
        test: {
          name: 'values',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: processes,
          // Modules here keep nothing that changes: loading them once for all files saves half of the time.
          isolate: false,
        },
      },
    ],
  },
});
