import type { TransformerGraph } from './graph.js';

/**
 * What a decoder works on: a whole text at once (`prefill`), or the one next token after a text whose keys and values
 * lie in the cache (`decode`). The new token counts as part of the text.
 */
export interface DecoderStep {
  readonly phase: 'prefill' | 'decode';
  /** Positions of the text. */
  readonly context: number;
}

/** Positions that a step computes. */
export function newPositions({ phase, context }: DecoderStep): number {
  return phase === 'prefill' ? context : 1;
}

/**
 * Keys or values as attention reads them. They are written to the cache either way; a decode step reads all positions
 * back, the new one with them.
 */
export function throughCache(graph: TransformerGraph, name: string, input: string, step: DecoderStep): string {
  graph.writeCache(`${name}_write`, input);
  return step.phase === 'prefill' ? input : graph.input(name, graph.featuresOf(input), step.context, 'cache');
}
