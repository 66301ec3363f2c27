import * as fc from 'fast-check';
import type { Machine } from '../../src/arch/index.js';
import type { LayerProblem } from '../../src/mapping/index.js';
import type { LoopNest } from '../../src/workload/index.js';
import { UNIT_NEST } from '../../src/workload/loop-nest.test-data.js';

/** A nest from what differs from a single product. Input rows and columns follow for an unpadded window. */
export function nestOf(fields: Partial<LoopNest>): LoopNest {
  const nest = { ...UNIT_NEST, ...fields };
  return {
    ...nest,
    inputRows: fields.inputRows ?? span(nest.outputRows, nest.strideRows, nest.kernelRows, nest.dilationRows),
    inputColumns:
      fields.inputColumns ?? span(nest.outputColumns, nest.strideColumns, nest.kernelColumns, nest.dilationColumns),
  };
}

/** Inputs under a window of `kernel` taps that takes `outputs` positions. */
function span(outputs: number, stride: number, kernel: number, dilation: number): number {
  return (outputs - 1) * stride + (kernel - 1) * dilation + 1;
}

/**
 * Everything off-chip at 8 bits, partial sums at 32, one product per element and cycle. What is said to be resident (0
 * bits) is 8 bits wide, too.
 */
export function problemOf(fields: Partial<LoopNest>, rest: Partial<LayerProblem> = {}): LayerProblem {
  return {
    nest: nestOf(fields),
    engine: 'array',
    inputBits: 8,
    secondBits: 8,
    outputBits: 8,
    sharedInputBits: 0,
    sharedSecondBits: 0,
    sharedOutputBits: 0,
    inputWidthBits: rest.inputBits || 8,
    secondWidthBits: rest.secondBits || 8,
    outputWidthBits: rest.outputBits || 8,
    prefetchBytes: 0,
    accumulatorBits: 32,
    lanes: 1,
    passes: 1,
    vectorOperationsPerOutput: 0,
    ...rest,
  };
}

/** The problem on a machine: with a shared buffer, what stays on chip lies in it and comes to the cores tile by tile. */
export function onMachine(problem: LayerProblem, { sharedBuffer }: Machine): LayerProblem {
  if (sharedBuffer === null) return problem;
  return {
    ...problem,
    sharedInputBits: problem.inputWidthBits - problem.inputBits,
    sharedSecondBits: problem.secondWidthBits - problem.secondBits,
    sharedOutputBits: problem.outputWidthBits - problem.outputBits,
  };
}

/** One axis of a sliding window: outputs, stride, kernel, dilation, zeros on both sides, unread inputs at the end. */
const axis = (largest: number) =>
  fc
    .record({
      outputs: fc.integer({ min: 1, max: largest }),
      stride: fc.integer({ min: 1, max: 3 }),
      kernel: fc.integer({ min: 1, max: 3 }),
      dilation: fc.constantFrom(1, 1, 2),
      before: fc.integer({ min: 0, max: 2 }),
      after: fc.integer({ min: 0, max: 2 }),
      unread: fc.integer({ min: 0, max: 2 }),
    })
    .map(({ outputs, stride, kernel, dilation, before, after, unread }) => {
      const padded = span(outputs, stride, kernel, dilation) + Math.min(unread, stride - 1);
      const fits = padded - before - after >= 1;
      return {
        outputs,
        stride,
        kernel,
        dilation,
        before: fits ? before : 0,
        size: fits ? padded - before - after : padded,
      };
    });

/** Bits that move off-chip, and the width of the operand: more where it is resident, or one of two inputs is. */
const operand = (bits: readonly number[]) =>
  fc
    .tuple(fc.constantFrom(...bits), fc.constantFrom(0, 0, 0, 4))
    .map(([offChip, onChip]) => ({ bits: offChip, width: offChip === 0 ? 4 + onChip : offChip + onChip }));

/** A stored output is off-chip or not, and the second operand is one tensor. */
const wholeOperand = (bits: readonly number[]) =>
  operand(bits).map(({ bits: offChip, width }) => ({ bits: offChip, width: offChip === 0 ? width : offChip }));

/** Of the next layer; most layers have none. */
const prefetchBytes = fc.constantFrom(0, 0, 0, 5, 100);

const length = (largest: number) => fc.oneof(fc.constant(1), fc.integer({ min: 1, max: largest }));

