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

/** What a layer has too much of. */
export interface SizeProblem {
  readonly rule: string;
  readonly found: number;
}

/** The rule that a layer's size breaks, if it breaks one. */
export function sizeProblem(
  counts: LayerCounts & { readonly tableElements: number },
  nest: LoopNest,
): SizeProblem | undefined {
  const weights = counts.weightElements + counts.tableElements;
  const rules = [
    [outputElements(nest), MAX_TENSOR_ELEMENTS, 'must make at most 2^40 elements'],
    [weights, MAX_TENSOR_ELEMENTS, 'must have at most 2^40 weights'],
    [counts.macs, MAX_OPERATIONS, 'must take less than 2^53 MACs'],
    [counts.vectorOperations, MAX_OPERATIONS, 'must take less than 2^53 vector operations'],
  ] as const;
  const broken = rules.find(([found, most]) => found > most);
  return broken && { rule: broken[2], found: broken[0] };
}
