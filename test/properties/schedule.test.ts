import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataflowOf, readArch, resolveMachine, type Machine } from '../../src/arch/index.js';
import type { LayerProblem } from '../../src/mapping/index.js';
import type { LayerResult } from '../../src/performance/index.js';
import { assignPrecision } from '../../src/precision/index.js';
import { layerProblem, simulateNetwork } from '../../src/simulate/index.js';
import { readNetwork, type Layer } from '../../src/workload/index.js';
import { ALL, everyTiling, NONE, operandChoices, ordersOf, type Choice, type Loop } from './layer-choices.test-data.js';
import { priceOf } from './layer-oracle.test-data.js';
import { playSteps, type Step } from './layer-steps.test-data.js';
import { machineOf, smallMachine } from './machines.test-data.js';
import { cutProblem, problemOf, smallProblem } from './problems.test-data.js';
import { bottleneckTile, playedCycles, timedStep, timedSteps, type TimedStep } from './schedule.test-data.js';

/** One core, one channel, and nothing else to wait for. */
const oneCore = smallMachine.map((sketch) =>
  machineOf({
    ...sketch,
    cores: 1,
    scratchpadBytesPerCycle: Infinity,
    interconnectBytesPerCycle: Infinity,
    burstBytes: 1,
  }),
);

/** A layer, a machine of one core, and one of the layer's mappings. */
const anyPlay = fc
  .tuple(fc.oneof(smallProblem, cutProblem), oneCore, fc.nat(), fc.nat(), fc.constantFrom(ALL, ...operandChoices))
  .map(([drawn, machine, pick, turn, doubled]) => {
    const problem = { ...drawn, prefetchBytes: 0 };
    const tilings = everyTiling(problem, machine);
    const tiling = tilings[pick % tilings.length]!;
    const orders = ordersOf(problem, tiling);
    return { problem, machine, choice: { ...tiling, order: orders[turn % orders.length]!, doubled, staged: NONE } };
  });

/** All tiles of each operand alike, all computed in the same time, and no partial sums that leave. */
function tilesAreAlike(steps: readonly Step[]): boolean {
  const one = (figures: number[]) => new Set(figures).size <= 1;
  return (
    one(steps.slice(1).map((step) => step.computeCycles)) &&
    one(steps.filter((step) => step.newInput).map((step) => step.inputElements)) &&
    one(steps.filter((step) => step.newSecond).map((step) => step.secondElements)) &&
    one(steps.filter((step) => step.outputElements > 0).map((step) => step.outputElements)) &&
    steps.every((step) => step.sumLoadElements === 0)
  );
}

