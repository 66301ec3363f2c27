export { simulateGrid, type GridAnswer, type GridPoint, type GridPoints, type GridQuestion } from './grid.js';
export { layerProblem } from './layer-problem.js';
export { MODEL_VERSION } from './model-version.js';
export { simulateNetwork } from './network.js';
export { objectiveRule } from './objective-rule.js';
export { type NetworkPlan, planNetwork } from './plan-network.js';
export {
  BASELINE_BITS,
  choiceAtWidth,
  choicesOf,
  simulateRun,
  simulateRuns,
  type Question,
  type WidthQuestion,
} from './runs.js';
export { sweep, type SweepPoint, type SweepQuestion } from './sweep.js';
export {
  MAX_EVENTS,
  playQuestion,
  playRun,
  type Timeline,
  type TimelineEvent,
  type TimelineLayer,
  type TimelineOptions,
} from './trace.js';
