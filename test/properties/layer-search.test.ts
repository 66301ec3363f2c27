import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Machine } from '../../src/arch/index.js';
import { loopOrders, searchMappings, type LayerProblem, type Mapping } from '../../src/mapping/index.js';
import { LayerPricer } from '../../src/performance/index.js';
import { everyChoice, type Choice, type Loop } from './layer-choices.test-data.js';
import { priceOf, type Price } from './layer-oracle.test-data.js';
import { machineOf, smallMachine } from './machines.test-data.js';
import { smallProblem, smallVectorProblem } from './problems.test-data.js';

function search(problem: LayerProblem, machine: Machine, floorBytes = 0) {
  return searchMappings(problem, machine, new LayerPricer(problem, machine), floorBytes);
}

/** Layers with more mappings than this are left to the ones that have fewer: they are the same, only longer. */
const MOST_CHOICES = 4000;

function checkAgainstEveryChoice(problem: LayerProblem, machine: Machine): void {
  const choices = everyChoice(problem, machine);
  fc.pre(choices.length <= MOST_CHOICES);
  const prices = choices.map((choice) => priceOf(problem, machine, choice));
  if (machine.cores === 1) for (const price of prices) expect(price.bytes).toBe(price.playedBytes);

  const frontier = search(problem, machine);
  expect(frontier.considered).toBe(new Set(choices.map(({ order: _, ...tiles }) => JSON.stringify(tiles))).size);
  expect(frontier.smallestBufferBytes).toBe(Math.min(...prices.map((price) => price.bufferBytes)));
  for (const bytesPerCore of capacitiesOf(prices, machine.scratchpadBytesPerCore)) {
    const best = bestWithin(prices, bytesPerCore);
    const found = frontier.best(bytesPerCore);
    const answer = found && { bytesPerCore, cycles: found.cycles, bytes: found.offChipBytes };
    expect(answer).toEqual(best && { bytesPerCore, cycles: best.cycles, bytes: best.bytes });
  }
  // A floor may only leave out what is asked for below it.
  const floorBytes = Math.floor(machine.scratchpadBytesPerCore / 8);
  const roomy = search(problem, machine, floorBytes);
  for (const bytesPerCore of capacitiesOf(prices, machine.scratchpadBytesPerCore).filter(
    (size) => size >= floorBytes,
  )) {
    const [one, other] = [frontier.best(bytesPerCore), roomy.best(bytesPerCore)];
    expect([other?.cycles, other?.offChipBytes]).toEqual([one?.cycles, one?.offChipBytes]);
    if (other !== undefined) expect(other.bufferBytesPerCore).toBeLessThanOrEqual(bytesPerCore);
  }
  // What a kept mapping says of itself is what its choices come to when they are played.
  for (const mapping of frontier.all()) {
    const played = priceOf(problem, machine, choiceOf(mapping));
    expect({
      cycles: mapping.cycles,
      bytes: mapping.offChipBytes,
      bufferBytes: mapping.bufferBytesPerCore,
      computeCycles: mapping.candidate.computeCycles,
    }).toEqual({
      cycles: played.cycles,
      bytes: played.bytes,
      bufferBytes: played.bufferBytes,
      computeCycles: played.computeCycles,
    });
  }
}

function bestWithin(prices: readonly Price[], bytesPerCore: number): Price | undefined {
  let best: Price | undefined;
  for (const price of prices) {
    if (price.bufferBytes > bytesPerCore) continue;
    if (best === undefined || price.cycles < best.cycles || (price.cycles === best.cycles && price.bytes < best.bytes))
      best = price;
  }
  return best;
}

/** Every size at which another mapping begins to fit, one byte less, and all of it. */
function capacitiesOf(prices: readonly Price[], limit: number): number[] {
  const sizes = prices.flatMap(({ bufferBytes }) => [bufferBytes - 1, bufferBytes]);
  return [...new Set([...sizes, limit])].filter((size) => size >= 0 && size <= limit);
}

function choiceOf(mapping: Mapping): Choice {
  const { dataflow, split, pixelTile, groupTile, channelTile, reductionTile } = mapping;
  const names: readonly Loop[] = ['pixels', 'outputChannels', 'reduction'];
  const [outer, middle, inner] = loopOrders[mapping.order]!.map((loop) => names[loop]!);
  const { batch, rows, columns } = pixelTile;
  return {
    dataflow,
    split,
    batch,
    rows,
    columns,
    groupTile,
    channelTile,
    reductionTile,
    order: [outer!, middle!, inner!],
  };
}

describe('the mapping search finds what playing every mapping finds, for every scratchpad', () => {
  it('on the array', () => {
    fc.assert(
      fc.property(smallProblem, smallMachine, (problem, sketch) => {
        checkAgainstEveryChoice(problem, machineOf(sketch));
      }),
      { numRuns: 600 },
    );
  });

  it('on the vector unit', () => {
    fc.assert(
      fc.property(smallVectorProblem, smallMachine, (problem, sketch) => {
        checkAgainstEveryChoice(problem, machineOf(sketch));
      }),
      { numRuns: 250 },
    );
  });
});
