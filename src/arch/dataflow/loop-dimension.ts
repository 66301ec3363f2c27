/** The loops of a layer that an array can lay out in space. */
export const loopDimensions = [
  'batch',
  'groups',
  'outputChannels',
  'inputChannels',
  'outputRows',
  'outputColumns',
  'kernelRows',
  'kernelColumns',
] as const;

export type LoopDimension = (typeof loopDimensions)[number];

/**
 * Loops by the operands they reuse: inputs are the same for all output channels, weights for all pixels, outputs for
 * the whole reduction. Every operand depends on the group.
 */
export type LoopClass = 'pixels' | 'outputChannels' | 'reduction' | 'groups';

const CLASS_OF = {
  batch: 'pixels',
  outputRows: 'pixels',
  outputColumns: 'pixels',
  groups: 'groups',
  outputChannels: 'outputChannels',
  inputChannels: 'reduction',
  kernelRows: 'reduction',
  kernelColumns: 'reduction',
} as const satisfies Record<LoopDimension, LoopClass>;

export function loopClassOf(dimension: LoopDimension): LoopClass {
  return CLASS_OF[dimension];
}
