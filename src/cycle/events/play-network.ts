import type { Machine } from '../../arch/machine.js';
import { playLayer, type LayerPlay } from './play-layer.js';
import type { PlayedEvent } from './played-event.js';
import type { PlayedLayer, TilePlan } from './tile-plan.js';

export interface PlannedLayer {
  readonly layer: PlayedLayer;
  readonly plan: TilePlan;
}

export interface NetworkPlay {
  readonly cycles: number;
  /** Each with the cycle in which its first request goes out. */
  readonly layers: readonly (LayerPlay & { readonly startCycle: number })[];
}

/** Is told of each event, the layer it belongs to, by its place, and the cycle in which that started. */
export type NetworkSink = (event: PlayedEvent, layer: number, layerStartCycle: number) => void;

/** Plays layers one after the other: each begins when the one before has stored its last result. */
export function playNetwork(layers: readonly PlannedLayer[], machine: Machine, sink?: NetworkSink): NetworkPlay {
  let startCycle = 0;
  const plays = layers.map(({ layer, plan }, index) => {
    const start = startCycle;
    const layerSink = sink === undefined ? undefined : (event: PlayedEvent) => sink(event, index, start);
    const play = playLayer(layer, plan, machine, { sink: layerSink });
    startCycle += play.cycles;
    return { ...play, startCycle: start };
  });
  return { cycles: startCycle, layers: plays };
}