describe('the closed form of a layer against its tiles played on a clock', () => {
  it('is within one tile of its bottleneck where tiles are alike', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyPlay, ({ problem, machine, choice }) => {
        if (!tilesAreAlike(playSteps(problem, machine, choice))) return;
        compared += 1;
        const steps = timedSteps(problem, machine, choice);
        const { cycles } = priceOf(problem, machine, choice);
        // Rounded up to whole cycles and bytes: one of each operand at either end.
        const rounding = 1 + 3 / machine.offChipBytesPerCycle;
        expect(Math.abs(playedCycles(steps) - cycles)).toBeLessThanOrEqual(bottleneckTile(steps) + rounding);
      }),
      { numRuns: 1500 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it('is at most twice too fast for any tiles: no more is hidden than compute behind traffic', () => {
    fc.assert(
      fc.property(anyPlay, ({ problem, machine, choice }) => {
        const steps = timedSteps(problem, machine, choice);
        const { cycles } = priceOf(problem, machine, choice);
        // In each step at most compute and traffic follow one another, and the closed form is no less than either sum.
        expect(playedCycles(steps)).toBeLessThanOrEqual(2 * cycles + bottleneckTile(steps));
      }),
      { numRuns: 1500 },
    );
  });

  it('sees that a large tile follows a small one: four pixels, three input channels in tiles of 2 and 1', () => {
    // One element, outputs in place, 1 byte per cycle, weights and outputs on chip. Tiles take 2, 1, 2, 1, ... cycles,
    // and so do their loads. A tile of 1 hides half of the load of the 2 after it, a tile of 2 all of the 1: 2 cycles a
    // step, 2 + 7 x 2 + 1. Mean tiles would hide each other, 9 x 1.5, and be too fast.
    const problem = problemOf({ outputRows: 4, inputChannels: 3 }, { secondBits: 0, outputBits: 0 });
    const machine = machineOf({ rows: 1, columns: 1, dataflows: ['output-stationary'], bandwidthGBps: 1 });
    const choice: Choice = {
      dataflow: dataflowOf('output-stationary'),
      split: { batch: 1, groups: 1, outputRows: 1, outputChannels: 1 },
      batch: 1,
      rows: 1,
      columns: 1,
      groupTile: 1,
      channelTile: 1,
      reductionTile: 2,
      order: ['pixels', 'outputChannels', 'reduction'],
      doubled: ALL,
      staged: NONE,
    };
    expect(playedCycles(timedSteps(problem, machine, choice))).toBe(17);
    expect(priceOf(problem, machine, choice).cycles).toBe(17);
  });
});

const LOOPS: Readonly<Record<string, Loop>> = {
  pixels: 'pixels',
  'output channels': 'outputChannels',
  reduction: 'reduction',
};

function choiceOf({ mapping }: LayerResult, machine: Machine): Choice {
  const running = mapping.loopOrder.flatMap((name) => LOOPS[name] ?? []);
  const [outer, middle, inner] = [...new Set([...running, ...Object.values(LOOPS)])];
  return {
    dataflow: machine.dataflows.find(({ name }) => name === mapping.dataflow) ?? null,
    split: mapping.coreSplit,
    batch: mapping.tile.batch,
    rows: mapping.tile.outputRows,
    columns: mapping.tile.outputColumns,
    groupTile: mapping.tile.groups,
    channelTile: mapping.tile.outputChannels,
    reductionTile: mapping.tile.inputChannels,
    order: [outer!, middle!, inner!],
    doubled: {
      input: mapping.doubleBuffered.includes('input'),
      second: mapping.doubleBuffered.includes('weights'),
      output: mapping.doubleBuffered.includes('output'),
    },
    staged: NONE,
  };
}

/** A simulated layer's steps: those of the busiest core, with the traffic of all cores laid over them. */
function stepsOf(layer: Layer, result: LayerResult, problem: LayerProblem, machine: Machine): TimedStep[] {
  const choice = choiceOf(result, machine);
  const steps = playSteps(problem, machine, choice);
  const total = (figure: (step: Step) => number) => steps.reduce((sum, step) => sum + figure(step), 0);
  const per = (bytes: number, elements: number) => (elements > 0 ? bytes / elements : 0);
  const { weights, inputs, outputs } = result.offChipBytes;
  const perInput = per(
    inputs,
    total((step) => step.inputElements),
  );
  const perWeight = per(
    weights,
    total((step) => step.secondElements),
  );
  const left = (step: Step) => step.outputElements + step.sumStoreElements;
  const perOutput = per(outputs, total(left));
  const made = total((step) => step.outputElements);
  return steps.map((step) => {
    const moves = {
      input: step.inputElements * perInput,
      second: step.secondElements * perWeight,
      sums: 0,
      store: left(step) * perOutput,
    };
    const compute = layer.engine === 'array' ? step.computeCycles : (result.computeCycles * step.outputElements) / made;
    return timedStep(compute, moves, choice.doubled, machine);
  });
}

describe('ResNet50, the mappings that were chosen, played on a clock', () => {
  const network = readNetwork(readFileSync('workloads/resnet50.json', 'utf8'), 'resnet50.json');
  it.each([
    { arch: 'default', bits: 16 },
    { arch: 'default', bits: 4 },
    { arch: 'edge-16x16', bits: 8 },
    { arch: 'tpu-v1-like', bits: 8 },
  ])('is within 1 % in all and 10 % in each layer: $arch at $bits bits', ({ arch, bits }) => {
    const machine = resolveMachine(readArch(readFileSync(`arch/${arch}.json`, 'utf8'), arch), { bits });
    const precision = assignPrecision(network, { policy: 'edges', bits });
    const result = simulateNetwork(network, precision, machine, 'latency');
    let all = 0;
    for (const [index, simulated] of result.layers.entries()) {
      const layer = network.layers[index]!;
      const offChip = layer.inputs.map(() => false);
      const problem = layerProblem(network, index, precision, machine, offChip, true, false);
      const played = playedCycles(stepsOf(layer, simulated, problem, machine));
      all += played;
      expect(played / simulated.totalCycles, layer.name).toBeLessThan(1.1);
    }
    expect(Math.abs(all / result.totals.totalCycles - 1)).toBeLessThan(0.01);
  });
});
