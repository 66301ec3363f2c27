export { firstComeFirstServed, type Arbitration, type Transfer } from './channel.js';
export { playLayer, type LayerPlay, type PlayOptions } from './play-layer.js';
export { playNetwork, type NetworkPlay, type NetworkSink, type PlannedLayer } from './play-network.js';
export type { EventSink, PlayedEvent } from './played-event.js';
export { tilePlanOf, type PlayedLayer, type TileLoop, type TilePlan } from './tile-plan.js';
export { isStore, transferKinds, type TransferKind } from './transfer-kind.js';
