import { executorConformance } from '../../src/explore/executor/conformance.test-data.js';
import { sourceThread } from '../../src/node/explore/executor/source-thread.test-data.js';
import { threadsExecutor } from '../../src/node/explore/executor/threads.js';

executorConformance(
  'threads',
  () => ({ executor: threadsExecutor({ workers: 2, threadFile: sourceThread }) }),
  120_000,
);
