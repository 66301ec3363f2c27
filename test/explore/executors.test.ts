import { executorConformance } from '../../src/explore/executor/conformance.test-data.js';
import { threadsExecutor } from '../../src/node/explore/executor/threads.js';
import { builtThread } from '../fixtures/built-package.js';

executorConformance(
  'threads',
  async () => ({ executor: threadsExecutor({ workers: 2, threadFile: await builtThread() }) }),
  120_000,
);
