import { executorConformance } from './conformance.test-data.js';
import { inProcess } from './in-process.js';

executorConformance('in-process', () => ({ executor: inProcess }));
