import type { LayerKind } from './kinds/index.js';
import { MAX_OPERATIONS, MAX_TENSOR_ELEMENTS } from './limits.js';
import { nestOperations, outputElements } from './loop-nest.js';
import type { LoopNest } from './loop-nest.js';

export interface LayerCounts {
  /** Multiply-accumulates; 0 on the vector unit. */
  readonly macs: number;
  /** Operations of the vector unit; 0 on the array. */
  readonly vectorOperations: number;
  /** Weights without bias that multiply; 0 where there are none. */
  readonly weightElements: number;
}

/**
 * What a layer of a kind costs with these loops.
 *
 * @param operationsPerOutput of the vector unit
 */
export function countLayer(kind: LayerKind, nest: LoopNest, operationsPerOutput: number): LayerCounts {
  const { groups, outputChannels, inputChannels, kernelRows, kernelColumns } = nest;
  return {
    macs: kind.engine === 'array' ? nestOperations(nest) : 0,
    vectorOperations: outputElements(nest) * operationsPerOutput,
    weightElements:
      kind.secondOperand === 'weights' ? groups * outputChannels * inputChannels * kernelRows * kernelColumns : 0,
  };
}

/** The rule that a layer's size breaks, if it breaks one. */
export function sizeRule(counts: LayerCounts & { readonly tableElements: number }, nest: LoopNest): string | undefined {
  if (outputElements(nest) > MAX_TENSOR_ELEMENTS) return `must make at most 2^40 elements`;
  if (counts.weightElements + counts.tableElements > MAX_TENSOR_ELEMENTS) return `must have at most 2^40 weights`;
  if (counts.macs > MAX_OPERATIONS) return `must take less than 2^53 MACs`;
  if (counts.vectorOperations > MAX_OPERATIONS) return `must take less than 2^53 vector operations`;
  return undefined;
}
