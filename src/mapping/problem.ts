import type { LoopNest } from '../workload/loop-nest.js';

/**
 * One layer as the mapping search sees it: loops, and for each operand the bits per element that move off-chip.
 * Zero bits mean that the operand is resident: it is read from (or written to) the scratchpads where it lies, moves no
 * off-chip bytes and needs no tile buffer.
 */
export interface LayerProblem {
  readonly nest: LoopNest;
  readonly engine: 'array' | 'vector';
  /** Off-chip bits per touched input element; for a layer of several inputs their sum (or mean, concatenation). */
  readonly inputBits: number;
  /** Off-chip bits per element of the second operand: weights, or the second activation of a matrix product. */
  readonly secondBits: number;
  /** Bits per output element written off-chip. */
  readonly outputBits: number;
  /**
   * The same where the operand lies in the shared buffer, when the machine has one: it moves between there and the
   * scratchpads tile by tile, and not off-chip.
   */
  readonly sharedInputBits: number;
  readonly sharedSecondBits: number;
  readonly sharedOutputBits: number;
  /** Widths at which the array (or vector unit) reads and writes the scratchpad, wherever operands come from. */
  readonly inputWidthBits: number;
  readonly secondWidthBits: number;
  readonly outputWidthBits: number;
  /** Weights of the next layer that are loaded while this one runs, in equal parts, one for each tile. */
  readonly prefetchBytes: number;
  /** Bits of a partial sum outside the array. */
  readonly accumulatorBits: number;
  /** Products per processing element and cycle, and cycles per operand pair where operands are too wide. */
  readonly lanes: number;
  readonly passes: number;
  /** Operations of the vector unit per output element. */
  readonly vectorOperationsPerOutput: number;
}

/** Elements of the second operand: G K C R S, or none on the vector unit. */
export function secondElements(problem: LayerProblem): number {
  const { groups, outputChannels, inputChannels, kernelRows, kernelColumns } = problem.nest;
  return problem.engine === 'vector' ? 0 : groups * outputChannels * inputChannels * kernelRows * kernelColumns;
}

/** Two layers with the same key have the same best mappings on one machine. */
export function problemKey(problem: LayerProblem): string {
  const bits = [
    problem.inputBits,
    problem.secondBits,
    problem.outputBits,
    problem.sharedInputBits,
    problem.sharedSecondBits,
    problem.sharedOutputBits,
    problem.inputWidthBits,
    problem.secondWidthBits,
    problem.outputWidthBits,
    problem.accumulatorBits,
    problem.prefetchBytes,
    problem.passes,
    problem.vectorOperationsPerOutput,
  ].join(' ');
  return `${bits} ${tileSpaceKey(problem)}`;
}

/** Two layers with the same key have the same tile spaces on one machine, whatever moves off-chip. */
export function tileSpaceKey(problem: LayerProblem): string {
  return `${problem.lanes} ${loopsKey(problem)}`;
}

/** Two layers with the same key have the same lists of tiles on one machine, whatever their bits. */
export function loopsKey({ engine, nest: n }: LayerProblem): string {
  return [
    engine,
    n.batch,
    n.groups,
    n.outputChannels,
    n.inputChannels,
    n.outputRows,
    n.outputColumns,
    n.kernelRows,
    n.kernelColumns,
    n.inputRows,
    n.inputColumns,
    n.strideRows,
    n.strideColumns,
    n.dilationRows,
    n.dilationColumns,
    n.paddingTop,
    n.paddingLeft,
  ].join(' ');
}
