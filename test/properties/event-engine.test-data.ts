/** Random plans for the event engine, and what a schedule on one channel has to look like. */
import * as fc from 'fast-check';
import type { Machine } from '../../src/arch/index.js';
import { coreShares } from '../../src/cycle/events/core-share.js';
import { walkTiles } from '../../src/cycle/events/tile-walk.js';
import {
  isStore,
  playLayer,
  type Arbitration,
  type LayerPlay,
  type PlayedEvent,
  type TilePlan,
} from '../../src/cycle/events/index.js';
import type { LayerProblem } from '../../src/mapping/index.js';
import { machineOf, smallMachine } from './machines.test-data.js';
import { smallProblem, smallVectorProblem } from './problems.test-data.js';

/** A machine whose only memory beside the scratchpads lies off-chip. */
export const offChipMachine: fc.Arbitrary<Machine> = smallMachine.map((sketch) =>
  machineOf({
    ...sketch,
    shared: null,
    scratchpadBytesPerCycle: Infinity,
    interconnectBytesPerCycle: Infinity,
  }),
);

export const smallLayer: fc.Arbitrary<LayerProblem> = fc.oneof(
  { weight: 3, arbitrary: smallProblem },
  smallVectorProblem,
);

const ORDERS: readonly TilePlan['order'][] = [
  ['pixels', 'outputChannels', 'reduction'],
  ['pixels', 'reduction', 'outputChannels'],
  ['outputChannels', 'pixels', 'reduction'],
  ['outputChannels', 'reduction', 'pixels'],
  ['reduction', 'pixels', 'outputChannels'],
  ['reduction', 'outputChannels', 'pixels'],
];

export interface Played {
  readonly layer: LayerProblem;
  readonly plan: TilePlan;
  readonly machine: Machine;
}

/** A layer, a machine and any way of cutting one for the other, whether a search would consider it or not. */
export const anyPlan: fc.Arbitrary<Played> = fc.tuple(smallLayer, offChipMachine).chain(([layer, machine]) => {
  const { batch, groups, outputRows, outputColumns, outputChannels, inputChannels } = layer.nest;
  const upTo = (length: number) => fc.integer({ min: 1, max: length });
  const flows = layer.engine === 'array' ? machine.dataflows : [null];
  return fc
    .record({
      dataflow: fc.constantFrom(...flows),
      split: fc
        .record({
          batch: upTo(batch),
          groups: upTo(groups),
          outputRows: upTo(outputRows),
          outputChannels: upTo(outputChannels),
        })
        .filter((split) => split.batch * split.groups * split.outputRows * split.outputChannels <= 24),
      tile: fc.record({
        batch: upTo(batch),
        groups: upTo(groups),
        outputRows: upTo(outputRows),
        outputColumns: upTo(outputColumns),
        outputChannels: upTo(outputChannels),
        inputChannels: upTo(inputChannels),
      }),
      order: fc.constantFrom(...ORDERS),
      doubleBuffered: fc.record({ inputs: fc.boolean(), second: fc.boolean(), outputs: fc.boolean() }),
    })
    .map((plan) => ({ layer, plan, machine }));
});

export function playAndWatch(
  { layer, plan, machine }: Played,
  arbitration?: Arbitration,
): { play: LayerPlay; events: readonly PlayedEvent[] } {
  const events: PlayedEvent[] = [];
  const play = playLayer(layer, plan, machine, { sink: (event) => void events.push(event), arbitration });
  return { play, events };
}

/**
 * What no work-conserving schedule exceeds: at each place of the loops the longest tile of any core, and all the time
 * the channel is at work or waits for a first byte.
 *
 * Let all cores be through with the steps before a place. Then all that the place needs has been asked for. If the
 * channel is idle now, all of it is there, and every core that has a tile at this place computes it or is through. So
 * the channel is idle for no longer than the longest of these tiles takes, and then the next place begins.
 */
export function slowest({ layer, plan, machine }: Played, play: LayerPlay): number {
  const longest = new Map<string, number>();
  for (const share of coreShares(layer.nest, plan))
    for (const { place, computeCycles } of walkTiles(layer, plan, machine, share)) {
      const key = JSON.stringify(place);
      longest.set(key, Math.max(longest.get(key) ?? 0, computeCycles));
    }
  return play.channelCycles + play.latencyCycles + [...longest.values()].reduce((sum, cycles) => sum + cycles, 0);
}

/** What is wrong with a timeline, in words; nothing if it keeps the contract of the channel and the cores. */
export function timelineFaults(events: readonly PlayedEvent[]): string[] {
  const faults: string[] = [];
  const overlaps = (what: string, slices: readonly PlayedEvent[]): void => {
    const sorted = [...slices].sort((a, b) => a.startCycle - b.startCycle || a.endCycle - b.endCycle);
    for (const [at, slice] of sorted.entries()) {
      const before = sorted[at - 1];
      if (before !== undefined && slice.startCycle < before.endCycle - 1e-6) faults.push(`${what}: two things at once`);
    }
  };
  overlaps(
    'channel',
    events.filter(({ what }) => what !== 'compute'),
  );
  const computes = events.filter((event) => event.what === 'compute');
  for (const core of new Set(computes.map((event) => event.core))) {
    overlaps(
      `core ${core}`,
      computes.filter((event) => event.core === core),
    );
  }
  // Transfers end in the order in which they are served.
  const transfers = events.filter((event) => event.what === 'transfer');
  for (const [at, { requestedCycle }] of transfers.entries()) {
    const before = transfers[at - 1];
    if (before !== undefined && requestedCycle < before.requestedCycle) faults.push('channel: overtaken');
  }
  // A tile is computed when what it reads is there, and stored when it is computed.
  const computed = new Map(computes.map((event) => [`${event.core} ${event.step}`, event]));
  for (const { kind, cores, step, requestedCycle, endCycle } of transfers) {
    if (kind === 'prefetch') continue;
    if (isStore(kind)) {
      if (computed.get(`${cores[0]} ${step}`)!.endCycle !== requestedCycle) faults.push('a store before its tile');
    } else if (cores.length === 1 && computed.get(`${cores[0]} ${step}`)!.startCycle < endCycle) {
      faults.push('a tile before its operands');
    }
  }
  return faults;
}
