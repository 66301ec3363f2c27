export { compileResidency, type ResidencyGraph } from './residency-graph.js';
export { shareBytes, WHOLE_SHARE } from './residency-layer.js';
export type { ResidencyLayer, ResidencyChain, ResidencyTensor, ResidencyVariant } from './residency-layer.js';
export { NoRoom, type LayerDecision, type Piece, type ResidencyPlan, type StepDecision } from './residency-plan.js';
export { findPlan, piecesOfPlan, planOf, planResidency, type FoundPlan } from './plan-residency.js';
export { ResidencyProblem } from './residency-problem.js';
export type { MappingChoices, MappingPrice, ResidencyMemory } from './residency-problem.js';
export { findPlanWithRegion, planWithWeightRegion, weightRegionSizes } from './weight-region.js';
