export type { Candidate, Mapping, Pricer } from './candidate.js';
export { coreSplits, type CoreSplit } from './core-split.js';
export { Frontier, type TileChoice } from './frontier.js';
export { objectives, type Objective } from './objective.js';
export { describeOrder, loopOrders } from './loop-order.js';
export { pixelTiles, type PixelTile } from './pixel-tiles.js';
export { loopsKey, problemKey, secondElements, tileSpaceKey, type LayerProblem } from './problem.js';
export { NoRoom, planResidency } from './residency.js';
export type {
  LayerDecision,
  ResidencyLayer,
  ResidencyPlan,
  ResidencyProblem,
  ResidencyTensor,
} from './residency-problem.js';
export { searchMappings } from './search.js';
export { tileSpaces, type TileSpace } from './tile-space.js';
export { planWithWeightRegion, weightRegionSizes } from './weight-region.js';
