import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  playProduct,
  systolicDataflows,
  type OperandFormat,
  type SystolicArray,
  type SystolicDataflowName,
} from '../../src/cycle/systolic/index.js';
import { searchMappings, type LayerProblem } from '../../src/mapping/index.js';
import { arrayCycles, LayerPricer } from '../../src/performance/index.js';
import { machineOf } from './machines.test-data.js';
import { smallProblem } from './problems.test-data.js';

const dataflows = Object.keys(systolicDataflows) as SystolicDataflowName[];

const format = fc.record({ bits: fc.integer({ min: 1, max: 16 }), signed: fc.boolean() });

/** The array of one core. Multipliers of 4 bits and more keep passes few. */
const anyArray: fc.Arbitrary<SystolicArray> = fc.record({
  rows: fc.integer({ min: 1, max: 6 }),
  columns: fc.integer({ min: 1, max: 6 }),
  lanes: fc.constantFrom(1, 2, 4, 8),
  multiplierBits: fc.oneof(fc.constant(16), fc.integer({ min: 4, max: 16 })),
  accumulatorBits: fc.constant(32),
  preload: fc.constantFrom('exposed', 'overlapped'),
});

/** What the closed form says of the layer on one core, in one tile or cut in a way that costs no cycle. */
function closedCycles(dataflow: SystolicDataflowName, array: SystolicArray, problem: LayerProblem): number {
  const machine = machineOf({
    cores: 1,
    rows: array.rows,
    columns: array.columns,
    dataflows: [dataflow],
    preload: array.preload,
    bandwidthGBps: Infinity,
    latencyNs: 0,
    capacityKiB: 2 ** 20,
  });
  const mappings = searchMappings(problem, machine, new LayerPricer(problem, machine));
  const { candidate } = mappings.best(machine.scratchpadBytesPerCore)!;
  return arrayCycles(candidate, problem, machine);
}

/** What the clock says, with all operands zero: time does not depend on them. */
function clockedCycles(
  dataflow: SystolicDataflowName,
  array: SystolicArray,
  { nest }: LayerProblem,
  formats: { readonly inputFormat: OperandFormat; readonly weightFormat: OperandFormat },
): number {
  const { groups, outputChannels } = nest;
  const pixels = nest.batch * nest.outputRows * nest.outputColumns;
  const reduction = nest.inputChannels * nest.kernelRows * nest.kernelColumns;
  return playProduct(systolicDataflows[dataflow], array, {
    groups,
    pixels,
    reduction,
    outputChannels,
    inputs: new Int32Array(groups * pixels * reduction),
    weights: new Int32Array(groups * reduction * outputChannels),
    ...formats,
  }).cycles;
}

describe.each(dataflows)('%s', (dataflow) => {
  it('takes as many cycles register by register as by the closed form: lanes, passes, groups, either preload', () => {
    fc.assert(
      fc.property(smallProblem, anyArray, format, format, (some, array, inputFormat, weightFormat) => {
        const passes =
          Math.ceil(inputFormat.bits / array.multiplierBits) * Math.ceil(weightFormat.bits / array.multiplierBits);
        const problem = { ...some, lanes: array.lanes, passes };
        const clocked = clockedCycles(dataflow, array, problem, { inputFormat, weightFormat });
        expect(clocked).toBe(closedCycles(dataflow, array, problem));
      }),
      { numRuns: 300 },
    );
  });
});
