import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/sequencer.js';

/** Tests that begin processes or threads, or ask what this one has loaded. */
const processes = [
  'src/node/charts.test.ts',
  'src/node/explore/executor/**/*.test.ts',
  'test/cli/{command-line,train-kill}.test.ts',
  'test/cluster/**/*.test.ts',
  'test/explore/{command,executors,full-disk,kills}.test.ts',
  'test/onnx/large-files.test.ts',
  'test/readme.test.ts',
];

/** On a computer that is busy with other things. */
const patience = { testTimeout: 300_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    reporters: ['default', './test/totals-reporter.ts'],
    // Many tests wait for processes of their own: one file more than there are cores.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'processes',
          include: processes,
          globalSetup: './test/fixtures/package-folder.ts',
          // Of one file, each with a process of its own.
          maxConcurrency: 2,
          ...patience,
        },
      },
      {
        test: {
          name: 'values',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: processes,
          // Modules here keep nothing but what they would work out again: loading them once for all files saves half of the time.
          isolate: false,
          ...patience,
        },
      },
    ],
  },
});
