export type { Candidate } from './candidate.js';
export type { Mapping } from './mapping.js';
export type { EnergyPricer, Pricer } from './pricer.js';
export { coreSplits, type CoreSplit } from './core-split.js';
export { Frontier, type MappingFigures, type Schedule } from './frontier.js';
export {
  isObjective,
  objectiveNames,
  objectives,
  weightedRule,
  type Objective,
  type ObjectiveRule,
} from './objective.js';
export { leastProduct, type LeastProduct, type SolvedPlan } from './least-product.js';
export { describeOrder, loopOrders } from './loop-order.js';
export { leastTileBytes } from './least-tile-bytes.js';
export { mappingFloors } from './mapping-floor.js';
export { wholeInputElements } from './geometry.js';
export { pixelTiles, type PixelTile } from './pixel-tiles.js';
export { loopsKey, problemKey, secondElements, tileSpaceKey, type LayerProblem } from './problem.js';
export * from './residency/index.js';
export { searchAtRates, searchMappings, type SearchOptions } from './search.js';
export type { TileClasses } from './tile-classes.js';
export { tileSpaces, type TileSpace } from './tile-space.js';
