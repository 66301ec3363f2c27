export { layerProblem } from './layer-problem.js';
export { simulateNetwork } from './network.js';
export { BASELINE_BITS, simulateRun, simulateRuns, type Question } from './runs.js';
