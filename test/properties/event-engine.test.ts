import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coreShares } from '../../src/cycle/events/core-share.js';
import { walkTiles } from '../../src/cycle/events/tile-walk.js';
import { tilePlanOf } from '../../src/cycle/events/index.js';
import { searchMappings } from '../../src/mapping/index.js';
import { LayerPricer } from '../../src/performance/index.js';
import {
  anyPlan,
  offChipMachine,
  playAndWatch,
  slowest,
  smallLayer,
  timelineFaults,
} from './event-engine.test-data.js';

/** Sums of float times. */
const ROUNDING = 1e-6;

describe('any layer, on any machine, cut in any way, played event by event', () => {
  it('keeps both floors, and is never slower than computing and the channel one after the other', () => {
    fc.assert(
      fc.property(anyPlan, (played) => {
        const { play } = playAndWatch(played);
        const { offChipBytesPerCycle } = played.machine;
        expect(play.cycles).toBeGreaterThanOrEqual(play.computeCycles);
        expect(play.cycles).toBeGreaterThanOrEqual(play.channelCycles + play.latencyCycles - ROUNDING);
        // Bytes are rounded up by operand, each way.
        expect(play.channelCycles).toBeGreaterThan((play.bytes.total - 6) / offChipBytesPerCycle - ROUNDING);
        expect(play.cycles).toBeLessThanOrEqual(Math.ceil(slowest(played, play) + ROUNDING));
      }),
      { numRuns: 400 },
    );
  });

  it('serves one request at a time as they came, and computes a tile when all it reads is there', () => {
    fc.assert(
      fc.property(anyPlan, (played) => {
        expect(timelineFaults(playAndWatch(played).events)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('would be seen to serve them in another order', () => {
    const lastComeFirstServed = (waiting: readonly unknown[]) => waiting.length - 1;
    const overtaking = fc
      .sample(anyPlan, 200)
      .filter((played) =>
        timelineFaults(playAndWatch(played, lastComeFirstServed).events).includes('channel: overtaken'),
      );
    expect(overtaking.length).toBeGreaterThan(20);
  });

  it('stores each output once, and reads each operand at least once', () => {
    fc.assert(
      fc.property(anyPlan, ({ layer, plan, machine }) => {
        const { nest } = layer;
        const steps = coreShares(nest, plan).flatMap((share) => [...walkTiles(layer, plan, machine, share)]);
        const sum = (figure: (step: (typeof steps)[number]) => number) =>
          steps.reduce((total, step) => total + figure(step), 0);
        const outputs = nest.batch * nest.groups * nest.outputChannels * nest.outputRows * nest.outputColumns;
        expect(sum((step) => step.storedOutputs)).toBe(outputs);
        expect(sum((step) => step.storedSums)).toBe(sum((step) => step.loadedSums));
        const weights = nest.groups * nest.outputChannels * nest.inputChannels * nest.kernelRows * nest.kernelColumns;
        if (layer.engine === 'array') expect(sum((step) => step.loadedSecond)).toBeGreaterThanOrEqual(weights);
        expect(steps.every((step) => step.computeCycles >= 1)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the closed form against the engine, mapping by mapping', () => {
  /**
   * Both are at least the busiest core's computing and at least what the channel takes, latencies included; and neither
   * is more than the sum of the two: a step of the closed form by its `max`, the engine by `slowest`. So neither is more
   * than twice the other. Windows that hold nothing but padding are left out: the engine does not wait for nothing.
   */
  it('moves no fewer bytes, and takes between half and twice the time where it moves as many', () => {
    let compared = 0;
    fc.assert(
      fc.property(smallLayer, offChipMachine, (drawn, drawnMachine) => {
        const machine = { ...drawnMachine, burstBytes: 1 };
        const layer = machine.offChipBytesPerCycle === Infinity ? { ...drawn, prefetchBytes: 0 } : drawn;
        const pricer = new LayerPricer(layer, machine);
        for (const mapping of searchMappings(layer, machine, pricer).all()) {
          pricer.price({ ...mapping.candidate });
          const { inputBytes, secondBytes, outputBytes, partialSumBytes, prefetchBytes } = pricer.traffic;
          const plan = tilePlanOf(mapping, machine);
          const shares = coreShares(layer.nest, plan);
          const { play } = playAndWatch({ layer, plan, machine });
          const { inputs, second, outputs, partialSums, prefetch } = play.bytes;
          const played = [inputs, second, outputs, partialSums, prefetch];
          const closed = [inputBytes, secondBytes, outputBytes, partialSumBytes, prefetchBytes];
          for (const [operand, bytes] of closed.entries()) expect(bytes).toBeGreaterThanOrEqual(played[operand]!);
          // A core with fewer tiles than others may find its tile still there where they have to load theirs again.
          const trips = (of: (typeof shares)[number]) =>
            [of.groups, of.pixels, of.outputChannels].map((tiles) => tiles.length).join();
          if (new Set(shares.map(trips)).size === 1) expect(played).toEqual(closed);
          if (played.some((bytes, operand) => bytes < closed[operand]!)) continue;
          if (shares.some(({ pixels }) => pixels.some((tile) => tile.inputs === 0))) continue;
          compared += 1;
          const rounding = 1 + closed.length / machine.offChipBytesPerCycle;
          expect(play.cycles).toBeLessThanOrEqual(2 * mapping.cycles + rounding);
          expect(mapping.cycles).toBeLessThanOrEqual(2 * play.cycles + rounding);
        }
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(300);
  });
});