const arrayOperands = {
  input: operand([0, 1, 4, 5, 8, 16]),
  second: wholeOperand([0, 1, 3, 8, 16]),
  output: wholeOperand([0, 1, 4, 8, 16]),
  accumulatorBits: fc.constantFrom(4, 16, 24, 32),
  lanes: fc.constantFrom(1, 1, 2, 4),
  passes: fc.constantFrom(1, 1, 4),
  prefetchBytes,
};

/** Layers of the array small enough to play every mapping: grouped, strided, dilated, padded, or a plain product. */
export const smallProblem: fc.Arbitrary<LayerProblem> = fc
  .record({
    batch: fc.constantFrom(1, 1, 1, 2, 3),
    groups: fc.constantFrom(1, 1, 2, 3),
    outputChannels: length(7),
    inputChannels: length(7),
    rows: axis(5),
    columns: axis(4),
    ...arrayOperands,
  })
  .map(arrayProblem);

/** Layers with all loops long enough to cut, and none too long to play every mapping. */
export const cutProblem: fc.Arbitrary<LayerProblem> = fc
  .record({
    batch: fc.constantFrom(1, 1, 2),
    groups: fc.constantFrom(1, 1, 2),
    outputChannels: fc.integer({ min: 2, max: 5 }),
    inputChannels: fc.integer({ min: 2, max: 4 }),
    rows: axis(3),
    columns: axis(2),
    ...arrayOperands,
  })
  .map(arrayProblem);

function arrayProblem({
  batch,
  groups,
  outputChannels,
  inputChannels,
  rows,
  columns,
  input,
  second,
  output,
  ...rest
}: Pick<LoopNest, 'batch' | 'groups' | 'outputChannels' | 'inputChannels'> &
  Pick<LayerProblem, 'accumulatorBits' | 'lanes' | 'passes' | 'prefetchBytes'> & {
    readonly rows: Axis;
    readonly columns: Axis;
    readonly input: Operand;
    readonly second: Operand;
    readonly output: Operand;
  }): LayerProblem {
  return problemOf(nestOfAxes({ batch, groups, outputChannels, inputChannels }, rows, columns), {
    ...bitsOf(input, second, output),
    ...rest,
  });
}

/** Layers of the vector unit: one channel in and out of each group. */
export const smallVectorProblem: fc.Arbitrary<LayerProblem> = fc
  .record({
    batch: fc.constantFrom(1, 2),
    groups: fc.integer({ min: 1, max: 9 }),
    rows: axis(6),
    columns: axis(5),
    input: operand([0, 4, 8, 12, 16]),
    output: wholeOperand([0, 1, 4, 8, 16]),
    vectorOperationsPerOutput: fc.integer({ min: 1, max: 4 }),
    prefetchBytes,
  })
  .map(({ batch, groups, rows, columns, input, output, ...rest }) =>
    problemOf(nestOfAxes({ batch, groups, outputChannels: 1, inputChannels: 1 }, rows, columns), {
      engine: 'vector',
      ...bitsOf(input, { bits: 0, width: 0 }, output),
      ...rest,
    }),
  );

interface Operand {
  readonly bits: number;
  readonly width: number;
}

function bitsOf(input: Operand, second: Operand, output: Operand) {
  return {
    inputBits: input.bits,
    inputWidthBits: input.width,
    secondBits: second.bits,
    secondWidthBits: second.width,
    outputBits: output.bits,
    outputWidthBits: output.width,
  };
}

interface Axis {
  readonly outputs: number;
  readonly stride: number;
  readonly kernel: number;
  readonly dilation: number;
  readonly before: number;
  readonly size: number;
}

function nestOfAxes(
  channels: Pick<LoopNest, 'batch' | 'groups' | 'outputChannels' | 'inputChannels'>,
  rows: Axis,
  columns: Axis,
): LoopNest {
  return {
    ...channels,
    outputRows: rows.outputs,
    outputColumns: columns.outputs,
    kernelRows: rows.kernel,
    kernelColumns: columns.kernel,
    inputRows: rows.size,
    inputColumns: columns.size,
    strideRows: rows.stride,
    strideColumns: columns.stride,
    dilationRows: rows.dilation,
    dilationColumns: columns.dilation,
    paddingTop: rows.before,
    paddingLeft: columns.before,
  };
}
