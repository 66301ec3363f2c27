import type { Machine } from '../arch/machine.js';
import type { LayerProblem } from '../mapping/index.js';
import { nestOperations } from '../workload/loop-nest.js';
import { greatestCommonDivisor } from '../workload/touched.js';
import { compulsoryBytes } from './compulsory-bytes.js';

/**
 * Off-chip bytes that no schedule at all can go below on this much memory, whatever its tiles, orders or dataflow:
 *
 *   sqrt(2) MACs sqrt(i w o / (reuse S)) - 4 S
 *
 * with i, w, o the bytes of an input, weight and output element and S the bytes on chip; 0 or less where the memory is
 * large. `reuse` is how many windows share an input. The argument is that of Hong and Kung (STOC 1981) with the
 * inequality of Loomis and Whitney, carried to convolutions by Demmel and Dinh (arXiv:1802.06905) and Chen et al.
 * (HPCA 2020, arXiv:1911.05662); docs/model.md, 6.10, has it for operands of different widths.
 */
export function communicationBoundBytes(problem: LayerProblem, machine: Machine): number {
  if (problem.engine === 'vector') return 0;
  const { nest } = problem;
  // A sum is never narrower than the narrower of its two widths.
  const outputBits = Math.min(problem.outputBits, problem.accumulatorBits);
  const elementBits = problem.inputBits * problem.secondBits * outputBits;
  const reuse =
    windowsOver(nest.kernelRows, nest.strideRows, nest.dilationRows) *
    windowsOver(nest.kernelColumns, nest.strideColumns, nest.dilationColumns);
  const memory = onChipBytes(problem, machine);
  const bytes = Math.SQRT2 * nestOperations(nest) * Math.sqrt(elementBits / 512 / (reuse * memory)) - 4 * memory;
  return Math.max(0, Math.floor(bytes));
}

/** What no schedule goes below on this much memory: that, or each operand that is not resident once. */
export function leastBytes(problem: LayerProblem, machine: Machine): number {
  return Math.max(compulsoryBytes(problem), communicationBoundBytes(problem, machine));
}

/** Most windows along one axis that one input position can lie in. */
function windowsOver(kernel: number, stride: number, dilation: number): number {
  return Math.ceil((kernel * greatestCommonDivisor(stride, dilation)) / stride);
}

/** All that can hold an operand: scratchpads, the shared buffer, and the registers of the arrays. */
function onChipBytes(problem: LayerProblem, machine: Machine): number {
  const { inputWidthBits, secondWidthBits, accumulatorBits, lanes } = problem;
  const elements = machine.cores * machine.rows * machine.columns * machine.depth;
  // Twice, as a register may be filled while the one before it is in use.
  const registers = (2 * elements * (lanes * (inputWidthBits + secondWidthBits) + accumulatorBits)) / 8;
  return machine.cores * machine.scratchpadBytesPerCore + (machine.sharedBuffer?.bytes ?? 0) + registers;
}
